"""The page of a source: place by place what it is cited for, and what nobody has cited."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from kg.locators import Locator
from kg.model import Article
from kg.reports.article_uses import SourceUse, uncited_paragraphs
from kg.site.credits import publication_date, writers
from kg.site.edition import Edition
from kg.statement import Statement
from kg.status.editions import Remark, source_remarks
from kg.text import counted


class ListedUse(NamedTuple):
    """What a place is cited for, with the words that are quoted for it."""

    use: SourceUse
    quotes: tuple[str, ...]

    @property
    def statement(self) -> Statement | None:
        """The claim; none where it is a name."""
        return self.use.source if isinstance(self.use.source, Statement) else None


class ArticlePage(NamedTuple):
    """What the page of a source tells: each place of it with what it is cited for. ``uncited`` are
    the numbers of the paragraphs that nothing cites, of a source whose paragraphs are counted.
    """

    title: str
    summary: str
    data: dict[str, Any]
    article: Article
    date: str
    remarks: tuple[Remark, ...]
    places: tuple[tuple[Locator, tuple[ListedUse, ...]], ...]
    uncited: tuple[int, ...]


def article_page(id: str, edition: Edition) -> ArticlePage:
    """Return the page of a source."""
    article, uses = edition.corpus.articles[id], edition.uses.get(id, [])
    names, date = writers(article, edition.corpus), publication_date(article)
    claims = counted(len({use.id for use in uses if isinstance(use.source, Statement)}), "claim")
    return ArticlePage(
        article.title.text,
        f"{names}, {date}: {claims} cite it, place by place.",
        _data(article, names, edition),
        article,
        date,
        tuple(source_remarks(article, edition.corpus)),
        tuple(_places(uses)),
        tuple(uncited_paragraphs(article.paragraphs, uses)),
    )


def _places(uses: Iterable[SourceUse]) -> Iterator[tuple[Locator, tuple[ListedUse, ...]]]:
    """Yield the places that are cited, in order, each with what it is cited for, claims before
    names, in order of ids; what is cited from one place several times is listed once.
    """
    places: dict[Locator, dict[tuple[str, ...], list[SourceUse]]] = {}
    for use in uses:
        same = places.setdefault(use.citation.locator, {})
        same.setdefault((use.name, use.id, use.part), []).append(use)
    for locator in sorted(places, key=lambda each: each.order):
        entries = [_entry(same) for _, same in sorted(places[locator].items())]
        yield locator, tuple(entries)


def _entry(same: Sequence[SourceUse]) -> ListedUse:
    quotes = dict.fromkeys(use.citation.quote for use in same if use.citation.quote)
    return ListedUse(same[0], tuple(quotes))


def _data(article: Article, names: str, edition: Edition) -> dict[str, Any]:
    date = article.published.text if article.published else ""
    return {
        "@context": "https://schema.org",
        "@id": f"{edition.reading.ontology.base}article/{article.id}",
        "@type": "CreativeWork",
        "name": article.title.text,
        "creditText": names,
        **({"datePublished": date} if date else {}),
        **({"url": article.url} if article.url else {}),
    }
