import assert from 'node:assert/strict';
import { test } from 'node:test';

import { decode } from '../columns.js';

test('no records are no records, whatever fields there might have been', () => {
  assert.deepEqual(decode({ n: 0 }), []);
  assert.deepEqual(decode({ n: 2 }), [{}, {}]);
});

test('a plain column gives each record its value, and none where it says null', () => {
  assert.deepEqual(decode({ n: 3, id: ['a', null, 'c'] }), [{ id: 'a' }, {}, { id: 'c' }]);
});

test('a column of different values gives each record the one that it names', () => {
  const status = { of: ['accepted', null, 'denial'], at: [0, 0, 2, 1] };
  assert.deepEqual(
    decode({ n: 4, status }).map((record) => record.status),
    ['accepted', 'accepted', 'denial', undefined],
  );
});

test('a column of few values gives the other records no such field', () => {
  const records = decode({ n: 3, note: { rows: [1], values: ['see there'] } });
  assert.deepEqual(records, [{}, { note: 'see there' }, {}]);
});

test('steps add up from the first number', () => {
  assert.deepEqual(
    decode({ n: 4, from: { steps: [7, 0, 3, -10] } }).map((record) => record.from),
    [7, 7, 10, 0],
  );
});

test('nought, the empty text and false are values', () => {
  assert.deepEqual(decode({ n: 1, x: [0], label: [''], symmetric: [false] }), [{ x: 0, label: '', symmetric: false }]);
});

test('a field may be called like a part of a column', () => {
  assert.deepEqual(decode({ n: 1, of: ['a'], rows: { of: ['b'], at: [0] } }), [{ of: 'a', rows: 'b' }]);
});
