"""An invented dispute, curated with the docs alone: what each side says, what was known when, and
what was in force.

The quarrel over the Osk Compact: three articles by two originators, one of them a republished copy.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import Kg

BEFORE = ("--known-by", "2018-06-30")
"""After the withdrawal (15 June) and the reversal (18 June), but before an article reported them (6
July).
"""

Ask = Callable[..., Any]
"""Runs ``kg`` with these arguments and ``--format json`` in the workspace of the quarrel, and reads
the answer.
"""


@pytest.fixture
def ask(kg: Kg, quarrel: Path) -> Ask:
    def answer(*arguments: str) -> Any:
        result = kg(*arguments, "--format", "json", cwd=quarrel)
        assert result.code == 0, result.stderr
        return json.loads(result.stdout)

    return answer


def named(answer: Any, column: str) -> set[str]:
    """The ids in one column of a query's answer."""
    return {row[column]["value"].rpartition("/")[2] for row in answer["results"]["bindings"]}


def parties(ask: Ask, *lens: str) -> set[str]:
    return named(ask("query", "parties", "--param", "pact=osk-compact", *lens), "party")


def standing(ask: Ask, assertion: str, *lens: str) -> tuple[str, int, int]:
    """Status, articles and independent sources of an assertion."""
    (said,) = ask("why", assertion, *lens)["assertions"]
    return said["status"], said["articles"], said["sources"]


def in_force(ask: Ask, pact: str, day: str, *lens: str) -> str:
    answer = ask("status", pact, "--on", day, *lens)["in_force"]
    assert isinstance(answer, str)
    return answer


def test_the_quarrel_has_no_finding_and_builds(kg: Kg, quarrel: Path) -> None:
    checked = kg("check", cwd=quarrel)
    assert (checked.code, checked.stdout.splitlines()[-1]) == (0, "0 errors, 0 warnings")
    assert kg("build", cwd=quarrel).code == 0
    assert (quarrel / "site" / "everything.html").is_file()


def test_each_speaker_has_its_own_list_of_parties_and_no_claimed_one_is_a_fact(ask: Ask) -> None:
    assert parties(ask, "--true-on", "2018-03-12", "--according-to", "gov-vael") == {
        "vael",
        "torrin",
        "quill",
    }
    assert parties(ask, "--true-on", "2018-03-12", "--according-to", "gov-torrin") == {
        "vael",
        "torrin",
    }
    assert parties(ask, "--true-on", "2010-01-01", "--according-to", "gov-vael") == {
        "vael",
        "torrin",
    }
    assert parties(ask, "--true-on", "2018-03-12") == parties(ask) == {"vael", "torrin"}, (
        "who entered into it, as articles report; the claimed third one is no fact"
    )
    assert parties(ask, "--true-on", "2008-06-30") == set()
    rows = ask("query", "parties", "--param", "pact=osk-compact")["results"]["bindings"]
    assert {row["when"]["value"] for row in rows} == {"2008-07-01, 2008-07-01/.."}


def test_what_is_contested_is_what_one_government_says_and_another_denies(ask: Ask) -> None:
    rows = ask("query", "contested")["results"]["bindings"]
    columns = ("assertion", "speaker", "against")
    ends = {tuple(row[column]["value"].rpartition("/")[2] for column in columns) for row in rows}
    assert ends == {
        ("vael-says-quill", "gov-vael", "torrin-denies-quill"),
        ("torrin-denies-quill", "gov-torrin", "vael-says-quill"),
        ("quill-in-league", "gov-vael", "quill-not-in-league"),
        ("quill-not-in-league", "gov-quill", "quill-in-league"),
    }


def test_a_denied_membership_is_no_fact(ask: Ask) -> None:
    assert ask("query", "facts", "--param", "predicate=memberOf")["results"]["bindings"] == []


def test_a_republished_copy_is_no_second_source(ask: Ask) -> None:
    assert standing(ask, "vael-enters") == ("accepted", 2, 1)
    assert ask("query", "contested", "--min-sources", "2")["results"]["bindings"] == []


def test_what_was_said_stands_until_its_withdrawal_is_published(ask: Ask) -> None:
    assert standing(ask, "compact-broken", *BEFORE) == ("attributed", 2, 1)
    assert standing(ask, "compact-broken") == ("withdrawn", 2, 1)


def test_a_withdrawn_statement_is_nobodys_position_any_more(ask: Ask) -> None:
    def questions(*lens: str) -> set[str]:
        (row,) = ask("disputes", "compact-row", *lens)
        return {question["question"] for question in row["questions"]}

    assert "Torrin contravenes Osk Compact" in questions(*BEFORE)
    assert "Torrin contravenes Osk Compact" not in questions()


def test_what_a_court_ended_was_never_ended_once_that_is_undone_from_its_first_day(
    ask: Ask,
) -> None:
    assert in_force(ask, "pilot-convention", "2018-02-01", *BEFORE) == "yes"
    assert in_force(ask, "pilot-convention", "2018-03-01", *BEFORE) == "no"
    assert in_force(ask, "pilot-convention", "2018-06-25", *BEFORE) == "no"
    assert in_force(ask, "pilot-convention", "2018-03-01") == "yes"


def test_a_reversed_ruling_was_taken_and_its_reversal_is_known_from_its_publication_on(
    ask: Ask,
) -> None:
    assert ask("status", "first-ruling", "--on", "2018-06-25", *BEFORE)["status"] == "taken"
    assert ask("status", "first-ruling", "--on", "2018-06-25")["status"] == "reversed"
    assert standing(ask, "convention-ended", *BEFORE)[0] == "accepted"
    assert standing(ask, "convention-ended")[0] == "superseded"


def test_a_pact_that_renews_itself_is_in_force_after_its_term_only_where_a_renewal_is_reported(
    ask: Ask,
) -> None:
    assert in_force(ask, "osk-compact", "2007-01-01") == "no"
    assert in_force(ask, "osk-compact", "2012-01-01") == "yes"
    assert in_force(ask, "osk-compact", "2018-07-03", *BEFORE) == "as far as known"
    assert in_force(ask, "osk-compact", "2018-07-03") == "yes"
    assert in_force(ask, "osk-compact", "2020-01-01") == "as far as known"


def test_an_announced_denunciation_ends_no_pact_on_any_day(ask: Ask) -> None:
    assert in_force(ask, "ferry-accord", "2018-03-10") == "yes"
    assert ask("status", "ferry-accord", "--on", "2018-03-10")["stages"] == ["TerminationPending"]
    assert in_force(ask, "ferry-accord", "2018-10-01") == "as far as known"


def holds(kg: Kg, quarrel: Path, assertion: str, day: str) -> list[str]:
    """With which certainty an assertion holds on a day; nothing where it cannot."""
    sparql = f"SELECT ?h {{ assertion:{assertion} kg:holds ?h }}"
    asked = kg("query", "-", "--true-on", day, "--format", "json", cwd=quarrel, stdin=sparql)
    assert asked.code == 0, asked.stderr
    return [
        row["h"]["value"].rpartition("#")[2]
        for row in json.loads(asked.stdout)["results"]["bindings"]
    ]


def test_in_one_of_two_months_is_possible_in_either_and_not_in_the_month_between(
    kg: Kg, quarrel: Path
) -> None:
    assert holds(kg, quarrel, "rook-in-quill", "2018-01-10") == ["Possibly"]
    assert holds(kg, quarrel, "rook-in-quill", "2018-02-27") == []
    assert holds(kg, quarrel, "rook-in-quill", "2018-03-05") == ["Possibly"]


def test_some_time_between_two_days_is_not_outside_them(kg: Kg, quarrel: Path) -> None:
    assert holds(kg, quarrel, "envoys-met", "2018-01-19") == []
    assert holds(kg, quarrel, "envoys-met", "2018-02-26") == []
