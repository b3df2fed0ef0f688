"""The graph of a workspace in Oxigraph, from a finished build where nothing has changed since, else
made anew.

An answer is never stale: see ``kg.output.built`` for what counts as a change.
"""

from __future__ import annotations

from typing import NamedTuple

import pyoxigraph as ox

from kg import __version__
from kg.ontology import Ontology, ontology
from kg.output import SITE, built
from kg.reading import read
from kg.status.lens import Lens
from kg.workspace import Workspace


class Graph(NamedTuple):
    """A store, and the ontology whose names and prefixes its queries know."""

    store: ox.Store
    ontology: Ontology


def load(workspace: Workspace, lens: Lens | None = None) -> Graph:
    """The graph of a workspace under a lens.

    Raises KgError where the workspace has errors.
    """
    ready = (
        None if lens else built(workspace.root / SITE, "graph.nq", workspace.inputs(__version__))
    )
    if ready is None:
        reading = read(workspace, questions=()).under(lens or Lens())
        return Graph(reading.store, reading.ontology)
    store = ox.Store()
    store.bulk_load(ready, ox.RdfFormat.N_QUADS)
    known, _ = ontology(workspace.files("ontology", (".ttl",)).read)
    return Graph(store, known)
