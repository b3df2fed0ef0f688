"""Times every saved query of a built workspace, whose graph is large enough to be kept as a store
(`site/.graph-*.store`), and is not loaded.

Each is asked about everything, and once more for each of its parameters, alone: about one thing,
and with a relation, an article and an assertion that the graph has of it. Printed are the user CPU
seconds and the memory of the process, the number of rows, and a fingerprint of the rows: two ways
of writing a query that give the same rows give the same.

The store is asked in a child process, which also reads the answer; with --process it is
`kg query`, which writes it as CSV, with all that a process takes.

usage: python benchmarks/questions.py WORKSPACE THING [QUERY ...] [--queries DIR] [--process]
"""

from __future__ import annotations

import argparse
import hashlib
import os
import resource
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(REPOSITORY))

import pyoxigraph as ox  # noqa: E402

from kg.files.workspace import Workspace  # noqa: E402
from kg.ontology import Ontology  # noqa: E402
from kg.ontology.namespaces import local_name  # noqa: E402
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
LAUNCHER = """import resource, subprocess, sys
code = subprocess.call(sys.argv[1:])
taken = resource.getrusage(resource.RUSAGE_CHILDREN)
print(taken.ru_utime, taken.ru_maxrss, file=sys.stderr)
sys.exit(code)
"""
"""A small process between: what a large one starts is said to have had the memory of that one."""

SAID_OF = """SELECT ?assertion ?other ?relation ?article WHERE {{
  {{ ?assertion rdf:subject :{0} ; rdf:object ?other }}
  UNION {{ ?assertion rdf:object :{0} ; rdf:subject ?other }}
  ?assertion a kg:Assertion ; rdf:predicate ?relation ; kg:citation/kg:article ?article .
  FILTER(isIRI(?other))
}} ORDER BY ?assertion ?article LIMIT 1"""

Values = dict[ParamKind, str]


def values_about(store: ox.Store, thing: str, ontology: Ontology) -> tuple[Values, str]:
    """A value for each kind of parameter, from what is said of a thing, and another thing."""
    [row] = ask_graph(store, SAID_OF.format(thing), ontology.prefixes).rows
    assertion, other, relation, article = (local_name(str(term).strip("<>")) for term in row)
    of_kind = {
        **FILLED,
        ParamKind.THING: thing,
        ParamKind.ASSERTION: assertion,
        ParamKind.RELATION: relation,
        ParamKind.ARTICLE: article,
    }
    return of_kind, other


def ways_to_ask(saved: SavedQuery, of_kind: Values, other: str) -> Iterator[dict[str, str]]:
    """Values of the parameters that a query needs, then the same with each that it takes."""
    needed: dict[str, str] = {}
    for param in saved.params:
        if param.required and not param.default:
            is_second = param.kind is ParamKind.THING and of_kind[param.kind] in needed.values()
            needed[param.name] = other if is_second else of_kind[param.kind]
    yield needed
    for param in saved.params:
        if param.name not in needed and param.kind in of_kind:
            yield {**needed, param.name: of_kind[param.kind]}


def ask(store: ox.Store, saved: SavedQuery, values: dict[str, str], ontology: Ontology) -> str:
    """What asking took and gave, as words."""
    text = bind_parameters(saved, values, ontology, store)
    rows = ask_graph(store, text, ontology.prefixes, saved.name, MOST_ROWS).rows
    taken = resource.getrusage(resource.RUSAGE_SELF)
    return told(taken.ru_utime, taken.ru_maxrss, [str(row) for row in rows])


def told(seconds: float, kilobytes: int, rows: list[str]) -> str:
    """What was taken and given, as words."""
    print_of = hashlib.sha256("\n".join(sorted(rows)).encode()).hexdigest()[:8]
    return f"{seconds:7.2f} s {kilobytes >> 10:>5} MB {len(rows):>8} rows {print_of}"


def time_question(path: str, saved: SavedQuery, values: dict[str, str], ontology: Ontology) -> str:
    """Ask in a child process, which opens the store itself."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_PROF, SECONDS)
        try:
            words = ask(ox.Store.read_only(path), saved, values, ontology)
        except Exception as error:  # noqa: BLE001 - it is told in the line of the question
            words = f"{type(error).__name__}: {error}"
        os.write(writing, words.encode()[:4000])
        os._exit(0)
    os.close(writing)
    with open(reading, "rb") as pipe:
        words = pipe.read().decode()
    os.waitpid(child, 0)
    return words or f"more than {SECONDS} s"


def time_process(workspace: Path, file: Path, values: dict[str, str]) -> str:
    """Ask with `kg query`, with the rows as CSV."""
    command = [sys.executable, "-m", "kg", "-C", str(workspace)]
    command += ["query", str(file), "--format", "csv"]
    command += ["--timeout", str(SECONDS), "--memory", "8000", "--most-rows", str(MOST_ROWS)]
    for name, value in values.items():
        command += ["--param", f"{name}={value}"]
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    launcher = [sys.executable, "-S", "-c", LAUNCHER, *command]
    with tempfile.TemporaryFile() as out:
        ran = subprocess.run(
            launcher, stdout=out, stderr=subprocess.PIPE, env=environment, text=True, check=False
        )
        *messages, taken = ran.stderr.splitlines()
        if ran.returncode:
            return " ".join(messages)
        out.seek(0)
        seconds, kilobytes = taken.split()
        return told(float(seconds), int(kilobytes), out.read().decode().split("\r\n")[1:-1])


def main() -> None:
    """Time every query asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("workspace", type=Path)
    parser.add_argument("thing", help="the id of a thing that questions are about")
    parser.add_argument("names", nargs="*", metavar="QUERY")
    parser.add_argument("--queries", type=Path, help="default: those of the workspace")
    parser.add_argument("--process", action="store_true", help="ask with kg query")
    arguments = parser.parse_args()
    workspace = Workspace(arguments.workspace)
    [path] = (arguments.workspace / "site").glob(".graph-*.store")
    ontology, _ = read_ontology(workspace.files("ontology", (".ttl",)).contents)
    of_kind, other = values_about(ox.Store.read_only(str(path)), arguments.thing, ontology)
    for file in sorted((arguments.queries or arguments.workspace / "queries").glob("*.rq")):
        saved = parse_saved_query(file.stem, file.read_text("utf-8"))
        if arguments.names and file.stem not in arguments.names:
            continue
        for values in ways_to_ask(saved, of_kind, other):
            asked = " ".join(f"{name}={value}" for name, value in values.items())
            if arguments.process:
                words = time_process(arguments.workspace, file, values)
            else:
                words = time_question(str(path), saved, values, ontology)
            print(f"{file.stem:<16} {words}  {asked}", flush=True)


SECONDS = 30
MOST_ROWS = 10_000_000

if __name__ == "__main__":
    main()
