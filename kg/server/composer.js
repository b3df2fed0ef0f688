// The composer: words marked in a paragraph become an assertion, a denial, an end, a citation or a
// name. What may be meant, what it would say and what is written is the server's word; this shows it.
(() => {
  /** @type {Record<string, Kind>} */
  const KINDS = { a: 'assertion', d: 'denial', e: 'end', b: 'beginning', c: 'citation', n: 'name' };
  /** The number of a paragraph, as far as it is typed. */
  let number = '';

  /** @param {KeyboardEvent} event @returns {boolean} Whether it moves what is marked. */
  const isMove = ({ key, shiftKey }) =>
    key === 'ArrowLeft' || key === 'ArrowRight' || (shiftKey && /^(Arrow|Home|End)/.test(key));

  /** @param {KeyboardEvent} event @returns {boolean} Whether it is meant for a field or the browser. */
  const isForeign = ({ target, ctrlKey, metaKey, altKey }) =>
    ctrlKey ||
    metaKey ||
    altKey ||
    (target instanceof Element && !!target.closest('input, select, textarea, #kg-desk'));

  /** @param {KeyboardEvent} event */
  function press(event) {
    const { key } = event;
    const text = marking.textAround(event.target);
    if (KINDS[key]) {
      event.preventDefault();
      form.open(KINDS[key]);
    } else if (/^[0-9]$/.test(key)) {
      number += key;
      form.tell(`Paragraph ${number}: Enter`);
    } else if (key === 'Enter' && number) {
      event.preventDefault();
      form.tell(marking.goTo(number));
      number = '';
    } else if (text && isMove(event)) {
      event.preventDefault();
      form.tell(marking.move(text, key, event.shiftKey));
    } else if (key === 'Escape') number = '';
  }

  for (const field of form.fields()) {
    if (field instanceof HTMLInputElement && field.role === 'combobox') new TypeAhead(field);
  }
  for (const button of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('#kg-bar [data-kind]'))) {
    // The selection would be lost with the focus.
    button.addEventListener('mousedown', (event) => event.preventDefault());
    button.addEventListener('click', () => form.open(/** @type {Kind} */ (button.dataset.kind)));
  }
  document.addEventListener('keydown', (event) => {
    if (!isForeign(event)) press(event);
  });
  document.addEventListener('kg-refreshed', marking.makePlacesFocusable);
  marking.makePlacesFocusable();
})();
