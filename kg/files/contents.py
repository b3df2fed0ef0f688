"""Files by name whose bytes can be had in blocks, where they are too large to be had at once."""

from __future__ import annotations

import hashlib
from abc import abstractmethod
from collections.abc import Iterable, Iterator, Mapping


class Contents(Mapping[str, bytes]):
    """Files by name, of which each can be read in blocks."""

    @abstractmethod
    def blocks(self, name: str) -> Iterable[bytes]:
        """Return what is in a file, some of it at a time."""

    @abstractmethod
    def size(self, name: str) -> int:
        """How many bytes a file has."""


def blocks_of(files: Mapping[str, bytes], name: str) -> Iterable[bytes]:
    """Return what is in a file, some of it at a time where it can be had so."""
    return files.blocks(name) if isinstance(files, Contents) else [files[name]]


def digest(blocks: Iterable[bytes]) -> str:
    """Return the fingerprint (SHA-256) of what is in a file."""
    hasher = hashlib.sha256()
    for block in blocks:
        hasher.update(block)
    return hasher.hexdigest()


class JoinedFiles(Contents):
    """The files of several mappings. A later one has the word where two have the same name."""

    def __init__(self, parts: Iterable[Mapping[str, bytes]]) -> None:
        self._parts = {name: part for part in parts for name in part}

    def blocks(self, name: str) -> Iterable[bytes]:
        """Return what is in a file, some of it at a time where it can be had so."""
        return blocks_of(self._parts[name], name)

    def size(self, name: str) -> int:
        """How many bytes a file has."""
        part = self._parts[name]
        return part.size(name) if isinstance(part, Contents) else len(part[name])

    def __getitem__(self, name: str) -> bytes:
        return self._parts[name][name]

    def __contains__(self, name: object) -> bool:
        # Mapping would read the whole file for that.
        return name in self._parts

    def __iter__(self) -> Iterator[str]:
        return iter(self._parts)

    def __len__(self) -> int:
        return len(self._parts)
