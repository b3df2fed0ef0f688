"""How things find their last places: names are pushed off each other, then each thing moves, in
turn, where fewer ties cross and none runs over it, within a rectangle of its own.

Coordinates are whole pixels, so that what is compared is exact, and the same on every machine.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    Array = NDArray[numpy.float64]
    Pairs = NDArray[numpy.intp]

Sizes = Mapping[str, tuple[float, float]]

ASPECT = 1.05
"""Width to height of what things fill between legend and panel on a laptop, room for names at the
rim left out.
"""

CLOSELY = 24
"""Places that are weighed with all their crossings, of those tried for a thing."""

CORE = 30
"""Pixels of the middle of a thing, where its shape is: no tie should run there."""


class Zones(NamedTuple):
    """The rectangles that points stay in: the least x and y of each, and the greatest."""

    low: Array
    high: Array


def push_apart(
    points: Array, size: Array, fixed: Collection[int], rounds: int, zones: Zones | None = None
) -> Array:
    """Return points pushed until no two names cover each other, or nearly so; fixed ones stay, and
    each stays in its zone.
    """
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
        push[list(fixed)] = 0
        points += push
        if zones:
            points = np.clip(points, zones.low, zones.high)
    return points


def is_covering(points: Array, size: Array) -> bool:
    """Tell whether any name covers another."""
    import numpy as np

    short = (size[:, None] + size[None]) / 2 - np.abs(points[:, None] - points[None])
    hits = int((short > 1).all(axis=2).sum())
    # Each covers itself.
    return hits > len(points)


def settle_crossings(  # noqa: PLR0913 - a picture, and how it may change
    points: Array,
    ends: Pairs,
    size: Array,
    fixed: Collection[int],
    rounds: int,
    zones: Zones | None = None,
) -> Array:
    """Return points of which each has moved, in turn, to the best of some places around it or amid
    its neighbours.

    Best is where the fewest ties cross, fewest run over things they do not tie, no names lie on
    each other, and ties are short. Fixed ones stay; each stays in its zone or, without zones,
    within the rectangle that all filled before.
    """
    import numpy as np

    points = points.copy()
    if zones is None:
        whole = np.ones_like(points)
        zones = Zones(points.min(axis=0) * whole, points.max(axis=0) * whole)
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
        before = points.copy()
        for one in busiest.tolist():
            if one in fixed:
                continue
            mine = (ends == one).any(axis=1)
            others = np.where(ends[mine, 0] == one, ends[mine, 1], ends[mine, 0])
            amid = np.round(points[others].mean(axis=0)) if len(others) else points[one]
            tried = np.vstack([points[one], amid, amid + around[:24], points[one] + around])
            candidates = np.clip(tried, zones.low[one], zones.high[one]).round()
            rough = _rough_cost(candidates, one, others, points, size)
            # What is crowded or far off is not looked at any closer; where it stands now always is.
            near = np.concatenate([[0], 1 + np.argsort(rough[1:], kind="stable")[:CLOSELY]])
            cost = rough[near] + _crossing_cost(
                candidates[near], one, others, points, ends[~mine], size
            )
            points[one] = candidates[near[int(cost.round(3).argmin())]]
        if (points == before).all():
            break
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
    core = np.minimum(size, CORE)
    total = crossing.astype(np.float64)
    for sizes, weight in ((size, 1.5), (core, 4.0)):
        over = _over(
            candidates[:, None, None],
            reach[None, :, None],
            points[rest][None, None],
            sizes[rest][None, None],
        )
        over &= rest[None, None] != others[None, :, None]
        under = _over(start[None], end[None], candidates[:, None], sizes[one][None, None])
        total += weight * (over.sum(axis=(1, 2)) + under.sum(axis=1))
    return np.asarray(total)


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


def picture_cost(points: Array, ends: Pairs, size: Array) -> int:
    """How bad a picture is: crossings of ties, and twice the ties that run over things they do not
    tie.
    """
    import numpy as np

    start, end = points[ends[:, 0]], points[ends[:, 1]]
    crossings = int(_crossing(start[:, None], end[:, None], start[None], end[None]).sum()) // 2
    over = _over(start[:, None], end[:, None], points[None], size[None])
    over[np.arange(len(ends)), ends[:, 0]] = over[np.arange(len(ends)), ends[:, 1]] = False
    return crossings + 2 * int(over.sum())
