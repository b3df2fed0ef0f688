"""Ends and beginnings of states: told by later articles, closed once accepted, open before."""

from __future__ import annotations

import re
from typing import Any

import pyoxigraph as ox
import pytest
from corpora import WORLD, corpus
from readings import CORE, reading, said, things, world

from kg.checks.draft import CorpusDraft
from kg.checks.laws import check_draft
from kg.dates import Day
from kg.diagnostics import Diagnostic
from kg.reading import Reading
from kg.reports.document import as_text
from kg.reports.explanation import explain
from kg.reports.why import why_document
from kg.status.certainty import Certainty
from kg.status.lens import Lens
from kg.status.status import Status

PEOPLE = things("actors", "Person", "cy", "bea")
FIRMS = things("actors", "Company", "acme")
SECTIONS = {"actors": PEOPLE["actors"] | FIRMS["actors"]}
OFFICE = said("cy", "chiefExecutiveOf", "acme", id="cy-chief", when="2001-06-17/..")


def told(*assertions: dict[str, Any], lens: Lens | None = None) -> Reading:
    """A world in which Cy is chief executive of Acme, by the first article, and what others say."""
    return reading(world(OFFICE, *assertions, **SECTIONS), lens)


def end(**fields: Any) -> dict[str, Any]:
    """The end of Cy's office, as the second article tells it."""
    return {
        "id": "cy-left",
        "ends": "cy-chief",
        "when": "2003-08",
        "cite": {"article-2": ["3"]},
        **fields,
    }


def when(seen: Reading, id: str = "cy-chief") -> str:
    date = seen.statements[id].assertion.when
    return date.text if date else ""


def test_an_accepted_end_closes_its_state_and_the_state_stands() -> None:
    seen = told(end())
    assert when(seen) == "2001-06-17/2003-08"
    assert seen.statements["cy-chief"].is_affirmed
    assert seen.statements["cy-chief"].limits == ("cy-left",)
    assert seen.statements["cy-left"].sentence == "Cy stopped being chief executive of Acme"
    assert not seen.statements["cy-left"].is_affirmed


def test_before_the_article_that_tells_of_the_end_the_state_stands_open() -> None:
    seen = told(end(), lens=Lens(known_by=Day(2010, 1, 15)))
    assert when(seen) == "2001-06-17/.."
    assert "cy-left" not in seen.statements


@pytest.mark.parametrize(
    "fields",
    [
        {"according_to": "beta"},
        {"mode": "planned"},
        {"according_to": "beta", "withdrawn": {"when": "2010", "cite": {"article-3": ["1"]}}},
    ],
    ids=["claimed", "planned", "withdrawn"],
)
def test_an_end_that_is_not_accepted_closes_nothing_but_is_told(fields: dict[str, Any]) -> None:
    seen = told(end(**fields))
    assert when(seen) == "2001-06-17/.."
    assert seen.statements["cy-chief"].limits == ("cy-left",)


def test_a_speaker_whose_claims_the_lens_takes_as_accepted_can_end_a_state() -> None:
    seen = told(end(according_to="beta"), lens=Lens(according_to=("beta",)))
    assert when(seen) == "2001-06-17/2003-08"


def test_an_end_that_is_denied_leaves_it_open_whether_the_state_goes_on() -> None:
    denial = {"id": "no", "denies": "cy-left", "according_to": "beta", "cite": {"article-3": ["1"]}}
    seen = told(end(), denial)
    assert seen.standings["cy-left"].status is Status.CONTESTED
    assert seen.standings["cy-chief"].status is Status.ACCEPTED
    date = seen.statements["cy-chief"].assertion.when
    assert date
    assert (date.end_earliest, date.end_latest) == (Day(2003, 8, 1), None)
    words = "Beta denies that Cy stopped being chief executive of Acme"
    assert seen.statements["no"].sentence == words


def test_of_two_ends_that_cannot_both_be_right_the_state_ended_on_one() -> None:
    other = end(id="other", when="2003-10", cite={"article-3": ["1"]})
    seen = told(end(), other)
    for id in ("cy-left", "other"):
        assert seen.standings[id].status is Status.ACCEPTED
        assert seen.statements[id].standing.contested_details == ("when",)
    date = seen.statements["cy-chief"].assertion.when
    assert date
    assert (date.end_earliest, date.end_latest) == (Day(2003, 8, 1), Day(2003, 10, 31))


def test_of_two_ends_that_agree_the_narrower_one_counts() -> None:
    assert when(told(end(when="2003"), end(id="other"))) == "2001-06-17/2003-08"


def test_an_end_without_a_date_came_before_its_report() -> None:
    undated = {key: value for key, value in end().items() if key != "when"}
    date = told(undated).statements["cy-chief"].assertion.when
    assert date
    assert (date.end_earliest, date.end_latest) == (None, Day(2010, 2, 1))


def test_the_same_state_in_another_assertion_ends_too_unless_it_is_reported_later() -> None:
    article = {**WORLD["articles"]["article-1"], "published": "2002-01-01"}
    early = {**OFFICE, "id": "early", "when": "2001/..", "cite": {"old": ["1"]}}
    late = {**OFFICE, "id": "late", "when": "2001-07/..", "cite": {"article-3": ["1"]}}
    sections = {**SECTIONS, "articles": {"old": article}}
    seen = reading(world(OFFICE, early, late, end(), **sections))
    assert [when(seen, id) for id in ("early", "late")] == ["2001/2003-08", "2001-07/.."]


def test_nobody_is_the_counterpart_of_somebody_whose_office_has_ended() -> None:
    counterparts = [
        said("cy", "defenceMinisterOf", "alpha", id="a", when="2001/.."),
        said("bea", "defenceMinisterOf", "beta", id="b", when="2005/.."),
    ]
    met = reading(world(*counterparts, **SECTIONS))
    parted = reading(world(*counterparts, end(ends="a"), **SECTIONS))
    rule = "counterpart"
    assert rule in {a.rule for a in met.judgement.corpus.assertions.values()}
    assert rule not in {a.rule for a in parted.judgement.corpus.assertions.values()}


def test_a_conclusion_ends_with_what_it_follows_from() -> None:
    seen = told(end())
    drawn = [a for a in seen.judgement.corpus.assertions.values() if a.rule]
    assert drawn
    assert {a.when.text for a in drawn if a.when} == {"2001-06-17/2003-08"}


def test_a_beginning_is_told_like_an_end() -> None:
    party = said("alpha", "partyTo", "pact", id="party", when="2005")
    joined = {"id": "joined", "begins": "party", "when": "2001", "cite": {"article-2": ["1"]}}
    seen = reading(world(party, joined))
    assert when(seen, "party") == "2001/[2005..]"
    assert seen.statements["joined"].sentence == "Alpha started being party to Pact"


def test_the_end_of_a_state_ends_it_in_the_life_of_a_pact() -> None:
    from kg.reports.lives.lives import life_on

    party = said("alpha", "partyTo", "pact", id="party", when="2001/..")
    gone = end(ends="party", id="gone")
    seen = reading(world(party, gone))
    assert life_on("pact", Day(2002, 1, 1), seen).certainty.value == "certainly"
    claimed = reading(world(party, end(ends="party", id="gone", according_to="beta")))
    assert life_on("pact", Day(2010, 1, 1), claimed).not_accepted == ("gone",)


def test_a_beginning_after_the_day_for_which_a_state_is_attested_changes_nothing() -> None:
    began = said("alpha", "partyTo", "pact", id="party", when="2003")
    late = {"id": "late", "begins": "party", "when": "2004", "cite": {"article-1": ["2"]}}
    seen = reading(world(began, late))
    assert str(seen.judgement.corpus.assertions["party"].when) == "2003"


def problems(*assertions: dict[str, Any]) -> list[Diagnostic]:
    found = corpus(world(OFFICE, *assertions, **SECTIONS), CORE)
    draft = CorpusDraft(found, CORE, frozenset(), True, True, Day(2026, 1, 1))
    return [each for each in check_draft(draft) if each.rule.code.startswith("KG43")]


@pytest.mark.parametrize(
    ("assertions", "code"),
    [
        ([said("alpha", "meets", "beta", id="met"), end(ends="met")], "KG430"),
        ([end(), end(id="again", ends="cy-left")], "KG430"),
        (
            [{"id": "no", "denies": "cy-chief", "cite": {"article-1": ["2"]}}, end(ends="no")],
            "KG430",
        ),
        ([end(when="2000")], "KG431"),
        ([end(when="2009-12")], ""),
        ([said("bea", "chiefExecutiveOf", "acme", when="2001/2010-05")], "KG432"),
    ],
)
def test_ends_are_checked(assertions: list[dict[str, Any]], code: str) -> None:
    codes = [each.rule.code for each in problems(*assertions) if each.rule.code != "KG431"]
    codes += [each.rule.code for each in problems(*assertions) if "own date" in each.message]
    assert codes == ([code] if code else [])


OFFICE_OF_BEA = said(
    "bea",
    "chiefExecutiveOf",
    "acme",
    id="bea-chief",
    when="2001-06-17/2003-08",
    cite={"old": ["2"], "article-1": ["2"]},
)
OLD = {"articles": {"old": {**WORLD["articles"]["article-1"], "published": "2001-06-17"}}}


@pytest.mark.parametrize(
    ("known_by", "expected"),
    [(Day(2002, 1, 1), "2001-06-17/.."), (Day(2010, 1, 1), "2001-06-17/2003-08")],
)
def test_an_article_vouches_only_for_what_it_could_know(known_by: Day, expected: str) -> None:
    seen = reading(world(OFFICE_OF_BEA, **SECTIONS, **OLD), Lens(known_by=known_by))
    assert when(seen, "bea-chief") == expected


def test_what_came_after_an_article_is_not_known_by_it() -> None:
    met = said("alpha", "meets", "beta", when="2003", cite={"old": ["1"], "article-1": ["1"]})
    met["id"] = "met"
    early = reading(world(met, **OLD), Lens(known_by=Day(2002, 1, 1)))
    assert "met" not in early.statements
    seen = reading(world({**met, "mode": "planned"}, **OLD), Lens(known_by=Day(2002, 1, 1)))
    assert when(seen, "met") == "2003"


def test_what_cites_no_article_is_known_once_articles_name_what_it_is_about() -> None:
    later = said("alpha", "meets", "beta", cite={"article-3": ["1"]})
    same = {"id": "same", "basis": "editorial", "note": "why", "subject": "alpha"}
    same |= {"predicate": "differentFrom", "object": "beta"}
    noted = {"actors": {"alpha": {"type": "State", "label": "Alpha", "note": "later the host"}}}
    told = world(said("gamma", "meets", "press"), later, same, **noted)
    assert "same" not in reading(told, Lens(known_by=Day(2010, 1, 15))).statements
    seen = reading(told, Lens(known_by=Day(2010, 3, 1)))
    assert seen.statements["same"].assertion.note == "why"
    assert seen.corpus.things["alpha"].note == "later the host"


def test_a_note_of_a_thing_is_not_told_while_an_article_is_left_out() -> None:
    noted = {"actors": {"alpha": {"type": "State", "label": "Alpha", "note": "later the host"}}}
    seen = reading(world(said("alpha", "meets", "beta"), **noted), Lens(known_by=Day(2010, 1, 15)))
    assert seen.corpus.things["alpha"].note == ""


def test_an_end_affirms_no_triple_and_says_so_in_the_graph() -> None:
    seen = told(end(), {"id": "no", "denies": "cy-left", "cite": {"article-3": ["1"]}})
    ask = "SELECT ?a ?p ?state { ?a kg:endsState ?state ; kg:polarity ?p } ORDER BY ?a"
    answer = seen.store.query(ask, prefixes=dict(CORE.prefixes))
    assert isinstance(answer, ox.QuerySolutions)
    found = [[re.split("[/#]", str(term).strip("<>"))[-1] for term in row] for row in answer]
    assert found == [["cy-left", "Ends", "cy-chief"], ["no", "DeniesEnd", "cy-chief"]]
    lone = end(according_to="beta")
    state = {**OFFICE, "according_to": "beta"}
    triple = "ASK { ?cy kg:chiefExecutiveOf ?acme }"
    assert not reading(world(state, lone, **SECTIONS)).store.query(
        triple, prefixes=dict(CORE.prefixes)
    )
    reported = reading(world(state, end(), **SECTIONS))
    assert reported.standings["cy-left"].status is Status.ACCEPTED
    assert not reported.store.query(triple, prefixes=dict(CORE.prefixes))


@pytest.mark.parametrize(
    ("day", "certainty"),
    [
        (Day(2002, 1, 1), Certainty.CERTAINLY),
        (Day(2003, 7, 31), Certainty.CERTAINLY),
        (Day(2003, 8, 1), Certainty.POSSIBLY),
        (Day(2009, 1, 1), Certainty.POSSIBLY),
    ],
)
def test_from_its_earliest_claimed_end_on_a_state_goes_on_possibly(
    day: Day, certainty: Certainty
) -> None:
    later = end(id="later", when="2003-10", according_to="alpha")
    seen = reading(world(OFFICE, end(according_to="beta"), later, **SECTIONS), Lens(true_on=day))
    assert seen.statements["cy-chief"].certainty is certainty
    if certainty is Certainty.POSSIBLY:
        words = "possibly: said to have ended: 2003-08 (Beta) or 2003-10 (Alpha)"
        assert seen.statements["cy-chief"].holds == words
        text = as_text(why_document("cy-chief", explain("cy-chief", seen), seen))
        assert words in " ".join(text.split())
