/**
 * What became of ties since an earlier version, where the page compares two: as a word with its sign, and as a mark on
 * the line.
 *
 * @typedef {import('./data.js').Card} Card
 * @typedef {import('./data.js').Tie} Tie
 * @typedef {{tie: number, kind: string, sign: string, x: number, y: number}} Mark  in the picture's own units
 */

import { CHANGES, TIES } from './data.js';
import { middleOf } from './look.js';
import { placeOf } from './places.js';
import { make } from './words.js';

/** Half the width of a mark, in pixels. */
export const MARK = 7.5;

/** @type {Map<string, string>} */
const OF_TIES = new Map();
for (const { assertion, change } of TIES) if (change) OF_TIES.set(assertion, change);

/** Whether anything changed at all: only then does what did not change step back. */
export const hasChanges = OF_TIES.size > 0;

/** @param {Card} card @returns {string} What became of it, or of a line that it draws; nothing if it is the same. */
export const changeOf = (card) => card.change || OF_TIES.get(card.id) || '';

/** @param {string} kind @returns {string} The word for a kind of change; nothing for none. */
export const changeWord = (kind) => CHANGES?.marks.get(kind)?.word ?? '';

/** @param {string} kind @returns {string} */
const signOf = (kind) => CHANGES?.marks.get(kind)?.sign ?? '';

/** @param {string} kind @returns {HTMLElement | null} The word for a kind of change with its sign. */
export const changeSign = (kind) =>
  changeWord(kind) === ''
    ? null
    : make('span', { class: `change change-${kind}` }, `${signOf(kind)} ${changeWord(kind)}`);

/** @param {Card} card @returns {HTMLElement[]} How each part that changed was before. */
export const howBefore = (card) =>
  card.before.map(([part, was]) => make('span', { class: 'aside' }, `${part} before: ${was}`));

/** @param {string} kind @returns {number} Its place in the order of the legend; what did not change is last. */
export const changeRank = (kind) => (kind === '' ? Infinity : [...(CHANGES?.marks.keys() ?? [])].indexOf(kind));

/** @param {Tie} tie @param {number} scale @returns {Mark | null} Where a changed tie says so: in its middle. */
export const markOf = (tie, scale) => {
  if (!tie.change) return null;
  const mark = { tie: tie.id, kind: tie.change, sign: signOf(tie.change) };
  if (tie.from !== tie.to) {
    const [x, y] = middleOf(tie, scale);
    return { ...mark, x, y };
  }
  // A tie to itself is a circle at the upper right of its thing; the mark stands at the far end of that.
  const { x, y } = placeOf(tie.from);
  const out = ((14 + 5 * Math.abs(tie.bend)) * 2 + 8) / scale / Math.SQRT2;
  return { ...mark, x: x + out, y: y - out };
};

/**
 * @param {CanvasRenderingContext2D} ctx  whose unit is a pixel
 * @param {Mark[]} marks @param {import('./look.js').Theme} theme @param {number} scale
 * @param {(tie: number) => boolean} isBright @param {string} font
 */
export const drawMarks = (ctx, marks, theme, scale, isBright, font) => {
  ctx.font = font;
  ctx.textAlign = 'center';
  ctx.lineWidth = 1.5;
  for (const { tie, kind, sign, x, y } of marks) {
    ctx.globalAlpha = isBright(tie) ? 1 : 0.3;
    ctx.beginPath();
    ctx.arc(x * scale, y * scale, MARK, 0, 2 * Math.PI);
    ctx.fillStyle = theme.ground;
    ctx.fill();
    ctx.strokeStyle = theme.changes.get(kind) ?? theme.ink;
    ctx.stroke();
    ctx.fillStyle = theme.ink;
    ctx.fillText(sign, x * scale, y * scale + 0.5);
  }
  ctx.globalAlpha = 1;
};
