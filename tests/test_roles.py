"""What kg does with a term is said in the ontology: a new family, life, office or role needs Turtle
and no Python.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from conftest import REPOSITORY
from corpora import corpus
from readings import CORE, reading, said, things, world

from kg.dates.calendar import Day
from kg.diagnostics import KgError
from kg.files.workspace import SourceFile, Workspace
from kg.ontology import Ontology
from kg.ontology.reader import read_ontology
from kg.reading import Reading
from kg.reports.dispute_questions import Question
from kg.reports.life_summary import life_summary
from kg.reports.lives.lives import life_on
from kg.reports.network.shape import analyse_shape
from kg.reports.network.sides import on_sides
from kg.reports.positions import position_matrices
from kg.reports.timeline import make_timeline
from kg.reports.vocabulary import list_terms
from kg.status.inference import judge
from kg.status.status import Status

PREFIXES = """\
@prefix kg: <https://w3id.org/actor-kg/ns#> . @prefix own: <https://example.org/own#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix schema: <https://schema.org/> .
"""
SIDES = (said("alpha", "involvedIn", "row"), said("beta", "involvedIn", "row"))
CORE_FILES = Workspace(REPOSITORY).files("ontology", (".ttl",)).contents


def extended(turtle: str) -> Ontology:
    """The core with more Turtle."""
    own = SourceFile("ontology/own.ttl", (PREFIXES + turtle).encode())
    found, problems = read_ontology([*CORE_FILES, own])
    assert not problems
    return found


def relation(name: str, subject: str, object: str, rest: str, family: str = "kg:EventTie") -> str:
    """The Turtle of a relation between two classes."""
    return (
        f'own:{name} a owl:ObjectProperty , kg:Relation ; rdfs:label "{name}" ;'
        ' rdfs:comment "It." ;'
        f" schema:domainIncludes kg:{subject} ; schema:rangeIncludes kg:{object} ;"
        f" kg:family {family} ; {rest} .\n"
    )


def seen(turtle: str, *assertions: dict[str, Any], **more: Any) -> Reading:
    """A world read with the core and more Turtle."""
    own = extended(turtle)
    return replace(reading(world()), written=corpus(world(*assertions, **more), own), ontology=own)


def questions(found: Reading) -> list[Question]:
    """The questions of the row."""
    [matrix] = position_matrices("row", found)
    return list(matrix.questions)


# Families


def family(rest: str = "") -> str:
    named = 'own:TradeTie a kg:TieFamily ; rdfs:label "trade" ; rdfs:comment "Goods." ; kg:order 6'
    return f"{named} {rest} .\n" + relation(
        "bartersWith", "Actor", "Actor", "kg:sign kg:Positive", "own:TradeTie"
    )


def test_a_family_of_one_s_own_is_listed_in_its_order() -> None:
    lines = list_terms(extended(family())).splitlines()
    families = [line for line in lines if line.endswith("Tie:")]
    assert families == [
        *(
            "StructureTie:",
            "PactTie:",
            "DisputeTie:",
            "EventTie:",
            "SpeechTie:",
            "BusinessTie:",
            "TradeTie:",
        )
    ]


def test_a_missing_family_is_told_with_those_of_one_s_own() -> None:
    turtle = PREFIXES + family() + relation("owes", "Actor", "Actor", "", "own:DebtTie")
    _, problems = read_ontology([*CORE_FILES, SourceFile("ontology/own.ttl", turtle.encode())])
    assert [problem.hint.rpartition(", ")[2] for problem in problems] == ["own:TradeTie"]


def test_a_claim_is_a_position_unless_its_family_gives_accounts() -> None:
    claim = {**said("alpha", "bartersWith", "beta"), "according_to": "alpha"}
    assert [question.title for question in questions(seen(family(), *SIDES, claim))] == [
        "Alpha bartersWith Beta"
    ]
    assert not questions(seen(family("; kg:givesAccounts true"), *SIDES, claim))


def test_a_deed_shows_a_stand_where_its_family_says_so() -> None:
    deed, topic = said("alpha", "bartersWith", "summit"), said("row", "concerns", "summit")
    assert not questions(seen(family(), *SIDES, topic, deed))
    stands = questions(seen(family("; kg:showsStand true"), *SIDES, topic, deed))
    assert [question.title for question in stands] == ["For or against Summit"]


# Lives

EMBARGO = (
    'own:Embargo a owl:Class ; rdfs:subClassOf kg:Event ; rdfs:label "embargo" ;'
    ' rdfs:comment "It." ; kg:binds true ; kg:wordsBefore "not yet declared"@en ;'
    ' kg:wordsAlive "in effect"@en .\n'
) + relation("declares", "Actor", "Event", "kg:datesEvent rdf:object ; kg:entersStatus kg:Ongoing")

FIRM = (
    'own:Firm a owl:Class ; rdfs:subClassOf kg:Company ; rdfs:label "firm" ; rdfs:comment "It." ;'
    ' kg:livesThrough own:FirmStatus ; kg:wordsBefore "not yet founded"@en .\n'
    'own:FirmStatus a owl:Class ; rdfs:label "status of a firm" ; rdfs:comment "It." .\n'
    'own:Opened a own:FirmStatus ; rdfs:label "in business" ; kg:lifecycleRank 1 ;'
    " kg:isInForce true .\n"
    'own:Closed a own:FirmStatus ; rdfs:label "closed" ; kg:lifecycleRank 2 ; kg:isFinal true ;'
    " kg:isInForce false .\n"
    + relation("registers", "Actor", "Company", "kg:entersStatus own:Opened")
    + relation("closes", "Actor", "Company", "kg:entersStatus own:Closed")
)


def on(day: str, id: str, found: Reading) -> tuple[str, str]:
    """Where a thing stands on a day, in words, and whether it binds then."""
    lived = life_on(id, Day(*map(int, day.split("-"))), found)
    return life_summary(lived, found.corpus.assertions), lived.in_force


def test_a_kind_of_event_has_words_of_its_own_and_may_bind() -> None:
    declared = said("alpha", "declares", "embargo", when="2003-02-01")
    found = seen(EMBARGO, declared, **things("events", "Embargo", "embargo"))
    assert on("2003-01-01", "embargo", found) == ("not yet declared", "no")
    assert on("2003-02-01", "embargo", found) == ("in effect", "yes")


def test_things_of_any_section_live_through_stages_of_one_s_own() -> None:
    founded = said("alpha", "registers", "acme", when="2003-02-01")
    closed = said("alpha", "closes", "acme", when="2005-02-01")
    found = seen(FIRM, founded, closed, **things("actors", "Firm", "acme"))
    assert [on(f"{year}-03-01", "acme", found) for year in (2002, 2003, 2006)] == [
        ("not yet founded", ""),
        ("in business", ""),
        ("closed", ""),
    ]
    with pytest.raises(KgError, match="only things of the classes Dispute, Event,"):
        life_on("here", Day(2003, 1, 1), found)


def test_what_the_ontology_gives_no_stages_has_no_life() -> None:
    found = reading(world(**things("actors", "Person", "ann")))
    with pytest.raises(KgError, match="'ann' is a Person: only things of"):
        life_on("ann", Day(2003, 1, 1), found)


# Offices, sides, topics, order and identity


def test_an_office_of_one_s_own_brings_to_the_side_of_its_state_and_makes_counterparts() -> None:
    office = relation(
        "regentOf",
        "Person",
        "State",
        "rdfs:subPropertyOf kg:holdsOfficeIn ; kg:temporalKind kg:StateRelation ;"
        " kg:makesCounterparts kg:counterpartOf",
        "kg:StructureTie",
    )
    held = [
        said(one, "regentOf", state, when="2003-01-01/2003-12-31")
        for one, state in (("ann", "alpha"), ("bob", "beta"))
    ]
    found = seen(office, *held, **things("actors", "Person", "ann", "bob"))
    assert on_sides(["alpha"], found) == {"alpha": {"alpha", "ann"}}
    conclusions = judge(found.corpus, found.ontology).corpus.assertions.values()
    assert ("ann", "counterpartOf", "bob") in {a.triple for a in conclusions}


def test_a_forum_of_one_s_own_is_left_out_of_paths() -> None:
    kind = (
        'own:Fair a owl:Class ; rdfs:subClassOf kg:Event ; rdfs:label "fair" ; rdfs:comment "It."'
    )
    visits = [said(actor, "takesPartIn", "fair") for actor in ("alpha", "beta")]
    fair = things("events", "Fair", "fair")
    assert len(analyse_shape(seen(f"{kind} .", *visits, **fair)).ties.selected) == 2
    assert not analyse_shape(seen(f"{kind} ; kg:isForum true .", *visits, **fair)).ties.selected


def test_roles_of_relations_of_one_s_own_bring_events_into_a_dispute_and_its_timeline() -> None:
    topic = relation("dealsWith", "Event", "Dispute", "kg:namesTopic true")
    side = relation("quarrelsIn", "Actor", "Dispute", "kg:makesSide true")
    about = said("summit", "dealsWith", "row")
    spoken = {**said("alpha", "linkedTo", "summit"), "according_to": "alpha"}
    dated = said("alpha", "takesPartIn", "summit", when="2003-02-01")
    sides = [said(actor, "quarrelsIn", "row") for actor in ("alpha", "beta")]
    found = seen(topic + side, *sides, about, spoken, dated)
    assert [question.silent for question in questions(found)] == [("beta",)]
    entries = make_timeline(["row"], None, None, list(Status), found)
    assert [point.date.text for point in entries.points] == ["2003-02-01"]


def test_events_are_told_in_the_order_that_a_relation_of_one_s_own_gives() -> None:
    order = relation("wasAfter", "Event", "Event", "kg:earlierEnd rdf:object")
    events = things("events", "Meeting", "talks")
    dated = [said("alpha", "takesPartIn", event, when="2003") for event in ("talks", "summit")]
    later = said("summit", "wasAfter", "talks")
    for assertions, expected in (
        (dated, ["summit", "talks"]),
        ([*dated, later], ["talks", "summit"]),
    ):
        found = make_timeline([], None, None, list(Status), seen(order, *assertions, **events))
        [point] = found.points
        assert [bundle.event for bundle in point.bundles] == expected


def test_a_judgement_of_one_s_own_merges() -> None:
    own = relation("isJust", "Thing", "Thing", "kg:judgesIdentity kg:Same", "kg:StructureTie")
    merged = said("pact", "isJust", "accord", basis="editorial", note="Two names.")
    party = said("alpha", "partyTo", "accord")
    found = seen(own, merged, party, **things("pacts", "Treaty", "accord"))
    assert ("alpha", "partyTo", "pact") in {a.triple for a in found.corpus.assertions.values()}


# No part by name

WORDS = {"ends", "rules", "says", "threatens", "Report", "sameAs", "Thing", "joins", "begins"}
"""English words that the code uses, a property of schema.org, and the look of whatever has none."""


OTHERS = {("follow_the_money.py", name) for name in ("Company", "Organization")}
OTHERS |= {("actors.py", "Person"), ("sparql.html", "partyTo")}
"""Schemata of FollowTheMoney, by the file that knows them; and an example of a query."""
QUOTED = re.compile(r"""(?<=["'`])\w+(?=["'`])|(?<=kg:)\w+""")


def literals() -> Iterator[tuple[str, object]]:
    """The texts in the code of kg, its scripts and its templates, each with the file's name."""
    for file in sorted((REPOSITORY / "kg").rglob("*.*")):
        folders = file.relative_to(REPOSITORY).parts
        if {"node_modules", "tests"} & {*folders} or "bundle" in file.name:
            continue
        if file.suffix == ".py":
            nodes = ast.walk(ast.parse(file.read_bytes()))
            yield from ((file.name, n.value) for n in nodes if isinstance(n, ast.Constant))
        elif file.suffix in (".js", ".html"):
            yield from ((file.name, word) for word in QUOTED.findall(file.read_text("utf-8")))


def test_no_term_has_a_part_to_play_by_its_name() -> None:
    names = {name for name in CORE.classes if CORE.is_a(name, ["Thing"])}
    names |= CORE.relations.keys() | CORE.families.keys() | CORE.stages.keys()
    found = {(file, value) for file, value in literals() if value in names - WORDS}
    assert found == OTHERS


def test_a_core_without_roles_is_told_to_be_of_an_older_kg() -> None:
    without = [
        replace(file, data=file.data.replace(b"kg:listedIn", b"kg:wasListedIn"))
        for file in CORE_FILES
    ]
    [problem] = read_ontology(without)[1]
    assert (problem.rule.code, str(problem.span)) == ("KG307", "ontology/core")
