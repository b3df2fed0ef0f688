"""An editor as the language server sees one: pygls' own client, over the streams of a process."""

from __future__ import annotations

import asyncio
import sys
import threading
import time
from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from typing import Any, TypeVar

from lsprotocol import types as lsp
from pygls.lsp.client import LanguageClient
from pygls.uris import to_fs_path
from pygls.workspace import TextDocument

T = TypeVar("T")
SECONDS = 30
"""How long an answer may take on a busy machine."""


class Editor:
    """Opens and changes files of a workspace, and keeps what the server says of them."""

    def __init__(self, workspace: Path, capabilities: lsp.ClientCapabilities | None = None) -> None:
        self.workspace = workspace
        self.found: dict[str, Sequence[lsp.Diagnostic]] = {}
        self.logs: list[str] = []
        self.versions: dict[str, int] = {}
        self.news = threading.Condition()
        self.loop = asyncio.new_event_loop()
        threading.Thread(target=self.loop.run_forever, daemon=True).start()
        self.client = LanguageClient("editor", "1")
        self.client.feature(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(
            lambda params: self._take(params)
        )
        self.client.feature(lsp.WINDOW_LOG_MESSAGE)(lambda params: self.logs.append(params.message))
        self.run(self.client.start_io(sys.executable, "-m", "kg", "lsp"))
        self.server = self.ask(
            self.client.initialize_async(
                lsp.InitializeParams(
                    capabilities=capabilities or lsp.ClientCapabilities(),
                    root_uri=workspace.as_uri(),
                )
            )
        )
        self.client.initialized(lsp.InitializedParams())

    def close(self) -> int:
        """End the server as an editor does, and return its exit code."""
        self.run(self.client.shutdown_async(None))
        self.client.exit(None)
        server = self.client._server
        assert server
        code = self.run(server.wait())
        self.loop.call_soon_threadsafe(self.loop.stop)
        return code

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(SECONDS)

    ask = run

    def uri(self, name: str) -> str:
        return (self.workspace / name).as_uri()

    def carry_out(self, edit: lsp.WorkspaceEdit) -> None:
        """Change the files as an editor does to which a server proposes an edit."""
        edits = dict(edit.changes or {})
        for change in edit.document_changes or ():
            if isinstance(change, lsp.CreateFile):
                from_uri(change.uri).touch()
            if isinstance(change, lsp.TextDocumentEdit):
                edits[change.text_document.uri] = [
                    each for each in change.edits if isinstance(each, lsp.TextEdit)
                ]
        for uri, several in edits.items():
            path = from_uri(uri)
            document = TextDocument(uri, path.read_bytes().decode() if path.is_file() else "")
            for one in sorted(several, key=lambda each: each.range.start, reverse=True):
                document.apply_change(
                    lsp.TextDocumentContentChangePartial(text=one.new_text, range=one.range)
                )
            path.write_bytes(document.source.encode())

    def _take(self, params: lsp.PublishDiagnosticsParams) -> None:
        with self.news:
            self.found[params.uri] = params.diagnostics
            self.news.notify_all()

    def write(self, name: str, text: str) -> None:
        """Have a file say something that is not saved."""
        uri, version = self.uri(name), self.versions.get(name, 0) + 1
        self.versions[name] = version
        self.found.pop(uri, None)
        if version == 1:
            item = lsp.TextDocumentItem(uri, "yaml", version, text)
            self.client.text_document_did_open(lsp.DidOpenTextDocumentParams(item))
            return
        document = lsp.VersionedTextDocumentIdentifier(version, uri)
        change = lsp.TextDocumentContentChangeWholeDocument(text)
        self.client.text_document_did_change(lsp.DidChangeTextDocumentParams(document, [change]))

    def wait(
        self, name: str, is_it: Callable[[Sequence[lsp.Diagnostic]], bool]
    ) -> Sequence[lsp.Diagnostic]:
        """Return what the server says of a file once it is this."""
        end = time.monotonic() + SECONDS
        with self.news:
            while True:
                found = self.found.get(self.uri(name))
                if found is not None and is_it(found):
                    return found
                assert self.news.wait(end - time.monotonic()), (
                    f"the server says of it: {found}; {self.logs}"
                )

    def place(self, name: str, line: int, character: int) -> dict[str, Any]:
        """A place as params name it; lines and units from 0."""
        return {
            "text_document": lsp.TextDocumentIdentifier(self.uri(name)),
            "position": lsp.Position(line, character),
        }


def from_uri(uri: str) -> Path:
    """Return the path that an address of a file means."""
    path = to_fs_path(uri)
    assert path
    return Path(path)
