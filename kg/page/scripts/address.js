/**
 * The state of the page as its address and back, so that a picture can be sent to somebody just as it is seen, from a
 * file too: `#thing/japan?depth=2&hide=status:opinion&by=2019-11-16&view=table`. What is not named is as at first;
 * what is unknown here is ignored. Pure.
 *
 * @typedef {{kind: 'nothing'} | {kind: 'thing', id: string} | {kind: 'assertion', id: string} | {kind: 'line', id: string}
 *   | {kind: 'path', from: string, to: string} | {kind: 'step', number: number}} Choice  a step counts from 1; a line is
 *   named by an assertion that is on it
 * @typedef {'picture' | 'table' | 'positions'} Pane
 * @typedef {'change' | 'look' | 'class' | 'status' | 'family' | 'relation' | 'source' | 'speaker'} Kind  what the legend can hide
 * @typedef {{x: number, y: number, zoom: number}} Camera  the middle of what is seen, and its scale
 * @typedef {{choice: Choice, depth: number, opened: string[], hidden: string[], only: string[], on: string, by: string, from: string,
 *   to: string, step: number, pane: Pane, sort: string, theme: '' | 'light' | 'dark', language: string, embed: boolean,
 *   lines: '' | 'each', rows: string, camera: Camera | null}} State
 *   `hidden` holds `KIND:NAME`, `only` the same for kinds of which only some are shown, `opened` the things whose neighbours are shown too, `on` and `by` days (YYYY-MM-DD) of
 *   the lens, `from` and `to` the days between which ties are shown, `step` the step of the story that was left (0: none), `sort` a column of the table (`-` before it turns
 *   it round), `lines` whether each report is a line of its own,
 *   `rows` words that rows of the table have to hold
 * @typedef {{mainId: (id: string) => string, isThing: (id: string) => boolean, isAssertion: (id: string) => boolean,
 *   steps: readonly {on: string, by: string}[], languages: readonly string[]}} Known  what an address may name
 */

import { KINDS } from './filters.js';

/** @type {Choice} */
export const NOTHING = { kind: 'nothing' };

/** @type {Readonly<State>} */
export const INITIAL = Object.freeze({
  choice: NOTHING,
  depth: 1,
  opened: [],
  hidden: [],
  only: [],
  on: '',
  by: '',
  from: '',
  to: '',
  step: 0,
  pane: 'picture',
  sort: '',
  theme: '',
  language: '',
  embed: false,
  lines: '',
  rows: '',
  camera: null,
});

/** Where a picture can be, and how small and large: beyond these drawing it would take a browser for ever. */
const [FARTHEST, LEAST_ZOOM, MOST_ZOOM] = [10_000_000, 0.0005, 100];

const DAY = /^-?\d{4,}-\d\d-\d\d$/;

/** @param {string} text @returns {boolean} Whether it names an entry of the legend. */
const isEntry = (text) => KINDS.some((kind) => text.startsWith(`${kind}:`));

/** @param {Choice} choice @returns {string} */
const choicePath = (choice) => {
  switch (choice.kind) {
    case 'thing':
    case 'assertion':
    case 'line':
      return `${choice.kind}/${encodeURIComponent(choice.id)}`;
    case 'path':
      return `path/${encodeURIComponent(choice.from)}/${encodeURIComponent(choice.to)}`;
    case 'step':
      return `step/${choice.number}`;
    default:
      return '';
  }
};

/** @param {State} state @returns {string} With the `#`. */
export const toHash = (state) => {
  const { camera } = state;
  const words = /** @type {[string, string][]} */ ([
    ['depth', state.depth === 1 ? '' : String(state.depth)],
    ['open', state.opened.map(encodeURIComponent).join(',')],
    ['hide', state.hidden.map(encodeURIComponent).join(',')],
    ['only', state.only.map(encodeURIComponent).join(',')],
    ['on', state.on],
    ['by', state.by],
    ['from', state.from],
    ['to', state.to],
    ['step', state.step > 0 ? String(state.step) : ''],
    ['view', state.pane === 'picture' ? '' : state.pane],
    ['sort', state.sort],
    ['theme', state.theme],
    ['lang', state.language],
    ['lines', state.lines],
    ['rows', encodeURIComponent(state.rows)],
    ['at', camera ? `${Math.round(camera.x)},${Math.round(camera.y)},${camera.zoom.toFixed(3)}` : ''],
  ])
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}=${value}`);
  if (state.embed) words.push('embed');
  const path = choicePath(state.choice);
  return words.length > 0 ? `#${path}?${words.join('&')}` : `#${path}`;
};

/** @param {string} text @returns {string} */
const decodePart = (text) => {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
};

/** @param {string} text @returns {string[]} */
const list = (text) => (text === '' ? [] : text.split(',').map(decodePart).filter(Boolean));

/** @param {string} path @param {Known} names @returns {Choice} */
const choiceOf = (path, names) => {
  const [kind, ...parts] = path.split('/');
  const [name = '', ...others] = parts.map(decodePart);
  if ((kind === 'assertion' || kind === 'line') && names.isAssertion(name)) return { kind, id: name };
  const [first, second = ''] = [name, ...others].map(names.mainId);
  if (kind === 'thing' && names.isThing(first)) return { kind, id: first };
  if (kind === 'path' && names.isThing(first) && names.isThing(second)) return { kind, from: first, to: second };
  const number = Number(name);
  if (kind === 'step' && Number.isInteger(number) && number >= 1 && number <= names.steps.length) {
    return { kind, number };
  }
  return NOTHING;
};

/** @param {string} text @returns {Camera | null} */
const cameraOf = (text) => {
  const [x, y, zoom] = text.split(',').map(Number);
  const isPlace = [x, y].every((each) => Math.abs(each) <= FARTHEST);
  return isPlace && zoom >= LEAST_ZOOM && zoom <= MOST_ZOOM ? { x, y, zoom } : null;
};

/** @param {string} text @param {Choice} choice @param {Known} names @returns {number} The step that was left, if it was one. */
const leftStep = (text, choice, { steps }) => (choice.kind !== 'step' && steps[Number(text) - 1] ? Number(text) : 0);

/** @param {string} hash @param {Known} names @returns {State} */
export const fromHash = (hash, names) => {
  const body = hash.replace(/^#/, '');
  const [path, query = ''] = body === 'embed' ? ['', 'embed'] : body.split('?');
  const choice = choiceOf(path, names);
  const words = new Map(
    query
      .split('&')
      .map((word) => /** @type {[string, string]} */ ([word.split('=')[0], word.slice(word.indexOf('=') + 1)])),
  );
  const word = (/** @type {string} */ name) => words.get(name) ?? '';
  const day = (/** @type {string} */ name) => (DAY.test(word(name)) ? word(name) : '');
  const step = choice.kind === 'step' ? names.steps[choice.number - 1] : undefined;
  const depth = Number(word('depth'));
  const pane = word('view');
  const theme = word('theme');
  return {
    choice,
    depth: depth === 2 || depth === 3 ? depth : 1,
    opened: list(word('open')).filter(names.isThing),
    hidden: list(word('hide')).filter(isEntry),
    only: list(word('only')).filter(isEntry),
    on: words.has('on') ? day('on') : (step?.on ?? ''),
    by: words.has('by') ? day('by') : (step?.by ?? ''),
    from: day('from'),
    to: day('to'),
    step: leftStep(word('step'), choice, names),
    pane: pane === 'table' || pane === 'positions' ? pane : 'picture',
    sort: word('sort'),
    theme: theme === 'light' || theme === 'dark' ? theme : '',
    language: names.languages.includes(word('lang')) ? word('lang') : '',
    embed: words.has('embed'),
    lines: word('lines') === 'each' ? 'each' : '',
    rows: decodePart(word('rows')),
    camera: cameraOf(word('at')),
  };
};

/**
 * @param {string} hash @param {State} state  that was read from it
 * @returns {string} the id that an address names in vain, or nothing
 */
export const missingIn = (hash, { choice }) => {
  const [path] = hash.replace(/^#/, '').split('?');
  const [kind, ...parts] = path.split('/');
  return choice.kind === 'nothing' && ['thing', 'assertion', 'path', 'step'].includes(kind)
    ? parts.map(decodePart).join(' ')
    : '';
};
