"""Lines in order, however many: they are sorted in parts that fit into memory, which are merged."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from io import BytesIO
from itertools import chain, groupby, islice
from pathlib import Path

from kg.files.held import HeldFiles

MOST_LINES = 250_000
"""So many lines are sorted at a time: of a graph they take 70 MB."""
LINES_AT_ONCE = 2_000
BYTES_AT_ONCE = 200_000
"""So much of each part is read at a time."""


def hold_sorted(name: str, lines: Iterable[str], folder: Path | None = None) -> HeldFiles:
    """Return one file of this name, with all lines, each once, as UTF-8 in the order of bytes. Each
    line ends with a line break.
    """
    parts = HeldFiles(folder)
    parts.take(_sorted_parts(lines))
    merged = HeldFiles(folder)
    each_part = [_lines_of(parts, part) for part in parts]
    all_lines = (line for line, _ in groupby(heapq.merge(*each_part)))
    merged.take([(name, _in_blocks(all_lines))])
    return merged


def _sorted_parts(lines: Iterable[str]) -> Iterator[tuple[str, Iterator[bytes]]]:
    rest, number = iter(lines), 0
    while part := sorted(set(islice(rest, MOST_LINES))):
        yield str(number), _in_blocks(map(str.encode, part))
        number += 1


def _lines_of(parts: HeldFiles, part: str) -> Iterator[bytes]:
    return chain.from_iterable(map(BytesIO, parts.blocks(part, BYTES_AT_ONCE)))


def _in_blocks(lines: Iterable[bytes]) -> Iterator[bytes]:
    rest = iter(lines)
    while block := b"".join(islice(rest, LINES_AT_ONCE)):
        yield block
