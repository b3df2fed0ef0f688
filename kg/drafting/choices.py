"""What somebody may mean who begins to type a name: things, relations and speakers, those that are
used most first.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

from kg.dates import DateError, parse_date
from kg.dictionary import read_entries
from kg.drafting.names import things_called
from kg.model import Assertion
from kg.ontology import Relation
from kg.reading import Reading
from kg.sections import SECTIONS

MOST_SHOWN = 5
"""So many choices are offered: more are not read, but typed past."""
LEAST_NEW = 2
"""A name of a new thing has so many letters at least."""
IN_THE_ARTICLE = 1000
"""A use in the article at hand counts as much as so many elsewhere."""


class Choice(NamedTuple):
    """Something that may be meant: its id, its name, what it is, and a name of it that holds the
    words where that is another.
    """

    id: str
    label: str
    kind: str
    other: str = ""


class NewThing(NamedTuple):
    """A thing that could be recorded: its section, class and label."""

    section: str
    type: str
    label: str


class _Named(NamedTuple):
    """A choice with all of its names, folded as they are searched."""

    choice: Choice
    names: tuple[tuple[str, str], ...]


class Choices:
    """What may be chosen in a workspace, by the names and the uses that it has now.

    With an ``article`` what is used in it comes first. ``assertions`` are those whose uses count,
    all where they are left out.
    """

    def __init__(
        self,
        reading: Reading,
        article: str = "",
        assertions: Collection[Assertion] | None = None,
    ) -> None:
        self._reading, self._article = reading, article
        self._assertions = assertions

    def things(
        self, words: str, relation: str = "", is_object: bool = False, section: str = ""
    ) -> list[Choice]:
        """Return the things that words may mean, of a section or of those that an end of a relation
        takes, in order of use.
        """
        corpus, ontology = self._reading.written, self._reading.ontology
        allowed = set(ontology.classes)
        if relation in ontology.relations:
            allowed = _classes_at(self._reading, ontology.relations[relation], is_object)
        named = [
            each
            for each in self._things
            if section in ("", corpus.things[each.choice.id].section)
            and corpus.things[each.choice.id].type.id in allowed
        ]
        uses = self._as_object if is_object else self._as_subject
        return _ranked(words, named, lambda id: (uses[id, relation], uses[id, ""], self._any[id]))

    def speakers(self, words: str) -> list[Choice]:
        """Return the actors who may speak, those cited most first."""
        corpus = self._reading.written
        named = [each for each in self._things if corpus.things[each.choice.id].section == "actors"]
        return _ranked(words, named, lambda id: (self._speaking[id], self._any[id]))

    def relations(self, words: str, subject: str = "") -> list[Choice]:
        """Return the relations that words may mean, those first that the class of a subject, or
        everything, is used with most.
        """
        corpus, ontology = self._reading.written, self._reading.ontology
        named = self._relations
        kind = ""
        if subject in corpus.things:
            kind = corpus.things[subject].type.id
            named = [
                each
                for each in named
                if kind in _classes_at(self._reading, ontology.relations[each.choice.id], False)
            ]
        uses = self._relation_uses
        return _ranked(words, named, lambda id: (uses[id, kind], uses[id, ""]))

    def claims(self, words: str) -> list[Choice]:
        """Return the assertions that cite the article and whose ends, relation or id have words."""
        corpus, ontology = self._reading.written, self._reading.ontology
        named = []
        for each in corpus.assertions.values():
            if each.denies or not (self._is_here(each) or not self._article):
                continue
            ends = [corpus.things[id].label if id in corpus.things else id for id in _ends(each)]
            label = ontology.relations[each.predicate.id].label
            told = f"{ends[0]} {label} {ends[1]}"
            named.append(_named(Choice(each.id, told, "claim"), [told, each.id]))
        return _ranked(words, named, lambda _: ())

    def dates(self, words: str) -> list[Choice]:
        """Return the dates that words may mean: the date that they are, that of the article with
        the day or month and day that they are, and dates that are used and have them.
        """
        uses: Counter[str] = Counter()
        for each, weight in self._weights:
            for date in (each.when, each.said):
                if date:
                    uses[date.text] += weight
        article = self._reading.written.articles.get(self._article)
        published = article.published.text[:10] if article and article.published else ""
        if published:
            uses[published] += IN_THE_ARTICLE
        guesses = [words, *_days_near(words.strip(), published)]
        exact = [each for each in guesses if each and _is_date(each)]
        ranked = sorted(uses, key=lambda each: (-uses[each], each))
        held = [each for each in ranked if words.strip() in each]
        return [Choice(each, each, "date") for each in dict.fromkeys([*exact, *held])]

    def new_things(self, words: str, relation: str = "", is_object: bool = False) -> list[NewThing]:
        """Return what could be recorded under words that nothing is called: for each section that
        an end of the relation takes, its class there.
        """
        label, ontology = " ".join(words.split()), self._reading.ontology
        if len(label) < LEAST_NEW or things_called(label, self._reading.written):
            return []
        ends: tuple[str, ...] = ()
        if relation in ontology.relations:
            known = ontology.relations[relation]
            ends = known.range if is_object else known.domain
        made = []
        for section, root in ontology.roots.items():
            allowed = [end for end in ends if ontology.belongs_in(end, section)]
            if allowed or not ends or ontology.is_a(root, ends):
                made.append(NewThing(section, allowed[0] if allowed else root, label))
        return [each for each in made if each.section in SECTIONS]

    @cached_property
    def _things(self) -> list[_Named]:
        corpus, classes = self._reading.written, self._reading.ontology.classes
        named = []
        for id, thing in corpus.things.items():
            label = thing.label
            kind = classes[thing.type.id].label if thing.type.id in classes else thing.type.id
            short = [thing.short] if thing.short else []
            others = [*short, *(alias.name.text for alias in thing.aliases)]
            labels = [each.text for each in thing.labels]
            named.append(_named(Choice(id, label, kind), [label, *labels, *others, id]))
        return named

    @cached_property
    def _relations(self) -> list[_Named]:
        entries = read_entries(self._reading.ontology)
        relations = self._reading.ontology.relations
        return [
            _named(
                Choice(name, each.label, "relation"), [each.label, name, *entries[name].synonyms]
            )
            for name, each in relations.items()
            if name in entries
        ]

    @cached_property
    def _weights(self) -> list[tuple[Assertion, int]]:
        """Every assertion with what a use in it counts."""
        counted = self._assertions
        if counted is None:
            counted = self._reading.written.assertions.values()
        return [(each, IN_THE_ARTICLE if self._is_here(each) else 1) for each in counted]

    def _is_here(self, assertion: Assertion) -> bool:
        return any(each.article.id == self._article for each in assertion.citations)

    @cached_property
    def _as_subject(self) -> Counter[tuple[str, str]]:
        uses: Counter[tuple[str, str]] = Counter()
        for each, weight in self._weights:
            for relation in ("", each.predicate.id):
                uses[each.subject.id, relation] += weight
        return uses

    @cached_property
    def _as_object(self) -> Counter[tuple[str, str]]:
        uses: Counter[tuple[str, str]] = Counter()
        for each, weight in self._weights:
            for relation in ("", each.predicate.id):
                uses[each.object_key, relation] += weight
        return uses

    @cached_property
    def _any(self) -> Counter[str]:
        uses: Counter[str] = Counter()
        for each, weight in self._weights:
            for id in {reference.id for reference in each.mentions}:
                uses[id] += weight
        return uses

    @cached_property
    def _speaking(self) -> Counter[str]:
        uses: Counter[str] = Counter()
        for each, weight in self._weights:
            for speaker in each.speakers:
                uses[speaker.id] += weight
        return uses

    @cached_property
    def _relation_uses(self) -> Counter[tuple[str, str]]:
        uses: Counter[tuple[str, str]] = Counter()
        things = self._reading.written.things
        for each, weight in self._weights:
            subject = things.get(each.subject.id)
            for kind in {"", subject.type.id if subject else ""}:
                uses[each.predicate.id, kind] += weight
        return uses


def _ends(assertion: Assertion) -> tuple[str, str]:
    return assertion.subject.id, assertion.object_key


def _days_near(words: str, published: str) -> list[str]:
    """The dates that a day, or a month and day, would be in the month or year of a day."""
    if re.fullmatch(r"[0-9]{1,2}", words):
        return [f"{published[:8]}{int(words):02}"]
    if part := re.fullmatch(r"([0-9]{1,2})-([0-9]{1,2})", words):
        return [f"{published[:5]}{int(part[1]):02}-{int(part[2]):02}"]
    return []


def _is_date(text: str) -> bool:
    try:
        parse_date(text)
    except DateError:
        return False
    return True


def _classes_at(reading: Reading, relation: Relation, is_object: bool) -> set[str]:
    """The classes that an end of a relation takes."""
    ontology = reading.ontology
    ends = relation.range if is_object else relation.domain
    return {name for name in ontology.classes if not ends or ontology.is_a(name, ends)}


def _named(choice: Choice, names: Iterable[str]) -> _Named:
    return _Named(choice, tuple((name, _folded(name)) for name in dict.fromkeys(names)))


def _folded(words: str) -> str:
    plain = unicodedata.normalize("NFKD", words)
    return "".join(each for each in plain if not unicodedata.combining(each)).casefold()


_FIRST_WORDS, _WITHIN, _NOT_AT_ALL = range(3)


def _ranked(
    words: str, named: Collection[_Named], uses: Callable[[str], tuple[int, ...]]
) -> list[Choice]:
    """Those with a name that holds words: where they begin it, or its words, before those where
    they stand elsewhere; each in order of use.
    """
    asked = _folded(words).split()
    found = []
    for choice, names in named:
        places = [(_place(asked, folded), number) for number, (_, folded) in enumerate(names)]
        place, number = min(places)
        if place == _NOT_AT_ALL:
            continue
        other = names[number][0] if number and place < _WITHIN else ""
        other = "" if other == choice.id else other
        order = (place, tuple(-count for count in uses(choice.id)), choice.label, choice.id)
        found.append((order, choice._replace(other=other)))
    return [choice for _, choice in sorted(found, key=lambda each: each[0])]


def _place(asked: Sequence[str], name: str) -> int:
    """Where a folded name has the words that are asked for."""
    if not asked:
        return _FIRST_WORDS
    parts = re.findall(r"[^\W_]+", name)
    if name.startswith(" ".join(asked)) or all(any(map(_begins(each), parts)) for each in asked):
        return _FIRST_WORDS
    return _WITHIN if all(each in name for each in asked) else _NOT_AT_ALL


def _begins(word: str) -> Callable[[str], bool]:
    return lambda part: part.startswith(word)
