/**
 * Time under the picture: the timeline, what the press knew by a day and what that day brought, what held on a day, and what
 * lies between two days.
 */

import { CHANGES, DAYS, element, MOMENTS } from './data.js';
import { newsNow, stepButtons, stopNow } from './handle.js';
import { daysSeenThrough } from './spoken.js';
import { change, differInContent, onChange, state } from './state.js';
import { isBefore } from './time.js';
import { hasTimeline, makeTimeline } from './timeline.js';
import { holdingOf, shownTies } from './visibility.js';
import { countNoun, dateInWords, make, makeButton } from './words.js';

/** @returns {HTMLSelectElement} The choice of a day by which things were known. */
const knownBy = () => {
  const by = make('select', { id: 'by' }, make('option', { value: '' }, 'all that is known'));
  for (const moment of MOMENTS.toReversed()) {
    by.append(make('option', { value: moment }, dateInWords(moment)));
  }
  by.addEventListener('change', () => change({ by: by.value }));
  return by;
};

/** @param {'on' | 'from' | 'to'} name @param {string} label @returns {HTMLElement} */
const dayField = (name, label) => {
  const field = make('input', { type: 'date', id: `day-${name}`, max: '9999-12-31' });
  field.addEventListener('change', () => change({ [name]: field.value }));
  return make('label', `${label} `, field);
};

/** @returns {HTMLElement} */
const controls = () => {
  const by = knownBy();
  const { before, after } = stepButtons();
  onChange(() => {
    before.disabled = stopNow() === 0;
    after.disabled = state.by === '';
  });
  const others = make('details.between', { id: 'between' }, make('summary', 'Other days'));
  others.append(dayField('on', 'As it stood on'), dayField('from', 'Between'), dayField('to', 'and'));
  const anyDay = makeButton(
    () => {
      change({ on: '', from: '', to: '', by: '' });
      // The button goes: what it took back is where to go on.
      by.focus();
    },
    { id: 'any-day' },
    'Any time',
  );
  const knowing = make('div.knowing', make('label', 'As the press knew it on ', by), before, after);
  knowing.hidden = CHANGES !== null;
  const says = make('p', { id: 'time-says' });
  const news = make('p.news', { id: 'news' });
  news.hidden = CHANGES !== null;
  return make('div.controls', knowing, news, make('div.choosing', others, anyDay), says);
};

/** @returns {boolean} Whether any day is chosen. */
const isLimited = () => Boolean(state.on || state.by || state.from || state.to);

/** @param {number} count @returns {string} */
const undatedNote = (count) => (count > 0 ? ` (${count} undated)` : '');

/** @returns {string} What the days that were chosen leave. */
const lensSummary = () => {
  if (!isLimited()) return '';
  const { on, by, from, to } = state;
  const ties = shownTies();
  const undated = undatedNote(ties.filter(({ card }) => card.possible === null).length);
  const parts = [];
  if (on !== '') {
    const count = (/** @type {string} */ word) => ties.filter(({ card }) => holdingOf(card) === word).length;
    const known = count('as far as known');
    const lasting = known > 0 ? `, ${known} as far as known` : '';
    parts.push(
      `${countNoun(count('certainly'), 'claim')} certainly${lasting}, ${count('possibly')} possibly${undated}`,
    );
  }
  if (from && to && isBefore(to, from))
    parts.push(`${dateInWords(to)} is before ${dateInWords(from)}: no day lies between`);
  else if (from || to) parts.push(`${countNoun(ties.length, 'claim')} may have held between${undated}`);
  if (by !== '' && DAYS > 0) parts.push(`${MOMENTS.length} of ${DAYS} days are kept`);
  return parts.join('; ');
};

/** Shows the days of the state in the fields. */
const showFields = () => {
  const by = /** @type {HTMLSelectElement} */ (element('by'));
  // The address may name a day between two moments.
  const isOffered = [...by.options].some((option) => option.value === state.by);
  if (!isOffered) by.append(make('option', { value: state.by }, dateInWords(state.by)));
  by.value = state.by;
  for (const name of /** @type {const} */ (['on', 'from', 'to'])) {
    const field = /** @type {HTMLInputElement} */ (element(`day-${name}`));
    field.value = state[name];
    // One engine shows today's date where none is set.
    field.classList.toggle('unset', state[name] === '');
  }
  // A step of a story keeps the picture's frame as it is; the header tells its days.
  const isTold = state.choice.kind === 'step';
  if (!isTold && (state.on || state.from || state.to)) element('between').setAttribute('open', '');
  element('any-day').hidden = !isLimited();
};

/** Shows the lens in words. */
const showLens = () => {
  const lens = daysSeenThrough();
  element('lens').textContent = lens;
  element('lens').hidden = lens === '';
  element('time-says').textContent = lensSummary();
  element('news').textContent = newsNow();
};

/** Sets up the controls of time. */
export const setUpTime = () => {
  const timeline = hasTimeline ? makeTimeline() : null;
  element('time').append(make('div.timing', controls(), timeline?.strip));
  onChange((now, before) => {
    showFields();
    showLens();
    if (differInContent(now, before)) timeline?.draw();
  });
};
