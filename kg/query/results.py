"""Answers for machines: CSV, TSV, JSON and Turtle, with whole terms, as the standards say.

CSV and TSV: https://www.w3.org/TR/sparql11-results-csv-tsv/ (CSV has values as they are, TSV has
terms as Turtle writes them); JSON: https://www.w3.org/TR/sparql11-results-json/. Evidence stands in
two columns more, ``assertions`` and ``citations``; in JSON it is ``evidence`` beside ``bindings``,
one list for each binding, in the same order.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from functools import cache
from itertools import groupby

import pyoxigraph as ox

from kg.characters import FORBIDDEN
from kg.ontology import XSD
from kg.query.evidence import Evidence, Evidenced
from kg.query.run import Answer, Form, Term
from kg.text import spreadsheet_safe


class Names:
    """IRIs and citations as people read them, with the prefixes of a workspace."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self._spaces = sorted(
            ((iri, name) for name, iri in prefixes.items() if iri), key=lambda s: (-len(s[0]), s)
        )
        self.short = cache(self._short)

    def _short(self, iri: str) -> str:
        """An IRI with the prefix of the longest namespace that it begins with, or in full."""
        for space, name in self._spaces:
            if iri.startswith(space) and re.fullmatch(r"\w(?:[\w.-]*[\w-])?", iri[len(space) :]):
                return f"{name}:{iri[len(space) :]}"
        return f"<{iri}>"

    def cited(self, evidence: Iterable[Evidence]) -> list[tuple[str, Evidence]]:
        """For each article in turn its paragraphs (``article:nyt-2019-11-22 p. 4, 16``), and one
        piece of evidence.
        """
        found = []
        for article, several in groupby(
            (e for e in evidence if e.article), key=lambda e: e.article
        ):
            cited = list(several)
            paragraphs = ", ".join(
                str(number) for number in dict.fromkeys(e.paragraph for e in cited)
            )
            found.append((f"{self.short(article)} p. {paragraphs}", cited[0]))
        return found


def as_csv(found: Evidenced, names: Names, safe: bool) -> str:
    """Values as they are; ``safe`` puts a ``'`` before what a spreadsheet would take for a formula."""
    columns, rows = _with_evidence(found, names)
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_value(term, safe) for term in row] for row in rows)
    return text.getvalue()


def _value(term: Term | None, safe: bool) -> str:
    value = term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term or "")
    return spreadsheet_safe(value) if safe else value


def as_tsv(found: Evidenced, names: Names, safe: bool) -> str:
    """Terms as in Turtle, numbers bare; ``safe`` as in CSV, for spreadsheets take the quotes of a
    text away.
    """
    columns, rows = _with_evidence(found, names)
    lines = ["\t".join(f"?{name}" for name in columns)]
    lines += (
        "\t".join("" if term is None else _turtle_term(term, safe) for term in row) for row in rows
    )
    return _escaped("".join(f"{line}\n" for line in lines))


def _turtle_term(term: Term, safe: bool) -> str:
    if isinstance(term, ox.Literal) and _is_number(term):
        return term.value
    plain = (
        safe
        and isinstance(term, ox.Literal)
        and not term.language
        and term.datatype.value == f"{XSD}string"
    )
    return str(
        ox.Literal(spreadsheet_safe(term.value)) if plain and isinstance(term, ox.Literal) else term
    )


def _is_number(term: Term | None) -> bool:
    if not isinstance(term, ox.Literal):
        return False
    kind = term.datatype.value.removeprefix(XSD)
    form = r"[+-]?([0-9]+(\.[0-9]+)?|\.[0-9]+)([eE][+-]?[0-9]+)?"
    return kind in ("integer", "decimal", "double") and bool(re.fullmatch(form, term.value))


def _with_evidence(found: Evidenced, names: Names) -> tuple[list[str], list[list[Term | None]]]:
    """Columns and rows, with two columns more where there is evidence; of ASK, one row with its
    truth.
    """
    columns = list(found.answer.columns)
    rows = [list(row) for row in found.answer.rows]
    if found.answer.form is Form.ASK:
        columns, rows = ["answer"], [[ox.Literal(found.answer.truth)]]
    if found.evidence:
        columns += [_free(name, columns) for name in ("assertions", "citations")]
        for row, evidence in zip(rows, found.evidence, strict=True):
            assertions = dict.fromkeys(names.short(e.assertion) for e in evidence if e.assertion)
            by_article = sorted(evidence, key=lambda e: (e.date, e.article, e.paragraph))
            citations = (words for words, _ in names.cited(by_article))
            row += [ox.Literal("; ".join(assertions)), ox.Literal("; ".join(citations))]
    return columns, rows


def _free(name: str, taken: Sequence[str]) -> str:
    return name if name not in taken else _free(f"{name}_", taken)


def as_json(found: Evidenced) -> str:
    """The standard's object, one binding on a line; control and bidi characters are escaped."""
    answer, told = found.answer, ""
    if found.evidence:
        evidence = _json_list([asdict(e) for e in row] for row in found.evidence)
        told = f',\n"evidence": {evidence},\n"notes": {_json(list(found.notes))}'
    if answer.form is Form.ASK:
        return f'{{"head": {{}}, "boolean": {_json(answer.truth)}{told}}}\n'
    bindings = _json_list(
        {
            name: _json_term(term)
            for name, term in zip(answer.columns, row, strict=True)
            if term is not None
        }
        for row in answer.rows
    )
    head = _json({"vars": list(answer.columns)})
    return f'{{"head": {head},\n"results": {{"bindings": {bindings}{told}}}}}\n'


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
            return {
                "type": "triple",
                "value": {name: _json_term(part) for name, part in parts.items()},
            }


def _json(value: object) -> str:
    return FORBIDDEN.sub(lambda m: json.dumps(m[0])[1:-1], json.dumps(value, ensure_ascii=False))


def _json_list(values: Iterable[object]) -> str:
    """A list with one value on each line."""
    return "[\n" + ",\n".join(map(_json, values)) + "\n]"


def as_turtle(answer: Answer, prefixes: Mapping[str, str]) -> str:
    """Sorted triples with the prefixes that they use."""
    triples = sorted(set(answer.triples), key=str)
    text = " ".join(map(str, triples))
    used = {name: iri for name, iri in sorted(prefixes.items()) if f"<{iri}" in text}
    data = ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=used)
    return _escaped((data or b"").decode())


def _escaped(text: str) -> str:
    """Turtle or TSV with forbidden characters as its own escapes."""
    return FORBIDDEN.sub(
        lambda m: f"\\u{ord(m[0]):04X}" if ord(m[0]) < 0x10000 else f"\\U{ord(m[0]):08X}", text
    )
