"""Relations and their special kinds: what the ontology says of one holds for all that are special
kinds of it.
"""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from kg.ontology import KG, Ontology, local_name


def annotation(known: Ontology, term: str) -> dict[str, str]:
    """What an annotation of the ontology (``kg:sign``) says of each relation that has or inherits
    it, by local names.

    A relation that has none itself has that of the nearest relation above it.
    """
    wanted = ox.NamedNode(f"{KG}{term}")
    said = {
        local_name(quad.subject.value): local_name(quad.object.value)
        for quad in known.quads
        if quad.predicate == wanted
        and isinstance(quad.subject, ox.NamedNode)
        and isinstance(quad.object, ox.NamedNode)
    }
    found: dict[str, str] = {}
    for name in known.relations:
        line = [name]
        for each in line:
            if each in said:
                found[name] = said[each]
                break
            line += [
                up
                for up in known.relations[each].parents
                if up in known.relations and up not in line
            ]
    return found


def with_special(relations: Iterable[str], known: Ontology) -> set[str]:
    """Some relations and all that are special kinds of them."""
    found = set(relations)
    while new := {
        r.name
        for r in known.relations.values()
        if r.name not in found and found.intersection(r.parents)
    }:
        found |= new
    return found
