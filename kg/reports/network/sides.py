"""Who is on whose side: all who act for an actor, belong to it or hold a position in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from kg.model.closure import closure
from kg.ontology.terms import Relation
from kg.reading import Reading
from kg.status.status import affirms_triple


def on_sides(heads: Iterable[str], reading: Reading) -> dict[str, set[str]]:
    """Return who is on the sides of some actors: each itself, all who act for it, and all who by
    accepted assertions belong to these or hold a position there.
    """
    return _followers(heads, reading, lambda relation: relation.brings_to_side)


def find_belongings(heads: Iterable[str], reading: Reading) -> dict[str, set[str]]:
    """Return what belongs to some actors: who is on their sides, and who is at home there, as a
    citizen is.
    """
    return _followers(heads, reading, lambda each: each.brings_to_side or each.brings_home)


def _followers(
    heads: Iterable[str], reading: Reading, leads: Callable[[Relation], bool]
) -> dict[str, set[str]]:
    """Return whom some actors bring along by acting for them and by the relations that lead."""
    corpus = reading.visible_corpus
    relations = reading.ontology.relations
    members: dict[str, set[str]] = {}
    for thing in corpus.actors.values():
        if thing.acts_for:
            members.setdefault(thing.acts_for.id, set()).add(thing.id)
    for a in corpus.assertions.values():
        if leads(relations[a.predicate.id]) and affirms_triple(a, reading.standings[a.id]):
            members.setdefault(a.object_key, set()).add(a.subject.id)
    return {head: set(closure([head], lambda id: members.get(id, ()))) for head in heads}
