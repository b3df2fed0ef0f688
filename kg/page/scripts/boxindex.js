/**
 * Boxes and lines that can be asked quickly which of them lie where. Pure.
 *
 * @typedef {import('./labels.js').Box} Box
 * @typedef {import('./labels.js').Segment} Segment
 */

/** @param {Box} a @param {Box} b @returns {boolean} */
const overlaps = (a, b) => Math.abs(a.x - b.x) * 2 < a.w + b.w && Math.abs(a.y - b.y) * 2 < a.h + b.h;

/** @param {Box} box @returns {Generator<number>} The squares of the plane that it touches. */
function* cellKeys({ x, y, w, h }) {
  for (let cx = Math.floor((x - w / 2) / 100); cx <= Math.floor((x + w / 2) / 100); cx += 1) {
    for (let cy = Math.floor((y - h / 2) / 100); cy <= Math.floor((y + h / 2) / 100); cy += 1) {
      yield cx * 100_003 + cy;
    }
  }
}

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

/** @param {Box} box @param {Box} shape @returns {boolean} Whether a box lies over the middle of a shape. */
const holdsMiddle = (box, shape) => Math.abs(box.x - shape.x) * 2 < box.w && Math.abs(box.y - shape.y) * 2 < box.h;

/** Boxes that can be asked quickly which of them another one would hit. */
export class BoxIndex {
  constructor() {
    /** @type {Map<number, Set<Box>>} */
    this.cells = new Map();
    /** Thin lines to names that stand apart from their things. @type {Map<Box, Segment>} */
    this.leaders = new Map();
  }

  /** @param {Box} box @param {Segment | null} [leader]  what leads to it from a thing */
  add(box, leader = null) {
    if (leader) this.leaders.set(box, leader);
    for (const cell of cellKeys(box)) {
      const boxes = this.cells.get(cell);
      if (boxes) boxes.add(box);
      else this.cells.set(cell, new Set([box]));
    }
  }

  /** @param {Box} box */
  remove(box) {
    this.leaders.delete(box);
    for (const cell of cellKeys(box)) this.cells.get(cell)?.delete(box);
  }

  /** @param {Box} box @returns {Set<Box>} */
  hits(box) {
    const hits = new Set();
    for (const cell of cellKeys(box)) {
      for (const other of this.cells.get(cell) ?? []) if (overlaps(box, other)) hits.add(other);
    }
    return hits;
  }

  /** @param {Box} box @returns {boolean} */
  isFree(box) {
    for (const cell of cellKeys(box)) {
      for (const other of this.cells.get(cell) ?? []) if (overlaps(box, other)) return false;
    }
    return !this.isOnLeader(box);
  }

  /** @param {Box} box @returns {boolean} */
  isOnLeader(box) {
    for (const leader of this.leaders.values()) if (crosses(box, leader)) return true;
    return false;
  }

  /** @param {Segment} leader @param {Box} shape  where it begins @returns {boolean} Whether it would run over no other box. */
  isClear(leader, shape) {
    const [x1, y1, x2, y2] = leader;
    const middle = { x: (x1 + x2) / 2, y: (y1 + y2) / 2, w: Math.abs(x2 - x1), h: Math.abs(y2 - y1) };
    for (const cell of cellKeys(middle)) {
      for (const other of this.cells.get(cell) ?? []) {
        if (crosses(other, leader) && !holdsMiddle(other, shape)) return false;
      }
    }
    return true;
  }
}

/** Lines that can be asked quickly which of them run over a box. */
export class LineIndex {
  /** @param {Segment[]} segments */
  constructor(segments) {
    /** @type {Map<number, Segment[]>} */
    this.cells = new Map();
    for (const segment of segments) {
      const [x1, y1, x2, y2] = segment;
      const middle = { x: (x1 + x2) / 2, y: (y1 + y2) / 2, w: Math.abs(x2 - x1), h: Math.abs(y2 - y1) };
      for (const key of cellKeys(middle)) {
        const here = this.cells.get(key);
        if (here) here.push(segment);
        else this.cells.set(key, [segment]);
      }
    }
  }

  /** @param {Box} box @returns {Set<Segment>} Those that run over it. */
  over(box) {
    const met = new Set();
    for (const key of cellKeys(box)) {
      for (const segment of this.cells.get(key) ?? []) if (crosses(box, segment)) met.add(segment);
    }
    return met;
  }
}
