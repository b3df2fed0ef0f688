/** Which of the picture, the table and the positions stands in the middle. */

import { element } from './data.js';
import { change, onChange } from './state.js';

/** @typedef {import('./address.js').Pane} Pane */

/** Sets up the buttons that choose between them. */
export const setUpPanes = () => {
  const buttons = /** @type {HTMLButtonElement[]} */ ([...document.querySelectorAll('button[data-pane]')]);
  for (const button of buttons) {
    button.addEventListener('click', () => change({ pane: /** @type {Pane} */ (button.dataset.pane) }));
  }
  const skip = document.getElementById('to-table');
  skip?.addEventListener('click', (event) => {
    event.preventDefault();
    change({ pane: 'table' });
    element('table').focus();
  });
  onChange(({ pane }) => {
    const root = document.documentElement.classList;
    root.toggle('table', pane === 'table');
    root.toggle('positions', pane === 'positions');
    for (const button of buttons) button.ariaPressed = String(button.dataset.pane === pane);
  });
};
