"""The triples of an ontology's files, and its terms: what these say of each IRI, by property."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from kg.model.closure import closure
from kg.model.grouping import group_pairs
from kg.ontology.namespaces import KG, RDF, SCHEMA, local_name
from kg.ontology.values import DATATYPES
from kg.text import preferred_label

ValuesByProperty = dict[str, list[ox.NamedNode | ox.Literal]]
"""The values of properties, by property."""
_VALUES = (ox.NamedNode, ox.Literal)


class FileTriples:
    """What one file says: its quads, their IRIs, and the prefixes that it declares."""

    def __init__(
        self, name: str, quads: Sequence[ox.Quad], prefixes: Mapping[str, str] | None = None
    ) -> None:
        self.name = name
        self.quads = quads
        self.prefixes = prefixes or {}
        subjects = [quad.subject for quad in quads]
        predicates = [quad.predicate.value for quad in quads]
        self.objects = [quad.object for quad in quads]
        self.triples = list(zip(_iris(subjects), predicates, _iris(self.objects), strict=True))
        """The triples by their IRIs; an end that has none is an empty text."""
        self.has_blank_nodes = ox.BlankNode in {*map(type, subjects), *map(type, self.objects)}


def _iris(ends: Iterable[object]) -> list[str]:
    return [end.value if isinstance(end, ox.NamedNode) else "" for end in ends]


@dataclass(frozen=True)
class TermTriples:
    """What is said of one IRI, by property."""

    iri: str
    facts: ValuesByProperty

    @property
    def name(self) -> str:
        """Its local name."""
        return local_name(self.iri)

    def values(self, property: str) -> list[str]:
        """The values of a property, in order."""
        values = self.facts.get(property)
        return sorted(value.value for value in values) if values else []

    def names(self, property: str) -> tuple[str, ...]:
        """The local names of the values of a property."""
        return tuple(map(local_name, self.values(property)))

    def one(self, property: str) -> str:
        """The local name of the first value of a property, or nothing."""
        values = self.values(property)
        return local_name(values[0]) if values else ""

    def first(self, property: str, default: str = "") -> str:
        """The first value of a property, or something else where there is none."""
        return next(iter(self.values(property)), default)

    def whole_number(self, property: str, default: float) -> float:
        """The first value of a property, where it is a whole number."""
        text = self.first(property)
        return int(text) if text.isascii() and text.isdigit() else default

    def says(self, property: str) -> bool:
        """Whether a property is true."""
        return "true" in self.values(property)

    def ranges(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The classes of things (by local name) and the datatypes (``xsd:decimal``) of its
        values.
        """
        iris = self.values(f"{SCHEMA}rangeIncludes")
        no_classes = {*DATATYPES, f"{KG}Assertion"}
        classes = tuple(local_name(iri) for iri in iris if iri not in no_classes)
        return classes, tuple(DATATYPES[iri] for iri in iris if iri in DATATYPES)

    def text(self, property: str) -> str:
        """The English text of a property, or another where there is none."""
        texts = [value for value in self.facts.get(property, ()) if isinstance(value, ox.Literal)]
        return preferred_label((text.language or "", text.value) for text in texts)[1]


class Terms(Mapping[str, TermTriples]):
    """All terms of the ontology by IRI, in order."""

    def __init__(self, files: Iterable[FileTriples]) -> None:
        facts: dict[str, ValuesByProperty] = {}
        for file in files:
            for (subject, predicate, _), object in zip(file.triples, file.objects, strict=True):
                if subject and isinstance(object, _VALUES):
                    facts.setdefault(subject, {}).setdefault(predicate, []).append(object)
        self._terms = {iri: TermTriples(iri, facts[iri]) for iri in sorted(facts)}
        self._by_type = group_pairs(
            (type, term) for term in self._terms.values() for type in {*term.values(f"{RDF}type")}
        )

    def __getitem__(self, iri: str) -> TermTriples:
        return self._terms[iri]

    def __iter__(self) -> Iterator[str]:
        return iter(self._terms)

    def __len__(self) -> int:
        return len(self._terms)

    def inherited(self, iri: str, link: str) -> TermTriples:
        """Return what is said of an IRI or, where nothing is, of the nearest term above it by a
        link.
        """

        def above(each: str) -> list[str]:
            return [other for other in self[each].values(link) if other in self]

        lineage = closure([iri], above)
        if len(lineage) == 1:
            return self[iri]
        facts: ValuesByProperty = {}
        for each in reversed(lineage):
            facts.update(self[each].facts)
        return TermTriples(iri, facts)

    def of_type(self, type: str) -> list[TermTriples]:
        """Return the terms that are of a type."""
        return self._by_type.get(type, [])
