"""Entities of FollowTheMoney (https://followthemoney.tech), one a line as JSON: actors and what
ties them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice, product

from kg.diagnostics import KgError
from kg.files.foreign import ForeignItem, Json, json_lines
from kg.sources.exchange.harvest import Harvest, text_line, words_of
from kg.sources.sourcetext import Plain

ANY_LINK = "UnknownLink"
ENDS = {
    "Ownership": ("owner", "asset"),
    "Membership": ("member", "organization"),
    "Directorship": ("director", "organization"),
    "Employment": ("employee", "employer"),
    "Family": ("person", "relative"),
    ANY_LINK: ("subject", "object"),
}
"""What each schema of a relation calls the subject and the object."""

REGISTERS = {"wikidata": "wikidataId", "lei": "leiCode", "isin": "isin"}
"""The property that holds an id of a register, by the scheme."""

CLASSIFICATION = "classification"
"""The property in which an export tells the class of an actor."""

_NAMES = ("name", "alias", "weakAlias", "previousName", "abbreviation")
_NOTES = ("notes", "summary", "description")
_ROLES = ("role", "relationship")
_MOST_PAIRS = 100


def import_entities(harvest: Harvest) -> None:
    """Take the actors of a file, then what ties them. Raises KgError where a line is no entity."""
    harvest.add_article()
    links = []
    actors = harvest.terms("readFromFollowTheMoney") | dict(harvest.plan.types)
    for item, schema, properties in _entities(harvest):
        if schema in ENDS:
            links.append((item, schema, properties))
        elif actors.get(schema, "") in harvest.ontology.classes:
            _add_actor(harvest, item, actors[schema], properties)
        else:
            harvest.lose(f"entity of the schema {schema}, which 'types:' does not name")
    for item, schema, properties in links:
        _add_link(harvest, item, schema, properties)


def _entities(harvest: Harvest) -> Iterator[tuple[ForeignItem, str, dict[str, list[str]]]]:
    """The entities of a file with their schemata and properties; those of one id are one, which may
    be told in several lines.
    """
    entities: dict[str, tuple[ForeignItem, str, dict[str, list[str]]]] = {}
    for item in json_lines(harvest.path, harvest.text):
        harvest.told.rows += 1
        schema, properties = _entity(harvest, item)
        earlier = entities.setdefault(_id(item), (item, schema, properties))
        if earlier[0] is item:
            continue
        harvest.lose("line that goes on with an entity: cited to its first line")
        for name, texts in properties.items():
            earlier[2].setdefault(name, []).extend(texts)
    for item, schema, properties in entities.values():
        yield item, schema, {name: [*dict.fromkeys(each)] for name, each in properties.items()}


def _entity(harvest: Harvest, item: ForeignItem) -> tuple[str, dict[str, list[str]]]:
    """The schema and the properties of an entity."""
    value = item.value if isinstance(item.value, dict) else {}
    properties = value.get("properties")
    if not (
        text_line(value.get("id"))
        and text_line(value.get("schema"))
        and isinstance(properties, dict)
    ):
        place = f"{harvest.path}:{item.line}"
        hint = 'each line is {"id": ..., "schema": ..., "properties": {...}}'
        raise KgError(f"{place}: this line is no entity of FollowTheMoney", hint=hint)
    texts = {name: words_of(each) for name, each in properties.items()}
    return text_line(value["schema"]), {name: each for name, each in texts.items() if each}


def _id(item: ForeignItem) -> str:
    value: Json = item.value
    return text_line(value.get("id")) if isinstance(value, dict) else ""


def _add_actor(
    harvest: Harvest, item: ForeignItem, type: str, properties: Mapping[str, list[str]]
) -> None:
    names = list(dict.fromkeys(name for key in _NAMES for name in properties.get(key, ())))
    if not names:
        harvest.lose("entity without a name")
        return
    ids = [f"{scheme}:{id}" for scheme, id in _identifiers(harvest, properties)]
    notes = [note for key in _NOTES for note in properties.get(key, ())]
    record: dict[str, Plain] = {"aliases": [*names[1:]], "ids": [*ids], "note": " ".join(notes)}
    classes = harvest.labelled
    told_classes = [
        classes[label] for label in properties.get(CLASSIFICATION, ()) if label in classes
    ]
    root = harvest.ontology.roots["actors"]
    narrower = [each for each in told_classes if harvest.ontology.is_a(each, (root,))]
    harvest.add_thing(_id(item), next(iter(narrower), type), names[0], record)
    used_properties = {
        *_NAMES,
        *_NOTES,
        *REGISTERS.values(),
        *([CLASSIFICATION] if narrower else []),
    }
    harvest.lose_others(properties, used_properties)


def _identifiers(
    harvest: Harvest, properties: Mapping[str, list[str]]
) -> Iterator[tuple[str, str]]:
    for scheme, property in REGISTERS.items():
        for id in properties.get(property, ()):
            if harvest.is_identifier(scheme, id):
                yield scheme, id
            else:
                harvest.lose(f"id that {scheme} cannot have")


def _add_link(
    harvest: Harvest, item: ForeignItem, schema: str, properties: Mapping[str, list[str]]
) -> None:
    roles = [role for key in _ROLES for role in properties.get(key, ())]
    relation = _relation(harvest, schema, roles)
    if not relation:
        words = ", ".join(roles) or schema
        harvest.lose(f"tie that no relation is called after: {words[:60]} (say it in 'relations:')")
        return
    first, last, day = (_first(properties, key) for key in ("startDate", "endDate", "date"))
    share = [each for each in properties.get("percentage", ()) if _is_number(each)]
    fields: dict[str, Plain] = {
        "when": harvest.when(first or day, last or day, relation),
        "with": {"share": f"{share[0]} %"} if share else {},
        "note": " ".join(note for key in _NOTES for note in properties.get(key, ())),
    }
    ends = [properties.get(name, []) for name in ENDS[schema]]
    pairs = list(islice(product(*ends), _MOST_PAIRS))
    if not pairs:
        harvest.lose("tie without one of its ends")
    id = _first(properties, "recordId")
    own = id if len(pairs) == 1 and _id(item) == f"assertion-{id}" else ""
    for subject, object in pairs:
        harvest.add_assertion(subject, relation, object, item, id=own, **fields)
    used_properties = {
        *_NOTES,
        *_ROLES,
        *ENDS[schema],
        "startDate",
        "endDate",
        "date",
        "percentage",
    }
    harvest.lose_others(properties, used_properties | {"recordId"})


def _relation(harvest: Harvest, schema: str, roles: list[str]) -> str:
    """The relation that a role names, by the map or by label; else what the schema means."""
    relations = harvest.ontology.relations
    by_label = harvest.relations_labelled
    for role in roles:
        relation = harvest.plan.relations.get(role) or by_label.get(role.casefold())
        if relation or role in relations:
            return relation or role
    ftm_terms = harvest.terms("readFromFollowTheMoney")
    return harvest.plan.relations.get(schema) or ftm_terms.get(schema, "")


def _first(properties: Mapping[str, list[str]], name: str) -> str:
    """The first value of a property; nothing where it has none."""
    return next(iter(properties.get(name, ())), "")


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).isdecimal()
