"""The words and signs of a SPARQL text, and what may be done with them before an engine sees it.

SPARQL 1.1 and 1.2 are read by their grammar's own tokens
(https://www.w3.org/TR/sparql12-query/#sparqlGrammar), so that a word in a string, a comment or an
IRI is never taken for a command, and a parameter is bound as an RDF term where it stands.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cache, lru_cache
from itertools import count
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from kg.diagnostics import KgError

Term = NamedNode | Literal
"""What a parameter can be bound to."""

DEEPEST = 100
"""Brackets inside each other, or signs like ``!`` before each other: the engine dies of 5,000."""
MOST_BRACKETS = 2_000
"""Brackets and operators altogether: the engine dies of a chain of 3,000 OPTIONALs."""


class Kind(StrEnum):
    """What a token is. A word is a keyword or the name of a function; a sign is a bracket, an
    operator or a dot.
    """

    IRI = "iri"
    STRING = "string"
    OPEN_STRING = "open_string"
    VARIABLE = "variable"
    BLANK_NODE = "blank_node"
    LANGUAGE = "language"
    NUMBER = "number"
    NAME = "name"
    WORD = "word"
    SIGN = "sign"


class Token(NamedTuple):
    """One word or sign, and where it begins (characters from 0)."""

    kind: Kind
    text: str
    start: int

    @property
    def end(self) -> int:
        """Where the next character stands."""
        return self.start + len(self.text)

    @property
    def word(self) -> str:
        """A keyword in capitals, a sign as it is; nothing for a term."""
        return (
            self.text.upper()
            if self.kind is Kind.WORD
            else self.text
            if self.kind is Kind.SIGN
            else ""
        )


class QueryProblem(NamedTuple):
    """What is wrong with a query, and where (line and column count characters from 1)."""

    line: int
    column: int
    message: str
    hint: str = ""


_ESCAPE = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
_LETTERS = (
    "\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
"""The letters of names beyond ASCII."""
_MARKS = "\u00b7\u0300-\u036f\u203f\u2040"
"""What may stand in a name beyond ASCII, yet not begin it."""


@cache
def grammar(letters: str = _LETTERS, marks: str = _MARKS) -> re.Pattern[str]:
    """Every token as a named group. Texts in ASCII need no other letters, and without them it is
    made far sooner.
    """
    base = f"A-Za-z{letters}"
    variable = f"[{base}_0-9][{base}_0-9{marks}]*"
    char = f"[{base}_0-9{marks}-]"
    prefix = f"(?:[{base}](?:(?:{char}|\\.)*{char})?)?"
    local = f"(?:(?:[{base}_:0-9]|{_ESCAPE})(?:(?:{char}|[.:]|{_ESCAPE})*(?:{char}|:|{_ESCAPE}))?)?"
    return re.compile(
        "|".join(
            (
                r"(?P<blank>[ \t\r\n]+|#[^\r\n]*)",
                r'(?P<iri><(?:[^\x00-\x20<>"{}|^`\\]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>)',
                r'(?P<string>"""(?:"{0,2}(?:[^"\\]|\\[\s\S]))*"""|'
                + r"'''(?:'{0,2}(?:[^'\\]|\\[\s\S]))*'''|"
                r'(?!""")"(?:[^"\\\r\n]|\\[^\r\n])*"|' + r"(?!''')'(?:[^'\\\r\n]|\\[^\r\n])*')",
                r"""(?P<open_string>["'])""",
                f"(?P<variable>[?$]{variable})",
                f"(?P<blank_node>_:[{base}_0-9](?:(?:{char}|\\.)*{char})?)",
                r"(?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*(?:--[A-Za-z]+)?)",
                r"(?P<number>(?:[0-9]+\.[0-9]*|\.?[0-9]+)[eE][+-]?[0-9]+|[0-9]*\.[0-9]+|[0-9]+)",
                f"(?P<name>{prefix}:{local})",
                r"(?P<word>[A-Za-z_][A-Za-z0-9_]*)",
                r"(?P<sign>\^\^|&&|\|\||!=|<=|>=|<<|>>|\{\||\|\}|[\s\S])",
            )
        )
    )


_KINDS = {kind.value: kind for kind in Kind}
_OPENING = {"{": "}", "(": ")", "[": "]", "{|": "|}", "<<": ">>"}
_CLOSING = {closing: opening for opening, closing in _OPENING.items()}
_PREFIX_SIGNS = frozenset("!+-")
_NESTING = frozenset(
    ("{", "(", "[", "{|", "!", "+", "-", "*", "/", "|", "^", "&&", "||", "=", "<", ">")
)
_UPDATES = frozenset(
    ("INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH")
)
FORMS = frozenset(("SELECT", "ASK", "CONSTRUCT", "DESCRIBE"))


@lru_cache(maxsize=256)
def scan(text: str) -> tuple[Token, ...]:
    """The tokens of a query in order, blanks and comments left out. Every text has some; not every
    text is a query.
    """
    found = (grammar("", "") if text.isascii() else grammar()).finditer(text)
    return tuple(
        Token(_KINDS[m.lastgroup], m[0], m.start())
        for m in found
        if m.lastgroup and m.lastgroup != "blank"
    )


def place(text: str, offset: int) -> tuple[int, int]:
    """The line and column of a character, both from 1."""
    starts = [0, *(m.end() for m in re.finditer("\n", text))]
    line = bisect_right(starts, offset)
    return line, offset - starts[line - 1] + 1


def problem_at(text: str, offset: int, message: str, hint: str = "") -> QueryProblem:
    """A problem at a character of a query."""
    return QueryProblem(*place(text, offset), message, hint)


def refusal(text: str) -> QueryProblem | None:
    """Why a query is not asked at all, or None: it would change something, read elsewhere, or hurt
    the engine.
    """
    tokens = scan(text)
    if not tokens:
        return QueryProblem(
            1, 1, "the query is empty", "write a SELECT, ASK, CONSTRUCT or DESCRIBE query"
        )
    return next((problem_at(text, offset, *words) for offset, *words in _refusals(tokens)), None)


def _refusals(tokens: Sequence[Token]) -> Iterator[tuple[int, str, str]]:
    yield from _too_deep(tokens)
    for token in tokens:
        word = token.word if token.kind is Kind.WORD else ""
        # The engine lets keywords run together ('trueSERVICE'), and no word of SPARQL holds these
        # two otherwise.
        if "SERVICE" in word:
            yield (
                token.start,
                "SERVICE is off: a query never leaves this workspace",
                "ask about this workspace's graph",
            )
        elif word in _UPDATES:
            yield (
                token.start,
                f"updates are refused ({word}): a query only reads",
                "a query is a SELECT, ASK, CONSTRUCT or DESCRIBE; to change the graph, edit sources/ and build",
            )
        elif "FROM" in word:
            yield (
                token.start,
                "FROM is refused: a workspace is one graph, and nothing else is read",
                "leave it out",
            )


def _too_deep(tokens: Sequence[Token]) -> Iterator[tuple[int, str, str]]:
    depth = run = total = 0
    for token in tokens:
        if token.kind is not Kind.SIGN:
            run = 0
            continue
        run = run + 1 if token.text in _PREFIX_SIGNS else 0
        depth += (token.text in _OPENING) - (token.text in _CLOSING)
        total += token.text in _NESTING
        if max(depth, run) > DEEPEST:
            yield (
                token.start,
                f"the query is nested deeper than the limit of {DEEPEST} levels",
                "write it flatter",
            )
            return
        if total > MOST_BRACKETS:
            yield (
                token.start,
                f"the query is too long: more than the limit of {MOST_BRACKETS:,} brackets and operators",
                "split it",
            )
            return


def unbalanced(text: str) -> QueryProblem | None:
    """The first string that does not end, or bracket without its partner; None where all is closed."""
    waiting: list[Token] = []
    for token in scan(text):
        if token.kind is Kind.OPEN_STRING:
            return problem_at(
                text, token.start, f"a text begins with {token.text} and does not end"
            )
        if token.kind is not Kind.SIGN or token.text in ("<<", ">>"):
            continue
        if token.text in _OPENING:
            waiting.append(token)
        elif token.text in _CLOSING:
            if not waiting or waiting[-1].text != _CLOSING[token.text]:
                return problem_at(text, token.start, f"'{token.text}' closes nothing")
            waiting.pop()
    return (
        problem_at(text, waiting[-1].start, f"'{waiting[-1].text}' is never closed")
        if waiting
        else None
    )


def variables(text: str) -> tuple[str, ...]:
    """The names of a query's variables, in order of first appearance."""
    return tuple(
        dict.fromkeys(token.text[1:] for token in scan(text) if token.kind is Kind.VARIABLE)
    )


def assigned(text: str, names: Collection[str]) -> QueryProblem | None:
    """The first of some variables that SELECT or VALUES assigns, so that nobody else can give it a
    value.
    """
    for token, part, _ in _parts(scan(text)):
        if part is _Part.ASSIGNED and token.kind is Kind.VARIABLE and token.text[1:] in names:
            message = f"?{token.text[1:]} is a parameter, but SELECT or VALUES gives it a value"
            return problem_at(text, token.start, message, "rename one of the two")
    return None


def bind(text: str, terms: Mapping[str, Term]) -> str:
    """The query with variables replaced by RDF terms, token by token.

    Strings, comments and IRIs stay as they are, and a term is written in full N-Triples form, so
    that no value can become anything but that term. A variable shown by SELECT stays a column (with
    ``SELECT *`` it is none), BIND of it becomes a FILTER for the term, and ``BOUND(?x)`` becomes
    true. Raises KgError (exit code 1) where SELECT or VALUES gives the variable a value.
    """
    if problem := assigned(text, terms):
        raise KgError(
            f"{problem.line}:{problem.column}: {problem.message}", exit_code=1, hint=problem.hint
        )
    tokens = scan(text)
    taken = {token.text[1:] for token in tokens if token.kind is Kind.VARIABLE}
    edits: list[tuple[int, int, str]] = []
    for number, (token, part, opened) in enumerate(_parts(tokens)):
        if token.kind is not Kind.VARIABLE or token.text[1:] not in terms:
            continue
        name = token.text[1:]
        term = str(terms[name])
        start = token.start
        match part:
            case _Part.PROJECTION:
                term = f"({term} AS ?{name})"
            case _Part.INNER_PROJECTION:
                # Outside, the same variable is replaced too: a column of this name would stand in
                # its way.
                inner = next(n for n in _endless(f"_{name}") if n not in taken)
                taken.add(inner)
                term = f"({term} AS ?{inner})"
            case _Part.ORDER:
                term = f"({term})"
            case _Part.BIND:
                edits.append((tokens[opened - 1].start, tokens[opened].end, "FILTER(sameTerm("))
                start, term = tokens[number - 1].start, f", {term})"
            case _ if _words(tokens[max(number - 2, 0) : number + 2]) == ("BOUND", "(", "", ")"):
                edits.append((tokens[number - 2].start, tokens[number + 1].end, " (true) "))
                continue
            case _:
                pass
        edits.append((start, token.end, f" {term} "))
    pieces: list[str] = []
    done = 0
    for start, end, written in sorted(edits):
        pieces += (text[done:start], written)
        done = end
    return "".join((*pieces, text[done:]))


def _words(tokens: Sequence[Token]) -> tuple[str, ...]:
    return tuple(token.word for token in tokens)


def _endless(name: str) -> Iterator[str]:
    yield name
    yield from (f"{name}_{number}" for number in count(2))


class _Part(StrEnum):
    """In which part of a query a token stands, as far as binding must know."""

    PATTERN = "pattern"
    PROJECTION = "projection"
    INNER_PROJECTION = "inner_projection"
    ORDER = "order"
    ASSIGNED = "assigned"
    BIND = "bind"


def _parts(tokens: Sequence[Token]) -> Iterator[tuple[Token, _Part, int]]:
    """Each token with the part of its query that it stands in, and the number of the innermost open
    bracket.
    """
    enclosing: list[tuple[_Part, int]] = []
    part, opened = _Part.PATTERN, -1
    before = ""
    for number, token in enumerate(tokens):
        match token.word:
            case "SELECT":
                part = _Part.INNER_PROJECTION if enclosing else _Part.PROJECTION
            case "GROUP" | "ORDER":
                part = _Part.ORDER
            case "WHERE" | "HAVING" | "LIMIT" | "OFFSET":
                part = _Part.PATTERN
            case "VALUES":
                part = _Part.ASSIGNED
            case "(" | "{" as bracket:
                enclosing.append((part if bracket == "(" else _Part.PATTERN, opened))
                part = part if bracket == "(" and part is _Part.ASSIGNED else _Part.PATTERN
                opened = number
            case ")" | "}" if enclosing:
                part, opened = enclosing.pop()
            case _:
                pass
        if before == "AS":
            yield (
                token,
                _Part.BIND if opened > 0 and tokens[opened - 1].word == "BIND" else _Part.ASSIGNED,
                opened,
            )
        else:
            yield token, part, opened
        before = token.word
