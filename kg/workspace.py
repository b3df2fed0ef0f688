"""The one folder that kg reads and writes.

A workspace has ``ontology/`` and ``sources/``, and may have ``queries/`` and ``viz/``. Nothing outside it is read,
nothing outside its output folder is written, and every file is written whole: to a temporary name, synced, then
renamed.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg import rules
from kg.diagnostics import Diagnostic, KgError, Span

MOST_BYTES = 5_000_000
SITE = "site"
MANIFEST = "build.json"
TEMPORARY = ".kg-writing-"
TICK_NS = 20_000_000
"""File times advance in ticks of a few milliseconds; a change within this of a reading counts as later than it."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file as it was read, once: its name relative to the workspace, and its bytes."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Files:
    """What a folder of the workspace holds: files read, what is wrong with others, and how many were passed over."""

    read: tuple[SourceFile, ...]
    diagnostics: tuple[Diagnostic, ...] = ()
    others: int = 0


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a build is made from, without its content: names, when the last of it changed, and when it began to be read.

    Times are nanoseconds since 1970. A change is a new content or name: folders count too, and so does a file's status
    time, which a file that was moved or restored with an old date cannot hide.
    """

    names: tuple[str, ...]
    changed_ns: int
    read_ns: int
    version: str


@dataclass(frozen=True, slots=True)
class Workspace:
    """A workspace's root folder."""

    root: Path

    def files(self, folder: str, endings: tuple[str, ...]) -> Files:
        """The files below a folder whose names end so, in order of their names; each is read once."""
        top = self.root / folder
        if not os.path.isdir(top):
            return Files(())
        read: list[SourceFile] = []
        found: list[Diagnostic] = []
        closed: list[OSError] = []
        others = 0
        for path in _walk(top, closed):
            name = path.relative_to(self.root).as_posix()
            if path.is_symlink() and path.is_dir():
                found.append(
                    rules.LINKED_FOLDER.at(
                        Span(_safe(name)), "a linked folder is not read", "put the files themselves into sources/"
                    )
                )
            elif path.name.startswith(".") or not path.name.lower().endswith(endings):
                others += 1
            else:
                data, problem = self._read(path, _safe(name))
                if problem:
                    found.append(problem)
                else:
                    read.append(SourceFile(_safe(name), data))
        for error in closed:
            name = _safe(os.path.relpath(error.filename, self.root).replace(os.sep, "/"))
            found.append(_unreadable(name, error))
        return Files(tuple(read), tuple(found), others)

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

    def _read(self, path: Path, name: str) -> tuple[bytes, Diagnostic | None]:
        try:
            if not stat.S_ISREG(path.stat().st_mode):
                return b"", rules.NOT_A_FILE.at(Span(name), "not a regular file", "delete it or move it away")
            if not path.resolve().is_relative_to(self.root.resolve()):
                return b"", rules.NOT_A_FILE.at(
                    Span(name), "a link that leaves the workspace is not followed", "copy the file into the workspace"
                )
            with open(path, "rb", opener=_without_waiting) as file:
                status = os.fstat(file.fileno())
                if not stat.S_ISREG(status.st_mode):
                    return b"", rules.NOT_A_FILE.at(Span(name), "not a regular file", "delete it or move it away")
                data = file.read(MOST_BYTES + 1) if status.st_size <= MOST_BYTES else b""
        except OSError as error:
            return b"", _unreadable(name, error)
        if status.st_size > MOST_BYTES or len(data) > MOST_BYTES:
            return b"", rules.TOO_LARGE.at(
                Span(name),
                f"the file has {status.st_size:,} bytes; at most {MOST_BYTES:,} are read",
                "split it: any number of files may hold the same sections",
            )
        return data, None


def _unreadable(name: str, error: OSError) -> Diagnostic:
    return rules.NOT_A_FILE.at(
        Span(name), f"cannot be read: {error.strerror}", "look at its permissions and where it leads, or delete it"
    )


def _walk(top: Path, closed: list[OSError]) -> Iterator[Path]:
    """Files and linked folders below a folder, in order of their names, linked folders not entered.

    Folders that cannot be read are noted in ``closed``.
    """
    for folder, folders, files in os.walk(top, onerror=closed.append):
        folders.sort()
        linked = [name for name in folders if os.path.islink(os.path.join(folder, name))]
        folders[:] = [name for name in folders if name not in linked and not name.startswith(".")]
        yield from (Path(folder, name) for name in sorted(files + linked))


def _times(path: str) -> tuple[int, ...]:
    """When a file's or folder's content or status last changed; for a link also when its target did.

    What vanishes while it is looked at (editors save through files that come and go) changed just now.
    """
    try:
        found = [os.lstat(path)]
        if os.path.islink(path) and os.path.exists(path):
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
    raise KgError(f"no workspace at {folder}: it has no ontology folder", hint="start one: kg init DIR")


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    """What the system says when it cannot write (no permission, no space, a file in the way), as a KgError."""
    try:
        yield
    except OSError as error:
        name = f" {error.filename}" if error.filename else ""
        raise KgError(
            f"cannot write to {folder}: {error.strerror}{name}", hint="nothing that was there is lost; make room for it"
        ) from None


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Only one process writes to a folder at a time; a second one waits (on systems with POSIX locks)."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    handle = os.open(folder / ".lock", os.O_CREAT | os.O_RDWR, 0o644)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def output_folder(workspace: Workspace, out: str | None) -> Path:
    """Where a build goes: ``site/`` of the workspace, or ``out``.

    Raises KgError where that is a file or would lie among what the curator wrote.
    """
    folder = Path(os.path.realpath(out or workspace.root / SITE))
    if os.path.exists(folder) and not os.path.isdir(folder):
        raise KgError(f"cannot build to {folder}: it is a file", hint="name a folder: kg build --out DIR")
    root = workspace.root.resolve()
    for kept in ("sources", "ontology", "queries", "viz"):
        if folder == root or folder.is_relative_to(root / kept) or (root / kept).is_relative_to(folder):
            raise KgError(
                f"cannot build to {folder}: it would lie among the workspace's own files", hint="name another folder"
            )
    return folder


def write_site(folder: Path, contents: Mapping[str, bytes], inputs: Inputs) -> None:
    """Write a build whole: files first, then the manifest that vouches for them.

    While files are replaced there is no manifest, so that a build that was cut off is never taken for a good one.
    Files of an earlier build that this one lacks are removed. The manifest's own time is that at which the inputs
    began to be read, which keeps times out of the bytes: the same workspace gives the same files.
    """
    with _writing(folder):
        _replace(folder, contents, inputs)


def _replace(folder: Path, contents: Mapping[str, bytes], inputs: Inputs) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with _locked(folder):
        for temporary in folder.glob(f"{TEMPORARY}*"):
            if not _is_being_written(temporary):
                temporary.unlink(missing_ok=True)
        before = read_manifest(folder).get("files", {})
        changed = {name: data for name, data in contents.items() if not _holds(folder / name, data)}
        gone = [name for name in before if name not in contents and Path(name).name == name]
        digests = {name: hashlib.sha256(contents[name]).hexdigest() for name in sorted(contents)}
        manifest = {"inputs": list(inputs.names), "version": inputs.version, "files": digests}
        text = (json.dumps(manifest, indent=1, sort_keys=True) + "\n").encode()
        if changed or gone:
            (folder / MANIFEST).unlink(missing_ok=True)
            for name in sorted(changed):
                _write(folder / name, changed[name])
            for name in gone:
                (folder / name).unlink(missing_ok=True)
        if not _holds(folder / MANIFEST, text):
            _write(folder / MANIFEST, text)
        os.utime(folder / MANIFEST, ns=(inputs.read_ns, inputs.read_ns))


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a finished build, or an empty one."""
    try:
        found = json.loads((folder / MANIFEST).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) and isinstance(found.get("files"), dict) else {}


def built(folder: Path, name: str, inputs: Inputs) -> bytes | None:
    """A file of a finished build, if no input has changed since that build read it, and the file is as it was
    written.
    """
    manifest = read_manifest(folder)
    if manifest.get("inputs") != list(inputs.names) or manifest.get("version") != inputs.version:
        return None
    try:
        since = (folder / MANIFEST).stat().st_mtime_ns
        data = (folder / name).read_bytes()
    except OSError:
        return None
    unchanged = inputs.changed_ns < since - TICK_NS
    digest = manifest.get("files", {}).get(name)
    return data if unchanged and digest == hashlib.sha256(data).hexdigest() else None


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False


def write_file(path: Path, data: bytes) -> None:
    """Write one file whole: another process sees the old content or the new one, never a part."""
    with _writing(path.parent):
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path, data)


def _is_being_written(temporary: Path) -> bool:
    """Whether the process that began a temporary file still runs: it tells its number in the file's name."""
    number = temporary.name.removeprefix(TEMPORARY).partition("-")[0]
    if not number.isdecimal() or int(number) == os.getpid() or os.name != "posix":
        return False
    try:
        os.kill(int(number), 0)
    except PermissionError:
        return True
    except (OSError, OverflowError):
        return False
    return True


def _write(path: Path, data: bytes) -> None:
    temporary = path.with_name(f"{TEMPORARY}{os.getpid()}-{path.name}")
    try:
        with open(temporary, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    finally:
        temporary.unlink(missing_ok=True)
