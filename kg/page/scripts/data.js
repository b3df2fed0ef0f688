/**
 * The picture's data, as the page brings it along. Nothing here changes later; things that were drawn elsewhere by the
 * reader are in `places.js`.
 *
 * @typedef {{id: string, label: string, lines: string[], shape: string, group: string, type: string, also: string[],
 *   names: Object<string, string>, x: number, y: number}} Thing
 *   `label` is its name in full, `lines` the name as it is drawn, `names` its names by language
 * @typedef {{id: number, from: string, to: string, label: string, assertion: string, family: string, bend: number,
 *   symmetric: boolean, relation: string}} Tie
 * @typedef {string | [string] | ['', string]} Part  text, the id of a thing in the picture, or another name
 * @typedef {[number, string, string]} Run  from which moment (an index), which status, why
 * @typedef {{id: string, words: Part[], status: string, reason: string, mode: string, polarity: string,
 *   speakers: Part[], via: Part[], where: Part[], when: string, said: string, note: string,
 *   citations: [string, number][], takenBack: [string, number][], opposed: string[], rule: string,
 *   premises: string[], history: Run[]}} Card
 * @typedef {{id: string, title: string, publisher: string, originator: string, published: string, known: string,
 *   url: string}} Source
 * @typedef {{dash: number[], width: number, end: string}} Line
 * @typedef {{title: string, text: Part[], things: string[], ties: string[], on: string, by: string}} Step
 */

/** @param {string} id @returns {HTMLElement} An element that the page is known to have. */
export const element = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

const WIRE = JSON.parse(element('data').textContent || '{}');

/** @type {Map<string, Thing>} */
export const THINGS = new Map(
  WIRE.nodes.map((/** @type {any} */ node) => [
    node.id,
    { ...node, label: WIRE.names[node.id] ?? node.id, lines: node.label.split('\n'), names: {} },
  ]),
);

/** @param {string} id @returns {Thing} A thing that is known to be in the picture. */
export const thingOf = (id) => /** @type {Thing} */ (THINGS.get(id));

/** @type {Map<string, Card>} */
export const CARDS = new Map(
  Object.entries(WIRE.cards).map(([id, card]) => [
    id,
    {
      ...{ id, reason: '', mode: 'actual', polarity: 'asserts', speakers: [], via: [], where: [], when: '', said: '' },
      ...{ note: '', citations: [], takenBack: [], opposed: [], rule: '', premises: [], history: [] },
      .../** @type {any} */ (card),
    },
  ]),
);

/** @param {string} id @returns {Card} The card of a tie's assertion, or of one that such a card names. */
export const cardOf = (id) => /** @type {Card} */ (CARDS.get(id));

/** @type {Tie[]} */
export const TIES = WIRE.edges.map((/** @type {any} */ edge) => ({ ...edge, symmetric: edge.arrows === '' }));

/** @type {Map<string, Source>} */
export const SOURCES = new Map(
  Object.entries(WIRE.sources).map(([id, source]) => [
    id,
    { id, publisher: '', originator: '', published: '', known: '', url: '', .../** @type {any} */ (source) },
  ]),
);

/** How the lines of each status are drawn. @type {Object<string, Line>} */
export const LINES = WIRE.lines;

/** What each status means, in the ontology's words. @type {Object<string, string>} */
export const MEANINGS = WIRE.meanings;

/** The options of vis-network. */
export const OPTIONS = WIRE.options;

/** The id of the thing that the view is about, or nothing. @type {string} */
export const CENTRE = WIRE.centre;

/** The days on which knowledge changed, ascending. @type {string[]} */
export const MOMENTS = WIRE.moments ?? [];

/** The story of this view, if it has one. @type {{title: string, steps: Step[]} | null} */
export const STORY = WIRE.story ?? null;

/** The languages that names are known in, sorted. @type {string[]} */
export const LANGUAGES = [...new Set([...THINGS.values()].flatMap((thing) => Object.keys(thing.names)))].sort();

/** The ties of every thing, in the order of the table. @type {Map<string, Tie[]>} */
export const TIES_OF = new Map([...THINGS.keys()].map((id) => [id, []]));
for (const tie of TIES) {
  for (const end of new Set([tie.from, tie.to])) TIES_OF.get(end)?.push(tie);
}

/** @param {string} id @returns {number} How many ties a thing has in all. */
export const degree = (id) => TIES_OF.get(id)?.length ?? 0;

/** Things from the most to the least tied; the centre of the view leads. @type {string[]} */
export const BY_WEIGHT = [...THINGS.keys()].sort(
  (a, b) => Number(b === CENTRE) - Number(a === CENTRE) || degree(b) - degree(a) || (a < b ? -1 : 1),
);
