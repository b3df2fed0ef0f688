"""What somebody may mean who begins to type a name: things, relations and speakers, those that are
used most first.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import NamedTuple

from kg.dates import is_date
from kg.editing.names import all_names, things_called
from kg.editing.ranking import Choice, Named, name_choice, rank_choices
from kg.editing.uses import IN_THE_ARTICLE, Uses
from kg.model import Assertion
from kg.ontology.dictionary import read_entries
from kg.reading import Reading
from kg.sources.sections import SECTIONS
from kg.status.propositions import is_state
from kg.text import join_and

MOST_SHOWN = 5
"""So many choices are offered: more are not read, but typed past."""
LEAST_NEW = 2
"""A name of a new thing has so many letters at least."""


class NewThing(NamedTuple):
    """A thing that could be recorded: its section, class and label, and what it is called there."""

    section: str
    type: str
    label: str
    noun: str


class Choices:
    """What may be chosen in a workspace, by the names and the uses that it has now.

    With an ``article`` what is used in it comes first.
    """

    def __init__(self, reading: Reading, article: str = "") -> None:
        self._reading, self._article = reading, article
        self._uses = Uses(reading.written, article)

    def things(
        self, words: str, relation: str = "", is_object: bool = False, section: str = ""
    ) -> list[Choice]:
        """Return the things that words may mean, of a section or of those that an end of a relation
        takes, in order of use.
        """
        corpus, ontology = self._reading.written, self._reading.ontology
        ends = self._ends_of(relation, is_object)
        allowed_types = {name for name in ontology.classes if self._end_takes(ends, name)}
        choices = []
        for each in self._named_things:
            thing = corpus.things[each.choice.id]
            if section in ("", thing.section) and thing.type.id in allowed_types:
                choices.append(each)
        uses = self._uses.as_object if is_object else self._uses.as_subject
        return rank_choices(
            words,
            choices,
            lambda id: (uses[id, relation], uses[id, ""], self._uses.in_any_part[id]),
        )

    def speakers(self, words: str) -> list[Choice]:
        """Return the actors who may speak, those cited most first."""
        corpus = self._reading.written
        choices = [
            each for each in self._named_things if corpus.things[each.choice.id].section == "actors"
        ]
        return rank_choices(
            words, choices, lambda id: (self._uses.as_speaker[id], self._uses.in_any_part[id])
        )

    def relations(self, words: str, subject: str = "", object: str = "") -> list[Choice]:
        """Return the relations that words may mean and that take a subject and an object, those
        first that the class of the subject, or everything, is used with most.
        """
        ontology = self._reading.ontology
        kind, other = self._class_of(subject), self._class_of(object)
        choices = []
        for each in self._named_relations:
            relation = ontology.relations[each.choice.id]
            if self._end_takes(relation.domain, kind) and self._end_takes(relation.range, other):
                choices.append(each)
        uses = self._uses.of_relations
        return rank_choices(words, choices, lambda id: (uses[id, kind], uses[id, ""]))

    def _class_of(self, id: str) -> str:
        thing = self._reading.written.things.get(id)
        return thing.type.id if thing else ""

    def _ends_of(self, relation: str, is_object: bool) -> tuple[str, ...]:
        """The classes that an end of a relation takes; none of an unknown one."""
        relation_term = self._reading.ontology.relations.get(relation)
        if relation_term is None:
            return ()
        return relation_term.range if is_object else relation_term.domain

    def _end_takes(self, ends: tuple[str, ...], kind: str) -> bool:
        """Whether an end of a relation takes a class; an unknown one may be any."""
        return not ends or not kind or self._reading.ontology.is_a(kind, ends)

    def classes(self, words: str, section: str) -> list[Choice]:
        """Return the classes of a section's things that words may mean, or the types of sources."""
        ontology = self._reading.ontology
        if section not in SECTIONS:
            types = [name_choice(Choice(name, name, ""), [name]) for name in ontology.source_types]
            return rank_choices(words, types)
        entries, uses = read_entries(ontology), self._uses.of_classes
        choices = []
        for name in ontology.classes_of(section):
            label = ontology.classes[name].label
            synonyms = entries[name].synonyms if name in entries else ()
            choices.append(name_choice(Choice(name, label, "class"), [label, name, *synonyms]))
        return rank_choices(words, choices, lambda id: (uses[id],))

    def articles(self, words: str) -> list[Choice]:
        """Return the articles that words may mean, those cited most first."""
        choices = [
            name_choice(Choice(id, each.title.text, each.published_text), [each.title.text, id])
            for id, each in self._reading.written.articles.items()
        ]
        return rank_choices(words, choices, lambda id: (self._uses.as_source[id],))

    def claims(self, words: str) -> list[Choice]:
        """Return what can be denied whose ends, relation or id have words, what cites the article
        first.
        """
        assertions = self._reading.written.assertions
        claims = [self._name_assertion(each) for each in assertions.values() if not each.denies]
        return rank_choices(words, claims, lambda id: (self._uses.is_here(assertions[id]),))

    def states(self, words: str) -> list[Choice]:
        """Return what may have ended or begun whose ends, relation or id have words, first that of
        whose ends the article says most.
        """
        ontology, assertions = self._reading.ontology, self._reading.written.assertions.values()
        states = [
            self._name_assertion(each)
            for each in assertions
            if each.predicate.id in ontology.relations
            and is_state(each, ontology.relation_of(each))
            and not each.is_denial
            and each.is_actual
        ]
        return rank_choices(words, states, self._uses_of_ends)

    def assertions(self, words: str) -> list[Choice]:
        """Return the assertions, denials too, whose ends, relation or id have words, first that of
        whose ends the article says most.
        """
        assertions = self._reading.written.assertions.values()
        return rank_choices(words, map(self._name_assertion, assertions), self._uses_of_ends)

    def _uses_of_ends(self, id: str) -> tuple[int, ...]:
        """How often the article names an end of an assertion."""
        ends = _ids_of_ends(self._reading.written.assertions[id]) if self._article else ()
        return (sum(self._uses.in_any_part[end] // IN_THE_ARTICLE for end in ends),)

    def qualifiers(self, words: str, relation: str) -> list[Choice]:
        """Return the qualifiers that words may mean and that go with a relation, or with any."""
        ontology = self._reading.ontology
        relation_term = ontology.relations.get(relation)
        names = ontology.qualifiers_of(relation_term) if relation_term else [*ontology.qualifiers]
        choices = []
        for name in names:
            kind = ontology.qualifiers[name]
            choice = Choice(name, name, kind.label.replace("{value}", "..."))
            choices.append(name_choice(choice, [name, kind.comment]))
        return rank_choices(words, choices)

    def qualifier_values(self, words: str, name: str) -> list[Choice]:
        """Return the things that words may mean as the value of a qualifier; none where its values
        are texts.
        """
        kind = self._reading.ontology.qualifiers.get(name)
        if kind is None or not kind.range:
            return []
        choices = [
            each
            for each in self._named_things
            if self._end_takes(kind.range, self._class_of(each.choice.id))
        ]
        return rank_choices(words, choices, lambda id: (self._uses.in_any_part[id],))

    def _name_assertion(self, assertion: Assertion) -> Named:
        """An assertion by its triple in words, also where an end or the relation is not known."""
        corpus, relations = self._reading.written, self._reading.ontology.relations
        ends = [
            corpus.things[id].label if id in corpus.things else id for id in _ids_of_ends(assertion)
        ]
        name = assertion.predicate.id
        sentence = f"{ends[0]} {relations[name].label if name in relations else name} {ends[1]}"
        speakers = [corpus.things[s.id].label for s in assertion.speakers if s.id in corpus.things]
        mode = "" if assertion.is_actual else assertion.mode.value
        credit = f"by {join_and(speakers)}" if speakers else ""
        when = assertion.when.text if assertion.when else ""
        kind = " ".join(filter(None, (mode, credit, when)))
        return name_choice(Choice(assertion.id, sentence, kind), [sentence, assertion.id])

    def dates(self, words: str) -> list[Choice]:
        """Return the dates that words may mean: the date that they are, that of the article with
        the day or month and day that they are, and dates that are used and have them.
        """
        uses = self._uses.count(lambda a: [date.text for date in (a.when, a.said) if date])
        article = self._reading.written.articles.get(self._article)
        published = article.published.text[:10] if article and article.published else ""
        if published:
            uses[published] += IN_THE_ARTICLE
        guesses = [words, *_days_near(words.strip(), published)]
        exact = [each for each in guesses if is_date(each)]
        ranked = sorted(uses, key=lambda each: (-uses[each], each))
        matching = [each for each in ranked if words.strip() in each]
        return [Choice(each, each, "date") for each in dict.fromkeys([*exact, *matching])]

    def new_things(self, words: str, relation: str = "", is_object: bool = False) -> list[NewThing]:
        """Return what could be recorded under words that nothing is called: for each section that
        an end of the relation takes, its class there.
        """
        label, ontology = " ".join(words.split()), self._reading.ontology
        if len(label) < LEAST_NEW or things_called(label, self._reading.written):
            return []
        ends = self._ends_of(relation, is_object)
        new_things = []
        for section, root in ontology.roots.items():
            allowed_types = [end for end in ends if ontology.belongs_in(end, section)]
            if allowed_types or not ends or ontology.is_a(root, ends):
                kind = allowed_types[0] if allowed_types else root
                new_things.append(NewThing(section, kind, label, section.removesuffix("s")))
        return [each for each in new_things if each.section in SECTIONS]

    def new_speakers(self, words: str) -> list[NewThing]:
        """Return who could be recorded as a speaker under words that nothing is called: an actor of
        that name, or somebody without one, whom the article calls so.
        """
        choices = [each for each in self.new_things(words) if each.section == "actors"]
        classes = self._reading.ontology.classes.values()
        kind = next((each.name for each in classes if each.is_unnamed), "")
        unnamed = [each._replace(type=kind, noun="speaker without a name") for each in choices]
        return choices + unnamed if kind else choices

    @cached_property
    def _named_things(self) -> list[Named]:
        corpus, classes = self._reading.written, self._reading.ontology.classes
        choices = []
        for id, thing in corpus.things.items():
            kind = classes[thing.type.id].label if thing.type.id in classes else thing.type.id
            names = [thing.label, *all_names(id, corpus)[1:], id]
            choices.append(name_choice(Choice(id, thing.label, kind), names))
        return choices

    @cached_property
    def _named_relations(self) -> list[Named]:
        entries = read_entries(self._reading.ontology)
        relations = self._reading.ontology.relations
        return [
            name_choice(
                Choice(name, each.label, "relation"), [each.label, name, *entries[name].synonyms]
            )
            for name, each in relations.items()
            if name in entries
        ]


def _ids_of_ends(assertion: Assertion) -> tuple[str, str]:
    return assertion.subject.id, assertion.object_key


def _days_near(words: str, published: str) -> list[str]:
    """The dates that a day, or a month and day, would be in the month or year of a day."""
    if re.fullmatch(r"[0-9]{1,2}", words):
        return [f"{published[:8]}{int(words):02}"]
    if part := re.fullmatch(r"([0-9]{1,2})-([0-9]{1,2})", words):
        return [f"{published[:5]}{int(part[1]):02}-{int(part[2]):02}"]
    return []
