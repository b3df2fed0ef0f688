/** What things are called: in the reader's language where a name in it is known. */

import { OTHERS, THINGS } from './data.js';
import { state } from './state.js';

/** Letters of a line of a name, about: a letter of East Asia counts as two. */
const MOST_COLUMNS = 24;

/** @param {string} id @returns {string} What a thing is called in full, drawn or not. */
export const nameOf = (id) => {
  const thing = THINGS.get(id);
  return thing?.names[state.language] ?? thing?.label ?? OTHERS.get(id)?.label ?? id;
};

/** @param {string} id @returns {string[]} The name of a thing as it is drawn, in one or two lines. */
export const linesOf = (id) => {
  const thing = THINGS.get(id);
  const name = thing?.names[state.language];
  return name === undefined ? (thing?.lines ?? [id]) : wrapped(name);
};

/** @param {string} text @returns {number} */
const columns = (text) => [...text].reduce((sum, letter) => sum + (/[\u1100-\uffdc]/.test(letter) ? 2 : 1), 0);

/** @param {string} name @returns {string[]} A name in at most two lines; what does not fit is cut off. */
const wrapped = (name) => {
  if (columns(name) <= 15) return [name];
  const parts = name.includes(' ') ? name.split(' ').map((word) => `${word} `) : [...name];
  const half = columns(name) / 2;
  let first = '';
  let rest = '';
  for (const part of parts) {
    if (rest === '' && (first === '' || columns(first + part.trimEnd()) <= Math.max(half, 10))) first += part;
    else rest += part;
  }
  return [first, rest].map((line) => clipped(line.trim())).filter(Boolean);
};

/** @param {string} line @returns {string} */
const clipped = (line) => {
  if (columns(line) <= MOST_COLUMNS) return line;
  let kept = '';
  for (const letter of line) {
    if (columns(kept + letter) >= MOST_COLUMNS) break;
    kept += letter;
  }
  return `${kept.trimEnd()}…`;
};
