"""What may be said: the classes and relations of ``ontology/*.ttl``.

A curator extends it in Turtle, without Python. A relation is a property that assertions may use as
predicate; it says between which classes it runs (``schema:domainIncludes``,
``schema:rangeIncludes``: any of these or a subclass), whether it is functional or symmetric, what
kind of time it has, which family of ties it belongs to and which status of a pact or dispute it
enters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

import pyoxigraph as ox

from kg import rules
from kg.characters import printable, quoted
from kg.diagnostics import Diagnostic, Span
from kg.workspace import SourceFile

KG = "https://w3id.org/actor-kg/ns#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
SCHEMA = "https://schema.org/"
XSD = "http://www.w3.org/2001/XMLSchema#"

COMMON_PREFIXES = {
    "rdf": RDF,
    "rdfs": RDFS,
    "xsd": XSD,
    "owl": OWL,
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
    "prov": "http://www.w3.org/ns/prov#",
    "schema": SCHEMA,
    "void": "http://rdfs.org/ns/void#",
    "kg": KG,
}
RECORD_PREFIXES = ("assertion", "article", "citation", "proposition", "conflict")

ROOTS = {
    "actors": "Actor",
    "pacts": "Pact",
    "disputes": "Dispute",
    "events": "Event",
    "places": "Place",
}
"""The class that all things of a section belong to."""

FAMILIES = ("StructureTie", "PactTie", "DisputeTie", "EventTie", "SpeechTie")


@dataclass(frozen=True, slots=True)
class Relation:
    """A property that assertions may use as predicate. Classes are local names."""

    name: str
    iri: str
    label: str
    comment: str
    domain: tuple[str, ...]
    range: tuple[str, ...]
    is_text: bool
    functional: bool
    symmetric: bool
    inverse: str
    is_state: bool
    family: str
    enters_status: str
    parents: tuple[str, ...] = ()
    official: bool = False
    counterparts: str = ""
    dates_event: str = ""
    joining: bool = False
    shows_alive: str = ""


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage in the life of a pact, dispute or event; ``kind`` is the class of such stages, by
    local name.

    Of two stages that are entered on one date the one of the higher ``rank`` comes later.
    ``in_force`` says whether a pact in it binds or an event goes on; it is None where that is no
    question. One that ``is_final`` lasts unless something new is reported; all others are known up
    to the last report only.
    """

    name: str
    label: str
    kind: str
    rank: int
    in_force: bool | None
    is_final: bool = False


class KgClass(NamedTuple):
    """A class of things, with its direct superclasses by local name."""

    name: str
    iri: str
    label: str
    comment: str
    parents: tuple[str, ...]


@dataclass(frozen=True)
class Ontology:
    """All that the ontology files say, with the triples themselves (``quads``) for the graph."""

    base: str
    title: str
    classes: Mapping[str, KgClass] = field(default_factory=dict)
    relations: Mapping[str, Relation] = field(default_factory=dict)
    prefixes: Mapping[str, str] = field(default_factory=dict)
    quads: tuple[ox.Quad, ...] = ()
    stages: Mapping[str, Stage] = field(default_factory=dict)

    @cached_property
    def _ancestors(self) -> dict[str, frozenset[str]]:
        found: dict[str, frozenset[str]] = {}
        for name in self.classes:
            seen, waiting = {name}, [name]
            while waiting:
                new = [
                    p
                    for p in self.classes[waiting.pop()].parents
                    if p in self.classes and p not in seen
                ]
                seen.update(new)
                waiting += new
            found[name] = frozenset(seen)
        return found

    def is_a(self, name: str, ancestors: Iterable[str]) -> bool:
        """Whether a class is one of some classes, or a subclass of one, by local names."""
        return not self._ancestors.get(name, frozenset()).isdisjoint(ancestors)

    def ancestors(self, name: str) -> frozenset[str]:
        """A class and all its superclasses, by local name."""
        return self._ancestors.get(name, frozenset())

    @property
    def text_relations(self) -> frozenset[str]:
        """The relations whose objects are texts."""
        return frozenset(r.name for r in self.relations.values() if r.is_text)

    def iri(self, kind: str, id: str) -> str:
        """The IRI of a record (``kind`` is one of assertion, article, citation, ...) or, with no
        kind, of a thing.
        """
        return f"{self.base}{kind}/{id}" if kind else f"{self.base}{id}"


def ontology(files: Iterable[SourceFile]) -> tuple[Ontology, tuple[Diagnostic, ...]]:
    """The ontology of some Turtle files, and what is wrong with them."""
    quads: list[ox.Quad] = []
    prefixes: dict[str, str] = dict(COMMON_PREFIXES)
    found: list[Diagnostic] = []
    places: dict[str, Span] = {}
    for file in files:
        try:
            parser = ox.parse(file.data, ox.RdfFormat.TURTLE)
            read = list(parser)
            prefixes |= parser.prefixes
        except SyntaxError as error:
            found.append(
                rules.BAD_ONTOLOGY.at(
                    _error_place(file, error), f"not Turtle: {printable(error.msg)}"
                )
            )
            continue
        place = Span(file.name)
        for subject, _, _, _ in read:
            if isinstance(subject, ox.NamedNode):
                places.setdefault(subject.value, place)
        if any(
            isinstance(term, ox.BlankNode)
            for subject, _, object, _ in read
            for term in (subject, object)
        ):
            found.append(
                rules.INCOMPLETE_TERM.at(
                    Span(file.name), "blank nodes are not allowed", "give every node an IRI"
                )
            )
        quads += read
    about = _by_subject(quads)
    base, title = _dataset(about, found)
    records = {name: f"{base}{name}/" for name in RECORD_PREFIXES}
    classes = {c.name: c for c in _classes(about)}
    relations = _with_inverses({r.name: r for r in _relations(about)})
    stages = {s.name: s for s in _stages(about)}
    known = Ontology(
        base, title, classes, relations, {**prefixes, **records, "": base}, tuple(quads), stages
    )
    if not any(d.rule is rules.BAD_ONTOLOGY for d in found):
        found += _incomplete(known, places)
    return known, tuple(found)


_About = dict[str, dict[str, list[ox.NamedNode | ox.Literal]]]


def _by_subject(quads: Iterable[ox.Quad]) -> _About:
    about: _About = {}
    for subject, predicate, object, _ in quads:
        if isinstance(subject, ox.NamedNode) and isinstance(object, ox.NamedNode | ox.Literal):
            about.setdefault(subject.value, {}).setdefault(predicate.value, []).append(object)
    return about


def _error_place(file: SourceFile, error: SyntaxError) -> Span:
    line, column = error.lineno or 1, error.offset or 1
    return Span(file.name, line, column, error.end_lineno or line, error.end_offset or column + 1)


def _dataset(about: _About, found: list[Diagnostic]) -> tuple[str, str]:
    datasets = sorted(
        s for s, facts in about.items() if f"{KG}Dataset" in _values(facts, f"{RDF}type")
    )
    if len(datasets) != 1 or not re.fullmatch(r"https?://[^\s<>\"]+[/#]", datasets[0]):
        wrong = (
            f"names {len(datasets)} data sets"
            if len(datasets) != 1
            else f"has the base {quoted(datasets[0])}"
        )
        found.append(
            rules.INCOMPLETE_TERM.at(
                Span("ontology/dataset.ttl"),
                f"the ontology {wrong}; one 'a kg:Dataset' whose IRI ends in '/' or '#' is needed",
                "see docs/reference.md, 'The data set'",
            )
        )
        return "https://example.org/", ""
    return datasets[0], next(
        iter(_values(about[datasets[0]], "http://purl.org/dc/terms/title")), ""
    )


def _values(facts: Mapping[str, list[ox.NamedNode | ox.Literal]], predicate: str) -> list[str]:
    return sorted(term.value for term in facts.get(predicate, []))


def _locals(
    facts: Mapping[str, list[ox.NamedNode | ox.Literal]], predicate: str
) -> tuple[str, ...]:
    return tuple(local_name(value) for value in _values(facts, predicate))


def local_name(iri: str) -> str:
    """What stands behind the last '#' or '/' of an IRI."""
    return iri.replace("#", "/").rpartition("/")[2]


def _english(facts: Mapping[str, list[ox.NamedNode | ox.Literal]], predicate: str) -> str:
    literals = [term for term in facts.get(predicate, []) if isinstance(term, ox.Literal)]
    ranked = sorted(
        literals, key=lambda term: (not (term.language or "en").startswith("en"), term.value)
    )
    return ranked[0].value if ranked else ""


def _classes(about: _About) -> Iterator[KgClass]:
    for iri, facts in sorted(about.items()):
        if f"{OWL}Class" in _values(facts, f"{RDF}type"):
            own = (value for value in _values(facts, f"{RDFS}subClassOf") if value in about)
            parents = tuple(local_name(value) for value in own)
            yield KgClass(
                local_name(iri),
                iri,
                _english(facts, f"{RDFS}label"),
                _english(facts, f"{RDFS}comment"),
                parents,
            )


def _relations(about: _About) -> Iterator[Relation]:
    for iri, facts in sorted(about.items()):
        types = _values(facts, f"{RDF}type")
        if f"{KG}Relation" not in types:
            continue
        yield Relation(
            name=local_name(iri),
            iri=iri,
            label=_english(facts, f"{RDFS}label"),
            comment=_english(facts, f"{RDFS}comment"),
            domain=_locals(facts, f"{SCHEMA}domainIncludes"),
            range=_locals(facts, f"{SCHEMA}rangeIncludes"),
            is_text=f"{OWL}DatatypeProperty" in types,
            functional=f"{OWL}FunctionalProperty" in types,
            symmetric=f"{OWL}SymmetricProperty" in types,
            inverse="".join(_locals(facts, f"{OWL}inverseOf")[:1]),
            is_state="StateRelation" in _locals(facts, f"{KG}temporalKind"),
            family="".join(_locals(facts, f"{KG}family")[:1]),
            enters_status="".join(_locals(facts, f"{KG}entersStatus")[:1]),
            parents=_locals(facts, f"{RDFS}subPropertyOf"),
            official="true" in _values(facts, f"{KG}officialAct"),
            counterparts="".join(_locals(facts, f"{KG}makesCounterparts")[:1]),
            dates_event="".join(_locals(facts, f"{KG}datesEvent")[:1]),
            joining="true" in _values(facts, f"{KG}isJoining"),
            shows_alive="".join(_locals(facts, f"{KG}showsAlive")[:1]),
        )


def _with_inverses(relations: dict[str, Relation]) -> dict[str, Relation]:
    """Relations of which each knows its inverse, even if only the other one declares it."""
    declared = {r.inverse: name for name, r in reversed(relations.items()) if r.inverse}
    return {
        name: replace(r, inverse=declared[name]) if not r.inverse and name in declared else r
        for name, r in relations.items()
    }


def _stages(about: _About) -> Iterator[Stage]:
    """The stages that have a place in an order (``kg:lifecycleRank``)."""
    for iri, facts in sorted(about.items()):
        rank = "".join(_values(facts, f"{KG}lifecycleRank")[:1])
        if rank.isascii() and rank.isdigit():
            in_force = {"true": True, "false": False}.get(
                "".join(_values(facts, f"{KG}isInForce")[:1])
            )
            kind = "".join(_locals(facts, f"{RDF}type")[:1])
            is_final = "true" in _values(facts, f"{KG}isFinal")
            yield Stage(
                local_name(iri),
                _english(facts, f"{RDFS}label"),
                kind,
                int(rank),
                in_force,
                is_final,
            )


def _incomplete(known: Ontology, places: Mapping[str, Span]) -> Iterator[Diagnostic]:
    """Every class and relation has a label, a comment and what checks need; local names are unique."""
    names: dict[str, str] = {}
    for quad in known.quads:
        if quad.predicate.value == f"{RDF}type" and isinstance(quad.subject, ox.NamedNode):
            iri = quad.subject.value
            name = local_name(iri)
            other = names.setdefault(name, iri)
            if other != iri and (name in known.classes or name in known.relations):
                yield _incompleteness(
                    places, iri, name, f"has the local name of <{other}>", "rename one of them"
                )
    terms: list[KgClass | Relation] = [*known.classes.values(), *known.relations.values()]
    for term in terms:
        for what, value in (("rdfs:label", term.label), ("rdfs:comment", term.comment)):
            if not value:
                yield _incompleteness(
                    places, term.iri, term.name, f"has no {what}", f"add {what} in English"
                )
    for relation in known.relations.values():
        yield from _incomplete_relation(known, relation, places)


def _incomplete_relation(
    known: Ontology, relation: Relation, places: Mapping[str, Span]
) -> Iterator[Diagnostic]:
    def say(problem: str, hint: str) -> Diagnostic:
        return _incompleteness(places, relation.iri, relation.name, problem, hint)

    if not relation.domain:
        yield say("has no schema:domainIncludes", "say which classes its subjects belong to")
    if not relation.range:
        yield say(
            "has no schema:rangeIncludes", "say which classes its objects belong to, or xsd:string"
        )
    if relation.family not in FAMILIES:
        yield say("has no kg:family", f"one of: {', '.join('kg:' + f for f in FAMILIES)}")
    for name in (*relation.domain, *(() if relation.is_text else relation.range)):
        if name not in known.classes:
            yield say(f"names an unknown class {quoted(name)}", "declare it: a owl:Class")
    if relation.inverse and relation.inverse not in known.relations:
        yield say(
            f"names an unknown inverse {quoted(relation.inverse)}", "declare it: a kg:Relation"
        )


def _incompleteness(
    places: Mapping[str, Span], iri: str, name: str, problem: str, hint: str
) -> Diagnostic:
    return rules.INCOMPLETE_TERM.at(
        places.get(iri, Span("ontology")), f"{quoted(name)} {problem}", hint
    )
