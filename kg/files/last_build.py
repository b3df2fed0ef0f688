"""What a build wrote and said, kept until anything that it is made from changes: then it is said
again, once every file is found to be as it was written.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from kg.files.cache import BUILT, Cache, fingerprint
from kg.files.disk import open_regular
from kg.files.outcome import WorkspaceState
from kg.files.output import MANIFEST, read_manifest


class LastBuild(NamedTuple):
    """The build of a state of a workspace (``key``) into a folder, kept in a cache. ``begun`` is
    when that state began to be read.
    """

    cache: Cache
    key: str
    folder: Path
    begun: int

    def find(self) -> str | None:
        """What a build of this state said, if that was the last one and all that it wrote is there;
        queries then know that it is fresh.
        """
        match self.cache.find(BUILT, ()):
            case (self.key, str(manifest), str(said)) if manifest == self._manifest():
                files = read_manifest(self.folder).get("files", {})
                if all(_digest(self.folder / name) == each for name, each in files.items()):
                    os.utime(self.folder / MANIFEST, ns=(self.begun, self.begun))
                    return said
        return None

    def keep(self, words: str) -> None:
        """Keep what a build of this state said, now that it is written."""
        self.cache.keep(BUILT, (self.key, self._manifest(), words), ())

    def _manifest(self) -> str:
        return _digest(self.folder / MANIFEST)


def last_build(state: WorkspaceState, folder: Path, options: str, begun: int) -> LastBuild:
    """Return the build of a state with some options into a folder."""
    key = fingerprint(state.key, str(folder), options)
    return LastBuild(state.cache, key, folder, begun)


def _digest(path: Path) -> str:
    """The fingerprint of a file; nothing where it cannot be read."""
    with suppress(OSError), open_regular(path) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
    return ""
