/**
 * Triples as JSON-LD 1.1 with prefixes. Pure.
 *
 * @typedef {import('./rdf.js').Triple} Triple
 */

import { bySubject, shortener, TYPE } from './rdf.js';

/**
 * @param {Triple[]} triples
 * @param {Object<string, string>} prefixes  those that are used are declared
 * @param {string[]} comments  told beside the graph, where they are no data
 * @returns {string}
 */
export const jsonld = (triples, prefixes, comments) => {
  const named = Object.entries(prefixes).filter(([prefix]) => prefix !== '');
  const short = shortener(named, /^[\w-]+$/);
  const { used } = short;

  /** @param {string} iri @returns {string} */
  const name = (iri) => short.name(iri) || iri;

  /** @param {Triple[2]} value @returns {unknown} */
  const object = (value) => {
    if ('iri' in value) return { '@id': name(value.iri) };
    if (value.language) return { '@value': value.text, '@language': value.language };
    return value.type ? { '@value': value.text, '@type': name(value.type) } : value.text;
  };

  const graph = [...bySubject(triples)].map(([subject, about]) => {
    /** @type {Object<string, unknown>} */
    const node = { '@id': name(subject) };
    for (const [predicate, values] of about) {
      const types = values.flatMap((value) => ('iri' in value ? [name(value.iri)] : []));
      const said = predicate === TYPE ? types : values.map(object);
      node[predicate === TYPE ? '@type' : name(predicate)] = said.length === 1 ? said[0] : said;
    }
    return `  ${JSON.stringify(node)}`;
  });
  const context = [...used].sort().map((prefix) => `  ${JSON.stringify(prefix)}: ${JSON.stringify(prefixes[prefix])}`);
  const said = comments.map((line) => `  ${JSON.stringify(line)}`).join(',\n');
  return [
    '{',
    `"@context": {\n  "@version": 1.1${context.map((line) => `,\n${line}`).join('')}\n},`,
    `"comment": [\n${said}\n],`,
    `"@graph": [\n${graph.join(',\n')}\n]`,
    '}\n',
  ].join('\n');
};
