"""Records as columns: much smaller in JSON than one object for each, since no name and few values
are repeated.

A table of records is ``{"n": how many, FIELD: column, ...}``. A column is one of these, whichever
is the shortest:

- ``[value, ...]``: one value for each record;
- ``{"of": [value, ...], "at": [number, ...]}``: the different values, and which of them each record
  has;
- ``{"rows": [number, ...], "values": [value, ...]}``: the records that have a value, by number, and
  these values;
- ``{"steps": [number, ...]}``: whole numbers, the first as it is and each other as what is to add
  to the one before.

A value of null is none: the record lacks the field. A field that no record has is left out.
``scripts/columns.js`` reads this.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

PageRecord = Mapping[str, Any]


def columns(records: Iterable[PageRecord]) -> dict[str, Any]:
    """Return records as columns, the fields in the order in which they first appear. No field may
    be called ``n``. Each record is let go once its values are taken.
    """
    values_by_name: dict[str, list[Any]] = {}
    count = 0
    for record in records:
        for field, value in record.items():
            values = values_by_name.setdefault(field, [])
            values += [None] * (count - len(values))
            values.append(value)
        count += 1
    table: dict[str, Any] = {"n": count}
    for field in list(values_by_name):
        values = values_by_name.pop(field)
        column = _column(values + [None] * (count - len(values)))
        if column is not None:
            table[field] = column
    return table


def _column(values: list[Any]) -> Any:
    """The shortest form of a column; None where there is no value at all."""
    present = [row for row, value in enumerate(values) if value is not None]
    if not present:
        return None
    forms: list[Any] = [values]
    keys = _keys(values)
    numbers = {key: number for number, key in enumerate(dict.fromkeys(keys))}
    if len(numbers) < len(values):
        forms.append(
            {
                "of": list(dict(zip(keys, values, strict=True)).values()),
                "at": [numbers[key] for key in keys],
            }
        )
    if len(present) < len(values):
        forms.append({"rows": present, "values": [values[row] for row in present]})
    elif all(type(value) is int for value in values):
        forms.append(
            {"steps": [values[0], *(after - before for before, after in pairwise(values))]}
        )
    return min(forms, key=_size)


def _keys(values: list[Any]) -> list[Any]:
    """Return a key for each value that no other value has: 1, "1" and true are three."""
    kinds = {type(value) for value in values if value is not None}
    if len(kinds) == 1 and kinds <= {str, int, bool}:
        return values
    return [
        (type(value), repr(value) if isinstance(value, list | dict) else value) for value in values
    ]


def _size(value: Any) -> int:
    return len(_text(value))


_text = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
