/**
 * How things and ties look: options of vis-network, from data and state. Sizes are pixels of the screen, divided by the
 * scale that vis-network multiplies them with, so that names can be read and lines hit at any zoom.
 *
 * @typedef {import('./data.js').Thing} Thing
 * @typedef {import('./data.js').Tie} Tie
 * @typedef {{fill: string, line: string, text: string}} Colours
 * @typedef {{looks: Map<string, Colours>, families: Map<string, string>, changes: Map<string, string>, ground: string,
 *   ink: string}} Theme
 */

import { CHANGES, degree, LINES, THINGS, TIES } from './data.js';
import { LABEL_PIXELS } from './labels.js';
import { placeOf } from './places.js';
import { statusOf } from './shown.js';

/** @type {Object<string, number>} */
const SIZES = { circle: 6.5, square: 6.5, diamond: 9, triangle: 8, 'triangle-down': 8, hexagon: 8, star: 9 };

/** @type {Object<string, string>} */
const VIS_SHAPES = { circle: 'dot', 'triangle-down': 'triangleDown' };

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

/**
 * How round a curve of vis-network has to be for its middle to lie so many pixels aside: its control point lies
 * (1 + r) / 2 of the way along a line that is turned by r quarter circles.
 *
 * @param {number} aside @param {number} length @returns {number}
 */
const roundness = (aside, length) => {
  let low = 0;
  let high = 1;
  for (let step = 0; step < 20; step += 1) {
    const middle = (low + high) / 2;
    if ((length * (1 + middle) * Math.sin((Math.PI / 2) * middle)) / 4 < aside) low = middle;
    else high = middle;
  }
  return low;
};

/**
 * The point of a drawn tie halfway along it, in the picture's own units.
 *
 * @param {Tie} tie @param {number} scale @returns {[number, number]}
 */
export const middleOf = (tie, scale) => {
  const [from, to] = [placeOf(tie.from), placeOf(tie.to)];
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = Math.hypot(dx, dy) || 1;
  const aside = tie.bend / scale;
  const along = Math.abs(aside) > 0 ? bulge(roundness(Math.abs(aside), length), length) : 0;
  return [
    (from.x + to.x) / 2 + (dy / length) * aside + (dx / length) * along,
    (from.y + to.y) / 2 - (dx / length) * aside + (dy / length) * along,
  ];
};

/** @param {number} round @param {number} length @returns {number} How far a curve's middle is shifted along it. */
const bulge = (round, length) => ((1 + round) * Math.cos((Math.PI / 2) * round) * length) / 4 - length / 4;

/**
 * @param {Thing} thing @param {Theme} theme @param {number} scale
 * @param {{lines: string[], bright: boolean, chosen: boolean, folded: boolean}} how
 *   the name as it is drawn; a folded box has it beside itself
 */
export const nodeOptions = (thing, theme, scale, { lines, bright, chosen, folded }) => {
  const colours = theme.looks.get(thing.group) ?? { fill: theme.ground, line: theme.ink, text: theme.ink };
  const { x, y } = placeOf(thing.id);
  return {
    id: thing.id,
    x,
    y,
    shape: VIS_SHAPES[thing.shape] ?? thing.shape,
    size: radius(thing, scale) / scale,
    label: thing.shape !== 'box' ? undefined : folded ? ' ' : lines.join('\n'),
    font: { size: (folded ? 5 : LABEL_PIXELS) / scale, face: FONT, color: colours.text },
    margin: { top: 4.5 / scale, bottom: 4.5 / scale, left: 7 / scale, right: 7 / scale },
    color: { background: colours.fill, border: chosen ? theme.ink : colours.line },
    borderWidth: chosen ? 3 : 1.5,
    shapeProperties: { borderRadius: 5 / scale },
    opacity: bright ? 1 : 0.28,
  };
};

/** Pixels that the halo of a changed tie is wider than its line. */
const HALO = 7;

/**
 * @param {Tie} tie @param {Theme} theme @param {number} scale
 * @param {{bright: boolean, faint: boolean, unsure: boolean, stress: number}} how
 *   `faint` where it did not change and others did, `unsure` where it holds but possibly on the day of the lens; wider by
 *   so many pixels
 */
export const edgeOptions = (tie, theme, scale, { bright, faint, unsure, stress }) => {
  const line = LINES[statusOf(tie)] ?? { dash: [], width: 1.4, end: 'arrow' };
  const [from, to] = [placeOf(tie.from), placeOf(tie.to)];
  const aside = Math.abs(tie.bend) / scale;
  const curve = {
    enabled: true,
    type: tie.bend > 0 ? 'curvedCW' : 'curvedCCW',
    roundness: roundness(aside, Math.hypot(to.x - from.x, to.y - from.y)),
  };
  return {
    id: tie.id,
    from: tie.from,
    to: tie.to,
    color: {
      color: theme.families.get(tie.family) ?? theme.ink,
      opacity: (bright ? (faint ? 0.3 : 1) : 0.18) * (unsure ? 0.45 : 1),
      inherit: false,
    },
    width: (line.width + stress) / scale,
    background: tie.change
      ? {
          enabled: true,
          color: `${theme.changes.get(tie.change) || theme.ink}${bright ? '55' : '18'}`,
          size: (line.width + stress + HALO) / scale,
          dashes: false,
        }
      : undefined,
    dashes: line.dash.length > 0 ? line.dash.map((stroke) => stroke / scale) : false,
    arrows: { to: { enabled: !tie.symmetric, type: line.end, scaleFactor: 0.55 / scale } },
    // vis-network draws a halo only around curves; one without a bend is straight.
    smooth: aside > 0 || tie.change ? curve : false,
    selfReference: { size: (14 + 5 * Math.abs(tie.bend)) / scale, angle: Math.PI / 4, renderBehindTheNode: false },
  };
};
