/**
 * Badges: `+5` at a thing at the rim of the focus says that five more of its ties lead away from there. They have one
 * size at any zoom, and stand only where they fit.
 *
 * @typedef {import('./labels.js').Box} Box
 * @typedef {{id: string, text: string, box: Box}} Badge
 */

import { isIn } from './grid.js';

/** Height of a badge, in pixels. */
const HEIGHT = 15;

/**
 * @param {[string, number][]} counts  things with their numbers, the weightiest first
 * @param {Map<string, Box>} shapes @param {import('./boxindex.js').BoxIndex} boxIndex  what they must not stand on; grows
 * @param {(text: string) => number} widthOf
 * @returns {Badge[]}
 */
export const placeBadges = (counts, shapes, boxIndex, widthOf) =>
  counts.flatMap(([id, count]) => {
    const shape = shapes.get(id);
    if (!shape) return [];
    const text = `+${count.toLocaleString('en')}`;
    const w = widthOf(text) + 8;
    const [aside, up] = [shape.w / 2 + w / 2 + 1, shape.h / 2 + HEIGHT / 2 + 1];
    const corners = [
      [aside, -shape.h / 2],
      [aside, shape.h / 2],
      [-aside, -shape.h / 2],
      [-aside, shape.h / 2],
      [0, -up],
      [0, up],
    ];
    const boxes = corners.map(([dx, dy]) => ({ x: shape.x + dx, y: shape.y + dy, w, h: HEIGHT }));
    const box = boxIndex.addFirstFree(boxes);
    return box ? [{ id, text, box }] : [];
  });

/** @param {Badge[]} badges @param {number} x @param {number} y @returns {string | undefined} Whose badge is at a pixel. */
export const badgeAt = (badges, x, y) => badges.find(({ box }) => isIn(box, [x, y], 2))?.id;
