"""The layout of a picture, computed once, when a page is built, so that the picture stands still.

Each connected part is placed for itself (``kg.viz.layout.springs``; on rings where there is much),
then the parts side by side. Nothing depends on the order of what comes in, and whole pixels come
out, so that the same picture is placed alike everywhere.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from kg.viz.layout.discs import (
    LEAST_DISC,
    disc_places,
    disc_size,
    find_hub_pairs,
    member_room,
    members_by_hub,
)
from kg.viz.layout.hubs import group_around_hubs
from kg.viz.layout.settling import ASPECT, Sizes
from kg.viz.layout.springs import stress_layout
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
"""Things, largest parts first, that are placed with the care that takes time; beyond, each part
stands around its most tied thing.
"""

MOST_PACKED_WELL = 150
"""Parts for which the best place is looked for; more of them stand in rows below."""


class _Part(NamedTuple):
    """Things that ties connect, and how much wider than high they should be."""

    graph: networkx.Graph[str]
    ids: list[str]
    aspect: float


def place_graph(graph: networkx.MultiDiGraph[str], sizes: Sizes, centre: str = "") -> Places:
    """Return the middle of every thing, in whole pixels; ``sizes`` gives width and height that each
    needs with its name.

    ``centre`` stands at 0, 0; without one the whole is centred there. Parts that no tie connects
    stand side by side. In a large picture all that is grouped around a hub stands around it.
    """
    groups = group_around_hubs(graph, graph.edges(), centre)
    return (
        _place_discs(graph, groups, sizes, centre) if groups else _place_all(graph, sizes, centre)
    )


def _place_discs(
    graph: networkx.MultiDiGraph[str], groups: dict[str, str], sizes: Sizes, centre: str
) -> Places:
    """Return the places of a large picture; what is grouped around no hub stands below."""
    import networkx

    wide, high = member_room(groups, sizes)
    pairs = list(graph.edges())
    members = members_by_hub(groups, pairs)
    discs = {hub: _disc(hub, each, wide, high) for hub, each in members.items()}
    disc_sizes = {hub: disc_size(disc, wide, high) for hub, disc in discs.items()}
    least_wide, least_high = (
        LEAST_DISC * max(side) for side in zip(*disc_sizes.values(), strict=True)
    )
    disc_sizes = {
        hub: (max(across, least_wide), max(down, least_high))
        for hub, (across, down) in disc_sizes.items()
    }
    hubs: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    hubs.add_nodes_from(discs)
    hubs.add_edges_from(find_hub_pairs(groups, pairs))
    middles = _place_all(hubs, disc_sizes, centre)
    places = {
        id: (middles[hub][0] + x, middles[hub][1] + y)
        for hub, disc in discs.items()
        for id, (x, y) in disc.items()
    }
    apart = _place_all(graph.subgraph(sorted(graph.nodes - groups.keys())), sizes, "")
    return centre_places(_pack_parts([places, apart] if apart else [places], sizes), sizes, centre)


def _place_all(graph: networkx.MultiDiGraph[str], sizes: Sizes, centre: str) -> Places:
    """Return the places of all things, part by part."""
    parts, remaining = [], MOST_PLACED_WELL
    for part in _parts(graph, sizes, centre):
        with_care = len(part.ids) <= remaining
        remaining -= len(part.ids) if with_care else 0
        parts.append(_place_part(part, sizes, centre, with_care))
    return centre_places(_pack_parts(parts, sizes), sizes, centre)


def _parts(graph: networkx.MultiDiGraph[str], sizes: Sizes, centre: str) -> Iterator[_Part]:
    """Yield the connected parts, that of the centre and large ones first."""
    import networkx

    simple = simple_graph(graph)
    parts = sorted(
        networkx.connected_components(simple),
        key=lambda part: (centre not in part, -len(part), min(part)),
    )
    areas = [math.fsum(map(math.prod, map(sizes.__getitem__, part))) for part in parts]
    for number, part in enumerate(parts):
        # Smaller parts stand in rows below the first, which is made the wider for it.
        wider = min(WIDEST, sum(areas) / areas[0]) if number == 0 else 1
        yield _Part(simple, sorted(part), ASPECT * wider)


def simple_graph(graph: networkx.MultiDiGraph[str]) -> networkx.Graph[str]:
    """Return the graph without directions, one edge for all ties of a pair, which it counts."""
    import networkx

    simple: networkx.Graph[str] = networkx.Graph()
    simple.add_nodes_from(sorted(graph))
    pairs = ((min(pair), max(pair)) for pair in graph.edges() if pair[0] != pair[1])
    for (source, target), ties in sorted(Counter(pairs).items()):
        simple.add_edge(source, target, ties=ties)
    return simple


def _place_part(part: _Part, sizes: Sizes, centre: str, with_care: bool) -> Places:
    """Return the places of a connected part."""
    graph, ids, aspect = part
    if len(ids) == 1:
        return {ids[0]: (0, 0)}
    if len(ids) == 2:
        ties = graph.edges[ids[0], ids[1]]["ties"]
        across = max(110 + sum(sizes[id][0] for id in ids) / 2, 28 * ties)
        return {ids[0]: (0, 0), ids[1]: (round(across), 0)}
    if with_care:
        return stress_layout(graph, ids, sizes, centre, aspect)
    hub, *members = sorted(ids, key=lambda id: (-graph.degree[id], id))
    return _disc(hub, members, *member_room(ids, sizes))


def _disc(hub: str, members: Iterable[str], wide: float, high: float) -> Places:
    return {hub: (0, 0)} | disc_places(members, wide, high)


def bounds(part: Places, sizes: Sizes) -> Box:
    """Return the box of what stands here, names included."""
    return (
        min(x - sizes[id][0] / 2 for id, (x, _) in part.items()),
        min(y - sizes[id][1] / 2 for id, (_, y) in part.items()),
        max(x + sizes[id][0] / 2 for id, (x, _) in part.items()),
        max(y + sizes[id][1] / 2 for id, (_, y) in part.items()),
    )


def _pack_parts(parts: list[Places], sizes: Sizes) -> Places:
    """Return parts side by side: each, the first one leading, where the whole stays nearest to the
    shape of a page.
    """
    boxes: list[Box] = []
    places: Places = {}
    for part in parts[:MOST_PACKED_WELL]:
        left, top, right, bottom = bounds(part, sizes)
        best = _best_box(boxes, right - left + GAP, bottom - top + GAP)
        boxes.append(best)
        across, down = best[0] - left, best[1] - top
        places |= {id: (round(x + across), round(y + down)) for id, (x, y) in part.items()}
    other_parts = parts[MOST_PACKED_WELL:]
    return places | _in_rows(other_parts, sizes, boxes) if other_parts else places


def _best_box(boxes: list[Box], wide: float, high: float) -> Box:
    """Return the free box of a size that keeps the whole nearest to the shape of a page."""
    corners = [(0.0, 0.0)]
    corners += [(box[2], box[1]) for box in boxes]
    corners += [(box[0], box[3]) for box in boxes]
    # Where there are very many parts, only the corners made last are candidates.
    candidates = [(x, y, x + wide, y + high) for x, y in (corners[:1] + corners[-MOST_CORNERS:])]
    free_boxes = [box for box in candidates if not _overlaps_any(box, boxes)]
    return min(
        free_boxes or [_below(boxes, wide, high)],
        key=lambda box: (_extent([*boxes, box]), box[1], box[0]),
    )


def _overlaps_any(box: Box, others: Iterable[Box]) -> bool:
    return any(boxes_overlap(box, other) for other in others)


def _in_rows(parts: list[Places], sizes: Sizes, boxes_above: list[Box]) -> Places:
    """Parts in rows below what is taken, about as wide as a page that holds them all."""
    boxes = [bounds(part, sizes) for part in parts]
    area = sum((right - left + GAP) * (bottom - top + GAP) for left, top, right, bottom in boxes)
    most = max(*(box[2] for box in boxes_above), math.sqrt(area * PAGE))
    x, y, high = 0.0, max(box[3] for box in boxes_above), 0.0
    places: Places = {}
    for part, (left, top, right, bottom) in zip(parts, boxes, strict=True):
        if x > 0 and x + right - left > most:
            x, y, high = 0.0, y + high, 0.0
        places |= {id: (round(px - left + x), round(py - top + y)) for id, (px, py) in part.items()}
        x, high = x + right - left + GAP, max(high, bottom - top + GAP)
    return places


def boxes_overlap(one: Box, other: Box) -> bool:
    """Whether two boxes share any room."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _below(boxes: list[Box], wide: float, high: float) -> Box:
    bottom = max((box[3] for box in boxes), default=0)
    return (0.0, bottom, wide, bottom + high)


def _extent(boxes: list[Box]) -> float:
    """The height of the page of usual shape that holds all of these."""
    return round(max(max(box[2] for box in boxes) / PAGE, max(box[3] for box in boxes)))


def centre_places(places: Places, sizes: Sizes, centre: str) -> Places:
    """Return places moved so that the centre stands at 0, 0 or, without one, the whole is centred
    there.
    """
    if not places:
        return {}
    left, top, right, bottom = bounds(places, sizes)
    x, y = places.get(centre, (round((left + right) / 2), round((top + bottom) / 2)))
    return {id: (px - x, py - y) for id, (px, py) in sorted(places.items())}
