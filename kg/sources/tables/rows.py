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
from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

from kg.diagnostics import KgError
from kg.files.foreign import json_lines, paragraph_numbers, read_text, require_clean
from kg.sources.spreadsheets import ENDING
from kg.sources.spreadsheets.workbook import Sheet, read_sheet, split_name

ENDINGS = (".csv", ".tsv", ".jsonl", ".ndjson", ".xlsx")
MOST_BYTES = 256 << 20
_MOST_CHARACTERS = 1 << 24
_NO_HEADER = "'header:' is the line, or the row of a sheet, that names the columns"


class TableLayout(NamedTuple):
    """How a table is written: its encoding, what parts its columns (empty: what its file's ending
    says), and the line, or row of a sheet, that names them (0: the first that says something).
    """

    encoding: str = "utf-8"
    delimiter: str = ""
    header: int = 0


USUAL_LAYOUT = TableLayout()


class TableRow(NamedTuple):
    """A row: its cells by column, and the paragraph and the line of the file in which it begins; of
    a sheet its number there.
    """

    cells: dict[str, str]
    paragraph: int
    line: int


class SourceTable(NamedTuple):
    """A table: its columns in order, its rows, how many paragraphs its file has, and the SHA-256 of
    that.
    """

    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]
    paragraphs: int
    sha256: str


TableParts = tuple[tuple[str, ...], tuple[TableRow, ...]]
"""Columns, and rows."""


def knows_encoding(name: str) -> bool:
    """Tell whether texts of an encoding can be read."""
    try:
        return isinstance(b"".decode(name), str) and isinstance("\n".encode(name), bytes)
    except (LookupError, ValueError):
        return False


def read_table(path: Path, layout: TableLayout = USUAL_LAYOUT) -> SourceTable:
    """Return a table: a file, or a sheet of a workbook (``book.xlsx#Sheet``). Raises KgError where
    it cannot be read as one.
    """
    file, sheet = split_name(str(path))
    if file.lower().endswith(ENDING):
        return _sheet(path, read_sheet(Path(file), sheet), layout.header)
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        endings = ", ".join(ENDINGS)
        raise KgError(f"{path} is no table that can be read", hint=f"save it as one of {endings}")
    text = read_text(path, MOST_BYTES, layout.encoding)
    if ending in (".jsonl", ".ndjson"):
        columns, rows = _json_lines(path, text)
    else:
        sign = layout.delimiter or ("\t" if ending == ".tsv" else ",")
        columns, rows = _without_blank(*_separated(path, text, sign, layout.header))
    lines = paragraph_numbers(text)
    return SourceTable(
        columns, rows, lines[-1] if lines else 0, hashlib.sha256(path.read_bytes()).hexdigest()
    )


def _sheet(path: Path, sheet: Sheet, header: int) -> SourceTable:
    lines = list(enumerate(sheet.rows.items(), 1))
    if header and header not in sheet.rows:
        raise KgError(f"{path}: its row {header} holds nothing", hint=_NO_HEADER)
    below_header = [(n, number, cells) for n, (number, cells) in lines if number >= header]
    columns = _columns(str(path), next((cells for _, _, cells in below_header), ()))
    rows = []
    for paragraph, number, cells in below_header[1:]:
        fitted_cells = _fit(f"{path}: row {number}", cells, columns)
        fitted_cells = (*fitted_cells, *[""] * (len(columns) - len(fitted_cells)))
        rows.append(TableRow(dict(zip(columns, fitted_cells, strict=True)), paragraph, number))
    sha256 = hashlib.sha256(sheet.text.encode()).hexdigest()
    return SourceTable(*_without_blank(columns, tuple(rows)), len(sheet.rows), sha256)


def _separated(path: Path, text: str, delimiter: str, header: int) -> TableParts:
    csv.field_size_limit(_MOST_CHARACTERS)
    numbers = paragraph_numbers(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        line, names = _header(path, reader, header)
        _require_delimiter(f"{path}:{line}", names, delimiter)
        columns = _columns(f"{path}:{line}", names)
        rows = tuple(_separated_rows(path, reader, columns, numbers))
    except csv.Error as error:
        hint = "mend the table: a cell with a quote in it needs quotes, and its own twice"
        raise KgError(f"{path}:{reader.line_num}: {error}", hint=hint) from None
    return columns, rows


def _header(path: Path, reader: Any, header: int) -> tuple[int, list[str]]:
    """The line that names the columns, and what it says."""
    line = 1
    for cells in reader:
        if line >= header and (header or any(map(str.strip, cells))):
            if header not in (0, line):
                raise KgError(f"{path}: no row begins in line {header}", hint=_NO_HEADER)
            return line, cells
        line = reader.line_num + 1
    if header:
        raise KgError(f"{path}: no row begins in line {header}", hint=_NO_HEADER)
    return line, []


def _separated_rows(
    path: Path, reader: Any, columns: tuple[str, ...], numbers: list[int]
) -> Iterator[TableRow]:
    line = reader.line_num
    for cells in reader:
        first, line = line, reader.line_num
        if not cells:
            continue
        place = f"{path}:{first + 1}"
        fitted_cells = _fit(place, cells, columns)
        if len(fitted_cells) != len(columns):
            message = f"{place}: {len(cells)} cells where the header has {len(columns)}"
            raise KgError(message, hint=_MORE_CELLS)
        for cell in cells:
            require_clean(place, cell)
        texts = map(_one_line, fitted_cells)
        yield TableRow(dict(zip(columns, texts, strict=True)), numbers[first], first + 1)


_MORE_CELLS = "mend the table: a cell with a comma in it needs quotes"


def _fit(place: str, cells: Sequence[str], columns: Sequence[str]) -> Sequence[str]:
    """The cells of a row without empty ones behind the last column."""
    if any(map(str.strip, cells[len(columns) :])):
        message = f"{place}: {len(cells)} cells where the header has {len(columns)}"
        raise KgError(message, hint=f"{_MORE_CELLS}, and each column a name")
    return cells[: len(columns)]


def _columns(place: str, names: Sequence[str]) -> tuple[str, ...]:
    """The names of columns as a map can write them: in one line, without braces and bars. One
    without a name is called by its number.
    """
    columns = [" ".join(re.sub(r"[{}|]", " ", name).split()) for name in names]
    if not any(columns):
        raise KgError(f"{place} holds nothing", hint="a line must name the columns")
    named_columns = tuple(name or f"column {n}" for n, name in enumerate(columns, 1))
    counts = Counter(named_columns)
    if twice := next((name for name in named_columns if counts[name] > 1), ""):
        hint = "give each column a name of its own"
        raise KgError(f"{place} has two columns that are called '{twice}'", hint=hint)
    return named_columns


def _without_blank(columns: tuple[str, ...], rows: tuple[TableRow, ...]) -> TableParts:
    """A table without columns that have neither a name nor a cell, as spreadsheets append them."""
    unnamed = [name for n, name in enumerate(columns, 1) if name == f"column {n}"]
    for row in rows if unnamed else ():
        unnamed = [name for name in unnamed if not row.cells[name]]
    for row, name in product(rows, unnamed):
        del row.cells[name]
    return tuple(name for name in columns if name not in unnamed), rows


def _require_delimiter(place: str, columns: Sequence[str], delimiter: str) -> None:
    others = [sign for sign in "".join(columns) if sign in ";\t," and sign != delimiter]
    if len(columns) == 1 and others:
        names = {"\t": "a tab", ",": "a comma"}
        part, wanted_sign = (names.get(sign, f"'{sign}'") for sign in (others[0], delimiter))
        sign = "\\t" if others[0] == "\t" else others[0]
        message = f"{place}: {part} parts the columns, not {wanted_sign}"
        raise KgError(message, hint=f'write delimiter: "{sign}" into the map')


def _one_line(cell: str) -> str:
    """A cell without the line ends in it: names stand in one line."""
    return re.sub(r"\s*[\r\n]\s*", " ", cell.strip())


def _json_lines(path: Path, text: str) -> TableParts:
    rows: list[TableRow] = []
    columns: dict[str, None] = {}
    for count, item in enumerate(json_lines(path, text), 1):
        if not isinstance(item.value, dict):
            hint = 'each line is an object: {"party": "Arden", ...}'
            raise KgError(f"{path}:{item.line}: this line is no row", hint=hint)
        cells = dict(_json_cells("", item.value))
        rows.append(TableRow(cells, count, item.line))
        columns.update(dict.fromkeys(cells))
    return tuple(columns), tuple(rows)


def _json_cells(name: str, value: object) -> Iterator[tuple[str, str]]:
    """The cells of a value: those in an object are called ``party.name``, those in a list
    ``parties.1``.
    """
    if isinstance(value, dict | list) and value:
        keys = value.items() if isinstance(value, dict) else enumerate(value, 1)
        for key, each in keys:
            yield from _json_cells(f"{name}.{key}" if name else str(key), each)
    elif isinstance(value, str):
        yield name, _one_line(value)
    else:
        yield name, json.dumps(value, ensure_ascii=False) if isinstance(value, int | float) else ""
