import assert from 'node:assert/strict';
import { test } from 'node:test';
import { columnsOf, positionsAt } from '../positions.js';

const linked = {
  title: 'Linked?',
  ...{ kind: 'Claims', flags: [], contested: true },
  rows: [
    {
      answer: 'Linked',
      flags: [],
      cells: [
        { actor: 'office', card: 'yes', word: 'asserts' },
        { actor: 'minister', card: 'no', word: 'denies' },
      ],
    },
  ],
};
const unanswered = { ...linked, flags: ['nobody answers'], contested: false };
const bad = {
  ...{ title: 'Bad?', kind: 'Judgements', flags: [], contested: false },
  rows: [{ answer: 'Bad', flags: [], cells: [{ actor: '', card: 'bad', word: 'thinks so' }] }],
};
const MATRIX = {
  ...{ dispute: 'row', title: 'The row', actors: ['minister', 'office', ''], names: {} },
  sides: [
    ['alpha', ['office']],
    ['beta', []],
  ],
  questions: [unanswered, linked, bad],
  runs: [[0, 'early', [0]], [2, 'late', [1, 2]], [3]],
};
const groupsAt = (moment, ...hidden) => positionsAt(MATRIX, moment, (card) => !hidden.includes(card)).groups;

test('a moment has the questions of its last run, and the words for them', () => {
  assert.deepEqual(
    positionsAt(MATRIX, -1, () => true),
    { summary: '', groups: [] },
  );
  assert.equal(positionsAt(MATRIX, 1, () => true).summary, 'early');
  assert.deepEqual(
    groupsAt(2).map(({ title, questions }) => [title, questions.length]),
    [
      ['Claims', 1],
      ['Judgements', 1],
    ],
  );
  assert.deepEqual(groupsAt(3), []);
});

test('a column stands for who says something, side by side; a silent side stands there itself', () => {
  const [claims, judgements] = groupsAt(2);
  const told = (...groups) => columnsOf(MATRIX, groups, 3).map(({ side, columns }) => [side, ...columns.flat()]);
  assert.deepEqual(told(claims), [
    ['alpha', 'office'],
    ['beta', 'beta'],
    ['', 'minister'],
  ]);
  assert.deepEqual(told(judgements), [
    ['alpha', 'alpha'],
    ['beta', 'beta'],
    ['', ''],
  ]);
});

test('where there are too many for the room, those on a side share its column', () => {
  const wide = { ...MATRIX, sides: [['alpha', ['office', 'minister']]] };
  const [claims] = positionsAt(wide, 2, () => true).groups;
  const told = (most) => columnsOf(wide, [claims], most).map(({ columns }) => columns.length);
  const withOthers = columnsOf(MATRIX, [claims], 2);
  assert.deepEqual(told(2), [2]);
  assert.deepEqual(told(1), [2], 'one side alone would tell nobody apart');
  assert.deepEqual(
    withOthers.map(({ side, columns }) => [side, columns]),
    [
      ['alpha', [['office']]],
      ['beta', [['beta']]],
      ['', [['minister']]],
    ],
  );
  const two = {
    ...MATRIX,
    actors: ['minister', 'office', 'x'],
    sides: [
      ['alpha', ['office', 'minister']],
      ['beta', []],
    ],
  };
  assert.deepEqual(
    columnsOf(two, [claims], 2).map(({ side, columns }) => [side, columns]),
    [
      ['alpha', [['office', 'minister']]],
      ['beta', [['beta']]],
    ],
  );
});

test('what the legend hides leaves its cell, and a question without any; it unsays nothing', () => {
  const [{ questions }, ...others] = groupsAt(2, 'no', 'bad');
  assert.deepEqual([questions[0].rows[0].cells.length, questions[0].flags, others], [1, [], []]);
  assert.deepEqual(groupsAt(0)[0].questions[0].flags, ['nobody answers']);
});
