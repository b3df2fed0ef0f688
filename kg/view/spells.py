"""Days on which several things hold together: so many of them at least."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from kg.dates.calendar import Day, Range, day_of, ordinal
from kg.dates.overlaps import Days

ALWAYS: tuple[Range, ...] = ((None, None),)


def days_of_most(least: int, spells: Sequence[Iterable[Range]]) -> tuple[Range, ...]:
    """Return the days that lie in so many of some spells at least, each spell being ranges of days
    (no limit: None). One is their union, all of them their intersection.
    """
    changes: list[tuple[float, int]] = []
    for spell in spells:
        for first, last in _merged(spell):
            changes += [(first, 1), (last + 1, -1)]
    found: list[tuple[float, float]] = []
    depth, begin = 0, 0.0
    for day, step in sorted(changes):
        before, depth = depth, depth + step
        if before < least <= depth:
            begin = day
        elif depth < least <= before and begin < day:
            found.append((begin, day - 1))
    return tuple((_day(first), _day(last)) for first, last in _joined(found))


def shared_days(least: int, each: Sequence[Days | None]) -> Days | None:
    """Return when so many of some things hold at least. What is undated (None) may hold on any day;
    None where the days are not known at all.
    """
    if all(days is None for days in each):
        return None if each else Days((), ())
    possible = days_of_most(least, [days.possible if days else ALWAYS for days in each])
    certain = days_of_most(least, [days.certain if days else () for days in each])
    known = days_of_most(
        least, [(*days.certain, *days.as_far_as_known) if days else () for days in each]
    )
    return Days(possible, certain, known if known != certain else ())


def _merged(spell: Iterable[Range]) -> list[tuple[float, float]]:
    ends = [
        (ordinal(first) if first else -math.inf, ordinal(last) if last else math.inf)
        for first, last in spell
    ]
    return _joined(sorted(ends))


def _joined(ends: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """Join ranges, in order, that meet or lie in each other."""
    joined: list[tuple[float, float]] = []
    for first, last in ends:
        if joined and first <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return joined


def _day(number: float) -> Day | None:
    return None if math.isinf(number) else day_of(int(number))
