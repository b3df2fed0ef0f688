import assert from 'node:assert/strict';
import { test } from 'node:test';

import { csv, harmless } from '../csv.js';
import { corners, leaving, lineEnd, part, pointAt } from '../geometry.js';
import { jsonld } from '../jsonld.js';
import { fileName, layoutFile, lensWords } from '../lenswords.js';
import { triplesOf } from '../rdf.js';
import { turtle } from '../turtle.js';

const ALL = { by: '', on: '', from: '', to: '', hidden: [] };
const BASE = 'https://example.org/';
const KG = 'https://w3id.org/actor-kg/ns#';

test('a table has a mark, a header and lines that end as RFC 4180 says; quotes are doubled', () => {
  assert.equal(csv(['a', 'b'], [{ a: 'x, "y"\nz' }]), '\uFEFFa,b\r\n"x, ""y""\nz",\r\n');
});

for (const [value, safe] of [
  ['=1+1', "'=1+1"],
  ['+cmd', "'+cmd"],
  ['-2+3', "'-2+3"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\t=1', "'\t=1"],
  ['\r=1', "'\r=1"],
  ['-12.5', '-12.5'],
  ['a=b', 'a=b'],
  ['', ''],
]) {
  test(`a spreadsheet runs no cell: ${JSON.stringify(value)}`, () => assert.equal(harmless(value), safe));
}

const statement = (patch) => ({
  ...{ id: 'said', relation: 'kg:opposes', isConcluded: false, polarity: 'asserts', mode: 'actual', reason: '' },
  ...{ status: 'accepted', when: '', said: '', note: '', holds: '', citations: [], takenBack: [], against: [] },
  ...{ premises: [], ids: { subject: 'a', object: 'b', text: '', speakers: [], via: [], where: [] } },
  ...patch,
});
const given = (patch) => ({
  base: BASE,
  namespaces: { kg: KG, '': BASE, assertion: `${BASE}assertion/` },
  statements: [statement(patch)],
  things: [],
  sources: [],
});
const isDirect = ([s, p]) => s === `${BASE}a` && p === `${KG}opposes`;

test('only what is accepted and not denied has a direct triple', () => {
  assert.equal(triplesOf(given({})).filter(isDirect).length, 1);
  for (const status of ['attributed', 'contested', 'denial', 'prospective', 'opinion', 'withdrawn', 'superseded'])
    assert.deepEqual(triplesOf(given({ status })).filter(isDirect), []);
  assert.deepEqual(triplesOf(given({ polarity: 'denies' })).filter(isDirect), []);
});

test('a paragraph that is cited twice is two citations, as in the graph', () => {
  const found = triplesOf(given({ citations: [{ article: 'one', paragraph: 4, times: 2 }] }));
  const names = found.filter(([, p]) => p === `${KG}paragraph`).map(([s]) => s);
  assert.deepEqual(names, [`${BASE}citation/said-1`, `${BASE}citation/said-2`]);
});

test('texts and names of Turtle are escaped, and comments stay on their lines', () => {
  const found = turtle(
    [
      [`${BASE}a`, `${KG}note`, { text: 'a "b"\\\n\u0001' }],
      [`${BASE}a b>`, `${KG}note`, { text: '日本', language: 'ja' }],
    ],
    { kg: KG, '': BASE },
    ['one\n:a :b :c .'],
  );
  assert.ok(found.startsWith('# one :a :b :c .\n'));
  assert.ok(found.includes(':a kg:note "a \\"b\\"\\\\\\n\\u0001" .'));
  assert.ok(found.includes(`<${BASE}a\\u0020b\\u003E> kg:note "日本"@ja .`));
});

test('JSON-LD declares the prefixes that it uses and no other', () => {
  const found = JSON.parse(jsonld(triplesOf(given({})), given({}).namespaces, ['seen']));
  assert.deepEqual(found.comment, ['seen']);
  assert.deepEqual(Object.keys(found['@context']).sort(), ['@version', 'assertion', 'kg']);
  const said = found['@graph'].find((node) => node['@id'] === 'assertion:said');
  assert.deepEqual(said['kg:status'], { '@id': 'kg:Accepted' });
});

test('a lens is told in words and in the name of a file', () => {
  const seen = { ...ALL, by: '2019-11-16', on: '2019-09-01', hidden: ['status:opinion'] };
  assert.deepEqual(lensWords(ALL, '', String), []);
  assert.deepEqual(
    lensWords(seen, 'according to Japan', (each) => each.split(':')[1]),
    ['according to Japan', 'known by 2019-11-16', 'true on 2019-09-01', 'without opinion'],
  );
  assert.deepEqual(lensWords({ ...ALL, only: ['a', 'b'] }, '', String), ['only a, b']);
  assert.equal(fileName('gsomia', { ...ALL, only: ['a'] }, 'ttl'), 'gsomia-filtered.ttl');
  assert.equal(fileName('gsomia', ALL, 'svg'), 'gsomia.svg');
  assert.equal(fileName('gsomia', seen, 'csv'), 'gsomia-known-by-2019-11-16-true-on-2019-09-01-filtered.csv');
  assert.equal(fileName('../etc/x', ALL, 'ttl'), 'etc-x.ttl');
});

test('a layout is one thing per line, sorted by id', () => {
  assert.equal(layoutFile([]), '{}\n');
  assert.equal(
    layoutFile([
      ['b', [3, -4]],
      ['a', [1, 2]],
      ['10', [0, 0]],
      ['9', [0, 0]],
    ]),
    '{\n  "10": [0, 0],\n  "9": [0, 0],\n  "a": [1, 2],\n  "b": [3, -4]\n}\n',
  );
});

test('a line begins where it leaves a shape, and its part lies on it', () => {
  const curve = { from: [0, 0], via: [50, 40], to: [100, 0] };
  const start = leaving(curve, ([x, y]) => Math.hypot(x, y) < 10);
  assert.ok(Math.abs(Math.hypot(...pointAt(curve, start)) - 10) < 0.01);
  const rest = part(curve, start, 0.8);
  assert.deepEqual(rest.to, pointAt(curve, 0.8));
  const [a, b] = [pointAt(rest, 0.5), pointAt(curve, (start + 0.8) / 2)];
  assert.ok(Math.hypot(a[0] - b[0], a[1] - b[1]) < 1e-9);
});

test('the tip of an arrow lies where its line ends, whatever its direction', () => {
  assert.deepEqual(lineEnd('arrow', [10, 5], [0, 5], 8)[0], [10, 5]);
  assert.ok(lineEnd('bar', [0, 0], [0, -5], 10).every(([, y]) => y <= 1e-9 && y >= -1.51));
});

test('a triangle stands on its side, and the other on its tip', () => {
  const [tip, ...base] = corners('triangle', [0, 0], 10);
  assert.ok(tip[1] < base[0][1] && base[0][1] === base[1][1]);
  assert.ok(corners('triangle-down', [0, 0], 10)[0][1] > 0);
  assert.equal(corners('star', [0, 0], 10).length, 10);
});
