/** What things are called: in the reader's language where a name in it is known, else by the name of the day. */

import { OTHERS, THINGS } from './data.js';
import { state } from './state.js';
import { isBefore } from './time.js';
import { joinLines } from './wire.js';

/** @param {string} id @returns {[string, string, string] | undefined} The label of the day that is looked at, where labels changed. */
const labelOfDay = (id) => {
  const { on } = state;
  return on === '' ? undefined : THINGS.get(id)?.labels.findLast(([first]) => first === '' || !isBefore(on, first));
};

/** @param {string} id @returns {string} What a thing is called in full, drawn or not. */
export const nameOf = (id) => {
  const thing = THINGS.get(id);
  return thing?.names[state.language] ?? labelOfDay(id)?.[1] ?? thing?.label ?? OTHERS.get(id)?.label ?? id;
};

/** @param {string} id @returns {string} What a thing is called where there is little room: as it is drawn, if it is. */
export const shortNameOf = (id) => (THINGS.has(id) ? joinLines(linesOf(id)) : nameOf(id));

/** @param {string} id @returns {string[]} The name of a thing as it is drawn, in a few lines. */
export const linesOf = (id) => {
  const thing = THINGS.get(id);
  return thing?.linesIn[state.language] ?? labelOfDay(id)?.[2].split('\n') ?? thing?.lines ?? [id];
};
