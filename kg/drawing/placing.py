"""Kept places: ``viz/NAME.layout.json`` holds where things stand, so that a picture stays as its readers know it.

A curator writes the file with ``kg view NAME --keep-layout``, by dragging things on the page, or by hand, and commits
it. What has a kept place stands there; what is new finds free room near what it is tied to, and moves nothing.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from heapq import heapify, heappop, heappush

from kg import rules
from kg.characters import shown
from kg.diagnostics import Diagnostic, Span
from kg.drawing.layout import GAP, places
from kg.drawing.springs import Places, Sizes

ENDING = ".layout.json"
FARTHEST = 1_000_000
"""Pixels from the middle beyond which a place is taken for a mistake."""

CELL = 160
"""Pixels of a square of the grid in which free room is looked up."""

BESIDE = (8, 6)
"""Pixels left free beside and above a thing that is put among others."""

RINGS = tuple(range(50, 1500, 25))
ANGLES = tuple(math.tau * (step + 0.5) / 20 for step in range(20))


def read_layout(file: str, data: bytes) -> tuple[Places, tuple[Diagnostic, ...]]:
    """The places that a file keeps, in whole pixels, by id; and its first mistake, with the place of it."""
    text = ""
    try:
        text = data.decode("utf-8-sig")
        pairs = json.loads(text, object_pairs_hook=_Pairs)
    except UnicodeDecodeError:
        return {}, (rules.NOT_UTF8.at(Span(file), "the file is not UTF-8", "save it as UTF-8"),)
    except json.JSONDecodeError as error:
        wrong = f"the file is not JSON: {error.msg}"
        return {}, (rules.BAD_LAYOUT.at(_span(file, text, error.pos), wrong, _SHAPE),)
    except (RecursionError, ValueError) as error:
        what = "it is nested too deep" if isinstance(error, RecursionError) else "a number has too many digits"
        return {}, (rules.BAD_LAYOUT.at(Span(file, 1, 1, 1, 2), f"the file cannot be read: {what}", _SHAPE),)
    if not isinstance(pairs, _Pairs):
        start = len(text) - len(text.lstrip())
        return {}, (rules.BAD_LAYOUT.at(_span(file, text, start), "ids with their places are expected here", _SHAPE),)
    found: Places = {}
    for id, value in pairs:
        place = f"{shown(id)} stands here twice" if id in found else _place(id, value)
        if isinstance(place, str):
            where = _span(file, text, _offset(text, id, 2 if id in found else 1))
            return {}, (rules.BAD_LAYOUT.at(where, place, _SHAPE),)
        found[id] = place
    return found, ()


_SHAPE = 'write {"ID": [X, Y], ...} in pixels, or make the file anew: kg view NAME --new-layout --keep-layout'


class _Pairs(list[tuple[str, object]]):
    """A JSON object as it is written, keys that stand twice included."""


def _place(id: str, value: object) -> tuple[int, int] | str:
    """A thing's place, or what is wrong with it."""
    if isinstance(value, list) and len(value) == 2:
        x, y = value
        if all(isinstance(each, int | float) and not isinstance(each, bool) for each in value):
            if abs(x) <= FARTHEST and abs(y) <= FARTHEST:
                return round(x), round(y)
            return f"a number of {shown(id)} is not between -{FARTHEST:,} and {FARTHEST:,}"
    return f"the place of {shown(id)} is not a list of two numbers"


def _offset(text: str, id: str, times: int) -> int:
    """Where a key stands for the first or second time."""
    for key in re.finditer(r'"(?:[^"\\]|\\.)*"(?=\s*:)', text):
        if json.loads(key[0]) == id:
            times -= 1
            if times == 0:
                return key.start()
    return 0


def _span(file: str, text: str, offset: int) -> Span:
    line, column = text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)
    return Span(file, line, column, line, column + 1)


def layout_file(kept: Mapping[str, tuple[int, int]]) -> bytes:
    """The file that keeps these places: one thing per line, sorted by id, so that a change is one line of a diff."""
    lines = (f"{json.dumps(id, ensure_ascii=False)}: [{x}, {y}]" for id, (x, y) in sorted(kept.items()))
    inside = ",\n  ".join(lines)
    return (f"{{\n  {inside}\n}}\n" if inside else "{}\n").encode()


def placed(
    ids: Iterable[str], pairs: Iterable[tuple[str, str]], sizes: Sizes, centre: str, kept: Mapping[str, tuple[int, int]]
) -> Places:
    """Where things stand: each where it is kept, what is new near what it is tied to, and the rest below.

    ``pairs`` are the things that ties connect. Where nothing is kept, everything is placed anew.
    """
    drawn = sorted(ids)
    ties = sorted((one, other) for one, other in pairs)
    found = {id: kept[id] for id in drawn if id in kept}
    if not found:
        return _anew(drawn, ties, sizes, centre)
    neighbours: dict[str, set[str]] = {id: set() for id in drawn}
    for one, other in ties:
        if one != other:
            neighbours[one].add(other)
            neighbours[other].add(one)
    room = _Room()
    for id, place in found.items():
        room.take(place, sizes[id])
    for id in _outward(neighbours, found):
        near = [found[other] for other in sorted(neighbours[id]) if other in found]
        found[id] = room.nearest(near, sizes[id])
        room.take(found[id], sizes[id])
    apart = [id for id in drawn if id not in found]
    if apart:
        block = _anew(apart, [pair for pair in ties if pair[0] not in found], sizes, "")
        top = min(y - sizes[id][1] / 2 for id, (_, y) in block.items())
        down = round(max(y + sizes[id][1] / 2 for id, (_, y) in found.items()) + GAP - top)
        across = round((min(x for x, _ in found.values()) + max(x for x, _ in found.values())) / 2)
        found |= {id: (x + across, y + down) for id, (x, y) in block.items()}
    return dict(sorted(found.items()))


def _anew(ids: list[str], pairs: list[tuple[str, str]], sizes: Sizes, centre: str) -> Places:
    import networkx

    graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    graph.add_nodes_from(ids)
    graph.add_edges_from(pairs)
    return places(graph, sizes, centre)


def _outward(neighbours: Mapping[str, set[str]], found: Places) -> Iterator[str]:
    """New things that something placed is tied to, those with most such ties first, as more and more are placed.

    Whoever iterates places each before the next is asked for.
    """

    def rank(id: str) -> tuple[int, str]:
        return -sum(other in found for other in neighbours[id]), id

    waiting = [rank(id) for id in neighbours if id not in found and any(other in found for other in neighbours[id])]
    heapify(waiting)
    while waiting:
        _, id = heappop(waiting)
        if id in found:
            continue
        yield id
        for other in neighbours[id]:
            if other not in found:
                heappush(waiting, rank(other))


class _Room:
    """Which parts of the plane are taken, by squares of a grid."""

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], list[tuple[float, float, float, float]]] = {}
        self._bottom = 0.0

    def take(self, place: tuple[int, int], size: tuple[float, float]) -> None:
        box = _box(place, size, (0, 0))
        self._bottom = max(self._bottom, box[3])
        for cell in _cells(box):
            self._cells.setdefault(cell, []).append(box)

    def _free(self, box: tuple[float, float, float, float]) -> bool:
        return not any(
            box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]
            for cell in _cells(box)
            for other in self._cells.get(cell, ())
        )

    def _hidden(self, place: tuple[int, int], ends: list[tuple[int, int]]) -> int:
        """Over how much that is taken the lines to these ends run, in steps; near the ends nothing counts."""
        covered = 0
        for x, y in ends:
            steps = min(40, max(1, round(math.dist(place, (x, y)) / 24)))
            for step in range(2, steps - 1):
                at = place[0] + (x - place[0]) * step / steps, place[1] + (y - place[1]) * step / steps
                covered += not self._free((*at, at[0] + 1, at[1] + 1))
        return covered

    def nearest(self, ends: list[tuple[int, int]], size: tuple[float, float]) -> tuple[int, int]:
        """A free place near the middle of these ends, where lines to them run over little else."""
        x, y = (sum(end[axis] for end in ends) / len(ends) for axis in (0, 1))
        free: list[tuple[int, int]] = []
        for ring in RINGS:
            tried = [(round(x + ring * 1.1 * math.cos(a)), round(y + ring * math.sin(a))) for a in ANGLES]
            free += [place for place in tried if self._free(_box(place, size, BESIDE))]
            # A second ring may hold a place that is hardly farther and hides nothing.
            if len(free) >= len(ANGLES):
                break
        if not free:
            return round(x), round(self._bottom + size[1] / 2 + GAP)
        return min(free, key=lambda place: (self._hidden(place, ends) * 12 + math.dist(place, (x, y)), place))


def _box(
    place: tuple[int, int], size: tuple[float, float], beside: tuple[float, float]
) -> tuple[float, float, float, float]:
    wide, high = size[0] / 2 + beside[0], size[1] / 2 + beside[1]
    return place[0] - wide, place[1] - high, place[0] + wide, place[1] + high


def _cells(box: tuple[float, float, float, float]) -> Iterator[tuple[int, int]]:
    for column in range(math.floor(box[0] / CELL), math.floor(box[2] / CELL) + 1):
        for row in range(math.floor(box[1] / CELL), math.floor(box[3] / CELL) + 1):
            yield column, row
