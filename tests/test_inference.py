"""What follows, follows by a rule from what is accepted, and from nothing else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from conftest import Kg
from corpora import WORLD, corpus, worlds
from hypothesis import given, settings
from pyoxigraph import RdfFormat, parse
from readings import BARE, CORE
from test_law import direct_triples, stated_triples

from kg.files.output import GRAPH
from kg.files.workspace import SourceFile, Workspace
from kg.model import Assertion
from kg.ontology.reader import read_ontology
from kg.rdf.writer import write_graph
from kg.reading import Reading, read
from kg.status.inference import RULES, judge
from kg.status.statement import Statements
from kg.status.status import Standing, Status, judge_standings
from kg.status.support import independent_sources

CORE_FILES = Workspace(Path(__file__).parent.parent).files("ontology", (".ttl",)).contents


def said(subject: str, predicate: str, object: str, **fields: Any) -> dict[str, Any]:
    return {
        "subject": subject,
        "predicate": predicate,
        "object": object,
        "cite": {"article-1": ["1"]},
        **fields,
    }


def conclusions(
    *assertions: dict[str, Any], **sections: Any
) -> dict[tuple[str, str, str], tuple[str, Standing]]:
    """What a world with these assertions concludes: the triple, with the rule and the standing."""
    world = corpus({**WORLD, **sections, "assertions": list(assertions)}, CORE)
    extended, found, *_ = judge(world, CORE)
    drawn: list[Assertion] = [a for a in extended.assertions.values() if a.rule]
    return {(a.subject.id, a.predicate.id, a.object_key): (a.rule, found[a.id]) for a in drawn}


def test_a_symmetric_relation_holds_from_its_other_end() -> None:
    rule, standing = conclusions(said("alpha", "meets", "beta"))["beta", "meets", "alpha"]
    assert (rule, standing.status) == ("symmetric", Status.ACCEPTED)


def test_an_inverse_relation_holds_from_its_other_end() -> None:
    events = {"events": {id: {"type": "Meeting", "label": id} for id in ("summit", "later")}}
    found = conclusions(said("summit", "precedes", "later"), **events)
    assert found["later", "follows", "summit"][0] == "inverse"


def test_a_special_relation_is_also_every_more_general_one() -> None:
    people = {"actors": {**WORLD["actors"], "ann": {"type": "Person", "label": "Ann"}}}
    found = conclusions(said("ann", "foreignMinisterOf", "alpha"), **people)
    assert {p for s, p, o in found if (s, o) == ("ann", "alpha")} == {
        "ministerOf",
        "holdsOfficeIn",
        "holdsPositionIn",
    }


def test_an_official_act_of_a_body_is_an_act_of_the_state_it_acts_for_but_its_words_are_not() -> (
    None
):
    actors = {**WORLD["actors"], "gov": {"type": "Government", "label": "Gov", "acts_for": "alpha"}}
    found = conclusions(
        said("gov", "signed", "pact"), said("gov", "supports", "pact"), actors=actors
    )
    assert found["alpha", "signed", "pact"][0] == "acts-for"
    assert ("alpha", "supports", "pact") not in found


@pytest.mark.parametrize(
    ("when", "meet"), [("2001-05-04", True), ("2001-05", False), ("2002", False)]
)
def test_two_ministers_are_counterparts_only_where_both_are_attested_at_one_time(
    when: str, meet: bool
) -> None:
    people = {**WORLD["actors"], **{id: {"type": "Person", "label": id} for id in ("ann", "bob")}}
    found = conclusions(
        said("ann", "foreignMinisterOf", "alpha", when="2001-05-04"),
        said("bob", "foreignMinisterOf", "beta", when=when),
        actors=people,
    )
    assert (("ann", "counterpartOf", "bob") in found) is meet


@pytest.mark.parametrize(
    "weakness",
    [{"according_to": "beta"}, {"mode": "planned"}, {"mode": "opinion"}],
)
def test_nothing_follows_from_what_is_not_accepted(weakness: dict[str, str]) -> None:
    assert conclusions(said("alpha", "meets", "beta", **weakness)) == {}


def test_a_conclusion_that_is_denied_is_not_accepted() -> None:
    ministry = {"ministry": {"type": "Ministry", "label": "Ministry", "acts_for": "alpha"}}
    found = conclusions(
        said("ministry", "signed", "pact"),
        said("alpha", "signed", "pact", id="claim", according_to="alpha"),
        {"denies": "claim", "according_to": "beta", "cite": {"article-2": ["2"]}},
        actors={**WORLD["actors"], **ministry},
    )
    assert found["alpha", "signed", "pact"][1].status is Status.CONTESTED


def test_nothing_follows_from_a_special_relation_whose_general_one_is_denied() -> None:
    people = {"actors": {**WORLD["actors"], "ann": {"type": "Person", "label": "Ann"}}}
    claim = said("ann", "holdsOfficeIn", "alpha", id="claim", according_to="alpha")
    denial = {"denies": "claim", "according_to": "beta", "cite": {"article-2": ["2"]}}
    special = said("ann", "foreignMinisterOf", "alpha")
    assert conclusions(special, claim, **people).keys() == {
        ("ann", relation, "alpha")
        for relation in ("ministerOf", "holdsOfficeIn", "holdsPositionIn")
    }
    assert conclusions(special, claim, denial, **people) == {}


@given(worlds())
@settings(max_examples=100, deadline=None)
def test_the_law_holds_with_conclusions_and_each_knows_its_rule_and_accepted_parents(
    world: dict[str, Any],
) -> None:
    judgement = judge(corpus(world, CORE), CORE)
    extended, found, *_ = judgement
    statements = Statements(judgement, CORE, extended.assertions, {})
    data = write_graph(extended, BARE, statements)[GRAPH]
    quads = list(parse(data, RdfFormat.N_QUADS))
    assert direct_triples(quads, CORE) == stated_triples(quads, "Accepted", "Asserts")
    for a in extended.assertions.values():
        if a.rule and found[a.id].status is Status.ACCEPTED:
            assert a.rule in RULES
            assert all(found[parent.id].status is Status.ACCEPTED for parent in a.follows_from)


@pytest.fixture(scope="module")
def example() -> Reading:
    return read(Workspace(Path(__file__).parent.parent))


def test_conclusions_are_marked_and_never_counted_among_what_curators_wrote(
    example: Reading,
) -> None:
    store = example.store
    both = store.query(
        "ASK { ?a a <https://w3id.org/actor-kg/ns#Inferred> , <https://w3id.org/actor-kg/ns#Assertion> }"
    )
    assert not bool(both)
    assert any(a.rule for a in example.graph_corpus.assertions.values())
    assert not any(a.rule for a in example.visible_corpus.assertions.values())


def test_why_prints_the_chain_of_a_conclusion_down_to_the_paragraphs(
    example: Reading, kg: Kg, repository: Path
) -> None:
    chain = next(
        a
        for a in example.graph_corpus.assertions.values()
        if a.rule == "sub-property" and example.graph_corpus.assertions[a.follows_from[0].id].rule
    )
    answer = kg("-C", repository, "why", chain.id, "--format", "json")
    assert answer.code == 0, answer.stderr
    told = json.loads(answer.stdout)
    cited = [card for card in told["beside"] if card["citations"]]
    assert told["assertions"][0]["rule"] == "sub-property"
    assert cited
    words = kg("-C", repository, "why", chain.id).stdout
    assert all(
        f"{place['article']}, paragraph" in words for card in cited for place in card["citations"]
    )


def test_conclusions_are_drawn_until_nothing_new_follows() -> None:
    """A chain of ten is followed to its end, be it of relations or of bodies that act for others."""
    own = "".join(
        f"x:r{n} a owl:ObjectProperty , kg:Relation ; rdfs:subPropertyOf x:r{n + 1} .\n"
        for n in range(10)
    )
    prefixes = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in CORE.prefixes.items())
    turtle = f"{prefixes}@prefix x: <https://example.org/x#> .\n{own}x:r10 a kg:Relation .\n"
    ontology, _ = read_ontology([*CORE_FILES, SourceFile("ontology/x.ttl", turtle.encode())])
    world = corpus({**WORLD, "assertions": [said("alpha", "r0", "beta")]}, ontology)
    drawn = judge(world, ontology).corpus.assertions.values()
    assert {a.predicate.id for a in drawn} == {f"r{n}" for n in range(11)}

    bodies = {f"body-{n}": {"type": "Government", "label": f"Body {n}"} for n in range(11)}
    for n in range(10):
        bodies[f"body-{n}"]["acts_for"] = f"body-{n + 1}"
    found = conclusions(said("body-0", "signed", "pact"), actors={**WORLD["actors"], **bodies})
    assert {s for s, _, _ in found} >= {f"body-{n}" for n in range(1, 11)}


def test_a_chain_of_a_thousand_inferences_is_followed_to_its_ground() -> None:
    """Listed from its end, so that each is met before what it follows from."""
    chain = [
        {
            **said("alpha", "meets", "beta", when=str(1000 + n)),
            "id": f"step-{n}",
            "basis": "inferred",
            "from": [f"step-{n - 1}"],
        }
        for n in range(1500, 0, -1)
    ]
    for each in chain:
        del each["cite"]
    seen = corpus(
        {**WORLD, "assertions": [*chain, said("alpha", "meets", "beta", id="step-0")]}, CORE
    )
    assert judge_standings(seen, CORE)["step-1500"].status is Status.ACCEPTED
    assert independent_sources(seen.assertions["step-1500"], judge(seen, CORE)) == 1
