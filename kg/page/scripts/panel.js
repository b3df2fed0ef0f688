/**
 * The panel: what is known of the thing or tie that a reader chose, each assertion with its status and its citations.
 *
 * @typedef {import('./data.js').Card} Card
 * @typedef {import('./data.js').Tie} Tie
 */

import { assertionCard, foldedCards } from './cards.js';
import { changeOf, changeRank, changeSign, changeWord } from './changes.js';
import { CHANGES, cardOf, STORY, statusName, TIES } from './data.js';
import { isDenial, lineOf } from './lines.js';
import { nameOf } from './names.js';
import { change, state } from './state.js';
import { aboutStep, wayToStory } from './story.js';
import { aboutThing } from './thing.js';
import { cardAt, chosenPath, firstThings, inFocus, shownTies, shownTiesOf, statusOf, tiesAlong } from './visibility.js';
import { assertionLink, bdi, countNoun, dateInWords, make, makeButton, plain, thingLink, words } from './words.js';

/** @param {string} from @param {string} to @returns {HTMLElement[]} Every hop with its tie and citations. */
const aboutPath = (from, to) => {
  const ties = chosenPath() ?? [];
  const title = make('h2', 'From ', thingLink(from), ' to ', thingLink(to));
  if (ties.length === 0)
    return [title, make('p', 'No way leads from one to the other over the claims that are shown.')];
  return [
    title,
    make('p.kind', `${countNoun(ties.length, 'step')}: a shortest way over the claims that are shown.`),
    make('ol.hops', ...ties.map((tie) => make('li', assertionCard(tie.assertion)))),
  ];
};

/** @param {string} id @returns {HTMLElement[]} */
const aboutAssertion = (id) =>
  cardAt(cardOf(id))
    ? [make('h2', 'Who says so'), assertionCard(id)]
    : [make('h2', 'Not known yet'), make('p', `By ${dateInWords(state.by)} no article had said so.`)];

/** @param {string} title @param {Tie[]} ties @returns {HTMLElement[]} */
const sideOf = (title, ties) => (ties.length > 0 ? [make('h3', title), ...foldedCards(ties)] : []);

/** @param {string} id  an assertion on it @returns {HTMLElement[]} The claims that one line stands for. */
const aboutLine = (id) => {
  const ties = tiesAlong(id);
  if (ties.length === 0) return aboutAssertion(id);
  const { from, to, label, symmetric } = lineOf(ties[0]).lead;
  const statuses = [...Map.groupBy(ties, statusOf)].map(([status, { length }]) => `${length} ${statusName(status)}`);
  const [denials, claims] = [ties.filter(isDenial), ties.filter((tie) => !isDenial(tie))];
  return [
    make('h2', thingLink(from), ` — ${label} ${symmetric ? '—' : '→'} `, thingLink(to)),
    make('p.kind', `One line, ${countNoun(ties.length, 'claim')}: ${statuses.join(', ')}`),
    ...(denials.length > 0
      ? [...sideOf('Who says so', claims), ...sideOf('Who denies it', denials)]
      : foldedCards(claims)),
  ];
};

/** @param {(Node | string)[][]} items @returns {HTMLElement} A list of ways to begin. */
const startList = (items) => make('ul.start', ...items.map((item) => make('li', ...item)));

/** @param {string} id @returns {HTMLElement} */
const sentenceLink = (id) => assertionLink(id, ...words(cardOf(id).words, false));

/** @returns {HTMLElement[]} What the panel says before anything is chosen: where one might begin. */
const aboutNothing = () => {
  const ties = shownTies();
  if (TIES.length === 0) {
    return [make('h2', 'Nothing to show'), make('p', 'There are no claims here yet.')];
  }
  if (ties.length === 0) {
    const all = makeButton(() => change({ hidden: [], only: [], on: '', by: '', from: '', to: '' }), 'Show all');
    return [
      make('h2', 'Nothing is left'),
      make('p', 'The filters and the days that you chose hide every claim.'),
      make('p', all),
    ];
  }
  const contested = new Set(ties.filter((tie) => statusOf(tie) === 'contested').map((tie) => tie.assertion));
  return [
    make('h2', 'Click a name or a line'),
    make(
      'p',
      'Everything drawn here is somebody’s statement. Each opens with its status, who says so, ' +
        'and the article and paragraph that one can check.',
    ),
    ...whatChanged(),
    make('h3', 'Begin with'),
    startList(firstThings().map((id) => [thingLink(id), ` ${countNoun(shownTiesOf(id).length, 'claim')}`])),
    ...(contested.size > 0
      ? [make('h3', 'What is contested'), startList([...contested].slice(0, 4).map((id) => [sentenceLink(id)]))]
      : []),
  ];
};

/** @returns {HTMLElement[]} The first of what changed since an earlier version, where the page compares two. */
const whatChanged = () => {
  if (!CHANGES) return [];
  const changes = shownTies().filter((tie) => tie.change !== '');
  changes.sort((a, b) => changeRank(a.change) - changeRank(b.change));
  const first = changes.slice(0, FIRST_CHANGES);
  const more = makeButton(() => change({ pane: 'table', sort: 'change' }), `All ${changes.length} in the table`);
  return [
    make('h3', 'Since ', bdi(CHANGES.since)),
    first.length > 0
      ? startList(first.map((tie) => [changeSign(tie.change) ?? '', ' ', sentenceLink(tie.assertion)]))
      : make('p', 'Nothing that is shown has changed.'),
    ...(changes.length > first.length ? [make('p', more)] : []),
  ];
};

/** How many changes the panel names by itself. */
const FIRST_CHANGES = 8;

/** @returns {HTMLElement[]} What the panel holds now. */
export const panelContent = () =>
  state.choice.kind === 'step' ? aboutStep(state.choice.number) : [...wayToStory(), ...aboutChoice()];

/** @returns {HTMLElement[]} What it holds of what is chosen, outside the story. */
const aboutChoice = () => {
  const { choice } = state;
  switch (choice.kind) {
    case 'thing':
      return aboutThing(choice.id);
    case 'assertion':
      return aboutAssertion(choice.id);
    case 'line':
      return aboutLine(choice.id);
    case 'path':
      return aboutPath(choice.from, choice.to);
    default:
      return aboutNothing();
  }
};

/** @returns {string} What a screen reader hears of the present choice. */
export const spokenText = () => {
  const { choice } = state;
  switch (choice.kind) {
    case 'thing':
      return `${nameOf(choice.id)}, ${countNoun(shownTiesOf(choice.id).length, 'claim')}`;
    case 'assertion': {
      const card = cardOf(choice.id);
      const status = statusName(cardAt(card)?.status ?? 'not known yet');
      return [`${plain(card.words)}: ${status}`, changeWord(changeOf(card))].filter(Boolean).join(', ');
    }
    case 'line':
      return `One line, ${countNoun(tiesAlong(choice.id).length, 'claim')}`;
    case 'path':
      return `A way of ${countNoun(chosenPath()?.length ?? 0, 'step')}`;
    case 'step':
      return `Step ${choice.number}: ${STORY?.steps[choice.number - 1].title}, ${countNoun(inFocus()?.things.size ?? 0, 'name')}`;
    default:
      return '';
  }
};
