"""Dates as curators write them: EDTF (ISO 8601-2:2019) with a real calendar.

Read are level 0, level 1 and, of level 2, the sets: ``[1914,1916]``, one of these, and
``{1914,1916}``, all of these. A date keeps its text and knows the earliest and the latest day on
which it can have begun and ended.

- The calendar is proleptic Gregorian and has a year ``0000``, which is 1 BC. A year has four
  digits, or is ``Y12345``.
- A date that is no interval, such as ``2019-08``, means some time in it, not all of it.
- ``2019-11-20/..`` is still going on; ``2019-11-20/`` ended on an unknown day. A start left open
  (``../2019``) is not specified, so nothing before the end is certain. ``1885-03-10/1885-03`` began
  on that day and ended in that month.
- ``~`` (approximate) widens a date by a step of its precision, ``?`` (uncertain) leaves its bounds
  and takes all certainty away, ``%`` is both. A season has whole months. How wide "about" is and
  whose seasons are meant, a data set says (``kg.dates.reckoning``).
- A range in a set stands for any (``[..]``) or the whole (``{..}``) of what lies between its ends.
- A date-time needs its offset from UTC. Its bounds are the local day as written; 24:00 belongs to
  the day that it ends.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from kg.dates.calendar import (
    MONTHS,
    Date,
    DateKind,
    Day,
    Edge,
    days_in,
    interval_of,
    set_of,
    some_time,
)
from kg.dates.clock import CLOCK, clock_time
from kg.dates.errors import DateError, level_2, no_date, unreadable_date
from kg.dates.reckoning import Precision, Reckoning
from kg.text.characters import MOST_QUOTED, quoted

MOST_CHARACTERS = 1_000
MOST_YEAR_DIGITS = 12
"""Longer years are refused: from 13 digits on, engines no longer compare an ``xsd:date`` (Oxigraph
0.5).
"""

_YEAR = "-?[0-9]{4}"
_PLAIN = re.compile(rf"({_YEAR})(?:-([0-9]{{2}})(?:-([0-9]{{2}}))?)?([?~%]?)")
_LONG_YEAR = re.compile(r"Y(-?)([0-9]+)([?~%]?)")
_UNSPECIFIED = re.compile(
    rf"(?:({_YEAR})-(XX|[0-9]{{2}}-XX|XX-XX)|(-?)([0-9]{{2}}[0-9X]X))([?~%]?)"
)
_DAY_AND_MORE = re.compile(r"(-?[0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ] *([0-9][^/]*)")
_CLOSING = {"[": "]", "{": "}"}


def parse_date(text: str, reckoning: Reckoning | None = None) -> Date:
    """Return the date that a text says, as a data set reckons.

    Raises ``DateError`` with the reason and, where there is one, a hint.
    """
    try:
        return _read_date(text, reckoning)
    except DateError as error:
        raise DateError(str(error), _suggestion(text) or error.hint) from None


def _suggestion(text: str) -> str:
    """Return a hint at what was perhaps meant by a text that is no date."""
    from kg.dates.suggestions import lacks_year, suggest_dates, suggest_fields

    if len(text) > MOST_QUOTED:
        return ""
    if lacks_year(text):
        return "add the year, as in 2024-08-28"
    suggestions = suggest_dates(text)
    dates = [f"'{date}'" for date in suggestions if is_date(date)]
    if not dates:
        fields = (suggest_fields(each, is_date) for each in (text, *suggestions))
        return next(filter(None, fields), "")
    if len(dates) > 1:
        return f"both readings are possible: write {' or '.join(dates)}"
    return f"did you mean {dates[0]}?"


def is_date(text: str) -> bool:
    """Tell whether a text is a date."""
    try:
        _read_date(text)
    except DateError:
        return False
    return True


# A workspace speaks of few days, and of each over and over.
@lru_cache(10_000)
def _read_date(text: str, reckoning: Reckoning | None = None) -> Date:
    if not text:
        raise DateError("the date is empty", "leave the field out where no date is known")
    if len(text) > MOST_CHARACTERS:
        raise no_date(text, f"it has more than {MOST_CHARACTERS} characters")
    return _Reader(text, reckoning or Reckoning()).date()


class DatePart(NamedTuple):
    """A date alone, in an interval or in a set, from its first to its last day as written."""

    text: str
    first: Day
    last: Day
    precision: Precision
    qualifier: str = ""
    is_unspecified: bool = False


def read_date_part(text: str) -> DatePart:
    """Return a date of level 0 or 1 that is neither interval nor date-time. Raises DateError."""
    return _Reader(text, Reckoning()).part(text)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads one text; its messages quote the whole of it."""

    whole: str
    reckoning: Reckoning

    def date(self) -> Date:
        """Return the date."""
        text = self.whole
        if text[0] in _CLOSING:
            return self.set()
        if match := _DAY_AND_MORE.fullmatch(text):
            return self.date_time(match[1], match[2])
        if "/" in text:
            return self.interval()
        part = self.part(text)
        if part.precision is Precision.SEASON and part.qualifier:
            raise level_2(text, "leave the qualifier out: a season has no exact days anyway")
        return self.dated(part)

    def part(self, text: str) -> DatePart:
        """Return a date of level 0 or 1 that is neither interval nor date-time."""
        if match := _PLAIN.fullmatch(text):
            year, month, day, qualifier = match.groups()
            return self.plain(text, year, month, day)._replace(qualifier=qualifier)
        if match := _UNSPECIFIED.fullmatch(text):
            year, rest, sign, digits, qualifier = match.groups()
            if digits:
                part = _unspecified_years(text, sign, digits)
            else:
                month = None if rest.startswith("XX") else rest[:2]
                part = self.plain(text, year, month, None)
            return part._replace(qualifier=qualifier, is_unspecified=True)
        if match := _LONG_YEAR.fullmatch(text):
            return self.long_year(text, *match.groups())
        raise unreadable_date(self.whole)

    def long_year(self, text: str, sign: str, digits: str, qualifier: str) -> DatePart:
        """Return a year that begins with Y."""
        if text != self.whole:
            reason = "a year that begins with Y stands alone, in no interval or set"
            raise no_date(self.whole, reason)
        if len(digits) < 5 or digits.startswith("0"):
            raise no_date(self.whole, "Y is for years of more than four digits")
        if len(digits) > MOST_YEAR_DIGITS:
            raise no_date(self.whole, f"a year has at most {MOST_YEAR_DIGITS} digits")
        year = int(sign + digits)
        return DatePart(text, Day(year, 1, 1), Day(year, 12, 31), Precision.YEAR, qualifier)

    def plain(self, text: str, year: str, month: str | None, day: str | None) -> DatePart:
        """Return a date by its digits."""
        if year == "-0000":
            raise no_date(self.whole, "the year 0 has no sign")
        y, m = int(year), int(month or 0)
        if month is None:
            return DatePart(text, Day(y, 1, 1), Day(y, 12, 31), Precision.YEAR)
        if day is None and m in range(21, 25):
            return DatePart(text, *self.reckoning.season(y, m), Precision.SEASON)
        if day is None and m in range(25, 42):
            raise level_2(self.whole)
        if m not in range(1, 13):
            raise no_date(self.whole, f"there is no month {month}")
        if day is None:
            return DatePart(text, Day(y, m, 1), Day(y, m, days_in(y, m)), Precision.MONTH)
        if int(day) not in range(1, days_in(y, m) + 1):
            length = f"{MONTHS[m - 1]} {year} has {days_in(y, m)} days"
            raise no_date(self.whole, length if int(day) else "there is no day 00")
        return DatePart(text, Day(y, m, int(day)), Day(y, m, int(day)), Precision.DAY)

    def dated(self, part: DatePart) -> Date:
        """Return the date that a part is: about a day is some days."""
        first, last = part.first, part.last
        is_about = part.qualifier in ("~", "%")
        if is_about:
            first, last = self.reckoning.widened(first, last, part.precision)
        is_uncertain = part.qualifier in ("?", "%")
        return some_time(part.text, first, last, approximate=is_about, uncertain=is_uncertain)

    def from_to(self, text: str, start: DatePart | Edge, end: DatePart | Edge) -> Date:
        """Return the date that starts within one part and ends within another."""
        sides = [each if isinstance(each, Edge) else self.dated(each) for each in (start, end)]
        return interval_of(text, *sides)

    def interval(self) -> Date:
        """Return an interval."""
        parts = self.whole.split("/")
        if len(parts) != 2:
            raise unreadable_date(self.whole)
        if parts == ["", ""]:
            hint = "leave the field out where no date is known"
            raise no_date(self.whole, "it has neither start nor end", hint)
        if any(_DAY_AND_MORE.fullmatch(part) for part in parts):
            reason = "an interval runs between days, without hours"
            raise no_date(self.whole, reason, "leave the hours out")
        start, end = (self.end_of_interval(part) for part in parts)
        if isinstance(start, DatePart) and isinstance(end, DatePart):
            self.check_order(start, "/", end)
        return self.from_to(self.whole, start, end)

    def end_of_interval(self, text: str) -> DatePart | Edge:
        """Return the start or the end of an interval."""
        if not text:
            return Edge.UNKNOWN
        if text == "..":
            return Edge.OPEN
        if (part := self.part(text)).is_unspecified:
            raise level_2(self.whole)
        return part

    def check_order(self, start: DatePart, joint: str, end: DatePart) -> None:
        """Refuse an end before its start."""
        if end.last < start.first:
            before, after = f"{start.text}{joint}{end.text}", f"{end.text}{joint}{start.text}"
            hint = f"did you mean {quoted(self.whole.replace(before, after))}?"
            raise no_date(self.whole, f"'{end.text}' is before '{start.text}'", hint)

    def set(self) -> Date:
        """Return a set."""
        text = self.whole
        closing = _CLOSING[text[0]]
        if text[-1] != closing:
            raise no_date(text, f"a set that opens with {text[0]} ends with {closing}")
        items = text[1:-1].split(",")
        if len(items) == 1 and ".." not in items[0]:
            raise no_date(text, "a set has several members")
        is_cut = any(item.startswith("..") for item in items[1:])
        if is_cut or any(item.endswith("..") for item in items[:-1]):
            reason = "'..' without a limit stands only at the beginning or the end of a set"
            raise no_date(text, reason)
        kind = DateKind.ONE_OF if closing == "]" else DateKind.ALL_OF
        return set_of(text, kind, tuple(self.member(item, kind) for item in items))

    def member(self, text: str, kind: DateKind) -> Date:
        """Return a member of a set: a date, or a range of dates that has no limit on a side left
        out.
        """
        if ".." not in text:
            return self.dated(self.part(text))
        before, after = text.split("..", 1)
        if not before and not after:
            raise no_date(self.whole, "'..' without a date says nothing")
        low, high = (self.end_of_range(end) if end else None for end in (before, after))
        if low and high:
            self.check_range(text, low, high)
        if kind is DateKind.ALL_OF:
            return self.from_to(text, low or Edge.OPEN, high or Edge.OPEN)
        return replace(
            self.from_to(text, low or Edge.UNKNOWN, high or Edge.UNKNOWN),
            kind=DateKind.SOME_TIME,
            start_latest=low and high and high.last,
            end_earliest=high and low and low.first,
        )

    def end_of_range(self, text: str) -> DatePart:
        """Return the first or the last date of a range."""
        part = self.part(text)
        if part.qualifier or part.is_unspecified:
            raise level_2(self.whole)
        return part

    def check_range(self, text: str, low: DatePart, high: DatePart) -> None:
        """Refuse a range that does not run from an earlier date to a later one of its kind."""
        if low.precision is not high.precision:
            reason = f"'{text}' runs from a {low.precision} to a {high.precision}"
            raise no_date(self.whole, reason, "write both ends as exactly as each other")
        self.check_order(low, "..", high)

    def date_time(self, day: str, clock: str) -> Date:
        """Return a day with an hour; ``clock`` is what stands after the T (or a blank in its
        place).
        """
        text = self.whole
        match = CLOCK.fullmatch(clock)
        if not match:
            hint = f"write hours, minutes and offset: '{day}T00:00+09:00'"
            raise no_date(text, "its time is not written in EDTF", hint)
        part = self.part(day)
        local = f"{day}T{clock}"
        if not match[4]:
            hint = f"add the offset: '{local}+09:00' in Tokyo and Seoul, '{local}Z' for UTC"
            raise no_date(text, "a time needs its offset from UTC", hint)
        if text != local:
            raise no_date(text, "between day and time stands a T")
        stamp = f"{day}T{clock_time(text, match)}"
        return replace(self.dated(part), text=text, instant=stamp)


def _unspecified_years(text: str, sign: str, digits: str) -> DatePart:
    """Return a decade (``191X``) or a century (``19XX``); the year 0 is of ``000X``, not of
    ``-000X``.
    """
    low, high = int(digits.replace("X", "0")), int(digits.replace("X", "9"))
    if sign:
        low, high = -high, -max(low, 1)
    precision = Precision.CENTURY if digits.endswith("XX") else Precision.DECADE
    return DatePart(text, Day(low, 1, 1), Day(high, 12, 31), precision)
