"""What ``kg check`` says with what it has kept is what it says without."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Kg

from kg.files.outcome import ENDINGS
from kg.files.workspace import Folder, Workspace
from kg.reading import read

FOLDERS = ("ontology", "sources", "queries", "viz")


@pytest.fixture
def small(quarrel: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with a cache of its own."""
    monkeypatch.setenv("KG_CACHE", str(tmp_path / "cache"))
    (quarrel / "viz" / "style.yaml").write_text("families: {}\n")
    return quarrel


def said(kg: Kg, root: Path, *options: str) -> tuple[int, object]:
    """What a check says and ends with, but for how many files it knew."""
    result = kg("check", "--format", "json", *options, cwd=root)
    told = json.loads(result.stdout)
    del told["summary"]["reused_files"]
    return result.code, told


def files(root: Path) -> list[Path]:
    return sorted(path for name in FOLDERS for path in (root / name).rglob("*") if path.is_file())


def drop_line(path: Path, chance: random.Random) -> None:
    lines = path.read_text("utf-8").splitlines(keepends=True)
    lines.pop(chance.randrange(len(lines)))
    path.write_text("".join(lines), "utf-8")


def repeat_line(path: Path, chance: random.Random) -> None:
    lines = path.read_text("utf-8").splitlines(keepends=True)
    number = chance.randrange(len(lines))
    lines.insert(number, lines[number])
    path.write_text("".join(lines), "utf-8")


def change_word(path: Path, chance: random.Random) -> None:
    words = path.read_text("utf-8").split(" ")
    words[chance.randrange(len(words))] = chance.choice(words)
    path.write_text(" ".join(words), "utf-8")


def add_remark(path: Path, chance: random.Random) -> None:
    text = path.read_text("utf-8")
    path.write_text(f"# Nothing {chance.random()}\n{text}", "utf-8")


def add_copy(path: Path, chance: random.Random) -> None:
    shutil.copy(path, path.with_name(f"copy-{chance.randrange(9)}-{path.name}"))


def remove(path: Path, chance: random.Random) -> None:
    path.unlink()


def hide(path: Path, chance: random.Random) -> None:
    path.rename(path.with_name(f".{path.name}"))


def link(path: Path, chance: random.Random) -> None:
    (path.parent / f"linked-{chance.randrange(9)}").symlink_to(path.parent)


EDITS: tuple[Callable[[Path, random.Random], None], ...] = (
    *(drop_line, repeat_line, change_word, change_word, change_word, add_remark),
    *(add_copy, remove, hide, link),
)


@pytest.mark.parametrize("seed", range(2))
def test_after_any_edits_a_check_says_what_it_says_without_a_cache(
    small: Path, kg: Kg, seed: int, tmp_path: Path
) -> None:
    chance = random.Random(seed)
    before = tmp_path / "before"
    for _ in range(5):
        assert said(kg, small) == said(kg, small) == said(kg, small, "--no-cache")
        shutil.rmtree(before, ignore_errors=True)
        shutil.copytree(small, before, symlinks=True)
        chance.choice(EDITS)(chance.choice(files(small)), chance)
        assert said(kg, small) == said(kg, small, "--no-cache")
        if chance.random() < 0.5:  # taken back
            shutil.rmtree(small)
            shutil.copytree(before, small, symlinks=True)


def test_each_format_and_option_is_told_from_what_is_kept(small: Path, kg: Kg) -> None:
    source = next((small / "sources").glob("*.yaml"))
    with open(source, "a", encoding="utf-8") as file:
        file.write("places: {nowhere: {type: City, label: Nowhere}}\n")
    (small / "viz" / "style.yaml").write_text("nothing: known\n")
    kg("check", cwd=small)
    for options in (
        (),
        ("--format", "lines"),
        ("--format", "github"),
        ("--format", "sarif"),
        ("--ignore", "KG207"),
        ("--warn-as-error",),
    ):
        told = kg("check", *options, cwd=small)
        anew = kg("check", "--no-cache", *options, cwd=small)
        assert told.stdout.replace(" (2 known from the cache)", "") == anew.stdout
        assert (told.code, told.stderr) == (anew.code, anew.stderr)


def test_questions_are_tried_again_only_where_they_or_the_ontology_have_changed(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def told() -> list[str]:
        return [str(each) for each in read(Workspace(small)).diagnostics]

    question, ontology = small / "queries" / "wrong.rq", small / "ontology" / "mine.ttl"
    question.write_text("SELECT")
    wrong = told()
    assert "queries/wrong.rq" in str(wrong)
    add_remark(next((small / "sources").glob("*.yaml")), random.Random(0))
    with monkeypatch.context() as untried:
        untried.setattr("kg.query.checks.folder_problems", None)
        assert told() == wrong
    question.write_text("ASK {}")
    mended = told()
    assert mended != wrong
    ontology.write_text("")
    monkeypatch.setattr("kg.query.checks.folder_problems", None)
    with pytest.raises(TypeError):
        told()


def test_texts_are_looked_into_each_time(small: Path, kg: Kg, tmp_path: Path) -> None:
    kg("check", cwd=small)
    texts = tmp_path / "copies"
    texts.mkdir()
    for id in read(Workspace(small)).written.articles:
        (texts / f"{id}.txt").write_text("Other words.\n")
    told = said(kg, small)
    with_texts = kg("--texts", texts, "check", "--format", "json", cwd=small)
    assert told[0] == 0
    assert json.loads(with_texts.stdout)["findings"] != []


def test_what_is_kept_of_a_check_is_of_all_files_that_it_reads(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: set[str] = set()
    files_of = Folder.files

    def files(folder: Folder, endings: tuple[str, ...]) -> object:
        asked.update(endings)
        return files_of(folder, endings)

    monkeypatch.setattr(Folder, "files", files)
    read(Workspace(small))
    assert {ending for ending in asked if not ending.endswith(ENDINGS)} == set()
