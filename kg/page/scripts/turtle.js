/**
 * Triples as Turtle. Pure.
 *
 * @typedef {import('./rdf.js').Triple} Triple
 */

import { bySubject, shortener, TYPE } from './rdf.js';

/** @type {Object<string, string>} */
const ESCAPES = { '"': '\\"', '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** @param {string} character @returns {string} */
const escaped = (character) =>
  ESCAPES[character] ?? `\\u${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;

/** @param {string} text @returns {string} */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what has to be escaped
const quoted = (text) => `"${text.replace(/["\\\u0000-\u001F\u007F]/g, escaped)}"`;

/** @param {string} iri @returns {string} */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what has to be escaped
const whole = (iri) => `<${iri.replace(/[\u0000-\u0020<>"{}|^`\\]/g, escaped)}>`;

/**
 * @param {Triple[]} triples
 * @param {Object<string, string>} prefixes  those that are used are declared
 * @param {string[]} comments  lines that stand at the beginning
 * @returns {string}
 */
export const turtle = (triples, prefixes, comments) => {
  const short = shortener(Object.entries(prefixes), /^[A-Za-z0-9_]([\w-]*\w)?$/);
  const { used } = short;

  /** @param {string} iri @returns {string} */
  const name = (iri) => short.name(iri) || whole(iri);

  /** @param {Triple[2]} value @returns {string} */
  const object = (value) => {
    if ('iri' in value) return name(value.iri);
    if (value.language) return `${quoted(value.text)}@${value.language}`;
    return value.type ? `${quoted(value.text)}^^${name(value.type)}` : quoted(value.text);
  };

  const blocks = [...bySubject(triples)].map(([subject, about]) => {
    const said = [...about].map(
      ([predicate, values]) => `${predicate === TYPE ? 'a' : name(predicate)} ${values.map(object).join(' , ')}`,
    );
    return `${name(subject)} ${said.join(' ;\n    ')} .\n`;
  });
  const head = comments.map((line) => `# ${line.replaceAll(/\s+/g, ' ')}\n`).join('');
  const declared = [...used].sort().map((prefix) => `@prefix ${prefix}: ${whole(prefixes[prefix])} .\n`);
  return `${head}\n${declared.join('')}\n${blocks.join('\n')}`;
};
