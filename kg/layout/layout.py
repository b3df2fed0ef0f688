"""Where things stand in a picture: computed once, when a page is built, so that the picture stands
still.

Each connected part is placed for itself (``kg.layout.springs``; ``kg.layout.spreading`` where
there is much), then the parts side by side. Nothing depends on the order of what comes in, and
whole pixels come out, so that the same picture is placed alike everywhere.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from kg.layout.spreading import spread
from kg.layout.springs import ASPECT, Sizes, stressed
from kg.viz.layoutfile import Places

if TYPE_CHECKING:
    import networkx

Box = tuple[float, float, float, float]
"""Left, top, right and bottom."""

GAP = 34
"""Pixels between parts that no tie connects."""

PAGE = 1.12
"""Width to height of the page that all parts together should fit."""

MOST_CORNERS = 60
WIDEST = 1.4

MOST_PLACED_WELL = 400
"""Things, largest parts first, that are placed with the care that takes time; beyond, each part is
merely spread.
"""

MOST_PACKED_WELL = 150
"""Parts for which the best place is looked for; more of them stand in rows below."""


def places(graph: networkx.MultiDiGraph[str], sizes: Sizes, centre: str = "") -> Places:
    """The middle of every thing, in whole pixels; ``sizes`` gives width and height that each needs
    with its name.

    ``centre`` stands at 0, 0; without one the whole is centred there. Parts that no tie connects
    stand side by side.
    """
    import networkx

    simple: networkx.Graph[str] = networkx.Graph()
    simple.add_nodes_from(sorted(graph))
    for source, target in sorted(
        (min(pair), max(pair)) for pair in graph.edges() if pair[0] != pair[1]
    ):
        ties = simple.edges[source, target]["ties"] + 1 if simple.has_edge(source, target) else 1
        simple.add_edge(source, target, ties=ties)
    parts = sorted(
        networkx.connected_components(simple),
        key=lambda part: (centre not in part, -len(part), min(part)),
    )
    area = [sum(sizes[id][0] * sizes[id][1] for id in part) for part in parts]
    # Smaller parts stand in rows below the first, which is made the wider for it.
    aspects = [
        ASPECT * min(WIDEST, sum(area) / area[0]) if number == 0 else ASPECT
        for number in range(len(parts))
    ]
    placed, left = [], MOST_PLACED_WELL
    for part, aspect in zip(parts, aspects, strict=True):
        with_care = len(part) <= left
        left -= len(part) if with_care else 0
        placed.append(_part(simple, sorted(part), sizes, centre, aspect, with_care))
    return _centred(_packed(placed, sizes), sizes, centre)


def _part(
    graph: networkx.Graph[str],
    ids: list[str],
    sizes: Sizes,
    centre: str,
    aspect: float,
    with_care: bool,
) -> Places:
    """The places of a connected part."""
    if len(ids) == 1:
        return {ids[0]: (0, 0)}
    if len(ids) == 2:
        ties = graph.edges[ids[0], ids[1]]["ties"]
        return {
            ids[0]: (0, 0),
            ids[1]: (round(max(110 + sum(sizes[id][0] for id in ids) / 2, 28 * ties)), 0),
        }
    return (
        stressed(graph, ids, sizes, centre, aspect)
        if with_care
        else spread(graph, ids, sizes, aspect)
    )


def _bounds(part: Places, sizes: Sizes) -> Box:
    """The box of what stands here, names included."""
    return (
        min(x - sizes[id][0] / 2 for id, (x, _) in part.items()),
        min(y - sizes[id][1] / 2 for id, (_, y) in part.items()),
        max(x + sizes[id][0] / 2 for id, (x, _) in part.items()),
        max(y + sizes[id][1] / 2 for id, (_, y) in part.items()),
    )


def _packed(parts: list[Places], sizes: Sizes) -> Places:
    """Parts side by side: each, the first one leading, where the whole stays nearest to the shape
    of a page.
    """
    taken: list[Box] = []
    found: Places = {}
    for number, part in enumerate(parts):
        left, top, right, bottom = _bounds(part, sizes)
        wide, high = right - left + GAP, bottom - top + GAP
        if number >= MOST_PACKED_WELL:
            return found | _in_rows(parts[number:], sizes, taken)
        corners = [
            (0.0, 0.0),
            *((box[2], box[1]) for box in taken),
            *((box[0], box[3]) for box in taken),
        ]
        # Where there are very many parts, only the corners made last are tried.
        tried = [(x, y, x + wide, y + high) for x, y in (corners[:1] + corners[-MOST_CORNERS:])]
        free = [box for box in tried if not any(_overlap(box, other) for other in taken)]
        best = min(
            free or [_below(taken, wide, high)],
            key=lambda box: (_extent([*taken, box]), box[1], box[0]),
        )
        taken.append(best)
        found |= {
            id: (round(x - left + best[0]), round(y - top + best[1])) for id, (x, y) in part.items()
        }
    return found


def _in_rows(parts: list[Places], sizes: Sizes, taken: list[Box]) -> Places:
    """Parts in rows below what is taken, about as wide as a page that holds them all."""
    boxes = [_bounds(part, sizes) for part in parts]
    area = sum((right - left + GAP) * (bottom - top + GAP) for left, top, right, bottom in boxes)
    most = max(*(box[2] for box in taken), math.sqrt(area * PAGE))
    x, y, high = 0.0, max(box[3] for box in taken), 0.0
    found: Places = {}
    for part, (left, top, right, bottom) in zip(parts, boxes, strict=True):
        if x > 0 and x + right - left > most:
            x, y, high = 0.0, y + high, 0.0
        found |= {id: (round(px - left + x), round(py - top + y)) for id, (px, py) in part.items()}
        x, high = x + right - left + GAP, max(high, bottom - top + GAP)
    return found


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _below(taken: list[Box], wide: float, high: float) -> Box:
    bottom = max((box[3] for box in taken), default=0)
    return (0.0, bottom, wide, bottom + high)


def _extent(boxes: list[Box]) -> float:
    """The height of the page of usual shape that holds all of these."""
    return round(max(max(box[2] for box in boxes) / PAGE, max(box[3] for box in boxes)))


def _centred(found: Places, sizes: Sizes, centre: str) -> Places:
    if not found:
        return {}
    left, top, right, bottom = _bounds(found, sizes)
    x, y = found.get(centre, (round((left + right) / 2), round((top + bottom) / 2)))
    return {id: (px - x, py - y) for id, (px, py) in sorted(found.items())}
