/**
 * The axis of the timeline: days in order, where a long time without anything takes little room. Pure.
 *
 * @typedef {{at: (day: number) => number, gaps: {from: number, to: number}[], days: number[]}} Axis
 *   `at` tells where a day (days since 1970-01-01) lies, from 0 to 1; `gaps` are long times without anything, as places
 * @typedef {{day: number, label: string, rank: number}} Tick  the lower its rank, the rather it is drawn
 */

import { dayInWords, dayOf, firstDay, monthsOf } from './time.js';

/** So many days without anything are a long time. */
const LONG = 60;

/** Within so many days months are told. */
const YEAR = 400;

/** Room before the first day and after the last. */
const [BEFORE, AFTER] = [0.02, 0.06];

/** @param {number} days @returns {number} The room that a time without anything takes: a year about three times that of a day. */
const roomOf = (days) => Math.log2(1 + Math.log2(1 + days));

/** @param {number[]} given  days on which there is anything @returns {Axis} */
export const axisOf = (given) => {
  const days = [...new Set(given)].sort((a, b) => a - b);
  const rooms = days.slice(1).map((day, index) => roomOf(day - days[index]));
  const all = rooms.reduce((sum, room) => sum + room, 0);
  const places = [BEFORE];
  for (const room of rooms) places.push(places[places.length - 1] + (room / all) * (1 - BEFORE - AFTER));
  const at = (/** @type {number} */ day) => {
    const next = days.findIndex((each) => each >= day);
    if (next < 0) return places[places.length - 1];
    if (next === 0 || days[next] === day) return places[next];
    const part = (day - days[next - 1]) / (days[next] - days[next - 1]);
    return places[next - 1] + part * (places[next] - places[next - 1]);
  };
  const gaps = rooms.flatMap((_, index) =>
    days[index + 1] - days[index] > LONG ? [{ from: places[index], to: places[index + 1] }] : [],
  );
  return { at, gaps, days };
};

/** Years that are named rather than others, in so many years. */
const ROUND = [1000, 500, 100, 50, 10, 5, 1];

/** @param {number} months @returns {string} */
const monthName = (months) =>
  dayInWords(dayOf(firstDay(months)).slice(0, -3))
    .replace(/ .*/, '')
    .slice(0, 3);

/** @param {Axis} axis @returns {Tick[]} Years, months and days that might be told, what tells more first. */
const ticksOf = ({ days }) => {
  const [first, last] = [days[0], days[days.length - 1]];
  const [begin, end] = [monthsOf(first), monthsOf(last)];
  const years = (end - begin) / 12;
  // Of the years of the universe, too, there are no more than there is room for.
  const step = ROUND.findLast((each) => years / each < 200) ?? 10 ** Math.ceil(Math.log10(years / 200));
  /** @type {Tick[]} */
  const ticks = [];
  for (let year = Math.ceil(begin / 12 / step) * step; year * 12 <= end; year += step) {
    const label = dayInWords(dayOf(firstDay(year * 12)).slice(0, -6));
    ticks.push({ day: firstDay(year * 12), label, rank: ROUND.findIndex((each) => year % each === 0) });
  }
  for (const [index, day] of days.slice(1).entries()) {
    if (day - days[index] > YEAR) continue;
    // The first day of a month is told as that month.
    for (let month = monthsOf(days[index] - 1) + 1; month <= monthsOf(day); month += 1) {
      if (month % 12 !== 0) ticks.push({ day: firstDay(month), label: monthName(month), rank: ROUND.length });
    }
  }
  for (const day of days) {
    const label = `${Number(dayOf(day).slice(-2))} ${monthName(monthsOf(day))}`;
    ticks.push({ day, label, rank: ROUND.length + 1 });
  }
  return ticks.sort((a, b) => a.rank - b.rank || a.day - b.day);
};

/**
 * @param {Axis} axis @param {number} width  of the timeline in pixels @param {number} letter  width of one
 * @returns {(Tick & {x: number})[]} those ticks whose labels do not lie on each other, in order of time
 */
export const tickPlaces = (axis, width, letter) => {
  /** @type {(Tick & {x: number})[]} */
  const placed = [];
  for (const tick of ticksOf(axis)) {
    const x = axis.at(tick.day) * width;
    const room = (/** @type {Tick} */ other) => ((other.label.length + tick.label.length) / 2 + 1.5) * letter;
    const isFree = placed.every((other) => Math.abs(other.x - x) >= room(other));
    if (isFree && x + (tick.label.length * letter) / 2 <= width) placed.push({ ...tick, x });
  }
  placed.sort((a, b) => a.x - b.x);
  // Somewhere a year has to stand.
  const [first] = placed;
  if (first && !placed.some(({ rank }) => rank < ROUND.length)) {
    placed[0] = { ...first, label: `${first.label} ${dayInWords(dayOf(first.day).slice(0, -6))}` };
  }
  return placed;
};
