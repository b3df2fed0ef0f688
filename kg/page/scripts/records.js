/** The pages of records beside this one, in a site that has them. */

import { make } from './words.js';

/** @returns {boolean} */
const hasRecords = () => document.querySelector('nav.site[data-records]') !== null;

/**
 * @param {'thing' | 'assertion' | 'article'} kind @param {string} id @param {string} text
 * @param {string} [place]  of the page
 * @returns {HTMLElement | string} A link to the page of a record; the text alone where there is no such page.
 */
export const recordLink = (kind, id, text, place = '') =>
  hasRecords() ? make('a', { href: `${kind}/${encodeURIComponent(id)}.html${place && `#${place}`}` }, text) : text;

/** @param {'thing' | 'assertion'} kind @param {string} id @returns {HTMLElement | null} A line that leads to it. */
export const recordLine = (kind, id) =>
  hasRecords() ? make('p.record', recordLink(kind, id, 'On a page of its own')) : null;
