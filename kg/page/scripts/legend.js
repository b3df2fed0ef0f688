/**
 * The legend is the filter: what is unticked is hidden, in picture, table, positions and counts alike. Each entry counts
 * what it shows under the lens and the other filters.
 *
 * @typedef {import('./address.js').Kind} Kind
 */

import { element, RELATIONS, SOURCES, statusName } from './data.js';
import { allEntries, countsNow } from './entries.js';
import { gate, isFiltered, KINDS, toggle, withAll, withOnly } from './filters.js';
import { nameOf } from './names.js';
import { shownWords } from './spoken.js';
import { change, DECIDING, differIn, onChange, state } from './state.js';
import { isKnown, shownTies, statusOf } from './visibility.js';
import { bdi, days, formatCount, make } from './words.js';

/** How many entries of a kind stand in the legend before one asks for more. */
const FIRST = { class: 0, relation: 0, source: 10, speaker: 8 };

/** A kind with fewer entries is not in the legend: it would tell nothing. */
const LEAST = { class: [...allEntries().look].length + 1, relation: 2, source: 1, speaker: 1 };

/** @param {string} kind @returns {HTMLElement} */
const section = (kind) => /** @type {HTMLElement} */ (element('filters').querySelector(`[data-section="${kind}"]`));

/** @returns {HTMLInputElement[]} The boxes of all entries, in their order. */
const boxes = () => [...element('filters').querySelectorAll('input')].filter(({ dataset }) => dataset.kind);

/** @param {Kind} kind @returns {string[]} The names of a kind's entries, in their order. */
export const namesOf = (kind) => boxes().flatMap((box) => (box.dataset.kind === kind ? box.value : []));

/** @param {Kind} kind @param {string} name @returns {string} What an entry is called. */
export const labelOf = (kind, name) => {
  if (kind === 'relation') return relationName(name);
  const box = boxes().find((each) => each.dataset.kind === kind && each.value === name);
  return box?.parentElement?.querySelector('.name')?.textContent?.trim() || name;
};

/** Says how much is shown. */
const showCounts = () => {
  const ties = shownTies();
  const groups = [...Map.groupBy(ties, statusOf)].sort(([, a], [, b]) => b.length - a.length);
  const parts = groups.map(([status, { length }]) => `${formatCount(length)} ${statusName(status)}`);
  element('counts').replaceChildren(shownWords(), make('span', parts.length > 0 ? `: ${parts.join(', ')}` : ''));
};

/** @param {import('./data.js').Source} source @returns {string} Whose and of when. */
const editionOf = ({ publisher, published, originator }) => [publisher, published, originator].join('\n');

/** How many articles are of one publisher, day and writer, and so told apart by their titles alone. */
const alike = Map.groupBy([...SOURCES.values()], editionOf);

/** @param {string} id @returns {HTMLElement} */
const sourceName = (id) => {
  const source = SOURCES.get(id);
  if (!source) return make('span.name', 'No article: concluded');
  const by = source.originator !== source.publisher && source.originator;
  const aside = make('span.aside', ...days(source.published), by && ' · by ', by && bdi(by));
  const isAlone = alike.get(editionOf(source))?.length === 1;
  const name = (isAlone && source.publisher) || source.title || id;
  return make('span.name', { title: source.title }, bdi(name), aside);
};

/** @param {string} name @returns {string} What a relation is called. */
const relationName = (name) => RELATIONS[name] ?? name;

/** @param {string} id @returns {HTMLElement} */
const speakerName = (id) => make('span.name', id === '' ? 'No speaker: the article itself' : bdi(nameOf(id)));

/**
 * @param {HTMLElement} row  an entry
 * @returns {HTMLElement} It, with a button that shows only this one; by keyboard the Enter key on its box does so
 */
const withButton = (row) => {
  const title = (row.querySelector('.name')?.firstChild?.textContent ?? '').trim();
  row.append(make('button.only', { type: 'button', 'aria-label': `Only ${title}`, tabindex: '-1' }, 'only'));
  return row;
};

/** @param {keyof typeof FIRST} kind @param {(a: string, b: string) => number} order @param {(id: string) => Node} name */
const fillSection = (kind, order, name) => {
  const counts = [...allEntries()[kind]];
  const byCount = counts.sort(([a, many], [b, few]) => few - many || (a < b ? -1 : 1)).map(([id]) => id);
  // Of one more than there is room for it says as much to show that one.
  const room = byCount.length === FIRST[kind] + 1 ? byCount.length : FIRST[kind];
  const entries = (/** @type {string[]} */ ids) =>
    ids.sort(order).map((id) => {
      const box = make('input', { type: 'checkbox', 'data-kind': kind, value: id });
      box.checked = true;
      return withButton(make('div.entry', make('label', box, name(id), make('span.count'))));
    });
  const rest = byCount.slice(room);
  section(kind).append(...entries(byCount.slice(0, room)));
  section(kind).hidden = byCount.length < LEAST[kind];
  if (rest.length === 0) return;
  const more = make(
    'details.more',
    make('summary', room > 0 ? `${rest.length} more` : `choose among ${formatCount(rest.length)}`),
  );
  more.addEventListener('toggle', () => {
    if (!more.open || more.childElementCount > 1) return;
    more.append(...entries(rest));
    showEntries();
  });
  section(kind).append(more);
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
    const isLetThrough = gate(state, kind);
    const all = /** @type {HTMLElement | null} */ (section(kind).querySelector('.all'));
    if (all) all.hidden = !isFiltered(state, kind);
    for (const row of /** @type {NodeListOf<HTMLElement>} */ (section(kind).querySelectorAll('.entry'))) {
      const box = /** @type {HTMLInputElement} */ (row.querySelector('input'));
      const number = /** @type {HTMLElement} */ (row.querySelector('.count'));
      const count = counts[kind].get(box.value) ?? 0;
      box.checked = isLetThrough(box.value);
      const text = formatCount(count);
      if (number.textContent !== text) number.textContent = text;
      row.classList.toggle('none', count === 0);
      if (kind === 'source') row.hidden = box.value !== '' && !isKnown(box.value);
    }
  }
};

/** @param {string} a @param {string} b @returns {number} */
const byDay = (a, b) => {
  const [one, other] = [a, b].map((id) => `${SOURCES.get(id)?.published ?? '~'} ${id}`);
  return one < other ? -1 : 1;
};

/** @param {Event} event @returns {Element | null} The entry that it is about. */
const rowOf = ({ target }) => (target instanceof Element ? target.closest('.entry') : null);

/** @param {Element} row  is shown alone of its kind */
const showOnly = (row) => change(withOnly(state, ...entryOf(row)));

/** @param {MouseEvent} event */
const onClick = (event) => {
  const target = event.target instanceof Element ? event.target : null;
  const row = rowOf(event);
  if (row && (target?.closest('.only') || event.altKey)) {
    event.preventDefault();
    showOnly(row);
  } else if (target?.closest('.all')) {
    const kind = /** @type {Kind} */ (target.closest('[data-section]')?.getAttribute('data-section'));
    section(kind).querySelector('input')?.focus();
    change(withAll(state, kind));
  }
};

/** Fills the sections that the page does not bring along. */
const fillSections = () => {
  const speakers = allEntries().speaker;
  const byName = (/** @type {(id: string) => string} */ nameIn) => (/** @type {string} */ a, /** @type {string} */ b) =>
    nameIn(a).localeCompare(nameIn(b), 'en') || (a < b ? -1 : 1);
  const className = (/** @type {string} */ name) => name || 'of no class';
  fillSection('class', byName(className), (name) => make('span.name', bdi(className(name))));
  fillSection('relation', byName(relationName), (name) => make('span.name', bdi(relationName(name))));
  fillSection('source', byDay, sourceName);
  fillSection(
    'speaker',
    (a, b) => Number(a === '') - Number(b === '') || (speakers.get(b) ?? 0) - (speakers.get(a) ?? 0),
    speakerName,
  );
};

/** Sets up the legend. */
export const setUpLegend = () => {
  const filters = element('filters');
  for (const row of filters.querySelectorAll('.entry')) withButton(/** @type {HTMLElement} */ (row));
  fillSections();
  filters.addEventListener('change', (event) => {
    const row = rowOf(event);
    if (!row) return;
    const [kind, name] = entryOf(row);
    change(toggle(state, kind, name, [...allEntries()[kind].keys()]));
  });
  filters.addEventListener('click', onClick);
  filters.addEventListener('dblclick', (event) => {
    const row = rowOf(event);
    if (row && event.target instanceof Element && !event.target.closest('button')) showOnly(row);
  });
  filters.addEventListener('keydown', (event) => {
    const row = event.key === 'Enter' && event.target instanceof HTMLInputElement && rowOf(event);
    if (!row) return;
    event.preventDefault();
    showOnly(row);
  });
  filters.addEventListener('submit', (event) => event.preventDefault());

  let isFilled = false;
  onChange((now, before) => {
    if (now.language !== before.language) {
      for (const row of section('speaker').querySelectorAll('.entry')) {
        row.querySelector('.name')?.replaceWith(speakerName(entryOf(row)[1]));
      }
    }
    if (isFilled && !differIn(DECIDING, now, before)) return;
    isFilled = true;
    showEntries();
    showCounts();
  });
};
