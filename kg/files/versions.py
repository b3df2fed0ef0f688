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

from kg.dates import Day
from kg.dates.words import day_in_words
from kg.diagnostics import KgError
from kg.files.workspace import Workspace

VERSION_FOLDERS = ("ontology", "sources")
"""The folders of an earlier version; views and looks are those of today."""


class Version(NamedTuple):
    """An earlier workspace: its name for readers (no path of this machine) and that for files."""

    name: str
    file_name: str
    workspace: Workspace


@contextmanager
def open_version(workspace: Workspace, name: str) -> Iterator[Version]:
    """Yield the version of a name: a folder with a workspace, or a revision. It is gone afterwards.

    Raises KgError where there is neither.
    """
    folder = Path(os.path.realpath(name))
    if name and all(os.path.isdir(folder / each) for each in VERSION_FOLDERS):
        yield Version(folder.name, _file_name(folder.name), Workspace(folder))
        return
    if name and os.path.isdir(folder) and (os.sep in name or name in (".", "..")):
        raise KgError(f"no workspace at {name}: it lacks ontology/ or sources/")
    git = _Git(workspace.root)
    commit = git.commit(name)
    with TemporaryDirectory(prefix="kg-since-") as temporary:
        git.unpack(commit, name, Path(temporary))
        yield Version(
            _title(name, commit, git.day(commit)), _file_name(name), Workspace(Path(temporary))
        )


def _title(name: str, commit: str, day: Day) -> str:
    """What a revision is called: by its name and day or, where that is a word of git only, by its
    day and commit.
    """
    words = day_in_words(day)
    is_of_git = name.startswith(("HEAD", "@")) or commit.startswith(name)
    return f"{words} ({commit[:10]})" if is_of_git else f"{name} ({words})"


def _file_name(name: str) -> str:
    return re.sub(r"[^\w.~-]+", "-", name).strip("-.")[:60] or "earlier"


_HINT = (
    "name a folder that holds an earlier copy of the workspace, "
    "or a tag or commit of the repository it is in"
)
_ENVIRONMENT = {
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    "LC_ALL": "C",
}


class _Git:
    """The repository around a folder, read by the git of this machine, which writes nothing and
    asks no host.
    """

    def __init__(self, folder: Path) -> None:
        program = shutil.which("git")
        if program is None:
            raise KgError("git is not installed, so no revision can be read", hint=_HINT)
        self._program, self._folder = program, folder
        inside = self._run("rev-parse", "--is-inside-work-tree")
        if inside.returncode:
            message = f"the workspace is in no git repository: {_last_words(inside)}"
            raise KgError(message, hint=_HINT)

    def _run(self, *arguments: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [self._program, *arguments],
            cwd=self._folder,
            env={**os.environ, **_ENVIRONMENT},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )

    def commit(self, revision: str) -> str:
        """Return the commit that a revision names. Raises KgError where it names none."""
        # What begins like an option would be one.
        if revision and not revision.startswith("-") and "\0" not in revision:
            answer = self._run("rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
            if not answer.returncode:
                return answer.stdout.decode().strip()
        message = "is neither a workspace's folder nor a revision of this repository"
        raise KgError(f"'{revision}' {message}", hint=_HINT)

    def day(self, commit: str) -> Day:
        """Return the day on which a commit was made, where it was made."""
        answer = self._run("show", "-s", "--format=%cs", commit)
        return Day(*map(int, answer.stdout.decode().split("-")))

    def unpack(self, commit: str, revision: str, target: Path) -> None:
        """Write the workspace's folders as they were. Raises KgError where there was no workspace
        then.
        """
        names = self._run("ls-tree", "-d", "--name-only", commit, *VERSION_FOLDERS)
        if names.stdout.decode("utf-8", "replace").split() != list(VERSION_FOLDERS):
            message = "has no workspace in this folder: it lacks ontology/ or sources/"
            raise KgError(f"'{revision}' {message}", hint=_HINT)
        archive = self._run("archive", "--format=tar", commit, *VERSION_FOLDERS)
        if archive.returncode:
            raise KgError(f"git cannot read '{revision}': {_last_words(archive)}")
        try:
            with tarfile.open(fileobj=io.BytesIO(archive.stdout)) as tar:
                _extract(tar, target)
        except (tarfile.TarError, OSError) as error:
            raise KgError(f"'{revision}' cannot be unpacked: {error}") from None


def _extract(tar: tarfile.TarFile, target: Path) -> None:
    """Write what an archive holds, and nothing outside the target.

    Python 3.11.3 and older have no filters: there, links are left out.
    """
    if hasattr(tarfile, "data_filter"):
        tar.extractall(target, filter="data")
    else:
        tar.extractall(target, [member for member in tar if member.isfile() or member.isdir()])


def _last_words(process: subprocess.CompletedProcess[bytes]) -> str:
    """Return the last line that git wrote about what went wrong."""
    lines = process.stderr.decode("utf-8", "replace").strip().splitlines()
    return lines[-1].removeprefix("fatal: ") if lines else f"git ended with {process.returncode}"
