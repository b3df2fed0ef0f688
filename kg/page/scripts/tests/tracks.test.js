import assert from 'node:assert/strict';
import { test } from 'node:test';
import { distanceTo, lengthOf, part, pointAt, pointsOf, reverseCurve, trackOf, Walk } from '../geometry.js';
import { Obstacles } from '../obstacles.js';
import { routePair } from '../routes.js';
import { Ground, roundCorners } from '../tracks.js';
import { Traffic } from '../traffic.js';

const frame = { x: 0, y: 0, w: 400, h: 400 };
const wall = { owner: 'wall', weight: 20, box: { x: 0, y: -60, w: 12, h: 260 } };

test('a way sought step by step goes around what lies between, and straight where nothing does', () => {
  const ground = new Ground(frame);
  assert.deepEqual(ground.track([-100, 0], [100, 0], []), [
    [-100, 0],
    [100, 0],
  ]);
  ground.add(wall);
  const around = ground.track([-100, 0], [100, 0], []);
  assert.ok(around.some(([, y]) => y > 70));
  assert.equal(ground.track([-100, 0], [100, 0], ['wall']).length, 2, 'what it ties is not in its way');
});

test('lines go around shapes that no single curve leads around', () => {
  const obstacles = new Obstacles(frame);
  for (const y of [-150, -90, -30, 30, 90]) obstacles.add({ ...wall, owner: `${y}`, box: { x: 0, y, w: 12, h: 56 } });
  obstacles.add({ ...wall, owner: 'other', box: { x: 60, y: 140, w: 12, h: 130 } });
  const { curves, known } = routePair([-100, -100], [150, -100], [0], ['a', 'b'], obstacles);
  assert.equal(obstacles.weigh(curves[0], ['a', 'b'], 100), known.weight);
  assert.ok(known.weight < 20);
});

test('of two ways around, a line takes that on which it crosses fewer others', () => {
  const lay = (/** @type {number} */ y) => {
    const obstacles = new Obstacles(frame);
    obstacles.add({ ...wall, box: { x: 0, y: 0, w: 12, h: 30 } });
    obstacles.traffic.add(
      [
        [0, 0],
        [0, y],
      ],
      ['c', 'd'],
    );
    return pointAt(routePair([-100, 0], [100, 0], [0], ['a', 'b'], obstacles).curves[0], 0.5)[1];
  };
  assert.ok(lay(-190) > 0);
  assert.ok(lay(190) < 0);
});

test('lines of one thing do not count as crossing, nor those that have gone', () => {
  const traffic = new Traffic();
  traffic.add(
    [
      [0, -50],
      [0, 50],
    ],
    ['a', 'b'],
  );
  const way = /** @type {[number, number][]} */ ([
    [-50, 0],
    [50, 0],
  ]);
  assert.equal(traffic.strain(way, ['c', 'd']), 1);
  assert.equal(traffic.strain(way, ['a', 'd']), 0);
  traffic.remove(['b', 'a']);
  assert.equal(traffic.strain(way, ['c', 'd']), 0);
});

test('a line keeps off another one that it would lie on, whether or not they share a thing', () => {
  for (const ends of [
    ['a', 'd'],
    ['c', 'd'],
  ]) {
    const obstacles = new Obstacles(frame);
    obstacles.traffic.add(
      [
        [-100, 0],
        [100, 0],
      ],
      ends,
    );
    const [curve] = routePair([-100, 0], [100, 0], [0], ['a', 'b'], obstacles).curves;
    assert.ok(Math.abs(pointAt(curve, 0.5)[1]) > 4);
  }
});

test('lines of a pair do not lie on each other, even where each has to find its way alone', () => {
  const obstacles = new Obstacles(frame);
  for (const y of [-150, -90, -30, 30, 90]) obstacles.add({ ...wall, owner: `${y}`, box: { x: 0, y, w: 12, h: 56 } });
  obstacles.add({ ...wall, owner: 'other', box: { x: 60, y: 140, w: 12, h: 130 } });
  const { curves } = routePair([-100, -100], [150, -100], [-7.5, 7.5], ['a', 'b'], obstacles);
  const [one, other] = curves.map(pointsOf);
  const beside = other.filter((point) => distanceTo(point, one) > 3);
  assert.ok(beside.length > other.length / 2);
});

test('a way over points is cut, turned around and rounded like any other', () => {
  const track = trackOf([
    [0, 0],
    [100, 0],
    [100, 100],
  ]);
  assert.equal(lengthOf(track), 200);
  assert.deepEqual(pointAt(track, 0.5), [100, 0]);
  assert.deepEqual(pointAt(reverseCurve(track), 0.25), [100, 50]);
  assert.deepEqual(pointsOf(part(track, 0.25, 0.75)), [
    [50, 0],
    [100, 0],
    [100, 50],
  ]);
  const corner = roundCorners([
    [0, 0],
    [100, 0],
    [100, 100],
  ]);
  assert.ok(
    corner.every(([x, y]) => Math.hypot(x - 100, y) > 4),
    'no point lies in the corner',
  );
});

test('who walks along a line comes by its points, whatever kind of curve it is', () => {
  const [from, via, next, to] = /** @type {[number, number][]} */ ([
    [0, 0],
    [40, 90],
    [80, -30],
    [120, 10],
  ]);
  for (const curve of [{ from, via, to }, { from, via, next, to }, trackOf([from, via, next, to])]) {
    const walk = new Walk(curve);
    for (const t of [0, 0.1, 0.5, 0.83, 1]) {
      walk.goTo(t);
      const [x, y] = pointAt(curve, t);
      assert.ok(Math.hypot(walk.x - x, walk.y - y) < 1e-9, `${t}`);
    }
  }
});

test('a line in focus runs through what steps back, any other around it', () => {
  const obstacles = new Obstacles(frame, { ...frame });
  for (let x = -90; x <= 90; x += 10) {
    const way = trackOf([
      [x, -150],
      [x, 150],
    ]);
    obstacles.take(Array(9).fill(way), [`c${x}`, `d${x}`]);
  }
  const long = () => Math.round(lengthOf(trackOf(obstacles.track([-120, 0], [120, 0], ['a', 'b']))));
  assert.ok(long() > 300);
  obstacles.keepIn(true);
  assert.equal(long(), 240);
});
