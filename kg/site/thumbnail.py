"""A small picture of a view as SVG: where its things stand, what ties them, and the names of the
most tied.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain, product
from typing import NamedTuple

from markupsafe import Markup, escape

from kg.status.status import Status
from kg.text import clip, width
from kg.view.lines import LEADING, drawn_status
from kg.view.picture import Node, Picture
from kg.viz.layout.hubs import group_around_hubs
from kg.viz.layoutfile import Places
from kg.viz.style import Look, Style

WIDTH, HEIGHT, MARGIN = 480, 300, 30
MOST_NAMES = 8
MOST_LARGE_NAMES = 3
"""So many names are also written where the picture is smallest, and larger there."""

MOST_APART = 40
"""Up to so many things stand so far apart that most names cover none."""

NAME_COLUMNS = 22
LARGE, SMALL = (12.6, 22), (7.8, 15)
"""Pixels of a column and of a line of a name, where it is large and where it is small."""

_CORNERS = {
    "box": ((-1.5, -0.8), (1.5, -0.8), (1.5, 0.8), (-1.5, 0.8)),
    "square": ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
    "diamond": ((0, -1.2), (1.2, 0), (0, 1.2), (-1.2, 0)),
    "triangle": ((0, -1.1), (1.1, 0.9), (-1.1, 0.9)),
    "triangle-down": ((-1.1, -0.9), (1.1, -0.9), (0, 1.1)),
    "hexagon": ((-0.55, -1), (0.55, -1), (1.1, 0), (0.55, 1), (-0.55, 1), (-1.1, 0)),
    "star": (
        (0, -1.3),
        (0.4, -0.4),
        (1.3, 0),
        (0.4, 0.4),
        (0, 1.3),
        (-0.4, 0.4),
        (-1.3, 0),
        (-0.4, -0.4),
    ),
}
"""The corners of shapes around their middle, of radius 1; what is not here is a circle."""


class _Spot(NamedTuple):
    """A thing in the small picture."""

    node: Node
    look: Look
    x: int
    y: int


class _Box(NamedTuple):
    """What a name or a shape covers."""

    left: float
    top: float
    right: float
    bottom: float

    def count_met(self, others: Collection[_Box]) -> int:
        """How many of some boxes it overlaps."""
        left, top, right, bottom = self
        return sum([x < right and left < r and t < bottom and top < b for x, t, r, b in others])

    def count_below(self, lines: Iterable[_Line]) -> int:
        """How many straight lines run through it."""
        left, top, right, bottom = self
        near = [
            ends
            for ends, (x, t, r, b) in lines
            if x < right and left < r and t < bottom and top < b
        ]
        return sum(map(self._is_crossed, near))

    def _is_crossed(self, ends: _Ends) -> bool:
        """Whether a line runs through it that is no further aside than it."""
        (x, y), (to_x, to_y) = ends
        first, last = 0.0, 1.0
        for start, end, least, most in (
            (x, to_x, self.left, self.right),
            (y, to_y, self.top, self.bottom),
        ):
            if way := end - start:
                enters, leaves = (least - start) / way, (most - start) / way
                if way < 0:
                    enters, leaves = leaves, enters
                first = enters if enters > first else first
                last = leaves if leaves < last else last
        return first < last


_Ends = tuple[tuple[int, int], tuple[int, int]]
_Line = tuple[_Ends, _Box]
"""A straight line by its two ends, and how far it reaches."""


def thumbnail(
    picture: Picture,
    places: Places,
    style: Style,
    most_names: int = MOST_NAMES,
    most_large: int = MOST_LARGE_NAMES,
) -> Markup:
    """Return the small picture of a view, with so many names at most, of which some are large; of a
    view that opens by its hubs, of these. Its colours are those of the classes ``look-CLASS`` and
    ``family-NAME``; it has no words but the names in it.
    """
    picture = _opening(picture)
    spots = _spots(picture, places, style)
    names = _names(picture, spots, most_names, most_large)
    parts = [*_lines(picture, spots, style), *_shapes(spots), *names]
    return Markup(
        f'<svg class="thumbnail" viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true">'
        f"{''.join(parts)}</svg>"
    )


def _opening(picture: Picture) -> Picture:
    """Return what of a picture is drawn when a reader opens it."""
    hubs = {*group_around_hubs(picture.ids, picture.pairs, picture.centre).values()}
    if not hubs:
        return picture
    nodes = tuple(node for node in picture.nodes if node.id in hubs)
    ties = tuple(tie for tie in picture.ties if {tie.source, tie.target} <= hubs)
    return replace(picture, nodes=nodes, ties=ties)


def _spots(picture: Picture, places: Places, style: Style) -> dict[str, _Spot]:
    """Return all things, moved and made smaller so that they fit, their proportions kept."""
    if not picture.nodes:
        return {}
    xs, ys = zip(*(places[node.id] for node in picture.nodes), strict=True)
    left, top = min(xs), min(ys)
    across, down = max(xs) - left, max(ys) - top
    scale = min((WIDTH - 2 * MARGIN) / max(across, 1), (HEIGHT - 2 * MARGIN) / max(down, 1), 1)
    aside, above = (WIDTH - across * scale) / 2, (HEIGHT - down * scale) / 2
    return {
        node.id: _Spot(
            node,
            style.look(node.classes),
            round(aside + (places[node.id][0] - left) * scale),
            round(above + (places[node.id][1] - top) * scale),
        )
        for node in picture.nodes
    }


def _lines(picture: Picture, spots: Mapping[str, _Spot], style: Style) -> Iterable[str]:
    """Yield a path for the lines of each family and status, one line a pair: that which leads, as
    on the page. So nothing that is not accepted is drawn as what is.
    """
    leading: dict[tuple[str, ...], Status] = {}
    for tie in picture.ties:
        family = style.family(tie.statement.relation.family).name
        pair = (family, *sorted((tie.source, tie.target)))
        statuses = (leading.get(pair, LEADING[-1]), drawn_status(tie.statement))
        leading[pair] = min(statuses, key=LEADING.index)
    paths: dict[tuple[str, Status], list[str]] = {}
    for (family, source, target), status in leading.items():
        one, other = spots[source], spots[target]
        line = f"M{one.x} {one.y}L{other.x} {other.y}"
        paths.setdefault((family, status), []).append(line)
    for (family, status), lines in sorted(paths.items()):
        strokes = " ".join(map(str, style.line(status.value).dash))
        dashes = f' stroke-dasharray="{strokes}"' if strokes else ""
        kinds = f"line {status.value} family-{escape(family)}"
        yield f'<path class="{kinds}"{dashes} d="{"".join(lines)}"/>'


def _shapes(spots: Mapping[str, _Spot]) -> Iterable[str]:
    """Yield a path for the things of each look."""
    radius = 6 if len(spots) <= 60 else 4
    by_look: dict[Look, list[str]] = {}
    for spot in spots.values():
        by_look.setdefault(spot.look, []).append(_outline(spot, radius))
    for look, paths in sorted(by_look.items()):
        yield f'<path class="shapes look-{escape(look.name)}" d="{"".join(paths)}"/>'


def _outline(spot: _Spot, radius: int) -> str:
    corners = _CORNERS.get(spot.look.shape)
    if corners is None:
        arc = f"a{radius} {radius} 0 1 0"
        return f"M{spot.x - radius} {spot.y}{arc} {2 * radius} 0{arc} -{2 * radius} 0z"
    points = (f"{spot.x + x * radius:.0f} {spot.y + y * radius:.0f}" for x, y in corners)
    return f"M{'L'.join(points)}z"


def _names(
    picture: Picture, spots: Mapping[str, _Spot], most_names: int, most_large: int
) -> Iterable[str]:
    """Yield the names of what the view is about, of poles and of the most tied that find room;
    where things stand apart those first that cover no shape. Of the places where a name covers
    least it takes that over which the fewest lines run.
    """
    ranked = _leading(picture, spots)[: 4 * most_names]
    shapes = {id: _Box(at.x - 8, at.y - 6, at.x + 8, at.y + 6) for id, at in spots.items()}
    lines = _straight(picture, spots)
    taken_boxes: dict[str, _Box] = {}
    few = 0 if len(spots) <= MOST_APART else len(spots)
    for most, id in product((few, len(spots)), ranked):
        most_covered = len(spots) if id == picture.centre else most
        if id in taken_boxes or len(taken_boxes) == most_names:
            continue
        is_large = len(taken_boxes) < most_large
        spot, (column, line) = spots[id], LARGE if is_large else SMALL
        name = clip(spot.node.drawn_name, NAME_COLUMNS)
        boxes = _boxes(spot, width(name) * column, line)
        others = [shape for other, shape in shapes.items() if other != id]
        free = (box for box in boxes if not box.count_met(taken_boxes.values()))
        box, covered = _best(free, others, lines)
        if box and covered <= most_covered:
            taken_boxes[id] = box
            yield _text(spot, name, box, is_large=is_large)


def _leading(picture: Picture, ids: Iterable[str]) -> list[str]:
    """Return things in order: what the view is about, poles, then the most tied."""
    ties = Counter(chain.from_iterable(picture.pairs))
    poles = {bloc.pole for bloc in picture.blocs}
    return sorted(ids, key=lambda id: (id != picture.centre, id not in poles, -ties[id], id))


def _straight(picture: Picture, spots: Mapping[str, _Spot]) -> list[_Line]:
    """Return where lines run that names should keep off."""
    return [_line(spots[one], spots[other]) for one, other in sorted({*picture.pairs})]


def _line(one: _Spot, other: _Spot) -> _Line:
    (left, right), (top, bottom) = sorted((one.x, other.x)), sorted((one.y, other.y))
    return ((one.x, one.y), (other.x, other.y)), _Box(left, top, right, bottom)


def _best(
    boxes: Iterable[_Box], others: Collection[_Box], lines: Sequence[_Line]
) -> tuple[_Box | None, int]:
    """Return the first of those boxes that cover the fewest others through which the fewest lines
    run, and how many others it covers; those behind one that is quite free are not looked at.
    """
    best, covered, crossed = None, len(others) + 1, 0
    for box in boxes:
        count = box.count_met(others)
        if count > covered:
            continue
        below = box.count_below(lines)
        if count < covered or below < crossed:
            best, covered, crossed = box, count, below
        if not covered and not crossed:
            break
    return best, covered


def _text(spot: _Spot, name: str, box: _Box, *, is_large: bool) -> str:
    """Return a name; beside its shape it begins or ends there, however large it is written."""
    x, side = (box.left + box.right) / 2, ""
    if box.left > spot.x:
        x, side = box.left, "start"
    elif box.right < spot.x:
        x, side = box.right, "end"
    kinds = " ".join(filter(None, ("" if is_large else "lesser", side)))
    kind = f' class="{kinds}"' if kinds else ""
    return f'<text{kind} x="{x:.0f}" y="{box.bottom - 4:.0f}">{escape(name)}</text>'


def _boxes(spot: _Spot, wide: float, high: float) -> Iterable[_Box]:
    """Yield where a name may stand: below its shape and above it, to its right and left, and at its
    corners.
    """
    middle = min(max(spot.x, wide / 2 + 4), WIDTH - wide / 2 - 4)
    below, above, beside = spot.y + high + 8, spot.y - 8, spot.y + high / 2
    for left, bottom in (
        (middle - wide / 2, below),
        (middle - wide / 2, above),
        (spot.x + 12, beside),
        (spot.x - 12 - wide, beside),
        *product((spot.x + 2, spot.x - 2 - wide), (below, above)),
    ):
        box = _Box(left, bottom - high - 4, left + wide, bottom)
        if box.left >= 0 and box.right <= WIDTH and box.top >= 0 and box.bottom <= HEIGHT:
            yield box
