"""Days of the calendar, and dates with bounds.

The calendar is the proleptic Gregorian one of ISO 8601: its rules hold backwards too, and there is
a year 0, which is 1 BC. How dates are written is the matter of ``kg.dates``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


class Day(NamedTuple):
    """A day; years are astronomical: 0 is 1 BC, -43 is 44 BC. Days compare in order of time."""

    year: int
    month: int
    day: int

    def __str__(self) -> str:
        """The day as ``xsd:date`` writes it: ``2019-11-23``, ``-0043-03-15``, ``12345-01-01``."""
        sign = "-" if self.year < 0 else ""
        return f"{sign}{abs(self.year):04}-{self.month:02}-{self.day:02}"


def is_leap(year: int) -> bool:
    """Tell whether February has 29 days: in 2000 and 0 it has, in 1900 not."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def days_in(year: int, month: int) -> int:
    """Return how many days a month has."""
    if month == 2:
        return 29 if is_leap(year) else 28
    return 30 if month in (4, 6, 9, 11) else 31


# A workspace speaks of few days, and of each over and over.
@lru_cache(10_000)
def day_number(day: Day) -> int:
    """Return the number of a day: 0001-01-01 is 1, as in Python's own ``date.toordinal``; earlier
    ones are 0 and less.
    """
    years = day.year - 1
    months = _DAYS_BEFORE[day.month] + (day.month > 2 and is_leap(day.year))
    return years * 365 + years // 4 - years // 100 + years // 400 + months + day.day


_DAYS_BEFORE = (0, 0, *accumulate(days_in(1, month) for month in range(1, 12)))
"""Days of a usual year before each month, by its number."""


def day_of(ordinal: int) -> Day:
    """Return the day with this number, in any year: the calendar repeats after 400 years."""
    from datetime import date as python_date

    cycles, rest = divmod(ordinal - 1, 146_097)
    date = python_date.fromordinal(rest + 1)
    return Day(date.year + 400 * cycles, date.month, date.day)


class Instant(NamedTuple):
    """An hour of a day: the local day, and the hour with its offset as an ``xsd:dateTimeStamp``."""

    day: Day
    stamp: str

    def __str__(self) -> str:
        return self.stamp


class Edge(StrEnum):
    """How the start or the end of a date is known: by bounds, as open, or not at all."""

    KNOWN = "known"
    OPEN = "open"
    UNKNOWN = "unknown"


class DateKind(StrEnum):
    """The way in which a date fills its bounds."""

    SOME_TIME = "some time"
    INTERVAL = "interval"
    ONE_OF = "one of"
    ALL_OF = "all of"


@dataclass(frozen=True, slots=True)
class Date:
    """A date as written, and the days between which it began and ended.

    A bound is None where its edge is open or unknown, or where it has no limit on that side.
    ``instant`` is an ``xsd:dateTimeStamp`` where an hour is known, else empty. ``members`` are the
    dates of a set, a range such as ``1670..1672`` being one member. The bounds of an
    ``approximate`` date are as wide as "about" means (``kg.dates.reckoning``); nothing is certain
    by one that is ``uncertain``.
    """

    text: str
    start_earliest: Day | None
    start_latest: Day | None
    end_earliest: Day | None
    end_latest: Day | None
    start: Edge = Edge.KNOWN
    end: Edge = Edge.KNOWN
    approximate: bool = False
    uncertain: bool = False
    instant: str = ""
    kind: DateKind = DateKind.SOME_TIME
    members: tuple[Date, ...] = ()

    @property
    def is_open(self) -> bool:
        """Tell whether it is an interval that has not ended."""
        return self.kind is DateKind.INTERVAL and self.end is Edge.OPEN

    @property
    def has_start(self) -> bool:
        """Tell whether it is an interval of which it is known when it began."""
        return self.kind is DateKind.INTERVAL and self.start is Edge.KNOWN

    @property
    def has_end(self) -> bool:
        """Tell whether it is an interval of which it is known when it ended."""
        return self.kind is DateKind.INTERVAL and self.end is Edge.KNOWN

    @property
    def goes_on(self) -> bool:
        """Tell whether this, or one of its members, has an open end."""
        return any(each.end is Edge.OPEN for each in (self, *self.members))

    def __str__(self) -> str:
        return self.text


Range = tuple[Day | None, Day | None]
"""A first and a last day; None where there is no limit."""


def some_time(
    text: str,
    first: Day | None,
    last: Day | None,
    *,
    approximate: bool = False,
    uncertain: bool = False,
) -> Date:
    """Return the date that is some time between two days, each None where there is no limit."""
    return Date(text, first, last, first, last, approximate=approximate, uncertain=uncertain)


def interval_of(text: str, begin: Date | Edge, end: Date | Edge) -> Date:
    """Return the date that begins some time in one date and ends some time in another, either of
    which may be open or unknown: it ends no earlier than it begins, and begins no later than it
    ends.
    """
    first, start_latest = span_of(begin)
    end_earliest, last = span_of(end)
    if last and isinstance(begin, Date):
        start_latest = min(start_latest or last, last)
    if first and end_earliest:
        end_earliest = max(end_earliest, first)
    known_ends = [each for each in (begin, end) if isinstance(each, Date)]
    return Date(
        text,
        start_earliest=first,
        start_latest=start_latest,
        end_earliest=end_earliest,
        end_latest=last,
        start=begin if isinstance(begin, Edge) else Edge.KNOWN,
        end=end if isinstance(end, Edge) else Edge.KNOWN,
        approximate=any(each.approximate for each in known_ends),
        uncertain=any(each.uncertain for each in known_ends),
        kind=DateKind.INTERVAL,
    )


def from_until(begin: Date | None, end: Date | None) -> Date:
    """Return the date that begins some time in one date and ends some time in another: unknown when
    where there is no beginning, and still going on where there is no end.
    """
    text = f"{begin or ''}/{end or '..'}"
    return interval_of(text, begin or Edge.UNKNOWN, end or Edge.OPEN)


def span_of(date: Date | Edge | None) -> Range:
    """Return the first and the last day that a date can mean."""
    return (date.start_earliest, date.end_latest) if isinstance(date, Date) else (None, None)


def set_of(text: str, kind: DateKind, members: tuple[Date, ...]) -> Date:
    """Return the date that one or all of some dates make. A side without limit is that of the first
    or of the last member.
    """
    latest_start, earliest_end = earliest_of, latest_of
    if kind is DateKind.ONE_OF:
        latest_start, earliest_end = latest_of, earliest_of
    return Date(
        text,
        start_earliest=earliest_of(m.start_earliest for m in members),
        start_latest=latest_start(m.start_latest for m in members),
        end_earliest=earliest_end(m.end_earliest for m in members),
        end_latest=latest_of(m.end_latest for m in members),
        start=members[0].start,
        end=members[-1].end,
        approximate=any(m.approximate for m in members),
        uncertain=any(m.uncertain for m in members),
        kind=kind,
        members=members,
    )


def earliest_of(days: Iterable[Day | None]) -> Day | None:
    """Return the earliest day, or None where one of them has no limit."""
    bounds = tuple(days)
    return None if None in bounds else min(filter(None, bounds))


def latest_of(days: Iterable[Day | None]) -> Day | None:
    """Return the latest day, or None where one of them has no limit."""
    bounds = tuple(days)
    return None if None in bounds else max(filter(None, bounds))


def as_event(date: Date) -> Date:
    """Return a date as that of an event: from one day to another means some time between, not all
    the time.
    """
    if not (date.has_start and date.has_end):
        return date
    return replace(
        date,
        kind=DateKind.SOME_TIME,
        start_latest=date.end_latest,
        end_earliest=date.start_earliest,
    )


def as_known_on(date: Date, day: Day) -> Date:
    """Return a date as a report of a day can vouch for it: what is still going on is certain up to
    that day, and possible after.

    Without this, ``2019-11-20/..`` goes on for ever.
    """
    members = tuple(as_known_on(member, day) for member in date.members)
    if date.end is not Edge.OPEN:
        return replace(date, members=members)
    return replace(date, members=members, end_earliest=max(day, date.start_earliest or day))


def as_reported_by(date: Date, day: Day, *, is_state: bool) -> Date:
    """Return a date as a report of a day leaves it: an event had happened by then, a state had
    begun. What lies after the report altogether stays as it is.
    """
    if date.start_earliest and date.start_earliest > day:
        return date
    dates = [as_reported_by(each, day, is_state=is_state) for each in date.members]
    members = tuple(each for each in dates if not each.start_earliest or each.start_earliest <= day)
    if is_state:
        if not date.has_start:
            return date
        return replace(date, members=members, start_latest=_sooner(date.start_latest, day))
    return replace(
        date,
        members=members,
        start_latest=_sooner(date.start_latest, day) if date.start_latest else None,
        end_earliest=_sooner(date.end_earliest, day) if date.end_earliest else None,
        end_latest=_sooner(date.end_latest, day),
    )


def _sooner(date: Day | None, day: Day) -> Day:
    return min(date, day) if date else day


def is_past_by(date: Date, by: Day | Instant) -> bool:
    """Tell whether all that a date may mean was past when a day ended, or at an hour.

    Hours are compared whatever their offsets; days as written, so that a date without an hour is
    past once its last day had ended before the local day of the hour.
    """
    if date.end_latest is None:
        return False
    if isinstance(by, Day):
        return date.end_latest <= by
    if date.instant:
        return moment_of(date.instant) <= moment_of(by.stamp)
    return date.end_latest < by.day


def moment_of(instant: str) -> int:
    """Return the seconds of an ``xsd:dateTimeStamp`` (without fractions), whatever its offset."""
    day, clock = instant.split("T")
    year, month, date = day.rsplit("-", 2)
    seconds = int(clock[:2]) * 3600 + int(clock[3:5]) * 60 + int(clock[6:8])
    offset = 0 if clock[8] == "Z" else int(clock[9:11]) * 3600 + int(clock[12:14]) * 60
    shift = offset if clock[8] == "-" else -offset
    return day_number(Day(int(year), int(month), int(date))) * 86_400 + seconds + shift
