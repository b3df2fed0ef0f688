"""A bundle of STIX 2.1 (https://docs.oasis-open.org/cti/stix/v2.1)."""

from __future__ import annotations

import json
import re
import uuid

from kg.dates import DateKind, Day, span_of
from kg.export.actors import OTHER_ACTOR, PERSON, JsonRecord, actors_of, facts_of_actors, schema_of
from kg.model import Article, Thing
from kg.reading import Reading
from kg.sources.exchange.stix import OWN_IDS
from kg.status.statement import Statement

_NAMESPACE = uuid.UUID("00abedb4-aa42-466c-9c01-fed23315a9b7")
"""What STIX 2.1 derives ids from that are the same each time."""

_LONG_AGO = "1970-01-01"


def write_stix(reading: Reading) -> bytes:
    """Return a bundle: actors as identities, accepted facts as relationships, and each source that
    tells of them as a report.
    """
    objects = [_identity(thing, reading) for thing in actors_of(reading)]
    told_properties: dict[str, set[str]] = {}
    for statement in facts_of_actors(reading):
        relationship = _relationship(statement, reading)
        objects.append(relationship)
        refers = {str(relationship[key]) for key in ("id", "source_ref", "target_ref")}
        for article in statement.articles:
            told_properties.setdefault(article, set()).update(refers)
    articles = reading.corpus.articles
    objects += [
        _report(articles[id], told_properties[id], reading) for id in sorted(told_properties)
    ]
    bundle = {"type": "bundle", "id": _stix_id("bundle", "", reading), "objects": objects}
    return f"{json.dumps(bundle, ensure_ascii=False, indent=1)}\n".encode()


def _stix_id(type: str, id: str, reading: Reading) -> str:
    name = f"{reading.ontology.base} {type} {id}"
    return f"{type}--{uuid.uuid5(_NAMESPACE, name)}"


def _stix_object(type: str, id: str, day: str, reading: Reading) -> JsonRecord:
    created = f"{day}T00:00:00.000Z"
    return {
        "type": type,
        "spec_version": "2.1",
        "id": _stix_id(type, id, reading),
        "created": created,
        "modified": created,
    }


def _identity(thing: Thing, reading: Reading) -> JsonRecord:
    schema = schema_of(thing, reading.ontology)
    kinds = {PERSON: "individual", OTHER_ACTOR: "unknown"}
    record = _stix_object("identity", thing.id, _LONG_AGO, reading)
    record |= {"name": thing.label, "identity_class": kinds.get(schema, "organization")}
    record["labels"] = [reading.ontology.classes[thing.type.id].label]
    outside = [{"source_name": i.scheme, "external_id": i.value} for i in thing.ids]
    return record | {"external_references": [_own_id(thing.id), *outside]}


def _own_id(id: str) -> JsonRecord:
    """The id of the workspace, so that it comes back."""
    return {"source_name": OWN_IDS, "external_id": id}


def _relationship(statement: Statement, reading: Reading) -> JsonRecord:
    a = statement.assertion
    known_from = _four_digits(statement.known_from) or _LONG_AGO
    name = re.sub(r"(?<!^)(?=[A-Z])", "-", statement.relation.name).lower()
    record = _stix_object("relationship", a.id, known_from, reading) | {
        "relationship_type": re.sub(r"[^a-z0-9-]", "-", name),
        "description": statement.sentence,
        "source_ref": _stix_id("identity", a.subject.id, reading),
        "target_ref": _stix_id("identity", statement.object.id, reading),
        "external_references": [_own_id(a.id)],
    }
    first, last = relationship_days(statement)
    if first:
        record["start_time"] = f"{first}T00:00:00Z"
    if last:
        record["stop_time"] = f"{last}T23:59:59Z"
    return record


def relationship_days(statement: Statement) -> tuple[str, str]:
    """Return the days between which a relationship was; nothing for what is not told. That a state
    was so on a day is no beginning of it.
    """
    when = statement.assertion.when
    if statement.is_state and when and when.kind is not DateKind.INTERVAL:
        return "", ""
    first, last = span_of(when)
    return _four_digits(first), _four_digits(last)


def _four_digits(day: Day | None) -> str:
    """A day as other programs read it: nothing for a year before 1 or after 9999."""
    return str(day) if day and 1 <= day.year <= 9999 else ""


def _report(article: Article, objects: set[str], reading: Reading) -> JsonRecord:
    day = _four_digits(article.known_from) or _LONG_AGO
    record = _stix_object("report", article.id, day, reading)
    record |= {"name": article.title.text, "published": record["created"]}
    record["object_refs"] = sorted(objects)
    if article.url:
        record["external_references"] = [{"source_name": article.id, "url": article.url}]
    return record
