/** Finding a thing by any of its names, in any script, without regard to case and accents. */

import { BY_WEIGHT, element, THINGS } from './data.js';
import { isForPage } from './keys.js';
import { nameOf } from './names.js';
import { choose, leaveStep, onChange, state } from './state.js';
import { isThingShown } from './visibility.js';
import { make } from './words.js';

/** @param {string} text @returns {string} A name as it is compared. */
export const foldName = (text) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().trim();

/** @param {string} id @returns {string[]} All names of a thing. */
const namesOf = (id) => {
  const thing = THINGS.get(id);
  return thing ? [...new Set([nameOf(id), thing.label, ...thing.also, ...Object.values(thing.names)])] : [];
};

/** @param {string} name @returns {string[]} */
const wordsOf = (name) => name.split(/[^\p{L}\p{N}]+/u);

/** How well a name fits a text, the best first. @type {((name: string, text: string) => boolean)[]} */
const FITS = [
  (name, text) => name === text,
  (name, text) => wordsOf(name).includes(text),
  (name, text) => name.startsWith(text),
  (name, text) => name.includes(text),
];

/** Which of these says that it is a word of the name. */
const WORD = 1;

/** @param {string[]} names @param {string} text @returns {number} How long the shortest name is that holds it. */
const shortest = (names, text) => Math.min(...names.filter((name) => name.includes(text)).map((name) => name.length));

/**
 * @param {string} text
 * @returns {string[]} shown things called so; then those of whose name it is a word, the shortest name first (a person
 *   before the meeting that is named for them); then those whose name begins so, or holds it
 */
const findAll = (text) => {
  const wording = foldName(text);
  if (wording === '') return [];
  const matches = BY_WEIGHT.filter(isThingShown).map((id) => {
    const names = namesOf(id).map(foldName);
    const rank = FITS.findIndex((fits) => names.some((name) => fits(name, wording)));
    return { id, rank, length: rank === WORD ? shortest(names, wording) : 0 };
  });
  const found = matches.filter(({ rank }) => rank >= 0);
  return found.sort((a, b) => a.rank - b.rank || a.length - b.length).map(({ id }) => id);
};

/** @param {string} text @returns {string | undefined} The thing that a text means best. */
export const findThing = (text) => findAll(text)[0];

/** Offers all names. */
const fillList = () => {
  const names = new Set(BY_WEIGHT.slice(0, 2000).flatMap(namesOf));
  element('found').replaceChildren(...[...names].map((name) => make('option', { value: name })));
};

/** Has a key lead to the search field, wherever one is. @param {HTMLElement} field */
const followSlash = (field) => {
  document.addEventListener('keydown', (event) => {
    if (event.key !== '/' || !isForPage(event)) return;
    event.preventDefault();
    // Where there is little room a story takes all of it.
    if (!state.embed && !field.checkVisibility()) leaveStep();
    field.focus();
  });
};

/** Sets up the search field: Enter goes to the first match, Enter again to the next. */
export const setUpFind = () => {
  const field = /** @type {HTMLInputElement} */ (element('find'));
  let last = '';
  let number = 0;
  /** Whether the text changed just now: Enter changes it first and then asks for it. */
  let fresh = false;
  const go = (/** @type {boolean} */ next) => {
    const matches = findAll(field.value);
    number = next && field.value === last && matches.length > 0 ? (number + 1) % matches.length : 0;
    last = field.value;
    const isMissed = matches.length === 0 && field.value.trim() !== '';
    field.classList.toggle('missed', isMissed);
    const place = matches.length > 1 ? `${number + 1} of ${matches.length}` : '';
    element('matches').textContent = isMissed ? 'none' : place;
    if (isMissed) element('spoken').textContent = `Nothing here is called ${field.value}`;
    else if (matches.length > 0) choose({ kind: 'thing', id: matches[number] });
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
    if (now.language !== before.language || now.on !== before.on) fillList();
  });
  followSlash(field);
};
