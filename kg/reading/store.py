"""The graph of a workspace in Oxigraph: asked in place where a finished build keeps a store on
disk, loaded from that build's file where it is small, or made anew where anything has changed.

An answer is never stale: see ``kg.files.output.fresh_digest`` for what counts as a change. A store
is named by the fingerprint of the graph that it holds and by the engine that wrote it, so that the
manifest of a build, which tells that fingerprint, leads to this store or to none.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import BinaryIO

import pyoxigraph as ox

from kg import __version__
from kg.files.folders import locked
from kg.files.output import SITE, fresh_digest, fresh_file, hold_folder, new_folder, remove_folder
from kg.files.workspace import Inputs, Workspace
from kg.ontology import Ontology
from kg.reading import read
from kg.reading.kept import known_ontology
from kg.status.lens import Lens

GRAPH = "graph.nq"
LEAST_KEPT = 8_000_000
"""A smaller ``graph.nq``, in bytes, is loaded in less than half a second: it needs no store."""

LOADED_AT_ONCE = 16_000_000
"""So many bytes of N-Quads take 0.2 GB while they are put into a store on disk, and 463 MB at once
1.6 GB, in as much time.
"""


def load_graph(workspace: Workspace, lens: Lens | None = None) -> tuple[ox.Store, Ontology]:
    """Return the graph of a workspace under a lens, to be read only, and the ontology whose names
    and prefixes its queries know.

    Raises KgError where the workspace has errors.
    """
    store = None if lens else _built_graph(workspace)
    if store is None:
        reading = read(workspace, questions=()).under(lens or Lens())
        return reading.store, reading.ontology
    files = workspace.files("ontology", (".ttl",)).contents
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
    path = folder / _store_name(digest or "")
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


def keep_store(folder: Path, least: int = LEAST_KEPT) -> None:
    """Keep the graph of a build as a store that can be asked in place, where its file has at least
    so many bytes, and remove the stores of other graphs that nobody asks now.

    Raises KgError where it cannot be written.
    """
    with locked(folder.parent):
        kept = ""
        with open(folder / GRAPH, "rb") as file:
            # A later build puts another file in the place of this one, and leaves this as it is.
            if file.seek(0, os.SEEK_END) >= least:
                file.seek(0)
                kept = _store_name(hashlib.file_digest(file, "sha256").hexdigest())
                file.seek(0)
                if not _is_sound(folder / kept):
                    remove_folder(folder / kept)
                    with new_folder(folder, kept) as new:
                        _fill(new, file)
        for other in folder.glob(".graph-*.store"):
            if other.name != kept:
                remove_folder(other)


def _is_sound(path: Path) -> bool:
    try:
        ox.Store.read_only(str(path))
    except (OSError, RuntimeError):
        return False
    return True


def _fill(path: Path, file: BinaryIO) -> None:
    """Write N-Quads into a new store, some at a time. It is closed when this returns."""
    store = ox.Store(str(path))
    while some := file.read(LOADED_AT_ONCE):
        store.bulk_load(some + file.readline(), ox.RdfFormat.N_QUADS, lenient=True)
    store.flush()


def _store_name(digest: str) -> str:
    return f".graph-{ox.__version__}-{digest[:32]}.store"
