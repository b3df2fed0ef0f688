/**
 * Time: what was known by a day, what held on a day, what lies between two days; and a strip on which the ties of the
 * picture are counted by the day on which they begin.
 */

import { CHANGES, DAYS, element, LENS, MOMENTS, SOURCES, THINGS, TIES } from './data.js';
import { capital, lensWords } from './lenswords.js';
import { nameOf } from './names.js';
import { change, onChange, state } from './state.js';
import { barsOf, dayOf, isBefore, numberOf } from './time.js';
import { holdingOf, isKnown, shownTies } from './visibility.js';
import { counted, dateInWords, make, makeButton, svgElement } from './words.js';

const MOST_BARS = 72;
const HIGH = 34;
/** Width of a bar in the strip's own units. */
const WIDE = 10;

/** @param {string} text @returns {SVGElement} */
const title = (text) => svgElement('title', {}, text);

/** The first days on which ties may hold. */
const STARTS = TIES.map(({ card }) => card.starts);

const BARS = barsOf(STARTS.filter(Boolean).map(numberOf), MOST_BARS);

/** @param {number} day @returns {number} Where a day lies on the strip, in bars. */
const barAt = (day) => {
  const index = BARS.findIndex((bar) => day < bar.to);
  if (index < 0) return BARS.length;
  const { from, to } = BARS[index];
  return index + Math.max(0, (day - from) / (to - from));
};

/** @param {number} day @returns {number} Where a day lies on the strip, in its own units. */
const acrossOf = (day) => barAt(day) * WIDE;

/** @param {number} place @returns {number} */
const dayAt = (place) => {
  const index = Math.max(0, Math.min(BARS.length - 1, Math.floor(place)));
  const { from, to } = BARS[index];
  return Math.min(to - 1, Math.floor(from + (place - index) * (to - from)));
};

/** @returns {HTMLSelectElement} The choice of a day by which things were known. */
const knownBy = () => {
  const by = make('select', { id: 'by' }, make('option', { value: '' }, 'all that is known'));
  for (const moment of [...MOMENTS].reverse()) {
    const count = [...SOURCES.values()].filter(({ known }) => known && !isBefore(moment, known)).length;
    by.append(make('option', { value: moment }, `${dateInWords(moment)} (${counted(count, 'article')})`));
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
  const between = make('details.between', { id: 'between' }, make('summary', 'Between'));
  between.append(dayField('from', 'from'), dayField('to', 'to'));
  const anyDay = makeButton(
    () => {
      change({ on: '', from: '', to: '', by: '' });
      // The button goes: what it took back is where to go on.
      by.focus();
    },
    { id: 'any-day' },
    'Any time',
  );
  const label = make('label', CHANGES ? { hidden: '' } : {}, 'As the press knew it on ', by);
  return make('div.controls', label, dayField('on', 'As it stood on'), between, anyDay);
};

/** @returns {SVGElement} Bars, events, and the days on which knowledge changed. */
const chart = () => {
  const most = Math.max(...BARS.map((bar) => bar.count));
  const bars = BARS.map((bar, index) => {
    const high = bar.count === 0 ? 0 : 3 + (HIGH - 5) * Math.sqrt(bar.count / most);
    const box = { x: index * WIDE + 1, width: WIDE - 2, y: HIGH - high, height: high, class: 'bar' };
    return svgElement('rect', box, title(`${bar.label}: ${counted(bar.count, 'claim')}`));
  });
  const moments = MOMENTS.map((moment) => {
    const mark = { d: `M${acrossOf(numberOf(moment))} ${HIGH + 1}v9`, class: 'moment', 'data-moment': moment };
    return svgElement('path', mark, title(`${moment}: an article appeared`));
  });
  const events = [...THINGS.values()].flatMap(({ id, day }) => {
    if (!day) return [];
    return svgElement('path', { d: `M${acrossOf(numberOf(day))} 0v5`, class: 'event' }, title(`${day}: ${nameOf(id)}`));
  });
  const now = svgElement('path', { id: 'now', d: '' });
  const box = { viewBox: `0 0 ${BARS.length * WIDE} ${HIGH + 12}`, preserveAspectRatio: 'none', 'aria-hidden': 'true' };
  return svgElement('svg', box, ...bars, ...moments, ...events, now);
};

/** How many days a key moves the day on the strip. @type {Object<string, number>} */
const KEYS = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -30, PageUp: 30 };

/** @returns {HTMLElement} The strip with a slider over it. */
const strip = () => {
  const range = { type: 'range', min: '0', max: String(BARS.length), step: 'any' };
  const slider = make('input', { ...range, id: 'scrub', 'aria-label': 'As it stood on' });
  const set = (/** @type {number} */ number) => change({ on: dayOf(number) });
  slider.addEventListener('input', () => set(dayAt(Number(slider.value))));
  slider.addEventListener('keydown', (event) => {
    const days = KEYS[event.key];
    if (days === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    set(state.on === '' ? BARS[BARS.length - 1].to - 1 : numberOf(state.on) + days);
  });
  const [first, last] = [BARS[0], BARS[BARS.length - 1]].map(({ label }) => label.replace('week of ', ''));
  const scale = make('p.scale', make('span', first), make('span', { id: 'time-says' }), make('span', last));
  return make('div.strip', chart(), slider, scale);
};

/** @returns {boolean} Whether any day is chosen. */
const isLimited = () => Boolean(state.on || state.by || state.from || state.to);

/** @param {number} count @returns {string} */
const undatedNote = (count) => (count > 0 ? ` (${count} undated)` : '');

/** @returns {string} What the lens leaves; without one, what the strip shows. */
const lensSummary = () => {
  const undatedAll = STARTS.filter((start) => start === '').length;
  if (!isLimited()) return `claims by the day they begin${undatedAll > 0 ? `; ${undatedAll} undated` : ''}`;
  const { on, by, from, to } = state;
  const ties = shownTies();
  const undated = undatedNote(ties.filter(({ card }) => card.possible === null).length);
  const parts = [];
  if (on !== '') {
    const count = (/** @type {string} */ word) => ties.filter(({ card }) => holdingOf(card) === word).length;
    const known = count('as far as known');
    const lasting = known > 0 ? `, ${known} as far as known` : '';
    parts.push(`${counted(count('certainly'), 'claim')} certainly${lasting}, ${count('possibly')} possibly${undated}`);
  }
  if (from && to && isBefore(to, from))
    parts.push(`${dateInWords(to)} is before ${dateInWords(from)}: no day lies between`);
  else if (from || to) parts.push(`${counted(ties.length, 'claim')} may have held between${undated}`);
  if (by !== '') {
    const count = [...SOURCES.keys()].filter(isKnown).length;
    parts.push(`${count} of ${counted(SOURCES.size, 'article')} had appeared`);
    if (DAYS > 0) parts.push(`${MOMENTS.length} of ${DAYS} days are kept`);
  }
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
    /** @type {HTMLInputElement} */ (element(`day-${name}`)).value = state[name];
  }
  if (state.from || state.to) element('between').setAttribute('open', '');
  element('any-day').hidden = !isLimited();
};

/** Shows the lens in words. */
const showLens = () => {
  const lens = lensWords({ ...state, hidden: [], only: [] }, LENS, String).join(', ');
  element('lens').textContent = capital(lens);
  element('lens').hidden = lens === '';
  element('time-says').textContent = lensSummary();
};

/** Shows the days of the state on the strip. */
const showOnStrip = () => {
  const slider = /** @type {HTMLInputElement | null} */ (document.getElementById('scrub'));
  if (!slider) return;
  const { on, by } = state;
  slider.value = String(on === '' ? BARS.length : barAt(numberOf(on)));
  slider.classList.toggle('unset', on === '');
  slider.setAttribute('aria-valuetext', on || 'any day');
  element('now').setAttribute('d', on && `M${acrossOf(numberOf(on))} 0v${HIGH}`);
  for (const mark of document.querySelectorAll('[data-moment]')) {
    mark.classList.toggle('later', by !== '' && isBefore(by, mark.getAttribute('data-moment') ?? ''));
  }
};

/** Sets up the controls of time. */
export const setUpTime = () => {
  const says = BARS.length > 1 ? strip() : make('p.scale', make('span', { id: 'time-says' }));
  element('time').append(make('div.timing', controls(), says));
  onChange(() => {
    showFields();
    showLens();
    showOnStrip();
  });
};
