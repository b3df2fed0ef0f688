/** Where things stand: where the build put them, until the reader drags one elsewhere, and drawn out to fill the frame. */

import { THINGS } from './data.js';
import { extentOf } from './geometry.js';
import { starPlaces } from './star.js';

/** @typedef {{x: number, y: number}} Point  in pixels of the picture at its natural size */

/** @type {Map<string, Point>} */
const movedPlaces = new Map();

/** How far the picture is drawn out, across and down, to have the shape of its frame. */
const stretch = { x: 1, y: 1 };

/** The most that it is drawn out: more would hide which things stand together. */
const MOST_STRETCH = 2;

/** Pixels that the names at its rim take. */
const [NAME_WIDE, NAME_HIGH] = [80, 40];

/** @param {Iterable<Point>} places @returns {{w: number, h: number}} What these cover, names included. */
const sizeOf = (places) => {
  const { w, h } = extentOf(places);
  return { w: w + NAME_WIDE, h: h + NAME_HIGH };
};

const USUAL_SIZE = sizeOf(THINGS.values());

/** Draws the picture out across or down until it has the shape of its frame. @param {{width: number, height: number}} frame */
export const stretchTo = ({ width, height }) => {
  const { w, h } = starPlaces().size > 0 ? sizeOf(starPlaces().values()) : USUAL_SIZE;
  const wider = (width / height) * (h / w);
  stretch.x = Math.min(MOST_STRETCH, Math.max(1, wider));
  stretch.y = Math.min(MOST_STRETCH, Math.max(1, 1 / wider));
};

/** @param {Point} point  of the picture as it would be @returns {Point} the same where it is drawn */
export const stretchPoint = ({ x, y }) => ({ x: x * stretch.x, y: y * stretch.y });

/** @param {Point} point  where it is drawn @returns {Point} the same of the picture as it would be */
export const relaxPoint = ({ x, y }) => ({ x: x / stretch.x, y: y / stretch.y });

/** @param {string} id @returns {Point} */
export const placeOf = (id) => stretchPoint(starPlaces().get(id) ?? usualPlaceOf(id));

/** @param {string} id @returns {Point} Where it stands but for the layout that a chosen thing has of its own. */
const usualPlaceOf = (id) => movedPlaces.get(id) ?? THINGS.get(id) ?? { x: 0, y: 0 };

/** @param {string} id @param {Point} point  where it is drawn */
export const moveTo = (id, point) => {
  const { x, y } = relaxPoint(point);
  const places = starPlaces().has(id) ? starPlaces() : movedPlaces;
  places.set(id, { x: Math.round(x), y: Math.round(y) });
};

/** @returns {number} How many things stand elsewhere than where the build put them. */
export const movedCount = () => movedPlaces.size;

/** Puts everything back where the build put it. */
export const moveBack = () => movedPlaces.clear();

/** @returns {Object<string, [number, number]>} The places of all things: what `viz/NAME.layout.json` keeps. */
export const allPlaces = () =>
  Object.fromEntries(
    [...THINGS.keys()].map((id) => {
      const { x, y } = usualPlaceOf(id);
      return [id, /** @type {[number, number]} */ ([x, y])];
    }),
  );
