"""``kg report``: what rests on little, hears one side, or is left open."""

from __future__ import annotations

import json
from typing import Any

import pytest
from conftest import REPOSITORY, Kg
from corpora import WORLD, worlds
from hypothesis import given, settings
from hypothesis import strategies as st
from pictures import read_example
from readings import reading, said, things, world

from kg.dates import Day
from kg.model.locators import paragraph_locator
from kg.model.modes import Polarity
from kg.model.places import locators_by_article
from kg.reports.article_uses import uncited_paragraphs
from kg.reports.document import as_json
from kg.reports.gaps import Gap, find_gaps
from kg.reports.gaps_document import gaps_document
from kg.reports.kinds import GapKind
from kg.status.lens import Lens
from kg.status.status import Status
from kg.text import join_ranges

DENIAL = {
    "id": "no",
    "denies": "alpha-meets-beta",
    "according_to": "beta",
    "cite": {"article-2": ["1"]},
}


def listed(seen: dict[str, Any], key: str, lens: Lens | None = None) -> list[Gap]:
    """The entries of one list."""
    kind = next(kind for kind in GapKind if kind.key == key)
    return list(find_gaps(reading(seen, lens), [kind])[kind])


def ids(seen: dict[str, Any], key: str, lens: Lens | None = None) -> list[str]:
    return [item.id for item in listed(seen, key, lens)]


def test_two_articles_of_one_originator_are_one_source() -> None:
    copied = said("alpha", "meets", "beta", cite={"article-1": ["1"], "article-2": ["1"]})
    seconded = said("beta", "meets", "gamma", cite={"article-1": ["1"], "article-3": ["1"]})
    claimed = said("alpha", "opposes", "row", according_to="gamma")
    (item,) = listed(world(copied, seconded, claimed), "single_source")
    assert (item.id, item.group) == ("alpha-meets-beta", "Press")
    assert locators_by_article(item.citations) == {
        "article-1": [paragraph_locator(1)],
        "article-2": [paragraph_locator(1)],
    }


def test_a_dispute_is_one_sided_where_a_party_is_not_heard() -> None:
    sides = (said("alpha", "involvedIn", "row"), said("beta", "involvedIn", "row"))
    heard = said("alpha", "raises", "row")
    (item,) = listed(world(*sides, heard), "one_sided")
    assert item.facts["missing"] == ["beta"]
    assert item.facts["positions"] == {"alpha": ["alpha-raises-row"], "beta": []}
    assert (
        ids(
            world(
                *sides,
                heard,
                said("row", "judgedAs", "over", id="said", mode="opinion", according_to="beta"),
            ),
            "one_sided",
        )
        == []
    )


def test_a_party_is_heard_through_those_who_stand_for_it() -> None:
    minister = things("actors", "Person", "ann")
    sides = (said("alpha", "involvedIn", "row"), said("ann", "foreignMinisterOf", "alpha"))
    silent = world(*sides, **minister)
    assert ids(silent, "one_sided") == ["row"]
    assert ids(world(*sides, said("ann", "criticises", "row"), **minister), "one_sided") == []


def test_a_party_is_heard_on_what_a_dispute_is_about() -> None:
    about = (said("alpha", "involvedIn", "row"), said("row", "concerns", "pact"))
    assert ids(world(*about), "one_sided") == ["row"]
    assert ids(world(*about, said("alpha", "announcesTerminationOf", "pact")), "one_sided") == []


def test_to_be_named_a_side_or_to_be_spoken_of_is_no_position() -> None:
    seen = world(
        said("alpha", "involvedIn", "row"),
        said("alpha", "settles", "row", mode="demanded", according_to="beta"),
    )
    assert ids(seen, "one_sided") == ["row"]


def test_a_claim_that_nobody_denies_is_listed_and_a_denied_one_is_listed_as_denied() -> None:
    claim = said("alpha", "meets", "beta", according_to="alpha")
    assert ids(world(claim), "unrebutted") == ["alpha-meets-beta"]
    assert ids(world(claim), "denied") == []
    assert ids(world(claim, DENIAL), "unrebutted") == []
    (item,) = listed(world(claim, DENIAL), "denied")
    assert item.facts["denied_by"] == ["no"]


def test_a_denial_that_was_not_published_yet_is_no_rebuttal() -> None:
    claim = said("alpha", "meets", "beta", according_to="alpha")
    before = Lens(known_by=Day(2010, 1, 31))
    assert ids(world(claim, DENIAL), "unrebutted", before) == ["alpha-meets-beta"]
    assert ids(world(claim, DENIAL), "denied", before) == []


def test_a_denial_has_the_date_of_what_it_denies() -> None:
    claim = said("alpha", "meets", "beta", according_to="alpha", when="2001")
    assert ids(world(claim, DENIAL, said("alpha", "opposes", "row")), "undated") == [
        "alpha-opposes-row"
    ]


@pytest.mark.parametrize(
    ("when", "ended", "going_on"),
    [("1999/", 1, 0), ("1999/..", 0, 1), ("1999/2001", 0, 0), ("1999", 0, 0), ("../1999", 0, 0)],
)
def test_an_unknown_end_and_an_end_that_nobody_reported_are_two_things(
    when: str, ended: int, going_on: int
) -> None:
    seen = world(
        said("alpha", "partyTo", "pact", when=when), said("alpha", "meets", "beta", when=when)
    )
    assert (len(ids(seen, "ended_unknown")), len(ids(seen, "end_not_reported"))) == (
        ended,
        going_on,
    )


def test_paragraphs_that_no_assertion_cites_are_listed_and_a_name_is_no_assertion() -> None:
    actors = {
        "alpha": {
            "type": "State",
            "label": "Alpha",
            "aliases": [{"name": "Al", "cite": {"article-1": ["3"]}}],
        }
    }
    cited = {"article-1": ["1", "2", "9"], "article-2": [str(n) for n in range(1, 10)]}
    outcome = {"kind": "happened", "cite": {"article-1": ["5"]}}
    made = (
        said("alpha", "meets", "beta", cite=cited),
        said("beta", "meets", "alpha", cite=cited, mode="planned", outcome=outcome),
    )
    items = {item.id: item for item in listed(world(*made, actors=actors), "unmined")}
    assert set(items) == {"article-1", "article-3"}
    assert items["article-1"].facts == {"paragraphs": "3, 4, 6-8", "names_only": "3"}


def test_a_question_is_settled_once_one_live_answer_is_left() -> None:
    answers = (
        said("alpha", "meets", "beta", according_to="gamma"),
        said("alpha", "opposes", "row", according_to="beta"),
    )
    conflict = {
        "which": {"question": "Which?", "kind": "several", "between": [a["id"] for a in answers]}
    }
    assert ids(world(*answers, conflicts=conflict), "conflicts") == ["which"]
    taken_back = {**answers[0], "withdrawn": {"when": "2011", "cite": {"article-3": ["9"]}}}
    assert ids(world(taken_back, answers[1], conflicts=conflict), "conflicts") == []


def test_two_places_of_one_event_are_rivals() -> None:
    seen = world(said("summit", "takesPlaceIn", "here"), said("summit", "takesPlaceIn", "there"))
    assert ids(seen, "functional_rivals") == [
        "summit-takesPlaceIn-here",
        "summit-takesPlaceIn-there",
    ]
    apart = world(
        said("summit", "takesPlaceIn", "here", when="2001"),
        said("summit", "takesPlaceIn", "there", when="2002"),
    )
    assert ids(apart, "functional_rivals") == []


@pytest.mark.parametrize(
    ("outcome", "listed_as_open"),
    [({}, True), ({"outcome": "open"}, True), ({"outcome": "did-not-happen"}, False)],
)
def test_a_plan_is_open_until_its_outcome_is_told(
    outcome: dict[str, str], listed_as_open: bool
) -> None:
    seen = world(said("alpha", "meets", "beta", mode="planned", **outcome))
    assert bool(ids(seen, "open_prospects")) is listed_as_open


def test_a_plan_whose_outcome_was_not_published_yet_is_open() -> None:
    plan = said(
        "alpha",
        "meets",
        "beta",
        id="plan",
        mode="planned",
        outcome={"kind": "happened", "realised_by": "done"},
    )
    seen = world(plan, said("alpha", "meets", "beta", id="done", cite={"article-2": ["1"]}))
    assert ids(seen, "open_prospects") == []
    assert ids(seen, "open_prospects", Lens(known_by=Day(2010, 1, 31))) == ["plan"]


@given(worlds())
@settings(max_examples=80, deadline=None)
def test_the_lists_agree_with_the_statuses(generated: dict[str, Any]) -> None:
    seen = reading(generated)
    lists = {kind.key: {gap.id for gap in gaps} for kind, gaps in find_gaps(seen).items()}
    status = {id: seen.standings[id].status for id in seen.visible_corpus.assertions}
    assert lists["single_source"] == {
        id
        for id, a in seen.visible_corpus.assertions.items()
        if status[id] is Status.ACCEPTED and seen.statements[id].sources == 1
    }
    assert lists["unrebutted"] | lists["single_source"] <= set(status)
    gone = {id for id in status if status[id] in (Status.WITHDRAWN, Status.SUPERSEDED)}
    for key, found in lists.items():
        assert key == "unmined" or not found & gone
    for id in lists["denied"]:
        assert any(
            seen.corpus.assertions[d].polarity is Polarity.DENIES
            for d in seen.standings[id].against
        )


# The worked example


@pytest.fixture(scope="module")
def example() -> dict[str, Any]:

    seen = read_example().under(Lens())
    found: dict[str, Any] = json.loads(as_json(gaps_document(find_gaps(seen), seen)))
    return found


def test_the_counts_of_the_example_are_those_of_its_lists(example: dict[str, Any]) -> None:
    assert example["counts"] == {key: len(example[key]) for key in example["counts"]}
    assert example["counts"]["single_source"] > 200


def test_the_radar_dispute_rests_on_one_article_alone(example: dict[str, Any]) -> None:
    about = [
        item
        for item in example["single_source"]
        if "dispute-radar" in item["id"] or item["id"] == "radar-dispute-raised"
    ]
    assert {article for item in about for article in item["citations"]} == {
        "korea-herald-2019-11-17"
    }


def test_no_answer_to_the_claim_of_1965_is_reported(example: dict[str, Any]) -> None:
    assert "japan-settled-in-1965" in {item["id"] for item in example["unrebutted"]}


def test_the_hunger_strike_is_still_going_on_as_far_as_was_reported(
    example: dict[str, Any],
) -> None:
    assert "hunger-strike" in {item["id"] for item in example["end_not_reported"]}


def test_both_sides_of_the_radar_dispute_are_heard_and_one_of_the_case_at_the_wto(
    example: dict[str, Any],
) -> None:
    one_sided = {item["id"]: item["missing"] for item in example["one_sided"]}
    assert one_sided["wto-case"] == ["japan"]
    assert "dispute-radar" not in one_sided


def test_counts_come_first_and_long_lists_are_clipped(kg: Kg) -> None:
    ran = kg("-C", REPOSITORY, "report")
    assert (ran.code, ran.stderr) == (0, "")
    counts, first, *_ = ran.stdout.split("\n\n")
    assert len(counts.splitlines()) == len(GapKind)
    assert first.startswith("Accepted on one source: ")
    assert first.splitlines()[-1].endswith("more: --all, or --only single-source")
    assert max(map(len, ran.stdout.splitlines())) <= 100


def test_a_list_is_printed_alone_and_whole_if_asked_for(kg: Kg) -> None:
    ran = kg("-C", REPOSITORY, "report", "--only", "open-prospects", "--all", "--format", "md")
    assert ran.stdout.startswith(
        "# Report\n\n| how many | what |\n|---|---|\n| 26 | plans, demands, threats and conditions"
    )
    assert "Accepted on one source" not in ran.stdout
    assert "more" not in ran.stdout.splitlines()[-1]


def test_a_report_obeys_the_lens_and_says_so(kg: Kg) -> None:
    ran = kg("-C", REPOSITORY, "report", "--known-by", "2019-11-16")
    assert ran.stdout.endswith("lens: known by 2019-11-16\n")
    assert "nyt-2019-11-22" not in ran.stdout


@given(st.integers(0, 30), st.sets(st.integers(0, 40)))
def test_the_uncited_paragraphs_are_those_that_are_not_cited(count: int, cited: set[int]) -> None:
    ranges = uncited_paragraphs(count, cited)
    assert [n for each in ranges for n in each] == [
        n for n in range(1, count + 1) if n not in cited
    ]
    singly = join_ranges(range(n, n + 1) for each in ranges for n in each)
    assert join_ranges(ranges) == singly


def test_of_a_million_paragraphs_those_that_are_not_cited_are_told_in_a_few_words() -> None:
    sources = {"article-1": {**WORLD["articles"]["article-1"], "paragraphs": 999_999}}
    cited = {"article-1": ["1", "2", "4", "6", "7", "10"]}
    found = listed(world(said("alpha", "meets", "beta", cite=cited), articles=sources), "unmined")
    told = [item.facts["paragraphs"] for item in found if item.id == "article-1"]
    assert told == ["3, 5, 8, 9, 11-999999"]
