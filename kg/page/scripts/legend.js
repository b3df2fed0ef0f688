/**
 * The legend is the filter: what is unticked is hidden, in picture, table, positions and counts alike. Each entry counts
 * what it shows under the lens and the other filters.
 *
 * @typedef {import('./address.js').Kind} Kind
 */

import { element, SOURCES, THINGS, TIES } from './data.js';
import { allEntries, countsNow } from './entries.js';
import { gate, isFiltered, KINDS, toggled, withAll, withOnly } from './filters.js';
import { nameOf } from './names.js';
import { isKnown, shownThings, shownTies, statusOf } from './shown.js';
import { change, onChange, state } from './state.js';
import { bdi, counted, make } from './words.js';

/** How many articles and speakers stand in the legend before one asks for more. */
const FIRST = { source: 10, speaker: 8 };

/** @param {string} kind @returns {HTMLElement} */
const section = (kind) => /** @type {HTMLElement} */ (element('filters').querySelector(`[data-section="${kind}"]`));

/** @param {Kind} kind @param {string} name @returns {string} What an entry that the page was built with is called. */
export const labelOf = (kind, name) =>
  element('filters')
    .querySelector(`input[data-kind="${kind}"][value="${CSS.escape(name)}"]`)
    ?.parentElement?.querySelector('.name')?.textContent ?? name;

/** @param {number} shown @param {number} all @param {string} word @returns {string} */
const some = (shown, all, word) => (shown === all ? counted(all, word) : `${shown} of ${counted(all, word)}`);

/** Says how much is shown. */
const showCounts = () => {
  const ties = shownTies();
  /** @type {Map<string, number>} */
  const byStatus = new Map();
  for (const tie of ties) byStatus.set(statusOf(tie), (byStatus.get(statusOf(tie)) ?? 0) + 1);
  const parts = [...byStatus].sort((a, b) => b[1] - a[1]).map(([status, count]) => `${count} ${status}`);
  element('counts').replaceChildren(
    `${some(shownThings().length, THINGS.size, 'thing')}, ${some(ties.length, TIES.length, 'tie')}`,
    make('span', {}, parts.length > 0 ? `: ${parts.join(', ')}` : ''),
  );
};

/** @param {string} id @returns {HTMLElement} */
const sourceName = (id) => {
  const source = SOURCES.get(id);
  if (!source) return make('span', { class: 'name' }, 'No article: concluded');
  const by = source.originator && source.originator !== source.publisher ? source.originator : '';
  return make(
    'span',
    { class: 'name', title: source.title },
    bdi(source.publisher || source.title || id),
    make('span', { class: 'aside' }, source.published, by && ' · by ', by && bdi(by)),
  );
};

/** @param {string} id @returns {HTMLElement} */
const speakerName = (id) =>
  make('span', { class: 'name' }, id === '' ? 'No speaker: the article itself' : bdi(nameOf(id)));

/** @param {Kind} kind @param {string} name @param {Node} label @returns {HTMLElement} */
const entry = (kind, name, label) => {
  const box = make('input', { type: 'checkbox', 'data-kind': kind, value: name });
  box.checked = true;
  return make('div', { class: 'entry' }, make('label', {}, box, label, make('span', { class: 'count' })));
};

/** @param {'source' | 'speaker'} kind @param {(a: string, b: string) => number} order @param {(id: string) => Node} name */
const fillSection = (kind, order, name) => {
  const counts = allEntries()[kind];
  const byCount = [...counts.keys()].sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0) || (a < b ? -1 : 1));
  // Of one more than there is room for it says as much to show that one.
  const room = byCount.length === FIRST[kind] + 1 ? byCount.length : FIRST[kind];
  const top = byCount.slice(0, room).sort(order);
  const rest = byCount.slice(room).sort(order);
  const made = top.map((id) => entry(kind, id, name(id)));
  if (rest.length > 0) {
    const more = make('details', { class: 'more' }, make('summary', {}, `${rest.length} more`));
    more.addEventListener('toggle', () => {
      if (!more.open || more.childElementCount > 1) return;
      more.append(...rest.map((id) => withButton(entry(kind, id, name(id)))));
      showEntries();
    });
    made.push(more);
  }
  section(kind).append(...made);
  section(kind).hidden = byCount.length === 0;
};

/**
 * @param {HTMLElement} row  an entry
 * @returns {HTMLElement} It, with a button that shows only this one; by keyboard the Enter key on its box does so
 */
const withButton = (row) => {
  const title = (row.querySelector('.name')?.firstChild?.textContent ?? '').trim();
  const label = { 'aria-label': `Only ${title}`, tabindex: '-1' };
  row.append(make('button', { type: 'button', class: 'only', ...label }, 'only'));
  return row;
};

/** @param {Element} row @returns {[Kind, string]} */
const entryOf = (row) => {
  const box = row.querySelector('input');
  return [/** @type {Kind} */ (box?.dataset.kind), box?.value ?? ''];
};

/** Shows of each entry whether it is ticked and how much it has now. */
const showEntries = () => {
  const counts = countsNow();
  for (const kind of KINDS) {
    const lets = gate(state, kind);
    const filtered = isFiltered(state, kind);
    const all = /** @type {HTMLElement | null} */ (section(kind).querySelector('.all'));
    if (all) all.hidden = !filtered;
    for (const row of section(kind).querySelectorAll('.entry')) {
      const box = /** @type {HTMLInputElement} */ (row.querySelector('input'));
      const count = counts[kind].get(box.value) ?? 0;
      box.checked = lets(box.value);
      const shown = /** @type {HTMLElement} */ (row.querySelector('.count'));
      shown.textContent = String(count);
      row.classList.toggle('none', count === 0);
      if (kind === 'source') /** @type {HTMLElement} */ (row).hidden = box.value !== '' && !isKnown(box.value);
    }
  }
};

/** @param {string} a @param {string} b @returns {number} */
const byDay = (a, b) => {
  const [one, other] = [a, b].map((id) => SOURCES.get(id)?.published ?? '~');
  return one === other ? (a < b ? -1 : 1) : one < other ? -1 : 1;
};

/** Sets up the legend. */
export const setUpLegend = () => {
  const filters = element('filters');
  const bySpeaker = allEntries().speaker;
  fillSection('source', byDay, sourceName);
  fillSection(
    'speaker',
    (a, b) => Number(a === '') - Number(b === '') || (bySpeaker.get(b) ?? 0) - (bySpeaker.get(a) ?? 0),
    speakerName,
  );
  for (const row of filters.querySelectorAll('.entry')) withButton(/** @type {HTMLElement} */ (row));

  filters.addEventListener('change', ({ target }) => {
    const row = target instanceof HTMLInputElement && target.closest('.entry');
    if (!row) return;
    const [kind, name] = entryOf(row);
    change(toggled(state, kind, name, [...allEntries()[kind].keys()]));
  });
  filters.addEventListener('click', (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const row = target?.closest('.entry');
    if (row && (target?.closest('.only') || event.altKey)) {
      event.preventDefault();
      change(withOnly(state, ...entryOf(row)));
    } else if (target?.closest('.all')) {
      const kind = /** @type {Kind} */ (target.closest('[data-section]')?.getAttribute('data-section'));
      section(kind).querySelector('input')?.focus();
      change(withAll(state, kind));
    }
  });
  filters.addEventListener('dblclick', ({ target }) => {
    const row = target instanceof Element && !target.closest('button') && target.closest('.entry');
    if (row) change(withOnly(state, ...entryOf(row)));
  });
  filters.addEventListener('keydown', (event) => {
    const row = event.key === 'Enter' && event.target instanceof HTMLInputElement && event.target.closest('.entry');
    if (!row) return;
    event.preventDefault();
    change(withOnly(state, ...entryOf(row)));
  });
  filters.addEventListener('submit', (event) => event.preventDefault());

  onChange((now, before) => {
    if (now.language !== before.language) {
      for (const row of section('speaker').querySelectorAll('.entry')) {
        row.querySelector('.name')?.replaceWith(speakerName(entryOf(row)[1]));
      }
    }
    const same = ['by', 'on', 'from', 'to'].every((name) => Reflect.get(now, name) === Reflect.get(before, name));
    if (filled && same && now.hidden === before.hidden && now.only === before.only) return;
    filled = true;
    showEntries();
    showCounts();
  });
};

let filled = false;
