"""FollowTheMoney entities (https://followthemoney.tech), one a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from kg.export.actors import PERSON, JsonRecord, actors_of, facts_of_actors, schema_of
from kg.export.moments import moments_of
from kg.model import Assertion, Thing
from kg.model.grouping import group_pairs
from kg.model.references import Text
from kg.ontology.values import number_of
from kg.reading import Reading
from kg.sources.exchange.follow_the_money import ANY_LINK, CLASSIFICATION, ENDS, REGISTERS
from kg.status.statement import Statement

_RANGES = {
    "asset": {"Company"},
    "organization": {"Organization", "Company", "PublicBody"},
    "employer": {"Organization", "Company", "PublicBody"},
    "employee": {PERSON},
    "person": {PERSON},
    "relative": {PERSON},
}
"""Which schemata an end takes, where it does not take any."""


def follow_the_money(reading: Reading) -> bytes:
    """Return one entity a line, as JSON: the actors, then what is accepted between them."""
    actors = {thing.id: _entity(thing, reading) for thing in actors_of(reading)}
    links = [_link(statement, actors, reading) for statement in facts_of_actors(reading)]
    lines = [json.dumps(each, ensure_ascii=False) for each in (*actors.values(), *links)]
    return "".join(f"{line}\n" for line in lines).encode()


def _entity(thing: Thing, reading: Reading) -> JsonRecord:
    names = [label.text for label in thing.labels if label.text != thing.label]
    names += [alias.name.text for alias in thing.aliases]
    ids = group_pairs(
        (REGISTERS[identifier.scheme], identifier.value)
        for identifier in thing.ids
        if identifier.scheme in REGISTERS
    )
    kind = reading.ontology.classes[thing.type.id].label
    values = {"name": [thing.label], "alias": names, "notes": [thing.note], **ids}
    values[CLASSIFICATION] = [kind]
    return {
        "id": thing.id,
        "schema": schema_of(thing, reading.ontology),
        "properties": _filled_values(values),
    }


def _link(statement: Statement, actors: Mapping[str, JsonRecord], reading: Reading) -> JsonRecord:
    a = statement.assertion
    schema = reading.ontology.annotation("followTheMoney").get(statement.relation.iri, "")
    ids = (a.subject.id, statement.object.id)
    if not _fits(schema, [str(actors[id]["schema"]) for id in ids]):
        schema = ANY_LINK
    ends = dict(zip(ENDS[schema], ids, strict=True))
    role = "relationship" if schema == "Family" else "role"
    moments = moments_of(a.when)
    values = {
        **{end: [id] for end, id in ends.items()},
        role: [statement.relation.label],
        "percentage": _percentages(a) if schema == "Ownership" else [],
        "startDate": [moments.began],
        "endDate": [moments.ended],
        "date": [moments.some_time],
        "description": [statement.sentence],
        "recordId": [a.id],
        **_sources(statement, reading),
    }
    return {"id": f"assertion-{a.id}", "schema": schema, "properties": _filled_values(values)}


def _fits(schema: str, ends: Iterable[str]) -> bool:
    """Whether a schema of a relation takes two of these schemata as its ends."""
    names = ENDS.get(schema, ())
    takes = [_RANGES.get(name) for name in names]
    return bool(names) and all(
        range is None or end in range for range, end in zip(takes, ends, strict=True)
    )


def _percentages(a: Assertion) -> list[str]:
    """The shares that its qualifiers tell in percent, without ranges."""
    texts = (each.value for each in a.qualifiers if isinstance(each.value, Text))
    return [str(number_of(text)) for text in texts if text.text.endswith("%") and number_of(text)]


def _sources(statement: Statement, reading: Reading) -> dict[str, list[str]]:
    articles = [reading.corpus.articles[id] for id in statement.articles]
    publishers = {each.id for article in articles for each in article.publishers}
    return {
        "sourceUrl": [article.url for article in articles],
        "publisher": sorted(reading.corpus.things[id].label for id in publishers),
    }


def _filled_values(values: Mapping[str, list[str]]) -> dict[str, list[str]]:
    distinct_values = {
        name: list(dict.fromkeys(filter(None, each))) for name, each in values.items()
    }
    return {name: each for name, each in distinct_values.items() if each}
