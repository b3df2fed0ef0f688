/**
 * Cards: an assertion with its status and why, who says so, and each article and paragraph.
 *
 * @typedef {import('./data.js').Card} Card
 * @typedef {import('./data.js').Tie} Tie
 */

import { changeOf, changeSign, howBefore } from './changes.js';
import { articleLink, outward, placesInWords, placesOf, quotations } from './citations.js';
import { CARDS, CHANGES, cardOf, MEANINGS, SOURCES } from './data.js';
import { capital } from './lenswords.js';
import { byStrength } from './lines.js';
import { recordLine, recordLink } from './records.js';
import { state } from './state.js';
import { cardAt, cardNow, holdingOf } from './visibility.js';
import {
  assertionLink,
  bdi,
  contestedDetails,
  countNoun,
  dateInWords,
  days,
  formatCount,
  make,
  makeButton,
  statusWord,
  words,
} from './words.js';

/** @param {import('./data.js').Source | undefined} source @returns {(Node | string)[]} What became of it, as far as it is known now. */
const remarksOf = (source) => {
  const known = source?.remarks.filter(([day]) => state.by === '' || day === '' || day <= state.by) ?? [];
  return known.flatMap(([, words]) => {
    const address = words.startsWith('archived') && source ? source.archived : '';
    return [' · ', outward(address, ...days(words))];
  });
};

/** @param {Card} card @returns {HTMLElement | null} Articles with paragraphs, publisher, originator, date and link. */
const citations = (card) => {
  const items = [...placesOf(card)].map(([id, places]) => {
    const source = SOURCES.get(id);
    const { title = id, publisher = '', originator = '', published = '' } = source ?? {};
    const by = originator !== publisher && originator;
    return make(
      'li',
      articleLink(source, bdi(title)),
      make(
        'span.where',
        make('strong', recordLink('article', id, placesInWords(places))),
        ' · ',
        bdi(publisher),
        by && ', written by ',
        by && bdi(by),
        ...(published ? [' · ', ...days(published)] : []),
        ...remarksOf(source),
      ),
      ...quotations(card, id),
    );
  });
  return items.length > 0 ? make('ul.citations', ...items) : null;
};

/** @param {string} label @param {...(Node | string)} content @returns {HTMLElement[]} Nothing where there is no content. */
const fact = (label, ...content) => (content.some(Boolean) ? [make('dt', label), make('dd', ...content)] : []);

/** @param {import('./wire.js').ReasonPart} part @returns {Node | string} */
const reasonLink = (part) => {
  if (typeof part === 'string') return part;
  return 'card' in part
    ? assertionLink(part.card, '“', ...words(cardNow(cardOf(part.card)).words, false), '”')
    : make('span', ...words([part.thing]));
};

/** @param {Card} card @returns {(Node | string)[]} Why it has its status; what stands against it has its own place. */
const statusReason = ({ status, against, reason, reasonParts }) => {
  const meaning = MEANINGS[status] ?? '';
  if (status === 'contested' && against.length > 0 && meaning) return [meaning];
  return reasonParts.length > 0 ? reasonParts.map(reasonLink) : [reason || meaning];
};

/** @param {Card} card @returns {(Node | string)[]} Who wrote what it rests on: copies of one text are one source. */
const sourcesFact = (card) => {
  if (card.originators.length === 0) return [card.basis];
  const where = card.articles > 0 ? `, in ${countNoun(card.articles, 'article')}` : '';
  return [make('strong', `${card.sources} independent`), ' (', bdi(card.originators.join(', ')), `)${where}`];
};

/** @param {string} id @returns {HTMLElement} A link to a card by its sentence, with its date and status. */
const sentenceOf = (id) => {
  const card = cardNow(cardOf(id));
  const when = card.when && make('span.on', ', ', ...days(card.when));
  return make('p.limit', assertionLink(id, ...words(card.words, false)), when || null, ' ', statusWord(card.status));
};

/** @param {string[]} ids @returns {string[]} Those that were known. */
const known = (ids) => ids.filter((id) => CARDS.has(id) && cardAt(cardOf(id)));

/** @param {Card} card @returns {HTMLElement[]} What says that a state ended or began, and which state it says that of. */
const limitFacts = ({ ends, begins, limits }) => {
  const bearings = Map.groupBy(known(limits), (id) => cardNow(cardOf(id)).bearing);
  return [
    ...fact('Ends', ...known(ends).map(sentenceOf)),
    ...fact('Begins', ...known(begins).map(sentenceOf)),
    ...[...bearings].flatMap(([bearing, ids]) => fact(capital(bearing), ...ids.map(sentenceOf))),
  ];
};

/** @param {Card} card @returns {HTMLElement[]} What of it is contested while the rest is agreed: who says what. */
const detailFacts = ({ details }) =>
  details.flatMap(([name, values]) => {
    const lines = values.map(([value, who, ids]) => {
      const [id] = known(ids);
      const shown = make('strong', bdi(dateInWords(value)));
      return make('li', id ? assertionLink(id, shown) : shown, ' ', bdi(who));
    });
    return fact(`Contested: ${name}`, make('ul.details', ...lines));
  });

/** @param {string} note @returns {(Node | string)[]} A curator's note; other claims that it names by their ids are linked. */
const noteWords = (note) => {
  const parts = note.split(/([\w-]+)/).map((part) => (CARDS.has(part) ? assertionLink(part, 'see there') : part));
  return note ? [make('bdi', { dir: 'auto' }, ...parts)] : [];
};

/** @param {Card} card  as it stands now @returns {string} How surely it holds on the day of the lens. */
const holdingWords = (card) => {
  const holding = holdingOf(card);
  if (card.possible === null) return `${holding}: it is undated`;
  const isOpen = holding === 'as far as known' && card.lastReport;
  return isOpen ? `${holding}, last reported on ${dateInWords(card.lastReport)}` : holding;
};

/** @param {Card} card  as it stands now @returns {HTMLElement} */
const facts = (card) => {
  const mark = changeSign(changeOf(card));
  return make(
    'dl',
    ...fact(`Since ${CHANGES?.since}`, ...(mark ? [mark, ...howBefore(card)] : [])),
    ...fact('When', ...days(card.when)),
    ...fact(`On ${dateInWords(state.on)}`, state.on && holdingWords(card)),
    ...limitFacts(card),
    ...fact('Where', ...words(card.where)),
    ...fact('With', card.with && bdi(card.with)),
    ...fact('About', ...words(card.about)),
    ...fact('Said on', ...days(card.said)),
    ...fact('Via', ...words(card.via)),
    ...fact('Status', ...statusReason(card)),
    ...detailFacts(card),
    ...fact('Note', ...noteWords(card.note)),
    ...fact('Concluded', card.rule),
    ...fact('Sources', ...sourcesFact(card)),
  );
};

/**
 * @param {string} title @param {string} kind @param {string[]} ids @param {Set<string>} above
 * @returns {HTMLElement | null}
 */
const cardsBelow = (title, kind, ids, above) => {
  const below = known(ids).filter((id) => !above.has(id));
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
  if (!CARDS.has(id)) return make('p', 'A claim that this page does not hold.');
  const card = cardNow(cardOf(id));
  const path = new Set([...above, id]);
  const against = above.size === 0 ? cardsBelow('Against this', 'against', card.against, path) : null;
  return make(
    against ? 'article.card.opposed' : 'article.card',
    make(
      'div',
      make('p.words', ...words(card.words), ' ', statusWord(card.status)),
      facts(card),
      citations(card),
      cardsBelow('It speaks of', 'premises', card.speaksOf, path),
      cardsBelow('It follows from', 'premises', card.followsFrom, path),
      above.size === 0 ? cardsBelow('Said of this', 'premises', card.ofThis, path) : null,
      recordLine('assertion', id),
    ),
    against,
  );
};

/** @param {Tie} tie @returns {HTMLElement} A tie of a thing: its sentence, and its card on demand. */
export const foldedCard = (tie) => {
  const card = cardNow(tie.card);
  // One sentence may be reported of several days.
  const when = card.when && make('span.on', ' ', ...days(card.when));
  const signs = [' ', statusWord(card.status), ' ', changeSign(tie.change), when, contestedDetails(card)];
  const summary = make('summary', ...words(card.words, false), ...signs);
  const details = make('details.folded', summary);
  details.addEventListener('toggle', () => {
    if (details.open && details.childElementCount === 1) details.append(assertionCard(tie.assertion));
  });
  return details;
};

/** So many claims are listed at once, and so many more each time: a panel of thousands takes minutes. */
const [MOST_LISTED, MORE] = [25, 100];

/** @param {Tie[]} ties @param {number} [most] @returns {HTMLElement[]} Their cards; of very many, the strongest and newest, and a button for others. */
export const foldedCards = (ties, most = MOST_LISTED) => {
  if (ties.length <= most) return ties.map(foldedCard);
  const sorted = ties.toSorted(byStrength);
  const rest = sorted.slice(most);
  const button = makeButton(
    () => {
      const cards = foldedCards(rest, MORE);
      button.replaceWith(...cards);
      cards[0].querySelector('summary')?.focus();
    },
    `${formatCount(rest.length)} more`,
  );
  return [...sorted.slice(0, most).map(foldedCard), button];
};
