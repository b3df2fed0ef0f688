"""Actors and accepted facts of them, as the forms that investigators exchange have them:
FollowTheMoney and STIX 2.1.

Neither can hold a claim apart from a fact, so claims, denials and plans stay out of them, as do
facts of pacts, disputes and events.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.model import Thing
from kg.ontology import Ontology
from kg.reading import Reading
from kg.status.statement import Statement

JsonRecord = dict[str, object]

PERSON = "Person"
"""The schema of persons in FollowTheMoney."""

OTHER_ACTOR = "LegalEntity"
"""The schema of actors of which no more is said."""


def actors_of(reading: Reading) -> list[Thing]:
    """Return the actors that a lens knows, in order of ids."""
    actors = reading.visible_corpus.actors
    return [actors[id] for id in sorted(actors)]


def accepted_facts(reading: Reading) -> Iterator[Statement]:
    """Yield what is accepted, curated and between two things, in order of ids."""
    for id in sorted(reading.visible_corpus.assertions):
        statement = reading.statements[id]
        if statement.is_affirmed and statement.object.id:
            yield statement


def facts_of_actors(reading: Reading) -> Iterator[Statement]:
    """Yield those between two actors."""
    actors = reading.visible_corpus.actors
    for statement in accepted_facts(reading):
        if {statement.assertion.subject.id, statement.object.id} <= actors.keys():
            yield statement


def schema_of(thing: Thing, ontology: Ontology) -> str:
    """Return the schema of FollowTheMoney that a thing is."""
    schemata = ontology.annotation("followTheMoney")
    kinds = [thing.type.id]
    for kind in kinds:
        found_kind = ontology.classes[kind]
        if found_kind.iri in schemata:
            return schemata[found_kind.iri]
        kinds += [parent for parent in sorted(found_kind.parents) if parent in ontology.classes]
    return OTHER_ACTOR
