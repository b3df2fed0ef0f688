"""What a field of a form offers, as its words are typed."""

from __future__ import annotations

from typing import NamedTuple

from kg.diagnostics import KgError
from kg.drafting.choices import MOST_SHOWN, Choices, NewThing
from kg.drafting.ranking import Choice
from kg.reading import Reading

THINGS = {"subject": "", "object": "", "thing": "", "where": "places", "speaker": "actors"}
"""Fields that name a thing, with the section of things that they take."""

KIND = "kind"
"""The field that names the class of a new thing."""


class TypedField(NamedTuple):
    """The field in which words are typed, and what the fields beside it say by now; ``section`` is
    that of the new thing whose kind is typed.
    """

    field: str
    words: str
    subject: str = ""
    relation: str = ""
    section: str = ""


class Offer(NamedTuple):
    """What a field offers: choices, the one that is meant most first, and new things."""

    choices: list[Choice]
    news: list[NewThing]


def offer(asked: TypedField, choices: Choices, reading: Reading) -> Offer:
    """Return what a field offers; nothing where its words are taken as they are.

    Raises KgError where no form has such a field.
    """
    field, words = asked.field, asked.words
    relation = reading.ontology.relations.get(asked.relation)
    is_object = field == "object"
    found: list[Choice] = []
    if is_object and relation and relation.takes_assertions:
        found = choices.claims(words)
    elif is_object and relation and relation.is_text:
        return Offer([], [])
    elif field == "speaker":
        found = choices.speakers(words)
    elif field in THINGS:
        at_end = asked.relation if is_object else ""
        found = choices.things(words, at_end, is_object, THINGS[field])
    elif field == "relation":
        found = choices.relations(words, asked.subject)
    elif field == "claim":
        found = choices.claims(words)
    elif field == KIND:
        return Offer(choices.classes(words, asked.section)[:MOST_SHOWN], [])
    elif field in ("when", "said"):
        found = choices.dates(words)
    else:
        raise KgError(f"no form has the field '{field}'")
    news = choices.new_things(words, asked.relation if is_object else "", is_object)
    section = THINGS.get(field, "-")
    news = [each for each in news if section in ("", each.section)]
    return Offer(found[:MOST_SHOWN], news)
