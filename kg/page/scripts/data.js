/**
 * The picture's data, as the page brings it along. Nothing here changes later; things that were drawn elsewhere by the
 * reader are in `places.js`, and what the values are is told in `wire.js`.
 *
 * @typedef {import('./wire.js').Thing} Thing
 * @typedef {import('./wire.js').Tie & {card: Card}} Tie
 * @typedef {import('./wire.js').Part} Part
 * @typedef {import('./wire.js').Card} Card
 * @typedef {import('./wire.js').Source} Source
 * @typedef {import('./wire.js').Stroke} Stroke
 * @typedef {import('./wire.js').Step} Step
 * @typedef {import('./wire.js').Matrix} Matrix
 */

import { decode } from './columns.js';
import { unpack } from './wire.js';

/** @param {string} id @returns {HTMLElement} An element that the page is known to have. */
export const element = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

const WIRE = JSON.parse(element('data').textContent || '{}');
const { things, ties, facts, cards, sources, others, matrices, grid, lives, blocs, story } = unpack(WIRE);

/** @template {{id: string}} R @param {R[]} records @returns {Map<string, R>} */
const byId = (records) => new Map(records.map((record) => [record.id, record]));

export const THINGS = byId(things);

/** The id that a thing has here, by each other one that the sources give it. @type {Map<string, string>} */
export const MAIN_IDS = new Map(things.flatMap(({ id, merged }) => merged.map((other) => [other, id])));

/** Things that are named in words and not drawn, by id. */
export const OTHERS = byId(others);

/** @param {string} id @returns {Thing} A thing that is known to be in the picture. */
export const thingOf = (id) => /** @type {Thing} */ (THINGS.get(id));

export const CARDS = byId(cards);

/** @param {string} id @returns {Card} The card of a tie's assertion, or of one that such a card names. */
export const cardOf = (id) => /** @type {Card} */ (CARDS.get(id));

/** @type {Tie[]} */
export const TIES = ties.map((tie) => ({ ...tie, card: cardOf(tie.assertion) }));

/** What is said of things in words and figures: like ties that lead to no thing. @type {Tie[]} */
export const FACTS = facts.map((fact) => ({ ...fact, card: cardOf(fact.assertion) }));

/** The rows of the table, by their numbers. @type {Tie[]} */
export const ROWS = [...TIES, ...FACTS];

export const SOURCES = byId(sources);

/** What belongs together: a pole (its id) and the things of its region. @type {{id: string, things: string[]}[]} */
export const BLOCS = blocs;

/** The positions in the disputes that are in the picture. @type {Matrix[]} */
export const MATRICES = matrices;

/** The matrix of two classes, if the view asks for one. @type {import('./wire.js').Grid | null} */
export const GRID = grid;

/** The lives of things that have one, by id. @type {Map<string, import('./wire.js').Life>} */
export const LIVES = new Map(lives.map((each) => [each.thing, each]));

/** How the lines of each status are drawn. @type {Object<string, Stroke>} */
export const STROKES = WIRE.lines;

/** What is drawn on the lines of each family beside their colour. @type {Object<string, string>} */
export const MARKS = WIRE.marks;

/** The words of each date of the sources, by the date as written. @type {Object<string, string>} */
export const DATES = WIRE.dates;

/** What readers call a status, where that is not its name. @type {Object<string, string>} */
const STATUS_WORDS = WIRE.statusWords;

/** @param {string} status @returns {string} What readers call it. */
export const statusName = (status) => STATUS_WORDS[status] ?? status;

/** What each relation is called, by its prefixed name or IRI. @type {Object<string, string>} */
export const RELATIONS = WIRE.relations;

/** What each status means, in the ontology's words. @type {Object<string, string>} */
export const MEANINGS = WIRE.meanings;

/** The options of vis-network. */
export const OPTIONS = WIRE.options;

/** The name of the view. @type {string} */
export const VIEW = WIRE.view;

/** What the whole page was looked at through when it was built, in words, or nothing. @type {string} */
export const LENS = WIRE.lens;

/**
 * Where the page compares two versions: what the earlier one is called, and for each kind of change, in order, sign and word,
 * and whether it says that a tie is gone.
 *
 * @type {{since: string, marks: Map<string, {sign: string, word: string, isGone: boolean}>} | null}
 */
export const CHANGES = WIRE.changes && {
  since: WIRE.changes.since,
  marks: new Map(
    WIRE.changes.marks.map((/** @type {[string, string, string, boolean?]} */ [kind, sign, word, isGone = false]) => [
      kind,
      { sign, word, isGone },
    ]),
  ),
};

/** @param {import('./columns.js').Columns[]} tables @returns {any[]} The records of all of them. */
const decodeAll = (tables) => tables.flatMap(decode);

/**
 * The graph's own triples of what the page can show; null where these are too many for a page.
 *
 * @type {{prefixes: Object<string, string>, statements: import('./rdf.js').NodeVersion[],
 *   things: import('./rdf.js').NodeVersion[], articles: import('./rdf.js').NodeVersion[]} | null}
 */
export const RDF = WIRE.rdf && {
  prefixes: WIRE.rdf.prefixes,
  statements: decodeAll(WIRE.rdf.statements),
  things: decodeAll(WIRE.rdf.things),
  articles: decodeAll(WIRE.rdf.articles),
};

/** What a spreadsheet would run, as a pattern. */
export const CSV_GUARD = new RegExp(WIRE.csvGuard);

/** The id of the thing that the view is about, or nothing. @type {string} */
const CENTRE = WIRE.centre;

/** The days on which knowledge changed, ascending; each is a moment. @type {string[]} */
export const MOMENTS = WIRE.moments;

/** What changed on each of these days, in words. @type {string[]} */
export const NEWS = WIRE.news;

/** How many such days there are in all, where some are left out of `MOMENTS`; else 0. @type {number} */
export const DAYS = WIRE.days;

/** The story of this view, if it has one. @type {{title: string, steps: Step[]} | null} */
export const STORY = story;

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
