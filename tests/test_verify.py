"""Every citation is looked up in the curator's own copies, or counted as not looked up."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
from commands import Result
from conftest import REPOSITORY, Kg, shared_path
from hypothesis import given
from hypothesis import strategies as st
from localtexts import ARTICLE, SILENT, TEXT, Desk, desk
from pictures import read_example

from kg.files.workspace import Workspace
from kg.reading import read
from kg.sources.texts.normal import normalise_words, sha256, split_paragraphs
from kg.sources.texts.passages import (
    MOST_WORDS,
    Closeness,
    find_words,
    first_words,
    nearest_passages,
)
from kg.sources.texts.verification import verify


@pytest.fixture
def row(tmp_path: Path) -> Desk:
    return desk(tmp_path)


def verified(kg: Kg, at: Desk, *more: str) -> Result:
    return kg("-C", at.workspace, "verify", "--texts", at.texts, *more)


def last_line(result: Result) -> str:
    return result.stdout.splitlines()[-1]


def test_paragraphs_quotes_and_spans_that_stand_are_verified(row: Desk, kg: Kg) -> None:
    right = {"p": "2", "quote": 'leave the "Lume" treaty'}
    words = {"p": "3", "span": ["0", "24"], "sha256": sha256("Brell's foreign minister")}
    row.cite("1", right, words)
    result = verified(kg, row)
    assert (result.code, result.stderr) == (0, "")
    assert (
        last_line(result)
        == "3 citations: 3 verified (2 of them by their words), 0 not verifiable here, 0 wrong"
    )


def test_the_counts_of_each_article_and_its_local_text_are_told(row: Desk, kg: Kg) -> None:
    row.cite("1", {"p": "2", "quote": "on Tuesday"}, silent=2)
    (row.texts / "other.txt").write_text("a\n\nb\n", "utf-8")
    result = verified(kg, row)
    table = [line.split() for line in result.stdout.splitlines() if line.startswith("  post-")]
    assert table == [
        [ARTICLE, "1", "0", "0", "1", "copied", "on", "Tuesday.txt"],
        [SILENT, "0", "0", "2", "0", "none"],
    ]
    assert "of no article here: 1 file\n  other.txt: paragraphs: 2, text_sha256: " in result.stdout
    assert last_line(result).startswith("4 citations: 1 verified")
    assert result.code == 1


@pytest.mark.parametrize(
    ("item", "message", "hint"),
    [
        ("4", "", ""),
        (
            {"p": "2", "quote": "leave the Lume"},
            "do not stand in paragraph 2",
            "nearest: paragraph 1, span [6, 21]",
        ),
        (
            {"p": "2", "quote": "grave mistake"},
            "do not stand in paragraph 2",
            "they stand in paragraph 3, span [54, 67]",
        ),
        (
            {"p": "2", "quote": "a serious mistake"},
            "do not stand in paragraph 2",
            "nearest: paragraph 3, span [52, 67]",
        ),
        (
            {"p": "2", "quote": "zebras"},
            "do not stand in paragraph 2",
            "quote the paragraph's own words",
        ),
        (
            {"p": "2", "span": ["0", "13"], "sha256": sha256("grave mistake")},
            "characters 0 to 13 of paragraph 2 have another fingerprint",
            "they stand in paragraph 3, span [54, 67]",
        ),
        (
            {"p": "2", "span": ["4", "14"], "sha256": sha256("zebras are")},
            "characters 4 to 14 of paragraph 2 have another fingerprint",
            "'government' stands there; kg cite",
        ),
        (
            {"p": "3", "span": ["60", "90"], "sha256": sha256("zebras")},
            "paragraph 3 has 68 characters, not 90",
            "kg cite ARTICLE WORDS prints place and fingerprint anew",
        ),
    ],
)
def test_what_is_wrong_is_told_with_the_nearest_passage(
    row: Desk, kg: Kg, item: str | dict[str, Any], message: str, hint: str
) -> None:
    row.cite(item)
    result = verified(kg, row)
    assert result.code == (1 if message else 0)
    assert message in result.stdout
    assert f"hint: {hint}" in result.stdout or not hint
    assert ("[KG409]" in result.stdout) == bool(message)


def test_no_more_than_a_few_words_of_a_text_are_shown(row: Desk, kg: Kg) -> None:
    whole = split_paragraphs(TEXT)[3]
    row.cite({"p": "1", "quote": whole.replace("May", "June")})
    shown = next(line for line in verified(kg, row).stdout.splitlines() if "nearest" in line)
    assert " ".join(whole.split()[: MOST_WORDS + 1]) not in shown
    assert " ".join(whole.split()[:MOST_WORDS]) in shown


def test_a_paragraph_that_does_not_exist_is_wrong(row: Desk) -> None:
    row.cite("5")
    found = verify(read(Workspace(row.workspace)).corpus, row.texts)
    assert (found.total.verified, found.total.wrong) == (0, 1)
    assert found.diagnostics[0].message == "the text has 4 paragraphs, not 5"
    checked = read(Workspace(row.workspace, row.texts))
    assert [problem.rule.code for problem in checked.diagnostics] == ["KG404"], "told once"


def test_another_text_of_the_article_is_an_error_and_verifies_nothing(row: Desk, kg: Kg) -> None:
    row.cite("1")
    (row.texts / "copied on Tuesday.txt").rename(row.texts / f"{ARTICLE}.txt")
    assert verified(kg, row).code == 0
    (row.texts / f"{ARTICLE}.txt").write_text(TEXT.replace("Monday", "Sunday"), "utf-8")
    result = verified(kg, row)
    assert result.code == 1
    assert "[KG408]" in result.stdout
    assert last_line(result).startswith(
        "1 citation: 0 verified (0 of them by their words), 1 not verifiable here, 0 wrong"
    )


def test_that_nothing_could_be_verified_is_said_and_no_error(row: Desk, kg: Kg) -> None:
    row.cite("1", "2")
    (row.texts / "copied on Tuesday.txt").unlink()
    result = verified(kg, row)
    assert result.code == 0
    assert (
        f"nothing could be verified: no file of {row.texts} is the text of an article here\n"
        in result.stdout
    )
    assert (
        last_line(result)
        == "2 citations: 0 verified (0 of them by their words), 2 not verifiable here, 0 wrong"
    )


def test_a_folder_that_is_none_cannot_be_read(row: Desk, kg: Kg) -> None:
    row.cite("1")
    result = kg("-C", row.workspace, "verify", "--texts", row.texts / "copied on Tuesday.txt")
    assert (result.code, result.stdout) == (2, "")
    assert "is not a folder\n" in result.stderr


def test_the_folder_must_be_named(row: Desk, kg: Kg) -> None:
    result = kg("-C", row.workspace, "verify")
    assert result.code == 2
    assert "--texts" in result.stderr


def test_files_that_are_too_large_are_named(row: Desk, kg: Kg) -> None:
    row.cite("1")
    (row.texts / "film.bin").write_bytes(b"x" * 5_000_001)
    (row.texts / "folder").mkdir()
    assert "not read (unreadable, or larger than 5 MB): film.bin\n" in verified(kg, row).stdout


def test_other_errors_of_the_workspace_are_not_passed_over(row: Desk, kg: Kg) -> None:
    row.cite("1")
    file = row.workspace / "sources" / "more.yaml"
    file.write_text("actors: {x: {type: Stat, label: X}}\n", "utf-8")
    result = verified(kg, row)
    assert result.code == 1
    assert "the workspace has 1 other error" in result.stderr
    assert last_line(result).startswith("1 citation: 1 verified")


def test_programs_get_the_same_counts(row: Desk, kg: Kg) -> None:
    row.cite("1", {"p": "2", "quote": "zebras"}, silent=1)
    told = json.loads(verified(kg, row, "--format", "json").stdout)
    assert [finding["code"] for finding in told["findings"]] == ["KG409"]
    summary = told["summary"]
    assert (summary["verified"], summary["not_verifiable_here"], summary["wrong"]) == (1, 1, 1)
    assert [one["file"] for one in summary["articles"]] == ["copied on Tuesday.txt", None]
    assert "::error file=sources/said.yaml" in verified(kg, row, "--format", "github").stdout
    sarif = json.loads(verified(kg, row, "--format", "sarif").stdout)
    assert [result["ruleId"] for result in sarif["runs"][0]["results"]] == ["KG409"]


def test_verifying_writes_nothing(row: Desk, kg: Kg) -> None:
    row.cite("1")
    before = {path: path.stat().st_mtime_ns for path in row.workspace.parent.rglob("*")}
    verified(kg, row)
    assert {path: path.stat().st_mtime_ns for path in row.workspace.parent.rglob("*")} == before


def test_words_are_compared_without_their_typography() -> None:
    assert normalise_words("“It’s\u00a0a – b\u00adc\u200b”\n") == '"It\'s a - bc"'
    assert normalise_words("e\u0301") == "é"
    assert split_paragraphs("a\r\n\r\n \t\nb\u00a0\n") == ("a", "b")


words = st.text("abcdeé “’–\u00ad", max_size=40).map(normalise_words)
texts = st.lists(words.filter(bool), min_size=1, max_size=5).map(tuple)


@given(texts, st.randoms(use_true_random=False))
def test_words_of_a_text_are_found_where_they_stand(
    text: tuple[str, ...], chance: random.Random
) -> None:
    number = chance.randrange(len(text))
    start = chance.randrange(len(text[number]))
    end = chance.randrange(start + 1, len(text[number]) + 1)
    part = text[number][start:end]
    found, how = find_words(part, text)
    assert found
    assert {passage.words(text) for passage in found} == {part} or how is not Closeness.EXACT
    assert how is not Closeness.INSIDE_WORDS or any(
        p.paragraph == number + 1 and p.start <= start for p in found
    )


@given(texts, words)
def test_the_nearest_passages_lie_in_the_text_the_likest_first(
    text: tuple[str, ...], wanted: str
) -> None:
    found = nearest_passages(wanted, text, 3)
    assert [p.likeness for p in found] == sorted((p.likeness for p in found), reverse=True)
    assert len({passage.paragraph for passage in found}) == len(found) <= 3
    for passage in found:
        assert 0 <= passage.start < passage.end <= len(text[passage.paragraph - 1])
        assert passage.words(text) == passage.words(text).strip()


def test_nearest_finds_what_was_misspelt_or_said_in_other_words() -> None:
    text = split_paragraphs(TEXT)
    assert [passage.words(text) for passage in nearest_passages("graev mistakes", text)] == [
        "grave mistake"
    ]
    assert nearest_passages("the ministry of foreign affairs of Kallistan", text) == ()


def test_clipped_words_are_few() -> None:
    assert first_words("a b") == "a b"
    assert first_words("a b c d e f g h") == "a b c d e f g ..."


def test_every_citation_of_the_example_stands_in_the_articles(kg: Kg) -> None:
    result = kg("-C", REPOSITORY, "verify", "--texts", shared_path("articles"), "--format", "json")
    summary = json.loads(result.stdout)["summary"]
    assert (result.code, summary["wrong"], summary["not_verifiable_here"]) == (0, 0, 0)
    assert summary["verified"] > 750
    assert summary["verified_by_words"] > 350


def test_the_example_is_verified_by_words_where_it_may_not_repeat_them() -> None:
    cited = read_example().corpus.citations
    assert not [citation for citation in cited if citation.quote]
    assert sum(citation.words is not None for citation in cited) > 350
