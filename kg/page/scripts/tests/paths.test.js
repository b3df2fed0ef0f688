import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cardAtMoment, momentOf } from '../lens.js';
import { shortestPath } from '../paths.js';

const TIES = [
  { id: 0, from: 'a', to: 'b' },
  { id: 1, from: 'c', to: 'b' },
  { id: 2, from: 'c', to: 'd' },
  { id: 3, from: 'a', to: 'd' },
  { id: 4, from: 'e', to: 'e' },
];
const tiesOf = (id) => TIES.filter((tie) => [tie.from, tie.to].includes(id));
const way = (from, to) => shortestPath(from, to, tiesOf).map((tie) => tie.id);

test('the shortest way is found whatever the direction of the ties', () => {
  assert.deepEqual(way('a', 'b'), [0]);
  assert.deepEqual(way('a', 'c'), [0, 1]);
  assert.deepEqual(way('d', 'b'), [2, 1]);
});

test('where nothing leads there is no way', () => {
  assert.deepEqual(way('a', 'e'), []);
  assert.deepEqual(way('a', 'a'), []);
});

test('a day belongs to the last moment up to it', () => {
  const moments = ['2019-11-07', '2019-11-16'];
  assert.deepEqual(
    ['2019-11-06', '2019-11-07', '2019-11-15', '2019-11-16', '2020-01-01', ''].map((day) => momentOf(moments, day)),
    [-1, 0, 0, 1, 1, 2],
  );
});

test('a card is as its last run says, and nothing where it was not there', () => {
  const history = [
    [1, { status: 'attributed' }],
    [3, null],
    [5, { status: 'contested' }],
  ];
  assert.deepEqual(
    [0, 1, 2, 3, 5, 6].map((moment) => cardAtMoment({ history }, moment)?.status ?? ''),
    ['', 'attributed', 'attributed', '', 'contested', 'contested'],
  );
});
