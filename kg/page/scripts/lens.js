/**
 * The lens in the page: what was known by a day. What stood when was computed by kg when the page was built; here
 * it is only looked up. Pure.
 *
 * @typedef {import('./wire.js').Run} Run
 * @typedef {import('./wire.js').Range} Range
 * @typedef {import('./wire.js').Bounds} Bounds
 */

import { isBefore } from './time.js';

/**
 * Which of the moments a day belongs to.
 *
 * @param {readonly string[]} moments  days on which knowledge changed, ascending
 * @param {string} by  a day, or nothing for all that is known
 * @returns {number} the index of the last moment up to that day; -1 where nothing was known yet
 */
export const momentOf = (moments, by) => {
  if (by === '') return moments.length - 1;
  let moment = -1;
  while (moment + 1 < moments.length && !isBefore(by, moments[moment + 1])) moment += 1;
  return moment;
};

/**
 * @param {readonly Run[]} history  ascending
 * @param {number} moment
 * @returns {Run | null} the run that holds at a moment; null where nobody had said it yet, or it was there no longer
 */
export const runAt = (history, moment) => {
  /** @type {Run | null} */
  let latest = null;
  for (const run of history) if (run[0] <= moment) latest = run;
  return latest?.[1] ? latest : null;
};

/** @param {readonly Range[]} ranges @param {string} day @returns {boolean} */
const holds = (ranges, day) =>
  ranges.some(([first, last]) => !(first && isBefore(day, first)) && !(last && isBefore(last, day)));

/**
 * Whether something is attested for a day, as `kg --true-on` says it.
 *
 * @param {Bounds | null} bounds  null where it is undated: it may hold on any day
 * @param {string} day
 * @param {number} moment  what had been reported by then bounds what is certain
 * @returns {'certainly' | 'possibly' | 'no'}
 */
export const holdsOn = (bounds, day, moment) => {
  if (bounds === null) return 'possibly';
  if (!holds(bounds.possible, day)) return 'no';
  const certain = bounds.certainAt.reduce(
    (latest, [from, ranges]) => (from <= moment ? ranges : latest),
    bounds.certainAt.length > 0 ? [] : bounds.certain,
  );
  return holds(certain, day) ? 'certainly' : 'possibly';
};

/**
 * Whether something may have held on some day of a span; nothing for an end leaves it open. The undated may.
 *
 * @param {Bounds | null} bounds @param {string} from @param {string} to @returns {boolean}
 */
export const isBetween = (bounds, from, to) =>
  bounds === null ||
  bounds.possible.some(
    ([first, last]) => !(from && last && isBefore(last, from)) && !(to && first && isBefore(to, first)),
  );
