"""Answers for machines, with whole terms as the standards say; those for people are tables
(``kg.query.tables``).

CSV and TSV: https://www.w3.org/TR/sparql11-results-csv-tsv/ (CSV has values as they are, TSV has
terms as Turtle writes them); JSON: https://www.w3.org/TR/sparql11-results-json/; XML:
https://www.w3.org/TR/rdf-sparql-XMLres/. Evidence stands in
two columns more, ``assertions`` and ``citations``; in JSON it is ``evidence`` beside ``bindings``,
one list for each binding, in the same order.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from typing import Any

import pyoxigraph as ox

from kg.diagnostics import KgError
from kg.ontology.namespaces import XSD
from kg.query import AnswerFormat
from kg.query.run import Answer, Form, Term, unused_column
from kg.query.tables import Names, join_lines, markdown_text, table_text
from kg.text import spreadsheet_safe
from kg.text.characters import FORBIDDEN

_GRAPHS = {
    AnswerFormat.TTL: ox.RdfFormat.TURTLE,
    AnswerFormat.NT: ox.RdfFormat.N_TRIPLES,
    AnswerFormat.JSONLD: ox.RdfFormat.JSON_LD,
}
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def write_answer(
    answer: Answer, format: AnswerFormat, prefixes: Mapping[str, str], safe: bool = False
) -> str:
    """Return the text of an answer, with a line end at its end.

    ``safe`` makes CSV and TSV safe for spreadsheets: a value that one would take for a formula gets
    a ``'`` in front. Triples are written as Turtle, N-Triples or JSON-LD, or else as rows. Raises
    KgError (exit code 2) for rows as triples.
    """
    if format in _GRAPHS:
        return _graph(answer, prefixes, format)
    if answer.form is Form.CONSTRUCT:
        answer = triple_rows(answer)
    names = Names(prefixes, answer.quantities)
    match format:
        case AnswerFormat.JSON:
            return _json(answer)
        case AnswerFormat.XML:
            return _xml(answer)
        case AnswerFormat.CSV:
            return _csv(answer, names, safe)
        case AnswerFormat.TSV:
            return _tsv(answer, names, safe)
        case AnswerFormat.MD:
            return markdown_text(answer, names)
        case _:
            return table_text(answer, names)


def triple_rows(answer: Answer) -> Answer:
    """Return the triples that a query makes as rows, in order, each once."""
    triples = sorted(set(answer.triples), key=str)
    rows = tuple((triple.subject, triple.predicate, triple.object) for triple in triples)
    columns = ("subject", "predicate", "object")
    return Answer(Form.SELECT, columns, rows, quantities=answer.quantities)


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
    return term.value if isinstance(term, _WITH_VALUE) else str(term or "")


_WITH_VALUE = (ox.NamedNode, ox.Literal)
"""Made once: there are hundreds of thousands of terms in an answer."""


def _tsv(answer: Answer, names: Names, safe: bool) -> str:
    """Terms as in Turtle, numbers bare; ``safe`` as in CSV, for spreadsheets take the quotes of a
    text away.
    """
    columns, rows = _with_evidence(answer, names)
    lines = ["\t".join(f"?{name}" for name in columns)]
    for row in rows:
        lines.append("\t".join(_turtle_term(term, safe) for term in row))
    return _escape_forbidden(join_lines(lines))


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
        columns += [unused_column(name, columns) for name in ("assertions", "citations")]
        for row, evidence in zip(rows, answer.evidence, strict=True):
            iris = dict.fromkeys(each.assertion for each in evidence if each.assertion)
            chronicle = sorted(evidence, key=lambda each: (each.date, each.article, each.paragraph))
            citations = (citation for citation, _ in names.citations(chronicle))
            row.append(ox.Literal("; ".join(map(names.shorten, iris))))
            row.append(ox.Literal("; ".join(citations)))
    return columns, rows


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


def _json_bindings(answer: Answer) -> Iterator[dict[str, dict[str, Any]]]:
    for row in answer.rows:
        pairs = zip(answer.columns, row, strict=True)
        yield {name: _json_term(term) for name, term in pairs if term is not None}


def _json_term(term: Term) -> dict[str, Any]:
    match term:
        case ox.NamedNode():
            return {"type": "uri", "value": term.value}
        case ox.BlankNode():
            return {"type": "bnode", "value": term.value}
        case ox.Literal():
            record = {"type": "literal", "value": term.value}
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


# XML


def _xml(answer: Answer) -> str:
    """The standard's document, without evidence: the engine writes it from the one in JSON."""
    json_text = _json(answer._replace(evidence=()))
    results = ox.parse_query_results(json_text, format=ox.QueryResultsFormat.JSON)
    xml = results.serialize(format=ox.QueryResultsFormat.XML) or b""
    return _NOT_XML.sub("\ufffd", xml.decode()) + "\n"


# Triples


def _graph(answer: Answer, prefixes: Mapping[str, str], format: AnswerFormat) -> str:
    """Sorted triples, in Turtle and JSON-LD with the prefixes that they use."""
    if answer.form is not Form.CONSTRUCT:
        raise KgError(
            "rows are no triples: Turtle, N-Triples and JSON-LD are for CONSTRUCT and DESCRIBE",
            hint="--format csv, tsv, json or xml",
        )
    triples = sorted(set(answer.triples), key=str)
    if format is AnswerFormat.NT:
        return _escape_forbidden((ox.serialize(triples, format=_GRAPHS[format]) or b"").decode())
    text = " ".join(map(str, triples))
    used_prefixes = {name: iri for name, iri in sorted(prefixes.items()) if f"<{iri}" in text}
    if format is AnswerFormat.JSONLD:
        # A context has no empty name.
        used_prefixes.pop("", None)
    data = ox.serialize(triples, format=_GRAPHS[format], prefixes=used_prefixes)
    graph_text = (data or b"").decode()
    return f"{graph_text}\n" if format is AnswerFormat.JSONLD else _escape_forbidden(graph_text)


def _escape_forbidden(text: str) -> str:
    """Turtle or TSV with forbidden characters as its own escapes."""
    return FORBIDDEN.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}"
