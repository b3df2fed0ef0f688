/**
 * Ways of lines around what they do not tie: each is bent, no more than it must be, until it runs over no foreign shape
 * and, if it can, over no name. Pure; in pixels of the screen.
 *
 * @typedef {import('./geometry.js').Curve} Curve
 * @typedef {import('./geometry.js').Point} Point
 * @typedef {import('./labels.js').Box} Box
 * @typedef {{owner: string, box: Box, weight: number}} Obstacle  whose it is, where, and how much it matters
 */

import { bentCurve, pointAt } from './geometry.js';

/** Pixels of a square of the grid in which obstacles are looked up. */
const CELL = 32;

/** Pixels between two points of a line that are looked at. */
const STEP = 5;

/** Pixels that a line keeps off a shape or a name. */
const CLEARANCE = 3;

/** Pixels that a line may leave the frame, and how much each point beyond it matters. */
const EDGE = 8;
const OUTSIDE = 5;

/** How far a line may be pushed aside at a third and at two thirds of its way, as shares of its length and in pixels. */
const SHARES = [0.06, 0.12, 0.19, 0.27, 0.36, 0.47, 0.6];
const PIXELS = [8, 17, 28, 42];

/** So many points are looked at for all lines of a picture; beyond that they stay as they are. */
const MOST_POINTS = 6_000_000;

/** What lines must keep off, found by where it is. */
export class Obstacles {
  /** @param {Box} frame  what lines should not leave */
  constructor(frame) {
    this.frame = frame;
    /** @type {Map<number, Obstacle[]>} */
    this.cells = new Map();
    /** How many points were looked at, here and in copies. */
    this.count = { looks: 0 };
  }

  /** @param {Obstacle} obstacle */
  add(obstacle) {
    const { x, y, w, h } = obstacle.box;
    const [dx, dy] = [w / 2 + CLEARANCE, h / 2 + CLEARANCE];
    for (let cx = Math.floor((x - dx) / CELL); cx <= Math.floor((x + dx) / CELL); cx += 1) {
      for (let cy = Math.floor((y - dy) / CELL); cy <= Math.floor((y + dy) / CELL); cy += 1) {
        const key = cx * 100_003 + cy;
        const here = this.cells.get(key);
        if (here) here.push(obstacle);
        else this.cells.set(key, [obstacle]);
      }
    }
  }

  /** @returns {Obstacles} The same, to which more can be added. */
  copy() {
    const copy = new Obstacles(this.frame);
    copy.count = this.count;
    for (const [key, here] of this.cells) copy.cells.set(key, [...here]);
    return copy;
  }

  /** @param {number} x @param {number} y @returns {boolean} */
  isOutside(x, y) {
    const { frame } = this;
    return Math.abs(x - frame.x) * 2 > frame.w + EDGE || Math.abs(y - frame.y) * 2 > frame.h + EDGE;
  }

  /**
   * @param {Curve} curve @param {string[]} ends  the things that it ties: over their shapes it may run
   * @param {number} most  no more than this is of interest
   * @returns {number} how much it runs over
   */
  weigh(curve, ends, most) {
    const length = Math.hypot(curve.to[0] - curve.from[0], curve.to[1] - curve.from[1]);
    const steps = Math.max(6, Math.ceil(length / STEP));
    const met = new Set();
    let sum = 0;
    for (let step = 0; step <= steps && sum < most; step += 1) {
      const [x, y] = pointAt(curve, step / steps);
      this.count.looks += 1;
      if (this.isOutside(x, y)) sum += OUTSIDE;
      const here = this.cells.get(Math.floor(x / CELL) * 100_003 + Math.floor(y / CELL));
      for (const obstacle of here ?? []) {
        const { box, owner, weight } = obstacle;
        if (Math.abs(x - box.x) > box.w / 2 + CLEARANCE || Math.abs(y - box.y) > box.h / 2 + CLEARANCE) continue;
        if (ends.includes(owner) || met.has(obstacle)) continue;
        met.add(obstacle);
        sum += weight;
      }
    }
    return sum;
  }
}

/** Where along a line it is pushed aside: evenly, or soon after it begins, or soon before it ends. */
const BENDS = /** @type {const} */ ([
  [1 / 3, 2 / 3],
  [0.03, 0.5],
  [0.5, 0.97],
]);

/**
 * @param {Point} from @param {Point} to @param {number} first @param {number} second  how far aside it is pushed at two
 *   points of its way
 * @param {number} kind  which points these are: the number of one of `BENDS`
 * @returns {Curve}
 */
const pushedCurve = (from, to, first, second, kind) => {
  if (first === second && kind === 0) return bentCurve(from, to, first);
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const length = Math.hypot(dx, dy) || 1;
  const control = (/** @type {number} */ share, /** @type {number} */ aside) =>
    /** @type {Point} */ ([
      from[0] + dx * share + (1.4 * aside * dy) / length,
      from[1] + dy * share - (1.4 * aside * dx) / length,
    ]);
  const [near, far] = BENDS[kind];
  return { from, via: control(near, first), next: control(far, second), to };
};

/**
 * @typedef {[number, number, number]} Detour  how far aside a line goes at two points of its way, as shares of its length,
 *   and which points these are
 */

/** Detours of lines of a length and of a kind, the least first. @type {Map<number, Detour[]>} */
const detoursByLength = new Map();

/** @param {number} length @param {number} [kind] @returns {Detour[]} */
const detoursOf = (length, kind = 0) => {
  const rounded = Math.max(20, Math.round(length / 20) * 20);
  const key = rounded * BENDS.length + kind;
  let detours = detoursByLength.get(key);
  if (!detours) {
    const shares = [...PIXELS.map((pixels) => pixels / rounded), ...SHARES].filter((share) => share * rounded <= REACH);
    const both = [0, ...shares, ...shares.map((share) => -share)];
    const cost = (/** @type {Detour} */ [a, b]) => Math.abs(a) + Math.abs(b) + 0.6 * Math.abs(a - b);
    detours = both
      .flatMap((first) => both.map((second) => /** @type {Detour} */ ([first, second, kind])))
      .sort((one, other) => cost(one) - cost(other));
    detoursByLength.set(key, detours);
  }
  return detours;
};

/** What runs over so much turns more sharply where that helps: over a shape, that is. */
const SEVERE = 20;

/** Pixels aside beyond which no line goes. */
const REACH = 380;

/**
 * @typedef {{detours: Detour[], weight: number}} Known  detours of the lines of a pair, and how much they ran over then
 */

/**
 * The ways of the lines of one pair, which go around together if they can. What served before serves again, if it runs
 * over no more now: so little is looked for anew where the reader zooms or filters, and lines stay where they are.
 *
 * @param {Point} from @param {Point} to @param {number[]} bends  how far aside the middle of each lies at the start
 * @param {string[]} ends  the two things @param {Obstacles} obstacles @param {Known} [known]
 * @returns {{curves: Curve[], known: Known}}
 */
export const routePair = (from, to, bends, ends, obstacles, known) => {
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]) || 1;
  const lay = (/** @type {number} */ bend, /** @type {Detour} */ [first, second, kind]) =>
    pushedCurve(from, to, bend + first * length, bend + second * length, kind);
  /** @param {number[]} some @param {Detour} detour @param {number} most @returns {number} */
  const weigh = (some, detour, most) => {
    let weight = 0;
    for (const bend of some) if (weight < most) weight += obstacles.weigh(lay(bend, detour), ends, most - weight);
    return weight;
  };
  /** @param {number[]} some @param {Detour[]} detours @returns {{detour: Detour, weight: number}} */
  const best = (some, detours) => {
    let found = { detour: detours[0], weight: Infinity };
    for (const detour of detours) {
      const weight = weigh(some, detour, found.weight);
      if (weight < found.weight) found = { detour, weight };
      if (found.weight === 0 || obstacles.count.looks > MOST_POINTS) break;
    }
    return found;
  };
  const laid = (/** @type {Known} */ now) => ({
    curves: bends.map((bend, index) => lay(bend, now.detours[index])),
    known: now,
  });
  let before = null;
  if (known && known.detours.length === bends.length) {
    before = {
      detours: known.detours,
      weight: total(bends.map((bend, index) => best([bend], [known.detours[index]]))),
    };
    if (before.weight <= known.weight) return laid(known);
  }
  const together = best(bends, detoursOf(length));
  let now = { detours: bends.map(() => together.detour), weight: together.weight };
  if (now.weight > 0 && bends.length > 1) {
    // What cannot pass together passes singly.
    const singly = bends.map((bend) => best([bend], detoursOf(length)));
    now = { detours: singly.map((each) => each.detour), weight: total(singly) };
  }
  if (now.weight >= SEVERE) {
    const sharp = [...detoursOf(length, 1), ...detoursOf(length, 2)];
    const sharply = bends.map((bend) => best([bend], sharp));
    if (total(sharply) < now.weight) now = { detours: sharply.map((each) => each.detour), weight: total(sharply) };
  }
  return laid(before && before.weight <= now.weight ? before : now);
};

/** @param {{weight: number}[]} found @returns {number} */
const total = (found) => found.reduce((sum, each) => sum + each.weight, 0);
