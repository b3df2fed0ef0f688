/** Keys that are typed while the desk still looks up a choice: they are held, and typed where the focus is by then. */
const typingAhead = (() => {
  const desk = /** @type {HTMLElement} */ (document.getElementById('kg-desk'));
  /** @type {string[]} */
  const held = [];
  let isWaiting = false;
  /** Done once nothing is looked up and no key is held. @type {Promise<void>} */
  let done = Promise.resolve();

  /** @param {Promise<void>} choice  until which keys are held */
  function waitFor(choice) {
    isWaiting = true;
    done = typeAfter(choice);
  }

  /** @param {Promise<void>} choice */
  async function typeAfter(choice) {
    await choice;
    isWaiting = false;
    while (held.length && !isWaiting) press(/** @type {string} */ (held.shift()));
    // An Enter among them made a choice of its own, and the rest waits for that.
    if (isWaiting) await done;
  }

  /** @param {string} key */
  function press(key) {
    const field = document.activeElement;
    if (key === 'Enter') {
      field?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    } else if (field instanceof HTMLInputElement) {
      field.setRangeText(key, field.selectionStart ?? 0, field.selectionEnd ?? 0, 'end');
      field.dispatchEvent(new Event('input', { bubbles: true }));
    }
  }

  /** @param {KeyboardEvent} event */
  function hold(event) {
    const { key, ctrlKey, metaKey, altKey } = event;
    if (key === 'Escape') held.length = 0;
    if (!isWaiting || ctrlKey || metaKey || altKey || event.isComposing) return;
    if (key === 'Backspace') held.pop();
    else if (key === 'Enter' || key.length === 1) held.push(key);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  desk.addEventListener('keydown', hold, true);
  return { waitFor, whenDone: () => done };
})();
