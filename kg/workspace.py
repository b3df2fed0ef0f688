"""The one folder that kg reads: it has ``ontology/`` and ``sources/``, and may have ``queries/``
and ``viz/``.

Nothing outside it is read.
"""

from __future__ import annotations

import os
import stat
import time
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from kg import rules
from kg.diagnostics import Diagnostic, KgError, Span

MOST_BYTES = 5_000_000


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file as it was read, once: its name relative to the workspace, and its bytes."""

    name: str
    data: bytes


class Files(NamedTuple):
    """What a folder of the workspace holds: files read, what is wrong with others, and how many
    were passed over.
    """

    read: tuple[SourceFile, ...]
    diagnostics: tuple[Diagnostic, ...] = ()
    others: int = 0


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a build is made from, without its content: names, when the last of it changed, and when
    it began to be read.

    Times are nanoseconds since 1970. A change is a new content or name: folders count too, and so
    does a file's status time, which a file that was moved or restored with an old date cannot hide.
    """

    names: tuple[str, ...]
    changed_ns: int
    read_ns: int
    version: str


class Folder:
    """A folder of a workspace, walked once, each of its files read once: all who ask for files of
    it see the same.
    """

    def __init__(self, root: Path, name: str) -> None:
        self._root = root
        self._names: list[str] = []
        self._wrong: list[Diagnostic] = []
        self._contents: dict[str, SourceFile | Diagnostic] = {}
        top = root / name
        if os.path.isdir(top):
            self._lies_outside = self._leads_out(top)
            self._walk(top)

    def files(self, endings: tuple[str, ...]) -> Files:
        """The files below the folder whose names end so, in order of their names; linked folders
        are not entered.
        """
        read: list[SourceFile] = []
        wrong = self._wrong.copy()
        others = 0
        for name in self._names:
            if _is_hidden(name) or not name.lower().endswith(endings):
                others += 1
                continue
            if name not in self._contents:
                self._contents[name] = self._read(name)
            match self._contents[name]:
                case SourceFile() as file:
                    read.append(file)
                case problem:
                    wrong.append(problem)
        return Files(tuple(read), tuple(wrong), others)

    def _walk(self, top: Path) -> None:
        """Note the names of files, linked folders, and folders that cannot be read."""
        closed: list[OSError] = []
        for folder, folders, files in os.walk(top, onerror=closed.append):
            within = self._name(folder)
            folders.sort()
            linked = [name for name in folders if os.path.islink(os.path.join(folder, name))]
            folders[:] = [name for name in folders if name not in linked and not _is_hidden(name)]
            self._names += (f"{within}/{name}" for name in sorted(files))
            self._wrong += (
                rules.LINKED_FOLDER.at(
                    Span(_safe(f"{within}/{name}")),
                    "a linked folder is not read",
                    "put the files themselves into sources/",
                )
                for name in linked
            )
        self._wrong += (_unreadable(_safe(self._name(error.filename)), error) for error in closed)

    def _name(self, path: str) -> str:
        return os.path.relpath(path, self._root).replace(os.sep, "/")

    def _leads_out(self, path: Path) -> bool:
        return not path.resolve().is_relative_to(self._root.resolve())

    def _read(self, name: str) -> SourceFile | Diagnostic:
        path, where = self._root / name, Span(_safe(name))
        try:
            if not stat.S_ISREG(path.stat().st_mode):
                return rules.NOT_A_FILE.at(where, "not a regular file", "delete it or move it away")
            # Only a link lies elsewhere than the folder in which it was found.
            if self._leads_out(path) if path.is_symlink() else self._lies_outside:
                return rules.NOT_A_FILE.at(
                    where,
                    "a link that leaves the workspace is not followed",
                    "copy the file into the workspace",
                )
            with open(path, "rb", opener=_without_waiting) as file:
                status = os.fstat(file.fileno())
                if not stat.S_ISREG(status.st_mode):
                    return rules.NOT_A_FILE.at(
                        where, "not a regular file", "delete it or move it away"
                    )
                data = file.read(MOST_BYTES + 1) if status.st_size <= MOST_BYTES else b""
        except OSError as error:
            return _unreadable(where.file, error)
        if status.st_size > MOST_BYTES or len(data) > MOST_BYTES:
            return rules.TOO_LARGE.at(
                where,
                f"the file has {status.st_size:,} bytes; at most {MOST_BYTES:,} are read",
                "split it: any number of files may hold the same sections",
            )
        return SourceFile(where.file, data)


class Workspace(NamedTuple):
    """A workspace's root folder."""

    root: Path

    def folder(self, name: str) -> Folder:
        """One of its folders as it is now. One that is missing holds nothing."""
        return Folder(self.root, name)

    def files(self, folder: str, endings: tuple[str, ...]) -> Files:
        """The files below a folder whose names end so, in order of their names."""
        return self.folder(folder).files(endings)

    def inputs(self, version: str) -> Inputs:
        """What is to be read now, for the version of kg that reads it."""
        now = time.time_ns()
        names, changed = [], 0
        for kept in ("ontology", "sources"):
            for folder, folders, files in os.walk(self.root / kept):
                folders.sort()
                for path in (folder, *(os.path.join(folder, name) for name in sorted(files))):
                    changed = max(changed, *_times(path))
                    names.append(os.path.relpath(path, self.root).replace(os.sep, "/"))
        safe = tuple(_safe(name) for name in names)
        return Inputs(safe, changed, now, version)


def _unreadable(name: str, error: OSError) -> Diagnostic:
    return rules.NOT_A_FILE.at(
        Span(name),
        f"cannot be read: {error.strerror}",
        "look at its permissions and where it leads, or delete it",
    )


def _is_hidden(name: str) -> bool:
    return name.rpartition("/")[2].startswith(".")


def _times(path: str) -> tuple[int, ...]:
    """When a file's or folder's content or status last changed; for a link also when its target
    did.

    What vanishes while it is looked at (editors save through files that come and go) changed just
    now.
    """
    try:
        found = [os.lstat(path)]
        if stat.S_ISLNK(found[0].st_mode) and os.path.exists(path):
            found.append(os.stat(path))
    except OSError:
        return (time.time_ns(),)
    return tuple(each for status in found for each in (status.st_mtime_ns, status.st_ctime_ns))


def _without_waiting(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _safe(name: str) -> str:
    from kg.characters import printable

    return printable(name.encode("utf-8", "replace").decode("utf-8"))


def find(start: Path | None = None) -> Workspace:
    """The workspace at or above a folder (the current one if left out).

    Raises KgError where none is found.
    """
    folder = (start or Path.cwd()).absolute()
    if not os.path.isdir(folder):
        raise KgError(f"{folder} is not a folder")
    for candidate in (folder, *folder.parents) if start is None else (folder,):
        if os.path.isdir(candidate / "ontology"):
            if not os.path.isdir(candidate / "sources"):
                raise KgError(
                    f"the workspace {candidate} has no sources folder",
                    hint="make it, or start a new workspace: kg init DIR",
                )
            return Workspace(candidate)
    raise KgError(
        f"no workspace at {folder}: it has no ontology folder", hint="start one: kg init DIR"
    )
