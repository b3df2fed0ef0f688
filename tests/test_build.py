"""A build is whole, the same to the byte whatever the surroundings, and never vouches for what has
changed since.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest
import yaml
from commands import Commands
from conftest import Golden, Kg, offline_environment, small_quarrel


def built(folder: Path) -> dict[str, bytes]:
    """The files of a build by name."""
    site = folder / "site"
    paths = (path for path in sorted(site.rglob("*")) if path.is_file())
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in paths}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, repository: Path) -> dict[str, bytes]:
    """One build of the example, to compare others with."""
    import subprocess
    import sys

    folder = tmp_path_factory.mktemp("first")
    for name in ("ontology", "sources", "queries", "viz"):
        shutil.copytree(repository / name, folder / name)
    subprocess.run(
        [sys.executable, "-m", "kg", "build"],
        cwd=folder,
        env={"PYTHONPATH": str(repository)},
        check=True,
    )
    return built(folder)


@pytest.fixture(scope="module")
def quarrel_site(tmp_path_factory: pytest.TempPathFactory, commands: Commands) -> Path:
    """The site of the newcomers' workspace, for tests that begin with one."""
    folder = small_quarrel(tmp_path_factory.mktemp("built") / "quarrel")
    assert commands.run(["build"], folder, "", offline_environment()).code == 0
    return folder / "site"


@pytest.fixture
def built_quarrel(quarrel: Path, quarrel_site: Path) -> Path:
    """The newcomers' workspace, with a site of its own that was built from it."""
    shutil.copytree(quarrel_site, quarrel / "site")
    return quarrel


def test_the_same_workspace_gives_the_same_bytes_wherever_and_however_it_is_built(
    site: dict[str, bytes], workspace: Path, kg: Kg
) -> None:
    moved = workspace.with_name("ein Ordner 資料")
    workspace.rename(moved)
    surroundings = {"PYTHONHASHSEED": "2", "TZ": "Pacific/Kiritimati"}
    surroundings |= {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0"}
    answer = kg("build", cwd=moved, env=surroundings)
    assert answer.code == 0, answer.stderr
    assert built(moved) == site


def test_how_sources_are_split_over_files_does_not_change_the_graph(
    site: dict[str, bytes], workspace: Path, kg: Kg
) -> None:
    files = sorted((workspace / "sources").glob("*.yaml"))
    for number, file in enumerate(files):
        file.rename(file.with_name(f"{len(files) - number:02d}-{file.name}"))
    assert kg("build", cwd=workspace).code == 0
    again = built(workspace)
    # The page of an assertion says in which file it is written.
    others = {name for name in site if again[name] != site[name]} - {"build.json"}
    assert {name.partition("/")[0] for name in others} == {"assertion"}


def test_a_second_build_writes_nothing(built_quarrel: Path, kg: Kg) -> None:
    before = {path: path.stat().st_ino for path in (built_quarrel / "site").iterdir()}
    assert kg("build", cwd=built_quarrel).code == 0
    assert {path: path.stat().st_ino for path in (built_quarrel / "site").iterdir()} == before


def test_both_forms_of_the_graph_hold_the_same_triples(site: dict[str, bytes]) -> None:
    lines = {str(quad.triple) for quad in ox.parse(site["graph.nq"], ox.RdfFormat.N_QUADS)}
    pretty = {str(quad.triple) for quad in ox.parse(site["graph.ttl"], ox.RdfFormat.TURTLE)}
    assert lines == pretty
    text = site["graph.nq"].decode().splitlines()
    assert text == sorted(text)


def test_a_query_sees_a_change_made_after_the_build(built_quarrel: Path, kg: Kg) -> None:
    ask = ("query", "-", "--format", "csv")
    text = (
        "SELECT ?label { :vael rdfs:label ?label "
        'FILTER(LANGMATCHES(LANG(?label), "en") || LANG(?label) = "") }'
    )
    assert "Vael" in kg(*ask, cwd=built_quarrel, stdin=text).stdout
    for file in sorted((built_quarrel / "sources").glob("*.yaml")):
        file.write_text(file.read_text("utf-8").replace("label: Vael}", "label: Nippon}"), "utf-8")
    assert "Nippon" in kg(*ask, cwd=built_quarrel, stdin=text).stdout


def test_a_query_does_not_trust_a_built_graph_that_was_changed_by_hand(
    quarrel: Path, kg: Kg
) -> None:
    assert kg("build", cwd=quarrel).code == 0
    graph = quarrel / "site" / "graph.nq"
    graph.write_bytes(graph.read_bytes().replace(b'"Vael"', b'"Atlantis"'))
    assert "Atlantis" not in kg("query", "parties", "--format", "csv", cwd=quarrel).stdout


def test_a_build_under_a_lens_is_never_taken_for_what_the_sources_say(
    quarrel: Path, kg: Kg
) -> None:
    full = kg("query", "parties", "--format", "csv", cwd=quarrel).stdout
    assert kg("build", "--known-by", "2000-01-01", cwd=quarrel).code == 0
    assert kg("query", "parties", "--format", "csv", cwd=quarrel).stdout == full


def test_errors_stop_a_build_before_anything_is_written(workspace: Path, kg: Kg) -> None:
    (workspace / "sources" / "wrong.yaml").write_text("actors:\n  x: {type: Sate, label: X}\n")
    answer = kg("build", cwd=workspace)
    assert answer.code == 1
    assert "wrong.yaml:2:" in answer.stderr
    assert "did you mean 'State'" in answer.stderr
    assert not (workspace / "site").exists()


def test_files_of_views_that_are_gone_are_removed(built_quarrel: Path, kg: Kg) -> None:
    assert (built_quarrel / "site" / "meetings.html").exists()
    for file in (built_quarrel / "viz").glob("meetings.*"):
        file.unlink()
    (built_quarrel / "site" / "mine.txt").write_text("not of a build")
    assert kg("build", cwd=built_quarrel).code == 0
    assert not (built_quarrel / "site" / "meetings.html").exists()
    assert (built_quarrel / "site" / "mine.txt").exists()


def test_a_build_of_the_graph_alone_has_no_pages(built_quarrel: Path, kg: Kg) -> None:
    whole = built(built_quarrel)
    assert kg("build", "--graph-only", cwd=built_quarrel).code == 0
    alone = built(built_quarrel)
    assert alone.keys() == {"graph.nq", "graph.ttl", "build.json"}
    assert all(alone[name] == whole[name] for name in alone.keys() - {"build.json"})
    refused = kg("build", "--graph-only", "--base-url", "https://example.org/", cwd=built_quarrel)
    assert (refused.code, "--graph-only has none" in refused.stderr) == (2, True)


def test_one_assertion_in_turtle_is_as_the_model_says(
    site: dict[str, bytes], golden: Golden
) -> None:
    """The nodes of one claim, its denial and their citations, as docs/model.md describes them."""
    store = ox.Store()
    store.bulk_load(site["graph.nq"], ox.RdfFormat.N_QUADS)
    base = "https://w3id.org/actor-kg/gsomia/"
    wanted = [
        quad
        for quad in store
        if any(f"/{part}radar-" in str(quad.subject) for part in ("assertion/", "citation/"))
    ]
    lines = sorted(str(quad.triple).replace(base, "base:") for quad in wanted)
    golden("radar.txt", "\n".join(lines) + "\n")


def test_the_manifest_names_every_file_and_every_input(
    site: dict[str, bytes], repository: Path
) -> None:
    manifest = json.loads(site["build.json"])
    assert set(manifest["files"]) == set(site) - {"build.json"}
    named = {name for name in manifest["inputs"] if name.endswith(".yaml")}
    assert named == {f"sources/{path.name}" for path in (repository / "sources").glob("*.yaml")}


def test_every_source_file_of_the_example_is_plain_yaml_for_other_tools_too(
    repository: Path,
) -> None:
    for path in sorted((repository / "sources").glob("*.yaml")):
        assert isinstance(yaml.safe_load(path.read_text("utf-8")), dict)


def test_a_mistake_in_a_saved_query_stops_no_build_and_one_in_a_view_stops_it(
    quarrel: Path, kg: Kg
) -> None:
    (quarrel / "queries" / "broken.rq").write_text("SELECT WHERE {", encoding="utf-8")
    assert kg("build", cwd=quarrel).code == 0
    assert kg("why", "osk-compact", cwd=quarrel).code == 0
    assert kg("check", cwd=quarrel).code != 0
    (quarrel / "viz" / "broken.rq").write_text("SELECT WHERE {", encoding="utf-8")
    before = built(quarrel)
    answer = kg("build", cwd=quarrel)
    assert (answer.code, answer.stdout) == (1, "")
    assert "viz/broken.rq" in answer.stderr
    assert "queries/broken.rq" not in answer.stderr
    assert built(quarrel) == before
