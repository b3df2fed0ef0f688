import assert from 'node:assert/strict';
import { test } from 'node:test';

import { joinLines, unpack } from '../wire.js';

const PAGE = {
  blocs: [],
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
    subject: [0, 0, 0],
    object: [1, 1, 'a text'],
    speakers: { rows: [0], values: [[2]] },
    reason: { rows: [1], values: ['reported'] },
    reasonParts: { rows: [1], values: [['stands against ', [0], ' of ', 0]] },
    against: { rows: [0], values: [[1]] },
    sources: [1, 1, 0],
    originators: { rows: [0, 1], values: [['A Press'], ['A Press']] },
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
    runs: {
      rows: [1],
      values: [
        [
          [
            0,
            {
              status: 'contested',
              reason: 'stands against no',
              reasonParts: null,
              against: [0],
              bounds: [[['2016-11-23', null]], []],
            },
          ],
          [1],
          [2, {}],
        ],
      ],
    },
    since: { rows: [0, 2], values: [0, -1] },
    bounds: {
      rows: [1],
      values: [[[['2016-11-23', null]], [['2016-11-23', '2019-11-23']]]],
    },
  },
  sources: {
    n: 2,
    id: ['one', 'two'],
    title: ['One', 'Two'],
    originators: [['A Press'], [3]],
    publishers: [[0], ['B']],
  },
  others: { n: 2, id: ['korea', 'a-press'], label: ['Korea', 'A Press'], lang: { rows: [0], values: ['en'] } },
  matrices: [
    {
      dispute: 'row',
      title: 'The row',
      actors: ['japan', ''],
      names: { '': 'The articles' },
      questions: [
        { title: 'Is it?', kind: 'Claims', rows: [{ answer: 'It is', cells: [['', 1, 'asserts', 'says']] }] },
      ],
      runs: [[0, 'Sides: not reported.', [0]]],
    },
  ],
  facts: { n: 1, card: [2], relation: ['kg:describedAs'] },
  lives: {
    n: 1,
    thing: [1],
    steps: [[[1, '2016', [[0, 0, 'in force', 1]]]]],
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

const { cards, facts, lives, matrices, others, sources, story, things, ties } = unpack(PAGE);
const [no, party, editors] = cards;

test('everything is named by its id again', () => {
  const [tie] = ties;
  assert.deepEqual([tie.id, tie.from, tie.to, tie.assertion], [0, 'japan', 'pact', 'party']);
  assert.deepEqual(no.against, ['party']);
  assert.deepEqual(party.citations, [
    ['one', 2],
    ['two', 7],
  ]);
  assert.deepEqual(matrices[0].questions[0].rows[0].cells, [
    { actor: '', card: 'party', word: 'asserts', sign: 'says' },
  ]);
  assert.deepEqual(lives[0].steps, [{ card: 'party', date: '2016', runs: [[0, 0, 'in force', 1]] }]);
});

test('a fact is a tie that leads to no thing', () => {
  const [{ id, from, to, text, assertion }] = facts;
  assert.deepEqual([id, from, to, text, assertion], [1, 'japan', '', 'a text', cards[2].id]);
});

test('a name is drawn as it is, or in two lines', () => {
  assert.deepEqual(
    things.map((thing) => thing.lines),
    [['Japan'], ['The pact', 'on sharing']],
  );
});

test('a name without its breaks has no space where a line ended within a word', () => {
  assert.equal(joinLines(['Smith-\u200b', 'Wojciechowski', 'of Gdańsk']), 'Smith-Wojciechowski of Gdańsk');
});

test('a sentence has its names again: things by their ids, others as they are', () => {
  assert.deepEqual(no.words, [['', 'Korea'], ' denies that ', ['japan'], ' is party to ', ['pact']]);
  assert.deepEqual(story?.steps[0].text, [
    'See ',
    ['pact'],
    ', ',
    ['japan', 'the islands'],
    ' and ',
    ['', 'Brell'],
    '.',
  ]);
});

test('who is named is known by id and row too, drawn or not; a text has neither', () => {
  assert.deepEqual([no.subject, no.object, editors.object], ['japan', 'pact', '']);
  assert.deepEqual([no.speakerIds, no.speakers, no.thingRows], [['korea'], [['', 'Korea']], [0, 1, 2]]);
  assert.deepEqual(others[0], { id: 'korea', label: 'Korea', lang: 'en' });
  assert.deepEqual([sources[0].publisher, sources[0].originator, sources[0].thingRows], ['Japan', 'A Press', [0]]);
});

test('a reason names things and assertions', () => {
  assert.deepEqual(party.reasonParts, ['stands against ', { card: 'no' }, ' of ', { thing: ['japan'] }]);
});

test('what always stood as it does now has one run, from the moment on in which it was known', () => {
  assert.deepEqual(no.history, [[0, no]]);
  assert.deepEqual(editors.history, [[-1, editors]]);
});

test('a run tells what was otherwise, that a card was not there, or that it was as today', () => {
  const [[, first], [, second], [, third]] = party.history;
  assert.deepEqual(
    [first.status, first.reasonParts, first.against, first.words],
    ['contested', [], ['no'], party.words],
  );
  assert.deepEqual([second, third], [null, party]);
});

test('what is undated possibly holds on any day', () => {
  assert.deepEqual([no.possible, no.certain], [null, []]);
  assert.deepEqual([party.possible, party.certain], [[['2016-11-23', null]], [['2016-11-23', '2019-11-23']]]);
  assert.deepEqual(party.history[0][1].certain, []);
});
