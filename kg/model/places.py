"""Places that citations lead to: counted, in order, in words and for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from kg.model.grouping import group_pairs
from kg.model.locators import Locator, enumerate_places, in_order
from kg.model.references import Citation

NO_ARTICLE = "no article of its own"
"""What is said in place of places where there is none."""


class Place(NamedTuple):
    """A place that citations lead to: the article's id, the place in it, how many citations lead
    there, and the words that they quote.
    """

    article: str
    locator: Locator
    times: int = 1
    quotes: tuple[str, ...] = ()

    @property
    def record(self) -> dict[str, Any]:
        """The place for programs: the paragraph is a number, another place is in words."""
        place = {"article": self.article, "paragraph": self.locator.value, "times": self.times}
        return place | ({"quotes": list(self.quotes)} if self.quotes else {})


def cited_places(citations: Iterable[Citation]) -> tuple[Place, ...]:
    """Return where citations lead, in order; the same words count once."""
    unique = {(c.article.id, c.locator, c.words, c.quote) for c in citations}
    times = Counter((article, locator) for article, locator, _, _ in unique)
    in_order = sorted(times, key=lambda place: (place[0], place[1].order))
    quotes: dict[tuple[str, Locator], set[str]] = {place: set() for place in in_order}
    for article, locator, _, quote in unique:
        quotes[article, locator] |= {quote} if quote else set()
    return tuple(Place(*each, times[each], tuple(sorted(quotes[each]))) for each in in_order)


def listed_quotes(quotes: Iterable[str]) -> str:
    """Return words that are quoted, in quote marks."""
    return ", ".join(f"\u201c{quote}\u201d" for quote in quotes)


def locators_by_article(citations: Iterable[Citation]) -> dict[str, list[Locator]]:
    """Return the places that citations name, by article, both in order."""
    by_article = group_pairs((citation.article.id, citation.locator) for citation in citations)
    return {article: in_order(by_article[article]) for article in sorted(by_article)}


def citation_values(places: Mapping[str, Iterable[Locator]]) -> dict[str, list[int | str]]:
    """Return for programs what is cited, by article: the numbers of paragraphs, and other places
    in words.
    """
    return {article: list(map(_value, locators)) for article, locators in places.items()}


def _value(locator: Locator) -> int | str:
    return locator.value


def cite_places(places: Mapping[str, Iterable[Locator]]) -> str:
    """Return places in words: ``kyodo-2019-11-15 paragraphs 2, 5; nyt-2019 paragraph 4``."""
    return "; ".join(f"{article} {enumerate_places(each)}" for article, each in places.items())
