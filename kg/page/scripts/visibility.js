/**
 * What follows from the state: which ties and things are shown, which of them are drawn, and which stay bright.
 *
 * @typedef {import('./data.js').Tie} Tie
 * @typedef {import('./data.js').Thing} Thing
 * @typedef {import('./data.js').Card} Card
 * @typedef {import('./address.js').Kind} Kind
 * @typedef {{things: Set<string>, ties: Set<number>} | null} Focus  what stays bright; null where all does
 */

import { BY_WEIGHT, cardOf, FACTS, MOMENTS, SOURCES, STORY, TIES, TIES_OF, thingOf } from './data.js';
import { gate, isFiltered, KINDS } from './filters.js';
import { bundlesOf, HUBS, membersOf, openedMembers, PAGE } from './hubs.js';
import { cardAtMoment, holdsOn, isBetween, momentOf } from './lens.js';
import { shortestPath } from './paths.js';
import { state } from './state.js';
import { isBefore } from './time.js';

/** A picture of more things, or of more pairs of tied things, is not drawn all at once (`kg/viz/layout/hubs.py` knows the same). */
const [MOST_THINGS, MOST_PAIRS] = [100, 150];

/** So many things are drawn at once at most, whatever a reader asks for. */
export const MOST_DRAWN = 300;

/**
 * The value for the present state, computed once.
 *
 * @template T @param {() => T} compute @returns {() => T}
 */
export const perState = (compute) => {
  /** @type {import('./address.js').State | null} */
  let of = null;
  /** @type {T} */
  let value;
  return () => {
    if (of !== state) {
      value = compute();
      of = state;
    }
    return value;
  };
};

/** The moment of the lens. */
export const moment = perState(() => momentOf(MOMENTS, state.by));

/** @param {Card} card @returns {Card | null} How it stood by the day of the lens; null where it was not known yet. */
export const cardAt = (card) => (state.by === '' ? card : cardAtMoment(card, moment()));

/** @param {Card} card @returns {Card} How it stands by the lens; as today where it was not known yet. */
export const cardNow = (card) => cardAt(card) ?? card;

/** @param {Card} card @returns {'certainly' | 'as far as known' | 'possibly' | 'no'} How surely it holds on the day of the lens. */
export const holdingOf = (card) => (state.on === '' ? 'certainly' : holdsOn(cardNow(card), state.on));

/** @param {Tie} tie @returns {string} Its status as the lens has it; nothing where it was not known yet. */
export const statusOf = (tie) => cardAt(tie.card)?.status ?? '';

/** @param {string} source @returns {boolean} Whether an article had appeared. */
export const isKnown = (source) => state.by === '' || isKnownFrom(SOURCES.get(source)?.known ?? '');

/** @param {string} day @returns {boolean} Whether what is known from a day on was known; what has no day is known on any. */
export const isKnownFrom = (day) => state.by === '' || day === '' || !isBefore(state.by, day);

/** @param {Card} card @returns {boolean} Whether the lens lets it through; filters come after it. */
const isCardSeen = (card) => {
  const then = cardAt(card);
  return then !== null && holdingOf(card) !== 'no' && isBetween(then, state.from, state.to);
};

/** @param {Tie} tie @returns {boolean} Whether the lens lets it through; filters come after it. */
export const isSeen = (tie) => isCardSeen(tie.card);

/** @param {Card} card @returns {string[]} Its articles as the legend names them; a conclusion without any has none. */
const sourcesOf = (card) => {
  const sources = [...new Set(cardNow(card).citations.map(([source]) => source))];
  return sources.length > 0 ? sources : [''];
};

/** @param {Card} card @returns {string[]} Its speakers as the legend names them; the articles themselves have no name. */
export const speakersOf = ({ speakerIds }) => (speakerIds.length > 0 ? speakerIds : ['']);

/** @typedef {Partial<Record<Kind, string[]>>} Names  those of each kind of the legend's entries that something has */

/** @param {Card} card @returns {Names} */
const cardNames = (card) => ({
  status: [cardNow(card).status],
  source: sourcesOf(card),
  speaker: speakersOf(card),
});

/** The names of ties, found once for each way in which their cards stood. @type {WeakMap<Tie, {now: Card, names: Names}>} */
const namesCache = new WeakMap();

/** Of many ties few differ in their names. @type {Map<string, Names>} */
const distinctNames = new Map();

/** @param {Tie} tie @returns {Names} The same object for all ties that have the same. */
export const namesOf = (tie) => {
  const now = cardNow(tie.card);
  const known = namesCache.get(tie);
  if (known?.now === now) return known.names;
  const { card, change, family, relation, from, to } = tie;
  const ends = [from, to].filter(Boolean).map(thingOf);
  const own = {
    ...cardNames(card),
    change: [change],
    family: [family],
    relation: [relation],
    look: ends.map(({ group }) => group),
    class: ends.map(({ type }) => type),
  };
  const key = JSON.stringify(own);
  const names = distinctNames.get(key) ?? own;
  distinctNames.set(key, names);
  namesCache.set(tie, { now, names });
  return names;
};

/** The kinds of which the legend hides anything, each with what it lets through. */
const gates = perState(() =>
  KINDS.filter((kind) => isFiltered(state, kind)).map((kind) => /** @type {const} */ ([kind, gate(state, kind)])),
);

/** The kinds of the legend's entries that things have, and not what is said of them. @type {Set<string>} */
const OF_THINGS = new Set(['look', 'class']);

/** @param {() => Names} names @returns {Kind[]} Which kinds of the legend's entries hide what has such names. */
const hidingKinds = (names) => {
  if (gates().length === 0) return [];
  const all = names();
  // A tie needs both of its ends.
  const hiding = gates().filter(([kind, isLetThrough]) => {
    const some = all[kind];
    return some && !(OF_THINGS.has(kind) ? some.every(isLetThrough) : some.some(isLetThrough));
  });
  return hiding.map(([kind]) => kind);
};

/** @param {Card} card @returns {boolean} Whether lens and filters let an assertion through that need not be a tie. */
export const isCardShown = (card) => isCardSeen(card) && hidingKinds(() => cardNames(card)).length === 0;

/** Which kinds hide what has such names. @type {() => Map<Names, Kind[]>} */
const hidingCache = perState(() => new Map());

/** @param {Names} names @returns {Kind[]} Which kinds of the legend's entries hide ties that have these. */
export const hidingTies = (names) => {
  const known = hidingCache().get(names) ?? hidingKinds(() => names);
  hidingCache().set(names, known);
  return known;
};

/** @param {Tie} tie @returns {boolean} Whether the legend hides it. */
export const isHidden = (tie) => gates().length > 0 && hidingTies(namesOf(tie)).length > 0;

/** The step of the story that is told now. */
const stepNow = perState(() => (state.choice.kind === 'step' ? STORY?.steps[state.choice.number - 1] : undefined));

/** What the step of the story speaks of, by id. */
const toldIds = perState(() => new Set([...(stepNow()?.things ?? []), ...(stepNow()?.ties ?? [])]));

/** @param {Tie} tie @returns {boolean} Whether the step of the story speaks of it: then no filter hides it. */
export const isTold = (tie) => toldIds().has(tie.assertion);

/** The ties that are shown: what the lens lets through and no filter hides, and what a step of the story speaks of. */
export const shownTies = perState(() => TIES.filter((tie) => isSeen(tie) && (isTold(tie) || !isHidden(tie))));

/** What is said in words and figures of the things that are shown, as far as lens and filters let it through. */
export const shownFacts = perState(() =>
  FACTS.filter((fact) => isSeen(fact) && !isHidden(fact) && isThingShown(fact.from)),
);

/** @param {string} id @returns {Tie[]} */
export const shownFactsOf = (id) => shownFacts().filter(({ from }) => from === id);

const shownNumbers = perState(() => new Set(shownTies().map((tie) => tie.id)));

/** @param {Tie} tie @returns {boolean} */
export const isShown = (tie) => shownNumbers().has(tie.id);

/** The things that are shown, by id, weightiest first; where only some ties are asked for, those that these tie. */
export const shownThings = perState(() => {
  const looked =
    [state.by, state.on, state.from, state.to].some((day) => day !== '') ||
    state.only.some((entry) => !OF_THINGS.has(entry.split(':')[0]));
  const [look, isClassShown] = [gate(state, 'look'), gate(state, 'class')];
  const ends = shownTies()
    .filter(isTold)
    .flatMap(({ from, to }) => [from, to]);
  const told = new Set([...toldIds(), ...ends]);
  const isLetThrough = (/** @type {string} */ id) =>
    told.has(id) || (look(thingOf(id).group) && isClassShown(thingOf(id).type));
  return BY_WEIGHT.filter((id) => isLetThrough(id) && (!looked || (TIES_OF.get(id) ?? []).some(isShown)));
});

const shownIds = perState(() => new Set(shownThings()));

/** What to begin with: the five weightiest things that are shown. */
export const firstThings = perState(() => shownThings().slice(0, 5));

/** @param {string} id @returns {boolean} */
export const isThingShown = (id) => shownIds().has(id);

/** @param {string} id @returns {Tie[]} The ties of a thing that are shown. */
export const shownTiesOf = (id) => (TIES_OF.get(id) ?? []).filter(isShown);

/** @param {Set<string>} things @param {number} depth @returns {{things: Set<string>, ties: Set<number>}} */
const around = (things, depth) => {
  const ids = new Set(things);
  const ties = new Set();
  let rim = [...things];
  for (let step = 0; step < depth; step += 1) {
    const next = [];
    for (const tie of rim.flatMap(shownTiesOf)) {
      ties.add(tie.id);
      for (const end of [tie.from, tie.to]) {
        if (!ids.has(end)) next.push(end);
        ids.add(end);
      }
    }
    rim = next;
  }
  return { things: ids, ties };
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

/** @param {string} assertion @returns {number | undefined} The number of the line that it is on, if it is on any. */
export const lineStart = (assertion) => TIES.find((tie) => tie.assertion === assertion)?.line;

/** @param {string} assertion @returns {Tie[]} The shown ties of the line that it is on. */
export const tiesAlong = (assertion) => {
  const start = lineStart(assertion);
  return shownTies().filter(({ line }) => line === start);
};

/** @returns {string} The id of the chosen thing, or nothing. */
export const chosenThing = () => (state.choice.kind === 'thing' ? state.choice.id : '');

/** @returns {string} The id of the chosen assertion, or nothing. */
export const chosenAssertion = () => (state.choice.kind === 'assertion' ? state.choice.id : '');

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
      const cards = new Set([choice.id, ...(cardAt(cardOf(choice.id))?.against ?? [])]);
      return just(shownTies().filter((tie) => cards.has(tie.assertion)));
    }
    case 'line':
      return just(tiesAlong(choice.id));
    case 'path':
      return just(chosenPath() ?? [], [choice.from, choice.to]);
    case 'step': {
      const step = stepNow();
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

/**
 * What the focus is about, and whose names have to be read: of a thing it is the thing itself, else all that is in focus;
 * without a focus the hubs of a large picture.
 */
export const subjects = perState(() => {
  const { kind } = state.choice;
  if (kind === 'thing') return new Set([chosenThing()]);
  return inFocus()?.things ?? new Set(isLarge() ? HUBS.filter(isThingShown) : []);
});

/** @param {string} id @returns {number} How many of its ties are shown, but not in focus. */
export const moreTiesOf = (id) => {
  const focus = inFocus();
  return focus ? shownTiesOf(id).filter((tie) => !focus.ties.has(tie.id)).length : 0;
};

/** Whether there is too much to draw all of it: then the hubs are, and what the reader opens or looks at. */
export const isLarge = perState(() => {
  if (HUBS.length === 0) return false;
  if (shownThings().length > MOST_THINGS) return true;
  return new Set(shownTies().map(({ from, to }) => [from, to].sort().join(' '))).size > MOST_PAIRS;
});

/** The things that are drawn: all that are shown or, of very many, the hubs, what was opened and what is in focus. */
export const drawnThings = perState(() => {
  const things = shownThings();
  if (!isLarge()) return things;
  const focus = inFocus();
  const near = focus ? things.filter((id) => focus.things.has(id)) : [];
  const chosen = chosenThing();
  if (chosen) return [...new Set([chosen, ...near])].slice(0, PAGE + 1);
  const opened = openedMembers(state.opened, isThingShown);
  const changed = shownTies()
    .filter(({ change }) => change)
    .flatMap(({ from, to }) => [from, to]);
  return [...new Set([...near, ...changed].slice(0, MOST_DRAWN).concat(HUBS.filter(isThingShown), opened))];
});

/** The ties between things that are drawn; of a chosen thing in a large picture, those in focus. */
export const drawnTies = perState(() => {
  const ids = new Set(drawnThings());
  const ties = shownTies().filter((tie) => ids.has(tie.from) && ids.has(tie.to));
  const focus = isLarge() && chosenThing() ? inFocus() : null;
  return focus ? ties.filter(({ id }) => focus.ties.has(id)) : ties;
});

/** How many things around each hub are shown, and not drawn; none where the reader looks at something. */
export const foldedCounts = perState(() => {
  if (!isLarge() || inFocus()) return [];
  const drawn = new Set(drawnThings());
  return HUBS.filter((hub) => drawn.has(hub))
    .map((hub) => /** @type {[string, number]} */ ([hub, countFolded(hub, drawn)]))
    .filter(([, count]) => count > 0);
});

/** @param {string} hub @param {Set<string>} drawn @returns {number} */
const countFolded = (hub, drawn) => membersOf(hub).filter((id) => isThingShown(id) && !drawn.has(id)).length;

/** So many bundles of each hub are drawn, the strongest that hold at least so much. */
const [MOST_BUNDLES, LEAST_BUNDLE] = [2, 5];

/** Pairs of hubs that much of what is not drawn is tied to; none where the reader looks at something. */
export const bundles = perState(() => {
  if (!isLarge() || inFocus()) return [];
  const drawn = new Set(drawnThings());
  const hubs = new Set(HUBS.filter((id) => drawn.has(id)));
  /** The hubs that each thing is tied to which is not drawn. @type {Map<string, Set<string>>} */
  const shared = new Map();
  const note = (/** @type {string} */ id, /** @type {string} */ hub) => {
    if (!hubs.has(hub) || drawn.has(id)) return;
    const known = shared.get(id);
    if (known) known.add(hub);
    else shared.set(id, new Set([hub]));
  };
  for (const { from, to } of shownTies()) {
    note(from, to);
    note(to, from);
  }
  return bundlesOf(shared.values(), MOST_BUNDLES).filter(({ count }) => count >= LEAST_BUNDLE);
});
