"""Reading files that are files, writing them and waiting until the disk has them."""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path

from kg.files.contents import blocks_of

MANY = 20
"""From so many files on a file system is synced as a whole: 700 files one by one took a second."""


def open_at_once(path: str, flags: int) -> int:
    """Open a file as ``open`` does, but wait for nobody who might write into a pipe."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


@contextmanager
def open_regular(path: Path) -> Iterator[BufferedReader]:
    """Open a regular file. Raises OSError for anything else: who reads a pipe may wait for ever,
    and some devices have no end.
    """
    with open(path, "rb", opener=open_at_once) as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(errno.EINVAL, "not a regular file", str(path))
        yield file


def read_regular(path: Path, most: int = -1) -> bytes:
    """Return the bytes of a regular file, or the first ones. Raises OSError for anything else."""
    with open_regular(path) as file:
        return file.read(most)


def file_has_bytes(path: str, blocks: Iterable[bytes]) -> bool:
    """Whether a regular file has these bytes, and no more."""
    try:
        if not stat.S_ISREG(os.lstat(path).st_mode):
            return False
        with open(path, "rb") as file:
            return all(file.read(len(each)) == each for each in blocks) and not file.read(1)
    except OSError:
        return False


def write_synced(path: Path, data: bytes) -> None:
    """Write a file and wait until the disk has it."""
    with open(path, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def write_all(folder: Path, names: Collection[str], contents: Mapping[str, bytes]) -> None:
    """Write new files of some names, some in folders of it, and wait until the disk has all of
    them.
    """
    own_folders = {os.path.dirname(name) for name in names}
    parents = [folder / each for each in own_folders]
    for parent in parents:
        parent.mkdir(parents=True, exist_ok=True)
    for name in names:
        with open(os.path.join(folder, name), "wb") as file:
            file.writelines(blocks_of(contents, name))
    if len(names) < MANY or not _sync_file_system(folder):
        for name in names:
            sync_path(folder / name)
    for parent in parents:
        sync_path(parent)


def _sync_file_system(folder: Path) -> bool:
    """Wait until the disk has all of the file system of a folder; False where that cannot be
    asked for.
    """
    if not sys.platform.startswith("linux"):
        return False
    import ctypes

    handle = os.open(folder, os.O_RDONLY)
    try:
        is_done: bool = ctypes.CDLL(None, use_errno=True).syncfs(handle) == 0
    except (OSError, AttributeError):
        return False
    finally:
        os.close(handle)
    return is_done


def sync_path(path: Path) -> None:
    """Wait until the disk has the names of a folder, or what is in a file."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
