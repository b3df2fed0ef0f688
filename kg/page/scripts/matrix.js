/**
 * The positions: for each dispute who holds what of each question, and who says nothing.
 *
 * @typedef {import('./wire.js').Cell} Cell
 * @typedef {import('./wire.js').Question} Question
 * @typedef {import('./wire.js').Matrix} Matrix
 * @typedef {import('./positions.js').Group} Group
 */

import { placesOf } from './citations.js';
import { cardOf, element, MATRICES, SOURCES, THINGS } from './data.js';
import { nameOf } from './names.js';
import { positionsAt } from './positions.js';
import { onChange, state } from './state.js';
import { cardNow, isCardShown, moment } from './visibility.js';
import { assertionLink, bdi, days, make, makeButton, plain, statusWord, thingLink } from './words.js';

/** With more actors than this, cells stand below their question, each with its actor's name. */
const MOST_COLUMNS = 4;

/** What decides what stands in the tables. */
const DECIDING = /** @type {const} */ (['hidden', 'only', 'on', 'by', 'from', 'to', 'language']);

/** Lists names: `A, B and C`. */
const LIST = new Intl.ListFormat('en-GB');

/**
 * @param {Cell} cell @param {boolean} isContested  whether its row says already that it is contested
 * @returns {HTMLElement} What an actor holds, when, and where that can be read.
 */
const cellContent = ({ card: id, word }, isContested) => {
  const card = cardNow(cardOf(id));
  const date = card.said || card.when;
  const via = card.via.map((part) => plain([part]));
  const citations = [...placesOf(card)].map(([article, places]) => {
    const source = SOURCES.get(article);
    return `${source?.originator || source?.title || article} ${source?.published ?? ''}: ${places.join(', ')}`;
  });
  const isMarked = card.status === 'contested' && !isContested;
  return make(
    'div.held',
    { 'data-card': id },
    assertionLink(
      id,
      make('span.stance', word),
      make('span.date', date && ', ', ...days(date), via.length > 0 && `, via ${LIST.format(via)}`),
      make('span.cited', ...days(citations.join('; '))),
    ),
    isMarked && ' ',
    isMarked && statusWord(card.status),
  );
};

/** @param {string[]} flags @returns {HTMLElement} */
const flagList = (flags) => make('span.flags', ...flags.map((flag) => make('span.flag', flag)));

/**
 * @param {Question['rows'][number]} row @param {string[]} actors @param {(actor: string) => string} name
 * @param {boolean} isContested
 * @returns {HTMLElement[]}
 */
const cellsOf = ({ cells }, actors, name, isContested) =>
  actors.map((actor) => {
    const own = cells.filter((cell) => cell.actor === actor);
    if (own.length === 0) return make('td.nothing');
    // The actor's name stands in the cell too, for where cells stand below each other.
    return make('td', make('span.actor', bdi(name(actor))), ...own.map((cell) => cellContent(cell, isContested)));
  });

/** @param {Question} question @param {string[]} actors @param {(actor: string) => string} name @returns {HTMLElement} */
const questionBody = ({ title, flags, contested, rows }, actors, name) => {
  const body = make(contested ? 'tbody.asking.contested' : 'tbody.asking');
  const isOne = rows.length === 1;
  const headFlags = flagList([...(contested ? ['contested'] : []), ...flags]);
  if (!isOne) {
    const span = { scope: 'rowgroup', colspan: String(actors.length + 1) };
    body.append(make('tr.asked', make('th', span, bdi(title), headFlags)));
  }
  for (const row of rows) {
    const head = isOne
      ? make('th', { scope: 'row' }, bdi(title), headFlags)
      : make('th.answer', { scope: 'row' }, bdi(row.answer), row.flags.length > 0 && flagList(row.flags));
    body.append(make('tr', head, ...cellsOf(row, actors, name, contested)));
  }
  return body;
};

/** @param {Matrix} matrix @param {Group} group @param {(actor: string) => string} name @returns {HTMLElement} */
const groupTable = (matrix, { title, actors, questions }, name) => {
  const heads = actors.map((actor) => make('th', { scope: 'col' }, bdi(name(actor))));
  const table = make(
    'table',
    make('caption', make('span.spoken', `${matrix.title}: `), title),
    make('thead', make('tr', make('th', { scope: 'col' }, 'Question'), ...heads)),
    ...questions.map((question) => questionBody(question, actors, name)),
  );
  const region = { role: 'region', tabindex: '0', 'aria-label': `${matrix.title}: ${title}` };
  return make(actors.length > MOST_COLUMNS ? 'div.matrix.stacked' : 'div.matrix', region, table);
};

/** @param {Matrix} matrix @returns {HTMLElement | null} A dispute's tables; nothing where nobody had said anything. */
const disputeSection = (matrix) => {
  const { summary, groups } = positionsAt(matrix, moment(), (id) => isCardShown(cardOf(id)));
  if (groups.length === 0) return null;
  const name = (/** @type {string} */ actor) => matrix.names[actor] ?? nameOf(actor);
  const title = THINGS.has(matrix.dispute) ? thingLink(matrix.dispute) : bdi(matrix.title);
  return make(
    'section.dispute',
    make('h3', { tabindex: '-1' }, title),
    make('p.kind', summary),
    ...groups.map((group) => groupTable(matrix, group, name)),
  );
};

/** @param {HTMLElement[]} sections @returns {HTMLElement} Ways to each dispute. */
const contents = (sections) => {
  const ways = sections.map((section) => {
    const heading = /** @type {HTMLElement} */ (section.querySelector('h3'));
    const go = () => {
      heading.scrollIntoView({ block: 'start' });
      heading.focus({ preventScroll: true });
    };
    return make('li', makeButton(go, bdi(heading.textContent ?? '')));
  });
  return make('ul.ways', { 'aria-label': 'Disputes' }, ...ways);
};

/** Draws the tables anew. @param {HTMLElement} pane */
const draw = (pane) => {
  const sections = MATRICES.map(disputeSection).filter((section) => section !== null);
  /** @type {HTMLElement[]} */
  const top = [make('h2', 'Positions')];
  if (sections.length > 1) top.push(contents(sections));
  if (sections.length === 0) top.push(make('p', 'By this day, and with these filters, nobody had said anything.'));
  pane.replaceChildren(...top, ...sections);
};

/** Marks what is chosen. @param {HTMLElement} pane */
const mark = (pane) => {
  for (const each of /** @type {NodeListOf<HTMLElement>} */ (pane.querySelectorAll('.held'))) {
    const isChosen = state.choice.kind === 'assertion' && each.dataset.card === state.choice.id;
    each.classList.toggle('marked', isChosen);
    if (isChosen) each.querySelector('a')?.setAttribute('aria-current', 'true');
    else each.querySelector('a')?.removeAttribute('aria-current');
  }
};

/** Sets up the positions, if the picture has any. */
export const setUpPositions = () => {
  if (MATRICES.length === 0) return;
  const pane = element('positions');
  /** @type {import('./address.js').State | null} */
  let drawnState = null;
  onChange((now) => {
    if (now.pane !== 'positions') return;
    if (!drawnState || DECIDING.some((name) => drawnState?.[name] !== now[name])) draw(pane);
    drawnState = now;
    mark(pane);
  });
};
