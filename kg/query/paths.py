"""Tokens read from left to right, and property paths as trees.

The grammar is that of https://www.w3.org/TR/sparql11-query/#sparqlGrammar, rules 88 to 97; only
texts that the engine has accepted are read, so nothing is checked again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

from kg.ontology.namespaces import RDF
from kg.query.sparql import NO_TOKEN, Token

_OPENING, _CLOSING = frozenset("({["), frozenset(")}]")


class TokenCursor:
    """A place in a row of tokens."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self.position = 0

    @property
    def at_end(self) -> bool:
        """Whether all tokens are behind us."""
        return self.position >= len(self.tokens)

    def ahead(self) -> Token:
        """Return the token before us, or NO_TOKEN."""
        return NO_TOKEN if self.at_end else self.tokens[self.position]

    def take(self) -> Token:
        """Return the token before us, and go on behind it."""
        token = self.ahead()
        self.position += 1
        return token

    def skip(self, *words: str) -> bool:
        """Return whether the next token is one of some words and signs; if so, go on behind it."""
        is_next = not self.at_end and self.ahead().word in words
        self.position += is_next
        return is_next

    def skip_to(self, *words: str) -> None:
        """Go on to the next of some words and signs, or to the end."""
        while not self.at_end and self.ahead().word not in words:
            self.position += 1

    def enclosed(self) -> Sequence[Token]:
        """Return the tokens from an opening bracket to its partner, both included, and go on behind
        them.
        """
        start, depth = self.position, 0
        while not self.at_end:
            word = self.take().word
            depth += (word in _OPENING) - (word in _CLOSING)
            if not depth:
                break
        return self.tokens[start : self.position]


def join_tokens(tokens: Sequence[Token]) -> str:
    """Return tokens as text again, with a blank wherever there were some."""
    text = ""
    for before, token in pairwise((NO_TOKEN, *tokens)):
        text += token.text if before.end == token.start else f" {token.text}"
    return text


class PropertyPath(NamedTuple):
    """A property path: ``kind`` is empty for a single property, else the sign ``^ / | ! * + ?``
    that makes it from its parts.
    """

    kind: str
    text: str
    parts: tuple[PropertyPath, ...] = ()


def read_path(cursor: TokenCursor) -> PropertyPath:
    """Return the path before a cursor."""
    return _read_chain(cursor, "|", lambda: _read_chain(cursor, "/", lambda: _read_step(cursor)))


def _read_chain(
    cursor: TokenCursor, sign: str, read_part: Callable[[], PropertyPath]
) -> PropertyPath:
    parts = [read_part()]
    while cursor.skip(sign):
        parts.append(read_part())
    if len(parts) == 1:
        return parts[0]
    return PropertyPath(sign, f"({sign.join(part.text for part in parts)})", tuple(parts))


def _read_step(cursor: TokenCursor) -> PropertyPath:
    if cursor.skip("^"):
        step = _read_step(cursor)
        return PropertyPath("^", f"^{step.text}", (step,))
    step = _read_primary(cursor)
    if cursor.ahead().word not in ("*", "+", "?"):
        return step
    sign = cursor.take().word
    return PropertyPath(sign, f"({step.text}){sign}", (step,))


def _read_primary(cursor: TokenCursor) -> PropertyPath:
    if cursor.skip("("):
        path = read_path(cursor)
        cursor.take()
        return path
    if cursor.skip("!"):
        excluded = _read_step(cursor) if cursor.ahead().word == "^" else _read_primary(cursor)
        parts = excluded.parts if excluded.kind == "|" else (excluded,)
        return PropertyPath("!", f"!{excluded.text}", parts)
    token = cursor.take()
    return PropertyPath("", f"<{RDF}type>" if token.word == "A" else token.text)
