"""A question as somebody typed it, made ready to ask: a saved query's name or SPARQL, and its
parameters' values.
"""

from __future__ import annotations

from collections.abc import Mapping

import pyoxigraph as ox

from kg.characters import quoted
from kg.diagnostics import KgError, did_you_mean
from kg.ontology import RDF, XSD, Ontology
from kg.query.questions import named
from kg.query.saved import SavedQuery, arguments, saved_query
from kg.query.sparql import Term
from kg.workspace import Workspace

_NUMBERS = {f"{XSD}{name}": int for name in ("integer", "int", "long", "nonNegativeInteger")}
_REALS = {f"{XSD}{name}" for name in ("decimal", "double", "float")}


def asked(workspace: Workspace, query: str) -> SavedQuery:
    """A query by a saved one's name, or as SPARQL text, which has a blank. Raises KgError where
    there is none.
    """
    return (
        saved_query("<query>", query)
        if any(c.isspace() for c in query.strip())
        else named(workspace, query.strip())
    )


def terms(saved: SavedQuery, params: Mapping[str, str], ontology: Ontology) -> dict[str, Term]:
    """The RDF terms of a query's parameters. Raises KgError where one is unknown, missing or of the
    wrong kind.
    """
    names = {
        term.name: term.iri
        for table in (ontology.classes, ontology.relations)
        for term in table.values()
    }
    return arguments(saved, params, ontology.prefixes, names)


def require_known(terms: Mapping[str, Term], store: ox.Store, base: str) -> None:
    """Make sure that the things and records which parameters name are there.

    Raises KgError where one is not: an answer without rows would look as if nothing were said of
    it.
    """
    for name, term in terms.items():
        if not isinstance(term, ox.NamedNode) or not term.value.startswith(base):
            continue
        if next(iter(store.quads_for_pattern(term, None, None)), None) is None:
            typed = store.quads_for_pattern(None, ox.NamedNode(f"{RDF}type"), None)
            own = {
                q.subject
                for q in typed
                if isinstance(q.subject, ox.NamedNode) and q.subject.value.startswith(base)
            }
            id = str(plain(term, base))
            ids = (str(plain(subject, base)) for subject in own)
            raise KgError(
                f"parameter '{name}': nothing here is called {quoted(id)}",
                hint=did_you_mean(id, ids),
            )


def plain(term: object, base: str) -> str | int | float | bool | None:
    """An RDF term as a plain value: a thing or record by its id, a number, a truth value, or a
    text.
    """
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
