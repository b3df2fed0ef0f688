/**
 * Cards: an assertion with its status and why, who says so, and each article and paragraph.
 *
 * @typedef {import('./data.js').Card} Card
 * @typedef {import('./data.js').Tie} Tie
 */

import { articleLink, paragraphs, paragraphsOf } from './citations.js';
import { changeOf, changeSign, howBefore } from './compared.js';
import { CARDS, CHANGES, cardOf, MEANINGS, SOURCES, THINGS } from './data.js';
import { holdingOf, noteOf, originatorsOf, sourceCountOf, standingOf, statusOf } from './shown.js';
import { state } from './state.js';
import { assertionLink, bdi, counted, days, make, statusWord, thingLink, words } from './words.js';

/** @param {Card} card @returns {HTMLElement | null} Articles with paragraphs, publisher, originator, date and link. */
const citations = (card) => {
  const items = [...paragraphsOf(card)].map(([article, numbers]) => {
    const source = SOURCES.get(article);
    const by = source?.originator && source.originator !== source.publisher ? source.originator : '';
    return make(
      'li',
      {},
      articleLink(source, bdi(source?.title ?? article)),
      make(
        'span',
        { class: 'where' },
        make('strong', {}, paragraphs(numbers)),
        ' · ',
        bdi(source?.publisher ?? ''),
        by && ', written by ',
        by && bdi(by),
        source?.published && ` · ${source.published}`,
      ),
    );
  });
  return items.length > 0 ? make('ul', { class: 'citations' }, ...items) : null;
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
  const became = changeSign(changeOf(card));
  if (became) rows.push(...fact(`Since ${CHANGES?.since}`, became, ...howBefore(card)));
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
  if (card.rule) rows.push(...fact('Concluded', card.rule));
  // Copies of one text have one originator: they are one source.
  const originators = originatorsOf(card);
  if (originators.length > 0) {
    const count = make('strong', {}, `${sourceCountOf(card)} independent`);
    const articles = paragraphsOf(card).size;
    const where = articles > 0 ? `, in ${counted(articles, 'article')}` : '';
    rows.push(...fact('Sources', count, ' (', bdi(originators.join(', ')), `)${where}`));
  }
  if (originators.length === 0 && !card.rule && card.premises.length === 0) {
    rows.push(...fact('Sources', 'none: those who made this data set judge so'));
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
export const assertionCard = (id, above = new Set()) => {
  const card = CARDS.get(id);
  if (!card) return make('p', {}, id);
  const seen = new Set([...above, id]);
  const now = standingOf(card) ?? card;
  const against = above.size === 0 ? cardsBelow('Against this', 'against', now.opposed, seen) : null;
  return make(
    'article',
    { class: against ? 'card opposed' : 'card' },
    make(
      'div',
      {},
      make('p', { class: 'words' }, ...words(now.words), ' ', statusWord(now.status)),
      facts(card),
      citations(card),
      cardsBelow('It follows from', 'premises', card.premises, seen),
    ),
    against,
  );
};

/** @param {Tie} tie @returns {HTMLElement} A tie of a thing: its sentence, and its card on demand. */
export const foldedCard = (tie) => {
  const card = cardOf(tie.assertion);
  const now = standingOf(card) ?? card;
  const summary = make(
    'summary',
    {},
    ...words(now.words, false),
    ' ',
    statusWord(statusOf(tie)),
    ' ',
    changeSign(tie.change),
    // One sentence may be reported of several days.
    card.when && make('span', { class: 'on' }, ' ', ...days(card.when)),
  );
  const folded = make('details', { class: 'folded' }, summary);
  folded.addEventListener('toggle', () => {
    if (folded.open && folded.childElementCount === 1) folded.append(assertionCard(tie.assertion));
  });
  return folded;
};
