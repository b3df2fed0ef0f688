/** The menus of the header: what can be saved, and how the page is dressed. On a phone they are one. */

import { LANGUAGES } from './data.js';
import { FORMATS, saveAs } from './exports.js';
import { change, onChange, state } from './state.js';
import { make } from './words.js';

/** @param {string} name @param {HTMLElement} content @returns {HTMLDetailsElement} */
const menu = (name, content) => {
  const made = make('details', { class: 'menu', name: 'menu' }, make('summary', {}, name), content);
  made.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !made.open) return;
    // Only the menu closes; what is chosen stays.
    event.stopPropagation();
    made.open = false;
    made.querySelector('summary')?.focus();
  });
  document.addEventListener('click', ({ target }) => {
    if (target instanceof Node && !made.contains(target)) made.open = false;
  });
  return made;
};

/** @returns {HTMLElement} */
const savers = () =>
  make(
    'div',
    { class: 'savers', role: 'group', 'aria-label': 'Save as' },
    ...FORMATS.map((format) => {
      const button = make('button', { type: 'button' }, format.name, ' ', make('span', {}, format.what));
      button.addEventListener('click', () => {
        const around = button.closest('details');
        if (around) around.open = false;
        around?.querySelector('summary')?.focus();
        saveAs(format);
      });
      return button;
    }),
  );

/**
 * @param {string} title @param {string} name @param {[string, string][]} options  values and their words
 * @param {() => string} now @param {(value: string) => void} choose
 * @returns {HTMLElement} a choice of one
 */
const choices = (title, name, options, now, choose) => {
  const made = make('fieldset', {}, make('legend', {}, title));
  for (const [value, word] of options) {
    const radio = make('input', { type: 'radio', name, value });
    radio.addEventListener('change', () => choose(value));
    made.append(make('label', {}, radio, word));
  }
  const show = () => {
    for (const radio of made.querySelectorAll('input')) radio.checked = radio.value === now();
  };
  show();
  onChange(show);
  return made;
};

/** @param {string} tag @returns {string} The name of a language, in that language. */
const languageName = (tag) => {
  try {
    return new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
};

/** @returns {HTMLElement} */
const dresses = () => {
  const made = make(
    'div',
    { class: 'dresses' },
    choices(
      'Colours',
      'theme',
      [
        ['', 'automatic'],
        ['light', 'light'],
        ['dark', 'dark'],
      ],
      () => state.theme,
      (value) => change({ theme: /** @type {'' | 'light' | 'dark'} */ (value) }),
    ),
  );
  if (LANGUAGES.length > 0) {
    made.append(
      choices(
        'Names',
        'language',
        [['', 'as in the data'], ...LANGUAGES.map((tag) => /** @type {[string, string]} */ ([tag, languageName(tag)]))],
        () => state.language,
        (value) => change({ language: value }),
      ),
    );
  }
  return made;
};

/** @param {HTMLElement} header  gets the menus */
export const setUpMenus = (header) => {
  const [saving, dressing] = [savers(), dresses()];
  const small = matchMedia('(max-width: 50rem)');
  const arrange = () => {
    header.replaceChildren(
      ...(small.matches
        ? [menu('Menu', make('div', { class: 'drop' }, saving, dressing))]
        : [
            menu('View', make('div', { class: 'drop' }, dressing)),
            menu('Save', make('div', { class: 'drop' }, saving)),
          ]),
    );
  };
  arrange();
  small.addEventListener('change', arrange);
};
