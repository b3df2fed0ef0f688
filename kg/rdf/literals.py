"""Facts of the graph: terms by their prefixed names, and values of the model as literals and nodes.

A quantity is a node because a number alone can be summed and sorted, but does not know its unit,
and a range has two.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cache

import pyoxigraph as ox

from kg.dates import Date, Day
from kg.model.references import Text
from kg.ontology.namespaces import full_iri
from kg.ontology.quantities import plain_number, read_quantity
from kg.ontology.values import Datatype

NodeText = str
"""An IRI or a literal as N-Triples write it: ``<https://example.org/japan>``, ``"Japan"@en``."""
Triples = Iterator[tuple[NodeText, NodeText, NodeText]]
Fact = NodeText | Text | Date | Day | StrEnum | int | None
"""What a record of the model says by one property; an empty text, False and None say nothing."""
Facts = Mapping[str, Fact | Sequence[NodeText]]
"""What a record says by several, by their prefixed names; of a list, each."""

_TERMS = {"inferred": "InferredByCurator", "open": "OpenOutcome"}
"""Words of the model whose terms are called otherwise."""


def iri_node(iri: str) -> NodeText:
    """Return an IRI as a node."""
    return f"<{iri}>"


@cache
def named_term(name: str) -> NodeText:
    """Return the term of a prefixed name (``dcterms:title``); kg's own need no prefix."""
    return iri_node(full_iri(name))


TYPE = named_term("rdf:type")


@cache
def word_term(word: str) -> NodeText:
    """Return a word of the model as a term: ``did-not-happen`` is ``kg:DidNotHappen``."""
    return named_term(_TERMS.get(word) or "".join(map(str.capitalize, word.split("-"))))


def words_literal(text: str) -> NodeText:
    """Return a text as a literal without a language, or nothing where it is empty."""
    if text.isprintable() and '"' not in text and "\\" not in text:
        return f'"{text}"' if text else ""
    return str(ox.Literal(text))


@cache
def typed_literal(text: str, datatype: str) -> NodeText:
    """Return a literal of a datatype that is given by its prefixed name."""
    return f"{words_literal(text)}^^{named_term(datatype)}"


@cache
def _day(day: Day) -> NodeText:
    return typed_literal(str(day), "xsd:date")


def iri_of(node: NodeText) -> ox.NamedNode:
    """Return an IRI as Oxigraph has it."""
    return ox.NamedNode(node[1:-1])


def triples_of(triples: Iterable[tuple[NodeText, NodeText, NodeText]]) -> list[ox.Triple]:
    """Return triples as Oxigraph has them."""
    lines = "".join(f"{s} {p} {o} .\n" for s, p, o in triples)
    return [quad.triple for quad in ox.parse(lines, ox.RdfFormat.N_TRIPLES, lenient=True)]


def fact_triples(s: NodeText, facts: Facts) -> Triples:
    """Yield what is said of a node."""
    for name, value in facts.items():
        if value is None or value is False or value == "":
            continue
        property = named_term(name)
        if type(value) is str:
            yield s, property, value
        elif isinstance(value, list):
            for node in value:
                yield s, property, node
        else:
            yield s, property, _fact_node(value)


def _fact_node(value: object) -> NodeText:
    match value:
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
    return typed_literal(str(value), "xsd:integer")


def text_literal(text: Text) -> NodeText:
    """Return a text as a literal of its datatype or language."""
    if text.datatype:
        return f"{words_literal(text.text)}^^{iri_node(Datatype(text.datatype).iri)}"
    if text.language:
        return str(ox.Literal(text.text, language=text.language))
    return words_literal(text.text)


def quantity_id(text: Text) -> str:
    """Return the last part of a quantity's IRI, made of its words: ``25-to-50-percent``. Where
    these hold other signs, digits of a hash tell it from all others.
    """
    words = text.text.replace("%", "percent").replace(" ", "-")
    if re.fullmatch(r"[A-Za-z0-9]+([.-][A-Za-z0-9]+)*", words):
        return words
    plain = re.sub("[^A-Za-z0-9]+", "-", words).strip("-")
    return f"{plain}-{hashlib.sha256(text.text.encode()).hexdigest()[:6]}"


def quantity_triples(s: NodeText, text: Text) -> Triples:
    """Yield what is said of a quantity's node: its words, its numbers, its unit."""
    quantity = read_quantity(text.text)
    least, greatest = quantity.bounds
    yield from fact_triples(
        s, {"rdf:type": named_term("Quantity"), "rdfs:label": words_literal(text.text)}
    )
    for name, number in (("number", quantity.number), ("atLeast", least), ("atMost", greatest)):
        if number is not None:
            yield s, named_term(name), typed_literal(plain_number(number), "xsd:decimal")
    yield from fact_triples(s, {"unit": words_literal(quantity.unit), "isAbout": quantity.about})
