"""Citations against local texts, in process: what counts as verified, as not to be looked up here,
and as wrong.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.files.workspace import SourceFile
from kg.model.corpus import Corpus
from kg.sources.loader import load_corpus
from kg.sources.texts.normal import normalise_words, sha256, split_paragraphs
from kg.sources.texts.verification import Verification, verify

TEXT = "The ford is closed since Monday.\r\n\r\nNobody said for “how long”, nor – so far – why.\n"
PRINT = hashlib.sha256(TEXT.encode()).hexdigest()


def corpus(*items: Any, count: int = 2, alias: int = 0, withdrawn: int = 0) -> Corpus:
    """A corpus whose assertion cites items of one article; and perhaps an alias and a withdrawal
    that cite it too.
    """
    article = {
        "title": "Ford",
        "publisher": "g",
        "originator": "g",
        "published": "2019",
        "text_sha256": PRINT,
    }
    assertion: dict[str, Any] = {
        "subject": "a",
        "predicate": "meets",
        "object": "b",
        "cite": {"ford": list(items)},
    }
    if withdrawn:
        assertion |= {"according_to": "a", "withdrawn": {"cite": {"ford": [str(withdrawn)]}}}
    actor: dict[str, Any] = {"type": "State", "label": "A"}
    if alias:
        actor["aliases"] = [{"name": "Al", "cite": {"ford": [str(alias)]}}]
    world = {
        "articles": {"ford": article | {"paragraphs": str(count)}},
        "actors": {"a": actor},
        "assertions": [assertion],
    }
    loaded = load_corpus([SourceFile("sources/x.yaml", json.dumps(world).encode())])
    assert not loaded.diagnostics, loaded.diagnostics
    return loaded.corpus


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the article's text, under a name of its own."""
    (tmp_path / "saved page.txt").write_bytes(TEXT.encode())
    return tmp_path


def counted(verification: Verification) -> tuple[int, int, int]:
    return verification.total.verified, verification.total.not_here, verification.total.wrong


def span(words: str, paragraph: int, shift: int = 0) -> dict[str, Any]:
    """A citation of words by their place and fingerprint."""
    start = split_paragraphs(TEXT)[paragraph - 1].index(normalise_words(words)) + shift
    ends = [str(start), str(start + len(normalise_words(words)))]
    return {"p": str(paragraph), "span": ends, "sha256": sha256(normalise_words(words))}


RIGHT: dict[str, Any] = {
    "a paragraph": "2",
    "a quote": {"p": "1", "quote": "closed since Monday"},
    "a quote in other typography": {"p": "2", "quote": 'for "how long", nor - so far -  why'},
    "a quote in the other normal form": {
        "p": "1",
        "quote": unicodedata.normalize("NFD", "The ford"),
    },
    "a span": span("Nobody said", 2),
    "a span over typography": span("“how long”", 2),
    "the whole paragraph": span(split_paragraphs(TEXT)[0], 1),
}
WRONG: dict[str, Any] = {
    "a quote of another paragraph": {"p": "2", "quote": "closed since Monday"},
    "a quote in capitals": {"p": "1", "quote": "THE FORD"},
    "a quote of what is not there": {"p": "1", "quote": "open since Monday"},
    "a span that is shifted": span("Nobody said", 2, shift=1),
    "a span of another paragraph": span("Nobody said", 2) | {"p": "1"},
    "a span behind the end": {
        "p": "1",
        "span": ["0", "999"],
        "sha256": sha256(split_paragraphs(TEXT)[0]),
    },
    "a right span with a wrong quote": span("Nobody said", 2) | {"quote": "Everybody said"},
    "a right quote with a wrong span": span("Nobody said", 2, shift=1) | {"quote": "Nobody said"},
}


@pytest.mark.parametrize("item", RIGHT.values(), ids=RIGHT)
def test_a_citation_that_stands_is_verified(item: Any, folder: Path) -> None:
    verification = verify(corpus(item), folder)
    assert counted(verification) == (1, 0, 0)
    assert not verification.diagnostics


@pytest.mark.parametrize("item", WRONG.values(), ids=WRONG)
def test_a_citation_that_does_not_stand_is_wrong_and_told_at_its_place(
    item: Any, folder: Path
) -> None:
    verification = verify(corpus("1", item), folder)
    assert counted(verification) == (1, 0, 1)
    assert {d.rule.code for d in verification.diagnostics} == {"KG409"}
    assert all(d.hint for d in verification.diagnostics)


def test_what_cannot_be_looked_up_is_counted_and_no_mistake(tmp_path: Path) -> None:
    cited = corpus("1", *RIGHT.values())
    for folder in (None, tmp_path):
        verification = verify(cited, folder)
        assert counted(verification) == (0, 1 + len(RIGHT), 0)
        assert not verification.diagnostics


def test_citations_of_aliases_and_withdrawals_are_looked_up_too(folder: Path) -> None:
    assert counted(verify(corpus("1", alias=2, withdrawn=1), folder)) == (3, 0, 0)
    assert counted(verify(corpus("1", alias=2, withdrawn=1), None)) == (0, 3, 0)


def test_a_text_of_the_articles_name_with_another_fingerprint_verifies_nothing(
    tmp_path: Path,
) -> None:
    (tmp_path / "ford.txt").write_text(TEXT + "And so on.\n", "utf-8")
    verification = verify(corpus("1", "2"), tmp_path)
    assert counted(verification) == (0, 2, 0)
    assert [d.rule.code for d in verification.diagnostics] == ["KG408"]


def test_a_record_with_another_number_of_paragraphs_is_told(folder: Path) -> None:
    verification = verify(corpus("1", "3", count=3), folder)
    assert sorted(d.rule.code for d in verification.diagnostics) == ["KG408", "KG409"]
    assert counted(verification) == (1, 0, 1)


@given(
    st.lists(st.sampled_from([*RIGHT.values(), *WRONG.values()]), min_size=1, max_size=6),
    st.booleans(),
)
def test_every_citation_is_counted_once(items: list[Any], here: bool) -> None:
    cited = corpus(*items)
    verification = verify(cited, None)
    assert sum(counted(verification)) == len(cited.citations) == len(items)
    assert verification.total.not_here == len(items)


@given(st.text(max_size=40))
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    assert normalise_words(normalise_words(text)) == normalise_words(text)
    assert normalise_words(unicodedata.normalize("NFD", text)) == normalise_words(text)


@pytest.mark.parametrize("mark", ["\u2028", "\u2029", "\x0b", "\x0c", "\x1c", "\x85"])
def test_paragraphs_end_at_line_ends_only_as_other_tools_count_them(mark: str) -> None:
    assert len(split_paragraphs(f"one{mark}still one\n\n \t\ntwo\r\nthree\rfour")) == 4
