/**
 * Where names go: at one size whatever the zoom, none on another. Pure: positions in, rectangles out.
 *
 * @typedef {{x: number, y: number, w: number, h: number}} Box  centre and size, in pixels of the screen
 * @typedef {{id: string, lines: string[], x: number, y: number, align: CanvasTextAlign}} Placed
 */

export const LABEL_PIXELS = 12.5;
export const LABEL_LINE = 15;

/** @param {Box} a @param {Box} b @returns {boolean} */
const overlaps = (a, b) => Math.abs(a.x - b.x) * 2 < a.w + b.w && Math.abs(a.y - b.y) * 2 < a.h + b.h;

/** Boxes that can be asked quickly which of them another one would hit. */
export class Taken {
  constructor() {
    /** @type {Map<string, Set<Box>>} */
    this.cells = new Map();
  }

  /** @param {Box} box @returns {Generator<string>} */
  *cellsOf(box) {
    for (let cx = Math.floor((box.x - box.w / 2) / 100); cx <= Math.floor((box.x + box.w / 2) / 100); cx += 1) {
      for (let cy = Math.floor((box.y - box.h / 2) / 100); cy <= Math.floor((box.y + box.h / 2) / 100); cy += 1) {
        yield `${cx},${cy}`;
      }
    }
  }

  /** @param {Box} box */
  add(box) {
    for (const cell of this.cellsOf(box)) {
      const boxes = this.cells.get(cell);
      if (boxes) boxes.add(box);
      else this.cells.set(cell, new Set([box]));
    }
  }

  /** @param {Box} box */
  remove(box) {
    for (const cell of this.cellsOf(box)) this.cells.get(cell)?.delete(box);
  }

  /** @param {Box} box @returns {Set<Box>} */
  hits(box) {
    const found = new Set();
    for (const cell of this.cellsOf(box)) {
      for (const other of this.cells.get(cell) ?? []) if (overlaps(box, other)) found.add(other);
    }
    return found;
  }

  /** @param {Box} box @returns {boolean} */
  isFree(box) {
    return this.hits(box).size === 0;
  }
}

/** @param {Box} box @param {[number, number, number, number]} line @returns {boolean} Whether a line crosses a box. */
const crosses = (box, [x1, y1, x2, y2]) => {
  let from = 0;
  let to = 1;
  for (const [start, way, middle, size] of [
    [x1, x2 - x1, box.x, box.w],
    [y1, y2 - y1, box.y, box.h],
  ]) {
    const low = middle - size / 2 - start;
    const high = middle + size / 2 - start;
    if (way === 0) {
      if (low > 0 || high < 0) return false;
      continue;
    }
    from = Math.max(from, Math.min(low / way, high / way));
    to = Math.min(to, Math.max(low / way, high / way));
  }
  return from < to;
};

/**
 * @typedef {{id: string, lines: string[], width: number, shape: Box, must: boolean}} Wanted  a name, and whose
 * @typedef {{box: Box, dx: number, dy: number, align: CanvasTextAlign}} Spot  where a name could stand beside its shape
 */

/** @param {Wanted} name @returns {Spot[]} Below, beside, above, and at the corners. */
const spotsOf = ({ lines, width, shape }) => {
  const height = lines.length * LABEL_LINE;
  const below = shape.h / 2 + height / 2 + 1;
  const aside = shape.w / 2 + 4;
  /** @type {[number, number, CanvasTextAlign][]} */
  const places = [
    [0, below, 'center'],
    [aside, 0, 'left'],
    [-aside, 0, 'right'],
    [0, -below, 'center'],
    [aside - 2, below - 5, 'left'],
    [2 - aside, below - 5, 'right'],
    [aside - 2, 5 - below, 'left'],
    [2 - aside, 5 - below, 'right'],
    [-width / 4, below, 'center'],
    [width / 4, below, 'center'],
    [-width / 4, -below, 'center'],
    [width / 4, -below, 'center'],
  ];
  return places.map(([dx, dy, align]) => {
    const middle = align === 'left' ? dx + width / 2 : align === 'right' ? dx - width / 2 : dx;
    return { box: { x: shape.x + middle, y: shape.y + dy, w: width + 2, h: height }, dx, dy, align };
  });
};

/**
 * Places for the names of things, the weightiest first. A name that finds no room may push one other aside; one that
 * still finds none is left out.
 *
 * @param {Wanted[]} wanted
 * @param {[number, number, number, number][]} lines  what names should rather not stand on
 * @param {Taken} taken  what they must not stand on; grows
 * @param {Box} frame  what they must not leave
 * @returns {Placed[]}
 */
export const placeNames = (wanted, lines, taken, frame) => {
  /** @type {Map<Box, {name: Wanted, spot: Spot, spots: Spot[]}>} */
  const standing = new Map();
  const inside = (/** @type {Spot} */ { box }) =>
    Math.abs(box.x - frame.x) * 2 + box.w <= frame.w + 12 && Math.abs(box.y - frame.y) * 2 + box.h <= frame.h + 12;
  const crossings = new Map();
  const crossed = (/** @type {Spot} */ spot) => {
    if (!crossings.has(spot))
      crossings.set(spot, lines.length > 400 ? 0 : lines.filter((line) => crosses(spot.box, line)).length);
    return crossings.get(spot);
  };
  const best = (/** @type {Spot[]} */ spots) =>
    spots
      .filter((spot) => taken.isFree(spot.box))
      .reduce(
        (found, spot) => (!found || crossed(spot) < crossed(found) ? spot : found),
        /** @type {Spot | null} */ (null),
      );
  const put = (/** @type {Wanted} */ name, /** @type {Spot} */ spot, /** @type {Spot[]} */ spots) => {
    taken.add(spot.box);
    standing.set(spot.box, { name, spot, spots });
  };
  const pushIn = (/** @type {Wanted} */ name, /** @type {Spot[]} */ spots) => {
    for (const spot of spots) {
      const [hit, ...more] = taken.hits(spot.box);
      const other = standing.get(hit);
      if (!other || more.length > 0) continue;
      taken.remove(hit);
      taken.add(spot.box);
      const elsewhere = best(other.spots);
      taken.remove(spot.box);
      if (elsewhere) {
        standing.delete(hit);
        put(other.name, elsewhere, other.spots);
        put(name, spot, spots);
        return;
      }
      taken.add(hit);
    }
  };

  const left = [];
  for (const name of wanted) {
    const all = spotsOf(name);
    const spots = all.filter(inside);
    const found = best(spots) ?? (name.must ? all[0] : null);
    if (found) put(name, found, spots);
    else left.push({ name, spots });
  }
  if (wanted.length <= 300) for (const { name, spots } of left) pushIn(name, spots);
  return [...standing.values()].map(({ name, spot }) => ({
    id: name.id,
    lines: name.lines,
    x: name.shape.x + spot.dx,
    y: name.shape.y + spot.dy,
    align: spot.align,
  }));
};
