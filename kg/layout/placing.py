"""Where the things of a view stand: where they are kept, or near what they are tied to.

What has a kept place stands there; what is new finds free room near what it is tied to, and moves
nothing.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from heapq import heapify, heappop, heappush

from kg.layout.layout import GAP, places
from kg.layout.springs import Sizes
from kg.viz.layoutfile import Places

CELL = 160
"""Pixels of a square of the grid in which free room is looked up."""

BESIDE = (8, 6)
"""Pixels left free beside and above a thing that is put among others."""

RINGS = tuple(range(50, 1500, 25))
ANGLES = tuple(math.tau * (step + 0.5) / 20 for step in range(20))


def placed(
    ids: Iterable[str],
    pairs: Iterable[tuple[str, str]],
    sizes: Sizes,
    centre: str,
    kept: Mapping[str, tuple[int, int]],
) -> Places:
    """Where things stand: each where it is kept, what is new near what it is tied to, and the rest
    below.

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
    """New things that something placed is tied to, those with most such ties first, as more and
    more are placed.

    Whoever iterates places each before the next is asked for.
    """

    def rank(id: str) -> tuple[int, str]:
        return -sum(other in found for other in neighbours[id]), id

    waiting = [
        rank(id)
        for id in neighbours
        if id not in found and any(other in found for other in neighbours[id])
    ]
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
        """Over how much that is taken the lines to these ends run, in steps; near the ends nothing
        counts.
        """
        covered = 0
        for x, y in ends:
            steps = min(40, max(1, round(math.dist(place, (x, y)) / 24)))
            for step in range(2, steps - 1):
                at = (
                    place[0] + (x - place[0]) * step / steps,
                    place[1] + (y - place[1]) * step / steps,
                )
                covered += not self._free((*at, at[0] + 1, at[1] + 1))
        return covered

    def nearest(self, ends: list[tuple[int, int]], size: tuple[float, float]) -> tuple[int, int]:
        """A free place near the middle of these ends, where lines to them run over little else."""
        x, y = (sum(end[axis] for end in ends) / len(ends) for axis in (0, 1))
        free: list[tuple[int, int]] = []
        for ring in RINGS:
            tried = [
                (round(x + ring * 1.1 * math.cos(a)), round(y + ring * math.sin(a))) for a in ANGLES
            ]
            free += [place for place in tried if self._free(_box(place, size, BESIDE))]
            # A second ring may hold a place that is hardly farther and hides nothing.
            if len(free) >= len(ANGLES):
                break
        if not free:
            return round(x), round(self._bottom + size[1] / 2 + GAP)
        return min(
            free,
            key=lambda place: (self._hidden(place, ends) * 12 + math.dist(place, (x, y)), place),
        )


def _box(
    place: tuple[int, int], size: tuple[float, float], beside: tuple[float, float]
) -> tuple[float, float, float, float]:
    wide, high = size[0] / 2 + beside[0], size[1] / 2 + beside[1]
    return place[0] - wide, place[1] - high, place[0] + wide, place[1] + high


def _cells(box: tuple[float, float, float, float]) -> Iterator[tuple[int, int]]:
    for column in range(math.floor(box[0] / CELL), math.floor(box[2] / CELL) + 1):
        for row in range(math.floor(box[1] / CELL), math.floor(box[3] / CELL) + 1):
            yield column, row
