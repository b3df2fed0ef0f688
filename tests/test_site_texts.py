"""The page of a source shows the words of a local copy, with those lit that are cited, to who holds
the copy; to everybody only what a licence lets everybody see.
"""

from __future__ import annotations

import hashlib
import re
from html import unescape
from pathlib import Path

import pytest
from localtexts import ARTICLE, TEXT, Desk, desk
from test_site_records import edition_of

from kg.files.workspace import Workspace
from kg.reading import Reading, read
from kg.site.addresses import Address, RecordKind
from kg.site.edition import Edition
from kg.site.record_pages import render, shell
from kg.sources.texts.normal import sha256

MARK = re.compile("<mark>(.*?)</mark>")


@pytest.fixture
def row(tmp_path: Path) -> Desk:
    at = desk(tmp_path)
    government = {"p": "2", "span": ["4", "14"], "sha256": sha256("government")}
    at.cite({"p": "3", "quote": "grave mistake"}, government)
    return at


def reading_of(at: Desk) -> Reading:
    return read(Workspace(at.workspace, at.texts))


def page_of(edition: Edition) -> str:
    address = Address(RecordKind.ARTICLE, ARTICLE)
    return unescape(shell(render(address, edition), address.file, edition))


def private(reading: Reading) -> Edition:
    return Edition(reading, lambda _: None, is_private=True)


def test_who_holds_the_copy_reads_every_paragraph_with_the_cited_words_lit(row: Desk) -> None:
    page = page_of(private(reading_of(row)))
    assert MARK.findall(page) == ["government", "grave mistake"]
    paragraphs = [
        re.sub("<[^>]*>", "", each) for each in re.findall('<p class="text">(.*)</p>', page)
    ]
    copy = reading_of(row).verification.copies.by_article[ARTICLE]
    assert paragraphs == list(copy.paragraphs)
    assert re.findall('<li id="paragraph-(.)" class="uncited">', page) == ["1", "4"]


def test_nobody_else_reads_a_word_that_is_not_quoted(row: Desk) -> None:
    page = page_of(edition_of(reading_of(row)))
    assert not MARK.findall(page)
    assert "Ada Dorn" not in page
    assert "<q>grave mistake</q>" in page
    assert "Nothing is cited from paragraphs 1, 4" in page


def test_a_licence_shows_the_text_to_everybody(row: Desk) -> None:
    known = row.workspace / "sources" / "known.yaml"
    text = known.read_text("utf-8").replace('"title": "A"', '"title": "A", "licence": "CC0"')
    known.write_text(text, "utf-8")
    reading = reading_of(row)
    assert reading.corpus.articles[ARTICLE].licence == "CC0"
    page = page_of(edition_of(reading))
    assert MARK.findall(page) == ["government", "grave mistake"]
    assert "under its licence: CC0" in page


def test_what_an_article_says_is_text(row: Desk) -> None:
    text = TEXT.replace("Ada Dorn", "<b>Ada</b>")
    (row.texts / "copied on Tuesday.txt").write_text(text, "utf-8")
    known = row.workspace / "sources" / "known.yaml"
    was, now = (hashlib.sha256(each.encode()).hexdigest() for each in (TEXT, text))
    known.write_text(known.read_text("utf-8").replace(was, now), "utf-8")
    reading = reading_of(row)
    address = Address(RecordKind.ARTICLE, ARTICLE)
    edition = private(reading)
    page = shell(render(address, edition), address.file, edition)
    assert "<b>" not in page
    assert "&lt;b&gt;Ada&lt;/b&gt;" in page
