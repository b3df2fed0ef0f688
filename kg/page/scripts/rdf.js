/**
 * The graph's own triples of what is shown, picked from those that the page brings along: nodes with their terms in
 * Turtle. Pure.
 *
 * @typedef {{of: number, at?: number, s: string, [predicate: string]: any}} NodeVersion
 *   which row it is for, from which moment on it is so, its subject, and for each predicate a term or a list of them
 * @typedef {Map<string, Map<string, Set<string>>>} Nodes  by subject, the terms by predicate
 */

/** What is no predicate in a version of a node. */
const OWN = new Set(['of', 'at', 's']);

/**
 * Adds the nodes of some rows as they are at a moment.
 *
 * @param {Nodes} nodes @param {NodeVersion[]} table @param {Set<number>} rows @param {number} moment
 */
export const addNodes = (nodes, table, rows, moment) => {
  // The last version up to the moment replaces those before it.
  const versions = new Map();
  for (const version of table) {
    if (rows.has(version.of) && (version.at ?? -1) <= moment) versions.set(`${version.of} ${version.s}`, version);
  }
  for (const version of versions.values()) {
    for (const [predicate, terms] of Object.entries(version)) {
      if (!OWN.has(predicate)) for (const term of [terms].flat()) addTerm(nodes, version.s, predicate, term);
    }
  }
};

/** @param {Nodes} nodes @param {string} subject @param {string} predicate @param {string} term */
const addTerm = (nodes, subject, predicate, term) => {
  const node = nodes.get(subject) ?? new Map();
  nodes.set(subject, node);
  node.set(predicate, (node.get(predicate) ?? new Set()).add(term));
};

/** Leaves out every mention of some subjects. @param {Nodes} nodes @param {Set<string>} hidden */
export const withoutTerms = (nodes, hidden) => {
  for (const node of nodes.values()) {
    for (const [predicate, terms] of node) {
      for (const term of terms) if (hidden.has(term)) terms.delete(term);
      if (terms.size === 0) node.delete(predicate);
    }
  }
};

/** A term of Turtle: an IRI, a text with its language or type, or a prefixed name. */
const TERM = /^(?:<(?<iri>[^>]*)>|(?<text>"(?:[^"\\]|\\.)*")(?:@(?<language>[\w-]+)|\^\^(?<type>.+))?|(?<name>.+))$/s;

/** @param {Nodes} nodes @param {Object<string, string>} prefixes @returns {[string, string][]} Those that are used. */
const usedPrefixes = (nodes, prefixes) => {
  const names = new Set();
  const note = (/** @type {string} */ term) => {
    const { name = '', type = '' } = TERM.exec(term)?.groups ?? {};
    for (const each of [name, type]) if (/^[\w-]*:/.test(each)) names.add(each.slice(0, each.indexOf(':')));
  };
  for (const [subject, node] of nodes) {
    note(subject);
    for (const [predicate, terms] of node) [predicate, ...terms].forEach(note);
  }
  return Object.entries(prefixes).filter(([prefix]) => names.has(prefix));
};

/** @param {Nodes} nodes @param {Object<string, string>} prefixes @param {string[]} comments @returns {string} */
export const turtle = (nodes, prefixes, comments) => {
  const head = comments.map((line) => `# ${line.replaceAll(/\s+/g, ' ')}\n`);
  const declared = usedPrefixes(nodes, prefixes).map(([prefix, iri]) => `@prefix ${prefix}: <${iri}> .\n`);
  const blocks = [...nodes].map(([subject, node]) => {
    const lines = [...node].map(([predicate, terms]) => `${predicate} ${[...terms].join(' , ')}`);
    return `\n${subject} ${lines.join(' ;\n    ')} .\n`;
  });
  return [...head, '\n', ...declared, ...blocks].join('');
};

/** @param {Nodes} nodes @param {Object<string, string>} prefixes @param {string[]} comments @returns {string} */
export const jsonld = (nodes, prefixes, comments) => {
  // JSON-LD knows no empty prefix.
  const { '': base, ...named } = prefixes;
  const name = (/** @type {string} */ term) => term.replace(/^<(.*)>$/, '$1').replace(/^:/, base);
  const value = (/** @type {string} */ term) => {
    const { text, language, type } = TERM.exec(term)?.groups ?? {};
    if (text === undefined) return { '@id': name(term) };
    const content = JSON.parse(text);
    if (language) return { '@value': content, '@language': language };
    return type ? { '@value': content, '@type': name(type) } : content;
  };
  const graph = [...nodes].map(([subject, node]) => {
    const fields = [...node].map(([predicate, terms]) => {
      const values = [...terms].map(predicate === 'a' ? name : value);
      return [predicate === 'a' ? '@type' : name(predicate), values.length === 1 ? values[0] : values];
    });
    return JSON.stringify({ '@id': name(subject), ...Object.fromEntries(fields) });
  });
  const context = JSON.stringify({ '@version': 1.1, ...Object.fromEntries(usedPrefixes(nodes, named)) });
  const head = `"@context": ${context},\n"comment": ${JSON.stringify(comments)},`;
  return `{\n${head}\n"@graph": [\n${graph.join(',\n')}\n]\n}\n`;
};
