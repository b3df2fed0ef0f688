"""Which columns a map names, whether its tables have them, and which words of it fit no cell."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import accumulate, chain

from kg.diagnostics import Span, did_you_mean
from kg.sources.sourcetext import Plain
from kg.sources.tables.mistakes import MapMistakes
from kg.sources.tables.plan import FieldRule, Gather, Join, RowRule, TableMap, TablesMap
from kg.sources.tables.rows import SourceTable, TableRow
from kg.sources.tables.templates import Template, TemplateChoice, TemplateValue

_OF_EACH = {"each", "cell"}
"""What can be named like columns in a rule that makes one for each of some columns."""

_NEEDED = ("subject", "predicate", "object", "denies", "ends", "begins")
"""An assertion without one of these is none."""

WEIGHING_FIELDS = ("according_to", "mode", "negated", "condition", "basis")
"""An assertion without one of these says more than with it: a claim would be a fact."""


def columns_of(value: FieldRule) -> set[str]:
    """The columns of its own row that a field takes."""
    return set[str]().union(*(each.columns for each in _values_of(value)))


def empty_columns(value: FieldRule, row: TableRow) -> str:
    """The columns whose empty cells left a value empty, or for which nothing fits, in words."""
    columns = sorted(columns_of(value))
    empty = ", ".join(name for name in columns if not row.cells.get(name))
    reason = f"no row of {value.table} fits" if isinstance(value, Gather) else "no choice fits"
    return empty or f"{', '.join(columns)} ({reason})"


def missing_field(rule: RowRule, fields: Mapping[str, Plain], row: TableRow) -> str:
    """Return the field without which what a row says would be no assertion, or one that says more
    than the row does; nothing where all are there. A map can say itself that one may be empty.
    """
    for name in (*_NEEDED, *WEIGHING_FIELDS):
        if name in fields and not fields[name]:
            values = _values_of(rule.fields[name])
            if name in _NEEDED or not all(each.may_be_empty(row.cells) for each in values):
                return name
    return ""


def _values_of(value: FieldRule) -> Iterable[TemplateValue]:
    """The templates and choices of a field that are filled from its own row."""
    if isinstance(value, Template | TemplateChoice):
        return (value,)
    if isinstance(value, Gather):
        return (value.key,)
    return value.values() if isinstance(value, Mapping) else value


def _values_in(rule: RowRule) -> Iterator[TemplateValue]:
    for field in rule.fields.values():
        yield from _values_of(field)
    yield from (each for each in (rule.id, rule.condition, rule.cite and rule.cite.key) if each)


def joins_in(rule: RowRule) -> list[Join | Gather]:
    """What a rule takes from other tables."""
    gathered = [field for field in rule.fields.values() if isinstance(field, Gather)]
    return [rule.cite, *gathered] if rule.cite else [*gathered]


def check_columns(plan: TablesMap, tables: Mapping[str, SourceTable], to: MapMistakes) -> None:
    """Note columns and tables that a map names and that are not there, and columns that it does not
    name.
    """
    rules = [rule for each in plan.tables for rule in each.rules]
    joins = list(chain.from_iterable(map(joins_in, rules)))
    names = [each.file for each in plan.tables]
    for join in joins:
        if join.table not in names:
            hint = did_you_mean(join.table, names) or f"it has: {', '.join(names)}"
            to.add(join.span, f"the map has no table '{join.table}'", hint)
    for each in plan.tables:
        if each.file in tables:
            own = [join for join in joins if join.table == each.file]
            _check_table(each, tables[each.file], own, to)


def _check_table(
    plan: TableMap, table: SourceTable, joins: Iterable[Join | Gather], to: MapMistakes
) -> None:
    named_columns: set[str] = set()
    uses: list[tuple[Span, set[str]]] = []
    for rule in plan.rules:
        columns = set[str]().union(*map(columns_of, _values_in(rule)))
        uses.append((rule.span, columns - (_OF_EACH if rule.each else set()) | rule.each.keys()))
    for join in joins:
        others = (join.value,) if isinstance(join, Gather) else (join.article, join.place)
        uses.append((join.span, set[str]().union(*map(columns_of, (join.match, *others)))))
    mistakes = len(to.found)
    for span, columns in uses:
        _check_known(span, columns, plan, table, to)
        named_columns |= columns
    left_out = {name for name in table.columns if _is_left_out(name, plan.unused)}
    paths = (accumulate(name.split("."), "{}.{}".format) for name in table.columns)
    outer_names = set(chain.from_iterable(paths))
    _check_known(plan.span, plan.unused - outer_names, plan, table, to)
    silent = [name for name in table.columns if name not in named_columns | left_out]
    if silent and len(to.found) == mistakes:
        listed = ", ".join(silent)
        hint = f"use it, or say that it is left out: unused: [{listed}]"
        to.add(plan.span, f"the map does not name these columns: {listed}", hint)


def _is_left_out(column: str, unused: Collection[str]) -> bool:
    return column in unused or any(_is_in(column, name) for name in unused)


def _is_in(column: str, name: str) -> bool:
    """Whether a column is part of a value of JSON lines: ``party.name`` is in ``party``."""
    return column.startswith(f"{name}.")


def _check_known(
    span: Span, names: Collection[str], plan: TableMap, table: SourceTable, to: MapMistakes
) -> None:
    for name in sorted(set(names).difference(table.columns)):
        hint = did_you_mean(name, table.columns) or f"it has: {', '.join(table.columns)}"
        if "column 2" in table.columns:
            hint += "; where another line names them, write header: NUMBER"
        to.add(span, f"the table '{plan.file}' has no column '{name}'", hint)


def list_idle_words(plan: TableMap, rows: Collection[TableRow]) -> Iterator[str]:
    """Yield words and patterns of choices that fit no cell: they may be mistyped."""
    values: dict[str, set[str]] = {}
    for rule in plan.rules if rows else ():
        for choice in _values_in(rule):
            if not isinstance(choice, TemplateChoice) or (rule.each and choice.column in _OF_EACH):
                continue
            if choice.column not in values:
                values[choice.column] = {row.cells.get(choice.column, "") for row in rows}
            for word in choice.idle_words(values[choice.column]):
                yield f"{choice.span}: no cell of '{choice.column}' says '{word}'"
