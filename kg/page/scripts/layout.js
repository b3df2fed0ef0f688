/**
 * What stands where at a scale: the boxes of things, names, badges and marks. All in pixels of the screen, from where
 * the picture's own zero lies.
 *
 * @typedef {import('./data.js').Thing} Thing
 * @typedef {import('./data.js').Tie} Tie
 * @typedef {import('./labels.js').Box} Box
 * @typedef {import('./labels.js').NamePlace} NamePlace
 * @typedef {{lines: string[], width: number}} Name
 * @typedef {{width: number, height: number}} Screen
 * @typedef {{scale: number, boxes: Map<string, Box>, foldedIds: Set<string>, names: NamePlace[], tieNames: TieName[],
 *   badges: import('./badges.js').Badge[], marks: import('./changes.js').Mark[]}} Layout
 *   `foldedIds` are the things whose name does not fit into their box
 * @typedef {{text: string, x: number, y: number}} TieName
 */

import { placeBadges } from './badges.js';
import { MARK, markOf } from './changes.js';
import { thingOf } from './data.js';
import { BoxIndex, LABEL_LINE, LABEL_PIXELS, placeNames } from './labels.js';
import { FONT, middleOf, radius } from './look.js';
import { linesOf, nameOf } from './names.js';
import { placeOf } from './places.js';
import { BUDGET, chosenThing, drawnThings, drawnTies, inFocus, moreTiesOf, shownThings } from './visibility.js';

/** Room for names beyond the outermost things, as a share of the picture's width. */
const RIM = 0.05;

/** Room that is left free around the picture, in pixels. */
const EDGE = 20;

/** So many letters of a tie's name are written on its line. */
const TIE_LETTERS = 40;

const pen = /** @type {CanvasRenderingContext2D} */ (document.createElement('canvas').getContext('2d'));

/** @param {string} text @param {number} [pixels] @returns {number} Its width in pixels. */
export const widthOf = (text, pixels = LABEL_PIXELS) => {
  pen.font = `${pixels}px ${FONT}`;
  return pen.measureText(text).width;
};

/** Names with their widths, by name and id: measured once. @type {Map<string, Name>} */
const nameCache = new Map();

/** @param {string} id @returns {Name} The name of a thing as it is drawn. */
export const nameLines = (id) => {
  const key = `${nameOf(id)} ${id}`;
  let name = nameCache.get(key);
  if (!name) {
    const lines = linesOf(id);
    name = { lines, width: Math.max(...lines.map((line) => widthOf(line))) };
    nameCache.set(key, name);
  }
  return name;
};

/** @param {Thing} thing @param {number} scale @param {boolean} isOpen @returns {Box} What names must keep off. */
const boxOf = (thing, scale, isOpen) => {
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

/**
 * All that is shown at a scale. Names at the rim get some room; the rest of them stands further in.
 *
 * @param {number} scale @param {number} room @param {string[]} [ids] @returns {Box}
 */
const extent = (scale, room, ids = shownThings()) => {
  const hasNames = ids.length <= BUDGET;
  const boxes = ids.map((id) => {
    const box = boxOf(thingOf(id), scale, hasNames);
    if (thingOf(id).shape === 'box' || !hasNames) return box;
    const { lines, width } = nameLines(id);
    const below = lines.length * LABEL_LINE + 2;
    return { x: box.x, y: box.y + below / 2, w: Math.max(box.w, Math.min(width, 2 * room)), h: box.h + below };
  });
  return around(boxes);
};

/**
 * The largest scale at which some things fit into a screen, names included; never larger than life by much.
 *
 * @param {Screen} screen @param {string[]} [ids]
 * @returns {{scale: number, all: Box}} and what they cover then
 */
export const fitting = ({ width, height }, ids) => {
  let [low, high] = [0.02, 1.5];
  for (let step = 0; step < 24; step += 1) {
    const middle = (low + high) / 2;
    const all = extent(middle, width * RIM, ids);
    if (all.w <= width - EDGE && all.h <= height - EDGE) low = middle;
    else high = middle;
  }
  return { scale: low, all: extent(low, width * RIM, ids) };
};

/** @returns {Thing[]} The things that are drawn, those in focus first. */
const byFocus = () => {
  const things = drawnThings().map(thingOf);
  const focus = inFocus();
  if (!focus) return things;
  const isNear = (/** @type {Thing} */ { id }) => focus.things.has(id);
  return [...things.filter(isNear), ...things.filter((thing) => !isNear(thing))];
};

/**
 * The boxes of things. A box with a name that would cover something is folded: small, with its name beside it.
 *
 * @param {Thing[]} things @param {number} scale @param {BoxIndex} boxIndex  grows
 * @returns {Pick<Layout, 'boxes' | 'foldedIds'>}
 */
const placeBoxes = (things, scale, boxIndex) => {
  const boxes = new Map();
  const foldedIds = new Set();
  const place = (/** @type {string} */ id, /** @type {Box} */ box) => {
    boxes.set(id, box);
    boxIndex.add(box);
  };
  for (const thing of things) if (thing.shape !== 'box') place(thing.id, boxOf(thing, scale, false));
  for (const thing of things) {
    if (thing.shape !== 'box') continue;
    const box = boxOf(thing, scale, true);
    const isOpen = chosenThing() === thing.id || boxIndex.isFree({ ...box, w: box.w - 6, h: box.h - 4 });
    if (!isOpen) foldedIds.add(thing.id);
    place(thing.id, isOpen ? box : boxOf(thing, scale, false));
  }
  return { boxes, foldedIds };
};

/** @returns {[string, number][]} Things at the rim of the focus of a thing, with how many ties they have beyond. */
const rimCounts = () =>
  [...(chosenThing() ? (inFocus()?.things ?? []) : [])]
    .map((id) => /** @type {[string, number]} */ ([id, moreTiesOf(id)]))
    .filter(([, count]) => count > 0)
    .sort((a, b) => b[1] - a[1]);

/** @param {number} scale @param {BoxIndex} boxIndex  grows @returns {TieName[]} The names of ties in focus that find room. */
const placeTieNames = (scale, boxIndex) => {
  const focus = inFocus();
  const names = [];
  for (const tie of drawnTies()) {
    if (!focus?.ties.has(tie.id)) continue;
    const text = tie.label.length > TIE_LETTERS ? `${tie.label.slice(0, TIE_LETTERS - 1)}…` : tie.label;
    const [x, middle] = middleOf(tie, scale);
    const y = middle + (tie.change ? MARK + LABEL_LINE / 2 + 1 : 0);
    const box = { x, y, w: widthOf(text) + 4, h: LABEL_LINE };
    if (!boxIndex.isFree(box)) continue;
    boxIndex.add(box);
    names.push({ text, x, y });
  }
  return names;
};

/** @param {number} scale @param {Screen} screen @returns {Layout} */
export const arrange = (scale, screen) => {
  const boxIndex = new BoxIndex();
  const things = byFocus();
  const { boxes, foldedIds } = placeBoxes(things, scale, boxIndex);
  const marks = drawnTies().flatMap((tie) => markOf(tie, scale) ?? []);
  for (const { x, y } of marks) boxIndex.add({ x, y, w: 2 * MARK, h: 2 * MARK });
  const all = extent(scale, screen.width * RIM);
  const frame = { ...all, w: Math.max(all.w, screen.width - EDGE), h: Math.max(all.h, screen.height - EDGE) };
  const boxAt = (/** @type {string} */ id) => /** @type {Box} */ (boxes.get(id));
  const nameless = things.filter(({ id, shape }) => shape !== 'box' || foldedIds.has(id));
  const requests = nameless.map(({ id }) => ({
    ...{ id, ...nameLines(id), shape: boxAt(id), must: chosenThing() === id },
  }));
  const lines = drawnTies().map((tie) => {
    const [from, to] = [boxAt(tie.from), boxAt(tie.to)];
    return /** @type {import('./labels.js').Segment} */ ([from.x, from.y, to.x, to.y]);
  });
  const names = placeNames(requests, lines, boxIndex, frame);
  const badges = placeBadges(rimCounts(), boxes, boxIndex, widthOf);
  return { scale, boxes, foldedIds, names, badges, marks, tieNames: placeTieNames(scale, boxIndex) };
};
