"""Times every saved query of a built workspace, whose graph is large enough to be kept as a store
(`site/.graph-*.store`), and is not loaded.

Each is asked in a child process: about everything, and once more for each of its parameters that
takes a thing, about one. Printed are the user CPU seconds of asking and reading the answer, the
memory of the process, and a fingerprint of the rows: two ways of writing a query that give the same
rows give the same.

usage: python benchmarks/questions.py WORKSPACE THING [QUERY ...] [--queries DIR]
"""

from __future__ import annotations

import argparse
import hashlib
import os
import resource
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(REPOSITORY))

import pyoxigraph as ox  # noqa: E402

from kg.files.workspace import Workspace  # noqa: E402
from kg.ontology import Ontology  # noqa: E402
from kg.ontology.reader import read_ontology  # noqa: E402
from kg.query.run import ask_store as ask_graph  # noqa: E402
from kg.query.saved import (  # noqa: E402
    ParamKind,
    SavedQuery,
    bind_parameters,
    parse_saved_query,
)

DAY = "2019-11-16"
FILLED = {ParamKind.DATE: DAY, ParamKind.DAY: DAY, ParamKind.TEXT: "x", ParamKind.INTEGER: "1"}


def ways_to_ask(saved: SavedQuery, thing: str) -> Iterator[dict[str, str]]:
    """Values of the parameters that a query needs, then the same with each thing that it takes."""
    needed = {
        param.name: FILLED.get(param.kind, thing)
        for param in saved.params
        if param.required and not param.default
    }
    yield needed
    for param in saved.params:
        if param.kind is ParamKind.THING and param.name not in needed:
            yield {**needed, param.name: thing}


def ask(store: ox.Store, saved: SavedQuery, values: dict[str, str], ontology: Ontology) -> str:
    """What asking took and gave, as words."""
    text = bind_parameters(saved, values, ontology, store)
    rows = ask_graph(store, text, ontology.prefixes, saved.name, MOST_ROWS).rows
    print_of = hashlib.sha256("\n".join(sorted(map(str, rows))).encode()).hexdigest()[:8]
    taken = resource.getrusage(resource.RUSAGE_SELF)
    return f"{taken.ru_utime:7.2f} s {taken.ru_maxrss >> 10:>5} MB {len(rows):>8} rows {print_of}"


def time_question(path: str, saved: SavedQuery, values: dict[str, str], ontology: Ontology) -> str:
    """Ask in a child process, which opens the store itself."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_PROF, SECONDS)
        try:
            told = ask(ox.Store.read_only(path), saved, values, ontology)
        except Exception as error:  # noqa: BLE001 - it is told in the line of the question
            told = f"{type(error).__name__}: {error}"
        os.write(writing, told.encode()[:4000])
        os._exit(0)
    os.close(writing)
    with open(reading, "rb") as pipe:
        told = pipe.read().decode()
    os.waitpid(child, 0)
    return told or f"more than {SECONDS} s"


def main() -> None:
    """Time every query asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("workspace", type=Path)
    parser.add_argument("thing", help="the id of a thing that questions are about")
    parser.add_argument("names", nargs="*", metavar="QUERY")
    parser.add_argument("--queries", type=Path, help="default: those of the workspace")
    arguments = parser.parse_args()
    workspace = Workspace(arguments.workspace)
    [path] = (arguments.workspace / "site").glob(".graph-*.store")
    ontology, _ = read_ontology(workspace.files("ontology", (".ttl",)).contents)
    for file in sorted((arguments.queries or arguments.workspace / "queries").glob("*.rq")):
        saved = parse_saved_query(file.stem, file.read_text("utf-8"))
        if arguments.names and file.stem not in arguments.names:
            continue
        for values in ways_to_ask(saved, arguments.thing):
            asked = " ".join(f"{name}={value}" for name, value in values.items())
            told = time_question(str(path), saved, values, ontology)
            print(f"{file.stem:<16} {told}  {asked}", flush=True)


SECONDS = 30
MOST_ROWS = 10_000_000

if __name__ == "__main__":
    main()
