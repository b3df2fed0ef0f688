"""What follows from accepted assertions, by a few stated rules.

A conclusion is an assertion of its own that knows its rule and its parents. It stands no better
than the weakest of them (``kg.status.status``), and what is denied is not concluded: conclusions
and denials of one proposition contest each other. Rules are data: the ontology says which relations
are symmetric, inverse, special kinds of others, official acts, or offices.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from kg.dates import Date, Overlap, overlap
from kg.model import Assertion, Basis, Corpus, Polarity, Reference, Thing
from kg.ontology import Ontology, Relation
from kg.status.identity import identities, shown_ids
from kg.status.judgement import Judgement
from kg.status.rivals import SAME
from kg.status.status import Standing, Status, standings
from kg.status.support import count_articles_as

RULES = {
    "inverse": "a relation read from its other end",
    "symmetric": "a relation that runs both ways",
    "sub-property": "a special relation is also the general one",
    "acts-for": "an official act of a body is an act of the one it acts for",
    "counterpart": "two who hold the same office for different states at one time are counterparts",
    "same-as": "what holds of a thing holds of the same thing under another id",
}
"""Each rule in words."""

MOST_ROUNDS = 6
"""Conclusions from conclusions: the longest chain of rules."""


def judge(corpus: Corpus, ontology: Ontology, voices: Collection[str] = ()) -> Judgement:
    """Return where everything in a checked corpus stands, with all that follows from what is
    accepted. ``voices`` are speakers whose claims are taken as accepted.
    """
    first = standings(corpus, ontology, voices)
    identity = shown_ids(identities(corpus, first))
    # Which ids are one thing comes first: what is denied of it under one, it is denied of under
    # all.
    own = standings(corpus, ontology, voices, identity) if identity else first
    conclusions = _conclusions(corpus, own, ontology, identity)
    extended = replace(corpus, assertions={**corpus.assertions, **conclusions})
    final = standings(extended, ontology, voices, identity) if conclusions else own
    return Judgement(extended, final, count_articles_as(corpus, identity))


def _conclusions(
    corpus: Corpus,
    judged: Mapping[str, Standing],
    ontology: Ontology,
    identity: Mapping[str, str],
) -> dict[str, Assertion]:
    """Return all that follows from accepted assertions, by id, in order of ids."""
    fresh = [a for a in corpus.assertions.values() if _holds(a, judged)]
    triples = {_triple(a) for a in fresh}
    joining = [a for a in corpus.assertions.values() if _joins_others(a, ontology)]
    conclusions: dict[str, Assertion] = {}
    for _ in range(MOST_ROUNDS):
        held = [a for a in joining if _triple(a) in triples]
        drawn = _drawn(fresh, held, corpus.things, ontology, identity)
        new = {c.id: c for c in drawn if _triple(c) not in triples}
        if not new:
            break
        conclusions |= new
        fresh = list(new.values())
        triples |= {_triple(c) for c in fresh}
        joining += [a for a in fresh if _joins_others(a, ontology)]
    return dict(sorted(conclusions.items()))


def _holds(assertion: Assertion, found: Mapping[str, Standing]) -> bool:
    return found[assertion.id].status is Status.ACCEPTED and isinstance(assertion.object, Reference)


def _joins_others(assertion: Assertion, ontology: Ontology) -> bool:
    """Whether conclusions are drawn from an assertion and another one together."""
    return assertion.predicate.id == SAME or bool(
        ontology.relations[assertion.predicate.id].counterparts
    )


def _triple(assertion: Assertion) -> tuple[str, str, str]:
    return assertion.subject.id, assertion.predicate.id, assertion.object_key


def _drawn(
    fresh: Iterable[Assertion],
    held: Collection[Assertion],
    things: Mapping[str, Thing],
    ontology: Ontology,
    identity: Mapping[str, str],
) -> Iterator[Assertion]:
    """What follows from fresh assertions, alone or together with those that hold."""
    same = _same(held, identity)
    offices: dict[str, list[Assertion]] = defaultdict(list)
    for a in held:
        if ontology.relations[a.predicate.id].counterparts:
            offices[a.predicate.id].append(a)
    for a in fresh:
        relation = ontology.relations[a.predicate.id]
        yield from _from_relation(a, relation, ontology)
        yield from _acted_for(a, relation, things, ontology)
        yield from _of_the_same(a, same)
        if relation.counterparts:
            yield from _counterparts(a, offices[a.predicate.id], relation)


def _from_relation(a: Assertion, relation: Relation, ontology: Ontology) -> Iterator[Assertion]:
    assert isinstance(a.object, Reference)
    if relation.symmetric:
        yield _conclusion("symmetric", a.object, a.predicate.id, a.subject, a)
    if relation.inverse in ontology.relations:
        yield _conclusion("inverse", a.object, relation.inverse, a.subject, a)
    for parent in relation.parents:
        if parent in ontology.relations:
            yield _conclusion("sub-property", a.subject, parent, a.object, a)


def _acted_for(
    a: Assertion, relation: Relation, things: Mapping[str, Thing], ontology: Ontology
) -> Iterator[Assertion]:
    actor = things.get(a.subject.id)
    if not relation.official or actor is None or actor.acts_for is None:
        return
    principal = things.get(actor.acts_for.id)
    assert isinstance(a.object, Reference)
    if (
        principal
        and principal.id != a.object.id
        and ontology.is_a(principal.type.id, relation.domain)
    ):
        yield _conclusion("acts-for", Reference(principal.id, a.span), a.predicate.id, a.object, a)


def _same(held: Iterable[Assertion], identity: Mapping[str, str]) -> dict[str, list[Assertion]]:
    """The judgements that a thing is the same as another, by its id; those in a contradiction merge
    nothing.
    """
    same: dict[str, list[Assertion]] = defaultdict(list)
    for a in held:
        if a.predicate.id == SAME and identity.get(a.subject.id) == identity.get(a.object_key, ""):
            same[a.subject.id].append(a)
    return same


def _of_the_same(a: Assertion, same: Mapping[str, list[Assertion]]) -> Iterator[Assertion]:
    assert isinstance(a.object, Reference)
    for judgement in same.get(a.subject.id, ()):
        other = judgement.object
        if isinstance(other, Reference) and other.id not in (a.object.id, a.subject.id):
            yield _conclusion("same-as", other, a.predicate.id, a.object, a, judgement)
    for judgement in same.get(a.object.id, ()):
        other = judgement.object
        if isinstance(other, Reference) and other.id not in (a.object.id, a.subject.id):
            yield _conclusion("same-as", a.subject, a.predicate.id, other, a, judgement)


def _counterparts(
    a: Assertion, others: Iterable[Assertion], relation: Relation
) -> Iterator[Assertion]:
    for b in others:
        if (
            a.subject.id != b.subject.id
            and a.object_key != b.object_key
            and overlap(a.when, b.when) is Overlap.CERTAINLY
        ):
            yield _conclusion("counterpart", a.subject, relation.counterparts, b.subject, a, b)


def _conclusion(
    rule: str, subject: Reference, predicate: str, object: Reference, *parents: Assertion
) -> Assertion:
    """An assertion that follows by a rule; its id tells the triple, and by a hash the rule and the
    parents.
    """
    names = sorted(parent.id for parent in parents)
    digest = hashlib.sha256("\0".join((rule, *names)).encode()).hexdigest()[:6]
    times: set[Date | None] = {parent.when for parent in parents if parent.predicate.id != SAME}
    first = min(parents, key=lambda parent: parent.id)
    return Assertion(
        id=f"{subject.id}-{predicate}-{object.id}-{digest}",
        span=first.span,
        subject=subject,
        predicate=Reference(predicate, first.span),
        object=object,
        citations=(),
        polarity=Polarity.ASSERTS,
        when=times.pop() if len(times) == 1 else None,
        basis=Basis.INFERRED,
        follows_from=tuple(Reference(name, first.span) for name in names),
        rule=rule,
        has_own_id=False,
    )
