/**
 * What lines must keep off, and where other lines run. Pure; in pixels of the screen.
 *
 * @typedef {import('./geometry.js').Curve} Curve
 * @typedef {import('./geometry.js').Point} Point
 * @typedef {import('./labels.js').Box} Box
 * @typedef {{owner: string, box: Box, weight: number}} Obstacle  whose it is, where, and how much it matters
 */

import { lengthOf, pointsOf, Walk } from './geometry.js';
import { Grid } from './grid.js';
import { Ground } from './tracks.js';
import { Traffic } from './traffic.js';

/** Pixels of a square of the grid in which obstacles are looked up. */
const CELL = 32;

/** Pixels between two points of a line that are looked at. */
const STEP = 5;

/** Pixels that a line keeps off a shape or a name, pixels at which it touches it, and how much it matters to be between. */
const [CLEARANCE, TOUCH, BESIDE] = [3, 0.5, 0.3];

/** Pixels that a line may leave the frame, and how much each point beyond it matters. */
const EDGE = 8;
const OUTSIDE = 5;

/** @param {Box} box @param {number} x @param {number} y @returns {number} How much it matters that a line runs there. */
const shareAt = (box, x, y) => {
  const gap = Math.max(Math.abs(x - box.x) - box.w / 2, Math.abs(y - box.y) - box.h / 2);
  if (gap > CLEARANCE) return 0;
  return gap > TOUCH ? BESIDE : 1;
};

/** What lines must keep off, found by where it is. */
export class Obstacles {
  /** @param {Box} frame  what lines should not leave @param {Box} inner  what those in focus should not leave */
  constructor(frame, inner = frame) {
    this.outer = frame;
    this.inner = inner;
    this.frame = frame;
    /** @type {Grid<Obstacle>} */
    this.grid = new Grid(CELL);
    /** How many points were looked at and ways sought step by step, here and in copies. */
    this.count = { looks: 0, tracks: 0 };
    /** @type {Obstacle[]} */
    this.all = [];
    /** Where lines run that have found their way, here and in copies. */
    this.traffic = new Traffic();
    /** Where lines in focus run: what steps back is not in their way. @type {Point[][]} */
    this.innerWays = [];
    /** @type {Map<Box, Ground>} */
    this.grounds = new Map();
  }

  /** @param {boolean} isInner  whether the lines that are laid from now on are in focus */
  keepIn(isInner) {
    this.frame = isInner ? this.inner : this.outer;
  }

  /** @param {Point} from @param {Point} to @param {string[]} ends  the things that it ties @returns {Point[]} The best way that there is. */
  track(from, to, ends) {
    const { frame } = this;
    let ground = this.grounds.get(frame);
    if (!ground) {
      ground = new Ground({ ...frame, w: frame.w + EDGE, h: frame.h + EDGE });
      for (const obstacle of this.all) ground.add(obstacle);
      const ways = frame === this.outer ? this.traffic.lanes.map(({ points }) => points) : this.innerWays;
      for (const points of ways) ground.tread(points);
      this.grounds.set(frame, ground);
    }
    this.count.tracks += 1;
    return ground.track(from, to, ends);
  }

  /** @param {Curve[]} curves  on which the lines of a pair run from now on @param {string[]} ends */
  take(curves, ends) {
    this.traffic.remove(ends);
    const isInner = this.frame === this.inner;
    for (const points of curves.map(pointsOf)) {
      this.traffic.add(points, ends);
      if (isInner) this.innerWays.push(points);
      for (const [frame, ground] of this.grounds) if (isInner || frame === this.outer) ground.tread(points);
    }
  }

  /** @param {Obstacle} obstacle */
  add(obstacle) {
    this.all.push(obstacle);
    const { x, y, w, h } = obstacle.box;
    this.grid.add(obstacle, { x, y, w: w + 2 * CLEARANCE, h: h + 2 * CLEARANCE });
  }

  /** @returns {Obstacles} The same, to which more can be added. */
  copy() {
    const copy = new Obstacles(this.outer, this.inner);
    copy.count = this.count;
    copy.all = [...this.all];
    copy.traffic = this.traffic;
    copy.innerWays = this.innerWays;
    copy.grid = this.grid.copy();
    return copy;
  }

  /** @param {number} x @param {number} y @returns {boolean} */
  isOutside(x, y) {
    const { frame } = this;
    return Math.abs(x - frame.x) * 2 > frame.w + EDGE || Math.abs(y - frame.y) * 2 > frame.h + EDGE;
  }

  /** @param {Point} point @param {string[]} ends @returns {number} How much it matters that a line between these runs there. */
  weightAt([x, y], ends) {
    const here = [...(this.grid.at(x, y) ?? [])];
    const foreign = here.filter(({ owner }) => !ends.includes(owner));
    return foreign.reduce((sum, { box, weight }) => sum + weight * shareAt(box, x, y), 0);
  }

  /**
   * @param {Curve} curve @param {string[]} ends  the things that it ties: over their shapes it may run
   * @param {number} most  no more than this is of interest
   * @returns {number} how much it runs over
   */
  weigh(curve, ends, most) {
    const steps = Math.max(6, Math.ceil(lengthOf(curve) / STEP));
    const walk = new Walk(curve);
    /** What is met, and how much of its weight is counted. @type {Map<Obstacle, number>} */
    const met = new Map();
    let weight = 0;
    for (let step = 0; step <= steps && weight < most; step += 1) {
      walk.goTo(step / steps);
      const { x, y } = walk;
      this.count.looks += 1;
      if (this.isOutside(x, y)) weight += OUTSIDE;
      for (const obstacle of this.grid.at(x, y) ?? []) {
        const share = shareAt(obstacle.box, x, y);
        if (share === 0 || ends.includes(obstacle.owner) || share <= (met.get(obstacle) ?? 0)) continue;
        const more = share - (met.get(obstacle) ?? 0);
        met.set(obstacle, share);
        weight += more * obstacle.weight;
      }
    }
    return weight;
  }
}
