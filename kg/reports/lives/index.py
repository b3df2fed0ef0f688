"""What a reading says about the lives of its things, looked up by thing."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING

from kg.model import Assertion, Thing
from kg.model.closure import closure
from kg.model.grouping import group_pairs
from kg.model.modes import Mode, Polarity
from kg.model.references import Reference, Text
from kg.ontology.terms import Moves
from kg.reading import Reading
from kg.reports.lives.decisions import events_about, find_decisions, is_taking
from kg.reports.lives.lifecycle import Effect, Lifecycle, Lifecycles, Sign, has_life
from kg.status.corrections import corrected_by
from kg.status.dissolution import ended_body
from kg.status.limits import with_limits
from kg.status.parties import Parties
from kg.status.restriction import restrict
from kg.status.status import Status, affirms, standings
from kg.status.windows import Window, window_of

if TYPE_CHECKING:
    from kg.reports.lives.steps import Steps


@dataclass(frozen=True)
class Living:
    """What lives: a thing (``id``), or the part that a ``party`` has in it."""

    index: LifeIndex
    id: str
    lifecycle: Lifecycle
    party: str = ""

    def assertions(self) -> list[Assertion]:
        """Return the assertions that may tell of it, in the order of the corpus."""
        if self.party:
            return self.index.assertions_by_party(self.id).get(self.party, [])
        return self.index.assertions_about([self.id, *self.decisions])

    @property
    def decisions(self) -> tuple[str, ...]:
        """The ids of the decisions that ended it, as far as these may be appealed."""
        return self.index.decisions_on(self.id) if self.lifecycle.may_be_appealed else ()

    def _parties(self, a: Assertion) -> Parties:
        return self.index.parties(a.object_key)

    def signs(self, a: Assertion) -> list[Sign]:
        """Return what an assertion tells of it. The end of a state is told by the state, too."""
        return [] if a.limited_state else self.state_signs(a)

    def state_signs(self, a: Assertion) -> list[Sign]:
        """Return what an assertion tells of it or, where it says that a state ended or began, what
        that state does.
        """
        relation = self.index.reading.ontology.relations[a.predicate.id]
        if relation.names_stage:
            return self._named_stage(a)
        possible = self.lifecycle.signs.get(a.predicate.id, ())
        signs = [self._qualified(sign, a) for sign in possible if self._is_told(sign, a)]
        if self.party and signs:
            if relation.moves != Moves.PACT or self._parties(a).leaves_others(a):
                return signs
            # What one party does to the whole pact ends no part of it; but its notice is its own.
            return [sign for sign in signs if sign.stage.in_force]
        if any(sign.for_itself for sign in signs) and self._parties(a).leaves_others(a):
            stage = self.index.reading.ontology.stages[relation.party_enters]
            return [Sign("object", Effect.MOVES_PARTY, stage, by_membership=True)]
        return signs

    def _is_told(self, sign: Sign, a: Assertion) -> bool:
        """Whether an assertion of the sign's relation gives the sign of this life."""
        if sign.to_decision:
            return a.object_key in self.decisions
        return a.end(sign.end) == self.id

    def _qualified(self, sign: Sign, a: Assertion) -> Sign:
        """A sign with the stage that a qualifier names in its place: applied provisionally."""
        ontology = self.index.reading.ontology
        for qualifier in a.qualifiers:
            kind = ontology.qualifiers[qualifier.name.id]
            name = kind.party_enters if self.party else kind.enters_status
            stage = ontology.stages.get(name)
            is_said = isinstance(qualifier.value, Reference) or qualifier.value.text != "false"
            if stage and stage in self.lifecycle.stages and is_said:
                return sign._replace(stage=stage)
        return sign

    def _named_stage(self, a: Assertion) -> list[Sign]:
        """The stage that a thing enters by its name."""
        is_own = a.subject.id == self.id and not self.party
        name = a.object.text if isinstance(a.object, Text) else ""
        stage = self.lifecycle.stage(name) if is_own else None
        return [Sign("subject", Effect.ENTERS, stage)] if stage else []


class LifeIndex:
    """A reading by its things: what is said of each, what was undone later and what was decided.
    All of it is found once, for any number of lives.

    Readings of one ontology share its ``lifecycles``.
    """

    def __init__(self, reading: Reading, lifecycles: Lifecycles | None = None) -> None:
        self.reading = reading
        self._lifecycles = lifecycles or Lifecycles(reading.ontology)
        self._corrections: dict[str, Assertion | None] = {}
        self._parties: dict[str, Parties] = {}
        self._by_party: dict[str, dict[str, list[Assertion]]] = {}
        self._decisions: dict[str, tuple[str, ...]] = {}
        self.steps: dict[tuple[str, str], Steps] = {}
        """The steps of lives, by the ids of a thing and a party (``kg.reports.lives.steps``)."""

    def count_lives(self) -> int:
        """Return how many things have a life of which an assertion tells."""
        things, ontology = self.reading.corpus.things, self.reading.ontology
        ends = {end for a in self._assertions for end in (a.subject.id, a.object_key)}
        living = (things[id] for id in ends if id in things and has_life(things[id], ontology))
        return sum(self._is_told_of(thing) for thing in living)

    def _is_told_of(self, thing: Thing) -> bool:
        living = self.living(thing)
        return any(living.signs(a) for a in living.assertions())

    def living(self, thing: Thing) -> Living:
        """Return a thing with all that tells of its life."""
        return Living(self, thing.id, self._lifecycles.lifecycle_of(thing))

    def members(self, pact: Thing) -> dict[str, Living]:
        """Return the membership of each actor who has a part in a pact, by id, in order."""
        lifecycle = self._lifecycles.membership_of(pact)
        if lifecycle is None:
            return {}
        return {id: Living(self, pact.id, lifecycle, id) for id in self.parties(pact.id).ids}

    def parties(self, id: str) -> Parties:
        """Return who has a part in a pact."""
        if id not in self._parties:
            pact = self.reading.corpus.things.get(id)
            classes = self.reading.ontology.classes
            outlives = pact is not None and classes[pact.type.id].outlives_leaving
            assertions = self.assertions_about([id])
            reading = self.reading
            self._parties[id] = Parties(reading.judgement, reading.ontology, assertions, outlives)
        return self._parties[id]

    def assertions_by_party(self, pact: str) -> dict[str, list[Assertion]]:
        """Return the assertions about a pact by the id of the actor of whose part in it they speak,
        each in the order of the corpus.
        """
        if pact not in self._by_party:
            parties, by_party = self.parties(pact), self._by_party.setdefault(pact, {})
            for a in self.assertions_about([pact]):
                if a.object_key == pact:
                    by_party.setdefault(parties.party_of(a), []).append(a)
        return self._by_party[pact]

    def assertions_about(self, ids: Collection[str]) -> list[Assertion]:
        """Return the assertions with one of some things at an end, in the order of the corpus."""
        places = sorted({place for id in ids for place in self._places.get(id, ())})
        return [self._assertions[place] for place in places]

    @cached_property
    def facts_on(self) -> Callable[[str], list[Assertion]]:
        """Give the accepted assertions that have a thing as object, by its id."""
        return cache(lambda id: [a for a in self._facts_about(id) if a.object_key == id])

    @cached_property
    def events_about(self) -> Callable[[str], frozenset[str]]:
        """Give the ids of what is, accepted, about a thing, by its id."""
        return cache(lambda id: events_about(id, self))

    @cached_property
    def decisions_by(self) -> Callable[[str], list[Assertion]]:
        """Give the accepted assertions that an actor took a decision, by the actor's id."""
        return cache(
            lambda id: [
                a for a in self._facts_about(id) if a.subject.id == id and is_taking(a, self)
            ]
        )

    def _facts_about(self, id: str) -> list[Assertion]:
        standings = self.reading.standings
        return [a for a in self.assertions_about([id]) if affirms(a, standings[a.id])]

    @cached_property
    def _assertions(self) -> list[Assertion]:
        return list(self.reading.visible_corpus.assertions.values())

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        """The places in ``_assertions`` of those that have an id at an end."""
        return group_pairs(
            (end, place)
            for place, a in enumerate(self._assertions)
            for end in {a.subject.id, a.object_key}
        )

    def window(self, assertion: Assertion) -> Window:
        """Return when what an assertion reports began."""
        return window_of(assertion, self.reading.judgement, self.reading.ontology)

    def ending_of(self, assertion: Assertion) -> Assertion | None:
        """Return what says that a state ended, accepted, if anything does."""
        reading = self.reading
        assertions = reading.visible_corpus.assertions
        for id in reading.judgement.limits.get(assertion.id, ()):
            is_accepted = reading.standings[id].status is Status.ACCEPTED
            if id in assertions and not assertions[id].begins and is_accepted:
                return assertions[id]
        return None

    def is_reversal(self, assertion: Assertion) -> bool:
        """Whether a relation reverses its object."""
        ontology = self.reading.ontology
        stage = ontology.stages.get(ontology.relations[assertion.predicate.id].enters_status)
        return stage is not None and stage.is_reversal

    def decisions_on(self, id: str) -> tuple[str, ...]:
        """Return the ids of the decisions that ended a thing, in order: the rulings on a case."""
        if id not in self._decisions:
            self._decisions[id] = find_decisions(id, self)
        return self._decisions[id]

    def correction_of(self, assertion: Assertion) -> Assertion | None:
        """Return what replaced an assertion that had held until then, if anything did; None where
        that undoes it from its first day.
        """
        status = self.reading.standings[assertion.id].status
        if status is not Status.SUPERSEDED or assertion.polarity is Polarity.DENIES:
            return None
        if assertion.id not in self._corrections:
            self._corrections[assertion.id] = self._find_correction(assertion)
        return self._corrections[assertion.id]

    def _find_correction(self, assertion: Assertion) -> Assertion | None:
        corrections = [a for a in self._superseding.get(assertion.id, ()) if not a.withdrawn]
        if not corrections or any(a.retroactive for a in corrections):
            return None
        later = closure([a.id for a in corrections], self._later_than)
        # It had held if it is accepted where nothing of what came later is known.
        reading, corpus = self.reading, self.reading.corpus
        before = restrict(corpus, corpus.assertions.keys() - set(later))
        before = with_limits(before, reading.ontology, reading.lens.according_to).corpus
        results = standings(before, reading.ontology, reading.lens.according_to)
        has_held = affirms(assertion, results[assertion.id])
        return min(corrections, key=lambda a: self.window(a).first) if has_held else None

    def _later_than(self, id: str) -> list[str]:
        """What corrects or replaces an assertion and what follows from it, by their ids."""
        later = (*self._superseding.get(id, ()), *self._conclusions.get(id, ()))
        return [a.id for a in later]

    @cached_property
    def _conclusions(self) -> dict[str, list[Assertion]]:
        """What curators conclude from an assertion, by its id."""
        return group_pairs(
            (premise.id, a)
            for a in self.reading.corpus.assertions.values()
            for premise in a.follows_from
        )

    @cached_property
    def _superseding(self) -> dict[str, list[Assertion]]:
        """What corrects or replaces an assertion, by its id."""
        return group_pairs(
            (earlier.id, a)
            for a in self.reading.corpus.assertions.values()
            for earlier in corrected_by(a, self.reading.corpus)
        )

    @cached_property
    def retroactive_corrections(self) -> tuple[tuple[Assertion, Assertion], ...]:
        """What was so until something undid it from its first day, each with what did."""
        assertions = self.reading.visible_corpus.assertions
        pairs = []
        for later in assertions.values():
            if not later.retroactive or later.withdrawn:
                continue
            undone = corrected_by(later, self.reading.visible_corpus)
            pairs += [(earlier, later) for earlier in undone if earlier.mode is Mode.ACTUAL]
        return tuple(pairs)

    @cached_property
    def ends_of_bodies(self) -> dict[str, list[Assertion]]:
        """What says, accepted, that an actor was dissolved, by the actor's id."""
        reading = self.reading
        ends: dict[str, list[Assertion]] = {}
        for a in self._assertions:
            body = ended_body(a, reading.corpus, reading.ontology)
            if body and affirms(a, reading.standings[a.id]):
                ends.setdefault(body, []).append(a)
        return ends

    @cached_property
    def decision_days(self) -> dict[str, float]:
        """The first moment at which each event that announces plans can have been, where accepted
        assertions date it.
        """
        reading = self.reading
        days: dict[str, float] = {}
        for a in self._assertions:
            dates_event = reading.ontology.relations[a.predicate.id].dates_event
            event = a.end(dates_event) if not a.limited_state else ""
            thing = reading.corpus.things.get(event)
            if thing is None or not reading.ontology.classes[thing.type.id].announces_plans:
                continue
            if a.when and affirms(a, reading.standings[a.id]):
                days[event] = max(self.window(a).first, days.get(event, -math.inf))
        return days
