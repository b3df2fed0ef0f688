"""Lines are in order, each once, however many parts they were sorted in, and are read in blocks."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.files.contents import JoinedFiles
from kg.files.held import HeldFiles
from kg.files.sorted_lines import hold_sorted

LONGEST = 17
"""So many bytes the longest line has."""
LINES = st.lists(st.text("ab\u00e9\u2603\U0001f600\r\x0b\u2028", max_size=4).map("{}\n".format))


@given(LINES)
def test_lines_are_sorted_in_parts_as_they_are_at_once(lines: list[str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        for name in ("MOST_LINES", "LINES_AT_ONCE", "BYTES_AT_ONCE"):
            patch.setattr(f"kg.files.sorted_lines.{name}", 3)
        held = hold_sorted("lines", lines)
    assert held["lines"] == "".join(sorted(set(lines))).encode()


@given(LINES, st.integers(1, 9))
def test_a_file_is_read_in_blocks_of_whole_lines(lines: list[str], most: int) -> None:
    held, data = HeldFiles(), "".join(lines).encode()
    held.take([("other", b"before"), ("lines", data), ("last", iter([b"be", b"hind"]))])
    held.write("written", lambda file: file.write(data))
    for name in ("lines", "written"):
        blocks = list(held.blocks(name, most))
        assert b"".join(blocks) == data
        assert all(each.endswith(b"\n") for each in blocks)
        assert all(len(each) <= most + LONGEST for each in blocks)
    assert (held.size("lines"), held["last"], held["other"]) == (len(data), b"behind", b"before")


def test_nothing_stays_in_the_folder(tmp_path: Path) -> None:
    held = hold_sorted("lines", ["b\n", "a\n"], tmp_path)
    assert not list(tmp_path.iterdir())
    assert held["lines"] == b"a\nb\n"


def test_no_file_is_read_to_tell_whether_it_is_there() -> None:
    held = HeldFiles()
    held.take([("large", bytes(1_000_000))])
    joined = JoinedFiles([held])
    tracemalloc.start()
    for files in (held, joined):
        assert "large" in files
        assert "small" not in files
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 500_000
