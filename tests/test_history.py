"""What was known when, and what held when: told once for all days, and the same as a lens of each
day tells.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from corpora import dated, worlds
from hypothesis import given, settings
from hypothesis import strategies as st
from pictures import read_example
from readings import reading, said, world

from kg.dates import Day, holds_on, parse_date
from kg.dates.calendar import Range, day_number, day_of
from kg.dates.overlaps import Days, days_of
from kg.reading import Reading
from kg.status.certainty import Certainty
from kg.status.lens import Lens, select_assertions
from kg.status.restriction import restrict_to_day as known_corpus
from kg.status.statement import Statement
from kg.view.history import find_history, thin_out
from kg.view.picture import History, Run

DATES = (
    "2019-11-22",
    "2019-11",
    "2019",
    "201X",
    "2019-24",
    "2019-11~",
    "2019?",
    "2019-11-01/2019-11-05",
    "2019-10/2019-11",
    "2016-11-23/..",
    "2016-11-23/",
    "../2019-11-20",
    "/2019-11-20",
    "2019-11-01/2019-11-05?",
    "2016~/..",
    "[2019-11-01,2019-11-05]",
    "{2019-11-01,2019-11-05}",
    "[2019-10-30..2019-11-03,2019-11-05]",
    "{2019-10,2019-11-02..}",
    "[..2019-11-03]",
    "{2019-11-04..}",
    "[2019-11-02,2019-11-04..]",
    "2019-11-05T23:30:00Z",
    "-0043-03-15",
    "Y-12345",
    "{2019-11-01~,2019-11-05}",
    "[2019-11,2019-11-03]",
)


def holding(days: Days | None, day: Day) -> Certainty:
    """What a page makes of the days on which something holds: undated, it may hold on any."""

    def has(ranges: Iterable[Range]) -> bool:
        return any(
            (first is None or first <= day) and (last is None or day <= last)
            for first, last in ranges
        )

    if days is None:
        return Certainty.POSSIBLY
    if not has(days.possible):
        return Certainty.NO
    if has(days.certain):
        return Certainty.CERTAINLY
    return Certainty.AS_FAR_AS_KNOWN if has(days.as_far_as_known) else Certainty.POSSIBLY


def moment(known: History, day: Day) -> int:
    """The number of the last moment up to a day, or -1."""
    return sum(each <= day for each in known.moments) - 1


def run_at(known: History, id: str, now: int) -> Run | None:
    """How an assertion stood at a moment; None where it was not there."""
    runs = [run for run in known.runs.get(id, ()) if run.moment <= now]
    return runs[-1] if runs and runs[-1].statement else None


def runs_then(known: History, by: Day) -> dict[str, Run]:
    """Every assertion that was there on a day, with how it stood."""
    runs = {id: run_at(known, id, moment(known, by)) for id in known.runs}
    return {id: run for id, run in runs.items() if run}


def seen_then(known: History, by: Day) -> dict[str, Statement | None]:
    """Every assertion that was there on a day, with its statement."""
    return {id: run.statement for id, run in runs_then(known, by).items()}


def shown_then(known: History, on: Day, by: Day) -> dict[str, Certainty]:
    """What holds on a day as known by another."""
    result = {id: holding(run.days, on) for id, run in runs_then(known, by).items()}
    return {id: truth for id, truth in result.items() if truth is not Certainty.NO}


def turns(known: History, id: str) -> list[tuple[int, str, tuple[str, ...]]]:
    """From which moments on an assertion had which status, and what stood against it."""
    return [
        (run.moment, run.statement.status.value, run.statement.against)
        if run.statement
        else (run.moment, "", ())
        for run in known.runs[id]
    ]


@pytest.mark.parametrize("text", DATES)
def test_the_days_of_a_date_tell_of_every_day_what_the_date_tells(text: str) -> None:
    date = parse_date(text)
    near = [day_of(day_number(Day(2019, 11, 1)) + step) for step in range(-500, 60)]
    far = [
        Day(2000, 1, 1),
        Day(2030, 1, 1),
        Day(-43, 3, 15),
        Day(-43, 3, 16),
        Day(-12345, 5, 5),
        Day(12345, 1, 1),
    ]
    for day in near + far:
        assert holding(days_of(date), day).value == holds_on(date, day).value, day


@given(st.integers(-(10**8), 10**8))
def test_a_day_and_its_number_are_each_others_inverse(number: int) -> None:
    assert day_number(day_of(number)) == number


@pytest.fixture(scope="module")
def example(repository: Path) -> Reading:
    return read_example()


PARTS = (Lens(), Lens(according_to=("gov-japan",)), Lens(min_sources=2))


@pytest.mark.parametrize("lens", PARTS, ids=["all", "one-speaker", "two-sources"])
def test_a_page_of_the_example_shows_for_each_known_by_what_a_build_does(
    example: Reading, lens: Lens
) -> None:
    known = find_history(example.under(lens))
    for by in (Day(2019, 11, day) for day in range(14, 25)):
        built = example.under(
            Lens(None, by, *(getattr(lens, part) for part in ("according_to", "min_sources")))
        )
        assert seen_then(known, by) == {id: built.statements[id] for id in built.certainties}, by


DAYS = (
    Day(1965, 6, 22),
    Day(2016, 11, 23),
    Day(2018, 10, 30),
    Day(2019, 8, 22),
    Day(2019, 11, 15),
    Day(2019, 11, 17),
    Day(2019, 11, 22),
    Day(2019, 11, 23),
    Day(2019, 11, 24),
    Day(2020, 6, 1),
)


@pytest.mark.parametrize("by", [Day(2019, 11, day) for day in (14, 15, 16, 17, 22, 23)], ids=str)
def test_a_page_of_the_example_shows_for_each_two_days_what_a_build_does(
    example: Reading, by: Day
) -> None:
    known = find_history(example)
    for on in DAYS:
        assert (
            shown_then(known, on, by) == example.under(Lens(true_on=on, known_by=by)).certainties
        ), on


def through(whole: Reading, lens: Lens) -> Reading:
    """A reading under a lens that may name somebody who has not spoken yet."""
    seen = known_corpus(whole.written, lens.known_by) if lens.known_by else whole.written
    return replace(whole, written=seen, lens=lens)


@given(worlds(), st.sampled_from(((), ("alpha",), ("beta", "press"))))
@settings(max_examples=40, deadline=None)
def test_the_same_holds_in_any_world(written: dict[str, Any], voices: tuple[str, ...]) -> None:
    whole = reading(dated(written))
    known = find_history(through(whole, Lens(according_to=voices)))
    for by in (
        Day(2009, 1, 1),
        Day(2010, 1, 1),
        Day(2010, 1, 31),
        Day(2010, 2, 1),
        Day(2010, 3, 1),
        Day(2012, 1, 1),
    ):
        then = through(whole, Lens(known_by=by, according_to=voices))
        assert seen_then(known, by) == dict(then.statements)
        for on in (
            Day(1998, 1, 1),
            Day(2001, 5, 4),
            Day(2002, 6, 1),
            Day(2004, 1, 1),
            Day(2010, 1, 20),
        ):
            lens = replace(then.lens, true_on=on)
            assert shown_then(known, on, by) == select_assertions(
                then.judgement, then.ontology, lens
            )
    for on in (Day(2001, 5, 4), Day(2010, 1, 20)):
        now = through(whole, Lens(true_on=on, according_to=voices))
        found = {id: holding(known.attested.get(id), on) for id in now.judgement.corpus.assertions}
        assert {
            id: truth for id, truth in found.items() if truth is not Certainty.NO
        } == now.certainties


def test_a_claim_is_told_with_its_first_day_and_with_every_turn() -> None:
    claim = said(
        "alpha",
        "partyTo",
        "pact",
        according_to="alpha",
        id="claim",
        withdrawn={"cite": {"article-3": ["1"]}},
    )
    denial = {
        "id": "denial",
        "denies": "claim",
        "according_to": "beta",
        "cite": {"article-2": ["1"]},
    }
    known = find_history(reading(world(claim, denial)))
    assert known.moments == (Day(2010, 1, 1), Day(2010, 2, 1), Day(2010, 3, 1))
    assert turns(known, "claim") == [
        (0, "attributed", ()),
        (1, "contested", ("denial",)),
        (2, "withdrawn", ()),
    ]
    assert turns(known, "denial") == [(1, "contested", ("claim",)), (2, "denial", ())]


def test_what_follows_no_longer_is_told_to_be_gone() -> None:
    fact = said("alpha", "meets", "beta", id="met")
    denial = {
        "id": "denial",
        "denies": "met",
        "according_to": "gamma",
        "cite": {"article-2": ["1"]},
    }
    known = find_history(reading(world(fact, denial)))
    (conclusion,) = (id for id in known.runs if id not in ("met", "denial"))
    assert turns(known, conclusion) == [(0, "accepted", ()), (1, "", ())]


def test_what_goes_on_is_certain_up_to_the_last_report_that_was_known() -> None:
    cited = {"article-1": ["1"], "article-3": ["1"]}
    known = find_history(
        reading(world(said("alpha", "partyTo", "pact", id="party", when="2001/..", cite=cited)))
    )
    first, second = known.runs["party"]
    assert (first.moment, second.moment) == (0, 2)
    assert first.days
    assert first.days.certain == ((Day(2001, 12, 31), Day(2010, 1, 1)),)
    assert second.days
    assert second.days.certain == ((Day(2001, 12, 31), Day(2010, 3, 1)),)
    assert known.attested["party"].possible == ((Day(2001, 1, 1), None),)


@pytest.mark.parametrize("most", [0, 2, 3, 7, 99, 100])
def test_of_many_days_some_are_kept_evenly_with_the_first_and_the_last(most: int) -> None:
    days = [day_of(number) for number in range(1, 101)]
    kept = thin_out(days, most)
    assert len(kept) == max(2, most)
    assert (kept[0], kept[-1]) == (days[0], days[-1])
    gaps = {day_number(after) - day_number(before) for before, after in pairwise(kept)}
    assert max(gaps) - min(gaps) <= 1
    assert thin_out(days[:5], 100) == days[:5]
