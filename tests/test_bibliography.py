"""Bibliographies of others as fields of articles: CSL-JSON, BibTeX, RIS."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from conftest import REPOSITORY

from kg.diagnostics import KgError
from kg.export.csl import csl_json
from kg.files.workspace import Workspace
from kg.reading import Reading
from kg.reading import read as read_workspace
from kg.sources.bibliography.entries import BibliographyEntry, read_bibliography, source_type
from kg.status.lens import Lens


@pytest.fixture(scope="module")
def example() -> Reading:
    """The example, without a lens."""
    return read_workspace(Workspace(REPOSITORY)).under(Lens())


BIBTEX = r"""@comment{exported}
@string{jt = {The Japan Times}}
@article{doe2019, title={{GSOMIA} and the {\"U}berfahrt}, entrysubtype={newspaper},
  author={Doe, Jane AND M{\"u}ller, Hans and {Kyodo and Sons}}, journal=jt, year=2019, month=nov,
  doi={https://doi.org/10.1000/x_1}, url={https://example.org/a_b%20c}, keywords={a, b}}
@book{b, title="Pacts", subtitle={A % history}, publisher={P \& Q}, date={1999~}, pages={1--4}}
"""
RIS = """TY  - NEWS
ID  - doe2019
AU  - Doe, Jane
AU  - Kyodo News
TI  - A title
  that goes on
T2  - The Japan Times
DA  - 2019/11/15/
KW  - x
ER  - \r

TY  - BOOK
TI  - Pacts
PB  - P & Q
PY  - Spring 1999
ER  -
"""


def read(folder: Path, name: str, text: str | bytes) -> list[BibliographyEntry]:
    """The entries of a file with some text."""
    file = folder / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_bibliography(file)


def test_bibtex_gives_the_fields_of_articles_without_latex(tmp_path: Path) -> None:
    article, book = read(tmp_path, "a.bib", BIBTEX)
    assert article.csl_type == "article-newspaper"
    assert article.fields == {
        "title": "GSOMIA and the Überfahrt",
        "author": "Jane Doe, Hans Müller, Kyodo and Sons",
        "published": "2019-11",
        "doi": "10.1000/x_1",
        "url": "https://example.org/a_b%20c",
    }
    assert article.publishers == ("The Japan Times",)
    assert article.left_out == ("BibTeX keywords",)
    assert article.place == f"{tmp_path / 'a.bib'}:3"
    assert (book.fields["title"], book.fields["note"]) == ("Pacts: A % history", "pages 1-4")
    assert (book.fields["published"], book.publishers) == ("1999~", ("P & Q",))


def test_ris_gives_the_same_fields_and_what_is_no_date_goes_into_the_note(tmp_path: Path) -> None:
    article, book = read(tmp_path, "a.ris", RIS)
    assert article == BibliographyEntry(
        "doe2019",
        f"{tmp_path / 'a.ris'}:1",
        "article-newspaper",
        {
            "title": "A title that goes on",
            "author": "Jane Doe, Kyodo News",
            "published": "2019-11-15",
        },
        ("The Japan Times",),
        ("Jane Doe", "Kyodo News"),
        ("RIS KW",),
        frozenset({"Jane Doe"}),
    )
    assert (book.key, book.fields["note"]) == ("entry-12", "dated Spring 1999")


def test_the_sources_of_an_export_come_back_with_their_fields(
    example: Reading, tmp_path: Path
) -> None:
    entries = read(tmp_path, "a.json", csl_json(example.corpus, example.ontology))
    articles = example.corpus.articles
    assert [each.key for each in entries] == sorted(articles)
    for entry in entries:
        article = articles[entry.key]
        assert entry.fields["title"] == article.title.text
        assert entry.fields.get("published", "") == (
            article.published.text if article.published else ""
        )
        assert entry.fields.get("url", "") == article.url
        names = ", ".join(example.corpus.things[each.id].label for each in article.publishers)
        assert entry.publishers == (names,)
        assert entry.left_out == ()


def test_types_become_those_of_the_ontology(example: Reading, tmp_path: Path) -> None:
    types = {"legal_case": "legal-case", "graphic": "image", "article-newspaper": "", "unheard": ""}
    items = [{"id": name, "type": name} for name in types]
    entries = read(tmp_path, "a.json", json.dumps(items))
    assert [source_type(entry, example.ontology) for entry in entries] == [
        "legal-case",
        "image",
        "article-newspaper",
        "document",
    ]


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.json", '[{"id": "a", "type": "book"},\n {"id": "a", "type": "book"}]', ":2: the key"),
        ("a.json", '[{"id": "a",\n "type": "book"},]', ":2: this is no JSON"),
        ("a.json", '[{"id": "a", "type": "book"}]\n x', ":2: this is no JSON: something follows"),
        (
            "a.json",
            '[\n{"id": "a", "type": "book", "title": "\\ud800"}]',
            ":2: a text holds U+D800",
        ),
        ("a.json", '[{"id": "a", "type": "\\u0000"}]', ":1: a text holds U+0000"),
        ("a.json", "\n" + "[" * 100_000, ":2: lists and objects are nested too deeply"),
        ("a.json", "[" + "9" * 5000 + "]", ":1: this is no JSON"),
        ("a.json", "[NaN]", ":1: this is no JSON: NaN is no number"),
        ("a.json", "[]", "holds no entry"),
        ("a.json", '{"a": 1}', ":1: this is no entry of CSL-JSON"),
        ("a.json", b'[\n"\xe9"]', ":2: this line is not UTF-8"),
        ("a.bib", "\n@article{a, title={", ":2: this entry cannot be read: Unexpectedly reached"),
        ("a.bib", "@book{a}\n@book{a}", ":2: this entry cannot be read: Duplicate"),
        ("a.bib", "@book{a, title={\x02}}", ":1: a text holds U+0002"),
        ("a.bib", "@book{a, title={" + "{" * 99 + "}" * 99 + "}}", "braces nest too deeply"),
        ("a.bib", "no entry", "holds no entry"),
        ("a.ris", "\nTI  - x", ":2: 'TI' stands outside"),
        ("a.ris", "TY  - BOOK\nTI  - x", ":1: this entry has no end"),
        ("a.ris", "x", ":1: this line has no tag"),
        ("a.doc", "x", "no bibliography that can be read"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(
    tmp_path: Path, name: str, text: str | bytes, message: str
) -> None:
    with pytest.raises(KgError) as raised:
        read(tmp_path, name, text)
    assert message in str(raised.value)
    assert raised.value.hint
    assert "\x02" not in str(raised.value)


def test_a_file_beyond_the_limit_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    with file.open("wb") as stream:
        stream.truncate(65 << 20)
    with pytest.raises(KgError, match="larger than 64 MB"):
        read_bibliography(file)
    # Who waits for a pipe may wait for ever.
    file.unlink()
    os.mkfifo(file)
    with pytest.raises(KgError, match="not a regular file"):
        read_bibliography(file)


def test_a_date_of_ten_thousand_digits_is_words(tmp_path: Path) -> None:
    [entry] = read(tmp_path, "a.bib", f"@book{{b, title={{T}}, date={{{'9' * 10_000}}}}}")
    assert not entry.fields.get("published")
