/**
 * The shortest way between two things over ties. Pure.
 *
 * @typedef {import('./data.js').Tie} Tie
 */

/**
 * By breadth-first search; of equally short ways the one whose ties come first in the table.
 *
 * @param {string} from @param {string} to
 * @param {(id: string) => Tie[]} tiesOf  the ties of a thing, in either direction
 * @returns {Tie[]} the ties of the way, from the first thing on; empty where there is none
 */
export const shortestPath = (from, to, tiesOf) => {
  /** @type {Map<string, Tie | null>} */
  const cameBy = new Map([[from, null]]);
  const queue = [from];
  for (const id of queue) {
    if (id === to) break;
    for (const tie of tiesOf(id)) {
      const other = tie.from === id ? tie.to : tie.from;
      if (cameBy.has(other)) continue;
      cameBy.set(other, tie);
      queue.push(other);
    }
  }
  const way = [];
  for (let id = to, tie = cameBy.get(id); tie; tie = cameBy.get(id)) {
    way.unshift(tie);
    id = tie.from === id ? tie.to : tie.from;
  }
  return way;
};
