"""A workspace as it is in an editor: with texts that nobody has saved yet."""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from kg.diagnostics import Diagnostic, KgError, rules
from kg.files.workspace import Workspace, find_workspace, is_source, real_path
from kg.reading import Reading, read
from kg.reading.reading_cache import keep_in_memory
from kg.server.lsp.quick import record_errors
from kg.server.lsp.records import count_same, record_at
from kg.status.lens import Lens

Found = Mapping[str, Sequence[Diagnostic]]
"""Diagnostics by file."""


class Desk:
    """One workspace, the texts that are open, and what was found when it was last read.

    ``reading`` is the last one, with whatever errors, and with what files said that cannot be read
    just now; ``sound`` the last one without errors, under no lens: it tells where things stand.
    """

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.open: dict[str, str] = {}
        self.reading: Reading | None = None
        self.sound: Reading | None = None
        self.checked: Mapping[str, str] = {}
        self.found: Found = {}
        self.problem = ""
        self._keeper = keep_in_memory()

    @property
    def with_open_texts(self) -> Workspace:
        """The workspace with the open texts in the place of the files."""
        drafts = {name: text.encode("utf-8", "replace") for name, text in self.open.items()}
        return self.workspace._replace(drafts=drafts)

    def text(self, name: str) -> str:
        """Return a file's text as it is open, or was read; nothing where it is unknown."""
        if name in self.open:
            return self.open[name]
        return self.reading.texts.get(name, "") if self.reading else ""

    def lines(self, name: str) -> list[str]:
        """Return the lines of a file's text."""
        return self.text(name).split("\n")

    def check(self) -> Found:
        """Read the workspace with its open texts, and return all that is wrong, as ``kg check``
        does. What cannot be read at all is told by ``problem``.
        """
        texts = dict(self.open)
        try:
            find_workspace(self.workspace.root)
            reading = read(self.with_open_texts, keeper=self._keeper)
        except KgError as error:
            self.problem = str(error)
            return self.found
        by_file: defaultdict[str, list[Diagnostic]] = defaultdict(list)
        for problem in reading.diagnostics:
            by_file[problem.span.file].append(problem)
        if not reading.data_errors:
            self.sound = reading.under(Lens())
        self.reading, self.checked = self._with_lost(reading), texts
        self.found, self.problem = by_file, ""
        gc.collect()
        return by_file

    def _with_lost(self, reading: Reading) -> Reading:
        """A reading with the records that are lost while half a line makes a file unreadable."""
        lost_files = {each.span.file for each in reading.diagnostics if each.rule in rules.UNREAD}
        if self.reading is None or not lost_files:
            return reading
        before, now = self.reading.written, reading.written
        tables = {}
        for name in ("articles", "things", "assertions", "conflicts"):
            kept_problems = {
                id: each
                for id, each in getattr(before, name).items()
                if each.span.file in lost_files
            }
            tables[name] = {**kept_problems, **getattr(now, name)}
        return reading.saying(replace(now, **tables))

    def check_record(self, name: str, line: int) -> Sequence[Diagnostic] | None:
        """Return what is wrong with a file of which the record at a line was changed: its errors
        anew, and all else that was found before, at the lines where it stands now. None where that
        cannot be told without reading the workspace.
        """
        lines = self.lines(name)
        record = record_at(lines, line)
        if record is None or self.reading is None or not is_source(name):
            return None
        before = self.checked.get(name, self.reading.texts.get(name, "")).split("\n")
        kept_problems = _move_problems(self.found.get(name, ()), before, lines)
        kept_problems = [each for each in kept_problems if not record.holds(each.span)]
        return [*kept_problems, *record_errors(name, lines, record, self.reading)]


def _move_problems(
    problems: Sequence[Diagnostic], before: list[str], after: list[str]
) -> list[Diagnostic]:
    """Diagnostics at the lines where they stand after an edit; those within it are left out."""
    same = count_same(before, after)
    rest = count_same(before[same:][::-1], after[same:][::-1])
    shift = len(after) - len(before)
    moved_problems = [each for each in problems if each.span.line <= same]
    for each in problems:
        if each.span.line > len(before) - rest:
            line, end_line = each.span.line + shift, each.span.end_line + shift
            moved_problems.append(
                replace(each, span=each.span._replace(line=line, end_line=end_line))
            )
    return moved_problems


def name_of(path: Path, workspace: Workspace) -> str:
    """Return what a workspace calls a file; nothing where it is not in it."""
    root = workspace.root.resolve()
    whole = real_path(path)
    return whole.relative_to(root).as_posix() if whole.is_relative_to(root) else ""
