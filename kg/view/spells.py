"""Days on which several things hold together: so many of them at least."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.dates.calendar import Range
from kg.dates.overlaps import Days, DaySpan, join_spans, ranges_of, spans_of

ALWAYS: tuple[Range, ...] = ((None, None),)


def days_of_most(least: int, spells: Sequence[Iterable[Range]]) -> tuple[Range, ...]:
    """Return the days that lie in so many of some spells at least, each spell being ranges of days
    (no limit: None). One is their union, all of them their intersection.
    """
    changes: list[tuple[float, int]] = []
    for spell in spells:
        for first, last in spans_of(spell):
            changes += [(first, 1), (last + 1, -1)]
    spans: list[DaySpan] = []
    depth, begin = 0, 0.0
    for day, step in sorted(changes):
        before, depth = depth, depth + step
        if before < least <= depth:
            begin = day
        elif depth < least <= before and begin < day:
            spans.append((begin, day - 1))
    return ranges_of(join_spans(spans))


def shared_days(least: int, each: Sequence[Days | None]) -> Days | None:
    """Return when so many of some things hold at least. What is undated (None) may hold on any day;
    None where the days are not known at all.
    """
    if all(days is None for days in each):
        return None if each else Days((), ())
    possible = days_of_most(least, [days.possible if days else ALWAYS for days in each])
    certain = days_of_most(least, [days.certain if days else () for days in each])
    known_days = days_of_most(
        least, [(*days.certain, *days.as_far_as_known) if days else () for days in each]
    )
    return Days(possible, certain, known_days if known_days != certain else ())
