"""What reading made of a file, kept from one command to the next in a folder of the user's own.

An entry is found by its key alone: a fingerprint of all that it was made from, the code of kg
included. It is never trusted blindly: it lies outside of every workspace, in a folder that only its
owner can write, it must be whole, and it can hold values of a few classes and nothing else. An
entry that is damaged, foreign or of another version is as good as none, and where none can be kept
kg works without.

``KG_CACHE`` names another folder, or is ``off``.
"""

from __future__ import annotations

import copyreg
import hashlib
import io
import os
import pickle
import shutil
import stat
import sys
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import fields, is_dataclass
from functools import cache
from importlib.util import find_spec
from operator import attrgetter
from pathlib import Path
from types import MappingProxyType
from typing import Any

from kg import __version__
from kg.files.temporary import TEMPORARY, temporary_name

OFF = "off"
OUTCOME, ONTOLOGY, BUILT, QUESTIONS = "outcome", "ontology", "built", "questions"
CHECKED = "checked"
"""The keys of entries that are replaced, and not forgotten, when another state is read; there are
several of questions and of what was checked.
"""
_ROOT = "workspace"
_CODE = (".py", ".html", ".css", ".js")
_STALE = 3600
"""So many seconds after its last change a file that is being written was left by a command that was
cut off.
"""
NO_MAKERS: Mapping[type, Callable[..., object]] = MappingProxyType({})
_is_off = ContextVar("is_off", default=False)


@contextmanager
def without_cache() -> Iterator[None]:
    """Keep and find nothing meanwhile."""
    token = _is_off.set(True)
    try:
        yield
    finally:
        _is_off.reset(token)


class Cache:
    """The entries of one workspace. To keep a value costs nothing where this ``is_memory``."""

    is_memory = False

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.used: set[str] = set()

    def find(self, key: str, classes: Collection[type]) -> object | None:
        """The value that was kept under a key, made of some classes; None where there is none that
        can be trusted.
        """
        self.used.add(key)
        try:
            with open(self.folder / key, "rb", opener=_open_own) as file:
                digest, data = file.read(32), file.read()
            if hashlib.sha256(data).digest() != digest:
                return None
            value: object = unpack_value(data, classes)
        except Exception:  # noqa: BLE001 - whatever is wrong with an entry, it is as good as none
            return None
        return value

    def keep(self, key: str, value: object, classes: Collection[type]) -> None:
        """Keep a value, made of some classes, under a key: whole or not at all."""
        self.used.add(key)
        data = pack_value(value, classes)
        with self._exchange(key) as path, open(path, "xb") as file:
            file.write(hashlib.sha256(data).digest() + data)

    def keep_as(self, key: str, other: str) -> None:
        """Keep what is under a key now under another one, too, whatever becomes of the first."""
        with self._exchange(other) as path:
            os.link(self.folder / key, path)

    @contextmanager
    def _exchange(self, key: str) -> Iterator[Path]:
        """Give the name of a file to make, which takes the place of what is under a key."""
        path = temporary_name(self.folder / key)
        with suppress(OSError):
            try:
                yield path
                os.replace(path, self.folder / key)
            finally:
                path.unlink(missing_ok=True)

    def forget_all_but(self, start: str) -> None:
        """Remove the entries that were neither found nor kept since the cache was opened, and whose
        key does not start so.
        """
        lasting = (start, QUESTIONS, CHECKED)
        with suppress(OSError):
            for entry in list(os.scandir(self.folder)):
                is_new = entry.name.startswith(TEMPORARY) and not _is_stale(entry)
                is_used = entry.name in self.used or entry.name.startswith(lasting)
                if not (is_new or is_used or entry.name in (_ROOT, OUTCOME, ONTOLOGY, BUILT)):
                    Path(entry.path).unlink(missing_ok=True)


def open_cache(root: Path) -> Cache | None:
    """The cache of the workspace in a folder; None where there is none to be trusted, or it is
    turned off.
    """
    top = _top_folder()
    if top is None:
        return None
    path = str(root.resolve())
    folder = top / hashlib.sha256(os.fsencode(path)).hexdigest()[:32]
    try:
        if not folder.exists():
            top.mkdir(mode=0o700, parents=True, exist_ok=True)
            _forget_vanished(top)
            folder.mkdir(mode=0o700, exist_ok=True)
            (folder / _ROOT).write_bytes(os.fsencode(path))
        return Cache(folder) if _is_own(top) and _is_own(folder) else None
    except OSError:
        return None


def fingerprint(*parts: bytes | str) -> str:
    """One key for all that a value was made from, and for the code that made it."""
    digest = hashlib.sha256(_code_stamp())
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()


def _top_folder() -> Path | None:
    """The folder of all caches of this user."""
    named_folder = os.environ.get("KG_CACHE", "")
    if _is_off.get() or named_folder == OFF or not hasattr(os, "geteuid"):
        return None
    if named_folder:
        return Path(named_folder)
    base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return Path(base) / "actor-kg" if os.path.isabs(base) else None


@cache
def _code_stamp() -> bytes:
    """A fingerprint of the code that is running, by times and sizes of its files, and of what it
    is installed beside.
    """
    stamp = [__version__, sys.version, *map(_install_time, ("yaml", "pyoxigraph"))]
    for folder, folders, files in os.walk(os.path.dirname(os.path.dirname(__file__))):
        folders[:] = sorted(name for name in folders if name not in ("__pycache__", "scripts"))
        for name in sorted(files):
            if name.endswith(_CODE):
                status = os.stat(os.path.join(folder, name))
                stamp.append(f"{folder}/{name} {status.st_mtime_ns} {status.st_size}")
    return hashlib.sha256("\n".join(stamp).encode("utf-8", "surrogateescape")).digest()


def _install_time(package: str) -> str:
    """When what lies beside a package was last installed, upgraded or removed."""
    spec = find_spec(package)
    folder = os.path.dirname(os.path.dirname((spec and spec.origin) or ""))
    return f"{folder} {os.stat(folder or '/').st_mtime_ns}"


def _is_own(folder: Path) -> bool:
    """Whether a folder is this user's, and nobody else can write to it."""
    status = os.lstat(folder)
    return stat.S_ISDIR(status.st_mode) and _belongs_to_user(status)


def _belongs_to_user(status: os.stat_result) -> bool:
    return status.st_uid == os.geteuid() and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _open_own(path: str, flags: int) -> int:
    """Open a regular file of this user's own, and no link. Raises OSError."""
    handle = os.open(path, flags | os.O_NOFOLLOW | os.O_NONBLOCK)
    status = os.fstat(handle)
    if not (stat.S_ISREG(status.st_mode) and _belongs_to_user(status)):
        os.close(handle)
        raise PermissionError(path)
    return handle


def _is_stale(entry: os.DirEntry[str]) -> bool:
    return entry.stat(follow_symlinks=False).st_mtime < time.time() - _STALE


def _forget_vanished(top: Path) -> None:
    """Remove the caches of workspaces that are no more."""
    for folder in list(top.iterdir()):
        with suppress(OSError):
            if not os.path.isdir(os.fsdecode((folder / _ROOT).read_bytes())):
                shutil.rmtree(folder, ignore_errors=True)


def pack_value(value: object, classes: Collection[type]) -> bytes:
    """Return a value as its classes with what makes each: a third faster than ``pickle`` would."""
    buffer = io.BytesIO()
    pickler = pickle.Pickler(buffer, pickle.HIGHEST_PROTOCOL)
    pickler.dispatch_table = _makers_of(tuple(classes))
    pickler.dump(value)
    return buffer.getvalue()


def unpack_value(
    data: bytes, classes: Collection[type], makers: Mapping[type, Callable[..., object]] = NO_MAKERS
) -> Any:
    """Return the value that was packed, made of some classes and nothing else; some of these by
    ``makers``.

    Raises what ``pickle`` raises for data that hold no such value.
    """
    return _Reader(data, {each: makers.get(each, each) for each in classes}).load()


@cache
def _makers_of(classes: tuple[type, ...]) -> dict[Any, Callable[[Any], Any]]:
    """What makes again values of some classes, and of those that Python knows, by class."""
    return {**copyreg.dispatch_table, **dict(map(_maker_of, classes))}


def _maker_of(kind: type) -> tuple[type, Callable[[Any], Any]]:
    """A class and what makes again a value of it, as ``__reduce__`` tells it."""
    if is_dataclass(kind):
        values = attrgetter(*(each.name for each in fields(kind)))
        is_one = len(fields(kind)) == 1
        return kind, lambda value: (kind, (values(value),) if is_one else values(value))
    if issubclass(kind, tuple):
        return kind, lambda value: (kind, tuple(value))
    return kind, lambda value: (kind, (value.value,))


class _Reader(pickle.Unpickler):
    """Makes values of some classes and nothing else, whatever the data ask for."""

    def __init__(self, data: bytes, makers: Mapping[type, Callable[..., object]]) -> None:
        super().__init__(io.BytesIO(data))
        self.makers = {(each.__module__, each.__qualname__): by for each, by in makers.items()}

    def find_class(self, module: str, name: str) -> Callable[..., object]:
        """What makes values of the class of a name, if it is one of those that may be made."""
        try:
            return self.makers[module, name]
        except KeyError:
            raise pickle.UnpicklingError(f"{module}.{name}") from None
