"""The rows of a page's tables, by which its data names things, statements and articles, so that no
id is written twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from kg.model.grouping import group_pairs
from kg.model.places import Place
from kg.model.references import Citation
from kg.text.wording import Name, Words
from kg.view.picture import Picture


def present(**fields: Any) -> dict[str, Any]:
    """Return fields without those that say nothing."""
    return {name: value for name, value in fields.items() if value}


class Rows:
    """The rows of one picture's tables. Statements stand in the order of the ties that need them,
    so that their numbers cost little.

    Things that are named without being drawn follow those that are; ``others`` grows as they are
    named.
    """

    def __init__(self, picture: Picture) -> None:
        leading = [tie.assertion for tie in (*picture.ties, *picture.facts)]
        order = dict.fromkeys((*leading, *picture.statements))
        self.statements = {id: row for row, id in enumerate(order)}
        self.things = {id: row for row, id in enumerate(picture.ids)}
        self.articles = {article.id: row for row, article in enumerate(picture.articles)}
        self.others: list[Name] = []
        self.speaking = group_pairs(
            (statement.assertion.object_assertion, id)
            for id, statement in picture.statements.items()
        )
        self._rows = dict(self.things)
        self._new_ids = picture.new_ids

    def thing(self, name: Name) -> int:
        """Return the row of a thing: among those that are drawn, or after them. What an earlier
        version names by the id of then is the thing that has another one now.
        """
        id = self._new_ids.get(name.id, name.id)
        if id not in self._rows:
            self._rows[id] = len(self._rows)
            self.others.append(replace(name, id=id))
        return self._rows[id]

    def name(self, name: Name) -> int | str:
        """Return the row of a thing, or a text as it is."""
        return self.thing(name) if name.id else name.label

    def names(self, names: Iterable[Name]) -> list[int | str]:
        """Return names by their rows."""
        return [self.name(each) for each in names]

    def words(self, words: Words) -> dict[str, Any]:
        """Return a sentence as its pattern, where null stands for a name, and its names."""
        return present(
            words=[part if isinstance(part, str) else None for part in words],
            named=self.names(part for part in words if isinstance(part, Name)),
        )

    def among_statements(self, ids: Iterable[str]) -> list[int]:
        """Return the rows of those of these assertions that the page has."""
        return [self.statements[id] for id in ids if id in self.statements]

    def quotes(self, citations: Iterable[Citation]) -> list[list[int | str]]:
        """Return article, place and words of the citations that quote any, in order."""
        quoting = {(c.article.id, c.locator, c.quote) for c in citations if c.quote}
        in_order = sorted(quoting, key=lambda each: (each[0], each[1].order, each[2]))
        return [[self.articles[id], place.value, words] for id, place, words in in_order]

    def places(self, places: Iterable[Place]) -> list[list[int | str]]:
        """Return article and paragraph, or another place in words, and how often it is cited, if
        more than once.
        """
        rows: list[list[int | str]] = []
        for place in places:
            times = [place.times] if place.times > 1 else []
            rows.append([self.articles[place.article], place.locator.value, *times])
        return rows
