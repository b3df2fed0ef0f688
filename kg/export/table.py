"""The table of assertions: one row for each that a curator wrote, with all its fields."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from kg.dates import Date
from kg.model import Thing
from kg.model.corpus import Corpus
from kg.model.references import Citation, Reference, Withdrawal
from kg.reading import Reading
from kg.status.statement import Statement
from kg.text import spreadsheet_safe


def write_table(reading: Reading, safe: bool = False) -> bytes:
    """Return one row for each assertion, in order of ids, with all its fields; several values are
    parted by ``; ``.

    CSV as in RFC 4180: a header, commas, CRLF, UTF-8; a safe one begins with a byte order mark, by
    which spreadsheets tell UTF-8.
    """
    lines = io.StringIO(newline="")
    writer = csv.DictWriter(lines, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    for id in sorted(reading.visible_corpus.assertions):
        row = statement_cells(reading.statements[id], reading.corpus)
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


def statement_cells(statement: Statement, corpus: Corpus) -> dict[str, str]:
    """A statement as a row of the table: a text for each of its columns."""
    a = statement.assertion
    articles = {citation.article.id for citation in statement.support}
    writers = {each.id for id in articles for each in corpus.articles[id].originators}
    return {
        "id": a.id,
        "subject": a.subject.id,
        "subject_label": statement.subject.label,
        "subject_ids": identifiers_of(corpus.thing(a.subject.id)),
        **_predicate_and_object(statement, corpus),
        "sentence": statement.sentence,
        "polarity": a.polarity,
        "mode": a.mode,
        "condition": a.condition,
        "status": statement.status,
        "status_reason": statement.reason,
        "against": "; ".join(statement.standing.against),
        "contested_in": "; ".join(aspect for aspect, _ in statement.standing.contests),
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
        "known_from": str(statement.known_from or ""),
        "articles": str(len(articles)),
        "independent_sources": str(statement.sources),
        "originators": "; ".join(sorted(writers)),
        "citations": citations_text(a.citations),
        "note": a.note,
        "written_with": "; ".join(a.written_ids),
        "source_file": a.span.file,
        "source_line": str(a.span.line),
    }


def identifiers_of(thing: Thing) -> str:
    """The ids of a thing in other registers, in one text."""
    return "; ".join(map(str, thing.ids))


def _predicate_and_object(statement: Statement, corpus: Corpus) -> dict[str, str]:
    name = statement.object
    return {
        "predicate": statement.relation.name,
        "relation": statement.relation.label,
        "object": name.id or statement.assertion.object_assertion or name.label,
        "object_label": name.label if name.id or statement.assertion.object_assertion else "",
        "object_ids": identifiers_of(corpus.thing(name.id)) if name.id else "",
        "object_language": "" if name.id else name.language,
    }


def _dates(when: Date | None) -> dict[str, str]:
    if when is None:
        return dict.fromkeys(_DATE_COLUMNS, "")
    starts = when.start_earliest, when.start_latest, when.start
    ends = when.end_earliest, when.end_latest, when.end
    texts = (str(value or "") for value in (when.text, *starts, *ends))
    return dict(zip(_DATE_COLUMNS, texts, strict=True))


_DATE_COLUMNS = COLUMNS[COLUMNS.index("when") : COLUMNS.index("end_kind") + 1]


def _withdrawals(withdrawals: Iterable[Withdrawal]) -> dict[str, str]:
    """When a statement was taken back, by whom where that was not by all, and where it is told."""
    days: list[str] = []
    citations: list[Citation] = []
    for each in withdrawals:
        by = f"{', '.join(speaker.id for speaker in each.by)}: " if each.by else ""
        days.append(f"{by}{each.when.text if each.when else 'on an unknown day'}")
        citations += each.citations
    return {"withdrawn": "; ".join(days), "withdrawn_citations": citations_text(citations)}


def _ids(*references: Reference | None) -> str:
    return "; ".join(reference.id for reference in references if reference)


def citations_text(citations: Iterable[Citation]) -> str:
    """Citations as ``kyodo-2019-11-15 p. 5 [52, 85]``: article, paragraph and, if given, the span
    of the words; or another place in words, as ``prem-1987 page 112``.
    """
    places = []
    cited_places = {(c.article.id, c.locator, c.words or ()) for c in citations}
    for id, locator, words in sorted(
        cited_places, key=lambda each: (each[0], each[1].order, each[2])
    ):
        span = f" [{words[0]}, {words[1]}]" if words else ""
        places.append(f"{id} {locator.short}{span}")
    return "; ".join(places)
