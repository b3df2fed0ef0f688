"""Tables that can be joined: columns, keys and rows."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

CellValue = str | int | float | None


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
    rows: tuple[tuple[CellValue, ...], ...]


@cache
def read_columns(words: str) -> tuple[Column, ...]:
    """Return columns of which each is told by a word, as ``id subject>things articles:INTEGER``."""
    columns = []
    for word in words.split():
        name, _, refers = word.partition(">")
        name, _, type = name.partition(":")
        columns.append(Column(name, type or "TEXT", refers))
    return tuple(columns)
