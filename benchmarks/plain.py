"""Times the graph of invented workspaces (`benchmarks/builds.py`), read, checked, judged, written
as N-Quads and kept as a store, beside the plain stack: PyYAML's safe loader and rdflib, which write
the same statement nodes from what the sources say, check nothing and judge nothing.

usage: python benchmarks/plain.py [ASSERTIONS ...]

It prints user CPU seconds and peak memory of both, each a process of its own, and their ratio.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from builds import REPOSITORY, Built, invent

OURS = """
import sys
from pathlib import Path
import pyoxigraph
from kg.files.workspace import find_workspace

from kg.reading import read

reading = read(find_workspace(Path(sys.argv[1])), questions=())
reading.require_sound()
Path(sys.argv[2]).write_bytes(reading.nquads)
store = pyoxigraph.Store(f"{sys.argv[2]}.store")
# As kg build fills one: kg has checked all names before.
store.bulk_load(path=sys.argv[2], format=pyoxigraph.RdfFormat.N_QUADS, lenient=True)
store.flush()
"""
PLAIN = """
import sys
from pathlib import Path
import rdflib
import yaml
from rdflib import RDF, XSD, Literal

BASE = rdflib.Namespace("https://example.org/")
KG = rdflib.Namespace("https://w3id.org/actor-kg/ns#")
graph = rdflib.Graph()

def say(subject, **facts):
    for name, value in facts.items():
        graph.add((subject, KG[name], value))

for path in sorted(Path(sys.argv[1], "sources").glob("*.yaml")):
    read = yaml.safe_load(path.read_text("utf-8"))
    for id, article in (read.get("articles") or {}).items():
        node = BASE["article/" + id]
        graph.add((node, RDF.type, KG.Article))
        day = Literal(article["published"], datatype=XSD.date)
        say(node, title=Literal(article["title"]), publisher=BASE[article["publisher"]],
            originator=BASE[article["originator"]], published=day,
            textSha256=Literal(article["text_sha256"]))
    for section in ("actors", "pacts"):
        for id, thing in (read.get(section) or {}).items():
            graph.add((BASE[id], RDF.type, KG[thing["type"]]))
            graph.add((BASE[id], rdflib.RDFS.label, Literal(thing["label"])))
    for each in read.get("assertions") or ():
        node = BASE["assertion/" + each["id"]]
        graph.add((node, RDF.type, KG.Assertion))
        if "denies" in each:
            say(node, denies=BASE["assertion/" + each["denies"]], polarity=KG.Denies)
        else:
            subject, object = BASE[each["subject"]], BASE[each["object"]]
            predicate, year = KG[each["predicate"]], str(each["when"])
            graph.add((subject, predicate, object))
            graph.add((node, RDF.subject, subject))
            graph.add((node, RDF.predicate, predicate))
            graph.add((node, RDF.object, object))
            first = Literal(f"{year}-01-01", datatype=XSD.date)
            last = Literal(f"{year}-12-31", datatype=XSD.date)
            say(node, polarity=KG.Asserts, when=Literal(year, datatype=KG.edtf),
                startEarliest=first, startLatest=last, endEarliest=first, endLatest=last,
                proposition=BASE[f"proposition/{each['subject']}-{each['object']}"])
        if "according_to" in each:
            say(node, speaker=BASE[each["according_to"]])
        say(node, mode=KG.Actual, basis=KG.Reported, status=KG.Accepted,
            articles=Literal(len(each["cite"])), independentSources=Literal(1))
        for number, (article, paragraphs) in enumerate(each["cite"].items(), 1):
            citation = BASE[f"citation/{each['id']}-{number}"]
            graph.add((citation, RDF.type, KG.Citation))
            say(node, citation=citation)
            say(citation, article=BASE["article/" + article], paragraph=Literal(paragraphs[0]))
graph.serialize(sys.argv[2], format="nt11", encoding="utf-8")
"""


def measure(script: str, workspace: Path, out: Path) -> Built:
    """What a script takes, as a process."""
    environment = {**os.environ, "KG_CACHE": "off", "PYTHONPATH": str(REPOSITORY)}
    command = [sys.executable, "-c", script, str(workspace), str(out)]
    with subprocess.Popen(command, env=environment) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{out.name} ended with {process.returncode}")
    return Built(used.ru_utime, used.ru_maxrss // 1024)


def main() -> None:
    """Compare both for each size that is asked for."""
    for assertions in map(int, sys.argv[1:] or ("1000", "10000")):
        with tempfile.TemporaryDirectory() as scratch:
            folder = Path(scratch)
            (folder / "workspace").mkdir()
            invent(folder / "workspace", assertions)
            ours, plain = (
                measure(script, folder / "workspace", folder / name)
                for script, name in ((OURS, "kg.nq"), (PLAIN, "plain.nt"))
            )
            triples = [(folder / name).read_bytes().count(b"\n") for name in ("kg.nq", "plain.nt")]
        print(
            f"{assertions:,}: kg {ours.seconds:.1f} s, {ours.memory:,} MB, {triples[0]:,} triples; "
            f"plain {plain.seconds:.1f} s, {plain.memory:,} MB, {triples[1]:,} triples; "
            f"ratio {ours.seconds / plain.seconds:.2f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
