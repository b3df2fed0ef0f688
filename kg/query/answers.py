"""Answers as text, for people: tables and Markdown.

The forms for machines are those of ``kg.query.results``. People see IRIs with their prefixes, and
every control and bidi character as an escape. Evidence stands below each row of a table, and in a
column of its own in Markdown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from itertools import groupby

import pyoxigraph as ox

from kg.characters import printable
from kg.diagnostics import KgError
from kg.query.evidence import Evidence, Evidenced
from kg.query.results import Names, as_csv, as_json, as_tsv, as_turtle
from kg.query.run import Answer, Form, Term
from kg.text import clip, escape_markdown, width

WIDEST = 100
"""The widest column of a table; longer values are cut there, and the count line says so."""


class Format(StrEnum):
    """The form of an answer's text."""

    TABLE = "table"
    CSV = "csv"
    TSV = "tsv"
    JSON = "json"
    MD = "md"
    TTL = "ttl"


def write(
    found: Answer | Evidenced, format: Format, prefixes: Mapping[str, str], safe: bool = False
) -> str:
    """The text of an answer, with a line end at its end.

    ``safe`` makes CSV and TSV safe for spreadsheets: a value that one would take for a formula gets
    a ``'`` in front. Triples are written as Turtle, or else as rows. Raises KgError (exit code 2)
    for rows as Turtle.
    """
    evidenced = found if isinstance(found, Evidenced) else Evidenced(found, ())
    names = Names(prefixes)
    if format is Format.TTL:
        if evidenced.answer.form is not Form.CONSTRUCT:
            raise KgError(
                "rows are no triples: Turtle is for CONSTRUCT and DESCRIBE",
                hint="--format csv, tsv or json",
            )
        return as_turtle(evidenced.answer, prefixes)
    if evidenced.answer.form is Form.CONSTRUCT:
        evidenced = Evidenced(_as_rows(evidenced.answer), ())
    match format:
        case Format.JSON:
            return as_json(evidenced)
        case Format.CSV:
            return as_csv(evidenced, names, safe)
        case Format.TSV:
            return as_tsv(evidenced, names, safe)
        case Format.MD:
            return _markdown(evidenced, names)
        case _:
            return _table(evidenced, names)


def _as_rows(answer: Answer) -> Answer:
    triples = sorted(set(answer.triples), key=str)
    rows = tuple((triple.subject, triple.predicate, triple.object) for triple in triples)
    return Answer(Form.SELECT, ("subject", "predicate", "object"), rows)


def _plain(term: Term | None, names: Names) -> str:
    """A value for people: a short IRI, or the words of a literal."""
    match term:
        case None:
            return ""
        case ox.NamedNode():
            return names.short(term.value)
        case ox.Literal():
            return printable(term.value)
        case _:
            return printable(str(term))


# Tables


def _table(found: Evidenced, names: Names) -> str:
    answer = found.answer
    notes = [f"note: {note}" for note in found.notes]
    below = [_below(evidence, names) for evidence in found.evidence]
    if answer.form is Form.ASK:
        return _lines(["yes" if answer.truth else "no", *below, *notes])
    if not answer.rows or not answer.columns:
        return _lines(
            [
                f"{_counted(len(answer.rows))} (columns: {', '.join(answer.columns) or 'none'})",
                *notes,
            ]
        )
    full = [[_plain(term, names) for term in row] for row in answer.rows]
    cells = [[clip(cell, WIDEST) for cell in row] for row in full]
    header = [clip(name, WIDEST) for name in answer.columns]
    widths = [max(map(width, column)) for column in zip(header, *cells, strict=True)]
    lines = [_aligned(header, widths), "  ".join("-" * most for most in widths)]
    for number, row in enumerate(cells):
        lines += (_aligned(row, widths), *below[number : number + 1])
    cut = (
        f" (values wider than {WIDEST} are cut; csv and json give them whole)"
        if cells != full
        else ""
    )
    return _lines([*lines, f"{_counted(len(cells))}{cut}", *notes])


def _below(row: Sequence[Evidence], names: Names) -> str:
    """The evidence of a row as indented lines below it."""
    lines = []
    for standing, several in groupby(row, key=lambda e: _standing(e, names)):
        lines.append(f"    {standing}")
        for words, source in names.cited(several):
            by = (
                f", written by {source.originator}" if source.originator != source.publisher else ""
            )
            title = clip(printable(source.title), 60)
            lines.append(
                f"        {words}: {title} ({printable(f'{source.publisher}{by}, {source.date}')})"
            )
    return "\n".join(lines or ["    no assertion stands behind this row"])


def _standing(evidence: Evidence, names: Names) -> str:
    rule = f", by the rule: {printable(evidence.rule)}" if evidence.rule else ""
    return (
        f"{names.short(evidence.assertion)} ({evidence.status}{rule})"
        if evidence.assertion
        else "cited"
    )


def _aligned(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(
        c + " " * (most - width(c)) for c, most in zip(cells, widths, strict=True)
    ).rstrip()


def _counted(rows: int) -> str:
    return f"{rows:,} row{'' if rows == 1 else 's'}" if rows else "no rows"


def _lines(lines: Sequence[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


# Markdown


def _markdown(found: Evidenced, names: Names) -> str:
    answer = found.answer
    notes = "".join(f"\n{escape_markdown(note)}\n" for note in found.notes)
    evidence = [_evidence_cell(row, names) for row in found.evidence]
    if answer.form is Form.ASK:
        return "\n\n".join(["yes" if answer.truth else "no", *evidence]) + f"\n{notes}"
    header = [escape_markdown(name) for name in answer.columns] + ["evidence"] * bool(evidence)
    if not answer.rows or not header:
        return f"{_counted(len(answer.rows))} (columns: {', '.join(header) or 'none'})\n{notes}"
    lines = [header, ["---"] * len(header)]
    for number, row in enumerate(answer.rows):
        lines.append(
            [escape_markdown(_plain(term, names)) for term in row] + evidence[number : number + 1]
        )
    return "".join(f"| {' | '.join(line)} |\n" for line in lines) + notes


def _evidence_cell(row: Sequence[Evidence], names: Names) -> str:
    found = []
    for standing, several in groupby(row, key=lambda e: _standing(e, names)):
        cited = "; ".join(words for words, _ in names.cited(several))
        found.append(escape_markdown(standing + (f": {cited}" if cited else "")))
    return "<br>".join(found) or "no assertion"
