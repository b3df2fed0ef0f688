"""Tables as rows of texts: CSV, TSV, JSON lines and sheets of XLSX, each row with its paragraph in
the file.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from kg.diagnostics import KgError
from kg.files.foreign import json_lines, paragraph_numbers, read_text, require_clean
from kg.sources.spreadsheets import ENDING
from kg.sources.spreadsheets.workbook import Sheet, read_sheet, split_name

ENDINGS = (".csv", ".tsv", ".jsonl", ".ndjson", ".xlsx")
MOST_BYTES = 256 << 20
_MOST_CHARACTERS = 1 << 24


class TableRow(NamedTuple):
    """A row: its cells by column, and the paragraph of the file in which it begins."""

    cells: dict[str, str]
    paragraph: int


class SourceTable(NamedTuple):
    """A table: its columns in order, its rows, how many paragraphs its file has, and the SHA-256 of
    that.
    """

    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]
    paragraphs: int
    sha256: str


Parts = tuple[tuple[str, ...], tuple[TableRow, ...]]
"""Columns, and rows."""


def read_table(path: Path) -> SourceTable:
    """Return a table: a file, or a sheet of a workbook (``book.xlsx#Sheet``). Raises KgError where
    it cannot be read as one.
    """
    file, sheet = split_name(str(path))
    if file.lower().endswith(ENDING):
        return _sheet(path, read_sheet(Path(file), sheet))
    text = read_text(path, MOST_BYTES)
    if path.suffix in (".jsonl", ".ndjson"):
        columns, rows = _json_lines(path, text)
    elif path.suffix in (".csv", ".tsv"):
        columns, rows = _separated(path, text, "\t" if path.suffix == ".tsv" else ",")
    else:
        endings = ", ".join(ENDINGS)
        raise KgError(f"{path} is no table that can be read", hint=f"save it as one of {endings}")
    lines = paragraph_numbers(text)
    return SourceTable(
        columns, rows, lines[-1] if lines else 0, hashlib.sha256(path.read_bytes()).hexdigest()
    )


def _sheet(path: Path, sheet: Sheet) -> SourceTable:
    lines = iter(sheet.rows.items())
    _, columns = next(lines, (0, ()))
    _require_columns(path, columns)
    rows = []
    for paragraph, (number, cells) in enumerate(lines, 2):
        if len(cells) > len(columns):
            message = (
                f"{path}: row {number} has {len(cells)} cells where the header has {len(columns)}"
            )
            raise KgError(
                message, hint="give each column a name in the first row that is not empty"
            )
        filled_cells = (*cells, *[""] * (len(columns) - len(cells)))
        rows.append(TableRow(dict(zip(columns, filled_cells, strict=True)), paragraph))
    sha256 = hashlib.sha256(sheet.text.encode()).hexdigest()
    return SourceTable(columns, tuple(rows), len(sheet.rows), sha256)


def _separated(path: Path, text: str, delimiter: str) -> Parts:
    csv.field_size_limit(_MOST_CHARACTERS)
    numbers = paragraph_numbers(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        columns = tuple(next(reader, ()))
        _require_columns(path, columns)
        _require_commas(path, columns)
        rows = tuple(_separated_rows(path, reader, columns, numbers))
    except csv.Error as error:
        raise KgError(f"{path}:{reader.line_num}: {error}", hint="mend the table") from None
    return columns, rows


def _separated_rows(
    path: Path, reader: Any, columns: tuple[str, ...], numbers: list[int]
) -> Iterator[TableRow]:
    line = reader.line_num
    for cells in reader:
        first, line = line, reader.line_num
        if not cells:
            continue
        if len(cells) != len(columns):
            message = f"{path}:{first + 1}: {len(cells)} cells where the header has {len(columns)}"
            raise KgError(message, hint="mend the table: a cell with a comma in it needs quotes")
        for cell in cells:
            require_clean(f"{path}:{first + 1}", cell)
        yield TableRow(dict(zip(columns, map(str.strip, cells), strict=True)), numbers[first])


def _require_columns(path: Path, columns: tuple[str, ...]) -> None:
    if not any(columns):
        raise KgError(f"{path} holds nothing", hint="its first line must name the columns")
    counts = Counter(columns)
    twice = next((name for name in columns if counts[name] > 1), None)
    if twice is not None:
        hint = "give each column a name of its own"
        raise KgError(f"{path} has two columns that are called '{twice}'", hint=hint)


def _require_commas(path: Path, columns: tuple[str, ...]) -> None:
    if len(columns) == 1 and (mark := re.search("[;\t]", columns[0])):
        name = "a tab" if mark[0] == "\t" else f"'{mark[0]}'"
        hint = "save it with commas, or with tabs as .tsv"
        raise KgError(f"{path}:1: {name} parts the columns, not a comma", hint=hint)


def _json_lines(path: Path, text: str) -> Parts:
    rows: list[TableRow] = []
    columns: dict[str, None] = {}
    for count, item in enumerate(json_lines(path, text), 1):
        if not isinstance(item.value, dict):
            hint = 'each line is an object: {"party": "Arden", ...}'
            raise KgError(f"{path}:{item.line}: this line is no row", hint=hint)
        rows.append(TableRow({name: _cell(value) for name, value in item.value.items()}, count))
        columns.update(dict.fromkeys(item.value))
    return tuple(columns), tuple(rows)


def _cell(value: object) -> str:
    if value is None:
        return ""
    return value.strip() if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
