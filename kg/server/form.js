/**
 * The composer's form: what it says of the words that are marked, what would be written, and writing. What may be meant
 * and what it would say is the server's word.
 *
 * @typedef {'assertion' | 'denial' | 'end' | 'beginning' | 'citation' | 'name'} Kind
 *
 * @typedef {object} Choice  Something that may be meant, or with a section a new thing.
 * @property {string} label
 * @property {string} [id]
 * @property {string} [kind]
 * @property {string} [other]  another name of it, which holds the words that are typed
 * @property {string} [section]
 * @property {string} [type]
 * @property {string} [noun]  what a new thing is called
 * @property {boolean} [isBegun]  it is only begun: more is to be typed behind it
 *
 * @typedef {{message: string, hint: string, findings: string}} Refusal
 * @typedef {{file: string, line: number, yaml: string, before: string}} Part  What is written into a file.
 * @typedef {{sentence: string, parts: Part[], warnings: string[]}} Draft
 * @typedef {{sentence: string, place: string}} Written
 * @typedef {{choices: Choice[], news: Choice[], isBegun: boolean}} Offer
 * @typedef {HTMLInputElement | HTMLSelectElement} Field
 * @typedef {object} Stored
 * @property {Record<string, string>} values
 * @property {Record<string, Choice>} chosen
 * @property {Mark | null} marked
 * @property {string} text  the fingerprint of the article's text
 * @property {Kind | null} opened  of the form, if it is open
 */

/**
 * What the desk says to a request, or why it refuses it.
 * @template T
 * @typedef {{answer: T, refusal?: undefined} | {answer?: undefined, refusal: Refusal}} Answered
 */

/**
 * Asks something of the desk.
 * @template T @param {string} what @param {object} body @returns {Promise<Answered<T>>}
 */
const askDesk = async (what, body) => {
  const headers = { 'content-type': 'application/json' };
  const request = { method: 'POST', headers, body: JSON.stringify(body) };
  const response = await fetch(`/desk/${what}`, request).catch(() => null);
  const text = (await response?.text()) ?? 'kg serve does not answer: what you typed is kept here';
  try {
    const told = JSON.parse(text);
    return response?.status === 200 ? { answer: told } : { refusal: told };
  } catch {
    // What refuses a request before the desk sees it answers in plain words.
    return { refusal: { message: text, hint: '', findings: '' } };
  }
};

const form = (() => {
  const { article = '', text = '' } = document.currentScript?.dataset ?? {};
  const STORED = `kg-desk-${article}`;
  const NEEDED = ['subject', 'relation', 'object', 'claim', 'state', 'assertion', 'thing', 'name'];
  /** @type {Record<Kind, string>} */
  const TITLES = {
    assertion: 'Assertion',
    denial: 'Denial of a claim here',
    end: 'End of a state',
    beginning: 'Beginning of a state',
    citation: 'Citation of what is written already',
    name: 'Another name',
  };
  /** @type {Draft} */
  const NO_DRAFT = { sentence: '', parts: [], warnings: [] };

  /** @param {string} name @returns {HTMLElement} An element that the composer is known to have. */
  const element = (name) => /** @type {HTMLElement} */ (document.getElementById(`kg-${name}`));
  const desk = element('desk');
  const own = /** @type {HTMLFormElement} */ (desk.querySelector('form'));
  const submit = /** @type {HTMLButtonElement} */ (own.querySelector('[type=submit]'));
  const nameField = /** @type {HTMLInputElement} */ (element('name'));

  /** @type {Mark | null} */
  let marked = null;
  /** @type {Kind} */
  let kind = 'assertion';
  /** What was taken from a list, by field. @type {Record<string, Choice>} */
  let chosen = {};
  /** The fingerprint of each file of the draft that is shown. @type {Record<string, string> | null} */
  let seen = null;
  /** What is wrong, which is not said while somebody still types. */
  let wrongWords = '';
  let isTyping = false;
  let order = 0;
  let timer = 0;
  let pending = Promise.resolve();

  /** @param {string} words */
  const tell = (words) => {
    element('told').textContent = words;
  };
  const fields = () => [.../** @type {NodeListOf<Field>} */ (own.querySelectorAll('input, select'))];
  /** @param {Field} field @returns {boolean} Whether the kind has it. */
  const isShown = (field) => !(/** @type {HTMLElement | null} */ (field.closest('[data-kinds]'))?.hidden);
  /** @param {Field} field */
  const isNeeded = (field) => NEEDED.includes(field.name);
  /** @param {Field} field */
  const hasChoice = (field) => field.name in chosen;
  /** @param {Refusal} refusal */
  const wordsOf = ({ message, hint, findings }) => [message, hint, findings].filter(Boolean).join('\n');

  /** @param {Field} field @param {Choice} [choice]  none: its words are taken as they are */
  function choose(field, choice) {
    if (choice) chosen[field.name] = choice;
    else delete chosen[field.name];
    showKind(field.name);
  }

  /** Shows the field for the kind of a new thing. @param {string} name  of the field that names the thing */
  function showKind(name) {
    const box = document.getElementById(`kg-kind-box-${name}`);
    if (box) box.hidden = !chosen[name]?.section;
  }

  /** @param {Field} field @returns {string} The field whose new thing it tells the kind of; empty: none. */
  const newThingOf = (field) => /^kind-(.*)/.exec(field.name)?.[1] ?? '';

  /** What is sent of the form. */
  function body() {
    /** @type {Record<string, string>} */
    const values = {};
    /** @type {Record<string, Pick<Choice, 'section' | 'type' | 'label'>>} */
    const made = {};
    for (const field of fields()) {
      if (!isShown(field) || !field.value || newThingOf(field)) continue;
      const choice = chosen[field.name];
      values[field.name] = choice?.id ?? field.value;
      const type = chosen[`kind-${field.name}`]?.id ?? choice?.type;
      if (choice?.section) made[field.name] = { section: choice.section, type, label: choice.label };
    }
    return { kind, article, paragraph: marked?.paragraph, span: marked?.span, fields: values, new: made };
  }

  /** @param {Field} field @returns {Promise<Choice[] | null>} What its words may mean; null where the desk refuses. */
  async function offersFor(field) {
    const { subject = '', relation = '' } = body().fields;
    const thing = newThingOf(field);
    const section = chosen[thing]?.section ?? '';
    const beside = { article, subject, relation, section, passage: marked?.words ?? '' };
    const asked = { field: thing ? 'kind' : field.name, words: field.value, ...beside };
    /** @type {Answered<Offer>} */
    const { answer } = await askDesk('choices', asked);
    if (!answer) return null;
    const { choices, news, isBegun } = answer;
    return [...choices.map((choice) => ({ ...choice, isBegun })), ...news];
  }

  // What is typed is kept in the tab

  function keep() {
    const values = Object.fromEntries(fields().map((field) => [field.name, field.value]));
    const mark = marked && { ...marked, range: undefined };
    const opened = desk.hidden ? null : kind;
    sessionStorage.setItem(STORED, JSON.stringify({ values, chosen, marked: mark, text, opened }));
  }

  /** @param {string} key @returns {Stored | null} */
  const read = (key) => JSON.parse(sessionStorage.getItem(key) ?? 'null');

  /** @returns {string} The key of what was typed of this text when its article had another id; empty: nothing. */
  function keyOfFormerId() {
    const keys = text ? Object.keys(sessionStorage).filter((key) => key.startsWith('kg-desk-')) : [];
    return keys.find((key) => read(key)?.text === text) ?? '';
  }

  function restore() {
    const former = read(STORED) ? '' : keyOfFormerId();
    const stored = read(former || STORED);
    if (!stored) return;
    for (const field of fields()) field.value = stored.values[field.name] ?? '';
    ({ chosen, marked } = stored);
    for (const field of fields()) showKind(field.name);
    if (!former) return;
    sessionStorage.removeItem(former);
    if (stored.opened) open(stored.opened);
    else keep();
  }

  /**
   * @param {Mark} fresh  without a span where the page was made anew meanwhile @param {Mark} before
   * @returns {boolean} Whether both mark the same words.
   */
  const isSame = (fresh, before) =>
    fresh.paragraph === before.paragraph && (!fresh.span || `${fresh.span}` === `${before.span}`);

  function clear() {
    own.reset();
    [chosen, seen] = [{}, null];
    for (const field of fields()) showKind(field.name);
    sessionStorage.removeItem(STORED);
    showDraft(NO_DRAFT);
  }

  // What would be written

  function sayWrong() {
    element('wrong').textContent = isTyping ? '' : wrongWords;
  }

  /** @param {Draft} draft @param {string} [wrong] */
  function showDraft({ sentence, parts, warnings }, wrong = warnings.filter(Boolean).join('\n')) {
    element('says').textContent = sentence;
    wrongWords = wrong;
    sayWrong();
    const yaml = element('yaml');
    yaml.textContent = parts.map((part) => `# ${part.file}:${part.line}\n${part.yaml}`).join('\n');
    yaml.hidden = !yaml.textContent;
  }

  async function draft() {
    order += 1;
    const mine = order;
    /** @type {Answered<Draft>} */
    const { answer, refusal } = await askDesk('draft', body());
    if (mine !== order) return;
    seen = answer ? Object.fromEntries(answer.parts.toReversed().map((part) => [part.file, part.before])) : null;
    if (answer) showDraft(answer);
    else showDraft(NO_DRAFT, wordsOf(refusal));
  }

  function draftSoon() {
    clearTimeout(timer);
    seen = null;
    order += 1;
    keep();
    const isReady = fields().every((field) => !isShown(field) || field.value || !isNeeded(field));
    if (!isReady) {
      showDraft(NO_DRAFT);
      return;
    }
    timer = setTimeout(() => {
      pending = draft();
    }, 250);
  }

  async function write() {
    isTyping = false;
    await typingAhead.whenDone();
    clearTimeout(timer);
    await pending;
    if (!seen) await draft();
    sayWrong();
    if (!seen) return;
    const wish = { ...body(), before: seen };
    /** @type {Answered<Written>} */
    const { answer, refusal } = await askDesk('write', wish);
    if (refusal) {
      await draft();
      element('wrong').textContent = wordsOf(refusal);
      return;
    }
    clear();
    close();
    tell(`Written: ${answer.sentence} ${answer.place}`);
  }

  // The form is shown, walked through and closed

  /** Takes the words that are marked now. What was typed of other words is not said of these. */
  function takeMark() {
    const fresh = marking.read();
    if (fresh && marked && isSame(fresh, marked)) marked = { ...marked, range: fresh.range ?? marked.range };
    else if (fresh) {
      if (marked) clear();
      marked = fresh;
    }
  }

  /** @param {Kind} name */
  function open(name) {
    takeMark();
    if (!marked) {
      tell('Mark words first, with the mouse, or by the number of a paragraph and Enter, then Shift and arrows.');
      return;
    }
    kind = name;
    element('desk-title').textContent = TITLES[kind];
    for (const part of /** @type {NodeListOf<HTMLElement>} */ (own.querySelectorAll('[data-kinds]'))) {
      part.hidden = !part.dataset.kinds?.split(' ').includes(kind);
    }
    element('words').textContent = marked.words;
    const rest = marked.isCut ? ': a citation ends with its paragraph; name the rest under More' : '';
    element('place').textContent = `${marked.words ? '' : 'the whole of '}paragraph ${marked.paragraph}${rest}`;
    if (kind === 'name' && !nameField.value) nameField.value = marked.words;
    desk.hidden = false;
    marking.light(marked.range);
    marking.showAbove(marked, desk);
    const first = fields().find(isShown);
    first?.focus();
    if (first instanceof HTMLInputElement) first.select();
    draftSoon();
  }

  function close() {
    desk.hidden = true;
    if (read(STORED)) keep();
    if (marked) marking.returnTo(marked);
    marking.light(null);
  }

  /** @param {Field} field  that is filled in: the next has the focus */
  function moveOn(field) {
    const shown = fields().filter(
      (each) => each === field || (isShown(each) && each.checkVisibility() && !newThingOf(each)),
    );
    (shown[shown.indexOf(field) + 1] ?? submit).focus();
    draftSoon();
  }

  for (const field of fields().filter((each) => each.role !== 'combobox')) {
    field.addEventListener('input', draftSoon);
    field.addEventListener('keydown', (event) => {
      if (/** @type {KeyboardEvent} */ (event).key !== 'Enter') return;
      if (/** @type {KeyboardEvent} */ (event).ctrlKey || /** @type {KeyboardEvent} */ (event).metaKey) return;
      event.preventDefault();
      moveOn(field);
    });
  }
  own.addEventListener('input', ({ target }) => {
    isTyping = target instanceof HTMLInputElement;
    sayWrong();
  });
  own.addEventListener('focusout', () => {
    isTyping = false;
    sayWrong();
  });
  element('close').addEventListener('click', close);
  desk.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') {
      event.preventDefault();
      close();
    } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      write();
    }
  });
  own.addEventListener('submit', (event) => {
    event.preventDefault();
    write();
  });
  restore();
  return { tell, fields, isNeeded, hasChoice, choose, offersFor, draftSoon, open, moveOn };
})();
