"""The one folder that kg reads: it has ``ontology/`` and ``sources/``, and may have ``queries/``
and ``viz/``; ``texts/`` holds what is nobody's to publish.

Nothing outside it is read, but for the texts where they lie elsewhere.
"""

from __future__ import annotations

import errno
import os
import stat
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from kg.diagnostics import Diagnostic, KgError, Span, rules
from kg.files.disk import open_at_once, read_regular
from kg.text.characters import printable

MOST_BYTES = 5_000_000
QUERIES, VIEWS = "queries", "viz"
YAML_ENDINGS = (".yaml", ".yml")
STORY_ENDINGS = (".story.yaml", ".story.yml")
"""How the names of the stories of views end."""
FOLDERS = ("ontology", "sources", QUERIES, VIEWS)
"""The folders of a workspace, but for the texts."""

TEXTS, TEXTS_VARIABLE = "texts", "KG_TEXTS"
"""Where a curator's copies of the articles are: this folder of the workspace, or the one that this
variable of the environment names.
"""
RENAMING = ".kg-renaming"
"""The file that marks a workspace of which not all files have taken the new id: it holds both."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file: its name relative to the workspace, and its bytes."""

    name: str
    data: bytes


class Files(NamedTuple):
    """The files of a folder with their contents, what is wrong with others, and how many were
    passed over.
    """

    contents: tuple[SourceFile, ...]
    diagnostics: tuple[Diagnostic, ...] = ()
    others: int = 0

    @property
    def is_whole(self) -> bool:
        """Whether all of them could be read."""
        return not any(each.is_error for each in self.diagnostics)


@dataclass(frozen=True, slots=True)
class Inputs:
    """The inputs of a build without their content: names, the time of the last change, and the time
    at which reading began.

    Times are nanoseconds since 1970. A change is a new content or name: folders count too, and so
    does a file's status time, which a file that was moved or restored with an old date cannot hide.
    """

    names: tuple[str, ...]
    changed_ns: int
    read_ns: int
    version: str


class Folder:
    """A folder of a workspace, walked once, each of its files read once: all who use it see the
    same.
    """

    def __init__(self, root: Path, name: str, drafts: Mapping[str, bytes]) -> None:
        self._root = root
        self._names: list[str] = []
        self._problems: list[Diagnostic] = []
        self._contents: dict[str, SourceFile | Diagnostic] = {}
        top = root / name
        if os.path.isdir(top):
            self._lies_outside = self._leads_out(top)
            self._walk(top)
        elif os.path.lexists(top):
            hint = "make it a folder, or delete it"
            self._problems.append(rules.NOT_A_FILE.at(Span(name), "not a folder", hint))
        for file, data in drafts.items():
            if file.startswith(f"{name}/"):
                self._contents[file] = SourceFile(file, data)
                self._names = sorted({*self._names, file})

    def files(self, endings: tuple[str, ...]) -> Files:
        """Return the files below the folder whose names end so, in order of their names; linked
        folders are not entered.
        """
        names = [each for each in self._names if each.lower().endswith(endings)]
        names = [name for name in names if not _is_hidden(name)]
        for name in names:
            if name not in self._contents:
                self._contents[name] = self._read_file(name)
        contents = [self._contents[name] for name in names]
        problems = [each for each in contents if isinstance(each, Diagnostic)]
        return Files(
            tuple(each for each in contents if isinstance(each, SourceFile)),
            (*self._problems, *problems),
            len(self._names) - len(names),
        )

    def _walk(self, top: Path) -> None:
        """Note the names of files, linked folders, and folders that cannot be read or entered: one
        problem each, and none of the files in them.
        """
        errors: list[OSError] = []
        for folder, folders, files in os.walk(top, onerror=errors.append):
            if not os.access(folder, os.X_OK):
                errors.append(OSError(errno.EACCES, os.strerror(errno.EACCES), folder))
                folders.clear()
                continue
            within = self._name_of(folder)
            folders.sort()
            links = [name for name in folders if os.path.islink(os.path.join(folder, name))]
            folders[:] = [name for name in folders if name not in links and not _is_hidden(name)]
            self._names += (f"{within}/{name}" for name in sorted(files))
            for name in links:
                place, message = Span(_safe_name(f"{within}/{name}")), "a linked folder is not read"
                hint = "put the files themselves into sources/"
                self._problems.append(rules.LINKED_FOLDER.at(place, message, hint))
        self._problems += (
            _unreadable(_safe_name(self._name_of(error.filename)), error) for error in errors
        )

    def _name_of(self, path: str) -> str:
        return os.path.relpath(path, self._root).replace(os.sep, "/")

    def _leads_out(self, path: Path) -> bool:
        return not real_path(path).is_relative_to(self._root.resolve())

    def _read_file(self, name: str) -> SourceFile | Diagnostic:
        path, place = self._root / name, Span(_safe_name(name))
        no_file = rules.NOT_A_FILE.at(place, "not a regular file", "delete it or move it away")
        try:
            if not stat.S_ISREG(path.stat().st_mode):
                return no_file
            # Only a link lies elsewhere than its folder.
            if self._leads_out(path) if path.is_symlink() else self._lies_outside:
                message = "a link that leaves the workspace is not followed"
                return rules.NOT_A_FILE.at(place, message, "copy the file into the workspace")
            with open(path, "rb", opener=open_at_once) as file:
                status = os.fstat(file.fileno())
                if not stat.S_ISREG(status.st_mode):
                    return no_file
                data = file.read(MOST_BYTES + 1) if status.st_size <= MOST_BYTES else b""
        except OSError as error:
            return _unreadable(place.file, error)
        if max(status.st_size, len(data)) > MOST_BYTES:
            message = f"the file has {status.st_size:,} bytes; at most {MOST_BYTES:,} are read"
            hint = "split it: any number of files may hold the same sections"
            return rules.TOO_LARGE.at(place, message, hint)
        return SourceFile(place.file, data)


class Workspace(NamedTuple):
    """A workspace's root folder, and the folder with a curator's own copies of the articles where
    there is one. ``drafts`` are files, by name, that are read as they are to be and not as they
    are. ``walked_folders`` are its folders as they were when it was ``walked``.
    """

    root: Path
    texts: Path | None = None
    drafts: Mapping[str, bytes] = MappingProxyType({})
    walked_folders: Mapping[str, Folder] = MappingProxyType({})

    @property
    def tops(self) -> list[Path]:
        """All folders that bear on what is read, whether they are there or not."""
        texts = [self.texts] if self.texts else []
        return [*(self.root / name for name in FOLDERS), *texts]

    def file_states(self) -> dict[str, tuple[int, int]]:
        """Return the time of change, in nanoseconds, and the size of each file in these folders, by
        its path: what differs when something is saved, on any file system.
        """
        states: dict[str, tuple[int, int]] = {}
        for top in self.tops:
            for folder, _, names in os.walk(top):
                for path in (os.path.join(folder, name) for name in names):
                    with suppress(OSError):
                        status = os.stat(path)
                        states[path] = status.st_mtime_ns, status.st_size
        return states

    def folder(self, name: str) -> Folder:
        """Return one of its folders as it is now. One that is missing holds nothing."""
        return self.walked_folders.get(name) or Folder(self.root, name, self.drafts)

    def walked(self) -> Workspace:
        """Return this workspace with its folders as they are now, whoever reads it."""
        return self._replace(walked_folders={name: self.folder(name) for name in FOLDERS})

    def files(self, folder: str, endings: tuple[str, ...]) -> Files:
        """Return the files below a folder whose names end so, in order of their names."""
        return self.folder(folder).files(endings)

    def ontology_files(self) -> Files:
        """Return the files that say what may be said."""
        return self.files("ontology", (".ttl",))

    def source_files(self) -> Files:
        """Return the files that say what is said."""
        return self.files("sources", YAML_ENDINGS)

    def inputs(self, version: str) -> Inputs:
        """Return what is to be read now, for the version of kg that reads it."""
        now = time.time_ns()
        names: list[str] = []
        last_change = 0
        for top in ("ontology", "sources"):
            for folder, folders, files in os.walk(self.root / top):
                folders.sort()
                for path in (folder, *(os.path.join(folder, name) for name in sorted(files))):
                    last_change = max(last_change, *_change_times(path))
                    names.append(os.path.relpath(path, self.root).replace(os.sep, "/"))
        return Inputs(tuple(map(_safe_name, names)), last_change, now, version)


def is_source(name: str) -> bool:
    """Whether a file of a workspace is one of its sources, by its name."""
    return name.startswith("sources/") and name.lower().endswith(YAML_ENDINGS)


def _unreadable(name: str, error: OSError) -> Diagnostic:
    return rules.NOT_A_FILE.at(
        Span(name),
        f"cannot be read: {error.strerror}",
        "look at its permissions and where it leads, or delete it",
    )


def _is_hidden(name: str) -> bool:
    return name.rpartition("/")[2].startswith(".")


def _change_times(path: str) -> tuple[int, ...]:
    """Return when a file's or folder's content or status last changed; of a link also when its
    target did.

    What vanishes meanwhile (editors save through files that come and go) changed just now.
    """
    try:
        statuses = [os.lstat(path)]
        if stat.S_ISLNK(statuses[0].st_mode) and os.path.exists(path):
            statuses.append(os.stat(path))
    except OSError:
        return (time.time_ns(),)
    return max(each.st_mtime_ns for each in statuses), max(each.st_ctime_ns for each in statuses)


def real_path(path: Path) -> Path:
    """Return a path without links; one that leads in a circle as far as it can be followed, which
    ``Path.resolve`` refuses.
    """
    return Path(os.path.realpath(path))


def _safe_name(name: str) -> str:
    return printable(name.encode("utf-8", "replace").decode("utf-8"))


def find_workspace(start: Path | None = None, is_renaming: bool = False) -> Workspace:
    """Return the workspace at or above a folder (the current one if left out), with its texts
    where it has any.

    Raises KgError where none is found, or only some of its files have a new id (``is_renaming``:
    also then).
    """
    folder = (start or Path.cwd()).absolute()
    if not os.path.isdir(folder):
        raise KgError(f"{folder} is not a folder")
    candidates = [folder, *folder.parents] if start is None else [folder]
    root = next((each for each in candidates if os.path.isdir(each / "ontology")), None)
    if root is None:
        message = f"no workspace at {folder}: it has no ontology folder"
        raise KgError(message, hint="start one: kg init DIR")
    if not os.path.isdir(root / "sources"):
        message = f"the workspace {root} has no sources folder"
        raise KgError(message, hint="make it, or start a new workspace: kg init DIR")
    mark = root / RENAMING
    if not is_renaming and mark.exists():
        ids = printable(read_regular(mark).decode("utf-8", "replace"))
        message = "only some files of the workspace have the new id: a renaming was cut off"
        raise KgError(message, hint=f"to finish it: kg rename {ids}")
    return Workspace(root, _texts_folder(root))


def find_workspace_above(folder: Path) -> Path | None:
    """Return the nearest folder at or above one that is a workspace, if there is any."""
    above = (folder, *folder.parents)
    return next((each for each in above if _is_workspace(each)), None)


def _is_workspace(folder: Path) -> bool:
    return (folder / "ontology").is_dir() and (folder / "sources").is_dir()


def _texts_folder(root: Path) -> Path | None:
    if named_folder := os.environ.get(TEXTS_VARIABLE):
        return Path(named_folder)
    folder = root / TEXTS
    # A workspace may be somebody else's: where it leads out of itself, nobody has asked for it.
    is_inside = real_path(folder).is_relative_to(root.resolve())
    # A file of that name is told where copies are looked for.
    return folder if folder.exists() and is_inside else None
