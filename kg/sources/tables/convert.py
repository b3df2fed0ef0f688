"""The rows of tables as articles, things and assertions, by a map."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kg.diagnostics import KgError, Span, did_you_mean
from kg.model.grouping import group_pairs
from kg.sources.sourcetext import Plain
from kg.sources.tables.ledger import Ledger
from kg.sources.tables.plan import Field, Gather, Join, RowRule, TableMap, TablesMap
from kg.sources.tables.rows import SourceTable, TableRow, read_table
from kg.sources.tables.templates import Template, TemplateChoice, Value

_NEEDED = ("subject", "predicate", "object")
"""An assertion without one of these is none; another field that is empty is left out."""


@dataclass(slots=True)
class ConvertedRecords:
    """What is made of tables, by section; ``assertions`` in the order of rows."""

    sections: dict[str, dict[str, Plain]] = field(default_factory=dict)
    assertions: list[dict[str, Plain]] = field(default_factory=list)


@dataclass(slots=True)
class ImportCounts:
    """What came of a table or file, counted as it comes: rows read; what was made; assertions that
    joined an earlier one; what an empty cell left out, by column; ids told differently by rows;
    what else was left out, by the reason in words.
    """

    file: str
    noun: str = "row"
    rows: int = 0
    merged: int = 0
    records: Counter[str] = field(default_factory=Counter)
    dropped: Counter[str] = field(default_factory=Counter)
    differing: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)


class Conversion:
    """The tables of a map, read, and what is made of them."""

    def __init__(self, plan: TablesMap, folder: Path, ledger: Ledger) -> None:
        """Read the tables in a folder. Raises KgError where one cannot be read, or a column is
        named that it lacks, or has one that the map does not name.
        """
        self.plan, self.ledger = plan, ledger
        self.tables = {each.file: read_table(folder / each.file) for each in plan.tables}
        self.records = ConvertedRecords(
            {name: dict(_dict(each)) for name, each in plan.things.items()}
        )
        self.told: list[ImportCounts] = []
        self._by_key: dict[tuple[str, str], dict[str, list[TableRow]]] = {}
        self._merged: dict[str, dict[str, Plain]] = {}
        self._ids = {each.file: each.id for each in plan.tables}
        for each in plan.tables:
            _require_columns(each, self.tables[each.file], self._joins(each.file))

    def _joins(self, file: str) -> list[Join | Gather]:
        """The joins that take rows of a table."""
        joins: list[Join | Gather] = []
        for rule in (rule for each in self.plan.tables for rule in each.rules):
            joins += [rule.cite] if rule.cite else []
            joins += [field for field in rule.fields.values() if isinstance(field, Gather)]
        return [join for join in joins if join.table == file]

    def run(self) -> ConvertedRecords:
        """Return everything that the tables give, and note what came of each."""
        for each in self.plan.tables:
            table = self.tables[each.file]
            article: dict[str, Plain] = {"type": "dataset", **each.article}
            article |= {"paragraphs": str(table.paragraphs), "text_sha256": table.sha256}
            self.records.sections.setdefault("articles", {})[each.id] = article
            report = ImportCounts(each.file, rows=len(table.rows))
            for row in table.rows:
                cells = {k: "" if v in each.empty else v for k, v in row.cells.items()}
                for rule in each.rules:
                    self._apply(rule, each, row._replace(cells=cells), report)
            self.told.append(report)
        return self.records

    def _apply(self, rule: RowRule, plan: TableMap, row: TableRow, report: ImportCounts) -> None:
        """Make what a rule makes of a row."""
        if not rule.each:
            self._make(rule, plan, row, report)
        for column, word in rule.each.items():
            if row.cells.get(column):
                cells = {**row.cells, "each": word, "cell": row.cells[column]}
                self._make(rule, plan, row._replace(cells=cells), report)

    def _make(self, rule: RowRule, plan: TableMap, row: TableRow, report: ImportCounts) -> None:
        if rule.condition and not self._fill(rule.condition, row):
            return
        fields = {name: self._field(value, row) for name, value in rule.fields.items()}
        required = _NEEDED if rule.section == "assertions" else ()
        for name in required:
            if name in fields and not fields[name]:
                report.dropped[_column_of(rule.fields[name], row)] += 1
                return
        record = {name: value for name, value in fields.items() if value}
        if rule.section == "assertions":
            self._add_assertion(rule, plan, row, record, report)
            return
        id = self._fill(rule.id, row)
        if not id:
            report.dropped[_column_of(rule.id, row)] += 1
            return
        things = self.records.sections.setdefault(rule.section, {})
        if id not in things:
            report.records[rule.section] += 1
        elif things[id] != record:
            report.differing[id] += 1
        things.setdefault(id, record)

    def _add_assertion(
        self,
        rule: RowRule,
        plan: TableMap,
        row: TableRow,
        record: dict[str, Plain],
        report: ImportCounts,
    ) -> None:
        citations = self._citations(rule.cite, row) if rule.cite else {}
        citations = citations or {plan.id: [str(row.paragraph)]}
        if id := self._fill(rule.id, row):
            record = {"id": id, **record}
        key = repr(sorted(item for item in record.items() if item[0] != "note"))
        if rule.merge and key in self._merged:
            earlier = self._merged[key]
            _join_citations(_dict(earlier["cite"]), citations)
            _join_notes(earlier, record)
            report.merged += 1
            return
        record["cite"] = citations
        if rule.merge:
            self._merged[key] = record
        self.records.assertions.append(record)
        report.records["assertions"] += 1

    def _citations(self, join: Join, row: TableRow) -> dict[str, Plain]:
        citations: dict[str, Plain] = {}
        for other in self._rows_of(join).get(self._fill(join.key, row), ()):
            if article := self._fill(join.article, other):
                more: dict[str, Plain] = {article: [self._fill(join.place, other) or "whole"]}
            else:
                more = {self._ids[join.table]: [str(other.paragraph)]}
            _join_citations(citations, more)
        return citations

    def _rows_of(self, join: Join | Gather) -> dict[str, list[TableRow]]:
        """The rows of another table, by what they are matched with."""
        key = (join.table, repr(join.match))
        if key not in self._by_key:
            if join.table not in self.tables:
                names = list(self.tables)
                raise KgError(
                    f"{join.span}: the map has no table '{join.table}'",
                    hint=did_you_mean(join.table, names) or f"it has: {', '.join(names)}",
                )
            rows = self.tables[join.table].rows
            self._by_key[key] = group_pairs((self._fill(join.match, row), row) for row in rows)
        return self._by_key[key]

    def _field(self, value: Field, row: TableRow) -> Plain:
        if isinstance(value, Gather):
            others = self._rows_of(value).get(self._fill(value.key, row), ())
            texts = (self._fill(value.value, other) for other in others)
            return list(dict.fromkeys(filter(None, texts)))
        if isinstance(value, tuple):
            return list(filter(None, (self._fill(each, row) for each in value)))
        if isinstance(value, Mapping):
            filled_fields = {name: self._fill(each, row) for name, each in value.items()}
            return {name: text for name, text in filled_fields.items() if text}
        return self._fill(value, row)

    def _fill(self, value: Value, row: TableRow) -> str:
        return value.fill(row.cells, self.ledger.id_for)


def _dict(value: Plain) -> dict[str, Plain]:
    assert isinstance(value, dict)
    return value


def _join_citations(citations: dict[str, Plain], more: Mapping[str, Plain]) -> None:
    for article, places in more.items():
        known_places = citations.setdefault(article, [])
        assert isinstance(known_places, list)
        assert isinstance(places, list)
        known_places += [place for place in places if place not in known_places]


def _join_notes(record: dict[str, Plain], other: Mapping[str, Plain]) -> None:
    """Keep the note of another record beside one's own."""
    notes = [str(each["note"]) for each in (record, other) if "note" in each]
    if notes:
        record["note"] = "; ".join(dict.fromkeys(notes))


def _column_of(value: Field, row: TableRow) -> str:
    """The columns whose empty cells left a value empty, in words."""
    columns = sorted(_columns(value))
    return ", ".join(name for name in columns if not row.cells.get(name)) or "(no choice fits)"


def _columns(value: Field) -> set[str]:
    if isinstance(value, Template | TemplateChoice):
        return value.columns
    if isinstance(value, Gather):
        return value.key.columns
    each = value.values() if isinstance(value, Mapping) else value
    return set[str]().union(*(one.columns for one in each))


def _require_columns(plan: TableMap, table: SourceTable, joins: list[Join | Gather]) -> None:
    named_columns: set[str] = set()
    for rule in plan.rules:
        values: list[Field] = [*rule.fields.values()]
        values += [each for each in (rule.id, rule.condition, rule.cite and rule.cite.key) if each]
        columns = set[str]().union(*map(_columns, values)) | rule.each.keys()
        own = columns - ({"each", "cell"} if rule.each else set())
        _require_known(rule.span, own, plan, table)
        named_columns |= own
    for join in joins:
        taken_columns = (join.value,) if isinstance(join, Gather) else (join.article, join.place)
        named_columns |= set[str]().union(*map(_columns, (join.match, *taken_columns)))
        _require_known(join.span, named_columns, plan, table)
    _require_known(plan.span, plan.unused, plan, table)
    if silent := [name for name in table.columns if name not in named_columns | plan.unused]:
        listed = ", ".join(silent)
        hint = f"use it, or say that it is left out: unused: [{listed}]"
        raise KgError(f"{plan.span}: the map does not name these columns: {listed}", hint=hint)


def _require_known(span: Span, names: Collection[str], plan: TableMap, table: SourceTable) -> None:
    for name in sorted(set(names).difference(table.columns)):
        hint = did_you_mean(name, table.columns) or f"it has: {', '.join(table.columns)}"
        raise KgError(f"{span}: the table '{plan.file}' has no column '{name}'", hint=hint)
