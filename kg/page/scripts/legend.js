/** The legend is the filter: what is unticked is hidden, in picture, table and counts alike. */

import { element, THINGS, TIES } from './data.js';
import { shownThings, shownTies, statusOf } from './shown.js';
import { change, onChange, state } from './state.js';
import { counted, make } from './words.js';

/** @returns {HTMLInputElement[]} */
const boxes = () => /** @type {HTMLInputElement[]} */ ([...element('filters').querySelectorAll('input[data-kind]')]);

/** @param {HTMLInputElement} box @returns {string} */
const nameOfBox = (box) => `${box.dataset.kind}:${box.value}`;

/** @param {number} shown @param {number} all @param {string} word @returns {string} */
const some = (shown, all, word) => (shown === all ? counted(all, word) : `${shown} of ${counted(all, word)}`);

/** Says how much is shown. */
const showCounts = () => {
  const ties = shownTies();
  /** @type {Map<string, number>} */
  const byStatus = new Map();
  for (const tie of ties) byStatus.set(statusOf(tie), (byStatus.get(statusOf(tie)) ?? 0) + 1);
  const parts = [...byStatus].sort((a, b) => b[1] - a[1]).map(([status, count]) => `${count} ${status}`);
  element('counts').replaceChildren(
    `${some(shownThings().length, THINGS.size, 'thing')}, ${some(ties.length, TIES.length, 'tie')}`,
    make('span', {}, parts.length > 0 ? `: ${parts.join(', ')}` : ''),
  );
};

/** Sets up the legend. */
export const setUpLegend = () => {
  element('filters').addEventListener('change', ({ target }) => {
    if (!(target instanceof HTMLInputElement) || !target.dataset.kind) return;
    const name = nameOfBox(target);
    change({
      hidden: target.checked ? state.hidden.filter((each) => each !== name) : [...state.hidden, name].sort(),
    });
  });
  onChange(() => {
    for (const box of boxes()) box.checked = !state.hidden.includes(nameOfBox(box));
    showCounts();
  });
};
