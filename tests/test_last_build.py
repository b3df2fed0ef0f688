"""A build where nothing has changed says so, and any other is made."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Kg
from test_filesystem import site

UNCHANGED = "nothing has changed since the last build: "


@pytest.fixture
def built(quarrel: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kg: Kg) -> Path:
    """A workspace with a cache of its own that has been built."""
    monkeypatch.setenv("KG_CACHE", str(tmp_path / "cache"))
    first = kg("build", cwd=quarrel)
    assert (first.code, UNCHANGED in first.stdout) == (0, False)
    return quarrel


def is_made_again(kg: Kg, folder: Path, *options: str) -> bool:
    found = kg("build", *options, cwd=folder)
    assert found.code == 0, found.stderr
    return UNCHANGED not in found.stdout


def add_a_line(path: Path) -> None:
    path.write_text(f"{path.read_text('utf-8')}# more\n", "utf-8")


def test_a_build_where_nothing_changed_says_what_the_last_one_said(built: Path, kg: Kg) -> None:
    before = site(built)
    anew = kg("build", "--no-cache", cwd=built).stdout
    told = kg("build", cwd=built).stdout
    assert told.replace(UNCHANGED, "built ") == anew
    assert site(built) == before
    assert is_made_again(kg, built, "--no-cache")


CHANGES: list[Callable[[Path], object]] = [
    lambda root: (root / "site" / "index.html").unlink(),
    lambda root: (root / "site" / "index.html").write_text("<h1>mine</h1>", "utf-8"),
    lambda root: (root / "site" / "graph.nq").write_bytes(b""),
    lambda root: (root / "site" / "build.json").unlink(),
    lambda root: add_a_line(next((root / "sources").glob("*.yaml"))),
    lambda root: (root / "viz" / "style.yaml").write_text("families: {}\n", "utf-8"),
    lambda root: (root / "queries" / "all.rq").write_text("SELECT ?a { ?a a kg:Actor }", "utf-8"),
]


def test_whatever_changed_since_the_last_build_has_it_made_again(built: Path, kg: Kg) -> None:
    assert not is_made_again(kg, built)
    for number, change in enumerate(CHANGES):
        change(built)
        assert is_made_again(kg, built), number
        assert not is_made_again(kg, built), number
    after = site(built)
    assert is_made_again(kg, built, "--no-cache")
    assert site(built) == after


def test_other_options_or_another_folder_have_a_build_made_again(built: Path, kg: Kg) -> None:
    for options in (
        ("--base-url", "https://example.org/"),
        ("--known-by", "2024-01-01"),
        ("--out", "other"),
        (),
    ):
        assert is_made_again(kg, built, *options)
        assert not is_made_again(kg, built, *options)


def test_a_query_takes_the_last_build_for_fresh_once_it_is_known_to_be(built: Path, kg: Kg) -> None:
    manifest = built / "site" / "build.json"
    source = next((built / "sources").glob("*.yaml"))
    os.utime(source)
    touched = manifest.stat().st_mtime_ns
    assert source.stat().st_mtime_ns > touched
    assert not is_made_again(kg, built)
    assert manifest.stat().st_mtime_ns > source.stat().st_mtime_ns


def test_a_question_that_a_limit_stopped_is_asked_again(built: Path, kg: Kg) -> None:
    # Its memory is at an end ten times as soon as its time would be.
    large = "SELECT ?a ?d ?g { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY DESC(?a)"
    (built / "queries" / "large.rq").write_text(large, "utf-8")
    assert is_made_again(kg, built)
    page = (built / "site" / "ask" / "large.html").read_text("utf-8")
    assert "it needed more memory than the limit" in page
    assert is_made_again(kg, built)
    (built / "queries" / "large.rq").unlink()
    assert is_made_again(kg, built)
    assert not is_made_again(kg, built)
