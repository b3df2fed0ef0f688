"""What a map takes from a row: texts with columns in braces, and choices by the value of a column.

``{Signature Date}`` is a cell; ``{party|id}`` the cell through a filter; what stands in ``[...]``
is left out where a cell in it is empty. Doubled braces and brackets stand for themselves.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial

from kg.diagnostics import Span
from kg.text import Unreadable

RowValues = Mapping[str, str]
"""A row: a text for each column; empty where the cell says nothing."""

NewId = Callable[[str, str], str]
"""Gives an id for a text, after the letters that stand in front of it."""

_TOKEN = re.compile(r"\{\{|\}\}|\[\[|\]\]|\{([^{}]*)\}|\[|\]|[^{}\[\]]+|.", re.DOTALL)
_YEAR = re.compile(r"(\d{1,4})\s*(?:BC|BCE|B\.C\.)", re.IGNORECASE)
_MOST_LETTERS = 60

NO_LETTERS = "x"
"""The id of a text that has no Latin letter and no digit."""


class TemplateError(Unreadable):
    """A text that is no template, or a choice that is none."""


@dataclass(frozen=True, slots=True)
class TemplateField:
    """A column in braces, with the filters that its value goes through."""

    column: str
    filters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Optional:
    """A part that is left out where a cell in it is empty."""

    parts: tuple[str | TemplateField, ...]


@dataclass(frozen=True, slots=True)
class Template:
    """A text with columns."""

    parts: tuple[str | TemplateField | Optional, ...]

    @property
    def columns(self) -> set[str]:
        """The columns that it takes."""
        return {cell.column for cell in _cells(self.parts)}

    def may_be_empty(self, row: RowValues) -> bool:
        """Whether it says itself that it can give nothing, whatever a row has: it needs no cell."""
        return not any(isinstance(part, TemplateField) for part in self.parts)

    def fill(self, row: RowValues, new_id: NewId) -> str:
        """Return the text for a row; nothing where a cell that is not optional is empty."""
        text = ""
        for part in self.parts:
            if isinstance(part, Optional):
                text += _fill(part.parts, row, new_id, text) or ""
                continue
            filled_text = _fill((part,), row, new_id, text)
            if filled_text is None:
                return ""
            text += filled_text
        return text


@dataclass(frozen=True, slots=True)
class TemplateChoice:
    """One of several templates, by the value of a column: exact, as a pattern, or ``else``."""

    column: str
    exact: Mapping[str, Template] = field(default_factory=dict)
    patterns: tuple[tuple[re.Pattern[str], Template], ...] = ()
    otherwise: Template | None = None
    span: Span | None = None

    @property
    def columns(self) -> set[str]:
        """The columns that it takes."""
        templates = [*self.exact.values(), *(template for _, template in self.patterns)]
        templates += [self.otherwise] if self.otherwise else []
        return {self.column}.union(*(template.columns for template in templates))

    def idle_words(self, values: Collection[str]) -> list[str]:
        """Return the words and patterns that fit none of a column's values."""
        words = [word for word in self.exact if word not in values]
        for pattern, _ in self.patterns:
            if not any(map(pattern.fullmatch, values)):
                words.append(f"/{pattern.pattern}/")
        return words

    def fill(self, row: RowValues, new_id: NewId) -> str:
        """Return the text that is chosen for a row; nothing where none fits."""
        template = self.chosen_for(row)
        return template.fill(row, new_id) if template else ""

    def may_be_empty(self, row: RowValues) -> bool:
        """Whether what is chosen for a row says itself that it can give nothing."""
        template = self.chosen_for(row)
        return template is not None and template.may_be_empty(row)

    def chosen_for(self, row: RowValues) -> Template | None:
        """Return the template that fits a row, if one does."""
        value = row.get(self.column, "")
        template = self.exact.get(value)
        if template is None:
            matching = (each for pattern, each in self.patterns if pattern.fullmatch(value))
            template = next(matching, self.otherwise)
        return template


TemplateValue = Template | TemplateChoice

NOTHING = Template(())
"""What is filled with no text: a value that a map leaves out."""


def read_template(text: str) -> Template:
    """Return the template that a text is. Raises TemplateError where it is none."""
    parts: list[str | TemplateField | Optional] = []
    inside: list[str | TemplateField] | None = None
    for match in _TOKEN.finditer(text):
        token = match[0]
        if token in ("{", "}") or (token == "]" and inside is None):
            raise TemplateError(
                f"'{token}' stands alone", f"write it twice to mean it: '{token * 2}'"
            )
        if token == "[":
            if inside is not None:
                raise TemplateError("'[' stands within '[...]'", "close the first one before")
            inside = []
        elif token == "]" and inside is not None:
            parts.append(Optional(tuple(inside)))
            inside = None
        else:
            (parts if inside is None else inside).append(_part(token, match[1]))
    if inside is not None:
        raise TemplateError("'[' is never closed", "write '[[' to mean the sign itself")
    return Template(tuple(parts))


def _part(token: str, column: str | None) -> str | TemplateField:
    if column is None:
        return token[0] if token in ("{{", "}}", "[[", "]]") else token
    name, *filters = (part.strip() for part in column.split("|"))
    if not name:
        raise TemplateError(f"'{token}' names no column", "write the column's name in braces")
    for each in filters:
        if each not in FILTERS:
            filter_names = ", ".join(FILTERS)
            raise TemplateError(f"no filter is called '{each}'", f"there are: {filter_names}")
    return TemplateField(name, tuple(filters))


def _cells(parts: tuple[str | TemplateField | Optional, ...]) -> Iterator[TemplateField]:
    for part in parts:
        if isinstance(part, TemplateField):
            yield part
        elif isinstance(part, Optional):
            yield from _cells(part.parts)


def _fill(
    parts: tuple[str | TemplateField, ...], row: RowValues, new_id: NewId, before: str
) -> str | None:
    """The text of some parts, or None where a cell of them is empty."""
    text = ""
    for part in parts:
        if isinstance(part, str):
            text += part
            continue
        value = row.get(part.column, "")
        if not value:
            return None
        for name in part.filters:
            value = new_id(before + text, value) if name == "id" else FILTERS[name](value)
        text += value
    return text


def id_letters(text: str) -> str:
    """Return the letters of an id for a text: ASCII, small, words parted by hyphens."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    letters = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
    return letters[:_MOST_LETTERS].rstrip("-") or NO_LETTERS


def _year_before_christ(text: str) -> str:
    """``44 BC`` as EDTF has it: -0043. Anything else stays as it is."""
    match = _YEAR.fullmatch(text.strip())
    if match is None:
        return text
    year = int(match[1]) - 1
    return f"-{year:04}" if year else "0000"


def _host(text: str) -> str:
    """``https://www.example.org/a`` as ``example.org``; nothing where there is no host."""
    match = re.match(r"[a-z]+://(?:[^/@]*@)?(?:www\.)?([^/:?#]+)", text.strip().lower())
    return match[1] if match else ""


def _decimal(text: str) -> str:
    """``1.234,5`` as ``1234.5``: a number whose decimals follow a comma. Anything else stays."""
    plain = re.sub(r"[.'\s](?=[0-9]{3}(?![0-9]))", "", text.strip())
    return plain.replace(",", ".") if re.fullmatch(r"[+-]?[0-9]+(?:,[0-9]+)?", plain) else text


def _date(text: str, order: str) -> str:
    """``15.11.2019`` as ``2019-11-15``; ``11/2019`` as ``2019-11``. Anything else stays as it is:
    of ``15.11.19`` nobody knows the century.
    """
    parts = re.fullmatch(r"(?:([0-9]{1,2})[./-])?([0-9]{1,2})[./-]([0-9]{4})", text.strip())
    if parts is None:
        return text
    first, second, year = parts.groups()
    if first is None:
        return f"{year}-{int(second):02}"
    month, day = (second, first) if order == "dmy" else (first, second)
    return f"{year}-{int(month):02}-{int(day):02}"


FILTERS: Mapping[str, Callable[[str], str]] = {
    "id": id_letters,
    "bc": _year_before_christ,
    "dmy": partial(_date, order="dmy"),
    "mdy": partial(_date, order="mdy"),
    "decimal": _decimal,
    "host": _host,
    "lower": str.lower,
    "upper": str.upper,
}
"""What a cell can go through, by name. ``id`` gives each text an id of its own."""
