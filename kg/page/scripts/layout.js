/**
 * What stands where at a scale: the boxes of things, names, badges and marks. All in pixels of the screen, from where
 * the picture's own zero lies.
 *
 * @typedef {import('./data.js').Thing} Thing
 * @typedef {import('./data.js').Tie} Tie
 * @typedef {import('./geometry.js').Point} Point
 * @typedef {import('./labels.js').Box} Box
 * @typedef {import('./labels.js').NamePlace} NamePlace
 * @typedef {{lines: string[], width: number, inOneLine: {lines: string[], width: number} | null}} Name
 * @typedef {{width: number, height: number, at?: [number, number]}} Screen  `at` is the point in its middle, in the picture's own units
 * @typedef {{scale: number, boxes: Map<string, Box>, foldedIds: Set<string>, regions: import('./regions.js').Region[], names: NamePlace[], lineNames: LineName[],
 *   counts: (LineName & {opacity: number})[],
 *   badges: import('./badges.js').Badge[], marks: import('./changes.js').Mark[]}} Layout
 *   `foldedIds` are the things whose name does not fit into their box; `counts` say how many reports a line stands for
 * @typedef {{text: string, x: number, y: number}} LineName
 */

import { placeBadges } from './badges.js';
import { MARK, markOf } from './changes.js';
import { layLines, obstaclesOf, placeClear } from './clearing.js';
import { thingOf } from './data.js';
import { BoxIndex, LABEL_LINE, LABEL_PIXELS } from './labels.js';
import { drawnLines, isDenial, isFannedOut, voicesOf } from './lines.js';
import { FONT, middleOf, radius } from './look.js';
import { linesOf, nameOf } from './names.js';
import { placeOf } from './places.js';
import { placeRegions } from './regions.js';
import {
  bundles,
  chosenThing,
  drawnThings,
  foldedCounts,
  inFocus,
  isLarge,
  MOST_THINGS,
  moreTiesOf,
  shownThings,
  subjects,
} from './visibility.js';
import { plain } from './words.js';

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
    const whole = lines.join(' ');
    const isShort = lines.length > 1 && whole.length <= ONE_LINE;
    const inOneLine = isShort ? { lines: [whole], width: widthOf(whole) } : null;
    name = { lines, width: Math.max(...lines.map((line) => widthOf(line))), inOneLine };
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
const extent = (scale, room, ids = isLarge() ? drawnThings() : shownThings()) => {
  const hasNames = ids.length <= MOST_THINGS;
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
  let [low, high] = [0.001, 1.5];
  for (let step = 0; step < 24; step += 1) {
    const middle = (low + high) / 2;
    const all = extent(middle, width * RIM, ids);
    if (all.w <= width - EDGE && all.h <= height - EDGE) low = middle;
    else high = middle;
  }
  return { scale: low, all: extent(low, width * RIM, ids) };
};

/** @returns {{first: Thing[], others: Thing[]}} The subjects that are drawn, and all else, what is in focus leading. */
const byFocus = () => {
  const things = drawnThings().map(thingOf);
  const focus = inFocus();
  const isSubject = (/** @type {Thing} */ { id }) => subjects().has(id);
  const isNear = (/** @type {Thing} */ { id }) => focus?.things.has(id) ?? true;
  const rest = things.filter((thing) => !isSubject(thing));
  const others = [...rest.filter(isNear), ...rest.filter((thing) => !isNear(thing))];
  return { first: things.filter(isSubject), others };
};

/**
 * The boxes of things. A box with a name that would cover something is folded: small, with its name beside it.
 *
 * @param {Thing[]} things @param {number} scale @param {BoxIndex} boxIndex  grows
 * @param {Pick<Layout, 'boxes' | 'foldedIds'>} placed  grows
 */
const placeBoxes = (things, scale, boxIndex, { boxes, foldedIds }) => {
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
};

/** @returns {[string, number][]} Things at the rim of the focus of a thing, with how many ties they have beyond. */
const rimCounts = () =>
  [...(chosenThing() ? (inFocus()?.things ?? []) : [])]
    .map((id) => /** @type {[string, number]} */ ([id, moreTiesOf(id)]))
    .filter(([, count]) => count > 0)
    .sort((a, b) => b[1] - a[1]);

/** @param {string} text @param {number} most @returns {string} */
const cut = (text, most) => (text.length > most ? `${text.slice(0, most - 1)}…` : text);

/** @param {import('./lines.js').Line} line @returns {string} What it says and, if more than once, how often. */
const labelOf = ({ lead, ties }) => cut(lead.label, TIE_LETTERS) + (ties.length > 1 ? ` × ${ties.length}` : '');

/** @param {import('./data.js').Tie[]} ties @param {string} one @param {string} many @returns {string} */
const voices = (ties, one, many) => {
  const names = [...new Set(ties.flatMap((tie) => voicesOf(tie).map((part) => plain([part]))))];
  const [name] = names;
  return names.length === 1 ? `${cut(name, VOICE_LETTERS)} ${one}` : `${names.length} ${many}`;
};

/** @param {import('./data.js').Tie} tie @returns {string} Who says so or denies it, where each report is a line of its own. */
const strandLabel = (tie) => voices([tie], isDenial(tie) ? 'denies' : '', '').trim();

/** Where on the way the words of a line may stand. */
const MIDDLE = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74];

/** So many letters of a speaker's name are written at the end of a line. */
const VOICE_LETTERS = 28;

/**
 * @param {import('./lines.js').Line} line
 * @returns {[string, number[]][]} What is written on a line in focus, and where on the way it may stand: what it says and, of
 *   one that is denied, who denies it at the one end and who says so at the other
 */
const wordsOn = (line) => {
  if (isFannedOut(line)) return [[strandLabel(line.lead), MIDDLE]];
  if (!line.says || !line.denies) return [[labelOf(line), MIDDLE]];
  const denials = line.ties.filter(isDenial);
  const claims = line.ties.filter((tie) => !isDenial(tie));
  return [
    [labelOf(line), MIDDLE],
    [voices(denials, 'denies', 'deny'), [0.2, 0.28, 0.36]],
    [voices(claims, 'says so', 'say so'), [0.8, 0.72, 0.64]],
  ];
};

/** @param {number} scale @param {BoxIndex} boxIndex  grows @returns {LineName[]} Words on lines in focus that find room. */
const placeLineNames = (scale, boxIndex) => {
  const focus = inFocus();
  /** @type {LineName[]} */
  const names = [];
  for (const line of drawnLines()) {
    if (!line.ties.some(({ id }) => focus?.ties.has(id))) continue;
    const down = line.lead.change ? MARK + LABEL_LINE / 2 + 1 : 0;
    for (const [text, shares] of wordsOn(line)) {
      const size = { w: widthOf(text) + 4, h: LABEL_LINE };
      const points = shares.map((share) => middleOf(line, scale, share));
      const spots = [0, -LABEL_LINE, LABEL_LINE].flatMap((aside) =>
        points.map(([x, y]) => ({ x, y: y + down + aside, ...size })),
      );
      const box = spots.find((each) => boxIndex.isFree(each));
      if (!box) continue;
      boxIndex.add(box);
      names.push({ text, x: box.x, y: box.y });
    }
  }
  return names;
};

/** @param {number} scale @param {BoxIndex} boxIndex  grows @returns {Layout['counts']} Those that find room. */
const placeCounts = (scale, boxIndex) => {
  const focus = inFocus();
  return drawnLines().flatMap((line) => {
    if (line.ties.length === 1 || line.ties.some(({ id }) => focus?.ties.has(id))) return [];
    const text = `×${line.ties.length}`;
    const [x, y] = middleOf(line, scale);
    const box = { x, y, w: widthOf(text), h: LABEL_LINE - 3 };
    if (!boxIndex.isFree(box)) return [];
    boxIndex.add(box);
    return [{ text, x, y, opacity: focus ? 0.3 : 1 }];
  });
};

/** @param {number} scale @param {BoxIndex} boxIndex  grows @returns {Layout['counts']} Those that find room. */
const placeBundleCounts = (scale, boxIndex) =>
  bundles().flatMap(({ from, to, count }) => {
    const [one, other] = [placeOf(from), placeOf(to)];
    const text = count.toLocaleString('en');
    const [x, y] = [((one.x + other.x) / 2) * scale, ((one.y + other.y) / 2) * scale];
    const box = { x, y, w: widthOf(text), h: LABEL_LINE - 3 };
    if (!boxIndex.isFree(box)) return [];
    boxIndex.add(box);
    return [{ text, x, y, opacity: 1 }];
  });

/** @param {number} scale @param {Screen} screen @returns {Box} What names must not leave. */
const frameOf = (scale, { width, height, at }) => {
  if (at && subjects().size > 0) return { x: at[0] * scale, y: at[1] * scale, w: width - 16, h: height - 12 };
  const all = extent(scale, width * RIM);
  return { ...all, w: Math.max(all.w, width - EDGE), h: Math.max(all.h, height - EDGE) };
};

/**
 * Subjects find their places first, as if they were alone: what else is there makes room for their names.
 *
 * @param {number} scale @param {Screen} screen @returns {Layout}
 */
export const arrange = (scale, screen) => {
  const boxIndex = new BoxIndex();
  const { first, others } = byFocus();
  const placed = { boxes: new Map(), foldedIds: /** @type {Set<string>} */ (new Set()) };
  const { boxes, foldedIds } = placed;
  const frame = frameOf(scale, screen);
  const boxAt = (/** @type {string} */ id) => boxes.get(id) ?? boxOf(thingOf(id), scale, false);
  const whole = around([extent(scale, screen.width * RIM), frame]);
  /** @type {NamePlace[]} */
  const names = [];
  const placeNamesOf = (/** @type {Thing[]} */ things) => {
    if (things.length === 0) return;
    const shapes = new Map([...first, ...others].map(({ id }) => [id, boxAt(id)]));
    const obstacles = obstaclesOf(shapes, names, whole);
    layLines(scale, obstacles);
    const nameless = things.filter(({ id, shape }) => shape !== 'box' || foldedIds.has(id));
    const requests = nameless.map(({ id }) => ({
      ...{ id, ...nameLines(id), shape: boxAt(id), must: subjects().has(id) },
    }));
    names.push(...placeClear(requests, scale, boxIndex, frame, obstacles));
  };
  placeBoxes(first, scale, boxIndex, placed);
  const marks = drawnLines().flatMap((line) => markOf(line, scale) ?? []);
  for (const { x, y } of marks) boxIndex.add({ x, y, w: 2 * MARK, h: 2 * MARK });
  placeNamesOf(first);
  placeBoxes(others, scale, boxIndex, placed);
  placeNamesOf(others);
  const regions = placeRegions(boxes, boxIndex, widthOf);
  const badges = placeBadges([...rimCounts(), ...foldedCounts()], boxes, boxIndex, widthOf);
  const lineNames = placeLineNames(scale, boxIndex);
  const counts = [...placeCounts(scale, boxIndex), ...placeBundleCounts(scale, boxIndex)];
  return { scale, boxes, foldedIds, regions, names, badges, marks, lineNames, counts };
};
