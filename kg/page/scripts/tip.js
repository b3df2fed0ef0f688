/** What a pointer hovers over, in words. */

import { changeOf, changeSign } from './changes.js';
import { cardOf, element } from './data.js';
import { lineOf } from './lines.js';
import { nameOf, shortNameOf } from './names.js';
import { cardNow, tiesAlong } from './visibility.js';
import { bdi, statusWord, words } from './words.js';

/** @param {import('./address.js').Choice} over @returns {(Node | string | null)[]} What it is; nothing where the picture says as much. */
const wordsOn = (over) => {
  if (over.kind === 'assertion') {
    const card = cardNow(cardOf(over.id));
    return [...words(card.words, false), ' ', statusWord(card.status), ' ', changeSign(changeOf(card))];
  }
  if (over.kind === 'line') {
    const ties = tiesAlong(over.id);
    const first = cardNow(lineOf(ties[0]).lead.card);
    return [...words(first.words, false), ' ', statusWord(first.status), ` and ${ties.length - 1} more`];
  }
  return over.kind === 'thing' && nameOf(over.id) !== shortNameOf(over.id) ? [bdi(nameOf(over.id))] : [];
};

/** @param {import('./picture.js').Picture} picture */
export const setUpTip = (picture) => {
  const tip = element('tip');
  const frame = element('picture');
  let frameRequest = 0;

  /** @param {number} x @param {number} y @param {import('./address.js').Choice} over */
  const show = (x, y, over) => {
    const content = wordsOn(over).filter((each) => each !== null);
    tip.hidden = content.length === 0;
    if (tip.hidden) return;
    tip.replaceChildren(...content);
    const below = y + 18 + tip.offsetHeight <= frame.clientHeight;
    tip.style.left = `${Math.min(x + 14, frame.clientWidth - tip.offsetWidth - 8)}px`;
    tip.style.top = `${below ? y + 18 : y - tip.offsetHeight - 12}px`;
  };

  frame.addEventListener('pointermove', (event) => {
    if (event.pointerType === 'touch') return;
    cancelAnimationFrame(frameRequest);
    frameRequest = requestAnimationFrame(() => {
      const box = frame.getBoundingClientRect();
      const [x, y] = [event.clientX - box.left, event.clientY - box.top];
      const over = event.buttons === 0 ? picture.at(x, y) : /** @type {const} */ ({ kind: 'nothing' });
      frame.style.cursor = over.kind === 'nothing' ? '' : 'pointer';
      show(x, y, over);
    });
  });
  frame.addEventListener('pointerleave', () => {
    cancelAnimationFrame(frameRequest);
    tip.hidden = true;
  });
};
