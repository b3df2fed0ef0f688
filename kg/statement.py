"""Statements: each assertion as a lens shows it, once, for everything that speaks of it.

A statement joins what a curator wrote with where it stands, what supports it and how it reads in
words. Cards, rows, ties, lines, reports and exports take what they need from it; nothing else
judges an assertion or puts it into words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, NamedTuple

from kg.dates import Date, Day
from kg.dates.words import readable
from kg.locators import Locator, enumerate_places, in_order
from kg.model import Assertion, Citation, Mode, Polarity, Reference, Text
from kg.ontology import Ontology, QualifierKind, Relation
from kg.status.certainty import Certainty, bounded_time, claimed_ends
from kg.status.editions import is_retracted, originators, still_standing, unconfirmed_in
from kg.status.judgement import Judgement
from kg.status.propositions import time_of
from kg.status.reasons import Mention, Mentioned, Reason
from kg.status.rivals import WHOLE
from kg.status.scope import WHEN, WHERE
from kg.status.status import Status
from kg.status.support import (
    independent_sources,
    known_from,
    last_report,
    supporting_citations,
)
from kg.text import join_and, join_or
from kg.wording import (
    Name,
    Part,
    Predicate,
    Words,
    agreeing,
    began,
    ended,
    negation,
    negative_verb,
    predicate,
    spoken,
    text,
    uncapitalised,
    wording,
)


class Place(NamedTuple):
    """Where a citation leads: an article's id, the place in it, and how many citations lead
    there.
    """

    article: str
    locator: Locator
    times: int = 1

    @property
    def record(self) -> dict[str, Any]:
        """The place for programs: the paragraph is a number, another place is in words."""
        return {"article": self.article, "paragraph": self.locator.value, "times": self.times}


@dataclass(frozen=True)
class Statement:
    """One assertion under a lens.

    ``assertion`` is as the lens shows it, its links cut where they lead to what is not there.
    Its date is that which the lens knows: with the end that others report.
    ``status``, ``why`` (its reason) and ``rivals`` (the ids of all live assertions against it) are
    where it stands, and ``contests`` says in which aspects, each with its rivals; ``against`` are
    those rivals that the lens shows. ``limits`` are the ids of what says that its state ended or
    began, as far as the lens shows it. ``certainty`` says how surely it holds on the lens's day, if
    it has one. ``kinds`` are the ontology's qualifiers. All else is worked out when it is first
    asked for.
    """

    assertion: Assertion
    relation: Relation
    status: Status
    why: Reason
    rivals: tuple[str, ...]
    against: tuple[str, ...]
    limits: tuple[str, ...]
    certainty: Certainty | None
    judgement: Judgement = field(repr=False, compare=False)
    kinds: Mapping[str, QualifierKind] = field(repr=False, compare=False, default_factory=dict)
    contests: tuple[tuple[str, tuple[str, ...]], ...] = ()
    others: Mapping[str, Statement] = field(repr=False, compare=False, default_factory=dict)

    @property
    def id(self) -> str:
        """The assertion's id."""
        return self.assertion.id

    @property
    def reason(self) -> str:
        """Why it has its status, as plain text: things and sources by their names."""
        return self.why.worded(self._mentioned)

    def _mentioned(self, mention: Mention) -> str:
        """What a reason mentions as people are told it; an assertion by its id."""
        if mention.kind is Mentioned.THING:
            return self.judgement.corpus.thing(mention.id).label
        if mention.kind is Mentioned.SOURCE:
            source = self.judgement.corpus.articles[mention.id]
            return f"'{source.title.text}' ({source.published_text})"
        return mention.id

    @property
    def reason_parts(self) -> tuple[str | Mention, ...]:
        """Why it has its status, in words and the ids of assertions and things."""
        return tuple(
            self._mentioned(part)
            if isinstance(part, Mention) and part.kind is Mentioned.SOURCE
            else part
            for part in self.why.parts
        )

    @property
    def is_affirmed(self) -> bool:
        """Whether it is accepted and asserts something: only then it stands as a direct triple."""
        return self.status is Status.ACCEPTED and self.assertion.asserts_triple

    @property
    def is_state(self) -> bool:
        """Whether what it says lasts: it is of a state, and not of its end or beginning."""
        return self.relation.is_state and self.assertion.limited_state is None

    @property
    def contested_details(self) -> tuple[str, ...]:
        """The details in which others say otherwise while the rest is agreed: ``when``, ``where``,
        names of qualifiers.
        """
        return tuple(aspect for aspect, _ in self.contests if aspect not in WHOLE)

    def rivals_in(self, aspect: str) -> tuple[str, ...]:
        """The ids of the live assertions that say otherwise in one aspect."""
        return dict(self.contests).get(aspect, ())

    @property
    def is_negative(self) -> bool:
        """Whether it tells that something is not so, by itself or accepted as such, and is no
        denial of somebody's word.
        """
        denies = self.assertion.polarity is Polarity.DENIES
        is_accepted = self.status is Status.ACCEPTED and not self.assertion.speakers
        return denies and (is_accepted or self.assertion.denies is None)

    @property
    def narrower_scope(self) -> str:
        """The place and qualifiers of a denial, where something that it stands against gives
        others or none: ``in Varn, amount 5 EUR``.
        """
        if self.assertion.polarity is not Polarity.DENIES:
            return ""
        own = self.where, self.qualified
        others = [self.others[id] for id in self.rivals]
        if all((other.where, other.qualified) == own for other in others):
            return ""
        place = f"in {join_and([name.label for name in self.where])}" if self.where else ""
        return ", ".join(part for part in (place, self.qualified) if part)

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

    @property
    def holds(self) -> str:
        """How surely it holds on the lens's day, in words; nothing where the lens has no day."""
        if self.certainty is Certainty.AS_FAR_AS_KNOWN:
            return f"{self.certainty.words}, last reported {self.last_report}"
        if self.certainty is Certainty.POSSIBLY and self.claimed_end:
            return f"{self.certainty.words}: {self.claimed_end}"
        return self.certainty.words if self.certainty else ""

    @property
    def claimed_end(self) -> str:
        """On which days speakers say that its state ended, and who, where that is not accepted:
        ``said to have ended: 2010-05-01 (Alpha) or 2010-06-01 (Beta)``.
        """
        days = []
        for each in claimed_ends(self.assertion, self.judgement):
            limit = self.others[each.id]
            speakers = join_and([name.label for name in limit.speakers])
            days.append(f"{limit.time.text} ({speakers})" if limit.time else speakers)
        return f"said to have ended: {join_or(days)}" if days else ""

    @cached_property
    def bounds(self) -> Date | None:
        """The days between which it began and ended: of a deed, none after its first report."""
        return bounded_time(self.assertion, self.judgement, self.relation)

    # Names and words

    def _name(self, reference: Reference) -> Name:
        thing = self.judgement.corpus.thing(reference.id)
        language, label = thing.name
        return Name(thing.id, label, language, thing.plural)

    def _names(self, references: Iterable[Reference]) -> tuple[Name, ...]:
        unique = {reference.id: reference for reference in references}
        return tuple(self._name(unique[id]) for id in sorted(unique))

    @cached_property
    def subject(self) -> Name:
        """The subject."""
        return self._name(self.assertion.subject)

    @cached_property
    def object(self) -> Name:
        """The object; a text has no id."""
        value = self.assertion.object
        if not isinstance(value, Text):
            return self._name(value)
        if self.assertion.object_assertion:
            return Name("", text(self._spoken_of))
        words = value.text.replace("-", " ") if self.relation.names_stage else value.text
        return Name("", words, value.language)

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
        return (
            Name("", value.text, value.language) if isinstance(value, Text) else self._name(value)
        )

    @cached_property
    def qualifiers(self) -> dict[str, tuple[Name, ...]]:
        """The values of its qualifiers, by the qualifier's name; a text has no id."""
        values: dict[str, tuple[Name, ...]] = {}
        for name, value in self.assertion.qualifiers:
            values[name.id] = (*values.get(name.id, ()), self._value(value))
        return values

    @property
    def values(self) -> dict[str, list[str]]:
        """The values of its qualifiers for programs: ids of things, and texts."""
        values: dict[str, list[str]] = {name: [] for name in self.qualifiers}
        for name, names in self.qualifiers.items():
            values[name] += [each.id or each.label for each in names]
        return values

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
        parts = [Part(name, *self._worded(name)) for name in self.qualifiers]
        ends = (self.subject.id, self.object.id)
        if self.where and self.where[0].id not in ends:
            parts.append(Part("where", "in {value}", self.where))
        return predicate(self.relation.label, self.relation.worded_with, parts)

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
        written = self.judgement.corpus.thing(reference.written).label
        return (name,) if written == name.label else (f"{written} (", name, ")")

    @property
    def verb(self) -> str:
        """The relation in words that agree with the subject: that it ended, where it says that."""
        a, label, plural = self.assertion, self.predicate[0], self.subject.plural
        if not a.limited_state:
            return agreeing(label, plural)
        limit = ended if a.ends else began
        return limit(label, plural, a.mode is Mode.ACTUAL)

    @property
    def core(self) -> str:
        """What it says without its date, place and qualifiers, as plain text."""
        if self.assertion.limited_state:
            return text(self.claim)
        verb = agreeing(self.relation.label, self.subject.plural)
        return f"{self.subject.label} {verb} {self.object.label}"

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
        if self.relation.disowns:
            return ("that ", *other.claim)
        if not other.speakers or other.is_gone:
            return ("that ", *uncapitalised(other.words))
        a, claim = other.assertion, other.claim
        if a.polarity is Polarity.DENIES:
            claim = negation(claim, other.predicate.verb, other.subject.plural)
        return spoken(claim, other.speakers, a.mode, a.condition)

    @cached_property
    def words(self) -> Words:
        """The sentence, in which names are still known as names."""
        a, claim, polarity = self.assertion, self.claim, self.assertion.polarity.value
        if self.is_negative:
            claim = negation(claim, self.predicate.verb, self.subject.plural)
            polarity = "negative"
        if self.is_retracted:
            words = wording(claim, self.holders, a.mode, polarity, "", a.condition)
            return ("It was reported, in what was retracted since, that ", *uncapitalised(words))
        return wording(claim, self.holders, a.mode, polarity, self.status, a.condition)

    @property
    def sentence(self) -> str:
        """The sentence as plain text: who says what and how."""
        return text(self.words)

    # Citations and sources

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """Where articles say so, by article and paragraph."""
        return places(self.assertion.citations)

    @cached_property
    def withdrawal_places(self) -> tuple[Place, ...]:
        """Where articles report that it was taken back."""
        withdrawals = self.assertion.withdrawals
        return places(citation for each in withdrawals for citation in each.citations)

    @cached_property
    def support(self) -> tuple[Citation, ...]:
        """Its citations or, where it has none, those of all that it follows from."""
        return supporting_citations(self.assertion, self.judgement.corpus)

    @cached_property
    def sources(self) -> int:
        """How many independent sources report it; copies of one text are one."""
        return independent_sources(self.assertion, self.judgement)

    @cached_property
    def articles(self) -> tuple[str, ...]:
        """The ids of the articles that are cited for it and were not retracted, in order."""
        citations = still_standing(self.assertion.citations, self.judgement.corpus)
        return tuple(sorted({citation.article.id for citation in citations}))

    @cached_property
    def unconfirmed_in(self) -> tuple[str, ...]:
        """The later states, by id, of its only source that it is not cited from."""
        judgement = self.judgement
        return unconfirmed_in(self.assertion, judgement.corpus, judgement.later_states)

    @cached_property
    def originators(self) -> tuple[str, ...]:
        """The names of those who wrote these articles, in order."""
        corpus = self.judgement.corpus
        articles = (corpus.articles[id] for id in self.articles)
        ids = {originator.id for article in articles for originator in article.originators}
        return tuple(sorted({corpus.things[id].label for id in ids}))

    @cached_property
    def known_from(self) -> Day | None:
        """The day on which it was first reported; a conclusion's, once all its grounds were."""
        return known_from(self.assertion, self.judgement.corpus)

    @cached_property
    def last_report(self) -> Day | None:
        """The day of the last article that tells it anew."""
        return last_report(self.assertion, self.judgement, self.is_state)

    @property
    def locators(self) -> dict[str, list[Locator]]:
        """The places that are cited for it, by article, both in order: none of retracted articles
        where there are others.
        """
        standing = still_standing(self.assertion.citations, self.judgement.corpus)
        return locators(standing or self.assertion.citations)

    @property
    def cited(self) -> str:
        """Where it stands, in a line: each article with its places, or what it follows from."""
        values = citation_values(self.locators)
        cited = [f"{id}: {', '.join(map(str, each))}" for id, each in values.items()]
        grounds = ", ".join(ground.id for ground in self.assertion.follows_from)
        return "; ".join(cited) or (f"follows from {grounds}" if grounds else NO_ARTICLE)

    @property
    def record(self) -> dict[str, Any]:
        """The statement for programs, in short."""
        a = self.assertion
        return {
            "assertion": self.id,
            "words": self.sentence,
            "status": self.status.value,
            "reason": self.reason,
            "when": a.when.text if a.when else None,
            "where": a.where.id if a.where else None,
            "with": self.values,
            "said": a.said.text if a.said else None,
            "citations": [
                {"article": article, "paragraphs": values}
                for article, values in citation_values(self.locators).items()
            ],
        }


NO_ARTICLE = "no article of its own"


def places(citations: Iterable[Citation]) -> tuple[Place, ...]:
    """Return where citations lead, in order; the same words count once."""
    unique = {(c.article.id, c.locator, c.words, c.quote) for c in citations}
    times = Counter((article, locator) for article, locator, _, _ in unique)
    in_order = sorted(times, key=lambda place: (place[0], place[1].order))
    return tuple(Place(*place, times[place]) for place in in_order)


def locators(citations: Iterable[Citation]) -> dict[str, list[Locator]]:
    """Return the places that citations name, by article, both in order."""
    by_article: dict[str, list[Locator]] = {}
    for citation in citations:
        by_article.setdefault(citation.article.id, []).append(citation.locator)
    return {article: in_order(by_article[article]) for article in sorted(by_article)}


def citation_values(cited: Mapping[str, Iterable[Locator]]) -> dict[str, list[int | str]]:
    """Return for programs what is cited, by article: the numbers of paragraphs, and other places
    in words.
    """
    return {article: list(map(_value, locators)) for article, locators in cited.items()}


def _as_read(name: Name) -> Name:
    """A value as people read it: UCUM writes units of its own in braces, ``400 {guilders}``."""
    if name.id or not _UNIT_IN_BRACES.search(name.label):
        return name
    return replace(name, label=_UNIT_IN_BRACES.sub(r" \1", name.label))


_UNIT_IN_BRACES = re.compile(r"(?<=[\da-z]) \{([^{}]+)\}$")


def _value(locator: Locator) -> int | str:
    return locator.value


def cite_places(cited: Mapping[str, Iterable[Locator]]) -> str:
    """Return places in words: ``kyodo-2019-11-15 paragraphs 2, 5; nyt-2019 paragraph 4``."""
    return "; ".join(f"{article} {enumerate_places(each)}" for article, each in cited.items())


class Statements(Mapping[str, Statement]):
    """The statement of every assertion that a lens knows, by id, each made when it is asked for.

    ``judgement`` says where they stand. ``assertions`` are those that the lens shows, with their
    links cut; ``certainties`` say how surely these hold on its day, if it has one.
    """

    def __init__(
        self,
        judgement: Judgement,
        ontology: Ontology,
        assertions: Mapping[str, Assertion],
        certainties: Mapping[str, Certainty],
    ) -> None:
        self._judgement, self._ontology = judgement, ontology
        self._assertions, self._certainties = assertions, certainties
        self._statements: dict[str, Statement] = {}

    @property
    def counted_as(self) -> Mapping[str, tuple[str, ...]]:
        """Whose source articles count as, by id, where these are not their originators."""
        return self._judgement.counted_as

    def __getitem__(self, id: str) -> Statement:
        if id not in self._statements:
            self._statements[id] = self._make(id)
        return self._statements[id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._judgement.standings)

    def __len__(self) -> int:
        return len(self._judgement.standings)

    def _make(self, id: str) -> Statement:
        assertion = self._assertions.get(id) or self._judgement.corpus.assertions[id]
        status, reason, rivals, contests = self._judgement.standings[id]
        limits = self._judgement.limits.get(id, ())
        return Statement(
            assertion,
            self._ontology.relations[assertion.predicate.id],
            status,
            reason,
            rivals,
            tuple(rival for rival in rivals if rival in self._assertions),
            tuple(each for each in limits if each in self._assertions),
            self._certainties.get(id),
            self._judgement,
            self._ontology.qualifiers,
            tuple((contest.aspect, contest.rivals.ids) for contest in contests),
            self,
        )
