"""The graph of a workspace in Oxigraph: asked in place where a finished build keeps a store on
disk, loaded from that build's file where it is small, or made anew where anything has changed.

An answer is never stale: see ``kg.files.output.fresh_digest`` for what counts as a change.
"""

from __future__ import annotations

import os
from pathlib import Path

import pyoxigraph as ox

from kg import __version__
from kg.files.output import GRAPH, SITE, fresh_digest, fresh_file, hold_folder
from kg.files.workspace import Inputs, Workspace
from kg.ontology import Ontology
from kg.reading import read
from kg.reading.reading_cache import known_ontology
from kg.reading.stores import store_name
from kg.status.lens import Lens


def load_graph(workspace: Workspace, lens: Lens | None = None) -> tuple[ox.Store, Ontology]:
    """Return the graph of a workspace under a lens, to be read only, and the ontology whose names
    and prefixes its queries know.

    Raises KgError where the workspace has errors.
    """
    store = None if lens else _built_graph(workspace)
    if store is None:
        reading = read(workspace, questions=()).under(lens or Lens())
        return reading.store, reading.ontology
    files = workspace.ontology_files().contents
    return store, known_ontology(workspace.root, files)[0]


def _built_graph(workspace: Workspace) -> ox.Store | None:
    """The graph of the last build, where nothing has changed since."""
    folder, inputs = workspace.root / SITE, workspace.inputs(__version__)
    store = _open_store(folder, inputs)
    if store is None and (data := fresh_file(folder, GRAPH, inputs)) is not None:
        store = ox.Store()
        store.bulk_load(data, ox.RdfFormat.N_QUADS, lenient=True)
    return store


def _open_store(folder: Path, inputs: Inputs) -> ox.Store | None:
    """Open the store that a build keeps. It is held until this process ends, since the engine opens
    its files when it needs them.
    """
    digest = fresh_digest(folder, GRAPH, inputs)
    path = folder / store_name(digest or "")
    # Where none is kept, or it is damaged, the file of the build says the same.
    try:
        handle = hold_folder(path)
    except OSError:
        return None
    try:
        return ox.Store.read_only(str(path))
    except (OSError, RuntimeError):
        os.close(handle)
        return None
