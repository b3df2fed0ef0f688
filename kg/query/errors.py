"""Mistakes in a query: where they are, and what was meant.

Everything that could change a graph, leave the workspace or hurt the engine is refused before the
engine sees it. The engine's own errors are put into words: it gives the furthest place that any
rule of its grammar looked at, which is up to 14 characters too far.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Container, Iterator, Mapping
from textwrap import shorten
from typing import NamedTuple
from urllib.parse import urljoin

import pyoxigraph as ox

from kg.diagnostics import KgError, did_you_mean
from kg.query.binding import open_string_problem
from kg.query.engine import run_query
from kg.query.size import count_parts
from kg.query.sparql import (
    CLOSING,
    OPENING,
    QueryProblem,
    Token,
    TokenKind,
    problem_at,
    token_pairs,
    tokenize_query,
)
from kg.text import excerpt
from kg.text.characters import printable, quoted

DEEPEST = 100
"""Brackets inside each other, or signs like ``!`` before each other: the engine dies of 5,000."""
MOST_PARTS = 2_000
"""Brackets, operators and patterns altogether: the engine dies of a chain of 3,000 OPTIONALs, of
3,000 things to describe and of 10,000 objects.
"""
_PREFIX_SIGNS = frozenset("!+-")
_UPDATES = frozenset(
    ("INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH")
)
_FUNCTIONS = frozenset(
    re.findall(
        r"\w+",
        """
        COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT CONTAINS STRSTARTS STRENDS REGEX REPLACE CONCAT
        COALESCE LANG DATATYPE BOUND STRLEN SUBSTR STRBEFORE STRAFTER YEAR MONTH
        """,
    )
)
_KEYWORDS = _FUNCTIONS.union(
    re.findall(
        r"\w+",
        """
        SELECT DISTINCT REDUCED WHERE FILTER OPTIONAL UNION MINUS BIND VALUES GRAPH GROUP BY HAVING
        ORDER LIMIT OFFSET ASK CONSTRUCT DESCRIBE PREFIX BASE EXISTS SEPARATOR
        """,
    )
)


class Trial(NamedTuple):
    """What came of asking an empty graph: a mistake, or the names of the columns."""

    problem: QueryProblem | None
    columns: tuple[str, ...] = ()


def try_query(text: str, prefixes: Mapping[str, str]) -> Trial:
    """Return what comes of a query before it is asked of any graph.

    The engine plans even for an empty graph: to be called within limits (``kg.query.sandbox``).
    """
    if problem := refusal_problem(text):
        return Trial(problem)
    try:
        answer = run_query(ox.Store(), text, prefixes)
    except (SyntaxError, RuntimeError, OSError, ValueError) as error:
        return Trial(engine_problem(text, prefixes, error))
    variables = answer.variables if isinstance(answer, ox.QuerySolutions) else []
    return Trial(None, tuple(variable.value for variable in variables))


def as_error(problem: QueryProblem, text: str, name: str) -> KgError:
    """Return a problem as an error with the line in question and a caret below the place."""
    line, column = problem.line, problem.column
    message = f"{name}:{line}:{column}: {problem.message}"
    source = text.split("\n")[line - 1]
    if source.strip():
        quote, caret = excerpt(source, column, column)
        message += f"\n{line:5} | {quote}\n      | {caret}"
    return KgError(message, exit_code=1, hint=problem.hint)


# What is refused


def refusal_problem(
    text: str, graphs: Container[str] | None = (), base: str = ""
) -> QueryProblem | None:
    """Return why a query is not asked at all, or None: it would change something, read elsewhere,
    or hurt the engine. FROM may name one of ``graphs`` (``base`` is that of relative IRIs); None
    where a dataset is given with the query, whose own FROM means nothing then.
    """
    if not tokenize_query(text):
        hint = "write a SELECT, ASK, CONSTRUCT or DESCRIBE query"
        return QueryProblem(1, 1, "the query is empty", hint)
    return _too_deep(text) or next(_forbidden_words(text, graphs, base), None)


def _forbidden_words(text: str, graphs: Container[str] | None, base: str) -> Iterator[QueryProblem]:
    for token in tokenize_query(text):
        word = token.word if token.kind is TokenKind.WORD else ""
        # The engine lets keywords run together ('trueSERVICE'), and no word of SPARQL holds
        # SERVICE or FROM otherwise.
        if "SERVICE" in word:
            message = "SERVICE is off: a query never leaves this workspace"
            hint = "ask about this workspace's graph"
        elif word in _UPDATES:
            message = f"updates are refused ({word}): a query only reads"
            hint = (
                "a query is a SELECT, ASK, CONSTRUCT or DESCRIBE; to change the graph, "
                "edit sources/ and build"
            )
        elif "FROM" in word and not _is_from_one_of(graphs, text[token.end :], base):
            message = "FROM is refused: a workspace is one graph, and nothing else is read"
            hint = "leave it out"
        else:
            continue
        yield problem_at(text, token.start, message, hint)


def _is_from_one_of(graphs: Container[str] | None, behind: str, base: str) -> bool:
    """Whether what stands behind FROM is the IRI of one of some graphs, or of any (None)."""
    if graphs is None:
        return True
    iri = re.match(r"\s*(?:NAMED\s*)?<([^>]*)>", behind, re.IGNORECASE)
    return iri is not None and urljoin(base, iri[1]) in graphs


def _too_deep(text: str) -> QueryProblem | None:
    tokens = tokenize_query(text)
    brackets, signs = (sum(map(text.count, each)) for each in ("{([<", "!+-"))
    if max(brackets, signs) <= DEEPEST and 2 * len(tokens) <= MOST_PARTS:
        return None
    depth = prefix_signs = total = 0
    for token, parts in zip(tokens, count_parts(text), strict=True):
        is_sign = token.kind is TokenKind.SIGN
        prefix_signs = prefix_signs + 1 if is_sign and token.text in _PREFIX_SIGNS else 0
        if is_sign:
            depth += (token.text in OPENING) - (token.text in CLOSING)
        total += parts
        if max(depth, prefix_signs) > DEEPEST:
            message = f"the query is nested deeper than the limit of {DEEPEST} levels"
            return problem_at(text, token.start, message, "write it flatter")
        if total > MOST_PARTS:
            limit = f"the limit of {MOST_PARTS:,} brackets, operators and patterns"
            message = f"the query is too long: more than {limit}"
            return problem_at(text, token.start, message, "split it")
    return None


# What is wrong


def unclosed_problem(text: str) -> QueryProblem | None:
    """Return the first string that does not end, or bracket without its partner; None where all is
    closed.
    """
    if problem := open_string_problem(text):
        return problem
    waiting: list[Token] = []
    for token in tokenize_query(text):
        if token.kind is not TokenKind.SIGN or token.text in ("<<", ">>"):
            continue
        if token.text in OPENING:
            waiting.append(token)
            continue
        opening = CLOSING.get(token.text)
        if opening and (not waiting or waiting.pop().text != opening):
            return problem_at(text, token.start, f"'{token.text}' closes nothing")
    if waiting:
        return problem_at(text, waiting[-1].start, f"'{waiting[-1].text}' is never closed")
    return None


def _unknown_name(text: str, prefixes: Mapping[str, str]) -> QueryProblem | None:
    """The first name with an unknown prefix, or relative IRI."""
    is_based = "" in prefixes or any(token.word == "BASE" for token in tokenize_query(text))
    pairs = list(token_pairs(text))
    declarations = {token.text[:-1] for before, token in pairs if before.word == "PREFIX"}
    all_prefixes = sorted(declarations.union(prefixes))
    for before, token in pairs:
        prefix = token.text.partition(":")[0]
        if token.kind is TokenKind.NAME and before.word != "PREFIX" and prefix not in all_prefixes:
            message = f"unknown prefix {quoted(prefix + ':')}"
            return problem_at(text, token.start, message, _prefix_hint(prefix, all_prefixes))
        is_absolute = re.match(r"<[A-Za-z][A-Za-z0-9+.-]*:", token.text)
        if token.kind is TokenKind.IRI and not is_absolute and not is_based:
            message = f"{quoted(token.text)} is a relative IRI"
            return problem_at(text, token.start, message, "write it in full, or :name")
    return None


def _prefix_hint(prefix: str, all_prefixes: list[str]) -> str:
    names = shorten(" ".join(f"{name}:" for name in all_prefixes), 200, placeholder=" ...")
    hints = (did_you_mean(prefix, all_prefixes), f"the known prefixes are {printable(names)}")
    return " ".join(filter(None, hints))


def engine_problem(text: str, prefixes: Mapping[str, str], error: Exception) -> QueryProblem:
    """Return what the engine says of a query, at the place that is to be mended."""
    if isinstance(error, SyntaxError):
        return (
            unclosed_problem(text)
            or _unknown_name(text, prefixes)
            or _syntax_problem(text, prefixes, error.msg)
        )
    function = re.search(r"function <([^>]*)>", str(error))
    if not function:
        return QueryProblem(1, 1, f"the query cannot be answered: {quoted(str(error), 160)}")
    message = f"unknown function {quoted(f'<{function[1]}>', 160)}"
    hint = (
        "SPARQL's own functions have no prefix, such as STRLEN(?x); of others only xsd: casts "
        "are known"
    )
    return problem_at(text, _call_place(text, function[1]), message, hint)


def _call_place(text: str, function: str) -> int:
    """Where a function is called whose IRI ends as the name before a bracket does."""
    for before, token in token_pairs(text):
        is_name = token.word == "(" and before.kind in (TokenKind.IRI, TokenKind.NAME)
        if is_name and function.endswith(before.text.strip("<>").partition(":")[2]):
            return before.start
    return 0


_MEANINGS = {
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
    """A syntax error at the first token that no query could go on with."""
    meanings = (words for phrase, words in _MEANINGS.items() if phrase in message)
    meaning, hint = next(meanings, ("", ""))
    tokens = tokenize_query(text)
    good = _count_good_tokens(text, prefixes)
    if good < len(tokens):
        bad = tokens[good]
        meaning = meaning or f"not SPARQL: unexpected {quoted(bad.text)}"
        return problem_at(text, bad.start, meaning, hint or _advice(bad))
    place = len(text.rstrip())
    if "SELECT" in meaning:
        place = next((token.start for token in tokens if token.word == "SELECT"), 0)
    meaning = meaning or "the query is not complete, or breaks a rule of SPARQL"
    return problem_at(text, place, meaning, hint)


def _advice(bad: Token) -> str:
    """What may have been meant, where SPARQL cannot go on."""
    word = bad.word
    if word == ",":
        return "no comma here: SELECT ?a ?b"
    if word == "}":
        return (
            "something in this group breaks a rule: perhaps BIND names a variable that has a "
            "value already"
        )
    if word in _FUNCTIONS:
        return f"in SELECT, an expression needs brackets and a name: ({word}(?x) AS ?name)"
    if bad.kind is not TokenKind.WORD or word in _KEYWORDS:
        return ""
    return did_you_mean(word, _KEYWORDS)


def _count_good_tokens(text: str, prefixes: Mapping[str, str]) -> int:
    """How many tokens some query begins with: the engine reads beyond them."""

    def is_bad(token: Token) -> bool:
        return not _is_beginning(text[: token.end], prefixes)

    return bisect_left(tokenize_query(text), True, key=is_bad)


def _is_beginning(text: str, prefixes: Mapping[str, str]) -> bool:
    """Whether the engine reads on to a character behind a text that no query holds, so that nothing
    is ever planned.
    """
    longer = text + " " * 40
    end = problem_at(longer, len(longer), "")
    try:
        run_query(ox.Store(), longer + "\0", prefixes)
    except SyntaxError as error:
        # What is expected there may be anything but this character, which is looked at, too.
        places = tuple(f"error at {end.line}:{end.column + more}:" for more in (0, 1))
        return error.msg.startswith(places)
    return False
