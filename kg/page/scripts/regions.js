/**
 * Regions: a quiet ground under each pole and what belongs to it, with the pole's name at its rim. None is drawn that
 * would hold anything else.
 *
 * @typedef {import('./geometry.js').Point} Point
 * @typedef {import('./labels.js').Box} Box
 * @typedef {import('./labels.js').BoxIndex} BoxIndex
 * @typedef {{id: string, points: Point[], name: {text: string, x: number, y: number} | null}} Region
 *   its corners, and its name where that finds room
 */

import { BLOCS } from './data.js';
import { pointsAround } from './geometry.js';
import { nameOf } from './names.js';

/** Pixels between a thing's shape and the rim of its region. */
const MARGIN = 14;

/** Size and height of a line of a region's name, in pixels. */
export const REGION_PIXELS = 11;
const REGION_LINE = 14;

/** @param {Point} a @param {Point} b @param {Point} c @returns {number} Above 0 where one turns left at b. */
const turn = (a, b, c) => (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);

/** @param {Point[]} points @returns {Point[]} The corners of the convex hull (Andrew's monotone chain). */
const convexHull = (points) => {
  const sorted = [...points].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const chain = (/** @type {Point[]} */ some) => {
    /** @type {Point[]} */
    const hull = [];
    for (const point of some) {
      while (hull.length > 1 && turn(hull[hull.length - 2], hull[hull.length - 1], point) <= 0) hull.pop();
      hull.push(point);
    }
    return hull.slice(0, -1);
  };
  return [...chain(sorted), ...chain([...sorted].reverse())];
};

/** @param {Point[]} hull @param {Point} point @returns {boolean} */
const holds = (hull, point) => hull.every((corner, index) => turn(corner, hull[(index + 1) % hull.length], point) >= 0);

/** @param {Box} box @returns {Point[]} Its corners, rounded and a margin farther out. */
const rim = ({ x, y, w, h }) =>
  [-1, 1].flatMap((across) =>
    [-1, 1].flatMap((down) => pointsAround([x + (across * w) / 2, y + (down * h) / 2], MARGIN)),
  );

/**
 * @param {string} text @param {Point[]} hull @param {BoxIndex} boxIndex  grows
 * @param {(text: string, pixels: number) => number} widthOf @param {Box} frame
 * @returns {Region['name']} a place at its upper or lower rim, within the frame
 */
const placeName = (text, hull, boxIndex, widthOf, frame) => {
  const [xs, ys] = [hull.map(([x]) => x), hull.map(([, y]) => y)];
  const [top, bottom] = [Math.min(...ys), Math.max(...ys)];
  const [left, right] = [Math.min(...xs), Math.max(...xs)];
  const w = widthOf(text, REGION_PIXELS) + 6;
  const half = REGION_LINE / 2 + 1;
  for (const y of [top - half, bottom + half, top + half, bottom - half]) {
    for (const share of [0.5, 0.3, 0.7, 0.1, 0.9]) {
      const box = { x: left + (right - left) * share, y, w, h: REGION_LINE };
      if (Math.abs(box.x - frame.x) * 2 + w > frame.w + 12 || !boxIndex.isFree(box)) continue;
      boxIndex.add(box);
      return { text, x: box.x, y };
    }
  }
  return null;
};

/**
 * @param {Map<string, Box>} boxes  of things @param {BoxIndex} boxIndex  what their names must keep off; grows
 * @param {(text: string, pixels: number) => number} widthOf @param {Box} frame  which their names do not leave at its sides
 * @returns {Region[]}
 */
export const placeRegions = (boxes, boxIndex, widthOf, frame) =>
  BLOCS.flatMap(({ id, things }) => {
    const members = things.filter((each) => boxes.has(each));
    if (members.length < 2) return [];
    const hull = convexHull(members.flatMap((each) => rim(/** @type {Box} */ (boxes.get(each)))));
    const own = new Set(members);
    const holdsOther = [...boxes].some(([each, { x, y }]) => !own.has(each) && holds(hull, [x, y]));
    return holdsOther ? [] : [{ id, points: hull, name: placeName(nameOf(id), hull, boxIndex, widthOf, frame) }];
  });
