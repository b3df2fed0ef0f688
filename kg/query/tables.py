"""Answers for people: tables and Markdown.

People see IRIs with their prefixes, and every control and bidi character as an escape.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

import pyoxigraph as ox

from kg.dates import DateError, parse_date
from kg.dates.words import readable
from kg.model.places import listed_quotes
from kg.ontology.namespaces import KG, ShortNames
from kg.query.run import Answer, Evidence, Form, Term
from kg.text import clip, count_noun, escape_markdown, pad, width
from kg.text.characters import printable

WIDEST = 100
"""The widest column of a table; longer values are cut there, and the count line says so."""
_WIDEST_TITLE = 60


class Names:
    """IRIs and citations as people read them, with the prefixes of a workspace; quantities with
    their words, as far as these are given by IRI.
    """

    def __init__(
        self, prefixes: Mapping[str, str], quantities: Mapping[str, str] | None = None
    ) -> None:
        self._quantities = quantities or {}
        self._names = ShortNames(prefixes.items(), r"\w(?:[\w.-]*[\w-])?")

    def shorten(self, iri: str) -> str:
        """Return an IRI with the prefix of the longest namespace that it begins with, or in full;
        that of a quantity as its words.
        """
        return self._quantities.get(iri) or self._names.shorten(iri)

    def plain_text(self, term: Term | None) -> str:
        """Return a value for people: a short IRI, or the words of a literal."""
        match term:
            case None:
                return ""
            case ox.NamedNode():
                return self.shorten(term.value)
            case ox.Literal():
                return printable(_date_words(term) or term.value)
            case _:
                return printable(str(term))

    def citations(self, evidence: Iterable[Evidence]) -> Iterator[tuple[str, Evidence]]:
        """Yield for each article in turn its paragraphs (``article:nyt-2019-11-22 p. 4, 16``) or
        other places, and the first piece of evidence in it.
        """
        in_articles = (each for each in evidence if each.article)
        for article, group in groupby(in_articles, key=lambda each: each.article):
            pieces = list(group)
            numbers = dict.fromkeys(str(each.paragraph) for each in pieces if each.paragraph)
            places = dict.fromkeys(each.place for each in pieces if each.place)
            paragraphs = [f"p. {', '.join(numbers)}"] if numbers else []
            where = f"{self.shorten(article)} {'; '.join([*paragraphs, *places])}"
            quotes = listed_quotes(dict.fromkeys(each.quote for each in pieces if each.quote))
            yield f"{where} {printable(quotes)}".rstrip(), pieces[0]

    def describe_assertion(self, evidence: Evidence) -> str:
        """Return an assertion with its status and the rule that it follows from."""
        if not evidence.assertion:
            return "cited"
        rule = f", by the rule: {printable(evidence.rule)}" if evidence.rule else ""
        return f"{self.shorten(evidence.assertion)} ({evidence.status}{rule})"


def _date_words(term: ox.Literal) -> str:
    """A date as a terminal shows it; nothing where a literal is none."""
    if term.datatype.value != f"{KG}edtf":
        return ""
    try:
        return readable(parse_date(term.value))
    except DateError:
        return ""


# Tables


def without_empty_columns(answer: Answer) -> Answer:
    """Return an answer without the columns in which no row has a value."""
    columns = zip(answer.columns, *answer.rows, strict=True)
    filled_columns = [column for column in columns if column[1:] != (None,) * len(answer.rows)]
    if not answer.rows or not filled_columns:
        return answer
    names, *rows = zip(*filled_columns, strict=True)
    return answer._replace(columns=tuple(map(str, names)), rows=tuple(rows))


def table_text(answer: Answer, names: Names) -> str:
    """Return an answer as aligned columns, with the evidence of each row below it. A column in
    which no row has a value is left out.
    """
    answer = without_empty_columns(answer)
    notes = [f"note: {note}" for note in answer.notes]
    evidence = [_evidence_lines(row, names) for row in answer.evidence]
    if answer.form is Form.ASK:
        below = evidence[0] if evidence else []
        return join_lines([_yes_or_no(answer), *below, *notes])
    if not answer.rows or not answer.columns:
        return join_lines([_no_table(answer, answer.columns), *notes])
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
    return join_lines([*lines, count, *notes])


def _evidence_lines(row: Sequence[Evidence], names: Names) -> list[str]:
    """The evidence of a row as indented lines below it."""
    lines = []
    for assertion, group in groupby(row, key=names.describe_assertion):
        lines.append(f"    {assertion}")
        for citation, first in names.citations(group):
            source = first.publisher
            if first.originator != first.publisher:
                source += f", written by {first.originator}"
            source = printable(f"{source}, {first.date or 'undated'}")
            title = clip(printable(first.title), _WIDEST_TITLE)
            lines.append(f"        {citation}: {title} ({source})")
    return lines or ["    no assertion stands behind this row"]


def _clip_cells(cells: Iterable[str]) -> list[str]:
    return [clip(cell, WIDEST) for cell in cells]


def _aligned(cells: Sequence[str], widths: Sequence[int]) -> str:
    pairs = zip(cells, widths, strict=True)
    return "  ".join(pad(cell, most) for cell, most in pairs).rstrip()


def _yes_or_no(answer: Answer) -> str:
    return "yes" if answer.truth else "no"


def _no_table(answer: Answer, header: Sequence[str]) -> str:
    return f"{_count_rows(answer)} (columns: {', '.join(header) or 'none'})"


def _count_rows(answer: Answer) -> str:
    return count_noun(len(answer.rows), "row") if answer.rows else "no rows"


def join_lines(lines: Sequence[str]) -> str:
    """Return lines as a text, each with its end."""
    return "".join(f"{line}\n" for line in lines)


# Markdown


def markdown_text(answer: Answer, names: Names) -> str:
    """Return an answer as a Markdown table, with evidence in a column of its own. A column in which
    no row has a value is left out.
    """
    answer = without_empty_columns(answer)
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
    for assertion, group in groupby(row, key=names.describe_assertion):
        citations = "; ".join(citation for citation, _ in names.citations(group))
        parts.append(escape_markdown(f"{assertion}: {citations}" if citations else assertion))
    return "<br>".join(parts) or "no assertion"
