/**
 * What stands where at a zoom: the boxes of things, names, badges and marks. All in pixels, from where the picture's
 * own zero lies; a pixel is one of the screen, a little less in a crowded picture and more in a large window
 * (`growthAt`): so names and shapes shrink and grow.
 *
 * @typedef {import('./data.js').Thing} Thing
 * @typedef {import('./labels.js').Box} Box
 * @typedef {import('./labels.js').NamePlace} NamePlace
 * @typedef {import('./fitting.js').Screen} Screen
 * @typedef {{scale: number, zoom: number, boxes: Map<string, Box>, foldedIds: Set<string>,
 *   regions: import('./regions.js').Region[], names: NamePlace[], lineNames: import('./linewords.js').LineName[],
 *   counts: import('./linewords.js').Count[], badges: import('./badges.js').Badge[], marks: import('./changes.js').Mark[]}} Layout
 *   `counts` say how many reports a line stands for
 */

import { placeBadges } from './badges.js';
import { boxOf, nameLines, placeBoxes, widthOf } from './boxes.js';
import { BoxIndex, LineIndex } from './boxindex.js';
import { MARK, markOf } from './changes.js';
import { layKnown, layLines, linesAt, markBreaks, obstaclesOf, placeClear, spreadLines } from './clearing.js';
import { thingOf } from './data.js';
import { framesOf, growthAt } from './fitting.js';
import { placeNames } from './labels.js';
import { drawnLines } from './lines.js';
import { placeBundleCounts, placeCounts, placeLineNames } from './linewords.js';
import { placeRegions } from './regions.js';
import {
  chosenThing,
  drawnThings,
  firstThings,
  foldedCounts,
  inFocus,
  moreTiesOf,
  shownTiesOf,
  subjects,
} from './visibility.js';

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

/** @returns {[string, number][]} Things at the rim of the focus of a thing, with how many ties they have beyond. */
const rimCounts = () =>
  [...(chosenThing() ? (inFocus()?.things ?? []) : [])]
    .map((id) => /** @type {[string, number]} */ ([id, moreTiesOf(id)]))
    .filter(([, count]) => count > 0)
    .sort((a, b) => b[1] - a[1]);

/** So many claims make a hub of a thing: its name has to be found. */
const HUB = 5;

/** @param {string} id @returns {boolean} */
const isHub = (id) => shownTiesOf(id).length >= HUB;

/** So many names that had no place yet find one in a sketch: the weightiest. */
const MOST_SKETCHED = 60;

/** A layout that comes into being. */
class Draft {
  /** @param {number} zoom @param {Screen} window  in pixels of the screen */
  constructor(zoom, window) {
    const growth = growthAt(zoom, window);
    this.zoom = zoom;
    this.scale = zoom / growth;
    this.frames = framesOf(this.scale, { ...window, width: window.width / growth, height: window.height / growth });
    this.boxIndex = new BoxIndex();
    const { at = [0, 0], covered = [] } = window;
    for (const box of covered) {
      const [x, y] = [at[0] * this.scale + box.x / growth, at[1] * this.scale + box.y / growth];
      this.boxIndex.add({ x, y, w: box.w / growth, h: box.h / growth });
    }
    this.placed = {
      boxes: /** @type {Map<string, Box>} */ (new Map()),
      foldedIds: /** @type {Set<string>} */ (new Set()),
    };
    /** @type {NamePlace[]} */
    this.names = [];
    /** @type {import('./changes.js').Mark[]} */
    this.marks = [];
  }

  /** @param {string} id @returns {Box} */
  boxAt(id) {
    return this.placed.boxes.get(id) ?? boxOf(thingOf(id), this.scale, false);
  }

  /** @param {string} id @returns {boolean} Whether its name does not stand in its box. */
  isNameless(id) {
    return thingOf(id).shape !== 'box' || this.placed.foldedIds.has(id);
  }

  /** @param {Thing[]} things */
  placeBoxesOf(things) {
    placeBoxes(things, this.scale, this.boxIndex, this.placed);
  }

  placeMarks() {
    this.marks = drawnLines().flatMap((line) => markOf(line, this.scale) ?? []);
    for (const { x, y } of this.marks) this.boxIndex.add({ x, y, w: 2 * MARK, h: 2 * MARK });
  }

  /** @param {Thing[]} things @returns {import('./labels.js').NameRequest[]} The names that stand beside their things. */
  requestsOf(things) {
    const needed = inFocus() ? subjects() : new Set(firstThings().filter(isHub));
    return things
      .filter(({ id }) => this.isNameless(id))
      .map(({ id }) => ({ id, ...nameLines(id), shape: this.boxAt(id), must: needed.has(id) }));
  }

  /** Finds places for names, and ways for lines. @param {Thing[]} things @param {Thing[]} all @returns {Generator<void>} */
  *placeNamesOf(things, all) {
    if (things.length === 0) return;
    const { scale, frames } = this;
    const shapes = new Map(all.map(({ id }) => [id, this.boxAt(id)]));
    const obstacles = obstaclesOf(shapes, this.names, frames);
    yield* layLines(scale, obstacles);
    const requests = this.requestsOf(things);
    // What finds its place only later yields, but is rather not covered.
    const later = all.filter(({ id }) => !this.placed.boxes.has(id)).map((thing) => boxOf(thing, scale, true));
    this.names.push(...(yield* placeClear(requests, scale, this.boxIndex, frames.names, obstacles, later)));
  }

  /** Lets lines run beside each other, now that all else has its place. */
  spreadLines() {
    const { scale, placed, names, frames } = this;
    spreadLines(scale, obstaclesOf(placed.boxes, names, frames));
    this.names = markBreaks(names, scale);
  }

  /** Finds places for names that have none yet, wherever lines run. @param {Thing[]} things */
  placeOtherNamesOf(things) {
    const named = new Set(this.names.map(({ id }) => id));
    const requests = this.requestsOf(things).filter(({ id }) => !named.has(id));
    const some = requests.filter(({ must }, index) => must || index < MOST_SKETCHED);
    this.names.push(...placeNames(some, new LineIndex([]), this.boxIndex, this.frames.names));
  }

  /** @param {Thing[]} things @param {Layout} before  in which they had names, that stay where they are, if they can */
  keepNamesOf(things, before) {
    const ids = new Set(things.map(({ id }) => id));
    for (const name of before.names.filter(({ id }) => ids.has(id))) {
      const [box, old] = [this.placed.boxes.get(name.id), before.boxes.get(name.id)];
      if (!box || !old || !this.isNameless(name.id)) continue;
      const [dx, dy] = [box.x - old.x, box.y - old.y];
      const moved = {
        ...name,
        x: name.x + dx,
        y: name.y + dy,
        box: { ...name.box, x: name.box.x + dx, y: name.box.y + dy },
      };
      if (!this.boxIndex.isFree(moved.box)) continue;
      this.boxIndex.add(moved.box);
      this.names.push(moved);
    }
  }

  /** @returns {Layout} */
  finish() {
    const { scale, zoom, boxIndex, names, marks, placed } = this;
    const frame = this.frames.names;
    const named = new Set(names.map(({ id }) => id));
    const isNamed = (/** @type {string} */ id) => named.has(id) || (placed.boxes.has(id) && !this.isNameless(id));
    const regions = placeRegions(placed.boxes, isNamed, widthOf, () => ({ boxIndex, lines: linesAt(scale), frame }));
    const badges = placeBadges([...rimCounts(), ...foldedCounts()], placed.boxes, boxIndex, widthOf);
    const lineNames = placeLineNames(scale, boxIndex, frame);
    const counts = [...placeCounts(scale, boxIndex), ...placeBundleCounts(scale, boxIndex)];
    return { scale, zoom, ...placed, regions, names, badges, marks, lineNames, counts };
  }
}

/**
 * Step by step, the layout. Subjects find their places first, as if they were alone: what else is there makes room for
 * their names.
 *
 * @param {number} zoom @param {Screen} window  in pixels of the screen @returns {Generator<void, Layout>}
 */
export function* arrangeStepwise(zoom, window) {
  const draft = new Draft(zoom, window);
  const { first, others } = byFocus();
  draft.placeBoxesOf(first);
  draft.placeMarks();
  yield* draft.placeNamesOf(first, [...first, ...others]);
  draft.placeBoxesOf(others);
  yield* draft.placeNamesOf(others, [...first, ...others]);
  draft.spreadLines();
  return draft.finish();
}

/** @param {number} zoom @param {Screen} window @returns {Layout} */
export const arrange = (zoom, window) => {
  const steps = arrangeStepwise(zoom, window);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
};

/**
 * A layout at once, for as long as a better one is worked out: lines on the ways that they had, names where they stood
 * or, else, wherever there is room.
 *
 * @param {number} zoom @param {Screen} window @param {Layout} before @returns {Layout}
 */
export const sketch = (zoom, window, before) => {
  const draft = new Draft(zoom, window);
  const { first, others } = byFocus();
  layKnown(draft.scale);
  draft.placeBoxesOf(first);
  draft.placeMarks();
  draft.keepNamesOf(first, before);
  draft.placeOtherNamesOf(first);
  draft.placeBoxesOf(others);
  draft.keepNamesOf(others, before);
  draft.placeOtherNamesOf(others);
  return draft.finish();
};
