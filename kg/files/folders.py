"""Files that are replaced together: whoever reads a folder finds all of the old ones or all of the
new ones, also after a crash or on a full disk.

The new folder is made beside the old one, complete and synced, and takes its place in one step
(``renameat2`` with ``RENAME_EXCHANGE``, Linux 3.15). Where the system cannot exchange folders it
takes two, between which there is none. A folder that cannot be moved (a mount point, a parent that
is closed to writing) gets its files one after the other once all of them are written.
"""

from __future__ import annotations

import errno
import os
import shutil
import stat
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from kg.files.contents import blocks_of
from kg.files.disk import file_has_bytes, sync_path, write_all, write_synced
from kg.files.temporary import TEMPORARY, find_leftovers, temporary_name

_OLD = ".old"
_CANNOT_EXCHANGE = (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EXDEV)
_CANNOT_MOVE = (errno.EXDEV, errno.EBUSY)


@contextmanager
def lock_folder(folder: Path) -> Iterator[None]:
    """Let one process at a time write to what lies in a folder; a second one waits (where there are
    POSIX locks, and the file system has them for folders).
    """
    try:
        import fcntl
    except ImportError:
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
        except OSError as error:
            if error.errno not in (errno.EBADF, errno.EINVAL, errno.ENOLCK, errno.ENOTSUP):
                raise
        yield
    finally:
        os.close(handle)


def replace_files(
    folder: Path,
    contents: Mapping[str, bytes],
    gone_names: Collection[str] = (),
    times: Mapping[str, int] | None = None,
) -> None:
    """Put files, by name, into a folder and take others out of it, all at once; all else in it
    stays, and in its folders that these are in. ``times`` are the times of change of some, in
    nanoseconds. To be called under the lock of the folder's parent.

    Raises OSError where that cannot be done: then nothing was changed.
    """
    clear_leftovers(folder, (*contents, *gone_names))
    new = {
        name
        for name in contents
        if not file_has_bytes(os.path.join(folder, name), blocks_of(contents, name))
    }
    old = [name for name in gone_names if os.path.lexists(folder / name)]
    if new or old:
        _replace_folder(folder, contents, new, old, times or {})
    for name, time in (times or {}).items():
        os.utime(folder / name, ns=(time, time))


def _first_parts(names: Iterable[str]) -> frozenset[str]:
    """Return the folders that lie next to each other among the parts of names of files."""
    return frozenset(name.partition("/")[0] for name in names if "/" in name)


def clear_leftovers(folder: Path, names: Iterable[str] = ()) -> None:
    """Remove what writers of a folder that were cut off have left, and put back what they had moved
    away. The folders in it of files of these names are made by kg.
    """
    own = _first_parts(names)
    for leftover in find_leftovers(folder):
        was_moved = leftover.name.removeprefix(TEMPORARY).partition("-")[0].endswith(_OLD)
        if was_moved and not os.path.lexists(folder):
            os.rename(leftover, folder)
        else:
            _remove_leftover(leftover, folder, own)
    for name in os.listdir(folder) if folder.is_dir() else ():
        if name.startswith(TEMPORARY):
            _remove_leftover(folder / name, folder, own)


def _replace_folder(
    folder: Path,
    contents: Mapping[str, bytes],
    new: Collection[str],
    gone_names: Collection[str],
    times: Mapping[str, int],
) -> None:
    _refuse_obstacles(folder, new)
    own = _first_parts((*new, *gone_names))
    is_free = os.access(folder.parent, os.W_OK) and not os.path.ismount(folder)
    is_movable = is_free or not folder.exists()
    new_folder = temporary_name(folder if is_movable else folder / folder.name)
    try:
        os.mkdir(new_folder)
        write_all(new_folder, sorted(new), contents)
        for name in times.keys() & new:
            os.utime(new_folder / name, ns=(times[name], times[name]))
        if not (is_movable and _take_place(new_folder, folder, {*new, *gone_names}, own)):
            _move_in(new_folder, folder, new, gone_names, last=times)
        sync_path(folder.parent)
    finally:
        _remove_leftover(new_folder, folder, own)


def _refuse_obstacles(folder: Path, names: Collection[str]) -> None:
    """Raise OSError where a folder is closed to writing, or has a folder in the place of a file."""
    if folder.exists() and not os.access(folder, os.W_OK | os.X_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(folder))
    for path in (os.path.join(folder, name) for name in names):
        if os.path.isdir(path) and not os.path.islink(path):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), path)
    for path in (os.path.join(folder, name) for name in _first_parts(names)):
        if os.path.lexists(path) and (os.path.islink(path) or not os.path.isdir(path)):
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), path)


def _take_place(
    new_folder: Path, folder: Path, without: Collection[str], own: Collection[str]
) -> bool:
    """Put a folder in the place of another, with all that this has but for some names; False where
    it cannot be moved. What was there before is then where the new one was made.
    """
    if not os.path.lexists(folder):
        sync_path(new_folder)
        os.rename(new_folder, folder)
        return True
    _keep_others(new_folder, folder, without)
    for name in own:
        if (folder / name).is_dir() and not (folder / name).is_symlink():
            inner = {
                each.removeprefix(f"{name}/") for each in without if each.startswith(f"{name}/")
            }
            (new_folder / name).mkdir(exist_ok=True)
            _keep_others(new_folder / name, folder / name, inner)
            if not os.listdir(new_folder / name):
                (new_folder / name).rmdir()
    status = os.stat(folder)
    os.chmod(new_folder, stat.S_IMODE(status.st_mode))
    sync_path(new_folder)
    try:
        _exchange_folders(new_folder, folder)
    except OSError as error:
        if error.errno in _CANNOT_MOVE:
            return False
        raise
    return True


def _keep_others(new_folder: Path, folder: Path, without: Collection[str]) -> None:
    """Have the files of a folder, but for some names, in a new one, too."""
    for entry in os.scandir(folder):
        if entry.name in without or entry.name == ".lock":
            continue
        if entry.is_symlink():
            os.symlink(os.readlink(entry.path), new_folder / entry.name)
        elif entry.is_file():
            _link_or_copy(entry.path, new_folder / entry.name)


def _link_or_copy(file: str, path: Path) -> None:
    """Have a file under a second name or, where the file system knows none, a copy of it."""
    try:
        os.link(file, path, follow_symlinks=False)
    except OSError:
        shutil.copy2(file, path)


def _exchange_folders(one: Path, other: Path) -> None:
    if _exchange_at_once(one, other):
        return
    away = temporary_name(other, _OLD)
    os.rename(other, away)
    try:
        os.rename(one, other)
    except OSError:
        os.rename(away, other)
        raise
    os.rename(away, one)


def _exchange_at_once(one: Path, other: Path) -> bool:
    """Exchange the names of two folders; False where the system cannot do it in one step."""
    if not sys.platform.startswith("linux"):
        return False
    import ctypes

    here, exchange = -100, 2  # AT_FDCWD and RENAME_EXCHANGE of Linux
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    if rename(here, os.fsencode(one), here, os.fsencode(other), exchange) == 0:
        return True
    error = ctypes.get_errno()
    if error in _CANNOT_EXCHANGE:
        return False
    raise OSError(error, os.strerror(error), str(other))


def _move_in(
    new_folder: Path,
    folder: Path,
    names: Collection[str],
    gone_names: Collection[str],
    last: Collection[str],
) -> None:
    """Move files that are all written into a folder, one after the other. Those of ``last`` vouch
    for the others: they are taken away first and come last.
    """
    for name in (*last, *gone_names):
        (folder / name).unlink(missing_ok=True)
    for name in sorted(names, key=lambda name: (name in last, name)):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        os.replace(new_folder / name, folder / name)


def _remove_leftover(leftover: Path, folder: Path, own: Collection[str]) -> None:
    """Remove a file or folder that was written in vain, or replaced; folders in it that kg has not
    made go back to their place.
    """
    if leftover.is_symlink() or not leftover.is_dir():
        leftover.unlink(missing_ok=True)
        return
    is_all_ours = True
    for entry in list(os.scandir(leftover)):
        if entry.is_symlink() or entry.is_file():
            continue
        if entry.name in own:
            _remove_leftover(Path(entry.path), folder / entry.name, ())
            is_all_ours = is_all_ours and not os.path.lexists(entry.path)
        elif os.path.lexists(folder / entry.name):
            is_all_ours = False
        else:
            folder.mkdir(exist_ok=True)
            os.rename(entry.path, folder / entry.name)
    if is_all_ours:
        shutil.rmtree(leftover, ignore_errors=True)


def make_folder(folder: Path, files: Mapping[str, bytes], last: str) -> None:
    """Make a folder with files, some in folders of it: whole, or not at all. A folder that exists
    (it may be the one that somebody stands in) gets its parts one after the other, ``last`` last;
    parts of that name in it are replaced.

    Raises OSError where that cannot be done.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    with lock_folder(folder.parent):
        is_new = not folder.exists()
        beside = folder if is_new else folder / folder.name
        for leftover in (*find_leftovers(folder), *find_leftovers(beside)):
            shutil.rmtree(leftover, ignore_errors=True)
        new_folder = temporary_name(beside)
        try:
            write_all(new_folder, list(files), files)
            if is_new:
                os.rename(new_folder, folder)
            else:
                _move_parts(new_folder, folder, last)
            sync_path(folder if not is_new else folder.parent)
        finally:
            shutil.rmtree(new_folder, ignore_errors=True)


def _move_parts(new_folder: Path, folder: Path, last: str) -> None:
    for part in sorted(os.listdir(new_folder), key=lambda part: (part == last, part)):
        if (folder / part).is_dir():
            shutil.rmtree(folder / part)
        os.replace(new_folder / part, folder / part)


def replace_each(files: Mapping[Path, bytes], before: Callable[[], object] = lambda: None) -> None:
    """Replace files that lie in several folders, in their order; they keep their permissions. All
    are written before the first takes its place, so that a full disk changes none, and what comes
    between two of them is as short as can be. ``before`` is called in between.

    Raises OSError where one cannot be written, or where a device, pipe or socket has its name.
    """
    for path in files:
        if path.exists() and not path.is_file():
            raise OSError(errno.EEXIST, "this is there, and is no file:", str(path))
    names = {path: temporary_name(path) for path in files}
    for leftover in {each for path in files for each in find_leftovers(path)}:
        leftover.unlink(missing_ok=True)
    try:
        for path, data in files.items():
            write_synced(names[path], data)
            if path.exists():
                names[path].chmod(stat.S_IMODE(path.stat().st_mode))
        before()
        for path, name in names.items():
            os.replace(name, path)
        for folder in dict.fromkeys(path.parent for path in files):
            sync_path(folder)
    finally:
        for name in names.values():
            name.unlink(missing_ok=True)
