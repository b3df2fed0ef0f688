/**
 * Lines that lie on each other are moved beside each other, as far as there is room. Pure; in pixels.
 *
 * @typedef {import('./geometry.js').Point} Point
 * @typedef {{x: number, y: number, dx: number, dy: number, way: number, step: number}} Sample  a point of a way, by its
 *   number there, with the direction in which the way runs
 */

import { between, distance, partsOf } from './geometry.js';
import { Grid } from './grid.js';

/** Pixels between two points of a way that are looked at, and of a square of the grid in which they are looked up. */
const [STEP, CELL] = [6, 8];

/** Ways nearer than this, in pixels, that run the same way but for so much, lie on each other. */
const [NEAR, SLANT] = [3.5, 0.15];

/** Pixels along which two ways must lie on each other to be moved, and to which they are moved apart. */
const [LONG, GAP] = [30, 5];

/** Shares of that to which it is moved where there is no more room. */
const SHARES = [1, 0.7, 0.45];

/** Where more points than these lie in the squares around one, there is no room beside them. */
const MOST_NEAR = 200;

/** A way moves aside over so many steps, and not yet within so many pixels of its ends. */
const [SMOOTH, ENDS] = [5, 36];

/** @param {Point[]} points @returns {Point[]} Points of the same way, so far apart. */
const resample = (points) => {
  const parts = partsOf(points).flatMap(([from, to]) => {
    const count = Math.max(1, Math.round(distance(from, to) / STEP));
    return Array.from({ length: count }, (_, at) => between(from, to, at / count));
  });
  return [...parts, points[points.length - 1]];
};

/** @param {Point[][]} ways @returns {Sample[][]} */
const samplesOf = (ways) =>
  ways.map((points, way) =>
    points.map(([x, y], step) => {
      const [a, b] = [points[Math.max(0, step - 1)], points[Math.min(points.length - 1, step + 1)]];
      const length = distance(a, b) || 1;
      return { x, y, dx: (b[0] - a[0]) / length, dy: (b[1] - a[1]) / length, way, step };
    }),
  );

/** @param {Sample} one @param {Sample} other @returns {boolean} Whether two ways lie on each other there. */
const liesOn = (one, other) => {
  const [x, y] = [other.x - one.x, other.y - one.y];
  const turn = one.dx * other.dy - one.dy * other.dx;
  const [aside, along] = [x * one.dy - y * one.dx, x * one.dx + y * one.dy];
  return Math.abs(turn) < SLANT && Math.abs(aside) < NEAR && Math.abs(along) <= STEP;
};

/** @param {Sample[][]} samples @returns {Map<number, Sample>[][]} For each point of each way those of others that lie there, by their way. */
const meetings = (samples) => {
  const grid = /** @type {Grid<Sample>} */ (new Grid(CELL));
  for (const sample of samples.flat()) grid.add(sample, { x: sample.x, y: sample.y, w: 0, h: 0 });
  const othersAt = (/** @type {Sample} */ sample) => {
    const near = [...grid.near({ x: sample.x, y: sample.y, w: 2 * CELL, h: 2 * CELL })];
    if (near.length > MOST_NEAR) return new Map();
    const others = near.filter((other) => other.way !== sample.way && liesOn(sample, other));
    return new Map(others.map((other) => [other.way, other]));
  };
  return samples.map((way) => way.map(othersAt));
};

/** @param {Sample} sample @param {Map<number, Sample>} met @returns {number} How far aside of its way it should lie, to the left. */
const asideOf = (sample, met) => {
  const all = [...met.keys(), sample.way].sort((a, b) => a - b);
  const leader = met.get(all[0]) ?? sample;
  const sign = leader.dx * sample.dx + leader.dy * sample.dy < 0 ? -1 : 1;
  return sign * (all.indexOf(sample.way) - (all.length - 1) / 2) * GAP;
};

/** @param {Sample} sample @param {number} aside @returns {Point} What lies so far aside of it, to the left. */
const beside = ({ x, y, dx, dy }, aside) => [x + aside * dy, y - aside * dx];

/** @param {number[]} numbers @param {number} index @returns {number[]} Those around one of them. */
const around = (numbers, index) => numbers.slice(Math.max(0, index - SMOOTH), index + SMOOTH + 1);

/** @param {number[]} numbers @returns {number[]} Each as the mean of those around it. */
const smooth = (numbers) =>
  numbers.map((_, index) => {
    const near = around(numbers, index);
    return near.reduce((sum, each) => sum + each, 0) / near.length;
  });

/** @param {number[]} numbers @returns {number[]} Each as the least of those around it. */
const lower = (numbers) => numbers.map((_, index) => Math.min(...around(numbers, index)));

/**
 * @param {Sample[]} way @param {Map<number, Sample>[]} met  the points of others on which it lies, at each of its own
 * @returns {number[]} how far aside it should run
 */
const wantedOf = (way, met) => {
  /** @type {Map<number, number>} */
  const counts = new Map();
  for (const here of met) for (const other of here.keys()) counts.set(other, (counts.get(other) ?? 0) + 1);
  return way.map((sample, step) => {
    const here = new Map([...met[step]].filter(([other]) => (counts.get(other) ?? 0) * STEP >= LONG));
    const end = Math.min(step, way.length - 1 - step) * STEP;
    return asideOf(sample, here) * Math.min(1, end / ENDS);
  });
};

/**
 * @param {Point[][]} ways
 * @param {(way: number, to: Point, from: Point) => boolean} isFree  whether a way may be moved there
 * @returns {Map<number, Point[]>} how those run that lie on others and can be moved beside them, by their numbers
 */
export const spread = (ways, isFree) => {
  const samples = samplesOf(ways.map(resample));
  const met = meetings(samples);
  const found = new Map();
  for (const [number, way] of samples.entries()) {
    const wanted = wantedOf(way, met[number]);
    if (wanted.every((each) => each === 0)) continue;
    const mayBe = (/** @type {Sample} */ sample, /** @type {number} */ aside) =>
      isFree(number, beside(sample, aside), [sample.x, sample.y]);
    const room = way.map((sample, step) => SHARES.find((share) => mayBe(sample, wanted[step] * share)) ?? 0);
    const least = lower(lower(room));
    const aside = smooth(smooth(wanted.map((each, step) => each * least[step])));
    aside[0] = 0;
    aside[aside.length - 1] = 0;
    if (way.every((sample, step) => mayBe(sample, aside[step]))) {
      found.set(
        number,
        way.map((sample, step) => beside(sample, aside[step])),
      );
    }
  }
  return found;
};
