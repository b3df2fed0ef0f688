/**
 * The story of a picture: its steps in the panel, how one goes through them by key and by finger, how one comes back to
 * them, and a step on paper.
 */

import { foldedCard } from './cards.js';
import { quotation, shortCitation } from './citations.js';
import { cardOf, element, STORY, TIES } from './data.js';
import { daysSeenThrough } from './spoken.js';
import { goToStep, leaveStep, state } from './state.js';
import { cardNow, isHidden, isTold, shownTies } from './visibility.js';
import { assertionLink, bdi, countNoun, make, makeButton, statusWord, words } from './words.js';

/** So far a finger has to go along, in pixels, and so many times farther than up or down, to turn the page. */
const [SWIPE, STRAIGHT] = [48, 1.8];

/** @returns {HTMLElement[]} What a step shows although the legend hides it, if there is any. */
const shownNevertheless = () => {
  const count = shownTies().filter((tie) => isTold(tie) && isHidden(tie)).length;
  if (count === 0) return [];
  const them = count === 1 ? 'it' : 'them';
  return [make('p.kind', `${countNoun(count, 'claim')} shown for this step although the legend hides ${them}.`)];
};

/** @returns {HTMLElement[]} Through which days a step looks; the header says so too, where there is one. */
const seenThrough = () => {
  const lens = daysSeenThrough();
  return lens ? [make('p.then', lens)] : [];
};

/** @param {import('./data.js').Step} step @returns {HTMLElement[]} The words that it quotes, where from, and of what. */
const quotationOf = ({ quote }) => {
  if (!quote) return [];
  const card = cardNow(cardOf(quote.card));
  return [
    make(
      'figure.quoted',
      quotation(quote.article, quote.words),
      make(
        'figcaption',
        shortCitation(quote.article, quote.place),
        make('p', assertionLink(quote.card, ...words(card.words, false)), ' ', statusWord(card.status)),
      ),
    ),
  ];
};

/** @param {number} number @returns {HTMLElement[]} A step of the story, with the ways on and back. */
export const aboutStep = (number) => {
  if (!STORY) return [];
  const { title, steps } = STORY;
  const step = steps[number - 1];
  const way = (/** @type {string} */ label, /** @type {number} */ to) => {
    const button = makeButton(() => goToStep(to), { class: label.toLowerCase() }, label);
    button.disabled = to < 1 || to > steps.length;
    return button;
  };
  const ties = TIES.filter((tie) => step.ties.includes(tie.assertion) && shownTies().includes(tie));
  return [
    make('p.kind', bdi(title), ` · step ${number} of ${steps.length}`),
    make('h2', bdi(step.title)),
    ...seenThrough(),
    make('p.telling', ...words(step.text)),
    ...quotationOf(step),
    make('p.way', way('Back', number - 1), way('Next', number + 1), makeButton(leaveStep, 'Explore')),
    ...shownNevertheless(),
    ...(ties.length > 0 ? [make('h3', 'What the picture shows'), ...ties.map(foldedCard)] : []),
  ];
};

/** @returns {HTMLElement[]} The way back to the step that was left, or else into the story. */
export const wayToStory = () => {
  if (!STORY) return [];
  if (state.step > 0)
    return [
      make(
        'p',
        makeButton(() => goToStep(state.step), `Back to step ${state.step}`),
      ),
    ];
  if (state.choice.kind !== 'nothing') return [];
  const { title, steps } = STORY;
  return [
    make(
      'p',
      makeButton(() => goToStep(1), { class: 'story' }, 'Story: ', bdi(title), ` (${steps.length} steps)`),
    ),
  ];
};

/** @returns {HTMLElement[]} What a step tells, for paper. */
export const stepOnPaper = () => {
  const step = state.choice.kind === 'step' && STORY?.steps[state.choice.number - 1];
  return step ? [make('h2', bdi(step.title)), make('p', ...words(step.text, false)), ...quotationOf(step)] : [];
};

/** Lets a finger turn the pages of a story, along its text. */
export const setUpSwiping = () => {
  const panel = element('panel');
  let [x, y] = [0, 0];
  panel.addEventListener(
    'touchstart',
    ({ touches: [touch] }) => {
      [x, y] = [touch.clientX, touch.clientY];
    },
    { passive: true },
  );
  panel.addEventListener('touchend', ({ changedTouches: [touch] }) => {
    const [along, down] = [touch.clientX - x, touch.clientY - y];
    if (state.choice.kind !== 'step' || Math.abs(along) < SWIPE || Math.abs(along) < STRAIGHT * Math.abs(down)) return;
    goToStep(state.choice.number + (along < 0 ? 1 : -1));
  });
};
