"""Who leaves ends what was between the two: one answer in dates, tables and lives."""

from __future__ import annotations

from typing import Any

import pytest
from corpora import corpus
from readings import CORE, reading, said, things, world

from kg.checks.draft import CorpusDraft
from kg.checks.laws import check_draft
from kg.dates import Day
from kg.reading import Reading
from kg.reports.lives.index import LifeIndex
from kg.reports.lives.lives import life_of

SECTIONS = {
    "actors": {
        **things("actors", "Person", "cy", "bea")["actors"],
        **things("actors", "Company", "acme", "bolt")["actors"],
    }
}
LATER = {"article-2": ["1"]}


def told(*assertions: dict[str, Any]) -> Reading:
    return reading(world(*assertions, **SECTIONS))


def warnings(*assertions: dict[str, Any]) -> list[str]:
    read = corpus(world(*assertions, **SECTIONS), CORE)
    draft = CorpusDraft(read, CORE, frozenset(), complete=True, sound=True, today=Day(2026, 1, 1))
    return [each.rule.code for each in check_draft(draft) if each.rule.code == "KG433"]


def when(seen: Reading, id: str) -> str:
    date = seen.statements[id].assertion.when
    return date.text if date else ""


@pytest.mark.parametrize(
    ("state", "departure"),
    [
        (("cy", "memberOf", "acme"), ("cy", "quits", "acme")),
        (("cy", "memberOf", "acme"), ("acme", "expels", "cy")),
        (("cy", "chairOf", "acme"), ("cy", "resignsFrom", "acme")),
        (("cy", "coachOf", "acme"), ("acme", "dismisses", "cy")),
        (("cy", "partyTo", "pact"), ("cy", "leaves", "pact")),
        (("bea", "marriedTo", "cy"), ("cy", "divorces", "bea")),
    ],
)
def test_an_accepted_departure_ends_the_state_between_the_two(
    state: tuple[str, str, str], departure: tuple[str, str, str]
) -> None:
    office = said(*state, id="state", when="2001/..")
    left = said(*departure, id="left", when="2004-02-20", cite=LATER)
    seen = told(office, left)
    assert when(seen, "state") == "2001/2004-02-20"
    assert seen.statements["state"].limits == ("left",)
    assert not warnings(office, left)
    claimed = told(office, {**left, "according_to": ["alpha"]})
    assert when(claimed, "state") == "2001/.."


def test_a_state_that_began_after_the_departure_goes_on() -> None:
    seen = told(
        said("cy", "memberOf", "acme", id="anew", when="2006/.."),
        said("cy", "quits", "acme", id="left", when="2004", cite=LATER),
    )
    assert when(seen, "anew") == "2006/.."


def test_a_party_that_left_is_none_in_its_life_either() -> None:
    seen = told(
        said("alpha", "partyTo", "pact", id="in", when="2001/.."),
        said("alpha", "leaves", "pact", id="out", when="2004-02-20", cite=LATER),
    )
    pact = seen.corpus.things["pact"]
    member = LifeIndex(seen).members(pact)["alpha"]
    stages = life_of(pact, Day(2004, 3, 1), member).stages
    assert [stage.name for stage in stages] == ["Left"]


@pytest.mark.parametrize(
    ("departure", "code"),
    [
        (("bolt", "dismisses", "cy"), ["KG433"]),
        (("acme", "dismisses", "cy"), []),
        (("cy", "quits", "bolt"), []),
    ],
)
def test_a_state_with_others_that_goes_on_is_named(
    departure: tuple[str, str, str], code: list[str]
) -> None:
    office = said("cy", "chairOf", "acme", id="state", when="2001/..")
    left = said(*departure, id="left", when="2004-02-20", cite=LATER)
    assert warnings(office, left) == code
    ended = {"id": "end", "ends": "state", "when": "2004-02-20", "cite": LATER}
    assert warnings(office, left, ended) == []


def test_who_transfers_is_asked_about_the_former_club_and_stays_at_the_new_one() -> None:
    former = said("cy", "playsFor", "acme", id="former", when="2001/..")
    club = said("cy", "playsFor", "bolt", id="now", when="2004-07-01/..", cite=LATER)
    moves = said("cy", "transfersTo", "bolt", id="moves", when="2004-07-01", cite=LATER)
    assert when(told(former, club, moves), "now") == "2004-07-01/.."
    assert warnings(former, club, moves) == ["KG433"]
