import assert from 'node:assert/strict';
import { test } from 'node:test';

import { BoxIndex, LineIndex } from '../boxindex.js';
import { placeNames } from '../labels.js';

const FRAME = { x: 0, y: 0, w: 2000, h: 2000 };
const SHAPE = { x: 0, y: 0, w: 10, h: 10 };
const NAME = { id: 'one', lines: ['one'], width: 60, shape: SHAPE, must: false };

/** @param {import('../labels.js').Box[]} boxes @returns {BoxIndex} */
const indexOf = (boxes) => {
  const boxIndex = new BoxIndex();
  for (const box of boxes) boxIndex.add(box);
  return boxIndex;
};

test('a name that finds no room beside its thing stands where the line to it runs over nothing', () => {
  const wall = { x: 25, y: 0, w: 6, h: 20 };
  const left = { x: -215, y: 50, w: 420, h: 160 };
  const below = { x: 200, y: 110, w: 400, h: 200 };
  const above = { x: 220, y: -25, w: 400, h: 30 };
  const [name] = placeNames([NAME], new LineIndex([]), indexOf([SHAPE, wall, left, below, above]), FRAME);
  assert.ok(name.box.y < -40, `${name.box.x} ${name.box.y}`);
});

test('nothing is put on the line that leads to a name, until that is gone', () => {
  const boxIndex = new BoxIndex();
  const name = { x: 100, y: 0, w: 40, h: 10 };
  boxIndex.add(name, [6, 0, 80, 0]);
  const between = { x: 40, y: 0, w: 20, h: 10 };
  assert.equal(boxIndex.isFree(between), false);
  boxIndex.remove(name);
  assert.equal(boxIndex.isFree(between), true);
});

test('what lies beyond the frame has no name within it, unless the name must be read', () => {
  const shape = { x: 1010, y: 0, w: 10, h: 10 };
  const place = (/** @type {boolean} */ must) =>
    placeNames([{ ...NAME, shape, must }], new LineIndex([]), indexOf([shape]), FRAME);
  assert.equal(place(false).length, 0);
  assert.equal(place(true).length, 1);
});
