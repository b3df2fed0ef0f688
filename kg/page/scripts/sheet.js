/** The panel can be made larger: beside the picture wider, on a phone (where it is a sheet at the bottom) higher. */

import { element } from './data.js';

/** So far a finger has to pull the sheet for it to grow or shrink. */
const PULL = 40;

/** Sets up the button that does so; on a phone the sheet can be pulled by it, too. */
export const setUpSheet = () => {
  const button = element('panel-size');
  /** @param {boolean} isLarge */
  const become = (isLarge) => {
    document.documentElement.classList.toggle('large-panel', isLarge);
    button.ariaExpanded = String(isLarge);
    button.ariaLabel = isLarge ? 'Make details smaller' : 'Make details larger';
  };
  const isLarge = () => document.documentElement.classList.contains('large-panel');
  let from = 0;
  let wasPulled = false;
  button.addEventListener('pointerdown', (event) => {
    from = event.clientY;
    wasPulled = false;
    button.setPointerCapture(event.pointerId);
  });
  button.addEventListener('pointermove', (event) => {
    const way = event.clientY - from;
    if (!button.hasPointerCapture(event.pointerId) || Math.abs(way) < PULL) return;
    wasPulled = true;
    from = event.clientY;
    become(way < 0);
  });
  button.addEventListener('click', () => {
    if (!wasPulled) become(!isLarge());
    wasPulled = false;
  });
};
