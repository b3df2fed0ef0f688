"""What may be said: the classes, relations, families and stages of ``ontology/*.ttl``.

A curator extends it in Turtle, without Python. What kg does with a term is said there too, by
annotations such as ``kg:sign`` (docs/reference.md): no term has a part to play by its name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from kg.dates import Day, Reckoning
from kg.diagnostics import rules
from kg.model.closure import closure
from kg.ontology.namespaces import KG
from kg.ontology.terms import (
    ANY_RELATION,
    Family,
    IdentifierScheme,
    KgClass,
    QualifierKind,
    Relation,
    SourceType,
    Stage,
)

if TYPE_CHECKING:
    import pyoxigraph as ox

    from kg.model import Assertion

UNREADABLE = (rules.BAD_ONTOLOGY, rules.TOO_DEEP)
"""What a file is passed over for."""


@dataclass(frozen=True)
class Ontology:
    """All that the ontology files say; ``turtle`` are these themselves, as far as they can be read.

    ``files`` is the file that declares a term, by the term's IRI. ``today`` is the day that the
    data set takes for the present one; left out, it is that of whoever asks. ``notes`` are by the
    IRIs of what they are about and of their property.
    """

    base: str
    title: str
    classes: Mapping[str, KgClass] = field(default_factory=dict)
    relations: Mapping[str, Relation] = field(default_factory=dict)
    prefixes: Mapping[str, str] = field(default_factory=dict)
    turtle: tuple[bytes, ...] = field(default=(), repr=False)
    stages: Mapping[str, Stage] = field(default_factory=dict)
    families: Mapping[str, Family] = field(default_factory=dict)
    qualifiers: Mapping[str, QualifierKind] = field(default_factory=dict)
    source_types: Mapping[str, SourceType] = field(default_factory=dict)
    reckoning: Reckoning = field(default_factory=Reckoning)
    schemes: Mapping[str, IdentifierScheme] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    today: Day | None = None
    notes: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def note(self, iri: str, property: str) -> str:
        """What a property says of the data set or a status: its text, English first, or an IRI."""
        return self.notes.get((iri, property), "")

    @cached_property
    def quads(self) -> tuple[ox.Quad, ...]:
        """The triples themselves, for the graph."""
        # Most commands need no triple, and it takes as long to load as half of kg.model.
        import pyoxigraph as ox

        parsed = (ox.parse(data, ox.RdfFormat.TURTLE) for data in self.turtle)
        return tuple(quad for quads in parsed for quad in quads)

    @cached_property
    def _ancestors(self) -> dict[str, frozenset[str]]:
        def parents(name: str) -> list[str]:
            return [parent for parent in self.classes[name].parents if parent in self.classes]

        return {name: frozenset(closure([name], parents)) for name in self.classes}

    def is_a(self, name: str, ancestors: Iterable[str]) -> bool:
        """Whether a class is one of some classes, or a subclass of one, by local names."""
        return not self.ancestors(name).isdisjoint(ancestors)

    def ancestors(self, name: str) -> frozenset[str]:
        """A class and all its superclasses, by local name."""
        return self._ancestors.get(name, frozenset())

    @cached_property
    def entailed(self) -> dict[tuple[str, str, str], list[tuple[str, str, str]]]:
        """What triples of each relation entail, as far as it was worked out
        (``kg.status.propositions``).
        """
        return {}

    def texts(self, property: str) -> Mapping[str, list[str]]:
        """What a property says of terms in texts, by the IRIs of these."""
        return self._texts.get(property, {})

    @cached_property
    def _texts(self) -> Mapping[str, Mapping[str, list[str]]]:
        import pyoxigraph as ox

        texts: dict[str, dict[str, list[str]]] = {}
        for subject, predicate, object, _ in self.quads:
            if isinstance(object, ox.Literal) and isinstance(subject, ox.NamedNode):
                of_terms = texts.setdefault(predicate.value, {})
                of_terms.setdefault(subject.value, []).append(object.value)
        return texts

    def annotation(self, name: str) -> dict[str, str]:
        """What an annotation of kg (``kg:wikidataProperty``) says of terms, by their IRIs; of
        several texts the last.
        """
        return {iri: texts[-1] for iri, texts in self.texts(f"{KG}{name}").items()}

    def are_disjoint(self, one: str, other: str) -> bool:
        """Whether nothing can be of both of two classes, by local name."""

        def exclude(names: Iterable[str], others: frozenset[str]) -> bool:
            classes = [self.classes[name] for name in names if name in self.classes]
            return any(not others.isdisjoint(each.disjoint) for each in classes)

        lines = self.ancestors(one), self.ancestors(other)
        return exclude(lines[0], lines[1]) or exclude(lines[1], lines[0])

    @cached_property
    def roots(self) -> dict[str, str]:
        """The class that all things of a section belong to, by section."""
        return {each.section: each.name for each in self.classes.values() if each.section}

    def belongs_in(self, name: str, section: str) -> bool:
        """Whether things of a class may be listed in a section: in that of the nearest class above
        it that has one.
        """
        return name in self._members.get(section, ())

    @cached_property
    def _members(self) -> dict[str, frozenset[str]]:
        """The classes whose things may be listed in a section, by section."""
        members = {}
        for section, root in self.roots.items():
            nearer = [
                each for each in self.roots.values() if each != root and self.is_a(each, [root])
            ]
            own = (name for name in self.classes if self.is_a(name, [root]))
            members[section] = frozenset(name for name in own if not self.is_a(name, nearer))
        return members

    def classes_of(self, section: str) -> list[str]:
        """Return the classes whose things may be listed in a section."""
        return [name for name in self.classes if self.belongs_in(name, section)]

    def qualifiers_of(self, relation: Relation) -> list[str]:
        """Return the names of the qualifiers that go with a relation: with itself, a more general
        one, its family, or any.
        """
        lineage = closure([relation.name], self._parents_of_relation)
        names = {*lineage, relation.family, ANY_RELATION}
        return [each.name for each in self.qualifiers.values() if names & {*each.qualifies}]

    def is_narrower(self, name: str, wider: Iterable[str]) -> bool:
        """Whether a relation is one of some relations, or a special one of them, by local names."""
        lineage = closure([name], self._parents_of_relation)
        return not set(wider).isdisjoint(lineage)

    def _parents_of_relation(self, name: str) -> tuple[str, ...]:
        relation = self.relations.get(name)
        return relation.parents if relation else ()

    def stages_of(self, name: str) -> list[Stage]:
        """Return the stages that things of a class live through, in their order."""
        return self.stages_of_kind(self.classes[name].stages if name in self.classes else "")

    def stages_of_kind(self, kind: str) -> list[Stage]:
        """Return the stages of a kind of life, in their order; no kind (empty) has none."""
        stages = [stage for stage in self.stages.values() if kind and stage.kind == kind]
        return sorted(stages, key=lambda stage: (stage.rank, stage.name))

    def relation_of(self, assertion: Assertion) -> Relation:
        """Return the relation that an assertion says."""
        return self.relations[assertion.predicate.id]

    def iri(self, kind: str, id: str) -> str:
        """The IRI of a record (``kind`` is one of assertion, article, citation, ...) or, with no
        kind, of a thing.
        """
        return f"{self.base}{kind}/{id}" if kind else f"{self.base}{id}"

    def id_of(self, kind: str, iri: str) -> str:
        """The id of a record of a kind by its IRI; an IRI of another kind stays whole."""
        return iri.removeprefix(self.iri(kind, ""))
