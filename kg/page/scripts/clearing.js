/**
 * Lines and names that give way to each other: lines go around shapes, names stand where no line runs and, where there is
 * no such place, lines go around names, too.
 *
 * @typedef {import('./geometry.js').Curve} Curve
 * @typedef {import('./geometry.js').Point} Point
 * @typedef {import('./labels.js').Box} Box
 * @typedef {import('./boxindex.js').BoxIndex} BoxIndex
 * @typedef {import('./labels.js').NamePlace} NamePlace
 * @typedef {import('./labels.js').NameRequest} NameRequest
 * @typedef {import('./labels.js').Segment} Segment
 * @typedef {import('./data.js').Tie} Tie
 * @typedef {import('./lines.js').Line} Line
 * @typedef {import('./routes.js').Known} Known
 */

import { LineIndex } from './boxindex.js';
import { partsOf, pointsOf, reverseCurve, trackOf } from './geometry.js';
import { placeNames } from './labels.js';
import { isLineInFocus, linesBetween, pairOf } from './lines.js';
import { curveOf, layOn, spotOf } from './look.js';
import { Obstacles } from './obstacles.js';
import { curvesOf, routePair } from './routes.js';
import { spread } from './spread.js';
import { subjects } from './visibility.js';

/** How much it matters that a line runs over a shape, over the name of a subject, or over another name. */
const [OVER_SHAPE, OVER_SUBJECT, OVER_NAME] = [20, 15, 1];

/** @param {Obstacles} obstacles  grow @param {NamePlace[]} names */
const addNames = (obstacles, names) => {
  for (const { id, box } of names) {
    obstacles.add({ owner: '', box, weight: subjects().has(id) ? OVER_SUBJECT : OVER_NAME });
  }
};

/** So often names and lines give way to each other. */
const ROUNDS = 3;

/** Beyond so many lines none gives way to a name. */
const MOST_LINES = 700;

/**
 * @param {Map<string, Box>} boxes  of things @param {NamePlace[]} names @param {{lines: Box, focus: Box}} frames
 * @returns {Obstacles} what lines must keep off
 */
export const obstaclesOf = (boxes, names, frames) => {
  const obstacles = new Obstacles(frames.lines, frames.focus);
  for (const [owner, box] of boxes) obstacles.add({ owner, box, weight: OVER_SHAPE });
  addNames(obstacles, names);
  return obstacles;
};

/** How lines went when they were laid last, by the leading tie of the first of each pair. @type {WeakMap<Tie, Known>} */
const knownDetours = new WeakMap();

/**
 * @typedef {{lines: Line[], ends: [string, string], from: Point, to: Point, bends: number[]}} Pair  the lines between two
 *   things, where these stand, and how far aside the middle of each lies at the start
 */

/** @param {number} scale @returns {Pair[]} */
const drawnPairs = (scale) =>
  [...Map.groupBy(linesBetween(), pairOf).values()].map((lines) => {
    const [{ from, to }] = lines;
    const bends = lines.map((line) => (line.from === from ? line.bend : -line.bend));
    return { lines, ends: [from, to], from: spotOf(from, scale), to: spotOf(to, scale), bends };
  });

/** @param {Pair} pair @param {Curve[]} curves */
const layPair = ({ lines, ends }, curves) => {
  lines.forEach((line, index) => {
    layOn(line, line.from === ends[0] ? curves[index] : reverseCurve(curves[index]));
  });
};

/**
 * Lays lines on ways around what they do not tie, pair by pair.
 *
 * @param {number} scale @param {Obstacles} obstacles
 * @param {(line: Line) => boolean} [isMeant]  a pair is laid if any of its lines is meant
 * @returns {Generator<void>}
 */
export function* layLines(scale, obstacles, isMeant = () => true) {
  const pairs = drawnPairs(scale).filter(({ lines }) => lines.some(isMeant));
  const near = new Set(pairs.filter(({ lines }) => lines.some(isLineInFocus)));
  // What is in focus finds its way first.
  for (const pair of [...near, ...pairs.filter((each) => !near.has(each))]) {
    const [{ lead }] = pair.lines;
    obstacles.keepIn(near.has(pair));
    const { curves, known } = routePair(pair.from, pair.to, pair.bends, pair.ends, obstacles, knownDetours.get(lead));
    knownDetours.set(lead, known);
    layPair(pair, curves);
    yield;
  }
}

/** Lays lines on the ways that they had last, where they had any, whatever lies there now. @param {number} scale */
export const layKnown = (scale) => {
  for (const pair of drawnPairs(scale)) {
    const known = knownDetours.get(pair.lines[0].lead);
    if (known?.ways.length === pair.lines.length) layPair(pair, curvesOf(pair.from, pair.to, pair.bends, known.ways));
  }
};

/** What it may matter at most that a line runs nearer to names than it did, over none. */
const BESIDE_NAMES = 0.7;

/** So often lines that lie on each other are moved: those that were moved may lie on others. */
const SPREADS = 3;

/** Lets lines that lie on each other run beside each other, where there is room. @param {number} scale @param {Obstacles} obstacles */
export const spreadLines = (scale, obstacles) => {
  const lines = linesBetween();
  if (lines.length > MOST_LINES) return;
  const isFree = (/** @type {number} */ number, /** @type {Point} */ to, /** @type {Point} */ from) => {
    const ends = [lines[number].from, lines[number].to];
    return obstacles.weightAt(to, ends) <= obstacles.weightAt(from, ends) + BESIDE_NAMES;
  };
  for (let round = 0; round < SPREADS; round += 1) {
    const curves = lines.map((line) => curveOf(line, scale));
    for (const [number, points] of spread(curves.map(pointsOf), isFree)) {
      const { from, to } = curves[number];
      layOn(lines[number], trackOf([from, ...points.slice(1, -1), to]));
    }
  }
};

/** @param {NamePlace[]} names @param {number} scale @returns {NamePlace[]} The same, with whether lines run over them. */
export const markBreaks = (names, scale) => {
  const lines = linesAt(scale);
  return names.map((name) => ({ ...name, breaksLine: lines.over(name.box).length > 0 }));
};

/** @param {Point[]} points @returns {Segment[]} */
const segmentsOf = (points) => partsOf(points).map(([from, to]) => [...from, ...to]);

/** @param {Box} box @returns {Segment[]} Its rim and what lies across it: whatever covers some of it meets one of them. */
const across = ({ x, y, w, h }) => {
  const [left, top, right, bottom] = [x - w / 2, y - h / 2, x + w / 2, y + h / 2];
  return [
    ...segmentsOf([
      [left, top],
      [right, top],
      [right, bottom],
      [left, bottom],
      [left, top],
    ]),
    [left, top, right, bottom],
    [left, bottom, right, top],
  ];
};

/** Where lines run, at a scale. */
class LineWays {
  /** @param {Line[]} lines @param {number} scale @param {Segment[]} [others]  that names should not stand on either */
  constructor(lines, scale, others = []) {
    /** @type {Map<Segment, Line>} */
    this.lineOf = new Map();
    for (const line of lines) {
      for (const part of segmentsOf(pointsOf(curveOf(line, scale)))) this.lineOf.set(part, line);
    }
    this.index = new LineIndex([...this.lineOf.keys(), ...others]);
  }

  /** @param {Box} box @returns {Line[]} The lines that run over it, each as often as its parts do. */
  over(box) {
    return this.index.over(box).flatMap((part) => this.lineOf.get(part) ?? []);
  }
}

/** @param {number} scale @returns {LineIndex} Where lines run now. */
export const linesAt = (scale) => new LineWays(linesBetween(), scale).index;

/**
 * Names in places where no line runs over them; where there is none, lines give way, and names once more.
 *
 * @param {NameRequest[]} requests @param {number} scale @param {BoxIndex} boxIndex  grows
 * @param {Box} frame @param {Obstacles} shapes @param {Box[]} yielding  that names had better not cover, but may
 * @returns {Generator<void, NamePlace[]>}
 */
export function* placeClear(requests, scale, boxIndex, frame, shapes, yielding) {
  const drawn = linesBetween();
  const others = yielding.flatMap(across);
  let now = new LineWays(drawn, scale, others);
  yield;
  let names = placeNames(requests, now.index, boxIndex, frame);
  yield;
  if (drawn.length > MOST_LINES) return names;
  for (let round = 0; round < ROUNDS; round += 1) {
    const obstacles = shapes.copy();
    addNames(obstacles, names);
    const striking = new Set(names.flatMap(({ box }) => now.over(box)));
    yield* layLines(scale, obstacles, (line) => striking.has(line));
    now = new LineWays(drawn, scale, others);
    yield;
    const struck = new Set(names.filter(({ box }) => now.over(box).length > 0));
    if (struck.size === 0 || round === ROUNDS - 1) break;
    for (const { box } of struck) boxIndex.remove(box);
    const kept = names.filter((name) => !struck.has(name));
    const ids = new Set(kept.map(({ id }) => id));
    // What found no room before may find some now.
    const missing = requests.filter(({ id }) => !ids.has(id));
    names = [...kept, ...placeNames(missing, now.index, boxIndex, frame)];
  }
  return names;
}
