"""By which decisions a deed is done: a ruling decides a case, or the court does that took it.

Articles tell of a judgment either way. What is done to a decision, an appeal or its reversal, bears
on all that it did: the deed stays in history; from the day on which its decision was reversed it
counts no more, until that reversal is reversed in its turn.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from kg.model import Assertion

if TYPE_CHECKING:
    from kg.reports.lives.index import LifeIndex


def find_decisions(id: str, index: LifeIndex) -> tuple[str, ...]:
    """Return the ids of the decisions that ended a thing, in order."""
    deeds = [a for a in index.assertions_about([id]) if _is_end_of(id, a, index)]
    return tuple(sorted({decision for a in deeds for decision in decisions_behind(a, index)}))


def decisions_behind(deed: Assertion, index: LifeIndex) -> tuple[str, ...]:
    """Return the ids of the decisions by which a deed is done: its subject or, where an actor does
    it, what that decided about its object, perhaps at that time.
    """
    if is_decision(deed.subject.id, index):
        return (deed.subject.id,)
    topical, began = index.events_about(deed.object_key), index.window(deed)
    decisions = [a for a in index.decisions_by(deed.subject.id) if a.object_key in topical]
    return tuple(a.object_key for a in decisions if index.window(a).overlaps(began))


def events_about(id: str, index: LifeIndex) -> frozenset[str]:
    """Return the ids of what is, as is accepted, about a thing."""
    return frozenset(a.subject.id for a in index.facts_on(id) if index.relation(a).names_topic)


def is_taking(a: Assertion, index: LifeIndex) -> bool:
    """Whether an assertion says that somebody takes a decision."""
    return index.relation(a).dates_event == "object" and is_decision(a.object_key, index)


def _is_end_of(id: str, a: Assertion, index: LifeIndex) -> bool:
    """Whether it is accepted that something was done to a thing by which that ended."""
    stage = index.entered_stage(a)
    return a.object_key == id and stage is not None and stage.is_final and index.is_fact(a)


def is_decision(id: str, index: LifeIndex) -> bool:
    """Whether an id is that of an event that announces plans."""
    thing = index.reading.corpus.things.get(id)
    return thing is not None and index.reading.ontology.classes[thing.type.id].announces_plans


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
