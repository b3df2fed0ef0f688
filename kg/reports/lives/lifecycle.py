"""Which relations move the life of a pact, dispute or event on, and through which stages.

The ontology says it: of classes by ``kg:livesThrough`` and the words for their things, of
relations by ``kg:entersStatus``, ``kg:isJoining``, ``kg:showsAlive``, ``kg:datesEvent``,
``kg:moves``, ``kg:partyEnters`` and ``kg:disputeEnters``, of stages by ``kg:lifecycleRank``,
``kg:isInForce`` and ``kg:isFinal``. A special relation or class does what the general one does.

What a party has in a pact is a life of its own: its membership.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache, cached_property
from typing import NamedTuple

from kg.model import Thing
from kg.ontology import Ontology
from kg.ontology.terms import KgClass, Moves, Relation, Stage


class Effect(StrEnum):
    """What an accepted assertion of a relation does to the life of the thing at one of its ends.

    A state that shows an event going on and has an end also ceases: then the event is over, unless
    others go on. What moves the part of one party only leaves the life of its pact as it is.
    """

    ENTERS = "enters"
    JOINS = "joins"
    SHOWS = "shows"
    CEASES = "ceases"
    MOVES_PARTY = "moves party"


class Sign(NamedTuple):
    """What a relation tells of the thing at its ``end`` (subject or object).

    It enters a stage; or an actor joins, which brings about ``stage`` only where the thing was not
    alive yet; or a state shows that the thing is alive while it holds. What ``by_membership`` an
    actor tells of its pact brings the pact about and never back. What a party does ``for_itself``
    counts for the pact only where too few others remain. What is done ``to_decision`` has as object
    a decision that ended the thing: an appeal and its outcome.
    """

    end: str
    effect: Effect
    stage: Stage
    by_membership: bool = False
    for_itself: bool = False
    to_decision: bool = False


@dataclass(frozen=True)
class Lifecycle:
    """How things of one kind live: the words for it, and the stage that being alive amounts to.

    A thing that ``binds`` is in force or not. One that is dated as a whole is in the stage
    ``happened``, and one that went on is in the stage ``over`` when all that showed it going on has
    ended; where there is no such stage, neither is said. ``stages`` are all of them, in order.
    ``signs`` is what relations tell of a life, by their names. What ``lasts`` stays in its stage
    until something moves it on: a pact, a measure, a body.
    """

    alive: Stage
    before: str
    binds: bool
    happened: Stage | None = None
    over: Stage | None = None
    stages: tuple[Stage, ...] = ()
    signs: Mapping[str, tuple[Sign, ...]] = field(default_factory=dict, repr=False)
    lasts: bool = False

    def stage(self, name: str) -> Stage | None:
        """Return the stage that curators write by a name."""
        return next((each for each in self.stages if each.written == name), None)

    def is_alive(self, stage: Stage) -> bool:
        """Whether a thing in this stage is in force or goes on."""
        return stage.in_force if stage.in_force is not None else not stage.is_final

    def is_opening(self, stage: Stage) -> bool:
        """Whether nothing of the kind can have been before this stage: a pact proposed, a dispute
        raised.
        """
        return stage.rank <= max(1, self.alive.rank)

    @cached_property
    def may_be_appealed(self) -> bool:
        """Whether a decision that ended it may be appealed, upheld or reversed."""
        return any(sign.to_decision for signs in self.signs.values() for sign in signs)

    def is_preliminary(self, stage: Stage) -> bool:
        """Whether this stage comes before the thing is alive, such as signed before in force."""
        return not self.is_alive(stage) and stage.rank < self.alive.rank


def has_life(thing: Thing, ontology: Ontology) -> bool:
    """Whether things like this one have stages in the ontology."""
    return bool(ontology.classes[thing.type.id].stages)


def living_classes(ontology: Ontology) -> list[str]:
    """Return the most general classes whose things have a life."""
    living = {name for name, each in ontology.classes.items() if each.stages}
    return sorted(each for each in living if living.isdisjoint(ontology.classes[each].parents))


class Lifecycles:
    """How the things of an ontology live, found once for each class of things."""

    def __init__(self, ontology: Ontology) -> None:
        self._classes = ontology.classes
        self._of_things = cache(lambda name: _lifecycle(ontology.classes[name], ontology))
        self._of_members = cache(lambda name: _membership(ontology.classes[name], ontology))

    def lifecycle_of(self, thing: Thing) -> Lifecycle:
        """Return how a thing lives, if it has a life (``has_life``)."""
        return self._of_things(thing.type.id)

    def membership_of(self, pact: Thing) -> Lifecycle | None:
        """Return how the membership of a party to a thing lives; None where it has no parties."""
        kind = self._classes[pact.type.id].member_stages
        return self._of_members(kind) if kind else None


def _lifecycle(kind: KgClass, ontology: Ontology) -> Lifecycle:
    stages = ontology.stages_of_kind(kind.stages)
    happened = next((stage for stage in stages if stage.by_date), None)
    if happened and kind.words_done:
        happened = replace(happened, label=kind.words_done)
    over = next((stage for stage in stages if stage.by_end), None)
    alive = _alive(kind, kind.stages, stages)
    stages_by_name = {each.name: each for each in (alive, happened) if each}
    stages = [stages_by_name.get(stage.name, stage) for stage in stages]
    lifecycle = Lifecycle(
        alive=alive,
        before=kind.words_before,
        binds=kind.binds,
        happened=happened,
        over=over,
        stages=tuple(stages),
        lasts=kind.binds or over is None,
    )
    relations = ontology.relations.values()
    signs = {each.name: tuple(_signs(each, lifecycle, ontology)) for each in relations}
    return replace(lifecycle, signs=signs)


def _membership(kind: KgClass, ontology: Ontology) -> Lifecycle:
    stages = ontology.stages_of_kind(kind.name)
    signs: dict[str, tuple[Sign, ...]] = {}
    for relation in ontology.relations.values():
        stage = ontology.stages.get(relation.party_enters)
        if stage and stage.kind == kind.name:
            effect = Effect.SHOWS if relation.is_state else Effect.ENTERS
            signs[relation.name] = (Sign("object", effect, stage),)
    return Lifecycle(
        alive=_alive(kind, kind.name, stages),
        before=kind.words_before,
        binds=False,
        over=next((stage for stage in stages if stage.by_end), None),
        stages=tuple(stages),
        signs=signs,
        lasts=True,
    )


def _alive(kind: KgClass, life: str, stages: Iterable[Stage]) -> Stage:
    """The first stage in which things are in force; one of this kind of life where the ontology has
    none.
    """
    for stage in stages:
        if stage.in_force:
            return replace(stage, label=kind.words_alive or stage.label)
    return Stage(kind.words_alive.title().replace(" ", ""), "", kind.words_alive, life, 0, None)


def _signs(relation: Relation, life: Lifecycle, ontology: Ontology) -> Iterator[Sign]:
    by_membership = relation.moves == Moves.MEMBERSHIP
    if relation.shows_alive and relation.is_state:
        yield Sign(relation.shows_alive, Effect.SHOWS, life.alive, by_membership)
    stage = ontology.stages.get(relation.enters_status)
    if stage and stage.kind == life.alive.kind:
        effect = _effect(relation)
        is_back = stage.name == life.alive.name and not by_membership
        is_own = effect is Effect.ENTERS and not is_back and not life.is_preliminary(stage)
        for_itself = is_own and bool(relation.party_enters)
        stage = life.alive if stage.name == life.alive.name else stage
        yield Sign("object", effect, stage, by_membership, for_itself)
    elif life.happened and relation.dates_event and not relation.is_state:
        yield Sign(relation.dates_event, Effect.ENTERS, life.happened)
    stage = ontology.stages.get(relation.dispute_enters)
    if stage and stage.kind == life.alive.kind:
        yield Sign("object", Effect.ENTERS, stage, to_decision=True)


def _effect(relation: Relation) -> Effect:
    if relation.is_state:
        return Effect.SHOWS
    return Effect.JOINS if relation.joining else Effect.ENTERS
