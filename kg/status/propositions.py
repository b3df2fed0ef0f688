"""What assertions say, whoever says it: propositions, what these entail, and when it was."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kg.dates import Date
from kg.model import Assertion
from kg.model.closure import closure
from kg.model.corpus import Corpus
from kg.ontology import Ontology
from kg.ontology.terms import Relation

Triple = tuple[str, str, str]
"""A subject, a relation and an object."""


def time_of(assertion: Assertion, corpus: Corpus) -> Date | None:
    """Return when an assertion says that it was; a denial without a date denies what it denies,
    whenever that was.
    """
    visited: set[str] = set()
    while assertion.when is None and assertion.denies and assertion.id not in visited:
        visited.add(assertion.id)
        assertion = corpus.assertions[assertion.denies.id]
    return assertion.when


def is_state(assertion: Assertion, relation: Relation) -> bool:
    """Tell whether what an assertion says lasts: a relation that does, and not its end or its
    beginning.
    """
    return relation.is_state and assertion.limited_state is None


def proposition_of(assertion: Assertion, ontology: Ontology) -> Triple:
    """Return what is asserted or denied, whoever does: the triple, in one direction where the
    relation has two.

    ``a meets b`` and ``b meets a`` are one proposition, and so are a triple and that of the inverse
    relation. That a state ended, or began, is a proposition of its own.
    """
    subject, predicate, object = state_proposition(assertion, ontology)
    if assertion.limited_state:
        predicate += " ended" if assertion.ends else " began"
    return subject, predicate, object


def state_proposition(assertion: Assertion, ontology: Ontology) -> Triple:
    """Return the proposition of an assertion or, where it says that a state ended or began, that of
    the state.
    """
    return _one_way(assertion.triple, ontology)


def entailed_propositions(assertion: Assertion, ontology: Ontology) -> list[Triple]:
    """Return the propositions that cannot be wrong if an assertion is right: its own, and those of
    more general relations.
    """
    if assertion.limited_state:
        return [proposition_of(assertion, ontology)]
    subject, predicate, object = assertion.triple
    # Which direction stands for a relation that has two depends on nothing but which end is less.
    ends = {"0": min(subject, object), "1": max(subject, object)}
    less, more = ("1", "0") if object < subject else ("0", "1")
    pattern = less, predicate, less if subject == object else more
    entailed = ontology.entailed.get(pattern)
    if entailed is None:
        entailed = ontology.entailed[pattern] = _entailed(pattern, ontology)
    return [(ends[one], relation, ends[other]) for one, relation, other in entailed]


def _entailed(triple: Triple, ontology: Ontology) -> list[Triple]:
    """Return the proposition of a triple and all that it entails."""

    def wider(triple: Triple) -> Iterator[Triple]:
        subject, predicate, object = triple
        relation = ontology.relations.get(predicate)
        for parent in relation.parents if relation else ():
            yield subject, parent, object
        inverse = ontology.relations.get(relation.inverse) if relation else None
        for parent in inverse.parents if inverse else ():
            yield object, parent, subject

    def wider_propositions(triple: Triple) -> list[Triple]:
        return [_one_way(each, ontology) for each in wider(triple) if each[1] in ontology.relations]

    return closure([_one_way(triple, ontology)], wider_propositions)


def _one_way(triple: Triple, ontology: Ontology) -> Triple:
    """A triple in the direction that stands for it and for its mirror image."""
    subject, predicate, object = triple
    relation = ontology.relations.get(predicate)
    if relation and relation.symmetric and object < subject:
        return object, predicate, subject
    if relation and relation.inverse and relation.inverse < predicate:
        return object, relation.inverse, subject
    return triple


class Valued(NamedTuple):
    """A value of something that has one at a time: ``key`` is the thing, the relation, and at which
    end of it the value stands.
    """

    key: tuple[str, str, str]
    value: str


def functional_values(triple: Triple, ontology: Ontology) -> Iterator[Valued]:
    """Yield what has one value at a time by a proposition, and which: it may have one at both its
    ends.
    """
    subject, predicate, object = triple
    relation = ontology.relations.get(predicate)
    if relation is None:
        return
    inverse = ontology.relations.get(relation.inverse)
    if relation.functional or (inverse and inverse.inverse_functional):
        yield Valued((subject, predicate, "object"), object)
        if relation.symmetric:
            yield Valued((object, predicate, "object"), subject)
    if relation.inverse_functional or (inverse and inverse.functional):
        yield Valued((object, predicate, "subject"), subject)
