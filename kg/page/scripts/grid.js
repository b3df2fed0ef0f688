/**
 * What lies where on the plane, looked up by squares. Pure; in pixels.
 *
 * @typedef {import('./labels.js').Box} Box
 */

/** Things by the squares that their boxes touch. @template T */
export class Grid {
  /** @param {number} size  of a square */
  constructor(size) {
    this.size = size;
    /** @type {Map<number, Set<T>>} */
    this.squares = new Map();
  }

  /** @param {Box} box @returns {Generator<number>} The squares that it touches. */
  *keys({ x, y, w, h }) {
    const { size } = this;
    for (let across = Math.floor((x - w / 2) / size); across <= Math.floor((x + w / 2) / size); across += 1) {
      for (let down = Math.floor((y - h / 2) / size); down <= Math.floor((y + h / 2) / size); down += 1) {
        yield across * 100_003 + down;
      }
    }
  }

  /** @param {T} item @param {Box} box  in which it lies */
  add(item, box) {
    for (const key of this.keys(box)) {
      const here = this.squares.get(key);
      if (here) here.add(item);
      else this.squares.set(key, new Set([item]));
    }
  }

  /** @param {T} item @param {Box} box  in which it lay */
  remove(item, box) {
    for (const key of this.keys(box)) this.squares.get(key)?.delete(item);
  }

  /** @param {number} x @param {number} y @returns {Set<T> | undefined} What lies in the square of a point. */
  at(x, y) {
    return this.squares.get(Math.floor(x / this.size) * 100_003 + Math.floor(y / this.size));
  }

  /** @param {Box} box @returns {Set<T>} What may lie in it. */
  near(box) {
    const found = new Set();
    for (const key of this.keys(box)) for (const item of this.squares.get(key) ?? []) found.add(item);
    return found;
  }

  /** @returns {Grid<T>} The same, to which more can be added. */
  copy() {
    const copy = /** @type {Grid<T>} */ (new Grid(this.size));
    for (const [key, here] of this.squares) copy.squares.set(key, new Set(here));
    return copy;
  }
}

/** @param {number} x1 @param {number} y1 @param {number} x2 @param {number} y2 @returns {Box} The box between two corners. */
export const boxBetween = (x1, y1, x2, y2) => ({
  x: (x1 + x2) / 2,
  y: (y1 + y2) / 2,
  w: Math.abs(x2 - x1),
  h: Math.abs(y2 - y1),
});

/** @param {Box} box @param {import('./geometry.js').Point} point @param {number} [reach] @returns {boolean} Whether a point is so near to a box. */
export const isIn = (box, [x, y], reach = 0) =>
  Math.abs(x - box.x) * 2 < box.w + 2 * reach && Math.abs(y - box.y) * 2 < box.h + 2 * reach;

/** @param {Box} box @param {Box} frame @returns {boolean} Whether a name does not leave a frame, but for its edge. */
export const isWithin = ({ x, y, w, h }, frame) =>
  Math.abs(x - frame.x) * 2 + w <= frame.w + 12 && Math.abs(y - frame.y) * 2 + h <= frame.h + 12;
