/**
 * The events on the timeline: each with its name and its own date, as far as that was known.
 *
 * @typedef {{id: string, day: number, words: string, isPlanned: boolean}} Event
 */

import { degree, THINGS } from './data.js';
import { nameOf, shortNameOf } from './names.js';
import { choose } from './state.js';
import { numberOf } from './time.js';
import { chosenThing, isThingShown, moment } from './visibility.js';
import { bdi, makeButton } from './words.js';

/** So many events are named at most; the others are marks. */
const MOST_NAMED = 40;

/** Pixels between two flags, and the height of a row of them. */
const [APART, ROW] = [6, 26];

/** How wide a flag is that has no room for its name in full. */
const CUT = 170;

/** @returns {number[]} The days of all events, by whatever was ever known. */
export const allEventDays = () =>
  [...THINGS.values()].flatMap(({ occasions }) => occasions.flatMap(([, day]) => (day ? [numberOf(day)] : [])));

/** @returns {Event[]} The events that are shown and were known, those with the most claims first. */
const eventsNow = () => {
  const events = [...THINGS.values()].flatMap(({ id, occasions }) => {
    const [, day = '', words = '', planned = 0] = occasions.findLast(([from]) => from <= moment()) ?? [];
    return day && isThingShown(id) ? [{ id, day: numberOf(day), words, isPlanned: planned === 1 }] : [];
  });
  return events.sort((a, b) => degree(b.id) - degree(a.id) || a.day - b.day);
};

/** @param {Event} event @returns {string} Its name without the date, which the axis tells. */
const shortName = ({ id, words }) => {
  const drawn = shortNameOf(id);
  const name = drawn.includes('…') ? nameOf(id) : drawn;
  return name.replace(`, ${words}`, '');
};

/** @param {Event} event @returns {string} Its name in full, and its date. */
export const titleOf = ({ id, words, isPlanned }) => `${nameOf(id)}: ${words}${isPlanned ? ' (planned)' : ''}`;

/** @param {Event} event @returns {HTMLButtonElement} */
const flagOf = (event) => {
  const label = titleOf(event);
  const flag = makeButton(
    () => choose({ kind: 'thing', id: event.id }),
    {
      class: event.isPlanned ? 'event-flag planned' : 'event-flag',
      title: label,
      'aria-label': label,
      'data-event': event.id,
    },
    bdi(shortName(event)),
  );
  if (chosenThing() === event.id) flag.ariaCurrent = 'true';
  return flag;
};

/**
 * A free place for a flag, in full or else cut.
 *
 * @param {[number, number][][]} taken  from where to where each row is taken @param {number} x  where it belongs
 * @param {number} full  its width @param {number} width  of the timeline
 * @returns {{row: number, left: number, across: number} | null}
 */
const freePlace = (taken, x, full, width) => {
  for (const across of [full, Math.min(full, CUT)]) {
    const left = Math.max(0, Math.min(x - 5, width - across));
    const right = left + across + APART;
    const row = taken.findIndex((spans) => spans.every(([from, to]) => right <= from || left >= to));
    if (row >= 0 && across <= width) return { row, left, across };
  }
  return null;
};

/**
 * Puts the names of events over the axis, in rows, none on another.
 *
 * @param {HTMLElement} box  gets them @param {number} width @param {number} rows
 * @param {(day: number) => number} xOf  where a day lies, in pixels
 * @returns {{event: Event, x: number, top: number | null}[]} each event with where its flag begins; null without a flag
 */
export const placeFlags = (box, width, rows, xOf) => {
  const events = eventsNow();
  const flags = events.slice(0, MOST_NAMED).map(flagOf);
  box.replaceChildren(...flags);
  const widths = flags.map((flag) => Math.ceil(flag.getBoundingClientRect().width) + 1);
  /** @type {[number, number][][]} */
  const taken = Array.from({ length: rows }, () => []);
  const placed = events.map((event, index) => {
    const x = xOf(event.day);
    if (index >= flags.length) return { event, x, top: null };
    const found = freePlace(taken, x, widths[index], width);
    if (!found) {
      flags[index].remove();
      return { event, x, top: null };
    }
    const { row, left, across } = found;
    taken[row].push([left, left + across + APART]);
    const top = (rows - 1 - row) * ROW;
    Object.assign(flags[index].style, { left: `${left}px`, top: `${top}px`, width: `${across}px` });
    return { event, x, top };
  });
  // By keyboard one goes through them in order of time.
  const inTime = flags
    .filter((flag) => flag.isConnected)
    .map((flag) => /** @type {const} */ ([parseFloat(flag.style.left), flag]));
  box.replaceChildren(...inTime.sort(([a], [b]) => a - b).map(([, flag]) => flag));
  return placed;
};
