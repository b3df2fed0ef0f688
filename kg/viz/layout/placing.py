"""Places for the things of a view: those that are kept, or near what they are tied to.

What has a kept place stands there; what is new finds free room near what it is tied to, and moves
nothing.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Mapping
from heapq import heapify, heappop, heappush
from itertools import chain

from kg.viz.layout.hubs import neighbours_of
from kg.viz.layout.layout import (
    GAP,
    MOST_PLACED_WELL,
    bounds,
    boxes_overlap,
    centre_places,
    place_graph,
    simple_graph,
)
from kg.viz.layout.plan import LayoutKind, Plan
from kg.viz.layout.settling import Sizes
from kg.viz.layout.zones import blocs_layout, time_layout
from kg.viz.layoutfile import Places

CELL = 160
"""Pixels of a square of the grid in which free room is looked up."""

BESIDE = (8, 6)
"""Pixels left free beside and above a thing that is put among others."""

FREE = Plan(LayoutKind.FREE)

RINGS = tuple(range(50, 1500, 25))
ANGLES = tuple(math.tau * (step + 0.5) / 20 for step in range(20))


def place_things(  # noqa: PLR0913 - a picture, and what of its layout is wished
    ids: Iterable[str],
    pairs: Iterable[tuple[str, str]],
    sizes: Sizes,
    centre: str = "",
    kept_places: Mapping[str, tuple[int, int]] | None = None,
    plan: Plan = FREE,
) -> Places:
    """Return where things stand: each where it is kept, what is new near what it is tied to, and
    the rest below. Where nothing is kept, everything is placed anew.

    ``pairs`` are the things that ties connect; ``sizes`` gives width and height that each needs
    with its name; ``plan`` says what the layout is to tell where everything is placed anew.
    """
    things = sorted(ids)
    ties = sorted((one, other) for one, other in pairs)
    places = {id: kept_places[id] for id in things if id in kept_places} if kept_places else {}
    if not places:
        return _place_anew(things, ties, sizes, centre, plan)
    neighbours = neighbours_of(things, ties)
    room = _Room()
    for id, place in places.items():
        room.take(place, sizes[id])
    for id in _outward(neighbours, places):
        near = [places[other] for other in sorted(neighbours[id]) if other in places]
        places[id] = room.nearest(near, sizes[id])
        room.take(places[id], sizes[id])
    apart = [id for id in things if id not in places]
    if apart:
        block = _place_anew(apart, [pair for pair in ties if pair[0] not in places], sizes, "")
        places |= _below(block, places, sizes)
    return dict(sorted(places.items()))


def _place_anew(
    ids: list[str],
    pairs: list[tuple[str, str]],
    sizes: Sizes,
    centre: str,
    plan: Plan = FREE,
) -> Places:
    import networkx

    graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    graph.add_nodes_from(ids)
    graph.add_edges_from(pairs)
    kind = possible_kind(plan, ids)
    if kind is LayoutKind.FREE:
        return place_graph(graph, sizes, centre)
    layout = blocs_layout if kind is LayoutKind.BLOCS else time_layout
    return centre_places(layout(simple_graph(graph), plan, sizes), sizes, centre)


def possible_kind(plan: Plan, ids: Collection[str]) -> LayoutKind:
    """Return the kind of layout that some things can have of a plan."""
    shown_ids = set(ids)
    if len(ids) > MOST_PLACED_WELL:
        return LayoutKind.FREE
    if plan.kind is LayoutKind.TIME and shown_ids & plan.days.keys():
        return LayoutKind.TIME
    least = 2 if plan.kind is None else 1
    blocs = [pole for pole, each in plan.blocs.items() if len(each & shown_ids) >= least]
    if plan.kind in (None, LayoutKind.BLOCS) and len(blocs) > 1:
        return LayoutKind.BLOCS
    return LayoutKind.FREE


def _below(block: Places, places: Places, sizes: Sizes) -> Places:
    """Return the places of a block moved below what stands already, in its middle."""
    down = round(bounds(places, sizes)[3] + GAP - bounds(block, sizes)[1])
    across = round((min(x for x, _ in places.values()) + max(x for x, _ in places.values())) / 2)
    return {id: (x + across, y + down) for id, (x, y) in block.items()}


def _outward(neighbours: Mapping[str, set[str]], places: Places) -> Iterator[str]:
    """Yield new things that something placed is tied to, those with most such ties first, as more
    and more are placed.

    Whoever iterates places each before the next is asked for.
    """

    def count(id: str) -> int:
        return sum(other in places for other in neighbours[id])

    queue = [(-count(id), id) for id in neighbours if id not in places and count(id)]
    heapify(queue)
    while queue:
        _, id = heappop(queue)
        if id in places:
            continue
        yield id
        for other in neighbours[id]:
            if other not in places:
                heappush(queue, (-count(other), other))


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

    def _is_free(self, box: tuple[float, float, float, float]) -> bool:
        near = chain.from_iterable(self._cells.get(cell, ()) for cell in _cells(box))
        return not any(boxes_overlap(box, other) for other in near)

    def _count_covered(self, place: tuple[int, int], ends: list[tuple[int, int]]) -> int:
        """Return how many steps of the lines to these ends run over other things; near the ends
        nothing counts.
        """
        count = 0
        for x, y in ends:
            steps = min(40, max(1, round(math.dist(place, (x, y)) / 24)))
            for step in range(2, steps - 1):
                at = (
                    place[0] + (x - place[0]) * step / steps,
                    place[1] + (y - place[1]) * step / steps,
                )
                count += not self._is_free((*at, at[0] + 1, at[1] + 1))
        return count

    def nearest(self, ends: list[tuple[int, int]], size: tuple[float, float]) -> tuple[int, int]:
        """A free place near the middle of these ends, where lines to them run over little else."""
        x, y = (sum(coordinates) / len(ends) for coordinates in zip(*ends, strict=True))
        free_places: list[tuple[int, int]] = []
        for ring in RINGS:
            for angle in ANGLES:
                across, down = ring * 1.1 * math.cos(angle), ring * math.sin(angle)
                place = round(x + across), round(y + down)
                if self._is_free(_box(place, size, BESIDE)):
                    free_places.append(place)
            # A second ring may hold a place that is hardly farther and hides nothing.
            if len(free_places) >= len(ANGLES):
                break
        if not free_places:
            return round(x), round(self._bottom + size[1] / 2 + GAP)
        return min(
            free_places,
            key=lambda place: (
                self._count_covered(place, ends) * 12 + math.dist(place, (x, y)),
                place,
            ),
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
