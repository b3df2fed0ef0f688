/**
 * The page as a whole: sets up its parts. What the reader chose is the state (`state.js`), which stands in the address;
 * every part draws itself anew from it.
 */

import { missingIn } from './address.js';
import { setUpArranging } from './arranging.js';
import { CARDS, cardOf, element, OTHERS, SOURCES, STORY, THINGS, TIES, thingOf } from './data.js';
import { tell } from './exports.js';
import { setUpFind } from './find.js';
import { setUpDrawers, setUpEmbedding, setUpPrinting } from './frame.js';
import { isForPage } from './keys.js';
import { setUpLegend } from './legend.js';
import { drawnLines, hasManifold, lineOf } from './lines.js';
import { middleOf } from './look.js';
import { setUpPositions } from './matrix.js';
import { setUpMenus } from './menus.js';
import { panelContent, spokenText } from './panel.js';
import { setUpPanes } from './panes.js';
import { MOST_FILTERED, Picture } from './picture.js';
import * as places from './places.js';
import { setUpSheet } from './sheet.js';
import { shownWords, spokenView } from './spoken.js';
import {
  change,
  choose,
  DECIDING,
  differIn,
  differInContent,
  followAddress,
  goToStep,
  leaveStep,
  onChange,
  state,
} from './state.js';
import { setUpSteering } from './steering.js';
import { setUpSwiping } from './story.js';
import { setUpTable } from './table.js';
import { setUpTime } from './timebar.js';
import { setUpTip } from './tip.js';
import * as visibility from './visibility.js';
import { keepFocus, plain } from './words.js';

const root = document.documentElement;
root.classList.add('js');
const frame = element('picture');
frame.role = 'application';
frame.ariaRoleDescription = 'picture';

/** Says how much the picture shows now, and how it is read by keyboard. */
const label = () => {
  const how = 'Arrow keys go from name to name, Page Down along its lines, Enter chooses. The table lists the same.';
  frame.ariaLabel = `${shownWords()}. ${how}`;
};

/** Whether the picture is drawn at every change: not while an address is read, after which it is drawn once. */
let isFollowing = false;

/** What a click on the picture means; one beside everything does not leave a story. @param {import('./address.js').Choice} choice */
const chooseInPicture = (choice) => {
  if (choice.kind !== 'nothing' || state.choice.kind !== 'step') choose(choice);
};

const picture = new Picture(frame, chooseInPicture, () => showMoved());
const showMoved = setUpArranging(() => picture.refresh());

setUpDrawers();
setUpEmbedding();
setUpFind();
setUpLegend();
setUpMenus(element('menus'));
setUpPanes();
setUpPrinting();
setUpPositions();
setUpSheet();
setUpSwiping();
setUpTable();
setUpTime();
setUpSteering(picture);
setUpTip(picture);

onChange((now, before) => {
  if (now.theme !== before.theme) root.dataset.theme = now.theme;
  root.classList.toggle('embed', now.embed);
  root.classList.toggle('chosen', now.choice.kind !== 'nothing');
  root.classList.toggle('telling', now.choice.kind === 'step' && now.pane === 'picture');
  if (!differInContent(now, before)) return;
  element('panel').scrollTop = 0;
  const details = element('details');
  keepFocus(details, () => details.replaceChildren(...panelContent()), element('panel'));
  const isViewed = differIn(DECIDING, now, before);
  const said = [now.choice !== before.choice || !isViewed ? spokenText() : '', isViewed ? spokenView() : ''];
  element('spoken').textContent = said.filter(Boolean).join('. ');
  label();
  if (!isFollowing) return;
  const isAbout = now.choice !== before.choice || now.opened !== before.opened;
  if (isAbout) picture.turnTo(before.choice.kind);
  else picture.refresh(isViewed ? MOST_FILTERED : undefined);
});

// A link to a thing keeps the lens, the filters and all else that the reader chose.
document.addEventListener('click', (event) => {
  const link = event.target instanceof Element ? event.target.closest('a[href^="#"]') : null;
  const [, kind, id] = /^#(thing|assertion)\/(.*)$/.exec(link?.getAttribute('href') ?? '') ?? [];
  if (!kind || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  choose({ kind: kind === 'thing' ? 'thing' : 'assertion', id: decodeURIComponent(id) });
});

document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && state.choice.kind === 'step') leaveStep();
  else if (event.key === 'Escape') choose({ kind: 'nothing' });
  else if (!isForPage(event) || !STORY) return;
  else if (state.choice.kind === 'step' && event.key === 'ArrowRight') goToStep(state.choice.number + 1);
  else if (state.choice.kind === 'step' && event.key === 'ArrowLeft') goToStep(state.choice.number - 1);
});

element('lines').hidden = !hasManifold;
const eachLine = /** @type {HTMLInputElement} */ (element('each-line'));
eachLine.addEventListener('change', () => change({ lines: eachLine.checked ? 'each' : '' }));
onChange(({ lines }) => {
  eachLine.checked = lines === 'each';
});

document.getElementById('to-story')?.addEventListener('click', (event) => {
  event.preventDefault();
  if (state.choice.kind !== 'step') goToStep(1);
  const ways = element('details').querySelectorAll('.way button');
  const next = [...ways].findLast((button) => !button.hasAttribute('disabled') && button.textContent !== 'Explore');
  /** @type {HTMLElement | undefined} */ (next)?.focus();
});

addEventListener('popstate', () => {
  isFollowing = false;
});
followAddress();
const follow = () => {
  isFollowing = true;
  picture.follow();
};
follow();
addEventListener('popstate', follow);

/** Says so where the address names something that is not here. */
const tellMissing = () => {
  const missing = missingIn(location.hash, state);
  if (missing) tell(`This picture does not show what the address names: ${missing}`);
};
tellMissing();
addEventListener('popstate', tellMissing);

/** For tests, and for pages that hold this one in a frame of their own. */
Object.assign(globalThis, {
  actorKg: {
    cardOf,
    change,
    drawnLines,
    goToStep,
    lineOf,
    picture,
    places,
    plain,
    visibility,
    STORY,
    THINGS,
    thingOf,
    TIES,
    ids: () => [...THINGS.keys(), ...OTHERS.keys(), ...CARDS.keys(), ...SOURCES.keys()],
    middleOf: (/** @type {import('./data.js').Tie} */ tie, /** @type {number} */ scale, share = 0.5) =>
      middleOf(lineOf(tie), scale, share),
    get state() {
      return state;
    },
  },
});
