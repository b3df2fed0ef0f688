import assert from 'node:assert/strict';
import test from 'node:test';
import { distanceTo } from '../geometry.js';
import { spread } from '../spread.js';

/** @typedef {import('../geometry.js').Point} Point */

/** @type {Point[]} */
const WAY = [
  [0, 0],
  [200, 0],
  [300, 120],
];
const anywhere = () => true;

test('ways that lie on each other run beside each other, whichever way they go, from and to the same ends', () => {
  const moved = spread([WAY, [...WAY].reverse(), WAY], anywhere);
  const [one, other, third] = [0, 1, 2].map((number) => moved.get(number) ?? WAY);
  for (const way of [one, third]) assert.deepEqual([way[0], way[way.length - 1]], [WAY[0], WAY[2]]);
  for (const [a, b] of [
    [one, other],
    [third, other],
    [one, third],
  ]) {
    assert.ok(distanceTo(a[15], b) >= 4);
  }
});

test('ways that cross, or have nowhere to go, stay as they are', () => {
  /** @type {Point[]} */
  const across = [
    [100, -80],
    [100, 80],
  ];
  assert.equal(spread([WAY, across], anywhere).size, 0);
  const still = spread([WAY, WAY], (_, to, from) => to[0] === from[0] && to[1] === from[1]).get(0) ?? WAY;
  assert.ok(still.every((point) => distanceTo(point, WAY) < 0.001));
});
