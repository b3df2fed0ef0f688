"""Dates say how surely: hours, seasons, about, bounds of their own, years before Christ."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from conftest import Kg
from readings import reading, said, world

from kg.dates import Day, Instant
from kg.sources.loader import load
from kg.status.lens import Lens
from kg.workspace import SourceFile


def published(article: str, when: str) -> dict[str, Any]:
    """An article of the world, with another time of publication."""
    return {**world()["articles"][article], "published": when}


BLOG = world(
    said("alpha", "opposes", "row", according_to="beta"),
    {
        "id": "not",
        "denies": "alpha-opposes-row",
        "according_to": "alpha",
        "cite": {"article-2": ["1"]},
    },
    said("gamma", "opposes", "row", cite={"article-3": ["1"]}),
    articles={
        "article-1": published("article-1", "2021-03-16T09:10+01:00"),
        "article-2": published("article-2", "2021-03-16T17:40+01:00"),
        "article-3": published("article-3", "2021-03-16"),
    },
)
NOON = "2021-03-16T12:00:00+01:00"


@pytest.mark.parametrize(
    ("moment", "statuses"),
    [
        ("2021-03-16T09:00:00+01:00", {}),
        (NOON, {"alpha-opposes-row": "attributed"}),
        ("2021-03-16T08:10:00Z", {"alpha-opposes-row": "attributed"}),
        ("2021-03-16T17:00:00Z", {"alpha-opposes-row": "contested", "not": "contested"}),
        (
            "2021-03-17T00:00:00+01:00",
            {"alpha-opposes-row": "contested", "not": "contested", "gamma-opposes-row": "accepted"},
        ),
    ],
)
def test_an_hour_of_knowledge_tells_the_morning_from_the_evening(
    moment: str, statuses: dict[str, str]
) -> None:
    day = Day(*(int(part) for part in moment[:10].split("-")))
    seen = reading(BLOG, Lens(known_by=Instant(day, moment)))
    assert {id: standing.status.value for id, standing in seen.standings.items()} == statuses


@pytest.fixture
def row(kg: Kg, tmp_path: Path) -> Path:
    """The workspace that ``kg init`` makes."""
    kg("init", tmp_path / "row")
    return tmp_path / "row"


def test_an_hour_counts_in_known_by_and_is_refused_elsewhere(kg: Kg, row: Path) -> None:
    counted = kg("query", "claims", "--known-by", NOON, cwd=row)
    assert counted.stdout.endswith(f"lens: known by {NOON}\n")
    for command in (
        ("query", "claims", "--true-on"),
        ("timeline", "--from"),
        ("timeline", "--count-from"),
        ("status", "x", "--on"),
    ):
        refused = kg(*command, NOON, cwd=row)
        assert (refused.code, refused.stderr) == (
            2,
            f"kg: {command[-1]} takes a day, without an hour\n  hint: write '2021-03-16'\n",
        )


@pytest.mark.parametrize("day", ["-0440-01-01", "-0440-12-31", "0000-01-01"])
def test_a_year_before_christ_is_typed_as_any_other(kg: Kg, row: Path, day: str) -> None:
    answer = kg("query", "claims", "--true-on", day, "--known-by", day, cwd=row)
    assert answer.stdout.endswith(f"lens: true on {day}, known by {day}\n")
    assert kg("query", "as-of", "--param", f"on={day}", cwd=row).code == 0
    assert kg("timeline", "--from", "-0440", "--to", day, cwd=row).code == 0


def time(**fields: str) -> str:
    """The time of an office with these fields, as a date of four bounds."""
    [date] = [
        a.when
        for a in reading(
            world(said("alpha", "partyTo", "pact", **fields))
        ).corpus.assertions.values()
    ]
    assert date
    days = (date.start_earliest, date.start_latest, date.end_earliest, date.end_latest)
    return " ".join([date.text, *(str(day or "-") for day in days)])


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"from": "[2030-12,2031-01]"}, "[2030-12,2031-01]/.. 2030-12-01 2031-01-31 - -"),
        (
            {"from": "2020", "until": "[2024-06-01..2024-08-04]"},
            "2020/[2024-06-01..2024-08-04] 2020-01-01 2020-12-31 2024-06-01 2024-08-04",
        ),
        ({"until": "1999~"}, "/1999~ - - 1998-01-01 2000-12-31"),
        ({"from": "2004-03-01~"}, "2004-03-01~/.. 2004-02-20 2004-03-11 - -"),
        (
            {"from": "[2030..]", "until": "2031"},
            "[2030..]/2031 2030-01-01 2031-12-31 2031-01-01 2031-12-31",
        ),
        (
            {"from": "2030-05-04", "until": "2030"},
            "2030-05-04/2030 2030-05-04 2030-05-04 2030-05-04 2030-12-31",
        ),
    ],
)
def test_a_beginning_and_an_end_have_bounds_of_their_own(
    fields: dict[str, str], expected: str
) -> None:
    assert time(**fields) == expected


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"when": "2019", "from": "2018"}, "'when' and 'from' both say when it was"),
        ({"when": "2019", "until": "2018"}, "'when' and 'until' both say when it was"),
        ({"from": "2019/2020"}, "'from' takes the time within which it began"),
        ({"until": "2020-01-01T10:00Z"}, "'until' takes a day, without an hour"),
        ({"from": "2021", "until": "2020"}, "'until' ('2020') is before 'from' ('2021')"),
        ({"from": "early 2021"}, "did you mean '[2021-01..2021-04]'?"),
        ({"from": ["met"]}, "only in an inferred assertion it lists ids"),
    ],
)
def test_a_wrong_beginning_or_end_is_told_with_the_next_step(
    fields: dict[str, Any], message: str
) -> None:
    source = json.dumps(world(said("alpha", "partyTo", "pact", **fields))).encode()
    problems = load([SourceFile("sources/x.yaml", source)]).diagnostics
    assert [message in f"{each.message} {each.hint}" for each in problems] == [True]
