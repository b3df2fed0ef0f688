"""Other programs that answer SPARQL, in an environment of their own."""

from __future__ import annotations

import subprocess
import sys
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from hostile import Server

PACKAGES = ("pyoxigraph==0.5.13", "oxigraph==0.5.13", "rdflib==7.6.0", "rdflib-endpoint==0.6.3")
EXTRA = "uvicorn==0.54.0"
OXIGRAPH_PORT, ENDPOINT_PORT = 17878, 17879
SECONDS = 5


class Others(NamedTuple):
    """Where the other programs are installed; None where they could not be."""

    programs: Path | None

    @contextmanager
    def oxigraph(self, graph: Path, scratch: Path) -> Iterator[Server | None]:
        """pyoxigraph's server, with a time limit as kg has one."""
        if not self.programs:
            yield None
            return
        program, store = str(self.programs / "oxigraph"), str(scratch / "oxigraph")
        load = (program, "load", "--location", store, "--file", str(graph))
        subprocess.run(load, check=True, capture_output=True)
        bind = f"127.0.0.1:{OXIGRAPH_PORT}"
        words = (program, "serve-read-only", "--location", store, "--bind", bind)
        server = Server((*words, "--timeout-s", str(SECONDS)), "/query", OXIGRAPH_PORT)
        try:
            yield server
        finally:
            server.end()

    @contextmanager
    def rdflib_endpoint(self, graph: Path) -> Iterator[Server | None]:
        """rdflib-endpoint, as its documentation starts it."""
        if not self.programs:
            yield None
            return
        program = str(self.programs / "rdflib-endpoint")
        words = (program, "serve", str(graph), "--host", "127.0.0.1", "--port", str(ENDPOINT_PORT))
        server = Server(words, "/", ENDPOINT_PORT)
        try:
            yield server
        finally:
            server.end()


def install_others(folder: Path) -> Others:
    """Install the other programs, if a package index can be reached."""
    programs = folder / ("Scripts" if sys.platform == "win32" else "bin")
    if not (programs / "rdflib-endpoint").exists():
        venv.create(folder, with_pip=True)
        pip = (str(programs / "python"), "-m", "pip", "-qq", "--disable-pip-version-check")
        done = subprocess.run((*pip, "install", *PACKAGES, EXTRA), check=False)
        if done.returncode:
            print("the other programs could not be installed", file=sys.stderr)
            return Others(None)
    return Others(programs)
