"""Actors and accepted facts of them in the forms that investigators exchange: FollowTheMoney
entities and STIX 2.1.

Neither can hold a claim apart from a fact, so claims, denials and plans stay out of them, as do
facts of pacts, disputes and events.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from kg.model import Text
from kg.ontology import KG
from kg.values import number_of

if TYPE_CHECKING:
    from kg.dates import Day
    from kg.model import Article, Assertion, Thing
    from kg.ontology import Ontology
    from kg.reading import Reading
    from kg.statement import Statement

Record = dict[str, object]


def said_of_terms(ontology: Ontology, annotation: str) -> Mapping[str, str]:
    """Return what an annotation of the core says of terms, by their IRIs."""
    return ontology.annotations.get(f"{KG}{annotation}", {})


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


# FollowTheMoney (https://followthemoney.tech)

PERSON = "Person"
"""The schema of persons."""

_OTHER_ACTOR = "LegalEntity"
_ANY_LINK = "UnknownLink"
_ENDS = {
    "Ownership": ("owner", "asset"),
    "Membership": ("member", "organization"),
    "Directorship": ("director", "organization"),
    "Employment": ("employee", "employer"),
    "Family": ("person", "relative"),
    _ANY_LINK: ("subject", "object"),
}
"""What each schema of a relation calls the subject and the object."""

_RANGES = {
    "asset": {"Company"},
    "organization": {"Organization", "Company", "PublicBody"},
    "employer": {"Organization", "Company", "PublicBody"},
    "employee": {PERSON},
    "person": {PERSON},
    "relative": {PERSON},
}
"""Which schemata an end takes, where it does not take any."""

_REGISTERS = {"wikidata": "wikidataId", "lei": "leiCode", "isin": "isin"}
"""The property that holds an id of a register."""


def follow_the_money(reading: Reading) -> bytes:
    """Return one entity a line, as JSON: the actors, then what is accepted between them."""
    actors = {thing.id: _entity(thing, reading) for thing in actors_of(reading)}
    links = [_link(statement, actors, reading) for statement in facts_of_actors(reading)]
    lines = [json.dumps(each, ensure_ascii=False) for each in (*actors.values(), *links)]
    return "".join(f"{line}\n" for line in lines).encode()


def _entity(thing: Thing, reading: Reading) -> Record:
    names = [label.text for label in thing.labels if label.text != thing.label]
    names += [alias.name.text for alias in thing.aliases]
    ids: dict[str, list[str]] = {}
    for identifier in thing.ids:
        if identifier.scheme in _REGISTERS:
            ids.setdefault(_REGISTERS[identifier.scheme], []).append(identifier.value)
    values = {"name": [thing.label], "alias": names, "notes": [thing.note], **ids}
    return {
        "id": thing.id,
        "schema": schema_of(thing, reading.ontology),
        "properties": _filled(values),
    }


def schema_of(thing: Thing, ontology: Ontology) -> str:
    """Return the schema of FollowTheMoney that a thing is."""
    schemata = said_of_terms(ontology, "followTheMoney")
    kinds = [thing.type.id]
    for kind in kinds:
        found = ontology.classes[kind]
        if found.iri in schemata:
            return schemata[found.iri]
        kinds += [parent for parent in sorted(found.parents) if parent in ontology.classes]
    return _OTHER_ACTOR


def _link(statement: Statement, actors: Mapping[str, Record], reading: Reading) -> Record:
    a = statement.assertion
    schema = said_of_terms(reading.ontology, "followTheMoney").get(statement.relation.iri, "")
    ids = (a.subject.id, statement.object.id)
    if not _fits(schema, [str(actors[id]["schema"]) for id in ids]):
        schema = _ANY_LINK
    ends = dict(zip(_ENDS[schema], ids, strict=True))
    role = "relationship" if schema == "Family" else "role"
    values = {
        **{end: [id] for end, id in ends.items()},
        role: [statement.relation.label] if schema != "Ownership" else [],
        "percentage": _percentages(a) if schema == "Ownership" else [],
        **_days(statement),
        "description": [statement.sentence],
        "recordId": [a.id],
        **_sources(statement, reading),
    }
    return {"id": f"assertion-{a.id}", "schema": schema, "properties": _filled(values)}


def _fits(schema: str, ends: Iterable[str]) -> bool:
    """Whether a schema of a relation takes two of these schemata as its ends."""
    names = _ENDS.get(schema, ())
    takes = [_RANGES.get(name) for name in names]
    return bool(names) and all(
        range is None or end in range for range, end in zip(takes, ends, strict=True)
    )


def _percentages(a: Assertion) -> list[str]:
    """The shares that its qualifiers tell in percent, without ranges."""
    texts = (each.value for each in a.qualifiers if isinstance(each.value, Text))
    return [str(number_of(text)) for text in texts if text.text.endswith("%") and number_of(text)]


def _days(statement: Statement) -> dict[str, list[str]]:
    when = statement.assertion.when
    first, last = (when.start_earliest, when.end_latest) if when else (None, None)
    return {
        "startDate": [str(first)] if first else [],
        "endDate": [str(last)] if last else [],
    }


def _sources(statement: Statement, reading: Reading) -> dict[str, list[str]]:
    articles = [reading.corpus.articles[id] for id in statement.articles]
    publishers = {each.id for article in articles for each in article.publishers}
    return {
        "sourceUrl": [article.url for article in articles],
        "publisher": sorted(reading.corpus.things[id].label for id in publishers),
    }


def _filled(values: Mapping[str, list[str]]) -> dict[str, list[str]]:
    kept = {name: list(dict.fromkeys(filter(None, each))) for name, each in values.items()}
    return {name: each for name, each in kept.items() if each}


# STIX 2.1 (https://docs.oasis-open.org/cti/stix/v2.1)

_NAMESPACE = uuid.UUID("00abedb4-aa42-466c-9c01-fed23315a9b7")
"""What STIX 2.1 derives ids from that are the same each time."""

_LONG_AGO = "1970-01-01"


def stix(reading: Reading) -> bytes:
    """Return a bundle: actors as identities, accepted facts as relationships, and each source that
    tells of them as a report.
    """
    objects = [_identity(thing, reading) for thing in actors_of(reading)]
    told: dict[str, set[str]] = {}
    for statement in facts_of_actors(reading):
        relationship = _relationship(statement, reading)
        objects.append(relationship)
        refers = {str(relationship[key]) for key in ("id", "source_ref", "target_ref")}
        for article in statement.articles:
            told.setdefault(article, set()).update(refers)
    articles = reading.corpus.articles
    objects += [_report(articles[id], told[id], reading) for id in sorted(told)]
    bundle = {
        "type": "bundle",
        "id": _stix_id("bundle", "", reading),
        "objects": objects,
    }
    return f"{json.dumps(bundle, ensure_ascii=False, indent=1)}\n".encode()


def _stix_id(type: str, id: str, reading: Reading) -> str:
    name = f"{reading.ontology.base} {type} {id}"
    return f"{type}--{uuid.uuid5(_NAMESPACE, name)}"


def _stix_object(type: str, id: str, day: str, reading: Reading) -> Record:
    made = f"{day}T00:00:00.000Z"
    return {
        "type": type,
        "spec_version": "2.1",
        "id": _stix_id(type, id, reading),
        "created": made,
        "modified": made,
    }


def _identity(thing: Thing, reading: Reading) -> Record:
    schema = schema_of(thing, reading.ontology)
    kinds = {PERSON: "individual", _OTHER_ACTOR: "unknown"}
    record = _stix_object("identity", thing.id, _LONG_AGO, reading)
    record |= {"name": thing.label, "identity_class": kinds.get(schema, "organization")}
    outside = [{"source_name": i.scheme, "external_id": i.value} for i in thing.ids]
    return record | ({"external_references": outside} if outside else {})


def _relationship(statement: Statement, reading: Reading) -> Record:
    a = statement.assertion
    known = _four_digits(statement.known_from) or _LONG_AGO
    name = re.sub(r"(?<!^)(?=[A-Z])", "-", statement.relation.name).lower()
    record = _stix_object("relationship", a.id, known, reading) | {
        "relationship_type": re.sub(r"[^a-z0-9-]", "-", name),
        "description": statement.sentence,
        "source_ref": _stix_id("identity", a.subject.id, reading),
        "target_ref": _stix_id("identity", statement.object.id, reading),
    }
    when = statement.assertion.when
    first, last = (when.start_earliest, when.end_latest) if when else (None, None)
    # A relationship ends after it begins: of one day only the beginning is told.
    for key, day in (("start_time", first), ("stop_time", last if last != first else None)):
        if written := _four_digits(day):
            record[key] = f"{written}T00:00:00Z"
    return record


def _four_digits(day: Day | None) -> str:
    """A day as other programs read it: nothing for a year before 1 or after 9999."""
    return str(day) if day and 1 <= day.year <= 9999 else ""


def _report(article: Article, objects: set[str], reading: Reading) -> Record:
    day = _four_digits(article.known_from) or _LONG_AGO
    record = _stix_object("report", article.id, day, reading)
    record |= {"name": article.title.text, "published": record["created"]}
    record["object_refs"] = sorted(objects)
    source = {"source_name": article.id, "url": article.url} if article.url else None
    return record | ({"external_references": [source]} if source else {})
