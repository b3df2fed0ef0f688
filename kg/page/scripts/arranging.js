/** What the reader dragged elsewhere: it can be saved, for a build to keep, or put back. */

import { element, VIEW } from './data.js';
import { save } from './exports.js';
import { layoutFile } from './lenswords.js';
import { allPlaces, moveBack, movedCount } from './places.js';
import { countNoun } from './words.js';

/** @param {() => void} redraw @returns {() => void} is to be called whenever something was moved */
export const setUpArranging = (redraw) => {
  const show = () => {
    const count = movedCount();
    element('moved').hidden = count === 0;
    element('moved-count').textContent = `${countNoun(count, 'name')} moved`;
  };
  element('save-layout').addEventListener('click', () => {
    save(`${VIEW}.layout.json`, new Blob([layoutFile(Object.entries(allPlaces()))], { type: 'application/json' }));
  });
  element('put-back').addEventListener('click', () => {
    moveBack();
    show();
    redraw();
    element('fit').focus();
  });
  return show;
};
