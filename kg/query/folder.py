"""The saved queries of a workspace, and its views: ``queries/*.rq`` and ``viz/*.rq``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath

from kg.diagnostics import KgError, did_you_mean
from kg.files.workspace import QUERIES, SourceFile, Workspace
from kg.query.run import read_query
from kg.query.saved import SavedQuery, parse_saved_query


def read_saved_queries(workspace: Workspace, folder: str = QUERIES) -> dict[str, SavedQuery]:
    """Return the queries of a folder by name, but for those that cannot be read."""
    return _readable(read_folder(workspace, folder))


def _readable(queries: Mapping[str, SavedQuery | KgError]) -> dict[str, SavedQuery]:
    return {name: each for name, each in queries.items() if isinstance(each, SavedQuery)}


def require_readable(workspace: Workspace) -> None:
    """Raise KgError where a saved query cannot be read."""
    for each in read_folder(workspace, QUERIES).values():
        if isinstance(each, KgError):
            raise each


def read_folder(workspace: Workspace, folder: str) -> dict[str, SavedQuery | KgError]:
    """Return the queries of a folder, or why they cannot be read, by name, which is the file's name
    without its ending.
    """
    files = workspace.files(folder, (".rq",))
    queries: dict[str, SavedQuery | KgError] = {}
    for problem in files.diagnostics:
        if problem.is_error:
            reason = KgError(f"{problem.span.file}: {problem.message}", hint=problem.hint)
            queries[PurePosixPath(problem.span.file).stem] = reason
    for file in files.contents:
        try:
            saved = read_query_file(file)
            queries[saved.name] = saved
        except KgError as error:
            queries[PurePosixPath(file.name).stem] = error
    return queries


def read_query_file(file: SourceFile) -> SavedQuery:
    """Return the query of a file, which is called like the file without its ending. Raises KgError
    where it is not UTF-8 or too long.
    """
    saved = parse_saved_query(PurePosixPath(file.name).stem, read_query(file.data, file.name))
    return saved._replace(file=file.name)


def find_saved_query(workspace: Workspace, name: str, folder: str = QUERIES) -> SavedQuery:
    """Return one saved query. Raises KgError where there is none of that name, or it cannot be
    read.
    """
    for file in reversed(workspace.files(folder, (".rq",)).contents):
        if PurePosixPath(file.name).stem == name:
            return read_query_file(file)
    queries = read_folder(workspace, folder)
    if isinstance(query := queries.get(name), KgError):
        raise query
    return pick_query(_readable(queries), name, folder)


def pick_query(queries: Mapping[str, SavedQuery], name: str, folder: str = QUERIES) -> SavedQuery:
    """Return the query of a name among those of a folder. Raises KgError where there is none."""
    if name not in queries:
        noun = "saved query" if folder == QUERIES else "view"
        there_are = f"there are: {', '.join(queries)}" if queries else f"{folder}/ holds none"
        raise KgError(
            f"no {noun} is called '{name}'", hint=did_you_mean(name, queries) or there_are
        )
    return queries[name]


def find_query(workspace: Workspace, query: str) -> SavedQuery:
    """Return a saved query by its name, or a query made from SPARQL, which has a blank. Raises
    KgError where there is none.
    """
    if any(character.isspace() for character in query.strip()):
        return parse_saved_query("<query>", query)
    return find_saved_query(workspace, query.strip())
