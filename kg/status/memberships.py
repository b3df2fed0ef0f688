"""Who is party to a pact from when to when, as its entry and what ended it tell.

An entry is the event of one day; that its actor is party from then on follows from it, until the
actor leaves or the pact ends.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from kg.dates import Date, from_until
from kg.dates.limits import eve_of
from kg.model import Assertion
from kg.model.grouping import group_pairs
from kg.model.references import Qualifier
from kg.ontology import Ontology
from kg.ontology.terms import Moves
from kg.status.dissolution import ended_body
from kg.status.endings import End, PactEnds
from kg.status.judgement import Judgement
from kg.status.status import affirms_triple


class Membership(NamedTuple):
    """The membership of an actor in a pact: the relation that states it, when it lasts, the
    assertions that it follows from (the entry first), and its qualifiers in that time.
    """

    party: str
    relation: str
    when: Date | None
    premises: tuple[Assertion, ...]
    qualifiers: tuple[Qualifier, ...] = ()


def find_memberships(judgement: Judgement, ontology: Ontology) -> Iterator[Membership]:
    """Yield the memberships that follow from accepted entries."""
    moving = [each for each in ontology.relations.values() if each.moves == Moves.MEMBERSHIP]
    states = {each.party_enters: each.name for each in moving if each.is_state and each.shows_alive}
    entering = {each.name for each in moving if each.joining}
    corpus = judgement.corpus

    def has_members(id: str) -> bool:
        thing = corpus.things.get(id)
        return thing is not None and bool(ontology.classes[thing.type.id].member_stages)

    facts = [a for a in corpus.assertions.values() if affirms_triple(a, judgement.standings[a.id])]
    entered = dict.fromkeys(a.object_key for a in facts if a.predicate.id in entering)
    pacts = dict.fromkeys(filter(has_members, entered))
    if not pacts:
        return
    facts_by_pact = group_pairs(
        (end, a) for a in facts for end in {a.subject.id, a.object_key} & pacts.keys()
    )
    ended_bodies = [(body, a) for a in facts if (body := ended_body(a, corpus, ontology))]
    for pact in pacts:
        ends = PactEnds.of(pact, facts_by_pact[pact], judgement, ontology)
        yield from _Pact(ends, ended_bodies).memberships(facts_by_pact[pact], states)


@dataclass(frozen=True)
class _Pact:
    """A pact by what ends it, and the actors (id) that were dissolved, each with what says so."""

    pact: PactEnds
    dissolved_bodies: Collection[tuple[str, Assertion]]

    def memberships(
        self, facts: Collection[Assertion], states: Mapping[str, str]
    ) -> Iterator[Membership]:
        """Yield the memberships in the pact."""
        pact = self.pact
        ends = group_pairs((end.party, end) for a in facts for end in pact.ends(a))
        for body, a in self.dissolved_bodies:
            ends.setdefault(body, []).append(End(a, pact.window(a), body))
        changes = self._changes(facts)
        voids = [end.window.last for end in ends.get("", ()) if end.is_void]
        last_void = max(voids, default=-math.inf)
        for a in facts:
            relation = pact.ontology.relation_of(a)
            is_entry = relation.joining and relation.moves == Moves.MEMBERSHIP
            is_entry &= not self._is_provisional(a)
            if not is_entry or relation.party_enters not in states or a.object_key != pact.id:
                continue
            party, window = pact.parties.party_of(a), pact.window(a)
            if window.first <= last_void:
                continue
            possible = (*ends.get("", ()), *ends.get(party, ()))
            later = [each for each in possible if each.window.last >= window.first]
            end = min(later, key=lambda each: each.window, default=None)
            when = pact.judgement.time_of(a)
            membership = Membership(party, states[relation.party_enters], when, (a,))
            last = end.assertion if end else None
            yield from self._qualified(membership, last, changes.get(party, ()))

    def _qualified(
        self, membership: Membership, end: Assertion | None, changes: Iterable[Assertion]
    ) -> Iterator[Membership]:
        """Yield a membership for each time between two changes of what qualifies it."""
        time_of, window = self.pact.judgement.time_of, self.pact.window
        entry, begin, because = membership.premises[0], membership.when, membership.premises
        ended = window(end).first if end else math.inf
        qualifiers: list[Qualifier] = []
        for change in changes:
            first = window(change).first
            if window(entry).first < first < ended:
                when = _from_to(begin, time_of(change))
                yield membership._replace(
                    when=when, premises=(*because, change), qualifiers=tuple(qualifiers)
                )
                begin, because = time_of(change), (entry, change)
            if first < ended:
                qualifiers = self._after(change, qualifiers)
        premises = (*because, end) if end else because
        when = _from_to(begin, time_of(end) if end else None)
        yield membership._replace(when=when, premises=premises, qualifiers=tuple(qualifiers))

    def _changes(self, facts: Iterable[Assertion]) -> dict[str, list[Assertion]]:
        """The deeds that qualify a membership or take that back, in order, by the party."""
        changes: dict[str, list[Assertion]] = {}
        pact, ontology = self.pact, self.pact.ontology
        for a in sorted(facts, key=lambda a: (pact.window(a), a.id)):
            relation = ontology.relation_of(a)
            stage = ontology.stages.get(relation.party_enters)
            is_before = stage is None or not stage.in_force or relation.joining
            is_deed = not relation.is_state and relation.moves == Moves.MEMBERSHIP and is_before
            is_change = a.object_key == pact.id and (a.qualifiers or relation.takes_back)
            if is_deed and is_change:
                changes.setdefault(pact.parties.party_of(a), []).append(a)
        return changes

    def _after(self, change: Assertion, qualifiers: list[Qualifier]) -> list[Qualifier]:
        """What qualifies a membership after a deed."""
        if not self.pact.ontology.relation_of(change).takes_back:
            return [*qualifiers, *change.qualifiers]
        keys = {each.key for each in change.qualifiers}
        return [each for each in qualifiers if keys and each.key not in keys]

    def _is_provisional(self, a: Assertion) -> bool:
        """Whether a qualifier names another stage for an entry."""
        kinds = self.pact.ontology.qualifiers
        return any(kinds[each.name.id].party_enters for each in a.qualifiers)


def _from_to(begin: Date | None, until: Date | None) -> Date | None:
    """From a beginning up to the day before an end."""
    if begin is None and until is None:
        return None
    return from_until(begin, eve_of(until) if until else None)
