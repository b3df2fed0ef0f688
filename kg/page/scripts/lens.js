/**
 * The lens in the page: what was known by a day. What stood when was computed by kg when the page was built; here
 * it is only looked up. Pure.
 *
 * @typedef {import('./data.js').Run} Run
 */

/**
 * Which of the moments a day belongs to.
 *
 * @param {readonly string[]} moments  days on which knowledge changed, ascending
 * @param {string} by  a day, or nothing for all that is known
 * @returns {number} the index of the last moment up to that day; -1 where nothing was known yet
 */
export const momentOf = (moments, by) => {
  if (by === '') return moments.length - 1;
  let found = -1;
  while (found + 1 < moments.length && moments[found + 1] <= by) found += 1;
  return found;
};

/**
 * @param {readonly Run[]} history  ascending
 * @param {number} moment
 * @returns {Run | null} the run that holds at a moment; null where nobody had said it yet, or it was there no longer
 */
export const runAt = (history, moment) => {
  /** @type {Run | null} */
  let found = null;
  for (const run of history) if (run[0] <= moment) found = run;
  return found?.[1] ? found : null;
};
