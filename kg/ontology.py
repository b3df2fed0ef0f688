"""What may be said: the classes, relations, families and stages of ``ontology/*.ttl``.

A curator extends it in Turtle, without Python. What kg does with a term is said there too, by
annotations such as ``kg:sign`` (docs/reference.md): no term has a part to play by its name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any, NamedTuple
from urllib.parse import quote

import pyoxigraph as ox

from kg.closure import closure
from kg.dates import Day, Reckoning

KG = "https://w3id.org/actor-kg/ns#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
SCHEMA = "https://schema.org/"
XSD = "http://www.w3.org/2001/XMLSchema#"
DCTERMS = "http://purl.org/dc/terms/"
OA = "http://www.w3.org/ns/oa#"
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
    "oa": OA,
    "kg": KG,
}


def full_iri(name: str) -> str:
    """Return the IRI of a prefixed name (``owl:inverseOf``); kg's own terms need no prefix."""
    prefix, _, local = name.rpartition(":")
    return COMMON_PREFIXES[prefix or "kg"] + local


class Annotation(NamedTuple):
    """By which property a term gives a field, and whether it holds for special terms, too."""

    property: str
    is_inherited: bool


def _said(property: str, default: str | bool | tuple[str, ...] = "") -> Any:
    """A field that a term gives by an annotation (the local name or names of its values, or whether
    it is true), which ``kg.ontology_reader`` looks up.
    """
    annotation = Annotation(full_iri(property), is_inherited=False)
    return field(default=default, metadata={"annotation": annotation})


def _inherited(property: str, default: str | bool | tuple[str, ...] = "") -> Any:
    """The same of a field that a more general term may give."""
    annotation = Annotation(full_iri(property), is_inherited=True)
    return field(default=default, metadata={"annotation": annotation})


ANY_RELATION = "Relation"
"""What a qualifier says that goes with any relation (``kg:qualifies kg:Relation``)."""


class Identity(StrEnum):
    """What a relation judges of the two ids at its ends (``kg:judgesIdentity``)."""

    SAME = "Same"
    DIFFERENT = "Different"
    PERHAPS_SAME = "PerhapsSame"


class Moves(StrEnum):
    """What a relation to a pact moves (``kg:moves``): its subject's part in it, or the pact."""

    MEMBERSHIP = "Membership"
    PACT = "PactItself"


@dataclass(frozen=True, slots=True)
class QualifierKind:
    """What may be said of an assertion beyond its triple (``kg:Qualifier``): a share, a role.

    Its values are things of the classes in ``range`` or of one of the ``datatypes``. It goes with
    the relations, kinds of relations and families in ``qualifies``, by local name. Where it is
    ``functional``, an assertion has one value of it, and two values of one thing are rivals.
    ``{value}`` in the label stands for the value. What it qualifies enters other stages, where it
    names some (``enters_status``, ``party_enters``).
    """

    name: str
    iri: str
    label: str
    comment: str
    range: tuple[str, ...]
    datatypes: tuple[str, ...]
    qualifies: tuple[str, ...]
    functional: bool = False
    enters_status: str = _said("entersStatus")
    party_enters: str = _said("partyEnters")


@dataclass(frozen=True, slots=True)
class Relation:
    """A property that assertions may use as predicate.

    Classes, relations and stages are given by local names, an end of the relation as ``subject`` or
    ``object``. Objects of a relation with ``is_text`` are no things, but values of one of its
    ``datatypes`` (``xsd:string``). Where it is ``functional`` a subject has one object at a time,
    where ``inverse_functional`` an object one subject. Where it ``takes_assertions``, objects may
    be assertions; by one that ``is_speech`` the subject speaks, and by one that ``disowns`` it
    denies having said the object. ``worded_with`` are further labels, which name qualifiers in
    braces: ``owns {share} of``. ``sign`` is 1 where the relation puts its
    subject on the side of its object, and -1 where against it. All fields are described in
    docs/reference.md, 'Your own classes and relations'.
    """

    name: str
    iri: str
    label: str
    comment: str
    domain: tuple[str, ...]
    range: tuple[str, ...]
    parents: tuple[str, ...] = _said("rdfs:subPropertyOf", ())
    inverse: str = _said("owl:inverseOf")
    is_text: bool = False
    datatypes: tuple[str, ...] = ()
    functional: bool = False
    inverse_functional: bool = False
    symmetric: bool = False
    is_state: bool = False
    family: str = _said("family")
    worded_with: tuple[str, ...] = ()
    # Rivals
    happens_once: bool = _inherited("happensOnce", False)
    happens_once_with: tuple[str, ...] = _inherited("happensOnceWith", ())
    places_within: bool = _inherited("placeWithin", False)
    # Speech about speech
    takes_assertions: bool = False
    is_speech: bool = _said("isSpeech", False)
    disowns: bool = _said("disownsObject", False)
    # The lives of things
    enters_status: str = _inherited("entersStatus")
    joining: bool = _inherited("isJoining", False)
    moves: str = _inherited("moves")
    party_enters: str = _inherited("partyEnters")
    dispute_enters: str = _inherited("disputeEnters")
    names_stage: bool = False
    takes_back: bool = _said("takesBackQualifiers", False)
    shows_alive: str = _inherited("showsAlive")
    dates_event: str = _said("datesEvent")
    ends_relations: tuple[str, ...] = _inherited("endsRelation", ())
    subject_may_leave: tuple[str, ...] = _inherited("subjectMayLeave", ())
    object_may_leave: tuple[str, ...] = _inherited("objectMayLeave", ())
    # What follows
    official: bool = _said("officialAct", False)
    counterparts: str = _said("makesCounterparts")
    judges_identity: str = _said("judgesIdentity")
    # Sides, and how things hang together
    sign: int = 0
    ties_only: str = _inherited("tiesOnly")
    brings_to_side: bool = _inherited("bringsToSide", False)
    brings_home: bool = _inherited("bringsHome", False)
    makes_side: bool = _said("makesSide", False)
    is_attendance: bool = _said("isAttendance", False)
    names_topic: bool = _said("namesTopic", False)
    names_whole: bool = _said("namesWhole", False)
    wider_end: str = _said("widerEnd")
    earlier_end: str = _said("earlierEnd")
    # How long a state is known to hold
    lasts: bool = _inherited("lasts", False)


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
    gives_accounts: bool = _said("givesAccounts", False)
    shows_stand: bool = _said("showsStand", False)
    dates_events: bool = _said("datesEvents", False)


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage in the life of a pact, dispute or event; ``kind`` is the class of such stages, by
    local name.

    Of two stages that are entered on one date the one of the higher ``rank`` comes later.
    ``in_force`` says whether a pact in it binds or an event goes on; it is None where that is no
    question. One that ``is_final`` lasts unless something new is reported; all others are known up
    to the last report only. Something is in the stage ``by_date`` if it is dated as a whole, and in
    the stage ``by_end`` when all that showed it going on has ended; a stage that ``is_reversal`` is
    entered only after that by date. What enters one ``from_the_start`` is undone from its first
    day. ``ripens_into`` is the stage that a party is in once the pact is in force.
    """

    name: str
    iri: str
    label: str
    kind: str
    rank: int
    in_force: bool | None
    is_final: bool = _said("isFinal", False)
    by_date: bool = _said("isEnteredByDate", False)
    by_end: bool = _said("isEnteredByEnd", False)
    is_reversal: bool = _said("isReversal", False)
    from_the_start: bool = _said("isFromTheStart", False)
    ripens_into: str = _said("ripensInto")

    @property
    def written(self) -> str:
        """How curators write it: its local name with hyphens, as ``in-force``."""
        return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", self.name).lower()


@dataclass(frozen=True, slots=True)
class KgClass:
    """A class of things, with its direct superclasses by local name.

    ``section`` is that of a source file whose things belong to this class. ``stages`` is the class
    of the stages that its things live through, ``member_stages`` of those of each party to one; one
    that ``outlives_leaving`` has others than are reported. ``words_before``, ``words_alive`` and
    ``words_done`` are the words for one that has not begun, is alive or was done, where the stages'
    own do not fit. A thing that ``binds`` is in force or not; before a thing that
    ``announces_plans`` has happened, what it plans was not announced. One that
    ``is_pole`` stands apart in pictures, amid what belongs to it. Nothing is also of a class of
    ``disjoint``. All these but ``section`` hold for special classes, too.
    """

    name: str
    iri: str
    label: str
    comment: str
    parents: tuple[str, ...]
    section: str = ""
    stages: str = _inherited("livesThrough")
    member_stages: str = _inherited("membersLiveThrough")
    outlives_leaving: bool = _inherited("outlivesLeaving", False)
    words_before: str = ""
    words_alive: str = ""
    words_done: str = ""
    binds: bool = _inherited("binds", False)
    announces_plans: bool = _inherited("announcesPlans", False)
    is_forum: bool = _inherited("isForum", False)
    is_pole: bool = _inherited("isPole", False)
    is_unnamed: bool = _inherited("isUnnamed", False)
    on_one_day: bool = _inherited("onOneDay", False)
    disjoint: tuple[str, ...] = _said("owl:disjointWith", ())


@dataclass(frozen=True, slots=True)
class SourceType:
    """A kind of source: the word that a curator writes, the IRI of schema.org's class, and the type
    that the Citation Style Language (CSL) has for it.
    """

    word: str
    iri: str
    label: str
    comment: str
    schema_class: str
    csl_type: str


@dataclass(frozen=True, slots=True)
class IdentifierScheme:
    """The ids of a register of others: by which ``name`` they are written, their form (``pattern``,
    a regular expression) and the IRI of one (``template``, which holds ``{id}``; or nothing).
    """

    name: str
    iri: str
    label: str
    pattern: str
    template: str = ""

    def iri_of(self, value: str) -> str:
        """The IRI that an id of the register stands for; nothing where there is none."""
        return self.template.replace("{id}", quote(value, safe="/:()._-~"))


@dataclass(frozen=True)
class Ontology:
    """All that the ontology files say, with the triples themselves (``quads``) for the graph.

    ``files`` is the file that declares a term, by the term's IRI. ``today`` is the day that the
    data set takes for the present one; left out, it is that of whoever asks.
    """

    base: str
    title: str
    classes: Mapping[str, KgClass] = field(default_factory=dict)
    relations: Mapping[str, Relation] = field(default_factory=dict)
    prefixes: Mapping[str, str] = field(default_factory=dict)
    quads: tuple[ox.Quad, ...] = ()
    stages: Mapping[str, Stage] = field(default_factory=dict)
    families: Mapping[str, Family] = field(default_factory=dict)
    qualifiers: Mapping[str, QualifierKind] = field(default_factory=dict)
    source_types: Mapping[str, SourceType] = field(default_factory=dict)
    reckoning: Reckoning = field(default_factory=Reckoning)
    schemes: Mapping[str, IdentifierScheme] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    today: Day | None = None

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

    @cached_property
    def annotations(self) -> Mapping[str, Mapping[str, str]]:
        """What properties with a text say of terms: the text by the IRIs of property and term."""
        texts: dict[str, dict[str, str]] = {}
        for subject, predicate, object, _ in self.quads:
            if isinstance(object, ox.Literal) and isinstance(subject, ox.NamedNode):
                texts.setdefault(predicate.value, {})[subject.value] = object.value
        return texts

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
        lineage = closure([relation.name], lambda name: self._parents_of_relation(name))
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
        kind = self.classes[name].stages if name in self.classes else ""
        stages = [stage for stage in self.stages.values() if kind and stage.kind == kind]
        return sorted(stages, key=lambda stage: (stage.rank, stage.name))

    def iri(self, kind: str, id: str) -> str:
        """The IRI of a record (``kind`` is one of assertion, article, citation, ...) or, with no
        kind, of a thing.
        """
        return f"{self.base}{kind}/{id}" if kind else f"{self.base}{id}"


def local_name(iri: str) -> str:
    """The part of an IRI behind its last '#' or '/'."""
    return iri.replace("#", "/").rpartition("/")[2]
