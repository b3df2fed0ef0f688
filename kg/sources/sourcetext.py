"""A source file as its text and its tree: where nodes lie in the text, to the character."""

from __future__ import annotations

import re
from typing import NamedTuple

from kg.diagnostics import Span
from kg.files.workspace import SourceFile
from kg.sources.yamlfile import Mapping, Scalar, Sequence, YamlNode, read_yaml


class SourceText(NamedTuple):
    """A source file: its text (a byte order mark included), where its lines begin, and its tree."""

    name: str
    data: bytes
    text: str
    starts: list[int]
    root: YamlNode | None

    def offset(self, line: int, column: int) -> int:
        """Return where a line and column are, in characters from the file's beginning."""
        return self.starts[line - 1] + column - 1

    def line_end(self, line: int) -> int:
        """Return where the line behind a line begins."""
        return self.starts[line] if line < len(self.starts) else len(self.text)

    def at(self, span: Span) -> str:
        """Return the characters of a place."""
        start = self.offset(span.line, span.column)
        return self.text[start : self.offset(span.end_line, span.end_column)]

    def is_flow(self, node: YamlNode) -> bool:
        """Whether a list or mapping is written in brackets or braces."""
        at = self.offset(node.span.line, node.span.column)
        return not isinstance(node, Scalar) and self.text[at : at + 1] in ("{", "[")

    def end_line(self, node: YamlNode) -> int:
        """Return the last line of a node: a block ends for the parser only where the next thing
        begins.
        """
        while not isinstance(node, Scalar) and not self.is_flow(node):
            entries = entries_of(node)
            if not entries:
                break
            key, node = entries[-1]
            if isinstance(node, Scalar) and not node.text and key is not None:
                return key.span.end_line
        line = node.span.end_line
        if node.span.end_column == 1 and line > node.span.line:
            line -= 1
            while not self.text[self.starts[line - 1] : self.line_end(line)].strip():
                line -= 1
        return line


def source_text(file: SourceFile) -> SourceText:
    """Return a file, which must be UTF-8, as its text and tree; no tree where it cannot be read."""
    text = file.data.decode("utf-8")
    root, _ = read_yaml(file.name, file.data)
    return SourceText(file.name, file.data, text, line_starts(text), root)


def line_starts(text: str) -> list[int]:
    """Return where the lines of a file begin; the first one behind a byte order mark."""
    first = len(text) - len(text.removeprefix("\ufeff"))
    return [first, *(end.end() for end in re.finditer("\n", text))]


Plain = str | list["Plain"] | dict[str, "Plain"]
"""A text, or a list or mapping of such."""


def plain_value(node: YamlNode) -> Plain:
    """Return what a node says, without its places."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [plain_value(item) for item in node.items]
    return {key.text: plain_value(value) for key, value in node.entries}


TreeEntry = tuple[Scalar | None, YamlNode]


def entries_of(node: YamlNode | None) -> list[TreeEntry]:
    """Return the keys and values of a mapping, or the entries of a list, which have no key."""
    if isinstance(node, Mapping):
        return list(node.entries)
    return [(None, item) for item in node.items] if isinstance(node, Sequence) else []
