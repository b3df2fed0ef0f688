"""What an assertion says, as a sentence: who says what and how, with the names of its things."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from kg.dates import Date
from kg.dates.words import readable
from kg.model import Assertion
from kg.model.grouping import group_pairs
from kg.model.modes import Mode
from kg.model.references import Reference, Text
from kg.ontology.terms import QualifierKind, Relation
from kg.status.editions import is_retracted, originators
from kg.status.judgement import Judgement
from kg.status.propositions import is_state, time_of
from kg.status.scope import WHEN, WHERE
from kg.status.status import Standing, Status, affirms_triple
from kg.text.wording import (
    Name,
    Predicate,
    SentencePart,
    Words,
    inflect_verb,
    limit_verb,
    negate_claim,
    negative_verb,
    predicate_words,
    said_that,
    spoken_claim,
    text,
    without_capital,
    without_class,
    wording,
)


@dataclass(frozen=True)
class Sentence:
    """An assertion as a lens shows it, in words.

    ``assertion`` has its links cut where they lead to what is not there. Its date is that which the
    lens knows: with the end that others report. ``kinds`` are the ontology's qualifiers, ``others``
    all that the lens knows, by id. All else is worked out when it is first asked for.
    """

    assertion: Assertion
    relation: Relation
    standing: Standing
    judgement: Judgement = field(repr=False, compare=False)
    kinds: Mapping[str, QualifierKind] = field(repr=False, compare=False)
    others: Mapping[str, Sentence] = field(repr=False, compare=False)

    @property
    def id(self) -> str:
        """The assertion's id."""
        return self.assertion.id

    @property
    def status(self) -> Status:
        """Its status."""
        return self.standing.status

    @property
    def is_affirmed(self) -> bool:
        """Whether it is accepted and asserts something: only then it stands as a direct triple."""
        return affirms_triple(self.assertion, self.standing)

    @property
    def is_state(self) -> bool:
        """Whether what it says lasts: it is of a state, and not of its end or beginning."""
        return is_state(self.assertion, self.relation)

    @property
    def is_negative(self) -> bool:
        """Whether it tells that something is not so, by itself or accepted as such, and is no
        denial of somebody's word.
        """
        a = self.assertion
        is_accepted = self.status is Status.ACCEPTED and not a.speakers
        return a.is_denial and (is_accepted or a.denies is None)

    @property
    def is_gone(self) -> bool:
        """Whether it was withdrawn or replaced."""
        return self.status in (Status.WITHDRAWN, Status.SUPERSEDED)

    @property
    def is_retracted(self) -> bool:
        """Whether it is gone because every source of it was retracted."""
        is_withdrawn = self.status is Status.WITHDRAWN
        return is_withdrawn and is_retracted(self.assertion, self.judgement.corpus)

    @cached_property
    def time(self) -> Date | None:
        """When it says that it was; a denial without a date has that of what it denies."""
        return time_of(self.assertion, self.judgement.corpus)

    @property
    def limited_state(self) -> str:
        """The id of the state that it says to have ended or begun; nothing where it says no such
        thing, or the lens does not know the state.
        """
        state = self.assertion.limited_state
        return state.id if state and state.id in self.judgement.corpus.assertions else ""

    def _name(self, reference: Reference) -> Name:
        return self.judgement.corpus.thing(reference.id).as_name

    def _names(self, references: Iterable[Reference]) -> tuple[Name, ...]:
        ids = sorted({reference.id for reference in references})
        return tuple(self.judgement.corpus.thing(id).as_name for id in ids)

    @cached_property
    def subject(self) -> Name:
        """The subject."""
        return self._name(self.assertion.subject)

    @cached_property
    def object(self) -> Name:
        """The object; a text has no id."""
        if self.assertion.object_assertion:
            return Name("", text(self._spoken_of))
        name = self._value(self.assertion.object)
        is_stage = self.relation.names_stage and not name.id
        return replace(name, label=name.label.replace("-", " ")) if is_stage else name

    @cached_property
    def speakers(self) -> tuple[Name, ...]:
        """Who says so, in order of ids; nobody where articles do in their own voice."""
        return self._names(self.assertion.speakers)

    @cached_property
    def holders(self) -> tuple[Name, ...]:
        """Who says so, in whatever way it is meant: who supposes something is, without a speaker,
        who wrote the articles.
        """
        if self.assertion.mode is Mode.SUPPOSED and not self.speakers:
            return self._names(originators(self.assertion, self.judgement.corpus))
        return self.speakers

    @cached_property
    def via(self) -> tuple[Name, ...]:
        """Through whom it was said."""
        return self._names(self.assertion.via)

    @cached_property
    def about(self) -> tuple[Name, ...]:
        """What its words speak of."""
        return self._names(self.assertion.about)

    @cached_property
    def where(self) -> tuple[Name, ...]:
        """The place, if one is named."""
        return self._names([self.assertion.where] if self.assertion.where else [])

    def _value(self, value: Reference | Text) -> Name:
        if isinstance(value, Text):
            return Name("", value.text, value.language)
        return self._name(value)

    @cached_property
    def qualifiers(self) -> dict[str, list[Name]]:
        """The values of its qualifiers, by the qualifier's name; a text has no id."""
        own = self.assertion.qualifiers
        return group_pairs((name.id, self._value(value)) for name, value in own)

    @property
    def values(self) -> dict[str, list[str]]:
        """The values of its qualifiers for programs: ids of things, and texts."""
        pairs = ((name.id, self._value(value)) for name, value in self.assertion.qualifiers)
        return group_pairs((name, value.id or value.label) for name, value in pairs)

    @property
    def qualified(self) -> str:
        """Its qualifiers in a line: ``share 60 %; role acting, as guest``."""
        parts = []
        for name, values in self.qualifiers.items():
            parts.append(f"{name} {', '.join(value.label for value in values)}")
        return "; ".join(parts)

    @cached_property
    def predicate(self) -> Predicate:
        """The relation in words, with all that qualifies it."""
        parts = [SentencePart(name, *self._worded(name)) for name in self.qualifiers]
        ends = (self.subject.id, self.object.id)
        if self.where and self.where[0].id not in ends:
            parts.append(SentencePart("where", "in {value}", self.where))
        return predicate_words(self.relation.label, self.relation.worded_with, parts)

    def _worded(self, name: str) -> tuple[str, tuple[Name, ...]]:
        """A qualifier's label and values; what is true or false has its label only."""
        label, values = self.kinds[name].label, self.qualifiers[name]
        if "{value}" in label:
            return label, tuple(map(_as_read, values))
        return (label if values[0].label == "true" else f"not {label}"), ()

    @cached_property
    def claim(self) -> Words:
        """What it says, whoever does: subject, relation and object, with its qualifiers."""
        _, before, after = self.predicate
        between = (*before, " ") if before else ()
        object = self._spoken_of if self.assertion.object_assertion else self._claimed_object
        subject = self._as_claimed(self.assertion.subject, self.subject)
        return (*subject, f" {self.verb} ", *between, *object, *after)

    @property
    def _claimed_object(self) -> Words:
        value = self.assertion.object
        if isinstance(value, Text):
            return (_as_read(self.object),)
        return self._as_claimed(value, self.object)

    def _as_claimed(self, reference: Reference, name: Name) -> Words:
        """A thing as who speaks named it: that it is known by another name, too, is not their
        word. ``the Broker (Ada Lunn)``.
        """
        if not reference.written or not self.assertion.speakers:
            return (name,)
        label = self.judgement.corpus.thing(reference.written).label
        return (name,) if label == name.label else (f"{label} (", name, ")")

    @property
    def verb(self) -> str:
        """The relation in words that agree with the subject: that it ended, where it says that."""
        a, label, plural = self.assertion, self._plain_verb, self.subject.plural
        if not a.limited_state:
            return inflect_verb(label, plural)
        return limit_verb(label, plural, a.ends is not None, a.is_actual)

    @property
    def _plain_verb(self) -> str:
        return without_class(self.predicate.verb, self.relation.range)

    @property
    def core(self) -> str:
        """What it says without its date, place and qualifiers, as plain text."""
        if self.assertion.limited_state:
            return text(self.claim)
        verb = without_class(self.relation.label, self.relation.range)
        return f"{self.subject.label} {inflect_verb(verb, self.subject.plural)} {self.object.label}"

    def detail(self, aspect: str) -> str:
        """What it gives as its date (``when``), its place (``where``) or a qualifier, as text."""
        if aspect == WHEN:
            return readable(self.time) if self.time else ""
        names = self.where if aspect == WHERE else self.qualifiers.get(aspect, ())
        return ", ".join(name.label for name in names)

    @property
    def label(self) -> str:
        """The relation with its qualifiers, as a line between subject and object has it; what is
        not so has its negative.
        """
        verb, before, after = self.predicate
        if self.is_negative:
            verb = negative_verb(verb, self.subject.plural) or f"not: {verb}"
        words = f"{verb} {text(before)}".strip()
        return f"{words} …{text(after)}" if after else words

    @property
    def _spoken_of(self) -> Words:
        """The assertion that it speaks of, in words: ``that Alpha signs the pact``, ``what Beta
        says: that Alpha signs the pact``. Who denies having said it is named already.
        """
        other = self.others[self.assertion.object_assertion]
        is_told_whole = not other.speakers or other.is_gone
        a, claim = other.assertion, other.claim
        if is_told_whole and not self.relation.disowns:
            is_demand = a.mode is Mode.DEMANDED and not a.is_denial
            if is_demand and not other.is_gone:
                return ("the demand that ", *claim)
            return ("that ", *without_capital(other.words))
        if a.is_denial:
            claim = negate_claim(claim, other._plain_verb, other.subject.plural)
        if self.relation.disowns:
            return said_that(claim, a.mode, a.condition)
        return spoken_claim(claim, other.speakers, a.mode, a.condition)

    @cached_property
    def words(self) -> Words:
        """The sentence, in which names are still known as names."""
        a, claim, polarity = self.assertion, self.claim, self.assertion.polarity.value
        if self.is_negative:
            claim = negate_claim(claim, self._plain_verb, self.subject.plural)
            polarity = "negative"
        if self.is_retracted:
            words = wording(claim, self.holders, a.mode, polarity, "", a.condition)
            return ("It was reported, in what was retracted since, that ", *without_capital(words))
        return wording(claim, self.holders, a.mode, polarity, self.status, a.condition)

    @property
    def sentence(self) -> str:
        """The sentence as plain text: who says what and how."""
        return text(self.words)


def _as_read(name: Name) -> Name:
    """A value as people read it: UCUM writes units of its own in braces, ``400 {guilders}``."""
    if name.id or not _UNIT_IN_BRACES.search(name.label):
        return name
    return replace(name, label=_UNIT_IN_BRACES.sub(r" \1", name.label))


_UNIT_IN_BRACES = re.compile(r"(?<=[\da-z]) \{([^{}]+)\}$")
