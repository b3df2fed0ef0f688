/**
 * What the legend hides. Each kind of entry either hides some names, or shows only some. Pure.
 *
 * @typedef {import('./address.js').Kind} Kind
 * @typedef {{hidden: string[], only: string[]}} Filters  `KIND:NAME`; where `only` names a kind, `hidden` does not
 */

/** @type {readonly Kind[]} */
export const KINDS = ['change', 'look', 'class', 'status', 'family', 'relation', 'source', 'speaker'];

/** @param {readonly string[]} entries @param {Kind} kind @returns {string[]} The names of one kind. */
const namesIn = (entries, kind) =>
  entries.filter((entry) => entry.startsWith(`${kind}:`)).map((entry) => entry.slice(kind.length + 1));

/** @param {readonly string[]} entries @param {Kind} kind @param {string[]} names @returns {string[]} */
const withNames = (entries, kind, names) =>
  [...entries.filter((entry) => !entry.startsWith(`${kind}:`)), ...names.map((name) => `${kind}:${name}`)].sort();

/** @param {Filters} filters @param {Kind} kind @returns {boolean} Whether anything of a kind is hidden. */
export const isFiltered = ({ hidden, only }, kind) => namesIn(hidden, kind).length + namesIn(only, kind).length > 0;

/** @param {Filters} filters @param {Kind} kind @returns {(name: string) => boolean} Whether a name is let through. */
export const gate = ({ hidden, only }, kind) => {
  const just = new Set(namesIn(only, kind));
  if (just.size > 0) return (name) => just.has(name);
  const off = new Set(namesIn(hidden, kind));
  return (name) => !off.has(name);
};

/** @param {Filters} filters @param {Kind} kind @returns {Filters} With all of a kind shown again. */
export const withAll = ({ hidden, only }, kind) => ({
  hidden: withNames(hidden, kind, []),
  only: withNames(only, kind, []),
});

/** @param {Filters} filters @param {Kind} kind @param {string} name @returns {Filters} With only this one of its kind. */
export const withOnly = (filters, kind, name) => {
  const { hidden, only } = withAll(filters, kind);
  return { hidden, only: withNames(only, kind, [name]) };
};

/**
 * @param {Filters} filters @param {Kind} kind @param {string} name
 * @param {readonly string[]} all  every name of the kind
 * @returns {Filters} with one name shown if it was hidden, and hidden if it was shown
 */
export const toggle = (filters, kind, name, all) => {
  const { hidden, only } = filters;
  const flip = (/** @type {string[]} */ names) =>
    names.includes(name) ? names.filter((each) => each !== name) : [...names, name];
  const just = namesIn(only, kind);
  if (just.length === 0) return { hidden: withNames(hidden, kind, flip(namesIn(hidden, kind))), only };
  const left = flip(just);
  if (left.length > 0 && left.length < all.length) return { hidden, only: withNames(only, kind, left) };
  return { hidden: withNames(hidden, kind, left.length === 0 ? [...all] : []), only: withNames(only, kind, []) };
};
