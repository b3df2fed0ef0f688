"""What is known of a source by itself, as properties of its node."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kg.dates import Date
from kg.model import Article
from kg.ontology import DCTERMS, KG, SCHEMA, XSD
from kg.rdf.literals import text_literal

Fact = tuple[ox.NamedNode, ox.NamedNode | ox.Literal]
"""A property and its value."""


def source_facts(article: Article) -> Iterator[Fact]:
    """Yield what is given of a source: its title, days, text, author and addresses."""
    yield _term(DCTERMS, "title"), text_literal(article.title)
    yield from _days(article)
    if article.paragraphs:
        yield _term(KG, "paragraphs"), _typed(str(article.paragraphs), "integer")
    for term, words in (
        (_term(KG, "textSha256"), article.text_sha256),
        (_term(SCHEMA, "author"), article.author),
        (_term(KG, "note"), article.note),
    ):
        if words:
            yield term, ox.Literal(words)
    for term, address in (
        (_term(SCHEMA, "url"), article.url),
        (_term(SCHEMA, "sameAs"), f"https://doi.org/{article.doi}" if article.doi else ""),
        (_term(SCHEMA, "archivedAt"), article.archived.url if article.archived else ""),
    ):
        if address:
            yield term, ox.NamedNode(address)


def _days(article: Article) -> Iterator[Fact]:
    archived, retracted = article.archived, article.retracted
    dates = (
        (_term(DCTERMS, "issued"), article.published),
        (_term(KG, "accessed"), article.accessed),
        (_term(KG, "archivedOn"), archived.when if archived else None),
        (_term(KG, "retractedOn"), retracted.when if retracted else None),
    )
    for term, date in dates:
        if date:
            yield term, _edtf(date)
    if article.known_from:
        yield _term(KG, "knownFrom"), _typed(str(article.known_from), "date")


def _edtf(date: Date) -> ox.Literal:
    return ox.Literal(date.text, datatype=_term(KG, "edtf"))


def _typed(text: str, datatype: str) -> ox.Literal:
    return ox.Literal(text, datatype=_term(XSD, datatype))


def _term(namespace: str, name: str) -> ox.NamedNode:
    return ox.NamedNode(f"{namespace}{name}")
