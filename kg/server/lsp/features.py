"""What editors ask of the language server, feature by feature."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException

from kg.diagnostics import KgError, Span
from kg.editing.ranking import Choice
from kg.server.lsp.edits import citations_of_words, format_edit, rename_edits
from kg.server.lsp.places import place_at, word_at
from kg.server.lsp.server import LATER, Server
from kg.server.lsp.telling import definition_of, references_to, tell_word

FAILED = lsp.LSPErrorCodes.RequestFailed


def build_language_server(start: Path | None = None) -> Server:
    """Return a server with all that it answers. Raises KgError where ``start`` is no workspace."""
    # Readings are large and live long: what can go is collected after each check.
    gc.disable()
    server = Server(start)
    for name, (answer, options) in FEATURES.items():
        server.feature(name, options)(server.thread()(answer) if answer in SLOW else answer)
    return server


def initialized(ls: Server, params: lsp.InitializedParams) -> None:
    """Look for a workspace where the editor is."""
    ls.begin(Path(ls.workspace.root_path) if ls.workspace.root_path else None)


def did_open(ls: Server, params: lsp.DidOpenTextDocumentParams) -> None:
    """Take in a text."""
    ls.open_text(params.text_document.uri, params.text_document.text)


def did_change(ls: Server, params: lsp.DidChangeTextDocumentParams) -> None:
    """Take in a text as it is now."""
    uri = params.text_document.uri
    ls.open_text(uri, ls.workspace.get_text_document(uri).source)


def did_close(ls: Server, params: lsp.DidCloseTextDocumentParams) -> None:
    """Take a file as it was saved."""
    ls.close_text(params.text_document.uri)


def files_changed(
    ls: Server, params: lsp.DidSaveTextDocumentParams | lsp.DidChangeWatchedFilesParams
) -> None:
    """Check everything once more."""
    ls.schedule(LATER)


def completion(ls: Server, params: lsp.CompletionParams) -> lsp.CompletionList | None:
    """Offer what may stand at the cursor."""
    at = ls.cursor(params)
    place = place_at(at.lines, at.line, at.column) if at else None
    if at is None or place is None:
        return None
    fields = place.record.fields(at.lines) if place.record else {}
    start = ls.position(at.lines, at.line, at.column - len(place.typed))
    where = lsp.Range(start, params.position)
    completions = ls.completions(at.reading).at(place, fields)
    # Names of fields the client narrows by itself; of all else it asks again at each letter.
    is_whole = place.is_key and place.field != "with"
    fits = "" if is_whole else place.typed
    items = [_item(each, where, fits, number) for number, each in enumerate(completions)]
    return lsp.CompletionList(is_incomplete=not is_whole, items=items)


def hover(ls: Server, params: lsp.HoverParams) -> lsp.Hover | None:
    """Tell what stands at the cursor."""
    at = ls.cursor(params)
    hover_text = tell_word(at) if at else ""
    return lsp.Hover(lsp.MarkupContent(lsp.MarkupKind.Markdown, hover_text)) if hover_text else None


def go_to_definition(ls: Server, params: lsp.DefinitionParams) -> lsp.Location | None:
    """Tell where the record of the id at the cursor is."""
    at = ls.cursor(params)
    span = definition_of(at.reading, at.word) if at else None
    return lsp.Location(ls.uri(span.file), ls.range(span)) if span else None


def find_references(ls: Server, params: lsp.ReferenceParams) -> list[lsp.Location]:
    """Tell where the id at the cursor is named."""
    at = ls.cursor(params)
    spans: Iterable[Span] = references_to(at.desk, at.reading, at.word) if at else ()
    return [lsp.Location(ls.uri(span.file), ls.range(span)) for span in spans]


def prepare_rename(ls: Server, params: lsp.PrepareRenameParams) -> lsp.Range | None:
    """Tell where the id is that would be renamed."""
    at = ls.cursor(params)
    if at is None or definition_of(at.reading, at.word) is None:
        return None
    _, *ends = word_at(at.text, at.column)
    return lsp.Range(*(ls.position(at.lines, at.line, each) for each in ends))


def rename_at_cursor(ls: Server, params: lsp.RenameParams) -> lsp.WorkspaceEdit | None:
    """Give the id at the cursor another name, in every file."""
    at = ls.cursor(params)
    if at is None:
        return None
    try:
        return ls.workspace_edit(rename_edits(at.desk, at.word, params.new_name))
    except KgError as error:
        hint = f" ({error.hint})" if error.hint else ""
        raise JsonRpcException(f"{error}{hint}", code=FAILED) from None


def code_action(ls: Server, params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
    """Offer to cite the words of a line."""
    uri, number = params.text_document.uri, params.range.start.line
    name = ls.file_name(uri)
    lines = ls.desk.lines(name) if ls.desk and name else []
    if ls.desk is None or number >= len(lines):
        return []
    return [
        lsp.CodeAction(
            title=title,
            kind=lsp.CodeActionKind.RefactorRewrite,
            edit=lsp.WorkspaceEdit({uri: ls.edits(lines, [edit])}),
        )
        for title, edit in citations_of_words(ls.desk, lines[number], number + 1)
    ]


def formatting(ls: Server, params: lsp.DocumentFormattingParams) -> list[lsp.TextEdit] | None:
    """Lay a source file out."""
    name = ls.file_name(params.text_document.uri)
    text = format_edit(ls.desk, name) if ls.desk and name.startswith("sources/") else None
    if text is None or ls.desk is None:
        return None
    lines = len(ls.desk.lines(name))
    return [lsp.TextEdit(lsp.Range(lsp.Position(0, 0), lsp.Position(lines, 0)), text)]


FEATURES: dict[str, tuple[Callable[..., Any], Any]] = {
    lsp.INITIALIZED: (initialized, None),
    lsp.TEXT_DOCUMENT_DID_OPEN: (did_open, None),
    lsp.TEXT_DOCUMENT_DID_CHANGE: (did_change, None),
    lsp.TEXT_DOCUMENT_DID_SAVE: (files_changed, None),
    lsp.TEXT_DOCUMENT_DID_CLOSE: (did_close, None),
    lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES: (files_changed, None),
    lsp.TEXT_DOCUMENT_COMPLETION: (
        completion,
        lsp.CompletionOptions(trigger_characters=[" ", "{", "[", ","]),
    ),
    lsp.TEXT_DOCUMENT_HOVER: (hover, None),
    lsp.TEXT_DOCUMENT_DEFINITION: (go_to_definition, None),
    lsp.TEXT_DOCUMENT_REFERENCES: (find_references, None),
    lsp.TEXT_DOCUMENT_PREPARE_RENAME: (prepare_rename, None),
    lsp.TEXT_DOCUMENT_RENAME: (rename_at_cursor, lsp.RenameOptions(prepare_provider=True)),
    lsp.TEXT_DOCUMENT_CODE_ACTION: (
        code_action,
        lsp.CodeActionOptions(code_action_kinds=[lsp.CodeActionKind.RefactorRewrite]),
    ),
    lsp.TEXT_DOCUMENT_FORMATTING: (formatting, None),
}
"""What answers each notice or request of the protocol, with its options."""
SLOW = (hover, find_references, rename_at_cursor)
"""What is answered beside everything else, in a thread of its own."""


def _item(completion: Choice, where: lsp.Range, fits: str, number: int) -> lsp.CompletionItem:
    """A completion as the client shows it: it fits a text, by whatever name, or else its own."""
    return lsp.CompletionItem(
        label=completion.label,
        detail=f"{completion.id}  {completion.kind}".strip(),
        documentation=completion.other or None,
        filter_text=fits or completion.label,
        sort_text=f"{number:04}",
        text_edit=lsp.TextEdit(where, completion.id),
    )
