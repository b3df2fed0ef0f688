/**
 * What became of ties since an earlier version, where the page compares two: as a word with its sign, and as a mark on
 * the line.
 *
 * @typedef {import('./data.js').Card} Card
 * @typedef {import('./lines.js').Line} Line
 * @typedef {{tie: number, kind: string, sign: string, x: number, y: number}} Mark  in pixels
 */

import { CHANGES, ROWS } from './data.js';
import { middleOf } from './look.js';
import { days, make } from './words.js';

/** Half the width of a mark, in pixels. */
export const MARK = 7.5;

/** @type {Map<string, string>} */
const OF_TIES = new Map();
for (const { assertion, change } of ROWS) if (change) OF_TIES.set(assertion, change);

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
  card.before.map(([part, was]) => make('span.aside', `${part} before: `, ...days(was)));

/** @param {string} kind @returns {number} Its place in the order of the legend; what did not change is last. */
export const changeRank = (kind) => (kind === '' ? Infinity : [...(CHANGES?.marks.keys() ?? [])].indexOf(kind));

/** @param {Line} line @param {number} scale @returns {Mark | null} Where a changed line says so: in its middle. */
export const markOf = (line, scale) => {
  const { id, change } = line.lead;
  if (!change) return null;
  const [x, y] = middleOf(line, scale);
  return { tie: id, kind: change, sign: signOf(change), x, y };
};
