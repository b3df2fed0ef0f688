"""Who holds what in a dispute: nobody's claim becomes another's, and silence is told as silence."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from conftest import REPOSITORY, Kg
from corpora import worlds
from hypothesis import given, settings
from pictures import read_example
from readings import reading, said, things, world

from kg.dates.calendar import Day
from kg.diagnostics import KgError
from kg.reading import Reading
from kg.reports.answers import ARTICLES
from kg.reports.dispute_questions import Question, QuestionKind, Verdict
from kg.reports.document import as_json, as_markdown, as_text
from kg.reports.position_document import position_document
from kg.reports.positions import PositionMatrix, position_matrices
from kg.status.lens import Lens

SIDES = (said("alpha", "involvedIn", "row"), said("beta", "involvedIn", "row"))
TOPIC = said("row", "concerns", "exit")
EXIT = things("events", "Decision", "exit")
LINKED = {**said("exit", "linkedTo", "pact"), "according_to": "alpha", "said": "2009-05-05"}
DENIED = {"id": "no", "denies": LINKED["id"], "according_to": "beta", "cite": {"article-3": ["3"]}}


def matrix(*assertions: dict[str, Any], lens: Lens | None = None, **more: Any) -> PositionMatrix:
    """The matrix of the row between Alpha and Beta over the exit."""
    [found] = position_matrices(
        "row", reading(world(*SIDES, TOPIC, *assertions, **{**EXIT, **more}), lens)
    )
    return found


def text_of(matrices: tuple[PositionMatrix, ...], seen: Reading) -> str:
    return as_text(position_document(matrices, seen))


def markdown_of(matrices: tuple[PositionMatrix, ...], seen: Reading) -> str:
    return as_markdown(position_document(matrices, seen, with_tables=True))


def held(question: Question) -> list[list[tuple[str, str]]]:
    """Who holds what, row by row."""
    return [
        [(position.actor, position.stance) for position in row.positions]
        for row in question.propositions
    ]


def only(found: PositionMatrix) -> Question:
    [question] = found.questions
    return question


def test_a_claim_and_its_denial_are_one_question_that_is_answered() -> None:
    question = only(matrix(LINKED, DENIED))
    assert (question.title, held(question)) == (
        "Exit is linked to Pact",
        [[("alpha", "asserts"), ("beta", "denies")]],
    )
    assert (question.verdict, question.silent) == (Verdict.ANSWERED, ())


def test_a_claim_that_nobody_denies_says_which_side_is_silent() -> None:
    question = only(matrix(LINKED))
    assert (question.verdict, question.silent) == (Verdict.UNANSWERED, ("beta",))
    words = text_of((matrix(LINKED),), reading(world(*SIDES, TOPIC, LINKED, **EXIT)))
    assert words.endswith("\n\n  1 question; nobody answers 1; no word from Beta on 1\n")


def test_what_both_sides_say_is_agreed_and_not_unanswered() -> None:
    also = {**LINKED, "id": "also", "according_to": "beta"}
    question = only(matrix(LINKED, also))
    assert (question.verdict, question.silent) == (Verdict.AGREED, ())
    seen = reading(world(*SIDES, TOPIC, LINKED, also, **EXIT))
    words = text_of((matrix(LINKED, also),), seen)
    assert "| all agree |" in markdown_of((matrix(LINKED, also),), seen)
    assert "nobody answers" not in words
    assert words.endswith("\n\n  1 question; nobody denies 1\n")
    third = said("gamma", "involvedIn", "row")
    assert "| nobody denies it; no word from Gamma |" in markdown_of(
        (matrix(LINKED, also, third),), seen
    )
    same_side = {**LINKED, "id": "also", "according_to": "gov"}
    gov: dict[str, Any] = {
        "actors": {"gov": {"type": "Government", "label": "Gov", "acts_for": "alpha"}}
    }
    assert not only(matrix(LINKED, same_side, **gov)).is_shared


def test_where_there_is_no_dispute_the_answer_says_what_makes_one() -> None:
    assert text_of((), reading(world())).startswith("no dispute is known here: ")
    assert markdown_of((), reading(world())).startswith("no dispute is known here: ")


def test_who_holds_an_office_of_a_side_or_acts_for_it_speaks_for_it() -> None:
    actors: dict[str, Any] = {
        "actors": {
            "gov": {"type": "Government", "label": "Gov", "acts_for": "beta"},
            "ann": {"type": "Person", "label": "Ann"},
        }
    }
    office = said("ann", "foreignMinisterOf", "beta")
    assert only(matrix(LINKED, {**DENIED, "according_to": "ann"}, office, **actors)).silent == ()
    assert only(matrix(LINKED, {**DENIED, "according_to": "ann"}, **actors)).silent == ("beta",)
    assert only(matrix(LINKED, {**DENIED, "according_to": "gov"}, **actors)).silent == ()


def test_the_rivals_of_a_conflict_are_rows_of_its_question_with_texts_too() -> None:
    rivals = (
        {**said("exit", "hasScope", "half", id="half"), "according_to": "alpha"},
        {**said("exit", "hasScope", "all", id="all"), "according_to": "beta"},
    )
    conflict: dict[str, Any] = {
        "conflicts": {
            "scope": {
                "question": "How much of it?",
                "kind": "exactly-one",
                "between": ["half", "all"],
            }
        }
    }
    question = next(
        q for q in matrix(*rivals, **conflict).questions if q.title == "How much of it?"
    )
    assert held(question) == [[("alpha", "asserts")], [("beta", "asserts")]]
    assert question.verdict is Verdict.ANSWERED
    assert [row.words for row in question.propositions] == ["Exit covers half", "Exit covers all"]


def test_two_answers_of_one_speaker_are_no_answer_of_another() -> None:
    motives = (
        {**said("exit", "respondsTo", "summit", id="one"), "according_to": "alpha"},
        {**said("exit", "retaliatesFor", "summit", id="two"), "according_to": "alpha"},
    )
    conflict: dict[str, Any] = {
        "conflicts": {"why": {"question": "Why?", "kind": "several", "between": ["one", "two"]}}
    }
    assert only(matrix(*motives, **conflict)).verdict is Verdict.UNANSWERED


def test_what_a_demand_wants_is_held_by_who_demands_it_and_needs_no_answer() -> None:
    demand = {**said("alpha", "reconsiders", "exit"), "mode": "demanded", "according_to": "beta"}
    condition = {
        **said("alpha", "reconsiders", "exit", id="if"),
        "mode": "conditional",
        "condition": "it rains",
        "according_to": "alpha",
    }
    question = only(matrix(demand, condition))
    assert held(question) == [[("beta", "demands"), ("alpha", "on condition")]]
    assert (question.kind, question.verdict) == (QuestionKind.PROSPECT, Verdict.OPEN)
    assert question.propositions[0].positions[1].answer == "if it rains"


def test_judgements_of_one_thing_are_one_question_with_each_holder_s_words() -> None:
    views = [
        {**said("exit", "judgedAs", words, id=f"v{n}"), "mode": "opinion", "according_to": holder}
        for n, (holder, words) in enumerate((("alpha", "wise"), ("gamma", "rash")))
    ]
    question = only(matrix(*views))
    assert (question.title, question.kind) == ("Exit is judged as ...", QuestionKind.JUDGEMENT)
    assert [(p.actor, p.answer) for p in question.propositions[0].positions] == [
        ("alpha", "wise"),
        ("gamma", "rash"),
    ]


def test_deeds_and_words_of_an_actor_s_own_show_what_it_is_for_and_against() -> None:
    question = only(matrix(said("alpha", "supports", "exit"), said("beta", "opposes", "exit")))
    assert (question.kind, held(question)) == (
        QuestionKind.STAND,
        [[("alpha", "for"), ("beta", "against")]],
    )


def test_what_the_articles_say_themselves_stands_beside_the_claims() -> None:
    reported = {**said("exit", "linkedTo", "pact", id="reported")}
    question = only(matrix(reported, LINKED))
    assert held(question) == [[(ARTICLES, "asserts"), ("alpha", "asserts")]]


def test_a_fact_that_nobody_claims_is_no_question() -> None:
    assert matrix(said("exit", "linkedTo", "pact")).questions == ()


def test_an_account_of_what_was_done_is_a_question_only_where_it_is_denied() -> None:
    account = {**said("summit", "discusses", "row"), "according_to": "alpha"}
    denial = {
        "id": "no",
        "denies": account["id"],
        "according_to": "beta",
        "cite": {"article-3": ["3"]},
    }
    assert matrix(account).questions == ()
    assert held(only(matrix(account, denial))) == [[("alpha", "asserts"), ("beta", "denies")]]


def test_what_those_who_take_part_in_the_incident_do_to_each_other_belongs_to_the_dispute() -> None:
    took_part = (said("alpha", "takesPartIn", "exit"), said("gamma", "takesPartIn", "exit"))
    claim = {**said("alpha", "threatens", "gamma"), "according_to": "beta"}
    assert only(matrix(claim, *took_part)).title == "Alpha threatens Gamma"
    assert matrix(claim).questions == ()


def test_what_is_said_of_the_sides_themselves_belongs_to_the_widest_dispute_of_theirs() -> None:
    wide = {"disputes": {"quarrel": {"type": "Dispute", "label": "Quarrel"}}}
    sides = (said("alpha", "involvedIn", "quarrel"), said("beta", "involvedIn", "quarrel"))
    feeds = said("row", "contributesTo", "quarrel")
    worse = {**said("alpha", "tiesWorsenWith", "beta"), "according_to": "gamma"}
    assert only(matrix(worse)).title == "Alpha has worsening ties with Beta"
    within = {**said("gov", "opposes", "alpha"), "according_to": "gamma"}
    gov: dict[str, Any] = {
        "actors": {"gov": {"type": "Government", "label": "Gov", "acts_for": "alpha"}}
    }
    assert matrix(within, **gov).questions == ()
    seen = reading(world(*SIDES, TOPIC, *sides, feeds, worse, **EXIT, **wide))
    assert [[q.title for q in found.questions] for found in position_matrices("", seen)] == [
        [],
        ["Alpha has worsening ties with Beta"],
    ]


def test_a_statement_taken_back_is_no_position_but_was_one_before_that_was_known() -> None:
    withdrawn = {**LINKED, "withdrawn": {"when": "2010-02-15", "cite": {"article-3": ["9"]}}}
    assert matrix(withdrawn).questions == ()
    assert held(only(matrix(withdrawn, lens=Lens(known_by=Day(2010, 1, 31))))) == [
        [("alpha", "asserts")]
    ]


def test_claims_that_one_speaker_makes_of_several_in_one_place_are_one_row() -> None:
    settled = [
        {**said(actor, "settles", "row"), "according_to": "gamma"} for actor in ("alpha", "beta")
    ]
    assert [question.title for question in matrix(*settled).questions] == [
        "Each of Alpha and Beta settles Row"
    ]


def test_a_name_that_is_no_dispute_is_told() -> None:
    with pytest.raises(KgError, match="no dispute is called 'pact'"):
        position_matrices("pact", reading(world()))


# --- how it is told ---


def test_few_actors_stand_side_by_side_and_many_below_each_other() -> None:
    few = text_of((matrix(LINKED, DENIED),), reading(world(*SIDES, TOPIC, LINKED, DENIED, **EXIT)))
    assert " | Alpha " in few
    others = [
        {**DENIED, "id": f"no-{n}", "according_to": id}
        for n, id in enumerate(("gamma", "press", "paper"))
    ]
    seen = reading(world(*SIDES, TOPIC, LINKED, DENIED, *others, **EXIT))
    many = text_of(position_matrices("row", seen), seen)
    assert " | " not in many
    assert "        asserts: Alpha, said 2009-05-05\n" in many
    assert max(map(len, (few + many).splitlines())) <= 100


def test_markdown_has_a_column_for_every_actor_and_keeps_to_its_cells() -> None:
    actors = {"actors": {"alpha": {"type": "State", "label": "Al|pha*"}}}
    seen = reading(world(*SIDES, TOPIC, LINKED, DENIED, **EXIT, **actors))
    table = [
        line
        for line in markdown_of(position_matrices("row", seen), seen).splitlines()
        if line.startswith("|")
    ]
    assert table[0] == r"| question | Al\|pha\* | Beta | missing |"
    assert len(table) == 3
    assert {line.replace(r"\|", "").count("|") for line in table} == {5}


@given(worlds())
@settings(max_examples=60, deadline=None)
def test_every_position_is_that_of_a_live_assertion_and_its_speaker_and_every_matrix_can_be_told(
    written: dict[str, Any],
) -> None:
    seen = reading({**written, "assertions": [*SIDES, *written["assertions"]]})
    found = position_matrices("", seen)
    for position in (p for m in found for q in m.questions for p in q.positions):
        a = position.statement.assertion
        assert seen.standings[a.id].status not in ("withdrawn", "superseded")
        speakers = {speaker.id for speaker in a.speakers}
        assert position.actor in (speakers or {ARTICLES, a.subject.id})
    assert text_of(found, seen)
    assert markdown_of(found, seen)
    assert as_json(position_document(found, seen))


# --- the example ---


@cache
def example() -> Reading:
    return read_example()


def asked(dispute: str, beginning: str) -> Question:
    [found] = position_matrices(dispute, example())
    return next(question for question in found.questions if question.title.startswith(beginning))


def test_south_korea_links_trade_to_the_pact_and_japan_denies_it() -> None:
    question = asked(
        "dispute-gsomia", "Japan's export controls on South Korea are linked to GSOMIA"
    )
    assert sorted(held(question)[0]) == [
        ("gov-japan", "denies"),
        ("gov-south-korea", "asserts"),
    ]
    assert (question.verdict, question.silent) == (Verdict.ANSWERED, ())


@pytest.mark.parametrize(
    "beginning",
    [
        "Treaty of 1965",
        "Each of Japan and South Korea settles",
        "Rulings of South Korea's Supreme Court",
    ],
)
def test_to_japan_s_claims_on_wartime_labour_no_answer_of_south_korea_is_reported(
    beginning: str,
) -> None:
    question = asked("dispute-wartime-labour", beginning)
    assert (question.verdict, question.silent, question.actors) == (
        Verdict.UNANSWERED,
        ("south-korea",),
        ("gov-japan",),
    )


def test_each_side_tells_of_another_act_of_the_other_in_the_radar_dispute() -> None:
    question = asked("dispute-radar", "What set off")
    assert held(question) == [
        [("gov-japan", "asserts"), ("jeong", "denies")],
        [("jeong", "asserts")],
    ]


def test_japan_says_nothing_to_the_motives_that_south_korea_claims() -> None:
    question = asked("dispute-export-controls", "Why did Japan tighten")
    assert (len(question.propositions), question.verdict, question.silent) == (
        2,
        Verdict.UNANSWERED,
        ("japan",),
    )


def test_the_command_prints_one_dispute_or_all_in_three_forms_under_the_lens(kg: Kg) -> None:
    everything = kg("disputes", cwd=REPOSITORY).stdout
    assert all(f"({id})" in everything for id in ("dispute-radar", "dispute-gsomia", "wto-case"))
    known = kg(
        "disputes",
        "dispute-wartime-labour",
        "--known-by",
        "2019-11-16",
        "--format",
        "json",
        cwd=REPOSITORY,
    )
    assert "reuters-2019-11-23" not in known.stdout
    assert known.stderr == "lens: known by 2019-11-16\n"
    assert kg("disputes", "dispute-radar", "--format", "md", cwd=REPOSITORY).stdout.startswith(
        "# Radar dispute (dispute-radar)\n"
    )
    refused = kg("disputes", "dispute-rader", cwd=REPOSITORY)
    assert (refused.code, "did you mean" in refused.stderr) == (2, True)


# --- speech about a claim ---


def test_what_is_said_of_a_claim_answers_it_by_whoever_says_it() -> None:
    false = said("beta", "callsFalse", "exit-linkedTo-pact", id="false")
    right = said("gamma", "confirms", "exit-linkedTo-pact", id="right")
    [question] = matrix(LINKED, false, right).questions
    assert held(question) == [
        [("alpha", "asserts"), ("beta", "calls false"), ("gamma", "confirms")]
    ]
    assert question.verdict is Verdict.ANSWERED
    [question] = matrix(LINKED, said("alpha", "deniesSaying", "exit-linkedTo-pact")).questions
    assert question.verdict is Verdict.UNANSWERED


def test_where_nothing_is_open_that_is_said_of_the_day(kg: Kg) -> None:
    shown = kg("disputes", "--open", "--on", "1900-01-01", cwd=REPOSITORY)
    assert "nothing is open on 1900-01-01, by what had been said until then" in shown.stdout
