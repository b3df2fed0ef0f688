import assert from 'node:assert/strict';
import { test } from 'node:test';
import { axisOf, tickPlaces } from '../axis.js';
import { holdsOn, isBetween, momentOf } from '../lens.js';
import { dayInWords, dayOf, numberOf } from '../time.js';

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

test('the axis keeps the order of days, and gives a day room beside a century', () => {
  const axis = axisOf(days('1910-08-29', '2019-11-15', '2019-11-17', '2019-11-22'));
  const places = axis.days.map(axis.at);
  assert.deepEqual(
    places,
    [...places].sort((a, b) => a - b),
  );
  assert.ok(places[0] > 0 && places.at(-1) < 1);
  assert.ok((places[1] - places[0]) / (places[2] - places[1]) < 4);
  assert.deepEqual(
    axis.gaps.map(({ from, to }) => [from, to]),
    [[places[0], places[1]]],
  );
  assert.ok(axis.at(numberOf('1965-06-22')) > places[0] && axis.at(numberOf('1965-06-22')) < places[1]);
});

test('the labels of the axis do not lie on each other, and a year is among them', () => {
  for (const given of [
    days('2019-11-15', '2019-11-17', '2019-11-22'),
    days('1910-08-29', '1965-06-22', '2019-07-01', '2019-11-23', '2032-03-01'),
    days('-0044-03-15', '2019-01-01'),
    days('-999999999-01-01', '2019-01-01', '170000000-12-31'),
  ]) {
    for (const width of [300, 900, 2000]) {
      const ticks = tickPlaces(axisOf(given), width, 6);
      ticks.slice(1).forEach((tick, index) => {
        const room = ((tick.label.length + ticks[index].label.length) / 2) * 6;
        assert.ok(tick.x - ticks[index].x >= room || index === 0, `${ticks[index].label} ${tick.label}`);
      });
      assert.match(ticks.map(({ label }) => label).join(), /\d{3,}|BC/);
    }
  }
});

test('a day is told as people write it', () => {
  assert.equal(dayInWords('2019-11-16'), '16 November 2019');
  assert.equal(dayInWords('-0043-03-15'), '15 March 44 BC');
  assert.equal(dayInWords('2019-11'), 'November 2019');
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

test('what holds on no day is there as long as no days are asked for', () => {
  assert.equal(isBetween({ possible: [] }, '', ''), true);
  assert.equal(isBetween({ possible: [] }, '2019-11-16', ''), false);
  assert.equal(isBetween({ possible: null }, '2019-11-16', ''), true);
});
