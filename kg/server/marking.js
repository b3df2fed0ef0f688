/**
 * Words of an article's paragraphs, marked with the mouse or by keys.
 *
 * @typedef {object} Mark
 * @property {number} paragraph
 * @property {[number, number] | null} span  from which character to which (code points); null: all of the paragraph
 * @property {string} words  that are marked
 * @property {Range | null} [range]  where they stand in the page, as long as it is the same page
 * @property {boolean} [isCut]  whether more was selected, behind the paragraph
 */

const marking = (() => {
  const PLACES = '.places > li[id^="paragraph-"]';
  /** The paragraph without text that was named last; 0: none. */
  let unseen = 0;

  /** @returns {Selection} What is selected; only a frame that is not shown has none. */
  const selected = () => /** @type {Selection} */ (window.getSelection());

  /** @param {Element} place @returns {HTMLElement | null} */
  const textOf = (place) => place.querySelector('.text');

  /** @param {EventTarget | null} node @returns {HTMLElement | null} The paragraph around it. */
  function placeOf(node) {
    if (!(node instanceof Node)) return null;
    const top = node instanceof Element ? node : node.parentElement;
    return top?.closest(PLACES) ?? null;
  }

  /** @param {EventTarget | null} target @returns {HTMLElement | null} The text of a paragraph around it. */
  const textAround = (target) => (target instanceof Element && placeOf(target) ? target.closest('.text') : null);

  /** @param {HTMLElement} place @returns {HTMLElement} What of a paragraph has the focus. */
  const focusOf = (place) => textOf(place) ?? place.querySelector('h3') ?? place;

  /** @param {HTMLElement} place @returns {number} */
  const numberOf = (place) => Number(place.id.split('-')[1]);

  function makePlacesFocusable() {
    const places = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(PLACES));
    for (const place of places) focusOf(place).tabIndex = 0;
  }

  /** @param {Range} range */
  function select(range) {
    selected().removeAllRanges();
    selected().addRange(range);
  }

  /** @param {Element} top @param {number} start @param {number} end @returns {Range} From one character to another. */
  function rangeOf(top, start, end) {
    const range = document.createRange();
    const walker = document.createTreeWalker(top, NodeFilter.SHOW_TEXT);
    let at = 0;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const length = (node.nodeValue ?? '').length;
      if (start >= at && start <= at + length) range.setStart(node, start - at);
      if (end >= at && end <= at + length) {
        range.setEnd(node, end - at);
        return range;
      }
      at += length;
    }
    return range;
  }

  /** @param {Element} top @param {Node} node @param {number} offset @returns {string} What stands before a place. */
  function textBefore(top, node, offset) {
    const range = document.createRange();
    range.selectNodeContents(top);
    range.setEnd(node, offset);
    return range.toString();
  }

  /** @returns {Range | null} What is selected, if it is anything. */
  function selectedRange() {
    const selection = selected();
    return selection.rangeCount && !selection.isCollapsed ? selection.getRangeAt(0) : null;
  }

  /** @returns {Mark | null} What the selection marks, or else the paragraph that has the focus. */
  function read() {
    const range = selectedRange();
    const start = range && placeOf(range.startContainer);
    const text = start && textOf(start);
    if (range && start && text?.contains(range.startContainer)) {
      const all = [...(text.textContent ?? '')];
      const from = [...textBefore(text, range.startContainer, range.startOffset)].length;
      const isCut = !text.contains(range.endContainer);
      if (isCut) range.setEnd(text, text.childNodes.length);
      const to = [...textBefore(text, range.endContainer, range.endOffset)].length;
      return { paragraph: numberOf(start), span: [from, to], words: all.slice(from, to).join('').trim(), range, isCut };
    }
    const place = placeOf(document.activeElement);
    const paragraph = place ? numberOf(place) : unseen;
    return paragraph ? { paragraph, span: null, words: '', range: null } : null;
  }

  /** @param {Range | null | undefined} range  to be lit, in the place of any other */
  function light(range) {
    if (!('highlights' in CSS)) return;
    CSS.highlights.delete('kg-marked');
    if (range) CSS.highlights.set('kg-marked', new Highlight(range.cloneRange()));
  }

  /**
   * @param {HTMLElement} text @param {[number, number][]} words  where each begins and ends
   * @returns {[number, number]} The first and the last word that is selected; of nothing, before the first.
   */
  function selectedWords(text, words) {
    const range = selectedRange();
    if (!range || !text.contains(selected().anchorNode)) return [-1, -1];
    const start = textBefore(text, range.startContainer, range.startOffset).length;
    const end = start + range.toString().length;
    return [words.findIndex((word) => word[1] > start), words.findLastIndex((word) => word[0] < end)];
  }

  /**
   * @param {string} text @returns {[number, number][]} Where its words begin and end: what stands between blanks and,
   * in scripts that write none, what the browser takes for a word.
   */
  function wordsOf(text) {
    const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' });
    /** @type {[number, number][]} */
    const words = [];
    for (const { 0: piece, index } of text.matchAll(/\S+/g)) {
      const hasNoBlanks = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]/u.test(piece);
      const parts = hasNoBlanks ? [...segmenter.segment(piece)] : [{ segment: piece, index: 0 }];
      for (const part of parts) words.push([index + part.index, index + part.index + part.segment.length]);
    }
    return words;
  }

  /**
   * Moves the first or the last word that is marked, by words.
   * @param {HTMLElement} text @param {string} key @param {boolean} isLast
   * @returns {string} What is marked then, in words.
   */
  function move(text, key, isLast) {
    const words = wordsOf(text.textContent ?? '');
    /** @type {Record<string, number>} */
    const steps = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 10, ArrowUp: -10, End: words.length, Home: -words.length };
    let [first, last] = selectedWords(text, words);
    if (first < 0) [first, last] = [0, 0];
    else if (isLast) last += steps[key];
    else {
      first += steps[key];
      last = first;
    }
    first = Math.max(0, Math.min(words.length - 1, first));
    last = Math.max(first, Math.min(words.length - 1, last));
    select(rangeOf(text, words[first][0], words[last][1]));
    return `Marked: ${selected().toString()}`;
  }

  /** @param {string} paragraph  its number @returns {string} Where one is then, in words. */
  function goTo(paragraph) {
    const place = document.getElementById(`paragraph-${paragraph}`);
    selected().removeAllRanges();
    unseen = 0;
    if (!place) {
      if (document.querySelector(`${PLACES} .text`)) return `There is no paragraph ${paragraph} here`;
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
      unseen = Number(paragraph);
      return `Paragraph ${paragraph}, to be cited as a whole: its text is not at hand`;
    }
    focusOf(place).focus();
    place.scrollIntoView({ block: 'center' });
    return `Paragraph ${paragraph}`;
  }

  /** @param {Mark} mark  that is selected again */
  function returnTo({ paragraph, range }) {
    const place = document.getElementById(`paragraph-${paragraph}`);
    if (!place) return;
    focusOf(place).focus({ preventScroll: true });
    if (range?.startContainer.isConnected) select(range);
  }

  /** Scrolls the page until nothing covers what is marked. @param {Mark} mark @param {Element} cover */
  function showAbove({ paragraph, range }, cover) {
    const words = range?.startContainer.isConnected ? range : document.getElementById(`paragraph-${paragraph}`);
    const [box, lid] = [words?.getBoundingClientRect(), cover.getBoundingClientRect()];
    if (!box || lid.left > 0) return;
    if (box.top < 0 || box.bottom > lid.top) window.scrollBy(0, box.top - lid.top / 3);
  }

  return { textAround, makePlacesFocusable, read, light, showAbove, move, goTo, returnTo };
})();
