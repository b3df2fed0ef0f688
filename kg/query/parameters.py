"""Parameters of saved queries: typed values become RDF terms, and RDF terms plain values."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

import pyoxigraph as ox

from kg.dates import DateError, parse_date
from kg.diagnostics import KgError, did_you_mean
from kg.ontology import Ontology
from kg.ontology.namespaces import DCTERMS, KG, OWL, RDF, RDFS, XSD
from kg.query.binding import Constant
from kg.text.characters import forbidden_character, quoted


class ParamKind(StrEnum):
    """What a parameter's value names or is; a ``day`` is that of the lens, on which all that is
    shown holds.
    """

    THING = "thing"
    ARTICLE = "article"
    ASSERTION = "assertion"
    RELATION = "relation"
    CLASS = "class"
    DATE = "date"
    DAY = "day"
    TEXT = "text"
    INTEGER = "integer"


class Param(NamedTuple):
    """One parameter: its variable's name, what kind of value it takes, its default (empty: none)
    and its help.
    """

    name: str
    kind: ParamKind
    default: str = ""
    help: str = ""
    required: bool = False


_ID_OR_IRI = re.compile(
    r"<[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]*>|[\w.-]*:[\w./-]+|[\w-]+", re.ASCII
)
_INTEGERS = {f"{XSD}{name}" for name in ("integer", "int", "long", "nonNegativeInteger")}
_REALS = {f"{XSD}{name}" for name in ("decimal", "double", "float")}


def parameter_terms(
    params: Sequence[Param], values: Mapping[str, str], ontology: Ontology, query: str
) -> dict[str, Constant]:
    """Return the RDF terms of a query's parameters, from values that someone typed and from its
    defaults; one without a value is left out.

    Raises KgError (exit code 2) where a parameter is unknown, missing or of the wrong kind; it
    calls the query by its name.
    """
    names = [param.name for param in params]
    for name in values:
        if name not in names:
            takes = f"it takes {', '.join(names)}" if names else "it takes none"
            raise KgError(
                f"query '{query}' has no parameter {quoted(name)}",
                hint=did_you_mean(name, names) or takes,
            )
    terms = {}
    for param in params:
        value = values.get(param.name, param.default)
        if value:
            terms[param.name] = _term(param, value, ontology)
        elif param.required:
            raise KgError(
                f"query '{query}' needs the parameter '{param.name}'",
                hint=f"--param {param.name}=... ({param.help or param.kind})",
            )
    return terms


def value_problem(param: Param, value: str) -> str:
    """Return why a value is not of its parameter's kind; nothing where it is."""
    match param.kind:
        case ParamKind.TEXT:
            character = forbidden_character(value)
            return f"parameter '{param.name}' holds {character}" if character else ""
        case ParamKind.INTEGER:
            fits, kind = bool(re.fullmatch(r"[+-]?[0-9]{1,18}", value)), "a whole number"
        case ParamKind.DATE | ParamKind.DAY:
            fits, kind = _is_day(value), "a day such as 2019-09-01"
        case _:
            fits, kind = bool(_ID_OR_IRI.fullmatch(value)), "an id, a prefixed name or an <IRI>"
    return "" if fits else f"parameter '{param.name}' takes {kind}, not {quoted(value)}"


def _is_day(value: str) -> bool:
    """Tell whether a value is written as an ``xsd:date``, in any year."""
    try:
        return str(parse_date(value).start_earliest) == value
    except DateError:
        return False


def _term(param: Param, value: str, ontology: Ontology) -> Constant:
    if problem := value_problem(param, value):
        raise KgError(problem)
    match param.kind:
        case ParamKind.DATE | ParamKind.DAY:
            return ox.Literal(value, datatype=ox.NamedNode(f"{XSD}date"))
        case ParamKind.INTEGER:
            return ox.Literal(value, datatype=ox.NamedNode(f"{XSD}integer"))
        case ParamKind.TEXT:
            return ox.Literal(value)
        case _:
            return ox.NamedNode(_iri(param.kind, value, ontology))


def _iri(kind: ParamKind, value: str, ontology: Ontology) -> str:
    """The IRI of an id; it may also be written as ``<...>`` or with a prefix."""
    prefixes = ontology.prefixes
    prefix, colon, local = value.partition(":")
    if value.startswith("<"):
        return value[1:-1]
    if colon and prefix in prefixes:
        return prefixes[prefix] + local
    if kind is ParamKind.THING:
        return prefixes[""] + value
    if kind not in (ParamKind.RELATION, ParamKind.CLASS):
        return prefixes[kind] + value
    iris = {name: kg_class.iri for name, kg_class in ontology.classes.items()}
    iris |= {name: relation.iri for name, relation in ontology.relations.items()}
    if value not in iris:
        raise KgError(f"unknown {kind} {quoted(value)}", hint=did_you_mean(value, iris))
    return iris[value]


def main_terms(terms: Mapping[str, Constant], store: ox.Store, base: str) -> dict[str, Constant]:
    """Return the terms of parameters, each thing by the id that carries its triples
    (``owl:sameAs``).

    Raises KgError where a thing or record is not in the graph: an answer without rows would look as
    if nothing were said of it.
    """
    known_terms = dict(terms)
    for name, term in terms.items():
        if not isinstance(term, ox.NamedNode) or not term.value.startswith(base):
            continue
        for quad in store.quads_for_pattern(term, ox.NamedNode(f"{OWL}sameAs"), None):
            if isinstance(quad.object, ox.NamedNode):
                known_terms[name] = quad.object
        if any(store.quads_for_pattern(term, None, None)):
            continue
        id = local_id(term.value, base)
        raise KgError(
            f"parameter '{name}': nothing here is called {quoted(id)}",
            hint=did_you_mean(id, _ids_of_its_kind(term.value, store, base)),
        )
    return known_terms


def _ids_of_its_kind(iri: str, store: ox.Store, base: str) -> set[str]:
    """The ids of all assertions, where an IRI is that of one; else those of all that has a name: of
    a hundred thousand assertions even to look at each takes seconds.
    """
    kind = ox.NamedNode(f"{RDF}type"), ox.NamedNode(f"{KG}Assertion")
    name_patterns = [(ox.NamedNode(f"{RDFS}label"), None), (ox.NamedNode(f"{DCTERMS}title"), None)]
    patterns = [kind] if iri.startswith(f"{base}assertion/") else name_patterns
    return {
        local_id(quad.subject.value, base)
        for predicate, object in patterns
        for quad in store.quads_for_pattern(None, predicate, object)
        if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(base)
    }


def local_id(iri: str, base: str) -> str:
    """Return the id of a thing, an assertion or an article; any other IRI stays as it is."""
    return iri.removeprefix(base).removeprefix("assertion/").removeprefix("article/")


def plain_term(term: object, base: str) -> str | int | float | bool | None:
    """Return an RDF term as a plain value: a thing or record by its id, a number, a truth value, or
    a text.
    """
    match term:
        case None:
            return None
        case ox.NamedNode(value=iri):
            return local_id(iri, base)
        case ox.Literal(value=text):
            return _plain_literal(text, term.datatype.value)
        case _:
            return str(term)


def _plain_literal(text: str, datatype: str) -> str | int | float | bool:
    if datatype in _INTEGERS:
        return int(text)
    if datatype in _REALS:
        return float(text)
    if datatype == f"{XSD}boolean":
        return text in ("true", "1")
    return text
