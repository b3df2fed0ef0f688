"""Apache Jena answers the saved queries as kg does: TDB2 as Debian packages it, where installed."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

import pyoxigraph as ox
import pytest
from conftest import REPOSITORY

from kg.export.formats import ExportFormat
from kg.export.write import export_reading
from kg.files.workspace import Workspace
from kg.query.endpoint import is_portable
from kg.query.folder import read_saved_queries
from kg.query.run import Answer, ask_store, make_answer
from kg.query.saved import bind_parameters, with_day
from kg.reading import read
from kg.status.lens import Lens

JARS = Path("/usr/share/java")
MOST_ROWS = 100_000
SECONDS = 240
"""All answers together take a tenth of it on a quiet machine."""

ASSERTIONS = int(os.environ.get("KG_JENA_ASSERTIONS", "1000"))
"""What the larger of the workspaces has: enough to tell a question that ties all things to all."""


def example(_: Path) -> Workspace:
    """The worked example."""
    return Workspace(REPOSITORY)


def many(folder: Path) -> Workspace:
    """Invented assertions, as ``benchmarks/builds.py`` writes them."""
    found = importlib.util.spec_from_file_location("builds", REPOSITORY / "benchmarks/builds.py")
    assert found
    assert found.loader
    builds = importlib.util.module_from_spec(found)
    found.loader.exec_module(builds)
    builds.invent(folder, ASSERTIONS)
    return Workspace(folder)


def resources(folder: Path) -> Path:
    """The message files of Jena's XML library, where its classes look for them: Debian's jar has
    them in another place.
    """
    with zipfile.ZipFile(JARS / "jena-core.jar") as jar:
        for name in jar.namelist():
            _, moved, rest = name.partition("org/apache/jena/ext/xerces/")
            if moved and name.endswith(".properties"):
                file = folder / "xerces" / rest
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(jar.read(name))
    return folder


def rows(answer: Answer) -> Counter[tuple[str, ...]]:
    """The rows of an answer, in no order."""
    return Counter(tuple(map(str, row)) for row in answer.rows)


def ask_jena(folder: Path, graph: bytes, queries: Iterable[tuple[str, str]]) -> str:
    """Ask queries of a graph in TDB2; answers stand beside them. Returns what it printed."""
    (folder / "graph.nt").write_bytes(graph)
    (folder / "queries").mkdir()
    for name, text in queries:
        (folder / "queries" / f"{name}.rq").write_text(text, "utf-8")
    path = f"{resources(folder / 'messages')}:{JARS}/*"
    program = REPOSITORY / "tests" / "AskTdb2.java"
    files = (folder / "store", folder / "graph.nt", folder / "queries")
    # What ends soon is better not compiled for long, and has little to collect.
    hasty = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
    command = ["java", *hasty, "-cp", path, str(program), *map(str, files)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=SECONDS)
    return "\n".join(line for line in ran.stderr.splitlines() if not line.startswith("SLF4J"))


@pytest.mark.skipif(
    not ((JARS / "jena-tdb2.jar").exists() and shutil.which("javac")),
    reason="no Jena on this machine (apt install libapache-jena-java default-jdk-headless)",
)
@pytest.mark.parametrize("make", [example, many])
def test_every_portable_saved_query_gives_the_rows_of_kg(
    tmp_path: Path, make: Callable[[Path], Workspace]
) -> None:
    (tmp_path / "workspace").mkdir()
    workspace = make(tmp_path / "workspace")
    seen = read(workspace, questions=()).under(Lens())
    ontology, store = seen.ontology, seen.store
    prologue = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in ontology.prefixes.items())
    asked = {
        saved.name: bind_parameters(saved, with_day(saved, {}, None), ontology)
        for saved in read_saved_queries(workspace).values()
        if is_portable(saved.text) and not any(each.required for each in saved.params)
    }
    said = ask_jena(
        tmp_path,
        export_reading(seen, ExportFormat.NQ),
        ((name, prologue + text) for name, text in asked.items()),
    )
    assert not said
    assert len(asked) > 20
    wrong = []
    for name, text in asked.items():
        there = (tmp_path / "queries" / f"{name}.rq.json").read_bytes()
        found = ox.parse_query_results(there, format=ox.QueryResultsFormat.JSON)
        here = ask_store(store, text, ontology.prefixes, name)
        if rows(make_answer(found, text, MOST_ROWS)) != rows(here):
            wrong.append(name)
    assert not wrong
