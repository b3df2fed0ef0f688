/** Articles with their paragraphs, as panel, table and positions name them. */

import { SOURCES } from './data.js';
import { groupBy } from './lists.js';
import { bdi, days, make } from './words.js';

/**
 * @typedef {import('./data.js').Card} Card
 * @typedef {import('./data.js').Source} Source
 */

/** @param {Card} card @returns {Map<string, (number | string)[]>} Paragraphs and other places by the article that they are in. */
export const placesOf = ({ citations }) => {
  const articles = groupBy(citations, ([article]) => article);
  return new Map([...articles].map(([article, cited]) => [article, cited.map(([, place]) => place)]));
};

/** @param {(number | string)[]} places  paragraphs as numbers, other places in words @returns {string} */
export const placesInWords = (places) => {
  const numbers = places.filter((place) => typeof place === 'number');
  const paragraphs = numbers.length > 0 ? [`paragraph${numbers.length === 1 ? '' : 's'} ${numbers.join(', ')}`] : [];
  return [...paragraphs, ...places.filter((place) => typeof place === 'string')].join('; ');
};

/** @param {Source | undefined} source @param {...(Node | string)} content @returns {Node} As a link where there is one. */
export const articleLink = (source, ...content) =>
  source?.url
    ? make('a', { href: source.url, rel: 'noopener noreferrer', target: '_blank' }, ...content)
    : make('span', ...content);

/** @param {Card} card @returns {HTMLElement[]} Who wrote it, when, and where: each article in a line. */
export const shortCitations = (card) =>
  [...placesOf(card)].map(([article, places]) => {
    const source = SOURCES.get(article);
    const day = days(source?.published ?? '');
    return make(
      'p',
      articleLink(source, bdi(source?.originator || source?.title || article)),
      ' ',
      ...day,
      `, ${placesInWords(places)}`,
    );
  });
