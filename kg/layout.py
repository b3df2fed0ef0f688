"""Where things stand in a picture: computed once, when a page is built, so that the picture stands still.

Each connected part is placed for itself (``kg.springs``; as a tree where it is large), then the parts side by side.
Nothing depends on the order of what comes in, and whole pixels come out, so that the same picture is placed alike
everywhere.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from kg.springs import ASPECT, Places, Sizes, stressed

if TYPE_CHECKING:
    import networkx

GAP = 60
"""Pixels between parts that no tie connects."""

MOST_PLACED_WELL = 400
"""Things of a connected part beyond which it is laid out as a tree around its hub, in linear time."""


def places(graph: networkx.MultiDiGraph[str], sizes: Sizes, centre: str = "") -> Places:
    """The middle of every thing, in whole pixels; ``sizes`` gives width and height that each needs with its name.

    ``centre`` stands at 0, 0; without one the whole is centred there. Parts that no tie connects stand side by side.
    """
    import networkx

    simple: networkx.Graph[str] = networkx.Graph()
    simple.add_nodes_from(sorted(graph))
    for source, target in sorted((min(pair), max(pair)) for pair in graph.edges() if pair[0] != pair[1]):
        ties = simple.edges[source, target]["ties"] + 1 if simple.has_edge(source, target) else 1
        simple.add_edge(source, target, ties=ties)
    parts = sorted(networkx.connected_components(simple), key=lambda part: (centre not in part, -len(part), min(part)))
    packed = _packed([_part(simple, sorted(part), sizes, centre) for part in parts], sizes)
    return _centred(packed, sizes, centre)


def _part(graph: networkx.Graph[str], ids: list[str], sizes: Sizes, centre: str) -> Places:
    """The places of a connected part."""
    if len(ids) == 1:
        return {ids[0]: (0, 0)}
    if len(ids) == 2:
        ties = graph.edges[ids[0], ids[1]]["ties"]
        return {ids[0]: (0, 0), ids[1]: (round(max(110 + sum(sizes[id][0] for id in ids) / 2, 28 * ties)), 0)}
    if len(ids) > MOST_PLACED_WELL:
        return _tree(graph, ids, centre)
    return stressed(graph, ids, sizes, centre)


def _tree(graph: networkx.Graph[str], ids: list[str], centre: str) -> Places:
    """A part as a tree around its hub: each thing in the sector of the one that leads to it."""
    root = centre if centre in ids else min(ids, key=lambda id: (-graph.degree(id), id))
    parent, order = {root: root}, [root]
    for id in order:
        for other in sorted(graph[id]):
            if other not in parent:
                parent[other] = id
                order.append(other)
    leaves = dict.fromkeys(ids, 0)
    for id in reversed(order):
        leaves[id] = max(1, leaves[id])
        if id != root:
            leaves[parent[id]] += leaves[id]
    ring = max(160.0, leaves[root] * 34 / math.tau / 2)
    depth, free, found = {root: 0}, {root: 0}, {root: (0, 0)}
    for id in order[1:]:
        above = parent[id]
        start = free[above]
        free[above] = start + leaves[id]
        free[id], depth[id] = start, depth[above] + 1
        angle = math.tau * (start + leaves[id] / 2) / leaves[root]
        found[id] = (round(ring * depth[id] * math.cos(angle) * ASPECT), round(ring * depth[id] * math.sin(angle)))
    return found


def _bounds(part: Places, sizes: Sizes) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of what stands here, names included."""
    return (
        min(x - sizes[id][0] / 2 for id, (x, _) in part.items()),
        min(y - sizes[id][1] / 2 for id, (_, y) in part.items()),
        max(x + sizes[id][0] / 2 for id, (x, _) in part.items()),
        max(y + sizes[id][1] / 2 for id, (_, y) in part.items()),
    )


def _packed(parts: list[Places], sizes: Sizes) -> Places:
    """Parts side by side in rows, the first one leading."""
    boxes = [_bounds(part, sizes) for part in parts]
    areas = sum((right - left + GAP) * (bottom - top + GAP) for left, top, right, bottom in boxes)
    widest = max([math.sqrt(areas * ASPECT), *(right - left for left, _, right, _ in boxes)], default=0)
    found: Places = {}
    x = y = row = 0.0
    for part, (left, top, right, bottom) in zip(parts, boxes, strict=True):
        if x > 0 and x + right - left > widest:
            x, y, row = 0, y + row + GAP, 0
        found |= {id: (round(px - left + x), round(py - top + y)) for id, (px, py) in part.items()}
        x, row = x + right - left + GAP, max(row, bottom - top)
    return found


def _centred(found: Places, sizes: Sizes, centre: str) -> Places:
    if not found:
        return {}
    left, top, right, bottom = _bounds(found, sizes)
    x, y = found.get(centre, (round((left + right) / 2), round((top + bottom) / 2)))
    return {id: (px - x, py - y) for id, (px, py) in sorted(found.items())}
