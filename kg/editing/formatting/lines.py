"""Comments, blank lines and indents between the nodes of a source file."""

from __future__ import annotations

from collections.abc import Sequence

SECTION, RECORD = 0, 2
"""Indents: the sections of a file, the records of a section; below are fields."""


def gap(lines: Sequence[str], indent: int) -> list[str]:
    """Return comments at an indent; blank lines are one at a place, and none in a record."""
    kept: list[str] = []
    for line in lines:
        if line:
            kept.append(f"{' ' * indent}{line}")
        elif indent <= RECORD and (not kept or kept[-1]):
            kept.append("")
    return kept


def shift_line(line: str, shift: int) -> str:
    """Return a line that begins some blanks further right, or left as far as it has blanks."""
    if shift >= 0:
        return " " * shift + line if line.strip() else line
    return line[-shift:] if line[:-shift].isspace() or not line.strip() else line
