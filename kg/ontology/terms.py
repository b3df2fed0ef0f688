"""The kinds of terms that an ontology declares: classes, relations, families, stages, qualifiers,
kinds of sources and registers.

What kg does with a term is said by its annotations (docs/reference.md).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from typing import Any, NamedTuple
from urllib.parse import quote

from kg.ontology.namespaces import full_iri


class Annotation(NamedTuple):
    """The property that gives a field of a term, and whether more special terms inherit it."""

    property: str
    is_inherited: bool


def _annotation_field(
    property: str, default: str | bool | tuple[str, ...] = "", *, is_inherited: bool = False
) -> Any:
    """A field that a term gives by an annotation (the local name or names of its values, or whether
    it is true), which ``kg.ontology.reader`` looks up.
    """
    annotation = Annotation(full_iri(property), is_inherited)
    return field(default=default, metadata={"annotation": annotation})


_inherited = partial(_annotation_field, is_inherited=True)
"""The same of a field that a more general term may give."""


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
    enters_status: str = _annotation_field("entersStatus")
    party_enters: str = _annotation_field("partyEnters")


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
    parents: tuple[str, ...] = _annotation_field("rdfs:subPropertyOf", ())
    inverse: str = _annotation_field("owl:inverseOf")
    is_text: bool = False
    datatypes: tuple[str, ...] = ()
    functional: bool = False
    inverse_functional: bool = False
    symmetric: bool = False
    is_state: bool = False
    family: str = _annotation_field("family")
    worded_with: tuple[str, ...] = ()
    # Rivals
    happens_once: bool = _inherited("happensOnce", False)
    happens_once_with: tuple[str, ...] = _inherited("happensOnceWith", ())
    places_within: bool = _inherited("placeWithin", False)
    # Speech about speech
    takes_assertions: bool = False
    is_speech: bool = _annotation_field("isSpeech", False)
    disowns: bool = _annotation_field("disownsObject", False)
    # The lives of things
    enters_status: str = _inherited("entersStatus")
    joining: bool = _inherited("isJoining", False)
    moves: str = _inherited("moves")
    party_enters: str = _inherited("partyEnters")
    dispute_enters: str = _inherited("disputeEnters")
    names_stage: bool = False
    takes_back: bool = _annotation_field("takesBackQualifiers", False)
    shows_alive: str = _inherited("showsAlive")
    dates_event: str = _annotation_field("datesEvent")
    ends_relations: tuple[str, ...] = _inherited("endsRelation", ())
    subject_may_leave: tuple[str, ...] = _inherited("subjectMayLeave", ())
    object_may_leave: tuple[str, ...] = _inherited("objectMayLeave", ())
    # What follows
    official: bool = _annotation_field("officialAct", False)
    counterparts: str = _annotation_field("makesCounterparts")
    judges_identity: str = _annotation_field("judgesIdentity")
    # Sides, and how things hang together
    sign: int = 0
    ties_only: str = _inherited("tiesOnly")
    brings_to_side: bool = _inherited("bringsToSide", False)
    brings_home: bool = _inherited("bringsHome", False)
    makes_side: bool = _annotation_field("makesSide", False)
    is_attendance: bool = _annotation_field("isAttendance", False)
    names_topic: bool = _annotation_field("namesTopic", False)
    names_whole: bool = _annotation_field("namesWhole", False)
    wider_end: str = _annotation_field("widerEnd")
    earlier_end: str = _annotation_field("earlierEnd")
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
    gives_accounts: bool = _annotation_field("givesAccounts", False)
    shows_stand: bool = _annotation_field("showsStand", False)
    dates_events: bool = _annotation_field("datesEvents", False)


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
    is_final: bool = _annotation_field("isFinal", False)
    by_date: bool = _annotation_field("isEnteredByDate", False)
    by_end: bool = _annotation_field("isEnteredByEnd", False)
    is_reversal: bool = _annotation_field("isReversal", False)
    from_the_start: bool = _annotation_field("isFromTheStart", False)
    ripens_into: str = _annotation_field("ripensInto")

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
    disjoint: tuple[str, ...] = _annotation_field("owl:disjointWith", ())


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
