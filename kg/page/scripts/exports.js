/** What leaves the page: the picture and what it shows as files. All of them obey the lens and the filters, and say so. */

import { changeWord } from './changes.js';
import { csv } from './csv.js';
import { CARDS, CHANGES, CSV_GUARD, cardOf, element, RDF, SOURCES, THINGS, VIEW } from './data.js';
import { fileName } from './lenswords.js';
import { nameOf } from './names.js';
import { addNodes, jsonld, turtle, withoutTerms } from './rdf.js';
import { state } from './state.js';
import { pageTitle, svgPicture, svgText, viewWords } from './svg.js';
import { cardAt, cardNow, holdingOf, moment, shownFacts, shownThings, shownTies } from './visibility.js';
import { make, plain } from './words.js';

/** @typedef {import('./data.js').Card} Card */
/** @typedef {{name: string, ending: string, what: string, make: () => Blob | Promise<Blob>}} Format */

/** @param {string} text @param {string} type @returns {Blob} */
const file = (text, type) => new Blob([text], { type: `${type};charset=utf-8` });

/** @returns {string} What the file holds, for the file. */
const lensText = () => viewWords().join('; ') || 'everything that the view shows';

/** Called as in `kg export csv`. */
const COLUMNS = [
  'id',
  'subject',
  'subject_label',
  'predicate',
  'relation',
  'object',
  'object_label',
  'sentence',
  'polarity',
  'mode',
  'status',
  'status_reason',
  'against',
  'when',
  'holds',
  'where',
  'with',
  'speakers',
  'via',
  'said',
  'follows_from',
  'articles',
  'independent_sources',
  'originators',
  'citations',
  'addresses',
  'note',
  'seen_through',
  ...(CHANGES ? ['since', 'change', 'before'] : []),
];

/** @param {string[]} values @returns {string} */
const list = (values) => values.filter(Boolean).join('; ');

/** @param {import('./data.js').Part[]} parts @returns {string} */
const names = (parts) => list(parts.map((part) => plain([part])));

/** @param {Card} card @returns {import('./data.js').Source[]} The articles that it cites. */
const citedSources = ({ citations }) =>
  [...new Set(citations.map(([id]) => id))].flatMap((id) => SOURCES.get(id) ?? []);

/** @param {import('./data.js').Tie} tie @returns {Object<string, string>} */
const rowOf = (tie) => {
  const card = cardNow(tie.card);
  const sources = citedSources(card);
  return {
    id: card.id,
    subject: tie.from,
    subject_label: nameOf(tie.from),
    predicate: tie.relation,
    relation: tie.label,
    object: tie.text ?? tie.to,
    object_label: tie.to && nameOf(tie.to),
    sentence: plain(card.words),
    polarity: card.polarity,
    mode: card.mode,
    status: card.status,
    status_reason: card.reason,
    against: list(card.against),
    when: card.when,
    holds: state.on === '' ? card.holds : holdingOf(card),
    where: names(card.where),
    with: card.with,
    speakers: names(card.speakers),
    via: names(card.via),
    said: card.said,
    follows_from: list(card.followsFrom),
    articles: String(card.articles),
    independent_sources: String(card.sources),
    originators: list(card.originators),
    citations: list(
      card.citations.map(([id, place]) => (typeof place === 'number' ? `${id} p. ${place}` : `${id} ${place}`)),
    ),
    addresses: list(sources.map(({ url }) => url)),
    note: card.note,
    seen_through: viewWords().join('; '),
    since: CHANGES?.since ?? '',
    change: changeWord(tie.change) || 'unchanged',
    before: card.change === tie.change ? list(card.before.map(([part, was]) => `${part}: ${was}`)) : '',
  };
};

/** @returns {import('./data.js').Tie[]} The ties that are shown, and what is said in words. */
const shownRows = () => [...shownTies(), ...shownFacts()];

/** The term of each certainty. @type {Record<string, string>} */
const HOLDING = { certainly: 'kg:Certainly', 'as far as known': 'kg:AsFarAsKnown', possibly: 'kg:Possibly' };

/** Says of cards how surely they hold on the day of the lens. @param {import('./rdf.js').Nodes} nodes @param {Card[]} cards */
const tellHolding = (nodes, cards) => {
  for (const card of cards) nodes.get(`assertion:${card.id}`)?.set('kg:holds', new Set([HOLDING[holdingOf(card)]]));
};

/** @param {NonNullable<typeof RDF>} rdf @returns {import('./rdf.js').Nodes} The triples of what is shown and not removed. */
const shownNodes = (rdf) => {
  /** @type {import('./rdf.js').Nodes} */
  const nodes = new Map();
  const rows = new Set(rdf.statements.map(({ of }) => of));
  // What two things share is not in the graph: what it follows from is.
  const grounds = (/** @type {import('./data.js').Card} */ card) =>
    rows.has(card.row) ? [card] : card.followsFrom.map(cardOf);
  const ties = shownRows().filter((tie) => !CHANGES?.marks.get(tie.change)?.isGone);
  const cards = [...new Set(ties.flatMap(({ card }) => grounds(card)))].map(cardNow);
  const sources = new Set(cards.flatMap(citedSources));
  const things = [...cards, ...sources].flatMap(({ thingRows }) => thingRows);
  const ids = [...THINGS.keys()];
  const drawn = shownThings().map((id) => ids.indexOf(id));
  addNodes(nodes, rdf.statements, new Set(cards.map(({ row }) => row)), moment());
  addNodes(nodes, rdf.things, new Set([...drawn, ...things]), moment());
  addNodes(nodes, rdf.articles, new Set([...sources].map(({ row }) => row)), moment());
  const hiddenCards = [...CARDS.values()].filter((card) => !isHeld(card));
  const realised = [...nodes.values()].filter((node) => node.has('kg:realisedBy'));
  withoutTerms(nodes, new Set(hiddenCards.map(({ id }) => `assertion:${id}`)));
  if (state.on === '') return nodes;
  tellHolding(nodes, cards);
  // What became of a plan is told only with what realises it.
  for (const node of realised) if (!node.has('kg:realisedBy')) node.delete('kg:outcome');
  return nodes;
};

/** @param {Card} card @returns {boolean} Whether the days of the lens let it through. */
const isHeld = (card) => cardAt(card) !== null && holdingOf(card) !== 'no';

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

/** @param {NonNullable<typeof RDF>} rdf @returns {Format[]} */
const rdfFormats = (rdf) => {
  const what = 'claims as RDF';
  const text = (/** @type {typeof turtle} */ write) => write(shownNodes(rdf), rdf.prefixes, comments());
  return [
    { name: 'Turtle', ending: 'ttl', what, make: () => file(text(turtle), 'text/turtle') },
    { name: 'JSON-LD', ending: 'jsonld', what, make: () => file(text(jsonld), 'application/ld+json') },
  ];
};

/** @returns {string} */
const table = () => csv(COLUMNS, shownRows().map(rowOf), CSV_GUARD);

/** @type {Format[]} */
export const FORMATS = [
  { name: 'PNG', ending: 'png', what: 'picture, for slides', make: png },
  { name: 'SVG', ending: 'svg', what: 'picture, for print', make: () => file(svgText(svgPicture()), 'image/svg+xml') },
  { name: 'CSV', ending: 'csv', what: 'claims, for spreadsheets', make: () => file(table(), 'text/csv') },
  ...(RDF ? rdfFormats(RDF) : []),
];

/** Whether this page stands in a frame without an origin: such a frame may forbid downloads without saying so. */
const isShutIn = window !== window.parent && window.origin === 'null';

let timer = 0;

/** @param {string} text  is said and shown for a while */
export const tell = (text) => {
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
