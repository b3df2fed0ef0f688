/**
 * From where the picture is looked at: what there is to see, the place from which it is seen, and the way there.
 *
 * @typedef {import('./address.js').Camera} Place  the middle of what is seen, and its scale
 */

import { element, thingOf } from './data.js';
import { fitInto } from './fitting.js';
import { compact } from './frame.js';
import { isIn } from './grid.js';
import { placeOf } from './places.js';
import { state } from './state.js';
import { chosenThing, drawnThings, inFocus, isLarge, shownThings } from './visibility.js';

/** So long the camera is on its way, in ms. */
export const TRAVEL = 400;

/** So far from the edge, in pixels, a thing is in sight. */
const RIM = 24;

/** So many pixels the closed drawers take that lie over the picture where there is little room. */
const DRAWERS = 54;

/** So many pixels the buttons take at the foot of the picture, and so far a shape reaches from its middle. */
const [BUTTONS, SHAPE] = [56, 8];

/** @returns {string[]} What there is to see: all that is shown; on a small screen or in a large picture, what is in focus. */
export const worthSeeing = () => {
  if (isLarge()) return worthSeeingOfMuch();
  const focus = compact.matches || state.choice.kind === 'step' ? inFocus() : null;
  const near = focus ? shownThings().filter((id) => focus.things.has(id)) : [];
  return near.length > 0 ? near : shownThings();
};

/** @returns {string[]} */
const worthSeeingOfMuch = () => {
  const [focus, last] = [inFocus(), state.opened.at(-1)];
  const things = drawnThings();
  if (focus && !chosenThing()) return things.filter((id) => focus.things.has(id));
  return last && !focus ? things.filter((id) => thingOf(id).hub === last) : things;
};

/** @param {number} a @param {number} b @param {number} share @returns {number} What lies so far on the way from a to b. */
const between = (a, b, share) => a + (b - a) * share;

/** What moves over the picture. */
export class Camera {
  /** @param {import('vis-network/esnext').Network} network @param {HTMLElement} container */
  constructor(network, container) {
    this.network = network;
    this.container = container;
    this.frame = 0;
    this.isMoving = false;
  }

  /** @returns {Place} */
  place() {
    return { ...this.network.getViewPosition(), zoom: this.network.getScale() };
  }

  /** @param {Place} place */
  lookFrom({ x, y, zoom }) {
    this.network.moveTo({ position: { x, y }, scale: zoom, animation: false });
  }

  /** @param {string[]} ids @returns {Place} From where these are seen, names included; never larger than life by much. */
  onto(ids) {
    const place = this.ontoWithin(ids, 0);
    return inFocus() && this.hides(ids, place) ? this.ontoWithin(ids, BUTTONS) : place;
  }

  /** @param {string[]} ids @param {number} below  pixels at the foot of the picture that are left free @returns {Place} */
  ontoWithin(ids, below) {
    const { width, height } = this.screen();
    const { zoom, all } = fitInto({ width, height: height - below }, ids);
    return { x: all.x / zoom, y: (all.y + (below - this.drawers()) / 2) / zoom, zoom };
  }

  /** @param {string[]} ids @param {Place} place @returns {boolean} Whether any of these is under the buttons, seen from there. */
  hides(ids, { x, y, zoom }) {
    const covered = this.covered();
    const isHidden = (/** @type {{x: number, y: number}} */ at) =>
      covered.some((box) => isIn(box, [(at.x - x) * zoom, (at.y - y) * zoom], SHAPE));
    return ids.map(placeOf).some(isHidden);
  }

  /** @returns {number} Pixels at the top of the picture that something else lies over. */
  drawers() {
    return compact.matches && element('legend').offsetParent ? DRAWERS : 0;
  }

  /** @returns {{width: number, height: number}} The room for the picture, in pixels. */
  screen() {
    const { clientWidth: width, clientHeight: height } = this.container;
    const top = this.drawers();
    return { width, height: Math.max(height - top, top) };
  }

  /** @returns {import('./labels.js').Box[]} Where buttons and words lie over the picture, in pixels from its middle. */
  covered() {
    const over = document.querySelectorAll('.steering, .drawn:not([hidden])');
    const drawers = this.drawers() ? document.querySelectorAll('#legend > summary, #time > summary') : [];
    const frame = this.container.getBoundingClientRect();
    const [x, y] = [frame.left + frame.width / 2, frame.top + frame.height / 2];
    return [...over, ...drawers].map((each) => {
      const { left, top, width: w, height: h } = each.getBoundingClientRect();
      return { x: left + w / 2 - x, y: top + h / 2 - y, w, h };
    });
  }

  /** @param {string[]} ids @returns {boolean} Whether these are in sight from where the camera stands. */
  sees(ids) {
    const { x, y, zoom } = this.place();
    const { clientWidth, clientHeight } = this.container;
    const [aside, down] = [clientWidth, clientHeight].map((pixels) => (pixels / 2 - RIM) / zoom);
    return ids.map(placeOf).every((place) => Math.abs(place.x - x) < aside && Math.abs(place.y - y) < down);
  }

  /** Stays where it is. */
  stop() {
    cancelAnimationFrame(this.frame);
    this.isMoving = false;
  }

  /**
   * Goes to a place in a short while, or at once where the reader wants no movement.
   *
   * @param {Place} place @param {() => void} layOut  draws the picture anew: once, for where the way leads
   */
  travel(place, layOut) {
    this.stop();
    const from = this.place();
    this.lookFrom(place);
    layOut();
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    const begun = performance.now();
    const go = (/** @type {number} */ now) => {
      const share = Math.min(1, Math.max(0, (now - begun) / TRAVEL));
      const eased = share * share * (3 - 2 * share);
      const zoom = from.zoom * (place.zoom / from.zoom) ** eased;
      this.lookFrom({ x: between(from.x, place.x, eased), y: between(from.y, place.y, eased), zoom });
      this.isMoving = share < 1;
      if (this.isMoving) this.frame = requestAnimationFrame(go);
    };
    go(begun);
  }
}
