/**
 * The layout of its own that a chosen thing gets in a large picture: it stands in the middle, what it is tied to on rings
 * around it, alike beside alike.
 */

import { thingOf } from './data.js';
import { onRings } from './hubs.js';
import { chosenThing, drawnThings, isLarge, perState, shownTiesOf } from './visibility.js';

/** Room of a thing on a ring, in pixels of the picture. */
const [WIDE, HIGH] = [190, 165];

/** @param {string} id @param {string} centre @returns {string} What puts a thing beside others. */
const kindOf = (id, centre) => {
  const ties = shownTiesOf(id).filter(({ from, to }) => from === centre || to === centre);
  return `${ties.length === 0} ${ties.map(({ relation }) => relation).sort()[0] ?? ''} ${thingOf(id).group}`;
};

/** Where things stand for now, by id; nothing where they stand in their usual places. */
export const starPlaces = perState(() => {
  const centre = chosenThing();
  if (!isLarge() || !centre) return new Map();
  const kinds = new Map(drawnThings().map((id) => [id, kindOf(id, centre)]));
  const others = drawnThings().filter((id) => id !== centre);
  others.sort((a, b) => (/** @type {string} */ (kinds.get(a)) < /** @type {string} */ (kinds.get(b)) ? -1 : 1));
  return onRings(others, WIDE, HIGH).set(centre, { x: 0, y: 0 });
});
