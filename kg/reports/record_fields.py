"""What curators wrote into the fields of a record, as texts without their places, and what changed
between two versions of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any, NamedTuple

from kg.dates import Date
from kg.diagnostics import Span
from kg.model import Article, Assertion, Conflict, Thing
from kg.model.locators import Locator
from kg.model.references import ASSERTION, Citation, Reference, Text
from kg.status.statement import Statement

AnyRecord = Thing | Article | Assertion | Conflict
NewIds = Mapping[str, str]
"""The ids that records have now, by those that they had, where these are others."""


class FieldChange(NamedTuple):
    """A part of a record that changed: what it was, and what it is."""

    name: str
    was: str
    now: str


_LEFT_OUT = frozenset(("id", "span", "section", "also", "when_span", "has_own_id", "rule"))
"""Where a record stands, and what kg makes of it."""
_KEYS = {
    "labels": "label",
    "publishers": "publisher",
    "originators": "originator",
    "speakers": "according_to",
    "citations": "cite",
    "withdrawals": "withdrawn",
    "qualifiers": "with",
}
"""What YAML calls fields that have another name in Python."""


def field_texts(record: AnyRecord, ids: NewIds) -> dict[str, str]:
    """Return what stands in the fields of a record, by their keys."""
    names = (field.name for field in fields(record) if field.name not in _LEFT_OUT)
    return {_KEYS.get(name, name): _tell(getattr(record, name), ids) for name in names}


def changed_fields(old: AnyRecord, new: AnyRecord, ids: NewIds) -> tuple[FieldChange, ...]:
    """Return the fields that say something else now."""
    if old == new and not ids:
        return ()
    before, now = field_texts(old, ids), field_texts(new, {})
    changed_keys = (key for key in before if before[key] != now[key])
    return tuple(
        FieldChange(key, before[key] or "none", now[key] or "none") for key in changed_keys
    )


def compare_standings(old: Statement, new: Statement) -> tuple[FieldChange, ...]:
    """Return what stands otherwise now, be it that nobody touched the assertion."""
    was_sources, sources = (", ".join(each.originators) or "none" for each in (old, new))
    parts = (
        FieldChange("status", old.status.value, new.status.value),
        FieldChange("independent sources", was_sources, sources),
    )
    return tuple(part for part in parts if part.was != part.now)


def _tell(value: Any, ids: NewIds) -> str:
    """Return a value as text: of several their texts, in an order of its own."""
    for kind, tell in _TELLERS:
        if isinstance(value, kind):
            return tell(value, ids)
    if is_dataclass(value):
        return _tell_each([getattr(value, field.name) for field in fields(value)], ids, ", ")
    if hasattr(value, "_fields"):
        return _tell_each(value, ids, ", ")
    return _tell_each(sorted(_tell(each, ids) for each in value), ids, "; ")


def _tell_each(values: Any, ids: NewIds, apart: str) -> str:
    return apart.join(filter(None, (_tell(each, ids) for each in values)))


def _tell_reference(value: Reference, ids: NewIds) -> str:
    id = value.written or value.id
    return ids.get(id, id)


def _tell_text(value: Text, ids: NewIds) -> str:
    if value.datatype == ASSERTION:
        return ids.get(value.text, value.text)
    more = value.language or value.datatype
    return f"{value.text} ({more})" if more else value.text


def _tell_citation(value: Citation, ids: NewIds) -> str:
    place = f"{_tell_reference(value.article, ids)} {value.locator.words}"
    if value.quote:
        return f"{place}: \u201c{value.quote}\u201d"
    if value.words:
        first, end = value.words
        return f"{place}, characters {first} to {end} ({value.sha256[:8]})"
    return place


_TELLERS: tuple[tuple[type | tuple[type, ...], Callable[[Any, NewIds], str]], ...] = (
    ((type(None), Span), lambda value, ids: ""),
    (Enum, lambda value, ids: value.value),
    (bool, lambda value, ids: "yes" if value else ""),
    ((str, int), lambda value, ids: str(value or "")),
    (Date, lambda value, ids: value.text),
    (Reference, _tell_reference),
    (Text, _tell_text),
    (Locator, lambda value, ids: value.words),
    (Citation, _tell_citation),
)
"""How values of some kinds are told, the first that fits."""
