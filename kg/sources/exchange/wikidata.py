"""Items of Wikidata by their JSON files (``Special:EntityData/Q17.json``): labels, aliases, ids,
and ties as drafts that wait for review.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import chain

from kg.diagnostics import KgError
from kg.files.foreign import ForeignItem, Json, json_items
from kg.sources.exchange.harvest import UNKNOWN, Harvest, objects_in, text_line
from kg.sources.sourcetext import Plain

DRAFT = "Draft from Wikidata, not reviewed."
"""What stands in the note of each thing and assertion that is made here."""

_INSTANCE_OF = "P31"
_DEPRECATED = "deprecated"
_FIRST, _LAST, _DAY = "P580", "P582", "P585"
_DECADE = 8
_JULIAN = "Q1985786"
_PRECISIONS = {11: 10, 10: 7, 9: 4}
"""How many characters of a date count, by its precision: day, month, year."""


def import_item(harvest: Harvest) -> None:
    """Take the items of a file. Raises KgError where it holds none."""
    harvest.add_article()
    items = list(chain.from_iterable(map(_items, json_items(harvest.path, harvest.text))))
    if not items:
        hint = "save it from https://www.wikidata.org/wiki/Special:EntityData/Q17.json"
        raise KgError(f"{harvest.path}:1: this is no item of Wikidata", hint=hint)
    for _, value in items:
        _add_item(harvest, value)
    for item, value in items:
        _add_ties(harvest, item, value)
    harvest.told.rows = len(items)


def _items(item: ForeignItem) -> Iterator[tuple[ForeignItem, dict[str, Json]]]:
    value = item.value if isinstance(item.value, dict) else {}
    entities = value.get("entities")
    for each in entities.values() if isinstance(entities, dict) else [value]:
        if isinstance(each, dict) and re.fullmatch("Q[0-9]+", text_line(each.get("id"))):
            yield item._replace(value=each, end=0), each


def _object(value: Json) -> dict[str, Json]:
    return value if isinstance(value, dict) else {}


def _claims(value: Mapping[str, Json]) -> Iterator[tuple[str, dict[str, Json], Json]]:
    """The statements of an item: property, statement and value."""
    for property, statements in _object(value.get("claims")).items():
        for statement in objects_in(statements):
            snak = _object(statement.get("mainsnak"))
            yield property, statement, _object(snak.get("datavalue")).get("value")


def _valid_claims(value: Mapping[str, Json]) -> Iterator[tuple[str, Json]]:
    """The property and value of each statement that is not deprecated."""
    for property, statement, each in _claims(value):
        if statement.get("rank") != _DEPRECATED:
            yield property, each


def _item_id(value: Json) -> str:
    id = text_line(_object(value).get("id"))
    return id if re.fullmatch("Q[0-9]+", id) else ""


def _add_item(harvest: Harvest, value: Mapping[str, Json]) -> None:
    id = text_line(value.get("id"))
    languages = harvest.plan.languages
    labels, aliases = _object(value.get("labels")), _object(value.get("aliases"))
    names = {each: text_line(_object(labels.get(each)).get("value")) for each in languages}
    others = (text_line(_object(labels.get(each)).get("value")) for each in ("mul", "en"))
    name = next(filter(None, (*names.values(), *others)), id)
    other_names = [
        {"name": text_line(alias.get("value")), "lang": language}
        for language in languages
        for alias in objects_in(aliases.get(language))
    ]
    label: dict[str, Plain] = {language: each for language, each in names.items() if each}
    classes = harvest.terms("wikidataClass") | dict(harvest.plan.types)
    kinds = [id, *(_item_id(each) for name, each in _valid_claims(value) if name == _INSTANCE_OF)]
    type = next(
        (classes[kind] for kind in kinds if kind in classes), harvest.ontology.roots["actors"]
    )
    record: dict[str, Plain] = {
        "label": label or name,
        "aliases": [dict(alias) for alias in other_names if alias["name"]],
        "ids": [f"wikidata:{id}", *_identifiers(harvest, value)],
        "note": DRAFT,
    }
    harvest.add_thing(id, type, name, record)


def _identifiers(harvest: Harvest, value: Mapping[str, Json]) -> Iterator[str]:
    annotated = harvest.ontology.annotation("wikidataProperty")
    schemes = {annotated.get(each.iri): name for name, each in harvest.ontology.schemes.items()}
    for property, each in _valid_claims(value):
        if property in schemes and harvest.is_identifier(schemes[property], text_line(each)):
            yield f"{schemes[property]}:{text_line(each)}"


def _add_ties(harvest: Harvest, item: ForeignItem, value: Mapping[str, Json]) -> None:
    id = text_line(value.get("id"))
    relations = {
        property: name
        for property, name in harvest.terms("wikidataProperty").items()
        if name in harvest.ontology.relations
    } | dict(harvest.plan.relations)
    for property, statement, each in _claims(value):
        object = _item_id(each)
        if property == _INSTANCE_OF:
            continue
        if statement.get("rank") == _DEPRECATED:
            harvest.lose("statement that Wikidata deprecates")
        elif property not in relations:
            harvest.lose("statement of a property that 'relations:' does not name")
        elif not object:
            harvest.lose("statement without an item as its value")
        else:
            if object not in harvest.types and not harvest.is_known(object, object):
                _add_object(harvest, relations[property], object)
            qualifiers = _object(statement.get("qualifiers"))
            when = _when(harvest, relations[property], qualifiers)
            note = " ".join([DRAFT, *_other_qualifiers(harvest, qualifiers)])
            fields: dict[str, Plain] = {"when": when, "confidence": "low", "note": note}
            harvest.add_assertion(id, relations[property], object, item, **fields)


def _when(harvest: Harvest, relation: str, qualifiers: Mapping[str, Json]) -> str:
    """When it was. A day beside a beginning or an end is neither of the two, and left out."""
    first, last, day = (_time(harvest, qualifiers, name) for name in (_FIRST, _LAST, _DAY))
    if not (first or last):
        return harvest.when(day, day, relation)
    if day:
        harvest.lose(f"qualifier {_DAY}")
    return harvest.when(first, last, relation)


def _other_qualifiers(harvest: Harvest, qualifiers: Mapping[str, Json]) -> Iterator[str]:
    """What else Wikidata says of a statement, as that somebody disputes it: told in a note, with
    the items that it names.
    """
    for name in sorted(qualifiers.keys() - {_FIRST, _LAST, _DAY}):
        harvest.lose(f"qualifier {name}")
        values = (
            _object(each.get("datavalue")).get("value") for each in objects_in(qualifiers[name])
        )
        items = " ".join(filter(None, map(_item_id, values)))
        yield f"Wikidata qualifies it: {name} {items}".strip() + "."


def _add_object(harvest: Harvest, relation: str, id: str) -> None:
    """Add what a statement leads to: known by its id alone, unless the workspace has that."""
    if id in harvest.identified:
        harvest.note_thing(id, harvest.identified[id])
        return
    type = harvest.ontology.relations[relation].range[0]
    record: dict[str, Plain] = {"ids": [f"wikidata:{id}"]}
    record["note"] = f"{DRAFT} Its label is its id, since its own file was not read."
    harvest.add_thing(id, type, id, record)


def _time(harvest: Harvest, qualifiers: Mapping[str, Json], name: str) -> str:
    """A time as EDTF, as exact as it is told; Wikidata counts 44 BC as -0044. Nothing where none is
    told, and where it says that there is none.
    """
    snaks = list(objects_in(qualifiers.get(name)))
    snak = snaks[0] if snaks else {}
    if len(snaks) > 1:
        harvest.lose(f"further time of one statement ({name})")
    value = _object(_object(snak.get("datavalue")).get("value"))
    match = re.match(r"([+-])0*([0-9]{1,4})-([0-9]{2})-([0-9]{2})T", text_line(value.get("time")))
    precision = value.get("precision")
    if match and precision == _DECADE and match[1] == "+":
        return f"{match[2]:0>4}"[:3] + "X"
    if match is None or precision not in _PRECISIONS:
        if value:
            harvest.lose("time less exact than ten years")
        return UNKNOWN if value or snak.get("snaktype") == "somevalue" else ""
    sign, year, month, day = match.groups()
    number = int(year) if sign == "+" else 1 - int(year)
    text = f"{'-' if number < 0 else ''}{abs(number):04}-{month}-{day}"
    length = _PRECISIONS[int(str(precision))] + (number < 0)
    if text_line(value.get("calendarmodel")).endswith(_JULIAN) and precision == 11:
        length -= 6  # the day is one of another calendar: the year is left
    return text[:length]
