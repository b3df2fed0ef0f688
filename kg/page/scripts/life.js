/**
 * The life of a thing in the panel: where it stood, what moved it on and what was ahead, as far as that was known. How
 * each step is told was judged when the page was built; here it is looked up.
 *
 * @typedef {{date: string, stage: string, isAfter: boolean, group: number, steps: {card: Card, isPlain: boolean}[]}} Entry
 *   steps of one date and stage; `isAfter` where it lies after the day that the reader looks at
 * @typedef {import('./wire.js').Card} Card
 */

import { cardOf, LIVES, MOMENTS } from './data.js';
import { state } from './state.js';
import { isBefore } from './time.js';
import { cardNow, moment } from './visibility.js';
import { assertionLink, contestedDetails, dateInWords, days, foldRest, make, statusWord, words } from './words.js';

/** How many entries are unfolded at once, and how many of them are for what was ahead and for what is merely said. */
const MOST = 10;
const AHEAD = 3;
const SAID = 2;

/** @param {Card} card @returns {boolean} Whether all that it may have happened on lies after the day of the lens. */
const isAfterDay = ({ possible }) =>
  state.on !== '' && possible !== null && possible.every(([first]) => first && isBefore(state.on, first));

/** @param {import('./wire.js').LifeStep[]} steps @returns {Entry[]} What was known of them, what is alike together. */
const entriesOf = (steps) => {
  /** @type {Entry[]} */
  const entries = [];
  for (const { card: id, date: now, runs } of steps) {
    const [, group, stage = '', plain, date = now] = runs.findLast(([from]) => from <= moment()) ?? [];
    if (group === undefined) continue;
    const card = cardNow(cardOf(id));
    const entry = { date, stage, group, isAfter: isAfterDay(card), steps: [{ card, isPlain: plain === 1 }] };
    const before = entries.findLast((each) => each.group === group);
    const isAlike = before?.date === date && before.stage === stage && before.isAfter === entry.isAfter;
    if (isAlike) before.steps.push(...entry.steps);
    else entries.push(entry);
  }
  // What lies after the day stands below the line, however wide the dates.
  return entries.sort((a, b) => Number(a.isAfter) - Number(b.isAfter));
};

/** @param {Entry['steps'][number]} step @returns {HTMLElement} Its sentence, with its status where its place does not say it. */
const sentence = ({ card, isPlain }) =>
  make(
    'p',
    { 'data-card': card.id },
    assertionLink(card.id, ...words(card.words, false)),
    ' ',
    !isPlain && statusWord(card.status),
    contestedDetails(card),
  );

/** @param {Entry[]} entries @returns {HTMLElement} */
const list = (entries) => {
  const items = entries.flatMap(({ date, stage, isAfter, steps }, index) => {
    const parts = [make('span.date', date), ' ', make('span.stage', stage), ...steps.map(sentence)];
    if (!isAfter) return [make('li', ...parts)];
    const line = !entries[index - 1]?.isAfter && make('li.line', `after ${dateInWords(state.on)}`);
    return [line, make('li.after', ...parts)];
  });
  return make('ol.start.life', ...items);
};

/** @param {string} title @param {Entry[]} entries @param {number} most @returns {(HTMLElement | null)[]} */
const part = (title, entries, most) =>
  entries.length > 0 ? [title ? make('h4', title) : null, ...foldRest(entries, most, list)] : [];

/** @param {string} id @returns {HTMLElement | null} Where the thing stood at the moment of the lens. */
const summary = (id) => {
  const run = LIVES.get(id)?.summaries.findLast(([from]) => from <= moment());
  const day = MOMENTS[Math.min(moment(), MOMENTS.length - 1)];
  if (!run || !day) return null;
  const isMoment = state.by === '' || state.by === day;
  const dayWords = isMoment
    ? dateInWords(day)
    : `${dateInWords(state.by)} (the latest article is of ${dateInWords(day)})`;
  return make('p.stands', `As the press knew it on ${dayWords}: `, make('strong', ...days(run[1])));
};

/** @param {string} id @returns {HTMLElement | null} Where each party of a pact stood at the moment of the lens. */
const partyList = (id) => {
  const [, lines = []] = LIVES.get(id)?.parties.findLast(([from]) => from <= moment()) ?? [];
  if (lines.length === 0) return null;
  return make('ul.start.parties', ...lines.map(([name, told]) => make('li', ...words([name]), ': ', ...days(told))));
};

/** @param {string} id @returns {HTMLElement | null} The section; nothing where nothing was known of its life. */
export const lifeOf = (id) => {
  const entries = entriesOf(LIVES.get(id)?.steps ?? []);
  if (entries.length === 0) return null;
  const [past, ahead, claims] = [0, 1, 2].map((group) => entries.filter((entry) => entry.group === group));
  const room = MOST - Math.min(ahead.length, AHEAD) - Math.min(claims.length, SAID);
  const left = MOST - Math.min(past.length, room) - Math.min(claims.length, SAID);
  return make(
    'section.lived',
    make('h3', 'Its life'),
    summary(id),
    partyList(id),
    ...part('', past, room),
    ...part('Announced or demanded', ahead, left),
    ...part('Said of it, and no step of it', claims, Math.max(SAID, left - ahead.length)),
  );
};
