"""What a machine proposes rests on one verbatim passage or is refused, and is nothing until
somebody accepts it.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterator
from itertools import pairwise, product
from pathlib import Path

import pytest
from test_false_quotations import FALSE
from test_false_quotations import TEXT as SHORT_TEXT

from kg.cli import main
from kg.diagnostics import KgError
from kg.editing.assertions import ClaimWords
from kg.editing.proposals import (
    find_proposal,
    proposal_draft,
    propose,
    read_proposals,
    reject,
)
from kg.editing.verbatim import find_passage
from kg.files.workspace import find_workspace
from kg.reading import Reading, read
from kg.sources.texts.normal import split_paragraphs

TEXT = f"""\
{SHORT_TEXT}Mr Kessel\u2019s caf\u00e9 in Brell \u2013 \u201cthe Weir\u201d \u2013 stayed open.
Nobody in Brell has seen the letter that Arden sent to the commission.
He asked again: nobody in Brell has seen the letter that Arden sent to the commission.
They went round and round and round the table.
"""
PARAGRAPHS = split_paragraphs(TEXT)
TWICE = "in Brell has seen the letter that Arden sent to the commission"
WHOLE = PARAGRAPHS[1:6]
TRIPLE = ("vael", "partyTo", "osk-compact")


def pieces(words: str, *lengths: int) -> Iterator[str]:
    """Every stretch of so many words."""
    parts = words.split(" ")
    for length in lengths:
        yield from (" ".join(parts[at : at + length]) for at in range(len(parts) - length + 1))


def with_something_left_out() -> Iterator[str]:
    signs = ("...", "\u2026", "[...]", "(...)", "\u2013", "")
    for words, sign in product(WHOLE, signs):
        parts = words.split(" ")
        yield " ".join([*parts[1:4], *([sign] if sign else []), *parts[6:9]])


def written_otherwise() -> Iterator[str]:
    for words in (each[:40].rpartition(" ")[0] for each in WHOLE):
        yield words.upper()
        yield words.swapcase()
        yield words.replace(" ", "\u00a0")
        yield words.replace(" ", "  ", 1)
        yield words.replace(" ", "\n", 1)
        yield words.replace("e", "e\u200b", 1)
        yield words.replace("e", "\u00ade", 1)
        yield words.replace("e", "\u0435", 1)
        yield words.replace("a", "\uff41", 1) if "a" in words else words.replace("o", "\uff4f", 1)
        yield f'"{words}"'
        yield f"**{words}**"
        yield f" {words}"
        yield words[:-1]
    yield unicodedata.normalize("NFD", "caf\u00e9 in Brell")
    yield "Mr Kessel\u2019s caf\u00e9"
    yield "\u201cthe Weir\u201d"
    yield "caf\ufeff\u00e9 in Brell"


def across_paragraphs() -> Iterator[str]:
    for above, below in pairwise(WHOLE):
        yield f"{' '.join(above.split(' ')[-3:])} {' '.join(below.split(' ')[:3])}"


BAD: list[tuple[str, int | None]] = [
    *((words, None) for kind in FALSE for _, words in FALSE[kind] if kind != "another paragraph"),
    *((words, None) for words in with_something_left_out()),
    *((words, number) for number, words in FALSE["another paragraph"]),
    *((" ".join(words.split(" ")[:5]), number % 6 + 1) for number, words in enumerate(WHOLE, 2)),
    *((words, None) for words in pieces(TWICE, 2, 3, 12)),
    *((words, 8) for words in pieces(TWICE, 4)),
    ("round and round", None),
    *((words, None) for words in written_otherwise()),
    *((words, None) for words in across_paragraphs()),
    *((words, None) for words in ("", " ", "\n", "\u200b", ".", "...", ". .", "the", "sluices")),
    *((words, None) for words in ("s caf\u00e9 in Brell", "told Mr Kess")),
    *((words, None) for words in ("15", "Dorn", "$1.5", "2,500", "mistake.")),
]
TRUE = list(dict.fromkeys(piece for words in WHOLE for piece in pieces(words, 5, 9)))


@pytest.fixture
def workspace(quarrel: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small workspace with an article of which a copy is at hand."""
    monkeypatch.delenv("KG_TEXTS", raising=False)
    add_article(quarrel)
    return quarrel


def add_article(folder: Path) -> None:
    """Record the article in the newcomers' workspace, with a copy of its text."""
    (folder / "texts").mkdir()
    (folder / "texts" / "post.txt").write_text(TEXT, "utf-8")
    article = {
        "title": "Arden warns Brell",
        "publisher": "osk-gazette",
        "originator": "osk-gazette",
        "published": "2018-05-01",
        "paragraphs": str(len(PARAGRAPHS)),
        "text_sha256": hashlib.sha256(TEXT.encode()).hexdigest(),
    }
    source = json.dumps({"articles": {"post": article}}, indent=1)
    (folder / "sources" / "post.yaml").write_text(source, "utf-8")


def reading_of(workspace: Path) -> Reading:
    return read(find_workspace(workspace), questions=())


def evidence(words: str, paragraph: int | None = None) -> ClaimWords:
    return ClaimWords((words,), "post", paragraph, None, ("rook",), {"when": "2018-05"})


def new(workspace: Path, words: str = "a grave mistake", object: str = TRIPLE[2]) -> str:
    triple = (*TRIPLE[:2], object)
    return propose(reading_of(workspace), triple, evidence(words), "a test").id


def test_of_two_hundred_bad_quotations_none_is_taken(workspace: Path) -> None:
    assert len(set(BAD)) >= 200
    reading = reading_of(workspace)
    accepted, refused = [], []
    for words, paragraph in set(BAD):
        try:
            accepted.append(propose(reading, TRIPLE, evidence(words, paragraph)).yaml)
        except KgError as refusal:
            refused.append(refusal)
    assert all(each.hint for each in refused)
    assert accepted == []
    assert not (workspace / "proposals").exists()


def test_words_as_the_article_has_them_are_found_with_their_paragraph(workspace: Path) -> None:
    reading = reading_of(workspace)
    for words in TRUE:
        passage = find_passage(words, "post", reading)
        whole = f"{passage.before}{passage.words}{passage.behind}"
        assert (passage.words, whole) == (words, PARAGRAPHS[passage.paragraph - 1])
    assert len(TRUE) >= 80


def test_several_passages_or_an_article_without_a_copy_are_refused(workspace: Path) -> None:
    reading = reading_of(workspace)
    for wish in (
        ClaimWords(("a grave mistake", "the illegal toll"), "post"),
        ClaimWords((), "post"),
        ClaimWords(("a grave mistake",), "gazette-2018-03-12"),
        ClaimWords(("a grave mistake",), "pots"),
        ClaimWords(("a grave mistake",)),
    ):
        with pytest.raises(KgError):
            propose(reading, TRIPLE, wish)


def test_what_could_not_be_accepted_is_not_proposed(workspace: Path) -> None:
    reading = reading_of(workspace)
    for triple in (("vael", "partyTo", "compact-row"), ("valle", "partyTo", "osk-compact")):
        with pytest.raises(KgError):
            propose(reading, triple, evidence("a grave mistake"))
    new(workspace)
    with pytest.raises(KgError, match="waits already"):
        new(workspace)


def test_nothing_is_built_checked_or_counted_from_proposals(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def everything() -> tuple[object, ...]:
        told = []
        for command in (["check", "--format", "json"], ["report"], ["why", "vael"], ["build"]):
            code = main(["-C", str(workspace), *command])
            told.append((code, capsys.readouterr().out))
        files = (workspace / "site").rglob("*")
        return *told, {file.name: file.read_bytes() for file in files if file.suffix == ".nq"}

    before = everything()
    waiting = new(workspace)
    (workspace / "proposals" / "broken.yaml").write_text("assertions: [", "utf-8")
    assert everything() == before
    assert waiting not in reading_of(workspace).written.assertions


def test_what_is_accepted_is_written_and_what_is_rejected_is_gone(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = new(workspace), new(workspace, "the illegal toll")
    assert first != second
    # Somebody may have given a file the other ending.
    (workspace / "proposals" / f"{first}.yaml").rename(workspace / "proposals" / f"{first}.yml")
    assert "/proposals/" in (workspace / ".gitignore").read_text("utf-8").splitlines()
    assert main(["-C", str(workspace), "proposals"]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert "told Mr Kessel that the step was **a grave mistake**." in shown
    assert main(["-C", str(workspace), "proposals", "accept", first]) == 0
    assert main(["-C", str(workspace), "proposals", "reject", second]) == 0
    assert list((workspace / "proposals").iterdir()) == []
    written = reading_of(workspace).written.assertions
    assert (first in written, second in written) == (True, False)
    assert written[first].citations[0].paragraph == 3
    assert main(["-C", str(workspace), "proposals", "accept", first]) == 1


@pytest.mark.parametrize(
    ("old", "changed"),
    [
        ("span: [", "span: [1"),
        ("p: 3", f"p: {'3' * 5000}"),
        ("sha256: ", "sha256: 0"),
        ("p: 3", "p: 4"),
        ("according_to", "note: x\n    according_to"),
        ("post:", "gazette-2018-03-12:"),
        ("assertions:", "actors: {}\nassertions:"),
        ("id: ", "id: x"),
        ("cite:\n", "cite:\n      gazette-2018-03-12: [1]\n"),
        ("object: osk-compact", "object: compact-row"),
    ],
)
def test_a_proposal_that_somebody_has_changed_is_shown_with_what_is_wrong_and_not_accepted(
    workspace: Path, old: str, changed: str
) -> None:
    id = new(workspace)
    file = workspace / "proposals" / f"{id}.yaml"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, changed, 1), "utf-8")
    (proposal,) = read_proposals(reading_of(workspace))
    assert proposal.problem
    assert main(["-C", str(workspace), "proposals", "accept", id]) == 1
    assert file.exists()
    assert main(["-C", str(workspace), "proposals", "reject", id]) == 0


def test_what_is_decided_upon_is_what_was_seen(workspace: Path) -> None:
    id = new(workspace)
    reading = reading_of(workspace)
    (seen,) = read_proposals(reading)
    assert find_proposal(reading, id, seen.fingerprint).id == id
    file = workspace / "proposals" / f"{id}.yaml"
    file.write_text(file.read_text("utf-8").replace("osk-compact", "lume-treaty"), "utf-8")
    with pytest.raises(KgError, match="not what you saw"):
        find_proposal(reading, id, seen.fingerprint)


def test_a_file_too_large_to_be_read_is_told_and_can_be_rejected(workspace: Path) -> None:
    (workspace / "proposals").mkdir()
    file = workspace / "proposals" / "huge.yaml"
    with file.open("wb") as written:
        written.truncate(30_000_000)
    opened = read(find_workspace(workspace))
    [told] = read_proposals(opened)
    assert told.id == "huge"
    assert "30,000,000 bytes" in told.problem
    with pytest.raises(KgError, match="cannot be accepted: the file has 30,000,000 bytes"):
        proposal_draft(opened, "huge")
    reject(opened, "huge")
    assert not file.exists()


def test_a_folder_of_proposals_that_leads_out_of_the_workspace_is_not_written_to(
    workspace: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (workspace / "proposals").symlink_to(elsewhere)
    with pytest.raises(KgError, match="leads out"):
        new(workspace)
    assert list(elsewhere.iterdir()) == []


def test_of_two_that_say_the_same_one_can_be_accepted(workspace: Path) -> None:
    ids = {new(workspace), new(workspace, "renew the protocol")}
    problems = {each.id: each.problem for each in read_proposals(reading_of(workspace))}
    assert set(problems) == ids
    assert sorted(map(bool, problems.values())) == [False, True]


def test_what_is_written_already_is_proposed_as_a_further_citation(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = new(workspace)
    assert main(["-C", str(workspace), "proposals", "accept", first]) == 0
    with pytest.raises(KgError):
        new(workspace)
    second = new(workspace, "renew the protocol")
    capsys.readouterr()
    assert main(["-C", str(workspace), "proposals"]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert f"a further citation to {first}" in shown
    assert "problem" not in shown
    file = workspace / "proposals" / f"{second}.yaml"
    again = file.read_text("utf-8")
    assert main(["-C", str(workspace), "proposals", "accept", second]) == 0
    written = reading_of(workspace).written.assertions
    assert second not in written
    assert len({each.paragraph for each in written[first].citations}) == 2
    assert list((workspace / "proposals").iterdir()) == []
    # What is cited by now cannot be accepted once more, and the list says so.
    file.write_text(again, "utf-8")
    [told] = read_proposals(reading_of(workspace))
    assert "cited already" in told.problem
