"""Which relations move the life of a pact, dispute or event on, and through which stages.

The ontology says it: of classes by ``kg:livesThrough`` and the words for their things, of relations
by ``kg:entersStatus``, ``kg:isJoining``, ``kg:showsAlive`` and ``kg:datesEvent``, of stages by
``kg:lifecycleRank``, ``kg:isInForce`` and ``kg:isFinal``. A special relation or class does what the
general one does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import NamedTuple

from kg.model import Thing
from kg.ontology import KgClass, Ontology, Relation, Stage
from kg.sections import SECTIONS


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


@dataclass(frozen=True)
class Lifecycle:
    """How things of one kind live: the words for it, and the stage that being alive amounts to.

    A thing that ``binds`` is in force or not. One that is dated as a whole is in the stage
    ``happened``, and one that went on is in the stage ``over`` when all that showed it going on has
    ended; where there is no such stage, neither is said. ``signs`` is what relations tell of a
    life, by their names; those that tell nothing are left out.
    """

    alive: Stage
    before: str
    binds: bool
    happened: Stage | None = None
    over: Stage | None = None
    signs: Mapping[str, tuple[Sign, ...]] = field(default_factory=dict, repr=False)

    def is_alive(self, stage: Stage) -> bool:
        """Whether a thing in this stage is in force or goes on."""
        return stage.in_force if stage.in_force is not None else not stage.is_final

    def is_opening(self, stage: Stage) -> bool:
        """Whether nothing of the kind can have been before this stage: a pact proposed, a dispute
        raised.
        """
        return stage.rank <= max(1, self.alive.rank)

    def is_preliminary(self, stage: Stage) -> bool:
        """Whether this stage comes before the thing is alive, such as signed before in force."""
        return not self.is_alive(stage) and stage.rank < self.alive.rank


def has_life(thing: Thing, ontology: Ontology) -> bool:
    """Whether things like this one have stages in the ontology."""
    return bool(ontology.classes[thing.type.id].stages)


def living_sections(ontology: Ontology) -> list[str]:
    """Return the sections of a source file that may list things with a life."""
    living = {name for name, each in ontology.classes.items() if each.stages}
    return [each for each in SECTIONS if not living.isdisjoint(ontology.classes_of(each))]


class Lifecycles:
    """How the things of an ontology live, found once for each class of things."""

    def __init__(self, ontology: Ontology) -> None:
        self._ontology = ontology
        self._by_class: dict[str, Lifecycle] = {}

    def lifecycle_of(self, thing: Thing) -> Lifecycle:
        """Return how a thing lives, if it has a life (``has_life``)."""
        name = thing.type.id
        if name not in self._by_class:
            self._by_class[name] = _lifecycle(self._ontology.classes[name], self._ontology)
        return self._by_class[name]


def _lifecycle(kind: KgClass, ontology: Ontology) -> Lifecycle:
    stages = [stage for stage in ontology.stages.values() if stage.kind == kind.stages]
    stages.sort(key=lambda stage: (stage.rank, stage.name))
    happened = next((stage for stage in stages if stage.by_date), None)
    if happened and kind.words_done:
        happened = replace(happened, label=kind.words_done)
    over = next((stage for stage in stages if stage.by_end), None)
    lifecycle = Lifecycle(_alive(kind, stages), kind.words_before, kind.binds, happened, over)
    signs: dict[str, tuple[Sign, ...]] = {}
    for relation in ontology.relations.values():
        if each := tuple(_signs(relation, lifecycle, ontology)):
            signs[relation.name] = each
    return replace(lifecycle, signs=signs)


def _alive(kind: KgClass, stages: Iterable[Stage]) -> Stage:
    """The first stage in which things are in force; one of its own where the ontology has none."""
    for stage in stages:
        if stage.in_force:
            return replace(stage, label=kind.words_alive or stage.label)
    return Stage(kind.words_alive.title().replace(" ", ""), kind.words_alive, kind.stages, 0, None)


def _signs(relation: Relation, life: Lifecycle, ontology: Ontology) -> Iterator[Sign]:
    if relation.shows_alive and relation.is_state:
        yield Sign(relation.shows_alive, Effect.SHOWS, life.alive)
    stage = ontology.stages.get(relation.enters_status)
    if stage and stage.kind == life.alive.kind:
        effect = Effect.JOINS if relation.joining else Effect.ENTERS
        yield Sign("object", effect, life.alive if stage.name == life.alive.name else stage)
    elif life.happened and relation.dates_event and not relation.is_state:
        yield Sign(relation.dates_event, Effect.ENTERS, life.happened)
