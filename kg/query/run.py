"""Asking the graph: one SPARQL query in, one answer out, or one plain message that says what is
wrong and where.

Oxigraph answers. Before it sees a query, everything that could change a graph, leave the workspace
or hurt the engine is refused (``kg.query.sparql``); afterwards its errors are put into words with
the line, the place and what was meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import islice
from textwrap import shorten
from typing import NamedTuple, TypeVar

import pyoxigraph as ox

from kg.characters import printable, quoted
from kg.diagnostics import KgError, did_you_mean
from kg.query.sparql import (
    Kind,
    QueryProblem,
    Token,
    place,
    problem_at,
    refusal,
    scan,
    unbalanced,
    variables,
)

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Row = tuple[Term | None, ...]
T = TypeVar("T")

MOST_ROWS = 100_000
MOST_PLANNED = 60
"""The most joins of a query that is checked by planning it."""
_JOINING = frozenset((".", ";", "{", "/"))
MOST_CHARACTERS = 1_000_000
"""The longest query text that is read."""


class Form(StrEnum):
    """What an answer is made of: rows, a yes or no, or triples (CONSTRUCT and DESCRIBE)."""

    SELECT = "select"
    ASK = "ask"
    CONSTRUCT = "construct"


class Answer(NamedTuple):
    """What a query returned. Of ``rows``, ``triples`` and ``truth`` only that of its form says
    something.

    A row has one term for each of the columns, or None where a variable is unbound.
    """

    form: Form
    columns: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    triples: tuple[ox.Triple, ...] = ()
    truth: bool = False


def read_query(data: bytes, name: str = "<query>") -> str:
    """The text of a query as it was stored. Raises KgError where it is not UTF-8 (exit code 2) or
    too long (3).
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


def ask(
    store: ox.Store,
    text: str,
    prefixes: Mapping[str, str],
    name: str = "<query>",
    most_rows: int = MOST_ROWS,
) -> Answer:
    """The answer of a graph to a query; ``prefixes`` need no declaration, ``name`` is what messages
    call the query.

    Raises KgError: exit code 1 where the query is refused or wrong, 3 where the answer has more
    than ``most_rows`` rows.
    """
    if problem := refusal(text):
        raise _error(problem, text, name)
    try:
        found = store.query(text, prefixes=dict(prefixes))
        match found:
            case ox.QuerySolutions():
                columns = _columns(text, [variable.value for variable in found.variables])
                rows = (tuple(solution[column] for column in columns) for solution in found)
                return Answer(Form.SELECT, columns, rows=_capped(rows, most_rows, "rows"))
            case ox.QueryTriples():
                return Answer(Form.CONSTRUCT, triples=_capped(found, most_rows, "triples"))
            case _:
                return Answer(Form.ASK, truth=bool(found))
    except SyntaxError as error:
        raise _error(_syntax_problem(text, prefixes, error.msg), text, name) from None
    except (RuntimeError, OSError, ValueError) as error:
        raise _error(_evaluation_problem(text, prefixes, str(error)), text, name) from None


def problem(text: str, prefixes: Mapping[str, str]) -> QueryProblem | None:
    """What is wrong with a query before it is asked of any graph, or None.

    The engine plans even for an empty graph, in time that grows with the fourth power of the joins
    (150: 20 s), so a query with very many of them is only looked at, not planned.
    """
    tokens = scan(text)
    if found := refusal(text):
        return found
    if sum(token.text in _JOINING for token in tokens) > MOST_PLANNED:
        return _unreadable(text, tokens, prefixes)
    try:
        ox.Store().query(text, prefixes=dict(prefixes))
    except SyntaxError as error:
        return _syntax_problem(text, prefixes, error.msg)
    except (RuntimeError, OSError, ValueError) as error:
        return _evaluation_problem(text, prefixes, str(error))
    return None


def _capped(found: Iterator[T], most: int, what: str) -> tuple[T, ...]:
    kept = tuple(islice(found, most + 1))
    if len(kept) > most:
        raise KgError(
            f"the answer is stopped at the limit of {most:,} {what}",
            exit_code=3,
            hint="add LIMIT, or join the patterns by a shared variable",
        )
    return kept


def _columns(text: str, found: Sequence[str]) -> tuple[str, ...]:
    """The columns in the order of the query's text; for ``SELECT *`` the engine gives them by name."""
    words = [token.word for token in scan(text)]
    shows_all = (
        "*" in words[words.index("SELECT") : words.index("SELECT") + 3]
        if "SELECT" in words
        else False
    )
    return tuple(v for v in variables(text) if v in found) if shows_all else tuple(found)


def _unreadable(
    text: str, tokens: Sequence[Token], prefixes: Mapping[str, str]
) -> QueryProblem | None:
    """What can be said of a text that is not SPARQL: open strings, brackets, unknown prefixes,
    relative IRIs.
    """
    if found := unbalanced(text):
        return found
    declared = {t.text[:-1] for before, t in _pairs(tokens) if before.word == "PREFIX"}
    based = any(token.word == "BASE" for token in tokens)
    known = sorted({*prefixes, *declared})
    for before, token in _pairs(tokens):
        prefix = token.text.partition(":")[0]
        if token.kind is Kind.NAME and prefix not in known and before.word != "PREFIX":
            names = shorten(" ".join(f"{p}:" for p in known), 200, placeholder=" ...")
            hint = " ".join(
                filter(
                    None,
                    (did_you_mean(prefix, known), f"the known prefixes are {printable(names)}"),
                )
            )
            return problem_at(text, token.start, f"unknown prefix {quoted(prefix + ':')}", hint)
        if (
            token.kind is Kind.IRI
            and not based
            and not re.match(r"<[A-Za-z][A-Za-z0-9+.-]*:", token.text)
        ):
            return problem_at(
                text,
                token.start,
                f"{quoted(token.text)} is a relative IRI",
                "write it in full, or :name",
            )
    return None


def _pairs(tokens: Sequence[Token]) -> Iterator[tuple[Token, Token]]:
    """Each token with the one before it."""
    yield from zip((Token(Kind.WORD, "", 0), *tokens), tokens, strict=False)


_MEANING = {
    "Prefix not found": ("a prefix is not known", "declare it: PREFIX name: <IRI>"),
    "The SELECT contains a variable that is unbound": (
        "SELECT shows a variable that is neither grouped nor counted",
        "add it to GROUP BY, or leave it out of SELECT",
    ),
    "The SELECT overrides an existing variable using an expression": (
        "SELECT gives a value to a variable that the patterns bind already",
        "choose another name after AS",
    ),
    "The query limit should be a non negative integer": (
        "LIMIT takes a whole number below 2^64",
        "",
    ),
    "The query offset should be a non negative integer": (
        "OFFSET takes a whole number below 2^64",
        "",
    ),
    "IRI parsing failed": ("an IRI is malformed", ""),
}


def _syntax_problem(text: str, prefixes: Mapping[str, str], message: str) -> QueryProblem:
    """A syntax error at the first token that no query could go on with.

    The engine gives the furthest place that any rule of its grammar looked at, up to 14 characters
    too far.
    """
    tokens = scan(text)
    if found := _unreadable(text, tokens, prefixes):
        return found
    meaning, hint = next(
        (words for phrase, words in _MEANING.items() if phrase in message), ("", "")
    )
    viable = _viable(text, tokens, prefixes)
    if viable == len(tokens):
        select = (
            next((t.start for t in tokens if t.word == "SELECT"), 0)
            if "SELECT" in meaning
            else len(text.rstrip())
        )
        return problem_at(
            text, select, meaning or "the query is not complete, or breaks a rule of SPARQL", hint
        )
    bad = tokens[viable]
    return problem_at(
        text,
        bad.start,
        meaning or f"not SPARQL: unexpected {quoted(bad.text)}",
        hint or _advice(bad),
    )


def _advice(bad: Token) -> str:
    """What may have been meant, where SPARQL cannot go on."""
    if bad.word == ",":
        return "no comma here: SELECT ?a ?b"
    if bad.word == "}":
        return "something in this group breaks a rule: perhaps BIND names a variable that has a value already"
    if bad.word in _FUNCTIONS:
        return f"in SELECT, an expression needs brackets and a name: ({bad.word}(?x) AS ?name)"
    near = did_you_mean(bad.word, _KEYWORDS) if bad.kind is Kind.WORD else ""
    return "" if bad.word in _KEYWORDS else near


def _viable(text: str, tokens: Sequence[Token], prefixes: Mapping[str, str]) -> int:
    """How many tokens some query begins with: the engine reads on beyond them, to the end of the
    blanks put there.
    """
    least, most = 0, len(tokens)
    while least < most:
        middle = (least + most + 1) // 2
        start = f"{text[: tokens[middle - 1].end]}{' ' * 40}"
        if _reads_to_the_end(start, prefixes):
            least = middle
        else:
            most = middle - 1
    return least


def _reads_to_the_end(text: str, prefixes: Mapping[str, str]) -> bool:
    try:
        ox.Store().query(text, prefixes=dict(prefixes))
    except SyntaxError as error:
        line, column = place(text, len(text))
        return error.msg.startswith(f"error at {line}:{column}:")
    except (RuntimeError, OSError, ValueError):
        return True
    return True


def _evaluation_problem(text: str, prefixes: Mapping[str, str], message: str) -> QueryProblem:
    unknown = re.search(r"function <([^>]*)>", message)
    if not unknown:
        return QueryProblem(1, 1, f"the query cannot be answered: {quoted(message, 160)}")
    iri = unknown[1]
    at = next(
        (t for t in scan(text) if t.text == f"<{iri}>" or _expanded(t, text, prefixes) == iri), None
    )
    said = f"unknown function {quoted(f'<{iri}>', 160)}"
    hint = "SPARQL's own functions have no prefix, such as STRLEN(?x); of others only xsd: casts are known"
    return problem_at(text, at.start if at else 0, said, hint)


def _expanded(token: Token, text: str, prefixes: Mapping[str, str]) -> str:
    """A prefixed name in full, for the prefixes known here."""
    if token.kind is not Kind.NAME:
        return ""
    declared = {
        prefix.text[:-1]: iri.text[1:-1]
        for prefix, iri in _pairs(scan(text))
        if prefix.kind is Kind.NAME and iri.kind is Kind.IRI
    }
    prefix, _, local = token.text.partition(":")
    return {**prefixes, **declared}.get(prefix, "") + local


def _error(problem: QueryProblem, text: str, name: str) -> KgError:
    """A problem as an error with the line in question and a caret below the place."""
    lines = text.split("\n")
    line = lines[problem.line - 1] if problem.line <= len(lines) else ""
    return KgError(
        f"{name}:{problem.line}:{problem.column}: {problem.message}{excerpt(line, problem.line, problem.column)}",
        exit_code=1,
        hint=problem.hint,
    )


def excerpt(line: str, number: int, column: int, most: int = 100) -> str:
    """A line below its message, clipped around the place, with a caret; nothing for an empty line."""
    if not line.strip():
        return ""
    first = max(0, column - 1 - most // 2)
    before = ("..." if first else "") + printable(line[first : column - 1])
    after = printable(line[column - 1 : first + most])
    gutter = f"{number:5} | "
    return f"\n{gutter}{before}{after}\n{' ' * (len(gutter) - 2)}| {' ' * len(before)}^"


_FUNCTIONS = frozenset(
    re.findall(
        r"\w+",
        "COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT CONTAINS STRSTARTS STRENDS REGEX REPLACE CONCAT COALESCE LANG"
        " DATATYPE BOUND STRLEN SUBSTR STRBEFORE STRAFTER YEAR MONTH",
    )
)
_KEYWORDS = _FUNCTIONS.union(
    re.findall(
        r"\w+",
        "SELECT DISTINCT REDUCED WHERE FILTER OPTIONAL UNION MINUS BIND VALUES GRAPH GROUP BY HAVING ORDER LIMIT OFFSET"
        " ASK CONSTRUCT DESCRIBE PREFIX BASE EXISTS SEPARATOR",
    )
)
