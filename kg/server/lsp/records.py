"""The record that stands at a line of a source file, found by its indents: while somebody types the
file may be no YAML.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from kg.diagnostics import Span
from kg.sources.entries import ALL_SECTIONS

_KEY = re.compile(r"([A-Za-z_]+)[ \t]*:")
_FIELD = re.compile(r"(?:^|[{,]|-[ \t])[ \t]*([a-z_]+)[ \t]*:[ \t]+([^,{}\[\]#]*[^,{}\[\]#\s])")


class RecordLines(NamedTuple):
    """A record: its section, and its first and last line (from 1)."""

    section: str
    first: int
    last: int

    def holds(self, span: Span) -> bool:
        """Whether a place begins in it."""
        return self.first <= span.line <= self.last

    def fields(self, lines: Sequence[str]) -> dict[str, str]:
        """Return the plain texts of its fields, as far as they stand beside their keys."""
        found_fields: dict[str, str] = {}
        for line in lines[self.first - 1 : self.last]:
            for key, text in _FIELD.findall(line):
                found_fields.setdefault(key, text.strip("\"'"))
        return found_fields


def section_at(lines: Sequence[str], line: int) -> tuple[str, int]:
    """Return the section in which a line stands, and the section's first line; empty and 0 where it
    stands in none.
    """
    for number in range(min(line, len(lines)), 0, -1):
        key = _KEY.match(lines[number - 1].removeprefix("\ufeff"))
        if key:
            return (key[1], number) if key[1] in ALL_SECTIONS else ("", 0)
    return "", 0


def record_at(lines: Sequence[str], line: int) -> RecordLines | None:
    """Return the record at a line, or None where none is."""
    section, top = section_at(lines, line)
    if not section or not top < line <= len(lines):
        return None
    margin = next(
        (_indent(each) for each in lines[top:] if each.strip() and not _is_comment(each)), 0
    )
    is_list = section == "assertions"
    first = line
    while first > top and not _begins(lines[first - 1], margin, is_list):
        first -= 1
    if first == top:
        return None
    last = first + 1
    while last <= len(lines) and not _ends(lines[last - 1], margin):
        last += 1
    return RecordLines(section, first, last - 1)


def count_same(before: Sequence[str], after: Sequence[str]) -> int:
    """Return how many lines two texts have in common from their beginning on."""
    pairs = enumerate(zip(before, after, strict=False))
    differing = (number for number, (one, other) in pairs if one != other)
    return next(differing, min(len(before), len(after)))


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _is_comment(line: str) -> bool:
    return line.lstrip().startswith("#")


def _begins(line: str, margin: int, is_list: bool) -> bool:
    if not line.strip() or _is_comment(line) or _indent(line) != margin:
        return False
    return not is_list or line.lstrip().startswith("-")


def _ends(line: str, margin: int) -> bool:
    return bool(line.strip()) and _indent(line) <= margin
