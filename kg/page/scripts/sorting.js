/** Orders for the rows of a table. Pure. */

import { numberOf } from './time.js';

/** @param {string | null | undefined} day  YYYY-MM-DD, or nothing @returns {number | null} days since 1970-01-01 */
export const dayNumber = (day) => (/^-?\d{4,}-\d\d-\d\d$/.test(day ?? '') ? numberOf(day ?? '') : null);

/**
 * When something began, as far as is known, for sorting: its first possible day; where nothing limits that, the first
 * other day that its bounds or its date as written name.
 *
 * @param {import('./wire.js').Bounds | null} bounds @param {string} [when] @returns {number | null} null if undated
 */
export const beginning = (bounds, when = '') => {
  if (!bounds) return null;
  for (const ranges of [bounds.possible.map(([first]) => first), bounds.certain.flat(), bounds.possible.flat()]) {
    const days = ranges.flatMap((day) => dayNumber(day) ?? []);
    if (days.length > 0) return Math.min(...days);
  }
  const [, year, month = '01', day = '01'] = /(-?\d{4,})(?:-(\d\d))?(?:-(\d\d))?/.exec(when) ?? [];
  return year === undefined ? null : dayNumber(`${year}-${month}-${day}`);
};

/** @param {readonly string[]} texts @param {string} language @returns {number[]} Each one's place in the alphabet. */
export const ranks = (texts, language) => {
  const collator = new Intl.Collator(language || 'en', { numeric: true });
  const order = texts.map((_, index) => index).sort((a, b) => collator.compare(texts[a], texts[b]));
  const places = new Array(texts.length);
  order.forEach((index, rank) => {
    places[index] = rank;
  });
  return places;
};

/**
 * In which order rows stand. Rows that are alike keep their order, and those without a key come last either way.
 *
 * @param {readonly (number | null)[]} keys  by row @param {boolean} down @returns {number[]} the rows' indexes
 */
export const ordered = (keys, down) => {
  const rows = keys.map((_, index) => index);
  const sorted = rows.filter((index) => keys[index] !== null);
  const way = down ? -1 : 1;
  sorted.sort((a, b) => {
    const [one, other] = [/** @type {number} */ (keys[a]), /** @type {number} */ (keys[b])];
    return one === other ? a - b : one < other ? -way : way;
  });
  return [...sorted, ...rows.filter((index) => keys[index] === null)];
};
