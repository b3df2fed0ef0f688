"""The records of a workspace, as frozen values.

A corpus is what was read from ``sources/``: articles, things, assertions, conflicts. Every value
that a curator typed knows its place (``span``). Nothing here reads, checks or computes; statuses
are computed in ``kg.status.status``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import chain
from typing import NamedTuple

from kg.dates import Date, Day
from kg.diagnostics import Span
from kg.locators import Locator
from kg.text import preferred_label


class Mode(StrEnum):
    """The way in which an assertion is meant; only ``actual`` ones can become facts."""

    ACTUAL = "actual"
    PLANNED = "planned"
    EXPECTED = "expected"
    DEMANDED = "demanded"
    THREATENED = "threatened"
    CONDITIONAL = "conditional"
    OPINION = "opinion"
    SUPPOSED = "supposed"


class Polarity(StrEnum):
    """Whether a proposition is asserted or denied."""

    ASSERTS = "asserts"
    DENIES = "denies"


class Basis(StrEnum):
    """The ground of an assertion: an article's words, a curator's inference, or the editors' own
    decision.
    """

    REPORTED = "reported"
    INFERRED = "inferred"
    EDITORIAL = "editorial"


class OutcomeKind(StrEnum):
    """The outcome of a plan, demand or threat."""

    HAPPENED = "happened"
    DID_NOT_HAPPEN = "did-not-happen"
    OPEN = "open"


class Confidence(StrEnum):
    """The curator's own confidence in their reading."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class Rank(StrEnum):
    """How much attention an assertion deserves among others; the status does not depend on it."""

    HIGH = "high"
    NORMAL = "normal"
    LOW = "low"


class ConflictKind(StrEnum):
    """How many of a conflict's rivals can be right."""

    EXACTLY_ONE = "exactly-one"
    SEVERAL = "several"


class Reference(NamedTuple):
    """The id of something, where a curator named it. Where another id stands for the same thing,
    ``id`` is that one and ``written`` the curator's (``kg.status.merging``).
    """

    id: str
    span: Span
    written: str = ""


class Text(NamedTuple):
    """Words that a curator typed; ``language`` is a BCP 47 tag or empty.

    ``datatype`` is empty where they are mere words; else they are a value of it (``xsd:decimal``,
    see ``kg.values``), and ``text`` is the one form in which that is written.
    """

    text: str
    span: Span
    language: str = ""
    datatype: str = ""

    @property
    def key(self) -> str:
        """The text as one that compares: in quotes, with its language or datatype."""
        return (
            f'"{self.text}"^^{self.datatype}' if self.datatype else f'"{self.text}"@{self.language}'
        )


ASSERTION = "assertion"
"""The datatype of a text that is the id of an assertion: what is said of other speech."""


class Qualifier(NamedTuple):
    """What an assertion says beyond its triple: a qualifier of the ontology (``share``) and one
    value of it.
    """

    name: Reference
    value: Reference | Text

    @property
    def key(self) -> tuple[str, str]:
        """The qualifier's name, and its value as one comparable text."""
        value = self.value
        return self.name.id, value.id if isinstance(value, Reference) else value.key


class Citation(NamedTuple):
    """The place where a source says so and, if given, the words' span or the words themselves.

    ``words`` counts characters of the paragraph from 0, half open; ``sha256`` is that of these
    words after normalisation (see ``kg.texts.normal``).
    """

    article: Reference
    locator: Locator
    span: Span
    words: tuple[int, int] | None = None
    sha256: str = ""
    quote: str = ""

    @property
    def paragraph(self) -> int:
        """The paragraph of the source's text (from 1), or 0 where it is cited otherwise."""
        return self.locator.paragraph


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name of a thing and, if given, the paragraphs that use it so and the time when it
    was the name.
    """

    name: Text
    citations: tuple[Citation, ...] = ()
    when: Date | None = None


class Identifier(NamedTuple):
    """What a register of others calls a thing: the register's scheme (``wikidata``), and the id
    there (``Q17``).
    """

    scheme: str
    value: str
    span: Span

    def __str__(self) -> str:
        return f"{self.scheme}:{self.value}"


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """That speakers (``by``; none: all of them) took a statement back, or a source was retracted:
    when, and where this is reported.
    """

    when: Date | None
    citations: tuple[Citation, ...]
    span: Span
    by: tuple[Reference, ...] = ()


class Archive(NamedTuple):
    """An archived copy of a source: its address, and when it was made."""

    url: str
    when: Date | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """One published or archived source. ``originators`` wrote it, ``publishers`` show it; sources
    are counted by originator.

    ``type`` names a kind of source of the ontology by its word. ``paragraphs`` and ``text_sha256``
    tell of the text whose paragraphs are cited, if any are; under its ``licence`` everybody may be
    shown that text, without one nobody is. ``version_of`` names the earlier state of one text.
    Where a later state is retracted, so is an earlier one.
    """

    id: str
    span: Span
    title: Text
    publishers: tuple[Reference, ...]
    originators: tuple[Reference, ...]
    published: Date | None = None
    paragraphs: int = 0
    text_sha256: str = ""
    type: Reference | None = None
    author: str = ""
    url: str = ""
    doi: str = ""
    published_basis: str = ""
    archived: Archive | None = None
    accessed: Date | None = None
    version_of: Reference | None = None
    retracted: Withdrawal | None = None
    licence: str = ""
    note: str = ""

    @property
    def known_from(self) -> Day | None:
        """The day by which it was published, if that is known."""
        return self.published.end_latest if self.published else None

    @property
    def type_word(self) -> str:
        """The kind of source; ``article`` where none is written."""
        return self.type.id if self.type else "article"

    @property
    def retracted_text(self) -> str:
        """That it was retracted and when, or nothing."""
        if self.retracted is None:
            return ""
        return f"retracted {self.retracted.when.text}" if self.retracted.when else "retracted"

    @property
    def published_text(self) -> str:
        """When it was published, as written, or that this is not known."""
        return self.published.text if self.published else "undated"


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing of any kind; ``type`` names a class of the ontology, ``section``
    where it was listed; ``plural`` says that its English name is one, ``short`` is what pictures
    call it, if that is another name. ``ids`` are those that other
    registers give it, ``also`` the other ones that it has here, in a merged corpus.
    """

    id: str
    span: Span
    section: str
    type: Reference
    labels: tuple[Text, ...]
    aliases: tuple[Alias, ...] = ()
    acts_for: Reference | None = None
    note: str = ""
    plural: bool = False
    ids: tuple[Identifier, ...] = ()
    also: tuple[str, ...] = ()
    short: str = ""

    @property
    def acts_for_id(self) -> str:
        """The id of the one it acts for, or nothing."""
        return self.acts_for.id if self.acts_for else ""

    @property
    def label(self) -> str:
        """The name that people are shown: English first, then no language, then any."""
        return self.name[1]

    @property
    def name(self) -> tuple[str, str]:
        """The language of the name that people are shown, and the name."""
        return preferred_label((label.language, label.text) for label in self.labels)


class Outcome(NamedTuple):
    """The outcome of something not actual, the assertion that realises it where one does, and where
    articles report the outcome.
    """

    kind: OutcomeKind
    realised_by: Reference | None = None
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Assertion:
    """One subject-predicate-object with when, where, who says so, polarity, mode and citations.

    A denial has the triple of what it denies; a negative statement has its own, and ``denies``
    nothing. What says that a state ended or began (``ends``, ``begins``) has the triple of the
    state. ``object`` is a thing, or a text where the ontology says so; ``qualifiers`` are in order
    of their names. ``rule`` is empty, but for conclusions that kg draws itself
    (``kg.status.inference``).
    """

    id: str
    span: Span
    subject: Reference
    predicate: Reference
    object: Reference | Text
    citations: tuple[Citation, ...]
    polarity: Polarity = Polarity.ASSERTS
    mode: Mode = Mode.ACTUAL
    when: Date | None = None
    when_span: Span | None = None
    where: Reference | None = None
    qualifiers: tuple[Qualifier, ...] = ()
    speakers: tuple[Reference, ...] = ()
    via: tuple[Reference, ...] = ()
    about: tuple[Reference, ...] = ()
    said: Date | None = None
    denies: Reference | None = None
    condition: str = ""
    outcome: Outcome | None = None
    withdrawals: tuple[Withdrawal, ...] = ()
    supersedes: tuple[Reference, ...] = ()
    ends: Reference | None = None
    begins: Reference | None = None
    retroactive: bool = False
    confidence: Confidence | None = None
    rank: Rank = Rank.NORMAL
    basis: Basis = Basis.REPORTED
    follows_from: tuple[Reference, ...] = ()
    note: str = ""
    rule: str = ""
    has_own_id: bool = True

    @property
    def triple(self) -> tuple[str, str, str]:
        """Subject, predicate and object as it is written."""
        return self.subject.id, self.predicate.id, self.object_key

    @property
    def withdrawn(self) -> bool:
        """Whether all who said it took it back."""
        return self.is_withdrawn_by(self.withdrawals)

    def is_withdrawn_by(self, withdrawals: Iterable[Withdrawal]) -> bool:
        """Tell whether some withdrawals are by all who said it."""
        leavers: set[str] = set()
        for each in withdrawals:
            leavers.update(speaker.id for speaker in each.by or self.speakers)
        return bool(leavers) and leavers.issuperset(each.id for each in self.speakers)

    @property
    def limited_state(self) -> Reference | None:
        """The assertion whose state this one says to have ended or begun, if it says that."""
        return self.ends or self.begins

    @property
    def asserts_triple(self) -> bool:
        """Whether it asserts its triple: it neither denies it nor tells of its end or beginning."""
        return self.polarity is Polarity.ASSERTS and self.limited_state is None

    def end(self, name: str) -> str:
        """The id at an end (``subject`` or ``object``), or the text; nothing for no end."""
        return {"subject": self.subject.id, "object": self.object_key}.get(name, "")

    @property
    def object_assertion(self) -> str:
        """The id of the assertion that this one speaks of, if its object is one."""
        object = self.object
        return object.text if isinstance(object, Text) and object.datatype == ASSERTION else ""

    @property
    def mentions(self) -> tuple[Reference, ...]:
        """The things that it names."""
        object = (self.object,) if isinstance(self.object, Reference) else ()
        where = (self.where,) if self.where else ()
        values = [each.value for each in self.qualifiers if isinstance(each.value, Reference)]
        leavers = chain.from_iterable(each.by for each in self.withdrawals)
        named = (*object, *where, *self.speakers, *self.via, *self.about)
        return (self.subject, *named, *leavers, *values)

    @property
    def written_ids(self) -> tuple[str, ...]:
        """The ids with which a curator wrote it, of things that are known by others, in order."""
        return tuple(sorted({each.written for each in self.mentions if each.written}))

    @property
    def object_key(self) -> str:
        """The object as one comparable text: a thing's id, or the literal in quotes with its
        language or datatype.
        """
        object = self.object

        return object.id if isinstance(object, Reference) else object.key


@dataclass(frozen=True, slots=True)
class Conflict:
    """A question to which several assertions are rival answers.

    ``about`` says in what they differ: ``statement``, ``subject``, ``object``, ``when``, ``where``
    or a qualifier's name; left out, it is what they differ in.
    """

    id: str
    span: Span
    question: Text
    kind: ConflictKind
    between: tuple[Reference, ...]
    about: Reference | None = None

    @property
    def aspect(self) -> str:
        """In what its answers differ, where it says so."""
        return self.about.id if self.about else ""


RECORD_KINDS = ("thing", "article", "assertion", "conflict")
"""What can have a page of its own."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """All that a workspace's sources say, in reading order (by file name, then by line).

    Where ids that stand for one thing are merged (``kg.status.merging``), ``main_ids`` gives for
    each of them the one that ``things`` has, and ``also`` holds the things of the others as they
    are written.
    """

    articles: Mapping[str, Article] = field(default_factory=dict)
    things: Mapping[str, Thing] = field(default_factory=dict)
    assertions: Mapping[str, Assertion] = field(default_factory=dict)
    conflicts: Mapping[str, Conflict] = field(default_factory=dict)
    main_ids: Mapping[str, str] = field(default_factory=dict)
    also: Mapping[str, Thing] = field(default_factory=dict)
    ground_ids: dict[str, tuple[str, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    """What assertions rest on, by their ids, as far as it was found (``kg.status.support``)."""
    _citations: list[tuple[Citation, ...]] = field(
        default_factory=list, init=False, repr=False, compare=False
    )

    @property
    def records(self) -> Mapping[str, Collection[str]]:
        """The ids of all that can be cited by an address, by kind (of ``RECORD_KINDS``)."""
        tables = (self.things, self.articles, self.assertions, self.conflicts)
        return dict(zip(RECORD_KINDS, tables, strict=True))

    def main_id(self, id: str) -> str:
        """The id by which the thing that has this one is known here."""
        return self.main_ids.get(id, id)

    def thing(self, id: str) -> Thing:
        """The thing that has an id or, where another stands for it, what is written under it.
        Raises KeyError where there is none.
        """
        return self.also[id] if id in self.also else self.things[id]

    def principal(self, id: str) -> list[str]:
        """The id of the one that a thing acts for; none where it acts for itself."""
        thing = self.things.get(id)
        return [thing.acts_for.id] if thing and thing.acts_for else []

    @property
    def actors(self) -> Mapping[str, Thing]:
        """The things that can act and speak."""
        return {id: thing for id, thing in self.things.items() if thing.section == "actors"}

    def citations(self) -> tuple[Citation, ...]:
        """Every citation of every assertion, withdrawal, outcome, alias and retraction, in reading
        order.
        """
        if self._citations:
            return self._citations[0]
        citations: list[Citation] = []
        for assertion in self.assertions.values():
            citations += assertion.citations
            citations += chain.from_iterable(each.citations for each in assertion.withdrawals)
            citations += assertion.outcome.citations if assertion.outcome else ()
        for alias in chain.from_iterable(thing.aliases for thing in self.things.values()):
            citations += alias.citations
        for article in self.articles.values():
            citations += article.retracted.citations if article.retracted else ()
        self._citations.append(tuple(sorted(citations, key=lambda citation: citation.span)))
        return self._citations[0]
