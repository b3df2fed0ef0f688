"""Where the story and the layout of a view name ids, so that these can be exchanged and every other
character stays.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from kg.diagnostics import KgError
from kg.rename.following import BOM, refuse_errors
from kg.rename.mentions import Edit, Mention, edited, source_edits
from kg.sources import yamlfile as y
from kg.viz.layoutfile import ENDING as LAYOUT_ENDING
from kg.viz.layoutfile import read_layout
from kg.viz.story import ENDINGS as STORY_ENDINGS
from kg.viz.story import LINK
from kg.workspace import SourceFile

ENDINGS = (*STORY_ENDINGS, LAYOUT_ENDING)
_KEY = re.compile(r'"(?:[^"\\]|\\.)*"(?=\s*:)')


class _Named(NamedTuple):
    """What a story names: ids of things and of assertions, and the texts whose links name things."""

    things: tuple[Mention, ...]
    assertions: tuple[Mention, ...]
    texts: tuple[y.Scalar, ...]

    def ids(self) -> tuple[set[str], set[str]]:
        """The ids of things and those of assertions."""
        linked = {link["id"] for text in self.texts for link in LINK.finditer(text.text)}
        return {mention.id for mention in self.things} | linked, {
            mention.id for mention in self.assertions
        }


def exchanged_in(
    file: SourceFile, things: Mapping[str, str], assertions: Mapping[str, str]
) -> tuple[bytes, int]:
    """A story or layout with ids exchanged, and at how many places.

    Raises KgError where it cannot be read, or where that would leave an old id behind or name one
    twice.
    """
    of = _in_layout if file.name.lower().endswith(LAYOUT_ENDING) else _in_story
    mark = BOM if file.data.startswith(BOM) else b""
    try:
        text = file.data.removeprefix(BOM).decode("utf-8")
    except UnicodeDecodeError:
        raise KgError(
            f"{file.name} is not UTF-8: nothing was renamed", hint="kg check tells where"
        ) from None
    edits = tuple(of(file, text, things, assertions))
    return (mark + edited(text, edits).encode() if edits else file.data), len(edits)


def _in_layout(
    file: SourceFile, text: str, things: Mapping[str, str], _: Mapping[str, str]
) -> Iterator[Edit]:
    refuse_errors(read_layout(file.name, file.data)[1])
    keys = {key: json.loads(key[0]) for key in _KEY.finditer(text)}
    for key, id in keys.items():
        if new := things.get(id):
            if new in keys.values():
                raise KgError(
                    f"{file.name} keeps a place for {new} already: nothing was renamed",
                    1,
                    hint="delete that line first",
                )
            yield Edit(key.start(), key.end(), json.dumps(new))


def _in_story(
    file: SourceFile, text: str, things: Mapping[str, str], assertions: Mapping[str, str]
) -> Iterator[Edit]:
    named = _named(file)
    edits = [
        *source_edits(text, named.things, things),
        *source_edits(text, named.assertions, assertions),
    ]
    for scalar in named.texts:
        start, end = (
            _offset(text, scalar.span.line, scalar.span.column),
            _offset(text, scalar.span.end_line, scalar.span.end_column),
        )
        for link in LINK.finditer(text, start, end):
            if new := things.get(link["id"]):
                edits.append(Edit(link.start("id"), link.end("id"), new))
    after = _named(SourceFile(file.name, edited(text, edits).encode()))
    for now, names in zip(after.ids(), (things, assertions), strict=True):
        for id in sorted(now & names.keys() - set(names.values())):
            raise KgError(
                f"{file.name} names {id} where it cannot be exchanged: nothing was renamed",
                1,
                hint="edit it by hand",
            )
    yield from edits


def _offset(text: str, line: int, column: int) -> int:
    before = 0
    for _ in range(line - 1):
        before = text.index("\n", before) + 1
    return before + column - 1


def _named(file: SourceFile) -> _Named:
    root, found = y.parse(file.name, file.data)
    if root is None:
        refuse_errors(found)
    steps = _field(root, "steps")
    things: list[Mention] = []
    assertions: list[Mention] = []
    texts: list[y.Scalar] = []
    for step in steps.items if isinstance(steps, y.Sequence) else ():
        things += _ids(_field(step, "things"))
        assertions += _ids(_field(step, "assertions"))
        text = _field(step, "text")
        texts += [text] if isinstance(text, y.Scalar) else []
    return _Named(tuple(things), tuple(assertions), tuple(texts))


def _field(node: y.Node | None, name: str) -> y.Node | None:
    entries = node.entries if isinstance(node, y.Mapping) else ()
    return next((value for key, value in entries if key.text == name), None)


def _ids(node: y.Node | None) -> Iterator[Mention]:
    items = node.items if isinstance(node, y.Sequence) else (node,)
    yield from (Mention(item) for item in items if isinstance(item, y.Scalar))
