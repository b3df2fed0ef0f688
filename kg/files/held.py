"""Files that are held on the disk until nobody asks for them, and read from there in blocks: what
is made of a large workspace takes more memory than all that it says.
"""

from __future__ import annotations

import os
import tempfile
import weakref
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO

from kg.files.contents import Contents
from kg.files.output import report_write_errors
from kg.files.temporary import TEMPORARY

AT_ONCE = 1_000_000
"""So many bytes are read at a time, if nobody asks for more."""


class HeldFiles(Contents):
    """Files by name, one behind the other in a file without a name, which lasts as long as this."""

    def __init__(self, folder: Path | None = None) -> None:
        self.places: dict[str, tuple[int, int]] = {}
        """Where each file begins, and how large it is."""
        self.folder = folder or Path(tempfile.gettempdir())
        with report_write_errors(self.folder):
            self._file = tempfile.TemporaryFile(prefix=TEMPORARY, dir=self.folder)  # noqa: SIM115
        self._end = 0
        weakref.finalize(self, self._file.close)

    def take(self, files: Iterable[tuple[str, bytes | Iterable[bytes]]]) -> None:
        """Hold some files, each as soon as it is made, as a whole or in blocks."""
        for name, data in files:
            start = self._end
            for block in [data] if isinstance(data, bytes) else data:
                with report_write_errors(self.folder):
                    self._file.write(block)
                self._end += len(block)
            self.places[name] = start, self._end - start
        with report_write_errors(self.folder):
            self._file.flush()

    def write(self, name: str, write: Callable[[IO[bytes]], object]) -> None:
        """Hold a file that something writes."""
        start = self._end
        with report_write_errors(self.folder):
            write(self._file)
            self._file.flush()
            self._end = self._file.tell()
        self.places[name] = start, self._end - start

    def blocks(self, name: str, most: int = AT_ONCE) -> Iterator[bytes]:
        """Yield what is in a file in whole lines, so many bytes at a time, or one longer line."""
        start, size = self.places[name]
        end = start + size
        while start < end:
            block = self._read(start, min(most, end - start))
            while b"\n" not in block and start + len(block) < end:
                block += self._read(start + len(block), min(most, end - start - len(block)))
            if start + len(block) < end:
                block = block[: block.rfind(b"\n") + 1]
            yield block
            start += len(block)

    def size(self, name: str) -> int:
        """How many bytes a file has."""
        return self.places[name][1]

    def _read(self, start: int, size: int) -> bytes:
        """Read some bytes, wherever processes that share the file read now."""
        if hasattr(os, "pread"):
            return os.pread(self._file.fileno(), size, start)
        self._file.seek(start)
        return self._file.read(size)

    def __getitem__(self, name: str) -> bytes:
        return b"".join(self.blocks(name))

    def __contains__(self, name: object) -> bool:
        return name in self.places

    def __iter__(self) -> Iterator[str]:
        return iter(self.places)

    def __len__(self) -> int:
        return len(self.places)
