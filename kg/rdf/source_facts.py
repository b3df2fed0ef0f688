"""What is known of a source by itself, as properties of its node."""

from __future__ import annotations

import pyoxigraph as ox

from kg.model import Article
from kg.rdf.literals import Facts, Triples, fact_triples


def source_facts(s: ox.NamedNode, article: Article) -> Triples:
    """Yield what is given of a source: its title, days, text, author and addresses."""
    archived, retracted = article.archived, article.retracted
    facts: Facts = {
        "dcterms:title": article.title,
        "dcterms:issued": article.published,
        "accessed": article.accessed,
        "archivedOn": archived and archived.when,
        "retractedOn": retracted.when if retracted else None,
        "knownFrom": article.known_from,
        "paragraphs": article.paragraphs or None,
        "textSha256": article.text_sha256,
        "schema:author": article.author,
        "dcterms:rights": article.licence,
        "note": article.note,
    }
    yield from fact_triples(s, facts)
    addresses = {
        "schema:url": article.url,
        "schema:sameAs": article.doi and f"https://doi.org/{article.doi}",
        "schema:archivedAt": archived and archived.url,
    }
    iris = {name: ox.NamedNode(url) for name, url in addresses.items() if url}
    yield from fact_triples(s, iris)
