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


def test_a_revision_and_a_folder_are_called_by_their_names_and_days(kg: Kg, row: Path) -> None:
    shutil.copytree(row, row.parent / "earlier")
    commit = git(row, "rev-parse", "v1")[:10]
    day = day_in_words(Day(*map(int, git(row, "show", "-s", "--format=%cs", "v1").split("-"))))
    later(row)
    for since, called in (
        ("v1", f"v1 ({day})"),
        ("HEAD", f"{day} ({commit})"),
        (commit, f"{day} ({commit})"),
        ("../earlier", "earlier"),
    ):
        ran = kg("diff", since, cwd=row)
        assert (ran.code, ran.stderr) == (0, "")
        assert called in ran.stdout.splitlines()[0]
        assert str(row.parent) not in ran.stdout


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
        ran = kg("diff", "--", since, cwd=row)
        assert (ran.code, ran.stdout) == (2, "")
        assert ran.stderr.startswith(f"kg: {message}\n")
    start_workspace(tmp_path / "alone", example=False)
    alone = kg(
        "diff",
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
    ran = kg("diff", "v1", cwd=row, env=nowhere)
    assert (ran.code, ran.stdout) == (2, "")
    assert ran.stderr.startswith("kg: git is not installed, so no revision can be read\n")
    assert kg("diff", "../earlier", cwd=row, env=nowhere).code == 0


def test_an_earlier_version_with_errors_is_not_compared(kg: Kg, row: Path) -> None:
    (row / "sources" / "start-here.yaml").write_text(SOURCE.replace("partyTo", "partieTo"), "utf-8")
    git(row, "commit", "--quiet", "-am", "Broken")
    (row / "sources" / "start-here.yaml").write_text(SOURCE, "utf-8")
    ran = kg("diff", "HEAD", cwd=row)
    assert (ran.code, ran.stdout) == (1, "")
    assert re.search(r"^kg: \d+ \w+ \d{4} \([0-9a-f]{10}\): ", ran.stderr, re.M)
    assert "sources/start-here.yaml:11:" in ran.stderr
