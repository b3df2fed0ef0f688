// The composer: words marked in a paragraph become an assertion, a denial or a name. What may be
// meant, what it would say and what is written is the server's word; this shows it.
(() => {
  const article = document.currentScript.dataset.article;
  const desk = document.getElementById('kg-desk');
  const form = desk.querySelector('form');
  const told = document.getElementById('kg-told');
  const KEYS = { a: 'assertion', d: 'denial', n: 'name' };
  const TITLES = { assertion: 'Assertion', denial: 'Denial of a claim here', name: 'Another name' };
  const STORED = `kg-desk-${article}`;
  /** What is marked: the paragraph, from which character to which (code points), and the words. */
  let marked = null;
  let kind = 'assertion';
  /** What was taken from a list, by field: the id, or the new thing. */
  let chosen = {};
  let seen = null;
  let order = 0;
  let timer = 0;
  let pending = Promise.resolve();
  let number = '';

  const element = (name) => document.getElementById(`kg-${name}`);
  const fieldsOf = () => [...form.querySelectorAll('input, select')];
  const isShown = (field) => !field.closest('[data-kinds]')?.hidden;

  async function ask(what, body) {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`/desk/${what}`, { method: 'POST', headers, body: JSON.stringify(body) }).catch(() => null);
    const text = (await response?.text()) ?? 'kg serve does not answer: what you typed is kept here';
    let answer = { message: text, hint: '', findings: '' };
    try {
      answer = JSON.parse(text);
    } catch {
      // What refuses a request before the desk sees it answers in plain words.
    }
    return { status: response?.status ?? 0, answer };
  }

  // Paragraphs, and words in them

  const textOf = (place) => place.querySelector('.text');
  const places = () => [...document.querySelectorAll('.places > li[id^="paragraph-"]')];
  const numberOf = (place) => Number(place.id.split('-')[1]);
  const placeOf = (node) => (node instanceof Element ? node : node?.parentElement)?.closest('.places > li[id^="paragraph-"]');
  const focusOf = (place) => textOf(place) ?? place.querySelector('h3');

  function makePlacesFocusable() {
    for (const place of places()) focusOf(place).tabIndex = 0;
  }

  /** The range of the characters from one to another of an element. */
  function rangeOf(top, start, end) {
    const range = document.createRange();
    const walker = document.createTreeWalker(top, NodeFilter.SHOW_TEXT);
    let at = 0;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const length = node.data.length;
      if (start >= at && start <= at + length) range.setStart(node, start - at);
      if (end >= at && end <= at + length) {
        range.setEnd(node, end - at);
        return range;
      }
      at += length;
    }
    return range;
  }

  /** How many code points stand in an element before a place. */
  function offsetOf(top, node, offset) {
    const range = document.createRange();
    range.selectNodeContents(top);
    range.setEnd(node, offset);
    return [...range.toString()].length;
  }

  /** What the selection marks, or else the paragraph that has the focus. */
  function readMark() {
    const selection = window.getSelection();
    if (selection.rangeCount && !selection.isCollapsed) {
      const range = selection.getRangeAt(0);
      const place = placeOf(range.startContainer);
      const text = place && textOf(place);
      if (text?.contains(range.startContainer)) {
        const from = offsetOf(text, range.startContainer, range.startOffset);
        const isWithin = text.contains(range.endContainer);
        const to = isWithin ? offsetOf(text, range.endContainer, range.endOffset) : [...text.textContent].length;
        return { paragraph: numberOf(place), span: [from, to], words: [...text.textContent].slice(from, to).join('').trim(), range };
      }
    }
    const place = placeOf(document.activeElement);
    return place ? { paragraph: numberOf(place), span: null, words: '', range: null } : null;
  }

  function light(range) {
    if (!('highlights' in CSS)) return;
    CSS.highlights.delete('kg-marked');
    if (range) CSS.highlights.set('kg-marked', new Highlight(range.cloneRange()));
  }

  /** Moves the first or the last word that is marked, by words. */
  function moveMark(text, key, isLast) {
    const words = [...text.textContent.matchAll(/\S+/g)].map((word) => [word.index, word.index + word[0].length]);
    const selection = window.getSelection();
    let [first, last] = [-1, -1];
    if (selection.rangeCount && !selection.isCollapsed && text.contains(selection.anchorNode)) {
      const range = selection.getRangeAt(0);
      const before = document.createRange();
      before.selectNodeContents(text);
      before.setEnd(range.startContainer, range.startOffset);
      const start = before.toString().length;
      const end = start + range.toString().length;
      first = words.findIndex((word) => word[1] > start);
      last = words.findLastIndex((word) => word[0] < end);
    }
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 10, ArrowUp: -10, End: words.length, Home: -words.length }[key];
    if (first < 0) [first, last] = [0, 0];
    else if (isLast) last += step;
    else {
      first += step;
      last = first;
    }
    first = Math.max(0, Math.min(words.length - 1, first));
    last = Math.max(first, Math.min(words.length - 1, last));
    selection.removeAllRanges();
    selection.addRange(rangeOf(text, words[first][0], words[last][1]));
    told.textContent = `Marked: ${selection.toString()}`;
  }

  function goTo(paragraph) {
    const place = document.getElementById(`paragraph-${paragraph}`);
    told.textContent = place ? `Paragraph ${paragraph}` : `There is no paragraph ${paragraph} here`;
    if (!place) return;
    window.getSelection().removeAllRanges();
    focusOf(place).focus();
    place.scrollIntoView({ block: 'center' });
  }

  // The form

  function show(name) {
    kind = name;
    element('desk-title').textContent = TITLES[kind];
    for (const part of form.querySelectorAll('[data-kinds]')) part.hidden = !part.dataset.kinds.split(' ').includes(kind);
    element('words').textContent = marked.words;
    element('place').textContent = `${marked.words ? '' : 'the whole of '}paragraph ${marked.paragraph}`;
    if (kind === 'name' && !element('name').value) element('name').value = marked.words;
    desk.hidden = false;
    light(marked.range);
    fieldsOf().find(isShown)?.focus();
    draftSoon();
  }

  function open(name) {
    const mark = readMark() ?? marked;
    if (!mark) {
      told.textContent = 'Mark words first, with the mouse, or by the number of a paragraph and Enter, then Shift and arrows.';
      return;
    }
    marked = mark;
    show(name);
  }

  function close() {
    desk.hidden = true;
    const place = marked && document.getElementById(`paragraph-${marked.paragraph}`);
    if (place) focusOf(place).focus({ preventScroll: true });
    if (place && marked.range?.startContainer.isConnected) {
      window.getSelection().removeAllRanges();
      window.getSelection().addRange(marked.range);
    }
    light(null);
  }

  function body() {
    const fields = {};
    const made = {};
    for (const field of fieldsOf()) {
      if (!isShown(field) || !field.value) continue;
      const choice = chosen[field.name];
      fields[field.name] = choice?.id ?? field.value;
      if (choice?.section) made[field.name] = { section: choice.section, type: choice.type, label: choice.label };
    }
    return { kind, article, paragraph: marked.paragraph, span: marked.span, fields, new: made };
  }

  function keep() {
    const values = Object.fromEntries(fieldsOf().map((field) => [field.name, field.value]));
    const { range: _, ...rest } = marked ?? {};
    sessionStorage.setItem(STORED, JSON.stringify({ values, chosen, marked: marked && rest }));
  }

  function restore() {
    const stored = JSON.parse(sessionStorage.getItem(STORED) ?? 'null');
    if (!stored) return;
    for (const field of fieldsOf()) field.value = stored.values[field.name] ?? '';
    chosen = stored.chosen;
    marked = stored.marked;
  }

  function clear() {
    form.reset();
    [chosen, seen] = [{}, null];
    sessionStorage.removeItem(STORED);
    showDraft(200, { sentence: '', parts: [], warnings: [] });
  }

  function showDraft(status, answer) {
    const isDraft = status === 200;
    element('says').textContent = isDraft ? answer.sentence : '';
    const words = isDraft ? answer.warnings : [answer.message, answer.hint, answer.findings];
    element('wrong').textContent = words.filter(Boolean).join('\n');
    const yaml = element('yaml');
    yaml.textContent = isDraft ? answer.parts.map((part) => `# ${part.file}:${part.line}\n${part.yaml}`).join('\n') : '';
    yaml.hidden = !yaml.textContent;
  }

  async function draft() {
    const mine = ++order;
    const { status, answer } = await ask('draft', body());
    if (mine !== order) return;
    seen = status === 200 ? Object.fromEntries(answer.parts.toReversed().map((part) => [part.file, part.before])) : null;
    showDraft(status, answer);
  }

  function draftSoon() {
    clearTimeout(timer);
    seen = null;
    order += 1;
    keep();
    const isReady = fieldsOf().every((field) => !isShown(field) || field.value || !needed(field.name));
    if (!isReady) {
      showDraft(200, { sentence: '', parts: [], warnings: [] });
      return;
    }
    timer = setTimeout(() => {
      pending = draft();
    }, 250);
  }

  const needed = (name) => ['subject', 'relation', 'object', 'claim', 'thing', 'name'].includes(name);

  async function write() {
    clearTimeout(timer);
    await pending;
    if (!seen) await draft();
    if (!seen) return;
    const { status, answer } = await ask('write', { ...body(), before: seen });
    if (status !== 200) {
      await draft();
      element('wrong').textContent = [answer.message, answer.hint, answer.findings].filter(Boolean).join('\n');
      return;
    }
    clear();
    close();
    told.textContent = `Written: ${answer.sentence} ${answer.place}`;
  }

  // Type-aheads

  const listOf = (field) => document.getElementById(field.getAttribute('aria-controls'));
  const optionsOf = (field) => [...listOf(field).children];

  function fold(field) {
    listOf(field).hidden = true;
    field.setAttribute('aria-expanded', 'false');
    field.removeAttribute('aria-activedescendant');
  }

  function mark(field, at) {
    const options = optionsOf(field);
    if (!options.length) return;
    const place = (at + options.length) % options.length;
    for (const [index, option] of options.entries()) option.setAttribute('aria-selected', String(index === place));
    field.setAttribute('aria-activedescendant', options[place].id);
    options[place].scrollIntoView({ block: 'nearest' });
  }

  const markedOption = (field) => optionsOf(field).findIndex((option) => option.getAttribute('aria-selected') === 'true');

  function makeOption(field, index, choice) {
    const option = document.createElement('li');
    option.id = `${field.id}-${index}`;
    option.setAttribute('role', 'option');
    option.choice = choice;
    const small = document.createElement('small');
    small.textContent = ` ${[choice.other, choice.section ? `new ${choice.section.replace(/s$/, '')}` : choice.kind].filter(Boolean).join(', ')}`;
    option.append(choice.label, small);
    option.addEventListener('mousedown', (event) => {
      event.preventDefault();
      take(field, option);
    });
    return option;
  }

  async function offer(field) {
    const words = field.value;
    const { fields } = body();
    const asked = { field: field.name, words, article, subject: fields.subject ?? '', relation: fields.relation ?? '' };
    const { status, answer } = await ask('choices', asked);
    if (field.value !== words || document.activeElement !== field || status !== 200) return;
    const options = [...answer.choices, ...answer.news].map((choice, index) => makeOption(field, index, choice));
    listOf(field).replaceChildren(...options);
    listOf(field).hidden = !options.length;
    field.setAttribute('aria-expanded', String(options.length > 0));
    mark(field, 0);
  }

  function take(field, option) {
    chosen[field.name] = option.choice;
    field.value = option.choice.label;
    moveOn(field);
  }

  function moveOn(field) {
    fold(field);
    const shown = fieldsOf().filter((each) => isShown(each) && each.offsetParent);
    (shown[shown.indexOf(field) + 1] ?? form.querySelector('[type=submit]')).focus();
    draftSoon();
  }

  /** Enter takes the first that is offered; of an empty field that may stay empty it goes on. */
  async function enter(field) {
    await field.offering;
    const option = optionsOf(field)[Math.max(0, markedOption(field))];
    const isMeant = field.value || needed(field.name) || field.moved;
    if (option && !listOf(field).hidden && isMeant) take(field, option);
    else moveOn(field);
  }

  for (const field of form.querySelectorAll('[role=combobox]')) {
    field.addEventListener('input', () => {
      delete chosen[field.name];
      field.moved = false;
      field.offering = offer(field);
      draftSoon();
    });
    field.addEventListener('focus', () => {
      field.moved = false;
      if (!chosen[field.name]) field.offering = offer(field);
    });
    field.addEventListener('blur', () => fold(field));
    field.addEventListener('keydown', (event) => {
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
        event.preventDefault();
        const isFirst = event.key === 'ArrowDown' && !field.value && !needed(field.name) && !field.moved;
        field.moved = true;
        mark(field, isFirst ? 0 : markedOption(field) + (event.key === 'ArrowDown' ? 1 : -1));
      } else if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) {
        event.preventDefault();
        enter(field);
      }
    });
  }

  for (const field of [element('name'), element('mode')]) {
    field.addEventListener('input', draftSoon);
    field.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || field.tagName === 'SELECT') return;
      event.preventDefault();
      form.querySelector('[type=submit]').focus();
      draftSoon();
    });
  }

  // Keys

  desk.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') {
      event.preventDefault();
      close();
    } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      write();
    }
  });

  document.addEventListener('keydown', (event) => {
    const isTyping = event.target.closest?.('input, select, textarea, #kg-desk');
    if (isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    const text = placeOf(event.target) && event.target.closest('.text');
    if (KEYS[event.key]) {
      event.preventDefault();
      open(KEYS[event.key]);
    } else if (/^[0-9]$/.test(event.key)) {
      number += event.key;
      told.textContent = `Paragraph ${number}: Enter`;
    } else if (event.key === 'Enter' && number) {
      event.preventDefault();
      goTo(number);
      number = '';
    } else if (text && (event.key === 'ArrowLeft' || event.key === 'ArrowRight' || event.shiftKey) && /^(Arrow|Home|End)/.test(event.key)) {
      event.preventDefault();
      moveMark(text, event.key, event.shiftKey);
    } else if (event.key === 'Escape') number = '';
  });

  for (const button of document.querySelectorAll('#kg-bar [data-kind]')) {
    // The selection would be lost with the focus.
    button.addEventListener('mousedown', (event) => event.preventDefault());
    button.addEventListener('click', () => open(button.dataset.kind));
  }
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    write();
  });
  element('close').addEventListener('click', close);
  document.addEventListener('kg-refreshed', makePlacesFocusable);
  makePlacesFocusable();
  restore();
})();
