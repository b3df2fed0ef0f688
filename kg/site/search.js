// Hides the names that do not hold what is typed; without scripts all of them are shown.
(() => {
  const field = /** @type {HTMLInputElement} */ (document.querySelector('input'));
  const told = /** @type {HTMLOutputElement} */ (document.querySelector('output'));
  const groups = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('section.names'));

  function search() {
    const typed = field.value.normalize('NFKC').toLowerCase().trim();
    let count = 0;
    for (const group of groups) {
      const entries = [...group.querySelectorAll('li')];
      for (const entry of entries) entry.hidden = !entry.dataset.names?.includes(typed);
      const shown = entries.filter((entry) => !entry.hidden).length;
      group.hidden = !shown;
      count += shown;
    }
    told.textContent = typed ? `${count} found` : '';
  }

  const form = field.closest('form');
  if (form) form.hidden = false;
  field.addEventListener('input', search);
  search();
})();
