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

from kg.ontology import RDF, XSD

_LOCAL = re.compile(r"[A-Za-z0-9_-]+", re.ASCII)
_PATH = re.compile(r"[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*", re.ASCII)
_TEXT = (f"{XSD}string", f"{RDF}langString")

Objects = dict[str, list[ox.NamedNode | ox.Literal]]


def jsonld(quads: Iterable[ox.Quad], prefixes: Mapping[str, str], base: str) -> bytes:
    """Sorted quads of the default graph, without blank nodes, as one JSON-LD document with its
    context inside.
    """
    about: dict[str, Objects] = {}
    for quad in quads:
        if isinstance(quad.subject, ox.NamedNode) and isinstance(
            quad.object, ox.NamedNode | ox.Literal
        ):
            about.setdefault(quad.subject.value, {}).setdefault(quad.predicate.value, []).append(
                quad.object
            )
    short = _Short(prefixes, base)
    types = {
        predicate: _type(about, predicate)
        for predicate in sorted({p for facts in about.values() for p in facts})
    }
    nodes = [_node(subject, about[subject], types, short) for subject in sorted(about)]
    terms = {
        short.term(p): {"@type": t if t == "@id" else short.term(t)}
        for p, t in types.items()
        if t != ""
    }
    terms.pop(short.term(f"{RDF}type"), None)
    context = {
        "@version": 1.1,
        "@base": base,
        **dict(sorted(short.used.items())),
        **dict(sorted(terms.items())),
    }
    said = ",\n".join(f"{json.dumps(name)}: {json.dumps(value)}" for name, value in context.items())
    lines = ",\n".join(json.dumps(node, ensure_ascii=False) for node in nodes)
    return f'{{"@context": {{\n{said}\n}},\n"@graph": [\n{lines}\n]}}\n'.encode()


class _Short:
    """Shortens IRIs and remembers the prefixes that it used."""

    def __init__(self, prefixes: Mapping[str, str], base: str) -> None:
        spaces = {iri: name for name, iri in sorted(prefixes.items(), reverse=True) if name}
        self._spaces = sorted(spaces.items(), key=lambda space: -len(space[0]))
        self._base = base
        self.used: dict[str, str] = {}

    def term(self, iri: str) -> str:
        """An IRI with its prefix, or whole."""
        for space, name in self._spaces:
            if iri.startswith(space) and _LOCAL.fullmatch(iri[len(space) :]):
                self.used[name] = space
                return f"{name}:{iri[len(space) :]}"
        return iri

    def node(self, iri: str) -> str:
        """An IRI as an id: with its prefix, relative to the base, or whole."""
        found = self.term(iri)
        rest = iri.removeprefix(self._base)
        if found == iri and rest != iri and _PATH.fullmatch(rest):
            return f"#{rest}" if self._base.endswith("#") else rest
        return found


def _type(about: Mapping[str, Objects], predicate: str) -> str:
    """What all values of a property are: ``@id``, or one datatype that is not text; nothing where
    they differ.
    """
    kinds = {
        "@id" if isinstance(value, ox.NamedNode) else value.datatype.value
        for facts in about.values()
        for value in facts.get(predicate, ())
    }
    return kinds.pop() if len(kinds) == 1 and kinds.isdisjoint(_TEXT) else ""


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
