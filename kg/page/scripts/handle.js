/**
 * The handle of the timeline: as the press knew it on a day. It stands on the days on which articles appeared, and at the
 * end for all that is known.
 */

import { MOMENTS, NEWS, SOURCES } from './data.js';
import { change, state } from './state.js';
import { isBefore } from './time.js';
import { moment } from './visibility.js';
import { countNoun, dateInWords, make, signButton } from './words.js';

/** By how many days with articles a key moves the handle. @type {Object<string, number>} */
const KEYS = {
  ArrowLeft: -1,
  ArrowDown: -1,
  PageDown: -5,
  Home: -Infinity,
  ArrowRight: 1,
  ArrowUp: 1,
  PageUp: 5,
  End: Infinity,
};

/** @param {number} stop  a moment, or the number after the last @returns {string} The day of the lens there. */
const dayAt = (stop) => MOMENTS[stop] ?? '';

/** @returns {number} Where the handle stands: at a moment, or after the last. */
export const stopNow = () => Math.max(0, moment());

/** @param {number} stop  as near as there is one */
const goTo = (stop) => {
  const day = dayAt(Math.max(0, Math.min(MOMENTS.length, stop)));
  if (day !== state.by) change({ by: day });
};

/** @param {string} day @returns {number} How many articles had appeared by then. */
const articlesBy = (day) => [...SOURCES.values()].filter(({ known }) => !known || !isBefore(day, known)).length;

/** @returns {string} What the day of the handle brought, in a line. */
export const newsNow = () => {
  const { by } = state;
  if (by === '') return `All that ${countNoun(SOURCES.size, 'article')} told`;
  const day = MOMENTS[moment()];
  if (!day) return `By ${dateInWords(by)} no article had appeared`;
  return `On ${dateInWords(day)} (${articlesBy(day)} of ${countNoun(SOURCES.size, 'article')}): ${NEWS[moment()]}`;
};

/** @returns {{before: HTMLButtonElement, after: HTMLButtonElement}} Buttons to the day before and after with articles. */
export const stepButtons = () => ({
  before: signButton(() => goTo(stopNow() - 1), 'What was known before', '‹'),
  after: signButton(() => goTo(stopNow() + 1), 'What was known next', '›'),
});

/**
 * @param {HTMLElement} rail  what one may touch @param {() => number[]} stops  where the stops lie on it, in pixels
 * @returns {HTMLElement} the handle
 */
export const makeHandle = (rail, stops) => {
  const handle = make('div.handle', {
    id: 'knew',
    role: 'slider',
    tabindex: '0',
    'aria-label': 'As the press knew it on',
    'aria-valuemin': '0',
    'aria-valuemax': String(MOMENTS.length),
  });
  handle.addEventListener('keydown', (event) => {
    const by = KEYS[event.key];
    if (by === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    goTo(stopNow() + by);
  });
  const follow = (/** @type {PointerEvent} */ event) => {
    const x = event.clientX - rail.getBoundingClientRect().left;
    const distances = stops().map((stop) => Math.abs(stop - x));
    goTo(distances.indexOf(Math.min(...distances)));
  };
  rail.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    rail.setPointerCapture(event.pointerId);
    handle.focus({ preventScroll: true });
    follow(event);
    event.preventDefault();
  });
  rail.addEventListener('pointermove', (event) => {
    if (rail.hasPointerCapture(event.pointerId)) follow(event);
  });
  return handle;
};

/** Shows where the handle stands. @param {HTMLElement} handle @param {number} x  in pixels */
export const placeHandle = (handle, x) => {
  handle.style.left = `${x}px`;
  handle.ariaValueNow = String(stopNow());
  handle.ariaValueText = state.by ? dateInWords(state.by) : 'all that is known';
};
