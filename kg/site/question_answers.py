"""Saved questions asked for a site: what each finds, with what stands behind its rows."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from pyoxigraph import NamedNode

from kg.diagnostics import KgError
from kg.query import AnswerFormat
from kg.query.evidence import GraphRecords, find_records_behind
from kg.query.formats import triple_rows, write_answer
from kg.query.run import Answer, Form, Row, Term, ask_store
from kg.query.sandbox import each_within_limits
from kg.query.saved import SavedQuery, bind_parameters, with_day
from kg.query.tables import Names
from kg.reading import Reading
from kg.view.rows import view_limits

MOST_ROWS = 75
"""So many rows stand on the page; the CSV has all."""


TRUTH = ("answer",)
OWN = "assertion"
"""The column of the assertion that a row tells of: the last one on the page says so already."""


class QuestionAnswer(NamedTuple):
    """What a question finds, as words: for each value its words and IRI (or nothing), for each row
    the IRIs of the assertions behind it.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[tuple[str, str], ...], ...]
    behind: tuple[tuple[str, ...], ...]
    total: int
    notes: tuple[str, ...]
    csv: str


QuestionOutcome = QuestionAnswer | KgError | str
"""An answer, why a question was not answered, or why it is not asked."""


def find_answers(
    questions: Sequence[SavedQuery], reading: Reading, values: Mapping[str, str] | None
) -> list[QuestionOutcome]:
    """Return for each question its answer, the error that it ended with, or why it is not asked."""
    parameters = values or {}
    outcomes: dict[str, QuestionOutcome] = {}
    for saved in questions:
        if lacking := [e.name for e in saved.params if e.required and e.name not in parameters]:
            reason = f"it is asked of a value that you choose: {', '.join(lacking)}."
            outcomes[saved.name] = reason
    unanswered = [each for each in questions if each.name not in outcomes]
    if unanswered:
        store = reading.store
        records = GraphRecords(store)
        works = [partial(_ask, each, reading, records, parameters) for each in unanswered]
        limits = view_limits(len(reading.graph_corpus.assertions))
        results = each_within_limits(works, limits)
        outcomes |= {each.name: outcome for each, outcome in zip(unanswered, results, strict=True)}
    return [outcomes[each.name] for each in questions]


def _ask(
    saved: SavedQuery, reading: Reading, records: GraphRecords, parameters: Mapping[str, str]
) -> QuestionAnswer:
    """Return what a question finds."""
    store, notes = records.store, tuple[str, ...]()
    prefixes = reading.ontology.prefixes
    values = with_day(saved, parameters, reading.lens.true_on)
    text = bind_parameters(saved, values, reading.ontology, store)
    answer = ask_store(store, text, prefixes, saved.name)
    csv = write_answer(answer, AnswerFormat.CSV, prefixes, safe=True)
    start = reading.ontology.iri("assertion", "")
    shown_answer = answer._replace(rows=answer.rows[:MOST_ROWS])
    named_assertions = [_assertions_in(row, start) for row in shown_answer.rows]
    if answer.form is not Form.CONSTRUCT and not any(named_assertions):
        behind, notes = find_records_behind(text, shown_answer, prefixes, records)
        named_assertions = [
            _beginning_with(start, sorted(records.assertions(each))) for each in behind
        ]
    told_so = {OWN} if all(named_assertions) else set()
    shown_answer = _without(told_so | _empty_columns(shown_answer), shown_answer)
    columns, rows, total = _answer_table(shown_answer, answer, Names(prefixes, answer.quantities))
    return QuestionAnswer(columns, rows, tuple(map(tuple, named_assertions)), total, notes, csv)


def _empty_columns(answer: Answer) -> set[str]:
    """The columns in which no row has a value."""
    values = zip(*answer.rows, strict=True) if answer.rows else ()
    columns = zip(answer.columns, values, strict=False)
    return {column for column, each in columns if not any(each)}


def _without(columns: Container[str], answer: Answer) -> Answer:
    """Return an answer without some columns."""
    places = [place for place, name in enumerate(answer.columns) if name not in columns]
    rows = tuple(_picked(row, places) for row in answer.rows)
    return answer._replace(columns=tuple(answer.columns[place] for place in places), rows=rows)


def _picked(row: Row, places: Iterable[int]) -> Row:
    return tuple(row[place] for place in places)


def _assertions_in(row: Iterable[Term | None], start: str) -> list[str]:
    return _beginning_with(start, (each.value for each in row if isinstance(each, NamedNode)))


def _beginning_with(start: str, iris: Iterable[str]) -> list[str]:
    return [iri for iri in iris if iri.startswith(start)]


def _answer_table(
    shown_answer: Answer, answer: Answer, names: Names
) -> tuple[tuple[str, ...], tuple[tuple[tuple[str, str], ...], ...], int]:
    """Return the columns, the values of the rows that are shown, and how many there are."""
    if answer.form is Form.ASK:
        return TRUTH, ((("yes" if answer.truth else "no", ""),),), 1
    if answer.form is Form.CONSTRUCT:
        answer = triple_rows(answer)
        shown_answer = answer._replace(rows=answer.rows[:MOST_ROWS])
    rows = tuple(_values(row, names) for row in shown_answer.rows)
    return shown_answer.columns, rows, len(answer.rows)


def _values(row: Row, names: Names) -> tuple[tuple[str, str], ...]:
    return tuple(_value(term, names) for term in row)


def _value(term: Term | None, names: Names) -> tuple[str, str]:
    return names.plain_text(term), term.value if isinstance(term, NamedNode) else ""
