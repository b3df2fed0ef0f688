"""Which relations move the life of a pact, dispute or event on, and through which stages.

For pacts and disputes the ontology says it (``kg:entersStatus``, ``kg:lifecycleRank``, ``kg:isInForce``). What it does
not say of the core relations stands in the tables here; a workspace's own relation does what its parent
(``rdfs:subPropertyOf``) does.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from kg.model import Thing
from kg.ontology import Ontology, Relation, Stage

LIVING = ("pacts", "disputes", "events")
"""The sections whose things have a life."""


class Effect(StrEnum):
    """What an accepted assertion of a relation does to the life of the thing at one of its ends.

    A state that shows an event going on and has an end also ceases: then the event is over, unless others go on.
    """

    ENTERS = "enters"
    JOINS = "joins"
    SHOWS = "shows"
    CEASES = "ceases"


@dataclass(frozen=True, slots=True)
class Sign:
    """What a relation tells of the thing at its ``end`` (subject or object).

    It enters a stage; or an actor joins, which brings about ``stage`` only where the thing was not alive yet; or a
    state shows that the thing is alive while it holds.
    """

    end: str
    effect: Effect
    stage: Stage


SHOWS_ALIVE = {
    "partyTo": "object",
    "involvedIn": "object",
    "engagedIn": "object",
    "keepsUp": "object",
    "appliesTo": "subject",
}
"""State relations that hold only while the thing at that end is in force or goes on."""

JOINS = frozenset({"entersInto"})
"""Relations by which an actor becomes bound: a later one does not put back a pact that is already in force."""

BEGINS = {"imposes": "object", "resumes": "object"}
ENDS = {"ends": "object", "lifts": "object"}
REVERSES = {"reverses": "object"}

FINAL = frozenset({"Terminated", "Lapsed", "Replaced", "Settled", "Dropped", "Happened", "Over", "Reversed"})
"""Stages that last unless something new is reported. All others are known up to the last report only."""

_EVENT = "EventStatus"
OVER = Stage("Over", "ended", _EVENT, 3, False)
REVERSED = Stage("Reversed", "reversed", _EVENT, 4, False)


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """How things of one kind live: the words for it, and the stage that being alive amounts to."""

    section: str
    alive: Stage
    before: str

    def is_alive(self, stage: Stage) -> bool:
        """Whether a thing in this stage is in force or goes on."""
        return stage.in_force if stage.in_force is not None else stage.name not in FINAL

    def is_opening(self, stage: Stage) -> bool:
        """Whether nothing of the kind can have been before this stage: a pact proposed, a dispute raised."""
        return stage.rank <= 1 if self.section == "disputes" else self.is_preliminary(stage) or stage == self.alive

    def is_preliminary(self, stage: Stage) -> bool:
        """Whether this stage comes before the thing is alive, such as signed before in force."""
        return not self.is_alive(stage) and stage.rank < self.alive.rank


def lifecycle(thing: Thing, ontology: Ontology) -> Lifecycle:
    """How a thing lives. The thing belongs to one of ``LIVING``."""
    of_class = [*ontology.ancestors(thing.type.id)]
    if thing.section == "pacts":
        in_force = sorted((s for s in ontology.stages.values() if s.in_force), key=lambda s: (s.rank, s.name))
        alive = in_force[0] if in_force else Stage("InForce", "in force", "PactStatus", 3, True)
        return Lifecycle("pacts", alive, "not yet concluded")
    if thing.section == "disputes":
        return Lifecycle("disputes", Stage("Open", "open", "DisputeStatus", 0, None), "not yet raised")
    if "Measure" in of_class:
        return Lifecycle("events", Stage("Ongoing", "in force", _EVENT, 2, True), "not yet imposed")
    taken = "not yet taken" if "Decision" in of_class else "not yet begun"
    return Lifecycle("events", Stage("Ongoing", "ongoing", _EVENT, 2, True), taken)


def signs(thing: Thing, life: Lifecycle, ontology: Ontology) -> dict[str, tuple[Sign, ...]]:
    """What each relation tells of a thing of this kind, by the relation's name; relations that tell nothing are left
    out.
    """
    found = {relation.name: tuple(_signs(relation, thing, life, ontology)) for relation in ontology.relations.values()}
    return {name: each for name, each in found.items() if each}


def _signs(relation: Relation, thing: Thing, life: Lifecycle, ontology: Ontology) -> Iterable[Sign]:
    names = _with_parents(relation, ontology)
    if (shows := _first(SHOWS_ALIVE, names)) and relation.is_state:
        yield Sign(shows, Effect.SHOWS, life.alive)
    if life.section == "events":
        yield from _event_signs(relation, names, thing, life, ontology)
        return
    entered = next((r.enters_status for r in map(ontology.relations.get, names) if r and r.enters_status), "")
    stage = ontology.stages.get(entered)
    wanted = "PactStatus" if life.section == "pacts" else "DisputeStatus"
    if stage and stage.kind == wanted:
        yield Sign("object", Effect.JOINS if JOINS & set(names) else Effect.ENTERS, stage)


def _event_signs(
    relation: Relation, names: list[str], thing: Thing, life: Lifecycle, ontology: Ontology
) -> Iterable[Sign]:
    for table, stage in (
        (BEGINS, life.alive),
        (ENDS, OVER),
        (REVERSES, REVERSED),
    ):
        if end := _first(table, names):
            yield Sign(end, Effect.ENTERS, stage)
            return
    if relation.dates_event and not relation.is_state:
        label = "taken" if ontology.is_a(thing.type.id, ["Decision"]) else "took place"
        yield Sign(relation.dates_event, Effect.ENTERS, Stage("Happened", label, _EVENT, 1, False))


def _with_parents(relation: Relation, ontology: Ontology) -> list[str]:
    """A relation's name and those of all more general ones, nearest first."""
    names = [relation.name]
    for name in names:
        known = ontology.relations.get(name)
        names += [parent for parent in (known.parents if known else ()) if parent not in names]
    return names


def _first(table: dict[str, str], names: Iterable[str]) -> str:
    return next((table[name] for name in names if name in table), "")
