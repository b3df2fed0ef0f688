"""``kg text`` numbers paragraphs as citations do, and tells what each was cited for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from localtexts import ARTICLE, Desk, desk

from kg.cli import main
from kg.sources.texts.normal import sha256

SHA = sha256("government")


@pytest.fixture
def row(tmp_path: Path) -> Desk:
    at = desk(tmp_path)
    at.cite({"p": "3", "quote": "grave mistake"}, {"p": "2", "span": ["4", "14"], "sha256": SHA})
    return at


def told(at: Desk, capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(["-C", str(at.workspace), "--texts", str(at.texts), *words]) == 0
    return capsys.readouterr().out


def test_each_paragraph_tells_what_it_was_cited_for_with_the_words(
    row: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [line.strip() for line in told(row, capsys, "text", ARTICLE).splitlines()]
    third = lines.index("3. Brell's foreign minister, Ada Dorn, called the step a grave mistake.")
    assert lines[third + 1] == "- Arden is party to Lume treaty [in, accepted]: “grave mistake”"
    second = next(n for n, line in enumerate(lines) if line.startswith("2. The government"))
    assert lines[second + 1].endswith("[in, accepted]: “government”")
    assert lines[lines.index("1. Arden leaves the Lume treaty") + 1] == "- not cited"
    assert lines[-1] == "4 paragraphs: 2 cited, 2 not"


def test_what_nobody_mined_is_told_alone(row: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    answer = json.loads(told(row, capsys, "text", ARTICLE, "--unmined", "--format", "json"))
    assert [each["p"] for each in answer["paragraphs"]] == answer["unmined"] == [1, 4]


def test_without_a_copy_the_numbers_are_there(
    row: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["-C", str(row.workspace), "--no-texts", "text", ARTICLE]) == 0
    shown = capsys.readouterr().out
    assert "no copy of it is at hand" in shown
    assert shown.count("(no copy at hand)") == 4
    assert "“grave mistake”" in shown
    assert "“government”" not in shown


def test_an_unknown_article_is_told(row: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["-C", str(row.workspace), "text", "post-11"]) == 2
    assert f"did you mean '{ARTICLE}'" in capsys.readouterr().err


def test_why_and_evidence_tell_the_words_that_are_quoted(
    row: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "“grave mistake”" in told(row, capsys, "why", "in")
    (asked := row.workspace / "q.rq").write_text(
        "SELECT ?who { ?who kg:partyTo :lume }", encoding="utf-8"
    )
    shown = told(row, capsys, "query", str(asked), "--evidence")
    assert f"article:{ARTICLE} p. 2, 3 “grave mistake”" in shown
