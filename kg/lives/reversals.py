"""What became of a decision and of what it did: of an appeal, and of a reversal that was itself
reversed.

The deed stays in history; from the day on which its decision was reversed it counts no more, until
that reversal is reversed in its turn.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kg.lives.decisions import decisions_behind
from kg.lives.index import LifeIndex
from kg.model import Assertion
from kg.status.status import affirms


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
        for a in _deeds_on([deed.object_key], index)
        if a.id != deed.id and _outranks(a, deed, index) and not began.is_after(index.window(a))
    ]
    return _first(later, index)


def _outranks(a: Assertion, deed: Assertion, index: LifeIndex) -> bool:
    """Whether an accepted deed is an outcome that settles what another made of a decision."""
    if index.is_reversal(a):
        return True
    ontology = index.reading.ontology
    own, other = (
        ontology.stages.get(ontology.relations[each.predicate.id].dispute_enters)
        for each in (a, deed)
    )
    return own is not None and own.is_final and other is not None and not other.is_final


def _reversal_of(deed: Assertion, index: LifeIndex) -> Assertion | None:
    """The first accepted deed that reverses what a deed was done by."""
    ids = {deed.subject.id, *decisions_behind(deed, index)}
    return _first([a for a in _deeds_on(sorted(ids), index) if index.is_reversal(a)], index)


def _deeds_on(ids: Iterable[str], index: LifeIndex) -> list[Assertion]:
    """The accepted deeds that have one of some things as object."""
    standings = index.reading.standings
    return [
        a
        for id in ids
        for a in index.assertions_about([id])
        if a.object_key == id and affirms(a, standings[a.id])
    ]


def _first(deeds: Iterable[Assertion], index: LifeIndex) -> Assertion | None:
    return min(deeds, key=lambda a: (index.window(a), a.id), default=None)
