"""The rows of tables as articles, things and assertions, by a map."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from pathlib import Path

from kg.dates import is_date
from kg.diagnostics import Span
from kg.model.grouping import group_pairs
from kg.sources.sourcetext import Plain
from kg.sources.tables.columns import (
    check_columns,
    columns_of,
    empty_columns,
    list_idle_words,
    missing_field,
)
from kg.sources.tables.ledger import Ledger
from kg.sources.tables.mistakes import MapMistakes
from kg.sources.tables.plan import FieldRule, Gather, Join, RowRule, TableMap, TablesMap
from kg.sources.tables.rows import SourceTable, TableRow, read_table
from kg.sources.tables.templates import TemplateValue

_DATES = ("when", "from", "until", "said", "published", "accessed")
"""The fields that are dates; in an inferred assertion ``from`` names others."""


@dataclass(slots=True)
class ConvertedRecords:
    """What is made of tables, by section; ``assertions`` in the order of rows."""

    sections: dict[str, dict[str, Plain]] = field(default_factory=dict)
    assertions: list[dict[str, Plain]] = field(default_factory=list)


@dataclass(slots=True)
class ImportCounts:
    """What came of a table or file, counted as it comes: rows read; what was made; assertions that
    joined an earlier one, or say the same; what an empty cell left out, by section and column; ids
    told differently by rows; what a condition left out, by its rule; what else, by the reason in
    words; assertions for which a table of citations has no row, by that; the paragraphs of rows
    that gave nothing; what the map names and nothing fits, in words; and texts that are no dates,
    each with its place, by their columns.
    """

    file: str
    noun: str = "row"
    rows: int = 0
    merged: int = 0
    repeated: int = 0
    records: Counter[str] = field(default_factory=Counter)
    dropped: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    differing: Counter[str] = field(default_factory=Counter)
    unmet: Counter[Span] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    uncited: Counter[str] = field(default_factory=Counter)
    silent: list[int] = field(default_factory=list)
    idle: list[str] = field(default_factory=list)
    no_dates: dict[str, list[tuple[str, str]]] = field(default_factory=dict)


class Conversion:
    """The tables of a map, read, and what is made of them."""

    def __init__(self, plan: TablesMap, folder: Path, ledger: Ledger) -> None:
        """Read the tables in a folder. Raises KgError, with all mistakes, where one cannot be read,
        or a column is named that it lacks, or has one that the map does not name.
        """
        self.plan, self.folder, self.ledger = plan, folder, ledger
        mistakes = MapMistakes()
        tables: dict[str, SourceTable] = {}
        for each in plan.tables:
            if table := mistakes.attempt(read_table, folder / each.file, each.layout):
                tables[each.file] = _without_sentinels(table, each.empty)
        check_columns(plan, tables, mistakes)
        mistakes.raise_all()
        self.tables = tables
        self.records = ConvertedRecords(
            {name: dict(_dict(each)) for name, each in plan.things.items()}
        )
        self.told: list[ImportCounts] = []
        self._by_key: dict[tuple[str, str], dict[str, list[TableRow]]] = {}
        self._earlier: dict[str, dict[str, Plain]] = {}
        self._ids = {each.file: each.id for each in plan.tables}
        self._used_rows: dict[str, set[int]] = {each.file: set() for each in plan.tables}

    def run(self) -> ConvertedRecords:
        """Return everything that the tables give, and note what came of each."""
        for each in self.plan.tables:
            table = self.tables[each.file]
            article: dict[str, Plain] = {"type": "dataset", **each.article}
            article |= {"paragraphs": str(table.paragraphs), "text_sha256": table.sha256}
            self.records.sections.setdefault("articles", {})[each.id] = article
            report = ImportCounts(each.file, rows=len(table.rows))
            report.idle += list_idle_words(each, table.rows)
            for row in table.rows:
                for rule in each.rules:
                    self._apply(rule, each, row, report)
            self.told.append(report)
        for report in self.told:
            used_rows = self._used_rows[report.file]
            rows = self.tables[report.file].rows
            report.silent += [row.paragraph for row in rows if row.paragraph not in used_rows]
        return self.records

    def _apply(self, rule: RowRule, plan: TableMap, row: TableRow, report: ImportCounts) -> None:
        """Make what a rule makes of a row."""
        if not rule.each:
            self._make(rule, plan, row, report)
        for column, word in rule.each.items():
            if row.cells.get(column):
                cells = {**row.cells, "each": word, "cell": row.cells[column]}
                self._make(rule, plan, row._replace(cells=cells), report, column)

    def _make(
        self, rule: RowRule, plan: TableMap, row: TableRow, report: ImportCounts, column: str = ""
    ) -> None:
        if rule.condition and not self._fill(rule.condition, row):
            report.unmet[rule.span] += 1
            return
        fields = {name: self._field(value, row) for name, value in rule.fields.items()}
        is_assertion = rule.section == "assertions"
        if is_assertion and (name := missing_field(rule, fields, row)):
            columns = empty_columns(rule.fields[name], row)
            report.dropped[rule.section, columns, name] += 1
            return
        record = {name: value for name, value in fields.items() if value}
        self._note_dates(rule, record, row, report, column)
        if is_assertion:
            self._add_assertion(rule, plan, row, record, report)
            return
        id = self._fill(rule.id, row)
        if not id:
            report.dropped[rule.section, empty_columns(rule.id, row), "id"] += 1
            return
        self._used_rows[plan.file].add(row.paragraph)
        things = self.records.sections.setdefault(rule.section, {})
        if id not in things:
            report.records[rule.section] += 1
        elif things[id] != record:
            report.differing[id] += 1
        things.setdefault(id, record)

    def _note_dates(
        self,
        rule: RowRule,
        record: Mapping[str, Plain],
        row: TableRow,
        report: ImportCounts,
        each: str,
    ) -> None:
        """Note what is no date, with its place: in a source made of it kg check refuses it."""
        for name in _DATES:
            text = record.get(name)
            is_premise = name == "from" and "basis" in record
            if isinstance(text, str) and not is_premise and not is_date(text):
                columns = {each if of == "cell" else of for of in columns_of(rule.fields[name])}
                place = f"{self.folder / report.file}:{row.line}"
                report.no_dates.setdefault(", ".join(sorted(columns)), []).append((text, place))

    def _add_assertion(
        self,
        rule: RowRule,
        plan: TableMap,
        row: TableRow,
        record: dict[str, Plain],
        report: ImportCounts,
    ) -> None:
        self._used_rows[plan.file].add(row.paragraph)
        citations = self._citations(rule.cite, row) if rule.cite else {}
        if rule.cite and not citations:
            report.uncited[rule.cite.table] += 1
        citations = citations or {plan.id: [str(row.paragraph)]}
        if id := self._fill(rule.id, row):
            record = {"id": id, **record}
        key = repr(sorted(item for item in record.items() if item[0] != "note"))
        earlier = self._earlier.setdefault(key, record)
        if earlier is not record and not rule.merge:
            report.repeated += 1
        elif earlier is not record:
            _join_citations(_dict(earlier["cite"]), citations)
            _join_notes(earlier, record)
            report.merged += 1
            return
        record["cite"] = citations
        self.records.assertions.append(record)
        report.records["assertions"] += 1

    def _citations(self, join: Join, row: TableRow) -> dict[str, Plain]:
        citations: dict[str, Plain] = {}
        for other in self._matching_rows(join, row):
            if article := self._fill(join.article, other):
                more: dict[str, Plain] = {article: [self._field(join.place, other) or "whole"]}
            else:
                more = {self._ids[join.table]: [str(other.paragraph)]}
            _join_citations(citations, more)
        return citations

    def _matching_rows(self, join: Join | Gather, row: TableRow) -> list[TableRow]:
        """The rows of another table that have the key of a row; none where it has no key."""
        key = (join.table, repr(join.match))
        if key not in self._by_key:
            rows = self.tables[join.table].rows
            self._by_key[key] = group_pairs((self._fill(join.match, each), each) for each in rows)
        own = self._fill(join.key, row)
        others = self._by_key[key].get(own, []) if own else []
        self._used_rows[join.table].update(each.paragraph for each in others)
        return others

    def _field(self, value: FieldRule, row: TableRow) -> Plain:
        if isinstance(value, Gather):
            others = self._matching_rows(value, row)
            texts = (self._fill(value.value, other) for other in others)
            return list(dict.fromkeys(filter(None, texts)))
        if isinstance(value, tuple):
            return list(filter(None, (self._fill(each, row) for each in value)))
        if isinstance(value, Mapping):
            filled_fields = {name: self._fill(each, row) for name, each in value.items()}
            return {name: text for name, text in filled_fields.items() if text}
        return self._fill(value, row)

    def _fill(self, value: TemplateValue, row: TableRow) -> str:
        return value.fill(row.cells, self.ledger.id_for)


def _without_sentinels(table: SourceTable, empty: Set[str]) -> SourceTable:
    """A table whose cells are empty where they say nothing."""
    if not empty - {""}:
        return table
    for row in table.rows:
        row.cells.update((name, "") for name, cell in row.cells.items() if cell in empty)
    return table


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
