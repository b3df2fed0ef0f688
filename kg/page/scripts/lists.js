/** Lists in parts. Pure. */

/**
 * @template T, K @param {Iterable<T>} items @param {(item: T) => K} keyOf
 * @returns {Map<K, T[]>} the items of each key, both in the order in which they come
 */
export const groupBy = (items, keyOf) => {
  /** @type {Map<K, T[]>} */
  const groups = new Map();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
};
