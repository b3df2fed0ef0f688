"""Dates say how surely: hours, seasons, about, bounds of their own, years before Christ."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from conftest import Kg
from readings import reading, said, world

from kg.dates import Day, Instant
from kg.status.lens import Lens


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
