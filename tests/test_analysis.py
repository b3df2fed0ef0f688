"""``kg analyse``: degree, betweenness, communities, brokers, and who sides with whom."""

from __future__ import annotations

import json
from itertools import combinations, pairwise
from typing import Any

import networkx
import pytest
from conftest import REPOSITORY, Kg
from corpora import worlds
from hypothesis import given, settings
from pictures import read_example
from readings import CORE, reading, said, things, world

from kg.diagnostics import KgError
from kg.reports.analysis_document import analysis_document
from kg.reports.document import as_json, as_text
from kg.reports.network.asides import ALSO
from kg.reports.network.shape import Analysis, analyse_shape, sample_size
from kg.status.status import Status

PEOPLE = things("actors", "Person", "ann", "bob", "cid", "dan", "eve")
SIGNS = {relation.name: relation.sign for relation in CORE.relations.values()}


def analysed(*assertions: dict[str, Any], **options: Any) -> Analysis:
    return analyse_shape(reading(world(*assertions, **PEOPLE)), **options)


def sides(found: Analysis) -> dict[str, int]:
    """The sign of each pair, by both ids."""
    return {f"{pair.one} {pair.other}": pair.sign for pair in found.balance.pairs}


# Places in the graph


def test_neighbours_are_counted_once_and_ties_each() -> None:
    found = analysed(
        said("ann", "meets", "bob"), said("ann", "urges", "bob"), said("bob", "asks", "cid")
    )
    assert {place.id: (place.neighbours, place.ties) for place in found.centralities} == {
        "ann": (1, 2), "bob": (2, 3), "cid": (1, 1),
    }  # fmt: skip
    assert found.centralities[0].id == "bob"
    assert found.centralities[0].betweenness == 1


def test_pacts_disputes_and_events_count_only_if_asked_for() -> None:
    ties = (
        said("alpha", "partyTo", "pact"),
        said("beta", "partyTo", "pact"),
        said("alpha", "meets", "beta"),
    )
    assert {place.id for place in analysed(*ties).centralities} == {"alpha", "beta"}
    assert {place.id for place in analysed(*ties, actors_only=False).centralities} == {
        "alpha",
        "beta",
        "pact",
    }


def test_what_is_not_accepted_counts_only_if_asked_for() -> None:
    ties = (
        said("ann", "meets", "bob", according_to="cid"),
        said("bob", "meets", "cid", mode="planned"),
    )
    assert analysed(*ties).pairs == 0
    assert analysed(*ties, also=(Status.ATTRIBUTED,)).pairs == 1
    assert analysed(*ties, also=ALSO).pairs == 2


def test_two_groups_with_one_tie_between_them_are_two_communities() -> None:
    one = [said(a, "meets", b) for a, b in combinations(("ann", "bob", "cid"), 2)]
    other = [said(a, "meets", b) for a, b in combinations(("dan", "eve", "alpha"), 2)]
    found = analysed(*one, *other, said("cid", "meets", "dan"))
    assert found.communities == (("alpha", "dan", "eve"), ("ann", "bob", "cid"))
    assert found.modularity > 0.3


@given(worlds())
@settings(max_examples=60, deadline=None)
def test_places_agree_with_networkx_and_communities_part_all_things(
    generated: dict[str, Any],
) -> None:
    found = analyse_shape(reading(generated), also=ALSO, actors_only=False)
    graph: networkx.Graph[str] = networkx.Graph(
        (tie.source, tie.target) for tie in found.counted_ties
    )
    between = networkx.betweenness_centrality(graph)
    assert {place.id: round(place.betweenness, 9) for place in found.centralities} == {
        id: round(share, 9) for id, share in between.items()
    }
    assert {place.id: place.neighbours for place in found.centralities} == dict(graph.degree())
    assert sorted(id for each in found.communities for id in each) == sorted(graph)
    assert found.pairs == graph.number_of_edges()


def test_betweenness_is_exact_up_to_a_size_and_then_estimated_from_as_many_things_as_fit() -> None:
    assert sample_size(1_000, 5_000) == 0
    assert sample_size(2_000, 20_000) == 250
    assert sample_size(10_000_000, 10_000_000) == 1
    ring = [said(a, "meets", b) for a, b in pairwise(("ann", "bob", "cid", "dan", "eve", "ann"))]
    assert analysed(*ring).sampled == 0


# Brokers


OFFICES = (
    said("ann", "foreignMinisterOf", "alpha"),
    said("bob", "foreignMinisterOf", "beta"),
)


def test_a_broker_is_tied_to_both_sides_and_stands_on_neither() -> None:
    found = analysed(
        *OFFICES,
        said("cid", "meets", "ann"),
        said("cid", "meets", "bob"),
        said("dan", "meets", "ann"),
        said("ann", "meets", "bob"),
        between=("alpha", "beta"),
    )
    assert found.sides is not None
    assert (found.sides.one, found.sides.other) == (("alpha", "ann"), ("beta", "bob"))
    assert [broker.id for broker in found.sides.brokers] == ["cid"]
    assert [tie.id for tie in found.sides.direct] == ["ann-meets-bob"]


def test_an_office_that_is_only_claimed_puts_nobody_on_a_side() -> None:
    found = analysed(
        said("ann", "foreignMinisterOf", "alpha", according_to="dan"),
        said("ann", "meets", "bob"),
        said("bob", "foreignMinisterOf", "beta"),
        between=("alpha", "beta"),
    )
    assert found.sides is not None
    assert found.sides.one == ("alpha",)


def test_a_forum_that_both_sides_belong_to_is_no_broker() -> None:
    forum = things("actors", "IntergovernmentalOrganization", "forum")
    joined = world(said("alpha", "memberOf", "forum"), said("beta", "memberOf", "forum"), **forum)
    found = analyse_shape(reading(joined), between=("alpha", "beta"))
    assert found.sides is not None
    assert found.sides.brokers == ()


def test_one_who_is_only_against_both_is_told_as_such() -> None:
    hostile = world(said("gamma", "threatens", "alpha"), said("gamma", "threatens", "beta"))
    found = analyse_shape(reading(hostile), between=("alpha", "beta"))
    assert "gamma: Gamma (only against both)" in as_text(analysis_document(found, reading(hostile)))


@pytest.mark.parametrize(
    "two", [("alpha", "ann"), ("ann", "alpha"), ("alpha", "alpha"), ("alpha", "ministry")]
)
def test_two_of_one_side_are_refused(two: tuple[str, str]) -> None:
    ministry = {"ministry": {"type": "Ministry", "label": "Ministry", "acts_for": "alpha"}}
    seen = reading(world(*OFFICES, actors={**PEOPLE["actors"], **ministry}))
    with pytest.raises(KgError, match="are one side"):
        analyse_shape(seen, between=two)


def test_what_is_no_actor_has_no_side() -> None:
    with pytest.raises(KgError, match="no actor is called 'pact'"):
        analysed(*OFFICES, between=("alpha", "pact"))


# Who sides with whom


@pytest.mark.parametrize(
    ("ties", "sign"),
    [
        ([("ann", "supports", "bob")], 1),
        ([("ann", "criticises", "bob")], -1),
        ([("ann", "supports", "pact"), ("bob", "favoursRenewalOf", "pact")], 1),
        ([("ann", "opposes", "pact"), ("bob", "opposes", "pact")], 1),
        ([("ann", "supports", "pact"), ("bob", "opposes", "pact")], -1),
        ([("ann", "imposes", "curbs"), ("curbs", "appliesTo", "bob")], -1),
        ([("ann", "opposes", "curbs"), ("curbs", "appliesTo", "bob")], 1),
        ([("ann", "takesDecision", "verdict"), ("verdict", "benefits", "bob")], 1),
        ([("ann", "opposes", "verdict"), ("verdict", "benefits", "bob")], -1),
        ([("ann", "supports", "bob"), ("ann", "criticises", "bob")], 0),
    ],
)
def test_two_side_by_their_ties_and_by_what_lies_between_them(
    ties: list[tuple[str, str, str]], sign: int
) -> None:
    events = {
        "curbs": {"type": "Measure", "label": "Curbs"},
        "verdict": {"type": "Ruling", "label": "Verdict"},
    }
    seen = reading(world(*(said(*tie) for tie in ties), **PEOPLE, events=events))
    assert sides(analyse_shape(seen)) == {"ann bob": sign}


@pytest.mark.parametrize("relation", ["meets", "urges", "asks", "warns", "counterpartOf"])
def test_dealing_with_each_other_is_not_siding(relation: str) -> None:
    assert sides(analysed(said("ann", relation, "bob"))) == {}


def test_being_party_to_one_pact_or_one_dispute_is_not_siding() -> None:
    joined = [
        said(a, r, o)
        for a in ("alpha", "beta")
        for r, o in (("partyTo", "pact"), ("involvedIn", "row"))
    ]
    assert sides(analysed(*joined)) == {}


def test_one_quarrel_reported_ten_times_is_one_ground() -> None:
    reports = [
        said("ann", "criticises", "bob", id=f"report-{n}", when=f"200{n}") for n in range(10)
    ]
    found = analysed(*reports, said("ann", "supports", "bob"))
    assert sides(found) == {"ann bob": 0}


def test_whoever_was_for_and_against_a_matter_counts_for_neither() -> None:
    found = analysed(
        said("alpha", "announcesTerminationOf", "pact"),
        said("alpha", "suspendsTerminationOf", "pact"),
        said("beta", "supports", "pact"),
    )
    assert sides(found) == {}
    assert found.balance.ambivalent == (("alpha", "pact"),)


def test_a_body_counts_as_the_one_it_acts_for() -> None:
    bodies = {
        "ministry": {"type": "Ministry", "label": "Ministry", "acts_for": "cabinet"},
        "cabinet": {"type": "Government", "label": "Cabinet", "acts_for": "alpha"},
    }
    seen = reading(world(said("ministry", "criticises", "beta"), actors=bodies))
    assert seen.visible_corpus.last_principal("ministry") == "alpha"
    assert sides(analyse_shape(seen)) == {"alpha beta": -1}


@pytest.mark.parametrize(
    ("hostile", "balanced"),
    [
        ([], True),
        (["ann bob"], False),
        (["ann bob", "ann cid"], True),
        (["ann bob", "ann cid", "bob cid"], False),
    ],
)
def test_a_triad_is_balanced_if_an_even_number_of_its_pairs_is_hostile(
    hostile: list[str], balanced: bool
) -> None:
    pairs = combinations(("ann", "bob", "cid"), 2)
    ties = [said(a, "criticises" if f"{a} {b}" in hostile else "supports", b) for a, b in pairs]
    (triad,) = analysed(*ties).balance.triads
    assert triad.is_balanced is balanced


def test_every_triangle_of_signed_pairs_is_a_triad_once() -> None:
    everyone = [
        said(a, "supports", b) for a, b in combinations(("ann", "bob", "cid", "dan", "eve"), 2)
    ]
    triads = analysed(*everyone).balance.triads
    assert len(triads) == len({triad.actors for triad in triads}) == 10


def test_special_relations_have_the_sign_of_the_general_one() -> None:
    assert SIGNS["foreignMinisterOf"] == SIGNS["holdsPositionIn"] == 1
    assert SIGNS["favoursRenewalOf"] == SIGNS["supports"] == 1
    assert SIGNS["retaliatesFor"] == -1
    assert SIGNS["respondsTo"] == 0


def test_a_relation_has_at_most_one_sign_of_its_own() -> None:
    signed = [str(quad.subject) for quad in CORE.quads if quad.predicate.value.endswith("ns#sign")]
    assert len(signed) == len(set(signed)) > 20


# The worked example


@pytest.fixture(scope="module")
def example() -> dict[str, Any]:
    from kg.status.lens import Lens

    seen = read_example().under(Lens())
    found: dict[str, Any] = json.loads(
        as_json(analysis_document(analyse_shape(seen, between=("japan", "south-korea")), seen))
    )
    return found


def test_the_united_states_and_esper_deal_with_both_sides_of_the_row(
    example: dict[str, Any],
) -> None:
    brokers = {broker["id"]: broker for broker in example["sides"]["brokers"]}
    assert {"gov-us", "united-states", "esper"} <= set(brokers)
    assert not {"sullivan", "g20", "ev-admm-plus"} & set(brokers)
    assert brokers["gov-us"]["acts_for"] == "united-states"
    met = [tie["assertion"] for side in ("to_one", "to_other") for tie in brokers["esper"][side]]
    assert {"esper-met-kono", "esper-met-jeong"} <= set(met)
    assert {
        tie["sign"] for side in ("to_one", "to_other") for tie in brokers["north-korea"][side]
    } == {-1}


def test_the_united_states_stand_between_two_allies_at_odds(example: dict[str, Any]) -> None:
    signs = {(pair["one"], pair["other"]): pair["sign"] for pair in example["pairs"]}
    assert signs["japan", "south-korea"] == -1
    assert signs["japan", "united-states"] == signs["south-korea", "united-states"] == 1
    frustrated = [triad["actors"] for triad in example["triads"] if not triad["balanced"]]
    assert ["japan", "south-korea", "united-states"] in frustrated


def test_every_ground_of_the_example_names_its_assertions(example: dict[str, Any]) -> None:
    grounds = [ground for pair in example["pairs"] for ground in pair["grounds"]]
    assert len(grounds) > 40
    assert all(ground["assertions"] and all(ground["assertions"]) for ground in grounds)


def test_what_was_counted_is_said(kg: Kg) -> None:
    ran = kg("-C", REPOSITORY, "analyse", "--known-by", "2019-11-16")
    assert (ran.code, ran.stderr) == (0, "")
    assert ran.stdout.startswith("What was counted\n")
    assert "Left out: " in ran.stdout
    assert "by accepted assertions" in ran.stdout
    assert ran.stdout.endswith("lens: known by 2019-11-16\n")


def test_an_empty_graph_is_analysed_without_a_word_too_much(kg: Kg) -> None:
    ran = kg("-C", REPOSITORY, "analyse", "--known-by", "2015-01-01")
    assert ran.code == 0
    assert "  0 actors with a tie to another, 0 pairs of neighbours.\n" in ran.stdout
    assert ran.stdout.count("\n  none\n") == 5


def test_long_lists_are_clipped_in_text_and_whole_in_json(kg: Kg) -> None:
    clipped = kg("-C", REPOSITORY, "analyse").stdout
    whole = kg("-C", REPOSITORY, "analyse", "--all").stdout
    assert "more: --all" in clipped
    assert "more: --all" not in whole
    answer = json.loads(kg("-C", REPOSITORY, "analyse", "--format", "json").stdout)
    assert all(f"  {place['id']} " in whole for place in answer["places"])


def test_the_same_graph_gives_the_same_analysis(kg: Kg) -> None:
    told = {
        kg("-C", REPOSITORY, "analyse", "--format", "json", env={"PYTHONHASHSEED": seed}).stdout
        for seed in ("1", "2")
    }
    assert len(told) == 1
    assertions = [
        said(a, "meets", b) for a, b in combinations(("ann", "bob", "cid", "dan", "eve"), 2)
    ][:7]
    one, other = (reading(world(*each, **PEOPLE)) for each in (assertions, assertions[::-1]))
    documents = [as_json(analysis_document(analyse_shape(each), each)) for each in (one, other)]
    assert documents[0] == documents[1]


def test_markdown_has_a_heading_for_each_question(kg: Kg) -> None:
    ran = kg("-C", REPOSITORY, "analyse", "--between", "japan", "south-korea", "--format", "md")
    headings = [line for line in ran.stdout.splitlines() if line.startswith("## ")]
    assert headings[:3] == ["## What was counted", "## Two sides", "## Tied to both sides"]
    assert len(headings) == 8
