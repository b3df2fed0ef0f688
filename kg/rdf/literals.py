"""Facts of the graph: terms by their prefixed names, and values of the model as literals and nodes.

A quantity is a node because a number alone can be summed and sorted, but does not know its unit,
and a range has two.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cache

import pyoxigraph as ox

from kg.dates import Date, Day
from kg.model.references import Text
from kg.ontology.namespaces import full_iri
from kg.ontology.quantities import plain_number, read_quantity
from kg.ontology.values import Datatype

Node = ox.NamedNode | ox.Literal
Triples = Iterator[tuple[ox.NamedNode, ox.NamedNode, Node]]
Fact = Node | Text | Date | Day | StrEnum | str | int | None
"""What a record of the model says by one property; an empty text, False and None say nothing."""
Facts = Mapping[str, Fact | Sequence[Node]]
"""What a record says by several, by their prefixed names; of a list, each."""

_TERMS = {"inferred": "InferredByCurator", "open": "OpenOutcome"}
"""Words of the model whose terms are called otherwise."""


@cache
def named_term(name: str) -> ox.NamedNode:
    """Return the term of a prefixed name (``dcterms:title``); kg's own need no prefix."""
    return ox.NamedNode(full_iri(name))


TYPE = named_term("rdf:type")


@cache
def word_term(word: str) -> ox.NamedNode:
    """Return a word of the model as a term: ``did-not-happen`` is ``kg:DidNotHappen``."""
    return named_term(_TERMS.get(word) or "".join(map(str.capitalize, word.split("-"))))


@cache
def typed_literal(text: str, datatype: str) -> ox.Literal:
    """Return a literal of a datatype that is given by its prefixed name."""
    return ox.Literal(text, datatype=named_term(datatype))


@cache
def _day(day: Day) -> ox.Literal:
    return typed_literal(str(day), "xsd:date")


def fact_triples(s: ox.NamedNode, facts: Facts) -> Triples:
    """Yield what is said of a node."""
    for name, value in facts.items():
        if value is None or value is False:
            continue
        if isinstance(value, list):
            for node in value:
                yield s, named_term(name), node
        elif value != "":
            yield s, named_term(name), _fact_node(value)


def _fact_node(value: object) -> Node:
    if type(value) is str:
        return ox.Literal(value)
    match value:
        case ox.NamedNode() | ox.Literal():
            return value
        case Text():
            return text_literal(value)
        case Date():
            return typed_literal(value.text, "edtf")
        case Day():
            return _day(value)
        case StrEnum():
            return word_term(value)
        case bool():
            return typed_literal("true", "xsd:boolean")
        case int():
            return typed_literal(str(value), "xsd:integer")
    return ox.Literal(str(value))


def text_literal(text: Text) -> ox.Literal:
    """Return a text as a literal of its datatype or language."""
    if text.datatype:
        return ox.Literal(text.text, datatype=ox.NamedNode(Datatype(text.datatype).iri))
    return ox.Literal(text.text, language=text.language) if text.language else ox.Literal(text.text)


def quantity_id(text: Text) -> str:
    """Return the last part of a quantity's IRI, made of its words: ``25-to-50-percent``. Where
    these hold other signs, digits of a hash tell it from all others.
    """
    words = text.text.replace("%", "percent").replace(" ", "-")
    if re.fullmatch(r"[A-Za-z0-9]+([.-][A-Za-z0-9]+)*", words):
        return words
    plain = re.sub("[^A-Za-z0-9]+", "-", words).strip("-")
    return f"{plain}-{hashlib.sha256(text.text.encode()).hexdigest()[:6]}"


def quantity_triples(s: ox.NamedNode, text: Text) -> Triples:
    """Yield what is said of a quantity's node: its words, its numbers, its unit."""
    quantity = read_quantity(text.text)
    least, greatest = quantity.bounds
    yield from fact_triples(s, {"rdf:type": named_term("Quantity"), "rdfs:label": text.text})
    for name, number in (("number", quantity.number), ("atLeast", least), ("atMost", greatest)):
        if number is not None:
            yield s, named_term(name), typed_literal(plain_number(number), "xsd:decimal")
    yield from fact_triples(s, {"unit": quantity.unit, "isAbout": quantity.about})
