import assert from 'node:assert/strict';
import { test } from 'node:test';

import { unpacked } from '../wire.js';

const PAGE = {
  things: {
    n: 2,
    id: ['japan', 'pact'],
    label: ['Japan', 'The pact on sharing'],
    lines: [0, 2],
    group: ['Actor', 'Pact'],
    shape: ['circle', 'box'],
    x: [1, 2],
    y: [3, 4],
  },
  ties: { n: 1, from: [0], to: [1], card: [1], label: ['is party to'], family: ['PactTie'] },
  cards: {
    n: 3,
    id: ['no', 'party', 'editors'],
    words: {
      of: [
        [null, ' denies that ', null, ' is party to ', null],
        [null, ' is party to ', null],
      ],
      at: [0, 1, 1],
    },
    named: [
      [2, 0, 1],
      [0, 1],
      [0, 1],
    ],
    status: ['denial', 'accepted', 'accepted'],
    reason: { rows: [1], values: ['reported'] },
    opposed: { rows: [0], values: [[1]] },
    citations: {
      rows: [0, 1],
      values: [
        [[0, 4]],
        [
          [0, 2],
          [1, 7],
        ],
      ],
    },
    history: {
      rows: [1],
      values: [
        [
          [0, 'contested', 'stands against no', [0]],
          [1, 'accepted', 'reported'],
        ],
      ],
    },
    since: { rows: [0, 2], values: [0, -1] },
    bounds: {
      rows: [1],
      values: [[[['2016-11-23', null]], [['2016-11-23', '2019-11-23']]]],
    },
    sure: { rows: [1], values: [[[0, [['2016-11-23', '2019-11-15']]]]] },
  },
  sources: { n: 2, id: ['one', 'two'], title: ['One', 'Two'], originator: ['A Press', 3], publisher: [0, 'B'] },
  others: { n: 2, id: ['korea', 'a-press'], label: ['Korea', 'A Press'], lang: { rows: [0], values: ['en'] } },
  matrices: [
    {
      dispute: 'row',
      title: 'The row',
      actors: ['japan', ''],
      names: { '': 'The articles' },
      sides: [{ name: 'Japan', actors: ['japan'] }],
      rows: [{ question: 'Is it?', answer: 'It is', kind: 'claim', cells: { '': [{ card: 1, word: 'asserts' }] } }],
    },
  ],
  lives: {
    n: 1,
    thing: [1],
    steps: [
      [
        [1, 'in force'],
        [0, 'terminated', 'planned', 'it did not happen', 0],
        [2, '', 'demanded'],
      ],
    ],
    summaries: [[[0, 'in force', 'certain']]],
  },
  story: {
    title: 'A story',
    steps: [
      {
        title: 'One',
        words: ['See ', null, ', ', null, ' and ', null, '.'],
        named: [1, [0, 'the islands'], 'Brell'],
        things: ['pact'],
        ties: [],
        on: '',
        by: '',
      },
    ],
  },
};

const found = unpacked(PAGE);
const [no, party, editors] = found.cards;

test('everything is named by its id again', () => {
  const [tie] = found.ties;
  assert.deepEqual([tie.id, tie.from, tie.to, tie.assertion], [0, 'japan', 'pact', 'party']);
  assert.deepEqual(no.opposed, ['party']);
  assert.deepEqual(party.citations, [
    ['one', 2],
    ['two', 7],
  ]);
  assert.equal(found.matrices[0].rows[0].cells[''][0].card, 'party');
});

test('a life has its assertions by id, and what is left out of a step is nothing', () => {
  const [{ thing, steps, summaries }] = found.lives;
  assert.deepEqual([thing, summaries], ['pact', [[0, 'in force', 'certain']]]);
  assert.deepEqual(steps, [
    { assertion: 'party', stage: 'in force', ahead: '', outcome: '', realisedBy: '' },
    { assertion: 'no', stage: 'terminated', ahead: 'planned', outcome: 'it did not happen', realisedBy: 'no' },
    { assertion: 'editors', stage: '', ahead: 'demanded', outcome: '', realisedBy: '' },
  ]);
});

test('a name is drawn as it is, or in two lines', () => {
  assert.deepEqual(
    found.things.map((thing) => thing.lines),
    [['Japan'], ['The pact', 'on sharing']],
  );
});

test('a sentence has its names again: things by their ids, others as they are', () => {
  assert.deepEqual(no.words, [['', 'Korea'], ' denies that ', ['japan'], ' is party to ', ['pact']]);
  assert.deepEqual(found.story?.steps[0].text, [
    'See ',
    ['pact'],
    ', ',
    ['japan', 'the islands'],
    ' and ',
    ['', 'Brell'],
    '.',
  ]);
});

test('who is named is known by id too, drawn or not; two names of one agency have one id', () => {
  assert.deepEqual(no.ids, { subject: 'japan', object: 'pact', text: '', speakers: [], via: [], where: [] });
  assert.deepEqual(found.others[0], { id: 'korea', label: 'Korea', lang: 'en' });
  assert.deepEqual([found.sources[1].originatorId, found.sources[0].originatorId], ['a-press', '']);
  assert.equal(found.sources[0].publisher, 'Japan');
});

test('what always stood as it does now has one run, from the moment on in which it was known', () => {
  assert.deepEqual(no.history, [[0, 'denial', '', ['party']]]);
  assert.deepEqual(editors.history, [[-1, 'accepted', '', []]]);
  assert.deepEqual(party.history, [
    [0, 'contested', 'stands against no', ['no']],
    [1, 'accepted', 'reported', []],
  ]);
});

test('two articles of one agency are one source', () => {
  assert.deepEqual([party.sources, party.originators], [1, ['A Press']]);
});

test('what is undated has no bounds; another is certain only up to the last report that was known', () => {
  assert.equal(no.bounds, null);
  assert.deepEqual(party.bounds, {
    possible: [['2016-11-23', null]],
    certain: [['2016-11-23', '2019-11-23']],
    certainAt: [[0, [['2016-11-23', '2019-11-15']]]],
  });
});
