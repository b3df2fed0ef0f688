"""Graphs in Oxigraph, in memory and on the disk.

A store on the disk is named by the fingerprint of the graph that it holds and by the engine that
wrote it, so that the manifest of a build, which tells that fingerprint, leads to this store or to
none.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

import pyoxigraph as ox

from kg.files.contents import digest
from kg.files.folders import lock_folder
from kg.files.held import HeldFiles
from kg.files.output import GRAPH, hold_folder, new_folder, remove_folder

LEAST_KEPT = 8_000_000
"""A smaller ``graph.nq``, in bytes, is loaded in less than half a second: it needs no store."""

LOADED_AT_ONCE = 16_000_000
"""So many bytes of N-Quads take 0.2 GB while they are put into a store on disk, and 463 MB at once
1.6 GB, in as much time.
"""


class DiskStore(NamedTuple):
    """A store on the disk, which nobody removes as long as its folder is held by this handle."""

    path: Path
    handle: int

    def open(self) -> ox.Store:
        """Open it, to be read only."""
        return ox.Store.read_only(str(self.path))

    def let_go(self) -> None:
        """Let others remove it."""
        os.close(self.handle)


def make_store(graph: HeldFiles) -> ox.Store:
    """Return a graph in memory."""
    return _fill(ox.Store(), graph.blocks(GRAPH, LOADED_AT_ONCE))


def hold_store(folder: Path, graph: HeldFiles) -> DiskStore:
    """Make a store of a graph in a folder, if there is none, and hold it."""
    with lock_folder(folder.parent):
        path = folder / store_name(digest(graph.blocks(GRAPH)))
        _write_store(path, graph.blocks(GRAPH, LOADED_AT_ONCE))
        return DiskStore(path, hold_folder(path))


def keep_store(folder: Path, least: int = LEAST_KEPT, *, is_asked: bool = True) -> None:
    """Keep the graph of a build as a store that can be asked in place, where its file has at least
    so many bytes and somebody may ask it, and remove the stores that nobody asks now.

    Raises KgError where it cannot be written.
    """
    with lock_folder(folder.parent):
        kept_name = ""
        with open(folder / GRAPH, "rb") as file:
            # A later build puts another file in the place of this one, and leaves this as it is.
            if is_asked and file.seek(0, os.SEEK_END) >= least:
                file.seek(0)
                kept_name = store_name(hashlib.file_digest(file, "sha256").hexdigest())
                file.seek(0)
                _write_store(folder / kept_name, _blocks_of_lines(file))
        for other in folder.glob(".graph-*.store"):
            if other.name != kept_name:
                remove_folder(other)


def _write_store(path: Path, blocks: Iterable[bytes]) -> None:
    """Write N-Quads into a store of this path, unless it is there. It is closed when this returns.

    What was put into it in parts lies in as many files, each of which is looked into: in one it is
    found up to four times as fast.
    """
    if not _is_sound(path):
        remove_folder(path)
        with new_folder(path.parent, path.name) as new:
            store = _fill(ox.Store(str(new)), blocks)
            store.optimize()
            store.flush()


def _is_sound(path: Path) -> bool:
    try:
        ox.Store.read_only(str(path))
    except (OSError, RuntimeError):
        return False
    return True


def _fill(store: ox.Store, blocks: Iterable[bytes]) -> ox.Store:
    """Put N-Quads into a store, some at a time, and return it."""
    for block in blocks:
        store.bulk_load(block, ox.RdfFormat.N_QUADS, lenient=True)
    return store


def _blocks_of_lines(file: BinaryIO) -> Iterator[bytes]:
    while some := file.read(LOADED_AT_ONCE):
        yield some + file.readline()


def store_name(digest: str) -> str:
    """What a store is called by the fingerprint of its graph."""
    return f".graph-{ox.__version__}-{digest[:32]}.store"
