/**
 * The timeline: events by their own dates, months and years, the days on which articles appeared, and the handle that
 * goes back in knowledge.
 *
 * @typedef {{strip: HTMLElement, draw: () => void}} Timeline
 */

import { axisOf, tickPlaces } from './axis.js';
import { MOMENTS, SOURCES } from './data.js';
import { allEventDays, placeFlags, titleOf } from './flags.js';
import { makeHandle, placeHandle, stopNow } from './handle.js';
import { choose, state } from './state.js';
import { isBefore, numberOf } from './time.js';
import { dateInWords, keepFocus, make, svgElement } from './words.js';

/** Heights in pixels: of a row of flags, of the axis with its ticks, and of the rail with the articles. */
const [ROW, AXIS, RAIL] = [26, 22, 24];

/** About how wide a letter of a tick is. */
const LETTER = 6.2;

const EVENT_DAYS = allEventDays();

const AXIS_OF_DAYS = axisOf([...EVENT_DAYS, ...MOMENTS.map(numberOf)]);

/** Whether there is anything to tell apart by time. */
export const hasTimeline = AXIS_OF_DAYS.days.length > 1;

const ARTICLES_BY_DAY = Map.groupBy([...SOURCES.values()], ({ known }) => known);

/** @param {string} day @returns {string} Which articles appeared on it. */
const articlesOn = (day) => {
  const articles = ARTICLES_BY_DAY.get(day) ?? [];
  return `${dateInWords(day)}: ${articles.map(({ publisher, title }) => `${publisher}, ${title}`).join('; ')}`;
};

/** @returns {number} How many rows of flags there is room for; none where nothing has a date. */
const rowCount = () => {
  if (EVENT_DAYS.length === 0) return 0;
  if (innerHeight < 700) return 1;
  return innerHeight < 1000 ? 2 : 3;
};

/** @param {number} x @param {string} label @returns {{x: number, 'text-anchor': string}} Below its tick, and not beyond the edge. */
const anchor = (x, label) =>
  x < (label.length * LETTER) / 2 ? { x: 0, 'text-anchor': 'start' } : { x, 'text-anchor': 'middle' };

/** @param {number} width @param {number} top  where the axis is @returns {SVGElement[]} The line, broken where nothing is, and ticks. */
const axisShapes = (width, top) => {
  const line = svgElement('path', { class: 'axis', d: `M0 ${top}H${width}` });
  const gaps = AXIS_OF_DAYS.gaps.map(({ from, to }) =>
    svgElement('path', { class: 'gap', d: `M${from * width + 6} ${top}H${to * width - 6}` }),
  );
  const ticks = tickPlaces(AXIS_OF_DAYS, width, LETTER).flatMap(({ x, label, rank }) => [
    svgElement('path', { class: 'tick', d: `M${x} ${top}v4` }),
    svgElement('text', { class: rank < 7 ? 'year' : 'month', ...anchor(x, label), y: top + 15 }, label),
  ]);
  return [line, ...gaps, ...ticks];
};

/** @param {number} width @param {number} top  where the rail is @param {(day: number) => number} xOf @returns {SVGElement[]} Articles on their days. */
const railShapes = (width, top, xOf) => {
  const middle = top + RAIL / 2;
  const marks = MOMENTS.map((day) => {
    const count = ARTICLES_BY_DAY.get(day)?.length ?? 0;
    const isLater = state.by !== '' && isBefore(state.by, day);
    const mark = { class: isLater ? 'article later' : 'article', 'data-moment': day };
    const r = 4 + Math.min(3, Math.sqrt(Math.max(0, count - 1)));
    return svgElement(
      'circle',
      { ...mark, cx: xOf(numberOf(day)), cy: middle, r },
      svgElement('title', {}, articlesOn(day)),
    );
  });
  const until = state.by === '' ? width : xOf(numberOf(MOMENTS[stopNow()] ?? MOMENTS[0]));
  return [
    svgElement('path', { class: 'rail', d: `M0 ${middle}H${width}` }),
    svgElement('path', { class: 'known', d: `M0 ${middle}H${until}` }),
    ...marks,
  ];
};

/** @returns {Timeline} */
export const makeTimeline = () => {
  const flags = make('div.event-flags', { role: 'group', 'aria-label': 'Events' });
  const chart = svgElement('svg', { 'aria-hidden': 'true', width: '100%' });
  const rail = make('div.rail');
  const strip = make('div.strip', flags, /** @type {any} */ (chart), rail);
  const xOf = (/** @type {number} */ day) => AXIS_OF_DAYS.at(day) * strip.clientWidth;
  const stops = () => [...MOMENTS.map((day) => xOf(numberOf(day))), strip.clientWidth - 9];
  chart.addEventListener('click', ({ target }) => {
    const id = target instanceof Element ? target.closest('.unnamed')?.getAttribute('data-event') : null;
    if (id) choose({ kind: 'thing', id });
  });
  const handle = makeHandle(rail, stops);
  rail.append(handle);

  const drawNow = () => {
    const width = strip.clientWidth;
    if (width === 0) return;
    const rows = rowCount();
    const top = rows * ROW + 6;
    const placed = placeFlags(flags, width, rows, xOf);
    const poles = placed.map(({ event, x, top: from }) => {
      const isNamed = from !== null;
      const d = isNamed ? `M${x} ${from + 22}V${top}` : `M${x - 5} ${top - 1}h10l-5 -8z`;
      const shape = svgElement('path', { d, class: isNamed ? 'pole' : 'unnamed', 'data-event': event.id });
      if (!isNamed) shape.append(svgElement('title', {}, titleOf(event)));
      return shape;
    });
    const on = state.on && svgElement('path', { id: 'now', d: `M${xOf(numberOf(state.on))} 0V${top + AXIS + RAIL}` });
    chart.setAttribute('height', String(top + AXIS + RAIL));
    chart.replaceChildren(
      ...poles,
      ...axisShapes(width, top),
      ...railShapes(width, top + AXIS, xOf),
      ...(on ? [on] : []),
    );
    rail.style.top = `${top + AXIS}px`;
    placeHandle(handle, stops()[stopNow()]);
  };
  const draw = () => keepFocus(flags, drawNow);
  new ResizeObserver(draw).observe(strip);
  return { strip, draw };
};
