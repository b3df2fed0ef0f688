"""Qualifiers and typed values, as a curator uses them: shares, roles, scopes, votes, texts in two
languages.
"""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path

import pytest
from conftest import REPOSITORY, Kg
from hypothesis import given
from hypothesis import strategies as st
from readings import reading, said, world

from kg.dates import Day
from kg.export.formats import ExportFormat
from kg.export.table import write_table
from kg.export.write import export_reading
from kg.files.workspace import Workspace
from kg.model import Assertion
from kg.model.modes import Polarity
from kg.ontology.values import Datatype
from kg.reading import Reading, read
from kg.status.status import Status

TODAY = Day(2026, 11, 28)
PREFIXES = """\
@prefix own: <https://example.org/own/ns#> .
@prefix kg: <https://w3id.org/actor-kg/ns#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
SOURCES = """\
articles:
  courier:
    {title: Who owns Lumen, publisher: post, originator: post, published: 2021-03-16, paragraphs: 12,
     text_sha256: 339fd631536e49ba3758c11fb9b6d44849303e65ad5cec8a0bbf6004b10c5d07}
actors:
  post: {type: MediaOrganization, label: The Quay Courier}
  lumen: {type: Company, label: Lumen Ltd}
  prem: {type: Person, label: Ada Prem}
  varga: {type: Person, label: Ilse Varga}
  party-x: {type: PoliticalParty, label: Party X}
  teverra: {type: State, label: Teverra}
  orlania: {type: State, label: Orlania}
events:
  vote-1: {type: Decision, label: Vote on the amendment}
  vote-2: {type: Decision, label: Vote on the bill}
pacts:
  river-treaty: {type: Treaty, label: River Treaty}
places:
  mainland: {type: Region, label: Mainland}
  outer-isles: {type: Region, label: Outer Isles}
assertions:
"""


def relation(name: str, label: str, range: str, more: str = "") -> str:
    """The Turtle of a state from any thing to things of a class, or to values."""
    kind = "DatatypeProperty" if range in {*Datatype} else "ObjectProperty"
    return (
        f"own:{name} a owl:{kind} , kg:Relation {more} ;\n"
        f'  rdfs:label "{label}"@en ; rdfs:comment "It."@en ; schema:domainIncludes kg:Thing ;\n'
        f"  schema:rangeIncludes {range} ; kg:temporalKind kg:StateRelation ;"
        f" kg:family kg:StructureTie .\n"
    )


def looked(folder: Path, assertions: str, turtle: str = "") -> Reading:
    """A workspace of these assertions, each a line of YAML in braces, as kg reads it."""
    shutil.copytree(REPOSITORY / "ontology" / "core", folder / "ontology" / "core")
    shutil.copy(REPOSITORY / "ontology" / "dataset.ttl", folder / "ontology")
    (folder / "ontology" / "own.ttl").write_text(PREFIXES + turtle)
    (folder / "sources").mkdir()
    lines = [f"  - {{{line.strip()}, cite: {{courier: [2]}}}}" for line in assertions.splitlines()]
    (folder / "sources" / "case.yaml").write_text(SOURCES + "\n".join(lines) + "\n")
    return read(Workspace(folder), today=TODAY)


def errors(reading: Reading) -> list[tuple[str, str, str]]:
    """Code, message and hint of every error."""
    return [(d.rule.code, d.message, d.hint) for d in reading.diagnostics if d.is_error]


def sentences(reading: Reading) -> list[str]:
    """The sentences of all assertions that a curator wrote, in order of ids."""
    return [reading.statements[id].sentence for id in sorted(reading.corpus.assertions)]


def asked(reading: Reading, query: str) -> list[tuple[str | None, ...]]:
    """The rows of a query's answer, as texts."""
    solutions = reading.store.query(query, prefixes={**reading.ontology.prefixes})
    names = [variable.value for variable in solutions.variables]  # type: ignore[union-attr]
    return [
        tuple(row[name].value if row[name] else None for name in names)
        for row in solutions  # type: ignore[union-attr]
    ]


# Two edges between one pair


TWO_INTERESTS = """\
id: direct, subject: prem, predicate: owns, object: lumen, when: 2018/.., with: {share: 12 %, role: in person}
id: trust, subject: prem, predicate: owns, object: lumen, when: 2018/.., with: {share: 20..25 %, role: through a trust}"""


def test_two_interests_of_one_owner_at_one_time_are_two_assertions(tmp_path: Path) -> None:
    found = looked(tmp_path, TWO_INTERESTS)
    assert errors(found) == []
    assert sentences(found) == [
        "Ada Prem owns 12 % of Lumen Ltd (in person)",
        "Ada Prem owns 20 to 25 % of Lumen Ltd (through a trust)",
    ]
    assert {each.status for each in found.statements.values()} == {Status.ACCEPTED}


def test_one_interest_written_twice_is_one_however_its_share_is_written(tmp_path: Path) -> None:
    found = looked(
        tmp_path,
        "id: a, subject: prem, predicate: owns, object: lumen, with: {share: 12.50 %}\n"
        "id: b, subject: prem, predicate: owns, object: lumen, with: {share: 12.5%}",
    )
    assert [code for code, _, _ in errors(found)] == ["KG310"]


def test_shares_sum_and_sort_as_numbers_and_ranges_have_both_ends(tmp_path: Path) -> None:
    found = looked(tmp_path, TWO_INTERESTS)
    bounds = "SELECT (SUM(?a) AS ?least) (SUM(?b) AS ?most) { ?x kg:share ?q . ?q kg:atLeast ?a ; kg:atMost ?b }"
    assert asked(found, bounds) == [("32", "37")]
    exact = 'SELECT ?n { ?x kg:share ?q . ?q kg:number ?n ; kg:unit "%" }'
    assert asked(found, exact) == [("12",)]
    assert asked(found, "SELECT ?w { assertion:trust kg:with ?w }") == [
        ("role through a trust; share 20 to 25 %",)
    ]


def test_exports_tell_qualifiers_of_every_assertion(tmp_path: Path) -> None:
    found = looked(tmp_path, TWO_INTERESTS)
    rows = csv.DictReader(io.StringIO(write_table(found).decode()))
    assert [row["with"] for row in rows] == [
        "role in person; share 12 %",
        "role through a trust; share 20 to 25 %",
    ]
    graphml = export_reading(found, ExportFormat.GRAPHML).decode()
    assert '<data key="with_share">12.0</data>' in graphml
    assert "role through a trust; share 20 to 25 %" in graphml


def test_a_conclusion_keeps_the_qualifiers_of_what_it_follows_from(tmp_path: Path) -> None:
    turtle = relation("has", "has", "kg:Company", "; owl:inverseOf own:belongsTo")
    turtle += relation("belongsTo", "belongs to", "kg:Actor")
    found = looked(
        tmp_path, "subject: prem, predicate: has, object: lumen, with: {share: 9 %}", turtle
    )
    concluded = [s.sentence for s in found.statements.values() if s.assertion.rule]
    assert concluded == ["Lumen Ltd belongs to Ada Prem (9 %)"]


# Typed ranges


def test_values_are_typed_in_the_graph_and_refused_where_they_are_none(tmp_path: Path) -> None:
    turtle = relation("hasIndex", "has the index", "xsd:decimal")
    found = looked(
        tmp_path / "good",
        "subject: lumen, predicate: hasIndex, object: [12.5, 100]",
        turtle,
    )
    assert asked(found, "SELECT ?v { :lumen own:hasIndex ?v } ORDER BY ?v") == [("12.5",), ("100",)]
    assert asked(found, "SELECT (SUM(?v) AS ?s) { ?x own:hasIndex ?v }") == [("112.5",)]
    bad = looked(tmp_path / "bad", "subject: lumen, predicate: hasIndex, object: a lot", turtle)
    [(code, message, hint)] = errors(bad)
    assert (code, message) == ("KG114", "'object' must be a number, not 'a lot'")
    assert hint


@pytest.mark.parametrize(
    ("range", "value", "shown"),
    [
        ("xsd:integer", "1200", "1200"),
        ("xsd:boolean", "true", "true"),
        ("xsd:anyURI", '"https://lumen.example/"', "https://lumen.example/"),
        ("kg:edtf", "2021-03~", "2021-03~"),
        ("kg:Quantity", "40000000 EUR", "40 million EUR"),
        ("xsd:string", "a light of the river", "a light of the river"),
    ],
)
def test_every_datatype_can_be_said(tmp_path: Path, range: str, value: str, shown: str) -> None:
    turtle = relation("hasValue", "has the value", range)
    found = looked(tmp_path, f"subject: lumen, predicate: hasValue, object: {value}", turtle)
    assert errors(found) == []
    assert sentences(found) == [f"Lumen Ltd has the value {shown}"]


@pytest.mark.parametrize(
    ("turtle", "code", "words"),
    [
        (
            relation("odd", "is odd", "xsd:nonsense").replace("Object", "Datatype"),
            "KG307",
            "unknown datatype 'nonsense'",
        ),
        (
            relation("odd", "is odd", "xsd:decimal").replace("Datatype", "Object"),
            "KG307",
            "ties things, but names the datatype xsd:decimal",
        ),
        (
            relation("odd", "lies in", "kg:Place", ", owl:TransitiveProperty"),
            "KG316",
            "owl:TransitiveProperty",
        ),
        (
            relation("odd", "lies in", "kg:Place", "; owl:maxCardinality 1"),
            "KG316",
            "owl:maxCardinality",
        ),
        (
            relation("odd", "lies in", "kg:Place", "; kg:entersStage kg:Over"),
            "KG316",
            "entersStage",
        ),
        (relation("odd", "lies in", "kg:Place", "; rdfs:range kg:Place"), "KG316", "rdfs:range"),
    ],
)
def test_whatever_the_ontology_says_is_honoured_or_refused(
    tmp_path: Path, turtle: str, code: str, words: str
) -> None:
    found = errors(looked(tmp_path, "subject: prem, predicate: owns, object: lumen", turtle))
    assert [each[0] for each in found] == [code]
    assert words in found[0][1]
    assert found[0][2]


# Votes


VOTES = (
    relation("votesIn", "votes in", "kg:Event")
    + 'own:option a kg:Qualifier , owl:FunctionalProperty ; rdfs:label "{value}"@en ;'
    ' rdfs:comment "yes, no, abstained, recused or absent"@en ;'
    " schema:rangeIncludes xsd:string ; kg:qualifies own:votesIn .\n"
    'own:onBehalfOf a kg:Qualifier ; rdfs:label "on behalf of {value}"@en ;'
    ' rdfs:comment "For whom."@en ; schema:rangeIncludes kg:Actor ; kg:qualifies own:votesIn .\n'
)


def test_each_vote_ties_voter_event_option_and_group_and_counts_by_option(tmp_path: Path) -> None:
    found = looked(
        tmp_path,
        "id: a, subject: varga, predicate: votesIn, object: vote-1, with: {option: 'no', onBehalfOf: party-x}\n"
        "id: b, subject: varga, predicate: votesIn, object: vote-2, with: {option: 'yes'}\n"
        "id: c, subject: prem, predicate: votesIn, object: [vote-1, vote-2], with: {option: recused}",
        VOTES,
    )
    assert errors(found) == []
    assert (
        sentences(found)[0] == "Ilse Varga votes in Vote on the amendment on behalf of Party X (no)"
    )
    counts = "SELECT ?o (COUNT(?a) AS ?n) { ?a own:option ?o } GROUP BY ?o ORDER BY ?o"
    assert asked(found, counts) == [("no", "1"), ("recused", "2"), ("yes", "1")]
    assert asked(found, "SELECT ?g { ?a own:onBehalfOf/rdfs:label ?g }") == [("Party X",)]
    early = found.as_known_by(Day(2021, 3, 16))
    assert early.statements["a"].sentence == found.statements["a"].sentence


def test_a_qualifier_is_one_of_the_ontology_and_goes_with_its_relation(tmp_path: Path) -> None:
    found = looked(
        tmp_path,
        "subject: prem, predicate: owns, object: lumen, with: {shares: 3 %}\n"
        "subject: prem, predicate: owns, object: lumen, with: {option: 'yes'}\n"
        "subject: varga, predicate: votesIn, object: vote-1, with: {onBehalfOf: lumn}\n"
        "subject: varga, predicate: votesIn, object: vote-1, with: {onBehalfOf: vote-2}\n"
        "subject: varga, predicate: owns, object: lumen, with: {share: [3 %, 4 %]}",
        VOTES,
    )
    assert sorted(code for code, _, _ in errors(found)) == [
        "KG201",
        "KG305",
        "KG314",
        "KG315",
        "KG317",
    ]
    assert all(hint for _, _, hint in errors(found))


def test_a_scope_may_be_a_text_but_no_misspelt_id(tmp_path: Path) -> None:
    line = "subject: teverra, predicate: partyTo, object: river-treaty, with: {scope: SCOPE}"
    text = looked(tmp_path / "text", line.replace("SCOPE", "the upper river"))
    assert sentences(text) == ["Teverra is party to River Treaty for the upper river"]
    slip = looked(tmp_path / "slip", line.replace("SCOPE", "outer-iles"))
    [(code, _, hint)] = errors(slip)
    assert code == "KG201"
    assert "outer-isles" in hint


# Languages


def test_a_text_can_be_said_in_two_languages(tmp_path: Path) -> None:
    line = (
        "subject: lumen, predicate: hasFullName, object: {en: River Light, fr: Lumière du fleuve}"
    )
    found = looked(tmp_path, line)
    assert errors(found) == []
    french = 'SELECT ?n { :lumen kg:hasFullName ?n FILTER(LANG(?n) = "fr") }'
    assert asked(found, french) == [("Lumière du fleuve",)]
    assert {each.status for each in found.statements.values()} == {Status.ACCEPTED}


def test_a_text_needs_a_language_where_the_range_says_so_and_has_none_elsewhere(
    tmp_path: Path,
) -> None:
    turtle = relation("isNamed", "is named", "rdf:langString")
    turtle += relation("hasCode", "has the code", "xsd:string")
    found = looked(
        tmp_path,
        "subject: lumen, predicate: isNamed, object: River Light\n"
        "subject: lumen, predicate: hasCode, object: {en: L1}",
        turtle,
    )
    assert sorted(code for code, _, _ in errors(found)) == ["KG104", "KG114"]


# Scope


def test_a_sentence_tells_the_place_and_scope_that_a_denial_denies(tmp_path: Path) -> None:
    found = looked(
        tmp_path,
        "id: main, subject: teverra, predicate: partyTo, object: river-treaty, where: mainland\n"
        "id: isles, subject: teverra, predicate: partyTo, object: river-treaty, with: {scope: outer-isles},"
        " according_to: orlania\n"
        "id: isles-denied, denies: isles, according_to: teverra",
    )
    assert errors(found) == []
    said_of = {id: found.statements[id].sentence for id in found.corpus.assertions}
    assert said_of["main"] == "Teverra is party to River Treaty in Mainland"
    assert said_of["isles-denied"] == (
        "Teverra denies that Teverra is party to River Treaty for Outer Isles"
    )


# Figures on pages


def test_figures_and_texts_of_a_thing_stand_on_its_page(tmp_path: Path, kg: Kg) -> None:
    turtle = relation("hasTurnover", "has the turnover", "kg:Quantity")
    looked(
        tmp_path,
        "subject: prem, predicate: owns, object: lumen, with: {share: 12 %}\n"
        "id: turnover, subject: lumen, predicate: hasTurnover, object: 40000000 EUR\n"
        "id: full, subject: lumen, predicate: hasFullName, object: Lumen River Light Ltd",
        turtle,
    )
    (tmp_path / "viz").mkdir()
    for name in ("everything.rq", "style.yaml"):
        shutil.copy(REPOSITORY / "viz" / name, tmp_path / "viz" / name)
    made = kg("view", "everything", cwd=tmp_path)
    assert made.code == 0, made.stderr
    page = (tmp_path / "site" / "everything.html").read_text()
    for words in ("40 million EUR", "Lumen River Light Ltd", "12 %"):
        assert words in page
    assert page.count("<tr data-tie=") == 3


# Every qualifier is told


SHARES = st.sampled_from(("3 %", "10..15 %", "more than 50 %", None))
ROLES = st.sampled_from(("acting", "as guest", None))
SCOPES = st.sampled_from(("here", "the upper river", None))


@given(SHARES, ROLES, SCOPES, st.booleans())
def test_a_sentence_names_every_qualifier(
    share: str | None, role: str | None, scope: str | None, negated: bool
) -> None:
    values = {"share": share, "role": role, "scope": scope}
    qualifiers = {name: value for name, value in values.items() if value}
    fields = {"with": qualifiers} if qualifiers else {}
    if negated:
        fields |= {"negated": "true"}  # type: ignore[dict-item]
    found = reading(world(said("alpha", "partyTo", "pact", **fields)))
    [assertion] = found.corpus.assertions.values()
    assert isinstance(assertion, Assertion)
    assert (assertion.polarity is Polarity.DENIES) is negated
    statement = found.statements[assertion.id]
    for names in statement.qualifiers.values():
        assert all(name.label in statement.sentence for name in names)
    assert statement.qualifiers.keys() == qualifiers.keys()


def test_a_unit_of_ones_own_is_read_without_its_braces_and_several_speakers_say_so() -> None:
    sold = said("alpha", "pays", "beta", id="sold", according_to=["alpha", "beta"])
    [statement] = reading(world({**sold, "with": {"amount": "400 {gulden}"}})).statements.values()
    assert (
        statement.sentence == "Alpha and Beta say that Alpha pays Beta to the amount of 400 gulden"
    )
    assert statement.reason.startswith("Alpha and Beta say so;")
    assert statement.values == {"amount": ["400 {gulden}"]}
