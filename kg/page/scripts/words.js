/**
 * Building blocks of the panel. Whatever came from the data becomes a text node, never markup.
 *
 * @typedef {import('./data.js').Part} Part
 */

import { nameOf } from './names.js';

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Object<string, string>} attributes
 * @param {...(Node | string | null | undefined | false)} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export const make = (tag, attributes, ...children) => {
  const made = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  for (const child of children) if (child) made.append(child);
  return made;
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
export const counted = (count, one, many = `${one}s`) => `${count} ${count === 1 ? one : many}`;

/** @param {string} status @returns {HTMLElement} */
export const statusWord = (status) => make('span', { class: `status status-${status.replaceAll(' ', '-')}` }, status);

/** @param {string} when @returns {(Node | string)[]} A date as written, broken nowhere within a day. */
export const days = (when) =>
  when.split(/(\d{4}-\d\d(?:-\d\d)?)/).map((part, odd) => (odd % 2 ? make('span', { class: 'day' }, part) : part));
