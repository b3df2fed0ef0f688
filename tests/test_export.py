"""``kg export``: every format reads back as what was written, whatever labels hold, and the same
bytes each time.
"""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import networkx
import pyoxigraph as ox
import pytest
import rdflib
from conftest import REPOSITORY, Kg
from corpora import worlds
from hypothesis import given, settings
from hypothesis import strategies as st
from pictures import read_example
from readback import quads_of
from readings import BARE, reading, said, world

from kg.dates import Day
from kg.export.formats import ExportFormat
from kg.export.table import COLUMNS
from kg.export.write import export_reading
from kg.model.references import Reference
from kg.ontology.namespaces import COMMON_PREFIXES
from kg.rdf.jsonld import jsonld
from kg.reading import Reading
from kg.status.lens import Lens
from kg.text.characters import FORBIDDEN

HOSTILE = (
    "<script>alert(1)</script>",
    "a & b ]]> \" ' --",
    "日本 한국 🚢",
    "line\u2028paragraph\u2029end",
    '=HYPERLINK("x")',
    "שלום عربى",
    "@id",
)
DOCS = REPOSITORY / "docs"


def texts() -> st.SearchStrategy[str]:
    """Labels that the loader takes: any text without what it refuses."""
    return st.sampled_from(HOSTILE) | st.text(
        st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=9
    ).filter(lambda text: not FORBIDDEN.search(text) and bool(text.strip()))


@st.composite
def named_worlds(draw: st.DrawFn) -> dict[str, Any]:
    """A generated world whose states have any labels and notes, with a text as an object."""
    generated = draw(worlds())
    actors = {id: {**thing, "label": draw(texts())} for id, thing in generated["actors"].items()}
    judged = said(
        "alpha",
        "judgedAs",
        draw(texts()),
        id="judged",
        mode="opinion",
        according_to="beta",
        note=draw(texts()),
    )
    return {**generated, "actors": actors, "assertions": [*generated["assertions"], judged]}


def triples(data: bytes, format: ox.RdfFormat) -> set[str]:
    return {str(quad) for quad in ox.parse(data, format)}


@given(named_worlds())
@settings(max_examples=40, deadline=None)
def test_turtle_and_json_ld_hold_the_triples_of_the_n_quads(generated: dict[str, Any]) -> None:
    seen = reading(generated, ontology=BARE)
    # Without the ontology's triples, which are the same for all.
    seen = replace(seen, ontology=replace(seen.ontology, turtle=()))
    written = triples(export_reading(seen, ExportFormat.NQ), ox.RdfFormat.N_QUADS)
    assert written == {str(quad) for quad in quads_of(seen)}
    assert triples(export_reading(seen, ExportFormat.TTL), ox.RdfFormat.TURTLE) == written
    assert triples(export_reading(seen, ExportFormat.JSONLD), ox.RdfFormat.JSON_LD) == written


@given(named_worlds())
@settings(max_examples=40, deadline=None)
def test_graphml_reads_back_with_every_thing_and_every_assertion_between_two(
    generated: dict[str, Any],
) -> None:
    seen = reading(generated, ontology=BARE)
    graph: Any = networkx.read_graphml(
        io.BytesIO(export_reading(seen, ExportFormat.GRAPHML)), force_multigraph=True
    )
    between = {
        a.id: a
        for a in seen.visible_corpus.assertions.values()
        if isinstance(a.object, Reference) and a.object.id in seen.visible_corpus.things
    }
    assert set(graph.nodes) == set(seen.visible_corpus.things)
    assert {key: (source, target) for source, target, key in graph.edges(keys=True)} == {
        id: (a.subject.id, a.object_key) for id, a in between.items()
    }
    for id, label in graph.nodes(data="label"):
        assert label == seen.visible_corpus.things[id].label
    for _, _, key, status in graph.edges(keys=True, data="status"):
        assert status == seen.standings[key].status


@given(named_worlds(), st.booleans())
@settings(max_examples=40, deadline=None)
def test_a_table_has_a_row_for_each_assertion_with_its_texts_whole(
    generated: dict[str, Any], safe: bool
) -> None:
    seen = reading(generated, ontology=BARE)
    text = export_reading(seen, ExportFormat.CSV, safe).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["id"] for row in rows] == sorted(seen.visible_corpus.assertions)
    for row in rows:
        a = seen.visible_corpus.assertions[row["id"]]
        assert row["status"] == seen.standings[a.id].status
        assert row["when"] == (a.when.text if a.when else "")
        assert row["note"].removeprefix("'" if safe else "") == a.note.removeprefix(
            "'" if safe else ""
        )
        assert not safe or not any(value.startswith(("=", "@")) for value in row.values())


@pytest.mark.parametrize(
    "base", ["https://example.org/x/", "https://example.org/x#", "http://example.org/a/b/"]
)
def test_json_ld_keeps_every_iri_whatever_the_base(base: str) -> None:
    iris = [
        f"{base}{rest}"
        for rest in ("a", "a/b", "a:b", "/a", "a/../b", "", "ü", "a.b", "-", "?a", "@type")
    ]
    iris += [
        "http://elsewhere.org/a",
        "urn:a:b",
        "https://w3id.org/actor-kg/ns#Accepted",
        "https://w3id.org/actor-kg/ns#a/b",
    ]
    relation = ox.NamedNode("https://w3id.org/actor-kg/ns#meets")
    quads = [
        ox.Quad(ox.NamedNode(iri), relation, ox.NamedNode(other)) for iri in iris for other in iris
    ]
    quads += [
        ox.Quad(ox.NamedNode(iri), ox.NamedNode(f"{base}p"), ox.Literal("kg:Accepted"))
        for iri in iris
    ]
    prefixes = {**COMMON_PREFIXES, "": base, "article": f"{base}article/"}
    data = jsonld(sorted(quads, key=str), prefixes, base)
    assert triples(data, ox.RdfFormat.JSON_LD) == {str(quad) for quad in quads}


def test_json_ld_keeps_languages_datatypes_and_lists_of_values() -> None:
    p, s = (
        ox.NamedNode("https://w3id.org/actor-kg/ns#note"),
        ox.NamedNode("https://example.org/x/s"),
    )
    date = ox.NamedNode("http://www.w3.org/2001/XMLSchema#date")
    objects: list[ox.NamedNode | ox.Literal] = [
        ox.Literal("a"),
        ox.Literal("a", language="ja"),
        ox.Literal("2019-11-22", datatype=date),
        ox.Literal("x", datatype=ox.NamedNode("http://elsewhere.org/own")),
        ox.NamedNode("https://example.org/x/s"),
    ]
    for quads in ([ox.Quad(s, p, o)] for o in objects):
        assert triples(
            jsonld(quads, COMMON_PREFIXES, "https://example.org/x/"), ox.RdfFormat.JSON_LD
        ) == set(map(str, quads))
    together = [ox.Quad(s, p, o) for o in objects]
    data = jsonld(together, COMMON_PREFIXES, "https://example.org/x/")
    assert triples(data, ox.RdfFormat.JSON_LD) == set(map(str, together))


@pytest.mark.filterwarnings(
    "ignore:ConjunctiveGraph:DeprecationWarning"
)  # rdflib 7.6 warns of its own calls
def test_rdflib_reads_the_json_ld_of_the_example_as_its_turtle(example: Reading) -> None:
    one = rdflib.Graph().parse(data=export_reading(example, ExportFormat.JSONLD), format="json-ld")
    other = rdflib.Graph().parse(data=export_reading(example, ExportFormat.TTL), format="turtle")
    assert len(one) > 10_000
    assert set(one) == set(other)


@pytest.fixture(scope="module")
def example() -> Reading:

    return read_example().under(Lens())


def test_the_context_of_json_ld_stands_in_the_file_and_names_only_what_is_used(
    example: Reading,
) -> None:
    document = json.loads(export_reading(example, ExportFormat.JSONLD))
    context = document["@context"]
    assert context["@base"] == example.ontology.base
    text = json.dumps(document["@graph"])
    spaces = [name for name, value in context.items() if isinstance(value, str) and name[0] != "@"]
    terms = [name for name, value in context.items() if isinstance(value, dict)]
    assert all(
        f'"{name}:' in text or any(term.startswith(f"{name}:") for term in terms) or name == "xsd"
        for name in spaces
    )
    assert {"@id": "gsomia"}.items() <= next(
        node for node in document["@graph"] if node["@id"] == "gsomia"
    ).items()


EVERY_FORMAT = """
import sys
from dataclasses import replace
from pathlib import Path
from kg.cli import main
for format in sys.argv[2:]:
    assert main(["export", "--format", format, "--out", f"{sys.argv[1]}/graph.{format}"]) == 0
"""


def test_an_export_has_the_same_bytes_whatever_the_hashes(quarrel: Path, tmp_path: Path) -> None:
    made: dict[str, list[bytes]] = {format.value: [] for format in ExportFormat}
    for seed in ("1", "2"):
        folder = tmp_path / seed
        folder.mkdir()
        subprocess.run(
            [sys.executable, "-c", EVERY_FORMAT, folder, *made],
            cwd=quarrel,
            env={**os.environ, "PYTHONPATH": str(REPOSITORY), "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
        )
        assert set(os.listdir(folder)) == {f"graph.{format}" for format in made}
        for format, files in made.items():
            files.append((folder / f"graph.{format}").read_bytes())
    assert [format for format, (one, other) in made.items() if one != other] == []


def test_what_is_printed_is_what_a_file_would_hold(kg: Kg, tmp_path: Path) -> None:
    file = tmp_path / "sources.json"
    assert kg("-C", REPOSITORY, "export", "--format", "csl-json", "--out", file).code == 0
    assert kg("-C", REPOSITORY, "export", "--format", "csl-json").stdout == file.read_text("utf-8")


def test_the_exported_graph_is_that_of_a_build(kg: Kg, workspace: Path) -> None:
    assert kg("-C", workspace, "build", "--graph-only").code == 0
    for format in ("nq", "ttl"):
        built = (workspace / "site" / f"graph.{format}").read_text("utf-8")
        assert kg("-C", workspace, "export", "--format", format).stdout == built


def test_an_export_obeys_the_lens_and_says_so(kg: Kg, tmp_path: Path) -> None:
    file = tmp_path / "early.csv"
    ran = kg(
        "-C", REPOSITORY, "export", "--format", "csv", "--known-by", "2019-11-16", "--out", file
    )
    assert ran.stdout.endswith("lens: known by 2019-11-16\n")
    assert "nyt-2019-11-22" not in file.read_text("utf-8")
    printed = kg("-C", REPOSITORY, "export", "--format", "csv", "--known-by", "2019-11-16")
    assert printed.stderr.splitlines()[-1] == "lens: known by 2019-11-16"
    assert "lens" not in printed.stdout


def test_a_table_says_how_surely_each_assertion_holds_on_the_day_of_the_lens() -> None:
    seen = world(
        said("alpha", "partyTo", "pact", when="1999/2001"), said("beta", "partyTo", "pact")
    )
    rows = csv.DictReader(
        io.StringIO(
            export_reading(reading(seen, Lens(true_on=Day(2000, 1, 1))), ExportFormat.CSV).decode()
        )
    )
    assert {row["subject"]: row["holds"] for row in rows} == {
        "alpha": "certainly",
        "beta": "possibly",
    }


def test_a_table_tells_conflicts_withdrawals_and_corrections() -> None:
    seen = world(
        said(
            "alpha",
            "meets",
            "beta",
            id="old",
            according_to="alpha",
            withdrawn={"when": "2011", "cite": {"article-3": ["9"]}},
        ),
        said("alpha", "meets", "beta", id="claim", according_to=["alpha", "gamma"], via="press"),
        {"id": "no", "denies": "claim", "according_to": "beta", "cite": {"article-2": ["1", "3"]}},
        said(
            "alpha",
            "opposes",
            "row",
            id="new",
            supersedes="claim",
            retroactive="true",
            mode="planned",
        ),
    )
    rows = {
        row["id"]: row
        for row in csv.DictReader(
            io.StringIO(export_reading(reading(seen), ExportFormat.CSV).decode())
        )
    }
    assert (rows["old"]["withdrawn"], rows["old"]["withdrawn_citations"]) == (
        "2011",
        "article-3 p. 9",
    )
    assert (rows["claim"]["speakers"], rows["claim"]["via"], rows["claim"]["against"]) == (
        "alpha; gamma",
        "press",
        "no",
    )
    assert (rows["no"]["denies"], rows["no"]["polarity"]) == ("claim", "denies")
    assert rows["no"]["citations"] == "article-2 p. 1; article-2 p. 3"
    assert (rows["new"]["supersedes"], rows["new"]["retroactive"]) == ("claim", "true")
    assert rows["claim"]["source_file"] == "sources/world.yaml"


def test_a_file_of_the_curator_is_never_written_over(kg: Kg, workspace: Path) -> None:
    kept = workspace / "sources" / "gsomia.yaml"
    before = kept.read_bytes()
    for out in (kept, workspace / "ontology" / "new.ttl", workspace / "sources"):
        ran = kg("-C", workspace, "export", "--format", "nq", "--out", out)
        assert (ran.code, ran.stdout) == (2, "")
        assert "cannot write to" in ran.stderr
    assert kept.read_bytes() == before


def test_a_format_must_be_named(kg: Kg) -> None:
    assert kg("-C", REPOSITORY, "export").code == 2


def test_the_page_names_every_column_of_the_table() -> None:
    page = (DOCS / "analysis.md").read_text("utf-8")
    assert [name for name in COLUMNS if f"`{name}`" not in page] == []


def test_a_rank_is_a_field_from_yaml_to_graph_table_and_answer_and_changes_no_status(
    kg: Kg, workspace: Path
) -> None:
    file = workspace / "sources" / "radar.yaml"
    text = file.read_text("utf-8")
    before = kg("why", "radar-lock-on", cwd=workspace)
    assert "- id: radar-lock-on\n" in text
    file.write_text(text.replace("- id: radar-lock-on\n", "- id: radar-lock-on\n    rank: high\n"))
    assert kg("check", cwd=workspace).code == 0
    after = kg("why", "radar-lock-on", cwd=workspace)
    added = [line for line in after.stdout.splitlines() if line not in before.stdout.splitlines()]
    assert added == ["  rank       high"]
    rows = csv.DictReader(
        io.StringIO(kg("export", "--format", "csv", cwd=workspace).stdout, newline="")
    )
    ranks = {row["id"]: row["rank"] for row in rows}
    assert {id for id, rank in ranks.items() if rank == "high"} == {"radar-lock-on"}
    query = "SELECT ?a ?rank { ?a kg:rank ?rank }"
    answer = kg("query", "-", "--format", "csv", cwd=workspace, stdin=query)
    (row,) = answer.stdout.splitlines()[1:]
    assert row.endswith("assertion/radar-lock-on,high")


def test_a_rank_is_one_of_three_words(kg: Kg, workspace: Path) -> None:
    file = workspace / "sources" / "radar.yaml"
    text = file.read_text("utf-8")
    file.write_text(text.replace("- id: radar-lock-on\n", "- id: radar-lock-on\n    rank: top\n"))
    assert "[KG105]" in kg("check", cwd=workspace).stdout
