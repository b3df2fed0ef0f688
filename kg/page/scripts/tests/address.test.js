import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromHash, INITIAL, toHash } from '../address.js';

const KNOWN = {
  mainId: (id) => (id === 'nippon' ? 'japan' : id),
  isThing: (id) => ['japan', 'a/b?c', '日本'].includes(id),
  isAssertion: (id) => id === 'said',
  steps: [
    { on: '2019-11-22', by: '2019-11-16' },
    { on: '', by: '' },
  ],
  languages: ['ja'],
};

const STATES = [
  {},
  { choice: { kind: 'thing', id: 'a/b?c' }, depth: 3, opened: ['japan', '日本'] },
  { choice: { kind: 'assertion', id: 'said' }, hidden: ['look:State', 'source:a,b'], pane: 'table', sort: '-when' },
  { choice: { kind: 'path', from: 'japan', to: '日本' }, theme: 'dark', language: 'ja' },
  { choice: { kind: 'step', number: 2 }, on: '2019-11-22', by: '2019-11-16', from: '2019-01-01', to: '2020-01-01' },
  { choice: { kind: 'thing', id: 'japan' }, embed: true, camera: { x: -12, y: 30, zoom: 0.75 } },
  { only: ['source:a,b', 'speaker:'], hidden: ['status:opinion'] },
  { embed: true },
];

for (const patch of STATES) {
  test(`an address leads back to its state: ${toHash({ ...INITIAL, ...patch })}`, () => {
    const state = { ...INITIAL, ...patch };
    assert.deepEqual(fromHash(toHash(state), KNOWN), state);
  });
}

test('a step brings its own lens, unless the address says otherwise', () => {
  assert.equal(fromHash('#step/1', KNOWN).by, '2019-11-16');
  assert.equal(fromHash('#step/1?by=', KNOWN).by, '');
});

for (const hash of [
  '#thing/nobody',
  '#step/9',
  '#step/x',
  '#path/japan/nobody',
  '#x/y',
  '#thing/%E0%A4%A',
  '#?by=x&at=1,2',
  '#?at=0,0,1e308',
  '#?at=1e300,0,1',
]) {
  test(`what is unknown is ignored: ${hash}`, () => {
    assert.deepEqual(fromHash(hash, KNOWN), INITIAL);
  });
}

test('a thing is found by each id that stands for it', () => {
  assert.deepEqual(fromHash('#thing/nippon', KNOWN).choice, { kind: 'thing', id: 'japan' });
});
