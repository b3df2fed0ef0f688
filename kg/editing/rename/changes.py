"""The files of a workspace with ids exchanged: sources, queries, views, stories and layouts."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from kg.checks.draft import CorpusDraft
from kg.diagnostics import Diagnostic, KgError
from kg.editing.rename.places import layout_edits, query_edits, reference_edits
from kg.files.workspace import STORY_ENDINGS, SourceFile
from kg.model.grouping import group_pairs
from kg.model.references import Reference
from kg.ontology import Ontology
from kg.query.saved import parse_saved_query
from kg.sources.yamlfile import read_yaml
from kg.text import TextChange, apply_edits
from kg.viz.layoutfile import ENDING as LAYOUT_ENDING
from kg.viz.layoutfile import read_layout
from kg.viz.story import read_story

ExchangedIds = Mapping[str, Mapping[str, str]]
"""Ids to exchange, old to new, by the kind of their records."""


class FileChange(NamedTuple):
    """A file before and after, and at how many places an id is exchanged."""

    name: str
    before: bytes
    after: bytes
    places: int


def unified_diff(name: str, before: bytes, after: bytes) -> str:
    """Return the change of a file as a unified diff."""
    lines = difflib.unified_diff(_lines_of(before), _lines_of(after), f"a/{name}", f"b/{name}")
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines
    )


def _lines_of(data: bytes) -> list[str]:
    *lines, rest = data.decode("utf-8").split("\n")
    return [f"{line}\n" for line in lines] + ([rest] if rest else [])


def refuse_unreadable(files: Iterable[SourceFile]) -> None:
    """Raise KgError where a file is no YAML: nobody knows which ids it names."""
    for file in files:
        root, problems = read_yaml(file.name, file.data)
        if root is None:
            refuse_mistakes(problems)


def refuse_mistakes(problems: Iterable[Diagnostic]) -> None:
    """Raise KgError where one of some diagnostics is an error."""
    for problem in problems:
        if problem.is_error:
            raise KgError(
                f"nothing is renamed while a file cannot be read: {problem}",
                problem.rule.exit_code,
                hint="kg check shows all",
            )


def _make_change(file: SourceFile, edits: Collection[TextChange]) -> FileChange:
    after = apply_edits(_text_of(file), edits).encode()
    return FileChange(file.name, file.data, after, len(edits))


def _text_of(file: SourceFile) -> str:
    try:
        return file.data.decode("utf-8")
    except UnicodeDecodeError:
        message = f"{file.name} is not UTF-8: nothing was renamed"
        raise KgError(message, hint="kg check tells where") from None


def source_change(
    file: SourceFile, references: Iterable[Reference], old: str, new: str
) -> FileChange:
    """Return a source with one id exchanged, by the places where it is named."""
    here = (reference for reference in references if reference.span.file == file.name)
    return _make_change(file, reference_edits(_text_of(file), here, {old: new}))


def other_change(file: SourceFile, names: ExchangedIds, draft: CorpusDraft) -> FileChange:
    """Return a query, view, story or layout with ids exchanged. Raises KgError where that cannot
    be done.
    """
    name = file.name.lower()
    if name.endswith(LAYOUT_ENDING):
        edits = _layout_edits(file, names)
    elif name.endswith(STORY_ENDINGS):
        edits = _story_edits(file, names, draft)
    else:
        edits = _query_edits(file, names, draft.ontology)
    return _make_change(file, edits)


def _layout_edits(file: SourceFile, names: ExchangedIds) -> set[TextChange]:
    places, problems = read_layout(file.name, file.data)
    refuse_mistakes(problems)
    edits = set()
    for old, new in names.get("thing", {}).items():
        if old in places and new in places:
            message = f"{file.name} keeps a place for {new} already: nothing was renamed"
            raise KgError(message, 1, hint="delete that line first")
        edits |= layout_edits(_text_of(file), old, new)
    return edits


def _story_edits(file: SourceFile, names: ExchangedIds, draft: CorpusDraft) -> set[TextChange]:
    refuse_unreadable([file])
    script = read_story(file, draft)
    things = names.get("thing", {})
    for id, span, _ in script.links:
        if id in things and span.end_column - span.column != len(id):
            message = f"{file.name} names {id} where it cannot be exchanged: nothing was renamed"
            raise KgError(message, 1, hint="edit it by hand")
    pointers = group_pairs((each.is_thing, each.reference) for each in script.pointers)
    named_things = [*script.links, *pointers.get(True, ())]
    assertions = [*(each.reference for each in script.quotations), *pointers.get(False, ())]
    edits = reference_edits(_text_of(file), named_things, things)
    return edits | reference_edits(_text_of(file), assertions, names["assertion"])


def _query_edits(file: SourceFile, names: ExchangedIds, terms: Ontology) -> set[TextChange]:
    text = _text_of(file)
    edits = set()
    for kind, exchanges in names.items():
        for old, new in exchanges.items():
            if old in text:
                edits |= query_edits(text, kind, old, new, terms)
    query = parse_saved_query("", apply_edits(text, edits))
    unchanged = [p.name for p in query.params if p.default in names.get(p.kind, {})]
    if query.about in names.get("thing", {}):
        unchanged.append("about")
    if unchanged:
        message = f"{file.name} names the id where it cannot be exchanged ({', '.join(unchanged)})"
        hint = "write the field on one line"
        raise KgError(f"{message}: nothing was renamed", 1, hint=hint)
    return edits
