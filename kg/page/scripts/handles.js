/**
 * What vis-network lets a reader drag: a box for each thing, that is not seen.
 *
 * @typedef {import('./labels.js').Box} Box
 * @typedef {import('vis-data/esnext').DataSet<any, 'id'>} Handles
 */

import { placeOf } from './places.js';
import { drawnThings } from './visibility.js';

/** What vis-network knows a thing by, beside its size: a box that is not seen. */
const HANDLE = {
  shape: 'box',
  label: ' ',
  font: { size: 1 },
  opacity: 0,
  margin: { top: 0, right: 0, bottom: 0, left: 0 },
};

/** @param {any} item @param {any} held  by a set, if it holds that item @returns {boolean} Whether both are the same in place and size. */
const isSame = (item, held) =>
  held?.x === item.x &&
  held.y === item.y &&
  held.widthConstraint.minimum === item.widthConstraint.minimum &&
  held.heightConstraint.minimum === item.heightConstraint.minimum;

/** @param {Handles} set @param {any[]} items  exactly what it shall hold: what is new to it or has changed costs time */
const fill = (set, items) => {
  const ids = new Set(items.map(({ id }) => id));
  const superfluous = set.getIds().filter((id) => !ids.has(id));
  if (superfluous.length > 0) set.remove(superfluous);
  const changed = items.filter((item) => !isSame(item, set.get(item.id)));
  if (changed.length > 0) set.update(changed);
};

/** @param {Handles} handles  become those of what is drawn @param {import('./layout.js').Layout} layout */
export const showHandles = (handles, { scale, boxes }) => {
  const handleOf = (/** @type {string} */ id) => {
    const { w, h } = /** @type {Box} */ (boxes.get(id));
    const size = { widthConstraint: { minimum: w / scale }, heightConstraint: { minimum: h / scale } };
    return { id, ...placeOf(id), ...HANDLE, ...size };
  };
  // What is added last lies on top: the weightiest.
  fill(handles, drawnThings().toReversed().map(handleOf));
};
