/**
 * Time: what was known by a day, what held on a day, what lies between two days; and a strip on which the ties of the
 * picture are counted by the day on which they begin.
 */

import { CHANGES, cardOf, DAYS, element, LENS, MOMENTS, SOURCES, THINGS, TIES, TIES_OF } from './data.js';
import { nameOf } from './names.js';
import { lensWords } from './saying.js';
import { holdingOf, isKnown, shownTies } from './shown.js';
import { change, onChange, state } from './state.js';
import { barsOf, dayOf, isBefore, numberOf } from './time.js';
import { counted, make } from './words.js';

const MOST_BARS = 72;
const HIGH = 34;
/** Width of a bar in the strip's own units. */
const WIDE = 10;

/** @param {string} name @param {Object<string, string | number>} attributes @param {...Node} children @returns {SVGElement} */
const draw = (name, attributes, ...children) => {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  made.append(...children);
  return made;
};

/** @param {string} text @returns {SVGElement} */
const title = (text) => {
  const made = draw('title', {});
  made.textContent = text;
  return made;
};

/** The first day on which a tie may hold. @param {import('./wire.js').Tie} tie @returns {string} */
const startOf = (tie) => cardOf(tie.assertion).bounds?.possible[0]?.[0] ?? '';

/** Events with the day on which the first of their own ties begins. @returns {{id: string, day: number}[]} */
const datedEvents = () =>
  [...THINGS.values()]
    .filter((thing) => thing.group === 'Event')
    .flatMap(({ id }) => {
      const days = (TIES_OF.get(id) ?? []).filter((tie) => tie.family === 'EventTie').map(startOf);
      const known = days.filter(Boolean).sort((a, b) => (isBefore(a, b) ? -1 : 1));
      return known.length > 0 ? [{ id, day: numberOf(known[0]) }] : [];
    });

const STARTS = TIES.map(startOf);
const BARS = barsOf(STARTS.filter(Boolean).map(numberOf), MOST_BARS);

/** @param {number} day @returns {number} Where a day lies on the strip, in bars. */
const placeOf = (day) => {
  const index = BARS.findIndex((bar) => day < bar.to);
  if (index < 0) return BARS.length;
  const bar = BARS[index];
  return index + Math.max(0, (day - bar.from) / (bar.to - bar.from));
};

/** @param {number} place @returns {number} */
const dayAt = (place) => {
  const index = Math.max(0, Math.min(BARS.length - 1, Math.floor(place)));
  const { from, to } = BARS[index];
  return Math.min(to - 1, Math.floor(from + (place - index) * (to - from)));
};

/** @returns {HTMLElement[]} */
const controls = () => {
  const by = make('select', { id: 'by' }, make('option', { value: '' }, 'all that is known'));
  for (const moment of [...MOMENTS].reverse()) {
    const count = [...SOURCES.values()].filter(({ known }) => known && !isBefore(moment, known)).length;
    by.append(make('option', { value: moment }, `${moment} (${counted(count, 'article')})`));
  }
  by.addEventListener('change', () => change({ by: by.value }));
  const day = (/** @type {'on' | 'from' | 'to'} */ name, /** @type {string} */ label) => {
    const field = make('input', { type: 'date', id: `day-${name}`, max: '9999-12-31' });
    field.addEventListener('change', () => change({ [name]: field.value }));
    return make('label', {}, `${label} `, field);
  };
  const any = make('button', { type: 'button', id: 'any-day' }, 'Any time');
  any.addEventListener('click', () => {
    change({ on: '', from: '', to: '', by: '' });
    // The button goes: what it took back is where to go on.
    by.focus();
  });
  return [
    make('label', CHANGES ? { hidden: '' } : {}, 'Known by ', by),
    day('on', 'True on'),
    make(
      'details',
      { id: 'between', class: 'between' },
      make('summary', {}, 'Between'),
      day('from', 'from'),
      day('to', 'to'),
    ),
    any,
  ];
};

/** @returns {HTMLElement} The strip: bars, events, the days on which knowledge changed, and a slider over them. */
const strip = () => {
  const most = Math.max(...BARS.map((bar) => bar.count));
  const chart = draw('svg', {
    viewBox: `0 0 ${BARS.length * WIDE} ${HIGH + 12}`,
    preserveAspectRatio: 'none',
    'aria-hidden': 'true',
  });
  BARS.forEach((bar, index) => {
    const high = bar.count === 0 ? 0 : 3 + (HIGH - 5) * Math.sqrt(bar.count / most);
    const box = { x: index * WIDE + 1, width: WIDE - 2, y: HIGH - high, height: high, class: 'bar' };
    chart.append(draw('rect', box, title(`${bar.label}: ${counted(bar.count, 'tie')}`)));
  });
  for (const moment of MOMENTS) {
    const x = placeOf(numberOf(moment)) * WIDE;
    const mark = { d: `M${x} ${HIGH + 1}v9`, class: 'moment', 'data-moment': moment };
    chart.append(draw('path', mark, title(`${moment}: an article appeared`)));
  }
  for (const { id, day } of datedEvents()) {
    const x = placeOf(day) * WIDE;
    chart.append(draw('path', { d: `M${x} 0v5`, class: 'event' }, title(`${dayOf(day)}: ${nameOf(id)}`)));
  }
  chart.append(draw('path', { id: 'now', d: '' }));
  const slider = make('input', {
    type: 'range',
    id: 'scrub',
    min: '0',
    max: String(BARS.length),
    step: 'any',
    'aria-label': 'True on',
  });
  const set = (/** @type {number} */ number) => change({ on: dayOf(number) });
  slider.addEventListener('input', () => set(dayAt(Number(slider.value))));
  slider.addEventListener('keydown', (event) => {
    const days = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -30, PageUp: 30 }[event.key];
    if (days === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    set(state.on === '' ? BARS[BARS.length - 1].to - 1 : numberOf(state.on) + days);
  });
  const ends = [BARS[0], BARS[BARS.length - 1]].map(({ label }) => make('span', {}, label.replace('week of ', '')));
  const scale = make('p', { class: 'scale' }, ends[0], make('span', { id: 'time-says' }), ends[1]);
  return make('div', { class: 'strip' }, chart, slider, scale);
};

/** @returns {string} What the lens leaves; without one, what the strip shows. */
const whatIsLeft = () => {
  const count = STARTS.filter((start) => start === '').length;
  if (!(state.on || state.by || state.from || state.to)) {
    return `ties by the day they begin${count > 0 ? `; ${count} undated` : ''}`;
  }
  const parts = [];
  const ties = shownTies();
  if (state.on !== '') {
    const sure = ties.filter((tie) => holdingOf(cardOf(tie.assertion)) === 'certainly').length;
    const undated = ties.filter((tie) => cardOf(tie.assertion).bounds === null).length;
    const rest = ties.length - sure;
    parts.push(`${counted(sure, 'tie')} certainly, ${rest} possibly${undated > 0 ? ` (${undated} undated)` : ''}`);
  }
  if (state.from && state.to && isBefore(state.to, state.from)) {
    parts.push(`${state.to} is before ${state.from}: no day lies between`);
  } else if (state.from || state.to) {
    const undated = ties.filter((tie) => cardOf(tie.assertion).bounds === null).length;
    parts.push(`${counted(ties.length, 'tie')} may have held between${undated > 0 ? ` (${undated} undated)` : ''}`);
  }
  if (state.by !== '') {
    const known = [...SOURCES.keys()].filter(isKnown).length;
    parts.push(`${known} of ${counted(SOURCES.size, 'article')} had appeared`);
    if (DAYS > 0) parts.push(`${MOMENTS.length} of ${DAYS} days are kept`);
  }
  return parts.join('; ');
};

/** Sets up the controls of time. */
export const setUpTime = () => {
  const says = BARS.length > 1 ? strip() : make('p', { class: 'scale' }, make('span', { id: 'time-says' }));
  element('time').append(make('div', { class: 'timing' }, make('div', { class: 'controls' }, ...controls()), says));
  const by = /** @type {HTMLSelectElement} */ (element('by'));
  const fields = /** @type {const} */ (['on', 'from', 'to']).map(
    (name) => /** @type {const} */ ([name, /** @type {HTMLInputElement} */ (element(`day-${name}`))]),
  );
  const between = /** @type {HTMLDetailsElement} */ (element('between'));
  const slider = /** @type {HTMLInputElement | null} */ (document.getElementById('scrub'));
  onChange(() => {
    // The address may name a day between two moments.
    if (
      state.by !== '' &&
      !MOMENTS.includes(state.by) &&
      ![...by.options].some((option) => option.value === state.by)
    ) {
      by.append(make('option', { value: state.by }, state.by));
    }
    by.value = state.by;
    for (const [name, field] of fields) field.value = state[name];
    const lens = lensWords({ ...state, hidden: [], only: [] }, LENS, String).join(', ');
    element('lens').textContent = lens && `Seen through a lens: ${lens}`;
    element('lens').hidden = lens === '';
    if (state.from || state.to) between.open = true;
    element('any-day').hidden = !(state.on || state.by || state.from || state.to);
    element('time-says').textContent = whatIsLeft();
    if (!slider) return;
    const place = state.on === '' ? BARS.length : placeOf(numberOf(state.on));
    slider.value = String(place);
    slider.classList.toggle('unset', state.on === '');
    slider.setAttribute('aria-valuetext', state.on === '' ? 'any day' : state.on);
    element('now').setAttribute('d', state.on === '' ? '' : `M${place * WIDE} 0v${HIGH}`);
    for (const mark of document.querySelectorAll('[data-moment]')) {
      const moment = /** @type {SVGElement} */ (mark).dataset.moment ?? '';
      mark.classList.toggle('later', state.by !== '' && isBefore(state.by, moment));
    }
  });
};
