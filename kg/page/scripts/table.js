/**
 * The table of all ties: the same rows as lines in the picture, in words. Without scripts the page has a plain one, which
 * gives way to this.
 *
 * @typedef {import('./data.js').Tie} Tie
 */

import { shortCitations } from './citations.js';
import { changeRank, changeSign, howBefore } from './compared.js';
import { CHANGES, cardOf, element, SOURCES, TIES } from './data.js';
import { citationsOf, inFocus, originatorsOf, shownTies, sourceCountOf, standingOf, statusOf } from './shown.js';
import { beginning, dayNumber, ordered, ranks } from './sorting.js';
import { change, onChange, state } from './state.js';
import { assertionLink, counted, days, make, plain, statusWord, words } from './words.js';

/** So many rows stand there at first, and so many more each time one asks. */
const ROWS = 300;

/** @param {import('./data.js').Card} card @returns {import('./data.js').Part[]} */
const wordsOf = (card) => (standingOf(card) ?? card).words;

/** Places of all sentences in the alphabet, and for which language and day they were found. */
let alphabet = { of: '', ranks: /** @type {number[]} */ ([]) };

/** @param {Tie} tie @returns {number} */
const sentenceRank = (tie) => {
  const of = `${state.language} ${state.by}`;
  if (alphabet.of !== of) {
    const sentences = TIES.map((each) => plain(wordsOf(cardOf(each.assertion))));
    alphabet = { of, ranks: ranks(sentences, state.language) };
  }
  return alphabet.ranks[tie.id];
};

/** @param {Tie} tie @returns {number | null} The day on which its first article appeared. */
const firstPublished = (tie) => {
  const days = citationsOf(cardOf(tie.assertion)).flatMap(([id]) => {
    const source = SOURCES.get(id);
    return dayNumber(source?.known || source?.published) ?? [];
  });
  return days.length > 0 ? Math.min(...days) : null;
};

/** The order of statuses is that of the legend. @param {Tie} tie @returns {number} */
const statusRank = (tie) => {
  statusOrder ??= [...document.querySelectorAll('input[data-kind="status"]')].map(
    (box) => box.getAttribute('value') ?? '',
  );
  return statusOrder.indexOf(statusOf(tie));
};

/** @param {import('./data.js').Card} card @returns {number | null} */
const beginningOf = (card) => beginning(card.bounds, card.when);

/** @type {string[] | undefined} */
let statusOrder;

/** @type {{name: string, title: string, key: (tie: Tie) => number | null}[]} */
const COLUMNS = [
  { name: 'words', title: 'Who says what', key: sentenceRank },
  { name: 'status', title: 'Status', key: statusRank },
  { name: 'when', title: 'When', key: (tie) => beginningOf(cardOf(tie.assertion)) },
  { name: 'cited', title: 'Cited in', key: firstPublished },
  { name: 'sources', title: 'Sources', key: (tie) => sourceCountOf(cardOf(tie.assertion)) },
  ...(CHANGES ? [{ name: 'change', title: 'Change', key: (/** @type {Tie} */ tie) => changeRank(tie.change) }] : []),
];

/** @returns {Tie[]} The rows, in the order that was asked for. */
const tableRows = () => {
  const ties = shownTies();
  const column = COLUMNS.find(({ name }) => name === state.sort.replace(/^-/, ''));
  if (!column) return ties;
  return ordered(ties.map(column.key), state.sort.startsWith('-')).map((index) => ties[index]);
};

/** @param {Tie} tie @returns {HTMLTableRowElement} */
const rowOf = (tie) => {
  const card = cardOf(tie.assertion);
  const premises =
    card.premises.length > 0
      ? `concluded from ${counted(card.premises.length, 'other')}`
      : 'nothing: an editorial judgement';
  const cited = shortCitations(card);
  const when = card.when ? days(card.when) : [make('span', { class: 'aside' }, 'undated')];
  const originators = originatorsOf(card);
  return make(
    'tr',
    { 'data-tie': String(tie.id) },
    make('th', { scope: 'row' }, assertionLink(tie.assertion, ...words(wordsOf(card), false))),
    make('td', {}, statusWord(statusOf(tie))),
    make('td', {}, ...when),
    make('td', {}, ...(cited.length > 0 ? cited : [premises])),
    make('td', { class: 'number', title: originators.join(', ') }, String(sourceCountOf(card))),
    CHANGES && make('td', {}, changeSign(tie.change), ...(card.change === tie.change ? howBefore(card) : [])),
  );
};

/** @param {string} name @returns {string} How the rows are sorted next if one asks for a column again. */
const nextSort = (name) => (state.sort === name ? `-${name}` : state.sort === `-${name}` ? '' : name);

/** @returns {HTMLTableSectionElement} */
const head = () =>
  make(
    'thead',
    {},
    make(
      'tr',
      {},
      ...COLUMNS.map(({ name, title }) => {
        const button = make(
          'button',
          { type: 'button', 'data-sort': name },
          title,
          make('span', { 'aria-hidden': 'true' }),
        );
        button.addEventListener('click', () => change({ sort: nextSort(name) }));
        return make('th', { scope: 'col' }, button);
      }),
    ),
  );

/** Shows by which column rows are sorted. @param {HTMLElement} table */
const showSort = (table) => {
  for (const button of table.querySelectorAll('button[data-sort]')) {
    const name = button.getAttribute('data-sort');
    const way = state.sort === name ? 'ascending' : state.sort === `-${name}` ? 'descending' : '';
    if (way) button.parentElement?.setAttribute('aria-sort', way);
    else button.parentElement?.removeAttribute('aria-sort');
    const arrow = button.querySelector('span');
    if (arrow) arrow.textContent = { ascending: ' ▲', descending: ' ▼', '': '' }[way];
  }
};

/** What decides which rows there are and what they say. */
const DECIDING = /** @type {const} */ (['hidden', 'only', 'on', 'by', 'from', 'to', 'sort', 'language']);

/** Sets up the table. */
export const setUpTable = () => {
  const body = make('tbody', {});
  const table = make('table', {}, head(), body);
  const title = element('table-title');
  const more = make('button', { type: 'button', class: 'more-rows' });
  const nothing = make(
    'p',
    {},
    TIES.length > 0 ? 'The filters and the lens hide every tie.' : 'This view found no ties.',
  );
  element('table').replaceChildren(title, nothing, table, more);
  element('table').tabIndex = -1;

  /** @type {Tie[]} */
  let rows = [];
  /** @type {import('./address.js').State | null} */
  let drawn = null;

  /** @param {number} until */
  const grow = (until) => {
    body.append(...rows.slice(body.childElementCount, until).map(rowOf));
    const left = rows.length - body.childElementCount;
    more.hidden = left <= 0;
    more.textContent = `Show ${Math.min(ROWS, left)} more (${left} remain${left === 1 ? 's' : ''})`;
    mark();
  };

  /** Marks the rows that are in focus. */
  const mark = () => {
    const focus = inFocus();
    for (const row of body.rows) {
      const tie = TIES[Number(row.dataset.tie)];
      row.classList.toggle('marked', focus?.ties.has(tie.id) === true);
      const chosen = state.choice.kind === 'assertion' && state.choice.id === tie.assertion;
      if (chosen) row.setAttribute('aria-current', 'true');
      else row.removeAttribute('aria-current');
    }
  };

  /** Draws the rows anew, unless these would be the same. @param {number} until */
  const draw = (until) => {
    if (drawn && DECIDING.every((name) => drawn?.[name] === state[name])) {
      grow(Math.max(body.childElementCount, Math.min(until, rows.length)));
      return;
    }
    drawn = state;
    rows = tableRows();
    title.textContent =
      rows.length === TIES.length
        ? `All ${counted(rows.length, 'tie')}`
        : `${rows.length} of ${counted(TIES.length, 'tie')}`;
    body.replaceChildren();
    table.hidden = rows.length === 0;
    nothing.hidden = rows.length > 0;
    showSort(table);
    grow(until);
  };

  more.addEventListener('click', () => {
    const first = body.childElementCount;
    grow(first + ROWS);
    body.rows[first]?.querySelector('a')?.focus();
  });
  const drawAll = () => draw(TIES.length);
  addEventListener('beforeprint', drawAll);
  // Where no such event comes, the medium still changes.
  matchMedia('print').addEventListener('change', ({ matches }) => {
    if (matches) drawAll();
  });
  onChange(({ pane }) => {
    if (pane === 'table') draw(ROWS);
  });
};
