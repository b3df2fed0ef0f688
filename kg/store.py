"""The graph of a workspace in Oxigraph, from a finished build where nothing has changed since, else
made anew.

An answer is never stale: see ``kg.output.fresh_file`` for what counts as a change.
"""

from __future__ import annotations

import pyoxigraph as ox

from kg import __version__
from kg.ontology import Ontology
from kg.ontology_reader import read_ontology
from kg.output import SITE, fresh_file
from kg.reading import read
from kg.status.lens import Lens
from kg.workspace import Workspace


def load_graph(workspace: Workspace, lens: Lens | None = None) -> tuple[ox.Store, Ontology]:
    """Return the graph of a workspace under a lens, and the ontology whose names and prefixes its
    queries know.

    Raises KgError where the workspace has errors.
    """
    data = None
    if not lens:
        data = fresh_file(workspace.root / SITE, "graph.nq", workspace.inputs(__version__))
    if data is None:
        reading = read(workspace, questions=()).under(lens or Lens())
        return reading.store, reading.ontology
    store = ox.Store()
    store.bulk_load(data, ox.RdfFormat.N_QUADS)
    known_terms, _ = read_ontology(workspace.files("ontology", (".ttl",)).contents)
    return store, known_terms
