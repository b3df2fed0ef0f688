"""What a part of a workspace tells of an id is what the whole tells of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from itertools import chain, combinations, product
from pathlib import Path

import pytest
from corpora import worlds
from hypothesis import assume, given, settings
from readings import CORE, reading, said, things, world
from test_growth import told

from kg.cli import main
from kg.dates import Day
from kg.diagnostics import KgError
from kg.files.workspace import Workspace
from kg.reading import Reading, parts, read, reading_cache
from kg.reports.document import Document
from kg.reports.explanation import explain
from kg.reports.found import found_document, things_with
from kg.reports.life_document import life_document, membership_document
from kg.reports.lives.index import LifeIndex
from kg.reports.lives.lives import life_on
from kg.reports.lives.memberships import member_lives
from kg.reports.network.asides import ALSO
from kg.reports.network.kept_ties import find_ties, keep_ties
from kg.reports.network.paths import PathQuestion, find_paths
from kg.reports.network.ties import all_ties
from kg.reports.path_document import path_document
from kg.reports.timeline import make_timeline, own_days, things_told_with
from kg.reports.timeline_document import timeline_document
from kg.reports.why import why_document
from kg.status.lens import Lens
from kg.status.status import Status

LENSES = (Lens(), Lens(known_by=Day(2010, 1, 1)), Lens(true_on=Day(2001, 5, 4)))


def answers(whole: Reading, id: str) -> list[object]:
    """What is told of an id through lenses, conclusions included, and where it stands."""
    found: list[object] = []
    for lens in LENSES:
        for tell in (why, status):
            try:
                found += ((each.data, each.sections) for each in tell(id, whole.under(lens)))
            except KgError as error:
                found.append(str(error))
    return found


def why(id: str, seen: Reading) -> Iterator[Document]:
    """What is told of an assertion, or of all that concerns a thing, article or conflict."""
    yield why_document(id, explain(id, seen, with_conclusions=True), seen)


def status(id: str, seen: Reading) -> Iterator[Document]:
    """Where a thing stands in its life, and where each party does in it."""
    day = seen.lens.true_on or Day(2010, 3, 1)
    seen = replace(seen.under(replace(seen.lens, true_on=None)), day_of_names=day)
    index = LifeIndex(seen)
    found = life_on(id, day, seen, index)
    members = member_lives(found.thing, day, index)
    yield life_document(found, seen, members)
    for each in members:
        yield membership_document(each, found, seen)


def assert_parts_tell_what_the_whole_tells(whole: Reading) -> None:
    corpus = whole.written
    blocks, numbers = parts.divide_corpus(corpus, CORE, least=1)
    kinds = (corpus.articles, corpus.things, corpus.assertions, corpus.conflicts)
    assert {id for kind in kinds for id in kind} == numbers.keys()
    rest, larger = replace(corpus, assertions={}), parts_of(whole, least=4)
    for id, own in numbers.items():
        part = parts.join_groups(rest, chain.from_iterable(blocks[number] for number in own))
        assert answers(replace(whole, written=part), id) == answers(whole, id), id
        asked = larger.about([id])
        assert asked
        assert asked.written == part


@settings(max_examples=4)
@given(world=worlds())
def test_a_part_of_any_world_tells_what_the_whole_tells(world: dict[str, object]) -> None:
    whole = reading(world)
    assert_parts_tell_what_the_whole_tells(whole)
    assert_timelines_and_names_are_those_of_the_whole(whole)


@settings(max_examples=4)
@given(world=told())
def test_a_part_with_offices_lives_and_ids_of_one_thing_tells_what_the_whole_tells(
    world: dict[str, object],
) -> None:
    whole = reading(world)
    assert_parts_tell_what_the_whole_tells(whole)
    assert_timelines_and_names_are_those_of_the_whole(whole)


def paths(whole: Reading, parted: parts.Parts | None = None) -> list[object]:
    """What is told of the paths between things, by what is kept of their ties or else anew."""
    ids, told = sorted(whole.written.things)[:5], list[object]()
    for start, end in combinations(ids, 2):
        question, seen = PathQuestion(start, end, also=ALSO), whole
        answer = find_paths(whole, question)
        if parted:
            ties = find_ties(parted.reading_cache)
            assert ties is not None
            answer = find_paths(parted.frame, question, ties=ties)
            part = parted.about(answer.assertions)
            assert part
            answer, seen = answer.with_statements(part.statements), part
        document = path_document(answer, seen)
        told.append((document.data, document.sections))
    return told


def parts_of(whole: Reading, least: int = 1) -> parts.Parts:
    """A world as it is kept in parts, each as small as can be."""
    keeper = reading_cache.keep_in_memory()(Path(), (), ())
    assert keeper
    division = parts.divide_corpus(whole.written, CORE, least)
    for number, block in enumerate(division.blocks):
        parts.keep_block(keeper, CORE, number, block)
    frame = replace(whole, written=replace(whole.written, assertions={}))
    # As of many more blocks: it is no matter how much of the whole they are.
    return parts.Parts(frame, keeper, 3 * len(division.blocks), division.numbers)


@settings(max_examples=4)
@given(world=worlds())
def test_paths_by_kept_ties_are_those_of_the_whole(world: dict[str, object]) -> None:
    whole = reading(world).under(Lens())
    assume(not whole.corpus.main_ids)
    parted = parts_of(whole)
    keep_ties(all_ties(whole), parted.reading_cache)
    assert paths(whole, parted) == paths(whole)


def assert_timelines_and_names_are_those_of_the_whole(whole: Reading) -> None:
    parted = parts_of(whole)
    for id, lens in product(whole.written.things, LENSES):
        part = part_with_timeline(parted, id, lens)
        assert part
        assert timeline_told(id, part.under(lens)) == timeline_told(id, whole.under(lens)), id
    for words in ("a", "1"):
        part = parted.about_more((), partial(things_with, words))
        assert part
        assert names_told(words, part) == names_told(words, whole)


def test_a_timeline_reads_the_dates_of_events_about_a_pact_and_what_lies_between_these() -> None:
    events = things("events", "Decision", "late", "mid", "early")
    taken = [said("alpha", "takesDecision", event, when="2003") for event in events["events"]]
    about = [said(event, "concerns", "pact") for event in ("late", "early")]
    order = [said("late", "precedes", "mid"), said("mid", "precedes", "early")]
    whole = reading(world(*taken, *about, *order, **events))
    assert_timelines_and_names_are_those_of_the_whole(whole)
    [point] = make_timeline(["pact"], None, None, tuple(Status), whole).points
    assert [bundle.event for bundle in point.bundles] == ["late", "early"]


def part_with_timeline(parted: parts.Parts, id: str, lens: Lens) -> Reading | None:
    return parted.about_more([id], lambda part: things_told_with([id], part.under(lens)))


def timeline_told(id: str, seen: Reading) -> object:
    main_id = seen.corpus.main_id(id)
    if main_id not in seen.corpus.things:
        return None
    found = make_timeline([main_id], None, None, tuple(Status), seen)
    document = timeline_document(found, id)
    return document.data, document.sections, own_days(main_id, seen)


def names_told(words: str, seen: Reading) -> object:
    try:
        document = found_document(words, seen, 20)
    except KgError as error:
        return str(error), error.hint
    return document.data, document.sections


def test_after_a_build_the_first_question_reads_a_part(
    quarrel: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(parts, "LEAST_DIVIDED", 1)
    for view in (quarrel / "viz").glob("*.rq"):
        view.unlink()
    assert main(["-C", str(quarrel), "build", "--jobs", "1"]) == 0
    kept_parts = parts.open_parts(Workspace(quarrel))
    assert kept_parts
    assert any(map(kept_parts.about, ([id] for id in kept_parts.numbers)))
    ties = find_ties(kept_parts.reading_cache)
    told = all_ties(read(Workspace(quarrel)).under(Lens()))
    assert [each.id for each in ties or ()] == [each.id for each in told] != []


def test_who_asks_again_reads_a_part_until_anything_changes(
    quarrel: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(parts, "LEAST_DIVIDED", 1)
    workspace = Workspace(quarrel)
    first = read(workspace, questions=())
    parts.keep_parts(first)
    assert not any(parts.find_part(workspace, id) for id in first.written.assertions)
    parts.keep_parts(read(workspace, questions=()))
    monkeypatch.setattr(parts, "divide_corpus", None)
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
    source = next((quarrel / "sources").glob("*.yaml"))
    source.write_text(source.read_text("utf-8") + "# Changed.\n", "utf-8")
    assert parts.find_part(workspace, id) is None
