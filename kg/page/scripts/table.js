/**
 * The table of all ties: the same rows as lines in the picture, in words. Without scripts the page has a plain one, which
 * gives way to this.
 *
 * @typedef {import('./data.js').Tie} Tie
 */

import { changeRank, changeSign, howBefore } from './changes.js';
import { placesOf, shortCitations } from './citations.js';
import { CHANGES, element, FACTS, ROWS, SOURCES, statusName, TIES } from './data.js';
import { foldName } from './find.js';
import { onPrint } from './frame.js';
import { namesOf } from './legend.js';
import { dayNumber, ranks, sortRows } from './sorting.js';
import { change, DECIDING, differIn, onChange, state } from './state.js';
import { cardNow, chosenAssertion, inFocus, shownFacts, shownTies, statusOf } from './visibility.js';
import {
  assertionLink,
  contestedDetails,
  countNoun,
  dateInWords,
  make,
  makeButton,
  plain,
  shortDate,
  statusWord,
  words,
} from './words.js';

/** So many rows stand there at first, and so many more each time one asks. */
const MORE = 300;

/** Places of all sentences in the alphabet, and for which language and day they were found. */
let alphabet = { of: '', ranks: /** @type {number[]} */ ([]) };

/** @param {Tie} tie @returns {number} */
const sentenceRank = (tie) => {
  const of = `${state.language} ${state.by} ${state.on}`;
  if (alphabet.of !== of) {
    const sentences = ROWS.map((each) => plain(cardNow(each.card).words));
    alphabet = { of, ranks: ranks(sentences, state.language) };
  }
  return alphabet.ranks[tie.id];
};

/** @param {Tie} tie @returns {number | null} The day on which its first article appeared. */
const firstPublished = (tie) => {
  const sources = cardNow(tie.card).citations.map(([id]) => SOURCES.get(id));
  const days = sources.flatMap((source) => dayNumber(source?.known || source?.published) ?? []);
  return days.length > 0 ? Math.min(...days) : null;
};

/** The order of statuses is that of the legend. @param {Tie} tie @returns {number} */
const statusRank = (tie) => {
  statusOrder ??= namesOf('status');
  return statusOrder.indexOf(statusOf(tie));
};

/** @type {string[] | undefined} */
let statusOrder;

/** @type {{name: string, title: string, key: (tie: Tie) => number | null}[]} */
const COLUMNS = [
  { name: 'words', title: 'Who says what', key: sentenceRank },
  { name: 'status', title: 'Status', key: statusRank },
  { name: 'when', title: 'When', key: ({ card }) => dayNumber(card.starts || card.sorts) },
  { name: 'cited', title: 'Cited in', key: firstPublished },
  { name: 'sources', title: 'Sources', key: ({ card }) => cardNow(card).sources },
  ...(CHANGES ? [{ name: 'change', title: 'Change', key: (/** @type {Tie} */ tie) => changeRank(tie.change) }] : []),
];

/** @param {string} text @returns {(tie: Tie) => boolean} Whether a row holds all words of a text, wherever they stand in it. */
const holdsWords = (text) => {
  const asked = foldName(text).split(/\s+/).filter(Boolean);
  if (asked.length === 0) return () => true;
  return ({ card }) => {
    const now = cardNow(card);
    const sources = [...placesOf(now).keys()].map((id) => SOURCES.get(id));
    const cited = sources.flatMap((source) => (source ? [source.title, source.originator, source.publisher] : []));
    const told = foldName([plain(now.words), statusName(now.status), dateInWords(now.when), ...cited].join(' '));
    return asked.every((word) => told.includes(word));
  };
};

/** @returns {Tie[]} The rows, in the order that was asked for. */
const tableRows = () => {
  const ties = [...shownTies(), ...shownFacts()].filter(holdsWords(state.rows));
  const column = COLUMNS.find(({ name }) => name === state.sort.replace(/^-/, ''));
  if (!column) return ties;
  return sortRows(ties.map(column.key), state.sort.startsWith('-')).map((index) => ties[index]);
};

/** So many articles stand in a row before one asks for more. */
const FIRST_TAGS = 2;

/** @param {HTMLElement[]} tags @returns {HTMLElement[]} The first of them, and the others behind a button; paper gets all. */
const firstTags = (tags) => {
  if (tags.length <= FIRST_TAGS) return tags;
  const rest = make('span.rest', ...tags.slice(FIRST_TAGS));
  const more = makeButton(
    () => {
      rest.classList.add('open');
      more.remove();
    },
    { class: 'more-tags', 'aria-label': `${tags.length - FIRST_TAGS} more articles` },
    `+${tags.length - FIRST_TAGS}`,
  );
  return [...tags.slice(0, FIRST_TAGS), more, rest];
};

/** @param {string} when @returns {HTMLElement} A date in few words; as it was written stands in its title. */
const whenCell = (when) => make('span', { title: when }, shortDate(when));

/** @param {Tie} tie @returns {HTMLTableRowElement} */
const rowOf = (tie) => {
  const card = cardNow(tie.card);
  const citations = shortCitations(card);
  return make(
    'tr',
    { 'data-tie': String(tie.id), ...(tie.to ? {} : { class: 'fact' }) },
    make('th', { scope: 'row' }, assertionLink(tie.assertion, ...words(card.words, false))),
    make('td', statusWord(card.status)),
    make('td', card.when ? whenCell(card.when) : make('span.aside', 'undated'), contestedDetails(card)),
    make('td.cited-in', ...(citations.length > 0 ? firstTags(citations) : [card.basis])),
    make('td.number', { title: card.originators.join(', ') }, String(card.sources)),
    CHANGES && make('td', changeSign(tie.change), ...(card.change === tie.change ? howBefore(card) : [])),
  );
};

/** Sorts by a column; asked for again it turns the order round, and then leaves it. @param {string} name */
const sortBy = (name) => {
  const next = { [name]: `-${name}`, [`-${name}`]: '' };
  change({ sort: next[state.sort] ?? name });
};

/** What rows there are in all, in words. */
const ALL_ROWS =
  countNoun(TIES.length, 'claim') + (FACTS.length > 0 ? ` and ${countNoun(FACTS.length, 'fact')} in words` : '');

/** @returns {HTMLElement} */
const head = () => {
  const cells = COLUMNS.map(({ name, title }) => {
    const arrow = make('span', { 'aria-hidden': 'true' });
    return make(
      'th',
      { scope: 'col' },
      makeButton(() => sortBy(name), { 'data-sort': name }, title, arrow),
    );
  });
  return make('thead', make('tr', ...cells));
};

/** Shows by which column rows are sorted. @param {HTMLElement} table */
const showSort = (table) => {
  for (const button of table.querySelectorAll('button[data-sort]')) {
    const name = button.getAttribute('data-sort');
    const way = ['ascending', 'descending'][[name, `-${name}`].indexOf(state.sort)] ?? '';
    const [heading, arrow] = [button.parentElement, button.querySelector('span')];
    if (heading) heading.ariaSort = way || null;
    if (arrow) arrow.textContent = { ascending: ' ▲', descending: ' ▼' }[way] ?? '';
  }
};

/** Marks the rows that are in focus. @param {HTMLTableSectionElement} body */
const markRows = ({ rows }) => {
  const focus = inFocus();
  for (const row of rows) {
    const tie = ROWS[Number(row.dataset.tie)];
    row.classList.toggle('marked', focus?.ties.has(tie.id) === true);
    row.ariaCurrent = chosenAssertion() === tie.assertion ? 'true' : null;
  }
};

/** @returns {HTMLInputElement} A field for words that rows have to hold. */
const filterField = () => {
  const field = make('input', { type: 'search', id: 'rows', placeholder: 'words in a row', autocomplete: 'off' });
  field.addEventListener('input', () => change({ rows: field.value.trim() }));
  onChange(({ rows }) => {
    if (field.value.trim() !== rows) field.value = rows;
  });
  return field;
};

/** What decides which rows there are and what they say. */
const DECIDING_ROWS = /** @type {const} */ ([...DECIDING, 'sort', 'rows', 'language']);

/** Sets up the table. */
export const setUpTable = () => {
  const body = make('tbody');
  const table = make('table', head(), body);
  const title = element('table-title');
  const more = make('button.more-rows', { type: 'button' });
  const nothing = make(
    'p',
    ROWS.length > 0 ? 'The filters and the days that you chose hide every claim.' : 'There are no claims here yet.',
  );
  const top = make('div.table-top', title, make('label', { for: 'rows' }, 'Filter'), filterField());
  element('table').replaceChildren(top, nothing, table, more);
  element('table').tabIndex = -1;

  /** @type {Tie[]} */
  let rows = [];
  /** @type {import('./address.js').State | null} */
  let drawnState = null;

  /** @param {number} until */
  const grow = (until) => {
    body.append(...rows.slice(body.childElementCount, until).map(rowOf));
    const left = rows.length - body.childElementCount;
    more.hidden = left <= 0;
    more.textContent = `Show ${Math.min(MORE, left)} more (${left} remain${left === 1 ? 's' : ''})`;
    markRows(body);
  };

  /** Draws the rows anew, unless these would be the same. @param {number} until */
  const draw = (until) => {
    if (drawnState && !differIn(DECIDING_ROWS, drawnState, state)) {
      grow(Math.max(body.childElementCount, Math.min(until, rows.length)));
      return;
    }
    drawnState = state;
    rows = tableRows();
    title.textContent = `${rows.length === ROWS.length ? 'All' : `${rows.length} of`} ${ALL_ROWS}`;
    body.replaceChildren();
    table.hidden = rows.length === 0;
    nothing.hidden = rows.length > 0;
    showSort(table);
    grow(until);
  };

  more.addEventListener('click', () => {
    const first = body.childElementCount;
    grow(first + MORE);
    body.rows[first]?.querySelector('a')?.focus();
  });
  onPrint((isNow) => {
    if (isNow) draw(ROWS.length);
  });
  onChange(({ pane }) => {
    if (pane === 'table') draw(MORE);
  });
};
