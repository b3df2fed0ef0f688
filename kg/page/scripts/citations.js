/** Articles with their paragraphs, as panel, table and positions name them. */

import { SOURCES } from './data.js';
import { bdi, days, make, shortDate } from './words.js';

/**
 * @typedef {import('./data.js').Card} Card
 * @typedef {import('./data.js').Source} Source
 */

/** @param {Card} card @returns {Map<string, (number | string)[]>} Paragraphs and other places by the article that they are in. */
export const placesOf = ({ citations }) => {
  const articles = Map.groupBy(citations, ([article]) => article);
  return new Map([...articles].map(([article, cited]) => [article, cited.map(([, place]) => place)]));
};

/**
 * @param {(number | string)[]} places  paragraphs as numbers, other places in words
 * @param {(count: number) => string} mark  what stands before so many paragraphs
 * @returns {string}
 */
const listPlaces = (places, mark) => {
  const numbers = places.filter((place) => typeof place === 'number');
  const paragraphs = numbers.length > 0 ? [mark(numbers.length) + numbers.join(', ')] : [];
  return [...paragraphs, ...places.filter((place) => typeof place === 'string')].join('; ');
};

/** @param {(number | string)[]} places @returns {string} */
export const placesInWords = (places) => listPlaces(places, (count) => `paragraph${count === 1 ? '' : 's'} `);

/** @param {Source | undefined} source @returns {string} Where it can be read: at its address or, without one, in an archive. */
const addressOf = (source) => source?.url || source?.archived || '';

/** @param {string} href @param {...(Node | string)} content @returns {Node} As a link where there is an address. */
export const outward = (href, ...content) =>
  href ? make('a', { href, rel: 'noopener noreferrer', target: '_blank' }, ...content) : make('span', ...content);

/** @param {Source | undefined} source @param {...(Node | string)} content @returns {Node} As a link where there is one. */
export const articleLink = (source, ...content) => outward(addressOf(source), ...content);

/**
 * An address that leads to words of a page: a browser scrolls there and lights them (a text fragment, as the WICG's
 * URL Fragment Text Directives define it). Of many words it names the first and the last.
 *
 * @param {string} address @param {string} text @returns {string}
 */
const addressOfWords = (address, text) => {
  const words = text.split(/\s+/).filter(Boolean);
  const coded = (/** @type {string[]} */ some) => encodeURIComponent(some.join(' ')).replaceAll('-', '%2D');
  const parts = words.length > 2 * ENDS ? [words.slice(0, ENDS), words.slice(-ENDS)] : [words];
  const hash = address.includes('#') ? '' : '#';
  return `${address}${hash}:~:text=${parts.map(coded).join(',')}`;
};

/** So many words at each end of a quotation stand for all of it in an address. */
const ENDS = 5;

/** @param {string} article @param {string} text @returns {HTMLElement} Words of an article, lit, as a link to them. */
export const quotation = (article, text) => {
  const address = addressOf(SOURCES.get(article));
  const words = make('mark', bdi(`“${text}”`));
  return make('blockquote', outward(address && addressOfWords(address, text), words));
};

/** @param {Card} card @param {string} article @returns {HTMLElement[]} Its words there as the citations quote them. */
export const quotations = ({ quotes }, article) =>
  quotes.filter(([id]) => id === article).map(([, , text]) => quotation(article, text));

/** @param {string} article @param {number | string} place @returns {HTMLElement} Who wrote it, when, and where in it. */
export const shortCitation = (article, place) => {
  const source = SOURCES.get(article);
  const day = source?.published ?? '';
  return make(
    'span.origin',
    articleLink(source, bdi(source?.title ?? article)),
    ' · ',
    bdi(makersOf(source)),
    ...(day ? [' · ', ...days(day)] : []),
    ` · ${shortPlaces([place])}`,
  );
};

/** The year in which all articles appeared; nothing where there are several. */
const years = new Set([...SOURCES.values()].map(({ published }) => published.slice(0, 4)));
const YEAR = years.size === 1 ? [...years][0] : '';

/** @param {string} day @returns {(Node | string)[]} The year, where it goes without saying on the screen, for paper alone. */
const tagDate = (day) => {
  const words = shortDate(day);
  if (!YEAR || !words.endsWith(` ${YEAR}`)) return [words];
  return [words.slice(0, -YEAR.length - 1), make('span.paper', ` ${YEAR}`)];
};

/** @param {(number | string)[]} places @returns {string} As short as they can be: `¶ 4, 16`. */
const shortPlaces = (places) => listPlaces(places, () => '¶\u00a0');

/** @param {Source | undefined} source @returns {string} Who shows it and, where that is another, who wrote it; else its title. */
const makersOf = ({ publisher = '', originator = '', title = '' } = /** @type {Source} */ ({})) => {
  if (publisher && originator && publisher !== originator) return `${publisher}, by ${originator}`;
  return originator || publisher || title;
};

/** @param {Card} card @returns {HTMLElement[]} Who wrote it, when, and where: a short tag for each article. */
export const shortCitations = (card) =>
  [...placesOf(card)].map(([article, places]) => {
    const source = SOURCES.get(article);
    const by = source?.originator || makersOf(source) || article;
    const day = source?.published ?? '';
    const title = `${source?.title ?? by} (${makersOf(source)}), ${placesInWords(places)}`;
    return make(
      'span.tag',
      { title },
      articleLink(source, bdi(by)),
      day && make('span.day', { title: day }, ' ', ...tagDate(day)),
      make('span.place', ` ${shortPlaces(places)}`),
    );
  });
