"""Saved queries and views: SPARQL in ``queries/*.rq`` and ``viz/*.rq``, with a front comment.

::

    # title: Parties to a pact
    # question: Which actors are party to this pact,
    #   and who says so?
    # param: pact (thing, required) : the pact asked about
    # param: since (date) = 2019-01-01 : nothing before this day
    SELECT ...

The comment stands before everything else. A line ``# word: text`` is a field, a line that begins
with ``#`` and two blanks or more continues the field above it, any other line is a remark (but not
one that looks like a misspelt field). A parameter without a default stays a variable where no value
is given, unless it is ``required``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

import pyoxigraph as ox

from kg.dates import Day, parse_date
from kg.diagnostics import KgError, did_you_mean
from kg.ontology import Ontology
from kg.query.binding import assignment_problem, bind_terms
from kg.query.parameters import Param, ParamKind, main_terms, parameter_terms, value_problem
from kg.query.sparql import QueryProblem, problem_at, tokenize_query, variable_names
from kg.query.summaries import (
    Facing,
    Projection,
    read_facing,
    read_projection,
    summary_problem,
)
from kg.text.characters import forbidden_character, printable, quoted


class SavedQuery(NamedTuple):
    """A query with the question it answers; ``about`` names the thing at the centre of a view, or
    nothing; ``layout`` is the word for how its things shall stand, or nothing, and ``poles`` are
    those that stand apart, if it names any. ``file`` is its name in the workspace, if it has one;
    ``projection`` and ``matrix`` are made of its rows.
    """

    name: str
    title: str
    question: str
    about: str
    params: tuple[Param, ...]
    text: str
    problems: tuple[QueryProblem, ...] = ()
    layout: str = ""
    poles: tuple[str, ...] = ()
    file: str = ""
    projection: Projection | None = None
    matrix: Facing | None = None


FIELDS = ("title", "question", "about", "param", "layout", "poles", "project", "matrix")
LAYOUTS = ("blocs", "time", "free")
_FIELD = re.compile(r"#[ \t]*([a-z]+)[ \t]*:[ \t]*(.*)", re.IGNORECASE)
_CONTINUATION = re.compile(r"#[ \t]{2,}(\S.*)")
_PARAM = re.compile(
    r"(?P<name>\w+)\s*\(\s*(?P<kind>[a-z]+)\s*(?P<required>,\s*required\s*)?\)"
    r'\s*(?:=\s*(?P<default>"[^"]*"|.*?)\s*)?'
    r"(?:(?:^|\s):\s*(?P<help>.*))?",
    re.ASCII,
)


class _Field(NamedTuple):
    """A field of the front comment: where it stands, its key and its value."""

    line: int
    column: int
    key: str
    value: str

    def problem(self, message: str, hint: str = "") -> QueryProblem:
        return QueryProblem(self.line, self.column, message, hint)


@lru_cache(maxsize=1024)
def parse_saved_query(name: str, text: str) -> SavedQuery:
    """Return the query of a file (``name`` is that of the file, without ``.rq``) with the mistakes
    of its front comment.
    """
    problems: list[QueryProblem] = []
    fields: dict[str, str] = {}
    params: dict[str, Param] = {}
    for field in front_comment(text):
        if field.key not in FIELDS:
            if hint := did_you_mean(field.key, FIELDS):
                problems.append(field.problem(f"unknown field {quoted(field.key)}", hint))
        elif not field.value:
            problems.append(field.problem(f"'{field.key}' is empty"))
            fields.setdefault(field.key, "")
        elif field.key == "param":
            param = _param(field, set(variable_names(text)), problems)
            if param and param.name in params:
                problems.append(field.problem(f"parameter '{param.name}' is given twice"))
            elif param:
                params[param.name] = param
        elif fields.get(field.key):
            problems.append(field.problem(f"'{field.key}' is given twice"))
        else:
            fields[field.key] = field.value
            problems += _value_problems(field)
    if assignment := assignment_problem(text, params):
        problems.append(assignment)
    problems += _missing_fields(fields)
    return SavedQuery(
        name=name,
        title=fields.get("title") or name,
        question=fields.get("question", ""),
        about=fields.get("about", ""),
        params=tuple(params.values()),
        text=text,
        problems=tuple(sorted(problems)),
        layout=fields.get("layout", ""),
        poles=tuple(fields.get("poles", "").replace(",", " ").split()),
        projection=read_projection(fields.get("project", "")),
        matrix=read_facing(fields.get("matrix", "")),
    )


def day_of_lens(saved: SavedQuery, values: Mapping[str, str]) -> Day | None:
    """Return the day that a query is asked of, as a value for its parameter of that kind says; None
    where it has none.

    Raises KgError where it is no day.
    """
    for param in saved.params:
        if param.kind is ParamKind.DAY and (value := values.get(param.name, param.default)):
            if problem := value_problem(param, value):
                raise KgError(problem)
            return parse_date(value).start_earliest
    return None


def with_day(saved: SavedQuery, values: Mapping[str, str], day: Day | None) -> dict[str, str]:
    """Return the values of a query's parameters, with the day of the lens for one that takes it."""
    days = {param.name: str(day) for param in saved.params if param.kind is ParamKind.DAY and day}
    return {**values, **days}


def _value_problems(field: _Field) -> Iterator[QueryProblem]:
    if field.key == "layout" and field.value not in LAYOUTS:
        hint = did_you_mean(field.value, LAYOUTS) or f"one of: {', '.join(LAYOUTS)}"
        yield field.problem(f"unknown layout {quoted(field.value)}", hint)
    message, hint = summary_problem(field.key, field.value)
    if message:
        yield field.problem(f"{message}: {quoted(field.value)}", hint)


def _missing_fields(fields: Mapping[str, str]) -> Iterator[QueryProblem]:
    examples = {
        "title": "# title: a few words",
        "question": "# question: what the query answers, in words?",
    }
    if "project" in fields and "matrix" in fields:
        message = "a view has a projection or a matrix, not both"
        yield QueryProblem(1, 1, message, "make two views of it")
    for key, example in examples.items():
        if key not in fields:
            hint = f"begin the file with '{example}'"
            yield QueryProblem(1, 1, f"the front comment has no {key}", hint)


def front_comment(text: str) -> Iterator[_Field]:
    """The fields of the comment lines before the first line of the query itself, continued lines
    joined. They are shown as they are, but for forbidden characters.
    """
    for field in _read_front_comment(text):
        is_bad = bool(forbidden_character(field.value))
        yield field._replace(value=printable(field.value)) if is_bad else field


def _read_front_comment(text: str) -> Iterator[_Field]:
    current: _Field | None = None
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        comment = line.strip()
        if comment and not comment.startswith("#"):
            break
        more = _CONTINUATION.fullmatch(comment)
        if current and more:
            value = f"{current.value} {more[1]}".strip()
            current = current._replace(value=value)
            continue
        if current:
            yield current
            current = None
        if match := _FIELD.fullmatch(comment):
            column = line.find(match[1]) + 1
            current = _Field(number, column, match[1].lower(), match[2].strip())
    if current:
        yield current


def _param(field: _Field, variables: set[str], problems: list[QueryProblem]) -> Param | None:
    match = _PARAM.fullmatch(field.value)
    if not match:
        message = f"not a parameter: {quoted(field.value)}"
        hint = (
            "write '# param: NAME (KIND) = DEFAULT : help' or (KIND, required); default and help "
            "may be left out"
        )
        problems.append(field.problem(message, hint))
        return None
    name, kind, default = match["name"], match["kind"], _unquote(match["default"] or "")
    if kind not in list(ParamKind):
        hint = did_you_mean(kind, ParamKind) or f"the kinds are {', '.join(ParamKind)}"
        problems.append(field.problem(f"unknown kind {quoted(kind)} of parameter '{name}'", hint))
        return None
    required = bool(match["required"])
    param = Param(name, ParamKind(kind), default, (match["help"] or "").strip(), required)
    if required and default:
        message = f"parameter '{name}' is required and has a default: one of the two has no use"
        problems.append(field.problem(message))
    if name not in variables and param.kind is not ParamKind.DAY:
        message = f"parameter '{name}' is not used: the query has no ?{name}"
        problems.append(field.problem(message, did_you_mean(name, variables)))
    if default and (message := value_problem(param, default)):
        problems.append(field.problem(message))
    return param


def _unquote(value: str) -> str:
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] == '"' else value


def bind_parameters(
    saved: SavedQuery, values: Mapping[str, str], ontology: Ontology, store: ox.Store | None = None
) -> str:
    """Return the SPARQL of a saved query with the values of its parameters.

    Raises KgError where a parameter is unknown, missing or of the wrong kind, or names nothing in
    the store.
    """
    terms = parameter_terms(saved.params, values, ontology, saved.name)
    if store is not None:
        terms = main_terms(terms, store, ontology.base)
    return bind_terms(saved.text, terms)


def query_start(text: str) -> tuple[int, int]:
    """Return the line and column at which a query itself begins, below its front comment."""
    start = next((token.start for token in tokenize_query(text)), 0)
    line, column, _, _ = problem_at(text, start, "")
    return line, column
