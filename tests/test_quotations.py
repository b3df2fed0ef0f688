"""A story quotes a few words of a source, and only those that the data quotes."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Kg
from test_page_browser import Open, open_page

from kg.diagnostics import Span
from kg.files.workspace import Workspace
from kg.model.locators import paragraph_locator
from kg.model.references import Citation, Reference
from kg.reading import read
from kg.site.pages import PageOptions, build_pages
from kg.viz.quotations import citations_with

__all__ = ["open_page"]
PLACE = Span("a.yaml", 1)

SOURCE = """
articles:
  gazette-may:
    title: Talks end without a result
    publisher: gazette
    originator: gazette
    published: 2019-05-04
    url: https://example.org/talks
    paragraphs: 9
    text_sha256: 0b3c200e861947e227072fd46684a5e411d83163a186183559764b39129396fc
actors:
  alpha: {type: State, label: Alpha}
  beta: {type: State, label: Beta}
  gazette: {type: MediaOrganization, label: The Gazette}
pacts:
  river-pact: {type: Treaty, label: River Pact}
assertions:
  - id: breach
    subject: beta
    predicate: contravenes
    object: river-pact
    according_to: alpha
    said: 2019-05-03
    cite: {gazette-may: [{p: 3, quote: "it did not keep what it had signed"}]}
"""
VIEW = """# title: The pact
# question: Who keeps the pact?
SELECT ?source ?target ?assertion WHERE {
  VALUES ?target { :river-pact }
  ?assertion rdf:subject ?source ; rdf:object ?target .
}
"""


def story(words: str, more: str = "") -> str:
    return (
        "title: A pact\nsteps:\n  - title: A charge\n    text: Beta is charged.\n"
        f"    quote: {{assertion: breach, words: {words}}}\n{more}"
    )


@pytest.fixture
def pact(tmp_path: Path, kg: Kg) -> Path:
    root = tmp_path / "pact"
    assert kg("init", root).code == 0
    for old in (root / "sources").iterdir():
        old.unlink()
    (root / "sources" / "pact.yaml").write_text(SOURCE, "utf-8")
    for view in (root / "viz").glob("*.rq"):
        view.unlink()
    (root / "viz" / "pact.rq").write_text(VIEW, "utf-8")
    return root


@pytest.mark.parametrize(
    ("words", "quote", "is_there"),
    [
        ("what it had signed", "it did not keep what it had signed", True),
        ("it did not\n keep", "it did not keep what it had signed", True),
        ("\u201cill\u201d", 'an "ill" wind', True),
        ("legal", "an illegal act, and so illegal", False),
        ("legal", "an illegal act, or a legal one", True),
        ("it had not", "it did not keep what it had signed", False),
        ("\u7d04\u675f", "\u56fd\u306e\u7d04\u675f\u3092\u7834\u308b", True),
        ("", "anything", False),
        ("anything", "", False),
    ],
)
def test_words_are_quoted_where_they_stand_whole_and_in_a_row(
    words: str, quote: str, is_there: bool
) -> None:
    citation = Citation(Reference("a", PLACE), paragraph_locator(1), PLACE, quote=quote)
    assert bool(citations_with(words, [citation])) is is_there


def test_a_step_shows_its_words_with_their_article_and_the_claim_and_prints_them(
    pact: Path, open_page: Open
) -> None:
    (pact / "viz" / "pact.story.yaml").write_text(story("what it had signed"), "utf-8")
    made = build_pages(read(Workspace(pact)), PageOptions("pact"))
    page = open_page(made["pact.html"].decode(), hash="#step/1").page
    quoted = page.locator("#details .quoted")
    assert quoted.locator("mark").inner_text() == "\u201cwhat it had signed\u201d"
    address = quoted.locator("blockquote a").get_attribute("href")
    assert address == "https://example.org/talks#:~:text=what%20it%20had%20signed"
    told = quoted.locator("figcaption").inner_text()
    for words in ("Talks end without a result", "The Gazette", "4 May 2019", "3", "Alpha says"):
        assert words in told
    quoted.locator("figcaption p a").click()
    assert page.evaluate("location.hash").startswith("#assertion/breach")
    page.go_back()
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert "what it had signed" in page.locator("#printed").inner_text()


def test_no_page_is_made_where_an_article_with_the_words_was_not_out(pact: Path, kg: Kg) -> None:
    told = story("what it had signed", "    known_by: 2019-05-03\n")
    (pact / "viz" / "pact.story.yaml").write_text(told, "utf-8")
    refused = kg("-C", pact, "build")
    assert refused.code == 1
    assert "viz/pact.story.yaml:5:24: " in refused.stderr
    assert "with known_by 2019-05-03 [KG506]" in refused.stderr


def test_a_renamed_assertion_is_renamed_where_it_is_quoted(pact: Path, kg: Kg) -> None:
    file = pact / "viz" / "pact.story.yaml"
    file.write_text(story("what it had signed"), "utf-8")
    assert kg("-C", pact, "rename", "breach", "charge").code == 0
    assert file.read_text("utf-8") == story("what it had signed").replace("breach", "charge")
    assert kg("-C", pact, "check").code == 0
