/** The menus of the header: what can be saved, and how the page is dressed. On a phone they are one. */

import { LANGUAGES } from './data.js';
import { FORMATS, saveAs } from './exports.js';
import { compact } from './frame.js';
import { change, onChange, state } from './state.js';
import { make, makeButton } from './words.js';

/** @param {string} name @param {HTMLElement} content @returns {HTMLDetailsElement} */
const menu = (name, content) => {
  const details = make('details.menu', { name: 'menu' }, make('summary', name), content);
  details.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !details.open) return;
    // Only the menu closes; what is chosen stays.
    event.stopPropagation();
    details.open = false;
    details.querySelector('summary')?.focus();
  });
  document.addEventListener('click', ({ target }) => {
    if (target instanceof Node && !details.contains(target)) details.open = false;
  });
  return details;
};

/** @returns {HTMLElement} */
const savers = () => {
  const buttons = FORMATS.map((format) => {
    const button = makeButton(
      () => {
        const around = button.closest('details');
        if (around) around.open = false;
        around?.querySelector('summary')?.focus();
        saveAs(format);
      },
      `${format.name} `,
      make('span', format.what),
    );
    return button;
  });
  return make('div.savers', { role: 'group', 'aria-label': 'Save as' }, ...buttons);
};

/**
 * @param {string} title @param {string} name @param {[string, string][]} options  values and their words
 * @param {() => string} now @param {(value: string) => void} choose
 * @returns {HTMLElement} a choice of one
 */
const choices = (title, name, options, now, choose) => {
  const choice = make('fieldset', make('legend', title));
  for (const [value, word] of options) {
    const radio = make('input', { type: 'radio', name, value });
    radio.addEventListener('change', () => choose(value));
    choice.append(make('label', radio, word));
  }
  const show = () => {
    for (const radio of choice.querySelectorAll('input')) radio.checked = radio.value === now();
  };
  show();
  onChange(show);
  return choice;
};

/** @param {string} tag @returns {string} The name of a language, in that language. */
const languageName = (tag) => {
  try {
    return new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
};

/** @type {[string, string][]} */
const THEMES = [
  ['', 'automatic'],
  ['light', 'light'],
  ['dark', 'dark'],
];

/** @returns {HTMLElement} */
const dresses = () => {
  const colours = choices(
    'Colours',
    'theme',
    THEMES,
    () => state.theme,
    (theme) => change({ theme: /** @type {'' | 'light' | 'dark'} */ (theme) }),
  );
  const languages = LANGUAGES.map((tag) => /** @type {[string, string]} */ ([tag, languageName(tag)]));
  const names = choices(
    'Names',
    'language',
    [['', 'as in the data'], ...languages],
    () => state.language,
    (language) => change({ language }),
  );
  return make('div.dresses', colours, languages.length > 0 && names);
};

/** @param {HTMLElement} header  gets the menus */
export const setUpMenus = (header) => {
  const [saving, dressing] = [savers(), dresses()];
  const panes = /** @type {HTMLElement} */ (document.querySelector('.panes'));
  const tools = /** @type {HTMLElement} */ (panes.parentElement);
  panes.addEventListener('click', () => panes.closest('details')?.removeAttribute('open'));
  const drop = (/** @type {HTMLElement[]} */ ...content) => make('div.drop', ...content);
  const arrange = () => {
    const menus = compact.matches
      ? [menu('Menu', drop(panes, saving, dressing))]
      : [menu('View', drop(dressing)), menu('Save', drop(saving))];
    if (!compact.matches) tools.append(panes);
    header.replaceChildren(...menus);
  };
  arrange();
  compact.addEventListener('change', arrange);
};
