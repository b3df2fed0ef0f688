"""A question that a workspace keeps: what the front comment of ``queries/*.rq`` and ``viz/*.rq``
says of it.

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
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from kg.characters import quoted
from kg.diagnostics import KgError, did_you_mean
from kg.ontology import XSD
from kg.query.sparql import QueryProblem, Term, assigned, variables


class ParamKind(StrEnum):
    """What a parameter's value names or is."""

    THING = "thing"
    ARTICLE = "article"
    ASSERTION = "assertion"
    RELATION = "relation"
    CLASS = "class"
    DATE = "date"
    TEXT = "text"
    INTEGER = "integer"


class Param(NamedTuple):
    """One parameter: its variable's name, what kind of value it takes, its default (empty: none)
    and its help.
    """

    name: str
    kind: ParamKind
    default: str = ""
    help: str = ""
    required: bool = False


class SavedQuery(NamedTuple):
    """A query with the question it answers; ``about`` names the thing at the centre of a view, or
    nothing.
    """

    name: str
    title: str
    question: str
    about: str
    params: tuple[Param, ...]
    text: str
    problems: tuple[QueryProblem, ...] = ()


FIELDS = ("title", "question", "about", "param")
_FIELD = re.compile(r"#[ \t]*([a-z]+)[ \t]*:[ \t]*(.*)", re.IGNORECASE)
_PARAM = re.compile(
    r"(?P<name>\w+)\s*\(\s*(?P<kind>[a-z]+)\s*(?P<required>,\s*required\s*)?\)"
    r'\s*(?:=\s*(?P<default>"[^"]*"|.*?)\s*)?'
    r"(?:(?:^|\s):\s*(?P<help>.*))?",
    re.ASCII,
)


class _Line(NamedTuple):
    """A field of the front comment: where it stands, its key and its value."""

    line: int
    column: int
    key: str
    value: str


def saved_query(name: str, text: str) -> SavedQuery:
    """The query of a file (``name`` is that of the file, without ``.rq``) with the mistakes of its
    front comment.
    """
    problems: list[QueryProblem] = []
    fields: dict[str, str] = {}
    params: dict[str, Param] = {}
    used = set(variables(text))
    for field in _front_comment(text):
        if field.key not in FIELDS:
            if hint := did_you_mean(field.key, FIELDS):
                problems.append(
                    QueryProblem(
                        field.line, field.column, f"unknown field {quoted(field.key)}", hint
                    )
                )
        elif not field.value:
            problems.append(QueryProblem(field.line, field.column, f"'{field.key}' is empty"))
        elif field.key == "param":
            param = _param(field, used, problems)
            if param and param.name in params:
                problems.append(
                    QueryProblem(
                        field.line, field.column, f"parameter '{param.name}' is given twice"
                    )
                )
            elif param:
                params[param.name] = param
        elif field.key in fields:
            problems.append(QueryProblem(field.line, field.column, f"'{field.key}' is given twice"))
        else:
            fields[field.key] = field.value
    if taken := assigned(text, params):
        problems.append(taken)
    for key, hint in (
        ("title", "# title: a few words"),
        ("question", "# question: what the query answers, in words?"),
    ):
        if key not in fields and not any(p.message == f"'{key}' is empty" for p in problems):
            problems.append(
                QueryProblem(
                    1, 1, f"the front comment has no {key}", f"begin the file with '{hint}'"
                )
            )
    return SavedQuery(
        name=name,
        title=fields.get("title", name),
        question=fields.get("question", ""),
        about=fields.get("about", ""),
        params=tuple(params.values()),
        text=text,
        problems=tuple(sorted(problems)),
    )


def _front_comment(text: str) -> Iterator[_Line]:
    """The fields of the comment lines before the first line of the query itself, continued lines
    joined.
    """
    current: _Line | None = None
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        line = line.rstrip()
        if line and not line.lstrip().startswith("#"):
            break
        field = _FIELD.fullmatch(line.lstrip())
        more = re.fullmatch(r"#[ \t]{2,}(\S.*)", line.lstrip())
        if current and more:
            value = f"{current.value} {more[1]}".strip()
            current = _Line(current.line, current.column, current.key, value)
            continue
        if current:
            yield current
        key_column = line.find(field[1]) + 1 if field else 0
        current = _Line(number, key_column, field[1].lower(), field[2].strip()) if field else None
    if current:
        yield current


def _param(field: _Line, used: set[str], problems: list[QueryProblem]) -> Param | None:
    found = _PARAM.fullmatch(field.value)
    if not found:
        message = f"not a parameter: {quoted(field.value)}"
        hint = "write '# param: NAME (KIND) = DEFAULT : help' or (KIND, required); default and help may be left out"
        problems.append(QueryProblem(field.line, field.column, message, hint))
        return None
    name, kind, default = found["name"], found["kind"], _unquoted(found["default"] or "")
    if kind not in list(ParamKind):
        hint = did_you_mean(kind, ParamKind) or f"the kinds are {', '.join(ParamKind)}"
        problems.append(
            QueryProblem(
                field.line, field.column, f"unknown kind {quoted(kind)} of parameter '{name}'", hint
            )
        )
        return None
    if found["required"] and default:
        message = f"parameter '{name}' is required and has a default: one of the two has no use"
        problems.append(QueryProblem(field.line, field.column, message))
    if name not in used:
        message = f"parameter '{name}' is not used: the query has no ?{name}"
        problems.append(QueryProblem(field.line, field.column, message, did_you_mean(name, used)))
    param = Param(
        name, ParamKind(kind), default, (found["help"] or "").strip(), bool(found["required"])
    )
    if default and (wrong := _wrong(param, default)):
        problems.append(QueryProblem(field.line, field.column, wrong))
    return param


def _unquoted(value: str) -> str:
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] == '"' else value


def arguments(
    saved: SavedQuery,
    given: Mapping[str, str],
    prefixes: Mapping[str, str],
    terms: Mapping[str, str],
) -> dict[str, Term]:
    """The RDF terms of a query's parameters, from values that someone typed and from its defaults.

    ``terms`` gives the IRI of a class or relation by local name. Raises KgError (exit code 2) where
    a parameter is unknown, missing or of the wrong kind.
    """
    known = {param.name: param for param in saved.params}
    for name in given:
        if name not in known:
            takes = f"it takes {', '.join(known)}" if known else "it takes none"
            raise KgError(
                f"query '{saved.name}' has no parameter {quoted(name)}",
                hint=did_you_mean(name, known) or takes,
            )
    values = {name: given.get(name, param.default) for name, param in known.items()}
    for name, param in known.items():
        if param.required and not values[name]:
            raise KgError(
                f"query '{saved.name}' needs the parameter '{name}'",
                hint=f"--param {name}=... ({param.help or param.kind})",
            )
    return {
        name: _term(known[name], value, prefixes, terms) for name, value in values.items() if value
    }


def _term(param: Param, value: str, prefixes: Mapping[str, str], terms: Mapping[str, str]) -> Term:
    """A typed value as the RDF term it stands for; an IRI may stand as ``<...>`` or with a known
    prefix.
    """
    if wrong := _wrong(param, value):
        raise KgError(wrong)
    match param.kind:
        case ParamKind.DATE:
            return Literal(value, datatype=NamedNode(f"{XSD}date"))
        case ParamKind.INTEGER:
            return Literal(value, datatype=NamedNode(f"{XSD}integer"))
        case ParamKind.TEXT:
            return Literal(value)
        case _:
            return NamedNode(_iri(param, value, prefixes, terms))


def _iri(param: Param, value: str, prefixes: Mapping[str, str], terms: Mapping[str, str]) -> str:
    prefix, colon, local = value.partition(":")
    if value.startswith("<") and value.endswith(">"):
        return value[1:-1]
    if colon and prefix in prefixes:
        return prefixes[prefix] + local
    match param.kind:
        case ParamKind.RELATION | ParamKind.CLASS if value not in terms:
            raise KgError(f"unknown {param.kind} {quoted(value)}", hint=did_you_mean(value, terms))
        case ParamKind.RELATION | ParamKind.CLASS:
            return terms[value]
        case ParamKind.THING:
            return prefixes[""] + value
        case _:
            return prefixes[param.kind] + value


_IRI_FORM = re.compile(
    r"<[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]*>|[\w.-]*:[\w./-]+|[\w-]+", re.ASCII
)


def _wrong(param: Param, value: str) -> str:
    """Why a value is not of its parameter's kind, or nothing."""
    match param.kind:
        case ParamKind.TEXT:
            fits = True
        case ParamKind.INTEGER:
            fits = bool(re.fullmatch(r"[+-]?[0-9]{1,18}", value))
        case ParamKind.DATE:
            fits = _is_day(value)
        case _:
            fits = bool(_IRI_FORM.fullmatch(value))
    forms = {ParamKind.INTEGER: "a whole number", ParamKind.DATE: "a day such as 2019-09-01"}
    kind = forms.get(param.kind, "an id, a prefixed name or an <IRI>")
    return "" if fits else f"parameter '{param.name}' takes {kind}, not {quoted(value)}"


def _is_day(value: str) -> bool:
    try:
        return bool(re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value)) and bool(
            date.fromisoformat(value)
        )
    except ValueError:
        return False
