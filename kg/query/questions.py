"""The saved queries and views of a workspace, and what is wrong with them before anybody asks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

import pyoxigraph as ox

from kg import rules
from kg.diagnostics import Diagnostic, KgError, Rule, Span, did_you_mean
from kg.query.run import problem, read_query
from kg.query.saved import SavedQuery, saved_query
from kg.query.sparql import QueryProblem
from kg.workspace import Folder, SourceFile, Workspace

QUERIES, VIEWS = "queries", "viz"
COLUMNS = ("source", "target", "assertion")


def saved_queries(workspace: Workspace, folder: str = QUERIES) -> dict[str, SavedQuery]:
    """The queries of a folder by name, which is the file's name without its ending."""
    found = {}
    for file in workspace.files(folder, (".rq",)).read:
        name = PurePosixPath(file.name).stem
        found[name] = saved_query(name, read_query(file.data, file.name))
    return found


def named(workspace: Workspace, name: str, folder: str = QUERIES) -> SavedQuery:
    """One saved query. Raises KgError where there is none of that name."""
    known = saved_queries(workspace, folder)
    if name not in known:
        what = "saved query" if folder == QUERIES else "view"
        raise KgError(
            f"no {what} is called '{name}'",
            hint=did_you_mean(name, known)
            or (f"there are: {', '.join(known)}" if known else f"{folder}/ holds none"),
        )
    return known[name]


def question_problems(
    folders: Mapping[str, Folder], prefixes: Mapping[str, str]
) -> Iterator[Diagnostic]:
    """What is wrong with saved queries and views: files, front comments, SPARQL, a view's columns,
    names used twice.
    """
    for folder, held in folders.items():
        files = held.files((".rq",))
        yield from files.diagnostics
        first: dict[str, str] = {}
        for file in files.read:
            yield from _file_problems(file, folder, prefixes)
            name = PurePosixPath(file.name).stem
            if name in first:
                yield rules.BAD_FRONT_COMMENT.at(
                    Span(file.name),
                    f"{first[name]} has the same name",
                    "rename one: the name is what is asked for",
                )
            first.setdefault(name, file.name)


def _file_problems(
    file: SourceFile, folder: str, prefixes: Mapping[str, str]
) -> Iterator[Diagnostic]:
    try:
        text = read_query(file.data, file.name)
    except KgError as error:
        rule = rules.TOO_LARGE if error.exit_code == 3 else rules.NOT_UTF8
        yield rule.at(Span(file.name), str(error), error.hint)
        return
    saved = saved_query(PurePosixPath(file.name).stem, text)
    for found in saved.problems:
        yield _at(file, rules.BAD_FRONT_COMMENT, found)
    wrong = problem(text, prefixes)
    if wrong:
        yield _at(file, rules.BAD_QUERY, wrong)
    elif folder == VIEWS:
        yield from _missing_columns(file, text, prefixes)


def _missing_columns(
    file: SourceFile, text: str, prefixes: Mapping[str, str]
) -> Iterator[Diagnostic]:
    answer = ox.Store().query(text, prefixes=dict(prefixes))
    columns = (
        {v.value for v in answer.variables} if isinstance(answer, ox.QuerySolutions) else set()
    )
    for column in COLUMNS:
        if column not in columns:
            yield rules.BAD_VIEW.at(
                Span(file.name),
                f"the view has no column ?{column}",
                "a view is a SELECT with ?source ?target ?assertion, and ?label if you like",
            )


def _at(file: SourceFile, rule: Rule, found: QueryProblem) -> Diagnostic:
    span = Span(file.name, found.line, found.column, found.line, found.column + 1)
    return rule.at(span, found.message, found.hint)
