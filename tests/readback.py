"""What kg wrote, read back: tables of a page as records, a reading's graph as quads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import accumulate
from typing import Any

import pyoxigraph as ox

from kg.reading import Reading


def records(table: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the records that a table was made of, without what was null in them."""
    result: list[dict[str, Any]] = [{} for _ in range(table["n"])]
    for field, column in table.items():
        values = _values(column, table["n"]) if field != "n" else ()
        for record, value in zip(result, values, strict=False):
            if value is not None:
                record[field] = value
    return result


def _values(column: Any, count: int) -> Iterable[Any]:
    if isinstance(column, list):
        return column
    if "of" in column:
        return [column["of"][number] for number in column["at"]]
    if "steps" in column:
        return list(accumulate(column["steps"]))
    by_row = dict(zip(column["rows"], column["values"], strict=True))
    return [by_row.get(row) for row in range(count)]


def quads_of(reading: Reading) -> list[ox.Quad]:
    """The graph of a reading as quads."""
    return list(ox.parse(reading.nquads, ox.RdfFormat.N_QUADS))
