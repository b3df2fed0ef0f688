"""A reading as the pages of its records tell it: what is said of each, found once for all pages."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from markupsafe import Markup

from kg.model import Article
from kg.ontology import DCTERMS
from kg.reading import Reading
from kg.reports.article_uses import SourceUse, find_uses
from kg.reports.explanation import Explanation, explain_all
from kg.site.templates import template
from kg.statement import Statement
from kg.view.biographies import LifeOf
from kg.view.view import property_text


class Edition:
    """What the pages of a site's records are made from.

    ``life_of`` tells the life of a thing by its id. ``base_url`` is where the site is published, if
    that is known, with a slash at its end.
    """

    def __init__(self, reading: Reading, life_of: LifeOf, base_url: str = "") -> None:
        self.reading, self.life_of, self.base_url = reading, life_of, base_url
        self._claims: dict[str, Markup] = {}
        self.corpus = reading.graph_corpus
        self.title = property_text(reading, reading.ontology.base, f"{DCTERMS}title")

    @cached_property
    def explanation(self) -> Explanation:
        """What bears on each assertion."""
        return explain_all(self.reading)

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """Every assertion that the lens shows, in order of ids."""
        return tuple(sorted(self.explanation.main, key=lambda each: each.id))

    @cached_property
    def by_thing(self) -> Mapping[str, list[Statement]]:
        """All that names a thing, by its id."""
        named: dict[str, list[Statement]] = {}
        for statement in self.statements:
            for id in {reference.id for reference in statement.assertion.mentions}:
                named.setdefault(id, []).append(statement)
        return named

    @cached_property
    def uses(self) -> Mapping[str, list[SourceUse]]:
        """What each source is cited for, by its id."""
        return find_uses(self.reading)

    @cached_property
    def by_maker(self) -> Mapping[str, list[Article]]:
        """The articles, in order of ids, that an actor wrote or published, by its id."""
        made: dict[str, list[Article]] = {}
        for _, article in sorted(self.corpus.articles.items()):
            for id in {each.id for each in (*article.publishers, *article.originators)}:
                made.setdefault(id, []).append(article)
        return made

    @cached_property
    def by_conflict(self) -> Mapping[str, list[str]]:
        """The conflicts, by id, that name an assertion, by its id."""
        conflicts: dict[str, list[str]] = {}
        for conflict in self.corpus.conflicts.values():
            for rival in conflict.between:
                conflicts.setdefault(rival.id, []).append(conflict.id)
        return conflicts

    def claim(self, statement: Statement) -> Markup:
        """Return an assertion as pages list it: its status, which leads to its page, the sentence,
        its date, and who is cited.
        """
        if statement.id not in self._claims:
            html = template("claim.html").render(statement=statement)
            self._claims[statement.id] = Markup(html)
        return self._claims[statement.id]
