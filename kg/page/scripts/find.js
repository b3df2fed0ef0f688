/** Finding a thing by any of its names, in any script, without regard to case and accents. */

import { BY_WEIGHT, element, THINGS } from './data.js';
import { nameOf } from './names.js';
import { isThingShown } from './shown.js';
import { change, onChange, state } from './state.js';
import { make } from './words.js';

/** @param {string} text @returns {string} A name as it is compared. */
export const folded = (text) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().trim();

/** @param {string} id @returns {string[]} All names of a thing. */
const namesOf = (id) => {
  const thing = THINGS.get(id);
  return thing ? [...new Set([nameOf(id), thing.label, ...thing.also, ...Object.values(thing.names)])] : [];
};

/** @param {string} text @returns {string[]} Shown things called so; then those whose name begins so, or holds it. */
const findAll = (text) => {
  const wanted = folded(text);
  if (wanted === '') return [];
  /** @type {string[][]} */
  const found = [[], [], []];
  for (const id of BY_WEIGHT.filter(isThingShown)) {
    const names = namesOf(id).map(folded);
    if (names.includes(wanted)) found[0].push(id);
    else if (names.some((name) => name.startsWith(wanted))) found[1].push(id);
    else if (names.some((name) => name.includes(wanted))) found[2].push(id);
  }
  return found.flat();
};

/** @param {string} text @returns {string | undefined} The thing that a text means best. */
export const findThing = (text) => findAll(text)[0];

/** Sets up the search field: Enter goes to the first match, Enter again to the next. */
export const setUpFind = () => {
  const field = /** @type {HTMLInputElement} */ (element('find'));
  const fillList = () =>
    element('found').replaceChildren(
      ...[...new Set(BY_WEIGHT.slice(0, 2000).flatMap(namesOf))].map((name) => make('option', { value: name })),
    );
  let last = '';
  let number = 0;
  /** Whether the text changed just now: Enter changes it first and then asks for it. */
  let fresh = false;
  const go = (/** @type {boolean} */ next) => {
    const matches = findAll(field.value);
    number = next && field.value === last && matches.length > 0 ? (number + 1) % matches.length : 0;
    last = field.value;
    const missed = matches.length === 0 && field.value.trim() !== '';
    field.classList.toggle('missed', missed);
    const place = matches.length > 1 ? `${number + 1} of ${matches.length}` : '';
    element('matches').textContent = missed ? 'none' : place;
    if (missed) element('spoken').textContent = `Nothing here is called ${field.value}`;
    else if (matches.length > 0) change({ choice: { kind: 'thing', id: matches[number] }, opened: [] });
  };
  field.addEventListener('change', () => {
    if (field.value === last) return;
    go(false);
    fresh = true;
    setTimeout(() => {
      fresh = false;
    });
  });
  field.addEventListener('input', () => {
    field.classList.remove('missed');
    element('matches').textContent = '';
    if (field.value === '') last = '';
  });
  element('search').addEventListener('submit', (event) => {
    event.preventDefault();
    if (!fresh) go(true);
  });
  fillList();
  onChange((now, before) => {
    if (now.language !== before.language) fillList();
  });
  document.addEventListener('keydown', (event) => {
    const typing = event.target instanceof HTMLInputElement && event.target.type !== 'checkbox';
    if (event.key === '/' && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      field.focus();
    }
  });
  return () => state;
};
