/**
 * The one state of the page: what the reader chose. It stands in the address; everything else follows from it.
 *
 * @typedef {import('./address.js').State} State
 * @typedef {import('./address.js').Choice} Choice
 */

import { fromHash, INITIAL, NOTHING, toHash } from './address.js';
import { CARDS, CHANGES, LANGUAGES, MAIN_IDS, STORY, THINGS } from './data.js';

/** What an address may name in this page. */
const KNOWN = {
  mainId: (/** @type {string} */ id) => MAIN_IDS.get(id) ?? id,
  isThing: (/** @type {string} */ id) => THINGS.has(id),
  isAssertion: (/** @type {string} */ id) => CARDS.has(id),
  steps: STORY?.steps ?? [],
  languages: LANGUAGES,
};

/** The state as it is now; replaced, never changed. @type {State} */
export let state = { ...INITIAL };

/** @type {((now: State, before: State) => void)[]} */
const listeners = [];

/** @param {(now: State, before: State) => void} listener  is called after every change */
export const onChange = (listener) => {
  listeners.push(listener);
};

/** What decides what is shown. */
export const DECIDING = /** @type {const} */ (['hidden', 'only', 'on', 'by', 'from', 'to']);

/** @param {readonly (keyof State)[]} names @param {State} one @param {State} other @returns {boolean} Whether they differ in any of these. */
export const differIn = (names, one, other) => names.some((name) => one[name] !== other[name]);

/** @param {State} one @param {State} other @returns {boolean} Whether they differ in more than from where and in which pane one looks. */
export const differInContent = (one, other) => {
  const names = /** @type {(keyof State)[]} */ (Object.keys(one));
  return differIn(
    names.filter((name) => !['camera', 'pane', 'sort', 'rows'].includes(name)),
    one,
    other,
  );
};

/** @param {string} hash @param {boolean} isStep  whether Back comes back to where one was */
const remember = (hash, isStep) => {
  try {
    if (isStep) history.pushState(null, '', hash);
    else history.replaceState(null, '', hash);
  } catch {
    // A frame without an origin may not touch its address: there the state lives in the page alone.
  }
};

/** @param {State} next */
const become = (next) => {
  const before = state;
  state = next;
  for (const listener of listeners) listener(state, before);
};

/** @param {Partial<State>} patch @returns {Partial<State>} The same; where a step is left, with its number. */
const withStep = (patch) => {
  if (!patch.choice) return patch;
  if (patch.choice.kind === 'step') return { ...patch, step: 0 };
  return state.choice.kind === 'step' ? { ...patch, step: state.choice.number } : patch;
};

/**
 * Changes the state. A new choice is a step that Back takes back; other changes only amend the address.
 *
 * @param {Partial<State>} patch
 */
export const change = (patch) => {
  const next = { ...state, ...withStep(patch) };
  const hash = toHash(next);
  const isStep = ['choice', 'opened', 'depth', 'pane', 'hidden', 'only', 'by'].some((name) => name in patch);
  if (hash !== (location.hash || '#')) remember(hash, isStep);
  become(next);
};

/** @param {Choice} choice  becomes what the reader looks at */
export const choose = (choice) => change({ choice, opened: [] });

/** Goes to a step of the story, from 1: its things come into focus under its lens. @param {number} number */
export const goToStep = (number) => {
  const step = STORY?.steps[number - 1];
  const lens = step && { on: step.on, by: step.by };
  if (lens) change({ choice: { kind: 'step', number }, opened: [], depth: 1, camera: null, ...lens });
};

/** Leaves the story for the whole picture, without the lens of its step. */
export const leaveStep = () => change({ choice: NOTHING, opened: [], on: '', by: '', camera: null });

/** @returns {State} What the address says. Where versions are compared, nothing tells what was known when. */
const addressState = () => ({ ...fromHash(location.hash, KNOWN), ...(CHANGES ? { by: '' } : {}) });

/** Takes the state from the address, now and whenever it changes. A page with a story opens on its first step. */
export const followAddress = () => {
  const follow = () => become(addressState());
  addEventListener('popstate', follow);
  const first = addressState();
  const begins = /^#?(embed)?$/.test(location.hash) && STORY;
  become(
    begins ? { ...first, choice: { kind: 'step', number: 1 }, on: begins.steps[0].on, by: begins.steps[0].by } : first,
  );
};
