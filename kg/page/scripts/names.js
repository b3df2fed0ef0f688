/** What things are called: in the reader's language where a name in it is known. */

import { OTHERS, THINGS } from './data.js';
import { state } from './state.js';

/** @param {string} id @returns {string} What a thing is called in full, drawn or not. */
export const nameOf = (id) => {
  const thing = THINGS.get(id);
  return thing?.names[state.language] ?? thing?.label ?? OTHERS.get(id)?.label ?? id;
};

/** @param {string} id @returns {string[]} The name of a thing as it is drawn, in one or two lines. */
export const linesOf = (id) => {
  const thing = THINGS.get(id);
  return thing?.linesIn[state.language] ?? thing?.lines ?? [id];
};
