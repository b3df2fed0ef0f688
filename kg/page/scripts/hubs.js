/**
 * The hubs of a large picture: each stands for what is grouped around it, until the reader opens that. Who belongs to whom
 * is told by kg (`kg/viz/layout/hubs.py`).
 */

import { BY_WEIGHT, thingOf } from './data.js';

/** So many members of a group, or neighbours of a chosen thing, are shown at a time. */
export const PAGE = 120;

/** What is grouped around each hub, the hub itself among it, most tied first. @type {Map<string, string[]>} */
const GROUPS = Map.groupBy(
  BY_WEIGHT.filter((id) => thingOf(id).hub),
  (id) => thingOf(id).hub,
);

/** The hubs, most tied first; none in a picture that was not large when it was built. */
export const HUBS = BY_WEIGHT.filter((id) => thingOf(id).hub === id);

/** @param {string} hub @returns {string[]} What is grouped around it. */
export const membersOf = (hub) => (GROUPS.get(hub) ?? []).filter((id) => id !== hub);

/**
 * @param {readonly string[]} opened  hubs, each as often as the reader asked for more
 * @param {(id: string) => boolean} isShown
 * @returns {string[]} the members that are shown of their groups
 */
export const openedMembers = (opened, isShown) =>
  [...Map.groupBy(opened, (id) => id)].flatMap(([hub, times]) =>
    membersOf(hub)
      .filter(isShown)
      .slice(0, times.length * PAGE),
  );

/**
 * Pairs of hubs with how many things are tied to both.
 *
 * @typedef {{from: string, to: string, count: number}} Bundle
 * @param {Iterable<Iterable<string>>} shared  for each thing the hubs that it is tied to
 * @param {number} most  so many bundles of a hub, the strongest, are kept at least
 * @returns {Bundle[]}
 */
export const bundlesOf = (shared, most) => {
  const sets = [...shared].map((hubs) => [...hubs]);
  const hubs = [...new Set(sets.flat())].sort();
  const numbers = new Map(hubs.map((id, number) => [id, number]));
  const counts = new Uint32Array(hubs.length ** 2);
  for (const set of sets) {
    const own = set.map((id) => /** @type {number} */ (numbers.get(id))).sort((a, b) => a - b);
    own.forEach((from, index) => {
      for (const to of own.slice(index + 1)) counts[from * hubs.length + to] += 1;
    });
  }
  /** @type {Bundle[]} */
  const all = [];
  counts.forEach((count, index) => {
    const [from, to] = [hubs[Math.floor(index / hubs.length)], hubs[index % hubs.length]];
    if (count > 0) all.push({ from, to, count });
  });
  /** @type {Map<string, number>} */
  const kept = new Map();
  // Of equal ones, the first by their names: that is their order.
  return all
    .sort((a, b) => b.count - a.count)
    .filter(({ from, to }) => {
      const [one, other] = [kept.get(from) ?? 0, kept.get(to) ?? 0];
      if (one >= most && other >= most) return false;
      kept.set(from, one + 1);
      kept.set(to, other + 1);
      return true;
    });
};

/**
 * Places on rings around 0, 0.
 *
 * @param {readonly string[]} ids @param {number} wide @param {number} high  the room of each
 * @returns {Map<string, {x: number, y: number}>}
 */
export const onRings = (ids, wide, high) => {
  const places = new Map();
  // The first keeps some way off: all lines meet in the middle.
  let [ring, slot] = [1.5, 0];
  for (const id of ids) {
    if (slot === Math.floor(2 * Math.PI * ring)) [ring, slot] = [ring + 1, 0];
    // The last ring is spread over the whole of it, too.
    const room = Math.min(Math.floor(2 * Math.PI * ring), ids.length - places.size + slot);
    const angle = (2 * Math.PI * (slot + (ring % 2) / 2)) / room - Math.PI / 2;
    places.set(id, { x: Math.round(Math.cos(angle) * ring * wide), y: Math.round(Math.sin(angle) * ring * high) });
    slot += 1;
  }
  return places;
};
