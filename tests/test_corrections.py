"""Who may correct what: nobody's word, plan or thought takes away what an article reports."""

from __future__ import annotations

from typing import Any

import pytest
from readings import reading, said, things, world
from test_case_speech import codes

from kg.dates.calendar import Day
from kg.reports.lives.index import LifeIndex
from kg.reports.lives.lives import life_on
from kg.reports.lives.memberships import member_lives
from kg.reports.party_lines import is_party
from kg.status.certainty import Certainty, certainty_on
from kg.status.status import Status

BAN = things("events", "Measure", "ban")
IMPOSED = said("alpha", "imposes", "ban", id="imposed", when="2004-03-10")
NO_FACT = (
    {"mode": "planned"},
    {"mode": "supposed", "according_to": "gamma"},
    {"mode": "opinion", "according_to": "gamma"},
    {"according_to": "gamma"},
)
ON = Day(2006, 1, 1)


def _reversal(**fields: Any) -> dict[str, Any]:
    triple = said("ruling", "reverses", "ban", id="reversal", when="2004-06-28", **fields)
    return {**triple, "supersedes": "imposed", "retroactive": "true"}


def _world(*assertions: dict[str, Any]) -> dict[str, Any]:
    rulings = things("events", "Ruling", "ruling")["events"]
    return world(*assertions, events={**BAN["events"], **rulings})


@pytest.mark.parametrize("fields", NO_FACT)
def test_what_is_no_fact_takes_away_none(fields: dict[str, str]) -> None:
    written = _world(IMPOSED, _reversal(**fields))
    seen = reading(written)
    assert seen.standings["imposed"].status is Status.ACCEPTED
    assert life_on("ban", ON, seen).in_force == "yes"
    assert "KG418" in codes(written)


def test_what_an_article_reports_corrects_what_it_reported() -> None:
    written = _world(IMPOSED, _reversal())
    seen = reading(written)
    assert seen.standings["imposed"].status is Status.SUPERSEDED
    assert life_on("ban", ON, seen).in_force == "no"
    assert "KG418" not in codes(written)


@pytest.mark.parametrize(
    ("before", "after", "status"),
    [
        (["gamma"], ["gamma"], Status.SUPERSEDED),
        (["gamma"], ["beta", "gamma"], Status.SUPERSEDED),
        (["gamma"], [], Status.SUPERSEDED),
        (["beta", "gamma"], ["gamma"], Status.ATTRIBUTED),
        (["gamma"], ["beta"], Status.ATTRIBUTED),
    ],
)
def test_speakers_correct_what_they_said_themselves(
    before: list[str], after: list[str], status: Status
) -> None:
    first = said("alpha", "opposes", "row", id="first", according_to=before)
    second = said("alpha", "meets", "beta", supersedes="first")
    second |= {"according_to": after} if after else {}
    assert reading(world(first, second)).standings["first"].status is status


@pytest.mark.parametrize("later", [{"when": "2006/.."}, {"negated": "true"}])
def test_who_corrects_the_part_of_one_party_leaves_the_pact_to_the_others(
    later: dict[str, str],
) -> None:
    parties = [said(who, "partyTo", "pact", when="2003/..") for who in ("alpha", "beta", "gamma")]
    change = said("gamma", "partyTo", "pact", id="change", supersedes="gamma-partyTo-pact")
    seen = reading(world(*parties, {**change, "retroactive": "true", **later}))
    assert life_on("pact", ON, seen).in_force in ("yes", "as far as known")


def test_what_is_not_so_realises_no_plan() -> None:
    plan = said("alpha", "meets", "beta", id="plan", mode="planned")
    plan["outcome"] = {"kind": "happened", "realised_by": "not"}
    assert "KG210" in codes(world(plan, said("alpha", "meets", "beta", id="not", negated="true")))


@pytest.mark.parametrize(("how", "when"), [("entersInto", "2003-01-01"), ("partyTo", "2003/..")])
def test_nobody_was_ever_party_to_a_pact_that_is_void_from_the_beginning(
    how: str, when: str
) -> None:
    parties = [said(who, how, "pact", when=when) for who in ("alpha", "beta")]
    void = said("court", "findsInvalid", "pact", when="2009-01-01", cite={"article-3": ["1"]})
    seen = reading(world(*parties, void, actors=things("actors", "Court", "court")["actors"]))
    pact, index = life_on("pact", ON, seen), LifeIndex(seen)
    assert pact.in_force == "no"
    assert {is_party(each, pact) for each in member_lives(pact.thing, ON, index)} == {"no"}
    judgement = seen.judgement
    for a in judgement.corpus.assertions.values():
        if a.predicate.id == "partyTo":
            assert certainty_on(a, judgement, seen.ontology, ON) is Certainty.NO
