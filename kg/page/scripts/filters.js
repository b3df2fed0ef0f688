/**
 * What the legend hides. Each kind of entry either hides some names, or shows only some. Pure.
 *
 * @typedef {import('./address.js').Kind} Kind
 * @typedef {{hidden: string[], only: string[]}} Filters  `KIND:NAME`; where `only` names a kind, `hidden` does not
 */

/** @type {readonly Kind[]} */
export const KINDS = ['change', 'look', 'status', 'family', 'source', 'speaker'];

/** @param {readonly string[]} entries @param {Kind} kind @returns {string[]} The names of one kind. */
const named = (entries, kind) =>
  entries.filter((entry) => entry.startsWith(`${kind}:`)).map((entry) => entry.slice(kind.length + 1));

/** @param {readonly string[]} entries @param {Kind} kind @param {string[]} names @returns {string[]} */
const renamed = (entries, kind, names) =>
  [...entries.filter((entry) => !entry.startsWith(`${kind}:`)), ...names.map((name) => `${kind}:${name}`)].sort();

/** @param {Filters} filters @param {Kind} kind @returns {boolean} Whether anything of a kind is hidden. */
export const isFiltered = ({ hidden, only }, kind) => named(hidden, kind).length + named(only, kind).length > 0;

/** @param {Filters} filters @param {Kind} kind @returns {(name: string) => boolean} Whether a name is let through. */
export const gate = ({ hidden, only }, kind) => {
  const just = new Set(named(only, kind));
  if (just.size > 0) return (name) => just.has(name);
  const off = new Set(named(hidden, kind));
  return (name) => !off.has(name);
};

/** @param {Filters} filters @param {Kind} kind @returns {Filters} With all of a kind shown again. */
export const withAll = ({ hidden, only }, kind) => ({
  hidden: renamed(hidden, kind, []),
  only: renamed(only, kind, []),
});

/** @param {Filters} filters @param {Kind} kind @param {string} name @returns {Filters} With only this one of its kind. */
export const withOnly = (filters, kind, name) => {
  const { hidden, only } = withAll(filters, kind);
  return { hidden, only: renamed(only, kind, [name]) };
};

/**
 * @param {Filters} filters @param {Kind} kind @param {string} name
 * @param {readonly string[]} all  every name of the kind
 * @returns {Filters} with one name shown if it was hidden, and hidden if it was shown
 */
export const toggled = (filters, kind, name, all) => {
  const { hidden, only } = filters;
  const flip = (/** @type {string[]} */ names) =>
    names.includes(name) ? names.filter((each) => each !== name) : [...names, name];
  const just = named(only, kind);
  if (just.length === 0) return { hidden: renamed(hidden, kind, flip(named(hidden, kind))), only };
  const left = flip(just);
  if (left.length > 0 && left.length < all.length) return { hidden, only: renamed(only, kind, left) };
  return { hidden: renamed(hidden, kind, left.length === 0 ? [...all] : []), only: renamed(only, kind, []) };
};
