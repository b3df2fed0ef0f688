"""The tokens of a SPARQL text, and what they alone tell about it.

SPARQL 1.1 and 1.2 are read by their grammar's own tokens
(https://www.w3.org/TR/sparql12-query/#sparqlGrammar), so that a word in a string, a comment or an
IRI is never taken for a command.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple


class TokenKind(StrEnum):
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


_KINDS = {kind.value: kind for kind in TokenKind}
TERMS = frozenset(
    (
        TokenKind.IRI,
        TokenKind.STRING,
        TokenKind.VARIABLE,
        TokenKind.BLANK_NODE,
        TokenKind.NUMBER,
        TokenKind.NAME,
    )
)
"""The kinds of tokens that can be an end of a triple."""


class Token(NamedTuple):
    """One word, sign or term, and its place in the query (characters from 0)."""

    kind: TokenKind
    text: str
    start: int
    end: int

    @property
    def word(self) -> str:
        """A keyword in capitals, a sign as it is; nothing for a term."""
        if self.kind is TokenKind.WORD:
            return self.text.upper()
        return self.text if self.kind is TokenKind.SIGN else ""

    @property
    def variable(self) -> str:
        """The name of a variable; nothing for any other token."""
        return self.text[1:] if self.kind is TokenKind.VARIABLE else ""


NO_TOKEN = Token(TokenKind.WORD, "", 0, 0)
"""What stands before the first token and behind the last."""


class QueryProblem(NamedTuple):
    """A mistake in a query, and where it is (line and column count characters from 1)."""

    line: int
    column: int
    message: str
    hint: str = ""


_ESCAPE = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
_LETTERS = (
    "\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
"""The letters of names beyond ASCII."""
_MARKS = "\u00b7\u0300-\u036f\u203f\u2040"
"""What may stand in a name beyond ASCII, yet not begin it."""


@cache
def _grammar(letters: str, marks: str) -> re.Pattern[str]:
    """Every kind of token as a named group. Texts in ASCII need no other letters, and without them
    the pattern is compiled far sooner.
    """
    base = f"A-Za-z{letters}"
    variable = f"[{base}_0-9][{base}_0-9{marks}]*"
    char = f"[{base}_0-9{marks}-]"
    prefix = f"(?:[{base}](?:(?:{char}|\\.)*{char})?)?"
    local_start = f"(?:[{base}_:0-9]|{_ESCAPE})"
    local_end = f"(?:{char}|:|{_ESCAPE})"
    local = f"(?:{local_start}(?:(?:{char}|[.:]|{_ESCAPE})*{local_end})?)?"
    return re.compile(
        "|".join(
            (
                r"(?P<blank>[ \t\r\n]+|#[^\r\n]*)",
                r'(?P<iri><(?:[^\x00-\x20<>"{}|^`\\]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>)',
                r'(?P<string>"""(?:"{0,2}(?:[^"\\]|\\[\s\S]))*"""|'
                r"'''(?:'{0,2}(?:[^'\\]|\\[\s\S]))*'''|"
                r'(?!""")"(?:[^"\\\r\n]|\\[^\r\n])*"|'
                r"(?!''')'(?:[^'\\\r\n]|\\[^\r\n])*')",
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


FORMS = frozenset(("SELECT", "ASK", "CONSTRUCT", "DESCRIBE"))
OPENING = {"{": "}", "(": ")", "[": "]", "{|": "|}", "<<": ">>"}
CLOSING = {closing: opening for opening, closing in OPENING.items()}


@lru_cache(maxsize=256)
def tokenize_query(text: str) -> tuple[Token, ...]:
    """Return the tokens of a text in order, without blanks and comments. Every text has tokens; not
    every text is a query.
    """
    grammar = _grammar("", "") if text.isascii() else _grammar(_LETTERS, _MARKS)
    matches = ((match, match.lastgroup) for match in grammar.finditer(text))
    return tuple(
        Token(_KINDS[kind], match[0], *match.span())
        for match, kind in matches
        if kind and kind != "blank"
    )


def token_pairs(text: str) -> Iterator[tuple[Token, Token]]:
    """Yield each token of a text after the one before it."""
    return pairwise((NO_TOKEN, *tokenize_query(text)))


@lru_cache(maxsize=256)
def variable_names(text: str) -> tuple[str, ...]:
    """Return the names of a query's variables, in order of first appearance."""
    return tuple(dict.fromkeys(token.variable for token in tokenize_query(text) if token.variable))


def problem_at(text: str, offset: int, message: str, hint: str = "") -> QueryProblem:
    """Return a problem at a character of a query."""
    line_start = text.rfind("\n", 0, offset) + 1
    line = text.count("\n", 0, offset) + 1
    return QueryProblem(line, offset - line_start + 1, message, hint)
