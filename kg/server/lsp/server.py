"""The language server's state: the texts that are open, what is checked when, and positions as the
client counts them (pygls).

Positions in the protocol count the units that the client asked for (UTF-16 unless it says
otherwise); everything else in kg counts characters.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol
from pygls.uris import to_fs_path

from kg import __version__
from kg.diagnostics import Diagnostic, KgError, Span
from kg.editing.rename.changes import FileChange
from kg.files.workspace import find_workspace
from kg.reading import Reading
from kg.server.lsp.completions import Completions
from kg.server.lsp.desk import Desk, name_of
from kg.server.lsp.edits import LineEdit, line_edits
from kg.server.lsp.places import word_at
from kg.server.lsp.records import count_same

SOON, LATER = 0.03, 0.25
"""Seconds without a key after which the record that is typed is checked, and then everything."""

_SEVERITIES = {True: lsp.DiagnosticSeverity.Error, False: lsp.DiagnosticSeverity.Warning}


class Cursor(NamedTuple):
    """A place in a file of a workspace, as that was last read: its line from 1, its column in
    characters from 0.
    """

    desk: Desk
    reading: Reading
    file: str
    lines: list[str]
    line: int
    column: int

    @property
    def word(self) -> str:
        """The id or word that stands there."""
        return word_at(self.text, self.column)[0]

    @property
    def text(self) -> str:
        """The line's text."""
        return self.lines[self.line - 1] if self.line <= len(self.lines) else ""


AtCursor = (
    lsp.CompletionParams
    | lsp.HoverParams
    | lsp.DefinitionParams
    | lsp.ReferenceParams
    | lsp.PrepareRenameParams
    | lsp.RenameParams
)
"""What is asked about a place."""


class Protocol(LanguageServerProtocol):
    """Also answers a request whose parameters are none: an editor waits for each answer."""

    def structure_message(self, data: dict[str, Any]) -> Any:
        """Return the message that a JSON object is. Raises JsonRpcException where it is none."""
        try:
            return super().structure_message(data)
        except JsonRpcException as error:
            if "id" in data and "method" in data:
                self._send_response(data["id"], error=error.to_response_error())
            raise


class Server(LanguageServer):
    """A server of one workspace: that of ``start``, or the one where the editor's folder, or else
    the first file that it opens, lies.

    Whole texts are taken at each change: pygls parts lines where editors do not (U+2028).
    """

    def __init__(self, start: Path | None = None) -> None:
        whole = lsp.TextDocumentSyncKind.Full
        super().__init__("kg", __version__, text_document_sync_kind=whole, protocol_cls=Protocol)
        self.start, self.desk = start, None if start is None else Desk(find_workspace(start))
        self.kept: Completions | None = None
        self.told: set[str] = set()
        self.changed: tuple[str, int] | None = None
        self.is_checking = self.is_due = False
        self.timers: list[asyncio.TimerHandle] = []

    def begin(self, path: Path | None) -> None:
        """Look for a workspace at or above a path, unless there is one, and check it."""
        folders = [path, *path.parents] if path and not self.desk else []
        for folder in folders:
            with suppress(KgError):
                self.desk = Desk(find_workspace(folder))
                break
        if self.desk and self.desk.reading is None:
            self.schedule(LATER / 10)

    def open_text(self, uri: str, text: str) -> None:
        """Take in a text as it is now, and check soon what that means."""
        path = path_of(uri) or Path()
        self.begin(path.parent)
        name = name_of(path, self.desk.workspace) if self.desk else ""
        if self.desk is None or not name:
            return
        before, after = self.desk.lines(name), text.split("\n")
        self.desk.open = {**self.desk.open, name: text}
        # The first line that differs, or else the last one.
        self.changed = name, min(count_same(before, after) + 1, len(before), len(after))
        self.schedule(LATER)

    def close_text(self, uri: str) -> None:
        """Take a file as it was saved again."""
        name = self.file_name(uri)
        if self.desk and name in self.desk.open:
            self.desk.open = {each: text for each, text in self.desk.open.items() if each != name}
            self.changed = None
            self.schedule(LATER)

    def schedule(self, wait: float) -> None:
        """Check the changed record soon, and everything once nobody types."""
        for timer in self.timers:
            timer.cancel()
        loop = asyncio.get_running_loop()
        self.timers = [
            loop.call_later(SOON, self.check_soon),
            loop.call_later(wait, self.check_later),
        ]

    def check_soon(self) -> None:
        """Tell what is wrong with the record that was changed last."""
        desk = self.desk
        if desk is None or self.changed is None:
            return
        name, line = self.changed
        try:
            diagnostics = desk.check_record(name, line)
        except Exception as error:  # noqa: BLE001 - the whole check comes, and tells what is wrong
            self.log(f"{name}:{line}: {error!r}")
            return
        if diagnostics is not None:
            self.publish(name, diagnostics)

    def check_later(self) -> None:
        """Begin to check everything, or once more if that is going on."""
        if self.is_checking:
            self.is_due = True
        elif self.desk:
            self.is_checking = True
            asyncio.get_running_loop().create_task(self.check_all(self.desk))

    async def check_all(self, desk: Desk) -> None:
        """Read the workspace, and tell all that is wrong with it."""
        texts = desk.open
        try:
            problems_by_file = await asyncio.get_running_loop().run_in_executor(
                self.thread_pool, desk.check
            )
            if desk.problem:
                self.log(desk.problem)
            for name in sorted({*problems_by_file, *self.told, *texts}):
                # What was typed meanwhile is checked again in a moment.
                if texts.get(name) == desk.open.get(name):
                    self.publish(name, problems_by_file.get(name, ()))
        except Exception as error:  # noqa: BLE001 - a server that ends takes all help with it
            self.log(f"the workspace could not be checked: {error!r}")
        finally:
            self.is_checking = False
            if self.is_due:
                self.is_due = False
                self.check_later()

    def publish(self, name: str, problems: Sequence[Diagnostic]) -> None:
        """Tell what is wrong with a file."""
        self.told = self.told | {name} if problems else self.told - {name}
        diagnostics = [self.diagnostic(each) for each in problems]
        self.text_document_publish_diagnostics(
            lsp.PublishDiagnosticsParams(self.uri(name), diagnostics)
        )

    def diagnostic(self, problem: Diagnostic) -> lsp.Diagnostic:
        """Return a diagnostic in the terms of the protocol, its next step below its message."""
        related = [
            lsp.DiagnosticRelatedInformation(
                lsp.Location(self.uri(span.file), self.range(span)), "see here"
            )
            for span in problem.related
        ]
        return lsp.Diagnostic(
            range=self.range(problem.span),
            message=problem.message + (f"\n{problem.hint}" if problem.hint else ""),
            severity=_SEVERITIES[problem.is_error],
            code=problem.rule.code,
            source="kg",
            related_information=related or None,
        )

    def range(self, span: Span) -> lsp.Range:
        """Return a place as the client counts it; all of the first line for a file as a whole."""
        assert self.desk
        lines = self.desk.lines(span.file)
        if not span.line:
            return lsp.Range(lsp.Position(0, 0), lsp.Position(0, self.units(lines[0])))
        start = self.position(lines, span.line, span.column - 1)
        return lsp.Range(start, self.position(lines, span.end_line, span.end_column - 1))

    def position(self, lines: Sequence[str], line: int, column: int) -> lsp.Position:
        """Return a line (from 1) and a column in characters as the client counts them."""
        text = lines[line - 1] if line <= len(lines) else ""
        mark = text.startswith("\ufeff")
        return lsp.Position(line - 1, self.units(text[: column + mark]))

    def units(self, text: str) -> int:
        """Return the length of a text as the client counts it."""
        return int(self.workspace.position_codec.client_num_units(text))

    def column(self, line: str, character: int) -> int:
        """Return how many characters stand before a place in a line that the client counted."""
        column = units = 0
        while column < len(line) and units < character:
            units += self.units(line[column])
            column += 1
        return column

    def edits(self, lines: Sequence[str], edits: Iterable[LineEdit]) -> list[lsp.TextEdit]:
        """Return edits of a file with these lines in the terms of the protocol."""
        made_edits = []
        for edit in edits:
            start, end = (self.position(lines, edit.line, each) for each in (edit.start, edit.end))
            made_edits.append(lsp.TextEdit(lsp.Range(start, end), edit.text))
        return made_edits

    def workspace_edit(self, changes: Iterable[FileChange]) -> lsp.WorkspaceEdit:
        """Return changes of files, some of them new, in the terms of the protocol, as far as the
        client knows these.
        """
        can = self.client_capabilities.workspace
        can_edit = can.workspace_edit if can else None
        edits = {self.uri(change.name): self.text_edits(change) for change in changes}
        if not can_edit or not can_edit.document_changes:
            return lsp.WorkspaceEdit(changes=edits)
        new = [self.uri(change.name) for change in changes if not change.before]
        creates = lsp.ResourceOperationKind.Create in (can_edit.resource_operations or ())
        options = lsp.CreateFileOptions(ignore_if_exists=True)
        made_edits = [lsp.CreateFile(uri, options=options) for uri in new if creates]
        documents = [
            lsp.TextDocumentEdit(lsp.OptionalVersionedTextDocumentIdentifier(uri), several)
            for uri, several in edits.items()
        ]
        return lsp.WorkspaceEdit(document_changes=[*made_edits, *documents])

    def text_edits(self, change: FileChange) -> list[lsp.TextEdit]:
        """Return the edits of a file by line where it keeps its lines, else of all of it."""
        before, after = change.before.decode("utf-8"), change.after.decode("utf-8")
        lines, rest = before.split("\n"), after.split("\n")
        if len(lines) == len(rest):
            return self.edits(lines, line_edits(lines, rest))
        end = self.position(lines, len(lines), len(lines[-1]))
        return [lsp.TextEdit(lsp.Range(lsp.Position(0, 0), end), after)]

    def file_name(self, uri: str) -> str:
        """Return what the workspace calls a file; nothing where it is none of it."""
        path = path_of(uri)
        return name_of(path, self.desk.workspace) if path and self.desk else ""

    def uri(self, name: str) -> str:
        """Return the address of a file of the workspace."""
        assert self.desk
        return (self.desk.workspace.root / name).absolute().as_uri()

    def cursor(self, params: AtCursor) -> Cursor | None:
        """Return what is asked about; None where no workspace has been read, or the file is none of
        it.
        """
        name, place = self.file_name(params.text_document.uri), params.position
        if self.desk is None or self.desk.reading is None or not name:
            return None
        lines = self.desk.lines(name)
        text = lines[place.line] if place.line < len(lines) else ""
        column = self.column(text, place.character)
        return Cursor(self.desk, self.desk.reading, name, lines, place.line + 1, column)

    def completions(self, reading: Reading) -> Completions:
        """Return what the workspace as it was last read has to offer."""
        if self.kept is None or self.kept.reading is not reading:
            self.kept = Completions(reading)
        return self.kept

    def log(self, message: str) -> None:
        """Tell the client's log."""
        self.window_log_message(lsp.LogMessageParams(lsp.MessageType.Warning, message))


def path_of(uri: str) -> Path | None:
    """Return the path that an address leads to; None where it is none of a file."""
    path = to_fs_path(uri)
    return Path(path) if path and "\0" not in path else None
