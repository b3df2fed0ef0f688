"""Whether two texts of a source file say the same, with the same comments."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from kg.editing.formatting.order import Shape, order_fields
from kg.sources.sourcetext import SourceText, entries_of
from kg.sources.yamlfile import Mapping, Scalar, YamlNode


def reads_the_same(one: SourceText, other: SourceText, shape: Shape) -> bool:
    """Whether two files have the same values under the same keys, in the same order but for the
    fields of records, and the same comments.
    """
    if one.root is None or other.root is None:
        return False
    are_same = _value_of(one.root, shape) == _value_of(other.root, shape)
    return are_same and comments_of(one) == comments_of(other)


def _value_of(node: YamlNode, shape: Shape) -> object:
    if isinstance(node, Scalar):
        return node.text, node.plain, node.comment
    if isinstance(node, Mapping):
        pairs = order_fields(node, shape)
        return "{", [
            (_value_of(key, shape), _value_of(each, shape.of(key.text))) for key, each in pairs
        ]
    return "[", [_value_of(each, shape) for _, each in entries_of(node)]


def comments_of(source: SourceText) -> list[str]:
    """Return the comments of a file, in the order of the alphabet: fields may have moved."""
    return sorted(comment for _, comment in _find_comments(source))


def lines_with_comments(source: SourceText) -> set[int]:
    """Return the lines on which a comment stands."""
    return {line for line, _ in _find_comments(source)}


def _find_comments(source: SourceText) -> Iterator[tuple[int, str]]:
    inside: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    lines = source.text.split("\n")
    if source.root is not None:
        for scalar in _all_scalars(source.root):
            span = scalar.span
            last = source.end_line(scalar)
            for number in range(span.line, last + 1):
                start = span.column if number == span.line else 1
                is_last = number == span.end_line
                end = span.end_column if is_last else len(lines[number - 1]) + 1
                inside[number].append((start - 1, end - 1))
    for number, line in enumerate(lines, 1):
        at = line.find("#")
        while at >= 0:
            is_text = any(start <= at < end for start, end in inside[number])
            if not is_text and (at == 0 or line[at - 1].isspace()):
                yield number, line[at:].rstrip()
                break
            at = line.find("#", at + 1)


def _all_scalars(node: YamlNode) -> Iterator[Scalar]:
    waiting = [node]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Scalar):
            yield node
            continue
        for key, each in entries_of(node):
            waiting += [each] if key is None else [key, each]
