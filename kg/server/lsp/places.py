"""What field and which part of its text stand before the cursor."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from kg.server.lsp.records import RecordLines, record_at, section_at

_BESIDE = re.compile(r"(?:^|[\s{,])([A-Za-z_]+):[ \t]+(?:\[(?:[^\[\]]*,)?[ \t]*)?([^,\[\]{}:]*)$")
_IN_CITE = re.compile(r"cite:[ \t]+\{(?:[^{}]*(?:\{[^{}]*\}[^{}]*)*[\]\d],)?[ \t]*([^:{}\[\],]*)$")
_IN_WITH = re.compile(r"with:[ \t]+\{(?:[^{}]*,)?[ \t]*([^:{}\[\],]*)$")
_ITEM = re.compile(r"^[ \t]*-[ \t]+([^:{}\[\],]*)$")
_KEY_ONLY = re.compile(r"^[ \t]*(?:-[ \t]+)?([A-Za-z_-]*)$")
_PARENT = re.compile(r"^([ \t]*(?:-[ \t]+)*)([A-Za-z0-9_-]+):[ \t]*(?:#.*)?$")
_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*")


class TypedPlace(NamedTuple):
    """Where the cursor is: in a section, in a record (or in none yet), at the text of a field, or
    where a key is to stand (``is_key``); ``typed`` is what stands there before the cursor.
    """

    section: str
    record: RecordLines | None
    field: str
    typed: str
    is_key: bool = False


def place_at(lines: Sequence[str], line: int, column: int) -> TypedPlace | None:
    """Return what is typed at a line (from 1) before a column (from 0); None outside sections."""
    section, top = section_at(lines, line)
    before = lines[line - 1][:column] if line <= len(lines) else ""
    if not section or line == top:
        if "\n" not in before and re.fullmatch(r"[A-Za-z_]*", before):
            return TypedPlace("", None, "", before, is_key=True)
        return None
    record = record_at(lines, line)
    if cite_match := _IN_CITE.search(before):
        return TypedPlace(section, record, "cite", cite_match[1])
    if qualifier := _IN_WITH.search(before):
        return TypedPlace(section, record, "with", qualifier[1], is_key=True)
    if beside := _BESIDE.search(before):
        return TypedPlace(section, record, beside[1], beside[2])
    parent = _parent_key(lines, line, top)
    if parent == "cite" and (key := _KEY_ONLY.match(before)):
        return TypedPlace(section, record, "cite", key[1])
    if parent and parent not in ("aliases", "withdrawn") and (item := _ITEM.match(before)):
        return TypedPlace(section, record, parent, item[1])
    if key := _KEY_ONLY.match(before):
        return TypedPlace(section, record, parent, key[1], is_key=True)
    return None


def _parent_key(lines: Sequence[str], line: int, top: int) -> str:
    """The key that the block of a line belongs to; empty where that is the record itself."""
    own = lines[line - 1] if line <= len(lines) else ""
    margin = len(own) - len(own.lstrip(" "))
    is_item = own.lstrip().startswith("-")
    for number in range(line - 1, top, -1):
        text = lines[number - 1]
        if not text.strip():
            continue
        parent = _PARENT.match(text)
        indent = len(parent[1]) if parent else len(text) - len(text.lstrip(" "))
        if indent < margin or (is_item and parent and indent == margin):
            return parent[2] if parent else ""
    return ""


def word_at(line: str, column: int) -> tuple[str, int, int]:
    """Return the id or word at a column (from 0) of a line, and where it begins and ends; an empty
    word where there is none.
    """
    for word in _WORD.finditer(line):
        if word.start() <= column <= word.end():
            return word[0], word.start(), word.end()
    return "", column, column
