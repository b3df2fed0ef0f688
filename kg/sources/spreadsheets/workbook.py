"""The sheets of a workbook, by name."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple
from xml.etree.ElementTree import ParseError, XMLParser

from kg.diagnostics import KgError, did_you_mean
from kg.files.disk import read_regular
from kg.files.foreign import require_clean
from kg.sources.spreadsheets.parts import (
    MOST_CELLS,
    Book,
    Cell,
    Cells,
    Relations,
    Strings,
    Styles,
    WorkbookPart,
    place_of,
)
from kg.sources.spreadsheets.values import date_text, number_text

MOST_BYTES = 256 << 20
"""The largest sum of the parts of a workbook, unpacked."""

_CHUNK = 1 << 16
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


class Sheet(NamedTuple):
    """A sheet: its rows that hold something, by their numbers, each with its cells from the first
    column to the last one that holds something.
    """

    name: str
    rows: Mapping[int, tuple[str, ...]]

    @property
    def text(self) -> str:
        """The sheet as a text, a row a line, cells parted by tabs: what citations count in."""
        return "".join("\t".join(cells) + "\n" for cells in self.rows.values())


def split_name(name: str) -> tuple[str, str]:
    """Return file and sheet of ``book.xlsx#Sheet``; the sheet is empty where none is named."""
    match = re.fullmatch(r"(.*\.xlsx)#(.+)", name, re.IGNORECASE | re.DOTALL)
    return (match[1], match[2]) if match else (name, "")


def read_sheet(path: Path, name: str = "") -> Sheet:
    """Return a sheet of a workbook, by name or its only one. Raises KgError where it cannot be
    read.
    """
    with _open(path) as archive:
        book = _Workbook(path, archive)
        if not name and len(book.parts) > 1:
            hint = f"as in {path.name}#{next(iter(book.parts))}: it has {', '.join(book.parts)}"
            raise KgError(f"{path} has several sheets, and none is named", hint=hint)
        name = name or next(iter(book.parts), "")
        if name not in book.parts:
            hint = did_you_mean(name, book.parts) or f"it has: {', '.join(book.parts) or 'none'}"
            raise KgError(f"{path} has no sheet '{name}'", hint=hint)
        return book.sheet(name)


def read_sheets(path: Path) -> list[Sheet]:
    """Return all sheets of a workbook. Raises KgError where it cannot be read."""
    with _open(path) as archive:
        book = _Workbook(path, archive)
        return [book.sheet(name) for name in book.parts]


def _open(path: Path) -> zipfile.ZipFile:
    try:
        read_regular(path, 1)
        archive = zipfile.ZipFile(path)
    except OSError as error:
        raise KgError(f"cannot read {path}: {error.strerror}") from None
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise KgError(f"{path} is no XLSX file", hint="save it anew as .xlsx") from None
    if sum(info.file_size for info in archive.infolist()) > MOST_BYTES:
        archive.close()
        hint = "save the sheet that is meant as CSV"
        raise KgError(f"{path} holds more than {MOST_BYTES >> 20} MB, unpacked", 3, hint=hint)
    return archive


class _Workbook:
    """An open workbook: which part holds which sheet."""

    def __init__(self, path: Path, archive: zipfile.ZipFile) -> None:
        self.path, self.archive = path, archive
        book, relations = Book(), Relations()
        self._parse("xl/workbook.xml", book)
        self._parse("xl/_rels/workbook.xml.rels", relations)
        self.starts_1904 = book.starts_1904
        self.parts = {
            name: _part_name(relations.targets[id])
            for name, id in book.sheets
            if id in relations.targets and "worksheets/" in relations.targets[id]
        }
        self.formats, self.strings = Styles(), Strings()
        present = set(archive.namelist())
        for part, target in (("styles", self.formats), ("sharedStrings", self.strings)):
            if f"xl/{part}.xml" in present:
                self._parse(f"xl/{part}.xml", target)

    def _parse(self, part: str, target: WorkbookPart) -> None:
        parser = XMLParser(target=target)
        try:
            with self.archive.open(part) as stream:
                while chunk := stream.read(_CHUNK):
                    parser.feed(chunk)
            parser.close()
        except (KeyError, ParseError, LookupError, ValueError, RuntimeError) as error:
            self._fail(f"its part {part} cannot be read: {error}")
        except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError) as error:
            self._fail(f"its part {part} is damaged: {error}")

    def _fail(self, message: str) -> None:
        hint = "open it in a spreadsheet program and save it anew, or save the sheet as CSV"
        raise KgError(f"{self.path}: {message}", hint=hint) from None

    def sheet(self, name: str) -> Sheet:
        """Read a sheet."""
        cells = Cells()
        self._parse(self.parts[name], cells)
        rows: dict[int, dict[int, str]] = {}
        for row, column, cell in cells.cells:
            try:
                text = self._text(cell)
                require_clean("", text)
            except (ValueError, IndexError, KgError) as error:
                place = f"sheet '{name}', cell {_letters(column)}{row}"
                self._fail(f"{place}: {str(error).removeprefix(': ')}")
            if text:
                rows.setdefault(row, {})[column] = text
        self._fill_merged(cells.merged, rows)
        return Sheet(name, {number: _row(rows[number]) for number in sorted(rows)})

    def _text(self, cell: Cell) -> str:
        value = cell.value
        if cell.has_formula and not value:
            raise ValueError("a formula without its value")
        match cell.type:
            case "s":
                value = self.strings.strings[int(value)] if value else ""
            case "b":
                value = {"0": "FALSE", "1": "TRUE"}.get(value, value)
            case "n" if value:
                code = self.formats.code_of(cell.style)
                return date_text(float(value), code, self.starts_1904) or number_text(value)
        plain = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), value)
        return " ".join(plain.split())

    def _fill_merged(self, merged: list[str], rows: dict[int, dict[int, str]]) -> None:
        """Write what a merged cell shows into each cell that it covers, of rows that hold more."""
        cells_left = MOST_CELLS
        for area in merged:
            first, _, last = area.partition(":")
            row, column = place_of(first)
            last_row, last_column = place_of(last or first)
            value = rows.get(row, {}).get(column, "")
            width = last_column - column + 1
            for number in range(row, last_row + 1) if value else ():
                cells_left -= width
                if cells_left < 0:
                    self._fail("merged cells cover too much")
                if number in rows:
                    covered = range(column, last_column + 1)
                    rows[number].update(dict.fromkeys(covered, value))


def _part_name(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _row(cells: Mapping[int, str]) -> tuple[str, ...]:
    return tuple(cells.get(column, "") for column in range(1, max(cells) + 1))
