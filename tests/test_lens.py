"""What a lens lets through, and what it never does: turn a disputed thing into a fact."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from conftest import Kg
from corpora import WORLD, corpus, worlds
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, parse
from readings import BARE, CORE
from test_law import direct_triples, stated_triples

from kg.dates import Day, Instant, is_past_by, parse_date
from kg.files.output import GRAPH
from kg.model.corpus import Corpus
from kg.rdf.writer import write_graph
from kg.status.certainty import Certainty, certainty_on
from kg.status.inference import judge
from kg.status.lens import Lens, select_assertions
from kg.status.restriction import keep_assertions, restrict_to_day
from kg.status.statement import Statements
from kg.status.status import Status, judge_standings

MET = {
    "id": "met",
    "subject": "alpha",
    "predicate": "meets",
    "object": "beta",
    "cite": {"article-1": ["1"]},
}


def world(*assertions: dict[str, Any], **sections: Any) -> Corpus:
    return corpus({**WORLD, **sections, "assertions": list(assertions)}, CORE)


def statuses(seen: Corpus, voices: tuple[str, ...] = ()) -> dict[str, str]:
    return {
        id: standing.status.value for id, standing in judge_standings(seen, CORE, voices).items()
    }


def test_a_denial_that_was_not_published_yet_contests_nothing() -> None:
    seen = world(
        MET, {"id": "no", "denies": "met", "according_to": "beta", "cite": {"article-3": ["1"]}}
    )
    assert statuses(seen) == {"met": "contested", "no": "contested"}
    assert statuses(restrict_to_day(seen, Day(2010, 1, 31))) == {"met": "accepted"}


def test_a_withdrawal_that_was_not_published_yet_has_not_happened() -> None:
    claim = {
        **MET,
        "according_to": "alpha",
        "withdrawn": {"when": "2009", "cite": {"article-2": ["2"]}},
    }
    assert statuses(world(claim)) == {"met": "withdrawn"}
    assert statuses(restrict_to_day(world(claim), Day(2010, 1, 31))) == {"met": "attributed"}


@pytest.mark.parametrize(
    ("articles", "until"),
    [
        (("article-1",), 1),
        (("article-1", "article-2"), 1),
        (("article-2",), 2),
        (("article-1", "article-3"), 3),
    ],
)
def test_what_goes_on_is_certain_up_to_its_last_report_and_a_copy_of_an_article_is_none(
    articles: tuple[str, ...], until: int
) -> None:
    """The first two articles are of one originator, the second shown by another publisher; the
    third is independent.
    """
    cite = {article: ["1"] for article in articles}
    seen = world(
        {
            "id": "party",
            "subject": "alpha",
            "predicate": "partyTo",
            "object": "pact",
            "when": "2002/..",
            "cite": cite,
        }
    )
    certain = [
        month
        for month in (1, 2, 3)
        if certainty_on(seen.assertions["party"], judge(seen, CORE), CORE, Day(2010, month, 1))
        is Certainty.CERTAINLY
    ]
    assert certain == list(range(1, until + 1))


def test_a_correction_that_was_not_published_yet_corrects_nothing() -> None:
    later = {
        **MET,
        "id": "later",
        "when": "2001",
        "supersedes": "met",
        "cite": {"article-2": ["2"]},
    }
    assert statuses(world(MET, later)) == {"met": "superseded", "later": "accepted"}
    assert statuses(restrict_to_day(world(MET, later), Day(2010, 1, 1))) == {"met": "accepted"}


def test_what_came_of_a_plan_is_not_known_before_it_is_reported() -> None:
    plan = {**MET, "mode": "planned", "outcome": {"kind": "happened", "realised_by": "done"}}
    done = {**MET, "id": "done", "cite": {"article-2": ["1"]}}
    seen = restrict_to_day(world(plan, done), Day(2010, 1, 1))
    assert list(seen.assertions) == ["met"]
    assert seen.assertions["met"].outcome is None


def test_things_articles_and_names_that_were_not_known_yet_are_not_there() -> None:
    aliases = [{"name": "Al", "cite": {"article-2": ["1"]}}, "First"]
    actors = {**WORLD["actors"], "alpha": {"type": "State", "label": "Alpha", "aliases": aliases}}
    seen = restrict_to_day(
        world(
            MET,
            {**MET, "id": "other", "object": "gamma", "cite": {"article-2": ["1"]}},
            actors=actors,
        ),
        Day(2010, 1, 1),
    )
    assert set(seen.things) == {"alpha", "beta", "press"}
    assert set(seen.articles) == {"article-1"}
    # Since when a name without a source is known nobody can say.
    assert not seen.things["alpha"].aliases


def test_a_note_that_may_rest_on_a_later_article_is_not_shown() -> None:
    noted = {**MET, "note": "as it turned out", "cite": {"article-1": ["1"], "article-2": ["1"]}}
    assert restrict_to_day(world(noted), Day(2010, 1, 1)).assertions["met"].note == ""
    assert restrict_to_day(world(noted), Day(2010, 2, 1)).assertions["met"].note != ""


def test_according_to_a_speaker_their_claim_stands_and_the_denial_of_it_is_contested() -> None:
    seen = world(
        {**MET, "according_to": "alpha"},
        {"id": "no", "denies": "met", "according_to": "beta", "cite": {"article-1": ["2"]}},
    )
    assert statuses(seen, ("alpha",)) == {"met": "accepted", "no": "contested"}
    assert statuses(seen, ("beta",)) == {"met": "contested", "no": "denial"}
    assert statuses(seen, ("alpha", "beta")) == {"met": "contested", "no": "contested"}
    assert statuses(seen, ("gamma",)) == {"met": "contested", "no": "contested"}


def test_according_to_a_speaker_their_plans_and_opinions_are_still_no_facts() -> None:
    seen = world(
        {**MET, "according_to": "alpha", "mode": "planned"},
        {**MET, "id": "view", "according_to": "alpha", "mode": "opinion"},
    )
    assert statuses(seen, ("alpha",)) == {"met": "prospective", "view": "opinion"}


@pytest.mark.parametrize(
    ("when", "day", "holds"),
    [
        ("2001-05-04", Day(2001, 5, 4), "certainly"),
        ("2001-05-04", Day(2001, 5, 5), "no"),
        ("2001-05", Day(2001, 5, 5), "possibly"),
        ("2001/2003", Day(2002, 5, 5), "certainly"),
        ("2001/2003", Day(2001, 5, 5), "possibly"),
        ("[2001,2004]", Day(2004, 5, 5), "possibly"),
        ("[2001,2004]", Day(2002, 5, 5), "no"),
        ("1999/..", Day(2009, 12, 31), "certainly"),
        ("1999/..", Day(2011, 1, 1), "as-far-as-known"),
        ("1999/", Day(2005, 1, 1), "possibly"),
        (None, Day(2005, 1, 1), "possibly"),
    ],
)
def test_what_holds_on_a_day_says_how_surely(when: str | None, day: Day, holds: str) -> None:
    member = {**MET, "predicate": "partyTo", "object": "pact"}
    seen = world({**member, **({"when": when} if when else {})})
    assert certainty_on(seen.assertions["met"], judge(seen, CORE), CORE, day) is Certainty(holds)


def test_an_event_between_two_days_happened_some_time_between_them() -> None:
    seen = world({**MET, "when": "2001-05-01/2001-05-09"})
    assert (
        certainty_on(seen.assertions["met"], judge(seen, CORE), CORE, Day(2001, 5, 4))
        is Certainty.POSSIBLY
    )
    assert (
        certainty_on(seen.assertions["met"], judge(seen, CORE), CORE, Day(2001, 5, 10))
        is Certainty.NO
    )


def test_hiding_a_denial_by_its_sources_or_status_does_not_make_a_fact() -> None:
    cite = {"cite": {"article-1": ["1"], "article-3": ["1"]}}
    seen = world(
        {**MET, **cite},
        {"id": "no", "denies": "met", "according_to": "beta", "cite": {"article-1": ["2"]}},
    )
    found = judge_standings(seen, CORE)
    for lens in (Lens(min_sources=2), Lens(statuses=(Status.CONTESTED,))):
        assert "met" in select_assertions(judge(seen, CORE), CORE, lens)
        assert found["met"].status is Status.CONTESTED
    assert set(select_assertions(judge(seen, CORE), CORE, Lens(min_sources=2))) == {"met"}


def under(seen: Corpus, lens: Lens) -> tuple[Corpus, Statements]:
    back = restrict_to_day(seen, lens.known_by) if lens.known_by else seen
    judgement = judge(back, CORE, lens.according_to)
    shown = keep_assertions(judgement.corpus, select_assertions(judgement, CORE, lens))
    return shown, Statements(judgement, CORE, shown.assertions, {})


LENSES = st.builds(
    Lens,
    true_on=st.sampled_from((None, Day(2001, 5, 4), Day(2002, 6, 1), Day(2010, 1, 1))),
    known_by=st.sampled_from(
        (
            None,
            Day(2009, 1, 1),
            Day(2010, 1, 15),
            Instant(Day(2010, 2, 1), "2010-02-01T12:00:00Z"),
            Day(2010, 2, 15),
        )
    ),
    according_to=st.sampled_from(((), ("alpha",), ("beta", "gamma"))),
    min_sources=st.sampled_from((0, 1, 2)),
    statuses=st.sampled_from(((), (Status.ACCEPTED,), (Status.CONTESTED, Status.ATTRIBUTED))),
)


@given(worlds(), LENSES)
@settings(max_examples=100, deadline=None)
def test_the_law_holds_under_every_lens(world: dict[str, Any], lens: Lens) -> None:
    shown, found = under(corpus(world, CORE), lens)
    quads = list(parse(write_graph(shown, BARE, found)[GRAPH], RdfFormat.N_QUADS))
    assert direct_triples(quads, CORE) == stated_triples(quads, "Accepted", "Asserts")


@given(worlds(), LENSES)
@settings(max_examples=80, deadline=None)
def test_nothing_under_a_lens_names_what_was_not_published_by_its_day(
    world: dict[str, Any], lens: Lens
) -> None:
    shown, found = under(corpus(world, CORE), lens)
    text = write_graph(shown, BARE, found)[GRAPH].decode()
    for id, article in world["articles"].items():
        published = parse_date(article.get("published", "0001"))
        if lens.known_by and not is_past_by(published, lens.known_by):
            assert id not in text


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--known-by", "2019-11"), "takes one day"),
        (("--true-on", "yesterday"), "yesterday"),
        (("--according-to", "gov-jpan"), "gov-japan"),
        (("--status", "settled"), "invalid choice"),
        (("--min-sources", "0"), "whole number"),
    ],
)
def test_a_lens_that_makes_no_sense_is_refused_with_exit_code_2(
    kg: Kg, repository: Path, options: tuple[str, ...], message: str
) -> None:
    answer = kg("-C", repository, "query", "parties", *options)
    assert answer.code == 2
    assert message in answer.stderr


def test_every_answer_says_under_which_lens_it_was_given(kg: Kg, repository: Path) -> None:
    lens = ("--known-by", "2019-11-16", "--min-sources", "1")
    for command in (("query", "parties"), ("why", "gsomia")):
        assert (
            "lens: known by 2019-11-16, at least 1 independent sources"
            in kg("-C", repository, *command, *lens).stdout
        )
