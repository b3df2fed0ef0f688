'use strict';

/**
 * The panel: what is known of the thing or tie that a reader chose, each assertion with its status and its citations.
 */

/** @param {Card} card @returns {HTMLElement | null} Articles with paragraphs, publisher, originator, date and link. */
const citations = (card) => {
  /** @type {Map<string, number[]>} */
  const paragraphs = new Map();
  for (const [article, paragraph] of card.citations ?? []) {
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
  const meaning = DATA.meanings[card.status] ?? '';
  return card.opposed && meaning ? [meaning] : linked(card.reason ?? meaning);
};

/** @param {Card} card @returns {HTMLElement} */
const facts = (card) => {
  const rows = [];
  if (card.when) rows.push(...fact('When', card.when));
  if (card.where) rows.push(...fact('Where', ...words(card.where)));
  if (card.said) rows.push(...fact('Said on', card.said));
  if (card.via) rows.push(...fact('Passed on by', ...words(card.via)));
  rows.push(...fact('Status', ...standing(card)));
  if (card.note) rows.push(...fact('Note', bdi(card.note)));
  if (card.rule) rows.push(...fact('Rule', card.rule));
  if (card.articles) {
    const count = make('strong', {}, `${card.sources ?? 0} independent`);
    const originators = bdi((card.originators ?? []).join(', '));
    rows.push(...fact('Sources', count, ' (', originators, `), in ${counted(card.articles, 'article')}`));
  }
  return make('dl', {}, ...rows);
};

/**
 * @param {string} title @param {string} kind @param {string[]} ids @param {Set<string>} above
 * @returns {HTMLElement | null}
 */
const cardsBelow = (title, kind, ids, above) => {
  const known = ids.filter((id) => CARDS.has(id) && !above.has(id));
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
  return make(
    'article',
    { class: 'card' },
    make('p', { class: 'words' }, ...words(card.words), ' ', statusWord(card.status)),
    facts(card),
    citations(card),
    cardsBelow('It follows from', 'premises', card.premises ?? [], seen),
    above.size === 0 && cardsBelow('Against this', 'against', card.opposed ?? [], seen),
  );
};

/** @param {Tie} tie @returns {HTMLElement} A tie of a thing: its sentence, and its card on demand. */
const foldedCard = (tie) => {
  const card = CARDS.get(tie.assertion);
  const summary = make('summary', {}, ...(card ? words(card.words, false) : [tie.label]), ' ', statusWord(tie.status));
  const folded = make('details', { class: 'folded' }, summary);
  folded.addEventListener('toggle', () => {
    if (folded.open && folded.childElementCount === 1) folded.append(assertionCard(tie.assertion));
  });
  return folded;
};

/** @param {string} id @returns {HTMLElement[]} */
const aboutThing = (id) => {
  const thing = thingOf(id);
  const ties = (TIES_OF.get(id) ?? []).filter(isShown);
  return [
    make('h2', {}, bdi(nameOf(id))),
    make('p', { class: 'kind' }, thing.type, thing.also.length > 0 && ' · also called ', ...alsoCalled(thing.also)),
    make('h3', {}, counted(ties.length, 'tie')),
    ...ties.map(foldedCard),
  ];
};

/** @param {string[]} names @returns {(Node | string)[]} */
const alsoCalled = (names) => names.flatMap((name, index) => (index ? [', ', bdi(name)] : [bdi(name)]));

/** @param {string} id @returns {HTMLElement[]} */
const aboutAssertion = (id) => [
  make('h2', {}, 'Who says so'),
  assertionCard(id),
  make('p', { class: 'id' }, 'Assertion ', make('code', {}, id)),
];

/** @returns {HTMLElement[]} What the panel says before anything is chosen: where one might begin. */
const aboutNothing = () => {
  if (TIES.length === 0) {
    return [make('h2', {}, 'Nothing to show'), make('p', {}, 'This view found no ties in this data set.')];
  }
  const contested = [...new Set(TIES.filter((tie) => tie.status === 'contested').map((tie) => tie.assertion))].slice(
    0,
    4,
  );
  return [
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
      ...BY_WEIGHT.slice(0, 5).map((id) => make('li', {}, thingLink(id), ` ${counted(degree(id), 'tie')}`)),
    ),
    ...(contested.length > 0
      ? [make('h3', {}, 'What is contested'), make('ul', { class: 'start' }, ...contested.map(contestedItem))]
      : []),
  ];
};

/** @param {string} id @returns {HTMLElement} */
const contestedItem = (id) => make('li', {}, assertionLink(id, ...words(CARDS.get(id)?.words ?? [id], false)));
