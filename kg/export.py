"""What a lens lets through, in formats of other programs: N-Quads, Turtle, JSON-LD, GraphML, CSV,
CSL-JSON.

The three of RDF hold the same triples as a build, conclusions included. GraphML and CSV hold what
curators wrote, one edge or row for each assertion; CSL-JSON has the sources.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from enum import StrEnum
from typing import TYPE_CHECKING

from kg.csl import csl_json
from kg.text import spreadsheet_safe
from kg.values import number_of

if TYPE_CHECKING:
    from kg.dates import Date, Day
    from kg.model import Citation, Corpus, Reference, Thing, Withdrawal
    from kg.reading import Reading
    from kg.statement import Statement


class ExportFormat(StrEnum):
    """A format to export to."""

    NQ = "nq"
    TTL = "ttl"
    JSONLD = "jsonld"
    GRAPHML = "graphml"
    CSV = "csv"
    CSL_JSON = "csl-json"


def export(reading: Reading, format: ExportFormat, safe: bool = False) -> bytes:
    """The bytes of an export; the same workspace and lens give the same bytes.

    ``safe`` makes CSV safe for spreadsheets: a value that one would take for a formula gets a ``'``
    in front, and a byte order mark tells that it is UTF-8.
    """
    from kg.rdf.jsonld import jsonld
    from kg.rdf.portable import portable
    from kg.rdf.writer import nquads, turtle

    match format:
        case ExportFormat.NQ:
            return nquads(portable(reading.quads))
        case ExportFormat.TTL:
            return turtle(portable(reading.quads), reading.ontology.prefixes)
        case ExportFormat.JSONLD:
            graph = portable(reading.quads)
            return jsonld(graph, reading.ontology.prefixes, reading.ontology.base)
        case ExportFormat.GRAPHML:
            return graphml(reading)
        case ExportFormat.CSL_JSON:
            return csl_json(reading.corpus, reading.ontology)
        case _:
            return table(reading, safe)


def graphml(reading: Reading) -> bytes:
    """Return things as nodes, assertions between two things as edges with the assertion's id; for
    Gephi, yEd, igraph.

    Assertions whose object is a text are no edges, nor are judgements that merge two ids. What is
    empty is left out.
    """
    import networkx
    from networkx.readwrite.graphml import GraphMLWriter

    graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    for thing in sorted(reading.visible_corpus.things.values(), key=lambda thing: thing.id):
        facts = {
            "label": thing.label,
            "type": thing.type.id,
            "section": thing.section,
            **{f"label_{each.language}": each.text for each in thing.labels if each.language},
            "aliases": "; ".join(alias.name.text for alias in thing.aliases),
            "ids": _identifiers(thing),
            "acts_for": thing.acts_for.id if thing.acts_for else "",
        }
        graph.add_node(thing.id, **_without_empty(facts))
    for id in sorted(reading.visible_corpus.assertions):
        statement = reading.statements[id]
        if statement.object.id and not reading.corpus.also.keys() & statement.assertion.triple:
            row = _row(statement, reading.corpus)
            facts = {name: row[column] for name, column in _EDGE.items()}
            graph.add_edge(
                row["subject"],
                row["object"],
                key=id,
                sources=int(row["independent_sources"]),
                **_numbers(statement),
                **_without_empty(facts),
            )
    writer = GraphMLWriter(encoding="utf-8", prettyprint=True, named_key_ids=True)
    writer.add_graph_element(graph)
    data = io.BytesIO()
    writer.dump(data)
    return data.getvalue() + b"\n"


_EDGE = {
    "assertion": "id",
    "predicate": "predicate",
    "relation": "relation",
    "sentence": "sentence",
    "status": "status",
    "contested_in": "contested_in",
    "polarity": "polarity",
    "mode": "mode",
    "when": "when",
    "where": "where",
    "with": "with",
    "speakers": "speakers",
    "via": "via",
    "said": "said",
    "citations": "citations",
}
"""The attributes of an edge, each with the column that it is taken from."""


def _numbers(statement: Statement) -> dict[str, float]:
    """The qualifiers of an edge that are numbers (``with_share``), so that programs can weigh edges
    by them; a range is none.
    """
    numbers: dict[str, float] = {}
    for name, value in statement.assertion.qualifiers:
        number = number_of(value)
        if number is not None:
            numbers[f"with_{name.id}"] = float(number)
    return numbers


def _without_empty(facts: dict[str, str]) -> dict[str, str]:
    return {name: str(value) for name, value in facts.items() if value}


def table(reading: Reading, safe: bool = False) -> bytes:
    """Return one row for each assertion, in order of ids, with all its fields; several values are
    parted by ``; ``.

    CSV as in RFC 4180: a header, commas, CRLF, UTF-8; a safe one begins with a byte order mark, by
    which spreadsheets tell UTF-8.
    """
    lines = io.StringIO(newline="")
    writer = csv.DictWriter(lines, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    for id in sorted(reading.visible_corpus.assertions):
        row = _row(reading.statements[id], reading.corpus)
        if safe:
            row = {name: spreadsheet_safe(value) for name, value in row.items()}
        writer.writerow(row)
    return lines.getvalue().encode("utf-8-sig" if safe else "utf-8")


COLUMNS = (
    "id",
    "subject",
    "subject_label",
    "subject_ids",
    "predicate",
    "relation",
    "object",
    "object_label",
    "object_ids",
    "object_language",
    "sentence",
    "polarity",
    "mode",
    "condition",
    "status",
    "status_reason",
    "against",
    "contested_in",
    "when",
    "start_earliest",
    "start_latest",
    "start_kind",
    "end_earliest",
    "end_latest",
    "end_kind",
    "holds",
    "where",
    "with",
    "speakers",
    "via",
    "about",
    "said",
    "denies",
    "ends",
    "begins",
    "outcome",
    "realised_by",
    "withdrawn",
    "withdrawn_citations",
    "supersedes",
    "retroactive",
    "basis",
    "follows_from",
    "confidence",
    "rank",
    "known_from",
    "articles",
    "independent_sources",
    "originators",
    "citations",
    "note",
    "written_with",
    "source_file",
    "source_line",
)
"""The columns of the table; docs/analysis.md says what each holds."""


def _row(statement: Statement, corpus: Corpus) -> dict[str, str]:
    """A statement as a row of the table."""
    a = statement.assertion
    articles = {citation.article.id for citation in statement.support}
    return {
        "id": a.id,
        "subject": a.subject.id,
        "subject_label": statement.subject.label,
        "subject_ids": _identifiers(corpus.thing(a.subject.id)),
        **_predicate_and_object(statement, corpus),
        "sentence": statement.sentence,
        "polarity": a.polarity,
        "mode": a.mode,
        "condition": a.condition,
        "status": statement.status,
        "status_reason": statement.reason,
        "against": "; ".join(statement.rivals),
        "contested_in": "; ".join(aspect for aspect, _ in statement.contests),
        **_dates(a.when),
        "holds": statement.holds,
        "where": _ids(a.where),
        "with": statement.qualified,
        "speakers": _ids(*a.speakers),
        "via": _ids(*a.via),
        "about": _ids(*a.about),
        "said": a.said.text if a.said else "",
        "denies": _ids(a.denies),
        "ends": statement.limited_state if a.ends else "",
        "begins": statement.limited_state if a.begins else "",
        "outcome": a.outcome.kind if a.outcome else "",
        "realised_by": _ids(a.outcome.realised_by) if a.outcome else "",
        **_withdrawals(a.withdrawals),
        "supersedes": _ids(*a.supersedes),
        "retroactive": "true" if a.retroactive else "",
        "basis": a.basis,
        "follows_from": _ids(*a.follows_from),
        "confidence": a.confidence or "",
        "rank": a.rank,
        "known_from": _day(statement.known_from),
        "articles": str(len(articles)),
        "independent_sources": str(statement.sources),
        "originators": "; ".join(_originators(articles, corpus)),
        "citations": _citations(a.citations),
        "note": a.note,
        "written_with": "; ".join(a.written_ids),
        "source_file": a.span.file,
        "source_line": str(a.span.line),
    }


def _identifiers(thing: Thing) -> str:
    return "; ".join(map(str, thing.ids))


def _predicate_and_object(statement: Statement, corpus: Corpus) -> dict[str, str]:
    name = statement.object
    return {
        "predicate": statement.relation.name,
        "relation": statement.relation.label,
        "object": name.id or statement.assertion.object_assertion or name.label,
        "object_label": name.label if name.id or statement.assertion.object_assertion else "",
        "object_ids": _identifiers(corpus.thing(name.id)) if name.id else "",
        "object_language": "" if name.id else name.language,
    }


def _dates(when: Date | None) -> dict[str, str]:
    if when is None:
        return dict.fromkeys(_DATE_COLUMNS, "")
    values = (
        when.text,
        _day(when.start_earliest),
        _day(when.start_latest),
        when.start.value,
        _day(when.end_earliest),
        _day(when.end_latest),
        when.end.value,
    )
    return dict(zip(_DATE_COLUMNS, values, strict=True))


_DATE_COLUMNS = COLUMNS[COLUMNS.index("when") : COLUMNS.index("end_kind") + 1]


def _withdrawals(withdrawals: Iterable[Withdrawal]) -> dict[str, str]:
    """When a statement was taken back, by whom where that was not by all, and where it is told."""
    days: list[str] = []
    citations: list[Citation] = []
    for each in withdrawals:
        by = f"{', '.join(speaker.id for speaker in each.by)}: " if each.by else ""
        days.append(f"{by}{each.when.text if each.when else 'on an unknown day'}")
        citations += each.citations
    return {"withdrawn": "; ".join(days), "withdrawn_citations": _citations(citations)}


def _day(day: Day | None) -> str:
    return str(day) if day else ""


def _ids(*references: Reference | None) -> str:
    return "; ".join(reference.id for reference in references if reference)


def _originators(articles: Iterable[str], corpus: Corpus) -> list[str]:
    writers = (corpus.articles[id].originators for id in articles)
    return sorted({writer.id for each in writers for writer in each})


def _citations(citations: Iterable[Citation]) -> str:
    """Citations as ``kyodo-2019-11-15 p. 5 [52, 85]``: article, paragraph and, if given, the span
    of the words; or another place in words, as ``prem-1987 page 112``.
    """
    places = []
    cited = {(c.article.id, c.locator, c.words or ()) for c in citations}
    for id, locator, words in sorted(cited, key=lambda each: (each[0], each[1].order, each[2])):
        span = f" [{words[0]}, {words[1]}]" if words else ""
        places.append(f"{id} {locator.short}{span}")
    return "; ".join(places)
