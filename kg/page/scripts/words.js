/**
 * Building blocks of the panel. Whatever came from the data becomes a text node, never markup.
 *
 * @typedef {import('./data.js').Part} Part
 */

import { DATES, statusName } from './data.js';
import { nameOf } from './names.js';
import { dayInWords } from './time.js';

/**
 * An element: `make('p.kind', { id: 'one' }, 'text')`.
 *
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K | `${K}.${string}`} tag  with its classes
 * @param {...(Object<string, string> | Node | string | null | undefined | false)} content
 *   attributes, if there are any, then children; what is nothing is left out
 * @returns {HTMLElementTagNameMap[K]}
 */
export const make = (tag, ...content) => {
  const [name, ...classes] = tag.split('.');
  const element = document.createElement(/** @type {K} */ (name));
  element.classList.add(...classes);
  for (const each of content) {
    if (!each) continue;
    if (typeof each === 'string' || each instanceof Node) element.append(each);
    else for (const [key, value] of Object.entries(each)) element.setAttribute(key, value);
  }
  return element;
};

/**
 * @param {() => void} act  when it is pressed
 * @param {...(Object<string, string> | Node | string | false)} content  as of `make`
 * @returns {HTMLButtonElement}
 */
export const makeButton = (act, ...content) => {
  const button = make('button', { type: 'button' }, ...content);
  button.addEventListener('click', act);
  return button;
};

/**
 * @param {() => void} act  when it is pressed @param {string} label @param {string} sign  what is seen of it
 * @returns {HTMLButtonElement}
 */
export const signButton = (act, label, sign) => makeButton(act, { 'aria-label': label, title: label }, sign);

/** What tells one button from others, before and after it is drawn anew. */
const TELLING = ['data-same', 'data-fold', 'data-event', 'aria-label'];

/** @param {Element} button @returns {string | null} */
const sameness = (button) => TELLING.map((name) => button.getAttribute(name)).find(Boolean) ?? button.textContent;

/**
 * Draws anew what a box holds; a keyboard that was in it stays at the same button or, if that is gone, goes elsewhere.
 *
 * @param {HTMLElement} box @param {() => void} draw @param {HTMLElement} [elsewhere]
 */
export const keepFocus = (box, draw, elsewhere) => {
  const focused = box.contains(document.activeElement) ? document.activeElement : null;
  const same = focused && sameness(focused);
  draw();
  if (!focused) return;
  const buttons = [...box.querySelectorAll('button')].filter((button) => !button.disabled);
  const again = focused instanceof HTMLButtonElement && buttons.find((button) => sameness(button) === same);
  if (again) again.focus();
  else elsewhere?.focus({ preventScroll: true });
};

/**
 * @template T @param {T[]} items @param {number} most @param {(items: T[]) => HTMLElement | null} list
 * @returns {(HTMLElement | null)[]} a list of the first, and of the rest on demand
 */
export const foldRest = (items, most, list) => {
  const rest = items.slice(most);
  const more = rest.length > 0 && make('details.more', make('summary', `${rest.length} more`), list(rest));
  return [list(items.slice(0, most)), more || null];
};

/**
 * @param {string} tag @param {Object<string, string | number | undefined>} attributes
 * @param {...(Node | string | null)} children
 * @returns {SVGElement}
 */
export const svgElement = (tag, attributes, ...children) => {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined) continue;
    element.setAttribute(name, typeof value === 'number' ? String(Math.round(value * 100) / 100) : value);
  }
  for (const child of children) if (child !== null) element.append(child);
  return element;
};

/** @param {string} text @returns {HTMLElement} A name, kept apart from the direction of the text around it. */
export const bdi = (text) => make('bdi', { dir: 'auto' }, text);

/** @param {string} id @param {string} [name] @returns {HTMLElement} The name of a thing, to be clicked. */
export const thingLink = (id, name = nameOf(id)) => make('a', { href: `#thing/${encodeURIComponent(id)}` }, bdi(name));

/** @param {string} id @param {...(Node | string)} content @returns {HTMLElement} A way to an assertion's card. */
export const assertionLink = (id, ...content) =>
  make('a', { href: `#assertion/${encodeURIComponent(id)}` }, ...content);

/** @param {Part[]} parts @param {boolean} [links] @returns {(Node | string)[]} */
export const words = (parts, links = true) =>
  parts.map((part) => {
    if (typeof part === 'string') return part;
    const [id, name = nameOf(id)] = part;
    return links && id ? thingLink(id, name) : bdi(name);
  });

/** @param {Part[]} parts @returns {string} */
export const plain = (parts) =>
  parts.map((part) => (typeof part === 'string' ? part : (part[1] ?? nameOf(part[0])))).join('');

/** @param {number} count @param {string} one @param {string} [many] @returns {string} */
export const countNoun = (count, one, many = `${one}s`) => `${formatCount(count)} ${count === 1 ? one : many}`;

const { format } = new Intl.NumberFormat('en-GB');

/** @param {number} count @returns {string} It with its thousands apart. */
export const formatCount = (count) => format(count);

/** @param {string} status @returns {HTMLElement} */
export const statusWord = (status) => make(`span.status.status-${status.replaceAll(' ', '-')}`, statusName(status));

/** @param {import('./data.js').Card} card @returns {HTMLElement | null} Which details others say otherwise, if any. */
export const contestedDetails = ({ details }) =>
  details.length > 0 ? make('span.flag.bad', `${details.map(([name]) => name).join(', ')} contested`) : null;

/** @param {string} written  a date of the sources, or a day @returns {string} It as people write it. */
export const dateInWords = (written) => DATES[written] ?? dayInWords(written);

/** @param {string} written  a date of the sources, or a day @returns {string} It with the month cut to three letters. */
export const shortDate = (written) => dateInWords(written).replace(/\b(\p{Lu}\p{Ll}{2})\p{Ll}+(?= \d)/gu, '$1');

/** @param {string} written @returns {HTMLElement} A date as people write it; as it was written stands in its title. */
const dateElement = (written) => make('span.day', { title: written }, dateInWords(written));

/** @param {string} text  a date as written, or words with days in them @returns {(Node | string)[]} It in words. */
export const days = (text) => {
  if (text in DATES) return [dateElement(text)];
  return text
    .split(/((?<![\w-])\d{4}-\d\d(?:-\d\d)?(?![\w-]))/)
    .map((part, odd) => (odd % 2 ? dateElement(part) : part));
};
