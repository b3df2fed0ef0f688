/** Keys that a reader presses. */

/** @param {KeyboardEvent} event @returns {boolean} Whether it is meant for the page: nothing is written or picked, and no other key is held. */
export const isForPage = ({ target, altKey, ctrlKey, metaKey }) => {
  const isWriting = target instanceof HTMLInputElement && target.type !== 'checkbox';
  return !isWriting && !(target instanceof HTMLSelectElement) && !altKey && !ctrlKey && !metaKey;
};
