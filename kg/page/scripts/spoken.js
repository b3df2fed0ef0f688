/** What a screen reader hears of the picture as a whole: how much is shown, and through what. */

import { LENS, MOMENTS, NEWS, THINGS, TIES } from './data.js';
import { capital, lensWords } from './lenswords.js';
import { state } from './state.js';
import { moment, shownThings, shownTies } from './visibility.js';
import { countNoun, formatCount } from './words.js';

/** @param {number} count @param {number} all @param {string} word @returns {string} How many of them. */
export const some = (count, all, word) =>
  count === all ? countNoun(all, word) : `${formatCount(count)} of ${countNoun(all, word)}`;

/** @returns {string} How much is shown: `12 of 20 names, 21 of 78 claims`. */
export const shownWords = () =>
  `${some(shownThings().length, THINGS.size, 'name')}, ${some(shownTies().length, TIES.length, 'claim')}`;

/** @returns {string} Through which days the picture is seen, as a sentence; nothing where through none. */
export const daysSeenThrough = () => capital(lensWords({ ...state, hidden: [], only: [] }, LENS, String).join(', '));

/** @returns {string} What the days and filters that were chosen leave, and what the day of the handle brought. */
export const spokenView = () => {
  const news = state.by !== '' && MOMENTS[moment()] ? NEWS[moment()] : '';
  return [daysSeenThrough(), news, `${shownWords()} shown`].filter(Boolean).join('. ');
};
