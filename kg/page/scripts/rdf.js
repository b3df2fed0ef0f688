/**
 * Assertions as triples, just as kg writes them into its graph (`kg/rdf.py`): a node for each assertion with its
 * evidence, and the direct triple only for those that are accepted. Pure.
 *
 * @typedef {{iri: string}} Node
 * @typedef {{text: string, type?: string, language?: string}} Literal  `type` is a datatype's IRI
 * @typedef {[string, string, Node | Literal]} Triple  subject and predicate are IRIs
 * @typedef {{article: string, paragraph: number, times?: number}} Citation
 * @typedef {{id: string, ids: import('./wire.js').Ids, relation: string, isConcluded: boolean, polarity: string,
 *   mode: string, status: string, reason: string, when: string, said: string, note: string, holds: string,
 *   citations: Citation[], takenBack: Citation[], against: string[], premises: string[]}} Statement
 *   `relation` is a prefixed name or an IRI, `isConcluded` true where kg itself concluded it
 * @typedef {{id: string, label: string, lang: string, class?: string}} Named  `class` is a prefixed name or an IRI
 * @typedef {{base: string, namespaces: Object<string, string>, statements: Statement[], things: Named[],
 *   sources: import('./wire.js').Source[]}} Given
 */

const RDF = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#';
const RDFS = 'http://www.w3.org/2000/01/rdf-schema#';
const XSD = 'http://www.w3.org/2001/XMLSchema#';
const DCTERMS = 'http://purl.org/dc/terms/';
const SCHEMA = 'https://schema.org/';
const KG = 'https://w3id.org/actor-kg/ns#';

export const TYPE = `${RDF}type`;

/** @param {string} name @returns {string} */
const kg = (name) => `${KG}${name}`;

/** @param {string} words @returns {Node} A word of the model as a term: `did not happen` is `kg:DidNotHappen`. */
const term = (words) => ({
  iri: kg(
    words
      .split(/[ -]/)
      .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
      .join(''),
  ),
});

/** @param {string} name @param {Object<string, string>} namespaces @returns {string} The IRI of a prefixed name. */
export const expanded = (name, namespaces) => {
  const [, prefix, local] = /^([\w-]*):([A-Za-z_][\w-]*)$/.exec(name) ?? [];
  return prefix !== undefined && Object.hasOwn(namespaces, prefix) ? namespaces[prefix] + local : name;
};

/** @param {number} number @returns {Literal} */
const whole = (number) => ({ text: String(number), type: `${XSD}integer` });

/** @param {string} text @returns {Literal} A date as it is written. */
const edtf = (text) => ({ text, type: kg('edtf') });

/** @param {string} text @returns {Literal} */
const day = (text) => ({ text, type: `${XSD}date` });

/** @param {Given} given @returns {Triple[]} */
export const triplesOf = (given) => {
  /** @type {Triple[]} */
  const triples = [];
  const add = (/** @type {Triple[0]} */ s, /** @type {Triple[1]} */ p, /** @type {Triple[2]} */ o) => {
    triples.push([s, p, o]);
  };
  const node = (/** @type {string} */ id) => given.base + id;
  const record = (/** @type {string} */ kind, /** @type {string} */ id) => `${given.base}${kind}/${id}`;

  /** @param {string} of @param {string} link @param {string} name @param {Citation[]} citations */
  const cite = (of, link, name, citations) => {
    let number = 0;
    for (const { article, paragraph, times = 1 } of citations) {
      for (let time = 0; time < times; time += 1) {
        number += 1;
        const citation = record('citation', `${name}-${number}`);
        add(of, kg(link), { iri: citation });
        add(citation, TYPE, { iri: kg('Citation') });
        add(citation, kg('article'), { iri: record('article', article) });
        add(citation, kg('paragraph'), whole(paragraph));
      }
    }
  };

  for (const statement of given.statements) {
    const s = record('assertion', statement.id);
    const subject = node(statement.ids.subject);
    const relation = expanded(statement.relation, given.namespaces);
    const object = statement.ids.object ? { iri: node(statement.ids.object) } : { text: statement.ids.text };
    // The law: what is denied, contested or merely said never becomes a direct triple.
    if (statement.status === 'accepted' && statement.polarity === 'asserts') add(subject, relation, object);
    add(s, TYPE, { iri: kg(statement.isConcluded ? 'Inferred' : 'Assertion') });
    add(s, `${RDF}subject`, { iri: subject });
    add(s, `${RDF}predicate`, { iri: relation });
    add(s, `${RDF}object`, object);
    add(s, kg('polarity'), term(statement.polarity));
    add(s, kg('mode'), term(statement.mode));
    add(s, kg('status'), term(statement.status));
    if (statement.reason) add(s, kg('statusReason'), { text: statement.reason });
    if (statement.holds) add(s, kg('holds'), term(statement.holds));
    if (statement.when) add(s, kg('when'), edtf(statement.when));
    if (statement.said) add(s, kg('said'), edtf(statement.said));
    if (statement.note) add(s, kg('note'), { text: statement.note });
    for (const id of statement.ids.speakers) add(s, kg('speaker'), { iri: node(id) });
    for (const id of statement.ids.via) add(s, kg('via'), { iri: node(id) });
    for (const id of statement.ids.where) add(s, kg('where'), { iri: node(id) });
    for (const id of statement.against) add(s, kg('contradicts'), { iri: record('assertion', id) });
    for (const id of statement.premises) add(s, kg('followsFrom'), { iri: record('assertion', id) });
    cite(s, 'citation', statement.id, statement.citations);
    cite(s, 'withdrawalCitation', `${statement.id}-withdrawn`, statement.takenBack);
  }
  for (const thing of given.things) {
    const s = node(thing.id);
    if (thing.class) add(s, TYPE, { iri: expanded(thing.class, given.namespaces) });
    add(s, `${RDFS}label`, thing.lang ? { text: thing.label, language: thing.lang } : { text: thing.label });
  }
  for (const source of given.sources) {
    const s = record('article', source.id);
    add(s, TYPE, { iri: kg('Article') });
    add(s, TYPE, { iri: `${SCHEMA}NewsArticle` });
    add(s, `${DCTERMS}title`, { text: source.title });
    if (source.publisherId) add(s, kg('publisher'), { iri: node(source.publisherId) });
    if (source.originatorId) add(s, kg('originator'), { iri: node(source.originatorId) });
    if (source.published) add(s, `${DCTERMS}issued`, edtf(source.published));
    if (source.known) add(s, kg('knownFrom'), day(source.known));
    if (source.url) add(s, `${SCHEMA}url`, { iri: source.url });
  }
  return triples;
};

/**
 * @param {Triple[]} triples
 * @returns {Map<string, Map<string, (Node | Literal)[]>>} by subject, sorted, then by predicate, its type first
 */
export const bySubject = (triples) => {
  /** @type {Map<string, Map<string, Map<string, Node | Literal>>>} */
  const found = new Map();
  for (const [s, p, o] of triples) {
    let about = found.get(s);
    if (!about) {
      about = new Map();
      found.set(s, about);
    }
    let values = about.get(p);
    if (!values) {
      values = new Map();
      about.set(p, values);
    }
    values.set('iri' in o ? `<${o.iri}` : JSON.stringify(o), o);
  }
  const before = (/** @type {string} */ a, /** @type {string} */ b) => (a < b ? -1 : Number(a > b));
  const rank = (/** @type {string} */ predicate) => (predicate === TYPE ? '' : predicate);
  return new Map(
    [...found]
      .sort(([a], [b]) => before(a, b))
      .map(([subject, about]) => [
        subject,
        new Map(
          [...about]
            .sort(([a], [b]) => before(rank(a), rank(b)))
            .map(([predicate, values]) => [predicate, [...values.values()]]),
        ),
      ]),
  );
};

/**
 * @param {[string, string][]} spaces  prefixes with their IRIs
 * @param {RegExp} local  what may follow a prefix
 * @returns {{name: (iri: string) => string, used: Set<string>}}
 *   `name` shortens an IRI by the longest of the prefixes that fit, and gives nothing where none does
 */
export const shortener = (spaces, local) => {
  const longest = [...spaces].sort(([, a], [, b]) => b.length - a.length);
  /** @type {Set<string>} */
  const used = new Set();
  /** @type {Map<string, string>} */
  const known = new Map();
  const name = (/** @type {string} */ iri) => {
    let found = known.get(iri);
    if (found === undefined) {
      const [prefix, space] =
        longest.find(([, each]) => iri.startsWith(each) && local.test(iri.slice(each.length))) ?? [];
      found = space === undefined ? '' : `${prefix}:${iri.slice(space.length)}`;
      if (prefix !== undefined) used.add(prefix);
      known.set(iri, found);
    }
    return found;
  };
  return { name, used };
};
