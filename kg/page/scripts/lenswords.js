/**
 * What a picture was seen through, in words and in the names of files. Pure.
 *
 * @typedef {{by: string, on: string, from: string, to: string, hidden: string[], only?: string[]}} Seen  as in the state
 */

import { dayInWords } from './time.js';

/** @param {string} text @returns {string} With a capital letter at its start. */
export const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/**
 * @param {Seen} seen
 * @param {string} lens  what the whole page was looked at through when it was built
 * @param {(each: string) => string} nameOf  what an entry of the legend (`KIND:NAME`) is called
 * @returns {string[]}  nothing where all is shown
 */
export const lensWords = ({ by, on, from, to, hidden, only = [] }, lens, nameOf) =>
  [
    lens,
    by && `as the press knew it on ${dayInWords(by)}`,
    on && `as it stood on ${dayInWords(on)}`,
    from && to && `from ${dayInWords(from)} to ${dayInWords(to)}`,
    from && !to && `from ${dayInWords(from)} on`,
    to && !from && `up to ${dayInWords(to)}`,
    only.length > 0 && `only ${only.map(nameOf).join(', ')}`,
    hidden.length > 0 && `without ${hidden.map(nameOf).join(', ')}`,
  ].flatMap((each) => each || []);

/**
 * @param {string} view @param {Seen} seen @param {string} ending
 * @returns {string} a name for a file that tells through which lens it was seen: `gsomia-known-by-2019-11-16.csv`
 */
export const fileName = (view, { by, on, from, to, hidden, only = [] }, ending) =>
  [
    view.replaceAll(/[^\w-]+/g, '-').replaceAll(/^-+|-+$/g, '') || 'picture',
    by && `known-by-${by}`,
    on && `true-on-${on}`,
    from && `from-${from}`,
    to && `to-${to}`,
    hidden.length + only.length > 0 && 'filtered',
  ]
    .filter(Boolean)
    .join('-')
    .concat('.', ending);

/**
 * @param {[string, [number, number]][]} places  ids with x and y in whole pixels
 * @returns {string} `viz/NAME.layout.json`, byte for byte as `kg view --keep-layout` writes it
 */
export const layoutFile = (places) => {
  const sorted = places.toSorted(([a], [b]) => (a < b ? -1 : Number(a > b)));
  const lines = sorted.map(([id, [x, y]]) => `  ${JSON.stringify(id)}: [${x}, ${y}]`);
  return lines.length > 0 ? `{\n${lines.join(',\n')}\n}\n` : '{}\n';
};
