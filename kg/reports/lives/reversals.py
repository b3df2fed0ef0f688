"""What became of a decision and of what it did: of an appeal, and of a reversal that was itself
reversed.

The deed stays in history; from the day on which its decision was reversed it counts no more, until
that reversal is reversed in its turn.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import NamedTuple

from kg.model import Assertion
from kg.reports.lives.decisions import decisions_behind
from kg.reports.lives.index import LifeIndex


class Reversal(NamedTuple):
    """A deed, and what took it back later, if anything did."""

    deed: Assertion
    undone_by: Assertion | None


def find_reversals(deed: Assertion, index: LifeIndex) -> Iterator[Reversal]:
    """Yield a deed, and what put it in force again each time, each with what undid it."""
    visited: set[str] = set()
    current: Assertion | None = deed
    while current is not None and current.id not in visited:
        visited.add(current.id)
        undoing = _reversal_of(current, index)
        yield Reversal(current, undoing)
        # What undid it counts no more from the day on which that is reversed.
        current = _reversal_of(undoing, index) if undoing else None


def find_outcome(deed: Assertion, index: LifeIndex) -> Assertion | None:
    """Return what a higher instance made of the decision that an appeal is against, after that
    appeal; of one that was upheld, what reversed it later. None where nothing is reported.
    """
    began = index.window(deed)
    later = [
        a
        for a in index.facts_on(deed.object_key)
        if a.id != deed.id and _outranks(a, deed, index) and not began.is_after(index.window(a))
    ]
    return _first(later, index)


def _outranks(a: Assertion, deed: Assertion, index: LifeIndex) -> bool:
    """Whether an accepted deed is an outcome that settles what another made of a decision."""
    if index.is_reversal(a):
        return True
    stages = index.reading.ontology.stages
    own, other = (stages.get(index.relation(each).dispute_enters) for each in (a, deed))
    return own is not None and own.is_final and other is not None and not other.is_final


def _reversal_of(deed: Assertion, index: LifeIndex) -> Assertion | None:
    """The first accepted deed that reverses what a deed was done by."""
    ids = {deed.subject.id, *decisions_behind(deed, index)}
    deeds = chain.from_iterable(map(index.facts_on, sorted(ids)))
    return _first([a for a in deeds if index.is_reversal(a)], index)


def _first(deeds: Iterable[Assertion], index: LifeIndex) -> Assertion | None:
    return min(deeds, key=lambda a: (index.window(a), a.id), default=None)
