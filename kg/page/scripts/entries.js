/**
 * The entries of the legend: every name of each kind that the picture holds, under any lens, and how many ties or things
 * each would show now.
 *
 * @typedef {import('./address.js').Kind} Kind
 * @typedef {Map<string, number>} Counts  by name
 * @typedef {Record<Kind, Counts>} Entries
 */

import { THINGS, TIES, TIES_OF } from './data.js';
import { gate, KINDS } from './filters.js';
import { state } from './state.js';
import { hidingTies, isSeen, isThingShown, namesOf, speakersOf } from './visibility.js';

/** @returns {Entries} */
const none = () => /** @type {Entries} */ (Object.fromEntries(KINDS.map((kind) => [kind, new Map()])));

/** @param {Counts} counts @param {string} name @param {number} [more] */
const add = (counts, name, more = 1) => {
  counts.set(name, (counts.get(name) ?? 0) + more);
};

/** @type {Entries | null} */
let all = null;

/** @returns {Entries} All entries, with the numbers of all ties and things that there are under no lens. */
export const allEntries = () => {
  if (all) return all;
  all = none();
  for (const { group, type } of THINGS.values()) {
    add(all.look, group);
    add(all.class, type);
  }
  for (const tie of TIES) {
    const { card } = tie;
    add(all.family, tie.family);
    add(all.relation, tie.relation);
    add(all.change, tie.change);
    add(all.status, card.status);
    for (const [, version] of card.history) if (version) add(all.status, version.status, 0);
    const sources = new Set(card.citations.map(([source]) => source));
    for (const source of sources.size > 0 ? sources : ['']) add(all.source, source);
    for (const speaker of speakersOf(card)) add(all.speaker, speaker);
  }
  return all;
};

/**
 * @param {import('./visibility.js').Names} names
 * @returns {Kind[]} in which kinds ties that have these count: where no other kind hides them
 */
const countedKinds = (names) => {
  const hiding = hidingTies(names);
  if (hiding.length > 1) return [];
  const kinds = hiding.length === 1 ? hiding : KINDS;
  return kinds.filter((kind) => kind !== 'look' && kind !== 'class');
};

/** @param {Entries} counts  to which things are added, by their looks and classes */
const countThings = (counts) => {
  const [looks, classes] = [gate(state, 'look'), gate(state, 'class')];
  for (const { id, group, type } of THINGS.values()) {
    const isThere = looks(group) && classes(type) ? isThingShown(id) : (TIES_OF.get(id) ?? []).some(isSeen);
    if (isThere && classes(type)) add(counts.look, group);
    if (isThere && looks(group)) add(counts.class, type);
  }
};

/**
 * @returns {Entries} What ticking each entry shows, by lens and the other kinds of filters: what entries of a kind show
 *   together is what there is to see
 */
export const countsNow = () => {
  const counts = none();
  for (const [names, { length }] of Map.groupBy(TIES.filter(isSeen), namesOf)) {
    for (const kind of countedKinds(names)) for (const name of names[kind] ?? []) add(counts[kind], name, length);
  }
  countThings(counts);
  return counts;
};
