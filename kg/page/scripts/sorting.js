/** Orders for the rows of a table. Pure. */

import { numberOf } from './time.js';

/** @param {string | null | undefined} day  YYYY-MM-DD, or nothing @returns {number | null} days since 1970-01-01 */
export const dayNumber = (day) => (/^-?\d{4,}-\d\d-\d\d$/.test(day ?? '') ? numberOf(day ?? '') : null);

/** @param {readonly string[]} texts @param {string} language @returns {number[]} Each one's place in the alphabet. */
export const ranks = (texts, language) => {
  const collator = new Intl.Collator(language || 'en', { numeric: true });
  const order = [...texts.keys()].sort((a, b) => collator.compare(texts[a], texts[b]));
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
export const sortRows = (keys, down) => {
  const way = down ? -1 : 1;
  const byKey = (/** @type {number | null} */ one, /** @type {number | null} */ other) =>
    Number(one === null) - Number(other === null) || (Number(one) - Number(other)) * way;
  return [...keys.keys()].sort((a, b) => byKey(keys[a], keys[b]));
};
