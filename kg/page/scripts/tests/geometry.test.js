import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  bentCurve,
  circle,
  distanceTo,
  exitOf,
  extentOf,
  markPath,
  part,
  pointAt,
  pointsOf,
  reverseCurve,
  roundedBox,
} from '../geometry.js';

test('the middle of a bent line lies as far aside as it is told, to the left as one goes', () => {
  assert.deepEqual(pointAt(bentCurve([0, 0], [100, 0], 13), 0.5), [50, -13]);
  assert.deepEqual(pointAt(bentCurve([100, 0], [0, 0], 13), 0.5), [50, 13]);
  assert.deepEqual(bentCurve([0, 0], [100, 0], 0).via, [50, 0]);
});

test('a line begins and ends where it leaves the shapes of its things', () => {
  const line = bentCurve([0, 0], [100, 0], 0);
  const start = exitOf(line, ([x]) => x < 10);
  const end = 1 - exitOf(reverseCurve(line), ([x]) => x > 80);
  const { from, to } = part(line, start, end);
  assert.deepEqual(
    [from, to].map(([x]) => Math.round(x * 1000) / 1000),
    [10, 80],
  );
});

test('how far a point is from a line is measured to its nearest point, not beyond its ends', () => {
  const way = pointsOf(bentCurve([0, 0], [100, 0], 0));
  assert.equal(distanceTo([50, 7], way), 7);
  assert.equal(distanceTo([-3, 4], way), 5);
  assert.equal(distanceTo([0, 0], []), Infinity);
});

test('boxes and circles are paths that canvas and SVG share', () => {
  assert.equal(
    roundedBox([0, 0], 40, 20),
    'M-15 -10h30a5 5 0 0 1 5 5v10a5 5 0 0 1 -5 5h-30a5 5 0 0 1 -5 -5v-10a5 5 0 0 1 5 -5Z',
  );
  assert.equal(circle([10, 10], 6), 'M4 10a6 6 0 1 1 12 0a6 6 0 1 1 -12 0Z');
});

test('a mark of a line is turned with it, and a cross is two strokes', () => {
  assert.equal(markPath('square', [0, 0], [1, 0], 10), 'M-8.5 -8.5L8.5 -8.5L8.5 8.5L-8.5 8.5Z');
  assert.match(markPath('triangle', [0, 0], [0, 1], 10), /^M0 12.5L/);
  assert.equal(markPath('cross', [0, 0], [1, 0], 10).split('M').length, 3);
});

test('a picture of many things has an extent, too', () => {
  const points = Array.from({ length: 300_000 }, (_, at) => ({ x: at - 100_000, y: at % 7 }));
  assert.deepEqual(extentOf(points), { w: 299_999, h: 6 });
});
