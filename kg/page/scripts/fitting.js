/**
 * How large a picture is: the zoom at which things fit into a screen, and how large names and shapes are then.
 *
 * @typedef {import('./labels.js').Box} Box
 * @typedef {{width: number, height: number, at?: [number, number], covered?: Box[]}} Screen  `at` is the point in its middle, in
 *   the picture's own units; `covered` is what lies over it, in pixels from there
 */

import { around, boxOf, nameLines } from './boxes.js';
import { thingOf } from './data.js';
import { LABEL_LINE } from './labels.js';
import { drawnThings, isLarge, MOST_DRAWN, shownThings, subjects } from './visibility.js';

/** Room for names beyond the outermost things, as a share of the picture's width. */
const RIM = 0.05;

/** Room that is left free around the picture, in pixels. */
const EDGE = 20;

/** Room below a large picture for how much of it is drawn, in pixels. */
const HINT = 32;

/**
 * All that is shown at a scale. Names at the rim get some room; the rest of them stands further in.
 *
 * @param {number} scale @param {number} room @param {string[]} [ids] @returns {Box}
 */
const extent = (scale, room, ids = isLarge() ? drawnThings() : shownThings()) => {
  const hasNames = ids.length <= MOST_DRAWN;
  const boxes = ids.map((id) => {
    const box = boxOf(thingOf(id), scale, hasNames);
    if (thingOf(id).shape === 'box' || !hasNames) return box;
    const { lines, width } = nameLines(id);
    const below = lines.length * LABEL_LINE + 2;
    return { x: box.x, y: box.y + below / 2, w: Math.max(box.w, Math.min(width, 2 * room)), h: box.h + below };
  });
  const all = around(boxes);
  // The numbers beside hubs need some room, too.
  return isLarge() ? { ...all, y: all.y + HINT / 2, w: all.w + 2 * room, h: all.h + HINT } : all;
};

/** Names and shapes are at least and at most so large, as shares of their usual size, the most in a large window. */
const [LEAST_GROWTH, MOST_GROWTH] = [0.88, 1.4];

/** A window that has more pixels than this for its picture is large. */
const LARGE = 1160 * 760;

/** At this zoom they have their usual size: at a lower one they stand closer than they were put. */
const FULL_SIZE = 0.8;

/**
 * How much larger names and shapes are at a zoom than usual: a little smaller where they are crowded, larger where they
 * have room in a large window.
 *
 * @param {number} zoom @param {Screen} screen @returns {number}
 */
export const growthAt = (zoom, { width, height }) => {
  const most = Math.min(MOST_GROWTH, Math.max(1, Math.sqrt((width * height) / LARGE)));
  return Math.min(most, Math.max(LEAST_GROWTH, zoom / FULL_SIZE));
};

/**
 * The largest zoom at which some things fit into a screen, names included; never larger than life by much.
 *
 * @param {Screen} screen @param {string[]} [ids]
 * @returns {{zoom: number, all: Box}} and what they cover then, in pixels of the screen
 */
export const fitInto = (screen, ids) => {
  const { width, height } = screen;
  const covered = (/** @type {number} */ zoom) => {
    const growth = growthAt(zoom, screen);
    const { x, y, w, h } = extent(zoom / growth, (width / growth) * RIM, ids);
    return { x: x * growth, y: y * growth, w: w * growth, h: h * growth };
  };
  let [low, high] = [0.001, 1.5 * growthAt(1.5, screen)];
  for (let step = 0; step < 24; step += 1) {
    const middle = (low + high) / 2;
    const all = covered(middle);
    if (all.w <= width - EDGE && all.h <= height - EDGE) low = middle;
    else high = middle;
  }
  return { zoom: low, all: covered(low) };
};

/** @param {number} scale @param {Screen} screen @returns {{names: Box, lines: Box, focus: Box}} What names, lines, and lines in focus must not leave. */
export const framesOf = (scale, { width, height, at }) => {
  const all = extent(scale, width * RIM);
  const names =
    at && subjects().size > 0
      ? { x: at[0] * scale, y: at[1] * scale, w: width - 16, h: height - 12 }
      : { ...all, w: Math.max(all.w, width - EDGE), h: Math.max(all.h, height - EDGE) };
  const lines = around([all, names]);
  return { names, lines, focus: subjects().size > 0 ? names : lines };
};
