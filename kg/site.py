"""What a build writes: the graph in two forms and a page for each view, as names and bytes."""

from __future__ import annotations

from kg.rdf import nquads, turtle
from kg.reading import Reading


def contents(reading: Reading) -> dict[str, bytes]:
    """Every file of a build of a sound workspace."""
    return {
        "graph.nq": nquads(reading.quads),
        "graph.ttl": turtle(reading.quads, reading.ontology.prefixes),
    }
