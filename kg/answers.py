"""Answers as text: for people (table, Markdown) and for machines (CSV, TSV, JSON, Turtle).

People see IRIs with their prefixes and every control and bidi character as an escape. Machines get whole terms, as
SPARQL 1.1 says: CSV (https://www.w3.org/TR/sparql11-results-csv-tsv/) and JSON
(https://www.w3.org/TR/sparql11-results-json/). Evidence stands below each row of a table, in the columns ``assertions``
and ``citations`` of CSV and TSV, in one column of Markdown, and in JSON as ``evidence`` beside ``bindings``: one list
for each binding, in the same order.
"""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from enum import StrEnum
from functools import cache
from itertools import groupby

import pyoxigraph as ox

from kg.characters import FORBIDDEN, printable
from kg.diagnostics import KgError
from kg.evidence import Evidence, Evidenced
from kg.ontology import XSD
from kg.query import Answer, Form, Term

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

    ``safe`` makes CSV safe for spreadsheets: a value that one would take for a formula gets a ``'`` in front.
    Raises KgError (exit code 2) where the format cannot hold the answer: Turtle holds triples, the others all but
    these.
    """
    answer = found.answer if isinstance(found, Evidenced) else found
    evidence = found.evidence if isinstance(found, Evidenced) else ()
    notes = found.notes if isinstance(found, Evidenced) else ()
    writer = _Writer(prefixes, safe)
    match answer.form, format:
        case Form.CONSTRUCT, Format.TTL:
            return _turtle(answer.triples, prefixes)
        case Form.CONSTRUCT, _:
            columns = ("subject", "predicate", "object")
            rows = tuple((t.subject, t.predicate, t.object) for t in _sorted(answer.triples))
            answer = Answer(Form.SELECT, columns, rows)
        case _, Format.TTL:
            raise KgError("rows are no triples: Turtle is for CONSTRUCT and DESCRIBE", hint="--format csv, tsv or json")
        case _:
            pass
    match format:
        case Format.JSON:
            return writer.json(answer, evidence, notes)
        case Format.CSV:
            return writer.csv(answer, evidence)
        case Format.TSV:
            return writer.tsv(answer, evidence)
        case Format.MD:
            return writer.markdown(answer, evidence, notes)
        case _:
            return writer.table(answer, evidence, notes)


class _Writer:
    def __init__(self, prefixes: Mapping[str, str], safe: bool) -> None:
        self._spaces = sorted(((iri, name) for name, iri in prefixes.items() if iri), key=lambda s: (-len(s[0]), s))
        self._safe = safe
        self.short = cache(self._short)

    def _short(self, iri: str) -> str:
        """An IRI with the prefix of the longest namespace that it begins with, or in full."""
        for space, name in self._spaces:
            if iri.startswith(space) and re.fullmatch(r"\w(?:[\w.-]*[\w-])?", iri[len(space) :]):
                return f"{name}:{iri[len(space) :]}"
        return f"<{iri}>"

    def plain(self, term: Term | None) -> str:
        """A value for people: a short IRI, or the words of a literal."""
        match term:
            case None:
                return ""
            case ox.NamedNode():
                return self.short(term.value)
            case ox.Literal():
                return printable(term.value)
            case _:
                return printable(str(term))

    # For people

    def table(self, answer: Answer, evidence: _PerRow, notes: Sequence[str]) -> str:
        said = [f"note: {note}" for note in notes]
        if answer.form is Form.ASK:
            return _lines("yes" if answer.truth else "no", *(self._below(each) for each in evidence), *said)
        if not answer.rows:
            return _lines(f"no rows (columns: {', '.join(answer.columns) or 'none'})", *said)
        full = [[self.plain(term) for term in row] for row in answer.rows]
        cells = [[_clipped(cell) for cell in row] for row in full]
        header = [_clipped(name) for name in answer.columns]
        widths = [max(map(_width, column)) for column in zip(header, *cells, strict=True)]
        lines = [_aligned(header, widths), "  ".join("-" * width for width in widths)]
        for number, row in enumerate(cells):
            lines.append(_aligned(row, widths))
            lines += (self._below(each) for each in evidence[number : number + 1])
        cut = f" (values wider than {WIDEST} are cut; csv and json give them whole)" if cells != full else ""
        return _lines(*lines, f"{_counted(len(cells), 'row')}{cut}", *said)

    def _below(self, row: Sequence[Evidence]) -> str:
        """The evidence of a row as indented lines below it."""
        lines = []
        for (assertion, status), several in groupby(row, key=lambda e: (e.assertion, e.status)):
            lines.append(f"    {self.short(assertion)} ({status})")
            lines += [f"        {words}" for words in self._citations(several, with_source=True)]
        return "\n".join(lines or ["    no assertion stands behind this row"])

    def _citations(self, evidence: Iterable[Evidence], with_source: bool) -> list[str]:
        """Articles with paragraphs: ``article:nyt-2019-11-22 p. 4, 16``, and if wanted who published them when."""
        found = []
        for article, several in groupby((e for e in evidence if e.article), key=lambda e: e.article):
            cited = list(several)
            source = cited[0]
            paragraphs = ", ".join(str(number) for number in dict.fromkeys(e.paragraph for e in cited))
            words = f"{self.short(article)} p. {paragraphs}"
            if with_source:
                by = f", written by {source.originator}" if source.originator != source.publisher else ""
                title = _clipped(printable(source.title), 60)
                words += f": {title} ({printable(source.publisher + by)}, {printable(source.date)})"
            found.append(words)
        return found

    def markdown(self, answer: Answer, evidence: _PerRow, notes: Sequence[str]) -> str:
        said = "".join(f"\n{_markdown(note)}\n" for note in notes)
        if answer.form is Form.ASK:
            cells = [self._markdown_evidence(each) for each in evidence]
            return "\n\n".join(["yes" if answer.truth else "no", *cells]) + "\n" + said
        header = [_markdown(name) for name in answer.columns] + ["evidence"] * bool(evidence)
        if not answer.rows:
            return f"no rows (columns: {', '.join(header) or 'none'})\n{said}"
        lines = [header, ["---"] * len(header)]
        for number, row in enumerate(answer.rows):
            cells = [_markdown(self.plain(term)) for term in row]
            lines.append(cells + [self._markdown_evidence(each) for each in evidence[number : number + 1]])
        return "".join(f"| {' | '.join(line)} |\n" for line in lines) + said

    def _markdown_evidence(self, row: Sequence[Evidence]) -> str:
        found = []
        for (assertion, status), several in groupby(row, key=lambda e: (e.assertion, e.status)):
            cited = "; ".join(self._citations(several, with_source=False))
            found.append(_markdown(f"{self.short(assertion)} ({status}){': ' + cited if cited else ''}"))
        return "<br>".join(found) or "no assertion"

    # For machines

    def csv(self, answer: Answer, evidence: _PerRow) -> str:
        columns, rows = self._with_columns(answer, evidence)
        text = io.StringIO(newline="")
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow(self._harmless(name) for name in columns)
        for row in rows:
            writer.writerow(self._cell(term) for term in row)
        return text.getvalue()

    def _cell(self, term: Term | None) -> str:
        if isinstance(term, ox.Literal) and _is_number(term):
            return term.value
        value = term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term or "")
        return self._harmless(value)

    def _harmless(self, text: str) -> str:
        return f"'{text}" if self._safe and text.startswith(("=", "+", "-", "@", "\t", "\r")) else text

    def tsv(self, answer: Answer, evidence: _PerRow) -> str:
        columns, rows = self._with_columns(answer, evidence)
        lines = ["\t".join(f"?{name}" for name in columns)]
        lines += ("\t".join("" if term is None else self._term(term) for term in row) for row in rows)
        return _escaped("".join(f"{line}\n" for line in lines))

    def _term(self, term: Term) -> str:
        # In Turtle's form a text begins with a quote and an IRI with <: nothing here looks like a formula.
        return term.value if isinstance(term, ox.Literal) and _is_number(term) else str(term)

    def _with_columns(self, answer: Answer, evidence: _PerRow) -> tuple[list[str], list[list[Term | None]]]:
        """Columns and rows, with two columns more where there is evidence; of ASK, one row with its truth."""
        columns = list(answer.columns)
        rows = [list(row) for row in answer.rows]
        if answer.form is Form.ASK:
            columns, rows = ["answer"], [[ox.Literal(answer.truth)]]
        if evidence:
            columns += [_free(name, columns) for name in ("assertions", "citations")]
            for row, each in zip(rows, evidence, strict=True):
                assertions = "; ".join(dict.fromkeys(self.short(e.assertion) for e in each))
                by_article = sorted(each, key=lambda e: (e.date, e.article, e.paragraph))
                cited = "; ".join(self._citations(by_article, with_source=False))
                row += [ox.Literal(assertions), ox.Literal(cited)]
        return columns, rows

    def json(self, answer: Answer, evidence: _PerRow, notes: Sequence[str]) -> str:
        told = {"evidence": [[asdict(e) for e in row] for row in evidence], "notes": list(notes)} if evidence else {}
        if answer.form is Form.ASK:
            return _json({"head": {}, "boolean": answer.truth, **told})
        bindings = [
            {name: _json_term(term) for name, term in zip(answer.columns, row, strict=True) if term is not None}
            for row in answer.rows
        ]
        return _json({"head": {"vars": list(answer.columns)}, "results": {"bindings": bindings, **told}})


_PerRow = Sequence[Sequence[Evidence]]


def _free(name: str, taken: Sequence[str]) -> str:
    return name if name not in taken else _free(f"{name}_", taken)


def _json_term(term: Term) -> dict[str, object]:
    match term:
        case ox.NamedNode():
            return {"type": "uri", "value": term.value}
        case ox.BlankNode():
            return {"type": "bnode", "value": term.value}
        case ox.Literal():
            found: dict[str, object] = {"type": "literal", "value": term.value}
            if term.language:
                found["xml:lang"] = term.language
            elif term.datatype.value != f"{XSD}string":
                found["datatype"] = term.datatype.value
            return found
        case _:
            parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
            return {"type": "triple", "value": {name: _json_term(part) for name, part in parts.items()}}


def _json(value: Mapping[str, object]) -> str:
    text = json.dumps(value, ensure_ascii=False, indent=1)
    return FORBIDDEN.sub(lambda m: json.dumps(m[0])[1:-1], text) + "\n"


def _sorted(triples: Iterable[ox.Triple]) -> list[ox.Triple]:
    return sorted(set(triples), key=str)


def _turtle(triples: Iterable[ox.Triple], prefixes: Mapping[str, str]) -> str:
    """Sorted triples with the prefixes that they use."""
    found = _sorted(triples)
    text = " ".join(map(str, found))
    used = {name: iri for name, iri in sorted(prefixes.items()) if f"<{iri}" in text}
    data = ox.serialize(found, format=ox.RdfFormat.TURTLE, prefixes=used)
    return _escaped((data or b"").decode())


def _escaped(text: str) -> str:
    """Turtle or TSV with forbidden characters as its own escapes."""
    return FORBIDDEN.sub(lambda m: f"\\u{ord(m[0]):04X}" if ord(m[0]) < 0x10000 else f"\\U{ord(m[0]):08X}", text)


def _is_number(term: ox.Literal) -> bool:
    kind = term.datatype.value.removeprefix(XSD)
    return kind in ("integer", "decimal", "double") and bool(
        re.fullmatch(r"[+-]?(\d+(\.\d+)?|\.\d+)([eE][+-]?\d+)?", term.value, re.ASCII)
    )


def _markdown(text: str) -> str:
    """Plain words in Markdown: what would be markup is escaped."""
    return re.sub(r"([\\`*_\[\]|])", r"\\\1", text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))


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


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _lines(*lines: str) -> str:
    return "".join(f"{line}\n" for line in lines)
