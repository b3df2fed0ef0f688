import assert from 'node:assert/strict';
import { test } from 'node:test';
import { holdsOn, momentOf } from '../lens.js';
import { barsOf, dayOf, numberOf } from '../time.js';

for (const day of [
  '1970-01-01',
  '2019-11-22',
  '2020-02-29',
  '0099-12-31',
  '-0044-03-15',
  '0000-01-01',
  '300000-02-29',
  '-999999999-12-31',
]) {
  test(`a day leads back to itself: ${day}`, () => {
    assert.equal(dayOf(numberOf(day)), day);
    assert.equal(numberOf(dayOf(numberOf(day) + 1)), numberOf(day) + 1);
  });
}

const days = (...texts) => texts.map(numberOf);

test('every day is counted in one bar, and the bars lie side by side', () => {
  for (const given of [
    days('2019-11-22'),
    days('2019-11-01', '2019-11-30'),
    days(
      '1910-08-29',
      '1965-06-22',
      '2016-11-23',
      '2019-07-01',
      '2019-08-22',
      '2019-11-15',
      '2019-11-22',
      '2019-11-22',
    ),
    days('-0044-03-15', '2019-01-01'),
    days('-999999999-01-01', '2019-01-01', '170000000-12-31'),
  ]) {
    const bars = barsOf(given, 40);
    assert.ok(bars.length <= 41);
    assert.equal(
      bars.reduce((sum, bar) => sum + bar.count, 0),
      given.length,
    );
    bars.slice(1).forEach((bar, index) => {
      assert.equal(bar.from, bars[index].to);
    });
    for (const bar of bars) {
      assert.equal(bar.count, given.filter((day) => day >= bar.from && day < bar.to).length, bar.label);
    }
  }
});

test('a few days of long ago share a bar', () => {
  const [first, ...others] = barsOf(days('1910-08-29', ...Array.from({ length: 30 }, (_, n) => dayOf(18200 + n))), 40);
  assert.equal(/^before .*2019$/.test(first.label), true);
  assert.ok(others.every((bar) => bar.to - bar.from === 1));
});

test('no days make no bars', () => {
  assert.deepEqual(barsOf([], 40), []);
});

test('days are in order whatever their years, and what was known follows that order', () => {
  const moments = ['-0100-02-01', '-0043-03-15', '2019-11-16', '12000-12-31'];
  assert.deepEqual(
    ['-0101-01-01', '-0044-01-01', '-0043-03-15', '0001-01-01', '2020-01-01', '170000000-01-01'].map((by) =>
      momentOf(moments, by),
    ),
    [-1, 0, 1, 1, 2, 3],
  );
  const far = { possible: [['170000000-01-01', '170000000-12-31']], certain: [], lasting: [['170000000-07-01', null]] };
  assert.equal(holdsOn(far, '2019-11-22'), 'no');
  assert.equal(holdsOn(far, '170000000-06-01'), 'possibly');
  assert.equal(holdsOn(far, '170000000-08-01'), 'as far as known');
});
