"""A timeline tells the order that dates tell, and where they leave it open it says so."""

from __future__ import annotations

import json
import math
import re
from functools import cache
from typing import Any

import pytest
from conftest import REPOSITORY, Kg
from corpora import worlds
from hypothesis import given, settings
from hypothesis import strategies as st
from pictures import read_example
from readings import reading, said, things, world

from kg.dates.calendar import Day
from kg.diagnostics import KgError
from kg.reading import Reading
from kg.reports.document import as_json, as_markdown, as_text
from kg.reports.timeline import Point, Timeline, find_hiding, make_timeline
from kg.reports.timeline_document import days_from, timeline_document
from kg.status.lens import Lens
from kg.status.status import Status
from kg.status.windows import Window

ACCEPTED = (Status.ACCEPTED,)
CITED_LATE = {"cite": {"article-3": ["3"]}}
SIGNED = said("alpha", "signed", "pact", when="2001-03-01")


def told(
    *assertions: dict[str, Any],
    of: tuple[str, ...] = (),
    first: Day | None = None,
    last: Day | None = None,
    statuses: tuple[Status, ...] = ACCEPTED,
    **more: Any,
) -> Timeline:
    return make_timeline(of, first, last, statuses, reading(world(*assertions, **more)))


def words_of(found: Timeline, since: Day | None = None, undated: bool = True) -> str:
    return as_text(timeline_document(found, "", since, undated))


def dates(found: Timeline) -> list[str]:
    """The dates in order, ``~`` before those whose place is not known."""
    return [f"{'~' if point.is_loose else ''}{point.date.text}" for point in found.points]


def ids(point: Point) -> list[str]:
    return [entry.statement.id for bundle in point.bundles for entry in bundle.entries]


def met(when: str | None, **fields: Any) -> dict[str, Any]:
    id = f"met-{re.sub('[^0-9]+', '-', when or '0').strip('-')}"
    return said("alpha", "meets", "beta", id=id, **({"when": when} if when else {}), **fields)


# --- order ---


def test_exact_dates_stand_in_order_and_one_that_holds_others_says_that_its_place_is_open() -> None:
    found = told(
        met("2003-05-04"), met("2003"), met("2001-01-01"), met("2002/2002-02"), met("2003-02")
    )
    assert dates(found) == ["2001-01-01", "2002/2002-02", "~2003", "2003-02", "2003-05-04"]


def test_of_two_that_overlap_the_wider_is_loose_and_of_two_as_wide_both_are() -> None:
    assert dates(told(met("2003-01-01/2003-01-05"), met("2003-01-04/2003-01-10"))) == [
        "2003-01-01/2003-01-05",
        "~2003-01-04/2003-01-10",
    ]
    assert dates(told(met("2003-01-01/2003-01-05"), met("2003-01-04/2003-01-08"))) == [
        "~2003-01-01/2003-01-05",
        "~2003-01-04/2003-01-08",
    ]


def test_about_and_perhaps_then_stand_at_their_day_and_are_loose() -> None:
    assert dates(told(met("2003-05-04~"), met("2001"), met("2009"))) == [
        "2001",
        "~2003-05-04~",
        "2009",
    ]


BOUNDS = st.integers(0, 9)
WINDOWS = st.sets(
    st.builds(lambda first, width: Window(first, first + width), BOUNDS, BOUNDS)
    | st.builds(lambda last: Window(-math.inf, last), BOUNDS)
    | st.builds(lambda first: Window(first, math.inf), BOUNDS)
    | st.just(Window(-math.inf, math.inf)),
    max_size=9,
)


@settings(max_examples=300)
@given(windows=WINDOWS)
def test_a_window_is_loose_if_it_overlaps_any_that_is_no_wider(windows: set[Window]) -> None:
    loose = {
        window
        for window in windows
        for other in windows - {window}
        if window.overlaps(other) and window.last - window.first >= other.last - other.first
    }
    assert find_hiding(windows) == loose


def test_an_hour_stands_before_a_later_one_of_its_day_and_a_day_without_one_is_loose_beside() -> (
    None
):
    hours = (met("2003-05-04T18:00Z"), met("2003-05-04T09:00Z"), met("2003-05-04"))
    assert dates(told(*hours)) == ["~2003-05-04", "2003-05-04T09:00Z", "2003-05-04T18:00Z"]


def test_a_state_stands_where_it_begins_and_says_up_to_when_it_is_attested() -> None:
    party = said("alpha", "partyTo", "pact", when="2003/..", **CITED_LATE)
    found = told(party, met("2004"), met("2002"))
    assert dates(found) == ["2002", "2003/..", "2004"]
    assert "attested up to 2010-03-01: Alpha is party to Pact" in words_of(found)


def test_an_interval_is_some_time_in_it_for_an_event_and_all_of_it_for_a_state() -> None:
    words = words_of(
        told(met("2003-01-01/2003-02-01"), said("alpha", "partyTo", "pact", when="2001/2002"))
    )
    assert (
        "1 January to 1 February 2003 (at some time in it)\n        happened: Alpha meets Beta"
        in words
    )
    assert "2001 to 2002\n        attested: Alpha is party to Pact" in words
    assert "2003-08 (at some time in it)" in words_of(told(met("2003-08")))
    assert "2003 or 2005\n" in words_of(told(met("[2003,2005]")))
    assert "2003 and 2005\n" in words_of(told(met("{2003,2005}")))
    assert "about 2003\n" in words_of(told(met("2003~")))
    assert "from 1 January 2003, until an unknown day" in words_of(
        told(said("alpha", "partyTo", "pact", when="2003-01-01/"))
    )


def test_what_is_told_of_one_event_on_one_date_stands_together_and_in_the_order_that_is_told() -> (
    None
):
    two = things("events", "Meeting", "late", "early")
    came = [
        said(actor, "takesPartIn", event, when="2003-05-04", id=f"{actor}-{event}")
        for event, actor in (
            ("late", "alpha"),
            ("early", "alpha"),
            ("late", "beta"),
            ("early", "beta"),
        )
    ]
    order = said("late", "precedes", "early", when="2003-05-04")
    [point] = told(*came, **two).points
    assert [bundle.event for bundle in point.bundles] == ["early", "late"]
    [point] = told(*came, order, **two).points
    assert [bundle.event for bundle in point.bundles if bundle.event] == ["late", "early"]
    assert [entry.statement.id for entry in point.bundles[-1].entries] == [
        "alpha-early",
        "beta-early",
    ]
    assert "    Late (late)\n" in words_of(told(*came, order, **two))


# --- what is in it ---


def test_only_what_is_accepted_is_told_unless_asked_for_and_then_it_is_called_what_it_is() -> None:
    claim = met("2003-01", according_to="alpha")
    plan = {**met("2003-02"), "mode": "planned"}
    denial = {"id": "no", "denies": "met-2003-03", "according_to": "gamma"}
    every = (SIGNED, claim, plan, met("2003-03"), {**denial, **CITED_LATE})
    found = told(*every)
    assert (dates(found), found.left_out) == (["2001-03-01"], 4)
    words = words_of(told(*every, statuses=tuple(Status)))
    for line in (
        "claimed: Alpha says that",
        "planned: It is planned",
        "contested: Alpha meets",
        "denied, said then: Gamma denies",
    ):
        assert line in words


def test_a_claim_without_a_date_stands_where_it_was_said_and_says_so() -> None:
    claim = met(None, according_to="alpha", said="2003-05-04")
    found = told(claim, statuses=(Status.ATTRIBUTED,))
    assert dates(found) == ["2003-05-04"]
    assert "claimed, said then: Alpha says that Alpha meets Beta" in words_of(found)


def test_a_denial_stands_on_the_day_of_its_saying_or_else_of_its_article() -> None:
    fact, denial = met("2003-01-02", **CITED_LATE), {"denies": "met-2003-01-02", **CITED_LATE}
    every = (Status.CONTESTED,)
    published = {"when": "2004-05-06"}
    for said_on, place in (
        ({"said": "2004-05-01"}, "2004-05-01"),
        ({}, None),
        (published, "2004-05-06"),
    ):
        found = told(fact, {**denial, "according_to": "gamma", **said_on}, statuses=every)
        [of_fact, of_denial] = sorted(dates(found), key=lambda each: each != "2003-01-02")
        assert of_fact == "2003-01-02"
        assert of_denial == (place or str(article_day(found)))


def article_day(found: Timeline) -> Day | None:
    """The day of the article that tells of the last point."""
    return found.points[-1].bundles[0].entries[0].statement.known_from


def test_what_has_no_date_stands_at_the_end_and_is_counted() -> None:
    words = words_of(told(met("2003"), met(None)))
    assert words.index("2003") < words.index("no date") < words.rindex("meets")
    assert words.endswith("1 assertion with a date, 1 without\n")


def test_a_timeline_of_a_thing_holds_what_names_it_and_the_own_dates_of_events_about_it() -> None:
    decided = said("beta", "takesDecision", "exit", when="2003")
    about = said("exit", "concerns", "pact")
    found = told(
        decided, about, met("2003"), SIGNED, of=("pact",), **things("events", "Decision", "exit")
    )
    assert [id for point in found.points for id in ids(point)] == [SIGNED["id"], decided["id"]]
    with pytest.raises(KgError, match="nothing here is called 'pakt'"):
        told(of=("pakt",))


def test_between_two_days_stands_what_may_have_been_then_and_a_state_that_goes_on() -> None:
    party = said("alpha", "partyTo", "pact", when="2001/..")
    gone = said("beta", "partyTo", "pact", when="2001/2002")
    every = (SIGNED, party, gone, met("2003"), met("2005-05-04"), met("2007"))
    found = told(*every, first=Day(2003, 6, 1), last=Day(2005, 5, 4))
    assert dates(found) == ["2001/..", "2003", "2005-05-04"]


# --- days counted ---


@pytest.mark.parametrize(
    ("when", "days"),
    [
        ("2003-05-04", "+0 days"),
        ("2003-05-05", "+1 day"),
        ("2003-05-03", "-1 day"),
        ("2003-05-12T00:00+09:00", "+8 days"),
        ("2003-06", "+28 to +57 days"),
        ("[2003-05-05,2003-05-06]", "+1 to +2 days"),
    ],
)
def test_days_are_counted_from_a_day_to_the_days_that_a_date_may_be(when: str, days: str) -> None:
    [point] = told(met(when)).points
    assert days_from(Day(2003, 5, 4), point) == days


# --- laws over generated worlds ---


@given(worlds())
@settings(max_examples=80, deadline=None)
def test_two_points_that_are_not_loose_and_differ_stand_in_the_only_order_that_their_dates_allow(
    written: dict[str, Any],
) -> None:
    found = make_timeline((), None, None, tuple(Status), reading(written))
    for n, one in enumerate(found.points):
        for other in found.points[n + 1 :]:
            if one.window != other.window and not one.is_loose and not other.is_loose:
                assert one.window.last < other.window.first


@given(worlds())
@settings(max_examples=80, deadline=None)
def test_every_assertion_that_is_asked_for_is_told_once(written: dict[str, Any]) -> None:
    seen = reading(written)
    found = make_timeline((), None, None, ACCEPTED, seen)
    listed = [id for point in found.points for id in ids(point)] + [
        entry.statement.id for entry in found.undated
    ]
    assert sorted(listed) == sorted(
        id
        for id, standing in seen.standings.items()
        if id in seen.corpus.assertions and standing.status is Status.ACCEPTED
    )
    words, document = words_of(found), as_markdown(timeline_document(found, "All"))
    assert all(words.count(f" {id} -- ") == 1 and document.count(f"`{id}`") == 1 for id in listed)
    assert json.loads(as_json(timeline_document(found, "")))["left_out"] == found.left_out


# --- the example ---


@cache
def example() -> Reading:
    return read_example()


def test_the_example_stands_in_the_order_that_its_articles_tell() -> None:
    found = make_timeline((), None, None, ACCEPTED, example())
    place = {id: n for n, point in enumerate(found.points) for id in ids(point)}
    order = [
        "ruling-october-2018",
        "controls-imposed-july",
        "termination-announced",
        "takizaki-met-kim-1016",
        "takizaki-met-kim-1115",
        "jeong-met-kono",
        "hold-off-announced",
        "motegi-met-kang",
    ]
    assert [place[id] for id in order] == sorted({place[id] for id in order})
    # Of the day of the hold-off one report is known to the hour: before or after it, nobody says.
    assert [id for id in order if found.points[place[id]].is_loose] == ["hold-off-announced"]
    assert place["hold-off-announced"] < place["hold-off-hour"]


def test_the_bilateral_talks_in_bangkok_stand_before_those_of_three_on_the_same_day() -> None:
    found = make_timeline(("place-bangkok",), None, None, ACCEPTED, example())
    [point] = [point for point in found.points if point.date.text == "2019-11-17"]
    events = [bundle.event for bundle in point.bundles]
    assert events.index("ev-1117-bilateral") < events.index("ev-1117-trilateral")


def test_on_16_november_the_timeline_knows_of_no_hold_off() -> None:
    known = make_timeline(
        ("gsomia",), None, None, tuple(Status), example().under(Lens(known_by=Day(2019, 11, 16)))
    )
    assert "hold-off" not in words_of(known)


def test_the_command_counts_the_days_from_an_event_to_the_scheduled_end(kg: Kg) -> None:
    shown = kg(
        "timeline",
        "gsomia",
        "--all",
        "--count-from",
        "ev-1115-talks",
        "--from",
        "2019-11-23",
        cwd=REPOSITORY,
    )
    assert "23 November 2019, 00:00 (UTC+9)  +8 days\n" in shown.stdout
    assert "~   2019-11-23  +8 days\n" in shown.stdout
    refused = kg("timeline", "--count-from", "us-push", cwd=REPOSITORY)
    assert (refused.code, "no day is reported of 'us-push'" in refused.stderr) == (2, True)


def test_the_command_obeys_the_lens_and_prints_three_forms(kg: Kg) -> None:
    text = kg("timeline", "dispute-radar", "--status", "contested", cwd=REPOSITORY)
    assert "radar-dispute-raised" not in text.stdout
    assert text.stdout.endswith("lens: status contested\n")
    assert kg("timeline", "gsomia", "--format", "md", cwd=REPOSITORY).stdout.startswith(
        "# GSOMIA\n\n## 2016 "
    )
    shown = json.loads(kg("timeline", "gsomia", "--format", "json", cwd=REPOSITORY).stdout)
    assert shown["points"][0]["date"] == "2016"
    assert kg("timeline", "--from", "2019-11-23", "--to", "2019-11-22", cwd=REPOSITORY).code == 2


def test_one_of_two_months_is_not_told_for_the_month_between() -> None:
    either = met("[2001-01,2001-03]")
    assert dates(told(either, first=Day(2001, 2, 26), last=Day(2001, 2, 27))) == []
    assert dates(told(either, first=Day(2001, 2, 26), last=Day(2001, 3, 2))) == [
        "[2001-01,2001-03]"
    ]
