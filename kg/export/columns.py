"""Tables that can be joined: columns, keys and rows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

Cell = str | int | float | None


class Column(NamedTuple):
    """A column: its name, its type in SQL, and the table whose key it holds, if it does."""

    name: str
    type: str = "TEXT"
    refers: str = ""


class ExportTable(NamedTuple):
    """A table with its rows in order of its key; ``key`` are the columns that tell rows apart."""

    name: str
    says: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def make_table(
    name: str, says: str, columns: str, key: str, rows: Iterable[tuple[Cell, ...]]
) -> ExportTable:
    """Return a table from the words of its columns, as ``id subject>things articles:INTEGER``."""
    unique = sorted(set(rows), key=lambda row: [str(cell) for cell in row])
    return ExportTable(
        name, says, tuple(map(_column, columns.split())), tuple(key.split()), (*unique,)
    )


def _column(word: str) -> Column:
    name, _, refers = word.partition(">")
    name, _, type = name.partition(":")
    return Column(name, type or "TEXT", refers)
