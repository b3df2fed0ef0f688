import assert from 'node:assert/strict';
import { test } from 'node:test';

import { csv } from '../csv.js';
import { corners, exitOf, lineEnd, part, pointAt } from '../geometry.js';
import { fileName, layoutFile, lensWords } from '../lenswords.js';
import { addNodes, jsonld, turtle, withoutTerms } from '../rdf.js';

const ALL = { by: '', on: '', from: '', to: '', hidden: [] };

test('a table has a mark, a header and lines that end as RFC 4180 says; quotes are doubled', () => {
  assert.equal(csv(['a', 'b'], [{ a: 'x, "y"\nz' }], /^=/), '\uFEFFa,b\r\n"x, ""y""\nz",\r\n');
});

test('a value that a spreadsheet would run gets a mark in front, a header none', () => {
  assert.equal(csv(['=a'], [{ '=a': '=1+1' }, { '=a': 'a=b' }], /^=/), "\uFEFF=a\r\n'=1+1\r\na=b\r\n");
});

const PREFIXES = {
  kg: 'https://w3id.org/actor-kg/ns#',
  '': 'https://example.org/',
  assertion: 'https://example.org/assertion/',
};
const TABLE = [
  { of: 0, s: 'assertion:one', a: 'kg:Assertion', 'kg:status': 'kg:Contested', 'kg:contradicts': 'assertion:two' },
  { of: 0, at: 1, s: 'assertion:one', a: 'kg:Assertion', 'kg:status': 'kg:Accepted', 'kg:note': '"a \\"b\\""@en' },
  { of: 0, at: 1, s: ':japan', 'kg:signs': ':pact' },
  { of: 1, s: ':japan', 'kg:signs': ':other', '<https://example.com/p>': '"2019"^^kg:edtf' },
];
const nodesAt = (moment, ...rows) => {
  const nodes = new Map();
  addNodes(nodes, TABLE, new Set(rows), moment);
  return nodes;
};

test('a node is as it was at a moment; what several rows say of a subject is one node', () => {
  assert.deepEqual([...nodesAt(0, 0).keys()], ['assertion:one']);
  assert.deepEqual([...nodesAt(0, 0).get('assertion:one').get('kg:status')], ['kg:Contested']);
  assert.deepEqual([...nodesAt(1, 0, 1).get(':japan').get('kg:signs')], [':pact', ':other']);
});

test('what is hidden is named nowhere', () => {
  const nodes = nodesAt(0, 0);
  withoutTerms(nodes, new Set(['assertion:two']));
  assert.equal(nodes.get('assertion:one').has('kg:contradicts'), false);
});

test('Turtle declares the prefixes that it uses and no other, and comments stay on their lines', () => {
  assert.equal(
    turtle(nodesAt(0, 1), { ...PREFIXES, no: 'https://example.net/' }, ['one\n:a :b :c .']),
    [
      '# one :a :b :c .\n\n@prefix kg: <https://w3id.org/actor-kg/ns#> .\n@prefix : <https://example.org/> .\n',
      '\n:japan kg:signs :other ;\n    <https://example.com/p> "2019"^^kg:edtf .\n',
    ].join(''),
  );
});

test('JSON-LD has the same nodes, and no empty prefix', () => {
  const { '@context': context, '@graph': graph, comment } = JSON.parse(jsonld(nodesAt(1, 0, 1), PREFIXES, ['seen']));
  assert.deepEqual([Object.keys(context), comment], [['@version', 'kg', 'assertion'], ['seen']]);
  assert.deepEqual(graph[0], {
    ...{ '@id': 'assertion:one', '@type': 'kg:Assertion', 'kg:status': { '@id': 'kg:Accepted' } },
    'kg:note': { '@value': 'a "b"', '@language': 'en' },
  });
  assert.deepEqual(graph[1], {
    '@id': 'https://example.org/japan',
    'kg:signs': [{ '@id': 'https://example.org/pact' }, { '@id': 'https://example.org/other' }],
    'https://example.com/p': { '@value': '2019', '@type': 'kg:edtf' },
  });
});

test('a lens is told in words and in the name of a file', () => {
  const seen = { ...ALL, by: '2019-11-16', on: '2019-09-01', hidden: ['status:opinion'] };
  assert.deepEqual(lensWords(ALL, '', String), []);
  assert.deepEqual(
    lensWords(seen, 'according to Japan', (each) => each.split(':')[1]),
    [
      'according to Japan',
      'as the press knew it on 16 November 2019',
      'as it stood on 1 September 2019',
      'without opinion',
    ],
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
  const start = exitOf(curve, ([x, y]) => Math.hypot(x, y) < 10);
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
