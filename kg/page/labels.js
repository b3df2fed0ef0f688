'use strict';

/**
 * Where names go: at one size whatever the zoom, none on another. Pure: positions in, rectangles out.
 *
 * @typedef {{x: number, y: number, w: number, h: number}} Box  centre and size, in pixels of the screen
 * @typedef {{id: string, lines: string[], x: number, y: number, align: CanvasTextAlign}} Placed
 */

const LABEL_PIXELS = 12.5;
const LABEL_LINE = 15;

/** @param {Box} a @param {Box} b @returns {boolean} */
const overlaps = (a, b) => Math.abs(a.x - b.x) * 2 < a.w + b.w && Math.abs(a.y - b.y) * 2 < a.h + b.h;

/** Boxes that can be asked quickly whether another one would hit them. */
class Taken {
  constructor() {
    /** @type {Map<string, Box[]>} */
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
      if (boxes) boxes.push(box);
      else this.cells.set(cell, [box]);
    }
  }

  /** @param {Box} box @param {Box} [self] @returns {boolean} */
  hit(box, self) {
    for (const cell of this.cellsOf(box)) {
      if (this.cells.get(cell)?.some((other) => other !== self && overlaps(box, other))) return true;
    }
    return false;
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
 * Places for the names of things, the weightiest first; a name that finds no room is left out.
 *
 * @param {{id: string, lines: string[], width: number, shape: Box, must: boolean}[]} wanted
 * @param {[number, number, number, number][]} lines  what names should rather not stand on
 * @param {Taken} taken  what they must not stand on; grows
 * @param {Box} frame  what they must not leave
 * @returns {Placed[]}
 */
const placeNames = (wanted, lines, taken, frame) => {
  /** @type {Placed[]} */
  const placed = [];
  for (const { id, lines: text, width, shape, must } of wanted) {
    const height = text.length * LABEL_LINE;
    const below = shape.h / 2 + height / 2 + 1;
    const aside = shape.w / 2 + 4;
    /** @type {[number, number, CanvasTextAlign][]} */
    const places = [
      [0, below, 'center'],
      [aside, 0, 'left'],
      [-aside, 0, 'right'],
      [0, -below, 'center'],
      [aside, below - 6, 'left'],
      [-aside, below - 6, 'right'],
      [aside, 6 - below, 'left'],
      [-aside, 6 - below, 'right'],
    ];
    let best = null;
    let fewest = Infinity;
    for (const [dx, dy, align] of places) {
      const middle = align === 'left' ? dx + width / 2 : align === 'right' ? dx - width / 2 : dx;
      const box = { x: shape.x + middle, y: shape.y + dy, w: width + 2, h: height };
      if (taken.hit(box, shape)) continue;
      const outside = Math.abs(box.x - frame.x) * 2 + box.w > frame.w + 12 || Math.abs(box.y - frame.y) * 2 + box.h > frame.h + 12;
      if (outside) continue;
      const crossed = lines.length > 400 ? 0 : lines.filter((line) => crosses(box, line)).length;
      if (crossed < fewest) {
        best = { box, align, dx, dy };
        fewest = crossed;
      }
    }
    if (!best && must) {
      best = { box: { x: shape.x, y: shape.y + below, w: width, h: height }, align: /** @type {CanvasTextAlign} */ ('center'), dx: 0, dy: below };
    }
    if (best) {
      taken.add(best.box);
      placed.push({ id, lines: text, x: shape.x + best.dx, y: shape.y + best.dy, align: best.align });
    }
  }
  return placed;
};
