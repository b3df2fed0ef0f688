"""A layout for one connected part.

networkx springs give a start; stress majorisation (Gansner, Koren and North 2004) makes distances
on the page follow distances in the graph, with room around what has many ties; names are pushed off
each other; and last each thing moves where fewer ties cross and none runs over it. Coordinates are
whole pixels from the second step on, so that what is compared is exact, and the same on every
machine.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

from kg.viz.layoutfile import Places

if TYPE_CHECKING:
    import networkx
    import numpy
    from numpy.typing import NDArray

    Array = NDArray[numpy.float64]
    Pairs = NDArray[numpy.intp]

Sizes = Mapping[str, tuple[float, float]]

ASPECT = 1.05
"""Width to height of what things fill between legend and panel on a laptop, room for names at the
rim left out.
"""

ROOM = 2.2
"""Area of a picture, as a multiple of what its names and shapes cover."""

STARTS = 5
CLOSELY = 24
"""Places that are weighed with all their crossings, of those tried for a thing."""


def stress_layout(
    graph: networkx.Graph[str], ids: list[str], sizes: Sizes, centre: str, aspect: float = ASPECT
) -> Places:
    """The places of a connected part of three things or more, about ``aspect`` times as wide as
    high.
    """
    import networkx
    import numpy as np

    part: networkx.Graph[str] = networkx.Graph()
    part.add_nodes_from(ids)
    index = {id: number for number, id in enumerate(ids)}
    edges = sorted((*sorted(edge), graph.edges[edge]["ties"]) for edge in graph.edges(ids))
    for source, target, ties in edges:
        others = set(graph[source]) ^ set(graph[target])
        part.add_edge(source, target, length=max(1, len(others) - 1) ** 0.4 * max(1, ties / 6))
    path_lengths = np.zeros((len(ids), len(ids)))
    for source, lengths in networkx.all_pairs_dijkstra_path_length(part, weight="length"):
        for target, length in lengths.items():
            path_lengths[index[source], index[target]] = length
    size = np.array([sizes[id] for id in ids], dtype=np.float64)
    ends = np.array([(index[source], index[target]) for source, target, _ in edges])
    fixed_index = index.get(centre, -1)
    candidates = []
    for seed in range(max(2, min(STARTS, 40_000 // len(ids) ** 2))):
        start = networkx.spring_layout(part, seed=seed, iterations=30)
        points = _fill_page(
            _majorise(np.array([start[id] for id in ids]), path_lengths), size, aspect
        )
        points = np.round(_push_apart(np.round(points), size, fixed_index, rounds=60))
        candidates.append((_cost(points, ends, size), seed, points))
    _, _, best = min(candidates, key=lambda each: each[:2])
    best = _settle(best, ends, size, fixed_index, rounds=2 if len(ids) < 80 else 1)
    best = np.round(_push_apart(best, size, fixed_index, rounds=60))
    return {id: (int(x), int(y)) for id, (x, y) in zip(ids, best.tolist(), strict=True)}


def _majorise(points: Array, path_lengths: Array, rounds: int = 100) -> Array:
    """Points moved, round by round, towards where their distances are as wanted, near ones above
    all.

    Each goes most of the way to the mean of the places where the others want it. Sums only, no
    linear algebra library: those differ from machine to machine.
    """
    import numpy as np

    weight = np.where(path_lengths > 0, 1 / np.maximum(path_lengths, 1e-9) ** 2, 0)
    weight /= weight.sum(axis=1)[:, None]
    for _ in range(rounds):
        away = points[:, None] - points[None]
        between = np.maximum(np.sqrt(away[..., 0] ** 2 + away[..., 1] ** 2), 1e-9)
        stretch = weight * (path_lengths / between - 1)
        points = points + 0.8 * np.stack(
            [(stretch * away[..., 0]).sum(axis=1), (stretch * away[..., 1]).sum(axis=1)], axis=1
        )
    return points


def _fill_page(points: Array, size: Array, aspect: float) -> Array:
    """Points turned and scaled to fill a page of this shape, as large as their names need."""
    import numpy as np

    height = math.sqrt(float((size[:, 0] * size[:, 1]).sum()) * ROOM / aspect)
    target = np.array([height * aspect, height])
    best, best_scale = points, 0.0
    for step in range(36):
        angle = math.pi * step / 36
        turn = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
        candidate = points @ turn.T
        scale = float((target / np.maximum(np.ptp(candidate, axis=0), 1e-9)).min())
        if scale > best_scale + 1e-9:
            best, best_scale = candidate, scale
    best = (best - best.mean(axis=0)) * best_scale
    # What is a little too narrow is stretched, but not out of recognition.
    return np.asarray(best * np.minimum(1.25, target / np.maximum(np.ptp(best, axis=0), 1e-9)))


def _push_apart(points: Array, size: Array, fixed_index: int, rounds: int) -> Array:
    """Points pushed until no two names cover each other, or nearly so; the fixed one stays."""
    import numpy as np

    count = len(points)
    need_x = (size[:, None, 0] + size[None, :, 0]) / 2 + 6
    need_y = (size[:, None, 1] + size[None, :, 1]) / 2 + 5
    order = np.sign(np.arange(count)[:, None] - np.arange(count)[None])
    points = points.copy()
    for _ in range(rounds):
        away = points[:, None] - points[None]
        short_x, short_y = need_x - np.abs(away[..., 0]), need_y - np.abs(away[..., 1])
        hit = (short_x > 0) & (short_y > 0)
        np.fill_diagonal(hit, False)
        if not hit.any():
            break
        sideways = hit & (short_x < short_y)
        upright = hit & ~sideways
        sign_x = np.where(away[..., 0] == 0, order, np.sign(away[..., 0]))
        sign_y = np.where(away[..., 1] == 0, order, np.sign(away[..., 1]))
        push = np.stack(
            [
                np.where(sideways, short_x * sign_x, 0).sum(axis=1),
                np.where(upright, short_y * sign_y, 0).sum(axis=1),
            ],
            axis=1,
        )
        push *= 0.55 / np.maximum(1, hit.sum(axis=1))[:, None]
        if fixed_index >= 0:
            push[fixed_index] = 0
        points += push
    return points


def _settle(points: Array, ends: Pairs, size: Array, fixed_index: int, rounds: int) -> Array:
    """Points of which each has moved, in turn, to the best of some places around it or amid its
    neighbours.

    Best is where the fewest ties cross, fewest run over things they do not tie, no names lie on
    each other, and ties are short. All stay within the rectangle that they filled before.
    """
    import numpy as np

    points = points.copy()
    low, high = points.min(axis=0), points.max(axis=0)
    angles = [math.tau * step / 12 for step in range(12)]
    around = np.round(
        [
            (r * math.cos(a) * ASPECT, r * math.sin(a))
            for r in (24, 60, 110, 180, 280)
            for a in angles
        ]
    )
    busiest = np.argsort(-np.bincount(ends.ravel(), minlength=len(points)), kind="stable")
    for _ in range(rounds):
        for one in busiest.tolist():
            if one == fixed_index:
                continue
            mine = (ends == one).any(axis=1)
            others = np.where(ends[mine, 0] == one, ends[mine, 1], ends[mine, 0])
            amid = np.round(points[others].mean(axis=0))
            candidates = np.clip(
                np.vstack([points[one], amid, amid + around[:24], points[one] + around]), low, high
            )
            rough = _rough_cost(candidates, one, others, points, size)
            # What is crowded or far off is not looked at any closer; where it stands now always is.
            near = np.concatenate([[0], 1 + np.argsort(rough[1:], kind="stable")[:CLOSELY]])
            cost = rough[near] + _crossing_cost(
                candidates[near], one, others, points, ends[~mine], size
            )
            points[one] = candidates[near[int(cost.round(3).argmin())]]
    return points


def _rough_cost(candidates: Array, one: int, others: Pairs, points: Array, size: Array) -> Array:
    """Return the cost of each of these places for a thing, in names covered and length of its
    ties.
    """
    import numpy as np

    rest = np.delete(np.arange(len(points)), one)
    short = (size[rest] + size[one]) / 2 + (6, 5) - np.abs(candidates[:, None] - points[rest][None])
    overlap = np.where((short > 0).all(axis=2), 8 + short.min(axis=2) / 4, 0).sum(axis=1)
    length = np.sqrt(((candidates[:, None] - points[others][None]) ** 2).sum(axis=2))
    return np.asarray((overlap + (length / 130).sum(axis=1)).round(3))


def _crossing_cost(  # noqa: PLR0913 - one step of a search, called thousands of times
    candidates: Array, one: int, others: Pairs, points: Array, ends: Pairs, size: Array
) -> Array:
    """Return the cost of each place in crossings, and in ties over things that they do not tie;
    ``ends`` are the ties of all others.
    """
    import numpy as np

    start, end, reach = points[ends[:, 0]], points[ends[:, 1]], points[others]
    rest = np.delete(np.arange(len(points)), one)
    crossing = _crossing(
        candidates[:, None, None], reach[None, :, None], start[None, None], end[None, None]
    ).sum(axis=(1, 2))
    over = _over(
        candidates[:, None, None],
        reach[None, :, None],
        points[rest][None, None],
        size[rest][None, None],
    )
    over &= rest[None, None] != others[None, :, None]
    under = _over(start[None], end[None], candidates[:, None], size[one][None, None])
    return np.asarray(crossing + 2.5 * over.sum(axis=(1, 2)) + 2.5 * under.sum(axis=1))


def _crossing(a: Array, b: Array, c: Array, d: Array) -> NDArray[numpy.bool_]:
    """Whether the lines a-b and c-d cross, ends left out."""

    def side(p: Array, q: Array, r: Array) -> Array:
        return (q[..., 0] - p[..., 0]) * (r[..., 1] - p[..., 1]) - (q[..., 1] - p[..., 1]) * (
            r[..., 0] - p[..., 0]
        )

    return (side(a, b, c) * side(a, b, d) < 0) & (side(c, d, a) * side(c, d, b) < 0)


def _over(a: Array, b: Array, middle: Array, size: Array) -> NDArray[numpy.bool_]:
    """Whether the line a-b runs over a rectangle."""
    import numpy as np

    first, last = np.zeros(1), np.ones(1)
    for axis in (0, 1):
        way = b[..., axis] - a[..., axis]
        step = np.where(np.abs(way) < 1e-9, 1e-9, way)
        low = (middle[..., axis] - size[..., axis] / 2 - a[..., axis]) / step
        high = (middle[..., axis] + size[..., axis] / 2 - a[..., axis]) / step
        first, last = (
            np.maximum(first, np.minimum(low, high)),
            np.minimum(last, np.maximum(low, high)),
        )
    return np.asarray(first < last)


def _cost(points: Array, ends: Pairs, size: Array) -> int:
    """How bad a picture is: crossings of ties, and twice the ties that run over things they do not
    tie.
    """
    import numpy as np

    start, end = points[ends[:, 0]], points[ends[:, 1]]
    crossings = int(_crossing(start[:, None], end[:, None], start[None], end[None]).sum()) // 2
    over = _over(start[:, None], end[:, None], points[None], size[None])
    over[np.arange(len(ends)), ends[:, 0]] = over[np.arange(len(ends)), ends[:, 1]] = False
    return crossings + 2 * int(over.sum())
