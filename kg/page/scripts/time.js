/** Days as numbers and in words. Pure. */

/** Days and years of the Gregorian calendar's cycle. */
const [CYCLE_DAYS, CYCLE_YEARS] = [146_097, 400];

/**
 * A day on the calendar, of any year: a Date ends 275,760 years from now.
 *
 * @param {number} year @param {number} month  from 0; beyond 11 it is one of a later year @param {number} date
 * @returns {number} days since 1970-01-01
 */
const numberOfDate = (year, month, date) => {
  const years = year + Math.floor(month / 12);
  const cycles = Math.floor(years / CYCLE_YEARS);
  const moment = new Date(0);
  moment.setUTCFullYear(years - cycles * CYCLE_YEARS, month - Math.floor(month / 12) * 12, date);
  return Math.round(moment.getTime() / 86_400_000) + cycles * CYCLE_DAYS;
};

/** @param {number} number  days since 1970-01-01 @returns {{year: number, month: number, date: number}} months from 0 */
const dateOf = (number) => {
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
  return numberOfDate(Number(`${sign}${year}`), Number(month) - 1, Number(date));
};

/** @param {number} number @returns {string} */
export const dayOf = (number) => {
  const { year, month, date } = dateOf(number);
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

/** @param {number} number @returns {number} The months since year 0. */
export const monthsOf = (number) => {
  const { year, month } = dateOf(number);
  return year * 12 + month;
};

/** @param {number} months  since year 0 @returns {number} The first day of a month. */
export const firstDay = (months) => numberOfDate(0, months, 1);
