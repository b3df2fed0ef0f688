"""Merging two ids gives the answers of one: over generated worlds, for every question."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from corpora import worlds
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from readback import quads_of
from readings import BARE, reading, said

from kg.dates import Day
from kg.files.workspace import Workspace
from kg.query.folder import read_saved_queries
from kg.query.parameters import ParamKind
from kg.query.run import ask_store
from kg.query.saved import SavedQuery, bind_parameters
from kg.reading import Reading
from kg.reports.analysis_document import analysis_document
from kg.reports.document import as_text
from kg.reports.life_document import life_document
from kg.reports.lives.lives import life_on
from kg.reports.network.paths import PathQuestion, find_paths
from kg.reports.network.shape import analyse_shape
from kg.reports.path_document import path_document
from kg.reports.position_document import position_document
from kg.reports.positions import position_matrices
from kg.reports.timeline import make_timeline
from kg.reports.timeline_document import timeline_document
from kg.status.lens import Lens
from kg.status.status import Status

QUERIES = read_saved_queries(Workspace(Path(__file__).parent.parent))
SAME = {
    "id": "same",
    "subject": "alpha",
    "predicate": "sameAs",
    "object": "alpha-two",
    "basis": "editorial",
    "note": "One state.",
}
REQUIRED = {ParamKind.DATE: "2001-05-04", ParamKind.ASSERTION: "a0", ParamKind.ARTICLE: "article-1"}
LENSES = st.sampled_from(
    (
        Lens(),
        Lens(true_on=Day(2001, 5, 4)),
        Lens(known_by=Day(2010, 2, 1)),
        Lens(according_to=("alpha",)),
        Lens(min_sources=2),
        Lens(statuses=(Status.ACCEPTED,)),
    )
)


def with_two_ids(world: dict[str, Any]) -> dict[str, Any]:
    """A world in which alpha has a second id; the first article names both."""
    second = {"type": "State", "label": "Alpha"}
    named = [
        said(id, "takesPartIn", "summit", when=year)
        for id, year in (("alpha", "2006"), ("alpha-two", "2007"))
    ]
    return {
        **world,
        "actors": {**world["actors"], "alpha-two": second},
        "assertions": [*world["assertions"], *named, SAME],
    }


def with_one_id(world: dict[str, Any]) -> dict[str, Any]:
    """The same world where nobody ever used the second id."""
    two = with_two_ids(world)
    assertions = [each for each in two["assertions"] if each is not SAME]
    once = [
        {**each, "subject": "alpha"} if each.get("subject") == "alpha-two" else each
        for each in assertions
    ]
    return {**two, "actors": world["actors"], "assertions": once}


def parted(world: dict[str, Any], mentions: list[bool]) -> dict[str, Any]:
    """A world in which some mentions of alpha name its second id instead."""
    turns = iter(mentions)
    assertions = []
    for written in world["assertions"]:
        fields = dict(written)
        for field in ("subject", "object", "according_to", "via"):
            if fields.get(field) == "alpha" and fields["id"][1:].isdigit() and next(turns, False):
                fields[field] = "alpha-two"
        assertions.append(fields)
    return {**world, "assertions": assertions}


def bound(query: SavedQuery, seen: Reading, alpha: str) -> str:
    """A saved query whose parameters name what is in every world."""
    values = {}
    for param in query.params:
        if param.kind is ParamKind.THING and (param.default or param.required):
            values[param.name] = {"pact": "pact", "dispute": "row"}.get(param.name, alpha)
        elif param.required:
            values[param.name] = REQUIRED.get(param.kind, "1")
    return bind_parameters(query, values, seen.ontology, seen.store)


def rows(seen: Reading, query: SavedQuery, alpha: str) -> list[list[str]]:
    text = bound(query, seen, alpha)
    found = ask_store(seen.store, text, seen.ontology.prefixes, query.name).rows
    return [[str(term) for term in row] for row in found]


def triples(seen: Reading) -> set[str]:
    """The graph without the ids with which it was written."""
    return {
        str(quad) for quad in quads_of(seen) if not quad.predicate.value.endswith("#writtenWith")
    }


def answers(seen: Reading) -> dict[str, str]:
    """What commands print of a world."""
    whole = seen if not seen.lens.true_on else reading_without_day(seen)
    documents = {
        "disputes": position_document(position_matrices("", seen), seen),
        "analyse": analysis_document(analyse_shape(seen), seen),
        "timeline": timeline_document(
            make_timeline([], None, None, tuple(Status), seen), "-", None
        ),
    }
    if "pact" in whole.corpus.things:
        pact = life_on("pact", Day(2003, 1, 1), whole)
        documents["status"] = life_document(pact, whole)
    if {"alpha", "beta"} <= seen.visible_corpus.things.keys():
        paths = find_paths(seen, PathQuestion("alpha", "beta"))
        documents["path"] = path_document(paths, seen)
    return {name: as_text(document) for name, document in documents.items()}


def reading_without_day(seen: Reading) -> Reading:
    return replace(seen, lens=replace(seen.lens, true_on=None))


@settings(max_examples=25)
@given(worlds(), st.lists(st.booleans(), min_size=30, max_size=30), LENSES)
def test_an_answer_does_not_depend_on_which_of_two_ids_is_written(
    world: dict[str, Any], mentions: list[bool], lens: Lens
) -> None:
    speaks = any(each.get("according_to") == "alpha" for each in world["assertions"])
    assume(speaks or not lens.according_to)
    one = reading(with_two_ids(world), lens, BARE)
    two = reading(parted(with_two_ids(world), mentions), lens, BARE)
    assert {id: s.status for id, s in one.standings.items()} == {
        id: s.status for id, s in two.standings.items()
    }
    assert answers(one) == answers(two)
    plain = reading(with_one_id(world), lens, BARE)
    told, told_of_one = answers(two), answers(plain)
    assert {id: two.standings[id].status for id in plain.corpus.assertions} == {
        id: plain.standings[id].status for id in plain.corpus.assertions
    }
    for name in ("disputes", "analyse", "status"):
        assert told.get(name) == told_of_one.get(name)
    assert triples(one) == triples(two)


@settings(max_examples=8)
@given(worlds(), st.lists(st.booleans(), min_size=30, max_size=30))
def test_every_saved_query_finds_the_same_by_either_id(
    world: dict[str, Any], mentions: list[bool]
) -> None:
    one, two = (
        reading(each) for each in (with_two_ids(world), parted(with_two_ids(world), mentions))
    )
    for query in QUERIES.values():
        found = [
            rows(one, query, "alpha"),
            rows(two, query, "alpha"),
            rows(two, query, "alpha-two"),
        ]
        assert found[0] == found[1] == found[2], query.name


@settings(max_examples=25)
@given(worlds(), st.lists(st.booleans(), min_size=30, max_size=30))
def test_a_direct_triple_of_merged_things_stands_if_and_only_if_it_is_accepted(
    world: dict[str, Any], mentions: list[bool]
) -> None:
    seen = reading(parted(with_two_ids(world), mentions), ontology=BARE)
    relations = {relation.iri for relation in seen.ontology.relations.values()}
    direct = {str(quad.triple) for quad in quads_of(seen) if quad.predicate.value in relations}
    affirmed = {
        (statement.assertion.triple)
        for statement in seen.statements.values()
        if statement.is_affirmed
    }
    assert len(direct) == len(affirmed)
    named = {end for subject, predicate, object in affirmed for end in (subject, object)}
    assert "alpha-two" not in {
        end for triple in affirmed - {t for t in affirmed if t[1] == "sameAs"} for end in triple
    }
    assert {"alpha", "alpha-two"} <= named
