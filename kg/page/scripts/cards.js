/**
 * Cards: an assertion with its status and why, who says so, and each article and paragraph.
 *
 * @typedef {import('./data.js').Card} Card
 * @typedef {import('./data.js').Tie} Tie
 */

import { changeOf, changeSign, howBefore } from './changes.js';
import { articleLink, paragraphs, paragraphsOf } from './citations.js';
import { CARDS, CHANGES, cardOf, MEANINGS, SOURCES, THINGS } from './data.js';
import { state } from './state.js';
import { holdingOf, noteOf, originatorsOf, sourceCountOf, standingNow, standingOf, statusOf } from './visibility.js';
import { assertionLink, bdi, counted, days, make, statusWord, thingLink, words } from './words.js';

/** @param {Card} card @returns {HTMLElement | null} Articles with paragraphs, publisher, originator, date and link. */
const citations = (card) => {
  const items = [...paragraphsOf(card)].map(([id, numbers]) => {
    const source = SOURCES.get(id);
    const { title = id, publisher = '', originator = '', published = '' } = source ?? {};
    const by = originator !== publisher && originator;
    return make(
      'li',
      articleLink(source, bdi(title)),
      make(
        'span.where',
        make('strong', paragraphs(numbers)),
        ' · ',
        bdi(publisher),
        by && ', written by ',
        by && bdi(by),
        published && ` · ${published}`,
      ),
    );
  });
  return items.length > 0 ? make('ul.citations', ...items) : null;
};

/** @param {string} label @param {...(Node | string)} content @returns {HTMLElement[]} Nothing where there is no content. */
const fact = (label, ...content) => (content.some(Boolean) ? [make('dt', label), make('dd', ...content)] : []);

/** @param {string} text @returns {(Node | string)[]} A reason with the assertions and things that it names as links. */
const linked = (text) =>
  text.split(/([\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)*)/u).map((word) => {
    if (CARDS.has(word)) return assertionLink(word, word);
    return THINGS.has(word) ? thingLink(word) : word;
  });

/** @param {Card} card @returns {(Node | string)[]} Why it has its status; what stands against it has its own place. */
const standing = (card) => {
  const now = standingNow(card);
  const meaning = MEANINGS[now.status] ?? '';
  return now.opposed.length > 0 && meaning ? [meaning] : linked(now.reason || meaning);
};

/** @param {Card} card @returns {(Node | string)[]} Who wrote what it rests on: copies of one text are one source. */
const sourcesFact = (card) => {
  const originators = originatorsOf(card);
  if (originators.length > 0) {
    const articles = paragraphsOf(card).size;
    const count = make('strong', `${sourceCountOf(card)} independent`);
    const where = articles > 0 ? `, in ${counted(articles, 'article')}` : '';
    return [count, ' (', bdi(originators.join(', ')), `)${where}`];
  }
  const isJudged = !card.rule && card.premises.length === 0;
  return isJudged ? ['none: those who made this data set judge so'] : [];
};

/** @param {Card} card @returns {HTMLElement} */
const facts = (card) => {
  const mark = changeSign(changeOf(card));
  const note = noteOf(card);
  const holding = `${holdingOf(card)}${card.bounds === null ? ': it is undated' : ''}`;
  return make(
    'dl',
    ...fact(`Since ${CHANGES?.since}`, ...(mark ? [mark, ...howBefore(card)] : [])),
    ...fact('When', card.when),
    ...fact(`On ${state.on}`, state.on && holding),
    ...fact('Where', ...words(card.where)),
    ...fact('Said on', card.said),
    ...fact('Passed on by', ...words(card.via)),
    ...fact('Status', ...standing(card)),
    ...fact('Note', note && bdi(note)),
    ...fact('Concluded', card.rule),
    ...fact('Sources', ...sourcesFact(card)),
  );
};

/**
 * @param {string} title @param {string} kind @param {string[]} ids @param {Set<string>} above
 * @returns {HTMLElement | null}
 */
const cardsBelow = (title, kind, ids, above) => {
  const below = ids.filter((id) => CARDS.has(id) && standingOf(cardOf(id)) && !above.has(id));
  if (below.length === 0) return null;
  const cards = below.map((id) => assertionCard(id, new Set([...above, ...below])));
  return make(`section.${kind}`, make('h3', title), ...cards);
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
  if (!card) return make('p', id);
  const path = new Set([...above, id]);
  const now = standingNow(card);
  const against = above.size === 0 ? cardsBelow('Against this', 'against', now.opposed, path) : null;
  return make(
    'article',
    { class: against ? 'card opposed' : 'card' },
    make(
      'div',
      make('p.words', ...words(now.words), ' ', statusWord(now.status)),
      facts(card),
      citations(card),
      cardsBelow('It follows from', 'premises', card.premises, path),
    ),
    against,
  );
};

/** @param {Tie} tie @returns {HTMLElement} A tie of a thing: its sentence, and its card on demand. */
export const foldedCard = (tie) => {
  const card = tie.card;
  const now = standingNow(card);
  const summary = make(
    'summary',
    ...words(now.words, false),
    ' ',
    statusWord(statusOf(tie)),
    ' ',
    changeSign(tie.change),
    // One sentence may be reported of several days.
    card.when && make('span.on', ' ', ...days(card.when)),
  );
  const folded = make('details.folded', summary);
  folded.addEventListener('toggle', () => {
    if (folded.open && folded.childElementCount === 1) folded.append(assertionCard(tie.assertion));
  });
  return folded;
};
