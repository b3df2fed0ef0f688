"""Rows in the order that a query asks for.

The engine reads the names that it compares from its store again for each comparison: to sort 20,000
rows takes it longer than to find them. So a query that ends with ``ORDER BY`` and columns is asked
without that, and its rows are sorted here: as texts or whole numbers where that is the same, else
by an engine that holds nothing but what is compared.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from operator import itemgetter
from typing import NamedTuple, TypeVar

import pyoxigraph as ox

from kg.ontology.namespaces import KG, RDF, XSD
from kg.query.sparql import FORMS, TERMS, Token, TokenKind, tokenize_query

R = TypeVar("R", bound=tuple[object, ...])

_DATE = f"{XSD}date"
_TEXTS = frozenset((f"{XSD}string", f"{RDF}langString", f"{KG}edtf"))
"""Datatypes whose values the engine compares as texts, as long as all are of one and one language;
so are plain dates."""
_INTEGER = f"{XSD}integer"
_PLAIN_VALUES = {
    _DATE: re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
    _INTEGER: re.compile(r"-?[0-9]{1,18}"),
}

_NAMEABLE = (ox.NamedNode, ox.Literal, type(None))

_CONSTANTS = TERMS - {TokenKind.VARIABLE}

_LATER_WORDS = ("ORDER", "LIMIT", "OFFSET", "VALUES")
"""What may stand behind an order, or is one."""


class ColumnOrder(NamedTuple):
    """A query without its order, and the columns whose values give that, the first foremost."""

    query: str
    columns: tuple[str, ...]


def split_order(text: str) -> ColumnOrder | None:
    """Take the order from the end of a SELECT; None where it is not one of columns alone."""
    tokens = tokenize_query(text)
    if next((token.word for token in tokens if token.word in FORMS), "") != "SELECT":
        return None
    columns: list[str] = []
    place = len(tokens) - 1
    while place > 2:
        last = tokens[place]
        if last.variable:
            columns.insert(0, last.variable)
            place -= 1
        elif last.word == ")" and tokens[place - 1].kind in _CONSTANTS:
            # The value of a parameter is the same in all rows.
            place -= 3
        else:
            break
    if not columns or (tokens[place - 1].word, tokens[place].word) != ("ORDER", "BY"):
        return None
    if not _can_be_ordered(tokens[: place - 1]):
        return None
    return ColumnOrder(text[: tokens[place - 1].start], tuple(columns))


def _can_be_ordered(tokens: Sequence[Token]) -> bool:
    """Whether an order can follow some tokens: not another one, LIMIT or VALUES. The engine refuses
    that, but would answer the query without its order.
    """
    depth = 0
    for token in tokens:
        depth += (token.word in ("{", "(")) - (token.word in ("}", ")"))
        if not depth and token.word in _LATER_WORDS:
            return False
    return True


def sort_rows(rows: Sequence[R], places: Sequence[int]) -> tuple[R, ...] | None:
    """Sort rows by the terms at some places, the first foremost; None where these can only be
    sorted where they were found, as blank nodes.
    """
    columns = [list(map(itemgetter(place), rows)) for place in places]
    if not all(_compares_plainly(column) for column in columns):
        numbers = _sort_by_engine(columns)
        return None if numbers is None else tuple(rows[number] for number in numbers)
    order = list(range(len(rows)))
    for column in reversed(columns):
        keys = [_sort_key(term) for term in column]
        order.sort(key=keys.__getitem__)
    return tuple(rows[number] for number in order)


def _sort_by_engine(columns: Sequence[Sequence[object]]) -> list[int] | None:
    """The numbers of the rows in the order of an engine that is given these columns alone; None
    where these hold what no query can name.
    """
    if not all(isinstance(term, _NAMEABLE) for column in columns for term in column):
        return None
    variables = " ".join(f"?c{number}" for number in range(len(columns)))
    texts = [list(map(_name_term, column)) for column in columns]
    numbers = map(str, range(len(columns[0])))
    rows = " ".join(f"({' '.join(row)})" for row in zip(*texts, numbers, strict=True))
    query = f"SELECT ?row {{ VALUES ({variables} ?row) {{ {rows} }} }} ORDER BY {variables} ?row"
    return [int(row.value) for (row,) in ox.Store().query(query)]  # type: ignore[union-attr]


def _name_term(term: object) -> str:
    return "UNDEF" if term is None else str(term)


def _compares_plainly(column: Sequence[object]) -> bool:
    kinds: set[tuple[str, str | None]] = set()
    for term in column:
        if isinstance(term, ox.Literal):
            datatype = term.datatype.value
            plain = _PLAIN_VALUES.get(datatype)
            if not (plain.fullmatch(term.value) if plain else datatype in _TEXTS):
                return False
            kinds.add((datatype, term.language))
        elif not (term is None or isinstance(term, ox.NamedNode)):
            return False
    return len(kinds) <= 1


def _sort_key(term: object) -> tuple[int, str | int]:
    """What is unbound comes first, then IRIs, then literals."""
    match term:
        case ox.NamedNode():
            return (1, term.value)
        case ox.Literal() if term.datatype.value == _INTEGER:
            return (2, int(term.value))
        case ox.Literal():
            return (2, term.value)
        case _:
            return (0, "")
