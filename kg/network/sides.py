"""Who is on whose side: with an actor, all who act for it, belong to it or hold a position in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kg.model import Reference
from kg.reading import Reading
from kg.status.status import Status


def on_sides(heads: Iterable[str], reading: Reading) -> dict[str, set[str]]:
    """Who is on the sides of some actors: each itself, all who act for it, and all who by accepted
    assertions belong to these or hold a position there.
    """
    corpus = reading.shown
    relations = reading.ontology.relations
    members: dict[str, set[str]] = {}
    for thing in corpus.actors.values():
        if thing.acts_for:
            members.setdefault(thing.acts_for.id, set()).add(thing.id)
    for a in corpus.assertions.values():
        if (
            relations[a.predicate.id].brings_to_side
            and isinstance(a.object, Reference)
            and reading.standings[a.id].status is Status.ACCEPTED
        ):
            members.setdefault(a.object.id, set()).add(a.subject.id)
    return {head: _all_below(head, members) for head in heads}


def _all_below(head: str, members: Mapping[str, set[str]]) -> set[str]:
    found, waiting = {head}, [head]
    while waiting:
        new = members.get(waiting.pop(), set()) - found
        found |= new
        waiting += new
    return found
