"""Whether dates share a day, and on which days a date holds: possibly, or in every reading."""

from __future__ import annotations

import math
from collections.abc import Iterable
from enum import StrEnum
from itertools import chain, product
from typing import NamedTuple

from kg.dates.calendar import (
    Date,
    DateKind,
    Day,
    Edge,
    Range,
    day_number,
    day_of,
    moment_of,
    some_time,
)


class Overlap(StrEnum):
    """Whether two dates share a day: in no reading of them, in some, or in every one."""

    NO = "no"
    POSSIBLY = "possibly"
    CERTAINLY = "certainly"


def dates_overlap(a: Date | None, b: Date | None) -> Overlap:
    """Tell whether two dates share a day, over all readings of both.

    A reading gives a date a first and a last day within its bounds; a set is read as one, or as
    all, of its members, so that the gaps between them do not count. No date (None) may be any time.
    An uncertain date is never certain to overlap. Days are compared as written, whatever the time
    zone; but two date-times of the same moment overlap even where their local days differ.
    """
    if a is None or b is None:
        return Overlap.POSSIBLY
    if a.instant and b.instant and moment_of(a.instant) == moment_of(b.instant):
        return Overlap.CERTAINLY
    if is_before(a, b) or is_before(b, a):
        return Overlap.NO
    pairs = list(product(_choices(a), _choices(b)))
    if not any(_may_meet(*pair) for pair in pairs):
        return Overlap.NO
    if a.uncertain or b.uncertain:
        return Overlap.POSSIBLY
    return Overlap.CERTAINLY if all(_must_meet(*pair) for pair in pairs) else Overlap.POSSIBLY


def is_before(a: Date, b: Date) -> bool:
    """Whether all that a date may mean lies before all that another may."""
    last, first = a.end_latest, b.start_earliest
    return last is not None and first is not None and last < first


def holds_on(date: Date | None, day: Day) -> Overlap:
    """Tell whether what is attested for a date is attested for a day.

    For an interval: certainly from its latest start to its earliest end. For ``2019-08``, some time
    in it: possibly on each of its days. ``NO`` says only that this date does not reach the day, not
    that the state had ended.
    """
    return dates_overlap(date, some_time(str(day), day, day))


class Days(NamedTuple):
    """The days on which a date possibly holds, and those of them on which it certainly does
    (``holds_on``); on those that are left, what lasts holds ``as_far_as_known``.
    """

    possible: tuple[Range, ...]
    certain: tuple[Range, ...]
    as_far_as_known: tuple[Range, ...] = ()


NEVER = Days((), ())
"""No day at all."""


def days_of(date: Date) -> Days:
    """Return the days on which what is attested for a date possibly and certainly holds."""
    choices = _choices(date)
    stretches = list(chain.from_iterable(choices))
    possible = [(each.start_earliest, each.end_latest) for each in stretches]
    certain = [(each.start_latest, each.end_earliest) for each in stretches]
    if date.uncertain:
        certain = []
    elif len(choices) > 1:
        # One of several: certain is only what is certain of each. Each is a single stretch here.
        firsts, lasts = zip(*certain, strict=True)
        certain = [(max(firsts), min(lasts))]
    certain = [(first, last) for first, last in certain if first <= last]
    return Days(ranges_of(possible), ranges_of(certain))


DaySpan = tuple[float, float]
"""A first and a last day as ordinals; infinite where there is no limit."""


def ranges_of(spans: Iterable[DaySpan]) -> tuple[Range, ...]:
    """Return spans as ranges of days."""
    return tuple((_day(first), _day(last)) for first, last in spans)


def spans_of(ranges: Iterable[Range]) -> list[DaySpan]:
    """Return ranges of days as spans in order, those that touch each other as one."""
    ends = (
        (day_number(first) if first else -math.inf, day_number(last) if last else math.inf)
        for first, last in ranges
    )
    return join_spans(sorted(ends))


def join_spans(spans: Iterable[DaySpan]) -> list[DaySpan]:
    """Return spans, which are in order, those that touch each other as one."""
    joined_spans: list[DaySpan] = []
    for first, last in spans:
        if joined_spans and first <= joined_spans[-1][1] + 1:
            joined_spans[-1] = joined_spans[-1][0], max(joined_spans[-1][1], last)
        else:
            joined_spans.append((first, last))
    return joined_spans


def _day(ordinal: float) -> Day | None:
    return None if math.isinf(ordinal) else day_of(int(ordinal))


class _Stretch(NamedTuple):
    """The days between which something began and ended, as ordinals; infinite where there is no
    limit.
    """

    start_earliest: float
    start_latest: float
    end_earliest: float
    end_latest: float


def _stretch(date: Date) -> _Stretch:
    """Return the bounds of a date that is no set."""
    first = day_number(date.start_earliest) if date.start_earliest else -math.inf
    last = day_number(date.end_latest) if date.end_latest else math.inf
    start_latest = day_number(date.start_latest) if date.start_latest else last
    if date.end_earliest:
        return _Stretch(first, start_latest, day_number(date.end_earliest), last)
    return _Stretch(first, start_latest, math.inf if date.end is Edge.OPEN else first, last)


def _choices(date: Date) -> list[list[_Stretch]]:
    """Return what a date may stand for: one item of this list, and all stretches of that item."""
    match date.kind:
        case DateKind.ONE_OF:
            return [[_stretch(member)] for member in date.members]
        case DateKind.ALL_OF:
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
