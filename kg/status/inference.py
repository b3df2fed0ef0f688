"""What follows from accepted assertions, by a few stated rules.

A conclusion is an assertion of its own that knows its rule and its parents. It stands no better
than the weakest of them (``kg.status.status``), and what is denied is not concluded: conclusions
and denials of one proposition contest each other. Rules are data: the ontology says which relations
are symmetric, inverse, special kinds of others, official acts, or offices.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from kg.dates import Overlap, dates_overlap
from kg.model import Assertion
from kg.model.corpus import Corpus
from kg.model.grouping import group_pairs
from kg.model.modes import Basis, Polarity
from kg.model.references import Reference, Text
from kg.ontology import Ontology
from kg.ontology.terms import Relation
from kg.status.dissolution import with_ends_of_bodies
from kg.status.editions import later_states
from kg.status.expiry import with_ends_of_pacts
from kg.status.judgement import Judgement
from kg.status.limits import with_limits
from kg.status.memberships import find_memberships
from kg.status.replacement import with_replaced
from kg.status.status import Standing, affirms_triple, judge_standings
from kg.status.support import count_articles_as
from kg.status.withdrawals import without_leavers

RULES = {
    "inverse": "a relation read from its other end",
    "symmetric": "a relation that runs both ways",
    "sub-property": "a special relation is also the general one",
    "acts-for": "an official act of a body is an act of the one it acts for",
    "membership": "who enters into a pact is party to it until it leaves, or the pact ends",
    "counterpart": "two who hold the same office for different states at one time are counterparts",
}
"""Each rule in words."""


def judge(merged: Corpus, ontology: Ontology, voices: Collection[str] = ()) -> Judgement:
    """Return where everything in a checked corpus stands, with all that follows from what is
    accepted. Its ids are merged (``kg.status.merging``); ``voices`` are speakers whose claims are
    taken as accepted.
    """
    # First which states have ended, and where everything stands. Then what follows from that, and
    # where everything stands together with it, since what is concluded may be denied.
    limited = with_limits(without_leavers(merged), ontology, voices)
    limited = with_ends_of_bodies(limited, ontology, voices)
    limited = with_ends_of_pacts(limited, ontology, voices)
    premises = judge_standings(limited.corpus, ontology, voices)
    corpus, limits, undone = with_replaced(limited, ontology, premises)
    conclusions = _Rules(corpus, ontology).conclusions(premises)
    extended = replace(corpus, assertions={**corpus.assertions, **conclusions})
    final = judge_standings(extended, ontology, voices) if conclusions else premises
    later = later_states(corpus)
    return Judgement(extended, final, count_articles_as(corpus), limits, later, undone)


@dataclass(frozen=True)
class _Rules:
    """The rules, over one corpus."""

    corpus: Corpus
    ontology: Ontology

    def conclusions(self, standing_by_id: Mapping[str, Standing]) -> dict[str, Assertion]:
        """Return all that follows from accepted assertions, by id, in order of ids.

        Conclusions are drawn from conclusions until no new triple follows; there are finitely many,
        since no rule makes a new thing or relation.
        """
        curated = [a for a in self.corpus.assertions.values() if a.limited_state is None]
        fresh = [a for a in curated if affirms_triple(a, standing_by_id[a.id])]
        joining = [a for a in curated if self._joins_others(a)]
        conclusions = self._new_memberships(fresh, standing_by_id)
        fresh += conclusions.values()
        triples = {a.triple for a in fresh}
        while fresh:
            partners = [a for a in joining if a.triple in triples]
            new = {c.id: c for c in self._next(fresh, partners) if c.triple not in triples}
            conclusions |= new
            fresh = list(new.values())
            triples |= {c.triple for c in fresh}
            joining += [a for a in fresh if self._joins_others(a)]
        return dict(sorted(conclusions.items()))

    def _next(
        self, fresh: Iterable[Assertion], partners: Collection[Assertion]
    ) -> Iterator[Assertion]:
        """Yield what follows from fresh assertions, alone or together with partners that
        hold."""
        offices = group_pairs((a.predicate.id, a) for a in partners)
        for a in fresh:
            yield from self._by_relation(a)
            yield from self._by_principal(a)
            yield from self._by_office(a, offices.get(a.predicate.id, ()))

    def _relation(self, a: Assertion) -> Relation:
        return self.ontology.relation_of(a)

    def _joins_others(self, a: Assertion) -> bool:
        """Whether conclusions are drawn from an assertion and another one together."""
        return bool(self._relation(a).counterparts)

    def _by_relation(self, a: Assertion) -> Iterator[Assertion]:
        relation, relations = self._relation(a), self.ontology.relations
        if relation.symmetric and isinstance(a.object, Reference):
            yield self._conclusion("symmetric", a.object, relation.name, a.subject, a)
        if relation.inverse in relations and isinstance(a.object, Reference):
            yield self._conclusion("inverse", a.object, relation.inverse, a.subject, a)
        for parent in relation.parents:
            if parent in relations:
                yield self._conclusion("sub-property", a.subject, parent, a.object, a)

    def _by_principal(self, a: Assertion) -> Iterator[Assertion]:
        relation, things = self._relation(a), self.corpus.things
        actor = things.get(a.subject.id)
        if not relation.official or actor is None or actor.acts_for is None:
            return
        principal = things.get(actor.acts_for.id)
        if principal is None or principal.id == a.object_key:
            return
        if self.ontology.is_a(principal.type.id, relation.domain):
            subject = Reference(principal.id, a.span)
            yield self._conclusion("acts-for", subject, relation.name, a.object, a)

    def _new_memberships(
        self, facts: Iterable[Assertion], standing_by_id: Mapping[str, Standing]
    ) -> dict[str, Assertion]:
        """Return the memberships that are not told already, by id."""
        by_triple = group_pairs((a.triple, a) for a in facts)
        memberships = self._memberships(standing_by_id)
        return {c.id: c for c in memberships if not _begins_in(c, by_triple.get(c.triple, ()))}

    def _memberships(self, standing_by_id: Mapping[str, Standing]) -> Iterator[Assertion]:
        """Yield that whoever entered into a pact is party to it."""
        judgement = Judgement(self.corpus, standing_by_id, {})
        for each in find_memberships(judgement, self.ontology):
            entry = each.premises[0]
            assert isinstance(entry.object, Reference)
            party = Reference(each.party, entry.span)
            conclusion = self._conclusion(
                "membership", party, each.relation, entry.object, *each.premises
            )
            # Of one entry there are several where its qualifiers change.
            key = f"{conclusion.id}\0{each.when}"
            yield replace(
                conclusion,
                id=conclusion.id[:-6] + _hash(key),
                when=each.when,
                where=entry.where,
                qualifiers=each.qualifiers,
            )

    def _by_office(self, a: Assertion, others: Iterable[Assertion]) -> Iterator[Assertion]:
        counterparts = self._relation(a).counterparts
        for b in others if counterparts else ():
            is_other = a.subject.id != b.subject.id and a.object_key != b.object_key
            if is_other and dates_overlap(a.when, b.when) is Overlap.CERTAINLY:
                yield self._conclusion("counterpart", a.subject, counterparts, b.subject, a, b)

    def _conclusion(
        self,
        rule: str,
        subject: Reference,
        predicate: str,
        object: Reference | Text,
        *premises: Assertion,
    ) -> Assertion:
        """Return an assertion that follows by a rule; its id tells the triple, and by a hash the
        rule and the premises. It has the date of its premises where they have but one, and the
        place and qualifiers of a single premise, as far as these go with its relation.
        """
        names = sorted(premise.id for premise in premises)
        digest = _hash("\0".join((rule, *names)))
        dates = {premise.when for premise in premises}
        span = min(premises, key=lambda premise: premise.id).span
        sole = premises[0] if len(premises) == 1 else None
        fitting = self.ontology.qualifiers_of(self.ontology.relations[predicate])
        qualifiers = sole.qualifiers if sole else ()
        end = object.id if isinstance(object, Reference) else _hash(object.text)
        return Assertion(
            id=f"{subject.id}-{predicate}-{end}-{digest}",
            span=span,
            subject=subject,
            predicate=Reference(predicate, span),
            object=object,
            citations=(),
            polarity=Polarity.ASSERTS,
            when=dates.pop() if len(dates) == 1 else None,
            where=sole.where if sole else None,
            qualifiers=tuple(each for each in qualifiers if each.name.id in fitting),
            basis=Basis.INFERRED,
            follows_from=tuple(Reference(name, span) for name in names),
            rule=rule,
            has_own_id=False,
        )


def _begins_in(membership: Assertion, states: Iterable[Assertion]) -> bool:
    """Whether one of some states had certainly begun when a membership may first have."""
    first = membership.when.start_earliest if membership.when else None
    latest = [state.when.start_latest for state in states if state.when]
    return any(first is None or (each is not None and each <= first) for each in latest)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:6]
