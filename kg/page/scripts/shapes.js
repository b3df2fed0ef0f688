/**
 * The picture as one list of shapes, from the state and where everything stands: what the canvas paints (`paint.js`) and
 * what is saved as SVG (`svg.js`). All in pixels.
 *
 * @typedef {import('./data.js').Tie} Tie
 * @typedef {import('./geometry.js').Point} Point
 * @typedef {import('./labels.js').Box} Box
 * @typedef {import('./layout.js').Layout} Layout
 * @typedef {import('./look.js').Theme} Theme
 * @typedef {{d: string, fill?: string, stroke?: string, width?: number, dash?: number[], opacity?: number}} Path
 *   `d` as in SVG
 * @typedef {{text: string, x: number, y: number, fill: string, size?: number, align?: 'left' | 'center' | 'right',
 *   weight?: 'bold', style?: 'italic', halo?: {colour: string, width: number}}} Text  on its base line
 * @typedef {Path | Text} Shape
 * @typedef {{shapes: Shape[], opacity: number, thing?: string, tie?: Tie, way?: Point[]}} Figure
 *   shapes that belong together: a thing, a tie with the points that its line runs over, or a name
 */

import { hasChanges, MARK } from './changes.js';
import { LINES, thingOf } from './data.js';
import * as geometry from './geometry.js';
import { LABEL_LINE, LABEL_PIXELS } from './labels.js';
import { nameLines } from './layout.js';
import { coloursOf, curveOf, loopOf } from './look.js';
import { state } from './state.js';
import { cardNow, chosenThing, drawnThings, drawnTies, holdingOf, inFocus, statusOf } from './visibility.js';

/** From the middle of a line of text down to its base line, as a share of its size. */
const BASE = 0.35;

/** Pixels that the halo of a changed tie is wider than its line. */
const HALO = 7;

/** @param {string} status @returns {import('./data.js').Line} How the lines of a status are drawn. */
const lineOf = (status) => LINES[status] ?? { dash: [], width: 1.4, end: 'arrow' };

/** @param {string} shape @param {Point} at @param {number} w @param {number} h @returns {string} */
const outline = (shape, at, w, h) => {
  if (shape === 'box') return geometry.roundedBox(at, w, h);
  if (shape === 'circle') return geometry.circle(at, w / 2);
  return geometry.polygon(geometry.corners(shape, at, w / 2));
};

/** @param {string} shape @param {Box} box @returns {(point: Point) => boolean} Whether a point is in a thing's shape. */
const isInside = (shape, box) =>
  shape === 'box'
    ? ([x, y]) => Math.abs(x - box.x) * 2 < box.w && Math.abs(y - box.y) * 2 < box.h
    : ([x, y]) => Math.hypot(x - box.x, y - box.y) * 2 < box.w;

/**
 * @param {string[]} lines @param {number} x @param {number} y  their middle @param {Omit<Text, 'text' | 'x' | 'y'>} look
 * @returns {Text[]}
 */
const textLines = (lines, x, y, look) => {
  const first = y - ((lines.length - 1) / 2) * LABEL_LINE + LABEL_PIXELS * BASE;
  return lines.map((text, index) => ({ text, x, y: first + index * LABEL_LINE, ...look }));
};

/** @param {Layout} layout @param {Theme} theme @param {string} id @returns {Figure} */
const thingFigure = (layout, theme, id) => {
  const thing = thingOf(id);
  const colours = coloursOf(theme, thing);
  const box = /** @type {Box} */ (layout.boxes.get(id));
  const isChosen = chosenThing() === id;
  const hasName = thing.shape === 'box' && !layout.foldedIds.has(id);
  return {
    thing: id,
    opacity: 1,
    shapes: [
      {
        d: outline(thing.shape, [box.x, box.y], box.w - 2, box.h - 2),
        ...{ fill: colours.fill, stroke: isChosen ? theme.ink : colours.line, width: isChosen ? 3 : 1.5 },
        opacity: isNear(id) ? 1 : 0.28,
      },
      ...(hasName ? textLines(nameLines(id).lines, box.x, box.y, { fill: colours.text, align: 'center' }) : []),
    ],
  };
};

/** @param {string} id @returns {boolean} Whether a thing stays bright. */
const isNear = (id) => inFocus()?.things.has(id) ?? true;

/** @param {Tie} tie @returns {number} How bright a tie is. */
const opacityOf = (tie) => {
  const focus = inFocus();
  const isUnsure = holdingOf(tie.card) === 'possibly';
  let opacity = 1;
  if (focus && !focus.ties.has(tie.id)) opacity = 0.18;
  else if (!focus && hasChanges && tie.change === '') opacity = 0.3;
  return isUnsure ? opacity * 0.45 : opacity;
};

/** @param {Tie} tie @returns {number} How many pixels wider the line of a tie in focus is. */
const stressOf = (tie) => {
  if (state.choice.kind === 'assertion' && state.choice.id === tie.assertion) return 1.8;
  return inFocus()?.ties.has(tie.id) ? 0.6 : 0;
};

/** @param {Layout} layout @param {Theme} theme @param {Tie} tie @returns {Figure} */
const tieFigure = (layout, theme, tie) => {
  const { dash, width: usual, end } = lineOf(cardNow(tie.card).line || statusOf(tie));
  const width = usual + stressOf(tie);
  const colour = theme.families.get(tie.family) ?? theme.ink;
  const { d, way, tip } =
    tie.from === tie.to ? loopLine(layout, tie, width, end) : straightLine(layout, tie, width, end);
  if (way.length === 0) return { tie, opacity: 1, way, shapes: [] };
  const shapes = [{ d, stroke: colour, width, dash }];
  const halo = { d, stroke: theme.changes.get(tie.change) || theme.ink, width: width + HALO, opacity: 0.33 };
  return {
    ...{ tie, way, opacity: opacityOf(tie) },
    shapes: [...(tie.change ? [halo] : []), ...shapes, ...(tip ? [{ d: tip, fill: colour }] : [])],
  };
};

/** @param {number} width  of a line @returns {number} The length of its end. */
const endLength = (width) => 15 * 0.55 + 3 * width;

/**
 * The line of a tie between two things, from the rim of one to the rim of the other.
 *
 * @param {Layout} layout @param {Tie} tie @param {number} width @param {string} end
 * @returns {{d: string, way: Point[], tip: string}}
 */
const straightLine = ({ boxes, scale }, tie, width, end) => {
  const whole = curveOf(tie, scale);
  const [a, b] = [tie.from, tie.to].map((id) => isInside(thingOf(id).shape, /** @type {Box} */ (boxes.get(id))));
  const start = geometry.leaving(whole, a);
  const stop = 1 - geometry.leaving(geometry.reversed(whole), b);
  if (stop <= start) return { d: '', way: [], tip: '' };
  const line = geometry.part(whole, start, stop);
  const way = geometry.pointsOf(line);
  if (tie.symmetric) return { d: geometry.curvePath(line), way, tip: '' };
  const length = endLength(width);
  const isInTip = (/** @type {Point} */ [x, y]) => Math.hypot(x - line.to[0], y - line.to[1]) < length * 0.85;
  const core = 1 - geometry.leaving(geometry.reversed(line), isInTip);
  const tip = geometry.lineEnd(end, line.to, geometry.pointAt(line, core), length);
  const rest = core > 0 ? geometry.part(line, 0, core) : line;
  return { d: geometry.curvePath(rest), way, tip: geometry.polygon(tip) };
};

/**
 * The circle of a tie from a thing to itself.
 *
 * @param {Layout} layout @param {Tie} tie @param {number} width @param {string} end
 * @returns {{d: string, way: Point[], tip: string}}
 */
const loopLine = ({ scale }, tie, width, end) => {
  const { centre, radius } = loopOf(tie, scale);
  const aside = radius / Math.SQRT2;
  /** @type {Point} */
  const touch = [centre[0] - aside, centre[1] + aside];
  const tip = geometry.lineEnd(end, touch, [touch[0] + 1, touch[1] + 1], endLength(width));
  return {
    d: geometry.circle(centre, radius),
    way: geometry.pointsAround(centre, radius),
    tip: tie.symmetric ? '' : geometry.polygon(tip),
  };
};

/** @param {Theme} theme @param {string} kind  of change @param {string} sign @param {Point} at @returns {Shape[]} */
export const markShapes = (theme, kind, sign, [x, y]) => [
  {
    d: geometry.circle([x, y], MARK),
    ...{ fill: theme.ground, stroke: theme.changes.get(kind) ?? theme.ink, width: 1.5 },
  },
  ...textLines([sign], x, y, { fill: theme.ink, align: 'center', weight: 'bold' }),
];

/** @param {import('./badges.js').Badge} badge @param {Theme} theme @returns {Shape[]} */
const badgeShapes = ({ text, box: { x, y, w, h } }, theme) => [
  { d: geometry.roundedBox([x, y], w - 1, h - 1), fill: theme.ground, stroke: theme.ink, width: 1 },
  { text, x, y: y + LABEL_PIXELS * BASE, fill: theme.ink, align: 'center', size: LABEL_PIXELS - 1.5 },
];

/** @param {Layout} layout @param {Theme} theme @returns {Figure[]} Names, marks and badges. */
const figuresAbove = (layout, theme) => {
  const focus = inFocus();
  const plain = { fill: theme.ink, align: /** @type {const} */ ('center') };
  const names = layout.names.map(({ id, lines, x, y, align }) => {
    const weight = chosenThing() === id ? /** @type {const} */ ('bold') : undefined;
    const look = { fill: theme.ink, align, weight, halo: { colour: theme.ground, width: 3.5 } };
    return { opacity: isNear(id) ? 1 : 0.4, shapes: textLines(lines, x, y, look) };
  });
  const italic = { ...plain, style: /** @type {const} */ ('italic'), size: LABEL_PIXELS - 0.5 };
  const tieLook = { ...italic, halo: { colour: theme.ground, width: 5 } };
  const tieNames = layout.tieNames.map(({ text, x, y }) => ({ opacity: 1, shapes: textLines([text], x, y, tieLook) }));
  const marks = layout.marks.map(({ tie, kind, sign, x, y }) => ({
    opacity: focus && !focus.ties.has(tie) ? 0.3 : 1,
    shapes: markShapes(theme, kind, sign, [x, y]),
  }));
  const badges = layout.badges.map((badge) => ({ opacity: 1, shapes: badgeShapes(badge, theme) }));
  return [...names, ...tieNames, ...marks, ...badges];
};

/** @param {Layout} layout @param {Theme} theme @returns {Figure[]} The picture, from the bottom up. */
export const figuresOf = (layout, theme) => [
  ...drawnTies().map((tie) => tieFigure(layout, theme, tie)),
  // The weightiest thing lies on top.
  ...[...drawnThings()].reverse().map((id) => thingFigure(layout, theme, id)),
  ...figuresAbove(layout, theme),
];

/** @param {Theme} theme @param {import('./data.js').Thing} thing @param {Point} at @returns {Shape} As the legend has it. */
export const thingSample = (theme, thing, at) => {
  const { fill, line } = coloursOf(theme, thing);
  return { d: outline(thing.shape, at, thing.shape === 'box' ? 20 : 13, 12), fill, stroke: line, width: 1.5 };
};

/** @param {Point} at @returns {string} The path of a line as the legend has it. */
const sampleLine = ([x, y]) => `M${x - 17} ${y}h34`;

/** @param {Theme} theme @param {string} status @param {Point} at @returns {Shape} */
export const statusSample = (theme, status, at) => {
  const { dash, width } = lineOf(status);
  return { d: sampleLine(at), stroke: theme.ink, width, dash };
};

/** @param {Theme} theme @param {string} family @param {Point} at @returns {Shape} */
export const familySample = (theme, family, at) => ({
  ...{ d: sampleLine(at), stroke: theme.families.get(family) ?? theme.ink, width: 3 },
});
