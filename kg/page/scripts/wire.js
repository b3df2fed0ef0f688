/**
 * From the data as it lies in the page (small, as `kg/page/data.py` writes it) to the values that the scripts work with:
 * everything by its id, every field there. Pure.
 *
 * @typedef {{id: string, label: string, lines: string[], shape: string, group: string, type: string, also: string[],
 *   alsoFrom: Object<string, string>, names: Object<string, string>, lang: string, class: string, x: number,
 *   y: number}} Thing
 *   `label` is its name in full (in the language `lang`, if that is said), `lines` the name as it is drawn, `names` its
 *   names in other languages; `alsoFrom` tells of those in `also` that articles are cited for from which day on they
 *   were known
 * @typedef {{id: string, label: string, lang: string}} Other  a thing that is named in words and not drawn
 * @typedef {{id: number, from: string, to: string, label: string, assertion: string, family: string, bend: number,
 *   symmetric: boolean, relation: string, change: string}} Tie  `relation` is a prefixed name, or an IRI; `change` is what
 *   became of it since an earlier version, if that is told
 * @typedef {string | [string] | [string, string]} Part  text, the id of a thing in the picture, or that id (or nothing,
 *   where it is not in the picture) and the words that stand for it
 * @typedef {[number, string, string, string[]]} Run  from which moment (an index) on, which status (nothing: it is not
 *   there), why, and the ids of what stood against it
 * @typedef {[string | null, string | null]} Range  a first and a last day; null where there is no limit
 * @typedef {{possible: Range[], certain: Range[], certainAt: [number, Range[]][]}} Bounds
 *   the days on which something possibly and certainly holds; `certainAt`, if not empty, tells which days were certain
 *   from which moment (an index) on
 * @typedef {{id: string, words: Part[], wordsBefore: Part[], status: string, reason: string, mode: string,
 *   polarity: string, speakers: Part[], via: Part[], where: Part[], when: string, said: string, note: string,
 *   holds: string, citations: Cited[], takenBack: Cited[], opposed: string[], rule: string,
 *   premises: string[], sources: number, originators: string[], history: Run[], bounds: Bounds | null, change: string,
 *   before: [string, string][], ids: Ids}} Card
 *   `wordsBefore` is what a withdrawn one said before its withdrawal was known; `bounds` is null where it is undated;
 *   `before` tells of each part that changed since an earlier version how it was
 * @typedef {[string, number, number?]} Cited  an article and a paragraph; how often it is cited, if more than once
 * @typedef {{subject: string, object: string, text: string, speakers: string[], via: string[], where: string[]}} Ids
 *   the things of an assertion, drawn or not; a text has no id as its object
 * @typedef {{id: string, title: string, publisher: string, originator: string, published: string, known: string,
 *   url: string, publisherId: string, originatorId: string, writer: string}} Source
 *   `writer` is whose source it counts as: an id, or a name where there is none
 * @typedef {{dash: number[], width: number, end: string}} Line
 * @typedef {{title: string, text: Part[], things: string[], ties: string[], on: string, by: string}} Step
 * @typedef {{dispute: string, title: string, actors: string[], names: Object<string, string>, rows: {question: string,
 *   answer: string, kind: string, cells: Object<string, {card: string, word: string}[]>}[],
 *   sides: {name: string, actors: string[]}[]}} Matrix
 *   `names` are those of actors that are not in the picture; the articles themselves are the actor without an id; for
 *   each of the `sides` it is told which actors speak for it
 * @typedef {{assertion: string, stage: string, ahead: string, outcome: string, realisedBy: string}} LifeStep
 *   an assertion (its id) that moves a life on, or says so; `ahead` says how it is meant where it did not happen yet,
 *   `outcome` what became of that, and `realisedBy` which assertion (its id) tells so
 * @typedef {{thing: string, steps: LifeStep[], summaries: [number, string, string][]}} Lives
 *   `summaries` tell from which moment (an index) on where the thing stood, in words, and how surely; the index after
 *   the last moment is that of all that is known
 */

import { decode } from './columns.js';

/**
 * @typedef {number | string | [number, string]} Named  the row of a thing (those that are not drawn follow the others),
 *   or a text, or a thing under another name
 */

/** @param {number | string} lines @param {string} label @returns {string[]} */
const linesOf = (lines, label) => {
  if (typeof lines === 'string') return lines.split('\n');
  if (lines === 0) return [label];
  const words = label.split(' ');
  return [words.slice(0, lines).join(' '), words.slice(lines).join(' ')];
};

/** @param {Range[][] | undefined} bounds @param {[number, Range[]][]} certainAt @returns {Bounds | null} */
const boundsOf = (bounds, certainAt) =>
  bounds ? { possible: bounds[0], certain: bounds[1] ?? bounds[0], certainAt } : null;

/** @param {any} wire  the page's JSON */
export const unpacked = (wire) => {
  const rawThings = decode(wire.things);
  const rawCards = decode(wire.cards);
  const rawSources = decode(wire.sources);
  const rawOthers = decode(wire.others);

  /** @param {Named} name @returns {Part} */
  const part = (name) => {
    if (typeof name === 'string') return ['', name];
    if (typeof name !== 'number') return [rawThings[name[0]].id, name[1]];
    return name < rawThings.length ? [rawThings[name].id] : ['', rawOthers[name - rawThings.length].label];
  };

  /** @param {Named} [name] @returns {{id: string, label: string}} A thing, drawn or not; a text has no id. */
  const named = (name = '') => {
    if (typeof name === 'string') return { id: '', label: name };
    const row = typeof name === 'number' ? name : name[0];
    return /** @type {any} */ (rawThings[row] ?? rawOthers[row - rawThings.length]);
  };

  /** @param {Named[]} [names] @returns {string[]} */
  const idsOf = (names = []) => names.map((name) => named(name).id).filter(Boolean);

  /** @param {(string | null)[]} pattern @param {Named[]} named @returns {Part[]} */
  const sentence = (pattern = [], named = []) => {
    let next = 0;
    return pattern.map((text) => {
      if (text !== null) return text;
      next += 1;
      return part(named[next - 1]);
    });
  };

  /** @param {Named[]} [named] @returns {Part[]} */
  const parts = (named = []) => named.map(part);

  /** @param {number[]} [rows] @returns {string[]} */
  const cardIds = (rows = []) => rows.map((row) => rawCards[row].id);

  /** @param {[number, number, number?][]} [places] @returns {Cited[]} */
  const places = (places = []) => places.map(([source, ...place]) => [rawSources[source].id, ...place]);

  /** @param {[number, string, string, number[]?]} run @returns {Run} */
  const run = ([moment, status, reason, against]) => [moment, status, reason, cardIds(against)];

  const sources = rawSources.map(
    (raw) =>
      /** @type {Source} */ ({
        ...{ published: '', known: '', url: '', ...raw },
        ...{ publisher: named(raw.publisher).label, publisherId: named(raw.publisher).id },
        ...{ originator: named(raw.originator).label, originatorId: named(raw.originator).id },
        writer: raw.countedAs || named(raw.originator).id || named(raw.originator).label,
      }),
  );

  /** @param {[number, number, number?][]} [cited] @returns {string[]} Who wrote the cited articles: each once. */
  const writers = (cited = []) => [...new Set(cited.map(([source]) => sources[source].originator))].sort();

  /** @param {Object<string, any>} raw @returns {Card} */
  const card = (raw) => {
    const opposed = cardIds(raw.opposed);
    const reason = raw.reason ?? '';
    const originators = raw.originators ?? writers(raw.citations);
    return {
      id: raw.id,
      words: sentence(raw.words, raw.named),
      wordsBefore: sentence(raw.wordsBefore, raw.namedBefore),
      status: raw.status,
      reason,
      mode: raw.mode ?? 'actual',
      polarity: raw.polarity ?? 'asserts',
      speakers: parts(raw.speakers),
      via: parts(raw.via),
      where: parts(raw.where),
      when: raw.when ?? '',
      said: raw.said ?? '',
      note: raw.note ?? '',
      holds: raw.holds ?? '',
      citations: places(raw.citations),
      takenBack: places(raw.takenBack),
      opposed,
      rule: raw.rule ?? '',
      premises: cardIds(raw.premises),
      sources: raw.sources ?? originators.length,
      originators,
      history: raw.since === undefined ? (raw.history ?? []).map(run) : [[raw.since, raw.status, reason, opposed]],
      bounds: boundsOf(raw.bounds, raw.sure ?? []),
      ...{ change: raw.change ?? '', before: raw.before ?? [] },
      ids: {
        // Whoever says it and however, a sentence ends with what is claimed: subject, relation, object.
        subject: named(raw.named?.at(-2)).id,
        object: named(raw.named?.at(-1)).id,
        text: typeof raw.named?.at(-1) === 'string' ? raw.named.at(-1) : '',
        ...{ speakers: idsOf(raw.speakers), via: idsOf(raw.via), where: idsOf(raw.where) },
      },
    };
  };

  return {
    /** @type {Thing[]} */
    things: rawThings.map((raw) => ({
      id: raw.id,
      label: raw.label,
      lines: linesOf(raw.lines ?? 0, raw.label),
      type: raw.type ?? '',
      group: raw.group,
      shape: raw.shape,
      also: raw.also ?? [],
      alsoFrom: raw.alsoFrom ?? {},
      names: raw.names ?? {},
      lang: raw.lang ?? '',
      class: raw.class ?? '',
      x: raw.x,
      y: raw.y,
    })),
    /** @type {Tie[]} */
    ties: decode(wire.ties).map((raw, id) => ({
      id,
      from: rawThings[raw.from].id,
      to: rawThings[raw.to].id,
      label: raw.label ?? '',
      assertion: rawCards[raw.card].id,
      family: raw.family,
      bend: raw.bend ?? 0,
      symmetric: raw.symmetric ?? false,
      relation: raw.relation ?? '',
      change: raw.change ?? '',
    })),
    cards: rawCards.map(card),
    sources,
    others: rawOthers.map((raw) => /** @type {Other} */ ({ lang: '', ...raw })),
    /** @type {Matrix[]} */
    matrices: wire.matrices.map((/** @type {any} */ matrix) => ({
      ...matrix,
      rows: matrix.rows.map((/** @type {any} */ row) => ({
        ...row,
        cells: Object.fromEntries(
          Object.entries(row.cells).map(([actor, cells]) => [
            actor,
            cells.map((/** @type {any} */ cell) => ({ ...cell, card: rawCards[cell.card].id })),
          ]),
        ),
      })),
    })),
    lives: decode(wire.lives).map(
      (raw) =>
        /** @type {Lives} */ ({
          thing: rawThings[raw.thing].id,
          steps: raw.steps.map((/** @type {[number, string, string?, string?, number?]} */ step) => {
            const [row, stage, ahead = '', outcome = '', by] = step;
            return {
              assertion: rawCards[row].id,
              stage,
              ahead,
              outcome,
              realisedBy: by === undefined ? '' : rawCards[by].id,
            };
          }),
          summaries: raw.summaries,
        }),
    ),
    /** @type {{title: string, steps: Step[]} | null} */
    story: wire.story && {
      title: wire.story.title,
      steps: wire.story.steps.map((/** @type {any} */ { words, named, ...step }) => ({
        ...step,
        text: sentence(words, named),
      })),
    },
  };
};
