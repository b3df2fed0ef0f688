/** Where things stand: where the build put them, until the reader drags one elsewhere. */

import { THINGS } from './data.js';
import { starPlaces } from './star.js';

/** @typedef {{x: number, y: number}} Point  in pixels of the picture at its natural size */

/** @type {Map<string, Point>} */
const movedPlaces = new Map();

/** @param {string} id @returns {Point} */
export const placeOf = (id) => starPlaces().get(id) ?? usualPlaceOf(id);

/** @param {string} id @returns {Point} Where it stands but for the layout that a chosen thing has of its own. */
const usualPlaceOf = (id) => movedPlaces.get(id) ?? THINGS.get(id) ?? { x: 0, y: 0 };

/** @param {string} id @param {Point} point */
export const moveTo = (id, { x, y }) => {
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
    [...THINGS.keys()].sort().map((id) => {
      const { x, y } = usualPlaceOf(id);
      return [id, /** @type {[number, number]} */ ([x, y])];
    }),
  );
