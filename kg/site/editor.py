"""The page on which a browser asks in SPARQL, where a server answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from kg.page.data import linked_data
from kg.page.html import read_editor
from kg.site.edition import Edition
from kg.site.page import Page
from kg.site.question_page import QuestionPage
from kg.site.record_pages import shell

EDITOR = "sparql"
"""The address of the page, and of the answers to its questions."""


class EditorPage(NamedTuple):
    """What the page tells: a question as it was asked, its answer, or what is wrong with it."""

    text: str
    answer: QuestionPage | None = None
    problem: str = ""


def editor_shell(page: EditorPage, formats: Sequence[str], edition: Edition) -> str:
    """Return the page as a whole file; its answer can be had in some formats."""
    prefixes = sorted(edition.reading.ontology.prefixes.items())
    value = Page(
        "sparql.html",
        "Ask in SPARQL",
        "A question to the graph of this workspace.",
        linked_data("WebPage", "Ask in SPARQL"),
        page._asdict() | {"formats": formats, "prefixes": prefixes},
        css=page.answer.css if page.answer else "",
        has_figures=True,
        scripts=(read_editor(),),
    )
    return shell(value, EDITOR, edition)
