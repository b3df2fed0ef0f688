/**
 * Days as numbers, and many days as a few bars. Pure.
 *
 * @typedef {{from: number, to: number, count: number, label: string}} Bar
 *   days from one up to, but not with, the other; how many begin in them; and what these days are called
 */

/** Days and years of the Gregorian calendar's cycle. */
const [CYCLE_DAYS, CYCLE_YEARS] = [146_097, 400];

/**
 * A day on the calendar, of any year: a Date ends 275,760 years from now.
 *
 * @param {number} year @param {number} month  from 0; beyond 11 it is one of a later year @param {number} date
 * @returns {number} days since 1970-01-01
 */
const numbered = (year, month, date) => {
  const years = year + Math.floor(month / 12);
  const cycles = Math.floor(years / CYCLE_YEARS);
  const moment = new Date(0);
  moment.setUTCFullYear(years - cycles * CYCLE_YEARS, month - Math.floor(month / 12) * 12, date);
  return Math.round(moment.getTime() / 86_400_000) + cycles * CYCLE_DAYS;
};

/** @param {number} number  days since 1970-01-01 @returns {{year: number, month: number, date: number}} months from 0 */
const parted = (number) => {
  const cycles = Math.floor(number / CYCLE_DAYS);
  const moment = new Date((number - cycles * CYCLE_DAYS) * 86_400_000);
  return {
    year: moment.getUTCFullYear() + cycles * CYCLE_YEARS,
    month: moment.getUTCMonth(),
    date: moment.getUTCDate(),
  };
};

/** @param {string} day  YYYY-MM-DD; years before 0 and after 9999 too @returns {number} days since 1970-01-01 */
export const numberOf = (day) => {
  const [, sign, year, month, date] = /^(-?)(\d+)-(\d\d)-(\d\d)$/.exec(day) ?? [];
  return numbered(Number(`${sign}${year}`), Number(month) - 1, Number(date));
};

/** @param {number} number @returns {string} */
export const dayOf = (number) => {
  const { year, month, date } = parted(number);
  const digits = String(Math.abs(year)).padStart(4, '0');
  const two = (/** @type {number} */ value) => String(value).padStart(2, '0');
  return `${year < 0 ? '-' : ''}${digits}-${two(month + 1)}-${two(date)}`;
};

/** @type {readonly string[]} */
const MONTHS = 'January February March April May June July August September October November December'.split(' ');

/** @param {number} year @returns {string} */
const yearInWords = (year) => (year < 1 ? `${1 - year} BC` : String(year));

/**
 * @param {string} day  as ISO 8601 writes it; a month or a year, too
 * @returns {string} as people write it: `16 November 2019`, `15 March 44 BC`
 */
export const dayInWords = (day) => {
  const [, year, month, date] = /^(-?\d+)(?:-(\d\d))?(?:-(\d\d))?$/.exec(day) ?? [];
  if (year === undefined) return day;
  return [date && Number(date), month && MONTHS[Number(month) - 1], yearInWords(Number(year))]
    .filter(Boolean)
    .join(' ');
};

/** @param {string} a @param {string} b @returns {boolean} Whether a day is before another. */
export const isBefore = (a, b) => (a.length === 10 && b.length === 10 ? a < b : numberOf(a) < numberOf(b));

/**
 * Steps of a calendar, from fine to coarse: so many days, or so many months.
 *
 * @typedef {{days: number} | {months: number}} Step
 * @type {Step[]}
 */
const STEPS = [
  ...[{ days: 1 }, { days: 7 }],
  ...[1, 3, 12, 60, 120, 600, 1200, ...Array.from({ length: 12 }, (_, power) => 12_000 * 10 ** power)].map(
    (months) => ({ months }),
  ),
];

/** @param {Step} step @returns {number} About how many days it has. */
const lengthOf = (step) => ('days' in step ? step.days : step.months * 30.44);

/** @param {number} number @returns {number} The months since year 0. */
const monthsOf = (number) => {
  const { year, month } = parted(number);
  return year * 12 + month;
};

/** @param {number} months  since year 0 @returns {number} The first day of a month. */
const firstDay = (months) => numbered(0, months, 1);

/** @param {number} number @param {Step} step @returns {number} The first day of the step that a day is in. */
const floorOf = (number, step) =>
  // Weeks begin on Mondays; 1970-01-01 was a Thursday.
  'days' in step
    ? number - ((((number + 3) % step.days) + step.days) % step.days)
    : firstDay(Math.floor(monthsOf(number) / step.months) * step.months);

/** @param {number} number @param {Step} step @returns {number} The first day of the next step. */
const nextOf = (number, step) => ('days' in step ? number + step.days : firstDay(monthsOf(number) + step.months));

/** @param {number} number @param {Step} step @returns {string} */
const labelOf = (number, step) => {
  const day = dayOf(number);
  if ('days' in step) return step.days === 1 ? dayInWords(day) : `week of ${dayInWords(day)}`;
  return dayInWords(day.slice(0, step.months < 12 ? -3 : -6));
};

/**
 * Bars of equal steps of the calendar, as fine as a number of them allows. Where most days lie in a short time and few
 * long before, the few are one bar of their own at the start, so that the rest can be told apart.
 *
 * @param {number[]} days @param {number} most  bars at most
 * @returns {Bar[]} from the first day to the last, with empty ones between; none for no days
 */
export const barsOf = (days, most) => {
  if (days.length === 0) return [];
  const sorted = [...days].sort((a, b) => a - b);
  const last = sorted[sorted.length - 1];
  const early = sorted[Math.floor(sorted.length / 4)];
  const isLongTail = early - sorted[0] > 2 * (last - early + 30);
  const first = isLongTail ? early : sorted[0];
  const step = STEPS.find((each) => (last - first) / lengthOf(each) <= most - 2) ?? STEPS[STEPS.length - 1];
  const bars = [];
  const begin = floorOf(first, step);
  if (isLongTail) {
    const count = sorted.filter((day) => day < begin).length;
    bars.push({ from: sorted[0], to: begin, count, label: `before ${labelOf(begin, step)}` });
  }
  for (let from = begin; from <= last; from = nextOf(from, step)) {
    bars.push({ from, to: nextOf(from, step), count: 0, label: labelOf(from, step) });
  }
  let bar = isLongTail ? 1 : 0;
  for (const day of sorted) {
    if (day < begin) continue;
    while (day >= bars[bar].to) bar += 1;
    bars[bar].count += 1;
  }
  return bars;
};
