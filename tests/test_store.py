"""The store that a build keeps is asked in place, and never where anything has changed since."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from functools import partial
from pathlib import Path

import pyoxigraph as ox
import pytest
from conftest import REPOSITORY, WORKSPACE_FOLDERS
from readback import quads_of

from kg import __version__
from kg.diagnostics import KgError
from kg.files.output import GRAPH, SITE, hold_folder, remove_folder, write_site
from kg.files.workspace import VIEWS, Workspace
from kg.query.folder import read_saved_queries
from kg.query.run import ask_store
from kg.query.sandbox import MIB, Limits, start_the_clock, within_limits
from kg.query.saved import bind_parameters
from kg.rdf.writer import write_nquads
from kg.reading import Reading, read
from kg.reading.store import load_graph
from kg.reading.stores import keep_store
from kg.view.rows import find_rows

MARK = ox.NamedNode("urn:x-kg:built")


@pytest.fixture(scope="module")
def whole(repository: Path) -> Reading:
    """The example, read."""
    return read(Workspace(repository), questions=())


@pytest.fixture
def built(tmp_path: Path, whole: Reading) -> Workspace:
    """The example with the graph of a build, in which stands a triple more, and its store."""
    for name in WORKSPACE_FOLDERS:
        shutil.copytree(REPOSITORY / name, tmp_path / name)
    workspace = Workspace(tmp_path)
    build(workspace, write_nquads([*quads_of(whole), ox.Quad(MARK, MARK, MARK)]))
    return workspace


def build(workspace: Workspace, graph: bytes) -> None:
    """Write a graph as if it had been built of what stands there now, and keep it."""
    inputs = workspace.inputs(__version__)
    write_site(site(workspace), {GRAPH: graph}, replace(inputs, read_ns=inputs.changed_ns + 10**9))
    keep_store(site(workspace), least=0)


def site(workspace: Workspace) -> Path:
    return workspace.root / SITE


def stores(workspace: Workspace) -> set[str]:
    return {path.name for path in site(workspace).iterdir() if path.is_dir()}


def is_of_build(workspace: Workspace) -> bool:
    """Whether the graph is that of the build, and not one made anew."""
    store, _ = load_graph(workspace)
    return ox.Quad(MARK, MARK, MARK) in store


def test_a_store_is_asked_without_the_file_that_it_was_made_of(built: Workspace) -> None:
    (site(built) / GRAPH).unlink()
    assert is_of_build(built)


def test_a_store_answers_saved_queries_as_the_graph_in_memory_does(
    built: Workspace, whole: Reading
) -> None:
    kept, ontology = load_graph(built)
    for name, saved in read_saved_queries(built).items():
        if any(each.required for each in saved.params):
            continue
        text = bind_parameters(saved, {}, ontology, whole.store)
        own, other = (
            ask_store(each, text, ontology.prefixes, name) for each in (kept, whole.store)
        )
        assert own == other, name


def test_nothing_is_asked_that_was_made_of_other_sources(built: Workspace) -> None:
    source = next((built.root / "sources").glob("**/*.yaml"))
    os.utime(source, ns=((site(built) / "build.json").stat().st_mtime_ns + 10**9,) * 2)
    assert not is_of_build(built)


def test_nothing_is_asked_that_no_finished_build_vouches_for(built: Workspace) -> None:
    (site(built) / "build.json").unlink()
    assert not is_of_build(built)


def test_of_a_store_that_is_damaged_the_file_says_the_same_and_the_next_build_mends_it(
    built: Workspace,
) -> None:
    [name] = stores(built)
    (site(built) / name / "CURRENT").write_bytes(b"nothing\n")
    assert is_of_build(built)
    keep_store(site(built), least=0)
    (site(built) / GRAPH).unlink()
    assert is_of_build(built)


def test_a_store_that_somebody_asks_stays_until_a_later_build(
    built: Workspace, whole: Reading
) -> None:
    earlier = stores(built)
    [name] = earlier
    handle = hold_folder(site(built) / name)
    build(built, write_nquads(quads_of(whole)))
    assert len(stores(built)) == 2
    os.close(handle)
    keep_store(site(built), least=0)
    assert len(stores(built)) == 1
    assert stores(built).isdisjoint(earlier)
    assert not is_of_build(built)


def test_a_store_that_was_cut_off_is_no_store_and_goes_with_the_next_build(
    built: Workspace, whole: Reading
) -> None:
    [name] = stores(built)
    cut_off = f".kg-writing-{2**22 + 1}-{name}"
    (site(built) / name).rename(site(built) / cut_off)
    assert is_of_build(built)
    build(built, write_nquads(quads_of(whole)))
    assert cut_off not in stores(built)
    assert len(stores(built)) == 1


def test_a_graph_that_is_put_into_a_store_some_at_a_time_is_whole(
    built: Workspace, whole: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.reading.stores.LOADED_AT_ONCE", 100_000)
    marked = {*quads_of(whole), *(ox.Quad(MARK, MARK, ox.Literal(n)) for n in range(9))}
    build(built, write_nquads(marked))
    kept, _ = load_graph(built)
    assert len(kept) == len(marked)
    assert len([*kept.quads_for_pattern(MARK, None, None)]) == 9


def test_a_graph_on_the_disk_gives_the_rows_of_views_that_one_in_memory_gives(
    whole: Reading, repository: Path, tmp_path: Path
) -> None:
    views = [*read_saved_queries(Workspace(repository), VIEWS).values()]
    on_the_disk = read(Workspace(repository), questions=())
    on_the_disk.put_on_disk(tmp_path)
    [name] = [path.name for path in tmp_path.iterdir()]
    for view in views:
        assert sorted(find_rows(on_the_disk, view)) == sorted(find_rows(whole, view))
    assert "store" not in vars(on_the_disk)
    remove_folder(tmp_path / name)
    assert (tmp_path / name).is_dir()
    on_the_disk.forget_store()
    remove_folder(tmp_path / name)
    assert not list(tmp_path.iterdir())


def test_of_a_small_graph_no_store_is_kept(built: Workspace) -> None:
    keep_store(site(built))
    assert stores(built) == set()
    assert is_of_build(built)


def test_what_is_read_before_the_clock_starts_does_not_count_and_what_comes_after_does() -> None:
    limits = Limits(reading=60.0, memory=64 * MIB, hint="raise it")

    def work(after: int) -> int:
        read_before = bytearray(200 * MIB)
        start_the_clock(limits)
        return len(read_before) + len(bytearray(after))

    assert within_limits(partial(work, 8 * MIB), limits) == 208 * MIB
    with pytest.raises(KgError, match="more memory than the limit of 64 MiB") as stopped:
        within_limits(partial(work, 200 * MIB), limits)
    assert (stopped.value.exit_code, stopped.value.hint) == (3, "raise it")
