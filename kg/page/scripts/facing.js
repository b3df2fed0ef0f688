/**
 * A matrix in which two classes face each other: in each cell a mark for where the claims on one line stand. A click on it
 * opens the words and where they can be read.
 *
 * @typedef {import('./data.js').Tie} Tie
 */

import { GRID, statusName } from './data.js';
import { isDenial, leadOf } from './lines.js';
import { nameOf } from './names.js';
import { shownTies, statusOf } from './visibility.js';
import { assertionLink, bdi, countNoun, make, plain, thingLink } from './words.js';

/** Marks of statuses. @type {Object<string, string>} */
const MARKS = {
  accepted: '●',
  attributed: '◐',
  contested: '✕',
  prospective: '◇',
  opinion: '○',
  denial: '−',
};

/** @param {Tie} tie @returns {string} The status that its mark tells: what is accepted as not being so is a denial. */
const toldStatus = (tie) => (isDenial(tie) && statusOf(tie) === 'accepted' ? 'denial' : statusOf(tie));

/** @param {string} name  of a mark @param {string} sign @returns {HTMLElement} What stands in a cell, for the eye. */
export const signMark = (name, sign) => make('span', { class: `mark mark-${name}`, 'aria-hidden': 'true' }, sign);

/** @param {string} status @returns {HTMLElement} */
const markOf = (status) => signMark(status, MARKS[status] ?? '◌');

/**
 * @param {string} title @param {string[]} looks  its classes @param {number} width  how many columns it has beside that of the claims
 * @param {...HTMLElement} parts  of the table
 * @returns {HTMLElement} a table in a frame of its own, in which it can be moved
 */
export const framedTable = (title, looks, width, ...parts) => {
  const columns = Array.from({ length: width }, () => make('col.voice'));
  const table = make('table', make('caption.spoken', title), make('colgroup', make('col.claim'), ...columns), ...parts);
  table.style.setProperty('--voices', String(width));
  const region = { role: 'region', tabindex: '0', 'aria-label': title };
  return make('div', { class: ['matrix', ...looks].join(' '), ...region }, table);
};

/** @param {string} row @param {string} column @returns {string} */
const place = (row, column) => `${row} ${column}`;

/** @param {Tie[]} ties  of one line @returns {HTMLElement} A mark that leads to the words. */
const lineMark = (ties) => {
  const lead = leadOf(ties);
  const status = toldStatus(lead);
  const words = `${plain(lead.card.words)}: ${statusName(status)}${ties.length > 1 ? `, ${countNoun(ties.length, 'claim')}` : ''}`;
  const link = assertionLink(lead.assertion, markOf(status), make('span.spoken', words));
  if (ties.length > 1) link.setAttribute('href', `#line/${encodeURIComponent(lead.assertion)}`);
  link.title = words;
  return make('span.held', { 'data-card': lead.assertion }, link);
};

/** @returns {HTMLElement | null} The matrix as the lens and the filters have it; nothing where the view asks for none. */
export const facingMatrix = () => {
  if (!GRID) return null;
  const { title, rows, columns, left } = GRID;
  const isRow = new Set(rows);
  const isColumn = new Set(columns);
  const cells = Map.groupBy(shownTies(), ({ from, to }) =>
    isRow.has(from) && isColumn.has(to) ? place(from, to) : place(to, from),
  );
  const inCell = (/** @type {string} */ row, /** @type {string} */ column) =>
    Map.groupBy(cells.get(place(row, column)) ?? [], ({ line }) => line);
  const body = rows.map((row) =>
    make(
      'tr',
      make('th', { scope: 'row' }, thingLink(row)),
      ...columns.map((column) => make('td', ...[...inCell(row, column).values()].map(lineMark))),
    ),
  );
  const heads = columns.map((column) =>
    make('th.actor', { scope: 'col', title: nameOf(column) }, make('span', thingLink(column))),
  );
  const head = make('thead', make('tr', make('td'), ...heads));
  const there = [...new Set([...cells.values()].flat().map(toldStatus))];
  return make(
    'section.facing',
    make('h2', bdi(title)),
    make(
      'p.key',
      ...there.map((status) => make('span', markOf(status), ` ${statusName(status)}`)),
      make('span', 'an empty cell: nothing is said'),
    ),
    left > 0 && make('p.kind', `${countNoun(left, 'more name')} found no room here.`),
    framedTable(title, [], columns.length, head, make('tbody', ...body)),
  );
};
