"""By which decisions a deed is done: a ruling decides a case, or the court does that took it.

Articles tell of a judgment either way. What is done to a decision, an appeal or its reversal, bears
on all that it did.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

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
    taken = [a for a in index.decisions_by(deed.subject.id) if a.object_key in topical]
    return tuple(a.object_key for a in taken if index.window(a).overlaps(began))


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
