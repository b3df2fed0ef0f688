"""What editors ask of the language server, feature by feature."""

from __future__ import annotations

import gc
from collections.abc import Iterable
from pathlib import Path

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException

from kg.diagnostics import KgError, Span
from kg.server.lsp.completions import Completion
from kg.server.lsp.edits import citations_of_words, format_edit, rename_edits
from kg.server.lsp.places import place_at, word_at
from kg.server.lsp.server import LATER, Server
from kg.server.lsp.telling import definition, references, tell

FAILED = lsp.LSPErrorCodes.RequestFailed


def build_language_server(start: Path | None = None) -> Server:
    """Return a server with all that it answers. Raises KgError where ``start`` is no workspace."""
    # Readings are large and live long: what can go is collected after each check.
    gc.disable()
    server = Server(start)
    _add_texts(server)
    _add_questions(server)
    _add_edits(server)
    return server


def _add_texts(server: Server) -> None:
    @server.feature(lsp.INITIALIZED)
    def initialized(ls: Server, params: lsp.InitializedParams) -> None:
        ls.begin(Path(ls.workspace.root_path) if ls.workspace.root_path else None)

    @server.feature(lsp.TEXT_DOCUMENT_DID_OPEN)
    def did_open(ls: Server, params: lsp.DidOpenTextDocumentParams) -> None:
        ls.open_text(params.text_document.uri, params.text_document.text)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)
    def did_change(ls: Server, params: lsp.DidChangeTextDocumentParams) -> None:
        uri = params.text_document.uri
        ls.open_text(uri, ls.workspace.get_text_document(uri).source)

    @server.feature(lsp.TEXT_DOCUMENT_DID_SAVE)
    def did_save(ls: Server, params: lsp.DidSaveTextDocumentParams) -> None:
        ls.schedule(LATER)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CLOSE)
    def did_close(ls: Server, params: lsp.DidCloseTextDocumentParams) -> None:
        ls.close_text(params.text_document.uri)

    @server.feature(lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def files_changed(ls: Server, params: lsp.DidChangeWatchedFilesParams) -> None:
        ls.schedule(LATER)


def _add_questions(server: Server) -> None:
    options = lsp.CompletionOptions(trigger_characters=[" ", "{", "[", ","])

    @server.feature(lsp.TEXT_DOCUMENT_COMPLETION, options)
    def completion(ls: Server, params: lsp.CompletionParams) -> lsp.CompletionList | None:
        at = ls.cursor(params.text_document.uri, params.position)
        if at is None:
            return None
        lines = at.lines
        place = place_at(lines, at.line, at.column)
        if place is None:
            return None
        fields = place.record.fields(lines) if place.record else {}
        start = ls.position(lines, at.line, at.column - len(place.typed))
        where = lsp.Range(start, params.position)
        found = ls.completions(at.desk).at(place, fields)
        # Names of fields the client narrows by itself; of all else it asks again at each letter.
        is_whole = place.is_key and place.field != "with"
        fits = "" if is_whole else place.typed
        items = [_item(each, where, fits, number) for number, each in enumerate(found)]
        return lsp.CompletionList(is_incomplete=not is_whole, items=items)

    @server.feature(lsp.TEXT_DOCUMENT_HOVER)
    @server.thread()
    def hover(ls: Server, params: lsp.HoverParams) -> lsp.Hover | None:
        at = ls.cursor(params.text_document.uri, params.position)
        told = tell(at.desk, at.file, at.line, at.column) if at else ""
        return lsp.Hover(lsp.MarkupContent(lsp.MarkupKind.Markdown, told)) if told else None

    @server.feature(lsp.TEXT_DOCUMENT_DEFINITION)
    def go_to_definition(ls: Server, params: lsp.DefinitionParams) -> lsp.Location | None:
        at = ls.cursor(params.text_document.uri, params.position)
        span = definition(at.desk, at.word) if at else None
        return lsp.Location(ls.uri(span.file), ls.range(span)) if span else None

    @server.feature(lsp.TEXT_DOCUMENT_REFERENCES)
    @server.thread()
    def find_references(ls: Server, params: lsp.ReferenceParams) -> list[lsp.Location]:
        at = ls.cursor(params.text_document.uri, params.position)
        spans: Iterable[Span] = references(at.desk, at.word) if at else ()
        return [lsp.Location(ls.uri(span.file), ls.range(span)) for span in spans]


def _add_edits(server: Server) -> None:
    @server.feature(lsp.TEXT_DOCUMENT_PREPARE_RENAME)
    def prepare_rename(ls: Server, params: lsp.PrepareRenameParams) -> lsp.Range | None:
        at = ls.cursor(params.text_document.uri, params.position)
        if at is None or definition(at.desk, at.word) is None:
            return None
        _, start, end = word_at(at.text, at.column)
        ends = (ls.position(at.lines, at.line, each) for each in (start, end))
        return lsp.Range(*ends)

    @server.feature(lsp.TEXT_DOCUMENT_RENAME, lsp.RenameOptions(prepare_provider=True))
    @server.thread()
    def rename(ls: Server, params: lsp.RenameParams) -> lsp.WorkspaceEdit | None:
        at = ls.cursor(params.text_document.uri, params.position)
        if at is None:
            return None
        try:
            return ls.workspace_edit(rename_edits(at.desk, at.word, params.new_name))
        except KgError as error:
            raise JsonRpcException(_words(error), code=FAILED) from None

    @server.feature(
        lsp.TEXT_DOCUMENT_CODE_ACTION,
        lsp.CodeActionOptions(code_action_kinds=[lsp.CodeActionKind.RefactorRewrite]),
    )
    def code_action(ls: Server, params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
        name, number = ls.file_name(params.text_document.uri), params.range.start.line
        lines = ls.desk.lines(name) if ls.desk and name else []
        if ls.desk is None or number >= len(lines):
            return []
        proposals = citations_of_words(ls.desk, lines[number], number + 1)
        return [
            lsp.CodeAction(
                title=each.title,
                kind=lsp.CodeActionKind.RefactorRewrite,
                edit=lsp.WorkspaceEdit({params.text_document.uri: ls.edits(lines, [each.edit])}),
            )
            for each in proposals
        ]

    @server.feature(lsp.TEXT_DOCUMENT_FORMATTING)
    def formatting(ls: Server, params: lsp.DocumentFormattingParams) -> list[lsp.TextEdit] | None:
        name = ls.file_name(params.text_document.uri)
        text = format_edit(ls.desk, name) if ls.desk and name.startswith("sources/") else None
        if text is None or ls.desk is None:
            return None
        lines = len(ls.desk.lines(name))
        return [lsp.TextEdit(lsp.Range(lsp.Position(0, 0), lsp.Position(lines, 0)), text)]


def _item(found: Completion, where: lsp.Range, fits: str, number: int) -> lsp.CompletionItem:
    """A completion as the client shows it: it fits a text, by whatever name, or else its own."""
    return lsp.CompletionItem(
        label=found.name,
        detail=f"{found.text}  {found.what}".strip(),
        documentation=found.more or None,
        filter_text=fits or found.name,
        sort_text=f"{number:04}",
        text_edit=lsp.TextEdit(where, found.text),
    )


def _words(error: KgError) -> str:
    return f"{error}{f' ({error.hint})' if error.hint else ''}"
