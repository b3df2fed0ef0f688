"""Nobody is party to a pact after its end: tables, lenses and lives say one thing of it."""

from __future__ import annotations

from typing import Any

import pytest
from readings import reading, said, world

from kg.dates import parse_date
from kg.dates.calendar import Day
from kg.reports.life_summary import life_summary
from kg.reports.lives.index import LifeIndex
from kg.reports.lives.lives import life_on
from kg.reports.lives.memberships import member_lives
from kg.reports.party_lines import is_party, party_words
from kg.status.certainty import Certainty, certainty_on
from kg.status.lens import Lens

PARTIES = [said(who, "partyTo", "pact", when="2001-02-01/..") for who in ("alpha", "beta")]
LATE = {"cite": {"article-3": ["3"]}}


def day(text: str) -> Day:
    date = parse_date(text)
    assert date.start_earliest
    return date.start_earliest


def certainties(text: str, *assertions: dict[str, Any]) -> set[str]:
    """How surely each of the two is party on a day; what ``kg status`` says must be the same."""
    seen = reading(world(*PARTIES, *assertions))
    index, moment = LifeIndex(seen), day(text)
    pact = life_on("pact", moment, seen, index)
    answers = [is_party(member, pact) for member in member_lives(pact.thing, moment, index)]
    states = [seen.judgement.corpus.assertions[each["id"]] for each in PARTIES]
    found = [certainty_on(a, seen.judgement, seen.ontology, moment) for a in states]
    words = {"yes": "certainly", "as far as known": "as-far-as-known"}
    assert [words.get(answer, answer) for answer in answers] == [each.value for each in found]
    listed = reading(world(*PARTIES, *assertions), Lens(true_on=moment)).graph_corpus.assertions
    is_listed = {each["id"] in listed for each in PARTIES}
    assert is_listed == {each is not Certainty.NO for each in found}
    return {each.value for each in found}


@pytest.mark.parametrize(
    "end",
    [
        said("alpha", "terminates", "pact"),
        said("alpha", "letsLapse", "pact"),
        said("pact", "becomes", "lapsed"),
        said("pact", "becomes", "terminated"),
        said("other", "replaces", "pact"),
    ],
)
def test_nobody_is_party_after_the_certain_end_of_the_pact(end: dict[str, Any]) -> None:
    days = ("2005-01-30", "2005-01-31", "2009-01-01")
    dated = {**end, "when": "2005-01-31"}
    assert [certainties(each, dated) for each in days] == [{"certainly"}, {"no"}, {"no"}]


def test_one_is_party_as_surely_as_the_end_is_known() -> None:
    coarse = said("pact", "becomes", "lapsed", when="2005")
    days = ("2004-12-31", "2005-06-01", "2006-01-01")
    assert [certainties(each, coarse) for each in days] == [{"certainly"}, {"possibly"}, {"no"}]


@pytest.mark.parametrize(
    "fields",
    [
        {"mode": "planned"},
        {"according_to": "gamma"},
        {"according_to": "alpha", "said": "2005-02-01"},
    ],
)
def test_a_planned_or_claimed_end_ends_no_membership(fields: dict[str, Any]) -> None:
    end = said("pact", "becomes", "lapsed", when="2005-01-31", **fields)
    assert certainties("2009-01-01", end) == {"certainly"}


def test_a_contested_end_ends_no_membership_and_a_contested_day_leaves_it_open_between() -> None:
    end = said("pact", "becomes", "lapsed", when="2005-01-31", id="end")
    denied = {"id": "no", "denies": "end", "according_to": "beta", "cite": {"article-1": ["1"]}}
    assert certainties("2009-01-01", end, denied) == {"certainly"}
    ended = said("other", "replaces", "pact", when="2005-01-31", id="end")
    other = {**ended, "when": "2005-03-31", "id": "other", "cite": {"article-2": ["1"]}}
    days = ("2005-01-30", "2005-02-15", "2005-04-01")
    found = [certainties(each, ended, other) for each in days]
    assert found == [{"certainly"}, {"possibly"}, {"no"}]


def test_a_pact_that_is_put_in_force_again_or_reported_later_has_its_parties() -> None:
    end = said("pact", "becomes", "lapsed", when="2005-01-31")
    back = said("pact", "becomes", "in-force", when="2006-01-01")
    assert certainties("2009-01-01", end, back) == {"certainly"}
    seen = reading(world({**PARTIES[0], **LATE}, {**end, "cite": {"article-1": ["1"]}}))
    assert str(seen.judgement.corpus.assertions[PARTIES[0]["id"]].when) == "2001-02-01/.."


def test_between_two_ends_that_articles_report_a_membership_is_only_possible() -> None:
    """An end against the state's own (KG431) closes nothing; that it lasted is not certain."""
    written = [{**each, "when": "2001-02-01/2005-05-01"} for each in PARTIES]
    end = {
        "id": "end",
        "ends": PARTIES[0]["id"],
        "when": "2003-03-01",
        "cite": {"article-1": ["1"]},
    }
    seen = reading(world(*written, end))
    state = seen.judgement.corpus.assertions[PARTIES[0]["id"]]
    index = LifeIndex(seen)
    found = []
    for moment in map(day, ("2003-02-28", "2003-03-01", "2005-05-01", "2005-05-02")):
        certainty = certainty_on(state, seen.judgement, seen.ontology, moment)
        pact = life_on("pact", moment, seen, index)
        member = member_lives(pact.thing, moment, index)[0]
        found.append((certainty.value, is_party(member, pact)))
    possible = ("possibly", "possibly")
    assert found == [("certainly", "yes"), possible, possible, ("no", "no")]


def test_what_one_of_three_ends_for_itself_is_over_for_it_alone() -> None:
    third = said("gamma", "partyTo", "pact", when="2001-02-01/..")
    end = said("alpha", "terminates", "pact", when="2005-01-31")
    seen = reading(world(*PARTIES, third, end))
    states = [seen.judgement.corpus.assertions[each["id"]] for each in PARTIES]
    assert [str(each.when) for each in states] == ["2001-02-01/2005-01-30", "2001-02-01/.."]


def test_whose_membership_an_article_ends_is_none_of_the_parties_that_are_left() -> None:
    third = said("gamma", "partyTo", "pact", when="2001-02-01/..")
    gone = {"id": "gone", "ends": PARTIES[0]["id"], "when": "2003", "cite": {"article-1": ["1"]}}
    left = said("beta", "leaves", "pact", when="2004-05-01")
    seen = reading(world(*PARTIES, third, gone, left))
    assert life_summary(life_on("pact", day("2004-06-01"), seen), seen.corpus.assertions) == (
        "terminated"
    )


def test_a_party_of_a_pact_that_ended_was_one_until_then() -> None:
    end = said("pact", "becomes", "lapsed", when="2005-01-31")
    seen = reading(world(*PARTIES, end))
    index, moment = LifeIndex(seen), day("2009-01-01")
    pact = life_on("pact", moment, seen, index)
    members = member_lives(pact.thing, moment, index)
    words = {party_words(each, pact, seen) for each in members}
    assert words == {"party until it ended"}
