"""Values as RDF: literals with their datatypes and languages, and quantities, which are nodes.

A quantity is a node because a number alone can be summed and sorted, but does not know its unit,
and a range has two.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

import pyoxigraph as ox

from kg.model import Text
from kg.ontology import KG, RDF, RDFS, XSD
from kg.quantities import plain_number, read_quantity
from kg.values import Datatype

_DECIMAL = ox.NamedNode(f"{XSD}decimal")
_TRUE = ox.Literal("true", datatype=ox.NamedNode(f"{XSD}boolean"))

Triples = Iterator[tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal]]


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
    yield s, ox.NamedNode(f"{RDF}type"), ox.NamedNode(f"{KG}Quantity")
    yield s, ox.NamedNode(f"{RDFS}label"), ox.Literal(text.text)
    for term, number in (
        ("number", quantity.number),
        ("atLeast", least),
        ("atMost", greatest),
    ):
        if number is not None:
            literal = ox.Literal(plain_number(number), datatype=_DECIMAL)
            yield s, ox.NamedNode(f"{KG}{term}"), literal
    if quantity.unit:
        yield s, ox.NamedNode(f"{KG}unit"), ox.Literal(quantity.unit)
    if quantity.about:
        yield s, ox.NamedNode(f"{KG}isAbout"), _TRUE
