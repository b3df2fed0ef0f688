/**
 * Boxes and lines that can be asked quickly which of them lie where. Pure.
 *
 * @typedef {import('./labels.js').Box} Box
 * @typedef {import('./labels.js').Segment} Segment
 */

import { boxBetween, Grid, isIn } from './grid.js';

/** @param {Box} a @param {Box} b @returns {boolean} */
const overlaps = (a, b) => Math.abs(a.x - b.x) * 2 < a.w + b.w && Math.abs(a.y - b.y) * 2 < a.h + b.h;

/** @param {Box} box @param {Segment} line @returns {boolean} Whether a line crosses a box. */
const crosses = (box, [x1, y1, x2, y2]) => {
  const [left, right, top, bottom] = [box.x - box.w / 2, box.x + box.w / 2, box.y - box.h / 2, box.y + box.h / 2];
  if ((x1 <= left && x2 <= left) || (x1 >= right && x2 >= right)) return false;
  if ((y1 <= top && y2 <= top) || (y1 >= bottom && y2 >= bottom)) return false;
  // It does unless all corners lie on one side of it.
  const side = (/** @type {number} */ x, /** @type {number} */ y) => (x2 - x1) * (y - y1) - (y2 - y1) * (x - x1);
  const [a, b, c, d] = [side(left, top), side(right, top), side(left, bottom), side(right, bottom)];
  return !((a >= 0 && b >= 0 && c >= 0 && d >= 0) || (a <= 0 && b <= 0 && c <= 0 && d <= 0));
};

/** Pixels of a square of the grids in which both are looked up. */
const SQUARE = 100;

/** Boxes that can be asked quickly which of them another one would hit. */
export class BoxIndex {
  constructor() {
    /** @type {Grid<Box>} */
    this.grid = new Grid(SQUARE);
    /** Thin lines to names that stand apart from their things. @type {Map<Box, Segment>} */
    this.leaders = new Map();
  }

  /** @param {Box} box @param {Segment | null} [leader]  what leads to it from a thing */
  add(box, leader = null) {
    if (leader) this.leaders.set(box, leader);
    this.grid.add(box, box);
  }

  /** @param {Box} box */
  remove(box) {
    this.leaders.delete(box);
    this.grid.remove(box, box);
  }

  /** @param {Box} box @returns {Box[]} */
  hits(box) {
    return [...this.grid.near(box)].filter((other) => overlaps(box, other));
  }

  /** @param {Box} box @returns {boolean} */
  isFree(box) {
    return this.hits(box).length === 0 && !this.isOnLeader(box);
  }

  /** @template {Box} B @param {B[]} boxes @returns {B | undefined} The first that hits nothing, which is there from now on. */
  addFirstFree(boxes) {
    const free = boxes.find((box) => this.isFree(box));
    if (free) this.add(free);
    return free;
  }

  /** @param {Box} box @returns {boolean} */
  isOnLeader(box) {
    return [...this.leaders.values()].some((leader) => crosses(box, leader));
  }

  /** @param {Segment} leader @param {Box} shape  where it begins @returns {boolean} Whether it would run over no other box. */
  isClear(leader, shape) {
    const others = [...this.grid.near(boxBetween(...leader))];
    return !others.some((other) => crosses(other, leader) && !isIn(other, [shape.x, shape.y]));
  }
}

/** Lines that can be asked quickly which of them run over a box. */
export class LineIndex {
  /** @param {Segment[]} segments */
  constructor(segments) {
    /** @type {Grid<Segment>} */
    this.grid = new Grid(SQUARE);
    for (const segment of segments) this.grid.add(segment, boxBetween(...segment));
  }

  /** @param {Box} box @returns {Segment[]} Those that run over it. */
  over(box) {
    return [...this.grid.near(box)].filter((segment) => crosses(box, segment));
  }
}
