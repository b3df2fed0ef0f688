"""Layouts that say something: each thing has a rectangle of its own to stand in, its zone.

For blocs the first pole stands left with what belongs to it, the second right, the third above, all
others in a row below; between them pacts stand above the axis of the two and disputes below it. For
time each day has a column. Within its zone each thing finds its place as in any other layout
(``kg.viz.layout.settling``).
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from kg.model.grouping import group_pairs
from kg.viz.layout.plan import Plan
from kg.viz.layout.settling import (
    Sizes,
    Zones,
    is_covering,
    picture_cost,
    push_apart,
    settle_crossings,
)
from kg.viz.layoutfile import Places

if TYPE_CHECKING:
    import networkx
    import numpy
    from numpy.typing import NDArray

    Array = NDArray[numpy.float64]

ASPECT = 1.22
"""Width to height of the room for a picture on a laptop."""

ROOM = 2.3
"""Area of a picture, as a multiple of what its names and shapes cover."""

BLOC_ROOM = 1.9
"""The same for a bloc: its names may stand denser."""

LEAST_WIDTH = 720
"""Pixels across which few things are spread."""

WIDEST_BLOC = 0.3
"""The widest that a bloc at a side may be, as a share of the whole."""

GUTTER = 34
"""Pixels between zones."""

SEEDS = 4

MOST_GROWTHS = 8


class Zone(NamedTuple):
    """Left, top, right and bottom of a rectangle."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> tuple[float, float]:
        """Its middle."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2


class _Frame(NamedTuple):
    """The zones of things, and the places of those that are fixed."""

    zones: dict[str, Zone]
    fixed: dict[str, tuple[float, float]]


def blocs_layout(graph: networkx.Graph[str], plan: Plan, sizes: Sizes) -> Places:
    """Return the places of things of which some belong to poles."""
    return _place_in_zones(graph, _bloc_frame(list(graph), plan, sizes), sizes)


def time_layout(graph: networkx.Graph[str], plan: Plan, sizes: Sizes) -> Places:
    """Return the places of things of which some happened on days: the earlier, the farther left."""
    return _place_in_zones(graph, _time_frame(list(graph), plan, sizes), sizes)


def _area(ids: Iterable[str], sizes: Sizes) -> float:
    return math.fsum((sizes[id][0] + 6) * (sizes[id][1] + 5) for id in ids)


def _whole(ids: Collection[str], sizes: Sizes) -> tuple[float, float]:
    """The width and height of a picture of these things."""
    width = max(LEAST_WIDTH, math.sqrt(_area(ids, sizes) * ROOM * ASPECT))
    return width, width / ASPECT


def _bloc_frame(ids: list[str], plan: Plan, sizes: Sizes) -> _Frame:
    """Return where the things of blocs and all others may stand."""
    shown_ids = set(ids)
    blocs = {
        pole: sorted(each & shown_ids) for pole, each in plan.blocs.items() if each & shown_ids
    }
    width, height = _whole(ids, sizes)
    left, right, *others = blocs
    third = [pole for pole in others[:1] if len(blocs[pole]) > 2]
    rest = [pole for pole in others if pole not in third]
    sides = [_side_size(blocs[pole], sizes, width, height) for pole in (left, right)]
    inner = Zone(sides[0][0] + GUTTER, 0, width - sides[1][0] - GUTTER, height)
    top = _strip_height(third, blocs, sizes, inner)
    bottom = _strip_height(rest, blocs, sizes, inner)
    middle = inner._replace(top=top, bottom=height - bottom)
    axis = _axis(ids, plan, sizes, middle)
    frame = _Frame({}, {})
    for pole, (wide, high), is_left in ((left, sides[0], True), (right, sides[1], False)):
        above = min(max(0.0, axis - high / 2), height - high)
        x = 0.0 if is_left else width - wide
        zone = Zone(x, above, x + wide, above + high)
        aside = sizes[pole][0] / 2 if pole in sizes else 0.0
        at = (zone.right - aside if is_left else zone.left + aside, axis)
        _fill(frame, pole, blocs[pole], zone, at)
    if third:
        zone = inner._replace(bottom=top - GUTTER)
        _fill(frame, third[0], blocs[third[0]], zone, (zone.middle[0], zone.bottom - 16))
    _fill_row(frame, rest, blocs, sizes, inner._replace(top=height - bottom + GUTTER))
    for id in ids:
        frame.zones.setdefault(id, _zone_between(id, plan, middle, axis))
    return frame


def _fill(
    frame: _Frame, pole: str, ids: Iterable[str], zone: Zone, at: tuple[float, float]
) -> None:
    """Put a bloc into its zone, its pole in its place."""
    for id in ids:
        frame.zones[id] = zone
        if id == pole:
            frame.fixed[id] = at


def _fill_row(
    frame: _Frame, poles: list[str], blocs: Mapping[str, list[str]], sizes: Sizes, row: Zone
) -> None:
    """Put blocs side by side."""
    areas = [_area(blocs[pole], sizes) + 2_000 for pole in poles]
    x = row.left
    for pole, area in zip(poles, areas, strict=True):
        wide = (row.right - row.left) * area / sum(areas)
        zone = Zone(x + GUTTER / 3, row.top, x + wide - GUTTER / 3, row.bottom)
        at = (zone.middle[0], zone.top + 16 if len(blocs[pole]) > 1 else zone.middle[1])
        _fill(frame, pole, blocs[pole], zone, at)
        x += wide


def _side_size(ids: list[str], sizes: Sizes, width: float, height: float) -> tuple[float, float]:
    """The width and height of a bloc at a side: a column, as wide as it must be."""
    area = _area(ids, sizes) * BLOC_ROOM
    widest = max(sizes[id][0] for id in ids)
    wide = max(widest + 12, min(math.sqrt(area / 1.8), width * WIDEST_BLOC), area / height)
    return wide, min(height, area / wide)


def _strip_height(
    poles: list[str], blocs: Mapping[str, list[str]], sizes: Sizes, inner: Zone
) -> float:
    """The height of a strip that holds some blocs, with what keeps it off others."""
    if not poles:
        return 0.0
    ids = [id for pole in poles for id in blocs[pole]]
    needed_area = _area(ids, sizes) * BLOC_ROOM / (inner.right - inner.left)
    rows = 2 if any(len(blocs[pole]) > 1 for pole in poles) else 1
    return max(needed_area, rows * max(sizes[id][1] for id in ids) + 8) + GUTTER


def _axis(ids: list[str], plan: Plan, sizes: Sizes, middle: Zone) -> float:
    """The height at which the two poles stand: pacts need the room above, disputes that below."""
    above = _area((id for id in ids if id in plan.above), sizes)
    below = _area((id for id in ids if id in plan.below), sizes)
    share = min(0.6, max(0.35, (above + 1) / (above + below + 2)))
    return middle.top + (middle.bottom - middle.top) * share


def _zone_between(id: str, plan: Plan, middle: Zone, axis: float) -> Zone:
    """Where a thing that belongs to no pole may stand."""
    if id in plan.above:
        return middle._replace(bottom=axis - GUTTER)
    if id in plan.below:
        return middle._replace(top=axis + GUTTER)
    return middle


def _time_frame(ids: list[str], plan: Plan, sizes: Sizes) -> _Frame:
    """Return the columns of days, each as wide as its events need, and the whole for all else."""
    width, height = _whole(ids, sizes)
    dated = [id for id in ids if id in plan.days]
    events = group_pairs(
        (plan.days[id], id) for id in sorted(dated, key=lambda id: (plan.days[id], id))
    )
    areas = {day: _area(ids_then, sizes) + 1_500 for day, ids_then in events.items()}
    zones: dict[str, Zone] = {}
    x = 0.0
    for day, ids_then in events.items():
        wide = width * areas[day] / sum(areas.values())
        zones |= dict.fromkeys(ids_then, Zone(x, 0, x + wide, height))
        x += wide
    return _Frame({id: zones.get(id, Zone(0, 0, width, height)) for id in ids}, {})


def _place_in_zones(graph: networkx.Graph[str], frame: _Frame, sizes: Sizes) -> Places:
    """Return places within zones: of some starts by chance, always the same ones, the best."""
    import numpy as np

    ids = sorted(graph)
    index = {id: number for number, id in enumerate(ids)}
    size = np.array([sizes[id] for id in ids], dtype=np.float64)
    ends = np.array([sorted((index[one], index[other])) for one, other in graph.edges()], np.intp)
    ends = np.array(sorted(ends.tolist()), np.intp).reshape(-1, 2)
    zones = _inner_zones([frame.zones[id] for id in ids], size)
    fixed = {index[id] for id in frame.fixed}
    candidates = []
    for seed in range(max(1, min(SEEDS, 60_000 // (len(ids) + 1) ** 2))):
        chance = np.random.default_rng(seed)
        points = zones.low + (zones.high - zones.low) * chance.random((len(ids), 2)).round(6)
        for id, place in frame.fixed.items():
            points[index[id]] = place
        points = _draw_together(points, ends, fixed, zones)
        points = np.round(push_apart(points, size, fixed, 60, zones))
        points = settle_crossings(points, ends, size, fixed, 2, zones)
        candidates.append((picture_cost(points, ends, size), seed, points))
    _, _, best = min(candidates, key=lambda each: each[:2])
    best = settle_crossings(best, ends, size, fixed, 6 if len(ids) < 150 else 1, zones)
    best = _grow(best, size, fixed, zones)
    return {id: (int(x), int(y)) for id, (x, y) in zip(ids, best.tolist(), strict=True)}


def _grow(points: Array, size: Array, fixed: Collection[int], zones: Zones) -> Array:
    """Return points with their zones made larger, step by step, until no name covers another."""
    import numpy as np

    places = points
    for step in range(MOST_GROWTHS):
        scale = 1 + 0.07 * step
        wider = Zones(np.round(zones.low * scale), np.round(zones.high * scale))
        places = np.round(push_apart(np.round(points * scale), size, fixed, 150, wider))
        if not is_covering(places, size):
            break
    return np.asarray(places)


def _inner_zones(zones: Iterable[Zone], size: Array) -> Zones:
    """Return where the middles of things may be, so that their names stay in their zones, too."""
    import numpy as np

    box = np.array(list(zones), dtype=np.float64)
    middle = (box[:, :2] + box[:, 2:]) / 2
    low = np.minimum(middle, box[:, :2] + size / 2).round()
    high = np.maximum(middle, box[:, 2:] - size / 2).round()
    return Zones(np.asarray(low, np.float64), np.asarray(high, np.float64))


def _draw_together(
    points: Array, ends: NDArray[numpy.intp], fixed: Collection[int], zones: Zones
) -> Array:
    """Return points drawn, round by round, towards what they are tied to, within their zones."""
    import numpy as np

    count = len(points)
    degree = np.maximum(1, np.bincount(ends.ravel(), minlength=count))[:, None]
    held_ids = list(fixed)
    for _ in range(12):
        pull = np.stack(
            [
                np.bincount(ends[:, 0], points[ends[:, 1], axis], count)
                + np.bincount(ends[:, 1], points[ends[:, 0], axis], count)
                for axis in (0, 1)
            ],
            axis=1,
        )
        is_tied = (np.bincount(ends.ravel(), minlength=count) > 0)[:, None]
        moved_points = np.where(is_tied, 0.6 * points + 0.4 * pull / degree, points)
        moved_points[held_ids] = points[held_ids]
        points = np.round(np.clip(moved_points, zones.low, zones.high))
        points[held_ids] = moved_points[held_ids]
    return np.asarray(points)
