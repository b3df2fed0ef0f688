"""A file that is read in pieces says what it says as a whole, whatever is written into it."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path

import pytest
from conftest import REPOSITORY

from kg.files.cache import Cache, open_cache
from kg.files.workspace import SourceFile, Workspace
from kg.ontology import Ontology
from kg.ontology.reader import read_ontology
from kg.sources import pieces, yamlfile
from kg.sources.loader import Loaded, RecordCache, load_corpus

LINES = (
    *("", "# a remark", "  # a remark", "places:", "assertions:", "end:", "---", "...", "%x"),
    *(
        "  - end",
        "  end:",
        "    note: 'open",
        "    note: [open",
        "  - {",
        "  }",
        '    note: "x',
        '"',
    ),
    *("    note: |", "      - no record", "\t", "  x: {type: City, label: X}", "- subject: x"),
    *("    note: a\u2028b", "    note: \ufeff", "    note: \u202e", "    note: a #b", "  -", "? x"),
)


@cache
def ontology() -> Ontology:
    return read_ontology(Workspace(REPOSITORY).files("ontology", (".ttl",)).contents)[0]


@cache
def sources() -> tuple[str, ...]:
    folders = (REPOSITORY, REPOSITORY / "tests" / "newcomer")
    files = [file for each in folders for file in Workspace(each).files("sources", (".yaml",))[0]]
    return tuple(file.data.decode() for file in files)


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Cache:
    """A cache, where files are cut whatever their length."""
    monkeypatch.setenv("KG_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(pieces, "LEAST_CUT", 0)
    monkeypatch.setattr(pieces, "LEAST_PIECE", 0)
    monkeypatch.setattr(pieces, "ONE_IN", 3)
    opened = open_cache(tmp_path)
    assert opened
    return opened


def loaded(text: str, known: RecordCache | None = None) -> Loaded:
    """What a file says, but for the places of ids and how much was known."""
    file = SourceFile("sources/a.yaml", text.encode())
    return load_corpus([file], ontology(), known)._replace(references=(), reused=0)


def edited(lines: list[str], chance: random.Random) -> list[str]:
    place = chance.randrange(len(lines) + 1)
    match chance.randrange(4):
        case 0:
            return [*lines[:place], chance.choice(LINES), *lines[place:]]
        case 1:
            return lines[:place] + lines[place + chance.randrange(1, 4) :]
        case 2:
            other = chance.randrange(len(lines) + 1)
            return lines[:place] + lines[other : other + 8] + lines[place:]
    words = " ".join(lines[place : place + 1]).split(" ")
    words[chance.randrange(len(words))] = chance.choice(["x", "'", '"', "{", "]", ":", "1900"])
    return [*lines[:place], " ".join(words), *lines[place + 1 :]]


@pytest.mark.parametrize("seed", range(4))
def test_after_any_edits_a_file_says_in_pieces_what_it_says_as_a_whole(
    small: Cache, seed: int
) -> None:
    chance, known = random.Random(seed), RecordCache(small, "")
    text = chance.choice(sources())
    before, in_pieces = text, 0
    for _ in range(40):
        assert loaded(text, known) == loaded(text), text
        in_pieces += bool(pieces.cut_pieces(SourceFile("sources/a.yaml", text.encode())))
        text = "\n".join(edited((before if chance.random() < 0.7 else text).split("\n"), chance))
    assert in_pieces > 10


def long_text() -> str:
    record = "  - {{subject: a-{0}, predicate: meets, object: b-{0}, when: 2018, cite: {{art: 1}}}}"
    return "assertions:\n" + "".join(f"{record.format(n)}\n" for n in range(2_000))


def test_after_an_edit_a_small_part_of_a_long_file_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_CACHE", str(tmp_path / "cache"))
    opened = open_cache(tmp_path)
    assert opened
    known, text, read = RecordCache(opened, ""), long_text(), list[str]()
    loaded(text, known)
    read_piece = pieces.read_piece

    def read_and_count(name: str, piece: pieces.Piece, terms: Ontology) -> object:
        read.append(piece.text)
        return read_piece(name, piece, terms)

    monkeypatch.setattr(pieces, "read_piece", read_and_count)
    assert loaded(text, known) == loaded(text)
    assert read == []
    for line in (
        "# first\n",
        "",
        "  - {subject: c, predicate: meets, object: d, cite: {art: 2}}\n",
    ):
        text = text.replace("  - {subject: a-1000,", f"{line}  - {{subject: a-1000,")
        text = text.replace("object: b-70,", "object: c-70,")
        assert loaded(text, known) == loaded(text)
    assert 0 < sum(map(len, read)) < len(text) / 4


def test_a_file_of_too_many_values_is_refused_as_a_whole(
    small: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (pieces, yamlfile):
        monkeypatch.setattr(module, "MOST_VALUES", 5_000)
    text = "places:\n" + "".join(f"  p-{n}: {{type: [{'x,' * 120}]}}\n" for n in range(50))
    assert loaded(text, RecordCache(small, "")) == loaded(text)
    assert [each.rule.code for each in loaded(text).diagnostics] == ["KG003"]


def test_the_first_of_two_equal_keys_in_other_pieces_is_named(small: Cache) -> None:
    records = "".join(f"  p-{n}: {{type: City, label: P {n}}}\n" for n in range(50))
    text = f"places:\n{records}  p-3: {{type: City, label: Again}}\n"
    assert loaded(text, RecordCache(small, "")) == loaded(text)
    assert [each.rule.code for each in loaded(text).diagnostics] == ["KG012"]
