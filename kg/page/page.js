'use strict';

/**
 * The page as a whole: what is chosen stands in the address (``#thing/ID``, ``#assertion/ID``), so that Back works and
 * a picture with its selection can be sent to somebody; everything else follows from the state.
 */

/** @returns {Choice} What the address names, if it is here. */
const addressed = () => {
  const [, kind, written = ''] = /^#(thing|assertion)\/(.*)$/.exec(location.hash) ?? [];
  const id = decoded(written);
  if (kind === 'thing' && THINGS.has(id)) return { kind, id };
  if (kind === 'assertion' && CARDS.has(id)) return { kind, id };
  return null;
};

/** @param {string} text @returns {string} */
const decoded = (text) => {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
};

/** @param {Choice} choice */
const choose = (choice) => {
  const target = choice ? `#${choice.kind}/${encodeURIComponent(choice.id)}` : '#';
  if (target !== (location.hash || '#')) location.hash = target;
};

const picture = drawPicture(element('picture'), choose);
const rows = /** @type {HTMLTableRowElement[]} */ ([...document.querySelectorAll('#table tbody tr')]);

/** Shows the panel for what is chosen, and says it aloud. */
const showPanel = () => {
  const { choice } = state;
  const content = !choice
    ? aboutNothing()
    : choice.kind === 'thing'
      ? aboutThing(choice.id)
      : aboutAssertion(choice.id);
  element('details').replaceChildren(...content);
  element('panel').scrollTop = 0;
  document.documentElement.classList.toggle('chosen', choice !== null);
  element('spoken').textContent = !choice
    ? ''
    : choice.kind === 'thing'
      ? `${nameOf(choice.id)}, ${counted(degree(choice.id), 'tie')}`
      : `${plain(CARDS.get(choice.id)?.words ?? [])}: ${CARDS.get(choice.id)?.status}`;
};

/** Says how much is shown, and shows the same rows in the table as lines in the picture. */
const showCounts = () => {
  const things = DATA.nodes.filter(isThingShown).length;
  const ties = TIES.filter(isShown);
  const some = (shown, all, word) => (shown === all ? counted(all, word) : `${shown} of ${counted(all, word)}`);
  const byStatus = Object.keys(DATA.lines)
    .map((status) => [status, ties.filter((tie) => tie.status === status).length])
    .filter(([, count]) => count)
    .sort((a, b) => Number(b[1]) - Number(a[1]))
    .map(([status, count]) => `${count} ${status}`);
  element('counts').replaceChildren(
    `${some(things, DATA.nodes.length, 'thing')}, ${some(ties.length, TIES.length, 'tie')}`,
    make('span', {}, byStatus.length > 0 ? `: ${byStatus.join(', ')}` : ''),
  );
  const shown = new Set(ties.map((tie) => tie.id));
  for (const row of rows) row.hidden = !shown.has(Number(row.dataset.tie));
};

/** Marks the rows of the table that are chosen. */
const markRows = () => {
  const { choice } = state;
  for (const row of rows) {
    const tie = TIES[Number(row.dataset.tie)];
    const chosen =
      choice?.kind === 'assertion'
        ? tie.assertion === choice.id
        : choice !== null && [tie.from, tie.to].includes(choice.id);
    row.classList.toggle('marked', chosen);
  }
};

const follow = () => {
  state.choice = addressed();
  showPanel();
  markRows();
  picture.refresh();
};

/** @param {boolean} shown */
const showTable = (shown) => {
  document.documentElement.classList.toggle('table', shown);
  element('table-toggle').setAttribute('aria-pressed', String(shown));
  if (!shown) picture.refresh();
};

/** @param {string} text @returns {string} A name as it is compared: without case and accents. */
const folded = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim();

/** @param {string} text @returns {string | undefined} The thing called so, or whose name begins so, or holds it. */
const findThing = (text) => {
  const wanted = folded(text);
  if (wanted === '') return undefined;
  const called = (id) => [nameOf(id), ...(THINGS.get(id)?.also ?? [])].map(folded);
  for (const fits of [(name) => name === wanted, (name) => name.startsWith(wanted), (name) => name.includes(wanted)]) {
    const found = BY_WEIGHT.find((id) => isThingShown(THINGS.get(id)) && called(id).some(fits));
    if (found !== undefined) return found;
  }
  return undefined;
};

const setUpFind = () => {
  const field = /** @type {HTMLInputElement} */ (element('find'));
  element('found').replaceChildren(
    ...BY_WEIGHT.flatMap((id) => [nameOf(id), ...(THINGS.get(id)?.also ?? [])]).map((name) =>
      make('option', { value: name }),
    ),
  );
  const go = () => {
    const found = findThing(field.value);
    if (found !== undefined) choose({ kind: 'thing', id: found });
    else if (field.value.trim() !== '') element('spoken').textContent = `Nothing here is called ${field.value}`;
    field.classList.toggle('missed', found === undefined && field.value.trim() !== '');
  };
  field.addEventListener('change', go);
  field.addEventListener('input', () => field.classList.remove('missed'));
  element('search').addEventListener('submit', (event) => {
    event.preventDefault();
    go();
  });
};

const setUpFilters = () => {
  element('filters').addEventListener('change', ({ target }) => {
    if (!(target instanceof HTMLInputElement)) return;
    const hidden = state.hidden[/** @type {'look' | 'status' | 'family'} */ (target.dataset.kind)];
    if (target.checked) hidden.delete(target.value);
    else hidden.add(target.value);
    showCounts();
    showPanel();
    picture.refresh();
  });
  for (const field of element('filters').querySelectorAll('input')) field.checked = true;
};

const setUpKeys = () => {
  document.addEventListener('keydown', (event) => {
    const typing = event.target instanceof HTMLInputElement && event.target.type === 'search';
    if (event.key === '/' && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      element('find').focus();
    } else if (event.key === 'Escape') {
      choose(null);
    }
  });
};

const setUpTip = () => {
  const tip = element('tip');
  let asked = 0;
  element('picture').addEventListener('pointermove', (event) => {
    if (event.pointerType === 'touch') return;
    cancelAnimationFrame(asked);
    asked = requestAnimationFrame(() => {
      const frame = element('picture').getBoundingClientRect();
      const [x, y] = [event.clientX - frame.left, event.clientY - frame.top];
      const over = event.buttons === 0 ? picture.at(x, y) : null;
      element('picture').style.cursor = over ? 'pointer' : '';
      const card = over?.kind === 'assertion' ? CARDS.get(over.id) : undefined;
      tip.hidden =
        !over || (over.kind === 'thing' && nameOf(over.id) === THINGS.get(over.id)?.label.replace('\n', ' '));
      if (!over || tip.hidden) return;
      tip.replaceChildren(
        ...(card ? [...words(card.words, false), ' ', statusWord(card.status)] : [bdi(nameOf(over.id))]),
      );
      tip.style.left = `${Math.min(x + 14, frame.width - tip.offsetWidth - 8)}px`;
      tip.style.top = `${y + 18 + tip.offsetHeight > frame.height ? y - tip.offsetHeight - 12 : y + 18}px`;
    });
  });
  element('picture').addEventListener('pointerleave', () => {
    cancelAnimationFrame(asked);
    tip.hidden = true;
  });
};

document.documentElement.classList.add('js');
element('picture').setAttribute('role', 'img');
element('picture').setAttribute(
  'aria-label',
  `Picture of ${counted(DATA.nodes.length, 'thing')} and ${counted(TIES.length, 'tie')}. The table lists the same.`,
);
if (matchMedia('(max-width: 50rem)').matches) element('legend').removeAttribute('open');
setUpFind();
setUpFilters();
setUpKeys();
setUpTip();
element('fit').addEventListener('click', picture.fit);
element('table-toggle').addEventListener('click', () =>
  showTable(!document.documentElement.classList.contains('table')),
);
window.addEventListener('hashchange', follow);
showCounts();
picture.fit();
follow();
