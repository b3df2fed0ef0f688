"""The claims of each value of something that has one value at a time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from kg.model import Assertion
from kg.model.modes import Mode
from kg.model.references import Text
from kg.ontology.values import Datatype, may_be_equal
from kg.status.live_record import Camp, LiveRecord
from kg.status.propositions import (
    Valued,
    functional_values,
    is_state,
)
from kg.status.scope import MEASURES, OBJECT, SUBJECT


def is_figure(group: ValueGroup, record: LiveRecord) -> bool:
    """Whether a value is an amount that something has for a time: its staff, what it earns."""
    value = group.example.object
    is_amount = isinstance(value, Text) and value.datatype == Datatype.QUANTITY
    return is_amount and is_state(group.example, record.ontology.relation_of(group.example))


class ValueGroup(NamedTuple):
    """All claims of one value of something that has one at a time, by the end at which they name
    the value.
    """

    value: str
    example: Assertion
    by_aspect: Mapping[str, list[Camp]]

    @property
    def camps(self) -> list[Camp]:
        """The claims by their limits."""
        return [camp for camps in self.by_aspect.values() for camp in camps]


def valued_camps(record: LiveRecord) -> dict[tuple[str, str, str], list[ValueGroup]]:
    """Return the values of functional relations by what has them, where these are several."""
    claims: dict[tuple[str, str, str], dict[str, dict[str, list[Assertion]]]] = {}
    for triple, each in record.claims.items():
        deeds = [a for a in each if a.is_actual or _foretells_amount(a)]
        for valued in functional_values(triple, record.ontology) if deeds else ():
            by_end = claims.setdefault(valued.key, {}).setdefault(valued.value, {})
            for a in deeds:
                by_end.setdefault(_value_end(a, valued), []).append(a)
    several = {key: values for key, values in claims.items() if len(values) > 1}
    return {key: _groups(values, record) for key, values in several.items()}


def _foretells_amount(assertion: Assertion) -> bool:
    """Whether it gives an amount as planned, expected, ...: another one of its mode is a rival."""
    value = assertion.object
    is_amount = isinstance(value, Text) and value.datatype in MEASURES
    return is_amount and assertion.mode is not Mode.OPINION


def _groups(
    values: Mapping[str, Mapping[str, list[Assertion]]], record: LiveRecord
) -> list[ValueGroup]:
    groups = []
    for value, by_end in values.items():
        camps = {end: record.camps(each, record.attested_scope) for end, each in by_end.items()}
        groups.append(ValueGroup(value, next(iter(by_end.values()))[0], camps))
    return groups


def _value_end(assertion: Assertion, valued: Valued) -> str:
    return OBJECT if assertion.object_key == valued.value else SUBJECT


def exclude_each_other(group: ValueGroup, other: ValueGroup, record: LiveRecord) -> bool:
    """Whether the values of two groups cannot be one: an unnamed person may be anybody."""
    if group is other or record.may_be_one(group.value, other.value):
        return False
    return SUBJECT in group.by_aspect or not may_be_equal(
        group.example.object, other.example.object
    )
