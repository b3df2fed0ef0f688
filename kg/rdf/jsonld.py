"""The graph as JSON-LD 1.1, compact: prefixes, ids relative to the data set, and types said once in
the context.

pyoxigraph writes JSON-LD without a context, three times as long; rdflib takes seconds. Both read
this back.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping

import pyoxigraph as ox

from kg.ontology.namespaces import RDF, XSD, ShortNames

_PATH = re.compile(r"[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*", re.ASCII)
_TEXT = (f"{XSD}string", f"{RDF}langString")

Objects = dict[str, list[ox.NamedNode | ox.Literal]]


def jsonld(quads: Iterable[ox.Quad], prefixes: Mapping[str, str], base: str) -> bytes:
    """Return sorted quads of the default graph, without blank nodes, as one JSON-LD document with
    its context inside.
    """
    about: dict[str, Objects] = {}
    for subject, predicate, object, _ in quads:
        if isinstance(subject, ox.NamedNode) and isinstance(object, ox.NamedNode | ox.Literal):
            facts = about.setdefault(subject.value, {})
            facts.setdefault(predicate.value, []).append(object)
    short = _Short(prefixes, base)
    types = _types(about)
    nodes = [_node(subject, about[subject], types, short) for subject in sorted(about)]
    entries = [
        f"{json.dumps(name)}: {json.dumps(value)}"
        for name, value in _context(types, short, base).items()
    ]
    lines = [json.dumps(node, ensure_ascii=False) for node in nodes]
    context, graph = ",\n".join(entries), ",\n".join(lines)
    return f'{{"@context": {{\n{context}\n}},\n"@graph": [\n{graph}\n]}}\n'.encode()


def _context(types: Mapping[str, str], short: _Short, base: str) -> dict[str, object]:
    """The context of a document: its base, the prefixes that it uses, and the types of values."""
    terms: dict[str, object] = {}
    for predicate, type in types.items():
        if type and predicate != f"{RDF}type":
            terms[short.term(predicate)] = {"@type": type if type == "@id" else short.term(type)}
    context: dict[str, object] = {"@version": 1.1, "@base": base}
    return context | dict(sorted(short.used_prefixes.items())) | dict(sorted(terms.items()))


class _Short:
    """Shortens IRIs and remembers the prefixes that it used."""

    def __init__(self, prefixes: Mapping[str, str], base: str) -> None:
        self._names = ShortNames(((n, iri) for n, iri in prefixes.items() if n), "[A-Za-z0-9_-]+")
        self._prefixes = prefixes
        self._base = base
        self.used_prefixes: dict[str, str] = {}

    def term(self, iri: str) -> str:
        """An IRI with its prefix, or whole."""
        parts = self._names.split(iri)
        if parts is None:
            return iri
        self.used_prefixes[parts[0]] = self._prefixes[parts[0]]
        return ":".join(parts)

    def node(self, iri: str) -> str:
        """An IRI as an id: with its prefix, relative to the base, or whole."""
        term = self.term(iri)
        rest = iri.removeprefix(self._base)
        if term == iri and rest != iri and _PATH.fullmatch(rest):
            return f"#{rest}" if self._base.endswith("#") else rest
        return term


def _types(about: Mapping[str, Objects]) -> dict[str, str]:
    """What all values of a property are, by property: ``@id``, or one datatype that is not text;
    nothing where they differ.
    """
    kinds: dict[str, set[str]] = {}
    for facts in about.values():
        for predicate, values in facts.items():
            kinds.setdefault(predicate, set()).update(map(_kind, values))
    return {
        predicate: "".join(each) if len(each) == 1 and each.isdisjoint(_TEXT) else ""
        for predicate, each in sorted(kinds.items())
    }


def _kind(value: ox.NamedNode | ox.Literal) -> str:
    return "@id" if isinstance(value, ox.NamedNode) else value.datatype.value


def _node(
    subject: str, facts: Objects, types: Mapping[str, str], short: _Short
) -> dict[str, object]:
    node: dict[str, object] = {"@id": short.node(subject)}
    for predicate in sorted(facts, key=lambda p: (p != f"{RDF}type", p)):
        if predicate == f"{RDF}type" and types[predicate] == "@id":
            values: list[object] = [short.term(value.value) for value in facts[predicate]]
            name = "@type"
        else:
            values = [_value(value, types[predicate], short) for value in facts[predicate]]
            name = short.term(predicate)
        node[name] = values[0] if len(values) == 1 else values
    return node


def _value(value: ox.NamedNode | ox.Literal, type: str, short: _Short) -> object:
    if isinstance(value, ox.NamedNode):
        return short.node(value.value) if type else {"@id": short.node(value.value)}
    if value.language:
        return {"@value": value.value, "@language": value.language}
    if type or value.datatype.value == f"{XSD}string":
        return value.value
    return {"@value": value.value, "@type": short.term(value.datatype.value)}
