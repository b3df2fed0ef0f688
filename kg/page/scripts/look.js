/**
 * How things and ties look and where their lines run, in pixels of the screen: a scale moves them apart, and hardly
 * makes them larger.
 *
 * @typedef {import('./data.js').Thing} Thing
 * @typedef {import('./lines.js').Line} Line
 * @typedef {{fill: string, line: string, text: string}} Colours
 * @typedef {{looks: Map<string, Colours>, families: Map<string, string>, changes: Map<string, string>, ground: string,
 *   ink: string}} Theme
 * @typedef {import('./geometry.js').Point} Point
 * @typedef {import('./geometry.js').Curve} Curve
 */

import { CHANGES, degree, THINGS, TIES, thingOf } from './data.js';
import { bentCurve, pointAt } from './geometry.js';
import { placeOf } from './places.js';

/** @type {Object<string, number>} */
const SIZES = { circle: 6.5, square: 6.5, diamond: 9, triangle: 8, 'triangle-down': 8, hexagon: 8, star: 9 };

export const FONT =
  'system-ui, -apple-system, "Segoe UI", "Noto Sans", "DejaVu Sans", "Noto Sans CJK JP", "Noto Sans CJK KR", ' +
  '"Hiragino Sans", "Yu Gothic", "Malgun Gothic", "Microsoft YaHei", sans-serif';

/** @returns {Theme} The colours of the page as they are now, light or dark. */
export const readTheme = () => {
  const css = getComputedStyle(document.documentElement);
  const read = (/** @type {string} */ property) => css.getPropertyValue(property).trim();
  const look = (/** @type {string} */ name) => ({
    fill: read(`--look-${name}-fill`),
    line: read(`--look-${name}-line`),
    text: read(`--look-${name}-text`),
  });
  const groups = new Set([...THINGS.values()].map((thing) => thing.group));
  const families = new Set(TIES.map((tie) => tie.family));
  return {
    looks: new Map([...groups].map((name) => [name, look(name)])),
    families: new Map([...families].map((name) => [name, read(`--family-${name}`)])),
    changes: new Map([...(CHANGES?.marks.keys() ?? [])].map((kind) => [kind, read(`--change-${kind}`)])),
    ground: read('--ground'),
    ink: read('--ink'),
  };
};

/**
 * Half the width of a thing's shape: what is tied more is a little larger, and all are smaller where it is crowded.
 *
 * @param {Thing} thing @param {number} scale @returns {number}
 */
export const radius = (thing, scale) => {
  const weight = Math.min(4, Math.max(0, Math.sqrt(degree(thing.id)) - 1.5));
  return ((SIZES[thing.shape] ?? 7) + weight) * Math.min(1, Math.max(0.72, 1.2 * scale));
};

/** @param {Theme} theme @param {Thing} thing @returns {Colours} */
export const coloursOf = (theme, thing) =>
  theme.looks.get(thing.group) ?? { fill: theme.ground, line: theme.ink, text: theme.ink };

/** Ways of lines around what they do not tie (`routes.js`). @type {WeakMap<Line, Curve>} */
const ways = new WeakMap();

/** Lays a line on a way, which it keeps while its ends stay where they are. @param {Line} line @param {Curve} way */
export const layOn = (line, way) => ways.set(line, way);

/** @param {string} id @param {number} scale @returns {Point} Where the middle of a thing stands. */
export const spotOf = (id, scale) => {
  const { x, y } = placeOf(id);
  return [x * scale, y * scale];
};

/** @param {Point} a @param {Point} b @returns {boolean} */
const isSame = (a, b) => a[0] === b[0] && a[1] === b[1];

/** @param {Line} line @param {number} scale @returns {Curve} From the middle of one thing to that of the other. */
export const curveOf = (line, scale) => {
  const [from, to] = [spotOf(line.from, scale), spotOf(line.to, scale)];
  const way = ways.get(line);
  return way && isSame(way.from, from) && isSame(way.to, to) ? way : bentCurve(from, to, line.bend);
};

/** @param {Line} line @param {number} scale @returns {{centre: Point, radius: number}} The circle of a line to itself. */
export const loopOf = (line, scale) => {
  const [x, y] = spotOf(line.from, scale);
  const size = 14 + 5 * Math.abs(line.bend);
  const aside = (radius(thingOf(line.from), scale) + 1 + size) / Math.SQRT2;
  return { centre: [x + aside, y - aside], radius: size };
};

/**
 * @param {Line} line @param {number} scale @param {number} [share]  of the way
 * @returns {Point} the middle of a line, or another point of it; of a circle what is farthest out
 */
export const middleOf = (line, scale, share = 0.5) => {
  if (line.from !== line.to) return pointAt(curveOf(line, scale), share);
  const { centre, radius: size } = loopOf(line, scale);
  return [centre[0] + size / Math.SQRT2, centre[1] - size / Math.SQRT2];
};
