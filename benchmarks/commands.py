"""Times kg's commands as whole processes, each against a named alternative in the same run.

usage: python benchmarks/commands.py [--runs N] [--large ASSERTIONS]
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
KG = (sys.executable, "-m", "kg")

LOAD = """
import sys, yaml
for path in __import__("pathlib").Path("sources").rglob("*.yaml"):
    yaml.load(path.read_text("utf-8"), Loader=yaml.{loader})
"""
RDFLIB_QUERY = """
import rdflib
graph = rdflib.Dataset(default_union=True)
graph.parse("site/graph.nq", format="nquads")
text = open("queries/contested.rq").read()
prefixes = {prefixes!r}
print(len(list(graph.query(text, initNs=prefixes))))
"""
LOADED_QUERY = """
import pyoxigraph
store = pyoxigraph.Store()
store.bulk_load(path="site/graph.nq", format=pyoxigraph.RdfFormat.N_QUADS)
print(len(list(store.query(open("queries/pact.rq").read(), prefixes={prefixes!r}))))
"""
ONE_PACT = """\
# title: One pact
# question: Who is party to one pact?
SELECT ?party WHERE { ?party kg:partyTo <https://w3id.org/actor-kg/gsomia/pact-1> }
"""
RDFLIB_TURTLE = """
import rdflib
graph = rdflib.Dataset(default_union=True)
graph.parse("site/graph.nq", format="nquads")
graph.serialize("out.ttl", format="turtle")
"""


def seconds(command: Sequence[str], folder: Path) -> float:
    """Wall time of one whole process, in seconds."""
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    start = time.perf_counter()
    subprocess.run(command, cwd=folder, env=environment, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def compare(  # noqa: PLR0913 - two commands, each with a name
    title: str, ours: Sequence[str], name: str, theirs: Sequence[str], folder: Path, runs: int
) -> None:
    """Time two commands in turn, after one run of each not counted; print a line for each."""
    times: dict[str, list[float]] = {"kg": [], name: []}
    for run in range(runs + 1):
        for who, command in (("kg", ours), (name, theirs)):
            taken = seconds(command, folder)
            if run:
                times[who].append(taken)
    print(f"\n{title}")
    for who, taken in times.items():
        low, middle, high = min(taken), statistics.median(taken), max(taken)
        print(f"  {who:<34} min {low:6.3f}  median {middle:6.3f}  max {high:6.3f} s")
    ratio = statistics.median(times["kg"]) / statistics.median(times[name])
    print(f"  kg takes {ratio:.2f} of the time of {name}")


def large(folder: Path, assertions: int) -> None:
    """Write a workspace with so many assertions, over a tenth as many actors and pacts."""
    shutil.copytree(
        REPOSITORY / "ontology", folder / "ontology", ignore=shutil.ignore_patterns("gsomia.ttl")
    )
    (folder / "sources").mkdir()
    random.seed(1)
    actors, pacts = max(20, assertions // 10), max(20, assertions // 8)
    things = ["articles:"]
    things += [
        f"  art-{n}: {{title: Article {n}, publisher: press, originator: press, "
        f"published: 2019-02-{n % 28 + 1:02d}, paragraphs: 30, text_sha256: {n:064x}}}"
        for n in range(50)
    ]
    things += ["actors:", "  press: {type: MediaOrganization, label: Press}"]
    things += [f"  state-{n}: {{type: State, label: State {n}}}" for n in range(actors)]
    things += ["pacts:", *(f"  pact-{n}: {{type: Treaty, label: Pact {n}}}" for n in range(pacts))]
    (folder / "sources" / "things.yaml").write_text("\n".join(things) + "\n")
    pairs = random.sample(range(actors * pacts), assertions)
    for start in range(0, assertions, 5000):
        lines = ["assertions:"]
        for n, pair in enumerate(pairs[start : start + 5000], start):
            lines += [
                f"  - subject: state-{pair % actors}",
                "    predicate: partyTo",
                f"    object: pact-{pair // actors}",
                f"    when: {1900 + n % 119}",
                f"    cite: {{art-{n % 50}: [{n % 30 + 1}]}}",
            ]
        (folder / "sources" / f"said-{start}.yaml").write_text("\n".join(lines) + "\n")


def main() -> None:
    """Run every comparison."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--runs", type=int, default=7, help="counted runs of each command (default: 7)"
    )
    parser.add_argument(
        "--large",
        type=int,
        default=20_000,
        help="assertions of the large workspace (default: 20000)",
    )
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        example = Path(scratch) / "example"
        seconds((*KG, "init", "--example", str(example)), Path(scratch))
        seconds((*KG, "build"), example)
        sys.path.insert(0, str(REPOSITORY))
        from kg.ontology.namespaces import COMMON_PREFIXES

        query = RDFLIB_QUERY.format(prefixes=dict(COMMON_PREFIXES))
        python = (sys.executable, "-c")
        runs = arguments.runs
        pure, fast = LOAD.format(loader="SafeLoader"), LOAD.format(loader="CSafeLoader")
        version = sys.version.split()[0]
        print(f"Python {version}, {os.cpu_count()} processors, {runs} counted runs of each")
        compare(
            "start: kg --version",
            (*KG, "--version"),
            "python -c pass",
            (*python, "pass"),
            example,
            runs,
        )
        compare(
            "check", (*KG, "check"), "PyYAML SafeLoader, no checks", (*python, pure), example, runs
        )
        compare(
            "check", (*KG, "check"), "PyYAML CSafeLoader, no checks", (*python, fast), example, runs
        )
        compare(
            "query contested",
            (*KG, "query", "contested"),
            "rdflib's engine",
            (*python, query),
            example,
            runs,
        )
        compare(
            "build all",
            (*KG, "build"),
            "rdflib: N-Quads to Turtle",
            (*python, RDFLIB_TURTLE),
            example,
            runs,
        )
        big = Path(scratch) / "large"
        big.mkdir()
        large(big, arguments.large)
        title = f"check of {arguments.large:,} assertions"
        compare(
            title,
            (*KG, "check"),
            "PyYAML CSafeLoader, no checks",
            (*python, fast),
            big,
            max(1, runs // 3),
        )
        (big / "queries").mkdir()
        (big / "queries" / "pact.rq").write_text(ONE_PACT)
        seconds((*KG, "build"), big)
        loaded = LOADED_QUERY.format(prefixes=dict(COMMON_PREFIXES))
        compare(
            f"query of one pact among {arguments.large:,} assertions",
            (*KG, "query", "pact"),
            "Oxigraph, loading graph.nq",
            (*python, loaded),
            big,
            max(1, runs // 3),
        )


if __name__ == "__main__":
    main()
