/**
 * The positions: for each dispute one grid of claims by actors, with a mark in each cell for what somebody holds. A click on
 * it opens the words and where they can be read.
 *
 * @typedef {import('./wire.js').Cell} Cell
 * @typedef {import('./wire.js').Question} Question
 * @typedef {import('./wire.js').Matrix} Matrix
 * @typedef {import('./positions.js').Group} Group
 * @typedef {import('./positions.js').Columns} Columns
 */

import { cardOf, element, GRID, MATRICES, statusName, THINGS } from './data.js';
import { facingMatrix, framedTable, signMark } from './facing.js';
import { compact, onPrint } from './frame.js';
import { nameOf, shortNameOf } from './names.js';
import { columnsOf, positionsAt } from './positions.js';
import { DECIDING, differIn, onChange, state } from './state.js';
import { cardNow, chosenAssertion, isCardShown, moment } from './visibility.js';
import { assertionLink, bdi, countNoun, dateInWords, keepFocus, make, makeButton, thingLink } from './words.js';

/** With more columns than this, names stand upright and cells hold marks alone; on a small screen. */
const [MOST_WIDE, MOST_WIDE_SMALL] = [5, 2];

/** With more columns than this there is one for each side, so that a grid fits a screen; on a small one. */
const [MOST_COLUMNS, MOST_COLUMNS_SMALL] = [24, 5];

/** With more questions than this, only the first kind of them is unfolded. */
const MOST_OPEN = 16;

/** Marks by their names, and what each says. @type {Map<string, [string, string]>} */
const SIGNS = new Map([
  ['says', ['●', 'says so']],
  ['denies', ['✕', 'denies it']],
  ['demands', ['▲', 'demands it']],
  ['plans', ['◆', 'plans it']],
  ['expects', ['◇', 'expects it']],
  ['threatens', ['!', 'threatens it']],
  ['conditional', ['◐', 'on a condition']],
  ['thinks', ['○', 'thinks so']],
  ['supposes', ['◌', 'supposes so']],
  ['for', ['+', 'for it']],
  ['against', ['−', 'against it']],
]);

/** What stands where a side says nothing. */
const SILENT = '–';

/** Which kinds of questions of a dispute the reader folded or unfolded: by `DISPUTE KIND`. @type {Map<string, boolean>} */
const chosenFolds = new Map();

/** Whether paper gets all of it. */
let isPrinting = false;

/** @param {string} sign @returns {HTMLElement} */
const markOf = (sign) => signMark(sign, SIGNS.get(sign)?.[0] ?? '●');

/**
 * @param {Cell} cell @param {string} actor @param {boolean} isWide @param {boolean} isShared  with others of the side
 * @returns {HTMLElement} a mark that leads to the words
 */
const cellContent = ({ actor: speaker, card: id, word, sign }, actor, isWide, isShared) => {
  const { status, said, when } = cardNow(cardOf(id));
  const words = word || SIGNS.get(sign)?.[1] || '';
  const title = `${actor}: ${words}${said || when ? `, ${dateInWords(said || when)}` : ''} (${statusName(status)})`;
  const told = make(isWide ? 'span.stance' : 'span.spoken', isShared ? `${actor}: ${words}` : words);
  const link = assertionLink(id, markOf(sign), told);
  link.title = title;
  return make('span.held', { 'data-card': id, 'data-actor': speaker }, link);
};

/**
 * @param {Question} question @param {Question['rows'][number]} row @param {Columns} columns
 * @param {(actor: string) => string} name @param {boolean} isWide
 * @returns {HTMLElement[]} the cells of one side
 */
const sideCells = (question, { cells }, { side, columns }, name, isWide) => {
  if (side && question.silent.includes(side)) {
    const span = { colspan: String(columns.length), title: `No word from ${name(side)}` };
    return [
      make('td.silent.ruled', span, make('span', { 'aria-hidden': 'true' }, SILENT), make('span.spoken', 'no word')),
    ];
  }
  return columns.map((actors, index) => {
    const own = cells.filter(({ actor }) => actors.includes(actor));
    const content = own.map((cell) => cellContent(cell, name(cell.actor), isWide, actors.length > 1));
    return make(index === 0 ? 'td.ruled' : 'td', ...content);
  });
};

/** @param {string[]} flags @returns {HTMLElement | null} */
const flagList = (flags) =>
  flags.length > 0 ? make('span.flags', ...flags.map((flag) => make('span.flag', flag))) : null;

/** @param {Question} question @returns {string[]} What a reader must know of it; that a side is silent its cells say. */
const flagsOf = ({ contested, flags }) => [
  ...(contested ? ['contested'] : []),
  ...flags.filter((flag) => !flag.startsWith('no word from')),
];

/**
 * @param {Question} question @param {Columns[]} columns @param {(actor: string) => string} name @param {boolean} isWide
 * @returns {HTMLElement}
 */
const questionBody = (question, columns, name, isWide) => {
  const { title, contested, rows } = question;
  const body = make(contested ? 'tbody.asking.contested' : 'tbody.asking');
  const isOne = rows.length === 1;
  if (!isOne) {
    const attributes = { scope: 'rowgroup', colspan: String(widthOf(columns) + 1) };
    body.append(make('tr.asked', make('th', attributes, bdi(title), flagList(flagsOf(question)))));
  }
  for (const row of rows) {
    const head = isOne
      ? make('th', { scope: 'row' }, bdi(title), flagList(flagsOf(question)))
      : make('th.answer', { scope: 'row' }, bdi(row.answer), flagList(row.flags));
    body.append(make('tr', head, ...columns.flatMap((side) => sideCells(question, row, side, name, isWide))));
  }
  return body;
};

/** @param {Columns[]} columns @returns {number} */
const widthOf = (columns) => columns.flatMap((each) => each.columns).length;

/** @param {Columns[]} sides @returns {boolean} Whether those on a side share its column. */
const isBySide = (sides) => sides.some(({ columns }) => columns.some((actors) => actors.length > 1));

/**
 * @param {Columns[]} columns @param {(actor: string) => string} name @param {(actor: string) => string} shortName
 * @returns {HTMLElement} sides and, below them, actors, unless these share a column
 */
const gridHead = (columns, name, shortName) => {
  const sides = columns.map((each) => {
    const title = each.columns.flat().map(name).join(', ');
    const span = { scope: 'colgroup', colspan: String(each.columns.length), title };
    return make('th.ruled', span, each.side ? bdi(name(each.side)) : 'Others');
  });
  if (isBySide(columns)) return make('thead', make('tr.sides', make('td'), ...sides));
  const actors = columns.flatMap((each) =>
    each.columns.map(([actor], index) => {
      const title = { scope: 'col', title: name(actor) };
      return make(index === 0 ? 'th.actor.ruled' : 'th.actor', title, make('span', bdi(shortName(actor))));
    }),
  );
  const corner = make('td', { rowspan: '2' });
  return make('thead', make('tr.sides', corner, ...sides), make('tr', ...actors));
};

/**
 * @param {Matrix} matrix @param {Group[]} groups @param {(actor: string) => string} name @param {() => void} redraw
 * @returns {HTMLElement}
 */
const disputeGrid = (matrix, groups, name, redraw) => {
  const count = groups.flatMap(({ questions }) => questions).length;
  const isOpen = (/** @type {Group} */ { title }, /** @type {number} */ index) =>
    isPrinting || (chosenFolds.get(`${matrix.dispute} ${title}`) ?? (count <= MOST_OPEN || index === 0));
  const isSmall = compact.matches && !isPrinting;
  const columns = columnsOf(matrix, groups.filter(isOpen), isSmall ? MOST_COLUMNS_SMALL : MOST_COLUMNS);
  const width = widthOf(columns);
  const isWide = width <= (isSmall ? MOST_WIDE_SMALL : MOST_WIDE);
  const bodies = groups.flatMap((group, index) => {
    const { title, questions } = group;
    const fold = makeButton(
      () => {
        chosenFolds.set(`${matrix.dispute} ${title}`, !isOpen(group, index));
        redraw();
      },
      { 'aria-expanded': String(isOpen(group, index)), 'data-fold': `${matrix.dispute} ${title}` },
      title,
      make('span.count', ` ${questions.length}`),
    );
    const heading = make('th', { scope: 'rowgroup', colspan: String(width + 1) }, fold);
    const rows = isOpen(group, index) ? questions.map((each) => questionBody(each, columns, name, isWide)) : [];
    return [make('tbody.kind', make('tr', heading)), ...rows];
  });
  const shortName = (/** @type {string} */ actor) =>
    matrix.shortNames[actor] ?? matrix.names[actor] ?? shortNameOf(actor);
  const looks = [...(isWide ? ['wide'] : []), ...(isBySide(columns) ? ['by-side'] : [])];
  return framedTable(matrix.title, looks, width, gridHead(columns, name, shortName), ...bodies);
};

/** @param {Matrix} matrix @param {() => void} redraw @returns {HTMLElement | null} Nothing where nobody had said anything. */
const disputeSection = (matrix, redraw) => {
  const { summary, groups } = positionsAt(matrix, moment(), (id) => isCardShown(cardOf(id)));
  if (groups.length === 0) return null;
  const name = (/** @type {string} */ actor) => matrix.names[actor] ?? nameOf(actor);
  const title = THINGS.has(matrix.dispute) ? thingLink(matrix.dispute) : bdi(matrix.title);
  return make(
    'section.dispute',
    make('h3', { tabindex: '-1' }, title),
    make('p.kind', summary),
    disputeGrid(matrix, groups, name, redraw),
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

/** @param {HTMLElement[]} sections @returns {HTMLElement} What the marks in these say. */
const key = (sections) => {
  const isThere = (/** @type {string} */ sign) => sections.some((each) => each.querySelector(`.mark-${sign}`));
  const signs = [...SIGNS].filter(([sign]) => isThere(sign));
  const items = signs.map(([sign, [, words]]) => make('span', markOf(sign), ` ${words}`));
  const silent = make(
    'span',
    make('span.mark', { 'aria-hidden': 'true' }, SILENT),
    ' says nothing, which is no agreement',
  );
  return make('p.key', ...items, silent);
};

/** Draws the grids anew. @param {HTMLElement} pane */
const draw = (pane) => {
  const redraw = () =>
    keepFocus(pane, () => {
      draw(pane);
      mark(pane);
    });
  const sections = MATRICES.map((matrix) => disputeSection(matrix, redraw)).filter((section) => section !== null);
  const facing = facingMatrix();
  if (facing && MATRICES.length === 0) {
    pane.replaceChildren(facing);
    return;
  }
  /** @type {HTMLElement[]} */
  const top = [make('h2', countNoun(sections.length, 'dispute'), ': who holds what')];
  if (facing) top.unshift(facing);
  if (sections.length > 1) top.push(contents(sections));
  if (sections.length > 0) top.push(key(sections));
  else top.push(make('p', 'By this day, and with these filters, nobody had said anything.'));
  pane.replaceChildren(...top, ...sections);
};

/** Marks what is chosen. @param {HTMLElement} pane */
const mark = (pane) => {
  for (const each of /** @type {NodeListOf<HTMLElement>} */ (pane.querySelectorAll('.held'))) {
    const isChosen = each.dataset.card === chosenAssertion();
    each.classList.toggle('marked', isChosen);
    const link = each.querySelector('a');
    if (link) link.ariaCurrent = isChosen ? 'true' : null;
  }
};

/** Sets up the positions, if the picture has any. */
export const setUpPositions = () => {
  if (MATRICES.length === 0 && !GRID) return;
  const pane = element('positions');
  /** @type {import('./address.js').State | null} */
  let drawnState = null;
  onChange((now) => {
    if (now.pane !== 'positions') return;
    if (!drawnState || differIn([...DECIDING, 'language'], drawnState, now)) draw(pane);
    drawnState = now;
    mark(pane);
  });
  onPrint((isNow) => {
    if (isPrinting === isNow || state.pane !== 'positions') return;
    isPrinting = isNow;
    draw(pane);
  });
  compact.addEventListener('change', () => {
    if (state.pane === 'positions') draw(pane);
  });
};
