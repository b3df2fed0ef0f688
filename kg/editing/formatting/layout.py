"""The canonical layout of one source file, made of the file's own lines.

Every scalar stays as it is written; what moves are fields, indents and blank lines. A comment moves
with what stands below it, or stays at the end of the block in which it is indented. Each record is
read again: one that would read otherwise, or lose a comment, keeps its lines.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from kg.diagnostics import Diagnostic
from kg.editing.formatting.lines import (
    RECORD,
    SECTION,
    comment_lines,
    shift_line,
)
from kg.editing.formatting.order import SOURCE_SHAPE, Shape, order_fields
from kg.editing.formatting.sameness import lines_with_comments, reads_the_same
from kg.editing.yamltext import WIDTH
from kg.files.workspace import SourceFile
from kg.sources.sourcetext import SourceText, TreeEntry, entries_of, source_text
from kg.sources.yamlfile import Mapping as Tree
from kg.sources.yamlfile import Scalar, YamlNode

_STEP = 2
_COLON = re.compile(r"[ \t]*:([ \t]+#.*|[ \t]*)")
_BEFORE_VALUE = re.compile(r"[ \t]*:[ \t]*\n?[ \t\n]*")
_BLOCK_SCALAR = re.compile(r"[|>]([-+0-9]*)")


class FormattedFile(NamedTuple):
    """A source file as it is and as it is to be, and how many of its records (or the file as a
    whole) keep the layout that they have. One with ``errors`` stays as it is.
    """

    before: SourceFile
    after: bytes
    kept_parts: int = 0
    errors: tuple[Diagnostic, ...] = ()

    @property
    def is_changed(self) -> bool:
        """Whether its layout is not the canonical one."""
        return self.after != self.before.data


class _Unsafe(Exception):
    """A layout that is not taken apart here: what has it keeps its lines."""


class _Part(NamedTuple):
    """An entry of a block with its lines: those above that belong to it, and its own, of which the
    last are perhaps comments.
    """

    lead: list[str]
    entry: TreeEntry
    first: int
    last: int


def lay_out(file: SourceFile) -> FormattedFile:
    """Return a source file, which can be read, in its canonical layout."""
    text = file.data.decode("utf-8-sig")
    plain = SourceFile(file.name, text.replace("\r\n", "\n").encode())
    source = source_text(plain)
    writer = _Writer(source)
    try:
        lines = writer.write_file()
    except _Unsafe:
        return FormattedFile(file, file.data, 1)
    after = SourceFile(file.name, "".join(f"{line}\n" for line in lines).encode())
    if not reads_the_same(source, source_text(after), SOURCE_SHAPE):
        return FormattedFile(file, file.data, 1)
    has_crlf = text.count("\r\n") == text.count("\n") > 0
    data = after.data.replace(b"\n", b"\r\n") if has_crlf else after.data
    mark = b"\xef\xbb\xbf" if file.data.startswith(b"\xef\xbb\xbf") else b""
    return FormattedFile(file, mark + data, writer.kept)


class _Writer:
    """Writes the lines of a file anew, from the tree down."""

    def __init__(self, source: SourceText) -> None:
        self.source = source
        self.lines = source.text.split("\n")
        self.with_comments = lines_with_comments(source)
        self.kept = 0

    def write_file(self) -> list[str]:
        root = self.source.root
        if not isinstance(root, Tree) or self.source.is_flow(root):
            raise _Unsafe
        last = len(self.lines)
        while last and not self.lines[last - 1].strip():
            last -= 1
        return self.block(root, 1, last, SECTION, SOURCE_SHAPE)

    def block(self, node: YamlNode, first: int, last: int, indent: int, shape: Shape) -> list[str]:
        """Return the lines of a list or mapping that stands in a range of lines."""
        parts, tail = self.parts(node, first, last, indent)
        if isinstance(node, Tree):
            order = [key.span for key, _ in order_fields(node, shape)]
            parts.sort(key=lambda part: order.index(part.entry[0].span) if part.entry[0] else 0)
        lines: list[str] = []
        for part in parts:
            lead = comment_lines(part.lead, indent)
            if indent == SECTION:
                # A blank line stands between sections, and none above the first.
                lead = lead[1:] if lead and not lead[0] else lead
                lead = ["", *lead] if lines else lead
            lines += lead
            lines += self.part(part, indent, shape)
        return lines + comment_lines(tail, indent)

    def part(self, part: _Part, indent: int, shape: Shape) -> list[str]:
        """Return the lines of one entry; those that it has where it cannot be laid out."""
        if indent != RECORD:
            return self.entry(part, indent, shape)
        try:
            lines = self.entry(part, indent, shape)
        except _Unsafe:
            lines = []
        as_is = self.shift_lines(part, indent)
        if lines and _reads_as(as_is, lines, shape, part.entry[0] is None):
            return lines
        self.kept += 1
        return as_is

    def entry(self, part: _Part, indent: int, shape: Shape) -> list[str]:
        key, node = part.entry
        if key is None:
            return self.item(part, node, indent, shape)
        line = key.span.end_line
        if line != key.span.line:
            raise _Unsafe
        inner = shape.of(key.text)
        name = self.source.at(key.span)
        rest = self.lines[line - 1][key.span.end_column - 1 :]
        if self.is_block(node):
            colon = _COLON.fullmatch(rest)
            if colon is None:
                raise _Unsafe
            below = self.block(node, line + 1, part.last, indent + _STEP, inner)
            return [f"{' ' * indent}{name}:{colon[1].rstrip()}", *below]
        start = self.source.offset(line, key.span.end_column)
        between = self.source.text[start : self.source.offset(node.span.line, node.span.column)]
        if not _BEFORE_VALUE.fullmatch(between) or not _is_something(node):
            raise _Unsafe
        return self.value(f"{' ' * indent}{name}: ", node, key.span.column - 1, indent, inner)

    def item(self, part: _Part, node: YamlNode, indent: int, shape: Shape) -> list[str]:
        """Return the lines of an entry of a list, its dash before it."""
        dash = f"{' ' * indent}- "
        first = self.lines[part.first - 1]
        column = first.index("-")
        if not self.is_block(node):
            is_here = node.span.line == part.first
            between = first[column + 1 : node.span.column - 1] if is_here else "?"
            if between.strip() or not _is_something(node):
                raise _Unsafe
            return self.value(dash, node, column, indent, shape)
        if not isinstance(node, Tree):
            raise _Unsafe
        is_beside = node.span.line == part.first
        if not is_beside and first.strip() != "-":
            raise _Unsafe
        top = part.first if is_beside else part.first + 1
        lines = self.block(node, top, part.last, indent + _STEP, shape)
        above = next(at for at, line in enumerate(lines) if not line.lstrip().startswith("#"))
        lead = [f"{' ' * indent}{line.lstrip()}" for line in lines[:above]]
        return [*lead, dash + lines[above].lstrip(), *lines[above + 1 :]]

    def value(self, head: str, node: YamlNode, column: int, indent: int, shape: Shape) -> list[str]:
        """Return the lines of a scalar, or of a node in brackets, behind its key or dash, which
        stood at a column.
        """
        span = node.span
        text = self.source.at(span)
        if isinstance(node, Scalar) and (mark := _BLOCK_SCALAR.match(text)):
            is_counted = any(sign.isdigit() for sign in mark[1])
            shift = indent - column if is_counted else None
            return self.block_scalar(head, node, indent + _STEP, shift)
        behind = self.lines[span.end_line - 1][span.end_column - 1 :].rstrip()
        if behind and not re.match(r"[ \t]+#", behind):
            raise _Unsafe
        first, *more = text.split("\n")
        if not isinstance(node, Scalar):
            line = self.one_line(node, shape)
            is_short = line and (not more or len(head + line) <= WIDTH)
            first, more = (line, []) if is_short else (first, more)
        margin = " " * (indent + _STEP)
        more = [margin + line.lstrip(" \t") if line.strip() else "" for line in more]
        lines = [head + first, *more]
        return [*lines[:-1], lines[-1] + behind]

    def block_scalar(self, head: str, node: YamlNode, indent: int, shift: int | None) -> list[str]:
        """Return the lines of a block scalar, its text at an indent, or moved with its key where
        its mark counts blanks.
        """
        line = node.span.line
        top = head + self.lines[line - 1][node.span.column - 1 :].rstrip()
        below = self.lines[line : self.source.end_line(node)]
        if shift is None:
            margins = [len(each) - len(each.lstrip(" ")) for each in below if each.strip()]
            shift = indent - margins[0] if margins else 0
        return [top, *(shift_line(each, shift) for each in below)]

    def one_line(self, node: YamlNode, shape: Shape) -> str:
        """Return a node in brackets or braces in one line; nothing where it cannot be."""
        span = node.span
        if isinstance(node, Scalar):
            is_whole = span.line == span.end_line and _is_something(node)
            return self.source.at(span) if is_whole else ""
        if not self.source.is_flow(node):
            return ""
        if any(line in self.with_comments for line in range(span.line, span.end_line)):
            return ""
        if not isinstance(node, Tree):
            parts = [self.one_line(each, shape) for _, each in entries_of(node)]
            return f"[{', '.join(parts)}]" if all(parts) else ""
        pairs = [
            (self.one_line(key, shape), self.one_line(each, shape.of(key.text)))
            for key, each in order_fields(node, shape)
        ]
        is_whole = all(key and each for key, each in pairs)
        return f"{{{', '.join(f'{key}: {each}' for key, each in pairs)}}}" if is_whole else ""

    def is_block(self, node: YamlNode) -> bool:
        return not isinstance(node, Scalar) and not self.source.is_flow(node)

    def shift_lines(self, part: _Part, indent: int) -> list[str]:
        """Return the lines of an entry as they are, but for where they begin."""
        lines = self.lines[part.first - 1 : part.last]
        shift = indent - (len(lines[0]) - len(lines[0].lstrip(" ")))
        return [shift_line(line, shift) for line in lines]

    def parts(
        self, node: YamlNode, first: int, last: int, indent: int
    ) -> tuple[list[_Part], list[str]]:
        """Return the entries of a block with their lines, and the lines behind the last one."""
        entries = entries_of(node)
        parts: list[_Part] = []
        above = first
        for entry in entries:
            line, column = self.start(entry, above)
            if line < above or (parts and self.source.end_line(parts[-1].entry[1]) >= line):
                raise _Unsafe
            begins = self.boundary(parts, above, line, column)
            lead = self.gap_lines(begins, line, indent)
            end = self.source.end_line(entry[1])
            parts.append(_Part(lead, entry, line, end))
            above = end + 1
        begins = self.boundary(parts, above, last + 1, self.start(entries[0], first)[1])
        return parts, self.gap_lines(begins, last + 1, indent)

    def boundary(self, parts: list[_Part], above: int, line: int, column: int) -> int:
        """Give the entry before a gap the comments that are indented deeper than it, and return the
        line from which on the gap belongs to what follows.
        """
        if not parts or not self.is_block(parts[-1].entry[1]):
            return above
        begins = above
        for number in range(above, line):
            text = self.lines[number - 1]
            if text.strip() and len(text) - len(text.lstrip(" ")) <= column:
                break
            if text.strip():
                begins = number + 1
        parts[-1] = parts[-1]._replace(last=begins - 1)
        return begins

    def start(self, entry: TreeEntry, above: int) -> tuple[int, int]:
        """Return the line on which an entry begins, and its column from 0."""
        key, node = entry
        if key is not None:
            before = self.lines[key.span.line - 1][: key.span.column - 1]
            if before.strip(" -"):
                raise _Unsafe
            return key.span.line, key.span.column - 1
        line = node.span.line
        while line >= above:
            text = self.lines[line - 1]
            if dash := re.match(r" *-(?=[ \t]|$)", text):
                return line, dash.end() - 1
            if line < node.span.line and text.strip() and not text.lstrip().startswith("#"):
                break
            line -= 1
        raise _Unsafe

    def gap_lines(self, first: int, end: int, indent: int) -> list[str]:
        """Return the comments and blank lines from one line to before another."""
        lines = [line.strip() for line in self.lines[first - 1 : end - 1]]
        marks = ("---", "...") if indent == SECTION else ()
        if any(line and not line.startswith("#") and line not in marks for line in lines):
            raise _Unsafe
        return lines


def _is_something(node: YamlNode) -> bool:
    return not isinstance(node, Scalar) or bool(node.text) or not node.plain


def _reads_as(before: list[str], after: list[str], shape: Shape, is_item: bool) -> bool:
    """Whether lines of one record say what others do, comment by comment."""
    inner = shape if is_item else Shape(each=shape.each)
    return reads_the_same(_source_of(before), _source_of(after), inner)


def _source_of(lines: list[str]) -> SourceText:
    return source_text(SourceFile("", "".join(f"{line}\n" for line in lines).encode()))
