"""Files that kg writes, and whether those of an earlier build are still fresh.

Nothing outside an output folder is written. A file is written whole (to a temporary name, synced,
then renamed), and the files of a build take the place of those before them together
(``kg.files.folders``).
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kg.diagnostics import KgError
from kg.files.contents import JoinedFiles, blocks_of, digest
from kg.files.disk import read_regular, sync_path
from kg.files.folders import clear_leftovers, lock_folder, replace_each, replace_files
from kg.files.temporary import temporary_name
from kg.files.workspace import FOLDERS, Inputs, Workspace, real_path

SITE = "site"
MANIFEST = "build.json"
GRAPH = "graph.nq"
TICK_NS = 20_000_000
"""File times advance in ticks of a few milliseconds; a change within this of a reading counts as
later than it.
"""


@contextmanager
def report_write_errors(folder: Path) -> Iterator[None]:
    """Raise KgError where the system cannot write: no permission, no space, a file in the way."""
    try:
        yield
    except OSError as error:
        name = f" {error.filename}" if error.filename else ""
        step = _NEXT_STEPS.get(error.errno or 0, "")
        raise KgError(
            f"cannot write to {folder}: {error.strerror}{name}",
            hint=f"nothing that was there is lost{step}",
        ) from None


_NEXT_STEPS = {
    errno.ENOSPC: "; make room for it",
    errno.EDQUOT: "; make room for it",
    errno.EACCES: "; look at its permissions",
    errno.EPERM: "; look at its permissions",
}
"""What to do where the system cannot write, by its reason."""


def output_folder(workspace: Workspace, out: str | None) -> Path:
    """Return the folder of a build: ``site/`` of the workspace, or ``out``.

    Raises KgError where that is a file or would lie among what the curator wrote, or where
    ``site/`` is a link that leaves the workspace: whoever wrote that may not say where it is built.
    """
    folder = Path(os.path.realpath(out or workspace.root / SITE))
    if os.path.exists(folder) and not os.path.isdir(folder):
        raise KgError(
            f"cannot build to {folder}: it is a file", hint="name a folder: kg build --out DIR"
        )
    root = workspace.root.resolve()
    if not out and not folder.is_relative_to(root):
        raise KgError(
            f"cannot build to {SITE}: it is a link that leaves the workspace",
            hint=f"delete it, or build there by name: kg build --out {folder}",
        )
    for name in FOLDERS:
        source = root / name
        if folder == root or folder.is_relative_to(source) or source.is_relative_to(folder):
            raise KgError(
                f"cannot build to {folder}: it would lie among the workspace's own files",
                hint="name another folder",
            )
    return folder


def output_file(workspace: Workspace, out: str) -> Path:
    """Return the file that a command writes to.

    Raises KgError where it is a folder, or would lie among what the curator wrote.
    """
    file = real_path(Path(out))
    if file.is_dir():
        raise KgError(f"cannot write to {file}: it is a folder", hint="name a file: --out FILE")
    if any(file.is_relative_to(workspace.root.resolve() / name) for name in FOLDERS):
        message = f"cannot write to {file}: it would lie among the workspace's own files"
        raise KgError(message, hint="name another file")
    return file


def write_site(folder: Path, contents: Mapping[str, bytes], inputs: Inputs) -> None:
    """Put a build in the place of the one before it, all files and the manifest that vouches for
    them at once. Other files in the folder stay.

    Files of an earlier build that this one lacks are removed. The manifest's own time is that at
    which the inputs began to be read, which keeps times out of the bytes: the same workspace gives
    the same files.
    """
    digests = {name: digest(blocks_of(contents, name)) for name in sorted(contents)}
    manifest = {"inputs": list(inputs.names), "version": inputs.version, "files": digests}
    text = (json.dumps(manifest, indent=1, sort_keys=True) + "\n").encode()
    with report_write_errors(folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
        with lock_folder(folder.parent):
            clear_leftovers(folder, contents)
            earlier = read_manifest(folder).get("files", {})
            gone_names = [name for name in earlier if name not in contents and _is_within(name)]
            times = {MANIFEST: inputs.read_ns}
            replace_files(folder, JoinedFiles([contents, {MANIFEST: text}]), gone_names, times)


def _is_within(name: str) -> bool:
    """Whether a manifest's name is that of a file in its folder, or in a folder of that."""
    parts = name.split("/")
    return len(parts) <= 2 and all(parts) and not {".", ".."} & {*parts} and "\\" not in name


def write_pages(folder: Path, pages: Mapping[str, bytes]) -> None:
    """Put pages into a folder, all at once; everything else in it stays."""
    with report_write_errors(folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
        with lock_folder(folder.parent):
            replace_files(folder, pages)


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return the manifest of a finished build, or an empty one."""
    try:
        manifest = json.loads(read_regular(folder / MANIFEST))
    except (OSError, ValueError):
        return {}
    is_manifest = isinstance(manifest, dict) and isinstance(manifest.get("files"), dict)
    return manifest if is_manifest else {}


def fresh_digest(folder: Path, name: str, inputs: Inputs) -> str | None:
    """Return the fingerprint (SHA-256) that a finished build gave one of its files, or None where
    an input has changed since that build read it.
    """
    manifest = read_manifest(folder)
    if manifest.get("inputs") != list(inputs.names) or manifest.get("version") != inputs.version:
        return None
    try:
        since = (folder / MANIFEST).stat().st_mtime_ns
    except OSError:
        return None
    digest = manifest["files"].get(name)
    return digest if inputs.changed_ns < since - TICK_NS and isinstance(digest, str) else None


def fresh_file(folder: Path, name: str, inputs: Inputs) -> bytes | None:
    """Return a file of a finished build, or None where an input has changed since that build read
    it, or the file is not as it was written.
    """
    digest = fresh_digest(folder, name, inputs)
    if digest is None:
        return None
    try:
        data = read_regular(folder / name)
    except OSError:
        return None
    return data if digest == hashlib.sha256(data).hexdigest() else None


@contextmanager
def new_folder(folder: Path, name: str) -> Iterator[Path]:
    """Give a folder to fill; once it is full it stands under its name, whole or not at all. One
    that stands there already stays.
    """
    with report_write_errors(folder):
        temporary = temporary_name(folder / name)
        _discard_path(temporary)
        try:
            yield temporary
            for path in (*temporary.iterdir(), temporary):
                sync_path(path)
            if not (folder / name).exists():
                os.rename(temporary, folder / name)
                sync_path(folder)
        finally:
            _discard_path(temporary)


def remove_folder(path: Path) -> None:
    """Remove a folder that nobody else holds (``hold_folder``); at no moment a part of it stands
    under its name.
    """
    try:
        handle = hold_folder(path, alone=True)
    except OSError:
        return
    temporary = temporary_name(path)
    try:
        with report_write_errors(path.parent):
            os.rename(path, temporary)
            _discard_path(temporary)
    finally:
        os.close(handle)


def hold_folder(path: Path, alone: bool = False) -> int:
    """Return a handle of a folder; until it is closed, or the process ends, nobody removes the
    folder. Raises OSError where it is not there or, ``alone``, where somebody else holds it.
    """
    handle = os.open(path, os.O_RDONLY)
    try:
        import fcntl

        mode = fcntl.LOCK_EX if alone else fcntl.LOCK_SH
        fcntl.flock(handle, mode | fcntl.LOCK_NB)
    except ImportError:
        pass
    except OSError:
        os.close(handle)
        raise
    return handle


def _discard_path(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def write_file(path: Path, data: bytes) -> None:
    """Write one file whole: another process sees the old content or the new one, never a part."""
    with report_write_errors(path.parent):
        path.parent.mkdir(parents=True, exist_ok=True)
        with lock_folder(path.parent):
            replace_each({path: data})
