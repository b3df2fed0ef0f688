import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dayNumber, ranks, sortRows } from '../sorting.js';

test('days sort by their numbers, before our era too', () => {
  const days = ['-0044-03-15', '-0044-03-16', '0800-12-25', '2019-11-22', '2019-11-23', '12019-01-01'];
  const numbers = days.map(dayNumber);
  assert.deepEqual(
    [...numbers].sort((a, b) => a - b),
    numbers,
  );
  assert.equal(dayNumber(''), null);
});

test('names sort without regard to case and with accents beside their letter', () => {
  assert.deepEqual(ranks(['Zoe', 'élan', 'Eva', 'abc 10', 'abc 9'], 'en'), [4, 2, 3, 1, 0]);
});

test('rows without a key come last either way; equal ones keep their order', () => {
  const keys = [3, null, 1, 3, null, 2];
  assert.deepEqual(sortRows(keys, false), [2, 5, 0, 3, 1, 4]);
  assert.deepEqual(sortRows(keys, true), [0, 3, 5, 2, 1, 4]);
});
