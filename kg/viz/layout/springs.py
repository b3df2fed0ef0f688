"""A layout for one connected part.

networkx springs give a start; stress majorisation (Gansner, Koren and North 2004) makes distances
on the page follow distances in the graph, with room around what has many ties; names are pushed off
each other; and last each thing moves where fewer ties cross and none runs over it. Coordinates are
whole pixels from the second step on, so that what is compared is exact, and the same on every
machine.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from kg.viz.layout.settling import ASPECT, Sizes, picture_cost, push_apart, settle_crossings
from kg.viz.layoutfile import Places

if TYPE_CHECKING:
    import networkx
    import numpy
    from numpy.typing import NDArray

    Array = NDArray[numpy.float64]
    Pairs = NDArray[numpy.intp]

ROOM = 2.2
"""Area of a picture, as a multiple of what its names and shapes cover."""

STARTS = 5


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
    fixed = {index[centre]} if centre in index else set()
    candidates = []
    for seed in range(max(2, min(STARTS, 40_000 // len(ids) ** 2))):
        start = networkx.spring_layout(part, seed=seed, iterations=30)
        points = _fill_page(
            _majorise(np.array([start[id] for id in ids]), path_lengths), size, aspect
        )
        points = np.round(push_apart(np.round(points), size, fixed, rounds=60))
        candidates.append((picture_cost(points, ends, size), seed, points))
    _, _, best = min(candidates, key=lambda each: each[:2])
    best = settle_crossings(best, ends, size, fixed, rounds=2 if len(ids) < 80 else 1)
    best = np.round(push_apart(best, size, fixed, rounds=60))
    return {id: (int(x), int(y)) for id, (x, y) in zip(ids, best.tolist(), strict=True)}


def _majorise(points: Array, path_lengths: Array) -> Array:
    """Points moved, round by round, towards where their distances are as wanted, near ones above
    all.

    Each goes most of the way to the mean of the places where the others want it. Sums only, no
    linear algebra library: those differ from machine to machine.
    """
    import numpy as np

    weight = np.where(path_lengths > 0, 1 / np.maximum(path_lengths, 1e-9) ** 2, 0)
    weight /= weight.sum(axis=1)[:, None]
    for _ in range(100):
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
