/**
 * The picture as one list of shapes, from the state and where everything stands: what the canvas paints (`paint.js`) and
 * what is saved as SVG (`svg.js`). All in pixels.
 *
 * @typedef {import('./data.js').Tie} Tie
 * @typedef {import('./lines.js').Line} Line
 * @typedef {import('./geometry.js').Point} Point
 * @typedef {import('./labels.js').Box} Box
 * @typedef {import('./layout.js').Layout} Layout
 * @typedef {import('./look.js').Theme} Theme
 * @typedef {{d: string, fill?: string, stroke?: string, width?: number, dash?: number[], opacity?: number}} Path
 *   `d` as in SVG
 * @typedef {{text: string, x: number, y: number, fill: string, size?: number, align?: 'left' | 'center' | 'right',
 *   weight?: 'bold', style?: 'italic', opacity?: number, halo?: {colour: string, width: number}}} Text  on its base line
 * @typedef {Path | Text} Shape
 * @typedef {{shapes: Shape[], opacity: number, thing?: string, line?: Line, bundle?: import('./hubs.js').Bundle, way?: Point[]}} Figure
 *   shapes that belong together: a thing, a line with the points that it runs over, or a name
 */

import { nameLines } from './boxes.js';
import { hasChanges, MARK } from './changes.js';
import { MARKS, STROKES, thingOf } from './data.js';
import * as geometry from './geometry.js';
import { isIn } from './grid.js';
import { LABEL_LINE, LABEL_PIXELS, leaderBetween } from './labels.js';
import { drawnLines, isDenial, isLineInFocus } from './lines.js';
import { coloursOf, curveOf, loopOf, spotOf } from './look.js';
import { REGION_PIXELS } from './regions.js';
import {
  bundles,
  cardNow,
  chosenAssertion,
  chosenThing,
  drawnThings,
  holdingOf,
  inFocus,
  statusOf,
} from './visibility.js';

/** From the middle of a line of text down to its base line, as a share of its size. */
const BASE = 0.35;

/** How bright shapes and names are that are not in focus: paler than the others, and still to be read. */
const [DIM_SHAPE, DIM_NAME] = [0.28, 0.64];

/** Pixels of the strongest bundle's line. */
const WIDEST_BUNDLE = 9;

/** Pixels that the halo of a changed tie is wider than its line. */
const HALO = 7;

/** @param {string} status @returns {import('./data.js').Stroke} How the lines of a status are drawn. */
const strokeOf = (status) => STROKES[status] ?? { dash: [], width: 1.4, end: 'arrow', rank: 0 };

/** @param {string} shape @param {Point} at @param {number} w @param {number} h @returns {string} */
const outline = (shape, at, w, h) => {
  if (shape === 'box') return geometry.roundedBox(at, w, h);
  if (shape === 'circle') return geometry.circle(at, w / 2);
  return geometry.polygon(geometry.corners(shape, at, w / 2));
};

/** @param {string} shape @param {Box} box @returns {(point: Point) => boolean} Whether a point is in a thing's shape. */
const isInside = (shape, box) =>
  shape === 'box' ? (point) => isIn(box, point) : ([x, y]) => Math.hypot(x - box.x, y - box.y) * 2 < box.w;

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
  // A dimmed box is pale: letters that stand out from it are those of the page.
  const letters = isNear(id) ? { fill: colours.text } : { fill: theme.ink, opacity: DIM_NAME };
  return {
    thing: id,
    opacity: 1,
    shapes: [
      {
        d: outline(thing.shape, [box.x, box.y], box.w - 2, box.h - 2),
        fill: colours.fill,
        stroke: isChosen ? theme.ink : colours.line,
        width: isChosen ? 3 : 1.5,
        opacity: isNear(id) ? 1 : DIM_SHAPE,
      },
      ...(hasName ? textLines(nameLines(id).lines, box.x, box.y, { ...letters, align: 'center' }) : []),
    ],
  };
};

/** @param {string} id @returns {boolean} Whether a thing stays bright. */
const isNear = (id) => inFocus()?.things.has(id) ?? true;

/** With more lines than this, those behind what is told step back: else they hide it and each other. */
const MOST_BRIGHT = 150;

/** @returns {{beside: number, usual: number}} How bright lines are that are not in focus, and where nothing is. */
const brightness = () =>
  drawnLines().length > MOST_BRIGHT ? { beside: 0.07, usual: 0.4 } : { beside: 0.18, usual: 1 };

/** @param {Tie} tie @returns {number} How bright a tie is. Of many, what is contested stands out. */
const opacityOf = (tie) => {
  const focus = inFocus();
  const { beside, usual } = brightness();
  let opacity = 1;
  if (focus) opacity = focus.ties.has(tie.id) ? 1 : beside;
  else if (hasChanges && tie.change === '') opacity = 0.3;
  else if (statusOf(tie) !== 'contested') opacity = usual;
  return holdingOf(tie.card) === 'possibly' ? opacity * 0.45 : opacity;
};

/** @param {Line} line @returns {number} How many pixels wider the line of ties in focus is. */
const stressOf = (line) => {
  if (line.ties.some(({ assertion }) => assertion === chosenAssertion())) return 1.8;
  return isLineInFocus(line) ? 0.6 : 0;
};

/**
 * What is drawn at the two ends of a line: where some say so and some deny it, the claim ends at the object and the denial
 * at the subject.
 *
 * @param {Line} line @param {string} end  that of its stroke @returns {{start: string, end: string}}
 */
const endsOf = ({ lead, says, denies, isRest }, end) => {
  if (isRest) return { start: '', end: '' };
  if (lead.symmetric) return { start: denies ? DENIED : '', end: denies && !says ? DENIED : '' };
  if (!denies) return { start: '', end };
  return says ? { start: DENIED, end: isDenial(lead) ? 'arrow' : end } : { start: '', end: DENIED };
};

/** The end that denies. */
const DENIED = 'bar';

/** @param {Layout} layout @param {Theme} theme @param {Line} line @returns {Figure} */
const lineFigure = (layout, theme, line) => {
  const { lead } = line;
  const { dash, width: usual, end } = strokeOf(cardNow(lead.card).line || statusOf(lead));
  const width = usual + stressOf(line);
  const colour = theme.families.get(lead.family) ?? theme.ink;
  const ends = endsOf(line, end);
  const { d, way, tips } =
    line.from === line.to ? loopLine(layout, line, width, ends.end) : straightLine(layout, line, width, ends);
  if (way.length === 0) return { line, opacity: 1, way, shapes: [] };
  const halo = { d, stroke: theme.changes.get(lead.change) || theme.ink, width: width + HALO, opacity: 0.33 };
  return {
    line,
    way,
    opacity: Math.max(...line.ties.map(opacityOf)),
    shapes: [
      ...(lead.change ? [halo] : []),
      { d, stroke: colour, width, dash },
      ...tips.map((tip) => ({ d: tip, fill: colour })),
      ...familyMark(theme, lead.family, ...markedAt(way)),
    ],
  };
};

/**
 * The mark of a family of relations, which tells it apart without colour.
 *
 * @param {Theme} theme @param {string} family @param {Point} at @param {Point} next  another point of the line
 * @returns {Shape[]} nothing where it has none
 */
const familyMark = (theme, family, at, next) => {
  const mark = MARKS[family];
  if (!mark) return [];
  const colour = theme.families.get(family) ?? theme.ink;
  const d = geometry.markPath(mark, at, next, FAMILY_MARK);
  if (mark === 'cross')
    return [
      { d, stroke: theme.ground, width: 4.5 },
      { d, stroke: colour, width: 1.8 },
    ];
  return [
    { d, fill: mark === 'ring' ? theme.ground : colour, stroke: mark === 'ring' ? colour : theme.ground, width: 1.3 },
  ];
};

/** @param {Point[]} way @returns {[Point, Point]} Where on it its mark stands, and the point behind. */
const markedAt = (way) => {
  const track = geometry.trackOf(way);
  return [geometry.pointAt(track, 0.25), geometry.pointAt(track, 0.3)];
};

/** Half the width of such a mark, in pixels. */
const FAMILY_MARK = 3.8;

/** @param {Layout} layout @param {Theme} theme @param {import('./hubs.js').Bundle} bundle @returns {Figure} */
const bundleFigure = ({ scale }, theme, bundle) => {
  const way = [bundle.from, bundle.to].map((id) => spotOf(id, scale));
  const share = bundle.count / Math.max(...bundles().map(({ count }) => count));
  const width = 1 + (WIDEST_BUNDLE - 1) * Math.sqrt(share);
  return { bundle, way, opacity: 0.16, shapes: [{ d: geometry.pathOver(way), stroke: theme.ink, width }] };
};

/** @param {number} width  of a line @returns {number} The length of its end. */
const endLength = (width) => 15 * 0.55 + 3 * width;

/**
 * A line between two things, from the rim of one to the rim of the other.
 *
 * @param {Layout} layout @param {Line} line @param {number} width @param {{start: string, end: string}} ends
 * @returns {{d: string, way: Point[], tips: string[]}}
 */
const straightLine = ({ boxes, scale }, line, width, ends) => {
  const whole = curveOf(line, scale);
  const [a, b] = [line.from, line.to].map((id) => isInside(thingOf(id).shape, /** @type {Box} */ (boxes.get(id))));
  const start = geometry.exitOf(whole, a);
  const stop = 1 - geometry.exitOf(geometry.reverseCurve(whole), b);
  if (stop <= start) return { d: '', way: [], tips: [] };
  const visible = geometry.part(whole, start, stop);
  const length = endLength(width);
  const back = withEnd(geometry.reverseCurve(visible), ends.start, length);
  const { rest, tip } = withEnd(geometry.reverseCurve(back.rest), ends.end, length);
  return {
    d: geometry.curvePath(rest),
    way: geometry.pointsOf(visible),
    tips: [back.tip, tip].filter((each) => each !== ''),
  };
};

/**
 * @param {import('./geometry.js').Curve} line @param {string} end  its kind; none where the line just ends
 * @param {number} length
 * @returns {{rest: import('./geometry.js').Curve, tip: string}} the end, and the line up to it
 */
const withEnd = (line, end, length) => {
  if (end === '') return { rest: line, tip: '' };
  const isInTip = (/** @type {Point} */ [x, y]) => Math.hypot(x - line.to[0], y - line.to[1]) < length * 0.85;
  const core = 1 - geometry.exitOf(geometry.reverseCurve(line), isInTip);
  const tip = geometry.lineEnd(end, line.to, geometry.pointAt(line, core), length);
  return { rest: core > 0 ? geometry.part(line, 0, core) : line, tip: geometry.polygon(tip) };
};

/**
 * The circle of a line from a thing to itself.
 *
 * @param {Layout} layout @param {Line} line @param {number} width @param {string} end
 * @returns {{d: string, way: Point[], tips: string[]}}
 */
const loopLine = ({ scale }, line, width, end) => {
  const { centre, radius } = loopOf(line, scale);
  const aside = radius / Math.SQRT2;
  /** @type {Point} */
  const touch = [centre[0] - aside, centre[1] + aside];
  const tip = geometry.lineEnd(end, touch, [touch[0] + 1, touch[1] + 1], endLength(width));
  return {
    d: geometry.circle(centre, radius),
    way: geometry.pointsAround(centre, radius),
    tips: end === '' ? [] : [geometry.polygon(tip)],
  };
};

/** @param {Theme} theme @param {string} kind  of change @param {string} sign @param {Point} at @returns {Shape[]} */
export const markShapes = (theme, kind, sign, [x, y]) => [
  {
    d: geometry.circle([x, y], MARK),
    fill: theme.ground,
    stroke: theme.changes.get(kind) ?? theme.ink,
    width: 1.5,
  },
  ...textLines([sign], x, y, { fill: theme.ink, align: 'center', weight: 'bold' }),
];

/** @param {import('./badges.js').Badge} badge @param {Theme} theme @returns {Shape[]} */
const badgeShapes = ({ text, box: { x, y, w, h } }, theme) => [
  { d: geometry.roundedBox([x, y], w - 1, h - 1), fill: theme.ground, stroke: theme.ink, width: 1 },
  ...textLines([text], x, y, { fill: theme.ink, align: 'center', size: LABEL_PIXELS - 1.5 }),
];

/** @param {Box} box @param {Theme} theme @returns {Path} The ground under a name, which breaks the lines that run there. */
const plate = ({ x, y, w, h }, theme) => ({ d: geometry.roundedBox([x, y], w + 2, h), fill: theme.ground });

/** @param {Box} shape @param {Box} name @param {Theme} theme @returns {Shape[]} The line from a thing to its name, if it needs one. */
const leaderOf = (shape, name, theme) => {
  const leader = leaderBetween(shape, name);
  if (!leader) return [];
  const [x1, y1, x2, y2] = leader;
  return [{ d: `M${x1} ${y1}L${x2} ${y2}`, stroke: theme.ink, width: 0.8, opacity: 0.7 }];
};

/** @param {Layout} layout @param {Theme} theme @returns {Figure[]} */
const leaderFigures = ({ names, boxes }, theme) =>
  names.map(({ id, box }) => ({
    opacity: isNear(id) ? 1 : DIM_NAME,
    shapes: leaderOf(/** @type {Box} */ (boxes.get(id)), box, theme),
  }));

/** @param {Layout} layout @param {Theme} theme @returns {Figure[]} Names, marks and badges. */
const figuresAbove = (layout, theme) => {
  const focus = inFocus();
  const plain = { fill: theme.ink, align: /** @type {const} */ ('center') };
  const names = layout.names.map(({ id, lines, x, y, align, box, breaksLine }) => {
    const weight = chosenThing() === id ? /** @type {const} */ ('bold') : undefined;
    const look = { fill: theme.ink, align, weight, halo: { colour: theme.ground, width: 3.5 } };
    return {
      opacity: isNear(id) ? 1 : DIM_NAME,
      shapes: [...(breaksLine ? [plate(box, theme)] : []), ...textLines(lines, x, y, look)],
    };
  });
  const italic = { ...plain, style: /** @type {const} */ ('italic'), size: LABEL_PIXELS - 0.5 };
  const tieLook = { ...italic, halo: { colour: theme.ground, width: 5 } };
  const tieNames = layout.lineNames.map(({ text, x, y }) => ({ opacity: 1, shapes: textLines([text], x, y, tieLook) }));
  const countLook = { ...tieLook, style: undefined, weight: /** @type {const} */ ('bold'), size: LABEL_PIXELS - 1.5 };
  const counts = layout.counts.map(({ text, x, y, opacity }) => ({
    opacity,
    shapes: textLines([text], x, y, countLook),
  }));
  const marks = layout.marks.map(({ tie, kind, sign, x, y }) => ({
    opacity: focus && !focus.ties.has(tie) ? 0.3 : 1,
    shapes: markShapes(theme, kind, sign, [x, y]),
  }));
  const badges = layout.badges.map((badge) => ({ opacity: 1, shapes: badgeShapes(badge, theme) }));
  return [...counts, ...names, ...tieNames, ...marks, ...badges];
};

/** How strongly a region and its name stand out. */
const [REGION_OPACITY, REGION_NAME_OPACITY] = [0.05, 0.62];

/** @param {Layout} layout @param {Theme} theme @returns {Figure[]} */
const regionFigures = ({ regions }, theme) =>
  regions.map(({ points }) => ({
    opacity: 1,
    shapes: [{ d: geometry.polygon(points), fill: theme.ink, opacity: REGION_OPACITY }],
  }));

/** @param {Layout} layout @param {Theme} theme @returns {Figure[]} */
const regionNames = ({ regions }, theme) =>
  regions
    .flatMap(({ name }) => name ?? [])
    .map(({ text, x, y, box, breaksLine }) => {
      const look = { fill: theme.ink, size: REGION_PIXELS, align: /** @type {const} */ ('center') };
      const name = { ...look, text, x, y: y + REGION_PIXELS * BASE, weight: /** @type {const} */ ('bold') };
      const ground = breaksLine ? [plate(box, theme)] : [];
      return { opacity: 1, shapes: [...ground, { ...name, opacity: REGION_NAME_OPACITY }] };
    });

/** @param {Layout} layout @param {Theme} theme @returns {Figure[]} The picture, from the bottom up. */
export const figuresOf = (layout, theme) => [
  ...regionFigures(layout, theme),
  ...bundles().map((bundle) => bundleFigure(layout, theme, bundle)),
  // The brightest line lies on top.
  ...drawnLines()
    .map((line) => lineFigure(layout, theme, line))
    .sort((a, b) => a.opacity - b.opacity),
  ...leaderFigures(layout, theme),
  // The weightiest thing lies on top.
  ...drawnThings()
    .toReversed()
    .map((id) => thingFigure(layout, theme, id)),
  ...regionNames(layout, theme),
  ...figuresAbove(layout, theme),
];

/** @param {Theme} theme @param {import('./data.js').Thing} thing @param {Point} at @returns {Shape[]} As the legend has it. */
export const thingSample = (theme, thing, at) => {
  const { fill, line } = coloursOf(theme, thing);
  return [{ d: outline(thing.shape, at, thing.shape === 'box' ? 20 : 13, 12), fill, stroke: line, width: 1.5 }];
};

/** @param {Point} at @returns {string} The path of a line as the legend has it. */
const sampleLine = ([x, y]) => `M${x - 17} ${y}h34`;

/** @param {Theme} theme @param {string} status @param {Point} at @returns {Shape[]} */
export const statusSample = (theme, status, at) => {
  const { dash, width } = strokeOf(status);
  return [{ d: sampleLine(at), stroke: theme.ink, width, dash }];
};

/** @param {Theme} theme @param {string} family @param {Point} at @returns {Shape[]} */
export const familySample = (theme, family, at) => [
  { d: sampleLine(at), stroke: theme.families.get(family) ?? theme.ink, width: 3 },
  ...familyMark(theme, family, at, [at[0] + 1, at[1]]),
];
