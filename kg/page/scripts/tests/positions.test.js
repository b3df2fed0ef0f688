import assert from 'node:assert/strict';
import { test } from 'node:test';
import { groupsOf, questionsOf, silentSides } from '../positions.js';

const MATRIX = {
  dispute: 'row',
  title: 'The row',
  actors: ['minister', 'office', 'press', ''],
  names: {},
  sides: [
    { name: 'Japan', actors: ['minister'] },
    { name: 'South Korea', actors: ['office'] },
  ],
  rows: [
    {
      question: 'Linked?',
      kind: 'claim',
      answer: 'Linked',
      cells: { office: [{ card: 'yes', word: 'asserts' }], minister: [{ card: 'no', word: 'denies' }] },
    },
    { question: 'Why?', kind: 'claim', answer: 'Anger', cells: { office: [{ card: 'anger', word: 'asserts' }] } },
    { question: 'Why?', kind: 'claim', answer: 'Safety', cells: { minister: [{ card: 'safety', word: 'asserts' }] } },
    { question: 'Bad?', kind: 'judgement', answer: 'Bad', cells: { press: [{ card: 'bad', word: 'thinks so' }] } },
  ],
};
const isDenial = (card) => card === 'no';
const known = (...gone) => questionsOf(MATRIX, (card) => !gone.includes(card), isDenial);

test('a claim is answered by a denial or by another answer of another voice', () => {
  assert.deepEqual(
    known().map(({ title, unanswered }) => [title, unanswered]),
    [
      ['Linked?', false],
      ['Why?', false],
      ['Bad?', false],
    ],
  );
});

test('before an answer was known nobody answers, and its side is silent', () => {
  const [linked, why] = known('no', 'safety');
  assert.deepEqual([linked.unanswered, linked.silent], [true, ['Japan']]);
  assert.deepEqual([why.unanswered, why.rows.length], [true, 1]);
});

test('what nobody had said yet is no question, and a column stands for who says something', () => {
  const questions = known('bad', 'no', 'safety');
  assert.deepEqual(
    groupsOf(MATRIX, questions).map(({ title, actors }) => [title, actors]),
    [['Claims', ['office']]],
  );
  assert.deepEqual(silentSides(MATRIX, questions), ['Japan']);
});

test('what only the articles tell, by the day of the lens, is no question yet', () => {
  const rows = [{ ...MATRIX.rows[0], cells: { ...MATRIX.rows[0].cells, '': [{ card: 'told', word: 'asserts' }] } }];
  const asked = (...gone) => questionsOf({ ...MATRIX, rows }, (card) => !gone.includes(card), isDenial).length;
  assert.equal(asked('no'), 1);
  assert.equal(asked('no', 'yes'), 0);
});
