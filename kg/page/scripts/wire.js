/**
 * From the data as it lies in the page (small, as `kg/page/data.py` writes it) to the values that the scripts work with:
 * everything by its id, every field there. Pure.
 *
 * @typedef {{id: string, label: string, lines: string[], shape: string, group: string, type: string, also: string[],
 *   alsoFrom: Object<string, string>, names: Object<string, string>, linesIn: Object<string, string[]>, lang: string,
 *   occasions: [number, string?, string?, number?][], ids: [string, string][], merged: string[], labels: [string, string, string][], hub: string, x: number, y: number}} Thing
 *   `label` is its name in full (in the language `lang`, if that is said), `lines` the name as it is drawn, `names` and
 *   `linesIn` the same in other languages; `alsoFrom` tells of those in `also` that articles are cited for from which day on they
 *   were known; `occasions` tell from which moment (an index) on an event was known to have had which first day, its date in words, and 1 where
 *   it was only planned; `ids` are those of other registers, each with its address if it has one;
 *   `merged` are the other ids that stand here for it; `hub` is what it stands around in a large picture (itself, if it is
 *   a hub), or nothing;
 *   `labels` are those of each time, where they changed: the first day (the first has none), the label, and its lines
 * @typedef {{id: string, label: string, lang: string}} Other  a thing that is named in words and not drawn
 * @typedef {{id: number, from: string, to: string, label: string, assertion: string, family: string, line: number,
 *   symmetric: boolean, relation: string, change: string, text?: string}} Tie  `to` is nothing and `text` is there where the object is a text or a figure; `relation` is a prefixed name, or an IRI; `line` is the number of the first tie that is on one line with it, `change` is what became of it since an earlier version, if that is told
 * @typedef {string | [string] | [string, string]} Part  text, the id of a thing in the picture, or that id (or nothing,
 *   where it is not in the picture) and the words that stand for it
 * @typedef {string | {thing: Part} | {card: string}} ReasonPart  text, a thing, or an assertion by its id
 * @typedef {[string | null, string | null]} Range  a first and a last day; null where there is no limit
 * @typedef {[number, Card | null][]} History  from which moment (an index) on a card was how; null where it was not there
 * @typedef {{id: string, row: number, words: Part[], status: string, reason: string, reasonParts: ReasonPart[],
 *   mode: string, polarity: string, subject: string, object: string, thingRows: number[], speakerIds: string[], speakers: Part[], via: Part[], where: Part[],
 *   with: string, when: string, said: string, note: string, holds: string, citations: Cited[],
 *   quotes: [string, number | string, string][],
 *   against: string[], rule: string, followsFrom: string[], about: Part[], speaksOf: string[], ofThis: string[], sources: number, articles: number, originators: string[], basis: string,
 *   ends: string[], begins: string[], limits: string[], bearing: string, details: Detail[], lastReport: string, line: string,
 *   starts: string, sorts: string, possible: Range[] | null, certain: Range[], lasting: Range[], change: string, before: [string, string][],
 *   history: History}} Card
 *   an assertion as it stands today; `quotes` are words that citations quote, each with article and place; `subject` and `object` are ids, `object` nothing where it is a text; `thingRows` are those of all things
 *   in it; on the days in
 *   `possible` it possibly holds (null where it is undated), on those in `certain` certainly, on those left in `lasting` as far as known; `starts` is the first of them, `sorts` a day to sort by
 *   where there is none; `before` tells of each part
 *   that changed since an earlier version how it was; `ends` and `begins` name the state that it says to have ended or
 *   begun, `limits` what says so of it, and `bearing` how such a one bears on its state, in words; `line` is the status as
 *   which it is drawn, if not as its own
 * @typedef {[string, [string, string, string[]][]]} Detail  what is contested while the rest is agreed: its name, and each
 *   value of it with who says so, in words, and the cards that do
 * @typedef {[string, number | string, number?]} Cited  an article and a paragraph, or another place in words; how often it is cited, if more than once
 * @typedef {{id: string, row: number, title: string, publisher: string, originator: string, published: string,
 *   known: string, url: string, archived: string, remarks: [string, string][], thingRows: number[]}} Source
 *   what became of a source is told in `remarks`, each with the day from which on it was known (or nothing)
 * @typedef {{dash: number[], width: number, end: string, rank: number}} Stroke  how the lines of a status are drawn; of the
 *   ties on one line the one of the lowest rank tells how it is drawn
 * @typedef {{card: string, article: string, place: number | string, words: string}} Quotation  words of an article, by the
 *   card that they bear out
 * @typedef {{title: string, text: Part[], things: string[], ties: string[], on: string, by: string,
 *   quote: Quotation | null}} Step
 * @typedef {{title: string, rows: string[], columns: string[], left: number}} Grid  the things of two classes that face
 *   each other, and how many had no room
 * @typedef {{actor: string, card: string, word: string, sign: string}} Cell  what somebody holds, in words and by the name
 *   of its mark; the articles themselves have no id
 * @typedef {{title: string, kind: string, flags: string[], contested: boolean, silent: string[],
 *   rows: {answer: string, flags: string[], cells: Cell[]}[]}} Question
 * @typedef {{dispute: string, title: string, actors: string[], sides: [string, string[]][], names: Object<string, string>,
 *   shortNames: Object<string, string>, questions: Question[],
 *   runs: [number, string?, number[]?][]}} Matrix
 *   `sides` are the parties of the dispute, each with those actors who are on it, and a question's `silent` those sides that say
 *   nothing to it; `names` and `shortNames` are those of actors and sides that are not in the picture; `runs` tell from which moment on how the dispute stands in
 *   words, and which questions (indexes) there are
 * @typedef {{card: string, date: string, runs: [number, number?, string?, number?, string?][]}} LifeStep
 *   an assertion (its id) that moves a life on, is ahead in it, or is said of it; from which moment on it is which of
 *   these (0, 1, 2), its stage in words, 1 where its status need not be said, and its date where that was another
 * @typedef {{thing: string, steps: LifeStep[], summaries: [number, string, string][],
 *   parties: [number, [Part, string][]][]}} Life
 *   `summaries` tell from which moment (an index) on where the thing stood, in words, and how surely; the index after
 *   the last moment is that of all that is known; `parties` tell the same of each party of a pact
 */

import { decode } from './columns.js';

/**
 * @typedef {number | string | [number, string]} Named  the row of a thing (those that are not drawn follow the others),
 *   or a text, or a thing under another name
 */

/** The fields of a card that need not be there. */
const CARD = {
  reason: '',
  mode: 'actual',
  polarity: 'asserts',
  when: '',
  said: '',
  note: '',
  holds: '',
  rule: '',
  basis: '',
  with: '',
  starts: '',
  sorts: '',
  change: '',
  sources: 0,
  articles: 0,
  before: [],
  reasonParts: [],
  speakers: [],
  via: [],
  where: [],
  citations: [],
  quotes: [],
  against: [],
  followsFrom: [],
  about: [],
  speaksOf: [],
  ofThis: [],
  originators: [],
  ends: [],
  begins: [],
  limits: [],
  bearing: '',
  details: [],
  lastReport: '',
  line: '',
};

/** The fields of a thing that need not be there. */
const THING = { type: '', also: [], alsoFrom: {}, names: {}, lang: '', occasions: [], ids: [], merged: [], labels: [] };

/** @param {number | string} lines @param {string} label @returns {string[]} */
const linesOf = (lines, label) => {
  if (typeof lines === 'string') return lines.split('\n');
  if (lines === 0) return [label];
  const words = label.split(' ');
  return [words.slice(0, lines).join(' '), words.slice(lines).join(' ')];
};

/** @param {string[]} lines @returns {string} A name without its breaks: one within a word ends its line unseen. */
export const joinLines = (lines) => lines.join(' ').replaceAll('\u200b ', '');

/**
 * The tables that others name rows of, as they lie in the page. `things` are those that are drawn, then the others.
 *
 * @typedef {{drawnCount: number, things: any[], cards: any[], sources: any[]}} Tables
 * @typedef {(value: any, raw: any) => unknown} Reader  of a field of a record
 */

/** @param {Tables} tables @param {Named} name @returns {Part} */
const partOf = ({ things, drawnCount }, name) => {
  if (typeof name === 'string') return ['', name];
  const [row, ...words] = /** @type {[number, string?]} */ ([name].flat());
  const { id, label } = things[row];
  return /** @type {Part} */ (row < drawnCount ? [id, ...words] : ['', label]);
};

/** @param {Tables} tables @param {(string | null)[]} pattern @param {Named[]} names @returns {Part[]} */
const sentenceOf = (tables, pattern, names) => {
  const rest = names.map((name) => partOf(tables, name));
  return pattern.map((text) => text ?? /** @type {Part} */ (rest.shift()));
};

/** @param {Tables} tables @param {number | string} row  or a text, which has no id @returns {{id: string, label: string}} */
const namedBy = ({ things }, row) => (typeof row === 'string' ? { id: '', label: row } : things[row]);

/** @param {Tables} tables @param {string | number | [number]} part @returns {ReasonPart} */
const reasonPartOf = (tables, part) => {
  if (typeof part === 'string') return part;
  return typeof part === 'number' ? { thing: partOf(tables, part) } : { card: tables.cards[part[0]].id };
};

/** @param {Tables} tables @returns {Object<string, Reader>} How the fields of a card are read that are not as they lie there. */
const cardReaders = (tables) => {
  const parts = (/** @type {Named[]} */ names) => names.map((name) => partOf(tables, name));
  const ids = (/** @type {number[]} */ rows) => rows.map((row) => tables.cards[row].id);
  const places = (/** @type {[number, number | string, number?][]} */ cited) =>
    cited.map(([row, ...place]) => [tables.sources[row].id, ...place]);
  return {
    words: (pattern, { named }) => sentenceOf(tables, pattern, named ?? []),
    reasonParts: (reason) => reason.map((/** @type {any} */ part) => reasonPartOf(tables, part)),
    subject: (row) => namedBy(tables, row).id,
    object: (row) => namedBy(tables, row).id,
    speakers: parts,
    via: parts,
    where: parts,
    about: parts,
    against: ids,
    followsFrom: ids,
    speaksOf: ids,
    ofThis: ids,
    ends: ids,
    begins: ids,
    limits: ids,
    details: (details) =>
      details.map((/** @type {[string, [string, string, number[]][]]} */ [name, values]) => [
        name,
        values.map(([value, who, rows]) => [value, who, ids(rows)]),
      ]),
    citations: places,
    quotes: places,
  };
};

/**
 * @param {Object<string, Reader>} readers @param {any} raw @param {any} [whole]  the record that they are of
 * @returns {Object<string, any>} The fields that are there, read
 */
const readFields = (readers, raw, whole = raw) => {
  const fields = Object.entries(raw).map(([field, value]) => {
    if (value === null) return [field, Reflect.get(CARD, field)];
    return [field, readers[field]?.(value, whole) ?? value];
  });
  return Object.fromEntries(fields);
};

/** @param {Range[][] | null | undefined} bounds @returns {Pick<Card, 'possible' | 'certain' | 'lasting'>} */
const daysFrom = (bounds) => {
  const [possible = null, certain = possible ?? [], lasting = []] = bounds ?? [];
  return { possible, certain, lasting };
};

/** @param {Tables} tables @param {Object<string, Reader>} readers @param {any} raw @param {number} row @returns {Card} */
const cardFrom = (tables, readers, { runs, since = -1, bounds, ...raw }, row) => {
  const { subject, object, speakers = [], via = [], where = [] } = raw;
  const thingRows = [subject, object, ...speakers, ...via, ...where].filter(Number.isInteger);
  const speakerIds = speakers.map((/** @type {number | string} */ name) => namedBy(tables, name).id).filter(Boolean);
  const fields = { ...CARD, ...readFields(readers, raw), row, thingRows, speakerIds, ...daysFrom(bounds) };
  const card = /** @type {Card} */ (/** @type {unknown} */ ({ ...fields, history: [] }));
  const versions = (runs ?? [[since, {}]]).map((/** @type {[number, any?]} */ [moment, patch]) => {
    if (!patch) return [moment, null];
    if (Object.keys(patch).length === 0) return [moment, card];
    const { bounds: then, ...others } = patch;
    // A sentence is its pattern and its names: either may be as today.
    const whole = { ...raw, ...others };
    const changed = 'named' in others ? { ...others, words: whole.words } : others;
    const read = readFields(readers, changed, whole);
    return [moment, { ...card, ...read, ...(then === undefined ? {} : daysFrom(then)) }];
  });
  card.history.push(...versions);
  return card;
};

/** @param {Tables} tables @param {any} raw @returns {Thing} */
const thingFrom = ({ things }, { lines = 0, namesIn = {}, hub, ...raw }) => {
  const names = /** @type {[string, string][]} */ (Object.entries(raw.names ?? {}));
  const linesIn = Object.fromEntries(names.map(([tag, name]) => [tag, linesOf(namesIn[tag] ?? 0, name)]));
  return { ...THING, ...raw, lines: linesOf(lines, raw.label), linesIn, hub: things[hub]?.id ?? '' };
};

/** @param {Tables} tables @param {any} raw @param {number} row @returns {Source} */
const sourceFrom = (tables, raw, row) => {
  const { publishers = [], originators = [], ...rest } = raw;
  const labels = (/** @type {(number | string)[]} */ names) =>
    names.map((name) => namedBy(tables, name).label).join(', ');
  const thingRows = [...publishers, ...originators].filter(Number.isInteger);
  return {
    published: '',
    known: '',
    url: '',
    archived: '',
    remarks: [],
    ...rest,
    row,
    thingRows,
    publisher: labels(publishers),
    originator: labels(originators),
  };
};

/** @param {Tables} tables @param {any} raw  without ends it is a fact @param {number} id @returns {Tie} */
const tieFrom = ({ things, cards }, { card, from, to, ...raw }, id) => {
  const { id: assertion, subject, object } = cards[card];
  const isFact = from === undefined;
  const ends = isFact
    ? { from: things[subject].id, to: '', text: object }
    : { from: things[from].id, to: things[to].id };
  return { label: '', symmetric: false, relation: '', change: '', line: id, ...raw, id, assertion, ...ends };
};

/** @param {Tables} tables @param {any} matrix @returns {Matrix} */
const matrixFrom = ({ cards }, matrix) => ({
  ...matrix,
  questions: matrix.questions.map((/** @type {any} */ question) => ({
    flags: [],
    contested: false,
    silent: [],
    ...question,
    rows: question.rows.map((/** @type {any} */ row) => ({
      flags: [],
      ...row,
      cells: row.cells.map((/** @type {[string, number, string, string]} */ [actor, card, word, sign]) => ({
        actor,
        card: cards[card].id,
        word,
        sign,
      })),
    })),
  })),
});

/** @param {Tables} tables @param {any} raw @returns {Life} */
const lifeFrom = (tables, { thing, steps, summaries, parties }) => ({
  thing: tables.things[thing].id,
  steps: steps.map((/** @type {[number, string, LifeStep['runs']]} */ [row, date, runs]) => ({
    card: tables.cards[row].id,
    date,
    runs,
  })),
  summaries,
  parties: (parties ?? []).map((/** @type {[number, [Named, string][]]} */ [moment, lines]) => [
    moment,
    lines.map(([name, words]) => [partOf(tables, name), words]),
  ]),
});

/** @param {Tables} tables @param {[number, number, number | string, string] | undefined} quote @returns {Quotation | null} */
const quotationFrom = ({ cards, sources }, quote) => {
  if (!quote) return null;
  const [card, article, place, words] = quote;
  return { card: cards[card].id, article: sources[article].id, place, words };
};

/** @param {any} wire  the page's JSON */
export const unpack = (wire) => {
  const drawnThings = decode(wire.things);
  const others = decode(wire.others).map((raw) => /** @type {Other} */ ({ lang: '', ...raw }));
  /** @type {Tables} */
  const tables = {
    drawnCount: drawnThings.length,
    things: [...drawnThings, ...others],
    cards: decode(wire.cards),
    sources: decode(wire.sources),
  };
  const readers = cardReaders(tables);
  return {
    things: drawnThings.map((raw) => thingFrom(tables, raw)),
    others,
    ties: decode(wire.ties).map((raw, row) => tieFrom(tables, raw, row)),
    facts: decode(wire.facts).map((raw, row) => tieFrom(tables, raw, wire.ties.n + row)),
    cards: tables.cards.map((raw, row) => cardFrom(tables, readers, raw, row)),
    sources: tables.sources.map((raw, row) => sourceFrom(tables, raw, row)),
    matrices: /** @type {any[]} */ (wire.matrices).map((matrix) => matrixFrom(tables, matrix)),
    lives: decode(wire.lives).map((raw) => lifeFrom(tables, raw)),
    /** @type {Grid | null} */
    grid: wire.grid && {
      ...wire.grid,
      rows: wire.grid.rows.map((/** @type {number} */ row) => tables.things[row].id),
      columns: wire.grid.columns.map((/** @type {number} */ row) => tables.things[row].id),
    },
    blocs: wire.blocs.map((/** @type {[number, number[]]} */ [pole, members]) => ({
      id: /** @type {string} */ (tables.things[pole].id),
      things: members.map((row) => /** @type {string} */ (tables.things[row].id)),
    })),
    /** @type {{title: string, steps: Step[]} | null} */
    story: wire.story && {
      ...wire.story,
      steps: wire.story.steps.map((/** @type {any} */ { words, named, quote, ...step }) => ({
        ...step,
        text: sentenceOf(tables, words, named),
        quote: quotationFrom(tables, quote),
      })),
    },
  };
};
