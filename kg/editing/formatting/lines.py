"""Comments, blank lines and indents between the nodes of a source file."""

from __future__ import annotations

from collections.abc import Sequence

SECTION, RECORD = 0, 2
"""Indents: the sections of a file, the records of a section; below are fields."""


def comment_lines(lines: Sequence[str], indent: int) -> list[str]:
    """Return comments at an indent; blank lines are one at a place, and none in a record."""
    kept_lines: list[str] = []
    for line in lines:
        if line:
            kept_lines.append(f"{' ' * indent}{line}")
        elif indent <= RECORD and (not kept_lines or kept_lines[-1]):
            kept_lines.append("")
    return kept_lines


def shift_line(line: str, shift: int) -> str:
    """Return a line that begins some blanks further right, or left as far as it has blanks."""
    if shift >= 0:
        return " " * shift + line if line.strip() else line
    return line[-shift:] if line[:-shift].isspace() or not line.strip() else line
