"""A query turned around: not what is so, but which triples make it so.

The rewritten query keeps every condition of the old one and shows all its variables, also those
that were hidden: blank nodes, steps inside a property path, what an EXISTS or a subquery found.
Each of its solutions is a witness of the rows that agree with it on the key columns, and with the
values of a solution every triple pattern is a triple. Counts and groups get all their witnesses;
what NOT EXISTS and MINUS exclude has none. Only queries that the engine has answered are rewritten.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from kg.ontology.namespaces import local_name
from kg.query.engine import COUNT_SOURCES
from kg.query.paths import TokenCursor, join_tokens
from kg.query.patterns import Pattern, PatternGroup, PatternWriter
from kg.query.sparql import FORMS, Token, tokenize_query

_AGGREGATES = frozenset(("COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT"))
_VOLATILE = frozenset(("RAND", "UUID", "STRUUID", "BNODE", "NOW"))
_NARROWING = frozenset(("GROUP", "HAVING", "LIMIT", "OFFSET"))
NO_BOUNDS: Mapping[str, Collection[str]] = MappingProxyType({})


class WitnessQuery(NamedTuple):
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


class _Expression(NamedTuple):
    """An expression and the variable that has its value; either may be missing."""

    tokens: Sequence[Token]
    name: str

    @property
    def is_constant(self) -> bool:
        """Whether it has one value for each solution: no aggregate, and the same each time."""
        words = {token.word for token in self.tokens}
        own = local_name(COUNT_SOURCES.value)
        is_aggregate = any(token.text.rstrip(">").endswith(own) for token in self.tokens)
        return not is_aggregate and words.isdisjoint(_AGGREGATES | _VOLATILE)


class _Select(NamedTuple):
    """The parts of a SELECT or an ASK, which has no columns."""

    shows_all: bool
    columns: tuple[_Expression, ...]
    group: Sequence[Token]
    grouping: tuple[_Expression, ...]
    ending: Sequence[Token]
    values: Sequence[Token]

    @property
    def expressions(self) -> list[_Expression]:
        """The expressions that each solution of the group has one value for."""
        expressions = (*self.grouping, *self.columns)
        return [each for each in expressions if each.tokens and each.is_constant]

    @property
    def is_plain(self) -> bool:
        """Whether each solution of the group is a row of its own."""
        words = {token.word for token in self.ending}
        return words.isdisjoint(_NARROWING) and all(each.is_constant for each in self.columns)

    @property
    def keys(self) -> set[str]:
        """The columns that each solution of the group has one value for."""
        return {column.name for column in self.columns if column.is_constant}

    @property
    def hidden_groups(self) -> set[str]:
        """The variables of GROUP BY that no column tells."""
        visible = self.keys.union(*(_variables(each.tokens) for each in self.expressions))
        return {each.name for each in self.grouping if each.name} - visible


def witness_query(
    text: str, columns: Sequence[str], bounds: Mapping[str, Collection[str]] = NO_BOUNDS
) -> WitnessQuery:
    """Return the rewritten form of a SELECT or ASK query whose answer has these columns.

    ``bounds`` are the IRIs (as terms of SPARQL) that some columns have in the rows that are asked
    about: witnesses of other rows are left out as soon as the engine can tell them.

    Raises Untraceable where the query uses what is not understood here (triple terms, annotations).
    """
    tokens = tokenize_query(text)
    start = next(number for number, token in enumerate(tokens) if token.word in FORMS)
    prologue = join_tokens(tokens[:start])
    select = _read_select(tokens[start:])
    shown_bounds = {
        name: each for name, each in bounds.items() if select.shows_all or name in select.keys
    }
    writer = _QueryWriter(_unused_beginning(_variables(tokens)), shown_bounds)
    query = f"{prologue} SELECT DISTINCT * WHERE {writer.body(select, PatternGroup())}"
    name = min(select.hidden_groups, default="")
    return WitnessQuery(
        query,
        prologue,
        tuple(name for name in columns if select.shows_all or name in select.keys),
        tuple(writer.patterns),
        f"rows are told apart only by what they show: add ?{name} to SELECT" if name else "",
    )


def _variables(tokens: Sequence[Token]) -> set[str]:
    return {token.variable for token in tokens if token.variable}


def _unused_beginning(names: Collection[str]) -> str:
    """A beginning that no variable of the query has."""
    number = 0
    while any(name.startswith(f"w{number}_") for name in names):
        number += 1
    return f"w{number}_"


def _read_select(tokens: Sequence[Token]) -> _Select:
    cursor = TokenCursor(tokens)
    cursor.skip("SELECT", "ASK")
    cursor.skip("DISTINCT", "REDUCED")
    shows_all = cursor.skip("*")
    columns = tuple(_read_expressions(cursor, "WHERE", "{"))
    cursor.skip("WHERE")
    group = cursor.enclosed()
    grouping: tuple[_Expression, ...] = ()
    end = cursor.position
    if cursor.skip("GROUP"):
        cursor.skip("BY")
        grouping = tuple(_read_expressions(cursor, "HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES"))
    cursor.skip_to("VALUES")
    ending, values = tokens[end : cursor.position], tokens[cursor.position :]
    return _Select(shows_all, columns, group, grouping, ending, values)


def _read_expressions(cursor: TokenCursor, *ends: str) -> Iterator[_Expression]:
    """The columns of SELECT, or the conditions of GROUP BY."""
    while not cursor.at_end and cursor.ahead().word not in ends:
        if cursor.ahead().word == "(":
            tokens = cursor.enclosed()
            if len(tokens) > 3 and tokens[-3].word == "AS":
                yield _Expression(tokens[1:-3], tokens[-2].variable)
        elif name := cursor.take().variable:
            yield _Expression((), name)


def _exists_groups(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """The groups of EXISTS in an expression, but not of NOT EXISTS."""
    cursor = TokenCursor(tokens)
    words = ["", ""]
    while not cursor.at_end:
        if cursor.ahead().word == "{":
            group = cursor.enclosed()
            if words[-1] == "EXISTS" and words[-2] != "NOT":
                yield group
        else:
            words.append(cursor.take().word)


class _QueryWriter(PatternWriter):
    """Writes a query, or a part of it, again with every triple in the open. ``bounds`` are the
    values that some of its key columns may have.
    """

    def __init__(self, beginning: str, bounds: Mapping[str, Collection[str]]) -> None:
        super().__init__(beginning)
        # Whatever group binds such a column binds it to what the row has. New names hide no column.
        self._bounds = "".join(
            f" FILTER(!BOUND(?{name}) || ?{name} IN ({', '.join(sorted(terms))}))"
            for name, terms in bounds.items()
        )

    def body(self, select: _Select, parent: PatternGroup) -> str:
        """Return the group of a rewritten query: that of the old one, its VALUES, and the values of
        its key columns.
        """
        group = PatternGroup()
        parts = [self.group(TokenCursor(select.group), group), join_tokens(select.values)]
        for expression in select.expressions:
            group.exists += _exists_groups(expression.tokens)
            parts.append(f"BIND({join_tokens(expression.tokens)} AS ?{expression.name})")
        return self._close(group, [*parts, self._bounds], parent, group.variables)

    def group(self, cursor: TokenCursor, parent: PatternGroup, is_optional: bool = False) -> str:
        """Return the next group of a query."""
        start = cursor.position
        cursor.skip("{")
        if cursor.ahead().word == "SELECT":
            cursor.position = start
            return self._subquery(cursor.enclosed()[1:-1], parent)
        group = PatternGroup()
        parts = []
        while not cursor.at_end and not cursor.skip("}"):
            parts.append(self._element(cursor, group))
        # A filter of an OPTIONAL sees the group around it, too.
        visible = group.variables | parent.variables if is_optional else group.variables
        return self._close(group, parts, parent, visible)

    def _close(
        self, group: PatternGroup, parts: list[str], parent: PatternGroup, visible: set[str]
    ) -> str:
        """The text of a group.

        What an EXISTS found is added as an OPTIONAL: its filters see the group, and variables that
        only it knows get new names.
        """
        visible = set(visible)
        for tokens in group.exists:
            optional = self.group(TokenCursor(self._rename(tokens, visible)), group)
            group.endings.append(f"OPTIONAL {optional}")
        parent.variables |= group.variables
        return group.write(" ".join(parts))

    def _rename(self, tokens: Sequence[Token], keep: set[str]) -> list[Token]:
        """Tokens with new names for all variables but some."""
        names = {name: self.new_variable() for name in sorted(_variables(tokens) - keep)}
        return [token._replace(text=names.get(token.variable, token.text)) for token in tokens]

    def _element(self, cursor: TokenCursor, group: PatternGroup) -> str:
        """The next part of a group."""
        match cursor.ahead().word:
            case "{":
                ways = [self.group(cursor, group)]
                while cursor.skip("UNION"):
                    ways.append(self.group(cursor, group))
                return " UNION ".join(ways)
            case "OPTIONAL" | "LATERAL":
                return f"{cursor.take().text} {self._optional(cursor, group)}"
            case "GRAPH":
                cursor.take()
                name, _ = self.node(cursor, group)
                return f"GRAPH {name} {self.group(cursor, group)}"
            case "MINUS" | "FILTER" | "BIND" | "VALUES":
                return join_tokens(_take_condition(cursor, group))
            case ".":
                cursor.take()
                return ""
            case _:
                return self.triples(cursor, group)

    def _optional(self, cursor: TokenCursor, parent: PatternGroup) -> str:
        """The group of an OPTIONAL, without bounds: what they leave out would be unbound, and be
        bound to something else by what follows.
        """
        bounds, self._bounds = self._bounds, ""
        group = self.group(cursor, parent, is_optional=True)
        self._bounds = bounds
        return group

    def _subquery(self, tokens: Sequence[Token], parent: PatternGroup) -> str:
        """The witnesses of a subquery's rows, with new names for its inner variables; beside them
        the subquery as it was, unless each witness is a row of its own.
        """
        select = _read_select(tokens)
        outer = _variables(tokens) if select.shows_all else select.keys
        body = self.body(_read_select(self._rename(tokens, outer)), PatternGroup())
        parent.variables |= outer.union(column.name for column in select.columns)
        return body if select.is_plain else f"{{ {{ {join_tokens(tokens)} }} OPTIONAL {body} }}"


def _take_condition(cursor: TokenCursor, group: PatternGroup) -> Sequence[Token]:
    """The tokens of a part that stays as it is; the group keeps what it binds and its EXISTS."""
    start = cursor.position
    word = cursor.take().word
    brackets = ("{",) if word == "VALUES" else ("(", "{")
    cursor.skip_to(*brackets)
    cursor.enclosed()
    tokens = cursor.tokens[start : cursor.position]
    if word == "VALUES":
        group.variables |= _variables(tokens)
    if word == "BIND":
        group.variables.add(tokens[-2].variable)
    if word != "MINUS":
        group.exists += _exists_groups(tokens)
    return tokens
