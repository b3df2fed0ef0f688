import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gate, isFiltered, toggle, withAll, withOnly } from '../filters.js';

const NOTHING = { hidden: [], only: [] };
const ALL = ['a', 'b', 'c'];
const shown = (filters) => ALL.filter(gate(filters, 'source'));

test('a name is hidden and shown again', () => {
  const without = toggle(NOTHING, 'source', 'b', ALL);
  assert.deepEqual(without, { hidden: ['source:b'], only: [] });
  assert.deepEqual(shown(without), ['a', 'c']);
  assert.deepEqual(toggle(without, 'source', 'b', ALL), NOTHING);
});

test('only one of a kind stays, others join it, and all come back; other kinds are left alone', () => {
  const some = { hidden: ['source:a', 'status:opinion'], only: ['family:PactTie'] };
  const only = withOnly(some, 'source', 'b');
  assert.deepEqual(only, { hidden: ['status:opinion'], only: ['family:PactTie', 'source:b'] });
  assert.deepEqual(shown(only), ['b']);
  assert.deepEqual(shown(toggle(only, 'source', 'c', ALL)), ['b', 'c']);
  assert.deepEqual(withAll(only, 'source'), { hidden: ['status:opinion'], only: ['family:PactTie'] });
});

test('hiding the only one that was left leaves nothing; showing the last that was missing leaves no filter', () => {
  const only = withOnly(NOTHING, 'source', 'b');
  assert.deepEqual(shown(toggle(only, 'source', 'b', ALL)), []);
  const two = toggle(only, 'source', 'a', ALL);
  assert.deepEqual(toggle(two, 'source', 'c', ALL), NOTHING);
});

test('a name that begins like another kind, or is empty, is a name like any other', () => {
  const without = toggle(NOTHING, 'speaker', '', ['', 'source:a']);
  assert.equal(gate(without, 'speaker')(''), false);
  assert.equal(gate(without, 'speaker')('source:a'), true);
  assert.equal(isFiltered(without, 'source'), false);
});
