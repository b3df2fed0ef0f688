"""The records of a workspace, as frozen values.

A corpus is what was read from ``sources/``: articles, things, assertions, conflicts. Every value
that a curator typed knows its place (``span``). Nothing here reads, checks or computes; statuses
are computed in ``kg.status.status``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from kg.dates import Date, Day
from kg.diagnostics import Span
from kg.model.modes import Basis, Confidence, ConflictKind, Mode, OutcomeKind, Polarity, Rank
from kg.model.references import ASSERTION, Citation, Qualifier, Reference, Text, Withdrawal
from kg.text import preferred_label
from kg.text.wording import Name


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
        """``retracted`` with the day, if that is known; empty where it was not retracted."""
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
    def as_name(self) -> Name:
        """It as a sentence names it."""
        language, label = self.name
        return Name(self.id, label, language, self.plural)

    @property
    def name(self) -> tuple[str, str]:
        """The language of the name that people are shown, and the name."""
        if len(self.labels) == 1:
            return self.labels[0].language, self.labels[0].text
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
        return bool(leavers) and leavers.issuperset(self.speaker_ids)

    @property
    def all_citations(self) -> list[Citation]:
        """What it cites, and what its withdrawals and its outcome do."""
        withdrawal_citations = (
            citation for each in self.withdrawals for citation in each.citations
        )
        return [
            *self.citations,
            *withdrawal_citations,
            *(self.outcome.citations if self.outcome else ()),
        ]

    @property
    def speaker_ids(self) -> list[str]:
        """The ids of those who say so, in their order; none where articles do themselves."""
        return [speaker.id for speaker in self.speakers]

    @property
    def is_actual(self) -> bool:
        """Whether it tells what is so or was done, and not what is only planned or thought."""
        return self.mode is Mode.ACTUAL

    @property
    def is_denial(self) -> bool:
        """Whether it says that something is not so."""
        return self.polarity is Polarity.DENIES

    @property
    def limited_state(self) -> Reference | None:
        """The assertion whose state this one says to have ended or begun, if it says that."""
        return self.ends or self.begins

    @property
    def asserts_triple(self) -> bool:
        """Whether it asserts its triple: it neither denies it nor tells of its end or beginning."""
        return not self.is_denial and self.limited_state is None

    def end(self, name: str) -> str:
        """The id at an end (``subject`` or ``object``), or the text; nothing for no end."""
        return {"subject": self.subject.id, "object": self.object_key}.get(name, "")

    @property
    def object_assertion(self) -> str:
        """The id of the assertion that this one speaks of, if its object is one."""
        object = self.object
        return object.text if isinstance(object, Text) and object.datatype == ASSERTION else ""

    @property
    def tied_things(self) -> list[str]:
        """The ids of the things that it ties: the subject, and the object unless that is a text."""
        ends = (self.subject, self.object)
        return [end.id for end in ends if isinstance(end, Reference)]

    @property
    def mentions(self) -> tuple[Reference, ...]:
        """The things that it names."""
        object = (self.object,) if isinstance(self.object, Reference) else ()
        where = (self.where,) if self.where else ()
        values = [each.value for each in self.qualifiers if isinstance(each.value, Reference)]
        leavers = chain.from_iterable(each.by for each in self.withdrawals)
        named_references = (*object, *where, *self.speakers, *self.via, *self.about)
        return (self.subject, *named_references, *leavers, *values)

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
