/**
 * The picture as an SVG element: its shapes on a sheet of their own, with title, lens and legend. Sizes are pixels; all
 * looks are attributes, so that it may stand in this page (whose policy allows no other styles) and alone.
 *
 * @typedef {import('./address.js').Kind} Kind
 * @typedef {import('./geometry.js').Point} Point
 * @typedef {import('./look.js').Theme} Theme
 * @typedef {import('./shapes.js').Shape} Shape
 * @typedef {import('./shapes.js').Text} Text
 * @typedef {{word: string, sample: (at: Point) => Shape[]}} Entry  of the legend
 */

import { around, widthOf } from './boxes.js';
import { changeWord } from './changes.js';
import { CHANGES, LENS, SOURCES, statusName, thingOf } from './data.js';
import { fitInto } from './fitting.js';
import { LABEL_PIXELS } from './labels.js';
import { arrange } from './layout.js';
import { labelOf, namesOf } from './legend.js';
import { capital, lensWords } from './lenswords.js';
import { FONT, readTheme } from './look.js';
import { nameOf } from './names.js';
import { figureElement, shapeElements } from './paint.js';
import { familySample, figuresOf, markShapes, statusSample, thingSample } from './shapes.js';
import { some } from './spoken.js';
import { state } from './state.js';
import { cardNow, drawnThings, drawnTies, shownThings, statusOf } from './visibility.js';
import { countNoun, dateInWords, plain, svgElement } from './words.js';

const MARGIN = 24;
const LINE = 20;
const FOOT = 11.5;

/** @param {string} entry  `KIND:NAME` of the legend @returns {string} What it stands for, in words. */
const entryWord = (entry) => {
  const colon = entry.indexOf(':');
  const [kind, name] = [entry.slice(0, colon), entry.slice(colon + 1)];
  const source = SOURCES.get(name);
  if (kind === 'source')
    return source ? `${source.publisher} ${dateInWords(source.published)}`.trim() : 'what no article is cited for';
  if (kind === 'speaker') return name === '' ? 'what articles say themselves' : nameOf(name);
  return labelOf(/** @type {Kind} */ (kind), name);
};

/** @returns {string[]} The lens and the filters, in words. */
export const viewWords = () => lensWords(state, LENS, entryWord);

/** @returns {string} The title of the page. */
export const pageTitle = () => document.querySelector('h1')?.textContent ?? '';

/** @param {number} width @param {number} height @returns {{layout: import('./layout.js').Layout, theme: Theme}} */
const sheetOf = (width, height) => {
  const screen = { width, height };
  // What one can click to see more belongs to the screen.
  return { layout: { ...arrange(fitInto(screen, drawnThings()).zoom, screen), badges: [] }, theme: readTheme() };
};

/** @param {import('./shapes.js').Figure} figure @returns {string} What a figure tells a pointer over it. */
const titleOf = ({ thing, line }) => {
  if (thing !== undefined) return [nameOf(thing), thingOf(thing).type].filter(Boolean).join(', ');
  const sentences = (line?.ties ?? []).map((tie) => {
    const notes = [statusName(statusOf(tie)), changeWord(tie.change)].filter(Boolean).join(', ');
    return `${plain(cardNow(tie.card).words)} [${notes}]`;
  });
  return sentences.join('\n');
};

/** @param {Theme} theme @returns {{title: string, entries: Entry[]}[]} What is drawn, in the order of the page's legend. */
const legendOf = (theme) => {
  const ties = drawnTies();
  const things = new Map(drawnThings().map((id) => [thingOf(id).group, thingOf(id)]));
  const changes = new Set(ties.map((tie) => tie.change));
  const marks = [...(CHANGES?.marks ?? [])].filter(([kind]) => changes.has(kind));
  /** @type {(kind: Kind, names: Set<string>, sample: (name: string, at: Point) => Shape[]) => Entry[]} */
  const entries = (kind, names, sample) =>
    namesOf(kind)
      .filter((name) => names.has(name))
      .map((name) => ({ word: labelOf(kind, name), sample: (at) => sample(name, at) }));
  return [
    {
      title: 'Change',
      entries: marks.map(([kind, { sign, word }]) => ({
        word,
        sample: (/** @type {Point} */ at) => markShapes(theme, kind, sign, at),
      })),
    },
    {
      title: 'Who and what',
      entries: entries('look', new Set(things.keys()), (name, at) =>
        thingSample(theme, /** @type {import('./data.js').Thing} */ (things.get(name)), at),
      ),
    },
    {
      title: 'Where a claim stands',
      entries: entries('status', new Set(ties.map(statusOf)), (name, at) => statusSample(theme, name, at)),
    },
    {
      title: 'What it is about',
      entries: entries('family', new Set(ties.map((tie) => tie.family)), (name, at) => familySample(theme, name, at)),
    },
  ].filter((part) => part.entries.length > 0);
};

/** @param {Theme} theme @param {number} width @param {number} top @returns {{shapes: Shape[], bottom: number}} */
const legendShapes = (theme, width, top) => {
  /** @type {Shape[]} */
  const shapes = [];
  const indent = MARGIN + 150;
  let y = top;
  for (const { title, entries } of legendOf(theme)) {
    let x = indent;
    shapes.push({ text: title, x: MARGIN, y: y + 4.5, fill: theme.ink, weight: 'bold' });
    for (const { word, sample } of entries) {
      const room = 44 + widthOf(word) + 22;
      if (x > indent && x + room > width - MARGIN) [x, y] = [indent, y + LINE];
      shapes.push(...sample([x + 17, y]), { text: word, x: x + 42, y: y + 4.5, fill: theme.ink });
      x += room;
    }
    y += LINE + 3;
  }
  return { shapes, bottom: y };
};

/** @param {string} text @param {number} width @param {number} pixels @returns {string[]} Lines that fit. */
const wrapWords = (text, width, pixels) => {
  /** @type {string[]} */
  const lines = [];
  for (const word of text.split(' ').filter(Boolean)) {
    const longer = lines.length > 0 ? `${lines[lines.length - 1]} ${word}` : word;
    if (lines.length === 0 || widthOf(longer, pixels) > width) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines;
};

/** @returns {string} How much is drawn. */
const counts = () => {
  const things = some(drawnThings().length, shownThings().length, 'name');
  return `${things}, ${countNoun(drawnTies().length, 'claim')}`;
};

/** @returns {string} What the page compares itself with, if it does. */
const comparison = () => document.getElementById('changes')?.textContent ?? '';

/** @param {Theme} theme @param {number} width @param {boolean} isTitled @returns {{shapes: Text[], bottom: number}} */
const headShapes = (theme, width, isTitled) => {
  const lens = viewWords().join('; ');
  const about = [comparison(), capital(lens), isTitled ? counts() : ''];
  const lines = about.flatMap((text) => wrapWords(text, width - 2 * MARGIN, 13));
  const titles = isTitled ? wrapWords(pageTitle(), width - 2 * MARGIN, 20) : [];
  let y = MARGIN;
  /** @type {(text: string, size: number, weight?: 'bold') => Text} */
  const below = (text, size, weight) => {
    y += size + 5;
    return { text, x: MARGIN, y: y - 5, fill: theme.ink, size, weight };
  };
  const shapes = [...titles.map((line) => below(line, 20, 'bold')), ...lines.map((line) => below(line, 13))];
  return { shapes, bottom: y };
};

/** @param {Theme} theme @param {number} width @param {number} top @returns {{shapes: Text[], bottom: number}} */
const footShapes = (theme, width, top) => {
  const sources = [...document.querySelectorAll('footer > span')]
    .map((span) => span.textContent?.trim() ?? '')
    .filter((text) => /^(Data|Licence):/.test(text));
  const text = [...sources, 'A line shows what is claimed, not that it is true.'].join(' · ');
  const lines = wrapWords(text, width - 2 * MARGIN, FOOT);
  const shapes = lines.map((line, index) => ({
    text: line,
    x: MARGIN,
    y: top + (index + 1) * (FOOT + 5),
    fill: theme.ink,
    size: FOOT,
  }));
  return { shapes, bottom: top + lines.length * (FOOT + 5) + MARGIN };
};

/** @param {boolean} [isTitled]  whether its title stands over it @returns {SVGElement} The picture as it is now. */
export const svgPicture = (isTitled = true) => {
  // What holds more gets a larger sheet, since names keep their size.
  const growth = Math.min(3, Math.max(1, Math.sqrt(drawnThings().length / 70)));
  const { layout, theme } = sheetOf(1160 * growth, 760 * growth);
  const zero = { x: 0, y: 0, w: 0, h: 0 };
  const all = around([zero, ...layout.boxes.values(), ...layout.names.map(({ box }) => box)]);
  const width = Math.max(all.w + 2 * MARGIN, 720);
  const head = headShapes(theme, width, isTitled);
  const top = head.bottom + 14;
  const legend = legendShapes(theme, width, top + all.h + 34);
  const foot = footShapes(theme, width, legend.bottom);
  const [across, down] = [width / 2 - all.x, top - (all.y - all.h / 2)].map(Math.round);
  const size = { width: Math.ceil(width), height: Math.ceil(foot.bottom) };
  return svgElement(
    'svg',
    {
      ...size,
      viewBox: `0 0 ${size.width} ${size.height}`,
      role: 'img',
      'font-family': FONT,
      'font-size': LABEL_PIXELS,
    },
    svgElement('title', {}, pageTitle()),
    svgElement('desc', {}, [counts(), comparison(), ...viewWords()].filter(Boolean).join('; ')),
    svgElement('rect', { ...size, fill: theme.ground }),
    ...head.shapes.flatMap(shapeElements),
    svgElement(
      'g',
      { transform: `translate(${across} ${down})` },
      ...figuresOf(layout, theme).map((figure) => figureElement(figure, titleOf(figure))),
    ),
    svgElement('g', {}, ...legend.shapes.flatMap(shapeElements)),
    ...foot.shapes.flatMap(shapeElements),
  );
};

/** @param {SVGElement} picture @returns {string} It as a file. */
export const svgText = (picture) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(picture)}\n`;
