/**
 * What the panel says of a thing: what it is called, its ties, and how to look further.
 *
 * @typedef {import('./data.js').Thing} Thing
 * @typedef {import('./data.js').Tie} Tie
 */

import { foldedCards } from './cards.js';
import { outward } from './citations.js';
import { thingOf } from './data.js';
import { findThing } from './find.js';
import { labelOf } from './legend.js';
import { lifeOf } from './life.js';
import { nameOf } from './names.js';
import { recordLine } from './records.js';
import { change, choose, state } from './state.js';
import { inFocus, isKnownFrom, moreTiesOf, shownFactsOf, shownTiesOf, statusOf } from './visibility.js';
import { bdi, countNoun, foldRest, make, makeButton, thingLink } from './words.js';

/** How many neighbours that have more ties are listed at once. */
const NEIGHBOURS = 5;

/** So many of them are listed at all. */
const MOST_NEIGHBOURS = 100;

/** By what the ties of a thing are grouped: the reader's last choice. @type {'family' | 'status'} */
let grouping = 'family';

/** @param {Thing} thing @returns {(Node | string)[]} Its other names that were known, each with its language if said. */
const otherNames = ({ id, label, also, alsoFrom, names, lang }) => {
  const languages = new Map(Object.entries(names).map(([language, name]) => [name, language]));
  if (lang) languages.set(label, lang);
  const isKnown = (/** @type {string} */ name) => !Object.hasOwn(alsoFrom, name) || isKnownFrom(alsoFrom[name]);
  const all = new Set([label, ...also, ...Object.values(names)]);
  all.delete(nameOf(id));
  return [...all].filter(isKnown).flatMap((name, index) => {
    const language = languages.get(name);
    return [index > 0 ? ', ' : ' · also called ', bdi(name), language ? ` (${language})` : ''];
  });
};

/** @param {Thing} thing @returns {HTMLElement | null} The ids that other registers give it, with links. */
const registerLine = ({ ids }) => {
  if (ids.length === 0) return null;
  const words = ids.flatMap(([id, address], index) => [
    index > 0 ? ', ' : '',
    address.startsWith('http') ? outward(address, id) : id,
  ]);
  return make('p.kind.ids', ...words);
};

/** @param {Tie[]} ties @returns {HTMLElement[]} Groups of ties, each with its number; the largest first. */
const groupSections = (ties) => {
  const groups = Map.groupBy(ties, (tie) => (grouping === 'family' ? tie.family : statusOf(tie)));
  return [...groups]
    .sort(([, one], [, other]) => other.length - one.length)
    .map(([name, group]) =>
      make(
        'section.group',
        make('h4', labelOf(grouping, name), make('span.count', ` ${group.length}`)),
        ...foldedCards(group),
      ),
    );
};

/** @type {['family' | 'status', string][]} */
const GROUPINGS = [
  ['family', 'by subject'],
  ['status', 'by status'],
];

/** @param {Tie[]} ties @returns {HTMLElement} The ties of a thing, in groups of the reader's choice. */
const tiesList = (ties) => {
  const list = make('div', ...groupSections(ties));
  const buttons = GROUPINGS.map(([name, label]) => {
    const button = makeButton(
      () => {
        grouping = name;
        for (const each of buttons) each.ariaPressed = String(each === button);
        list.replaceChildren(...groupSections(ties));
      },
      { 'aria-pressed': String(grouping === name) },
      label,
    );
    return button;
  });
  const choices = make('div.choices.small', { role: 'group', 'aria-label': 'Group claims' }, ...buttons);
  return make('section.ties', make('div.heading', make('h3', countNoun(ties.length, 'claim')), choices), list);
};

/** @param {Tie[]} facts @returns {HTMLElement | null} What is said of a thing in words and figures. */
const factsList = (facts) => {
  if (facts.length === 0) return null;
  return make('section.ties.facts', make('h3', `${countNoun(facts.length, 'fact')} in words`), ...foldedCards(facts));
};

/** @param {string} id @returns {HTMLElement} A thing at the rim of the focus, with a button for the rest of its ties. */
const neighbour = (id) => {
  const isOpen = state.opened.includes(id);
  const label = isOpen ? 'hide them again' : 'show more about it';
  const opened = isOpen ? state.opened.filter((each) => each !== id) : [...state.opened, id];
  const names = { 'aria-label': `${nameOf(id)}: ${label}`, 'data-same': `rim ${id}` };
  const button = makeButton(() => change({ opened }), names, label);
  return make('li', thingLink(id), make('span.more-ties', isOpen ? '' : ` +${moreTiesOf(id)}`), button);
};

/** @param {string} id @returns {(HTMLElement | null)[]} The things in focus that have more ties than are bright. */
const rim = (id) => {
  const near = [...(inFocus()?.things ?? [])].filter((each) => each !== id && !state.opened.includes(each));
  const further = near.filter((each) => moreTiesOf(each) > 0);
  further.sort((a, b) => moreTiesOf(b) - moreTiesOf(a) || (a < b ? -1 : 1));
  const items = [...state.opened, ...further.slice(0, MOST_NEIGHBOURS)].map(neighbour);
  if (items.length === 0) return [];
  return [make('h3', 'Further from here'), ...foldRest(items, NEIGHBOURS, (some) => make('ul.start.rim', ...some))];
};

/** @param {string} id @returns {HTMLElement[]} */
export const aboutThing = (id) => {
  const thing = thingOf(id);
  return [
    make('h2', bdi(nameOf(id))),
    make('p.kind', thing.type, ...otherNames(thing)),
    registerLine(thing),
    recordLine('thing', id),
    ...reach(id),
    lifeOf(id),
    factsList(shownFactsOf(id)),
    tiesList(shownTiesOf(id)),
    ...rim(id),
  ].filter((each) => each !== null);
};

/** @param {string} id @returns {HTMLElement[]} How far around a thing to look, and the way from it to another. */
const reach = (id) => {
  const depths = [1, 2, 3].map((depth) =>
    makeButton(
      () => change({ depth }),
      { 'aria-pressed': String(state.depth === depth) },
      depth === 1 ? 'What is said of it' : `${depth} steps`,
    ),
  );
  const field = make('input', {
    type: 'search',
    list: 'found',
    placeholder: 'another name',
    autocomplete: 'off',
    spellcheck: 'false',
    'aria-label': `Path from ${nameOf(id)} to`,
  });
  const answer = make('p.kind', { role: 'status' });
  field.addEventListener('input', () => {
    field.classList.remove('missed');
    answer.textContent = '';
  });
  const form = make('form.way', field, make('button', { type: 'submit' }, 'Show path'));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const to = findThing(field.value);
    field.classList.toggle('missed', to === undefined);
    answer.textContent = to === undefined && field.value.trim() ? `Nothing shown here is called ${field.value}.` : '';
    if (to !== undefined) choose({ kind: 'path', from: id, to });
  });
  return [make('div.choices', { role: 'group', 'aria-label': 'How far to look' }, ...depths), form, answer];
};
