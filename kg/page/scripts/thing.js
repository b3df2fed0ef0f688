/**
 * What the panel says of a thing: what it is called, its ties, and how to look further.
 *
 * @typedef {import('./data.js').Thing} Thing
 * @typedef {import('./data.js').Tie} Tie
 */

import { foldedCard } from './cards.js';
import { thingOf } from './data.js';
import { findThing } from './find.js';
import { labelOf } from './legend.js';
import { lifeOf } from './life.js';
import { nameOf } from './names.js';
import { inFocus, isKnownFrom, moreTiesOf, shownTiesOf, statusOf } from './shown.js';
import { change, state } from './state.js';
import { bdi, counted, make, thingLink } from './words.js';

/** How many neighbours that have more ties are listed at once. */
const NEIGHBOURS = 5;

/** By what the ties of a thing are grouped: the reader's last choice. @type {'family' | 'status'} */
let grouping = 'family';

/** @param {Thing} thing @returns {(Node | string)[]} Its other names that were known, each with its language if said. */
const alsoCalled = ({ label, also, alsoFrom, names, lang }) => {
  /** @type {Map<string, string>} */
  const languages = new Map(Object.entries(names).map(([language, name]) => [name, language]));
  if (lang) languages.set(label, lang);
  const isKnown = (/** @type {string} */ name) => !Object.hasOwn(alsoFrom, name) || isKnownFrom(alsoFrom[name]);
  const shown = nameOf(state.choice.kind === 'thing' ? state.choice.id : '');
  const others = [...new Set([label, ...also, ...Object.values(names)])].filter(
    (name) => name !== shown && isKnown(name),
  );
  return others.flatMap((name, index) => {
    const language = languages.get(name);
    return [index > 0 ? ', ' : ' · also called ', bdi(name), language ? ` (${language})` : ''];
  });
};

/** @param {Tie[]} ties @returns {HTMLElement[]} Groups of ties, each with its number; the largest first. */
const grouped = (ties) => {
  /** @type {Map<string, Tie[]>} */
  const groups = new Map();
  for (const tie of ties) {
    const name = grouping === 'family' ? tie.family : statusOf(tie);
    groups.set(name, [...(groups.get(name) ?? []), tie]);
  }
  return [...groups]
    .sort(([, one], [, other]) => other.length - one.length)
    .map(([name, some]) =>
      make(
        'section',
        { class: 'group' },
        make('h4', {}, labelOf(grouping, name), make('span', { class: 'count' }, ` ${some.length}`)),
        ...some.map(foldedCard),
      ),
    );
};

/** @param {Tie[]} ties @returns {HTMLElement} The ties of a thing, in groups of the reader's choice. */
const tiesList = (ties) => {
  const list = make('div', {}, ...grouped(ties));
  const choices = /** @type {const} */ ([
    ['family', 'by subject'],
    ['status', 'by status'],
  ]).map(([name, label]) => {
    const button = make('button', { type: 'button', 'aria-pressed': String(grouping === name) }, label);
    button.addEventListener('click', () => {
      grouping = name;
      for (const each of choices) each.setAttribute('aria-pressed', String(each === button));
      list.replaceChildren(...grouped(ties));
    });
    return button;
  });
  return make(
    'section',
    { class: 'ties' },
    make(
      'div',
      { class: 'heading' },
      make('h3', {}, counted(ties.length, 'tie')),
      make('div', { class: 'choices small', role: 'group', 'aria-label': 'Group ties' }, ...choices),
    ),
    list,
  );
};

/** @param {string} id @returns {HTMLElement} A thing at the rim of the focus, with a button for the rest of its ties. */
const neighbour = (id) => {
  const isOpen = state.opened.includes(id);
  const count = moreTiesOf(id);
  const label = isOpen ? 'hide them again' : 'show its ties too';
  const button = make(
    'button',
    { type: 'button', 'aria-label': `${nameOf(id)}: ${label}`, 'data-same': `rim ${id}` },
    label,
  );
  button.addEventListener('click', () =>
    change({ opened: isOpen ? state.opened.filter((each) => each !== id) : [...state.opened, id] }),
  );
  return make('li', {}, thingLink(id), make('span', { class: 'more-ties' }, isOpen ? '' : ` +${count}`), button);
};

/** @param {string} id @returns {HTMLElement[]} The things in focus that have more ties than are bright. */
const rim = (id) => {
  const near = [...(inFocus()?.things ?? [])].filter((each) => each !== id);
  const further = near.filter((each) => moreTiesOf(each) > 0 && !state.opened.includes(each));
  further.sort((a, b) => moreTiesOf(b) - moreTiesOf(a) || (a < b ? -1 : 1));
  const items = [...state.opened, ...further].map(neighbour);
  if (items.length === 0) return [];
  const rest = items.slice(NEIGHBOURS);
  return [
    make('h3', {}, 'Further from here'),
    make('ul', { class: 'start rim' }, ...items.slice(0, NEIGHBOURS)),
    ...(rest.length > 0
      ? [
          make(
            'details',
            { class: 'more' },
            make('summary', {}, `${rest.length} more`),
            make('ul', { class: 'start rim' }, ...rest),
          ),
        ]
      : []),
  ];
};

/** @param {string} id @returns {HTMLElement[]} */
export const aboutThing = (id) => {
  const thing = thingOf(id);
  return [
    make('h2', {}, bdi(nameOf(id))),
    make('p', { class: 'kind' }, thing.type, ...alsoCalled(thing)),
    ...reach(id),
    ...[lifeOf(id)].filter((each) => each !== null),
    tiesList(shownTiesOf(id)),
    ...rim(id),
  ];
};

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
  const missed = make('p', { class: 'kind', role: 'status' });
  field.addEventListener('input', () => {
    field.classList.remove('missed');
    missed.textContent = '';
  });
  const form = make('form', { class: 'way' }, field, make('button', { type: 'submit' }, 'Show path'));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const to = findThing(field.value);
    field.classList.toggle('missed', to === undefined);
    missed.textContent = to === undefined && field.value.trim() ? `Nothing shown here is called ${field.value}.` : '';
    if (to !== undefined) change({ choice: { kind: 'path', from: id, to }, opened: [] });
  });
  return [make('div', { class: 'choices', role: 'group', 'aria-label': 'How far to look' }, ...depths), form, missed];
};
