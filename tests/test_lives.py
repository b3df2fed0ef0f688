"""In which stage of its life a pact, dispute or event is on a day: never by a schedule, never
beyond what was known.
"""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from itertools import product
from typing import Any

import pytest
from conftest import REPOSITORY, Kg
from corpora import WORLD, corpus
from hypothesis import given, note, settings
from hypothesis import strategies as st
from pictures import read_example
from readings import reading, said, things, world

from kg.dates import parse_date
from kg.dates.calendar import Day
from kg.diagnostics import KgError
from kg.files.workspace import SourceFile, Workspace
from kg.ontology.reader import read_ontology
from kg.reading import Reading
from kg.reports.document import as_json, as_text
from kg.reports.life_document import life_document
from kg.reports.life_summary import life_summary
from kg.reports.lives.life import Life, NoStage
from kg.reports.lives.lives import life_on
from kg.status.certainty import Certainty
from kg.status.lens import Lens

IN_FORCE, PENDING, PUT_OFF = (
    "in force",
    "in force, termination announced",
    "in force, termination put off",
)
SIGNED = said("alpha", "signed", "pact", when="2001-03-01")
BOUND = said("alpha", "entersInto", "pact", when="2002-06-01")
LEFT = said("alpha", "terminates", "pact", when="2005-01-31")
LATE = {"cite": {"article-3": ["3"]}}
"""Cited in the article of March 2010, the last one; the first is of January."""


def day(text: str) -> Day:
    date = parse_date(text)
    assert date.start_earliest
    return date.start_earliest


def on(
    text: str, *assertions: dict[str, Any], of: str = "pact", lens: Lens | None = None, **more: Any
) -> str:
    """The answer about a thing of an invented world on a day."""
    seen = reading(world(*assertions, **more), lens)
    return life_summary(life_on(of, day(text), seen), seen.corpus.assertions)


def story(text: str, *assertions: dict[str, Any], of: str = "pact", **more: Any) -> str:
    """All that is told of a thing of an invented world on a day."""
    seen = reading(world(*assertions, **more))
    return as_text(life_document(life_on(of, day(text), seen), seen))


def lived(text: str, *assertions: dict[str, Any], of: str = "pact", **more: Any) -> Life:
    return life_on(of, day(text), reading(world(*assertions, **more)))


# --- pacts ---


def test_before_its_first_reported_step_a_pact_is_not_yet_concluded_and_after_it_is_what_was_last_entered() -> (
    None
):
    answers = [
        on(date, SIGNED, BOUND)
        for date in ("2001-02-28", "2001-03-01", "2002-05-31", "2002-06-01", "2003-01-01")
    ]
    assert answers == ["not yet concluded", "signed", "signed", IN_FORCE, IN_FORCE]


def test_nothing_is_known_of_a_pact_of_which_only_a_later_state_is_attested() -> None:
    attested = said("alpha", "partyTo", "pact", when="2004")
    assert on("2003-12-31", attested).startswith("unknown: nothing is reported")
    assert on("2005-06-01", attested).startswith("unknown: in force when last reported for 2004")
    assert on("2005-06-01", said("alpha", "partyTo", "pact", when="2004/..")) == IN_FORCE


def test_the_beginning_of_a_membership_is_the_beginning_of_the_pact_where_none_is_told() -> None:
    party = said("alpha", "partyTo", "pact", when="2004-05-01/..")
    assert [on(date, party) for date in ("2004-04-30", "2004-05-01")] == [
        "not yet concluded",
        IN_FORCE,
    ]


@pytest.mark.parametrize("mode", ["planned", "expected", "demanded", "threatened", "conditional"])
def test_a_schedule_ends_no_pact(mode: str) -> None:
    scheduled = {
        **LEFT,
        "mode": mode,
        **({"condition": "nobody objects"} if mode == "conditional" else {}),
    }
    assert on("2009-12-31", BOUND, scheduled) == IN_FORCE
    found = lived("2009-12-31", BOUND, scheduled)
    assert (found.in_force, found.not_accepted, [each.is_past for each in found.prospects]) == (
        "yes",
        (),
        [True],
    )


def test_what_is_announced_is_told_until_its_day_and_then_as_announced_for_a_day_before() -> None:
    scheduled = {**LEFT, "mode": "planned", "outcome": "did-not-happen"}
    before, after = (
        lived(date, BOUND, scheduled).prospects for date in ("2005-01-31", "2005-02-01")
    )
    assert [(p.assertion, p.is_past) for p in before] == [(LEFT["id"], False)]
    assert [(p.assertion, p.is_past) for p in after] == [(LEFT["id"], True)]


def test_what_was_announced_only_later_was_not_ahead_on_the_day() -> None:
    demanded = {
        **said("beta", "renews", "pact"),
        "mode": "demanded",
        "according_to": "gamma",
        "said": "2004-05-05",
    }
    assert [
        len(lived(date, BOUND, demanded).prospects) for date in ("2004-05-04", "2004-05-05")
    ] == [0, 1]


def test_a_plan_of_a_decision_was_not_ahead_before_the_decision() -> None:
    decided = said("alpha", "takesDecision", "exit", when="2004-08")
    planned = {**said("exit", "terminates", "pact", when="2005-02-01"), "mode": "planned"}
    seen = [
        lived(date, BOUND, decided, planned, **things("events", "Decision", "exit"))
        for date in ("2004-07-31", "2004-08-31")
    ]
    assert [len(each.prospects) for each in seen] == [0, 1]


def test_a_schedule_was_ahead_for_certain_only_from_its_first_report_or_the_day_on_which_it_was_said() -> (
    None
):
    planned = {
        **said("alpha", "terminates", "pact", when="2012-01-01", id="exit"),
        "mode": "planned",
        **LATE,
    }
    told_on = {date: story(date, BOUND, planned) for date in ("2009-06-01", "2010-03-01")}
    assert "planned: terminated" not in told_on["2009-06-01"]
    assert (
        "Announced or demanded at a time that is not reported, perhaps later:"
        in told_on["2009-06-01"]
    )
    assert "    planned: terminated 2012-01-01 [exit]" in told_on["2010-03-01"]
    assert "    planned: terminated 2012-01-01 [exit]" in story(
        "2009-06-01", BOUND, {**planned, "said": "2009-05"}
    )
    assert "planned: terminated" not in story("2009-05-15", BOUND, {**planned, "said": "2009-05"})


def test_that_nothing_came_of_a_plan_is_not_said_before_its_day() -> None:
    planned = {
        **said("alpha", "terminates", "pact", when="2009-12-01", said="2008"),
        "mode": "planned",
        "outcome": "open",
    }
    assert "what became of it is not reported" not in story("2009-11-30", BOUND, planned)
    assert "what became of it is not reported" in story("2009-12-01", BOUND, planned)


def test_announced_put_off_and_taken_back_the_pact_stays_in_force() -> None:
    announced = said("alpha", "announcesTerminationOf", "pact", when="2003-01-01")
    put_off = said("alpha", "suspendsTerminationOf", "pact", when="2003-02-01")
    taken_back = said("alpha", "revokesTerminationOf", "pact", when="2003-03-01")
    steps = (BOUND, announced, put_off, taken_back)
    days = ("2002-12-31", "2003-01-01", "2003-02-01", "2003-03-01")
    assert [on(date, *steps) for date in days] == [IN_FORCE, PENDING, PUT_OFF, IN_FORCE]
    assert {lived(date, *steps).in_force for date in days} == {"yes"}


def test_an_ended_pact_stays_ended_and_one_in_force_is_so_as_far_as_known_after_its_last_report() -> (
    None
):
    assert on("2030-01-01", BOUND, LEFT) == "terminated"
    assert on("2010-01-01", BOUND) == IN_FORCE
    assert on("2010-01-02", BOUND) == "in force, as far as known: last reported 2010-01-01"
    assert lived("2010-01-02", BOUND).in_force == "as far as known"
    assert lived("2010-01-02", SIGNED).in_force == "no, as far as known"


def test_a_later_accession_or_signature_does_not_put_a_pact_back() -> None:
    announced = said("alpha", "announcesTerminationOf", "pact", when="2003-01-01")
    joined = (
        said("gamma", "signed", "pact", when="2003-05-01"),
        said("gamma", "entersInto", "pact", when="2003-06-01"),
    )
    assert on("2003-07-01", BOUND, announced, *joined) == PENDING


def test_a_pact_can_be_renewed_after_its_termination_was_announced_and_suspended_and_resumed() -> (
    None
):
    announced = said("alpha", "announcesTerminationOf", "pact", when="2003-01-01")
    assert (
        on("2004-01-01", BOUND, announced, said("alpha", "renews", "pact", when="2003-06-01"))
        == IN_FORCE
    )
    suspended = said("alpha", "suspends", "pact", when="2003-01-01")
    again = said("alpha", "resumesApplicationOf", "pact", when="2004-01-01")
    assert [on(date, BOUND, suspended, again) for date in ("2003-12-31", "2004-01-01")] == [
        "suspended",
        IN_FORCE,
    ]


def test_a_renewal_unless_denounced_renews_nothing_by_itself_and_a_denunciation_nothing_ends_before_its_day() -> (
    None
):
    clause = {
        **said("alpha", "renews", "pact", when="2010-02-01", id="clause"),
        "mode": "conditional",
        "condition": "nobody denounces it",
    }
    assert on("2010-01-01", BOUND, clause) == IN_FORCE
    assert on("2010-02-01", BOUND, clause) == "in force, as far as known: last reported 2010-01-01"
    renewed = {**said("alpha", "renews", "pact", when="2010-02-01"), **LATE}
    assert on("2010-02-01", BOUND, clause, renewed) == IN_FORCE
    denounced = {**said("beta", "announcesTerminationOf", "pact", when="2009-11-01"), **LATE}
    ending = {**said("beta", "terminates", "pact", when="2010-02-01"), "mode": "planned", **LATE}
    assert on("2010-02-01", BOUND, clause, denounced, ending) == PENDING


def test_on_one_date_the_higher_stage_comes_later_and_within_a_day_the_hour_decides() -> None:
    announced = said("alpha", "announcesTerminationOf", "pact", when="2003-01-01")
    assert (
        on("2003-01-01", BOUND, announced, said("alpha", "renews", "pact", when="2003-01-01"))
        == PENDING
    )
    hours = [
        said("alpha", "renews", "pact", when="2003-01-01T18:00+09:00"),
        {**announced, "when": "2003-01-01T09:00+09:00"},
    ]
    assert on("2003-01-01", BOUND, *hours) == IN_FORCE


def test_midnight_at_the_start_of_a_day_has_come_when_the_day_ends_and_not_when_the_day_before_ends() -> (
    None
):
    at_midnight = {**LEFT, "when": "2005-01-31T00:00+09:00"}
    assert [on(date, BOUND, at_midnight) for date in ("2005-01-30", "2005-01-31")] == [
        IN_FORCE,
        "terminated",
    ]


def test_some_time_between_and_one_of_two_months_are_told_as_possible_within_their_bounds() -> None:
    between = {**LEFT, "when": "2005-03-10/2005-06-20"}
    open_answer = "'in force' or 'terminated': the dates leave it open"
    answers = [
        on(date, BOUND, between)
        for date in ("2005-03-09", "2005-03-10", "2005-06-19", "2005-06-20")
    ]
    assert answers == [IN_FORCE, open_answer, open_answer, "terminated"]
    one_of = {**LEFT, "when": "[2005-03,2005-06]"}
    answers = [on(date, BOUND, one_of) for date in ("2005-02-28", "2005-04-15", "2005-06-30")]
    assert answers == [IN_FORCE, open_answer, "terminated"]
    assert lived("2005-04-15", BOUND, one_of).in_force == "possibly"


def test_within_an_imprecise_first_date_the_pact_is_possibly_not_yet_concluded() -> None:
    some_time = {**BOUND, "when": "2002"}
    assert on("2002-06-30", some_time) == "possibly in force, possibly not yet concluded"
    assert lived("2002-06-30", some_time).in_force == "possibly"


def test_an_undated_step_has_been_taken_when_it_was_first_reported() -> None:
    undated = {key: value for key, value in LEFT.items() if key != "when"}
    assert on("2010-01-01", BOUND, undated) == "terminated"
    assert on("2009-12-31", BOUND, undated) == "'in force' or 'terminated': the dates leave it open"
    assert on("2002-05-31", BOUND, undated) == "not yet concluded"


COPY, AGAIN, OTHER = ("article-2", "article-4", "article-3")
"""Of February: the first writer's, shown by another. Of April: that writer once more. Of March:
another one.
"""
LATER = {
    AGAIN: {**WORLD["articles"]["article-1"], "published": "2010-04-01", "text_sha256": "4" * 64}
}


@pytest.mark.parametrize("relation", ["entersInto", "partyTo"])
def test_a_republished_copy_reports_nothing_anew(relation: str) -> None:
    told = said("alpha", relation, "pact", when="2002-06-01" + "/.." * (relation == "partyTo"))
    for copied in ([COPY], ["article-1", COPY]):
        cited = {**told, "cite": {article: ["1"] for article in copied}}
        first = "2010-02-01" if copied == [COPY] else "2010-01-01"
        assert on(first, cited) == IN_FORCE
        assert on("2010-02-02", cited) == f"in force, as far as known: last reported {first}"
    independent = {**told, "cite": {article: ["1"] for article in ("article-1", COPY, OTHER)}}
    assert on("2010-03-01", independent) == IN_FORCE


def test_that_a_state_still_holds_is_news_again_and_a_second_mention_of_an_event_is_history() -> (
    None
):
    cite = {"cite": {"article-1": ["1"], AGAIN: ["2"]}}
    assert (
        on(
            "2010-04-01",
            {**said("alpha", "partyTo", "pact", when="2002/.."), **cite},
            articles=LATER,
        )
        == IN_FORCE
    )
    answer = on("2010-04-01", {**BOUND, **cite}, articles=LATER)
    assert answer == "in force, as far as known: last reported 2010-01-01"


# --- what does not count, what was undone ---


def test_a_claim_a_contested_step_and_a_withdrawn_one_change_nothing_and_are_told_apart() -> None:
    claimed = {**LEFT, "according_to": "beta"}
    assert on("2006-01-01", BOUND, claimed) == IN_FORCE
    assert lived("2006-01-01", BOUND, claimed).not_accepted == (LEFT["id"],)
    denial = {"id": "no", "denies": LEFT["id"], "according_to": "alpha", **LATE}
    assert on("2006-01-01", BOUND, LEFT, denial) == IN_FORCE
    withdrawn = {**claimed, "withdrawn": {"when": "2009", "cite": {"article-3": ["9"]}}}
    assert on("2006-01-01", BOUND, withdrawn, lens=Lens(according_to=("beta",))) == IN_FORCE


def test_according_to_a_speaker_its_claim_counts() -> None:
    claimed = {**LEFT, "according_to": "beta"}
    assert on("2006-01-01", BOUND, claimed, lens=Lens(according_to=("beta",))) == "terminated"


def test_a_denied_membership_shows_no_pact_alive_but_to_who_believes_it() -> None:
    party = {**said("gamma", "partyTo", "pact", when="2003/.."), "according_to": "alpha"}
    denial = {"id": "no", "denies": party["id"], "according_to": "gamma", **LATE}
    assert on("2005-01-01", party, denial).startswith("unknown: nothing is reported")
    assert on("2005-01-01", party, denial, lens=Lens(according_to=("alpha",))) == IN_FORCE


def test_a_decision_undone_from_its_first_day_never_ended_the_pact_but_nobody_knew_before_it_was_reported() -> (
    None
):
    undoing = {
        **said("court", "reverses", "ruling", when="2006-01-01"),
        "supersedes": LEFT["id"],
        "retroactive": True,
        **LATE,
    }
    events = things("events", "Ruling", "court", "ruling")
    steps = (BOUND, LEFT, undoing)
    assert [on(date, *steps, **events) for date in ("2005-06-01", "2006-06-01")] == [
        IN_FORCE,
        IN_FORCE,
    ]
    assert lived("2005-06-01", *steps, **events).not_accepted == (LEFT["id"],)
    before = Lens(known_by=Day(2010, 2, 28))
    assert [on(date, *steps, lens=before, **events) for date in ("2005-06-01", "2006-06-01")] == [
        "terminated"
    ] * 2


def test_a_ruling_whose_effect_was_undone_from_its_first_day_was_taken_and_says_so() -> None:
    events = things("events", "Ruling", "court", "ruling")
    taken = said("alpha", "takesDecision", "ruling", when="2005-01-31")
    ended = said("ruling", "terminates", "pact", when="2005-01-31", id="ended")
    undoing = said(
        "court",
        "supports",
        "pact",
        when="2006-01-01",
        id="undoing",
        supersedes="ended",
        retroactive="true",
        **LATE,
    )
    answer = on("2005-06-01", taken, ended, undoing, of="ruling", **events)
    assert answer == "taken; its effect was undone from its first day by undoing"
    assert (
        on(
            "2005-06-01",
            taken,
            ended,
            undoing,
            of="ruling",
            lens=Lens(known_by=Day(2010, 2, 1)),
            **events,
        )
        == "taken"
    )
    seen = reading(world(taken, ended, undoing, **events))
    record = json.loads(as_json(life_document(life_on("ruling", day("2005-06-01"), seen), seen)))
    assert record["undone"] == [{"assertion": "ended", "by": "undoing"}]


def test_a_denial_without_a_date_has_that_of_what_it_denies() -> None:
    party = {**said("gamma", "partyTo", "pact", when="2003/.."), "according_to": "alpha"}
    denial = {"id": "no", "denies": party["id"], "according_to": "gamma", **LATE}
    told_ = story("2005-01-01", BOUND, party, denial)
    assert told_.count("since 2003") == 1
    assert "no date" not in told_


def test_a_decision_replaced_by_a_later_one_held_until_then() -> None:
    undoing = {
        **said("court", "reverses", "ruling", when="2006-01-01"),
        "supersedes": LEFT["id"],
        **LATE,
    }
    events = things("events", "Ruling", "court", "ruling")
    answers = [
        on(date, BOUND, LEFT, undoing, **events)
        for date in ("2005-01-30", "2005-06-01", "2006-01-01")
    ]
    assert answers == [IN_FORCE, "terminated", IN_FORCE]
    vague = {**undoing, "when": "2006"}
    assert (
        on("2006-06-01", BOUND, LEFT, vague, **events)
        == "'in force' or 'terminated': the dates leave it open"
    )


def test_known_by_a_day_nothing_later_has_happened() -> None:
    left_late = {**LEFT, **LATE}
    assert on("2006-01-01", BOUND, left_late) == "terminated"
    assert on("2006-01-01", BOUND, left_late, lens=Lens(known_by=Day(2010, 1, 31))) == IN_FORCE


def test_other_ids_of_the_same_thing_live_its_life() -> None:
    same = said("pact", "sameAs", "accord", basis="editorial", note="Two names.")
    left = said("alpha", "terminates", "accord", when="2005-01-31")
    assert (
        on("2006-01-01", BOUND, left, same, **things("pacts", "Treaty", "accord")) == "terminated"
    )
    assert on("2006-01-01", BOUND, left, **things("pacts", "Treaty", "accord")) == IN_FORCE


OWN = """\
@prefix kg: <https://w3id.org/actor-kg/ns#> . @prefix own: <https://example.org/own#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix schema: <https://schema.org/> .
own:Denounced a kg:PactStatus ; rdfs:label "denounced" ; kg:lifecycleRank 9 ; kg:isInForce false ; kg:isFinal FINAL .
own:denounces a owl:ObjectProperty , kg:Relation ; kg:entersStatus own:Denounced ;
    schema:domainIncludes kg:Actor ; schema:rangeIncludes kg:Pact ; kg:temporalKind kg:EventRelation .
own:applies a owl:ObjectProperty , kg:Relation ; kg:showsAlive rdf:object ;
    schema:domainIncludes kg:Actor ; schema:rangeIncludes kg:Pact ; kg:temporalKind kg:StateRelation .
"""


@pytest.mark.parametrize(
    ("final", "later"), [("true", "denounced"), ("false", "denounced, as far as known: last")]
)
def test_relations_and_stages_of_one_s_own_move_a_life_as_the_ontology_says(
    final: str, later: str
) -> None:
    files = Workspace(REPOSITORY).files("ontology", (".ttl",)).contents
    own = read_ontology(
        [*files, SourceFile("ontology/own.ttl", OWN.replace("FINAL", final).encode())]
    )[0]
    assertions = (
        said("alpha", "applies", "pact", when="2003-01-01/2003-12-31"),
        said("alpha", "denounces", "pact", when="2005-01-01"),
    )
    seen = replace(reading(world()), written=corpus(world(*assertions), own), ontology=own)
    answers = [
        life_summary(life_on("pact", day(date), seen), seen.corpus.assertions)
        for date in ("2003-06-01", "2005-01-01", "2011-01-01")
    ]
    assert answers[:2] == [IN_FORCE, "denounced"]
    assert answers[2].startswith(later)


# --- disputes and events ---


def test_a_dispute_is_raised_taken_to_a_forum_and_settled_and_a_claimed_settlement_settles_nothing() -> (
    None
):
    raised = said("alpha", "raises", "row", when="2003-01-01")
    forum = said("alpha", "takesToForum", "row", when="2003-02-01")
    settled = said("alpha", "settles", "row", when="2003-03-01")
    days = ("2002-12-31", "2003-01-01", "2003-02-01", "2003-03-01", "2029-01-01")
    answers = [on(date, raised, forum, settled, of="row") for date in days]
    assert answers == ["not yet raised", "raised", "taken to a forum", "settled", "settled"]
    twice = {**raised, "when": "{2003,2005}"}
    assert [on(date, twice, of="row") for date in ("2003-12-31", "2004-06-01")] == [
        "raised",
        "raised",
    ]
    assert (
        on("2003-03-01", raised, forum, {**settled, "according_to": "alpha"}, of="row")
        == "taken to a forum"
    )


def test_what_goes_on_is_known_up_to_its_last_report_and_its_end_is_unknown_after_that() -> None:
    strike = {
        **said("alpha", "engagedIn", "strike", when="2009-12-20/.."),
        "cite": {"article-1": ["2"]},
    }
    events = things("events", "Protest", "strike")
    days = ("2009-12-19", "2009-12-20", "2010-01-01", "2010-01-02")
    answers = [on(date, strike, of="strike", **events) for date in days]
    end = "unknown: began 2009-12-20, ongoing on 2010-01-01, end not reported"
    assert answers == ["not yet begun", "ongoing", "ongoing", end]


def test_a_wish_that_it_end_is_no_end_and_a_reported_end_is_one() -> None:
    strike = said("alpha", "engagedIn", "strike", when="2009-12-20/..")
    wish = {
        **said("alpha", "ends", "strike"),
        "mode": "demanded",
        "according_to": "beta",
        "said": "2009-12-25",
    }
    end = {**said("alpha", "ends", "strike", when="2010-01-20"), **LATE}
    events = things("events", "Protest", "strike")
    assert on("2009-12-26", strike, wish, of="strike", **events) == "ongoing"
    answers = [
        on(date, strike, end, of="strike", **events)
        for date in ("2010-01-19", "2010-01-20", "2011-01-01")
    ]
    assert answers == ["ongoing", "ended", "ended"]


def test_an_end_before_the_last_report_that_it_goes_on_is_told_as_a_contradiction() -> None:
    strike = said("alpha", "engagedIn", "strike", when="2009-12-20/..")
    ended = said("alpha", "ends", "strike", when="2009-12-24")
    events = things("events", "Protest", "strike")
    assert (
        on("2009-12-26", strike, ended, of="strike", **events)
        == "'ongoing' or 'ended': reports contradict each other"
    )
    party = said("alpha", "partyTo", "pact", when="2006-01-01")
    assert (
        on("2006-01-01", BOUND, LEFT, party)
        == "'in force' or 'terminated': reports contradict each other"
    )


def test_an_event_is_over_after_its_last_participant_left_and_an_unknown_end_lies_before_its_report() -> (
    None
):
    events = things("events", "Protest", "strike")
    both = (
        said("alpha", "engagedIn", "strike", when="2009-12-20/2009-12-25"),
        said("beta", "engagedIn", "strike", when="2009-12-21/2009-12-28"),
    )
    answers = [
        on(date, *both, of="strike", **events)
        for date in ("2009-12-25", "2009-12-26", "2009-12-29")
    ]
    assert answers == ["ongoing", "ongoing", "ended"]
    some_day = said("alpha", "engagedIn", "strike", when="2009-11-20/2009-12")
    answers = [
        on(date, some_day, of="strike", **events)
        for date in ("2009-12-01", "2009-12-31", "2010-01-01")
    ]
    assert answers == ["ongoing", "'ongoing' or 'ended': the dates leave it open", "ended"]
    ended = said("alpha", "engagedIn", "strike", when="2009-12-20/")
    assert (
        on("2009-12-28", ended, of="strike", **events)
        == "'ongoing' or 'ended': the dates leave it open"
    )
    assert on("2010-01-01", ended, of="strike", **events) == "ended"


def test_a_measure_is_in_force_from_its_imposition_and_between_two_reports_until_it_is_lifted() -> (
    None
):
    events = things("events", "Measure", "curbs")
    imposed = said("alpha", "imposes", "curbs", when="2009-07")
    hits = said("curbs", "appliesTo", "beta", when="2009-12-24")
    lifted = {**said("alpha", "lifts", "curbs", when="2010-02-10"), **LATE}
    assert on("2009-06-30", imposed, hits, of="curbs", **events) == "not yet imposed"
    assert on("2009-12-20", imposed, hits, of="curbs", **events) == IN_FORCE
    assert (
        on("2010-01-15", imposed, hits, of="curbs", **events).startswith("unknown: began ") is False
    )
    answers = [
        on(date, imposed, hits, lifted, of="curbs", **events)
        for date in ("2010-02-09", "2010-02-10")
    ]
    assert answers == [IN_FORCE, "ended"]


def test_a_decision_is_taken_and_a_reversed_one_stays_in_history() -> None:
    events = things("events", "Decision", "leave", "stay")
    taken = said("alpha", "takesDecision", "leave", when="2008-08")
    reversed_ = said("stay", "reverses", "leave", when="2008-11-22")
    days = ("2008-07-31", "2008-11-21", "2008-11-22")
    answers = [on(date, taken, reversed_, of="leave", **events) for date in days]
    assert answers == ["not yet taken", "taken", "reversed"]
    assert [
        s.assertion for s in lived(days[2], taken, reversed_, of="leave", **events).past_steps
    ] == [
        taken["id"],
        reversed_["id"],
    ]


def test_what_a_reversed_reversal_reversed_stands_again() -> None:
    events = things("events", "Decision", "election", "annulment", "ruling", "last")
    story = [
        said("alpha", "takesDecision", "election", when="2001-03"),
        said("annulment", "reverses", "election", when="2001-05-02"),
        said("ruling", "reverses", "annulment", when="2001-07-03"),
    ]
    days = ("2001-05-02", "2001-07-02", "2001-07-03")
    answers = [on(date, *story, of="election", **events) for date in days]
    assert answers == ["reversed", "reversed", "taken"]
    story.append(said("last", "voids", "ruling", when="2001-09-04"))
    assert on("2001-09-04", *story, of="election", **events) == "reversed"
    overturned = [*story[:2], said("beta", "overturns", "annulment", when="2001-07-03")]
    assert on("2001-07-03", *overturned, of="election", **events) == "taken"


def test_a_planned_meeting_has_not_taken_place() -> None:
    planned = {**said("alpha", "takesPartIn", "summit", when="2005-05-05"), "mode": "planned"}
    assert on("2006-01-01", planned, of="summit").startswith("unknown: nothing is reported")
    assert (
        on("2006-01-01", said("alpha", "takesPartIn", "summit", when="2005-05-05"), of="summit")
        == "took place"
    )


def test_a_dispute_whose_sides_are_sides_no_more_is_over_unless_it_was_settled() -> None:
    sides = [said(each, "involvedIn", "row", when="1877-04/1877-10") for each in ("alpha", "beta")]
    assert on("1877-05-01", *sides, of="row") != "over"
    assert on("1880-01-01", *sides, of="row") == "over"
    settled = said("alpha", "settles", "row", when="1877-09-30")
    assert on("1880-01-01", *sides, settled, of="row") == "settled"
    named = said("row", "becomes", "ended", when="1878")
    assert on("1880-01-01", named, of="row") == "over"


def test_of_a_plan_that_came_to_nothing_that_is_said() -> None:
    failed = {
        **said("alpha", "takesPartIn", "summit", when="2005-05-05"),
        "mode": "planned",
        "outcome": "did-not-happen",
    }
    assert on("2011-01-01", failed, of="summit") == "planned; did not happen"


def test_an_accepted_negative_is_not_listed_as_not_accepted() -> None:
    negative = said("alpha", "leaves", "pact", id="no", when="2004", negated=True)
    seen = reading(world(said("alpha", "partyTo", "pact", when="2001/.."), negative))
    record = life_document(life_on("pact", Day(2005, 1, 1), seen), seen).data
    assert isinstance(record, dict)
    assert record["not_accepted"] == []
    assert [each["assertion"] for each in record["accepted_negatives"]] == ["no"]


def test_a_state_without_a_date_is_never_certain() -> None:
    side = said("alpha", "involvedIn", "row")
    assert [
        lived(date, side, of="row").certainty for date in ("2005-01-01", "2010-01-01", "2010-01-02")
    ] == [
        Certainty.POSSIBLY,
        Certainty.POSSIBLY,
        NoStage.UNKNOWN,
    ]


def test_persons_have_no_life_and_an_unknown_name_is_told() -> None:
    with pytest.raises(KgError, match="only things of the classes Dispute, Event, "):
        lived("2001-01-01", of="someone", **things("actors", "Person", "someone"))
    with pytest.raises(KgError, match="nothing here is called 'pakt'"):
        lived("2001-01-01", of="pakt")


# --- laws over generated lives ---

RELATIONS = {
    "announcesTerminationOf": "TerminationPending",
    "suspendsTerminationOf": "TerminationSuspended",
    "revokesTerminationOf": "InForce",
    "suspends": "Suspended",
    "terminates": "Terminated",
}
SPANS = [(a, b) for a in range(1, 7) for b in range(a, 7)]


@given(
    st.dictionaries(
        st.sampled_from(SPANS), st.sampled_from(sorted(RELATIONS)), min_size=1, max_size=4
    ),
    st.integers(1, 6),
)
@settings(max_examples=80, deadline=None)
def test_the_stages_of_a_day_are_exactly_those_that_some_reading_of_the_dates_gives(
    steps: dict[tuple[int, int], str], today: int
) -> None:
    """By trying every day of every date; where two steps fall on one day, either may be the last."""
    possible: set[str] = set()
    for days in product(*(range(first, last + 1) for first, last in steps)):
        come = [(at, name) for at, name in zip(days, steps.values(), strict=True) if at <= today]
        latest = max((at for at, _ in come), default=0)
        possible |= {RELATIONS[name] for at, name in come if at == latest} or {"InForce"}
    assertions = [
        said(
            f"{'alpha'}",
            name,
            "pact",
            when=f"2003-05-0{first}/2003-05-0{last}",
            id=f"s{first}{last}",
        )
        for (first, last), name in steps.items()
    ]
    found = lived(f"2003-05-0{today}", BOUND, *assertions)
    note(str(found.current_steps))
    assert {stage.name for stage in found.stages} == possible


STATEMENTS = st.fixed_dictionaries(
    {
        "predicate": st.sampled_from(["signed", "entersInto", "partyTo", *RELATIONS]),
        "when": st.sampled_from(
            [None, "2001", "2001-05", "2001-05-04", "2001/..", "[2001,2004]", "2003~", "2002/2004"]
        ),
        "mode": st.sampled_from(["actual", "planned", "demanded", "opinion"]),
        "according_to": st.sampled_from([None, None, "beta"]),
        "cite": st.sampled_from([{"article-1": ["1"]}, {"article-3": ["1"]}]),
    }
)


def written(number: int, fields: dict[str, Any]) -> dict[str, Any]:
    given_ = {key: value for key, value in fields.items() if value not in (None, "actual")}
    return {"id": f"a{number}", "subject": "alpha", "object": "pact", **given_}


@given(
    st.lists(STATEMENTS, max_size=6),
    st.sampled_from(["2000-01-01", "2001-05-04", "2003-01-01", "2010-02-01", "2011-01-01"]),
)
@settings(max_examples=80, deadline=None)
def test_only_what_is_accepted_bears_on_a_life(statements: list[dict[str, Any]], date: str) -> None:
    every = [written(n, fields) for n, fields in enumerate(statements)]
    plain = [a for a in every if "mode" not in a and "according_to" not in a]
    one, other = lived(date, *every), lived(date, *plain)
    assert (one.stages, one.certainty, one.in_force) == (
        other.stages,
        other.certainty,
        other.in_force,
    )


@given(
    st.lists(STATEMENTS, max_size=6),
    st.sampled_from(["2000-01-01", "2001-05-04", "2003-01-01", "2010-02-01", "2011-01-01"]),
)
@settings(max_examples=50, deadline=None)
def test_every_life_can_be_told_and_what_is_told_under_known_by_rests_on_what_was_published(
    statements: list[dict[str, Any]], date: str
) -> None:
    seen = reading(
        world(*(written(n, fields) for n, fields in enumerate(statements))),
        Lens(known_by=Day(2010, 1, 31)),
    )
    if "pact" not in seen.corpus.things:
        return
    document = life_document(life_on("pact", day(date), seen), seen)
    assert "article-3" not in as_text(document) + as_json(document)


# --- the example ---


@cache
def example() -> Reading:
    return read_example()


def answered(id: str, text: str, lens: Lens | None = None) -> str:
    seen = example().under(lens or Lens())
    return as_text(life_document(life_on(id, day(text), seen), seen))


def test_gsomia_was_not_yet_concluded_then_in_force_with_its_end_announced_and_then_put_off() -> (
    None
):
    assert answered("gsomia", "2015-06-30").startswith(
        "GSOMIA (gsomia) on 2015-06-30: not yet concluded\n"
    )
    september = answered("gsomia", "2019-09-01")
    assert september.startswith(f"GSOMIA (gsomia) on 2019-09-01: {PENDING}\nin force: yes\n")
    assert (
        "planned: terminated 23 November 2019, 00:00 (UTC+9); it did not happen [expiry-instant]"
        in september
    )
    assert "Government of South Korea announces the termination of" in september
    assert answered("gsomia", "2019-11-23").startswith(
        f"GSOMIA (gsomia) on 2019-11-23: {PUT_OFF}\nin force: yes\n"
    )


def test_on_16_november_nobody_knew_of_the_hold_off_and_nothing_had_come_of_the_plan() -> None:
    known = answered("gsomia", "2019-11-16", Lens(known_by=Day(2019, 11, 16)))
    assert "hold-off" not in known
    assert "did not happen" not in known
    assert "planned: terminated 2019-11-23 [expiry-day]" in known


def test_the_export_controls_are_in_force_with_talks_and_a_demand_ahead() -> None:
    controls = answered("export-controls", "2019-11-23")
    assert "on 2019-11-23: in force\nin force: yes\n" in controls
    assert "talks-to-resume" in controls
    assert "kang-demands-withdrawal" in controls


def test_how_the_hunger_strike_ended_is_not_reported() -> None:
    strike = " ".join(answered("ev-hunger-strike", "2019-11-25").split())
    assert "unknown: began 2019-11-20, ongoing on 2019-11-22, end not reported" in strike


# --- the command ---


def test_the_command_takes_the_latest_publication_where_no_day_is_given_and_the_lens_s_day_for_its_own(
    kg: Kg,
) -> None:
    shown = kg("status", "gsomia", cwd=REPOSITORY)
    assert shown.stdout.startswith("GSOMIA (gsomia) on 2019-11-23: ")
    one, other = (
        kg("status", "gsomia", option, "2019-09-01", "--format", "json", cwd=REPOSITORY)
        for option in ("--on", "--true-on")
    )
    assert json.loads(one.stdout) == json.loads(other.stdout)
    assert json.loads(one.stdout)["stages"] == ["TerminationPending"]


def test_two_days_or_an_interval_are_refused_and_before_all_articles_everything_is_unknown(
    kg: Kg,
) -> None:
    assert (
        kg("status", "gsomia", "--on", "2019-09-01", "--true-on", "2019-09-02", cwd=REPOSITORY).code
        == 2
    )
    assert kg("status", "gsomia", "--on", "2019-09", cwd=REPOSITORY).code == 2
    early = kg("status", "gsomia", "--on", "2019-09-01", "--known-by", "2019-09-01", cwd=REPOSITORY)
    assert (early.code, early.stdout.splitlines()[0]) == (
        0,
        "GSOMIA (gsomia) on 2019-09-01: unknown: nothing is reported of it up to this day",
    )
    assert early.stdout.endswith("lens: known by 2019-09-01\n")


def test_a_decision_that_ended_a_pact_and_is_undone_from_its_first_day_vouches_for_the_pact_up_to_then() -> (
    None
):
    """The reversal is a report too: the pact had gone on until it was given."""
    ended = said(
        "alpha", "terminates", "pact", when="2010-01-31", id="ended", cite={"article-2": ["1"]}
    )
    undone = said(
        "beta",
        "supports",
        "pact",
        when="2010-02-20",
        supersedes="ended",
        retroactive="true",
        **LATE,
    )
    for date in ("2010-01-30", "2010-02-10", "2010-02-20"):
        assert on(date, BOUND, ended, undone) == IN_FORCE
    later = on("2010-06-01", BOUND, ended, undone)
    assert later == "in force, as far as known: last reported 2010-02-20"
    assert (
        on("2010-02-10", BOUND, ended, undone, lens=Lens(known_by=day("2010-02-28")))
        == "terminated"
    )


def test_what_is_annulled_from_its_first_day_never_was_and_says_so() -> None:
    events = {
        "events": {
            id: {"type": type, "label": id}
            for id, type in (("levy", "Measure"), ("appeal", "Ruling"))
        }
    }
    imposed = said("gov", "imposes", "levy", when="2008-01-01", id="imposed")
    annulled = said("appeal", "reverses", "levy", when="2010-02-18", id="annulled", **LATE)
    annulled |= {"supersedes": "imposed", "retroactive": "true"}
    found = lived(
        "2009-03-01",
        imposed,
        annulled,
        of="levy",
        **events,
        **things("actors", "Government", "gov"),
    )
    assert (found.certainty, found.in_force) == (NoStage.UNDONE, "no")
    assert found.corrections == (("imposed", "annulled"),)
