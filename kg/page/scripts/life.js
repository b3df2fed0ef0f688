/**
 * The life of a thing in the panel: where it stood, what moved it on and what was ahead, as far as that was known.
 *
 * @typedef {import('./wire.js').LifeStep} LifeStep
 * @typedef {{date: string, stage: string, isAfter: boolean, steps: LifeStep[]}} Entry
 *   steps of one date and stage; `isAfter` where it lies after the day that the reader looks at
 */

import { cardOf, LIVES, MOMENTS } from './data.js';
import { momentOf } from './lens.js';
import { state } from './state.js';
import { isBefore } from './time.js';
import { standingNow, standingOf } from './visibility.js';
import { assertionLink, make, statusWord, words } from './words.js';

/** How many entries are unfolded at once, and how many of them are for what was ahead and for what is merely said. */
const MOST = 10;
const AHEAD = 3;
const SAID = 2;

/** @param {LifeStep} step @returns {string} */
const statusAt = (step) => standingOf(cardOf(step.assertion))?.status ?? '';

/** @param {LifeStep} step @returns {boolean} Whether it is told as what somebody says: nobody else vouches for it. */
const isSaid = (step) => !step.ahead && !['accepted', 'superseded'].includes(statusAt(step));

/** @param {LifeStep} step @returns {string} What became of it, if that was known. */
const outcomeOf = ({ outcome, realisedBy }) =>
  state.by === '' || (realisedBy && standingOf(cardOf(realisedBy))) ? outcome : '';

/** @param {LifeStep} step @returns {string} The stage with how it is meant: planned, claimed, denied. */
const stageOf = (step) => {
  const claimed = cardOf(step.assertion).polarity === 'denies' ? 'denied' : 'claimed';
  const how = step.ahead || (isSaid(step) ? claimed : '');
  return [[how, step.stage].filter(Boolean).join(': '), outcomeOf(step)].filter(Boolean).join('; ');
};

/** @param {LifeStep} step @returns {boolean} Whether all that it may have happened on lies after the day of the lens. */
const isAfter = (step) => {
  const { bounds } = cardOf(step.assertion);
  return state.on !== '' && bounds !== null && bounds.possible.every(([first]) => first && isBefore(state.on, first));
};

/** @param {LifeStep[]} steps @returns {Entry[]} Those of one date and stage together. */
const entries = (steps) => {
  /** @type {Entry[]} */
  const groups = [];
  for (const step of steps) {
    const { when, said } = cardOf(step.assertion);
    const one = {
      date: when || (said && step.ahead ? `no date; said ${said}` : 'no date'),
      stage: stageOf(step),
      isAfter: isAfter(step),
    };
    const before = groups.at(-1);
    const isSame = before?.date === one.date && before.stage === one.stage && before.isAfter === one.isAfter;
    if (isSame) before.steps.push(step);
    else groups.push({ ...one, steps: [step] });
  }
  // What lies after the day stands below the line, however wide the dates.
  return [...groups.filter((each) => !each.isAfter), ...groups.filter((each) => each.isAfter)];
};

/** @param {LifeStep} step @returns {HTMLElement} Its sentence, with its status where that is not clear from its place. */
const sentence = (step) => {
  const now = standingNow(cardOf(step.assertion));
  const isPlain = now.status === (step.ahead ? 'prospective' : 'accepted');
  return make(
    'p',
    { 'data-card': step.assertion },
    assertionLink(step.assertion, ...words(now.words, false)),
    ' ',
    !isPlain && statusWord(now.status),
  );
};

/** @param {Entry[]} some @returns {HTMLElement | null} */
const list = (some) => {
  const items = some.flatMap((entry, index) => {
    const isFirstAfter = entry.isAfter && !some[index - 1]?.isAfter;
    const item = make(
      'li',
      entry.isAfter ? { class: 'after' } : {},
      make('span.date', entry.date),
      ' ',
      make('span.stage', entry.stage),
      ...entry.steps.map(sentence),
    );
    return isFirstAfter ? [make('li.line', `after ${state.on}`), item] : [item];
  });
  return items.length > 0 ? make('ol.start.life', ...items) : null;
};

/** @param {string} title @param {Entry[]} all @param {number} most @returns {(HTMLElement | null)[]} */
const part = (title, all, most) => {
  if (all.length === 0) return [];
  const rest = all.slice(most);
  const unfolded = all.slice(0, most);
  return [
    title ? make('h4', title) : null,
    list(unfolded),
    rest.length > 0 ? make('details.more', make('summary', `${rest.length} more`), list(rest)) : null,
  ];
};

/** @param {string} id @returns {HTMLElement | null} Where the thing stood at the moment of the lens. */
const summary = (id) => {
  const moment = momentOf(MOMENTS, state.by);
  const number = state.by === '' ? MOMENTS.length : moment;
  const found = LIVES.get(id)?.summaries.findLast(([from]) => from <= number);
  if (!found || moment < 0) return null;
  const day = MOMENTS[moment];
  const known = state.by === '' || state.by === day ? day : `${state.by}, on ${day}, when the latest article appeared`;
  return make('p.stands', `As known by ${known}: `, make('strong', found[1]));
};

/** @param {string} id @returns {HTMLElement | null} The section; nothing where nothing was known of its life. */
export const lifeOf = (id) => {
  const steps = (LIVES.get(id)?.steps ?? []).filter((step) => standingOf(cardOf(step.assertion)));
  if (steps.length === 0) return null;
  const done = entries(steps.filter((step) => !step.ahead && !isSaid(step)));
  const ahead = entries(steps.filter((step) => step.ahead));
  const said = entries(steps.filter(isSaid));
  const room = MOST - Math.min(ahead.length, AHEAD) - Math.min(said.length, SAID);
  const left = MOST - Math.min(done.length, room) - Math.min(said.length, SAID);
  return make(
    'section.lived',
    make('h3', 'Its life'),
    summary(id),
    ...part('', done, room),
    ...part('Announced or demanded', ahead, left),
    ...part('Said of it, and not accepted', said, Math.max(SAID, left - ahead.length)),
  );
};
