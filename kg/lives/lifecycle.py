"""Which relations move the life of a pact, dispute or event on, and through which stages.

The ontology says it: of relations by ``kg:entersStatus``, ``kg:isJoining``, ``kg:showsAlive`` and
``kg:datesEvent``, of stages by ``kg:lifecycleRank``, ``kg:isInForce`` and ``kg:isFinal``. A
workspace's own relation does what its parent (``rdfs:subPropertyOf``) does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from enum import StrEnum
from typing import NamedTuple

from kg.model import Thing
from kg.ontology import Ontology, Relation, Stage

LIVING = ("pacts", "disputes", "events")
"""The sections whose things have a life."""


class Effect(StrEnum):
    """What an accepted assertion of a relation does to the life of the thing at one of its ends.

    A state that shows an event going on and has an end also ceases: then the event is over, unless
    others go on.
    """

    ENTERS = "enters"
    JOINS = "joins"
    SHOWS = "shows"
    CEASES = "ceases"


class Sign(NamedTuple):
    """What a relation tells of the thing at its ``end`` (subject or object).

    It enters a stage; or an actor joins, which brings about ``stage`` only where the thing was not
    alive yet; or a state shows that the thing is alive while it holds.
    """

    end: str
    effect: Effect
    stage: Stage


Signs = Mapping[str, tuple[Sign, ...]]
"""What relations tell of a thing, by their names; those that tell nothing are left out."""

TOOK_PLACE, ONGOING, OVER = "TookPlace", "Ongoing", "Over"
"""The stages of events that do not need a relation of their own to be entered."""


class Lifecycle(NamedTuple):
    """How things of one kind live: the words for it, and the stage that being alive amounts to.

    An event that is dated as a whole ``happened``, and one that went on is ``over`` when all who
    were engaged in it have ended; of pacts and disputes neither is said.
    """

    section: str
    alive: Stage
    before: str
    happened: Stage | None = None
    over: Stage | None = None

    def is_alive(self, stage: Stage) -> bool:
        """Whether a thing in this stage is in force or goes on."""
        return stage.in_force if stage.in_force is not None else not stage.is_final

    def is_opening(self, stage: Stage) -> bool:
        """Whether nothing of the kind can have been before this stage: a pact proposed, a dispute
        raised.
        """
        return (
            stage.rank <= 1
            if self.section == "disputes"
            else self.is_preliminary(stage) or stage == self.alive
        )

    def is_preliminary(self, stage: Stage) -> bool:
        """Whether this stage comes before the thing is alive, such as signed before in force."""
        return not self.is_alive(stage) and stage.rank < self.alive.rank


class Lifecycles:
    """How the things of an ontology live, and what its relations tell of that: found once for each
    kind of life.
    """

    def __init__(self, ontology: Ontology) -> None:
        self._ontology = ontology
        self._signs: dict[Lifecycle, Signs] = {}

    def of(self, thing: Thing) -> tuple[Lifecycle, Signs]:
        """The life of a thing that belongs to one of ``LIVING``."""
        cycle = _lifecycle(thing, self._ontology)
        if cycle not in self._signs:
            self._signs[cycle] = _signs(cycle, self._ontology)
        return cycle, self._signs[cycle]


def _lifecycle(thing: Thing, ontology: Ontology) -> Lifecycle:
    of_class = ontology.ancestors(thing.type.id)
    if thing.section == "pacts":
        return Lifecycle("pacts", _alive("PactStatus", ontology), "not yet concluded")
    if thing.section == "disputes":
        return Lifecycle(
            "disputes", Stage("Open", "open", "DisputeStatus", 0, None), "not yet raised"
        )
    happened, over = ontology.stages.get(TOOK_PLACE), ontology.stages.get(OVER)
    ongoing = _alive("EventStatus", ontology)
    if "Measure" in of_class:
        return Lifecycle(
            "events", replace(ongoing, label="in force"), "not yet imposed", happened, over
        )
    if "Decision" in of_class:
        taken = replace(happened, label="taken") if happened else None
        return Lifecycle("events", ongoing, "not yet taken", taken, over)
    return Lifecycle("events", ongoing, "not yet begun", happened, over)


def _alive(kind: str, ontology: Ontology) -> Stage:
    """The first stage of a kind in which things are in force."""
    stages = (stage for stage in ontology.stages.values() if stage.in_force and stage.kind == kind)
    nameless = Stage("", "in force", kind, 0, True)
    return min(stages, key=lambda stage: (stage.rank, stage.name), default=nameless)


def _signs(life: Lifecycle, ontology: Ontology) -> Signs:
    found = {
        relation.name: tuple(_told_by(relation, life, ontology))
        for relation in ontology.relations.values()
    }
    return {name: each for name, each in found.items() if each}


def _told_by(relation: Relation, life: Lifecycle, ontology: Ontology) -> Iterable[Sign]:
    lineage = _with_parents(relation, ontology)
    shows = next((each.shows_alive for each in lineage if each.shows_alive), "")
    if shows and relation.is_state:
        yield Sign(shows, Effect.SHOWS, life.alive)
    entered = next((each.enters_status for each in lineage if each.enters_status), "")
    stage = ontology.stages.get(entered)
    if stage and stage.kind == life.alive.kind:
        effect = Effect.JOINS if any(each.joining for each in lineage) else Effect.ENTERS
        yield Sign("object", effect, life.alive if stage.name == life.alive.name else stage)
    elif life.happened and relation.dates_event and not relation.is_state:
        yield Sign(relation.dates_event, Effect.ENTERS, life.happened)


def _with_parents(relation: Relation, ontology: Ontology) -> list[Relation]:
    """A relation and all more general ones, nearest first."""
    found = [relation]
    for each in found:
        parents = (ontology.relations.get(name) for name in each.parents)
        found += [parent for parent in parents if parent and parent not in found]
    return found
