"""Dates as curators write them: EDTF (ISO 8601-2:2019) with a real calendar.

Read are level 0, level 1 and, of level 2, the sets: ``[1914,1916]``, one of these, and
``{1914,1916}``, all of these. A date keeps its text and knows the earliest and the latest day on
which it can have begun and ended.

- The calendar is proleptic Gregorian and has a year ``0000``, which is 1 BC. A year has four
  digits, or is ``Y12345``.
- A date that is no interval, such as ``2019-08``, means some time in it, not all of it.
- ``2019-11-20/..`` is still going on; ``2019-11-20/`` ended on an unknown day. A start left open
  (``../2019``) is not specified, so nothing before the end is certain. No end may begin before its
  start: ``2019-11-20/2019-11`` is refused.
- ``?`` (uncertain), ``~`` (approximate) and ``%`` (both) leave the bounds as they are, since EDTF
  gives no width.
- A season is taken as that of the north, by whole months: 21 is March to May, 22 June to August, 23
  September to November, 24 December to February of the next year. EDTF means seasons of any place,
  so such bounds may be a year off.
- A range in a set stands for any (``[..]``) or the whole (``{..}``) of what lies between its ends.
- A date-time needs its offset from UTC. Its bounds are the local day as written; 24:00 belongs to
  the day that it ends.
"""

from __future__ import annotations

import math
import re
from dataclasses import replace
from typing import NamedTuple

from kg.characters import MOST_QUOTED, quoted
from kg.dates.calendar import MONTHS, Date, Day, Edge, Kind, days_in, set_of

MOST_CHARACTERS = 1_000
MOST_YEAR_DIGITS = 12
"""Longer years are refused: from 13 digits on, engines no longer compare an ``xsd:date`` (Oxigraph
0.5).
"""

SEASONS = {21: 3, 22: 6, 23: 9, 24: 12}
"""The codes of spring, summer, autumn and winter, each with its first month."""

SEASON_SLACK = 365
"""By how many days a season's bounds may be off: the south's is half a year away, a winter may be
the year's first.
"""

_YEAR = "-?[0-9]{4}"
_PLAIN = re.compile(rf"({_YEAR})(?:-([0-9]{{2}})(?:-([0-9]{{2}}))?)?([?~%]?)")
_LONG_YEAR = re.compile(r"Y(-?)([0-9]+)([?~%]?)")
_UNSPECIFIED = re.compile(
    rf"(?:({_YEAR})-(XX|[0-9]{{2}}-XX|XX-XX)|(-?)([0-9]{{2}}[0-9X]X))([?~%]?)"
)
_CLOCK = re.compile(r"([0-9]{2}):([0-9]{2})(?::([0-9]{2}))?(Z|[+-][0-9]{2}(?::[0-9]{2})?)?")
_DAY_AND_MORE = re.compile(r"(-?[0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ] *([0-9][^/]*)")
_CLOSING = {"[": "]", "{": "}"}
_LEVEL_2 = re.compile(
    r"[?~%]?-?[?~%]?[0-9X]{4}(?:S[0-9]+)?[?~%]?(?:-[?~%]?[0-9X]{2}[?~%]?){0,2}|"
    r"Y-?[0-9]+(?:E[0-9]+)?(?:S[0-9]+)?|\.\.|"
)


class DateError(ValueError):
    """A text that is no date; ``hint`` says what to write instead, or is empty."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


def parse_date(text: str) -> Date:
    """Return the date that a text says.

    Raises ``DateError`` with the reason and, where there is one, a hint.
    """
    try:
        return _read_date(text)
    except DateError as error:
        raise DateError(str(error), _suggestion(text) or error.hint) from None


def _suggestion(text: str) -> str:
    """Return a hint at what was perhaps meant by a text that is no date."""
    from kg.dates.suggestions import suggest_dates

    if len(text) > MOST_QUOTED:
        return ""
    dates = [f"'{date}'" for date in suggest_dates(text) if _is_date(date)]
    if len(dates) > 1:
        return f"both readings are possible: write {' or '.join(dates)}"
    return f"did you mean {dates[0]}?" if dates else ""


def _is_date(text: str) -> bool:
    try:
        _read_date(text)
    except DateError:
        return False
    return True


def _read_date(text: str) -> Date:
    if not text:
        raise DateError("the date is empty", "leave the field out where no date is known")
    if len(text) > MOST_CHARACTERS:
        raise _wrong(text, f"it has more than {MOST_CHARACTERS} characters")
    if text[0] in _CLOSING:
        return _set(text)
    if match := _DAY_AND_MORE.fullmatch(text):
        return _date_time(text, match[1], match[2])
    if "/" in text:
        return _interval(text)
    part = _part(text, text)
    if part.precision == "season" and part.qualifier:
        raise _level_2(text, "leave the qualifier out: a season has no exact days anyway")
    return _between(text, part, part, Kind.SOME_TIME)


def _wrong(text: str, reason: str, hint: str = "") -> DateError:
    return DateError(f"{quoted(text)} is not a date: {reason}", hint)


def _level_2(
    text: str, hint: str = "write only what is known, or a set of what it may be"
) -> DateError:
    message = "is EDTF level 2, of which only the sets [a,b] and {a,b} are read"
    return DateError(f"{quoted(text)} {message}", hint)


def _unread(text: str) -> DateError:
    if re.search("[X?~%ES]", text) and all(_LEVEL_2.fullmatch(part) for part in text.split("/")):
        return _level_2(text)
    return _wrong(text, "it is not written in EDTF", "write YYYY-MM-DD, YYYY-MM or YYYY")


class _Part(NamedTuple):
    """A date alone, in an interval or in a set; ``precision`` is year, month, day, season or
    unspecified.
    """

    text: str
    first: Day
    last: Day
    precision: str
    qualifier: str = ""

    @property
    def slack(self) -> float:
        if self.qualifier:
            return math.inf
        return SEASON_SLACK if self.precision == "season" else 0


def _part(text: str, whole: str) -> _Part:
    """Return a date of level 0 or 1 that is neither interval nor date-time; messages quote
    ``whole``.
    """
    if match := _PLAIN.fullmatch(text):
        year, month, day, qualifier = match.groups()
        precision, first, last = _plain(year, month, day, whole)
        return _Part(text, first, last, precision, qualifier)
    if match := _UNSPECIFIED.fullmatch(text):
        year, rest, sign, digits, qualifier = match.groups()
        if digits:
            first, last = _unspecified_years(sign, digits)
        else:
            _, first, last = _plain(year, None if rest.startswith("XX") else rest[:2], None, whole)
        return _Part(text, first, last, "unspecified", qualifier)
    if match := _LONG_YEAR.fullmatch(text):
        sign, digits, qualifier = match.groups()
        if text != whole:
            raise _wrong(whole, "a year that begins with Y stands alone, in no interval or set")
        if len(digits) < 5 or digits.startswith("0"):
            raise _wrong(whole, "Y is for years of more than four digits")
        if len(digits) > MOST_YEAR_DIGITS:
            raise _wrong(whole, f"a year has at most {MOST_YEAR_DIGITS} digits")
        year_number = int(sign + digits)
        return _Part(text, Day(year_number, 1, 1), Day(year_number, 12, 31), "year", qualifier)
    raise _unread(whole)


def _plain(year: str, month: str | None, day: str | None, whole: str) -> tuple[str, Day, Day]:
    """Return precision, first and last day of a date by its digits."""
    if year == "-0000":
        raise _wrong(whole, "the year 0 has no sign")
    y, m = int(year), int(month or 0)
    if month is None:
        return "year", Day(y, 1, 1), Day(y, 12, 31)
    if day is None and m in SEASONS:
        end = (y + 1, 2) if m == 24 else (y, SEASONS[m] + 2)
        return "season", Day(y, SEASONS[m], 1), Day(*end, days_in(*end))
    if day is None and m in range(25, 42):
        raise _level_2(whole)
    if m not in range(1, 13):
        raise _wrong(whole, f"there is no month {month}")
    if day is None:
        return "month", Day(y, m, 1), Day(y, m, days_in(y, m))
    if int(day) not in range(1, days_in(y, m) + 1):
        length = f"{MONTHS[m - 1]} {year} has {days_in(y, m)} days"
        raise _wrong(whole, length if int(day) else "there is no day 00")
    return "day", Day(y, m, int(day)), Day(y, m, int(day))


def _unspecified_years(sign: str, digits: str) -> tuple[Day, Day]:
    """Return first and last day of a decade (``191X``) or century (``19XX``); the year 0 is of
    ``000X``, not of ``-000X``.
    """
    low, high = int(digits.replace("X", "0")), int(digits.replace("X", "9"))
    if sign:
        low, high = -high, -max(low, 1)
    return Day(low, 1, 1), Day(high, 12, 31)


def _between(text: str, start: _Part | Edge, end: _Part | Edge, kind: Kind = Kind.INTERVAL) -> Date:
    """Return the date that starts within one part and ends within another; either of them may be
    open or unknown.
    """
    first = start if isinstance(start, _Part) else None
    last = end if isinstance(end, _Part) else None
    qualifiers = {part.qualifier for part in (first, last) if part}
    return Date(
        text,
        start_earliest=first and first.first,
        start_latest=min(first.last, last.last) if first and last else first and first.last,
        end_earliest=last and last.first,
        end_latest=last and last.last,
        start=start if isinstance(start, Edge) else Edge.KNOWN,
        end=end if isinstance(end, Edge) else Edge.KNOWN,
        approximate=not qualifiers.isdisjoint("~%"),
        uncertain=not qualifiers.isdisjoint("?%"),
        kind=kind,
        start_slack=first.slack if first else 0,
        end_slack=last.slack if last else 0,
    )


def _interval(text: str) -> Date:
    parts = text.split("/")
    if len(parts) != 2:
        raise _unread(text)
    if parts == ["", ""]:
        hint = "leave the field out where no date is known"
        raise _wrong(text, "it has neither start nor end", hint)
    if any(_DAY_AND_MORE.fullmatch(part) for part in parts):
        raise _wrong(text, "an interval runs between days, without hours", "leave the hours out")
    start, end = (_end_of_interval(part, text) for part in parts)
    if isinstance(start, _Part) and isinstance(end, _Part):
        _check_order(start, "/", end, text)
    return _between(text, start, end)


def _end_of_interval(text: str, whole: str) -> _Part | Edge:
    if not text:
        return Edge.UNKNOWN
    if text == "..":
        return Edge.OPEN
    part = _part(text, whole)
    if part.precision == "unspecified":
        raise _level_2(whole)
    return part


def _check_order(start: _Part, joint: str, end: _Part, whole: str) -> None:
    if end.last < start.first:
        turned = whole.replace(f"{start.text}{joint}{end.text}", f"{end.text}{joint}{start.text}")
        hint = f"did you mean {quoted(turned)}?"
        raise _wrong(whole, f"'{end.text}' is before '{start.text}'", hint)
    if end.first < start.first:
        hint = "write the end as exactly as the start, or leave it unknown"
        raise _wrong(whole, f"'{end.text}' begins before '{start.text}'", hint)


def _set(text: str) -> Date:
    closing = _CLOSING[text[0]]
    if text[-1] != closing:
        raise _wrong(text, f"a set that opens with {text[0]} ends with {closing}")
    items = text[1:-1].split(",")
    if len(items) == 1 and ".." not in items[0]:
        raise _wrong(text, "a set has several members")
    is_cut = any(item.startswith("..") for item in items[1:])
    if is_cut or any(item.endswith("..") for item in items[:-1]):
        raise _wrong(text, "'..' without a limit stands only at the beginning or the end of a set")
    kind = Kind.ONE_OF if closing == "]" else Kind.ALL_OF
    return set_of(text, kind, tuple(_member(item, kind, text) for item in items))


def _member(text: str, kind: Kind, whole: str) -> Date:
    """A member of a set: a date, or a range of dates that has no limit on a side left out."""
    if ".." not in text:
        part = _part(text, whole)
        return _between(text, part, part, Kind.SOME_TIME)
    before, after = text.split("..", 1)
    if not before and not after:
        raise _wrong(whole, "'..' without a date says nothing")
    low, high = (_part(end, whole) if end else None for end in (before, after))
    if any(part.qualifier or part.precision == "unspecified" for part in (low, high) if part):
        raise _level_2(whole)
    if low and high:
        if low.precision != high.precision:
            hint = "write both ends as exactly as each other"
            raise _wrong(whole, f"'{text}' runs from a {low.precision} to a {high.precision}", hint)
        _check_order(low, "..", high, whole)
    if kind is Kind.ALL_OF:
        return _between(text, low or Edge.OPEN, high or Edge.OPEN)
    date = _between(text, low or Edge.UNKNOWN, high or Edge.UNKNOWN, Kind.SOME_TIME)
    return replace(
        date, start_latest=low and high and high.last, end_earliest=high and low and low.first
    )


def _date_time(text: str, day: str, clock: str) -> Date:
    """A day with an hour; ``clock`` is what stands after the T (or a blank in its place)."""
    match = _CLOCK.fullmatch(clock)
    if not match:
        hint = f"write hours, minutes and offset: '{day}T00:00+09:00'"
        raise _wrong(text, "its time is not written in EDTF", hint)
    hour, minute, second, offset = match.groups(default="")
    part = _part(day, text)
    if not offset:
        local = f"{day}T{clock}"
        hint = f"add the offset: '{local}+09:00' in Tokyo and Seoul, '{local}Z' for UTC"
        raise _wrong(text, "a time needs its offset from UTC", hint)
    if text != f"{day}T{clock}":
        raise _wrong(text, "between day and time stands a T")
    time = f"{hour}:{minute}:{second or '00'}"
    if (hour > "23" or minute > "59" or second > "59") and time != "24:00:00":
        raise _wrong(text, f"there is no time {time}")
    offset += ":00" if len(offset) == 3 else ""
    if offset == "-00:00" or offset[1:] > "14:00" or offset[4:] > "59":
        hint = "offsets go from -14:00 to +14:00; that of UTC is Z"
        raise _wrong(text, f"there is no offset {offset}", hint)
    return replace(_between(text, part, part, Kind.SOME_TIME), instant=f"{day}T{time}{offset}")
