/**
 * The boxes of things at a scale, and how wide names are, in pixels of the picture.
 *
 * @typedef {import('./data.js').Thing} Thing
 * @typedef {import('./labels.js').Box} Box
 * @typedef {{lines: string[], width: number, inOneLine: {lines: string[], width: number} | null}} Name
 * @typedef {{boxes: Map<string, Box>, foldedIds: Set<string>}} Placed  `foldedIds` are the things whose name does not fit
 *   into their box
 */

import { BoxIndex } from './boxindex.js';
import { thingOf } from './data.js';
import { LABEL_LINE, LABEL_PIXELS } from './labels.js';
import { FONT, radius } from './look.js';
import { linesOf, nameOf } from './names.js';
import { placeOf } from './places.js';
import { chosenThing } from './visibility.js';
import { joinLines } from './wire.js';

const pen = /** @type {CanvasRenderingContext2D} */ (document.createElement('canvas').getContext('2d'));

/** @param {string} text @param {number} [pixels] @returns {number} Its width in pixels. */
export const widthOf = (text, pixels = LABEL_PIXELS) => {
  pen.font = `${pixels}px ${FONT}`;
  return pen.measureText(text).width;
};

/** Letters up to which a name of two lines may stand in one, where that has room. */
const ONE_LINE = 26;

/** Names with their widths, by name and id: measured once. @type {Map<string, Name>} */
const nameCache = new Map();

/** @param {string} id @returns {Name} The name of a thing as it is drawn. */
export const nameLines = (id) => {
  const key = `${nameOf(id)} ${id}`;
  let name = nameCache.get(key);
  if (!name) {
    const lines = linesOf(id);
    const whole = joinLines(lines);
    const isShort = lines.length > 1 && whole.length <= ONE_LINE;
    const inOneLine = isShort ? { lines: [whole], width: widthOf(whole) } : null;
    name = { lines, width: Math.max(...lines.map((line) => widthOf(line))), inOneLine };
    nameCache.set(key, name);
  }
  return name;
};

/** @param {Thing} thing @param {number} scale @param {boolean} isOpen @returns {Box} What names must keep off. */
export const boxOf = (thing, scale, isOpen) => {
  const { x, y } = placeOf(thing.id);
  const size = radius(thing, scale) * 2 + 2;
  let [w, h] = [size, size];
  if (thing.shape === 'box') [w, h] = isOpen ? boxSize(nameLines(thing.id)) : [20, 14];
  return { x: x * scale, y: y * scale, w, h };
};

/** @param {Name} name @returns {[number, number]} */
const boxSize = ({ lines, width }) => [width + 16, lines.length * LABEL_LINE + 8];

/** @param {Box[]} boxes @returns {Box} The box around them all. */
export const around = (boxes) => {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const { x, y, w, h } of boxes) {
    left = Math.min(left, x - w / 2);
    right = Math.max(right, x + w / 2);
    top = Math.min(top, y - h / 2);
    bottom = Math.max(bottom, y + h / 2);
  }
  return { x: (left + right) / 2, y: (top + bottom) / 2, w: right - left, h: bottom - top };
};

/** Pixels around a box that holds a name in which there is no other: lines need them. */
const ALLEY = 9;

/**
 * The boxes of things. A box with a name that would cover something is folded: small, with its name beside it.
 *
 * @param {Thing[]} things @param {number} scale @param {BoxIndex} boxIndex  grows
 * @param {Placed} placed  grows
 */
export const placeBoxes = (things, scale, boxIndex, { boxes, foldedIds }) => {
  const place = (/** @type {string} */ id, /** @type {Box} */ box) => {
    boxes.set(id, box);
    boxIndex.add(box);
  };
  /** The least that those take whose turn has not come. @type {Map<string, Box>} */
  const waiting = new Map();
  const left = new BoxIndex();
  for (const thing of things) {
    const box = boxOf(thing, scale, false);
    if (thing.shape !== 'box') place(thing.id, box);
    else waiting.set(thing.id, box);
  }
  for (const box of waiting.values()) left.add(box);
  for (const [id, folded] of waiting) {
    left.remove(folded);
    const box = boxOf(thingOf(id), scale, true);
    const isFree = left.isFree(box) && boxIndex.isFree({ ...box, w: box.w + ALLEY, h: box.h + ALLEY });
    const isOpen = chosenThing() === id || isFree;
    if (!isOpen) foldedIds.add(id);
    place(id, isOpen ? box : folded);
  }
};
