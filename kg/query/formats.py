"""Answers as text: tables and Markdown for people; CSV, TSV, JSON and Turtle for machines.

People see IRIs with their prefixes, and every control and bidi character as an escape; evidence
stands below each row of a table, and in a column of its own in Markdown.

Machines get whole terms as the standards say: https://www.w3.org/TR/sparql11-results-csv-tsv/ (CSV
has values as they are, TSV has terms as Turtle writes them) and
https://www.w3.org/TR/sparql11-results-json/. Evidence stands in two columns more, ``assertions``
and ``citations``; in JSON it is ``evidence`` beside ``bindings``, one list for each binding, in the
same order.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from enum import StrEnum
from functools import cache
from itertools import groupby

import pyoxigraph as ox

from kg.characters import FORBIDDEN, printable
from kg.diagnostics import KgError
from kg.ontology import XSD
from kg.query.run import Answer, Evidence, Form, Term
from kg.text import clip, counted, escape_markdown, spreadsheet_safe, width

WIDEST = 100
"""The widest column of a table; longer values are cut there, and the count line says so."""
_WIDEST_TITLE = 60


class Format(StrEnum):
    """The form of an answer's text."""

    TABLE = "table"
    CSV = "csv"
    TSV = "tsv"
    JSON = "json"
    MD = "md"
    TTL = "ttl"


def write_answer(
    answer: Answer, format: Format, prefixes: Mapping[str, str], safe: bool = False
) -> str:
    """Return the text of an answer, with a line end at its end.

    ``safe`` makes CSV and TSV safe for spreadsheets: a value that one would take for a formula gets
    a ``'`` in front. Triples are written as Turtle, or else as rows. Raises KgError (exit code 2)
    for rows as Turtle.
    """
    if format is Format.TTL:
        return _turtle(answer, prefixes)
    if answer.form is Form.CONSTRUCT:
        answer = _triple_rows(answer)
    names = Names(prefixes)
    match format:
        case Format.JSON:
            return _json(answer)
        case Format.CSV:
            return _csv(answer, names, safe)
        case Format.TSV:
            return _tsv(answer, names, safe)
        case Format.MD:
            return _markdown(answer, names)
        case _:
            return _table(answer, names)


def _triple_rows(answer: Answer) -> Answer:
    triples = sorted(set(answer.triples), key=str)
    rows = tuple((triple.subject, triple.predicate, triple.object) for triple in triples)
    return Answer(Form.SELECT, ("subject", "predicate", "object"), rows)


class Names:
    """IRIs and citations as people read them, with the prefixes of a workspace."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        namespaces = [(iri, name) for name, iri in prefixes.items() if iri]
        self._namespaces = sorted(namespaces, key=lambda pair: (-len(pair[0]), pair))
        self.shorten = cache(self._shorten)

    def _shorten(self, iri: str) -> str:
        """An IRI with the prefix of the longest namespace that it begins with, or in full."""
        for namespace, name in self._namespaces:
            local = iri[len(namespace) :]
            if iri.startswith(namespace) and re.fullmatch(r"\w(?:[\w.-]*[\w-])?", local):
                return f"{name}:{local}"
        return f"<{iri}>"

    def plain_text(self, term: Term | None) -> str:
        """Return a value for people: a short IRI, or the words of a literal."""
        match term:
            case None:
                return ""
            case ox.NamedNode():
                return self.shorten(term.value)
            case ox.Literal():
                return printable(term.value)
            case _:
                return printable(str(term))

    def citations(self, evidence: Iterable[Evidence]) -> Iterator[tuple[str, Evidence]]:
        """Yield for each article in turn its paragraphs (``article:nyt-2019-11-22 p. 4, 16``), and
        the first piece of evidence in it.
        """
        in_articles = (each for each in evidence if each.article)
        for article, group in groupby(in_articles, key=lambda each: each.article):
            pieces = list(group)
            numbers = dict.fromkeys(str(each.paragraph) for each in pieces)
            yield f"{self.shorten(article)} p. {', '.join(numbers)}", pieces[0]

    def standing(self, evidence: Evidence) -> str:
        """Return an assertion with its status and the rule that it follows from."""
        if not evidence.assertion:
            return "cited"
        rule = f", by the rule: {printable(evidence.rule)}" if evidence.rule else ""
        return f"{self.shorten(evidence.assertion)} ({evidence.status}{rule})"


# Tables


def _table(answer: Answer, names: Names) -> str:
    notes = [f"note: {note}" for note in answer.notes]
    evidence = [_evidence_lines(row, names) for row in answer.evidence]
    if answer.form is Form.ASK:
        below = evidence[0] if evidence else []
        return _join_lines([_yes_or_no(answer), *below, *notes])
    if not answer.rows or not answer.columns:
        return _join_lines([_no_table(answer, answer.columns), *notes])
    rows = [list(map(names.plain_text, row)) for row in answer.rows]
    cells = [_clip_cells(row) for row in rows]
    header = _clip_cells(answer.columns)
    widths = [max(map(width, column)) for column in zip(header, *cells, strict=True)]
    lines = [_aligned(header, widths), "  ".join("-" * most for most in widths)]
    for number, row in enumerate(cells):
        lines.append(_aligned(row, widths))
        lines += evidence[number] if evidence else []
    count = _count_rows(answer)
    if cells != rows:
        count += f" (values wider than {WIDEST} are cut; csv and json give them whole)"
    return _join_lines([*lines, count, *notes])


def _evidence_lines(row: Sequence[Evidence], names: Names) -> list[str]:
    """The evidence of a row as indented lines below it."""
    lines = []
    for standing, group in groupby(row, key=names.standing):
        lines.append(f"    {standing}")
        for citation, first in names.citations(group):
            source = first.publisher
            if first.originator != first.publisher:
                source += f", written by {first.originator}"
            title = clip(printable(first.title), _WIDEST_TITLE)
            lines.append(f"        {citation}: {title} ({printable(f'{source}, {first.date}')})")
    return lines or ["    no assertion stands behind this row"]


def _clip_cells(cells: Iterable[str]) -> list[str]:
    return [clip(cell, WIDEST) for cell in cells]


def _aligned(cells: Sequence[str], widths: Sequence[int]) -> str:
    pairs = zip(cells, widths, strict=True)
    return "  ".join(cell + " " * (most - width(cell)) for cell, most in pairs).rstrip()


def _yes_or_no(answer: Answer) -> str:
    return "yes" if answer.truth else "no"


def _no_table(answer: Answer, header: Sequence[str]) -> str:
    return f"{_count_rows(answer)} (columns: {', '.join(header) or 'none'})"


def _count_rows(answer: Answer) -> str:
    return counted(len(answer.rows), "row") if answer.rows else "no rows"


def _join_lines(lines: Sequence[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


# Markdown


def _markdown(answer: Answer, names: Names) -> str:
    notes = "".join(f"\n{escape_markdown(note)}\n" for note in answer.notes)
    evidence = [_evidence_cell(row, names) for row in answer.evidence]
    if answer.form is Form.ASK:
        return "\n\n".join([_yes_or_no(answer), *evidence]) + f"\n{notes}"
    header = [escape_markdown(name) for name in answer.columns]
    if evidence:
        header.append("evidence")
    if not answer.rows or not header:
        return f"{_no_table(answer, header)}\n{notes}"
    rows = [header, ["---"] * len(header)]
    for number, row in enumerate(answer.rows):
        cells = [escape_markdown(names.plain_text(term)) for term in row]
        rows.append(cells + evidence[number : number + 1])
    return "".join(f"| {' | '.join(row)} |\n" for row in rows) + notes


def _evidence_cell(row: Sequence[Evidence], names: Names) -> str:
    parts = []
    for standing, group in groupby(row, key=names.standing):
        citations = "; ".join(citation for citation, _ in names.citations(group))
        parts.append(escape_markdown(f"{standing}: {citations}" if citations else standing))
    return "<br>".join(parts) or "no assertion"


# CSV and TSV


def _csv(answer: Answer, names: Names, safe: bool) -> str:
    columns, rows = _with_evidence(answer, names)
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        values = [_value(term) for term in row]
        writer.writerow(map(spreadsheet_safe, values) if safe else values)
    return text.getvalue()


def _value(term: Term | None) -> str:
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term or "")


def _tsv(answer: Answer, names: Names, safe: bool) -> str:
    """Terms as in Turtle, numbers bare; ``safe`` as in CSV, for spreadsheets take the quotes of a
    text away.
    """
    columns, rows = _with_evidence(answer, names)
    lines = ["\t".join(f"?{name}" for name in columns)]
    for row in rows:
        lines.append("\t".join(_turtle_term(term, safe) for term in row))
    return _escape_forbidden(_join_lines(lines))


def _turtle_term(term: Term | None, safe: bool) -> str:
    if term is None:
        return ""
    if not isinstance(term, ox.Literal):
        return str(term)
    if _is_number(term):
        return term.value
    is_text = not term.language and term.datatype.value == f"{XSD}string"
    return str(ox.Literal(spreadsheet_safe(term.value)) if safe and is_text else term)


def _is_number(literal: ox.Literal) -> bool:
    kind = literal.datatype.value.removeprefix(XSD)
    form = r"[+-]?([0-9]+(\.[0-9]+)?|\.[0-9]+)([eE][+-]?[0-9]+)?"
    return kind in ("integer", "decimal", "double") and bool(re.fullmatch(form, literal.value))


def _with_evidence(answer: Answer, names: Names) -> tuple[list[str], list[list[Term | None]]]:
    """Columns and rows, with two columns more where there is evidence; of ASK, one row with its
    truth.
    """
    columns = list(answer.columns)
    rows = [list(row) for row in answer.rows]
    if answer.form is Form.ASK:
        columns, rows = ["answer"], [[ox.Literal(answer.truth)]]
    if answer.evidence:
        columns += [_unused_column(name, columns) for name in ("assertions", "citations")]
        for row, evidence in zip(rows, answer.evidence, strict=True):
            iris = dict.fromkeys(each.assertion for each in evidence if each.assertion)
            chronicle = sorted(evidence, key=lambda each: (each.date, each.article, each.paragraph))
            citations = (citation for citation, _ in names.citations(chronicle))
            row.append(ox.Literal("; ".join(map(names.shorten, iris))))
            row.append(ox.Literal("; ".join(citations)))
    return columns, rows


def _unused_column(name: str, columns: Sequence[str]) -> str:
    while name in columns:
        name += "_"
    return name


# JSON


def _json(answer: Answer) -> str:
    """The standard's object, one binding on a line; control and bidi characters are escaped."""
    evidence = ""
    if answer.evidence:
        records = _json_list(list(map(asdict, row)) for row in answer.evidence)
        evidence = f',\n"evidence": {records},\n"notes": {_json_text(list(answer.notes))}'
    if answer.form is Form.ASK:
        return f'{{"head": {{}}, "boolean": {_json_text(answer.truth)}{evidence}}}\n'
    head = _json_text({"vars": list(answer.columns)})
    bindings = _json_list(_json_bindings(answer))
    return f'{{"head": {head},\n"results": {{"bindings": {bindings}{evidence}}}}}\n'


def _json_bindings(answer: Answer) -> Iterator[dict[str, object]]:
    for row in answer.rows:
        pairs = zip(answer.columns, row, strict=True)
        yield {name: _json_term(term) for name, term in pairs if term is not None}


def _json_term(term: Term) -> dict[str, object]:
    match term:
        case ox.NamedNode():
            return {"type": "uri", "value": term.value}
        case ox.BlankNode():
            return {"type": "bnode", "value": term.value}
        case ox.Literal():
            record: dict[str, object] = {"type": "literal", "value": term.value}
            if term.language:
                record["xml:lang"] = term.language
            elif term.datatype.value != f"{XSD}string":
                record["datatype"] = term.datatype.value
            return record
        case _:
            parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
            value = {name: _json_term(part) for name, part in parts.items()}
            return {"type": "triple", "value": value}


def _json_text(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return FORBIDDEN.sub(lambda match: json.dumps(match[0])[1:-1], text)


def _json_list(values: Iterable[object]) -> str:
    """A list with one value on each line."""
    return "[\n" + ",\n".join(map(_json_text, values)) + "\n]"


# Turtle


def _turtle(answer: Answer, prefixes: Mapping[str, str]) -> str:
    """Sorted triples with the prefixes that they use."""
    if answer.form is not Form.CONSTRUCT:
        raise KgError(
            "rows are no triples: Turtle is for CONSTRUCT and DESCRIBE",
            hint="--format csv, tsv or json",
        )
    triples = sorted(set(answer.triples), key=str)
    text = " ".join(map(str, triples))
    used_prefixes = {name: iri for name, iri in sorted(prefixes.items()) if f"<{iri}" in text}
    data = ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=used_prefixes)
    return _escape_forbidden((data or b"").decode())


def _escape_forbidden(text: str) -> str:
    """Turtle or TSV with forbidden characters as its own escapes."""
    return FORBIDDEN.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}"
