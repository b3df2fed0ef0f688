/**
 * Where lines run already, so that another one can cross as few of them as it must. Pure; in pixels of the screen.
 *
 * @typedef {import('./geometry.js').Point} Point
 * @typedef {{points: Point[], ends: string[], isGone: boolean}} Lane  a line's way, and the two things that it ties
 * @typedef {{a: Point, b: Point, lane: Lane}} Part  of a line, between two of its points
 */

import { between, distance, partsOf, sideOf } from './geometry.js';
import { boxBetween, Grid } from './grid.js';

/** Pixels of a square of the grid in which parts of lines are looked up. */
const CELL = 48;

/** @param {Point} a @param {Point} b @param {Point} c @param {Point} d @returns {boolean} Whether a-b and c-d cross. */
const cross = (a, b, c, d) => sideOf(a, b, c) * sideOf(a, b, d) < 0 && sideOf(c, d, a) * sideOf(c, d, b) < 0;

/** Pixels of a way on another line that are as bad as a crossing. */
const LONG = 60;

/** Lines nearer than this, in pixels, that run the same way but for so much, cannot be told apart. */
const [NEAR, SLANT] = [4, 0.15];

/** @param {Point} a @param {Point} b @param {Point} c @param {Point} d @returns {boolean} Whether the middle of a-b lies on c-d. */
const liesOn = (a, b, c, d) => {
  const [x, y] = between(a, b, 0.5);
  const [dx, dy] = [d[0] - c[0], d[1] - c[1]];
  const length = Math.hypot(dx, dy) || 1;
  if (Math.abs(sideOf(c, d, [x, y])) > NEAR * length) return false;
  const share = ((x - c[0]) * dx + (y - c[1]) * dy) / length ** 2;
  const turn = (b[0] - a[0]) * dy - (b[1] - a[1]) * dx;
  return share >= 0 && share <= 1 && Math.abs(turn) < SLANT * length * distance(a, b);
};

/** The ways of the lines of a picture. */
export class Traffic {
  constructor() {
    /** @type {Lane[]} */
    this.lanes = [];
    /** @type {Grid<Part>} */
    this.grid = new Grid(CELL);
  }

  /** @param {Point[]} points @param {string[]} ends */
  add(points, ends) {
    const lane = { points, ends, isGone: false };
    this.lanes.push(lane);
    for (const [a, b] of partsOf(points)) this.grid.add({ a, b, lane }, boxBetween(...a, ...b));
  }

  /** Forgets the lines between two things. @param {string[]} ends */
  remove(ends) {
    for (const lane of this.lanes) if (lane.ends.every((end) => ends.includes(end))) lane.isGone = true;
    this.lanes = this.lanes.filter(({ isGone }) => !isGone);
  }

  /**
   * @param {Point[]} points @param {string[]} ends
   * @returns {number} how many lines this way crosses that share no end with it, and how much of it lies on others, where
   *   what is as long as `LONG` counts as one
   */
  strain(points, ends) {
    /** @type {Set<Lane>} */
    const crossed = new Set();
    let along = 0;
    for (const [a, b] of partsOf(points)) {
      for (const { a: c, b: d, lane } of this.grid.near(boxBetween(...a, ...b))) {
        if (lane.isGone) continue;
        if (liesOn(a, b, c, d)) along += distance(a, b);
        else if (!lane.ends.some((end) => ends.includes(end)) && cross(a, b, c, d)) crossed.add(lane);
      }
    }
    return crossed.size + along / LONG;
  }
}
