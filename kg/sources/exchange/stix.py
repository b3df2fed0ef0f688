"""Bundles of STIX 2.1 (https://docs.oasis-open.org/cti/stix/v2.1): actors and what ties them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from kg.diagnostics import KgError
from kg.files.foreign import ForeignItem, Json, json_items
from kg.sources.exchange.harvest import Harvest, objects_in, text_line, words_of
from kg.sources.sourcetext import Plain

OWN_IDS = "actor-kg"
"""The name under which an export tells the ids of the workspace among external references."""

_USED = {"type", "id", "spec_version", "created", "modified", "name", "aliases", "description"}
_USED |= {"identity_class", "labels", "external_references", "source_ref", "target_ref"}
_USED |= {"relationship_type", "start_time", "stop_time", "revoked"}


def import_bundle(harvest: Harvest) -> None:
    """Take the actors of a bundle, then what ties them. Raises KgError where the file is none."""
    harvest.add_article()
    harvest.keeps_ids = False  # these are long and say nothing
    types = harvest.terms("readFromStix") | dict(harvest.plan.types)
    ties = []
    for item, value in _latest_objects(harvest):
        kind = text_line(value.get("type"))
        if value.get("revoked") is True:
            harvest.lose(f"{kind} that was revoked")
        elif kind == "relationship":
            ties.append((item, value))
        elif type := _class(harvest, value, types):
            _add_thing(harvest, value, type)
        else:
            harvest.lose(f"object of the type {kind}, which 'types:' does not name")
    for item, value in ties:
        _add_tie(harvest, item, value)


def _latest_objects(harvest: Harvest) -> Iterable[tuple[ForeignItem, dict[str, Json]]]:
    """The objects of a bundle, each in the version that was modified last."""
    latest: dict[str, tuple[ForeignItem, dict[str, Json]]] = {}
    for item in json_items(harvest.path, harvest.text, "objects"):
        harvest.told.rows += 1
        value = _object(harvest, item)
        id = text_line(value.get("id"))
        if id in latest:
            harvest.lose("earlier version of an object")
            earlier = text_line(latest[id][1].get("modified"))
            if earlier > text_line(value.get("modified")):
                continue
        latest[id] = (item, value)
    return latest.values()


def _object(harvest: Harvest, item: ForeignItem) -> dict[str, Json]:
    value = item.value if isinstance(item.value, dict) else {}
    if not (text_line(value.get("id")) and text_line(value.get("type"))):
        hint = 'a bundle is {"type": "bundle", "objects": [{"type": ..., "id": ...}, ...]}'
        raise KgError(f"{harvest.path}:{item.line}: this is no object of STIX", hint=hint)
    return value


def _class(harvest: Harvest, value: Mapping[str, Json], types: Mapping[str, str]) -> str:
    """The class of an object: by a label that names one, by its class or by its type."""
    labels = harvest.labelled
    labelled_types = [labels[label] for label in words_of(value.get("labels")) if label in labels]
    kinds = (text_line(value.get("identity_class")), text_line(value.get("type")))
    classes = [types[kind] for kind in kinds if types.get(kind) in harvest.ontology.classes]
    return next(iter([*labelled_types, *classes]), "")


def _add_thing(harvest: Harvest, value: Mapping[str, Json], type: str) -> None:
    key, name = text_line(value.get("id")), text_line(value.get("name"))
    if not name:
        harvest.lose("object without a name")
        return
    ids = []
    for reference in objects_in(value.get("external_references")):
        scheme, id = (
            text_line(reference.get("source_name")),
            text_line(reference.get("external_id")),
        )
        if scheme == OWN_IDS:
            harvest.own_id(key, id)
        elif harvest.is_identifier(scheme, id):
            ids.append(f"{scheme}:{id}")
        else:
            harvest.lose("external reference to no register that the ontology knows")
    if harvest.is_identifier("stix", key):
        ids.append(f"stix:{key}")
    aliases = [alias for alias in words_of(value.get("aliases")) if alias != name]
    note = text_line(value.get("description"))
    harvest.add_thing(key, type, name, {"aliases": [*aliases], "ids": [*ids], "note": note})
    harvest.lose_others(value, _USED)


def _add_tie(harvest: Harvest, item: ForeignItem, value: Mapping[str, Json]) -> None:
    kind = text_line(value.get("relationship_type"))
    camel = re.sub(r"-+(.)", lambda match: match[1].upper(), kind)
    relation = harvest.plan.relations.get(kind, camel)
    if relation not in harvest.ontology.relations:
        harvest.lose(f"relationship '{kind[:60]}', which 'relations:' does not name")
        return
    references = objects_in(value.get("external_references"))
    own = [each for each in references if text_line(each.get("source_name")) == OWN_IDS]
    ends = [text_line(value.get(key)) for key in ("source_ref", "target_ref")]
    first, last = text_line(value.get("start_time")), text_line(value.get("stop_time"))
    fields: dict[str, Plain] = {
        "id": text_line(own[0].get("external_id")) if own else "",
        "when": harvest.when(first, last, relation),
        "note": text_line(value.get("description")),
    }
    harvest.add_assertion(ends[0], relation, ends[1], item, **fields)
    harvest.lose_others(value, _USED)
