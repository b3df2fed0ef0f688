"""What is known of a source by itself, as properties of its node."""

from __future__ import annotations

from kg.model import Article
from kg.rdf.literals import Facts, NodeText, Triples, fact_triples, iri_node, words_literal


def source_facts(s: NodeText, article: Article) -> Triples:
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
        "textSha256": words_literal(article.text_sha256),
        "schema:author": words_literal(article.author),
        "dcterms:rights": words_literal(article.licence),
        "note": words_literal(article.note),
    }
    yield from fact_triples(s, facts)
    addresses = {
        "schema:url": article.url,
        "schema:sameAs": article.doi and f"https://doi.org/{article.doi}",
        "schema:archivedAt": archived and archived.url,
    }
    iris = {name: iri_node(url) for name, url in addresses.items() if url}
    yield from fact_triples(s, iris)
