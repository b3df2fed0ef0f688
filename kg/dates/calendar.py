"""Days of the calendar, dates with bounds, and whether dates overlap.

The calendar is the proleptic Gregorian one of ISO 8601: its rules hold backwards too, and there is
a year 0, which is 1 BC. How dates are written is the matter of ``kg.dates``.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from itertools import accumulate, chain, product
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
def ordinal(day: Day) -> int:
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


class Kind(StrEnum):
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
    dates of a set, a range such as ``1670..1672`` being one member. ``start_slack`` and
    ``end_slack`` say by how many days the bounds may be off: 0, 365 for a season, infinite where
    qualified by ``?``, ``~`` or ``%``.
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
    kind: Kind = Kind.SOME_TIME
    members: tuple[Date, ...] = ()
    start_slack: float = 0
    end_slack: float = 0

    @property
    def goes_on(self) -> bool:
        """Tell whether this, or one of its members, has an open end."""
        return any(each.end is Edge.OPEN for each in (self, *self.members))

    def __str__(self) -> str:
        return self.text


def set_of(text: str, kind: Kind, members: tuple[Date, ...]) -> Date:
    """Return the date that one or all of some dates make. A side without limit is that of the first
    or of the last member.
    """
    latest_start, earliest_end = _earliest, _latest
    if kind is Kind.ONE_OF:
        latest_start, earliest_end = _latest, _earliest
    return Date(
        text,
        start_earliest=_earliest(m.start_earliest for m in members),
        start_latest=latest_start(m.start_latest for m in members),
        end_earliest=earliest_end(m.end_earliest for m in members),
        end_latest=_latest(m.end_latest for m in members),
        start=members[0].start,
        end=members[-1].end,
        approximate=any(m.approximate for m in members),
        uncertain=any(m.uncertain for m in members),
        kind=kind,
        members=members,
        start_slack=max(m.start_slack for m in members),
        end_slack=max(m.end_slack for m in members),
    )


def _earliest(days: Iterable[Day | None]) -> Day | None:
    """Return the earliest day, or None where one of them has no limit."""
    bounds = tuple(days)
    return None if None in bounds else min(filter(None, bounds))


def _latest(days: Iterable[Day | None]) -> Day | None:
    """Return the latest day, or None where one of them has no limit."""
    bounds = tuple(days)
    return None if None in bounds else max(filter(None, bounds))


class Overlap(StrEnum):
    """Whether two dates share a day: in no reading of them, in some, or in every one."""

    NO = "no"
    POSSIBLY = "possibly"
    CERTAINLY = "certainly"


def overlap(a: Date | None, b: Date | None) -> Overlap:
    """Tell whether two dates share a day, over all readings of both.

    A reading gives a date a first and a last day within its bounds; a set is read as one, or as
    all, of its members, so that the gaps between them do not count. No date (None) may be any time.
    A qualified date is never certain to overlap, and a qualified bound rules nothing out. Days are
    compared as written, whatever the time zone; but two date-times of the same moment overlap even
    where their local days differ.
    """
    if a is None or b is None:
        return Overlap.POSSIBLY
    if a.instant and b.instant and moment(a.instant) == moment(b.instant):
        return Overlap.CERTAINLY
    pairs = list(product(_choices(a), _choices(b)))
    if not any(_may_meet(*pair) for pair in pairs):
        return Overlap.NO
    if a.start_slack or a.end_slack or b.start_slack or b.end_slack:
        return Overlap.POSSIBLY
    return Overlap.CERTAINLY if all(_must_meet(*pair) for pair in pairs) else Overlap.POSSIBLY


def holds_on(date: Date | None, day: Day) -> Overlap:
    """Tell whether what is attested for a date is attested for a day.

    For an interval: certainly from its latest start to its earliest end. For ``2019-08``, some time
    in it: possibly on each of its days. ``NO`` says only that this date does not reach the day, not
    that the state had ended.
    """
    return overlap(date, Date(str(day), day, day, day, day))


Range = tuple[Day | None, Day | None]
"""A first and a last day; None where there is no limit."""


class Days(NamedTuple):
    """The days on which a date possibly holds, and those of them on which it certainly does
    (``holds_on``).
    """

    possible: tuple[Range, ...]
    certain: tuple[Range, ...]


def days_of(date: Date) -> Days:
    """Return the days on which what is attested for a date possibly and certainly holds."""
    choices = _choices(date)
    stretches = list(chain.from_iterable(choices))
    possible = [(each.start_earliest, each.end_latest) for each in stretches]
    certain = [(each.start_latest, each.end_earliest) for each in stretches]
    if date.start_slack or date.end_slack:
        certain = []
    elif len(choices) > 1:
        # One of several: certain is only what is certain of each. Each is a single stretch here.
        firsts, lasts = zip(*certain, strict=True)
        certain = [(max(firsts), min(lasts))]
    certain = [(first, last) for first, last in certain if first <= last]
    return Days(_ranges(possible), _ranges(certain))


def _ranges(stretches: Iterable[tuple[float, float]]) -> tuple[Range, ...]:
    return tuple((_day(first), _day(last)) for first, last in stretches)


def _day(ordinal: float) -> Day | None:
    return None if math.isinf(ordinal) else day_of(int(ordinal))


def as_event(date: Date) -> Date:
    """Return a date as that of an event: from one day to another means some time between, not all
    the time.
    """
    if date.kind is not Kind.INTERVAL or date.start is not Edge.KNOWN or date.end is not Edge.KNOWN:
        return date
    slack = max(date.start_slack, date.end_slack)
    return replace(
        date,
        kind=Kind.SOME_TIME,
        start_latest=date.end_latest,
        end_earliest=date.start_earliest,
        start_slack=slack,
        end_slack=slack,
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
        return moment(date.instant) <= moment(by.stamp)
    return date.end_latest < by.day


def moment(instant: str) -> int:
    """Return the seconds of an ``xsd:dateTimeStamp`` (without fractions), whatever its offset."""
    day, clock = instant.split("T")
    year, month, date = day.rsplit("-", 2)
    seconds = int(clock[:2]) * 3600 + int(clock[3:5]) * 60 + int(clock[6:8])
    offset = 0 if clock[8] == "Z" else int(clock[9:11]) * 3600 + int(clock[12:14]) * 60
    shift = offset if clock[8] == "-" else -offset
    return ordinal(Day(int(year), int(month), int(date))) * 86_400 + seconds + shift


class _Stretch(NamedTuple):
    """The days between which something began and ended, as ordinals; infinite where there is no
    limit.
    """

    start_earliest: float
    start_latest: float
    end_earliest: float
    end_latest: float


def _stretch(date: Date) -> _Stretch:
    """Return the bounds of a date that is no set. Slack widens the outer ones; only without it do
    the inner ones matter.
    """
    first = ordinal(date.start_earliest) - date.start_slack if date.start_earliest else -math.inf
    last = ordinal(date.end_latest) + date.end_slack if date.end_latest else math.inf
    start_latest = ordinal(date.start_latest) if date.start_latest else last
    if date.end_earliest:
        return _Stretch(first, start_latest, ordinal(date.end_earliest), last)
    return _Stretch(first, start_latest, math.inf if date.end is Edge.OPEN else first, last)


def _choices(date: Date) -> list[list[_Stretch]]:
    """Return what a date may stand for: one item of this list, and all stretches of that item."""
    match date.kind:
        case Kind.ONE_OF:
            return [[_stretch(member)] for member in date.members]
        case Kind.ALL_OF:
            return [[_stretch(member) for member in date.members]]
        case _:
            return [[_stretch(date)]]


def _may_meet(a: list[_Stretch], b: list[_Stretch]) -> bool:
    return any(
        x.start_earliest <= y.end_latest and y.start_earliest <= x.end_latest
        for x, y in product(a, b)
    )


def _must_meet(a: list[_Stretch], b: list[_Stretch]) -> bool:
    """Tell whether a day is shared however the stretches are read.

    Exact where one side is a single stretch; between two sets of several it can miss a certainty,
    but invents none.
    """
    share_a_day = any(
        x.start_latest <= y.end_earliest and y.start_latest <= x.end_earliest
        for x, y in product(a, b)
    )
    return share_a_day or any(_is_covered(x, b) for x in a) or any(_is_covered(y, a) for y in b)


def _is_covered(stretch: _Stretch, others: list[_Stretch]) -> bool:
    """Tell whether a stretch that may be as short as one day shares that day with the others,
    whichever day it is.
    """
    day, last = stretch.end_earliest, stretch.start_latest
    if day > last or day == math.inf:
        return False
    for first_certain, last_certain in sorted((o.start_latest, o.end_earliest) for o in others):
        if first_certain <= day <= last_certain:
            day = last_certain + 1
    return day > last or day == math.inf
