/** How many things are drawn, where these are not all. */

import { element } from './data.js';
import { chosenThing, drawnThings, foldedCounts, inFocus, shownThings } from './visibility.js';
import { formatCount } from './words.js';

/** Says how many things are drawn, where these are not all. */
export const showDrawnCount = () => {
  const [count, all] = [drawnThings().length, shownThings().length];
  const focus = inFocus();
  const drawn = `${formatCount(count)} of ${formatCount(all)} names`;
  const missing = focus && chosenThing() ? focus.things.size - count : 0;
  element('drawn').hidden = count === all || (focus !== null && missing <= 0);
  const total = missing > 0 ? (focus?.things.size ?? 0) : all;
  const isOpenable = missing <= 0 && foldedCounts().length > 0;
  element('drawn').textContent = isOpenable
    ? `${drawn}: numbers open more`
    : `${drawn}: the table has all ${formatCount(total)}`;
};
