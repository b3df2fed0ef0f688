"""A query turned around: not what is so, but which triples make it so.

The rewritten query keeps every condition of the old one and shows all its variables, also those
that were hidden: blank nodes, steps inside a property path, what an EXISTS or a subquery found.
Each of its solutions is a witness of the rows that agree with it on the key columns, and with the
values of a solution every triple pattern is a triple. Counts and groups get all their witnesses;
what NOT EXISTS and MINUS exclude has none. Only queries that the engine has answered are rewritten.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import NamedTuple

from kg.query.patterns import Frame, Pattern, PatternReader, Shared, Word, variables, written
from kg.query.sparql import FORMS, Kind, tokenize

_AGGREGATES = frozenset(("COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT"))
_VOLATILE = frozenset(("RAND", "UUID", "STRUUID", "BNODE", "NOW"))
_AFTER_GROUPING = frozenset(("HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES"))


class Witnesses(NamedTuple):
    """A query whose solutions are witnesses, the columns that tie a solution to its rows, and the
    patterns behind both.

    ``prologue`` holds the declarations that the terms in patterns need; ``note`` says where a row
    may get the witnesses of another row, too.
    """

    query: str
    prologue: str
    keys: tuple[str, ...]
    patterns: tuple[Pattern, ...]
    note: str = ""


def witnesses(text: str, columns: Sequence[str]) -> Witnesses:
    """The rewritten form of a SELECT or ASK query whose answer has these columns.

    Raises Untraceable where the query uses what is not understood here (triple terms, annotations).
    """
    tokens = tokenize(text)
    starts = [*(token.start for token in tokens[1:]), -1]
    words = [
        Word(t.kind, t.text, t.word, t.end == start)
        for t, start in zip(tokens, starts, strict=True)
    ]
    begin = next(n for n, word in enumerate(words) if word.key in FORMS)
    reader = _Reader(words[begin:], Shared(_unused(variables(words))))
    select = reader.select() if words[begin].key == "SELECT" else reader.ask()
    body = reader.body(select)
    hidden = min(select.hidden, default="")
    note = f"rows are told apart only by what they show: add ?{hidden} to SELECT" if hidden else ""
    return Witnesses(
        query=f"{written(words[:begin])} SELECT * WHERE {body}",
        prologue=written(words[:begin]),
        keys=tuple(columns)
        if select.shows_all
        else tuple(name for name in columns if name in select.told),
        patterns=tuple(dict.fromkeys(reader.shared.patterns)),
        note=note,
    )


def _unused(names: set[str]) -> str:
    """A beginning that no variable of the query has."""
    beginnings = (f"?w{number}_" for number in count())
    return next(b for b in beginnings if not any(name.startswith(b) for name in names))


@dataclass(slots=True)
class _Select:
    """A SELECT (or ASK) taken apart.

    ``shown`` are the names of its columns, ``told`` those that every solution of its group has a
    value for, given the ``expressions``; ``hidden`` are the variables of GROUP BY that no column
    tells.
    """

    group: list[Word]
    values: list[Word]
    shows_all: bool = False
    shown: set[str] = field(default_factory=set)
    told: set[str] = field(default_factory=set)
    hidden: set[str] = field(default_factory=set)
    expressions: list[tuple[list[Word], str]] = field(default_factory=list)


class _Reader(PatternReader):
    """Reads a query, or a part of it, and writes it again with every triple in the open."""

    def ask(self) -> _Select:
        """An ASK, from its first word to the end of the words."""
        self.skip("ASK")
        self.skip("WHERE")
        group = self.enclosed()
        self._skip_to("VALUES")
        return _Select(group, list(self.words[self.at :]))

    def select(self) -> _Select:
        """A SELECT, from its first word to the end of the words."""
        self.skip("SELECT")
        self.skip("DISTINCT", "REDUCED")
        shows_all = self.skip("*")
        plain: set[str] = set()
        named: list[tuple[list[Word], str]] = []
        while self.ahead().key not in ("WHERE", "{") and not self.done:
            if self.ahead().kind is Kind.VARIABLE:
                plain.add(self.take().text[1:])
            else:
                named.append(_named(self.enclosed()))
        self.skip("WHERE")
        select = _Select(self.enclosed(), [], shows_all, plain | {name for _, name in named})
        grouping = list(self._grouping()) if self.skip("GROUP") else []
        self._skip_to("VALUES")
        select.values = list(self.words[self.at :])
        select.expressions = [
            (words, name) for words, name in (*grouping, *named) if words and _is_told(words)
        ]
        select.told = plain | {name for words, name in named if _is_told(words)}
        told = plain.union(*(variables(words) for words, _ in select.expressions))
        select.hidden = {name for _, name in grouping if name and not told & {name, f"?{name}"}}
        return select

    def _skip_to(self, key: str) -> None:
        while self.ahead().key != key and not self.done:
            self.take()

    def _grouping(self) -> Iterator[tuple[list[Word], str]]:
        """The conditions of GROUP BY, each with its name where it has one."""
        self.skip("BY")
        while self.ahead().key not in _AFTER_GROUPING and not self.done:
            if self.ahead().kind is Kind.VARIABLE:
                yield [], self.take().text[1:]
            elif self.ahead().key == "(":
                yield _named(self.enclosed())
            else:
                self.take()
                self.enclosed()

    def body(self, select: _Select) -> str:
        """The group of a rewritten query: that of the old one, its VALUES, and the values of its
        told columns.
        """

        def parts() -> str:
            group = self._part(select.group).group()
            binds = [
                self._with_exists(words, f"BIND({written(words)} AS ?{name})")
                for words, name in select.expressions
            ]
            return f"{group} {written(select.values)} {' '.join(binds)}"

        return self.braces(parts)

    def _part(self, words: Sequence[Word], renamed: dict[str, str] | None = None) -> _Reader:
        """A reader of some words, with variables renamed, inside the group that is being read here."""
        names = renamed or {}
        return _Reader(
            [
                w._replace(text=names.get(f"?{w.text[1:]}", w.text))
                if w.kind is Kind.VARIABLE
                else w
                for w in words
            ],
            self.shared,
            self.frames,
        )

    def braces(self, parts: Callable[[], str], of_optional: bool = False) -> str:
        """A group: its parts, then what is to be added at its end.

        What an EXISTS found is added as an OPTIONAL: its filters see the group, and variables that
        only it knows get new names. A filter of an OPTIONAL sees the group around it, too.
        """
        around = self.frame.bound if of_optional else set()

        def with_exists() -> str:
            text = parts()
            known = self.frame.bound | around
            for words in self.frame.exists:
                renamed = {name: self.shared.new() for name in sorted(variables(words) - known)}
                self.frame.added.append(f"OPTIONAL {self._part(words, renamed).group()}")
            return text

        return super().braces(with_exists)

    def group(self, of_optional: bool = False) -> str:
        """The next group."""
        self.skip("{")
        if self.ahead().key == "SELECT":
            return self._subquery()

        def parts() -> str:
            found = []
            while self.ahead().key != "}" and not self.done:
                found.append(self._element())
            return " ".join(found)

        text = self.braces(parts, of_optional)
        self.skip("}")
        return text

    def _element(self) -> str:
        """One part of a group."""
        begin = self.at
        match self.ahead().key:
            case "{":
                alternatives = [self.group()]
                while self.skip("UNION"):
                    alternatives.append(self.group())
                return " UNION ".join(alternatives)
            case "OPTIONAL" | "LATERAL" as key:
                self.take()
                return f"{key} {self.group(of_optional=True)}"
            case "MINUS":
                self.take()
                self.enclosed()
            case "GRAPH":
                self.take()
                graph, _ = self.node()
                return f"GRAPH {graph} {self.group()}"
            case "FILTER":
                while self.ahead().key not in ("(", "{") and not self.done:
                    self.take()
                self.enclosed()
                return self._with_exists(
                    self.words[begin : self.at], written(self.words[begin : self.at])
                )
            case "BIND":
                self.take()
                words = self.enclosed()
                self.frame.bound.add(f"?{_named(words)[1]}")
                return self._with_exists(words, f"BIND{written(words)}")
            case "VALUES":
                while self.ahead().key != "{" and not self.done:
                    self.frame.bound |= variables([self.take()])
                self.enclosed()
            case ".":
                self.take()
                return ""
            case _:
                return self.triples()
        return written(self.words[begin : self.at])

    def _with_exists(self, words: Sequence[Word], text: str) -> str:
        """An expression as it was. Its EXISTS groups are kept for the end of the group, those of
        NOT EXISTS are not.
        """
        reader = PatternReader(words, self.shared)
        before = ["", ""]
        while not reader.done:
            if reader.ahead().key == "{":
                group = reader.enclosed()
                if before[1] == "EXISTS" and before[0] != "NOT":
                    self.frame.exists.append(group)
            else:
                before = [before[1], reader.take().key]
        return text

    def _subquery(self) -> str:
        """A subquery as it was, and beside it the witnesses of its rows, with its inner variables
        renamed.
        """
        words = self._to_the_end_of_the_group()
        inner = _Reader(words, self.shared).select()
        told = variables(words) if inner.shows_all else {f"?{name}" for name in inner.told}
        copy = self._part(
            words, {name: self.shared.new() for name in sorted(variables(words) - told)}
        )
        copy.frames = [Frame()]
        body = copy.body(copy.select())
        self.frame.bound |= told | {f"?{name}" for name in inner.shown}
        return f"{{ {{ {written(words)} }} OPTIONAL {body} }}"

    def _to_the_end_of_the_group(self) -> list[Word]:
        begin, depth = self.at, 0
        while depth or self.ahead().key != "}":
            key = self.take().key
            depth += (key == "{") - (key == "}")
        self.take()
        return list(self.words[begin : self.at - 1])


def _named(words: Sequence[Word]) -> tuple[list[Word], str]:
    """The expression and the name of ``(expression AS ?name)``; without a name, nothing."""
    if len(words) > 3 and words[-3].key == "AS":
        return list(words[1:-3]), words[-2].text[1:]
    return [], ""


def _is_told(words: Sequence[Word]) -> bool:
    """Whether an expression has one value for each solution: no aggregate, and the same each time."""
    return not any(word.key in _AGGREGATES or word.key in _VOLATILE for word in words)
