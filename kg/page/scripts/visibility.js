/**
 * What follows from the state: which ties and things are shown, which of them are drawn, and which stay bright.
 *
 * @typedef {import('./data.js').Tie} Tie
 * @typedef {import('./data.js').Thing} Thing
 * @typedef {import('./data.js').Card} Card
 * @typedef {import('./address.js').Kind} Kind
 * @typedef {{things: Set<string>, ties: Set<number>} | null} Focus  what stays bright; null where all does
 */

import { BY_WEIGHT, cardOf, MOMENTS, SOURCES, STORY, TIES, TIES_OF, thingOf } from './data.js';
import { gate, isFiltered, KINDS } from './filters.js';
import { holdsOn, isBetween, momentOf, runAt } from './lens.js';
import { shortestPath } from './paths.js';
import { placeOf } from './places.js';
import { state } from './state.js';
import { isBefore } from './time.js';

/**
 * How many things are drawn at once: about as many as can be told apart. Of more, those with the most ties are drawn of
 * what is in sight, so that zooming in brings the others; they are found by name and by the table, too.
 */
export const BUDGET = 300;

/** @typedef {{left: number, right: number, top: number, bottom: number}} Sight  in the picture's own units */

/** What the reader sees of the picture; null for all of it. @type {Sight | null} */
let sight = null;

/** @param {Sight | null} next  what the reader sees from now on */
export const lookAt = (next) => {
  if (shownThings().length > BUDGET && JSON.stringify(next) !== JSON.stringify(sight)) turn += 1;
  sight = next;
};

/** Counts the looks that changed what is drawn. */
let turn = 0;

/**
 * The value for the present state (and, if it depends on it, for what is in sight), computed once.
 *
 * @template T @param {() => T} compute @param {boolean} [bySight] @returns {() => T}
 */
const perState = (compute, bySight = false) => {
  /** @type {import('./address.js').State | null} */
  let of = null;
  let at = 0;
  /** @type {T} */
  let value;
  return () => {
    if (of !== state || (bySight && at !== turn)) {
      value = compute();
      of = state;
      at = turn;
    }
    return value;
  };
};

const moment = perState(() => momentOf(MOMENTS, state.by));

/**
 * @typedef {{status: string, reason: string, opposed: string[], words: import('./wire.js').Part[]}} Standing
 */

/** @param {Card} card @returns {Standing | null} How it stood by the day of the lens; null where it was not known yet. */
export const standingOf = (card) => {
  if (state.by === '' || card.history.length === 0) return card;
  const run = runAt(card.history, moment());
  if (!run) return null;
  const [, status, reason, opposed] = run;
  const isStanding = card.status === 'withdrawn' && status !== 'withdrawn' && card.wordsBefore.length > 0;
  return { status, reason, opposed, words: isStanding ? card.wordsBefore : card.words };
};

/** @param {Card} card @returns {Standing} How it stands now; as today where it was not known yet. */
export const standingNow = (card) => standingOf(card) ?? card;

/** @param {Card} card @returns {'certainly' | 'possibly' | 'no'} Whether it holds on the day of the lens. */
export const holdingOf = (card) => (state.on === '' ? 'certainly' : holdsOn(card.bounds, state.on, moment()));

/** @param {Tie} tie @returns {string} Its status as the lens has it; nothing where it was not known yet. */
export const statusOf = (tie) => standingOf(tie.card)?.status ?? '';

/** @param {Card} card @returns {import('./wire.js').Cited[]} The citations that were known. */
export const citationsOf = (card) =>
  state.by === '' ? card.citations : card.citations.filter(([source]) => isKnown(source));

/**
 * Who wrote what a card rests on, as far as it was known: each is one independent source. A conclusion rests on what its
 * premises rest on.
 *
 * @param {Card} card @returns {string[]}
 */
export const originatorsOf = (card) => {
  if (state.by === '') return card.originators;
  const originators = new Set();
  const visited = new Set();
  const queue = [card];
  for (const each of queue) {
    if (visited.has(each.id)) continue;
    visited.add(each.id);
    for (const [source] of citationsOf(each)) originators.add(SOURCES.get(source)?.originator ?? source);
    if (each.citations.length === 0) queue.push(...each.premises.map(cardOf));
  }
  return [...originators].sort();
};

/**
 * How many independent sources report a card, as far as it was known: who wrote the same, or is the same, is one. A
 * conclusion has as many as the least of what it rests on.
 *
 * @param {Card} card @returns {number}
 */
export const sourceCountOf = (card) => {
  if (state.by === '') return card.sources;
  const counts = [];
  const visited = new Set([card.id]);
  const queue = [card];
  for (const each of queue) {
    if (each.citations.length > 0 || each.premises.length === 0) {
      counts.push(new Set(citationsOf(each).map(([source]) => SOURCES.get(source)?.writer ?? source)).size);
      continue;
    }
    for (const premise of each.premises) {
      if (!visited.has(premise)) queue.push(cardOf(premise));
      visited.add(premise);
    }
  }
  return Math.min(...counts);
};

/** @param {Card} card @returns {string} The curator's note; where an article was not known yet, it may rest on that one. */
export const noteOf = (card) => (citationsOf(card).length === card.citations.length ? card.note : '');

/** @param {string} source @returns {boolean} Whether an article had appeared. */
export const isKnown = (source) => state.by === '' || isKnownFrom(SOURCES.get(source)?.known ?? '');

/** @param {string} day @returns {boolean} Whether what is known from a day on was known; without a day it never was. */
export const isKnownFrom = (day) => state.by === '' || (day !== '' && !isBefore(state.by, day));

/** @param {Card} card @returns {boolean} Whether the lens lets it through; filters come after it. */
const isCardSeen = (card) =>
  standingOf(card) !== null && holdingOf(card) !== 'no' && isBetween(card.bounds, state.from, state.to);

/** @param {Tie} tie @returns {boolean} Whether the lens lets it through; filters come after it. */
export const isSeen = (tie) => isCardSeen(tie.card);

/** @param {Card} card @returns {string[]} Its articles as the legend names them; a conclusion without any has none. */
export const sourcesOf = (card) => {
  const sources = [...new Set(citationsOf(card).map(([source]) => source))];
  return sources.length > 0 ? sources : [''];
};

/** @param {Card} card @returns {string[]} Its speakers as the legend names them; the articles themselves have no name. */
export const speakersOf = (card) => (card.ids.speakers.length > 0 ? card.ids.speakers : ['']);

/** What the legend lets through, by kind; null where it hides nothing. */
const gates = perState(() =>
  state.hidden.length + state.only.length === 0
    ? null
    : Object.fromEntries(KINDS.filter((kind) => isFiltered(state, kind)).map((kind) => [kind, gate(state, kind)])),
);

/** @param {Card} card @returns {Kind[]} Which kinds of the legend's entries hide it, tie or not. */
const cardHiddenBy = (card) => {
  const open = gates();
  /** @type {Kind[]} */
  const kinds = [];
  if (open?.status && !open.status(standingOf(card)?.status ?? '')) kinds.push('status');
  if (open?.source && !sourcesOf(card).some(open.source)) kinds.push('source');
  if (open?.speaker && !speakersOf(card).some(open.speaker)) kinds.push('speaker');
  return kinds;
};

/** @param {Card} card @returns {boolean} Whether lens and filters let an assertion through that need not be a tie. */
export const isCardShown = (card) => isCardSeen(card) && cardHiddenBy(card).length === 0;

/** @param {Tie} tie @returns {Kind[]} Which kinds of the legend's entries hide it. */
export const hiddenBy = (tie) => {
  const open = gates();
  if (!open) return [];
  const kinds = cardHiddenBy(tie.card);
  if (open.change && !open.change(tie.change)) kinds.push('change');
  if (open.look && ![tie.from, tie.to].every((id) => open.look?.(thingOf(id).group))) kinds.push('look');
  if (open.family && !open.family(tie.family)) kinds.push('family');
  return kinds;
};

/** The ties that are shown: what the lens lets through and no filter hides. */
export const shownTies = perState(() => TIES.filter((tie) => isSeen(tie) && hiddenBy(tie).length === 0));

const shownNumbers = perState(() => new Set(shownTies().map((tie) => tie.id)));

/** @param {Tie} tie @returns {boolean} */
export const isShown = (tie) => shownNumbers().has(tie.id);

/** The things that are shown, by id, weightiest first; where only some ties are asked for, those that these tie. */
export const shownThings = perState(() => {
  const looked =
    [state.by, state.on, state.from, state.to].some((day) => day !== '') ||
    state.only.some((entry) => !entry.startsWith('look:'));
  const look = gate(state, 'look');
  return BY_WEIGHT.filter((id) => look(thingOf(id).group) && (!looked || (TIES_OF.get(id) ?? []).some(isShown)));
});

const shownIds = perState(() => new Set(shownThings()));

/** @param {string} id @returns {boolean} */
export const isThingShown = (id) => shownIds().has(id);

/** @param {string} id @returns {Tie[]} The ties of a thing that are shown. */
export const shownTiesOf = (id) => (TIES_OF.get(id) ?? []).filter(isShown);

/** @param {Set<string>} things @param {number} depth @returns {{things: Set<string>, ties: Set<number>}} */
const around = (things, depth) => {
  const found = new Set(things);
  const ties = new Set();
  let rim = [...things];
  for (let step = 0; step < depth; step += 1) {
    const next = [];
    for (const tie of rim.flatMap(shownTiesOf)) {
      ties.add(tie.id);
      for (const end of [tie.from, tie.to]) {
        if (!found.has(end)) next.push(end);
        found.add(end);
      }
    }
    rim = next;
  }
  return { things: found, ties };
};

/** The path that was asked for, tie by tie; null where none was asked for, empty where there is none. */
export const chosenPath = perState(() =>
  state.choice.kind === 'path' ? shortestPath(state.choice.from, state.choice.to, shownTiesOf) : null,
);

/** @param {Tie[]} ties @param {string[]} [things] @returns {Focus} */
const just = (ties, things = []) => ({
  things: new Set([...things, ...ties.flatMap((tie) => [tie.from, tie.to])]),
  ties: new Set(ties.map((tie) => tie.id)),
});

/** @returns {string} The id of the chosen thing, or nothing. */
export const chosenThing = () => (state.choice.kind === 'thing' ? state.choice.id : '');

/** What stays bright. */
export const inFocus = perState(() => {
  const { choice } = state;
  switch (choice.kind) {
    case 'thing': {
      const near = around(new Set([choice.id]), state.depth);
      const more = around(new Set(state.opened), 1);
      return { things: new Set([...near.things, ...more.things]), ties: new Set([...near.ties, ...more.ties]) };
    }
    case 'assertion': {
      const cards = new Set([choice.id, ...(standingOf(cardOf(choice.id))?.opposed ?? [])]);
      return just(shownTies().filter((tie) => cards.has(tie.assertion)));
    }
    case 'path':
      return just(chosenPath() ?? [], [choice.from, choice.to]);
    case 'step': {
      const step = STORY?.steps[choice.number - 1];
      if (!step || (step.things.length === 0 && step.ties.length === 0)) return null;
      const things = new Set(step.things);
      const ids = new Set(step.ties);
      const ties = shownTies().filter((tie) =>
        ids.size > 0 ? ids.has(tie.assertion) : things.has(tie.from) && things.has(tie.to),
      );
      return just(ties, step.things.filter(isThingShown));
    }
    default:
      return null;
  }
});

/** @param {string} id @returns {number} How many of its ties are shown, but not in focus. */
export const moreTiesOf = (id) => {
  const focus = inFocus();
  return focus ? shownTiesOf(id).filter((tie) => !focus.ties.has(tie.id)).length : 0;
};

/** @param {string} id @returns {boolean} */
const isInSight = (id) => {
  if (!sight) return true;
  const { x, y } = placeOf(id);
  return x >= sight.left && x <= sight.right && y >= sight.top && y <= sight.bottom;
};

/** The things that are drawn: all that are shown or, of very many, the weightiest in sight with all that is in focus. */
export const drawnThings = perState(() => {
  const things = shownThings();
  if (things.length <= BUDGET) return things;
  const focus = inFocus();
  const first = focus ? things.filter((id) => focus.things.has(id)).slice(0, BUDGET) : [];
  const ids = new Set(first);
  const others = things.filter((id) => !ids.has(id) && isInSight(id));
  return [...first, ...others.slice(0, BUDGET - first.length)];
}, true);

/** The ties between things that are drawn. */
export const drawnTies = perState(() => {
  const ids = new Set(drawnThings());
  return shownTies().filter((tie) => ids.has(tie.from) && ids.has(tie.to));
}, true);
