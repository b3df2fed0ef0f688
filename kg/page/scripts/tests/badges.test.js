import assert from 'node:assert/strict';
import { test } from 'node:test';
import { badgeAt, placeBadges } from '../badges.js';
import { BoxIndex } from '../boxindex.js';

const widthOf = (text) => text.length * 7;
const shape = (x, y) => ({ x, y, w: 20, h: 20 });

test('a badge stands beside its shape, on nothing, and can be hit', () => {
  const boxIndex = new BoxIndex();
  const shapes = new Map([
    ['a', shape(0, 0)],
    ['b', shape(30, -10)],
  ]);
  for (const box of shapes.values()) boxIndex.add(box);
  const [badge] = placeBadges([['a', 12]], shapes, boxIndex, widthOf);
  assert.equal(badge.text, '+12');
  for (const box of shapes.values()) {
    assert.ok(
      Math.abs(box.x - badge.box.x) * 2 >= box.w + badge.box.w || Math.abs(box.y - badge.box.y) * 2 >= box.h + 15,
    );
  }
  assert.equal(badgeAt([badge], badge.box.x, badge.box.y), 'a');
  assert.equal(badgeAt([badge], badge.box.x + 60, badge.box.y), undefined);
});

test('where there is no room there is no badge', () => {
  const boxIndex = new BoxIndex();
  boxIndex.add({ x: 0, y: 0, w: 200, h: 200 });
  assert.deepEqual(placeBadges([['a', 3]], new Map([['a', shape(0, 0)]]), boxIndex, widthOf), []);
});
