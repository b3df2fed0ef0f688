"""An earlier version of a workspace: another folder, or a revision of the git repository that the
workspace is in.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from kg.diagnostics import KgError
from kg.workspace import Workspace

FOLDERS = ("ontology", "sources")
"""What is read of an earlier version: views and looks are those of today."""


class Version(NamedTuple):
    """A workspace as it was: what readers call it (no path of this machine), and a name for files."""

    name: str
    file_name: str
    workspace: Workspace


@contextmanager
def version(workspace: Workspace, asked: str) -> Iterator[Version]:
    """The version that somebody asked for: a folder with a workspace, or a revision. Read it while
    this lasts.

    Raises KgError where there is neither.
    """
    folder = Path(os.path.realpath(asked))
    if asked and all(os.path.isdir(folder / each) for each in FOLDERS):
        yield Version(folder.name, _file_name(folder.name), Workspace(folder))
        return
    if asked and os.path.isdir(folder) and (os.sep in asked or asked in (".", "..")):
        raise KgError(f"no workspace at {asked}: it lacks ontology/ or sources/")
    git = _Git(workspace.root)
    commit = git.commit(asked)
    with TemporaryDirectory(prefix="kg-since-") as temporary:
        git.unpack(commit, asked, Path(temporary))
        name = asked if commit.startswith(asked) else f"{asked} ({commit[:10]})"
        yield Version(name, _file_name(asked), Workspace(Path(temporary)))


def _file_name(name: str) -> str:
    return re.sub(r"[^\w.~-]+", "-", name).strip("-.")[:60] or "earlier"


class _Git:
    """The repository around a folder, asked by the git of this machine, which writes nothing and
    asks no host.
    """

    def __init__(self, folder: Path) -> None:
        program = shutil.which("git")
        if program is None:
            raise KgError("git is not installed, so no revision can be read", hint=_HINT)
        self._program, self._folder = program, folder
        inside = self._run("rev-parse", "--is-inside-work-tree")
        if inside.returncode:
            raise KgError(f"the workspace is in no git repository: {_said(inside)}", hint=_HINT)

    def _run(self, *arguments: str) -> subprocess.CompletedProcess[bytes]:
        quiet = {
            "GIT_NO_LAZY_FETCH": "1",
            "GIT_TERMINAL_PROMPT": "0",
            "GIT_OPTIONAL_LOCKS": "0",
            "LC_ALL": "C",
        }
        return subprocess.run(
            [self._program, *arguments],
            cwd=self._folder,
            env={**os.environ, **quiet},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )

    def commit(self, revision: str) -> str:
        """The commit that a revision names. Raises KgError where it names none."""
        # What begins like an option would be one.
        sound = revision and not revision.startswith("-") and "\0" not in revision
        found = (
            self._run("rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
            if sound
            else None
        )
        if found is None or found.returncode:
            raise KgError(
                f"'{revision}' is neither a workspace's folder nor a revision of this repository",
                hint=_HINT,
            )
        return found.stdout.decode().strip()

    def unpack(self, commit: str, revision: str, target: Path) -> None:
        """The workspace's folders as they were. Raises KgError where there was no workspace here
        then.
        """
        listed = self._run("ls-tree", "-d", "--name-only", commit, *FOLDERS)
        if listed.stdout.decode("utf-8", "replace").split() != list(FOLDERS):
            raise KgError(
                f"'{revision}' has no workspace in this folder: it lacks ontology/ or sources/",
                hint=_HINT,
            )
        packed = self._run("archive", "--format=tar", commit, *FOLDERS)
        if packed.returncode:
            raise KgError(f"git cannot read '{revision}': {_said(packed)}")
        try:
            with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as archive:
                archive.extractall(target, filter="data")
        except (tarfile.TarError, OSError) as error:
            raise KgError(f"'{revision}' cannot be unpacked: {error}") from None


_HINT = "name a folder that holds an earlier copy of the workspace, or a tag or commit of the repository it is in"


def _said(process: subprocess.CompletedProcess[bytes]) -> str:
    """The last line that git wrote about what went wrong."""
    lines = process.stderr.decode("utf-8", "replace").strip().splitlines()
    return lines[-1].removeprefix("fatal: ") if lines else f"git ended with {process.returncode}"
