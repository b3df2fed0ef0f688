"""The formats of ``kg export`` beside RDF, GraphML and CSV: each read back by another reader, means
the same, and makes no fact of a claim.
"""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
import uuid
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import networkx
import pyoxigraph as ox
import pytest
import rdflib
from conftest import REPOSITORY, Kg
from corpora import worlds
from hypothesis import given, settings
from pictures import read_example
from readback import quads_of
from readings import BARE, reading, said, world

from kg.diagnostics import KgError
from kg.export.formats import HOLDS, ExportFormat
from kg.export.mentions import Mentions
from kg.export.redaction import redact_reading
from kg.export.write import export_reading, list_omissions
from kg.ontology.namespaces import RDF
from kg.reading import Reading
from kg.status.lens import Lens

PARTS = ("subject", "predicate", "object")
REIFIES = f"{RDF}reifies"
NP = rdflib.Namespace("http://www.nanopub.org/nschema#")


def accepted(seen: Reading) -> set[str]:
    """The ids of what curators wrote that stands as a fact."""
    return {id for id in seen.visible_corpus.assertions if seen.statements[id].is_affirmed}


def direct(seen: Reading) -> set[str]:
    """The triples between things that the graph asserts."""
    space = seen.ontology.base
    relations = {relation.iri for relation in seen.ontology.relations.values()}
    return {
        str(quad.triple)
        for quad in quads_of(seen)
        if quad.predicate.value in relations and str(quad.subject).startswith(f"<{space}")
    }


@given(worlds())
@settings(max_examples=15, deadline=None)
def test_a_world_means_the_same_in_every_format(generated: dict[str, Any]) -> None:
    seen = reading(generated, ontology=BARE)
    trig_has_the_graph_and_no_fact_outside_the_default_one(seen)
    reifiers_of_turtle_1_2_assert_nothing(seen)
    a_database_has_every_assertion_and_its_facts_apart(seen)
    a_data_package_has_the_rows_of_the_database(seen)
    gexf_has_the_edges_of_graphml(seen)
    entities_and_bundles_have_facts_alone(seen)


def trig_has_the_graph_and_no_fact_outside_the_default_one(seen: Reading) -> None:
    quads = list(ox.parse(export_reading(seen, ExportFormat.TRIG), ox.RdfFormat.TRIG))
    assert {str(quad.triple) for quad in quads} == {str(quad.triple) for quad in quads_of(seen)}
    named = {str(q.triple) for q in quads if not isinstance(q.graph_name, ox.DefaultGraph)}
    assert named.isdisjoint(direct(seen))
    assert {q.graph_name.value for q in quads if str(q.triple) in named} == {
        seen.ontology.iri("assertion", id) for id in seen.graph_corpus.assertions
    }


def reifiers_of_turtle_1_2_assert_nothing(seen: Reading) -> None:
    back: set[str] = set()
    for quad in ox.parse(export_reading(seen, ExportFormat.TTL12), ox.RdfFormat.TURTLE):
        if quad.predicate.value == REIFIES and isinstance(quad.object, ox.Triple):
            for part in PARTS:
                link = ox.NamedNode(f"{RDF}{part}")
                back.add(str(ox.Triple(quad.subject, link, getattr(quad.object, part))))
        else:
            back.add(str(quad.triple))
    assert back == {str(quad.triple) for quad in quads_of(seen)}


def a_database_has_every_assertion_and_its_facts_apart(seen: Reading) -> None:
    with closing(database(seen)) as found:
        assert not found.execute("PRAGMA foreign_key_check").fetchall()
        assert ids(found, "SELECT id FROM assertions") == set(seen.visible_corpus.assertions)
        assert ids(found, "SELECT id FROM facts") == accepted(seen)
        assert ids(found, "SELECT id FROM things") == {
            *seen.visible_corpus.things,
            *seen.visible_corpus.also,
        }
        said_by = found.execute(
            "SELECT assertion, thing FROM assertion_things WHERE role = 'speaker'"
        )
        assert set(said_by) == {
            (a.id, speaker.id)
            for a in seen.visible_corpus.assertions.values()
            for speaker in a.speakers
        }


def database(seen: Reading) -> sqlite3.Connection:
    found = sqlite3.connect(":memory:")
    found.deserialize(export_reading(seen, ExportFormat.SQLITE))
    return found


def ids(found: sqlite3.Connection, query: str) -> set[str]:
    return {id for (id,) in found.execute(query)}


def a_data_package_has_the_rows_of_the_database(seen: Reading) -> None:
    data = io.BytesIO(export_reading(seen, ExportFormat.DATAPACKAGE))
    with zipfile.ZipFile(data) as package, closing(database(seen)) as found:
        described = json.loads(package.read("datapackage.json"))
        for resource in described["resources"]:
            text = package.read(resource["path"]).decode()
            header, *rows = csv.reader(io.StringIO(text, newline=""))
            assert header == [field["name"] for field in resource["schema"]["fields"]]
            table = found.execute(f"SELECT * FROM {resource['path'].removesuffix('.csv')}")
            cells = [["" if cell is None else str(cell) for cell in row] for row in table]
            assert sorted(cells) == sorted(rows)


def gexf_has_the_edges_of_graphml(seen: Reading) -> None:
    one: Any = networkx.read_graphml(
        io.BytesIO(export_reading(seen, ExportFormat.GRAPHML)), force_multigraph=True
    )
    other: Any = networkx.read_gexf(io.BytesIO(export_reading(seen, ExportFormat.GEXF)))
    edges = {facts["assertion"]: facts for _, _, facts in other.edges(data=True)}
    assert set(other.nodes) == set(one.nodes)
    assert set(edges) == {key for _, _, key in one.edges(keys=True)}
    for id, facts in edges.items():
        assert facts["accepted"] == (id in accepted(seen))
        bounds = seen.statements[id].bounds
        assert facts.get("start", "") == str((bounds and bounds.start_earliest) or "")


def entities_and_bundles_have_facts_alone(seen: Reading) -> None:
    facts = accepted(seen)
    lines = export_reading(seen, ExportFormat.FTM).decode().splitlines()
    entities = {each["id"]: each["properties"] for each in map(json.loads, lines)}
    told = {id for each in entities.values() for id in each.get("recordId", ())}
    assert told <= facts
    for properties in entities.values():
        ends = [properties.get(end, [""])[0] for end in ("subject", "object", "owner", "asset")]
        assert {end for end in ends if end} <= entities.keys()
    bundle = json.loads(export_reading(seen, ExportFormat.STIX))
    objects = {each["id"]: each for each in bundle["objects"]}
    relationships = [each for each in objects.values() if each["type"] == "relationship"]
    assert len(relationships) == len(told)
    for each in relationships:
        assert {each["source_ref"], each["target_ref"]} <= objects.keys()
        assert each.get("stop_time", "9") > each.get("start_time", "")
    assert all(uuid.UUID(id.partition("--")[2]).version == 5 for id in objects)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # rdflib warns of its own calls
def test_a_nanopublication_has_four_parts_and_is_true_of_who_publishes_it() -> None:
    seen = reading(
        world(
            said("alpha", "meets", "beta"),
            said("beta", "opposes", "row", according_to="alpha"),
            said("alpha", "partyTo", "pact", when="-0430/-0420"),
        )
    )
    found = rdflib.Dataset(default_union=True)
    found.parse(data=export_reading(seen, ExportFormat.NANOPUB), format="trig")
    claims = {}
    for node in found.subjects(rdflib.RDF.type, NP.Nanopublication):
        links = (NP.hasAssertion, NP.hasProvenance, NP.hasPublicationInfo)
        parts = [str(found.value(node, link)) for link in links]
        content, provenance, information = (set(found.graph(part)) for part in parts)
        assert content
        assert information
        derived = rdflib.URIRef("http://www.w3.org/ns/prov#wasDerivedFrom")
        assert (parts[0], derived) in {(str(s), p) for s, p, _ in provenance}
        claims[str(node).rpartition("/")[2]] = {(str(s), str(p)) for s, p, _ in content}
    base = seen.ontology.base
    ns = "https://w3id.org/actor-kg/ns#"
    assert (f"{base}alpha", f"{ns}meets") in claims["alpha-meets-beta"]
    assert (f"{base}beta", f"{ns}opposes") not in claims["beta-opposes-row"]
    assert len(claims) == 3
    assert all(quad[3] for quad in found.quads())


def wikidata(seen: dict[str, Any], **items: str) -> dict[str, Any]:
    """A world whose actors have ids at Wikidata."""
    actors = {
        id: {**thing, **({"ids": [f"wikidata:{items[id]}"]} if id in items else {})}
        for id, thing in seen["actors"].items()
    }
    articles = {**seen["articles"]}
    articles["article-1"] = {**articles["article-1"], "url": "https://example.org/a"}
    return {**seen, "actors": actors, "articles": articles}


def test_wikidata_gets_accepted_facts_of_its_items_with_their_source() -> None:
    seen = reading(
        wikidata(
            world(
                said("alpha", "memberOf", "beta", when="2001/2003-05-06"),
                said("beta", "owns", "alpha", according_to="gamma"),
                said("alpha", "meets", "beta"),
                said("alpha", "memberOf", "gamma"),
            ),
            alpha="Q1",
            beta="Q2",
        )
    )
    (line,) = export_reading(seen, ExportFormat.QUICKSTATEMENTS).decode().splitlines()
    fields = line.split("\t")
    assert fields[:3] == ["Q1", "P463", "Q2"]
    qualifiers = dict(zip(fields[3::2], fields[4::2], strict=True))
    assert qualifiers["P580"] == "+2001-00-00T00:00:00Z/9"
    assert qualifiers["P582"] == "+2003-05-06T00:00:00Z/11"
    assert qualifiers["S854"] == '"https://example.org/a"'
    assert "3 assertions" in list_omissions(seen, ExportFormat.QUICKSTATEMENTS)


@pytest.mark.parametrize(
    ("when", "moments", "wikidata_times", "stix_times"),
    [
        ("2001-02", {"date": ["2001-02"]}, {"P585": "+2001-02-00T00:00:00Z/10"}, [None, None]),
        (
            "2001-02-03",
            {"date": ["2001-02-03"]},
            {"P585": "+2001-02-03T00:00:00Z/11"},
            [None, None],
        ),
        (
            "2001/..",
            {"startDate": ["2001"]},
            {"P580": "+2001-00-00T00:00:00Z/9"},
            ["2001-01-01", None],
        ),
        (
            "/2001-02-28",
            {"endDate": ["2001-02-28"]},
            {"P582": "+2001-02-28T00:00:00Z/11"},
            [None, "2001-02-28"],
        ),
        (
            "2001-02-28/2001-02-28",
            {"startDate": ["2001-02-28"], "endDate": ["2001-02-28"]},
            {"P580": "+2001-02-28T00:00:00Z/11", "P582": "+2001-02-28T00:00:00Z/11"},
            ["2001-02-28", "2001-02-28"],
        ),
        ("2001~", {}, {}, [None, None]),
        ("2001?", {}, {}, [None, None]),
        ("199X", {}, {}, [None, None]),
        ("[1999..2001]", {}, {}, [None, None]),
        ("-0043", {}, {}, [None, None]),
    ],
)
def test_no_more_is_told_of_a_time_than_was_said(
    when: str,
    moments: dict[str, list[str]],
    wikidata_times: dict[str, str],
    stix_times: list[str | None],
) -> None:
    """That somebody was a member in February is no beginning in February."""
    membership = said("alpha", "memberOf", "beta", when=when, **{"with": {"role": "member"}})
    seen = reading(wikidata(world(membership), alpha="Q1", beta="Q2"))
    *_, link = map(json.loads, export_reading(seen, ExportFormat.FTM).splitlines())
    times = {"startDate", "endDate", "date"}
    assert {key: link["properties"][key] for key in times & link["properties"].keys()} == moments
    fields = export_reading(seen, ExportFormat.QUICKSTATEMENTS).decode().strip().split("\t")
    told = dict(zip(fields[3::2], fields[4::2], strict=True))
    assert {key: told[key] for key in told if key[0] == "P"} == wikidata_times
    objects = json.loads(export_reading(seen, ExportFormat.STIX))["objects"]
    [tie] = [each for each in objects if each["type"] == "relationship"]
    days = [tie.get(key, "T").partition("T")[0] or None for key in ("start_time", "stop_time")]
    assert days == stix_times
    assert ("1 date" in list_omissions(seen, ExportFormat.STIX)) is (not any(stix_times))
    lost = list_omissions(seen, ExportFormat.QUICKSTATEMENTS)
    assert ("1 date" in lost) is (not moments)
    assert "1 qualifier" in lost


def test_each_source_of_a_fact_is_a_reference_of_its_own_at_wikidata() -> None:
    membership = said("alpha", "memberOf", "beta")
    membership["cite"] = {"article-1": [1], "article-2": [1]}
    seen = reading(wikidata(world(membership), alpha="Q1", beta="Q2"))
    fields = export_reading(seen, ExportFormat.QUICKSTATEMENTS).decode().strip().split("\t")
    assert [name for name in fields[3::2] if name[0] in "!S"] == [
        "S854",
        "S1476",
        "S577",
        "!S1476",
        "S577",
    ]


@pytest.fixture(scope="module")
def example() -> Reading:
    return read_example().under(Lens())


def names(seen: Reading, kind: str) -> Iterator[str]:
    """What the things of a class are called, and their ids."""
    for thing in seen.corpus.things.values():
        if kind in {thing.type.id, *seen.ontology.ancestors(thing.type.id)}:
            yield thing.id
            yield from (label.text for label in thing.labels)
            yield from (alias.name.text for alias in thing.aliases)


def test_a_redacted_export_tells_no_name_of_a_person_in_any_format(example: Reading) -> None:
    hidden = {name.casefold() for name in names(example, "Person")}
    assert len(hidden) > 20
    withheld = redact_reading(example, ["Person"])
    assert len(withheld.visible_corpus.assertions) == len(example.visible_corpus.assertions)
    for format in ExportFormat:
        data = export_reading(withheld, format)
        if format is ExportFormat.DATAPACKAGE:
            with zipfile.ZipFile(io.BytesIO(data)) as package:
                data = b"".join(map(package.read, package.namelist()))
        text = data.decode("utf-8", "replace").casefold()
        words = set(re.split(r"[\W_]+", text))
        told = {name for name in hidden if {name, f"{name}s"} & words}
        told |= {name for name in hidden if not name.isalnum() and name in text}
        assert told == set(), format


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Jose Nunez and JOSÉ", "[x] and [x]"),
        ("Nun\u0303ez's boat, the Heron", "[x] boat, [x]"),
        ("jose_nunez@example.org or josenunez", "[x]_[x]@example.org or [x]"),
        ("see https://example.org/Jos%C3%A9-N%C3%BA%C3%B1ez here", "see  here"),
        ("https://josenunez.example/", ""),
        ("10.1234/nunez.5", ""),
        ("known as Q9876", "known as [x]"),
        ("Joses, Nunezia and the van", "[x], Nunezia and the van"),
        ("https://example.org/joseph", "https://example.org/joseph"),
    ],
)
def test_a_name_is_found_however_it_is_written(text: str, told: str) -> None:
    people = ["José van Núñez", "José Núñez", "The Heron"]
    assert Mentions([], people, ["jose-nunez", "Q9876"]).replace(text, "[x]") == told


def test_of_names_that_begin_alike_the_longest_is_found() -> None:
    names = ["Ann", "Anna", "Anna Maria", "Annam", "Marianne"]
    told = Mentions(names, [], []).replace(
        "Anna  Maria's ANN, Annamese, Mari, Annam, Anna M.", "[x]"
    )
    assert told == "[x] [x], Annamese, Mari, [x], [x] M."


def test_names_of_other_scripts_are_found_within_words() -> None:
    mentions = Mentions([], ["김기", "Сергей", "安倍"], [])
    told = mentions.replace("김기는 Сергеи, 安倍氏; 기, Сергейчик", "[x]")
    assert told == "[x]는 [x], [x]氏; 기, Сергейчик"


OWN_TERM = """\
@prefix own: <https://example.org/own#> . @prefix schema: <https://schema.org/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix kg: <https://w3id.org/actor-kg/ns#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
own:sails a owl:ObjectProperty, kg:Relation ; rdfs:label "sails for Vael"@en ;
    rdfs:comment "As Vael did."@en ; schema:domainIncludes kg:Actor ;
    schema:rangeIncludes kg:Actor ; kg:temporalKind kg:EventRelation ; kg:family kg:EventTie .
<https://example.org/osk/> rdfs:comment "What Vael says."@en .
"""


def test_what_an_ontology_says_of_its_own_tells_no_withheld_name(kg: Kg, quarrel: Path) -> None:
    own = quarrel / "ontology" / "own.ttl"
    own.write_text(OWN_TERM)
    export = ("-C", quarrel, "export", "--format", "trig", "--redact", "vael")
    exported = kg(*export)
    assert exported.code == 0, exported.stderr
    assert "sails for [name withheld]" in exported.stdout
    assert not re.search("vael", exported.stdout, re.IGNORECASE)
    own.write_text(OWN_TERM.replace("own:sails", "own:sails-for-vael"))
    refused = kg(*export)
    assert "ontology/own.ttl: a term is called after what is withheld" in refused.stderr


def test_what_is_withheld_is_still_said_to_have_been_done() -> None:
    seen = redact_reading(
        reading(world(said("alpha", "meets", "beta", note="Alpha was early"))), ["alpha"]
    )
    (row,) = csv.DictReader(
        io.StringIO(export_reading(seen, ExportFormat.CSV).decode(), newline="")
    )
    assert row["subject"] == "withheld-1"
    assert row["subject_label"].endswith("1 [name withheld]")
    assert (row["predicate"], row["object"]) == ("meets", "beta")
    assert row["id"] == "withheld-meets-beta"
    assert row["note"] == "[name withheld] was early"


def test_the_class_of_what_is_withheld_stays_though_it_stands_in_the_name() -> None:
    seen = world(said("alpha", "meets", "beta", note="the State met Beta"))
    seen["actors"] = {**seen["actors"], "alpha": {"type": "State", "label": "State"}}
    data = export_reading(redact_reading(reading(seen), ["alpha"]), ExportFormat.CSV)
    (row,) = csv.DictReader(io.StringIO(data.decode(), newline=""))
    assert row["subject_label"] == "state 1 [name withheld]"
    assert row["note"] == "the [name withheld] met Beta"


def test_an_unknown_name_is_not_taken_for_withheld() -> None:
    with pytest.raises(KgError, match="no thing and no class is called 'alpa'"):
        redact_reading(reading(world(said("alpha", "meets", "beta"))), ["alpa"])


def test_the_command_counts_what_a_format_cannot_hold(kg: Kg) -> None:
    ran = kg("-C", REPOSITORY, "export", "--format", "ftm", "--redact", "Person")
    assert ran.code == 0
    assert ran.stderr.startswith("not in this format: ")
    assert " conclusions, " in ran.stderr
    assert all(json.loads(line)["id"] for line in ran.stdout.splitlines())


def test_help_says_what_each_format_holds() -> None:
    assert list(HOLDS) == list(ExportFormat)
