"""Answers as text, for people: tables and Markdown.

The forms for machines are those of ``kg.asking.results``. People see IRIs with their prefixes, and every control and
bidi character as an escape. Evidence stands below each row of a table, and in a column of its own in Markdown.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from enum import StrEnum
from itertools import groupby

import pyoxigraph as ox

from kg.asking.evidence import Evidence, Evidenced
from kg.asking.query import Answer, Form, Term
from kg.asking.results import Names, as_csv, as_json, as_tsv, as_turtle
from kg.characters import printable
from kg.diagnostics import KgError

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


def write(found: Answer | Evidenced, format: Format, prefixes: Mapping[str, str], safe: bool = False) -> str:
    """The text of an answer, with a line end at its end.

    ``safe`` makes CSV and TSV safe for spreadsheets: a value that one would take for a formula gets a ``'`` in front.
    Triples are written as Turtle, or else as rows. Raises KgError (exit code 2) for rows as Turtle.
    """
    evidenced = found if isinstance(found, Evidenced) else Evidenced(found, ())
    names = Names(prefixes)
    if format is Format.TTL:
        if evidenced.answer.form is not Form.CONSTRUCT:
            raise KgError("rows are no triples: Turtle is for CONSTRUCT and DESCRIBE", hint="--format csv, tsv or json")
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
        return _lines([f"{_counted(len(answer.rows))} (columns: {', '.join(answer.columns) or 'none'})", *notes])
    full = [[_plain(term, names) for term in row] for row in answer.rows]
    cells = [[_clipped(cell) for cell in row] for row in full]
    header = [_clipped(name) for name in answer.columns]
    widths = [max(map(_width, column)) for column in zip(header, *cells, strict=True)]
    lines = [_aligned(header, widths), "  ".join("-" * width for width in widths)]
    for number, row in enumerate(cells):
        lines += (_aligned(row, widths), *below[number : number + 1])
    cut = f" (values wider than {WIDEST} are cut; csv and json give them whole)" if cells != full else ""
    return _lines([*lines, f"{_counted(len(cells))}{cut}", *notes])


def _below(row: Sequence[Evidence], names: Names) -> str:
    """The evidence of a row as indented lines below it."""
    lines = []
    for standing, several in groupby(row, key=lambda e: _standing(e, names)):
        lines.append(f"    {standing}")
        for words, source in names.cited(several):
            by = f", written by {source.originator}" if source.originator != source.publisher else ""
            title = _clipped(printable(source.title), 60)
            lines.append(f"        {words}: {title} ({printable(f'{source.publisher}{by}, {source.date}')})")
    return "\n".join(lines or ["    no assertion stands behind this row"])


def _standing(evidence: Evidence, names: Names) -> str:
    rule = f", by the rule: {printable(evidence.rule)}" if evidence.rule else ""
    return f"{names.short(evidence.assertion)} ({evidence.status}{rule})" if evidence.assertion else "cited"


def _width(text: str) -> int:
    """How many columns a text takes in a terminal: wide letters two, marks none (UAX #11; no need for a library)."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.category(c) in ("Mn", "Me", "Cf") else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )


def _clipped(text: str, most: int = WIDEST) -> str:
    """A text of at most so many columns, with an ellipsis where it was cut."""
    if _width(text) <= most:
        return text
    kept = 0
    for number, character in enumerate(text):
        kept += _width(character)
        if kept >= most:
            return f"{text[:number]}…"
    return text


def _aligned(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(c + " " * (width - _width(c)) for c, width in zip(cells, widths, strict=True)).rstrip()


def _counted(rows: int) -> str:
    return f"{rows:,} row{'' if rows == 1 else 's'}" if rows else "no rows"


def _lines(lines: Sequence[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


# Markdown


def _markdown(found: Evidenced, names: Names) -> str:
    answer = found.answer
    notes = "".join(f"\n{_quoted(note)}\n" for note in found.notes)
    evidence = [_evidence_cell(row, names) for row in found.evidence]
    if answer.form is Form.ASK:
        return "\n\n".join(["yes" if answer.truth else "no", *evidence]) + f"\n{notes}"
    header = [_quoted(name) for name in answer.columns] + ["evidence"] * bool(evidence)
    if not answer.rows or not header:
        return f"{_counted(len(answer.rows))} (columns: {', '.join(header) or 'none'})\n{notes}"
    lines = [header, ["---"] * len(header)]
    for number, row in enumerate(answer.rows):
        lines.append([_quoted(_plain(term, names)) for term in row] + evidence[number : number + 1])
    return "".join(f"| {' | '.join(line)} |\n" for line in lines) + notes


def _evidence_cell(row: Sequence[Evidence], names: Names) -> str:
    found = []
    for standing, several in groupby(row, key=lambda e: _standing(e, names)):
        cited = "; ".join(words for words, _ in names.cited(several))
        found.append(_quoted(standing + (f": {cited}" if cited else "")))
    return "<br>".join(found) or "no assertion"


def _quoted(text: str) -> str:
    """Plain words in Markdown: what would be markup is escaped."""
    return re.sub(r"([\\`*_\[\]|])", r"\\\1", text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))
