"""How large a query is, by its tokens: what the engine takes apart by recursion, or plans."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.query.sparql import CLOSING, NO_TOKEN, OPENING, TERMS, Token, TokenKind, tokenize_query

_NESTING = frozenset(
    ("{", "(", "[", "{|", "!", "+", "-", "*", "/", "|", "^", "&&", "||", "=", "<", ">")
)
_PATTERNS = frozenset((".", ";", "~"))


def count_parts(text: str) -> Iterator[int]:
    """Yield for each token of a query how many parts it adds: a bracket, an operator, a pattern
    (``. ; ,`` and ``~``) or a thing to describe is one, an item of a list two. The data of VALUES
    and the arguments of functions add none.
    """
    state, before = _State(), NO_TOKEN
    for token in tokenize_query(text):
        yield state.parts_of(token, before)
        state.enter(token)
        before = token


@dataclass
class _State:
    """The open brackets, and how many of them are around the data of VALUES."""

    open: list[str] = field(default_factory=list)
    is_described: bool = False
    values_at: int = -1

    def parts_of(self, token: Token, before: Token) -> int:
        innermost = self.open[-1] if self.open else ""
        if token.kind is TokenKind.SIGN:
            is_object = token.text == "," and innermost != "("
            return int(token.text in _NESTING or token.text in _PATTERNS or is_object)
        if token.kind not in TERMS or before.kind not in TERMS:
            return 0
        if innermost == "(" and self.values_at < 0:
            return 2
        return int(self.is_described and not innermost)

    def enter(self, token: Token) -> None:
        """Note a word or bracket."""
        depth = len(self.open)
        if token.word == "VALUES":
            self.values_at = depth
        elif token.word == "DESCRIBE":
            self.is_described = True
        elif token.word in OPENING:
            self.open.append(token.text)
        elif token.word in CLOSING and self.open:
            self.open.pop()
            if token.word == "}" and depth - 1 == self.values_at:
                self.values_at = -1
