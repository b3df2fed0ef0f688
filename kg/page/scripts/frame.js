/** How much room the page has; the page as part of another one (`#embed`), and on paper. */

import { NOTHING, toHash } from './address.js';
import { element } from './data.js';
import { change, choose, leaveStep, onChange, state } from './state.js';
import { stepOnPaper } from './story.js';
import { svgPicture } from './svg.js';

/** Whether there is little room, as in `page.css`: a telephone, a magnified page, a small frame. */
export const compact = matchMedia('(max-width: 50rem), (max-height: 35rem)');

/** Sets up what lies over the picture where there is little room: closed until it is asked for. */
export const setUpDrawers = () => {
  const drawers = ['legend', 'time'].map((id) => /** @type {HTMLDetailsElement} */ (element(id)));
  const arrange = () => {
    for (const drawer of drawers) {
      // Where they lie over the picture one is open at a time.
      drawer.name = compact.matches ? 'drawer' : '';
      drawer.open = !compact.matches;
    }
  };
  arrange();
  compact.addEventListener('change', arrange);
};

/** Whether a link of this page may open another one: not from a frame without an address or an origin of its own. */
const mayLeave =
  location.protocol !== 'about:' &&
  (window === window.parent || window.origin !== 'null' || location.protocol === 'file:');

/** Sets up the slim form of the page. */
export const setUpEmbedding = () => {
  const whole = /** @type {HTMLAnchorElement} */ (element('whole'));
  onChange((now) => {
    whole.hidden = !now.embed || !mayLeave;
    whole.href = toHash({ ...now, embed: false });
    whole.target = window === window.parent ? '' : '_blank';
  });
  whole.addEventListener('click', (event) => {
    if (window !== window.parent) return;
    event.preventDefault();
    change({ embed: false });
  });
  // In a frame a link to an article would open there, where most sites let nobody show them.
  document.addEventListener('click', ({ target }) => {
    const link = target instanceof Element ? target.closest('a[href^="http"]') : null;
    if (link && window !== window.parent) link.setAttribute('target', '_blank');
  });
  element('put-away').addEventListener('click', () => (state.choice.kind === 'step' ? leaveStep() : choose(NOTHING)));
};

/** @param {(isNow: boolean) => void} act  is called before the page goes to paper, and after it */
export const onPrint = (act) => {
  addEventListener('beforeprint', () => act(true));
  addEventListener('afterprint', () => act(false));
  // Where no such event comes, the medium still changes.
  matchMedia('print').addEventListener('change', ({ matches }) => act(matches));
};

/** Sets up printing: the picture as vectors, in the colours of paper. */
export const setUpPrinting = () => {
  const root = document.documentElement;
  const place = element('printed');
  onPrint((isNow) => {
    root.dataset.theme = isNow ? 'light' : state.theme;
    if (!isNow) place.replaceChildren();
    else if (place.childElementCount === 0) place.replaceChildren(...stepOnPaper(), svgPicture(false));
  });
};
