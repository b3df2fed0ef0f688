/**
 * Where lines run already, so that another one can cross as few of them as it must. Pure; in pixels of the screen.
 *
 * @typedef {import('./geometry.js').Point} Point
 * @typedef {{points: Point[], ends: string[], isGone: boolean}} Lane  a line's way, and the two things that it ties
 */

/** Pixels of a square of the grid in which parts of lines are looked up. */
const CELL = 48;

/** @param {Point} a @param {Point} b @returns {Generator<number>} The squares of the plane that a part of a line may touch. */
function* cellsOf([ax, ay], [bx, by]) {
  const [left, right] = [Math.min(ax, bx), Math.max(ax, bx)];
  const [top, bottom] = [Math.min(ay, by), Math.max(ay, by)];
  for (let cx = Math.floor(left / CELL); cx <= Math.floor(right / CELL); cx += 1) {
    for (let cy = Math.floor(top / CELL); cy <= Math.floor(bottom / CELL); cy += 1) yield cx * 100_003 + cy;
  }
}

/** @param {Point} a @param {Point} b @param {Point} c @returns {number} On which side of a to b c lies. */
const side = (a, b, c) => (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);

/** @param {Point} a @param {Point} b @param {Point} c @param {Point} d @returns {boolean} Whether a-b and c-d cross. */
const cross = (a, b, c, d) => side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;

/** The ways of the lines of a picture. */
export class Traffic {
  constructor() {
    /** @type {Lane[]} */
    this.lanes = [];
    /** @type {Map<number, {a: Point, b: Point, lane: Lane}[]>} */
    this.cells = new Map();
  }

  /** @param {Point[]} points @param {string[]} ends */
  add(points, ends) {
    const lane = { points, ends, isGone: false };
    this.lanes.push(lane);
    for (let index = 1; index < points.length; index += 1) {
      const part = { a: points[index - 1], b: points[index], lane };
      for (const cell of cellsOf(part.a, part.b)) {
        const here = this.cells.get(cell);
        if (here) here.push(part);
        else this.cells.set(cell, [part]);
      }
    }
  }

  /** Forgets the lines between two things. @param {string[]} ends */
  remove(ends) {
    for (const lane of this.lanes) if (lane.ends.every((end) => ends.includes(end))) lane.isGone = true;
    this.lanes = this.lanes.filter(({ isGone }) => !isGone);
  }

  /** @param {Point[]} points @param {string[]} ends @returns {number} How many lines this way crosses that share no end with it. */
  crossings(points, ends) {
    /** @type {Set<Lane>} */
    const crossed = new Set();
    const isForeign = (/** @type {Lane} */ lane) =>
      !(lane.isGone || ends.includes(lane.ends[0]) || ends.includes(lane.ends[1]));
    for (let index = 1; index < points.length; index += 1) {
      const [a, b] = [points[index - 1], points[index]];
      for (const cell of cellsOf(a, b)) {
        for (const part of this.cells.get(cell) ?? []) {
          if (isForeign(part.lane) && cross(a, b, part.a, part.b)) crossed.add(part.lane);
        }
      }
    }
    return crossed.size;
  }
}
