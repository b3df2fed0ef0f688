"""Kept places: ``viz/NAME.layout.json`` holds where the things of a view stand.

A curator writes the file with ``kg view NAME --keep-layout``, by dragging things on the page, or by
hand, and commits it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from kg.diagnostics import Diagnostic, Span, rules
from kg.text.characters import quoted

Places = dict[str, tuple[int, int]]
"""The middle of things, in whole pixels, by id."""

ENDING = ".layout.json"
FARTHEST = 1_000_000
"""Pixels from the middle beyond which a place is taken for a mistake."""


def read_layout(file: str, data: bytes) -> tuple[Places, tuple[Diagnostic, ...]]:
    """The places that a file keeps, in whole pixels, by id; and its first mistake, with the place
    of it.
    """
    text = ""
    try:
        text = data.decode("utf-8-sig")
        pairs = json.loads(text, object_pairs_hook=_Pairs)
    except UnicodeDecodeError:
        return {}, (rules.NOT_UTF8.at(Span(file), "the file is not UTF-8", "save it as UTF-8"),)
    except json.JSONDecodeError as error:
        return {}, (_mistake(file, text, error.pos, f"the file is not JSON: {error.msg}"),)
    except RecursionError:
        return {}, (_mistake(file, text, 0, "the file cannot be read: it is nested too deep"),)
    except ValueError:
        wrong = "the file cannot be read: a number has too many digits"
        return {}, (_mistake(file, text, 0, wrong),)
    if not isinstance(pairs, _Pairs):
        start = len(text) - len(text.lstrip())
        return {}, (_mistake(file, text, start, "ids with their places are expected here"),)
    places: Places = {}
    for id, value in pairs:
        place = f"{quoted(id)} stands here twice" if id in places else _place(id, value)
        if isinstance(place, str):
            offset = _offset(text, id, 2 if id in places else 1)
            return {}, (_mistake(file, text, offset, place),)
        places[id] = place
    return places, ()


_SHAPE = (
    'write {"ID": [X, Y], ...} in pixels, or make the file anew: '
    "kg view NAME --new-layout --keep-layout"
)


class _Pairs(list[tuple[str, object]]):
    """A JSON object as it is written, keys that stand twice included."""


def _place(id: str, value: object) -> tuple[int, int] | str:
    """A thing's place, or what is wrong with it."""
    if isinstance(value, list) and len(value) == 2:
        x, y = value
        if all(isinstance(each, int | float) and not isinstance(each, bool) for each in value):
            if abs(x) <= FARTHEST and abs(y) <= FARTHEST:
                return round(x), round(y)
            return f"a number of {quoted(id)} is not between -{FARTHEST:,} and {FARTHEST:,}"
    return f"the place of {quoted(id)} is not a list of two numbers"


def _offset(text: str, id: str, times: int) -> int:
    """Return the offset of a key's first or second occurrence."""
    for key in re.finditer(r'"(?:[^"\\]|\\.)*"(?=\s*:)', text):
        if json.loads(key[0]) == id:
            times -= 1
            if times == 0:
                return key.start()
    return 0


def _mistake(file: str, text: str, offset: int, message: str) -> Diagnostic:
    line, column = text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)
    return rules.BAD_LAYOUT.at(Span(file, line, column, line, column + 1), message, _SHAPE)


def layout_file(places: Mapping[str, tuple[int, int]]) -> bytes:
    """The file that keeps these places: one thing per line, sorted by id, so that a change is one
    line of a diff.
    """
    lines = (
        f"{json.dumps(id, ensure_ascii=False)}: [{x}, {y}]" for id, (x, y) in sorted(places.items())
    )
    inside = ",\n  ".join(lines)
    return (f"{{\n  {inside}\n}}\n" if inside else "{}\n").encode()
