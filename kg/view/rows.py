"""The rows of views, asked of the graph within the limits of every question."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from kg.diagnostics import KgError
from kg.query.checks import VIEW_COLUMNS, view_problems
from kg.query.errors import as_error
from kg.query.run import MOST_ROWS, Answer, Form, Term, ask_store
from kg.query.sandbox import MIB, PATIENT_LIMITS, Limits, each_within_limits
from kg.query.saved import SavedQuery, bind_parameters, query_start
from kg.reading import Reading

SLOWER_ON_DISK = 4
"""So many times as long may a view take that is asked of a store on the disk."""
MOST_LABEL = 1_000
"""The longest label of a tie that is drawn, in characters."""


class ViewRow(NamedTuple):
    """One row of a view: IRIs, and a label for the tie where the view gives one. ``target`` is
    empty where it is a text, a figure or another value.
    """

    source: str
    target: str
    assertion: str
    label: str = ""


def row_of(id: str, reading: Reading) -> ViewRow:
    """Return the row that an assertion is by itself."""
    ontology, assertion = reading.ontology, reading.graph_corpus.assertions[id]
    object = assertion.object_key
    target = ontology.iri("", object) if object in reading.graph_corpus.things else ""
    return ViewRow(ontology.iri("", assertion.subject.id), target, ontology.iri("assertion", id))


def find_rows(
    reading: Reading, view: SavedQuery, more_prefixes: Mapping[str, str] | None = None
) -> tuple[ViewRow, ...]:
    """Return the rows that a view finds; it may use prefixes that the ontology does not have.

    Raises KgError: what ``find_all_rows`` tells.
    """
    [found_rows] = find_all_rows(reading, [view], more_prefixes)
    if isinstance(found_rows, KgError):
        raise found_rows
    return found_rows


def find_all_rows(
    reading: Reading,
    views: Sequence[SavedQuery],
    more_prefixes: Mapping[str, str] | None = None,
    limits: Limits | None = None,
) -> list[tuple[ViewRow, ...] | KgError]:
    """Return the rows of each of several views, or what is wrong with it: each is asked within the
    limits of every question or, of a large graph, within ``view_limits``.

    What is wrong has exit code 1 where one is refused, wrong or no SELECT, a column is missing, or
    a row lacks a thing as its source or anything as its target; 3 where a limit is hit.
    """
    prefixes = {**(more_prefixes or {}), **reading.ontology.prefixes}
    reading.work_out_store()
    works = [partial(_ask_view, reading, view, prefixes) for view in views]
    limits = limits or view_limits(_size(reading))
    if reading.is_on_disk:
        limits = limits._replace(seconds=limits.seconds * SLOWER_ON_DISK)
    outcomes = each_within_limits(works, limits)
    return [
        _with_place(outcome, view) if isinstance(outcome, KgError) else outcome
        for view, outcome in zip(views, outcomes, strict=True)
    ]


def view_limits(assertions: int) -> Limits:
    """Return within which limits a view is asked of a graph of so many assertions: those of every
    question up to 25,000; beyond, a second and 20 MiB for each 5,000, so that a view of everything
    can be drawn of whatever can be built.
    """
    seconds = max(PATIENT_LIMITS.seconds, assertions / 5_000)
    share = seconds / PATIENT_LIMITS.seconds
    memory = PATIENT_LIMITS.memory + int((share - 1) * 100 * MIB)
    most_bytes = int(PATIENT_LIMITS.most_bytes * share)
    return PATIENT_LIMITS._replace(seconds=seconds, memory=memory, most_bytes=most_bytes)


def _size(reading: Reading) -> int:
    return len(reading.graph_corpus.assertions)


def _with_place(error: KgError, view: SavedQuery) -> KgError:
    """An error that tells where the view begins, if it does not yet name a place."""
    if error.exit_code != 3:
        return error
    line, column = query_start(view.text)
    return KgError(f"{view.file or view.name}:{line}:{column}: {error}", 3, error.hint)


def _ask_view(
    reading: Reading, view: SavedQuery, prefixes: Mapping[str, str]
) -> tuple[ViewRow, ...]:
    name = view.file or view.name
    for problem in view_problems(view):
        raise as_error(problem, view.text, name)
    most_rows = max(MOST_ROWS, 2 * _size(reading))
    text = bind_parameters(view, {}, reading.ontology)
    answer = ask_store(reading.store, text, prefixes, name, most_rows)
    if answer.form is not Form.SELECT:
        hint = "a view is a SELECT with ?source ?target ?assertion"
        raise KgError(f"view '{view.name}' is no SELECT", 1, hint)
    return tuple(_read_rows(view.name, answer))


def _read_rows(name: str, answer: Answer) -> Iterator[ViewRow]:
    """Yield the rows of a view's answer. Raises KgError where one is none."""
    columns = answer.columns
    if missing := [column for column in VIEW_COLUMNS if column not in columns]:
        raise KgError(
            f"view '{name}' lacks the column ?{missing[0]}",
            exit_code=1,
            hint="a view is a SELECT with the columns ?source ?target ?assertion, "
            "and ?label if the lines have names",
        )
    for number, terms in enumerate(answer.rows, 1):
        yield _read_row(f"view '{name}', row {number}", dict(zip(columns, terms, strict=True)))


def _read_row(place: str, terms: Mapping[str, Term | None]) -> ViewRow:
    source, target, assertion = (terms[name] for name in VIEW_COLUMNS)
    if not isinstance(source, NamedNode):
        value = "nothing" if source is None else source
        hint = "add FILTER(isIRI(?source)) to the view"
        raise KgError(f"{place}: ?source is {value}, not a thing", 1, hint)
    if target is None:
        hint = "add FILTER(BOUND(?target)) to the view"
        raise KgError(f"{place}: ?target is nothing", 1, hint)
    label = terms.get("label")
    text = label.value if isinstance(label, Literal) else ""
    if len(text) > MOST_LABEL:
        message = f"{place}: ?label has {len(text):,} characters; at most {MOST_LABEL:,} are drawn"
        raise KgError(message, 3, "a label is a word or two: SUBSTR(?x, 1, 40) cuts one")
    return ViewRow(
        source.value,
        target.value if isinstance(target, NamedNode) else "",
        assertion.value if isinstance(assertion, NamedNode) else "",
        text,
    )
