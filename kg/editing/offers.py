"""What a field of a form offers, as its words are typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from kg.diagnostics import KgError
from kg.editing.choices import MOST_SHOWN, Choices, NewThing
from kg.editing.names import all_names
from kg.editing.ranking import Choice
from kg.model.corpus import Corpus
from kg.reading import Reading

THINGS = {"subject": "", "object": "", "thing": "", "where": "places"}
"""Fields that name a thing, with the section of things that they take."""

KIND = "kind"
"""The field that names the class of a new thing."""
LEAST_NAMED = 2
"""A name of so many letters is looked for in a passage."""
APART = ";"
"""What stands between several qualifiers, or several further citations, in one field."""


_FOUND_BY_WORDS: Mapping[str, Callable[[Choices, str], list[Choice]]] = {
    "speaker": Choices.speakers,
    "claim": Choices.claims,
    "state": Choices.states,
    "assertion": Choices.assertions,
    "when": Choices.dates,
    "said": Choices.dates,
}
"""What is offered in fields of which nothing else in the form matters."""


class TypedField(NamedTuple):
    """The field in which words are typed, and what the fields beside it say by now; ``section`` is
    that of the new thing whose kind is typed, ``passage`` what is marked in the article.
    """

    field: str
    words: str
    subject: str = ""
    relation: str = ""
    section: str = ""
    passage: str = ""


class Offer(NamedTuple):
    """What a field offers: choices, the one that is meant most first, and new things. Behind what
    is begun only (``is_begun``) more is to be typed in the field.
    """

    choices: list[Choice]
    news: list[NewThing]
    is_begun: bool = False


def offer_choices(typed: TypedField, choices: Choices, reading: Reading) -> Offer:
    """Return what a field offers; nothing where its words are taken as they are.

    Raises KgError where no form has such a field.
    """
    field, words = typed.field, typed.words
    if field in ("with", "also"):
        return _offer_piece(typed, choices, reading)
    if field in THINGS:
        return _offer_thing(typed, choices, reading)
    if field == "relation":
        found_choices = choices.relations(words, typed.subject)
    elif field == KIND:
        found_choices = choices.classes(words, typed.section)
    elif field in _FOUND_BY_WORDS:
        found_choices = _FOUND_BY_WORDS[field](choices, words)
    else:
        raise KgError(f"no form has the field '{field}'")
    news = choices.new_speakers(words) if field == "speaker" else []
    return Offer(found_choices[:MOST_SHOWN], news)


def _offer_thing(typed: TypedField, choices: Choices, reading: Reading) -> Offer:
    """What a field offers that names a thing: what is there, and what could be recorded."""
    words, section, is_object = typed.words, THINGS[typed.field], typed.field == "object"
    name = typed.relation if is_object else ""
    relation = reading.ontology.relations.get(name)
    if relation and relation.takes_assertions:
        found_choices = choices.claims(words)
    elif relation and relation.is_text:
        return Offer([], [])
    else:
        found_choices = choices.things(words, name, is_object, section)
        found_choices = named_first(found_choices, typed.passage, reading.written, typed.subject)
    news = choices.new_things(words, name, is_object)
    return Offer(
        found_choices[:MOST_SHOWN], [each for each in news if section in ("", each.section)]
    )


def named_first(
    choices: list[Choice], passage: str, corpus: Corpus, subject: str = ""
) -> list[Choice]:
    """Return things in their order, those before all others that a passage names; but what is the
    ``subject`` already is seldom the object, too.
    """

    def is_elsewhere(choice: Choice) -> bool:
        names = (name for name in all_names(choice.id, corpus)[1:] if len(name) >= LEAST_NAMED)
        return choice.id == subject or not any(name in passage for name in names)

    return sorted(choices, key=is_elsewhere) if passage else choices


def _offer_piece(typed: TypedField, choices: Choices, reading: Reading) -> Offer:
    """What the last of several pieces offers: a qualifier by name, then what it may be; or an
    article of which a paragraph is cited. Each choice is the whole field as it would be then.
    """
    before, apart, piece = typed.words.rpartition(APART)
    before = f"{before}{apart} " if apart else ""
    name, sign, value = piece.strip().partition("=")
    if typed.field == "also":
        is_named = name.split(" ")[0] in reading.written.articles
        found_choices, end = [] if is_named else choices.articles(name), " "
    elif sign:
        before, found_choices, end = f"{before}{name}=", choices.qualifier_values(value, name), ""
    else:
        found_choices, end = choices.qualifiers(name, typed.relation), "="
    new_choices = []
    for each in found_choices[:MOST_SHOWN]:
        words = f"{before}{each.id}{end}"
        kind = each.kind if each.id == each.label else f"{each.label}, {each.kind}"
        new_choices.append(Choice(words, words, kind))
    return Offer(new_choices, [], is_begun=bool(end))
