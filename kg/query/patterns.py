"""Triple patterns in the open: blank nodes, lists and property paths of a query written as plain
triples of variables.

What SPARQL lets a query leave unnamed gets a new variable, so that the triples behind a solution
can be named. The grammar is that of https://www.w3.org/TR/sparql11-query/#sparqlGrammar, rules 75
to 108; only texts that the engine has accepted are read, so nothing is checked again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from typing import NamedTuple

from kg.ontology import RDF
from kg.query.sparql import Kind


class Pattern(NamedTuple):
    """A triple pattern: each of the three a variable (``?name``) or a term as it was written."""

    subject: str
    predicate: str
    object: str


class Untraceable(ValueError):
    """A query, or a part of one, whose triples cannot be named; the reason in words."""


class Word(NamedTuple):
    """A token, its keyword or sign, and whether the next one stands right behind it."""

    kind: Kind
    text: str
    key: str
    glued: bool = False


END = Word(Kind.WORD, "", "")
_OPENING, _CLOSING = frozenset("({["), frozenset(")}]")
_DEEPEST_CLOSURE = 3
_VERBS = frozenset(("A", "^", "!", "("))


def written(words: Sequence[Word]) -> str:
    """Words as text again, with blanks where there were some."""
    return "".join(f"{word.text}{'' if word.glued else ' '}" for word in words)


def variables(words: Sequence[Word]) -> set[str]:
    """The variables among some words, each as ``?name``."""
    return {f"?{word.text[1:]}" for word in words if word.kind is Kind.VARIABLE}


@dataclass(slots=True)
class Shared:
    """What all readers of one query have in common: the patterns found, new names, how deep in
    closures they are.
    """

    beginning: str
    patterns: list[Pattern] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=count)
    blank_nodes: dict[str, str] = field(default_factory=dict)
    closures: int = 0

    def new(self) -> str:
        """A variable that the query does not have."""
        return f"{self.beginning}{next(self.numbers)}"


@dataclass(slots=True)
class Frame:
    """A group being read: the variables it binds, its EXISTS groups, and what is to be added at its
    end.
    """

    bound: set[str] = field(default_factory=set)
    exists: list[list[Word]] = field(default_factory=list)
    added: list[str] = field(default_factory=list)


class _Path(NamedTuple):
    """A property path: ``kind`` is iri, or the sign ^ / | ! * + ? that makes it from its parts."""

    kind: str
    text: str
    parts: tuple[_Path, ...] = ()


class PatternReader:
    """Reads words from left to right and writes triples."""

    def __init__(
        self, words: Sequence[Word], shared: Shared, frames: list[Frame] | None = None
    ) -> None:
        self.words, self.shared, self.at = words, shared, 0
        self.frames = frames or [Frame()]

    @property
    def frame(self) -> Frame:
        """The group being read."""
        return self.frames[-1]

    @property
    def done(self) -> bool:
        """Whether all words are behind us."""
        return self.at >= len(self.words)

    def ahead(self) -> Word:
        """The word before us, or END."""
        return END if self.done else self.words[self.at]

    def take(self) -> Word:
        """The word before us, which is then behind us."""
        word = self.ahead()
        self.at += 1
        return word

    def skip(self, *keys: str) -> bool:
        """Whether the next word was one of these, which is then behind us."""
        found = not self.done and self.ahead().key in keys
        self.at += found
        return found

    def enclosed(self) -> list[Word]:
        """What stands from an opening bracket to its partner, both included."""
        begin, depth = self.at, 0
        while not self.done:
            key = self.take().key
            depth += (key in _OPENING) - (key in _CLOSING)
            if not depth:
                break
        return list(self.words[begin : self.at])

    def braces(self, parts: Callable[[], str]) -> str:
        """A group: its parts, then what is to be added at its end."""
        self.frames.append(Frame())
        text = parts()
        done = self.frames.pop()
        self.frame.bound |= done.bound
        return f"{{ {text} {' '.join(done.added)} }}"

    def triples(self) -> str:
        """The triples of one subject."""
        begin = self.at
        subject, text = self.node()
        if self._verb_follows():
            text += self._properties(subject)
        if self.at == begin:
            raise Untraceable(f"'{self.ahead().text}' is not understood here")
        return text

    def node(self) -> tuple[str, str]:
        """A subject or object: the term or variable that stands for it, and the triples that
        describe it.
        """
        word = self.take()
        match word.kind:
            case Kind.VARIABLE:
                self.frame.bound.add(f"?{word.text[1:]}")
                return f"?{word.text[1:]}", ""
            case Kind.BLANK_NODE:
                return self.shared.blank_nodes.setdefault(word.text, self.shared.new()), ""
            case Kind.IRI | Kind.NAME | Kind.NUMBER:
                return word.text, ""
            case Kind.STRING if self.ahead().kind is Kind.LANGUAGE:
                return word.text + self.take().text, ""
            case Kind.STRING if self.skip("^^"):
                return f"{word.text}^^{self.take().text}", ""
            case Kind.STRING:
                return word.text, ""
        match word.key:
            case "TRUE" | "FALSE":
                return word.text, ""
            case "+" | "-":
                return word.text + self.take().text, ""
            case "[":
                node = self.shared.new()
                text = "" if self.ahead().key == "]" else self._properties(node)
                self.take()
                return node, text
            case "(":
                return self._list()
            case "<<":
                raise Untraceable("triple terms are not traced")
            case _:
                raise Untraceable(f"'{word.text}' is not understood here")

    def _list(self) -> tuple[str, str]:
        """A list in brackets as its chain of cells."""
        items = []
        while not self.skip(")"):
            items.append(self.node())
        cells = [self.shared.new() for _ in items]
        text = ""
        for cell, rest, (item, triples) in zip(
            cells, (*cells[1:], f"<{RDF}nil>"), items, strict=False
        ):
            text += (
                triples
                + self._triple(cell, f"<{RDF}first>", item)
                + self._triple(cell, f"<{RDF}rest>", rest)
            )
        return (cells[0] if cells else f"<{RDF}nil>"), text

    def _verb_follows(self) -> bool:
        return (
            self.ahead().kind in (Kind.VARIABLE, Kind.IRI, Kind.NAME) or self.ahead().key in _VERBS
        )

    def _properties(self, subject: str) -> str:
        """Verbs and objects of one subject."""
        text = ""
        while self._verb_follows():
            if self.ahead().kind is Kind.VARIABLE:
                verb, _ = self.node()
                path = _Path("iri", verb)
            else:
                path = self._path()
            while True:
                object, described = self.node()
                if self.ahead().key in ("{|", "~"):
                    raise Untraceable("annotations are not traced")
                text += described + self._follow(subject, path, object)
                if not self.skip(","):
                    break
            while self.skip(";"):
                continue
        return text

    # Property paths

    def _path(self) -> _Path:
        return self._chain("|", lambda: self._chain("/", self._step))

    def _chain(self, sign: str, part: Callable[[], _Path]) -> _Path:
        begin = self.at
        parts = [part()]
        while self.skip(sign):
            parts.append(part())
        return parts[0] if len(parts) == 1 else _Path(sign, self._since(begin), tuple(parts))

    def _since(self, begin: int) -> str:
        return written(self.words[begin : self.at])

    def _step(self) -> _Path:
        begin = self.at
        if self.skip("^"):
            return _Path("^", self._since(begin), (self._step(),))
        if self.skip("!"):
            step = _Path("!", "", tuple(self._excluded()))
        elif self.skip("("):
            step = self._path()
            self.take()
        else:
            step = _iri(self.take())
        if step.kind != "iri":
            step = step._replace(text=self._since(begin))
        return _Path(self.take().key, "", (step,)) if self.ahead().key in ("*", "+", "?") else step

    def _excluded(self) -> Iterator[_Path]:
        several = self.skip("(")
        while not several or not self.skip(")"):
            inverse = self.skip("^")
            step = _iri(self.take())
            yield _Path("^", "", (step,)) if inverse else step
            self.skip("|")
            if not several:
                return

    def _triple(self, subject: str, predicate: str, object: str) -> str:
        self.shared.patterns.append(Pattern(subject, predicate, object))
        return f"{subject} {predicate} {object} . "

    def _follow(self, subject: str, path: _Path, object: str) -> str:
        """The triples of a path. What its closures went through is added to the group, for it has
        no fixed length.
        """
        match path.kind:
            case "iri":
                return self._triple(subject, path.text, object)
            case "^":
                return self._follow(object, path.parts[0], subject)
            case "/":
                nodes = [subject, *(self.shared.new() for _ in path.parts[1:]), object]
                steps = zip(nodes, path.parts, nodes[1:], strict=False)
                return "".join(self._follow(start, part, end) for start, part, end in steps)
            case "|":
                ways = [
                    self.braces(partial(self._follow, subject, part, object)) for part in path.parts
                ]
                return f"{' UNION '.join(ways)} "
            case "!":
                return self._other_than(subject, path, object)
            case _:
                return self._closure(subject, path, object)

    def _other_than(self, subject: str, path: _Path, object: str) -> str:
        """Any property but some: forward, backward, or both."""
        forward = [part.text for part in path.parts if part.kind == "iri"]
        backward = [part.parts[0].text for part in path.parts if part.kind == "^"]
        ways = []
        for names, start, end in ((forward, subject, object), (backward, object, subject)):
            if names or (not backward and start is subject):
                verb = self.shared.new()
                ways.append(
                    f"{{ {self._triple(start, verb, end)} FILTER({verb} NOT IN ({', '.join(names)})) }}"
                )
        return f"{' UNION '.join(ways)} "

    def _closure(self, subject: str, path: _Path, object: str) -> str:
        """A path of no fixed length stays as it is; every step that lies on a way through it is
        added.
        """
        (step,) = path.parts
        if self.shared.closures == _DEEPEST_CLOSURE:
            raise Untraceable(
                f"paths with more than {_DEEPEST_CLOSURE} of * + ? inside each other are not traced"
            )
        self.shared.closures += 1

        def steps() -> str:
            if path.kind == "?":
                return self._follow(subject, step, object)
            start, end = self.shared.new(), self.shared.new()
            way = f"({step.text})*"
            return f"{subject} {way} {start} . {self._follow(start, step, end)} {end} {way} {object} . "

        self.frame.added.append(f"OPTIONAL {self.braces(steps)}")
        self.shared.closures -= 1
        return f"{subject} ({step.text}){path.kind} {object} . "


def _iri(word: Word) -> _Path:
    """A single property; ``a`` is rdf:type."""
    return _Path("iri", f"<{RDF}type>" if word.key == "A" else word.text)
