"""What to say of a query that names a thing by an id for which another one stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pyoxigraph as ox

from kg.ontology.namespaces import OWL
from kg.query.sparql import TokenKind, tokenize_query


def other_id_notes(text: str, prefixes: Mapping[str, str], store: ox.Store) -> tuple[str, ...]:
    """Return a note for each such id in the text of a query: the other one has its triples."""
    notes = []
    same_as = ox.NamedNode(f"{OWL}sameAs")
    for name, iri in dict.fromkeys(_iris_in(text, prefixes)):
        try:
            node = ox.NamedNode(iri)
        except ValueError:
            # A part of an address, or one with escapes, which no thing has.
            continue
        for quad in store.quads_for_pattern(node, same_as, None):
            other = str(quad.object)[1:-1].removeprefix(prefixes.get("", " "))
            notes.append(f"{name} is another id of :{other}, which has what is said of it")
    return tuple(notes)


def _iris_in(text: str, prefixes: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the IRIs in a query, each as it is written and in full."""
    for token in tokenize_query(text):
        if token.kind is TokenKind.IRI:
            yield token.text, token.text[1:-1]
        elif token.kind is TokenKind.NAME:
            prefix, _, local = token.text.partition(":")
            if prefix in prefixes:
                yield token.text, prefixes[prefix] + local
