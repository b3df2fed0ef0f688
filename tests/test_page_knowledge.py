"""No text of a page, a report, the positions or a path tells what its day does not know: neither
where it was built for that day, nor where a reader goes back to it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from itertools import chain, pairwise
from typing import Any

import pytest
from corpora import worlds
from hypothesis import given, note, settings
from readback import records
from readings import reading, said, world
from test_page_data import at, last, told

from kg.dates import Day
from kg.model.modes import Mode
from kg.reading import Reading
from kg.reports.gaps import find_gaps
from kg.reports.gaps_document import gaps_document
from kg.reports.network.paths import PathQuestion, find_paths
from kg.reports.path_document import path_document
from kg.reports.position_document import position_document
from kg.reports.positions import matrix_of_no_dispute, position_matrices
from kg.site.pages import picture_of
from kg.status.lens import Lens
from kg.status.status import Status

DAYS = (Day(2010, 1, 10), Day(2010, 2, 15))
LATE = ("2010-01-15", "2010-01-20", "2010-02-10", "2010-02-20")
"""The days that something in the worlds is told to have ended or begun on, or was taken back."""


def page_of(seen: Reading) -> dict[str, Any]:
    """The data of a page that shows everything."""
    return told(picture_of(seen, "everything"))


def documents(seen: Reading) -> Iterator[str]:
    """The report, the positions and the ways from each actor to each other."""
    yield str(gaps_document(find_gaps(seen, ()), seen, True))
    matrices = (*position_matrices("", seen), matrix_of_no_dispute(seen))
    yield str(position_document(matrices, seen))
    things = sorted(seen.corpus.things)
    for start, end in pairwise(things):
        question = PathQuestion(start=start, end=end, also=tuple(Status))
        yield str(path_document(find_paths(seen, question), seen))


def texts_at(page: Mapping[str, Any], moment: int) -> Iterator[str]:
    """What a reader can see of a page who goes back to a moment."""
    ids = [str(card["id"]) for card in records(page["cards"])]
    for card in records(page["cards"]):
        then = at(card, moment)
        if then:
            yield from texts_of_card(then, page, ids)
    for life in records(page["lives"]):
        yield from texts_of_life(life, moment, ids)
    for matrix in page["matrices"]:
        run = last(matrix["runs"], moment)
        yield from map(str, run[1:2])
        for number in run[2] if run[1:] else ():
            question = matrix["questions"][number]
            yield from (question["title"], *question.get("flags", ()))
            yield from (row["answer"] for row in question["rows"])
            yield from (ids[card] for row in question["rows"] for _, card, *_ in row["cells"])


def texts_of_card(
    card: Mapping[str, Any], page: Mapping[str, Any], ids: list[str]
) -> Iterator[str]:
    """What a card tells as it was."""
    things = records(page["things"]) + records(page["others"])
    sources = records(page["sources"])
    rows = [row for row in card.get("named") or () if isinstance(row, int)]
    yield from (str(things[row]["label"]) for row in rows)
    yield "".join(part or "" for part in card["words"])
    fields = ("id", "when", "said", "note", "reason", "with", "lastReport", "rule", "basis")
    yield from (str(card.get(field) or "") for field in fields)
    yield from (str(sources[row]["id"]) for row, *_ in card.get("citations") or ())
    linked = [card.get(field) or [] for field in ("against", "ends", "begins", "limits")]
    details = [value for _, values in card.get("details") or () for value in values]
    yield from (text for value, who, _ in details for text in (value, who))
    linked += [rows for _, _, rows in details]
    yield from (ids[row] for row in chain.from_iterable(linked))


def texts_of_life(life: Mapping[str, Any], moment: int, ids: list[str]) -> Iterator[str]:
    """What the life of a thing tells at a moment."""
    yield from map(str, last(life["summaries"], moment)[1:])
    yield from map(str, last(life.get("parties") or [], moment)[1:])
    for row, date, runs in life["steps"]:
        run = last(runs, moment)
        if run[1:]:
            yield from (ids[row], run[2], run[4] if run[4:] else date)


def secrets(written: Mapping[str, Any], seen: Reading) -> set[str]:
    """The ids of assertions and articles that a lens does not know, and the days after its own that
    nobody had spoken of as ahead.
    """
    hidden = {each["id"] for each in written["assertions"]} - seen.standings.keys()
    hidden |= written["articles"].keys() - seen.corpus.articles.keys()
    ahead = {
        date
        for a in seen.judgement.corpus.assertions.values()
        if a.mode is not Mode.ACTUAL and a.when
        for date in re.findall(r"2010-\d\d-\d\d", a.when.text)
    }
    return hidden | {date for date in LATE if date > str(seen.lens.known_by)} - ahead


def holds_none(text: str, hidden: set[str]) -> bool:
    return not any(re.search(rf"(?<![\w-]){secret}(?![\w-])", text) for secret in hidden)


@pytest.mark.parametrize("day", DAYS, ids=str)
@given(written=worlds())
@settings(max_examples=12, deadline=None)
def test_what_is_made_for_a_day_tells_nothing_later(day: Day, written: dict[str, Any]) -> None:
    seen = reading(written, Lens(known_by=day))
    hidden = secrets(written, seen)
    page = json.dumps(page_of(seen), ensure_ascii=False)
    for text in (page, *documents(seen)):
        assert holds_none(text, hidden), hidden


@given(written=worlds())
@settings(max_examples=12, deadline=None)
def test_a_page_under_each_of_its_own_days_tells_nothing_later(written: dict[str, Any]) -> None:
    whole = reading(written)
    page = page_of(whole)
    for number, day in enumerate(page["moments"]):
        note(day)
        hidden = secrets(written, whole.under(Lens(known_by=Day(*map(int, day.split("-"))))))
        for text in texts_at(page, number):
            assert holds_none(text, hidden), (text, hidden)


def test_what_is_ended_is_not_named_before_it_is_known() -> None:
    not_yet = said("alpha", "partyTo", "pact", id="a0", negated=True, when="2010-01-15")
    state = said("alpha", "partyTo", "pact", id="a1", basis="inferred", supersedes=["a0"])
    end = {
        "id": "end",
        "ends": "a1",
        "when": "2000",
        "mode": "planned",
        "cite": {"article-1": ["1"]},
    }
    page = page_of(reading(world(not_yet, state | {"from": ["a0"]}, end)))
    [card] = [card for card in records(page["cards"]) if card["id"] == "end"]
    then = at(card, 0)
    assert card["ends"]
    assert then
    assert then["ends"] is None


def test_what_is_spoken_of_is_told_on_each_day_by_those_who_still_said_it() -> None:
    left = {"by": "beta", "when": "2010-01-20", "cite": {"article-2": ["1"]}}
    speakers = {"according_to": ["alpha", "beta"], "withdrawn": left}
    claim = said("alpha", "partyTo", "pact", id="claim", **speakers)
    speech = said("gamma", "callsFalse", "claim", id="speech")
    later = said("beta", "signed", "pact", cite={"article-3": ["1"]})
    page = page_of(reading(world(claim, speech, later)))
    [card] = [card for card in records(page["cards"]) if card["id"] == "speech"]
    told = [then["object"].partition(":")[0] for n in range(3) if (then := at(card, n))]
    assert told == ["what Alpha and Beta say", "what Alpha says", "what Alpha says"]


def test_what_follows_from_a_correction_is_unknown_where_the_correction_is() -> None:
    state = said("alpha", "partyTo", "pact", id="a0", when="2010-01-15")
    denial = {"id": "a1", "denies": "a0", "supersedes": ["a0"], "cite": {"article-1": ["2"]}}
    dated = {"negated": True, "basis": "inferred", "from": ["a1"], "when": "2010-02-10"}
    conclusion = said("alpha", "partyTo", "pact", id="a2", **dated)
    page = page_of(reading(world(state, denial, conclusion)))
    assert {card["id"] for card in records(page["cards"])} == {"a0", "a1", "a2"}


def test_what_is_accepted_as_not_being_so_is_drawn_and_worded_as_a_denial() -> None:
    negative = said("alpha", "signed", "pact", id="not", negated=True)
    page = page_of(reading(world(negative)))
    [card] = records(page["cards"])
    assert (card["status"], card["line"]) == ("accepted", "denial")
    [tie] = records(page["ties"])
    assert tie["label"] == "does not sign"
    assert page["lines"]["denial"]


def test_a_contested_day_is_told_on_the_cards_of_both_sides() -> None:
    days = {"one": "2009-04-14", "two": "2009-04-19"}
    told_of = [said("alpha", "signed", "pact", id=id, when=when) for id, when in days.items()]
    cards = {each["id"]: each for each in records(page_of(reading(world(*told_of)))["cards"])}
    for id, other in (("one", "two"), ("two", "one")):
        [[name, values]] = cards[id]["details"]
        assert name == "date"
        assert [value for value, _, _ in values] == [days[id], days[other]]
        assert all(who.startswith("says ") for _, who, _ in values)


def test_what_ended_a_state_is_told_on_both_cards_once_it_is_known() -> None:
    state = said("alpha", "partyTo", "pact", id="state", when="2000/..")
    end = {"id": "end", "ends": "state", "when": "2010-01-15", "cite": {"article-2": ["1"]}}
    page = page_of(reading(world(state, end)))
    cards = records(page["cards"])
    rows = {card["id"]: row for row, card in enumerate(cards)}
    first, second = cards[rows["state"]], cards[rows["end"]]
    assert (first["limits"], second["ends"]) == ([rows["end"]], [rows["state"]])
    assert second["bearing"] == "ended by"
    then = at(first, 0)
    assert then
    assert (then["when"], then.get("limits")) == ("2000/..", None)
    assert then["bounds"][0] == [["2000-01-01", None]]
