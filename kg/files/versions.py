"""An earlier version of a workspace: another folder, or a revision of the git repository that the
workspace is in.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO, NamedTuple

from kg.dates import Day
from kg.dates.words import day_in_words
from kg.diagnostics import KgError
from kg.files.workspace import MOST_BYTES, Workspace

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
            _title_of(name, commit, git.day(commit)), _file_name(name), Workspace(Path(temporary))
        )


def _title_of(name: str, commit: str, day: Day) -> str:
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
_SETTINGS = ("-c", "log.showSignature=false", "-c", "core.fsmonitor=false")


class _Git:
    """The repository around a folder, read by the git of this machine, which writes nothing, asks
    no host and runs no program that the repository names.
    """

    def __init__(self, folder: Path) -> None:
        program = shutil.which("git")
        if program is None:
            raise KgError("git is not installed, so no revision can be read", hint=_HINT)
        self._program, self._folder = program, folder
        inside = self._run_git("rev-parse", "--is-inside-work-tree")
        if inside.returncode:
            message = f"the workspace is in no git repository: {_last_words(inside)}"
            raise KgError(message, hint=_HINT)

    def _run_git(self, *arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [self._program, *_SETTINGS, *arguments],
            cwd=self._folder,
            env={**os.environ, **_ENVIRONMENT},
            input=stdin,
            capture_output=True,
            check=False,
        )

    def commit(self, revision: str) -> str:
        """Return the commit that a revision names. Raises KgError where it names none."""
        # What begins like an option would be one.
        if revision and not revision.startswith("-") and "\0" not in revision:
            answer = self._run_git("rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
            if not answer.returncode:
                return answer.stdout.decode().strip()
        message = "is neither a workspace's folder nor a revision of this repository"
        raise KgError(f"'{revision}' {message}", hint=_HINT)

    def day(self, commit: str) -> Day:
        """Return the day on which a commit was made, where it was made."""
        answer = self._run_git("show", "-s", "--format=%cs", commit)
        return Day(*map(int, answer.stdout.decode().split("-")))

    def unpack(self, commit: str, revision: str, target: Path) -> None:
        """Write the workspace's folders as they were. Raises KgError where there was no workspace
        then.
        """
        names = self._run_git("ls-tree", "-d", "--name-only", commit, *VERSION_FOLDERS)
        if names.stdout.decode("utf-8", "replace").split() != list(VERSION_FOLDERS):
            message = "has no workspace in this folder: it lacks ontology/ or sources/"
            raise KgError(f"'{revision}' {message}", hint=_HINT)
        listed = self._run_git("ls-tree", "-r", "-z", "-l", commit, *VERSION_FOLDERS)
        blobs = [_Blob.listed(line) for line in listed.stdout.split(b"\0") if line]
        asked_names = "".join(f"{each.id}\n" for each in blobs if each.is_read)
        answer = self._run_git("cat-file", "--batch", stdin=asked_names.encode())
        answers = io.BytesIO(answer.stdout)
        try:
            for each in blobs:
                each.write(target, _next_blob(answers) if each.is_read else b"")
        except (ValueError, OSError) as error:
            raise KgError(f"git cannot read '{revision}': {error}") from None


class _Blob(NamedTuple):
    """A file of a commit, as it is stored: what a repository's attributes and settings would have
    made of it, with programs of theirs, is not asked for.
    """

    id: str
    size: int
    is_link: bool
    path: str

    @classmethod
    def listed(cls, line: bytes) -> _Blob:
        """Return a file as ``git ls-tree -l`` lists it."""
        facts, _, path = line.partition(b"\t")
        mode, _, id, size = facts.decode().split()
        # A submodule has no size.
        return cls(id, int(size) if size.isdecimal() else -1, mode == "120000", os.fsdecode(path))

    @property
    def is_read(self) -> bool:
        """Whether a workspace reads it: a file, and not too large."""
        return 0 <= self.size <= MOST_BYTES and not self.is_link

    def write(self, target: Path, data: bytes) -> None:
        """Write it below a folder: one that is too large without its content, and no link."""
        if self.size < 0 or self.is_link or ".." in self.path.split("/"):
            return
        path = target / self.path
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            file.write(data)
            file.truncate(self.size)


def _next_blob(answers: BinaryIO) -> bytes:
    """Return the next file that ``git cat-file --batch`` answers with. Raises ValueError where it
    is not there.
    """
    header = answers.readline().decode().split()
    if len(header) != 3:
        raise ValueError(" ".join(header) or "it ended early")
    data = answers.read(int(header[2]))
    answers.read(1)
    return data


def _last_words(process: subprocess.CompletedProcess[bytes]) -> str:
    """Return the last line that git wrote about what went wrong."""
    lines = process.stderr.decode("utf-8", "replace").strip().splitlines()
    return lines[-1].removeprefix("fatal: ") if lines else f"git ended with {process.returncode}"
