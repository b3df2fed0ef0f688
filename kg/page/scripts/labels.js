/**
 * Where names go: at one size whatever the zoom, none on another. Pure: positions in, rectangles out.
 *
 * @typedef {{x: number, y: number, w: number, h: number}} Box  centre and size, in pixels of the screen
 * @typedef {import('./boxindex.js').BoxIndex} BoxIndex
 * @typedef {import('./boxindex.js').LineIndex} LineIndex
 * @typedef {'left' | 'center' | 'right'} Align
 * @typedef {{id: string, lines: string[], x: number, y: number, align: Align, box: Box,
 *   breaksLine?: boolean}} NamePlace
 *   `x` and `y` are those that the text is aligned to, `box` is what it covers; whether lines that run there are broken
 * @typedef {[number, number, number, number]} Segment  x and y of one end, then of the other
 */

import { isIn, isWithin } from './grid.js';

export const LABEL_PIXELS = 12.5;
export const LABEL_LINE = 15;

/** A name that stands farther from its shape than this, in pixels, is tied to it by a thin line. */
const APART = 12;

/** @param {Box} shape @param {Box} name @returns {Segment | null} The line from a thing to its name, if it needs one. */
export const leaderBetween = (shape, name) => {
  const [aside, down] = [Math.abs(name.x - shape.x), Math.abs(name.y - shape.y)];
  const gap = Math.hypot(Math.max(0, aside - (name.w + shape.w) / 2), Math.max(0, down - (name.h + shape.h) / 2));
  if (gap < APART) return null;
  const near = (/** @type {number} */ at, /** @type {number} */ middle, /** @type {number} */ size) =>
    Math.max(middle - size / 2, Math.min(middle + size / 2, at));
  const [x, y] = [near(shape.x, name.x, name.w), near(shape.y, name.y, name.h)];
  const share = (shape.w / 2 + 1) / Math.hypot(x - shape.x, y - shape.y);
  return [shape.x + (x - shape.x) * share, shape.y + (y - shape.y) * share, x, y];
};

/**
 * @typedef {{id: string, lines: string[], width: number, shape: Box, must: boolean,
 *   inOneLine?: {lines: string[], width: number} | null}} NameRequest  a name, whose, and the same in one line
 * @typedef {{box: Box, dx: number, dy: number, align: Align, lines: string[], leader?: Segment | null, shape?: Box,
 *   crossings?: number}} Spot  where a name could stand beside its shape, what leads to it, and over how many lines it
 *   would stand (counted when it is asked for)
 * @typedef {{name: NameRequest, spot: Spot, spots: Spot[]}} Choice  of its spots the one where a name stands
 */

/** @param {NameRequest} name @returns {Spot[]} Below, beside, above and at the corners, in each of its forms. */
const spotsOf = ({ lines, width, shape, inOneLine }) => [
  ...spotsAround(lines, width, shape),
  ...(inOneLine ? spotsAround(inOneLine.lines, inOneLine.width, shape) : []),
];

/** @param {string[]} lines @param {number} width @param {Box} shape @returns {Spot[]} */
const spotsAround = (lines, width, shape) => {
  const height = lines.length * LABEL_LINE;
  const below = shape.h / 2 + height / 2 + 1;
  const aside = shape.w / 2 + 4;
  const shift = height / 2;
  /** @type {[number, number, Align][]} */
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
    [aside, shift, 'left'],
    [-aside, shift, 'right'],
    [aside, -shift, 'left'],
    [-aside, -shift, 'right'],
    [0, below + 6, 'center'],
    [0, -below - 6, 'center'],
    [aside + 7, 0, 'left'],
    [-aside - 7, 0, 'right'],
    [-width / 3, below + 4, 'center'],
    [width / 3, below + 4, 'center'],
  ];
  const half = { left: width / 2, center: 0, right: -width / 2 };
  return places.map(([dx, dy, align]) => ({
    box: { x: shape.x + dx + half[align], y: shape.y + dy, w: width + 2, h: height },
    dx,
    dy,
    align,
    lines,
  }));
};

/** How far out a name is looked a place for that finds none beside its shape, and one that has to be read, in lines. */
const [FAR, FARTHEST] = [6, 14];

/** @param {NameRequest} name @param {number} lines @returns {Spot[]} Places ever farther from its shape, up to so many lines. */
const farSpotsOf = (name, lines) => {
  return Array.from({ length: lines * 2 }, (_, ring) => {
    const reach = ((ring + 1) * LABEL_LINE) / 2;
    const wide = { ...name.shape, w: name.shape.w + 2 * reach, h: name.shape.h + 2 * reach };
    return spotsOf({ ...name, shape: wide }).map((spot) => {
      return { ...spot, shape: name.shape, leader: leaderBetween(name.shape, spot.box) };
    });
  }).flat();
};

/** Names finding their places, one after another. */
class Placing {
  /** @param {LineIndex} lines @param {BoxIndex} boxIndex @param {Box} frame */
  constructor(lines, boxIndex, frame) {
    this.lines = lines;
    this.boxIndex = boxIndex;
    this.frame = frame;
    /** @type {Map<Box, Choice>} */
    this.standing = new Map();
  }

  /** @param {Spot} spot @returns {boolean} Whether nothing stands there, nor on the way there. */
  isOpen({ box, leader, shape }) {
    return this.boxIndex.isFree(box) && (!leader || !shape || this.boxIndex.isClear(leader, shape));
  }

  /**
   * @param {Spot[]} spots @param {(spot: Spot) => boolean} [isFit]
   * @returns {Spot | undefined} of those that are fit, else open, the one on the fewest lines
   */
  best(spots, isFit = (spot) => this.isOpen(spot)) {
    let best;
    let fewest = Infinity;
    for (const spot of spots) {
      if (!isFit(spot)) continue;
      spot.crossings ??= this.lines.over(spot.box).length;
      if (spot.crossings < fewest) [best, fewest] = [spot, spot.crossings];
      if (fewest === 0) break;
    }
    return best;
  }

  /** @param {Spot[]} spots @returns {Spot | undefined} The first that is open and in sight, or at least free. */
  nearestFree(spots) {
    const free = spots.filter(({ box }) => this.boxIndex.isFree(box));
    const seen = free.filter(({ box }) => isWithin(box, this.frame));
    return seen.find((spot) => this.isOpen(spot)) ?? seen[0] ?? free[0];
  }

  /** @param {NameRequest} name @param {Spot} spot @param {Spot[]} spots */
  put(name, spot, spots) {
    this.boxIndex.add(spot.box, spot.leader);
    this.standing.set(spot.box, { name, spot, spots });
  }

  /**
   * Puts a name where it pushes one other aside or else a little farther from its shape.
   *
   * @param {NameRequest} name @param {Spot[]} spots @returns {boolean} whether there was such a place
   */
  makeRoom(name, spots) {
    return this.pushIn(name, spots) || this.putFar(name, spots, (spot) => this.isOpen(spot));
  }

  /** @param {NameRequest} name @param {Spot[]} spots @param {(spot: Spot) => boolean} isFit @returns {boolean} */
  putFar(name, spots, isFit) {
    const far = farSpotsOf(name, FAR).filter(({ box }) => isWithin(box, this.frame));
    const best = this.best(far, isFit);
    if (best) this.put(name, best, [...spots, ...far]);
    return Boolean(best);
  }

  /**
   * Puts a name where it pushes one other aside, if there is such a spot.
   *
   * @param {NameRequest} name @param {Spot[]} spots @returns {boolean} whether there was
   */
  pushIn(name, spots) {
    for (const spot of spots) {
      const [hit, ...more] = this.boxIndex.hits(spot.box);
      const other = this.standing.get(hit);
      if (!other || more.length > 0 || this.boxIndex.isOnLeader(spot.box)) continue;
      this.boxIndex.remove(hit);
      this.boxIndex.add(spot.box);
      const elsewhere = this.best(other.spots);
      this.boxIndex.remove(spot.box);
      if (elsewhere) {
        this.standing.delete(hit);
        this.put(other.name, elsewhere, other.spots);
        this.put(name, spot, spots);
        return true;
      }
      this.boxIndex.add(hit, other.spot.leader);
    }
    return false;
  }
}

/** Among more names than this none pushes another aside. */
const MOST_PUSHING = 300;

/**
 * Places for the names of things, the weightiest first. A name that finds no room may push one other aside; one that
 * still finds none is left out, and so is one of a shape beyond the frame, unless it must be there.
 *
 * @param {NameRequest[]} names
 * @param {LineIndex} lines  what names should rather not stand on
 * @param {BoxIndex} boxIndex  what they must not stand on; grows
 * @param {Box} frame  what they must not leave
 * @returns {NamePlace[]}
 */
export const placeNames = (names, lines, boxIndex, frame) => {
  const placing = new Placing(lines, boxIndex, frame);
  const left = [];
  for (const name of names.filter(({ must, shape }) => must || isIn(frame, [shape.x, shape.y]))) {
    const all = spotsOf(name);
    const spots = all.filter(({ box }) => isWithin(box, frame));
    const best =
      placing.best(spots) ?? (name.must ? (placing.nearestFree(farSpotsOf(name, FARTHEST)) ?? all[0]) : null);
    if (best) placing.put(name, best, spots);
    else left.push({ name, spots });
  }
  if (names.length <= MOST_PUSHING) {
    const last = left.filter(({ name, spots }) => !placing.makeRoom(name, spots));
    // What leads to these runs behind something else.
    for (const { name, spots } of last) placing.putFar(name, spots, ({ box }) => boxIndex.isFree(box));
  }
  return [...placing.standing.values()].map(({ name: { id, shape }, spot: { dx, dy, align, box, lines: text } }) => ({
    id,
    lines: text,
    x: shape.x + dx,
    y: shape.y + dy,
    align,
    box,
  }));
};
