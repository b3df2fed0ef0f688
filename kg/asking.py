"""A question as somebody typed it: a saved query's name or SPARQL, with values for its parameters, made ready to ask."""

from __future__ import annotations

from collections.abc import Mapping

import pyoxigraph as ox

from kg.ontology import XSD, Ontology
from kg.questions import named
from kg.saved import SavedQuery, arguments, saved_query
from kg.sparql import bind
from kg.workspace import Workspace

_NUMBERS = {f"{XSD}{name}": int for name in ("integer", "int", "long", "nonNegativeInteger")}
_REALS = {f"{XSD}{name}" for name in ("decimal", "double", "float")}


def asked(workspace: Workspace, query: str, params: Mapping[str, str], ontology: Ontology) -> tuple[SavedQuery, str]:
    """A query (a saved one's name, or SPARQL text, which has a blank) with its parameters bound as RDF terms.

    Raises KgError where there is no such query, or a parameter is unknown, missing or of the wrong kind.
    """
    saved = (
        saved_query("<query>", query) if any(c.isspace() for c in query.strip()) else named(workspace, query.strip())
    )
    return saved, bound(saved, params, ontology)


def bound(saved: SavedQuery, params: Mapping[str, str], ontology: Ontology) -> str:
    """A query's text with its parameters bound: see ``kg.sparql.bind``."""
    terms = {term.name: term.iri for table in (ontology.classes, ontology.relations) for term in table.values()}
    return bind(saved.text, arguments(saved, params, ontology.prefixes, terms))


def plain(term: object, base: str) -> str | int | float | bool | None:
    """An RDF term as a plain value: a thing or record by its id, a number, a truth value, or a text."""
    match term:
        case ox.NamedNode(value=iri):
            return iri.removeprefix(base).removeprefix("assertion/").removeprefix("article/")
        case ox.Literal() if term.datatype.value in _NUMBERS:
            return int(term.value)
        case ox.Literal() if term.datatype.value in _REALS:
            return float(term.value)
        case ox.Literal() if term.datatype.value == f"{XSD}boolean":
            return term.value in ("true", "1")
        case ox.Literal():
            return term.value
        case _:
            return None if term is None else str(term)
