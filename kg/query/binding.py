"""Parameters of a query, replaced by RDF terms token by token, so that no value can become anything
but a term.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import chain, count

from pyoxigraph import Literal, NamedNode

from kg.diagnostics import KgError
from kg.query.sparql import (
    QueryProblem,
    Token,
    TokenKind,
    problem_at,
    tokenize_query,
    variable_names,
)
from kg.text import TextChange, apply_edits

Constant = NamedNode | Literal
"""What a parameter can be bound to."""


class _Part(StrEnum):
    """A part of a query that binding must tell from others."""

    PATTERN = "pattern"
    PROJECTION = "projection"
    INNER_PROJECTION = "inner_projection"
    ORDER = "order"
    ASSIGNMENT = "assignment"
    BIND = "bind"


def assignment_problem(text: str, names: Collection[str]) -> QueryProblem | None:
    """Return a problem for the first of some variables that SELECT or VALUES gives a value, so that
    nobody else can; or None.
    """
    tokens = tokenize_query(text) if names else ()
    for token, (part, _) in zip(tokens, _parts(tokens), strict=True):
        name = token.variable
        if part is _Part.ASSIGNMENT and name in names:
            message = f"?{name} is a parameter, but SELECT or VALUES gives it a value"
            return problem_at(text, token.start, message, "rename one of the two")
    return None


def open_string_problem(text: str) -> QueryProblem | None:
    """Return the first string that does not end, if there is one."""
    for token in tokenize_query(text):
        if token.kind is TokenKind.OPEN_STRING:
            return problem_at(
                text, token.start, f"a text begins with {token.text} and does not end"
            )
    return None


def bind_terms(text: str, terms: Mapping[str, Constant]) -> str:
    """Return the query with variables replaced by RDF terms.

    Strings, comments and IRIs stay as they are; a term is written in full N-Triples form. A
    variable in SELECT stays a column (with ``SELECT *`` it is none), BIND of it becomes a FILTER
    for the term, and ``BOUND(?x)`` becomes true. Raises KgError (exit code 1) where SELECT
    or VALUES gives the variable a value, or a string does not end: a term might end it.
    """
    if problem := assignment_problem(text, terms) or open_string_problem(text):
        message = f"{problem.line}:{problem.column}: {problem.message}"
        raise KgError(message, exit_code=1, hint=problem.hint)
    tokens = tokenize_query(text)
    used_names = set(variable_names(text))
    edits: list[TextChange] = []
    for number, (part, opening) in enumerate(_parts(tokens)):
        name = tokens[number].variable
        if name not in terms:
            continue
        term = str(terms[name])
        if part is _Part.BIND:
            edits += _bind_edits(tokens, number, opening, term)
        elif _words(tokens[max(number - 2, 0) : number + 2]) == ("BOUND", "(", "", ")"):
            edits.append(TextChange(tokens[number - 2].start, tokens[number + 1].end, " (true) "))
        else:
            replacement = _replacement(part, name, term, used_names)
            edits.append(TextChange(tokens[number].start, tokens[number].end, f" {replacement} "))
    return apply_edits(text, edits)


def _bind_edits(
    tokens: Sequence[Token], number: int, opening: int, term: str
) -> tuple[TextChange, TextChange]:
    """``BIND(expression AS ?name)`` as a FILTER; variable and bracket by their tokens' numbers."""
    beginning = TextChange(tokens[opening - 1].start, tokens[opening].end, "FILTER(sameTerm(")
    return beginning, TextChange(tokens[number - 1].start, tokens[number].end, f" , {term}) ")


def _replacement(part: _Part, name: str, term: str, used_names: set[str]) -> str:
    match part:
        case _Part.PROJECTION:
            return f"({term} AS ?{name})"
        case _Part.INNER_PROJECTION:
            # Outside, the same variable is replaced too: a column of its name would be in the way.
            candidates = chain([f"_{name}"], (f"_{name}_{number}" for number in count(2)))
            column = next(each for each in candidates if each not in used_names)
            used_names.add(column)
            return f"({term} AS ?{column})"
        case _Part.ORDER:
            return f"({term})"
        case _:
            return term


def _words(tokens: Sequence[Token]) -> tuple[str, ...]:
    return tuple(token.word for token in tokens)


def _parts(tokens: Sequence[Token]) -> Iterator[tuple[_Part, int]]:
    """Yield for each token the part of its query that it stands in, and the number of the innermost
    open bracket.
    """
    for number, (part, opening) in enumerate(_clauses(tokens)):
        if number and tokens[number - 1].word == "AS":
            is_bind = opening > 0 and tokens[opening - 1].word == "BIND"
            part = _Part.BIND if is_bind else _Part.ASSIGNMENT
        yield part, opening


def _clauses(tokens: Sequence[Token]) -> Iterator[tuple[_Part, int]]:
    """Yield the same as ``_parts``, which alone knows what stands behind AS."""
    enclosing: list[tuple[_Part, int]] = []
    part, opening = _Part.PATTERN, -1
    for number, token in enumerate(tokens):
        match token.word:
            case "SELECT":
                part = _Part.INNER_PROJECTION if enclosing else _Part.PROJECTION
            case "GROUP" | "ORDER":
                part = _Part.ORDER
            case "WHERE" | "HAVING" | "LIMIT" | "OFFSET":
                part = _Part.PATTERN
            case "VALUES":
                part = _Part.ASSIGNMENT
            case "{":
                enclosing.append((_Part.PATTERN, opening))
                part, opening = _Part.PATTERN, number
            case "(":
                enclosing.append((part, opening))
                opening = number
                if part is not _Part.ASSIGNMENT:
                    part = _Part.PATTERN
            case ")" | "}" if enclosing:
                part, opening = enclosing.pop()
        yield part, opening
