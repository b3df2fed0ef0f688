"""The page of a source: place by place what it is cited for, and what nobody has cited."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from kg.locators import Locator
from kg.model import Article
from kg.site.credits import publication_date, writers
from kg.site.edition import Edition
from kg.statement import Statement
from kg.status.editions import Remark, source_remarks
from kg.text import counted


class CitedPlace(NamedTuple):
    """A place in a source, with each claim that cites it and the words that are quoted for it."""

    locator: Locator
    claims: tuple[tuple[Statement, tuple[str, ...]], ...]


class ArticlePage(NamedTuple):
    """What the page of a source tells. ``uncited`` are the numbers of the paragraphs that nothing
    cites, of a source whose paragraphs are counted.
    """

    title: str
    summary: str
    data: dict[str, Any]
    article: Article
    link: str
    date: str
    remarks: tuple[Remark, ...]
    places: tuple[CitedPlace, ...]
    uncited: tuple[int, ...]
    claim_count: int


def article_page(id: str, edition: Edition) -> ArticlePage:
    """Return the page of a source."""
    article = edition.corpus.articles[id]
    statements = edition.by_article.get(id, [])
    places = tuple(_places(id, statements))
    cited = {place.locator.paragraph for place in places}
    uncited = [number for number in range(1, article.paragraphs + 1) if number not in cited]
    names, date = writers(article, edition.corpus), publication_date(article)
    claims = counted(len(statements), "claim")
    return ArticlePage(
        article.title.text,
        f"{names}, {date}: {claims} cite it, place by place.",
        _data(article, names, edition),
        article,
        article.url if article.url.startswith(("https://", "http://")) else "",
        date,
        tuple(source_remarks(article, edition.corpus)),
        places,
        tuple(uncited),
        len(statements),
    )


def _places(id: str, statements: Iterable[Statement]) -> Iterable[CitedPlace]:
    """Yield the places of a source that are cited, in its order."""
    cited: dict[Locator, dict[str, tuple[Statement, list[str]]]] = {}
    for statement in statements:
        for citation in statement.assertion.citations:
            if citation.article.id == id:
                claims = cited.setdefault(citation.locator, {})
                _, quotes = claims.setdefault(statement.id, (statement, []))
                quotes += [citation.quote] if citation.quote else []
    for locator in sorted(cited, key=lambda each: each.order):
        claims = cited[locator]
        quoted = [(each, tuple(dict.fromkeys(quotes))) for each, quotes in claims.values()]
        yield CitedPlace(locator, tuple(quoted))


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
