'use strict';

/**
 * The picture's data, as the page brings it along. All scripts of the page share one scope; nothing here changes later.
 *
 * @typedef {{id: string, label: string, shape: string, group: string, type: string, also: string[], x: number,
 *   y: number}} Thing
 * @typedef {{id: number, from: string, to: string, label: string, assertion: string, status: string, family: string,
 *   bend: number, arrows: string}} Tie
 * @typedef {string | [string] | ['', string]} Part  text, the id of a thing in the picture, or another name
 * @typedef {{words: Part[], status: string, reason?: string, via?: Part[], where?: Part[], when?: string,
 *   said?: string, note?: string, articles?: number, sources?: number, originators?: string[],
 *   citations?: [string, number][],
 *   opposed?: string[], rule?: string, premises?: string[]}} Card
 * @typedef {{title: string, publisher?: string, originator?: string, published?: string, url?: string}} Source
 * @typedef {{dash: number[], width: number, end: string}} Line
 * @typedef {{centre: string, names: Object<string, string>, nodes: Thing[], edges: Tie[], options: object,
 *   lines: Object<string, Line>, meanings: Object<string, string>, cards: Object<string, Card>,
 *   sources: Object<string, Source>}} Data
 */

/** @param {string} id @returns {HTMLElement} An element that the page is known to have. */
const element = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** @type {Data} */
const DATA = JSON.parse(element('data').textContent || '{}');

/** @type {Map<string, Thing>} */
const THINGS = new Map(DATA.nodes.map((thing) => [thing.id, thing]));

/** @param {string} id @returns {Thing} A thing that is known to be in the picture. */
const thingOf = (id) => /** @type {Thing} */ (THINGS.get(id));

/** @type {Tie[]} */
const TIES = DATA.edges;

/** @type {Map<string, Card>} */
const CARDS = new Map(Object.entries(DATA.cards));

/** @type {Map<string, Source>} */
const SOURCES = new Map(Object.entries(DATA.sources));

/** The ties of every thing, in the order of the table. @type {Map<string, Tie[]>} */
const TIES_OF = new Map(DATA.nodes.map((thing) => [thing.id, []]));
for (const tie of TIES) {
  for (const end of new Set([tie.from, tie.to])) TIES_OF.get(end)?.push(tie);
}

/** @param {string} id @returns {string} What a thing is called, in full. */
const nameOf = (id) => DATA.names[id] ?? id;

/** @param {string} id @returns {number} */
const degree = (id) => TIES_OF.get(id)?.length ?? 0;

/** Things from the most to the least tied; the centre of the view leads. @type {string[]} */
const BY_WEIGHT = [...THINGS.keys()].sort(
  (a, b) => Number(b === DATA.centre) - Number(a === DATA.centre) || degree(b) - degree(a) || (a < b ? -1 : 1),
);
