"""What a lens lets through, in formats of other programs: N-Quads, Turtle, JSON-LD, GraphML, CSV.

The three of RDF hold the same triples as a build, conclusions included. GraphML and CSV hold what
curators wrote, one edge or row for each assertion.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from enum import StrEnum

from kg.dates import Day
from kg.model import Assertion, Citation, Reference
from kg.reading import Reading
from kg.statement import Statement
from kg.text import spreadsheet_safe


class Format(StrEnum):
    """A format to export to."""

    NQ = "nq"
    TTL = "ttl"
    JSONLD = "jsonld"
    GRAPHML = "graphml"
    CSV = "csv"


def export(reading: Reading, format: Format, safe: bool = False) -> bytes:
    """The bytes of an export; the same workspace and lens give the same bytes.

    ``safe`` makes CSV safe for spreadsheets: a value that one would take for a formula gets a ``'``
    in front.
    """
    from kg.rdf.jsonld import jsonld
    from kg.rdf.writer import nquads, turtle

    match format:
        case Format.NQ:
            return nquads(reading.quads)
        case Format.TTL:
            return turtle(reading.quads, reading.ontology.prefixes)
        case Format.JSONLD:
            return jsonld(reading.quads, reading.ontology.prefixes, reading.ontology.base)
        case Format.GRAPHML:
            return graphml(reading)
        case _:
            return table(reading, safe)


def graphml(reading: Reading) -> bytes:
    """Things as nodes, assertions between two things as edges with the assertion's id; for Gephi,
    yEd, igraph.

    Assertions whose object is a text are no edges. What is empty is left out.
    """
    import networkx
    from networkx.readwrite.graphml import GraphMLWriter

    corpus = reading.shown
    graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    for thing in sorted(corpus.things.values(), key=lambda thing: thing.id):
        facts = {
            "label": thing.label,
            "type": thing.type.id,
            "section": thing.section,
            "aliases": "; ".join(alias.name.text for alias in thing.aliases),
            "acts_for": thing.acts_for.id if thing.acts_for else "",
        }
        graph.add_node(thing.id, **_filled(facts))
    for assertion in sorted(corpus.assertions.values(), key=lambda assertion: assertion.id):
        if isinstance(assertion.object, Reference):
            row = _row(reading.statements[assertion.id], reading)
            facts = {name: row[column] for name, column in _EDGE.items()}
            ends = assertion.subject.id, assertion.object.id
            graph.add_edge(
                *ends, key=assertion.id, sources=int(row["independent_sources"]), **_filled(facts)
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
    "polarity": "polarity",
    "mode": "mode",
    "when": "when",
    "where": "where",
    "speakers": "speakers",
    "via": "via",
    "said": "said",
    "citations": "citations",
}
"""The attributes of an edge, each with the column that it is taken from."""


def _filled(facts: dict[str, str]) -> dict[str, str]:
    return {name: str(value) for name, value in facts.items() if value}


def table(reading: Reading, safe: bool = False) -> bytes:
    """One row for each assertion, in order of ids, with all its fields; several values are parted
    by ``; ``.

    CSV as in RFC 4180: a header, commas, CRLF, UTF-8.
    """
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    for assertion in sorted(reading.shown.assertions.values(), key=lambda assertion: assertion.id):
        row = _row(reading.statements[assertion.id], reading)
        writer.writerow(
            {name: spreadsheet_safe(value) for name, value in row.items()} if safe else row
        )
    return text.getvalue().encode()


COLUMNS = (
    "id",
    "subject",
    "subject_label",
    "predicate",
    "relation",
    "object",
    "object_label",
    "object_language",
    "sentence",
    "polarity",
    "mode",
    "condition",
    "status",
    "status_reason",
    "against",
    "when",
    "start_earliest",
    "start_latest",
    "start_kind",
    "end_earliest",
    "end_latest",
    "end_kind",
    "holds",
    "where",
    "speakers",
    "via",
    "said",
    "denies",
    "outcome",
    "realised_by",
    "withdrawn",
    "withdrawn_citations",
    "supersedes",
    "retroactive",
    "basis",
    "follows_from",
    "confidence",
    "known_from",
    "articles",
    "independent_sources",
    "originators",
    "citations",
    "note",
    "source_file",
    "source_line",
)
"""The columns of the table; docs/analysis.md says what each holds."""


def _row(statement: Statement, reading: Reading) -> dict[str, str]:
    a = statement.assertion
    corpus = reading.corpus
    articles = {citation.article.id for citation in statement.support}
    return {
        "id": a.id,
        "subject": a.subject.id,
        "subject_label": statement.subject.label,
        **_predicate_and_object(statement),
        "sentence": statement.sentence,
        "polarity": a.polarity,
        "mode": a.mode,
        "condition": a.condition,
        "status": statement.status,
        "status_reason": statement.reason,
        "against": "; ".join(statement.rivals),
        **_dates(a),
        "holds": statement.certainty or "",
        "where": a.where.id if a.where else "",
        "speakers": _ids(a.speakers),
        "via": _ids(a.via),
        "said": a.said.text if a.said else "",
        "denies": a.denies.id if a.denies else "",
        "outcome": a.outcome.kind if a.outcome else "",
        "realised_by": a.outcome.realised_by.id if a.outcome and a.outcome.realised_by else "",
        **_withdrawal(a),
        "supersedes": a.supersedes.id if a.supersedes else "",
        "retroactive": "true" if a.retroactive else "",
        "basis": a.basis,
        "follows_from": _ids(a.follows_from),
        "confidence": a.confidence or "",
        "known_from": _day(statement.known_from),
        "articles": str(len(articles)),
        "independent_sources": str(statement.sources),
        "originators": "; ".join(sorted({corpus.articles[id].originator.id for id in articles})),
        "citations": _citations(a.citations),
        "note": a.note,
        "source_file": a.span.file,
        "source_line": str(a.span.line),
    }


def _predicate_and_object(statement: Statement) -> dict[str, str]:
    name = statement.object
    return {
        "predicate": statement.relation.name,
        "relation": statement.relation.label,
        "object": name.id or name.label,
        "object_label": name.label if name.id else "",
        "object_language": "" if name.id else name.language,
    }


def _dates(a: Assertion) -> dict[str, str]:
    when = a.when
    return {
        "when": when.text if when else "",
        "start_earliest": _day(when.start_earliest) if when else "",
        "start_latest": _day(when.start_latest) if when else "",
        "start_kind": when.start.value if when else "",
        "end_earliest": _day(when.end_earliest) if when else "",
        "end_latest": _day(when.end_latest) if when else "",
        "end_kind": when.end.value if when else "",
    }


def _withdrawal(a: Assertion) -> dict[str, str]:
    taken_back = a.withdrawn
    day = (taken_back.when.text if taken_back.when else "on an unknown day") if taken_back else ""
    return {
        "withdrawn": day,
        "withdrawn_citations": _citations(taken_back.citations) if taken_back else "",
    }


def _day(day: Day | None) -> str:
    return str(day) if day else ""


def _ids(references: Iterable[Reference]) -> str:
    return "; ".join(reference.id for reference in references)


def _citations(citations: Iterable[Citation]) -> str:
    """Citations as ``kyodo-2019-11-15 p. 5 [52, 85]``: article, paragraph and, if given, the span
    of the words.
    """
    found = sorted((c.article.id, c.paragraph, c.words or ()) for c in citations)
    return "; ".join(
        f"{id} p. {p}" + (f" [{w[0]}, {w[1]}]" if len(w) == 2 else "") for id, p, w in found
    )
