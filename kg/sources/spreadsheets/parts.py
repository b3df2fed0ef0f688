"""The parts of a workbook, told element by element as an XML parser meets them."""

from __future__ import annotations

import re
from typing import NamedTuple

MOST_CELLS = 2_000_000
_WITH_TIME = 22
_DATES = {*range(14, 18), _WITH_TIME, *range(27, 37), *range(50, 59)}
"""Formats of dates that are built in (ECMA-376, 18.8.30)."""

_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


class WorkbookPart:
    """A part of a workbook, told element by element; names without their namespace."""

    def doctype(self, *_: object) -> None:
        """No workbook has one: it could make entities that grow or read other files."""
        raise ValueError("it declares a document type")

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Note the begin of an element."""
        self.begin(tag.rpartition("}")[2], attributes)

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        """Note the begin of an element."""

    def end(self, tag: str) -> None:
        """Note the end of an element."""

    def data(self, text: str) -> None:
        """Note text."""

    def close(self) -> None:
        """Note the end of the part."""


class Book(WorkbookPart):
    """Names of sheets with the ids of their parts."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str]] = []
        self.starts_1904 = False

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        """Note what begins."""
        if name == "sheet":
            ids = [value for key, value in attributes.items() if key.endswith("}id")]
            self.sheets.append((attributes.get("name", ""), "".join(ids)))
        elif name == "workbookPr":
            self.starts_1904 = attributes.get("date1904") in ("1", "true")


class Relations(WorkbookPart):
    """Parts by their ids."""

    def __init__(self) -> None:
        self.targets: dict[str, str] = {}

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        """Note what begins."""
        if name == "Relationship":
            self.targets[attributes.get("Id", "")] = attributes.get("Target", "")


class Styles(WorkbookPart):
    """The formats of cells, by the numbers of their styles."""

    def __init__(self) -> None:
        self.codes: dict[int, str] = {}
        self.styles: list[int] = []
        self._in_cells = False

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        """Note what begins."""
        if name == "numFmt":
            self.codes[int(attributes["numFmtId"])] = attributes.get("formatCode", "")
        elif name in ("cellXfs", "cellStyleXfs", "cellStyles"):
            self._in_cells = name == "cellXfs"
        elif name == "xf" and self._in_cells:
            self.styles.append(int(attributes.get("numFmtId", "0")))

    def code_of(self, style: str) -> str:
        """The format of a style, where it is one of dates."""
        number = self.styles[int(style)] if style else 0
        built_in = "yyyy-mm-dd" if number in _DATES else ""
        return self.codes.get(number, f"{built_in} hh" if number == _WITH_TIME else built_in)


class Strings(WorkbookPart):
    """The texts that cells share; marks of pronunciation are none of them."""

    def __init__(self) -> None:
        self.strings: list[str] = []
        self._text: list[str] = []
        self._taken = self._pronounced = False

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        """Note what begins."""
        if name == "si":
            self._text = []
        self._pronounced = self._pronounced or name == "rPh"
        self._taken = name == "t" and not self._pronounced

    def data(self, text: str) -> None:
        """Note text where it counts."""
        if self._taken:
            self._text.append(text)

    def end(self, tag: str) -> None:
        """Note what ends."""
        self._taken = False
        if tag.endswith("}rPh"):
            self._pronounced = False
        elif tag.endswith("}si"):
            self.strings.append("".join(self._text))


class Cell(NamedTuple):
    """A cell as it is written."""

    type: str
    style: str
    value: str
    has_formula: bool


class Cells(WorkbookPart):
    """The cells of a sheet with row and column, from 1, and the areas that are merged."""

    def __init__(self) -> None:
        self.cells: list[tuple[int, int, Cell]] = []
        self.merged: list[str] = []
        self._row = self._column = 0
        self._attributes: dict[str, str] = {}
        self._text: list[str] = []
        self._taken = self._has_formula = False

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        """Note what begins."""
        match name:
            case "row":
                self._row = int(attributes.get("r", self._row + 1))
                self._column = 0
            case "c":
                self._attributes, self._text, self._has_formula = attributes, [], False
                if "r" in attributes:
                    self._row, self._column = place_of(attributes["r"])
                else:
                    self._column += 1
            case "f":
                self._has_formula = True
            case "mergeCell":
                self.merged.append(attributes.get("ref", ""))
        self._taken = name in ("v", "t")

    def data(self, text: str) -> None:
        """Note text where it counts."""
        if self._taken:
            self._text.append(text)

    def end(self, tag: str) -> None:
        """Note what ends."""
        self._taken = False
        if tag.endswith("}c") and (self._text or self._has_formula):
            if len(self.cells) == MOST_CELLS:
                raise ValueError(f"it has more than {MOST_CELLS:,} cells")
            get = self._attributes.get
            cell = Cell(get("t", "n"), get("s", ""), "".join(self._text), self._has_formula)
            self.cells.append((self._row, self._column, cell))


def place_of(reference: str) -> tuple[int, int]:
    """Row and column of ``B4``."""
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        raise ValueError(f"'{reference[:20]}' is no cell")
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]), column
