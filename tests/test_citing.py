"""From words to the citation to paste: it verifies as printed."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from commands import Result
from conftest import REPOSITORY, Kg, shared_path
from localtexts import ARTICLE, SILENT, TEXT, Desk, desk
from pictures import read_example

from kg.files.workspace import Workspace
from kg.reading import read
from kg.sources.texts.normal import sha256
from kg.sources.texts.verification import verify


@pytest.fixture
def row(tmp_path: Path) -> Desk:
    at = desk(tmp_path)
    at.cite("1")
    return at


def cited(kg: Kg, at: Desk, words: str, *more: str, article: str = ARTICLE) -> Result:
    return kg("-C", at.workspace, "cite", article, words, "--texts", at.texts, *more)


def test_the_citation_that_is_printed_verifies_as_it_stands(row: Desk, kg: Kg) -> None:
    result = cited(kg, row, "grave   mistake")
    assert (result.code, result.stderr) == (0, "")
    print_ = sha256("grave mistake")
    assert result.stdout == f"{ARTICLE}: [{{p: 3, span: [54, 67], sha256: {print_}}}]\n"
    (row.workspace / "sources" / "said.yaml").write_text(
        f"assertions:\n  - subject: arden\n    predicate: partyTo\n    object: lume\n    cite:\n      {result.stdout}",
        "utf-8",
    )
    reading = read(Workspace(row.workspace, row.texts))
    assert reading.exit_code == 0
    assert (reading.verification.total.verified, reading.verification.total.by_words) == (1, 1)


def test_typographic_quotes_and_white_space_do_not_matter(row: Desk, kg: Kg) -> None:
    plain = cited(kg, row, "Brell's foreign minister")
    assert plain.code == 0
    assert cited(kg, row, "Brell’s\tforeign  minister").stdout == plain.stdout
    assert cited(kg, row, 'the "Lume" treaty').stdout == cited(kg, row, "the “Lume” treaty").stdout


def test_other_letter_case_and_parts_of_words_are_no_citation_but_nearest(
    row: Desk, kg: Kg
) -> None:
    for words, nearest in (("GRAVE MISTAKE", "grave mistake"), ("oreign", "foreign")):
        result = cited(kg, row, words)
        assert (result.code, result.stdout) == (1, "")
        assert "kg: the words stand in no copy at hand: " in result.stderr
        assert f"  nearest: {ARTICLE}, paragraph 3: {nearest}\n" in result.stderr
    assert cited(kg, row, "May").code == 0


def test_several_places_are_all_listed_and_more_words_asked_for(row: Desk, kg: Kg) -> None:
    result = cited(kg, row, "treaty of 1998")
    assert (result.code, result.stdout) == (1, "")
    assert result.stderr == (
        "kg: the words stand at 3 places: 'treaty of 1998'\n"
        f'  {ARTICLE}, paragraph 2: "Lume" treaty of 1998.\n'
        f"  {ARTICLE}, paragraph 4: The treaty of 1998 ends\n"
        f"  {ARTICLE}, paragraph 4: The treaty of 1998 has\n"
        "  hint: give more words, or say in which --paragraph\n"
    )
    assert cited(kg, row, "treaty of 1998 ends").code == 0


def test_a_paragraph_narrows_the_search(row: Desk, kg: Kg) -> None:
    assert cited(kg, row, "Arden").code == 1
    assert cited(kg, row, "Arden", "--paragraph", "2").code == 0
    other = cited(kg, row, "Arden", "--paragraph", "3")
    assert (other.code, other.stdout) == (1, "")
    assert "kg: the words do not stand in paragraph 3: 'Arden'\n" in other.stderr
    assert f"nearest: {ARTICLE}, paragraph 1: Arden" in other.stderr
    beyond = cited(kg, row, "Arden", "--paragraph", "9")
    assert (beyond.code, beyond.stdout) == (2, "")
    assert beyond.stderr == f"kg: {ARTICLE} has 4 paragraphs at most, not 9\n"


def test_where_words_stand_nowhere_the_nearest_passages_are_told(row: Desk, kg: Kg) -> None:
    result = cited(kg, row, "a serious mistake")
    assert (result.code, result.stdout) == (1, "")
    assert result.stderr == (
        "kg: the words stand in no copy at hand: 'a serious mistake'\n"
        f"  nearest: {ARTICLE}, paragraph 3: a grave mistake\n"
        "  hint: cite the words as the article has them, in one piece\n"
    )


def test_an_unknown_article_is_told_with_the_nearest_name(row: Desk, kg: Kg) -> None:
    result = cited(kg, row, "Arden", article="post1")
    assert (result.code, result.stdout) == (2, "")
    assert result.stderr == "kg: no article is called 'post1'\n  hint: did you mean 'post-1'?\n"


def test_an_article_without_a_local_text_cannot_be_cited_from(row: Desk, kg: Kg) -> None:
    result = cited(kg, row, "Arden", article=SILENT)
    assert (result.code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"kg: no file of {row.texts} is the text of '{SILENT}'\n")


def test_another_text_of_the_article_is_refused(row: Desk, kg: Kg) -> None:
    (row.texts / f"{SILENT}.txt").write_text(TEXT + "more\n", "utf-8")
    result = cited(kg, row, "Arden", article=SILENT)
    assert result.code == 1
    assert "has another fingerprint" in result.stderr


def test_an_article_whose_record_has_a_mistake_is_told_as_such(row: Desk, kg: Kg) -> None:
    broken = "articles: {post-3: {title: A}}\n"
    (row.workspace / "sources" / "more.yaml").write_text(broken, "utf-8")
    result = cited(kg, row, "Arden", article="post-3")
    assert (result.code, result.stderr) == (
        1,
        "kg: the record of 'post-3' has a mistake\n  hint: kg check shows it\n",
    )


@pytest.mark.parametrize("words", ["", "  ", "\u00ad"])
def test_without_words_nothing_can_be_looked_for(row: Desk, kg: Kg, words: str) -> None:
    assert cited(kg, row, words).code == 2


def test_errors_elsewhere_do_not_keep_one_from_citing(row: Desk, kg: Kg) -> None:
    (row.workspace / "sources" / "more.yaml").write_text(
        "actors: {x: {type: Stat, label: X}}\n", "utf-8"
    )
    assert cited(kg, row, "grave mistake").code == 0


def test_the_spans_of_the_example_are_what_the_tool_prints(kg: Kg) -> None:
    """The fingerprint of a span found by its words is the one that the example has."""
    texts = shared_path("articles")
    printed = kg("-C", REPOSITORY, "cite", "nyt-2019-11-22", "by midnight Friday", "--texts", texts)
    assert printed.code == 0
    (item,) = yaml.safe_load(printed.stdout)["nyt-2019-11-22"]
    corpus = read_example().corpus
    cited = [
        c for c in corpus.assertions["expiry-instant"].citations if c.article.id == "nyt-2019-11-22"
    ]
    assert [(c.paragraph, list(c.words or ()), c.sha256) for c in cited] == [
        (item["p"], item["span"], item["sha256"])
    ]
    assert verify(corpus, texts).total.wrong == 0
