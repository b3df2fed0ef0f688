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
const CELL = 64;

/** Pixels between two points of a line that are looked at. */
const STEP = 5;

/** Pixels that a line keeps off a shape or a name. */
const CLEARANCE = 2.5;

/** Pixels that a line may leave the frame, and how much each point beyond it matters. */
const EDGE = 8;
const OUTSIDE = 5;

/** How far the middle of a line may be pushed aside, as a share of its length, and in pixels at least. */
const MOST_ASIDE = 0.4;
const ALWAYS_ASIDE = 40;

/** Where along the line it is pushed aside. */
const SHARES = [0.5, 0.3, 0.7, 0.12, 0.88];

/** So many points are looked at for all lines together; beyond that lines stay as they are. */
const MOST_POINTS = 600_000;

/** What lines must keep off, found by where it is. */
export class Obstacles {
  /** @param {Box} frame  what lines should not leave */
  constructor(frame) {
    this.frame = frame;
    /** @type {Map<number, Obstacle[]>} */
    this.cells = new Map();
    this.looks = 0;
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
      this.looks += 1;
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

/** @param {Point} from @param {Point} to @param {number} aside @param {number} share @returns {Curve} */
const skewedCurve = (from, to, aside, share) => {
  const { via } = bentCurve(from, to, aside);
  const along = share - 0.5;
  return { from, via: [via[0] + (to[0] - from[0]) * along, via[1] + (to[1] - from[1]) * along], to };
};

/**
 * @param {number} length @returns {Generator<[number, number]>} how far aside lines may go together, and at which share of
 *   their way, the least first
 */
function* detours(length) {
  const most = Math.max(ALWAYS_ASIDE, MOST_ASIDE * length);
  yield [0, 0.5];
  for (let aside = 7; aside <= most; aside += aside < 60 ? 7 : 14) {
    for (const share of SHARES) {
      yield [aside, share];
      yield [-aside, share];
    }
  }
}

/**
 * The ways of the lines of one pair, which go around together: of those that run over the least the least bent.
 *
 * @param {Point} from @param {Point} to @param {number[]} bends  how far aside the middle of each lies at the start
 * @param {string[]} ends  the two things @param {Obstacles} obstacles @returns {Curve[]}
 */
export const routePair = (from, to, bends, ends, obstacles) => {
  const together = bestWay(from, to, bends, ends, obstacles);
  if (together.weight === 0 || bends.length === 1) return together.curves;
  // What cannot pass together passes singly.
  return bends.flatMap((bend) => bestWay(from, to, [bend], ends, obstacles).curves);
};

/**
 * @param {Point} from @param {Point} to @param {number[]} bends @param {string[]} ends @param {Obstacles} obstacles
 * @returns {{curves: Curve[], weight: number}} the ways, and how much they run over
 */
const bestWay = (from, to, bends, ends, obstacles) => {
  let best = bends.map((bend) => bentCurve(from, to, bend));
  let least = Infinity;
  for (const [aside, share] of detours(Math.hypot(to[0] - from[0], to[1] - from[1]))) {
    const curves = bends.map((bend) => skewedCurve(from, to, bend + aside, share));
    let weight = 0;
    for (const curve of curves) if (weight < least) weight += obstacles.weigh(curve, ends, least - weight);
    if (weight < least) [best, least] = [curves, weight];
    if (least === 0 || obstacles.looks > MOST_POINTS) break;
  }
  return { curves: best, weight: least };
};
