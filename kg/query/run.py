"""One SPARQL query in, one answer out, or one plain message that says what is wrong and where."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain, islice
from typing import NamedTuple, TypeVar

import pyoxigraph as ox

from kg.diagnostics import KgError
from kg.ontology.namespaces import RDFS
from kg.query.engine import Dataset, run_query
from kg.query.errors import as_error, engine_problem, refusal_problem
from kg.query.ordering import sort_rows, split_order
from kg.query.sparql import tokenize_query, variable_names

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Row = tuple[Term | None, ...]
T = TypeVar("T")

MOST_ROWS = 100_000
MOST_CHARACTERS = 1_000_000
"""The longest query text that is read."""


class Form(StrEnum):
    """What an answer is made of: rows, a yes or no, or triples (CONSTRUCT and DESCRIBE)."""

    SELECT = "select"
    ASK = "ask"
    CONSTRUCT = "construct"


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """One citation behind a row: the assertion (an IRI) with its status, and where an article says
    so.

    The names of publisher and originator are labels, the date is that of publication as written. An
    assertion without citations (it follows from others, perhaps by a ``rule``) has an empty article
    and paragraph 0; what is cited otherwise than by paragraph has paragraph 0 and a ``place`` in
    words; ``quote`` is what a citation quotes; a citation of something else than an assertion (of
    a name) has an empty assertion and status.
    """

    assertion: str
    status: str
    rule: str = ""
    date: str = ""
    article: str = ""
    paragraph: int = 0
    place: str = ""
    title: str = ""
    publisher: str = ""
    originator: str = ""
    quote: str = ""


class Answer(NamedTuple):
    """What a query returned. Of ``rows``, ``triples`` and ``truth`` only that of its form says
    something.

    A row has one term for each of the columns, or None where a variable is unbound. ``evidence``
    has the citations of each row (for ASK, of its truth) where they were asked for
    (``kg.query.evidence``); ``notes`` say what could not be told. ``quantities`` are the words of
    those that it names, by IRI.
    """

    form: Form
    columns: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    triples: tuple[ox.Triple, ...] = ()
    truth: bool = False
    evidence: tuple[tuple[Evidence, ...], ...] = ()
    notes: tuple[str, ...] = ()
    quantities: Mapping[str, str] | None = None


def read_query(data: bytes, name: str = "<query>") -> str:
    """Return the text of a query as it was stored. Raises KgError where it is not UTF-8 (exit code
    2) or too long (3).
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise KgError(f"{name}:{line}: not UTF-8", hint="save the file as UTF-8") from None
    if len(text) > MOST_CHARACTERS:
        raise KgError(
            f"{name}: the query is longer than the limit of {MOST_CHARACTERS:,} characters",
            exit_code=3,
        )
    return text


def ask_store(
    store: ox.Store,
    text: str,
    prefixes: Mapping[str, str],
    name: str = "<query>",
    most_rows: int = MOST_ROWS,
) -> Answer:
    """Return the answer of a graph to a query; ``prefixes`` need no declaration, ``name`` is what
    messages call the query.

    Raises KgError: exit code 1 where the query is refused or wrong, 3 where the answer has more
    than ``most_rows`` rows.
    """
    graphs = {graph.value for graph in store.named_graphs()}
    with mistakes_told(text, prefixes, name, graphs):
        answer = _sorted_answer(store, text, prefixes, most_rows) or make_answer(
            run_query(store, text, prefixes), text, most_rows
        )
    return answer._replace(quantities=_quantity_words(answer, store, prefixes))


def _sorted_answer(
    store: ox.Store, text: str, prefixes: Mapping[str, str], most_rows: int
) -> Answer | None:
    """An answer whose rows are sorted here; None where the engine has to."""
    order = split_order(text)
    if not order:
        return None
    result = run_query(store, order.query, prefixes)
    if not (
        isinstance(result, ox.QuerySolutions)
        and set(order.columns) <= {variable.value for variable in result.variables}
    ):
        return None
    answer = make_answer(result, text, most_rows)
    places = [answer.columns.index(column) for column in order.columns]
    rows = sort_rows(answer.rows, places)
    return None if rows is None else answer._replace(rows=rows)


def ask_dataset(
    store: ox.Store, text: str, prefixes: Mapping[str, str], dataset: Dataset
) -> Answer:
    """Return the answer of some of a graph's graphs to a query, whose own FROM means nothing.

    Raises KgError as ``ask`` does.
    """
    with mistakes_told(text, prefixes, "<query>", None):
        answer = make_answer(run_query(store, text, prefixes, dataset), text, MOST_ROWS)
    return answer._replace(quantities=_quantity_words(answer, store, prefixes))


def _quantity_words(answer: Answer, store: ox.Store, prefixes: Mapping[str, str]) -> dict[str, str]:
    """The words of the quantities that an answer names, by IRI."""
    namespace, label = prefixes.get("quantity"), ox.NamedNode(f"{RDFS}label")
    ends = ((triple.subject, triple.object) for triple in answer.triples)
    words = {}
    for term in {*chain.from_iterable(chain(answer.rows, ends))} if namespace else ():
        if isinstance(term, ox.NamedNode) and term.value.startswith(str(namespace)):
            for quad in store.quads_for_pattern(term, label, None):
                words[term.value] = quad.object.value if isinstance(quad.object, ox.Literal) else ""
    return words


@contextmanager
def mistakes_told(
    text: str, prefixes: Mapping[str, str], name: str, graphs: Container[str] | None = ()
) -> Iterator[None]:
    """Refuse a query (FROM a graph that is not there would be answered with nothing, in silence),
    or have the engine asked and put what it says of a mistake into words.
    """
    if problem := refusal_problem(text, graphs, prefixes.get("", "")):
        raise as_error(problem, text, name)
    try:
        yield
    except (SyntaxError, RuntimeError, OSError, ValueError) as error:
        raise as_error(engine_problem(text, prefixes, error), text, name) from None


def make_answer(
    result: ox.QuerySolutions | ox.QueryBoolean | Iterator[ox.Triple], text: str, most_rows: int
) -> Answer:
    """Return what an engine gave as an answer. Raises KgError (exit code 3) where it has more than
    ``most_rows`` rows.
    """
    match result:
        case ox.QuerySolutions():
            names = [variable.value for variable in result.variables]
            columns = _columns(text, names)
            in_order = columns == tuple(names)
            rows = map(tuple, result) if in_order else (_row(each, columns) for each in result)
            return Answer(Form.SELECT, columns, rows=_take(rows, most_rows, "rows"))
        case ox.QueryBoolean():
            return Answer(Form.ASK, truth=bool(result))
        case _:
            return Answer(Form.CONSTRUCT, triples=_take(result, most_rows, "triples"))


def _row(solution: ox.QuerySolution, columns: Sequence[str]) -> Row:
    return tuple(solution[column] for column in columns)


def _take(items: Iterator[T], most: int, noun: str) -> tuple[T, ...]:
    first_items = tuple(islice(items, most + 1))
    if len(first_items) > most:
        raise KgError(
            f"the answer is stopped at the limit of {most:,} {noun}",
            exit_code=3,
            hint="add LIMIT, or join the patterns by a shared variable",
        )
    return first_items


def unused_column(name: str, columns: Sequence[str]) -> str:
    """Return a name for a further column, which none has."""
    while name in columns:
        name += "_"
    return name


def _columns(text: str, names: Sequence[str]) -> tuple[str, ...]:
    """The columns in the order of the query's text: for ``SELECT *`` the engine sorts them."""
    words = [token.word for token in tokenize_query(text)]
    select = words.index("SELECT") if "SELECT" in words else len(words)
    if "*" not in words[select : select + 3]:
        return tuple(names)
    return tuple(name for name in variable_names(text) if name in names)
