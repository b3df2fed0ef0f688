/**
 * The positions: for each dispute who holds what of each question, and who says nothing.
 *
 * @typedef {import('./positions.js').Cell} Cell
 * @typedef {import('./positions.js').Question} Question
 * @typedef {import('./positions.js').Row} Row
 * @typedef {import('./positions.js').Group} Group
 * @typedef {import('./wire.js').Matrix} Matrix
 */

import { paragraphsOf } from './citations.js';
import { cardOf, element, MATRICES, SOURCES, THINGS } from './data.js';
import { nameOf } from './names.js';
import { groupsOf, questionsOf, silentSides } from './positions.js';
import { onChange, state } from './state.js';
import { isCardShown, standingNow } from './visibility.js';
import { assertionLink, bdi, counted, days, make, plain, statusWord, thingLink } from './words.js';

/** With more actors than this, cells stand below their question, each with its actor's name. */
const MOST_COLUMNS = 4;

/** @param {string[]} names @returns {string} */
const listed = (names) =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}`;

/**
 * @param {Cell} cell @param {boolean} isSaid  whether its row says already that it is contested
 * @returns {HTMLElement} What an actor holds, when, and where that can be read.
 */
const held = ({ card: id, word }, isSaid) => {
  const card = cardOf(id);
  const status = standingNow(card).status;
  const contested = status === 'contested' && !isSaid;
  const date = card.said || card.when;
  const through = card.via.length > 0 ? `, through ${listed(card.via.map((part) => plain([part])))}` : '';
  const cited = [...paragraphsOf(card)].map(([article, numbers]) => {
    const source = SOURCES.get(article);
    return `${source?.originator || article} ${source?.published ?? ''}: ${numbers.join(', ')}`;
  });
  return make(
    'div.held',
    { 'data-card': id },
    assertionLink(
      id,
      make('span.stance', word),
      make('span.date', date && ', ', ...days(date), through),
      make('span.cited', ...days(cited.join('; '))),
    ),
    contested && ' ',
    contested && statusWord(status),
  );
};

/** @param {string[]} flags @returns {HTMLElement} */
const flagged = (flags) => make('span.flags', ...flags.map((flag) => make('span.flag', flag)));

/** @param {Question} question @param {Matrix} matrix @returns {string[]} What is missing: an answer, or a side's word. */
const missing = ({ unanswered, silent }, matrix) => {
  const all = silent.length === matrix.sides.length && silent.length > 1;
  return [
    unanswered ? 'nobody answers' : '',
    silent.length > 0 ? `no word from ${all ? 'any side' : listed(silent)}` : '',
  ].filter(Boolean);
};

/**
 * @param {Row} row @param {string[]} actors @param {(actor: string) => string} name @param {boolean} isContested
 * @returns {HTMLElement[]}
 */
const cellsOf = (row, actors, name, isContested) =>
  actors.map((actor) => {
    const cells = row.cells.get(actor) ?? [];
    // The actor's name stands in the cell too, for where cells stand below each other.
    return make(
      'td',
      cells.length > 0 ? {} : { class: 'nothing' },
      ...(cells.length > 0
        ? [make('span.actor', bdi(name(actor))), ...cells.map((each) => held(each, isContested))]
        : []),
    );
  });

/** @param {Question} question @param {Group} group @param {Matrix} matrix @param {(actor: string) => string} name */
const questionBody = (question, group, matrix, name) => {
  const flags = (/** @type {string[]} */ more) => flagged([...more, ...missing(question, matrix)]);
  const isDenied = question.rows.some((row) => row.denied && row.cells.size > 1);
  const isContested = isDenied || (question.kind === 'claim' && question.rows.length > 1 && !question.unanswered);
  const body = make('tbody', { class: isContested ? 'asking contested' : 'asking' });
  if (question.rows.length === 1) {
    const [row] = question.rows;
    const head = make('th', { scope: 'row' }, bdi(question.title), flags(isContested ? ['contested'] : []));
    body.append(make('tr', head, ...cellsOf(row, group.actors, name, isContested)));
    return body;
  }
  const over = make(
    'th',
    { scope: 'rowgroup', colspan: String(group.actors.length + 1) },
    bdi(question.title),
    flags([]),
  );
  body.append(make('tr.asked', over));
  for (const row of question.rows) {
    const head = make('th.answer', { scope: 'row' }, bdi(row.answer));
    if (question.kind === 'claim' && !row.denied) head.append(flagged(['nobody denies it']));
    body.append(make('tr', head, ...cellsOf(row, group.actors, name, isContested)));
  }
  return body;
};

/** @param {Matrix} matrix @returns {HTMLElement | null} A dispute's tables; nothing where nobody had said anything. */
const disputeSection = (matrix) => {
  const name = (/** @type {string} */ actor) =>
    Object.hasOwn(matrix.names, actor) ? matrix.names[actor] : nameOf(actor);
  const questions = questionsOf(
    matrix,
    (id) => isCardShown(cardOf(id)),
    (id) => cardOf(id).polarity === 'denies',
  );
  if (questions.length === 0) return null;
  const title = THINGS.has(matrix.dispute) ? thingLink(matrix.dispute) : bdi(matrix.title);
  const silent = silentSides(matrix, questions);
  const alone = questions.filter(({ unanswered }) => unanswered).length;
  const summary = [
    matrix.sides.length > 0 ? `Sides: ${listed(matrix.sides.map((side) => side.name))}` : 'Sides: not reported',
    counted(questions.length, 'question'),
    alone > 0 ? `nobody answers ${alone} of them` : '',
    silent.length > 0 ? `no word at all from ${listed(silent)}` : '',
  ].filter(Boolean);
  const tables = groupsOf(matrix, questions).flatMap((group) => {
    const heading = group.title;
    const table = make(
      'table',
      make('caption', make('span.spoken', `${matrix.title}: `), heading),
      make(
        'thead',
        make(
          'tr',
          make('th', { scope: 'col' }, 'Question'),
          ...group.actors.map((actor) => make('th', { scope: 'col' }, bdi(name(actor)))),
        ),
      ),
      ...group.questions.map((question) => questionBody(question, group, matrix, name)),
    );
    const label = `${matrix.title}: ${heading}`;
    const form = group.actors.length > MOST_COLUMNS ? 'matrix stacked' : 'matrix';
    return [make('div', { class: form, role: 'region', tabindex: '0', 'aria-label': label }, table)];
  });
  return make(
    'section.dispute',
    make('h3', { tabindex: '-1' }, title),
    make('p.kind', summary.join('; '), '. Silence is no agreement.'),
    ...tables,
  );
};

/** @param {HTMLElement[]} sections @returns {HTMLElement | null} Ways to each dispute, where there are several. */
const contents = (sections) => {
  if (sections.length < 2) return null;
  const ways = sections.map((section) => {
    const heading = /** @type {HTMLElement} */ (section.querySelector('h3'));
    const button = make('button', { type: 'button' }, bdi(heading.textContent ?? ''));
    button.addEventListener('click', () => {
      heading.scrollIntoView({ block: 'start' });
      heading.focus({ preventScroll: true });
    });
    return make('li', button);
  });
  return make('ul.ways', { 'aria-label': 'Disputes' }, ...ways);
};

/** What decides what stands in the tables. */
const DECIDING = /** @type {const} */ (['hidden', 'only', 'on', 'by', 'from', 'to', 'language']);

/** Sets up the positions, if the picture has any. */
export const setUpPositions = () => {
  if (MATRICES.length === 0) return;
  const pane = element('positions');
  /** @type {import('./address.js').State | null} */
  let drawnState = null;
  const draw = () => {
    if (drawnState && DECIDING.every((name) => drawnState?.[name] === state[name])) return;
    drawnState = state;
    const sections = MATRICES.map(disputeSection).filter((section) => section !== null);
    const nothing =
      sections.length === 0 && make('p', 'By this day, and with these filters, nobody had said anything.');
    pane.replaceChildren(
      ...[make('h2', 'Positions'), contents(sections), nothing].filter((each) => each instanceof Node),
      ...sections,
    );
  };
  const mark = () => {
    const chosen = state.choice.kind === 'assertion' ? state.choice.id : null;
    for (const each of /** @type {NodeListOf<HTMLElement>} */ (pane.querySelectorAll('.held'))) {
      const isChosen = each.dataset.card === chosen;
      each.classList.toggle('marked', isChosen);
      if (isChosen) each.querySelector('a')?.setAttribute('aria-current', 'true');
      else each.querySelector('a')?.removeAttribute('aria-current');
    }
  };
  onChange((now) => {
    if (now.pane !== 'positions') return;
    draw();
    mark();
  });
};
