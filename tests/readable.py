"""How well a page's picture can be read, counted in the browser from what is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from playwright.sync_api import Page


class Legibility(NamedTuple):
    """What is drawn of a picture, and what stands in its way.

    ``crossings`` are pairs of lines without a common end that cross; ``through`` counts lines over
    shapes that they do not tie; ``struck`` are names that a line runs over, ``breaking`` names that
    stand in a gap of a line that would run over them, ``covered`` names that lie on another or on a
    shape that is not theirs; names of regions are among them. ``named`` are things that bear their
    name; ``lying`` are the pixels of pairs of lines that lie on each other for more than 40 of them.
    """

    things: int
    lines: int
    crossings: int
    through: int
    struck: int
    breaking: int
    covered: int
    named: int
    lying: int

    @property
    def share_named(self) -> float:
        """The share of the things drawn that bear their name."""
        return self.named / self.things if self.things else 1.0


UNNAMED = """(() => {
    const { names, foldedIds } = actorKg.picture.layout;
    const named = new Set(names.map(({ id }) => id));
    const isOpen = (id) => actorKg.thingOf(id).shape === 'box' && !foldedIds.has(id);
    return actorKg.visibility.drawnThings().filter((id) => !named.has(id) && !isOpen(id));
})()"""
"""The things that are drawn without their name."""

NAMES = f"""() => {{
    const boxes = actorKg.picture.layout.names.map(({{ box }}) => box);
    const hit = (a, b) =>
        Math.abs(a.x - b.x) * 2 < a.w + b.w && Math.abs(a.y - b.y) * 2 < a.h + b.h;
    const drawn = actorKg.visibility.drawnThings().length;
    return {{
        hits: boxes.filter((a, i) => boxes.some((b, j) => i < j && hit(a, b))).length,
        named: (drawn - {UNNAMED}.length) / drawn,
    }};
}}"""
"""How many names lie on each other, and which share of things bears its name."""

COUNT = """() => {
    const { layout, figures } = actorKg.picture;
    // What belongs to the page is slow to read for a script that Firefox runs beside it.
    const own = (value) => JSON.parse(JSON.stringify(value));
    const ways = own(figures
        .map(({ line, tie, way }) => ({ way: way ?? [], tie: line ?? tie }))
        .filter(({ tie, way }) => tie && way.length > 1 && tie.from !== tie.to)
        .map(({ tie, way }) => ({ way, from: tie.from, to: tie.to })));
    const lines = ways.map(({ way, from, to }) => ({ way, ends: new Set([from, to]) }));
    const side = ([px, py], [qx, qy], [rx, ry]) => (qx - px) * (ry - py) - (qy - py) * (rx - px);
    const meet = (a, b, c, d) =>
        side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
    const segments = (way) => way.slice(1).map((point, index) => [way[index], point]);
    const hull = (way) => {
        const [xs, ys] = [way.map(([x]) => x), way.map(([, y]) => y)];
        return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
    };
    for (const line of lines) line.hull = hull(line.way);
    const near = (a, b) => a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3];
    const cross = (one, other) =>
        near(one.hull, other.hull) &&
        segments(one.way).some(([a, b]) => segments(other.way).some(([c, d]) => meet(a, b, c, d)));
    const edges = ({ x, y, w, h }, less) => {
        const [dx, dy] = [w / 2 - less, h / 2 - less];
        return [x - dx, y - dy, x + dx, y + dy];
    };
    const over = ({ way, hull: around }, box) => {
        if (!near(around, box)) return false;
        const isIn = ([x, y]) => x > box[0] && x < box[2] && y > box[1] && y < box[3];
        const corners = [[box[0], box[1]], [box[2], box[1]], [box[2], box[3]], [box[0], box[3]]];
        const rims = corners.map((corner, index) => [corner, corners[(index + 1) % 4]]);
        return way.some(isIn) ||
            segments(way).some(([a, b]) => rims.some(([c, d]) => meet(a, b, c, d)));
    };
    const things = own([...layout.boxes]).map(([id, box]) => ({ id, box: edges(box, 1.5) }));
    const regionNames = layout.regions.flatMap(({ name }) => name ?? []);
    const names = own([...layout.names, ...regionNames])
        .map(({ id, box, breaksLine }) => ({ id, breaksLine, box: edges(box, 2) }));
    const unnamed = UNNAMED;
    let crossings = 0;
    lines.forEach((one, index) => {
        for (const other of lines.slice(index + 1)) {
            if (![...one.ends].some((end) => other.ends.has(end)) && cross(one, other)) {
                crossings += 1;
            }
        }
    });
    const through = lines.flatMap((line) =>
        things.filter(({ id, box }) => !line.ends.has(id) && over(line, box))).length;
    const met = names.filter(({ box }) => lines.some((line) => over(line, box)));
    const struck = met.filter(({ breaksLine }) => !breaksLine).length;
    const covered = names.filter((name) =>
        names.some((other) => other !== name && near(name.box, other.box)) ||
        things.some(({ id, box }) => id !== name.id && near(name.box, box))).length;
    // Points of lines, each with the direction of its line, in squares of the plane.
    const [STEP, NEAR, SLANT] = [4, 2, 0.15];
    const squares = new Map();
    const points = lines.map(({ way }, number) => segments(way).flatMap(([a, b]) => {
        const length = Math.hypot(b[0] - a[0], b[1] - a[1]) || 1;
        const count = Math.max(1, Math.round(length / STEP));
        const [dx, dy] = [(b[0] - a[0]) / length, (b[1] - a[1]) / length];
        return Array.from({ length: count }, (_, at) => {
            const far = (length * (at + 0.5)) / count;
            return { number, dx, dy, long: length / count, x: a[0] + dx * far, y: a[1] + dy * far };
        });
    }));
    const squareAt = (x, y) => `${Math.floor(x / 8)} ${Math.floor(y / 8)}`;
    for (const point of points.flat()) {
        const key = squareAt(point.x, point.y);
        squares.set(key, [...(squares.get(key) ?? []), point]);
    }
    const liesOn = (a, b) => {
        const [x, y] = [b.x - a.x, b.y - a.y];
        return Math.abs(a.dx * b.dy - a.dy * b.dx) <= SLANT &&
            Math.abs(x * a.dy - y * a.dx) < NEAR && Math.abs(x * a.dx + y * a.dy) <= STEP;
    };
    const shared = new Map();
    for (const point of points.flat()) {
        const near = [-8, 0, 8].flatMap((dx) => [-8, 0, 8].flatMap((dy) =>
            squares.get(squareAt(point.x + dx, point.y + dy)) ?? []));
        const met = near.filter((other) => other.number > point.number && liesOn(point, other));
        for (const other of new Set(met.map(({ number }) => number))) {
            const key = `${point.number} ${other}`;
            shared.set(key, (shared.get(key) ?? 0) + point.long);
        }
    }
    const long = [...shared.values()].filter((each) => each > 40);
    const lying = Math.round(long.reduce((sum, each) => sum + each, 0));
    return [things.length, lines.length, crossings, through, struck,
        met.length - struck, covered, things.length - unnamed.length, lying];
}""".replace("UNNAMED", UNNAMED)


def legibility(page: Page) -> Legibility:
    """Return how well the picture of an open page can be read as it is drawn now."""
    return Legibility(*page.evaluate(COUNT))
