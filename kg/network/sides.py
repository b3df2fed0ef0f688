"""Who is on whose side: all who act for an actor, belong to it or hold a position in it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from kg.closure import closure
from kg.status.status import affirms

if TYPE_CHECKING:
    from kg.reading import Reading


def on_sides(heads: Iterable[str], reading: Reading) -> dict[str, set[str]]:
    """Return who is on the sides of some actors: each itself, all who act for it, and all who by
    accepted assertions belong to these or hold a position there.
    """
    corpus = reading.visible_corpus
    relations = reading.ontology.relations
    members: dict[str, set[str]] = {}
    for thing in corpus.actors.values():
        if thing.acts_for:
            members.setdefault(thing.acts_for.id, set()).add(thing.id)
    for a in corpus.assertions.values():
        if affirms(a, reading.standings[a.id]) and relations[a.predicate.id].brings_to_side:
            members.setdefault(a.object_key, set()).add(a.subject.id)
    return {head: set(closure([head], lambda id: members.get(id, ()))) for head in heads}
