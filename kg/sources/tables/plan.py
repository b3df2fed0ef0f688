"""What a map from tables to things and assertions says, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.diagnostics import Span
from kg.sources.sourcetext import Plain
from kg.sources.tables.rows import USUAL_LAYOUT, TableLayout
from kg.sources.tables.templates import NOTHING, TemplateValue


@dataclass(frozen=True, slots=True)
class Gather:
    """A list of values from the rows of another table: those whose ``match`` is this row's
    ``key``.
    """

    span: Span
    table: str
    key: TemplateValue
    match: TemplateValue
    value: TemplateValue


FieldRule = TemplateValue | tuple[TemplateValue, ...] | Mapping[str, TemplateValue] | Gather
"""What a map writes into a field: one value, a list of them, values by name, or what the rows of
another table have.
"""


@dataclass(frozen=True, slots=True)
class RowRule:
    """What is made of each row: a thing, an article or an assertion, field by field.

    ``condition`` is a value that must not be empty (``if: COLUMN``, or a choice). ``each`` makes
    one for each of some columns, whose word and cell are ``{each}`` and ``{cell}`` in the fields.
    """

    span: Span
    fields: Mapping[str, FieldRule]
    section: str = ""
    id: TemplateValue = NOTHING
    condition: TemplateValue | None = None
    each: Mapping[str, str] = field(default_factory=dict)
    merge: bool = False
    cite: Join | None = None


@dataclass(frozen=True, slots=True)
class Join:
    """Citations from the rows of another table: those whose ``match`` is this row's ``key``.

    ``article`` is the id of the source that such a row names, cited at ``place``, a
    paragraph or what YAML cites by (``{page: ...}``); where it is left
    out, the row itself is cited.
    """

    span: Span
    table: str
    key: TemplateValue
    match: TemplateValue
    article: TemplateValue = NOTHING
    place: TemplateValue | Mapping[str, TemplateValue] = NOTHING


@dataclass(frozen=True, slots=True)
class TableMap:
    """What is made of a table, which is the article ``id``. ``unused`` are the columns that the map
    leaves out on purpose.
    """

    span: Span
    file: str
    id: str
    article: Mapping[str, Plain]
    empty: frozenset[str]
    unused: frozenset[str]
    rules: tuple[RowRule, ...]
    layout: TableLayout = USUAL_LAYOUT


@dataclass(frozen=True, slots=True)
class FileMap:
    """What is taken from a file of another program, which is the article ``id``.

    ``ids`` says which names and ids of the file are which things of the workspace, ``types`` and
    ``relations`` what its words for kinds and ties are here. ``languages`` are those of labels.
    """

    span: Span
    file: str
    id: str
    article: Mapping[str, Plain]
    ids: Mapping[str, str]
    types: Mapping[str, str]
    relations: Mapping[str, str]
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TablesMap:
    """A map as a whole. ``folder`` is where its tables and files lie, as written."""

    folder: str
    things: Mapping[str, Plain]
    tables: tuple[TableMap, ...]
    files: tuple[FileMap, ...] = ()
