/** The table of all ties: the same rows as lines in the picture. */

import { element, TIES } from './data.js';
import { isShown } from './shown.js';
import { change, onChange, state } from './state.js';

/** Sets up the table and the button that shows it. */
export const setUpTable = () => {
  const rows = /** @type {HTMLTableRowElement[]} */ ([...document.querySelectorAll('#table tbody tr')]);
  element('table-toggle').addEventListener('click', () =>
    change({ pane: state.pane === 'table' ? 'picture' : 'table' }),
  );
  onChange(({ pane, choice }) => {
    document.documentElement.classList.toggle('table', pane === 'table');
    element('table-toggle').setAttribute('aria-pressed', String(pane === 'table'));
    for (const row of rows) {
      const tie = TIES[Number(row.dataset.tie)];
      row.hidden = !isShown(tie);
      const chosen =
        choice.kind === 'assertion'
          ? tie.assertion === choice.id
          : choice.kind === 'thing' && [tie.from, tie.to].includes(choice.id);
      row.classList.toggle('marked', chosen);
    }
  });
};
