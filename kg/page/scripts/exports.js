/** What leaves the page: the picture and what it shows as files. All of them obey the lens and the filters, and say so. */

import { changeWord } from './changes.js';
import { csv } from './csv.js';
import { CHANGES, cardOf, DATASET, element, NAMESPACES, OTHERS, SOURCES, THINGS, VIEW } from './data.js';
import { jsonld } from './jsonld.js';
import { fileName } from './lenswords.js';
import { nameOf } from './names.js';
import { triplesOf } from './rdf.js';
import { state } from './state.js';
import { pageTitle, svgPicture, svgText, viewWords } from './svg.js';
import { turtle } from './turtle.js';
import {
  citationsOf,
  holdingOf,
  isKnown,
  noteOf,
  shownThings,
  shownTies,
  sourceCountOf,
  standingNow,
  standingOf,
} from './visibility.js';
import { make, plain } from './words.js';

/** @typedef {{name: string, ending: string, what: string, make: () => Blob | Promise<Blob>}} Format */

/** @param {string} text @param {string} type @returns {Blob} */
const file = (text, type) => new Blob([text], { type: `${type};charset=utf-8` });

/** @returns {string} What the file holds, for the file. */
const lensText = () => viewWords().join('; ') || 'everything that the view shows';

const COLUMNS = [
  ...['id', 'source', 'source_label', 'relation', 'target', 'target_label', 'sentence', 'status', 'status_reason'],
  ...['polarity', 'mode', 'when', 'where', 'speakers', 'via', 'said', 'holds', 'against', 'articles'],
  ...['independent_sources', 'originators', 'citations', 'addresses', 'note', 'seen_through'],
  ...(CHANGES ? ['since', 'change', 'before'] : []),
];

/** @returns {Object<string, string>[]} A row for each tie that is shown. */
const rows = () => {
  const through = viewWords().join('; ');
  return shownTies().map((tie) => {
    const card = tie.card;
    const now = standingNow(card);
    const citations = citationsOf(card);
    const cited = [...new Set(citations.map(([id]) => id))].flatMap((id) => SOURCES.get(id) ?? []);
    const writers = [...new Set(cited.map((each) => each.originator))].sort();
    const list = (/** @type {string[]} */ values) => values.filter(Boolean).join('; ');
    return {
      id: card.id,
      source: tie.from,
      source_label: nameOf(tie.from),
      relation: tie.label,
      target: tie.to,
      target_label: nameOf(tie.to),
      sentence: plain(now.words),
      status: now.status,
      status_reason: now.reason,
      polarity: card.polarity,
      mode: card.mode,
      when: card.when,
      where: list(card.where.map((each) => plain([each]))),
      speakers: list(card.speakers.map((each) => plain([each]))),
      via: list(card.via.map((each) => plain([each]))),
      said: card.said,
      holds: state.on === '' ? card.holds : holdingOf(card),
      against: list(now.opposed),
      articles: String(cited.length),
      independent_sources: String(sourceCountOf(card)),
      originators: list(writers),
      citations: list(citations.map(([id, paragraph]) => `${id} p. ${paragraph}`)),
      addresses: list(cited.map((each) => each.url)),
      note: noteOf(card),
      seen_through: through,
      since: CHANGES?.since ?? '',
      change: changeWord(tie.change) || 'unchanged',
      before: card.change === tie.change ? list(card.before.map(([part, was]) => `${part}: ${was}`)) : '',
    };
  });
};

/** @param {import('./wire.js').Card} card @returns {boolean} Whether the lens lets it through. */
const isHeld = (card) => standingOf(card) !== null && holdingOf(card) !== 'no';

/** @param {import('./wire.js').Ids} ids @returns {string[]} */
const thingsOf = ({ subject, object, speakers, via, where }) => [subject, object, ...speakers, ...via, ...where];

/** @returns {import('./rdf.js').Given} What is shown, for RDF. */
const rdfContent = () => {
  // What was removed is said no more.
  const ties = shownTies().filter((tie) => tie.change !== 'removed');
  const cards = new Map(ties.map((tie) => [tie.assertion, { card: tie.card, tie }]));
  const statements = [...cards.values()].map(({ card, tie }) => {
    const now = standingNow(card);
    const cite = (/** @type {import('./wire.js').Cited[]} */ places) =>
      places.map(([article, paragraph, times]) => ({ article, paragraph, times }));
    return {
      ...{ id: card.id, ids: card.ids, relation: tie.relation, isConcluded: card.rule !== '' },
      ...{ polarity: card.polarity, mode: card.mode, status: now.status, reason: now.reason },
      ...{ when: card.when, said: card.said, note: noteOf(card) },
      holds: state.on === '' ? card.holds : holdingOf(card),
      citations: cite(citationsOf(card)),
      takenBack: cite(card.takenBack.filter(([source]) => isKnown(source))),
      against: now.opposed,
      premises: card.premises.filter((id) => isHeld(cardOf(id))),
    };
  });
  const cited = new Set(statements.flatMap((each) => [...each.citations, ...each.takenBack].map((one) => one.article)));
  const sources = [...cited].flatMap((id) => SOURCES.get(id) ?? []);
  const ids = new Set([
    ...shownThings(),
    ...statements.flatMap((each) => thingsOf(each.ids)),
    ...sources.flatMap((source) => [source.publisherId, source.originatorId]),
  ]);
  return {
    ...{ base: DATASET, namespaces: NAMESPACES, statements, sources },
    things: [...ids].flatMap((id) => THINGS.get(id) ?? OTHERS.get(id) ?? []),
  };
};

/** @returns {string[]} What the file says of itself. */
const comments = () => [
  `${pageTitle()}: what the page shows (${lensText()}).`,
  'An assertion says who claims what; only what is accepted stands as a triple of its own.',
  ...(CHANGES ? [`What was removed since ${CHANGES.since} is left out.`] : []),
];

/** @returns {Promise<Blob>} The picture with two pixels for each of its own. */
const png = async () => {
  const picture = svgPicture();
  const [width, height] = ['width', 'height'].map((name) => 2 * Number(picture.getAttribute(name)));
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgText(picture))}`;
  await image.decode();
  const canvas = make('canvas', { width: String(width), height: String(height) });
  canvas.getContext('2d')?.drawImage(image, 0, 0, width, height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/png');
  });
};

/** @type {Format[]} */
export const FORMATS = [
  { name: 'PNG', ending: 'png', what: 'picture, for slides', make: png },
  { name: 'SVG', ending: 'svg', what: 'picture, for print', make: () => file(svgText(svgPicture()), 'image/svg+xml') },
  { name: 'CSV', ending: 'csv', what: 'ties, for spreadsheets', make: () => file(csv(COLUMNS, rows()), 'text/csv') },
  {
    ...{ name: 'Turtle', ending: 'ttl', what: 'assertions as RDF' },
    make: () => file(turtle(triplesOf(rdfContent()), NAMESPACES, comments()), 'text/turtle'),
  },
  {
    ...{ name: 'JSON-LD', ending: 'jsonld', what: 'assertions as RDF' },
    make: () => file(jsonld(triplesOf(rdfContent()), NAMESPACES, comments()), 'application/ld+json'),
  },
];

/** Whether this page stands in a frame without an origin: such a frame may forbid downloads without saying so. */
const isShutIn = window !== window.parent && window.origin === 'null';

let timer = 0;

/** @param {string} text  is said and shown for a while */
const tell = (text) => {
  clearTimeout(timer);
  element('spoken').textContent = text;
  element('told').textContent = text;
  element('told').hidden = false;
  timer = setTimeout(() => {
    element('told').hidden = true;
  }, 8000);
};

/** @param {string} name @param {Blob} blob  is offered as a download */
export const save = (name, blob) => {
  const address = URL.createObjectURL(blob);
  const link = make('a', { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
  tell(
    isShutIn
      ? `Made ${name}. If it did not arrive, the frame around this page forbids downloads: open the page by itself.`
      : `Saved ${name}`,
  );
};

/** @param {Format} format  to save what is shown in */
export const saveAs = async (format) => {
  try {
    save(fileName(CHANGES ? `${VIEW}-since-${CHANGES.since}` : VIEW, state, format.ending), await format.make());
  } catch {
    tell(`This browser could not make the ${format.name}. Another format may do.`);
  }
};
