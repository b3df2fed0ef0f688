"""Earlier versions: the command compares with a folder or with a revision, and says plainly where
it cannot.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from conftest import Kg

from kg.dates import Day
from kg.dates.words import day_in_words
from kg.files.scaffold import start_workspace
from kg.files.versions import open_version
from kg.files.workspace import Workspace

SOURCE = """\
articles:
  wire-2020:
    {title: One, publisher: wire, originator: wire, published: 2020, paragraphs: 3, text_sha256: FINGERPRINT}
actors:
  arden: {type: State, label: Arden}
  brell: {type: State, label: Brell}
  wire: {type: MediaOrganization, label: Wire}
pacts:
  pact: {type: Treaty, label: Pact}
assertions:
  - {id: fact, subject: arden, predicate: partyTo, object: pact, when: 1998/.., cite: {wire-2020: [1]}}
  - {id: claim, subject: brell, predicate: contravenes, object: pact, according_to: arden, cite: {wire-2020: [2]}}
""".replace("FINGERPRINT", "0" * 64)
LATER = "  - {id: denial, denies: claim, according_to: brell, cite: {wire-2020: [3]}}\n"


@pytest.fixture
def row(tmp_path: Path) -> Path:
    """A workspace in a folder of a repository: as it was at the tag v1, with two assertions."""
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    folder = tmp_path / "repository" / "row"
    start_workspace(folder, example=False)
    (folder / "sources" / "start-here.yaml").write_text(SOURCE, "utf-8")
    git(folder.parent, "init", "--quiet")
    git(folder.parent, "add", ".")
    git(folder.parent, "commit", "--quiet", "-m", "First")
    git(folder.parent, "tag", "v1")
    return folder


def git(folder: Path, *arguments: str) -> str:
    """Runs git by itself, whatever the settings of this machine are."""
    settings = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    person = ("-c", "user.name=Test", "-c", "user.email=test@example.org")
    ran = subprocess.run(
        ["git", *person, *arguments],
        cwd=folder,
        env={**os.environ, **settings},
        capture_output=True,
        check=True,
    )
    return ran.stdout.decode().strip()


def later(row: Path) -> None:
    """One assertion gone, and one that contests the other."""
    lines = SOURCE.splitlines(keepends=True)
    kept = [line for line in lines if "id: fact" not in line]
    (row / "sources" / "start-here.yaml").write_text("".join(kept) + LATER, "utf-8")


def test_a_view_is_compared_with_a_revision_or_a_folder_and_its_own_page_stays(
    kg: Kg, row: Path
) -> None:
    shutil.copytree(row, row.parent / "earlier")
    commit = git(row, "rev-parse", "v1")[:10]
    day = day_in_words(Day(*map(int, git(row, "show", "-s", "--format=%cs", "v1").split("-"))))
    later(row)
    assert kg("view", "everything", cwd=row).code == 0
    own = (row / "site" / "everything.html").read_bytes()
    told = "1 added, 1 removed, 1 changed status"
    for since, file, called in (
        ("v1", "everything.since-v1.html", f"v1 ({day})"),
        ("HEAD", "everything.since-HEAD.html", f"{day} ({commit})"),
        (commit, f"everything.since-{commit}.html", f"{day} ({commit})"),
        ("../earlier", "everything.since-earlier.html", "earlier"),
    ):
        ran = kg("view", "everything", "--since", since, cwd=row)
        assert (ran.code, ran.stderr) == (0, "")
        page = (row / "site" / file).read_text("utf-8")
        assert ran.stdout == f"site/{file}  {len(page.encode()):,} bytes: {told}\nsince: {called}\n"
        assert f'Changes since <bdi dir="auto">{called}</bdi>: {told}' in page
        assert '"rdf":null' not in page
        assert str(row.parent) not in page
    assert (row / "site" / "everything.html").read_bytes() == own


def test_both_versions_are_seen_through_the_same_lens_and_all_views_can_be_compared(
    kg: Kg, row: Path
) -> None:
    later(row)
    ran = kg("view", "everything", "--since", "v1", "--status", "accepted", cwd=row)
    *_, counted, since, lens = ran.stdout.splitlines()
    assert (counted.split(": ")[1], since.split()[:2]) == ("1 removed", ["since:", "v1"])
    assert lens.startswith("lens: ")
    every = kg("view", "--since", "v1", cwd=row)
    assert every.code == 0
    assert {line.split(".")[0] for line in every.stdout.splitlines()[:-1]} == {
        f"site/{path.stem}" for path in (row / "viz").glob("*.rq")
    }


def test_where_nothing_but_ids_changed_the_page_says_so(kg: Kg, row: Path) -> None:
    for old, new in (("arden", "republic-of-arden"), ("wire-2020", "wire"), ("fact", "party")):
        assert kg("rename", old, f"{new}-now", cwd=row).code == 0
    ties = "?assertion rdf:subject ?source ; rdf:object ?target"
    query = (
        f"SELECT ?source ?target ?assertion {{ {ties} FILTER(?source = :republic-of-arden-now) }}"
    )
    head = "# title: Arden\n# question: What does Arden do?\n"
    (row / "viz" / "arden.rq").write_text(head + query, "utf-8")
    ran = kg("view", "--since", "v1", cwd=row)
    assert {line.partition(": ")[2] for line in ran.stdout.splitlines()[:-1]} == {"nothing changed"}
    assert "site/arden.since-v1.html" in ran.stdout
    page = (row / "site" / "everything.since-v1.html").read_text("utf-8")
    assert "Nothing that this view shows has changed since" in page


def test_what_was_never_committed_and_what_is_no_version_are_told_apart(
    kg: Kg, row: Path, tmp_path: Path
) -> None:
    (row.parent / "notes.txt").write_text("Nothing.\n", "utf-8")
    empty = git(
        row, "commit-tree", "-m", "Nothing", git(row, "hash-object", "-t", "tree", "-w", os.devnull)
    )
    for since, message in (
        ("v2", "'v2' is neither a workspace's folder nor a revision of this repository"),
        ("", "'' is neither a workspace's folder nor a revision of this repository"),
        ("-v1", "'-v1' is neither a workspace's folder nor a revision of this repository"),
        ("v1:row", "'v1:row' is neither a workspace's folder nor a revision of this repository"),
        ("..", "no workspace at ..: it lacks ontology/ or sources/"),
        (empty, f"'{empty}' has no workspace in this folder: it lacks ontology/ or sources/"),
    ):
        ran = kg("view", "everything", f"--since={since}", cwd=row)
        assert (ran.code, ran.stdout) == (2, "")
        assert ran.stderr.startswith(f"kg: {message}\n")
    start_workspace(tmp_path / "alone", example=False)
    alone = kg(
        "view",
        "--since",
        "v1",
        cwd=tmp_path / "alone",
        env={"GIT_CEILING_DIRECTORIES": str(tmp_path)},
    )
    assert (alone.code, alone.stdout) == (2, "")
    assert alone.stderr.startswith(
        "kg: the workspace is in no git repository: not a git repository"
    )


def test_a_revision_is_read_as_it_is_stored_and_runs_nothing_of_its_repository(row: Path) -> None:
    (row / ".gitattributes").write_text("sources/* filter=x export-ignore\n", "utf-8")
    git(row, "add", ".")
    git(row, "commit", "--quiet", "-m", "Hostile")
    ran = row.parent / "ran"
    git(row, "config", "filter.x.smudge", f"touch {ran}; cat")
    git(row, "config", "gpg.program", f"touch {ran}")
    git(row, "config", "log.showSignature", "true")
    with open_version(Workspace(row), "HEAD") as version:
        file = version.workspace.root / "sources" / "start-here.yaml"
        assert file.read_text("utf-8") == SOURCE
    assert not ran.exists()


def test_without_git_a_folder_still_works(kg: Kg, row: Path, tmp_path: Path) -> None:
    shutil.copytree(row, row.parent / "earlier")
    (tmp_path / "bin").mkdir()
    nowhere = {"PATH": str(tmp_path / "bin")}
    ran = kg("view", "everything", "--since", "v1", cwd=row, env=nowhere)
    assert (ran.code, ran.stdout) == (2, "")
    assert ran.stderr.startswith("kg: git is not installed, so no revision can be read\n")
    assert kg("view", "everything", "--since", "../earlier", cwd=row, env=nowhere).code == 0


def test_an_earlier_version_with_errors_is_not_compared_and_no_layout_is_kept(
    kg: Kg, row: Path
) -> None:
    (row / "sources" / "start-here.yaml").write_text(SOURCE.replace("partyTo", "partieTo"), "utf-8")
    git(row, "commit", "--quiet", "-am", "Broken")
    (row / "sources" / "start-here.yaml").write_text(SOURCE, "utf-8")
    ran = kg("view", "everything", "--since", "HEAD", cwd=row)
    assert (ran.code, ran.stdout) == (1, "")
    assert re.search(r"^kg: \d+ \w+ \d{4} \([0-9a-f]{10}\): ", ran.stderr, re.M)
    assert "sources/start-here.yaml:11:" in ran.stderr
    kept = kg("view", "everything", "--since", "v1", "--keep-layout", cwd=row)
    assert (kept.code, kept.stdout) == (2, "")
    assert not list((row / "viz").glob("*.layout.json"))
