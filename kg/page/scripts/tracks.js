/**
 * Ways for lines that no single curve leads around what they do not tie: found step by step on a grid (A*), then drawn
 * tight and rounded. Pure; in pixels of the screen.
 *
 * @typedef {import('./geometry.js').Point} Point
 * @typedef {import('./labels.js').Box} Box
 * @typedef {import('./obstacles.js').Obstacle} Obstacle
 */

import { between, distance, partsOf, pointAt } from './geometry.js';

/** About so many squares has the grid, each at least so many pixels wide. */
const [SQUARES, LEAST_SQUARE] = [9_000, 5];

/** Pixels that a way keeps off what it goes around. */
const CLEARANCE = 5;

/** How much longer a square counts that lies on a shape or a name, for each unit of its weight, and on another way. */
const [ON_OBSTACLE, ON_WAY] = [2, 0.5];

/** Corners are rounded so many pixels before and behind them. */
const ROUNDING = 14;

/** Steps to the squares around one: across, down, and how long. */
const STEPS = [-1, 0, 1].flatMap((down) =>
  [-1, 0, 1].flatMap((across) => (across || down ? [{ across, down, length: Math.hypot(across, down) }] : [])),
);

/** What is cheapest comes out first (a binary heap). */
class Queue {
  constructor() {
    /** @type {number[]} */
    this.items = [];
    /** @type {number[]} */
    this.costs = [];
  }

  /** @param {number} item @param {number} cost */
  add(item, cost) {
    const { items, costs } = this;
    let at = items.length;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (costs[above] <= cost) break;
      [items[at], costs[at]] = [items[above], costs[above]];
      at = above;
    }
    [items[at], costs[at]] = [item, cost];
  }

  /** @returns {number | undefined} */
  take() {
    const { items, costs } = this;
    const [first, item, cost] = [items[0], items.pop(), costs.pop()];
    if (items.length === 0 || item === undefined || cost === undefined) return item;
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      if (below + 1 < items.length && costs[below + 1] < costs[below]) below += 1;
      if (below >= items.length || costs[below] >= cost) break;
      [items[at], costs[at]] = [items[below], costs[below]];
      at = below;
    }
    [items[at], costs[at]] = [item, cost];
    return first;
  }
}

/** A plan of what ways lead around. */
export class Ground {
  /** @param {Box} frame  that ways do not leave */
  constructor({ x, y, w, h }) {
    this.size = Math.max(LEAST_SQUARE, Math.sqrt((w * h) / SQUARES));
    this.left = x - w / 2;
    this.top = y - h / 2;
    this.columns = Math.max(1, Math.ceil(w / this.size));
    this.rows = Math.max(1, Math.ceil(h / this.size));
    /** How much longer each square counts. */
    this.cost = new Float32Array(this.columns * this.rows);
    /** @type {Map<string, Obstacle[]>} */
    this.byOwner = new Map();
  }

  /** @param {Obstacle} obstacle @param {number} [sign]  below 0 where it is taken away again */
  weigh(obstacle, sign = 1) {
    // What is hemmed in passes rather beside a shape than over it.
    this.weighBox(obstacle.box, CLEARANCE, (sign * obstacle.weight) / 2);
    this.weighBox(obstacle.box, 0, (sign * obstacle.weight) / 2);
  }

  /** @param {Box} box @param {number} rim  pixels around it @param {number} weight */
  weighBox(box, rim, weight) {
    const column = (/** @type {number} */ x) =>
      Math.max(0, Math.min(this.columns - 1, (x - this.left) / this.size - 0.5));
    const row = (/** @type {number} */ y) => Math.max(0, Math.min(this.rows - 1, (y - this.top) / this.size - 0.5));
    const [wide, high] = [box.w / 2 + rim, box.h / 2 + rim];
    for (let down = Math.ceil(row(box.y - high)); down <= row(box.y + high); down += 1) {
      for (let across = Math.ceil(column(box.x - wide)); across <= column(box.x + wide); across += 1) {
        this.cost[down * this.columns + across] += weight * ON_OBSTACLE;
      }
    }
  }

  /** @param {Obstacle} obstacle */
  add(obstacle) {
    this.weigh(obstacle);
    this.byOwner.set(obstacle.owner, [...(this.byOwner.get(obstacle.owner) ?? []), obstacle]);
  }

  /** @param {Point} point @returns {number} The square that it lies in, or the nearest. */
  squareAt([x, y]) {
    const across = Math.max(0, Math.min(this.columns - 1, Math.floor((x - this.left) / this.size)));
    const down = Math.max(0, Math.min(this.rows - 1, Math.floor((y - this.top) / this.size)));
    return down * this.columns + across;
  }

  /** @param {number} square @returns {Point} Its middle. */
  middleOf(square) {
    const [across, down] = [square % this.columns, Math.floor(square / this.columns)];
    return [this.left + (across + 0.5) * this.size, this.top + (down + 0.5) * this.size];
  }

  /** Lets other ways rather not run where one does. @param {Point[]} points */
  tread(points) {
    const squares = new Set();
    walk(points, this.size / 2, (point) => squares.add(this.squareAt(point)));
    for (const square of squares) this.cost[square] += ON_WAY;
  }

  /**
   * @param {Point} from @param {Point} to @param {string[]} ends  what the way ties: it may run over that
   * @returns {Point[]} the cheapest way, without what is superfluous on it
   */
  track(from, to, ends) {
    const own = ends.flatMap((end) => this.byOwner.get(end) ?? []);
    for (const obstacle of own) this.weigh(obstacle, -1);
    const squares = this.search(this.squareAt(from), this.squareAt(to));
    const points = this.tighten([from, ...squares.slice(1, -1).map((square) => this.middleOf(square)), to]);
    for (const obstacle of own) this.weigh(obstacle);
    return points;
  }

  /** @param {number} start @param {number} goal @returns {number[]} The squares of the cheapest way. */
  search(start, goal) {
    const [goalAcross, goalDown] = [goal % this.columns, Math.floor(goal / this.columns)];
    const costs = new Float32Array(this.cost.length).fill(Infinity);
    const before = new Int32Array(this.cost.length).fill(-1);
    const queue = new Queue();
    costs[start] = 0;
    for (let at = /** @type {number | undefined} */ (start); at !== undefined && at !== goal; at = queue.take()) {
      const [across, down] = [at % this.columns, Math.floor(at / this.columns)];
      for (const step of STEPS) {
        const [x, y] = [across + step.across, down + step.down];
        if (x < 0 || y < 0 || x >= this.columns || y >= this.rows) continue;
        const next = y * this.columns + x;
        const cost = costs[at] + step.length * (1 + (this.cost[at] + this.cost[next]) / 2);
        if (cost >= costs[next] - 1e-4) continue;
        [costs[next], before[next]] = [cost, at];
        queue.add(next, cost + Math.hypot(x - goalAcross, y - goalDown));
      }
    }
    const squares = [];
    for (let at = goal; at !== -1; at = before[at]) squares.push(at);
    return squares.reverse();
  }

  /** @param {Point[]} points @returns {number} How much a way over these points costs. */
  costOf(points) {
    let sum = 0;
    walk(points, this.size / 2, (point) => {
      sum += 1 + this.cost[this.squareAt(point)];
    });
    return sum;
  }

  /** @param {Point[]} points @returns {Point[]} Those at which the way has to turn. */
  tighten(points) {
    const kept = [points[0]];
    for (let at = 0; at < points.length - 1; ) {
      let next = at + 1;
      let far = Math.min(points.length - 1, at + REACH);
      for (; far > next; far = Math.floor((far + next) / 2)) {
        if (this.costOf([points[at], points[far]]) <= this.costOf(points.slice(at, far + 1)) + 0.01) {
          next = far;
          break;
        }
      }
      kept.push(points[next]);
      at = next;
    }
    return kept;
  }
}

/** So many squares are drawn tight at once. */
const REACH = 60;

/** @param {Point[]} points @param {number} step @param {(point: Point) => void} look  is shown the points of a way, so far apart */
const walk = (points, step, look) => {
  for (const [a, b] of partsOf(points)) {
    const count = Math.max(1, Math.ceil(distance(a, b) / step));
    for (let at = 0; at < count; at += 1) look(between(a, b, at / count));
  }
};

/** @param {Point} a @param {Point} b @param {number} pixels @returns {Point} So far from a to b, at most half of the way. */
const towards = (a, b, pixels) => between(a, b, Math.min(0.5, pixels / (distance(a, b) || 1)));

/** @param {Point[]} points @param {number} [pixels] @returns {Point[]} The same way with its corners rounded. */
export const roundCorners = (points, pixels = ROUNDING) => {
  const inner = points.slice(1, -1).flatMap((corner, index) => {
    const [from, to] = [points[index], points[index + 2]].map((end) => towards(corner, end, pixels));
    return [0, 0.25, 0.5, 0.75, 1].map((share) => pointAt({ from, via: corner, to }, share));
  });
  return [points[0], ...inner, points[points.length - 1]];
};
