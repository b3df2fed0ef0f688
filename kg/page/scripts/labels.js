/**
 * Where names go: at one size whatever the zoom, none on another. Pure: positions in, rectangles out.
 *
 * @typedef {{x: number, y: number, w: number, h: number}} Box  centre and size, in pixels of the screen
 * @typedef {'left' | 'center' | 'right'} Align
 * @typedef {{id: string, lines: string[], x: number, y: number, align: Align, box: Box,
 *   breaksLine?: boolean}} NamePlace
 *   `x` and `y` are those that the text is aligned to, `box` is what it covers; whether lines that run there are broken
 * @typedef {[number, number, number, number]} Segment  x and y of one end, then of the other
 */

export const LABEL_PIXELS = 12.5;
export const LABEL_LINE = 15;

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

/** Boxes that can be asked quickly which of them another one would hit. */
export class BoxIndex {
  constructor() {
    /** @type {Map<number, Set<Box>>} */
    this.cells = new Map();
  }

  /** @param {Box} box */
  add(box) {
    for (const cell of cellKeys(box)) {
      const boxes = this.cells.get(cell);
      if (boxes) boxes.add(box);
      else this.cells.set(cell, new Set([box]));
    }
  }

  /** @param {Box} box */
  remove(box) {
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
    return true;
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

/**
 * @typedef {{id: string, lines: string[], width: number, shape: Box, must: boolean,
 *   inOneLine?: {lines: string[], width: number} | null}} NameRequest  a name, whose, and the same in one line
 * @typedef {{box: Box, dx: number, dy: number, align: Align, lines: string[], crossings?: number}} Spot
 *   where a name could stand beside its shape, and over how many lines (counted when it is asked for)
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
    ...{ dx, dy, align, lines },
  }));
};

/** How far out a name is looked a place for that finds none beside its shape, and one that has to be read, in lines. */
const [FAR, FARTHEST] = [6, 14];

/** @param {NameRequest} name @param {number} lines @returns {Spot[]} Places ever farther from its shape, up to so many lines. */
const farSpotsOf = (name, lines) => {
  return Array.from({ length: lines * 2 }, (_, ring) => {
    const reach = ((ring + 1) * LABEL_LINE) / 2;
    return spotsOf({ ...name, shape: { ...name.shape, w: name.shape.w + 2 * reach, h: name.shape.h + 2 * reach } });
  }).flat();
};

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

  /** @param {Spot} spot @returns {boolean} */
  isInFrame({ box }) {
    const { x, y, w, h } = this.frame;
    return Math.abs(box.x - x) * 2 + box.w <= w + 12 && Math.abs(box.y - y) * 2 + box.h <= h + 12;
  }

  /** @param {Spot[]} spots @returns {Spot | undefined} Of those that are free the one on the fewest lines. */
  best(spots) {
    let best;
    let fewest = Infinity;
    for (const spot of spots) {
      if (!this.boxIndex.isFree(spot.box)) continue;
      spot.crossings ??= this.lines.over(spot.box).size;
      if (spot.crossings < fewest) [best, fewest] = [spot, spot.crossings];
      if (fewest === 0) break;
    }
    return best;
  }

  /** @param {Spot[]} spots @returns {Spot | undefined} The first that is free, in sight or at least so. */
  nearestFree(spots) {
    const free = spots.filter(({ box }) => this.boxIndex.isFree(box));
    return free.find((spot) => this.isInFrame(spot)) ?? free[0];
  }

  /** @param {NameRequest} name @param {Spot} spot @param {Spot[]} spots */
  put(name, spot, spots) {
    this.boxIndex.add(spot.box);
    this.standing.set(spot.box, { name, spot, spots });
  }

  /** Puts a name where it pushes one other aside or else a little farther from its shape. @param {NameRequest} name @param {Spot[]} spots */
  makeRoom(name, spots) {
    if (this.pushIn(name, spots)) return;
    const far = farSpotsOf(name, FAR).filter((spot) => this.isInFrame(spot));
    const best = this.best(far);
    if (best) this.put(name, best, [...spots, ...far]);
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
      if (!other || more.length > 0) continue;
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
      this.boxIndex.add(hit);
    }
    return false;
  }
}

/** Among more names than this none pushes another aside. */
const MOST_PUSHING = 300;

/**
 * Places for the names of things, the weightiest first. A name that finds no room may push one other aside; one that
 * still finds none is left out.
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
  for (const name of names) {
    const all = spotsOf(name);
    const spots = all.filter((spot) => placing.isInFrame(spot));
    const best =
      placing.best(spots) ?? (name.must ? (placing.nearestFree(farSpotsOf(name, FARTHEST)) ?? all[0]) : null);
    if (best) placing.put(name, best, spots);
    else left.push({ name, spots });
  }
  if (names.length <= MOST_PUSHING) for (const each of left) placing.makeRoom(each.name, each.spots);
  return [...placing.standing.values()].map(({ name: { id, shape }, spot: { dx, dy, align, box, lines: text } }) => ({
    ...{ id, lines: text, x: shape.x + dx, y: shape.y + dy, align, box },
  }));
};
