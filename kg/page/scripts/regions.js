/**
 * Regions: a quiet ground under each pole and what belongs to it, with the pole's name at its rim. None is drawn that
 * would hold anything else.
 *
 * @typedef {import('./geometry.js').Point} Point
 * @typedef {import('./labels.js').Box} Box
 * @typedef {import('./boxindex.js').BoxIndex} BoxIndex
 * @typedef {import('./boxindex.js').LineIndex} LineIndex
 * @typedef {{text: string, x: number, y: number, box: Box, breaksLine: boolean}} RegionName
 * @typedef {{id: string, points: Point[], name: RegionName | null}} Region
 *   its corners, and its name where that finds room; whether lines that run there are broken
 */

import { BLOCS } from './data.js';
import { pointsAround, sideOf } from './geometry.js';
import { isWithin } from './grid.js';
import { nameOf } from './names.js';

/** Pixels between a thing's shape and the rim of its region. */
const MARGIN = 14;

/** Size and height of a line of a region's name, in pixels. */
export const REGION_PIXELS = 11;
const REGION_LINE = 14;

/** @param {Point[]} points @returns {Point[]} The corners of the convex hull (Andrew's monotone chain). */
const convexHull = (points) => {
  const sorted = points.toSorted((a, b) => a[0] - b[0] || a[1] - b[1]);
  const chain = (/** @type {Point[]} */ some) => {
    /** @type {Point[]} */
    const hull = [];
    for (const point of some) {
      while (hull.length > 1 && sideOf(hull[hull.length - 2], hull[hull.length - 1], point) <= 0) hull.pop();
      hull.push(point);
    }
    return hull.slice(0, -1);
  };
  return [...chain(sorted), ...chain(sorted.toReversed())];
};

/** @param {Point[]} hull @param {Point} point @returns {boolean} */
const holds = (hull, point) =>
  hull.every((corner, index) => sideOf(corner, hull[(index + 1) % hull.length], point) >= 0);

/** @param {Box} box @returns {Point[]} Its corners, rounded and a margin farther out. */
const rim = ({ x, y, w, h }) =>
  [-1, 1].flatMap((across) =>
    [-1, 1].flatMap((down) => pointsAround([x + (across * w) / 2, y + (down * h) / 2], MARGIN)),
  );

/** @param {Point[]} hull @param {number} w @param {boolean} must @returns {Box[]} Where a name could stand: at its upper or lower rim, or else beside it. */
const spotsAt = (hull, w, must) => {
  const [xs, ys] = [hull.map(([x]) => x), hull.map(([, y]) => y)];
  const [top, bottom] = [Math.min(...ys), Math.max(...ys)];
  const [left, right] = [Math.min(...xs), Math.max(...xs)];
  const half = REGION_LINE / 2 + 1;
  const rows = [top - half, bottom + half, top + half, bottom - half, (top + bottom) / 2];
  const inside = [0.5, 0.3, 0.7, 0.1, 0.9].map((share) => left + (right - left) * share);
  const beside = must ? [left - w / 2, right + w / 2] : [];
  return [inside, beside].flatMap((places) => rows.flatMap((y) => places.map((x) => ({ x, y, w, h: REGION_LINE }))));
};

/**
 * What names of regions must keep off: things and other names, lines, and what lies beyond the frame.
 *
 * @typedef {{boxIndex: BoxIndex, lines: LineIndex, frame: Box}} Surroundings  `boxIndex` grows
 */

/**
 * @param {string} text @param {Box[]} spots @param {Surroundings} surroundings
 * @param {boolean} must  whether it may stand on lines, which break there
 * @returns {RegionName | null} it, on the fewest lines
 */
const placeName = (text, spots, { boxIndex, lines, frame }, must) => {
  const free = spots.filter((box) => isWithin(box, frame) && boxIndex.isFree(box));
  const [best] = free.map((box) => ({ box, count: lines.over(box).length })).sort((a, b) => a.count - b.count);
  if (!best || (best.count > 0 && !must)) return null;
  boxIndex.add(best.box);
  return { text, x: best.box.x, y: best.box.y, box: best.box, breaksLine: best.count > 0 };
};

/**
 * @param {Map<string, Box>} boxes  of things @param {(id: string) => boolean} isNamed  whether a thing bears its name
 * @param {(text: string, pixels: number) => number} widthOf
 * @param {() => Surroundings} surroundings  asked for only where there are regions
 * @returns {Region[]}
 */
export const placeRegions = (boxes, isNamed, widthOf, surroundings) => {
  const regions = BLOCS.flatMap(({ id, things }) => {
    const members = things.filter((each) => boxes.has(each));
    if (members.length < 2) return [];
    const hull = convexHull(members.flatMap((each) => rim(/** @type {Box} */ (boxes.get(each)))));
    const own = new Set(members);
    const holdsOther = [...boxes].some(([each, { x, y }]) => !own.has(each) && holds(hull, [x, y]));
    return holdsOther ? [] : [{ id, points: hull }];
  });
  const around = regions.length > 0 ? surroundings() : null;
  return regions.map(({ id, points }) => {
    // A pole that is seen names its region, too: nobody wants to read it twice.
    const pole = boxes.get(id);
    if (!around || (pole && isNamed(id) && isWithin(pole, around.frame))) return { id, points, name: null };
    const must = !pole;
    const spots = spotsAt(points, widthOf(nameOf(id), REGION_PIXELS) + 6, must);
    return { id, points, name: placeName(nameOf(id), spots, around, must) };
  });
};
