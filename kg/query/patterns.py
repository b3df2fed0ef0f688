"""Triple patterns in the open: blank nodes, lists and property paths of a query written as plain
triples of variables.

What SPARQL lets a query leave unnamed gets a new variable, so that the triples behind a solution
can be named.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from kg.ontology.namespaces import RDF
from kg.query.paths import PropertyPath, TokenCursor, read_path
from kg.query.sparql import NO_TOKEN, Token, TokenKind

DEEPEST_CLOSURE = 3
_VERB_SIGNS = frozenset(("A", "^", "!", "("))


class Pattern(NamedTuple):
    """A triple pattern: each of the three a variable (``?name``) or a term as it was written."""

    subject: str
    predicate: str
    object: str


class Untraceable(ValueError):
    """A query, or a part of one, whose triples cannot be named; the reason in words."""


@dataclass(slots=True)
class PatternGroup:
    """A group being written: the variables that it binds, its EXISTS groups, and what is to stand
    at its end.
    """

    variables: set[str] = field(default_factory=set)
    exists: list[Sequence[Token]] = field(default_factory=list)
    endings: list[str] = field(default_factory=list)

    def write(self, text: str) -> str:
        """Return the group in its brackets, with its endings."""
        return f"{{ {text} {' '.join(self.endings)} }}"


class PatternWriter:
    """Writes the triples of one query again, in the open, and collects their patterns.

    ``beginning`` is one that no variable of the query has.
    """

    def __init__(self, beginning: str) -> None:
        self.patterns: dict[Pattern, None] = {}
        self._beginning = beginning
        self._count = 0
        self._blank_nodes: dict[str, str] = {}
        self._closures = 0

    def new_variable(self) -> str:
        """Return a variable that the query does not have."""
        self._count += 1
        return f"?{self._beginning}{self._count}"

    def triples(self, cursor: TokenCursor, group: PatternGroup) -> str:
        """Return the triples of one subject."""
        subject, text = self.node(cursor, group)
        return text + self._properties(cursor, group, subject)

    def node(self, cursor: TokenCursor, group: PatternGroup) -> tuple[str, str]:
        """Return the term or variable that stands for a subject or object, and the triples that
        describe it.
        """
        token = cursor.take()
        if token.variable:
            group.variables.add(token.variable)
            return f"?{token.variable}", ""
        if token.kind is TokenKind.BLANK_NODE:
            return self._blank_nodes.setdefault(token.text, self.new_variable()), ""
        if token.word == "[":
            subject = self.new_variable()
            text = self._properties(cursor, group, subject)
            cursor.take()
            return subject, text
        if token.word == "(":
            return self._list(cursor, group)
        return _constant(token, cursor), ""

    def _list(self, cursor: TokenCursor, group: PatternGroup) -> tuple[str, str]:
        """A list in brackets as its chain of cells."""
        items = []
        while not cursor.skip(")"):
            items.append(self.node(cursor, group))
        cells = [self.new_variable() for _ in items] + [f"<{RDF}nil>"]
        text = ""
        for (cell, rest), (item, description) in zip(pairwise(cells), items, strict=True):
            text += description + self._triple(cell, f"<{RDF}first>", item)
            text += self._triple(cell, f"<{RDF}rest>", rest)
        return cells[0], text

    def _properties(self, cursor: TokenCursor, group: PatternGroup, subject: str) -> str:
        """Verbs and objects of one subject."""
        text = ""
        while _is_verb(cursor.ahead()):
            if cursor.ahead().kind is TokenKind.VARIABLE:
                path = PropertyPath("", self.node(cursor, group)[0])
            else:
                path = read_path(cursor)
            text += self._object(cursor, group, subject, path)
            while cursor.skip(","):
                text += self._object(cursor, group, subject, path)
            while cursor.skip(";"):
                continue
        return text

    def _object(
        self, cursor: TokenCursor, group: PatternGroup, subject: str, path: PropertyPath
    ) -> str:
        object, description = self.node(cursor, group)
        if cursor.ahead().word in ("{|", "~"):
            raise Untraceable("annotations are not traced")
        return description + self._follow(subject, path, object, group)

    def _triple(self, subject: str, predicate: str, object: str) -> str:
        self.patterns[Pattern(subject, predicate, object)] = None
        return f"{subject} {predicate} {object} . "

    def _follow(self, subject: str, path: PropertyPath, object: str, group: PatternGroup) -> str:
        """The triples of a path from a subject to an object."""
        match path.kind:
            case "":
                return self._triple(subject, path.text, object)
            case "^":
                return self._follow(object, path.parts[0], subject, group)
            case "/":
                between = [self.new_variable() for _ in path.parts[1:]]
                steps = zip(pairwise([subject, *between, object]), path.parts, strict=True)
                return "".join(
                    self._follow(start, part, end, group) for (start, end), part in steps
                )
            case "|":
                return self._either(subject, path, object)
            case "!":
                return self._other_than(subject, path, object)
            case _:
                group.endings.append(self._closure_steps(subject, path, object))
                return f"{subject} {path.text} {object} . "

    def _either(self, subject: str, path: PropertyPath, object: str) -> str:
        ways = []
        for part in path.parts:
            way = PatternGroup()
            ways.append(way.write(self._follow(subject, part, object, way)))
        return " UNION ".join(ways) + " "

    def _other_than(self, subject: str, path: PropertyPath, object: str) -> str:
        """Any property but some: forward, backward, or both."""
        forward = [part.text for part in path.parts if not part.kind]
        backward = [part.parts[0].text for part in path.parts if part.kind]
        ways = []
        if forward:
            ways.append(self._any_but(forward, subject, object))
        if backward:
            ways.append(self._any_but(backward, object, subject))
        return " UNION ".join(ways) + " "

    def _any_but(self, properties: list[str], subject: str, object: str) -> str:
        verb = self.new_variable()
        triple = self._triple(subject, verb, object)
        return f"{{ {triple} FILTER({verb} NOT IN ({', '.join(properties)})) }}"

    def _closure_steps(self, subject: str, path: PropertyPath, object: str) -> str:
        """Every step on a way through a path of no fixed length."""
        if self._closures == DEEPEST_CLOSURE:
            limit = f"more than {DEEPEST_CLOSURE} of * + ? inside each other"
            raise Untraceable(f"paths with {limit} are not traced")
        (step,) = path.parts
        way = PatternGroup()
        self._closures += 1
        if path.kind == "?":
            text = self._follow(subject, step, object, way)
        else:
            start, end = self.new_variable(), self.new_variable()
            text = (
                f"{subject} ({step.text})* {start} . {self._follow(start, step, end, way)}"
                f"{end} ({step.text})* {object} . "
            )
        self._closures -= 1
        return f"OPTIONAL {way.write(text)}"


def _is_verb(token: Token) -> bool:
    return (
        token.kind in (TokenKind.VARIABLE, TokenKind.IRI, TokenKind.NAME)
        or token.word in _VERB_SIGNS
    )


def _constant(token: Token, cursor: TokenCursor) -> str:
    """A term as it is written; a literal may go on behind its first token."""
    if token.word == "<<":
        raise Untraceable("triple terms are not traced")
    if token.word not in ("", "TRUE", "FALSE", "+", "-") or token is NO_TOKEN:
        raise Untraceable(f"'{token.text}' is not understood here")
    if token.word in ("+", "-") or cursor.ahead().kind is TokenKind.LANGUAGE:
        return token.text + cursor.take().text
    if cursor.skip("^^"):
        return f"{token.text}^^{cursor.take().text}"
    return token.text
