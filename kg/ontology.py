"""What may be said: the classes, relations, families and stages of ``ontology/*.ttl``.

A curator extends it in Turtle, without Python. What kg does with a term is said there too, by
annotations such as ``kg:sign`` (docs/reference.md): no term has a part to play by its name.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property

import pyoxigraph as ox

from kg import rules
from kg.characters import printable, quoted
from kg.closure import closure
from kg.diagnostics import Diagnostic, Span
from kg.text import preferred_label
from kg.workspace import SourceFile

KG = "https://w3id.org/actor-kg/ns#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
SCHEMA = "https://schema.org/"
XSD = "http://www.w3.org/2001/XMLSchema#"
DCTERMS = "http://purl.org/dc/terms/"
SKOS = "http://www.w3.org/2004/02/skos/core#"

COMMON_PREFIXES = {
    "rdf": RDF,
    "rdfs": RDFS,
    "xsd": XSD,
    "owl": OWL,
    "skos": SKOS,
    "dcterms": DCTERMS,
    "prov": "http://www.w3.org/ns/prov#",
    "schema": SCHEMA,
    "void": "http://rdfs.org/ns/void#",
    "kg": KG,
}
RECORD_PREFIXES = ("assertion", "article", "citation", "proposition", "conflict")


class Identity(StrEnum):
    """What a relation judges of the two ids at its ends (``kg:judgesIdentity``)."""

    SAME = "Same"
    DIFFERENT = "Different"
    PERHAPS_SAME = "PerhapsSame"


_SIGNS = {"Positive": 1, "Negative": -1}


@dataclass(frozen=True, slots=True)
class Relation:
    """A property that assertions may use as predicate.

    Classes, relations and stages are given by local names, an end of the relation as ``subject`` or
    ``object``. ``sign`` is 1 where the relation puts its subject on the side of its object, and -1
    where against it. All fields are described in docs/reference.md, 'Your own classes and
    relations'.
    """

    name: str
    iri: str
    label: str
    comment: str
    domain: tuple[str, ...]
    range: tuple[str, ...]
    parents: tuple[str, ...] = ()
    inverse: str = ""
    is_text: bool = False
    functional: bool = False
    symmetric: bool = False
    is_state: bool = False
    family: str = ""
    # The lives of things
    enters_status: str = ""
    joining: bool = False
    shows_alive: str = ""
    dates_event: str = ""
    # What follows
    official: bool = False
    counterparts: str = ""
    judges_identity: str = ""
    # Sides, and how things hang together
    sign: int = 0
    ties_only: str = ""
    brings_to_side: bool = False
    makes_side: bool = False
    is_attendance: bool = False
    names_topic: bool = False
    names_whole: bool = False
    wider_end: str = ""
    earlier_end: str = ""


@dataclass(frozen=True, slots=True)
class Family:
    """A broad kind of relations, in one colour on pages; families are listed by ``order``.

    Where it ``gives_accounts``, an undisputed claim tells what was done or said and is no position.
    Where it ``shows_stand``, an actor's own deed shows whether it is for something or against it.
    Where it ``dates_events``, its ties place an event in time.
    """

    name: str
    iri: str
    label: str
    order: float
    gives_accounts: bool = False
    shows_stand: bool = False
    dates_events: bool = False


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage in the life of a pact, dispute or event; ``kind`` is the class of such stages, by
    local name.

    Of two stages that are entered on one date the one of the higher ``rank`` comes later.
    ``in_force`` says whether a pact in it binds or an event goes on; it is None where that is no
    question. One that ``is_final`` lasts unless something new is reported; all others are known up
    to the last report only. Something is in the stage ``by_date`` if it is dated as a whole, and in
    the stage ``by_end`` when all that showed it going on has ended; a stage that ``is_reversal`` is
    entered only after that by date.
    """

    name: str
    label: str
    kind: str
    rank: int
    in_force: bool | None
    is_final: bool = False
    by_date: bool = False
    by_end: bool = False
    is_reversal: bool = False


@dataclass(frozen=True, slots=True)
class KgClass:
    """A class of things, with its direct superclasses by local name.

    ``section`` is that of a source file whose things belong to this class. ``stages`` is the class
    of the stages that its things live through; ``before``, ``alive`` and ``done`` are the words for
    one that has not begun, is alive or was done, where the stages' own do not fit. A thing that
    ``binds`` is in force or not; before a thing that ``announces_plans`` has happened, what it
    plans was not announced. All these but ``section`` hold for special classes, too.
    """

    name: str
    iri: str
    label: str
    comment: str
    parents: tuple[str, ...]
    section: str = ""
    stages: str = ""
    before: str = ""
    alive: str = ""
    done: str = ""
    binds: bool = False
    announces_plans: bool = False
    is_forum: bool = False
    is_unnamed: bool = False


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
    families: Mapping[str, Family] = field(default_factory=dict)

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
    def roots(self) -> dict[str, str]:
        """The class that all things of a section belong to, by section."""
        return {each.section: each.name for each in self.classes.values() if each.section}

    def belongs_in(self, name: str, section: str) -> bool:
        """Whether things of a class may be listed in a section."""
        return section in self.roots and self.is_a(name, [self.roots[section]])

    def classes_of(self, section: str) -> list[str]:
        """Return the classes whose things may be listed in a section."""
        return [name for name in self.classes if self.belongs_in(name, section)]

    @property
    def text_relations(self) -> frozenset[str]:
        """The relations whose objects are texts."""
        return frozenset(r.name for r in self.relations.values() if r.is_text)

    def iri(self, kind: str, id: str) -> str:
        """The IRI of a record (``kind`` is one of assertion, article, citation, ...) or, with no
        kind, of a thing.
        """
        return f"{self.base}{kind}/{id}" if kind else f"{self.base}{id}"


def local_name(iri: str) -> str:
    """The part of an IRI behind its last '#' or '/'."""
    return iri.replace("#", "/").rpartition("/")[2]


def ontology(files: Iterable[SourceFile]) -> tuple[Ontology, tuple[Diagnostic, ...]]:
    """Return the ontology of some Turtle files, and what is wrong with them."""
    quads: list[ox.Quad] = []
    prefixes: dict[str, str] = dict(COMMON_PREFIXES)
    problems: list[Diagnostic] = []
    places: dict[str, Span] = {}
    for file in files:
        try:
            parser = ox.parse(file.data, ox.RdfFormat.TURTLE)
            triples = list(parser)
        except SyntaxError as error:
            message = f"not Turtle: {printable(error.msg)}"
            problems.append(rules.BAD_ONTOLOGY.at(_error_place(file, error), message))
            continue
        prefixes |= parser.prefixes
        if any(_has_blank_node(triple) for triple in triples):
            problems.append(
                rules.INCOMPLETE_TERM.at(
                    Span(file.name), "blank nodes are not allowed", "give every node an IRI"
                )
            )
        for triple in triples:
            if isinstance(triple.subject, ox.NamedNode):
                places.setdefault(triple.subject.value, Span(file.name))
        quads += triples
    terms = _Terms(quads)
    base, title, bad_dataset = _dataset(terms)
    problems += bad_dataset
    records = {name: f"{base}{name}/" for name in RECORD_PREFIXES}
    result = Ontology(
        base,
        title,
        {each.name: each for each in _classes(terms)},
        _with_inverses({each.name: each for each in _relations(terms)}),
        {**prefixes, **records, "": base},
        tuple(quads),
        {each.name: each for each in _stages(terms)},
        {each.name: each for each in _families(terms)},
    )
    if not any(problem.rule is rules.BAD_ONTOLOGY for problem in problems):
        problems += _incomplete(result, places)
    return result, tuple(problems)


def _error_place(file: SourceFile, error: SyntaxError) -> Span:
    line, column = error.lineno or 1, error.offset or 1
    return Span(file.name, line, column, error.end_lineno or line, error.end_offset or column + 1)


def _has_blank_node(triple: ox.Quad) -> bool:
    return isinstance(triple.subject, ox.BlankNode) or isinstance(triple.object, ox.BlankNode)


@dataclass(frozen=True)
class _Term:
    """What is said of one IRI, by property."""

    iri: str
    facts: Mapping[str, list[ox.NamedNode | ox.Literal]]

    @property
    def name(self) -> str:
        return local_name(self.iri)

    def values(self, property: str) -> list[str]:
        """The values of a property, in order."""
        return sorted(value.value for value in self.facts.get(property, ()))

    def names(self, property: str) -> tuple[str, ...]:
        """The local names of the values of a property."""
        return tuple(local_name(value) for value in self.values(property))

    def one(self, property: str) -> str:
        """The local name of the first value of a property, or nothing."""
        return next(iter(self.names(property)), "")

    def says(self, property: str) -> bool:
        """Whether a property is true."""
        return "true" in self.values(property)

    def text(self, property: str) -> str:
        """The English text of a property, or another where there is none."""
        texts = [value for value in self.facts.get(property, ()) if isinstance(value, ox.Literal)]
        return preferred_label((text.language or "", text.value) for text in texts)[1]


class _Terms:
    """All terms of the ontology."""

    def __init__(self, quads: Iterable[ox.Quad]) -> None:
        self._facts: dict[str, dict[str, list[ox.NamedNode | ox.Literal]]] = {}
        for subject, predicate, object, _ in quads:
            if isinstance(subject, ox.NamedNode) and isinstance(object, ox.NamedNode | ox.Literal):
                facts = self._facts.setdefault(subject.value, {})
                facts.setdefault(predicate.value, []).append(object)

    def term(self, iri: str) -> _Term:
        """What is said of an IRI itself."""
        return _Term(iri, self._facts.get(iri, {}))

    def inherited(self, iri: str, link: str) -> _Term:
        """What is said of an IRI or, where nothing is, of the nearest term above it by a link."""
        lineage = closure([iri], lambda each: self.term(each).values(link))
        facts: dict[str, list[ox.NamedNode | ox.Literal]] = {}
        for each in reversed(lineage):
            facts |= self.term(each).facts
        return _Term(iri, facts)

    def of_type(self, type: str) -> Iterator[_Term]:
        """The terms that are of a type, by IRI."""
        for iri in sorted(self._facts):
            term = self.term(iri)
            if type in term.values(f"{RDF}type"):
                yield term

    def __iter__(self) -> Iterator[_Term]:
        return map(self.term, sorted(self._facts))

    def __contains__(self, iri: str) -> bool:
        return iri in self._facts


def _dataset(terms: _Terms) -> tuple[str, str, list[Diagnostic]]:
    """Return the base and the title of the data set, and what is wrong with it."""
    datasets = list(terms.of_type(f"{KG}Dataset"))
    if len(datasets) != 1:
        problem = f"names {len(datasets)} data sets"
    elif not re.fullmatch(r"https?://[^\s<>\"]+[/#]", datasets[0].iri):
        problem = f"has the base {quoted(datasets[0].iri)}"
    else:
        titles = datasets[0].values(f"{DCTERMS}title")
        return datasets[0].iri, next(iter(titles), ""), []
    diagnostic = rules.INCOMPLETE_TERM.at(
        Span("ontology/dataset.ttl"),
        f"the ontology {problem}; one 'a kg:Dataset' whose IRI ends in '/' or '#' is needed",
        "see docs/reference.md, 'The data set'",
    )
    return "https://example.org/", "", [diagnostic]


def _classes(terms: _Terms) -> Iterator[KgClass]:
    for term in terms.of_type(f"{OWL}Class"):
        inherited = terms.inherited(term.iri, f"{RDFS}subClassOf")
        parents = [iri for iri in term.values(f"{RDFS}subClassOf") if iri in terms]
        yield KgClass(
            name=term.name,
            iri=term.iri,
            label=term.text(f"{RDFS}label"),
            comment=term.text(f"{RDFS}comment"),
            parents=tuple(local_name(iri) for iri in parents),
            section=next(iter(term.values(f"{KG}listedIn")), ""),
            stages=inherited.one(f"{KG}livesThrough"),
            before=inherited.text(f"{KG}wordsBefore"),
            alive=inherited.text(f"{KG}wordsAlive"),
            done=inherited.text(f"{KG}wordsDone"),
            binds=inherited.says(f"{KG}binds"),
            announces_plans=inherited.says(f"{KG}announcesPlans"),
            is_forum=inherited.says(f"{KG}isForum"),
            is_unnamed=inherited.says(f"{KG}isUnnamed"),
        )


def _relations(terms: _Terms) -> Iterator[Relation]:
    for term in terms.of_type(f"{KG}Relation"):
        types = term.values(f"{RDF}type")
        inherited = terms.inherited(term.iri, f"{RDFS}subPropertyOf")
        yield Relation(
            name=term.name,
            iri=term.iri,
            label=term.text(f"{RDFS}label"),
            comment=term.text(f"{RDFS}comment"),
            domain=term.names(f"{SCHEMA}domainIncludes"),
            range=term.names(f"{SCHEMA}rangeIncludes"),
            parents=term.names(f"{RDFS}subPropertyOf"),
            inverse=term.one(f"{OWL}inverseOf"),
            is_text=f"{OWL}DatatypeProperty" in types,
            functional=f"{OWL}FunctionalProperty" in types,
            symmetric=f"{OWL}SymmetricProperty" in types,
            is_state=f"{KG}StateRelation" in term.values(f"{KG}temporalKind"),
            family=term.one(f"{KG}family"),
            enters_status=inherited.one(f"{KG}entersStatus"),
            joining=inherited.says(f"{KG}isJoining"),
            shows_alive=inherited.one(f"{KG}showsAlive"),
            dates_event=term.one(f"{KG}datesEvent"),
            official=term.says(f"{KG}officialAct"),
            counterparts=term.one(f"{KG}makesCounterparts"),
            judges_identity=term.one(f"{KG}judgesIdentity"),
            sign=_SIGNS.get(inherited.one(f"{KG}sign"), 0),
            ties_only=inherited.one(f"{KG}tiesOnly"),
            brings_to_side=inherited.says(f"{KG}bringsToSide"),
            makes_side=term.says(f"{KG}makesSide"),
            is_attendance=term.says(f"{KG}isAttendance"),
            names_topic=term.says(f"{KG}namesTopic"),
            names_whole=term.says(f"{KG}namesWhole"),
            wider_end=term.one(f"{KG}widerEnd"),
            earlier_end=term.one(f"{KG}earlierEnd"),
        )


def _with_inverses(relations: dict[str, Relation]) -> dict[str, Relation]:
    """Return relations of which each knows its inverse, even if only the other one declares it."""
    declared = {r.inverse: name for name, r in reversed(relations.items()) if r.inverse}
    return {
        name: relation if relation.inverse else replace(relation, inverse=declared.get(name, ""))
        for name, relation in relations.items()
    }


def _families(terms: _Terms) -> list[Family]:
    families = [
        Family(
            name=term.name,
            iri=term.iri,
            label=term.text(f"{RDFS}label"),
            order=_whole_number(term, f"{KG}order", math.inf),
            gives_accounts=term.says(f"{KG}givesAccounts"),
            shows_stand=term.says(f"{KG}showsStand"),
            dates_events=term.says(f"{KG}datesEvents"),
        )
        for term in terms.of_type(f"{KG}TieFamily")
    ]
    return sorted(families, key=lambda family: (family.order, family.name))


def _stages(terms: _Terms) -> Iterator[Stage]:
    """Yield the stages: all that have a place in an order (``kg:lifecycleRank``)."""
    for term in terms:
        rank = _whole_number(term, f"{KG}lifecycleRank", -1)
        if rank >= 0:
            in_force = term.values(f"{KG}isInForce")[:1]
            yield Stage(
                name=term.name,
                label=term.text(f"{RDFS}label"),
                kind=term.one(f"{RDF}type"),
                rank=int(rank),
                in_force=in_force == ["true"] if in_force else None,
                is_final=term.says(f"{KG}isFinal"),
                by_date=term.says(f"{KG}isEnteredByDate"),
                by_end=term.says(f"{KG}isEnteredByEnd"),
                is_reversal=term.says(f"{KG}isReversal"),
            )


def _whole_number(term: _Term, property: str, default: float) -> float:
    text = next(iter(term.values(property)), "")
    return int(text) if text.isascii() and text.isdigit() else default


def _incomplete(ontology: Ontology, places: Mapping[str, Span]) -> Iterator[Diagnostic]:
    """Every class and relation has a label, a comment and what checks need; local names are
    unique.
    """
    if ontology.classes and not ontology.roots:
        yield rules.INCOMPLETE_TERM.at(
            Span("ontology/core.ttl"),
            "no class says which section of a source file lists its things (kg:listedIn)",
            "core.ttl is of an older kg: kg init makes a new one in an empty folder; copy that",
        )
    yield from _ambiguous_names(ontology, places)
    terms: list[KgClass | Relation] = [*ontology.classes.values(), *ontology.relations.values()]
    for term in terms:
        for property, value in (("rdfs:label", term.label), ("rdfs:comment", term.comment)):
            if not value:
                hint = f"add {property} in English"
                yield _incompleteness(places, term.iri, f"has no {property}", hint)
    for relation in ontology.relations.values():
        for problem, hint in _relation_problems(ontology, relation):
            yield _incompleteness(places, relation.iri, problem, hint)


def _ambiguous_names(ontology: Ontology, places: Mapping[str, Span]) -> Iterator[Diagnostic]:
    iris: dict[str, str] = {}
    for quad in ontology.quads:
        if quad.predicate.value == f"{RDF}type" and isinstance(quad.subject, ox.NamedNode):
            iri = quad.subject.value
            name = local_name(iri)
            other = iris.setdefault(name, iri)
            if other != iri and (name in ontology.classes or name in ontology.relations):
                problem = f"has the local name of <{other}>"
                yield _incompleteness(places, iri, problem, "rename one of them")


def _relation_problems(ontology: Ontology, relation: Relation) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a relation, each with a hint."""
    if not relation.domain:
        yield "has no schema:domainIncludes", "say which classes its subjects belong to"
    if not relation.range:
        hint = "say which classes its objects belong to, or xsd:string"
        yield "has no schema:rangeIncludes", hint
    if relation.family not in ontology.families:
        families = ", ".join(_short(each.iri, ontology) for each in ontology.families.values())
        yield "has no kg:family", f"one of: {families}"
    for name in (*relation.domain, *(() if relation.is_text else relation.range)):
        if name not in ontology.classes:
            yield f"names an unknown class {quoted(name)}", "declare it: a owl:Class"
    if relation.inverse and relation.inverse not in ontology.relations:
        problem = f"names an unknown inverse {quoted(relation.inverse)}"
        yield problem, "declare it: a kg:Relation"


def _short(iri: str, ontology: Ontology) -> str:
    """An IRI as Turtle writes it, with the prefix of its namespace where it has one."""
    name = local_name(iri)
    prefixes = (p for p, namespace in ontology.prefixes.items() if namespace + name == iri)
    prefix = next(prefixes, None)
    return f"<{iri}>" if prefix is None else f"{prefix}:{name}"


def _incompleteness(places: Mapping[str, Span], iri: str, problem: str, hint: str) -> Diagnostic:
    place = places.get(iri, Span("ontology"))
    return rules.INCOMPLETE_TERM.at(place, f"{quoted(local_name(iri))} {problem}", hint)
