"""A dossier: what is known and said of some things in one file to be printed or sent, with numbered
notes that lead to the places in sources.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup

from kg.model import Article
from kg.model.locators import Locator
from kg.page.html import policy, sheet
from kg.site.credits import writers
from kg.site.edition import Edition
from kg.site.page import Page
from kg.site.templates import HERE, site_template
from kg.site.thing_page import ClaimGroup, thing_page
from kg.status.statement import Statement
from kg.text import join_and


class Note(NamedTuple):
    """A place in a source that claims of the dossier cite, with its number."""

    number: int
    article: Article
    locator: Locator
    writers: str


class NotedClaim(NamedTuple):
    """A claim with the numbers of its notes."""

    statement: Statement
    notes: tuple[int, ...]


class Chapter(NamedTuple):
    """All that a dossier tells of one thing: its page, and groups of claims with their headings and
    how many more there are.
    """

    page: Page
    groups: tuple[tuple[str, tuple[NotedClaim, ...], int], ...]


class _Notes:
    """The places that are cited, numbered in the order in which they are first met."""

    def __init__(self, edition: Edition) -> None:
        self._corpus = edition.corpus
        self.notes: dict[tuple[str, Locator], Note] = {}

    def cite(self, statement: Statement) -> tuple[int, ...]:
        """Return the numbers of the places that a statement is cited from."""
        return tuple(
            self._number(id, locator)
            for id, locators in statement.locators.items()
            for locator in locators
        )

    def _number(self, id: str, locator: Locator) -> int:
        if (id, locator) not in self.notes:
            article = self._corpus.articles[id]
            credit = writers(article, self._corpus)
            self.notes[id, locator] = Note(len(self.notes) + 1, article, locator, credit)
        return self.notes[id, locator].number


def render_dossier(ids: Sequence[str], edition: Edition) -> str:
    """Return the dossier of some things, by their ids, as a whole file."""
    notes = _Notes(edition)
    chapters = [_chapter(thing_page(id, edition), notes) for id in dict.fromkeys(ids)]
    css = sheet(HERE / "record.css")
    return site_template("dossier.html").render(
        title=join_and([chapter.page.title for chapter in chapters]),
        chapters=chapters,
        notes=notes.notes.values(),
        edition=edition,
        css=Markup(css),
        policy=policy([css], []),
    )


def _chapter(page: Page, notes: _Notes) -> Chapter:
    groups = (*page.page["of"], page.page["by"], page.page["beside"])
    return Chapter(page, tuple(_group(each, notes) for each in groups if each.statements))


def _group(claims: ClaimGroup, notes: _Notes) -> tuple[str, tuple[NotedClaim, ...], int]:
    noted_claims = tuple(NotedClaim(each, notes.cite(each)) for each in claims.statements)
    return claims.heading, noted_claims, claims.more
