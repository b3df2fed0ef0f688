/**
 * The lens in the page: what was known by a day. What stood when was computed by kg when the page was built; here
 * it is only looked up. Pure.
 *
 * @typedef {import('./wire.js').Card} Card
 * @typedef {import('./wire.js').Range} Range
 */

import { isBefore } from './time.js';

/**
 * Which of the moments a day belongs to.
 *
 * @param {readonly string[]} moments  days on which knowledge changed, ascending
 * @param {string} by  a day, or nothing for all that is known
 * @returns {number} the index of the last moment up to that day; -1 where nothing was known yet, and the number of all
 *   moments for all that is known
 */
export const momentOf = (moments, by) => {
  if (by === '') return moments.length;
  let moment = -1;
  while (moment + 1 < moments.length && !isBefore(by, moments[moment + 1])) moment += 1;
  return moment;
};

/** @param {Card} card @param {number} moment @returns {Card | null} How it stood; null where it was not there. */
export const cardAtMoment = ({ history }, moment) => history.findLast(([from]) => from <= moment)?.[1] ?? null;

/** @param {readonly Range[]} ranges @param {string} from @param {string} to @returns {boolean} Whether any of them lies between two days, in part; nothing for an end leaves it open. */
const meet = (ranges, from, to) =>
  ranges.some(([first, last]) => !(from && last && isBefore(last, from)) && !(to && first && isBefore(to, first)));

/**
 * Whether something is attested for a day, as `kg --true-on` says it; what is undated may hold on any day.
 *
 * @param {Pick<Card, 'possible' | 'certain' | 'lasting'>} card @param {string} day
 * @returns {'certainly' | 'as far as known' | 'possibly' | 'no'}
 */
export const holdsOn = ({ possible, certain, lasting }, day) => {
  if (possible === null) return 'possibly';
  if (!meet(possible, day, day)) return 'no';
  if (meet(certain, day, day)) return 'certainly';
  return meet(lasting, day, day) ? 'as far as known' : 'possibly';
};

/**
 * Whether something may have held on some day of a span; nothing for an end leaves it open. The undated may.
 *
 * @param {Pick<Card, 'possible'>} card @param {string} from @param {string} to @returns {boolean}
 */
export const isBetween = ({ possible }, from, to) =>
  possible === null || (from === '' && to === '') || meet(possible, from, to);
