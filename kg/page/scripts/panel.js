/**
 * The panel: what is known of the thing or tie that a reader chose, each assertion with its status and its citations.
 *
 * @typedef {import('./data.js').Card} Card
 * @typedef {import('./data.js').Tie} Tie
 */

import { BY_WEIGHT, CARDS, cardOf, MEANINGS, SOURCES, STORY, THINGS, TIES, thingOf } from './data.js';
import { findThing } from './find.js';
import { nameOf } from './names.js';
import {
  chosenPath,
  citationsOf,
  holdingOf,
  inFocus,
  isShown,
  isThingShown,
  noteOf,
  shownTies,
  shownTiesOf,
  standingOf,
  statusOf,
} from './shown.js';
import { change, goToStep, state } from './state.js';
import { assertionLink, bdi, counted, make, plain, statusWord, thingLink, words } from './words.js';

/** @param {Card} card @returns {HTMLElement | null} Articles with paragraphs, publisher, originator, date and link. */
const citations = (card) => {
  /** @type {Map<string, number[]>} */
  const paragraphs = new Map();
  for (const [article, paragraph] of citationsOf(card)) {
    paragraphs.set(article, [...(paragraphs.get(article) ?? []), paragraph]);
  }
  if (paragraphs.size === 0) return null;
  const items = [...paragraphs].map(([article, numbers]) => {
    const source = SOURCES.get(article);
    const title = bdi(source?.title ?? article);
    const by = source?.originator && source.originator !== source.publisher ? source.originator : '';
    return make(
      'li',
      {},
      source?.url ? make('a', { href: source.url, rel: 'noopener noreferrer', target: '_blank' }, title) : title,
      make(
        'span',
        { class: 'where' },
        make('strong', {}, `paragraph${numbers.length === 1 ? '' : 's'} ${numbers.join(', ')}`),
        ' · ',
        bdi(source?.publisher ?? ''),
        by && ', written by ',
        by && bdi(by),
        source?.published && ` · ${source.published}`,
      ),
    );
  });
  return make('ul', { class: 'citations' }, ...items);
};

/** @param {string} label @param {...(Node | string)} content @returns {HTMLElement[]} */
const fact = (label, ...content) => [make('dt', {}, label), make('dd', {}, ...content)];

/** @param {string} text @returns {(Node | string)[]} A reason with the assertions and things that it names as links. */
const linked = (text) =>
  text.split(/([\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)*)/u).map((word) => {
    if (CARDS.has(word)) return assertionLink(word, word);
    return THINGS.has(word) ? thingLink(word) : word;
  });

/** @param {Card} card @returns {(Node | string)[]} Why it has its status; what stands against it has its own place. */
const standing = (card) => {
  const now = standingOf(card) ?? card;
  const meaning = MEANINGS[now.status] ?? '';
  return now.opposed.length > 0 && meaning ? [meaning] : linked(now.reason || meaning);
};

/** @param {Card} card @returns {HTMLElement} */
const facts = (card) => {
  const rows = [];
  if (card.when) rows.push(...fact('When', card.when));
  if (state.on !== '') {
    rows.push(...fact(`On ${state.on}`, `${holdingOf(card)}${card.bounds === null ? ': it is undated' : ''}`));
  }
  if (card.where.length > 0) rows.push(...fact('Where', ...words(card.where)));
  if (card.said) rows.push(...fact('Said on', card.said));
  if (card.via.length > 0) rows.push(...fact('Passed on by', ...words(card.via)));
  rows.push(...fact('Status', ...standing(card)));
  const note = noteOf(card);
  if (note) rows.push(...fact('Note', bdi(note)));
  if (card.rule) rows.push(...fact('Rule', card.rule));
  const articles = [...new Set(citationsOf(card).map(([article]) => article))];
  if (articles.length > 0) {
    // Copies of one text have one originator: they are one source.
    const originators = [...new Set(articles.map((article) => SOURCES.get(article)?.originator ?? article))].sort();
    const count = make('strong', {}, `${originators.length} independent`);
    rows.push(
      ...fact('Sources', count, ' (', bdi(originators.join(', ')), `), in ${counted(articles.length, 'article')}`),
    );
  }
  return make('dl', {}, ...rows);
};

/**
 * @param {string} title @param {string} kind @param {string[]} ids @param {Set<string>} above
 * @returns {HTMLElement | null}
 */
const cardsBelow = (title, kind, ids, above) => {
  const known = ids.filter((id) => CARDS.has(id) && standingOf(cardOf(id)) && !above.has(id));
  if (known.length === 0) return null;
  const cards = known.map((id) => assertionCard(id, new Set([...above, ...known])));
  return make('section', { class: kind }, make('h3', {}, title), ...cards);
};

/**
 * An assertion with its citations; below it what it follows from and, for the one asked for, what is against it.
 *
 * @param {string} id
 * @param {Set<string>} [above]  the assertions that this one is shown below
 * @returns {HTMLElement}
 */
const assertionCard = (id, above = new Set()) => {
  const card = CARDS.get(id);
  if (!card) return make('p', {}, id);
  const seen = new Set([...above, id]);
  const now = standingOf(card) ?? card;
  return make(
    'article',
    { class: 'card' },
    make('p', { class: 'words' }, ...words(now.words), ' ', statusWord(now.status)),
    facts(card),
    citations(card),
    cardsBelow('It follows from', 'premises', card.premises, seen),
    above.size === 0 && cardsBelow('Against this', 'against', now.opposed, seen),
  );
};

/** @param {Tie} tie @returns {HTMLElement} A tie of a thing: its sentence, and its card on demand. */
const foldedCard = (tie) => {
  const card = cardOf(tie.assertion);
  const summary = make('summary', {}, ...words(card.words, false), ' ', statusWord(statusOf(tie)));
  const folded = make('details', { class: 'folded' }, summary);
  folded.addEventListener('toggle', () => {
    if (folded.open && folded.childElementCount === 1) folded.append(assertionCard(tie.assertion));
  });
  return folded;
};

/** @param {string} id @returns {HTMLElement[]} */
const aboutThing = (id) => {
  const thing = thingOf(id);
  const ties = shownTiesOf(id);
  return [
    make('h2', {}, bdi(nameOf(id))),
    make('p', { class: 'kind' }, thing.type, thing.also.length > 0 && ' · also called ', ...alsoCalled(thing.also)),
    ...reach(id),
    make('h3', {}, counted(ties.length, 'tie')),
    ...ties.map(foldedCard),
  ];
};

/** @param {string[]} names @returns {(Node | string)[]} */
const alsoCalled = (names) => names.flatMap((name, index) => (index ? [', ', bdi(name)] : [bdi(name)]));

/** @param {string} id @returns {HTMLElement[]} How far around a thing to look, and the way from it to another. */
const reach = (id) => {
  const depths = [1, 2, 3].map((depth) => {
    const button = make(
      'button',
      { type: 'button', 'aria-pressed': String(state.depth === depth) },
      depth === 1 ? 'Its ties' : `${depth} steps`,
    );
    button.addEventListener('click', () => change({ depth }));
    return button;
  });
  const field = make('input', {
    type: 'search',
    list: 'found',
    placeholder: 'name of another thing',
    'aria-label': `Path from ${nameOf(id)} to`,
    autocomplete: 'off',
    spellcheck: 'false',
  });
  const form = make('form', { class: 'way' }, field, make('button', { type: 'submit' }, 'Show path'));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const to = findThing(field.value);
    field.classList.toggle('missed', to === undefined);
    if (to !== undefined) change({ choice: { kind: 'path', from: id, to }, opened: [] });
  });
  return [make('div', { class: 'choices', role: 'group', 'aria-label': 'How far to look' }, ...depths), form];
};

/** @param {string} from @param {string} to @returns {HTMLElement[]} Every hop with its tie and citations. */
const aboutPath = (from, to) => {
  const ties = chosenPath() ?? [];
  const title = make('h2', {}, 'From ', thingLink(from), ' to ', thingLink(to));
  if (ties.length === 0) {
    return [title, make('p', {}, 'No way leads from one to the other over the ties that are shown.')];
  }
  return [
    title,
    make('p', { class: 'kind' }, `${counted(ties.length, 'hop')}: a shortest way over the ties that are shown.`),
    make('ol', { class: 'hops' }, ...ties.map((tie) => make('li', {}, assertionCard(tie.assertion)))),
  ];
};

/** @param {string} id @returns {HTMLElement[]} */
const aboutAssertion = (id) => {
  const card = cardOf(id);
  if (!standingOf(card)) {
    return [make('h2', {}, 'Not known yet'), make('p', {}, `By ${state.by} no article had said so.`)];
  }
  return [
    make('h2', {}, 'Who says so'),
    assertionCard(id),
    make('p', { class: 'id' }, 'Assertion ', make('code', {}, id)),
  ];
};

/** @param {number} number @returns {HTMLElement[]} A step of the story, with the ways on and back. */
const aboutStep = (number) => {
  const steps = STORY?.steps ?? [];
  const step = steps[number - 1];
  const way = (/** @type {string} */ label, /** @type {number} */ to) => {
    const button = make('button', { type: 'button' }, label);
    button.disabled = to < 1 || to > steps.length;
    button.addEventListener('click', () => goToStep(to));
    return button;
  };
  const ties = TIES.filter((tie) => step.ties.includes(tie.assertion) && isShown(tie));
  return [
    make('p', { class: 'kind' }, bdi(STORY?.title ?? ''), ` · step ${number} of ${steps.length}`),
    make('h2', {}, bdi(step.title)),
    make('p', { class: 'telling' }, ...words(step.text)),
    make('p', { class: 'choices' }, way('Back', number - 1), way('Next', number + 1), exploreButton()),
    ...(ties.length > 0 ? [make('h3', {}, 'What the picture shows'), ...ties.map(foldedCard)] : []),
  ];
};

/** @returns {HTMLElement} */
const exploreButton = () => {
  const button = make('button', { type: 'button' }, 'Explore');
  button.addEventListener('click', () => change({ choice: { kind: 'nothing' }, on: '', by: '' }));
  return button;
};

/** @returns {HTMLElement[]} What the panel says before anything is chosen: where one might begin. */
const aboutNothing = () => {
  if (TIES.length === 0) {
    return [make('h2', {}, 'Nothing to show'), make('p', {}, 'This view found no ties in this data set.')];
  }
  const ties = shownTies();
  if (ties.length === 0) {
    return [make('h2', {}, 'Nothing is left'), make('p', {}, 'The filters and the lens hide every tie.')];
  }
  const contested = new Set(ties.filter((tie) => statusOf(tie) === 'contested').map((tie) => tie.assertion));
  const first = BY_WEIGHT.filter(isThingShown).slice(0, 5);
  return [
    ...(STORY ? [make('p', {}, storyButton(STORY.title, STORY.steps.length))] : []),
    make('h2', {}, 'Click a thing or a line'),
    make(
      'p',
      {},
      'Everything drawn here is somebody’s statement. Each opens with its status, who says so, ' +
        'and the article and paragraph that one can check.',
    ),
    make('h3', {}, 'Begin with'),
    make(
      'ul',
      { class: 'start' },
      ...first.map((id) => make('li', {}, thingLink(id), ` ${counted(shownTiesOf(id).length, 'tie')}`)),
    ),
    ...(contested.size > 0
      ? [
          make('h3', {}, 'What is contested'),
          make('ul', { class: 'start' }, ...[...contested].slice(0, 4).map(contestedItem)),
        ]
      : []),
  ];
};

/** @param {string} title @param {number} count @returns {HTMLElement} */
const storyButton = (title, count) => {
  const button = make('button', { type: 'button', class: 'story' }, 'Story: ', bdi(title), ` (${count} steps)`);
  button.addEventListener('click', () => goToStep(1));
  return button;
};

/** @param {string} id @returns {HTMLElement} */
const contestedItem = (id) => make('li', {}, assertionLink(id, ...words(cardOf(id).words, false)));

/** @returns {HTMLElement[]} What the panel holds now. */
export const panelContent = () => {
  const { choice } = state;
  switch (choice.kind) {
    case 'thing':
      return aboutThing(choice.id);
    case 'assertion':
      return aboutAssertion(choice.id);
    case 'path':
      return aboutPath(choice.from, choice.to);
    case 'step':
      return aboutStep(choice.number);
    default:
      return aboutNothing();
  }
};

/** @returns {string} What a screen reader hears of the present choice. */
export const spoken = () => {
  const { choice } = state;
  switch (choice.kind) {
    case 'thing':
      return `${nameOf(choice.id)}, ${counted(shownTiesOf(choice.id).length, 'tie')}`;
    case 'assertion':
      return `${plain(cardOf(choice.id).words)}: ${standingOf(cardOf(choice.id))?.status ?? 'not known yet'}`;
    case 'path':
      return `Path of ${counted(chosenPath()?.length ?? 0, 'hop')}`;
    case 'step':
      return `Step ${choice.number}: ${STORY?.steps[choice.number - 1].title}, ${counted(inFocus()?.things.size ?? 0, 'thing')}`;
    default:
      return '';
  }
};
