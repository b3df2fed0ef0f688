"""A layout for large parts: things stand near what they are tied to, each in a square of its own,
in linear time.

Distances to a few things far from each other, and two directions in which these distances differ
most, give a map (pivot multidimensional scaling, Brandes and Pich 2007). By turns each thing is
then drawn towards its neighbours, and the map is stretched evenly over a grid that has room for
every name, order kept.
"""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING

from kg.viz.layout.settling import ASPECT, Sizes
from kg.viz.layoutfile import Places

if TYPE_CHECKING:
    import networkx
    import numpy
    from numpy.typing import NDArray

    Array = NDArray[numpy.float64]
    Numbers = NDArray[numpy.intp]

PIVOTS = 24
ROUNDS = 60
"""Steps of the search for a direction; it need not be exact."""

SMOOTHINGS = 12
AGAIN = 3
"""How often the even map is drawn together and stretched once more: ties get half as long by it."""

FEW = 9
"""Things that stand near each other anyhow."""

BETWEEN = (14, 10)
"""Pixels between the rooms of two names."""


def spread_layout(
    graph: networkx.Graph[str], ids: list[str], sizes: Sizes, aspect: float = ASPECT
) -> Places:
    """The places of a connected part of any size, about ``aspect`` times as wide as high."""
    import numpy as np

    index = {id: number for number, id in enumerate(ids)}
    ends = np.array(
        sorted((index[a], index[b]) for a, b in graph.edges(ids)), dtype=np.intp
    ).reshape(-1, 2)
    wide = float(np.quantile([sizes[id][0] for id in ids], 0.9)) + BETWEEN[0]
    high = max(sizes[id][1] for id in ids) + BETWEEN[1]
    columns = max(1, math.ceil(math.sqrt(len(ids) * aspect * high / wide)))
    rows = math.ceil(len(ids) / columns)
    if len(ids) <= FEW:
        squares = _squares(_circle_points(len(ids)), columns, rows)
    else:
        squares = _squares(_smooth(_map(_distances(len(ids), ends)), ends), columns, rows)
        for _ in range(AGAIN):
            points = np.array(squares) * (wide, high)
            squares = _squares(_smooth(points - points.mean(axis=0), ends), columns, rows)
    return {
        id: (round(column * wide), round(row * high))
        for id, (column, row) in zip(ids, squares, strict=True)
    }


def _distances(count: int, ends: Numbers) -> Array:
    """How many ties each thing (row) is away from each of some things far from each other
    (columns).
    """
    import numpy as np

    both = np.concatenate([ends, ends[:, ::-1]])
    both = both[np.argsort(both[:, 0], kind="stable")]
    starts = np.searchsorted(both[:, 0], np.arange(count + 1))
    degree = np.diff(starts)
    pivot, nearest = int(degree.argmax()), np.full(count, count)
    distances = []
    for _ in range(min(PIVOTS, count)):
        away = np.full(count, count)
        away[pivot] = 0
        front, steps = np.array([pivot]), 0
        while len(front):
            steps += 1
            neighbours = np.concatenate(
                [both[starts[one] : starts[one + 1], 1] for one in front.tolist()]
            )
            front = np.unique(neighbours[away[neighbours] == count])
            away[front] = steps
        distances.append(away)
        nearest = np.minimum(nearest, away)
        pivot = int(nearest.argmax())
    return np.array(distances, dtype=np.float64).T


def _map(distances: Array) -> Array:
    """A point for each thing, so that things at like distances from everything stand near each
    other.
    """
    import numpy as np

    squares = distances**2
    deviations = squares - squares.mean(axis=0) - squares.mean(axis=1)[:, None] + squares.mean()
    # Sums only, no linear algebra library: those differ from machine to machine.
    like = (
        (deviations[:, :, None] * deviations[:, None, :]).sum(axis=0)
        if len(deviations) < 2000
        else _product(deviations)
    )
    directions: list[Array] = []
    for number in range(2):
        way = np.cos(np.arange(len(like)) * (number + 1.0))
        for _ in range(ROUNDS):
            for other in directions:
                way = way - other * (way * other).sum()
            way = (like * way[None]).sum(axis=1)
            way = way / max(1e-12, math.sqrt(float((way * way).sum())))
        directions.append(way)
    return np.stack([(deviations * way[None]).sum(axis=1) for way in directions], axis=1)


def _product(deviations: Array) -> Array:
    import numpy as np

    count = deviations.shape[1]
    product = np.empty((count, count))
    for one, other in itertools.product(range(count), repeat=2):
        product[one, other] = (deviations[:, one] * deviations[:, other]).sum()
    return product


def _smooth(points: Array, ends: Numbers) -> Array:
    """Points drawn towards their neighbours, those with few ties the most, so that small groups
    stand together.
    """
    import numpy as np

    count = len(points)
    # What the map cannot tell apart is told apart by its number, always alike.
    points = points / max(1e-9, float(np.abs(points).max())) + 0.02 * _circle_points(count)
    degree = np.maximum(1, np.bincount(ends.ravel(), minlength=count))[:, None]
    first = points
    for _ in range(SMOOTHINGS):
        pull = np.stack(
            [
                np.bincount(ends[:, 0], points[ends[:, 1], axis], count)
                + np.bincount(ends[:, 1], points[ends[:, 0], axis], count)
                for axis in (0, 1)
            ],
            axis=1,
        )
        points = 0.15 * first + 0.25 * points + 0.6 * pull / degree
    return np.asarray(points.round(7))


def _circle_points(count: int) -> Array:
    """Points on a circle, each turned by the golden angle from the one before."""
    import numpy as np

    turn = np.arange(count) * 2.399963
    return np.stack([np.cos(turn), np.sin(turn)], axis=1)


def _squares(points: Array, columns: int, rows: int) -> list[tuple[int, int]]:
    """A column and a row for each point, no two alike, that keep their order: halves of halves,
    left and right, above and below.
    """
    import numpy as np

    squares = [(0, 0)] * len(points)
    waiting = [(np.arange(len(points)), 0, 0, columns, rows)]
    while waiting:
        some, column, row, wide, high = waiting.pop()
        if len(some) == 1:
            squares[int(some[0])] = (column + (wide - 1) // 2, row + (high - 1) // 2)
        elif len(some) > 1:
            across = wide >= high
            some = some[np.argsort(points[some, 0 if across else 1], kind="stable")]
            half = (wide if across else high) // 2
            room = half * high if across else half * wide
            whole = wide * high
            middle = min(room, max(len(some) - (whole - room), round(len(some) * room / whole)))
            waiting.append(
                (some[:middle], column, row, *((half, high) if across else (wide, half)))
            )
            if across:
                waiting.append((some[middle:], column + half, row, wide - half, high))
            else:
                waiting.append((some[middle:], column, row + half, wide, high - half))
    return squares
