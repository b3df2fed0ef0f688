"""The language server: what an editor is told while somebody types, over a real process."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from conftest import REPOSITORY, Kg
from editor import Editor
from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException

from kg.diagnostics import Diagnostic
from kg.editing.formatting.layout import lay_out
from kg.editing.rename.plan import rename_id as rename_id
from kg.files.workspace import SourceFile, find_workspace
from kg.reading import read
from kg.server.lsp.completions import Completions
from kg.server.lsp.desk import Desk
from kg.server.lsp.places import place_at
from kg.server.lsp.server import Cursor
from kg.server.lsp.telling import tell_word
from kg.status.lens import Lens

FILE = "sources/quarrel.yaml"
ARTICLE = """\
articles:
  gazette-2019-01-01:
    title: Left
    publisher: osk-gazette
    originator: osk-gazette
    published: 2019-01-01
    paragraphs: 2
    text_sha256: {}
"""
TEXT = "Torrin left the compact.\n\n「日本」 🗾 The envoys met at Osk, and left it again.\n"


def frame(method: str, id: int = 1, **params: object) -> bytes:
    """A message of the protocol, as bytes."""
    told = {"jsonrpc": "2.0", "id": id, "method": method, "params": params}
    body = json.dumps(told).encode()
    return b"Content-Length: %d\r\n\r\n%b" % (len(body), body)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small workspace with one local text."""
    folder = tmp_path_factory.mktemp("desk") / "quarrel"
    shutil.copytree(REPOSITORY / "tests" / "newcomer", folder)
    shutil.copytree(REPOSITORY / "ontology" / "core", folder / "ontology" / "core")
    (folder / "texts").mkdir()
    article = ARTICLE.format(hashlib.sha256(TEXT.encode()).hexdigest())
    (folder / "sources" / "left.yaml").write_text(article, "utf-8")
    (folder / "texts" / "gazette-2019-01-01.txt").write_text(TEXT, "utf-8")
    return folder


@pytest.fixture(scope="module")
def editor(desk: Path) -> Iterator[Editor]:
    """An editor that has started a server."""
    editor = Editor(desk)
    yield editor
    assert editor.close() == 0


@pytest.fixture
def text(desk: Path) -> str:
    """The file as it is saved."""
    return (desk / FILE).read_text("utf-8")


def is_sound(found: Sequence[lsp.Diagnostic]) -> bool:
    return all(each.severity is not lsp.DiagnosticSeverity.Error for each in found)


def has(code: str) -> object:
    return lambda found: any(each.code == code for each in found)


def as_checked(desk: Path, name: str, text: str) -> list[Diagnostic]:
    """What kg check says of a file with this text."""
    workspace = find_workspace(desk)._replace(drafts={name: text.encode()})
    return [each for each in read(workspace).diagnostics if each.span.file == name]


def test_unsaved_text_gets_the_diagnostics_of_kg_check(
    editor: Editor, desk: Path, text: str
) -> None:
    wrong = text.replace("object: osk-compact", "object: osk-compcat", 2)
    editor.write(FILE, text)
    editor.wait(FILE, is_sound)
    editor.write(FILE, wrong)
    checked = as_checked(desk, FILE, wrong)
    found = editor.wait(FILE, lambda found: len(found) == len(checked))
    assert [(each.code, each.range.start.line + 1) for each in found] == [
        (each.rule.code, each.span.line) for each in checked
    ]
    assert found[0].message.startswith(checked[0].message)
    assert (desk / FILE).read_text("utf-8") == text
    editor.write(FILE, text)
    editor.wait(FILE, is_sound)


@pytest.mark.parametrize(
    "broken",
    [
        "assertions:\n  - {subject: [",
        "assertions:\n  - subject: vael\n predicate: x\n\t",
        "\ufeffassertions: &a\n  - *a\n",
        "",
        ":",
        "- - -\n? ?",
        "assertions:\n  - subject: 🗾\n    object: \udc80\n".encode("utf-8", "replace").decode(),
    ],
)
def test_no_broken_text_ends_the_server(editor: Editor, text: str, broken: str) -> None:
    editor.write(FILE, broken)
    for line in range(broken.count("\n") + 2):
        for units in (0, 3, 99):
            at = editor.place(FILE, line, units)
            editor.ask(editor.client.text_document_completion_async(lsp.CompletionParams(**at)))
            editor.ask(editor.client.text_document_hover_async(lsp.HoverParams(**at)))
    editor.write(FILE, text)
    editor.wait(FILE, is_sound)


@pytest.mark.parametrize(
    "uri", ["file:///%00", "untitled:x", "", "file:///%ff", "file:" + "a" * 9999]
)
def test_an_address_that_is_none_of_a_file_is_answered_with_nothing(
    editor: Editor, uri: str
) -> None:
    document = lsp.TextDocumentIdentifier(uri)
    at = lsp.HoverParams(document, lsp.Position(2**31 - 1, 2**31 - 1))
    assert editor.ask(editor.client.text_document_hover_async(at)) is None
    layout = lsp.DocumentFormattingParams(document, lsp.FormattingOptions(2, insert_spaces=True))
    assert editor.ask(editor.client.text_document_formatting_async(layout)) is None
    opened = lsp.TextDocumentItem(uri, "yaml", 1, "a: [")
    editor.client.text_document_did_open(lsp.DidOpenTextDocumentParams(opened))
    editor.client.text_document_did_close(lsp.DidCloseTextDocumentParams(document))
    assert editor.ask(editor.client.text_document_hover_async(at)) is None
    assert not any("ValueError" in each for each in editor.logs)


FRAMES = (
    b"Content-Length: 5\r\n\r\nhello",
    b"Content-Length: 2\r\n\r\n[]",
    b"Content-Length: abc\r\n\r\n",
    b"Content-Length: -5\r\n\r\n",
    b"Content-Length: 3\r\n\r\n\xff\xfe\xfd",
    b"\x00\x01\r\n\r\n",
)
IMPOSSIBLE: tuple[dict[str, object], ...] = (
    {"position": {"line": -1, "character": 0}, "textDocument": {"uri": "x:"}},
    {"position": {"line": 0, "character": -1}, "textDocument": {"uri": "x:"}},
    {"position": {"line": 2**31, "character": 0}, "textDocument": {"uri": "x:"}},
    {"position": {"line": "0", "character": None}, "textDocument": {"uri": "x:"}},
    {"position": {"line": 0, "character": 0}, "textDocument": {"uri": 7}},
    {"position": {}},
    {},
)


def test_broken_messages_are_answered_and_an_impossible_length_is_told(desk: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "kg", "-C", str(desk), "lsp"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        hovers = (
            frame("textDocument/hover", id, **params) for id, params in enumerate(IMPOSSIBLE, 500)
        )
        asked = b"".join((*FRAMES, *hovers, frame("nonsense/asked", id=77)))
        output, errors = process.communicate(asked + b"Content-Length: 9%060d\r\n\r\n" % 0, 60)
    answered = set(map(int, re.findall(rb'"id": ?(\d+)', output)))
    assert answered >= {77, *range(500, 500 + len(IMPOSSIBLE))}
    assert b"Traceback" not in errors
    assert errors.endswith(b"kg: the editor announced a message of an impossible length\n")
    assert process.returncode == 2


def test_a_message_that_no_memory_holds_is_told(kg: Kg, desk: Path) -> None:
    ran = kg("lsp", cwd=desk, stdin="Content-Length: 99999999999999\r\n\r\n{}", env={})
    message = "kg: the editor announced a message of an impossible length\n"
    assert (ran.code, ran.stderr) == (2, message)


def test_a_broken_ontology_ends_nothing(editor: Editor, desk: Path, text: str) -> None:
    name = "ontology/dataset.ttl"
    turtle = (desk / name).read_text("utf-8")
    editor.write(name, turtle + "\nthis is no Turtle")
    editor.wait(name, lambda found: bool(found))
    editor.write(name, turtle)
    editor.wait(name, lambda found: not found)
    editor.write(FILE, text)
    editor.wait(FILE, is_sound)


def test_positions_count_units_of_utf_16(editor: Editor, desk: Path, text: str) -> None:
    added = (
        text
        + "  - {note: 日本 🗾🗾, subject: nobody, predicate: meets, object: vael, cite: {gazette-2018-03-12: [1]}}\n"
    )
    editor.write(FILE, added)
    found = editor.wait(FILE, has("KG201"))  # type: ignore[arg-type]
    [unknown] = [each for each in found if each.code == "KG201"]
    line = added.split("\n")[-2]
    units = len(line[: line.index("nobody")].encode("utf-16-le")) // 2
    assert (unknown.range.start.character, unknown.range.end.character) == (units, units + 6)
    number = unknown.range.start.line
    at = editor.place(FILE, number, units + 6)
    answer = editor.ask(editor.client.text_document_completion_async(lsp.CompletionParams(**at)))
    assert isinstance(answer, lsp.CompletionList)
    editor.write(FILE, text)
    editor.wait(FILE, is_sound)


def completed(editor: Editor, text: str, typed: str) -> list[lsp.CompletionItem]:
    """What is offered behind some lines at the end of the file."""
    editor.write(FILE, f"{text}\n{typed}")
    line, last = (text + "\n" + typed).count("\n"), typed.split("\n")[-1]
    at = editor.place(FILE, line, len(last.encode("utf-16-le")) // 2)
    answer = editor.ask(editor.client.text_document_completion_async(lsp.CompletionParams(**at)))
    assert isinstance(answer, lsp.CompletionList)
    return list(answer.items)


def texts(items: Sequence[lsp.CompletionItem]) -> list[str]:
    return [each.text_edit.new_text for each in items if each.text_edit]


def test_a_file_that_an_open_bracket_makes_unreadable_is_known_as_it_was(desk: Path) -> None:
    name, at = "sources/osk.yaml", Desk(find_workspace(desk))
    at.check()
    typed = "assertions:\n  - {subject: vael, predicate: partyTo, object: osk"
    lines = [*at.lines(name), *typed.split("\n")]
    for _ in range(2):
        at.open = {name: "\n".join(lines)}
        assert [each.rule.code for each in at.check()[name]] == ["KG005"]
        assert at.reading
        place = place_at(lines, len(lines), len(lines[-1]))
        assert place
        offered = Completions(at.reading).at(place, {"predicate": "partyTo"})
        assert "osk-compact" in [each.id for each in offered]
        column = lines[-1].index("vael")
        assert "Vael" in tell_word(Cursor(at, at.reading, name, lines, len(lines), column))
    at.open = {name: "actors: {}\n"}
    at.check()
    assert at.reading
    assert "osk-compact" not in at.reading.written.things


def test_ids_are_offered_by_names_as_the_relation_takes_them(editor: Editor, text: str) -> None:
    editor.write(FILE, text)
    editor.wait(FILE, is_sound)
    by_name = texts(completed(editor, text, "  - subject: Torr"))
    assert by_name[0] == "torrin"
    objects = texts(
        completed(editor, text, "  - subject: vael\n    predicate: partyTo\n    object: ")
    )
    assert "osk-compact" in objects
    assert "torrin" not in objects, "a state is no pact"
    relations = texts(
        completed(editor, text, "  - subject: vael\n    object: osk-compact\n    predicate: part")
    )
    assert "partyTo" in relations
    assert "cites" not in relations
    assert "gazette-2018-03-12" in texts(
        completed(editor, text, "  - subject: vael\n    cite: {gaz")
    )
    assert "planned" in texts(completed(editor, text, "  - subject: vael\n    mode: pl"))
    assert "vael-enters" in texts(completed(editor, text, "  - denies: vael-ent"))
    fields = completed(editor, text, "  - subject: vael\n    a")
    assert "according_to: " in texts(fields)
    # The client narrows them by these while one types on.
    assert [each.filter_text for each in fields] == [each.label for each in fields]
    party = "  - subject: vael\n    predicate: partyTo\n    with:"
    assert texts(completed(editor, text, f"{party} {{tak")) == ["takesEffect: "]
    assert texts(completed(editor, text, f"{party}\n      prov")) == ["provisional: "]
    assert "share: " in texts(completed(editor, text, f"{party} {{role: guest, "))
    assert "takesEffect: " not in texts(completed(editor, text, "  - predicate: owns\n    with: {"))
    lent = "  - predicate: lends\n    with: {recipient: Torr"
    assert "torrin" in texts(completed(editor, text, lent))
    assert "vael-enters" not in texts(completed(editor, text, "  - ends: vael"))
    editor.write(FILE, text)
    editor.wait(FILE, is_sound)


EDITS = (
    ("object: osk-compact", "object: osk-compcat"),
    ("predicate: entersInto", "predicate: entersInn"),
    ("when: 2008-07-01", "when: 2008-07-41"),
    ("subject: vael", "subjekt: vael"),
    ("cite: {gazette-2018-03-12: [1]", "cite: {gazette-2018-03-99: [1]"),
    ("object: osk-compact", "object: [osk-compact"),
    ("according_to: gov-vael", "according_to: osk-compact"),
)


@pytest.mark.parametrize(("right", "wrong"), EDITS, ids=[wrong for _, wrong in EDITS])
def test_what_is_told_of_a_record_at_once_kg_check_tells_too(
    desk: Path, text: str, right: str, wrong: str
) -> None:
    own = Desk(find_workspace(desk))
    own.check()
    changed = text.replace(right, wrong, 1)
    own.open = {FILE: changed}
    told = own.check_record(FILE, line_of(changed, wrong) + 1)
    checked = {(each.rule.code, each.span.line) for each in as_checked(desk, FILE, changed)}
    assert told
    assert {(each.rule.code, each.span.line) for each in told if each.is_error} <= checked


def test_without_the_extra_a_message_says_what_to_install() -> None:
    code = (
        "import sys; sys.modules['pygls'] = None; from kg.cli import main; sys.exit(main(['lsp']))"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )
    assert result.returncode == 2
    assert "pip install 'actor-kg[lsp]'" in result.stderr
    assert "Traceback" not in result.stderr


def line_of(text: str, words: str) -> int:
    return text[: text.index(words)].count("\n")


def test_an_assertion_is_told_by_its_sentence_and_status(
    editor: Editor, desk: Path, text: str
) -> None:
    editor.write(FILE, text)
    editor.wait(FILE, is_sound)
    at = editor.place(FILE, line_of(text, "- id: vael-enters"), 10)
    hover = editor.ask(editor.client.text_document_hover_async(lsp.HoverParams(**at)))
    assert hover
    assert isinstance(hover.contents, lsp.MarkupContent)
    statement = read(find_workspace(desk)).under(Lens()).statements["vael-enters"]
    for words in (statement.sentence, str(statement.status), statement.reason):
        assert words in hover.contents.value.replace("\\", "")


def test_an_id_leads_to_its_record_and_to_all_who_name_it(editor: Editor, text: str) -> None:
    editor.write(FILE, text)
    editor.wait(FILE, is_sound)
    line = line_of(text, "subject: torrin")
    at = editor.place(FILE, line, 15)
    found = editor.ask(editor.client.text_document_definition_async(lsp.DefinitionParams(**at)))
    assert isinstance(found, lsp.Location)
    assert found.uri == editor.uri("sources/osk.yaml")
    context = lsp.ReferenceContext(include_declaration=True)
    places = editor.ask(
        editor.client.text_document_references_async(lsp.ReferenceParams(context=context, **at))
    )
    assert places
    assert any(each.uri == editor.uri(FILE) and each.range.start.line == line for each in places)


PLAIN = lsp.ClientCapabilities()
WITH_NEW_FILES = lsp.ClientCapabilities(
    workspace=lsp.WorkspaceClientCapabilities(
        workspace_edit=lsp.WorkspaceEditClientCapabilities(
            document_changes=True, resource_operations=[lsp.ResourceOperationKind.Create]
        )
    )
)


@pytest.mark.parametrize("capabilities", [PLAIN, WITH_NEW_FILES], ids=["plain", "with-new-files"])
def test_a_rename_is_that_of_kg_rename_in_every_file(
    desk: Path, tmp_path: Path, capabilities: lsp.ClientCapabilities
) -> None:
    here, there = (Path(shutil.copytree(desk, tmp_path / name)) for name in ("here", "there"))
    for folder in (here, there):
        layout = '{\n  "osk": [0, 0],\n  "torrin": [1, 1],\n  "vael": [5, 6]\n}\n'
        (folder / "viz").mkdir()
        (folder / "viz" / "everything.layout.json").write_text(layout, "utf-8")
        windows = (folder / FILE).read_bytes().replace(b"\n", b"\r\n")
        (folder / FILE).write_bytes(windows)
    text = (here / FILE).read_bytes().decode()
    editor = Editor(here, capabilities)
    editor.write(FILE, text)
    editor.wait(FILE, is_sound)
    at = editor.place(FILE, line_of(text, "subject: torrin"), 15)
    rename = editor.client.text_document_rename_async
    edit = editor.ask(rename(lsp.RenameParams(new_name="torrinia", **at)))
    assert edit
    with pytest.raises(JsonRpcException, match="is taken"):
        editor.ask(rename(lsp.RenameParams(new_name="vael", **at)))
    editor.carry_out(edit)
    assert editor.close() == 0
    assert rename_id(find_workspace(there), "torrin", "torrinia")
    assert files_of(here) == files_of(there)
    assert b"torrinia" in files_of(here)["viz/everything.layout.json"]


def files_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_words_become_a_citation_of_their_place(editor: Editor, desk: Path, text: str) -> None:
    added = (
        text
        + "  - subject: vael\n    predicate: meets\n    object: torrin\n    cite: 🗾 The envoys met at Osk\n"
    )
    editor.write(FILE, added)
    editor.wait(FILE, lambda found: not is_sound(found))
    line = added.count("\n") - 1
    where = lsp.Range(lsp.Position(line, 12), lsp.Position(line, 12))
    params = lsp.CodeActionParams(
        lsp.TextDocumentIdentifier(editor.uri(FILE)), where, lsp.CodeActionContext([])
    )
    answer = editor.ask(editor.client.text_document_code_action_async(params))
    assert answer
    [action] = answer
    assert action.title == "Cite these words: gazette-2019-01-01, paragraph 2"
    assert isinstance(action, lsp.CodeAction)
    assert action.edit
    assert action.edit.changes
    [[edit]] = action.edit.changes.values()
    assert edit.new_text.startswith("{gazette-2019-01-01: [{p: 2, span: [5, 28], sha256: ")
    last = added.split("\n")[line]
    assert edit.range.end.character == len(last.encode("utf-16-le")) // 2
    assert "envoys" not in edit.new_text
    editor.write(FILE, text)
    editor.wait(FILE, is_sound)


def test_a_file_is_laid_out_as_kg_fmt_does(editor: Editor, text: str) -> None:
    editor.write(
        FILE, text.replace("  - id: vael-enters\n    subject", "  - id: vael-enters\n\n    subject")
    )
    params = lsp.DocumentFormattingParams(
        lsp.TextDocumentIdentifier(editor.uri(FILE)), lsp.FormattingOptions(2, True)
    )
    edits = editor.ask(editor.client.text_document_formatting_async(params))
    assert edits
    assert edits[0].new_text.encode() == lay_out(SourceFile(FILE, text.encode())).after
    editor.write(FILE, text)
    editor.wait(FILE, is_sound)
