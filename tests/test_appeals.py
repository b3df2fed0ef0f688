"""What becomes of a dispute when the decision that ended it is appealed, upheld or reversed."""

from __future__ import annotations

from typing import Any

import pytest
from readings import reading, said, things, world

from kg.dates import parse_date
from kg.reports.document import as_text
from kg.reports.life_document import life_document
from kg.reports.life_summary import life_summary
from kg.reports.lives.lives import life_on
from kg.reports.open_questions import open_matrix
from kg.reports.positions import position_matrices
from kg.reports.timeline import make_timeline
from kg.status.status import Status

SECTIONS = {
    **things("actors", "Court", "low-court", "high-court", "top-court"),
    **things("events", "Ruling", "ruling", "second-ruling", "last-ruling"),
    **things("disputes", "LegalCase", "case"),
}
FILED = said("alpha", "takesToForum", "case", when="2001-02-01")
DECIDED = said("ruling", "decidesCase", "case", when="2002-05-30")
APPEALED = said("beta", "appeals", "ruling", when="2002-06-20")
UPHELD = said("high-court", "upholds", "ruling", when="2003-01-12")
OVERTURNED = said("high-court", "overturns", "ruling", when="2003-01-12")
DECIDED_BY_COURT = [
    said("low-court", "decidesCase", "case", when="2002-05-30"),
    said("low-court", "takesDecision", "ruling", when="2002-05-30"),
    said("ruling", "concerns", "case"),
]


def on(date: str, *assertions: dict[str, Any]) -> str:
    """Where the case stands on a day."""
    seen, day = reading(world(*assertions, **SECTIONS)), parse_date(date).end_latest
    assert day
    return life_summary(life_on("case", day, seen), seen.corpus.assertions)


def test_a_case_is_under_appeal_until_the_judgment_is_upheld() -> None:
    story = [FILED, DECIDED, APPEALED, UPHELD]
    answers = [on(date, *story) for date in ("2002-05-30", "2002-06-20", "2003-01-12", "2029")]
    upheld = "decided, upheld on appeal"
    assert answers == ["decided", "decided, under appeal", upheld, upheld]


@pytest.mark.parametrize("judgment", [[DECIDED], DECIDED_BY_COURT])
@pytest.mark.parametrize("relation", ["overturns", "voids"])
def test_a_judgment_overturned_on_appeal_reopens_its_case(
    judgment: list[dict[str, Any]], relation: str
) -> None:
    story = [FILED, *judgment, APPEALED, {**OVERTURNED, "predicate": relation}]
    answers = [on(date, *story) for date in ("2002-06-01", "2003-01-11", "2003-01-12")]
    assert answers == ["decided", "decided, under appeal", "open again"]


def test_a_case_is_decided_again_by_a_new_judgment_or_when_the_reversal_is_reversed() -> None:
    story = [FILED, DECIDED, OVERTURNED]
    anew = said("second-ruling", "decidesCase", "case", when="2003-01-12")
    assert on("2003-01-12", *story, anew) == "decided"
    reversal = said("second-ruling", "reverses", "ruling", when="2003-01-12")
    restored = said("top-court", "overturns", "second-ruling", when="2004-07-01")
    story = [FILED, DECIDED, reversal, restored]
    assert [on(date, *story) for date in ("2003-01-12", "2004-07-01")] == ["open again", "decided"]
    reversal = {**reversal, "predicate": "overturns"}
    story = [FILED, DECIDED, reversal, {**restored, "subject": "last-ruling"}]
    assert [on(date, *story) for date in ("2003-01-12", "2004-07-01")] == ["open again", "decided"]
    taken = said("high-court", "takesDecision", "second-ruling", when="2003-01-12")
    about = said("second-ruling", "concerns", "ruling")
    assert on("2004-07-01", FILED, DECIDED, OVERTURNED, taken, about, restored) == "decided"


def test_dates_that_leave_the_order_open_leave_no_appeal_open_that_has_its_outcome() -> None:
    appealed, overturned = (
        {key: value for key, value in each.items() if key != "when"} | when
        for each, when in ((APPEALED, {}), (OVERTURNED, {"when": "2003"}))
    )
    assert on("2004-01-01", FILED, DECIDED, appealed, overturned) == "open again"
    coarse = [{**each, "when": "2002"} for each in (DECIDED, APPEALED, OVERTURNED)]
    assert on("2003-01-01", FILED, *coarse) == "open again"
    coarse = [{**each, "when": "2002"} for each in (DECIDED, APPEALED, UPHELD)]
    assert on("2003-01-01", FILED, *coarse) == "decided, upheld on appeal"


def test_what_a_speaker_claims_of_an_appeal_moves_no_case_nor_does_the_fate_of_another_ruling() -> (
    None
):
    claimed = {**OVERTURNED, "according_to": "beta"}
    assert on("2003-06-01", FILED, DECIDED, claimed) == "decided"
    other = said("high-court", "overturns", "second-ruling", when="2003-01-12")
    assert on("2003-06-01", FILED, DECIDED, other) == "decided"
    interim = [
        said("low-court", "takesDecision", "second-ruling", when="2001-09-01"),
        said("second-ruling", "concerns", "case"),
    ]
    assert on("2003-06-01", FILED, *DECIDED_BY_COURT, *interim, other) == "decided"


def test_an_appeal_and_its_outcome_stand_in_the_timeline_of_the_case() -> None:
    seen = reading(world(FILED, DECIDED, APPEALED, OVERTURNED, **SECTIONS))
    points = make_timeline(["case"], None, None, (Status.ACCEPTED,), seen).points
    told = [e.statement.id for p in points for b in p.bundles for e in b.entries]
    assert told == [each["id"] for each in (FILED, DECIDED, APPEALED, OVERTURNED)]
    day = parse_date("2003-06-01").start_earliest
    assert day
    text = as_text(life_document(life_on("case", day, seen), seen))
    assert "[decided; undone by high-court-overturns-ruling]" in text
    assert "[decided, under appeal; until high-court-overturns-ruling]" in text
    assert "[open again]" in text


def test_a_planned_appeal_is_ahead_of_its_case_and_open_in_it() -> None:
    planned = {**APPEALED, "mode": "planned", "said": "2002-06-01"}
    seen = reading(world(FILED, DECIDED, planned, **SECTIONS))
    day = parse_date("2002-06-01").start_earliest
    assert day
    found = life_on("case", day, seen)
    assert [(p.assertion, p.about) for p in found.prospects] == [(planned["id"], "")]
    assert "planned: decided, under appeal 2002-06-20" in as_text(life_document(found, seen))
    (matrix,) = position_matrices("case", seen)
    (question,) = open_matrix(matrix).questions
    assert [each.statement.id for each in question.positions] == [planned["id"]]
