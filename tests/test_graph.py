"""The face for Python: everything in ``kg.__all__`` is documented, and does what docs/python.md
says.
"""

from __future__ import annotations

import dataclasses
import gc
import re
import shutil
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from conftest import REPOSITORY, Kg
from pictures import read_example
from rdflib import Literal, URIRef
from readback import quads_of

import kg as package
from kg import Diagnostic, Graph, KgError, Lens, load
from kg.files.scaffold import start_workspace
from kg.files.workspace import find_workspace
from kg.rdf.writer import write_nquads
from kg.reading import read

SMALL = """\
articles:
  wire-2020:
    {title: One, publisher: wire, originator: wire, published: 2020, paragraphs: 3,
     text_sha256: FINGERPRINT}
actors:
  a: {type: State, label: Arden}
  b: {type: State, label: {en: Brell, ja: ブレル}}
  wire: {type: MediaOrganization, label: Wire}
pacts:
  pact: {type: Treaty, label: Pact}
assertions:
  - {id: fact, subject: a, predicate: partyTo, object: pact, when: 1998/.., cite: {wire-2020: [1]}}
  - {id: claim, subject: b, predicate: partyTo, object: pact, according_to: a,
     cite: {wire-2020: [2]}}
  - {id: denial, denies: claim, according_to: b, cite: {wire-2020: [3]}}
  - {id: purpose, subject: pact, predicate: servesTo, object: share water, cite: {wire-2020: [1]}}
""".replace("FINGERPRINT", "0" * 64)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A workspace of four assertions."""
    folder = tmp_path / "small"
    start_workspace(folder, example=False)
    (folder / "sources" / "start-here.yaml").write_text(SMALL, "utf-8")
    return folder


@pytest.fixture(scope="session")
def example() -> Graph:
    return load(REPOSITORY)


def test_everything_public_is_documented() -> None:
    page = (REPOSITORY / "docs" / "python.md").read_text("utf-8")
    members = [name for name, value in vars(Graph).items() if not name.startswith("_")]
    for name in (*package.__all__, *members, *(f.name for f in dataclasses.fields(Diagnostic))):
        assert re.search(rf"`[^`]*\b{name}\b[^`]*`", page), name
    for value in (Graph, load, Diagnostic, KgError, *(vars(Graph)[name] for name in members)):
        assert value.__doc__


def test_importing_kg_loads_nothing_heavy() -> None:
    heavy = "{'rdflib', 'networkx', 'pyvis', 'numpy', 'jinja2', 'oxrdflib', 'yaml', 'pyoxigraph'}"
    ran = subprocess.run(
        [sys.executable, "-c", f"import sys, kg; print(sorted({heavy} & set(sys.modules)))"],
        cwd=REPOSITORY,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert ran.stdout == "[]\n"


def test_a_workspace_is_loaded_from_its_folder_by_text_or_path(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(small)
    for graph in (load(), load("."), load(small), load(str(small))):
        assert list(graph.corpus.assertions) == ["fact", "claim", "denial", "purpose"]
        assert graph.diagnostics == ()


def test_a_folder_that_is_no_workspace_is_an_error_with_a_hint(tmp_path: Path) -> None:
    with pytest.raises(KgError, match="no workspace") as error:
        load(tmp_path)
    assert error.value.exit_code == 2
    assert "kg init" in error.value.hint
    with pytest.raises(KgError, match="is not a folder"):
        load(tmp_path / "nowhere")


def test_a_workspace_with_errors_gives_diagnostics_and_corpus_but_no_graph(small: Path) -> None:
    source = small / "sources" / "start-here.yaml"
    source.write_text(SMALL.replace("object: pact, when", "object: pcat, when"), "utf-8")
    graph = load(small)
    (found,) = (d for d in graph.diagnostics if d.is_error)
    assert (found.rule.code, found.span.line, found.hint) == ("KG201", 12, "did you mean 'pact'?")
    assert "1 diagnostics" in repr(graph)
    for ask in (
        lambda: load(small, open_dataset=True).dataset,
        lambda: graph.query("parties"),
        lambda: graph.network("everything"),
    ):
        with pytest.raises(KgError, match=r"start-here.yaml:12.*KG201"):
            ask()


def test_answers_hold_ids_numbers_texts_and_none(small: Path) -> None:
    graph = load(small)
    rows = graph.query(
        """
        SELECT ?a ?speaker ?article ?p ?object ?day ?is (1.5 AS ?half) (kg:Actual AS ?term) WHERE {
          ?a rdf:object ?object ; kg:knownFrom ?day ;
             kg:citation [ kg:article ?article ; kg:paragraph ?p ]
          OPTIONAL { ?a kg:speaker ?speaker }
          BIND(bound(?speaker) AS ?is)
        } ORDER BY ?a
        """
    )
    assert rows == [
        {
            "a": id,
            "speaker": speaker,
            "article": "wire-2020",
            "p": paragraph,
            "object": object,
            "day": "2020-12-31",
            "is": speaker is not None,
            "half": 1.5,
            "term": "https://w3id.org/actor-kg/ns#Actual",
        }
        for id, speaker, paragraph, object in (
            ("claim", "a", 2, "pact"),
            ("denial", "b", 3, "pact"),
            ("fact", None, 1, "pact"),
            ("purpose", None, 1, "share water"),
        )
    ]


def test_parameters_are_bound_as_terms_and_never_as_text(small: Path) -> None:
    graph = load(small)
    assert [row["party"] for row in graph.query("parties", pact="pact")] == ["a"]
    with pytest.raises(KgError, match="parameter 'pact' takes an id"):
        graph.query("parties", pact="pact } UNION { ?s ?p ?o")
    with pytest.raises(KgError, match="no parameter 'pakt'") as error:
        graph.query("parties", pakt="pact")
    assert error.value.hint == "did you mean 'pact'?"


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("partys", "no saved query is called 'partys'"),
        ("SELECT * { ?s ?p }", "not SPARQL"),
        ("DELETE WHERE { ?s ?p ?o }", "updates are refused"),
        ("SELECT * { SERVICE <https://example.org/> { ?s ?p ?o } }", "SERVICE is off"),
        ("ASK { ?s ?p ?o }", "only a SELECT has rows"),
    ],
)
def test_a_query_that_cannot_be_answered_is_an_error(
    example: Graph, query: str, message: str
) -> None:
    with pytest.raises(KgError, match=re.escape(message)):
        example.query(query)


@pytest.mark.filterwarnings(
    "ignore:Dataset:DeprecationWarning"
)  # rdflib 7.6 warns of its own calls
def test_the_dataset_holds_the_very_triples_of_a_build() -> None:
    built = write_nquads(quads_of(read_example())).decode().splitlines()
    graph = load(REPOSITORY, open_dataset=True)
    dataset = graph.dataset
    assert dataset is graph.dataset
    assert len(dataset) == len(built)
    terms = {quad.split(" ", 1)[0][1:-1] for quad in built}
    assert {str(subject) for subject in dataset.subjects()} == terms
    gsomia = dataset.namespace_manager.expand_curie(":gsomia")
    assert (URIRef(f"{gsomia.removesuffix('gsomia')}japan"), None, gsomia) in dataset
    assert dataset.query("ASK { :japan kg:partyTo :gsomia }").askAnswer


@pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")
def test_texts_of_the_dataset_keep_their_language(small: Path) -> None:
    dataset = load(small, open_dataset=True).dataset
    brell = dataset.namespace_manager.expand_curie(":b")
    label = dataset.namespace_manager.expand_curie("rdfs:label")
    assert set(dataset.objects(brell, label)) == {
        Literal("Brell", lang="en"),
        Literal("ブレル", lang="ja"),
    }


def test_a_network_has_an_edge_for_every_row_of_its_view_that_leads_to_a_thing(
    example: Graph,
) -> None:
    rows = example.query((REPOSITORY / "viz" / "everything.rq").read_text("utf-8"))
    values = [row for row in rows if row["target"] not in example.corpus.things]
    assert "a breakthrough" in {row["target"] for row in values}
    rows = [row for row in rows if row not in values]
    network = example.network("everything")
    assert network.is_directed()
    assert network.is_multigraph()
    edges = {(source, target, key) for source, target, key in network.edges(keys=True)}
    assert edges == {(row["source"], row["target"], row["assertion"]) for row in rows}
    things = example.corpus.things
    assert {id: network.nodes[id]["label"] for id in network} == {
        id: things[id].label for id in network
    }
    for *_, key, data in network.edges(keys=True, data=True):
        assert data["assertion"] == key
        assert {*data} == {"assertion", "relation", "status", "polarity"}
        assert data["polarity"] == example.corpus.assertions[key].polarity


def test_two_ties_between_one_pair_stay_two(small: Path) -> None:
    network = load(small).network("everything")
    assert sorted(network["b"]["pact"]) == ["claim", "denial"]
    assert [network["b"]["pact"][key]["polarity"] for key in ("claim", "denial")] == [
        "asserts",
        "denies",
    ]


def test_an_unknown_view_is_an_error_with_the_nearest_name(example: Graph) -> None:
    with pytest.raises(KgError, match="no view is called 'everythin'") as error:
        example.network("everythin")
    assert error.value.hint == "did you mean 'everything'?"


def test_a_workspace_can_be_moved(small: Path, tmp_path: Path) -> None:
    moved = tmp_path / "else" / "where"
    shutil.copytree(small, moved)
    assert load(moved).query("parties") == load(small).query("parties")


def test_a_workspace_is_read_without_the_collector(small: Path) -> None:
    states: list[bool] = []
    gc.enable()  # a command that ran in this process before has stopped it
    read(find_workspace(small), keeper=lambda *_: states.append(gc.isenabled()))
    assert (states, gc.isenabled()) == ([False], True)


def test_loading_writes_nothing(small: Path) -> None:
    before = sorted(path.relative_to(small) for path in small.rglob("*"))
    graph = load(small)
    assert graph.query("parties")
    assert graph.network("everything")
    assert sorted(path.relative_to(small) for path in small.rglob("*")) == before


def test_the_version_is_that_of_the_command(kg: Kg) -> None:
    assert kg("--version").stdout == f"kg {package.__version__}\n"


def test_a_graph_is_looked_at_through_a_lens(small: Path) -> None:
    graph = load(small)
    by_a = graph.under(Lens(according_to="a"))
    assert by_a.statements["claim"].status == "accepted"
    assert by_a.why("claim")["assertions"][0]["status"] == "accepted"
    parties = "SELECT ?who { ?who kg:partyTo :pact } ORDER BY ?who"
    assert graph.query(parties) == [{"who": "a"}]
    assert by_a.query(parties) == [{"who": "a"}, {"who": "b"}]
    assert "according to a" in repr(by_a)
    for day in ("2019-12-31", date(2019, 12, 31), datetime(2019, 12, 31, 12, tzinfo=UTC)):
        assert not by_a.under(Lens(known_by=day)).statements
    assert list(graph.under(Lens(statuses="denial")).corpus.assertions) == []
    held = graph.under(Lens(true_on="1997-01-01", statuses=["accepted"]))
    assert list(held.corpus.assertions) == ["purpose"]


@pytest.mark.parametrize(
    ("lens", "message"),
    [
        (Lens(true_on="2019"), "true_on takes one day"),
        (Lens(known_by="yesterday"), "known_by"),
        (Lens(according_to="nobody"), "no actor is called 'nobody'"),
        (Lens(statuses=["acepted"]), "no status is called 'acepted'"),
    ],
)
def test_a_lens_that_makes_no_sense_is_refused(small: Path, lens: Lens, message: str) -> None:
    with pytest.raises(KgError, match=message):
        load(small).under(lens)
