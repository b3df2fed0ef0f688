"""What a part of a workspace tells of an id is what the whole tells of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from corpora import worlds
from hypothesis import given, settings
from readings import CORE, reading
from test_growth import told

from kg import kept, parts
from kg.dates import Day
from kg.diagnostics import KgError
from kg.reading import Reading, read
from kg.reports.explanation import explain
from kg.reports.why import why_document
from kg.status.lens import Lens
from kg.workspace import Workspace

LENSES = (Lens(), Lens(known_by=Day(2010, 1, 1)), Lens(true_on=Day(2001, 5, 4)))


def answers(whole: Reading, id: str) -> list[object]:
    """What is told of an id, conclusions included, or that it is not there, through lenses."""
    found: list[object] = []
    for lens in LENSES:
        seen = whole.under(lens)
        try:
            document = why_document(id, explain(id, seen, with_conclusions=True), seen)
            found.append((document.data, document.sections))
        except KgError:
            found.append("not there")
    return found


def assert_parts_tell_what_the_whole_tells(whole: Reading) -> None:
    corpus = whole.written
    blocks, numbers = parts.divide(corpus, CORE, least=1)
    kinds = (corpus.articles, corpus.things, corpus.assertions, corpus.conflicts)
    assert {id for kind in kinds for id in kind} == numbers.keys()
    rest = replace(corpus, assertions={})
    for id, own in numbers.items():
        part = parts.join_blocks(rest, [blocks[number] for number in own])
        assert answers(replace(whole, written=part), id) == answers(whole, id), id


@settings(max_examples=4)
@given(world=worlds())
def test_a_part_of_any_world_tells_what_the_whole_tells(world: dict[str, object]) -> None:
    assert_parts_tell_what_the_whole_tells(reading(world))


@settings(max_examples=4)
@given(world=told())
def test_a_part_with_offices_lives_and_ids_of_one_thing_tells_what_the_whole_tells(
    world: dict[str, object],
) -> None:
    assert_parts_tell_what_the_whole_tells(reading(world))


def test_who_asks_again_reads_a_part_until_anything_changes(
    quarrel: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(kept, "LEAST_CACHED", 0)
    monkeypatch.setattr(parts, "LEAST_DIVIDED", 1)
    workspace = Workspace(quarrel)
    first = read(workspace, questions=())
    parts.keep_parts(first)
    assert not any(parts.find_part(workspace, id) for id in first.written.assertions)
    assert first.judgement
    parts.keep_parts(read(workspace, questions=()))
    found = {id: parts.find_part(workspace, id) for id in first.written.assertions}
    own = {id: part for id, part in found.items() if part}
    assert own
    for id, part in own.items():
        assert len(part.written.assertions) < len(first.written.assertions)
        assert answers(part, id) == answers(first, id)
    id = next(iter(own))
    assert parts.find_part(workspace, "nobody") is None
    assert parts.find_part(workspace._replace(texts=tmp_path), id) is None
    for path in (tmp_path / "cache").rglob("*-parts-*-rest"):
        path.write_bytes(b"damaged")
    assert parts.find_part(workspace, id) is None
    parts.keep_parts(read(workspace, questions=()))
    assert parts.find_part(workspace, id)
    source = next((quarrel / "sources").glob("*.yaml"))
    source.write_text(source.read_text("utf-8") + "# Changed.\n", "utf-8")
    assert parts.find_part(workspace, id) is None
