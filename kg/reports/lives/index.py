"""What a reading says about the lives of its things, looked up by thing."""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from kg.dates import Day
from kg.model import Assertion, Thing
from kg.model.closure import closure
from kg.model.grouping import group_pairs
from kg.model.references import Reference, Text
from kg.ontology.terms import Moves, Relation, Stage
from kg.reading import Reading
from kg.reports.lives.decisions import events_about, find_decisions, is_decision, is_taking
from kg.reports.lives.lifecycle import Effect, Lifecycle, Lifecycles, Sign, has_life
from kg.status.certainty import Certainty, certainty_on
from kg.status.corrections import corrected_by
from kg.status.dissolution import ended_body
from kg.status.limits import with_limits
from kg.status.parties import Parties
from kg.status.restriction import keep_assertions
from kg.status.status import Status, affirms_triple, judge_standings
from kg.status.windows import Window, window_of

if TYPE_CHECKING:
    from kg.reports.lives.steps import Steps

MOST_HELD = 1_000
"""What is found for one life only is held for so many, as one after the other is told: of 15,000
pacts it takes 100 MB.
"""


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

    def signs(self, a: Assertion) -> list[Sign]:
        """Return what an assertion tells of it. The end of a state is told by the state, too."""
        return [] if a.limited_state else self.state_signs(a)

    def state_signs(self, a: Assertion) -> list[Sign]:
        """Return what an assertion tells of it or, where it says that a state ended or began, what
        that state does.
        """
        index, relation = self.index, self.index.relation(a)
        if relation.names_stage:
            return self._named_stage(a)
        possible = self.lifecycle.signs.get(a.predicate.id, ())
        signs = [self._qualified(sign, a) for sign in possible if self._is_told(sign, a)]
        if self.party and signs:
            if relation.moves != Moves.PACT or index.parties(a.object_key).leaves_others(a):
                return signs
            # What one party does to the whole pact ends no part of it; but its notice is its own.
            return [sign for sign in signs if sign.stage.in_force]
        if any(s.for_itself for s in signs) and index.parties(a.object_key).leaves_others(a):
            stage = index.reading.ontology.stages[relation.party_enters]
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
        self.parties = lru_cache(MOST_HELD)(self._find_parties)
        """Who has a part in a pact, by its id."""
        self.assertions_by_party = lru_cache(MOST_HELD)(self._find_assertions_by_party)
        """The assertions about a pact (its id) by the id of the actor of whose part in it they
        speak, each in the order of the corpus."""
        self.decisions_on = cache(lambda id: find_decisions(id, self))
        """The ids of the decisions that ended a thing, in order: the rulings on a case."""
        self.decisions_by = cache(self._find_decisions_by)
        """The accepted assertions that an actor took a decision, by the actor's id."""
        self.events_about = cache(lambda id: events_about(id, self))
        """The ids of what is, as is accepted, about a thing, by its id."""
        self.facts_on = cache(self._find_facts_on)
        """The accepted assertions that have a thing as object, by its id."""
        self.holds = lru_cache(MOST_HELD)(self._find_certainty)
        """How surely an assertion (its id) holds on a day."""
        self._held_until = cache(self._find_correction)
        self.steps: dict[tuple[str, str], Steps] = {}
        """The steps of lives, by the ids of a thing and a party (``kg.reports.lives.steps``)."""

    def has_more_lives(self, most: int) -> bool:
        """Whether more things than so many have a life of which an assertion tells."""
        things, ontology = self.reading.corpus.things, self.reading.ontology
        ends = {end: None for a in self._assertions for end in (a.subject.id, a.object_key)}
        living = (things[id] for id in ends if id in things and has_life(things[id], ontology))
        told_lives = filter(self._is_told_of, living)
        return next(islice(told_lives, most, None), None) is not None

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

    def _find_certainty(self, id: str, day: Day) -> Certainty:
        judgement = self.reading.judgement
        assertion = judgement.corpus.assertions[id]
        return certainty_on(assertion, judgement, self.reading.ontology, day)

    def relation(self, assertion: Assertion) -> Relation:
        """Return the relation of an assertion."""
        return self.reading.ontology.relation_of(assertion)

    def is_fact(self, assertion: Assertion) -> bool:
        """Whether it is accepted that something is so."""
        return affirms_triple(assertion, self.reading.standings[assertion.id])

    def entered_stage(self, assertion: Assertion) -> Stage | None:
        """Return the stage into which an assertion brings its object, if it does so to any."""
        return self.reading.ontology.stages.get(self.relation(assertion).enters_status)

    def _find_parties(self, id: str) -> Parties:
        pact, ontology = self.reading.corpus.things.get(id), self.reading.ontology
        outlives = pact is not None and ontology.classes[pact.type.id].outlives_leaving
        return Parties(self.reading.judgement, ontology, self.assertions_about([id]), outlives)

    def _find_assertions_by_party(self, pact: str) -> dict[str, list[Assertion]]:
        parties, assertions = self.parties(pact), self.assertions_about([pact])
        return group_pairs((parties.party_of(a), a) for a in assertions if a.object_key == pact)

    def assertions_about(self, ids: Collection[str]) -> list[Assertion]:
        """Return the assertions with one of some things at an end, in the order of the corpus."""
        places = sorted({place for id in ids for place in self._places.get(id, ())})
        return [self._assertions[place] for place in places]

    def _find_facts_on(self, id: str) -> list[Assertion]:
        return [a for a in self.assertions_about([id]) if a.object_key == id and self.is_fact(a)]

    def _find_decisions_by(self, actor: str) -> list[Assertion]:
        own = [a for a in self.assertions_about([actor]) if a.subject.id == actor]
        return [a for a in own if self.is_fact(a) and is_taking(a, self)]

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
        """Whether an assertion reverses its object."""
        stage = self.entered_stage(assertion)
        return stage is not None and stage.is_reversal

    def correction_of(self, assertion: Assertion) -> Assertion | None:
        """Return what replaced an assertion that had held until then, if anything did; None where
        that undoes it from its first day.
        """
        status = self.reading.standings[assertion.id].status
        if status is not Status.SUPERSEDED or assertion.is_denial:
            return None
        return self._held_until(assertion.id)

    def _find_correction(self, id: str) -> Assertion | None:
        corrections = [a for a in self._superseding.get(id, ()) if not a.withdrawn]
        if not corrections or any(a.retroactive for a in corrections):
            return None
        later = closure([a.id for a in corrections], self._later_than)
        # It had held if it is accepted where nothing of what came later is known.
        reading, corpus = self.reading, self.reading.corpus
        before = keep_assertions(corpus, corpus.assertions.keys() - set(later))
        before = with_limits(before, reading.ontology, reading.lens.according_to).corpus
        results = judge_standings(before, reading.ontology, reading.lens.according_to)
        has_held = affirms_triple(corpus.assertions[id], results[id])
        return min(corrections, key=lambda a: self.window(a).first) if has_held else None

    def _later_than(self, id: str) -> list[str]:
        """What corrects or replaces an assertion and what follows from it, by their ids."""
        return [a.id for each in (self._superseding, self._conclusions) for a in each.get(id, ())]

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
        corpus = self.reading.visible_corpus
        return tuple(
            (earlier, later)
            for later in corpus.assertions.values()
            if later.retroactive and not later.withdrawn
            for earlier in corrected_by(later, corpus)
            if earlier.is_actual
        )

    @cached_property
    def ends_of_bodies(self) -> dict[str, list[Assertion]]:
        """What says, accepted, that an actor was dissolved, by the actor's id."""
        corpus, ontology = self.reading.corpus, self.reading.ontology
        ends = ((ended_body(a, corpus, ontology), a) for a in self._assertions)
        return group_pairs((body, a) for body, a in ends if body and self.is_fact(a))

    @cached_property
    def decision_days(self) -> dict[str, float]:
        """The first moment at which each event that announces plans can have been, where accepted
        assertions date it.
        """
        days: dict[str, float] = {}
        for a in self._assertions:
            event = a.end(self.relation(a).dates_event) if not a.limited_state else ""
            if a.when and is_decision(event, self) and self.is_fact(a):
                days[event] = max(self.window(a).first, days.get(event, -math.inf))
        return days
