"""Dates as people write them: ``since 2016``, ``23 or 24 November 2019``, ``about 88 BC``."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from kg.dates.calendar import MONTHS, Date, Day
from kg.dates.edtf import read_date_part
from kg.dates.errors import DateError
from kg.dates.reckoning import Precision


def readable(date: Date) -> str:
    """Return a date for a terminal: a day, month or year as ISO 8601 writes it, and in words
    whatever else EDTF has signs for, as ``-0087~`` is ``about 88 BC`` and ``2016/..`` is ``since
    2016``. What has parts that have no such words stays as written.
    """
    return readable_edtf(date.text)


def readable_edtf(text: str) -> str:
    """Return a date that is written in EDTF as ``readable`` does; any other text stays."""
    return text if _PLAIN.fullmatch(text) else _in_words(text)


def readable_day(day: Day) -> str:
    """Return a day as ISO 8601 writes it or, where it lies before Christ, in words: ``15 March 44
    BC``.
    """
    return day_in_words(day) if day.year < 1 else str(day)


def date_in_words(date: Date) -> str:
    """Return a date as people write it: ``2016/..`` is ``since 2016``, ``2019-11-22~`` is ``about
    22 November 2019``, ``-0062/-0060`` is ``63 BC to 61 BC``. Days are of the calendar of today
    (proleptic Gregorian). What has parts that have no such words stays as written.
    """
    return _in_words(date.text)


def day_in_words(day: Day) -> str:
    """Return a day as people write it: ``16 November 2019``, ``15 March 44 BC``."""
    return _in_words(str(day))


def with_days_in_words(text: str) -> str:
    """Return a text for readers in which days and open intervals stand as people write them: ``last
    reported 2018-03-12`` is ``last reported 12 March 2018``; of a month, where it is all of the
    text. Ids stay.
    """
    return _IN_TEXT.sub(lambda day: _in_words(day[0]), text)


class _Part(NamedTuple):
    """A day, month, season or year in words, from the smallest to the year."""

    words: tuple[str, ...]
    mark: str = ""
    clock: str = ""

    def __str__(self) -> str:
        return f"{self.mark}{' '.join(self.words)}{self.clock}"


_IN_TEXT = re.compile(
    r"\A\d{4}-\d{2}\Z|(?<![\w-])(?:\d{4}-\d{2}-\d{2}|\d{4}(?:-\d{2})?(?=/\.\.))(?:/\.\.)?(?![\w-])"
)
_PLAIN = re.compile(r"(?!0000)\d{4}(?:-(?:0\d|1[0-2])(?:-\d\d)?)?")
_BEFORE_CHRIST = re.compile(r"(?<![\dX-])(?:-\d{4}|0000)")
_CLOCK = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::\d\d)?(Z|[+-]\d\d(?::\d\d)?)")
_MARKS = {"": "", "~": "about ", "?": "perhaps ", "%": "perhaps about "}
_SEASONS = {21: "spring of", 22: "summer of", 23: "autumn of", 24: "winter of"}
_SET = re.compile(r"([\[{])(.*?)([\]}])")


@lru_cache(10_000)
def _in_words(text: str) -> str:
    """A date in words; the text itself where a part of it has none."""
    with_era = bool(_BEFORE_CHRIST.search(text))
    in_words = _interval if "/" in text else _some_time
    return in_words(text, with_era) or text


def _interval(text: str, with_era: bool) -> str:
    start, _, end = text.partition("/")
    first, last = _some_time(start, with_era), _some_time(end, with_era)
    if start in ("", ".."):
        return last and f"until {last}"
    if end == "..":
        return first and f"since {first}"
    if end == "":
        return first and f"from {first}, until an unknown day"
    if not first or not last:
        return ""
    return _join_texts([start, end], " to ", with_era) or f"{first} to {last}"


def _some_time(text: str, with_era: bool) -> str:
    """One date, or one or all of some."""
    braces = _SET.fullmatch(text)
    if not braces:
        part = _part(text, with_era)
        return str(part) if part else ""
    joint = " or " if braces[1] == "[" else " and "
    members = [each.strip() for each in braces[2].split(",")]
    words = [_member(each, with_era) for each in members]
    return (_join_texts(members, joint, with_era) or joint.join(words)) if all(words) else ""


def _join_texts(texts: list[str], joint: str, with_era: bool) -> str:
    """Return dates with what they share at the end said once: ``23 or 24 November 2019``; nothing
    where one of them is more than a day, a month or a year, or they share nothing.
    """
    parts = [_part(each, with_era) for each in texts]
    plain = [part.words for part in parts if part and not part.mark and not part.clock]
    if len(plain) < len(parts) or len({len(words) for words in plain}) > 1:
        return ""
    shared = 0
    while shared + 1 < len(plain[0]) and len({words[-1 - shared] for words in plain}) == 1:
        shared += 1
    if shared == 0:
        return ""
    own = [" ".join(words[: len(words) - shared]) for words in plain]
    return f"{joint.join(own)} {' '.join(plain[0][-shared:])}"


def _member(text: str, with_era: bool) -> str:
    first, dots, last = text.partition("..")
    if not dots:
        return _some_time(first, with_era)
    start, end = _part(first, with_era), _part(last, with_era)
    if not last:
        return f"{start} or later" if start else ""
    if not first:
        return f"{end} or earlier" if end else ""
    if not start or not end:
        return ""
    return f"between {_join_texts([first, last], ' and ', with_era) or f'{start} and {end}'}"


def _part(text: str, with_era: bool) -> _Part | None:
    """A day, month, season, year or more; None where it is nothing of these."""
    if match := _CLOCK.fullmatch(text):
        day = _part(match[1], with_era)
        zone = "" if match[3] == "Z" else re.sub(r"0?(\d+)(?::00)?$", r"\1", match[3], count=1)
        return day and day._replace(clock=f", {match[2]} (UTC{zone})")
    try:
        part = read_date_part(text)
    except DateError:
        return None
    first, year = part.first, _year(part.first.year, with_era)
    is_long = part.precision in (Precision.DECADE, Precision.CENTURY)
    if is_long and first.year < 0:
        return None
    words = {
        Precision.DAY: (str(first.day), MONTHS[first.month - 1], year),
        Precision.MONTH: (MONTHS[first.month - 1], year),
        Precision.SEASON: (_season(text), year),
        Precision.YEAR: (year,),
        Precision.DECADE: ("the", f"{first.year:04}s"),
        Precision.CENTURY: (f"between {first.year:04} and {part.last.year:04}",),
    }
    return _Part(words[part.precision], _MARKS[part.qualifier])


def _season(text: str) -> str:
    """Which season a date names, if it names one."""
    return next((words for number, words in _SEASONS.items() if f"-{number}" in text[4:]), "")


def _year(year: int, with_era: bool) -> str:
    if abs(year) > 9_999:
        return f"{1 - year:,} BC" if year < 0 else f"{year:,}"
    if year < 1:
        return f"{1 - year} BC"
    return f"AD {year}" if with_era else str(year)
