/**
 * The picture as an SVG element: what is drawn, for a sheet of its own, with its title, lens and legend. Sizes are
 * pixels; all looks are attributes, so that it may stand in this page (whose policy allows no other styles) and alone.
 */

import { changeWord, MARK } from './compared.js';
import { CHANGES, cardOf, element, LENS, LINES, SOURCES, thingOf } from './data.js';
import { corners, curvePath, leaving, lineEnd, part, pointAt, polygon, reversed } from './geometry.js';
import { LABEL_LINE, LABEL_PIXELS } from './labels.js';
import { FONT, middleOf } from './look.js';
import { nameOf } from './names.js';
import { sheet, widthOf } from './picture.js';
import { lensWords } from './saying.js';
import { drawnThings, drawnTies, inFocus, shownThings, standingOf, statusOf } from './shown.js';
import { state } from './state.js';
import { counted, plain } from './words.js';

/** @typedef {ReturnType<typeof sheet>} Sheet */
/** @typedef {import('./geometry.js').Point} Point */

const SVG = 'http://www.w3.org/2000/svg';
const MARGIN = 24;
const LINE = 20;
const FOOT = 11.5;

/**
 * @param {string} tag @param {Object<string, string | number | undefined>} attributes
 * @param {...(Element | string | null)} children
 * @returns {SVGElement}
 */
const draw = (tag, attributes, ...children) => {
  const made = /** @type {SVGElement} */ (document.createElementNS(SVG, tag));
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined) continue;
    made.setAttribute(name, typeof value === 'number' ? String(Math.round(value * 100) / 100) : value);
  }
  for (const child of children) if (child !== null) made.append(child);
  return made;
};

/** @param {string} kind @param {string} value @returns {string} What the legend calls something that it can hide. */
const legendWord = (kind, value) => {
  const boxes = /** @type {HTMLInputElement[]} */ ([...element('filters').querySelectorAll('input[data-kind]')]);
  const box = boxes.find((each) => each.dataset.kind === kind && each.value === value);
  return box?.closest('label')?.querySelector('.name')?.textContent?.trim() || value;
};

/** @param {string} entry  `KIND:NAME` of the legend @returns {string} What it stands for, in words. */
const entryWord = (entry) => {
  const colon = entry.indexOf(':');
  const [kind, name] = [entry.slice(0, colon), entry.slice(colon + 1)];
  const source = SOURCES.get(name);
  if (kind === 'source')
    return source ? `${source.publisher} ${source.published}`.trim() : 'what no article is cited for';
  if (kind === 'speaker') return name === '' ? 'what articles say themselves' : nameOf(name);
  return legendWord(kind, name);
};

/** @returns {string[]} What the picture is seen through, in words. */
export const seenThrough = () => lensWords(state, LENS, entryWord);

/** @returns {string} The title of the page. */
export const pageTitle = () => document.querySelector('h1')?.textContent ?? '';

/** @param {string} shape @param {Point} at @param {number} w @param {number} h @param {Object<string, any>} paint */
const shapeOf = (shape, [x, y], w, h, paint) => {
  if (shape === 'box') return draw('rect', { x: x - w / 2, y: y - h / 2, width: w, height: h, rx: 5, ...paint });
  if (shape === 'circle') return draw('circle', { cx: x, cy: y, r: w / 2, ...paint });
  return draw('path', { d: polygon(corners(shape, x, y, w / 2)), ...paint });
};

/** @param {string} shape @param {Point} at @param {Sheet['things'][number]['box']} box @returns {boolean} */
const isIn = (shape, [x, y], box) =>
  shape === 'box'
    ? Math.abs(x - box.x) * 2 < box.w && Math.abs(y - box.y) * 2 < box.h
    : Math.hypot(x - box.x, y - box.y) * 2 < box.w;

/**
 * Text with a halo: twice, since not every program paints outlines below letters.
 *
 * @param {string} text @param {number} x @param {number} y @param {Object<string, string | number | undefined>} look
 * @param {string} halo @param {number} width
 */
const outlined = (text, x, y, look, halo, width) => [
  draw(
    'text',
    {
      ...{ x, y, ...look, fill: halo, stroke: halo, 'stroke-width': width, 'stroke-linejoin': 'round' },
      'aria-hidden': 'true',
    },
    text,
  ),
  draw('text', { x, y, ...look }, text),
];

/** @param {Sheet} sheet @param {Sheet['things'][number]} thing @returns {SVGElement} */
const thingDrawn = ({ scale }, { id, box, options }) => {
  const { shape, type } = thingOf(id);
  const size = shape === 'box' ? { w: box.w - 2, h: box.h - 2 } : { w: options.size * scale * 2, h: 0 };
  const paint = {
    ...{ fill: options.color.background, stroke: options.color.border, 'stroke-width': options.borderWidth },
  };
  const lines = shape === 'box' && options.label?.trim() ? options.label.split('\n') : [];
  const first = box.y - ((lines.length - 1) / 2) * LABEL_LINE + LABEL_PIXELS * 0.35;
  return draw(
    'g',
    { opacity: options.opacity === 1 ? undefined : options.opacity },
    draw('title', {}, [nameOf(id), type].filter(Boolean).join(', ')),
    shapeOf(shape, [box.x, box.y], size.w, size.h, paint),
    ...lines.map((line, index) =>
      draw(
        'text',
        { x: box.x, y: first + index * LABEL_LINE, 'text-anchor': 'middle', fill: options.font.color },
        line,
      ),
    ),
  );
};

/** @param {Sheet} sheet @param {Sheet['ties'][number]} tie @param {Map<string, Sheet['things'][number]['box']>} boxes */
const tieDrawn = ({ scale }, { tie, options }, boxes) => {
  const card = cardOf(tie.assertion);
  const [a, b] = [boxes.get(tie.from), boxes.get(tie.to)];
  const status = statusOf(tie);
  const said = [status, changeWord(tie.change)].filter(Boolean).join(', ');
  const sentence = `${plain((standingOf(card) ?? card).words)} [${said}]`;
  const width = options.width * scale;
  const stroke = {
    ...{ fill: 'none', stroke: options.color.color, 'stroke-width': width },
    'stroke-dasharray': Array.isArray(options.dashes)
      ? options.dashes.map((dash) => Math.round(dash * scale)).join(' ')
      : undefined,
  };
  const group = draw(
    'g',
    { opacity: options.color.opacity === 1 ? undefined : options.color.opacity, 'data-assertion': tie.assertion },
    draw('title', {}, sentence),
  );
  if (!a || !b) return group;
  if (tie.from === tie.to) {
    const r = options.selfReference.size * scale;
    group.append(draw('circle', { cx: a.x + (a.w / 2 + r) * 0.7, cy: a.y - (a.h / 2 + r) * 0.7, r, ...stroke }));
    return group;
  }
  const [mx, my] = middleOf(tie, scale).map((each) => each * scale);
  /** @type {import('./geometry.js').Curve} */
  const whole = {
    from: [a.x, a.y],
    via: [2 * mx - (a.x + b.x) / 2, 2 * my - (a.y + b.y) / 2],
    to: [b.x, b.y],
  };
  const start = leaving(whole, (point) => isIn(thingOf(tie.from).shape, point, a));
  const end = 1 - leaving(reversed(whole), (point) => isIn(thingOf(tie.to).shape, point, b));
  if (end <= start) return group;
  const line = part(whole, start, end);
  if (options.background) {
    const halo = { stroke: options.background.color.slice(0, 7), 'stroke-opacity': 0.33, fill: 'none' };
    group.append(draw('path', { d: curvePath(line), ...halo, 'stroke-width': options.background.size * scale }));
  }
  if (tie.symmetric) {
    group.append(draw('path', { d: curvePath(line), ...stroke }));
    return group;
  }
  const length = 15 * 0.55 + 3 * width;
  const core = 1 - leaving(reversed(line), ([x, y]) => Math.hypot(x - line.to[0], y - line.to[1]) < length * 0.85);
  const tip = lineEnd(LINES[status]?.end ?? 'arrow', line.to, pointAt(line, core), length);
  group.append(
    draw('path', { d: curvePath(core > 0 ? part(line, 0, core) : line), ...stroke }),
    draw('path', { d: polygon(tip), fill: options.color.color }),
  );
  return group;
};

/** @type {Object<string, string>} */
const ANCHORS = { left: 'start', right: 'end', center: 'middle' };

/** @param {Sheet['theme']} theme @param {string} kind @param {string} sign @param {Point} at @returns {SVGElement} */
const markDrawn = (theme, kind, sign, [x, y]) =>
  draw(
    'g',
    {},
    draw('circle', {
      ...{ cx: x, cy: y, r: MARK, fill: theme.ground, stroke: theme.changes.get(kind) ?? theme.ink },
      'stroke-width': 1.5,
    }),
    draw(
      'text',
      { x, y: y + LABEL_PIXELS * 0.35, fill: theme.ink, 'text-anchor': 'middle', 'font-weight': 'bold' },
      sign,
    ),
  );

/** @param {Sheet} sheet @returns {SVGElement[]} The names beside things, and those of ties in focus. */
const namesDrawn = ({ layout, theme, scale }) => {
  const focus = inFocus();
  const down = LABEL_PIXELS * 0.35;
  const things = layout.placed.map(({ id, lines, x, y, align }) => {
    const isChosen = state.choice.kind === 'thing' && state.choice.id === id;
    const look = {
      ...{ fill: theme.ink, 'text-anchor': ANCHORS[align] ?? 'middle', 'font-weight': isChosen ? 'bold' : undefined },
    };
    const top = y - ((lines.length - 1) / 2) * LABEL_LINE + down;
    return draw(
      'g',
      { opacity: !focus || focus.things.has(id) ? undefined : 0.4 },
      ...lines.flatMap((line, index) => outlined(line, x, top + index * LABEL_LINE, look, theme.ground, 3.5)),
    );
  });
  const ties = layout.tieNames.flatMap(({ text, x, y }) => {
    const look = { fill: theme.ink, 'text-anchor': 'middle', 'font-style': 'italic', 'font-size': LABEL_PIXELS - 0.5 };
    return outlined(text, x * scale, y * scale + down, look, theme.ground, 5);
  });
  const marks = layout.marks.map(({ tie, kind, sign, x, y }) => {
    const mark = markDrawn(theme, kind, sign, [x * scale, y * scale]);
    if (focus && !focus.ties.has(tie)) mark.setAttribute('opacity', '0.3');
    return mark;
  });
  return [...things, ...ties, ...marks];
};

/**
 * @typedef {{word: string, sample: (at: Point) => SVGElement}} Entry
 * @param {Sheet} sheet
 * @returns {{title: string, entries: Entry[]}[]} what is drawn, in the order of the page's legend
 */
const legendOf = ({ theme }) => {
  const order = [...element('filters').querySelectorAll('input[data-kind]')].map(
    (box) => `${/** @type {HTMLInputElement} */ (box).dataset.kind}:${/** @type {HTMLInputElement} */ (box).value}`,
  );
  const rank = (/** @type {string} */ kind) => (/** @type {string} */ a, /** @type {string} */ b) =>
    order.indexOf(`${kind}:${a}`) - order.indexOf(`${kind}:${b}`);
  const things = new Map(drawnThings().map((id) => [thingOf(id).group, thingOf(id).shape]));
  const across = (/** @type {Point} */ [x, y], /** @type {Object<string, any>} */ paint) =>
    draw('line', { x1: x - 17, y1: y, x2: x + 17, y2: y, ...paint });
  const changed = new Set(drawnTies().map((tie) => tie.change));
  return [
    {
      title: 'Change',
      entries: [...(CHANGES?.marks ?? [])]
        .filter(([kind]) => changed.has(kind))
        .map(([kind, { sign, word }]) => ({
          word,
          sample: (/** @type {Point} */ at) => markDrawn(theme, kind, sign, at),
        })),
    },
    {
      title: 'Things',
      entries: [...things.keys()].sort(rank('look')).map((group) => ({
        word: legendWord('look', group),
        sample: (/** @type {Point} */ at) => {
          const colours = theme.looks.get(group);
          const [shape, paint] = [things.get(group) ?? '', { fill: colours?.fill, stroke: colours?.line }];
          return shapeOf(shape, at, shape === 'box' ? 20 : 13, 12, { ...paint, 'stroke-width': 1.5 });
        },
      })),
    },
    {
      title: 'Where a tie stands',
      entries: [...new Set(drawnTies().map(statusOf))].sort(rank('status')).map((status) => ({
        word: status,
        sample: (/** @type {Point} */ at) => {
          const { dash, width } = LINES[status] ?? { dash: [], width: 1.4 };
          const dashes = dash.length > 0 ? dash.join(' ') : undefined;
          return across(at, { stroke: theme.ink, 'stroke-width': width, 'stroke-dasharray': dashes });
        },
      })),
    },
    {
      title: 'What it is about',
      entries: [...new Set(drawnTies().map((tie) => tie.family))].sort(rank('family')).map((family) => ({
        word: legendWord('family', family),
        sample: (/** @type {Point} */ at) =>
          across(at, { stroke: theme.families.get(family) ?? theme.ink, 'stroke-width': 3 }),
      })),
    },
  ].filter(({ entries }) => entries.length > 0);
};

/**
 * @param {Sheet} sheet @param {number} width @param {number} top
 * @returns {{drawn: SVGElement[], bottom: number}}
 */
const legendDrawn = (sheet, width, top) => {
  const drawn = [];
  let y = top;
  for (const { title, entries } of legendOf(sheet)) {
    const indent = MARGIN + 150;
    let x = indent;
    drawn.push(draw('text', { x: MARGIN, y: y + 4.5, fill: sheet.theme.ink, 'font-weight': 'bold' }, title));
    for (const { word, sample } of entries) {
      const room = 44 + widthOf(word) + 22;
      if (x > indent && x + room > width - MARGIN) [x, y] = [indent, y + LINE];
      drawn.push(sample([x + 17, y]), draw('text', { x: x + 42, y: y + 4.5, fill: sheet.theme.ink }, word));
      x += room;
    }
    y += LINE + 3;
  }
  return { drawn, bottom: y };
};

/** @param {string} text @param {number} width @param {number} pixels @returns {string[]} Lines that fit. */
const fitted = (text, width, pixels) => {
  /** @type {string[]} */
  const lines = [];
  for (const word of text.split(' ')) {
    const longer = lines.length > 0 ? `${lines[lines.length - 1]} ${word}` : word;
    if (lines.length === 0 || widthOf(longer, pixels) > width) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines;
};

/** @returns {string} How much is drawn. */
const counts = () => {
  const [drawn, shown] = [drawnThings().length, shownThings().length];
  const things = drawn === shown ? counted(drawn, 'thing') : `${drawn} of ${counted(shown, 'thing')}`;
  return `${things}, ${counted(drawnTies().length, 'tie')}`;
};

/** @param {boolean} [isTitled]  whether its title stands over it @returns {SVGElement} The picture as it is now. */
export const svgPicture = (isTitled = true) => {
  // What holds more gets a larger sheet, since names keep their size.
  const grown = Math.min(3, Math.max(1, Math.sqrt(drawnThings().length / 70)));
  const made = sheet(1160 * grown, 760 * grown);
  const boxes = new Map(made.things.map(({ id, box }) => [id, box]));
  const names = made.layout.placed.map(({ lines, x, y, align }) => {
    const w = Math.max(...lines.map((line) => widthOf(line)));
    return { x: align === 'left' ? x + w / 2 : align === 'right' ? x - w / 2 : x, y, w, h: lines.length * LABEL_LINE };
  });
  const all = [...boxes.values(), ...names];
  const left = Math.min(0, ...all.map(({ x, w }) => x - w / 2));
  const top = Math.min(0, ...all.map(({ y, h }) => y - h / 2));
  const right = Math.max(...all.map(({ x, w }) => x + w / 2), left);
  const bottom = Math.max(...all.map(({ y, h }) => y + h / 2), top);
  const width = Math.max(right - left + 2 * MARGIN, 720);

  const { theme } = made;
  const title = pageTitle();
  const lens = seenThrough();
  const since = document.getElementById('changes')?.textContent ?? '';
  const about = [since, lens.length > 0 ? `Seen through a lens: ${lens.join('; ')}` : '', isTitled ? counts() : ''];
  const head = [
    ...fitted(isTitled ? title : '', width - 2 * MARGIN, 20).map((line) => ({ line, size: 20, weight: 'bold' })),
    ...about
      .flatMap((text) => fitted(text, width - 2 * MARGIN, 13))
      .map((line) => ({ line, size: 13, weight: undefined })),
  ].filter(({ line }) => line !== '');
  let y = MARGIN;
  const headDrawn = head.map(({ line, size, weight }) => {
    y += size + 5;
    return draw('text', { x: MARGIN, y: y - 5, fill: theme.ink, 'font-size': size, 'font-weight': weight }, line);
  });
  const pictureTop = y + 14;
  const legend = legendDrawn(made, width, pictureTop + bottom - top + 34);
  const sources = [...document.querySelectorAll('footer > span')]
    .map((span) => span.textContent?.trim() ?? '')
    .filter((text) => /^(Data|Licence):/.test(text));
  const foot = fitted(
    [...sources, 'A line shows what is asserted, not that it is true.'].join(' · '),
    width - 2 * MARGIN,
    FOOT,
  );
  const height = legend.bottom + foot.length * (FOOT + 5) + MARGIN;
  const shift = `translate(${Math.round((width - right + left) / 2 - left)} ${Math.round(pictureTop - top)})`;
  const drawn = draw(
    'svg',
    {
      ...{ xmlns: SVG, viewBox: `0 0 ${Math.ceil(width)} ${Math.ceil(height)}`, role: 'img' },
      ...{ width: Math.ceil(width), height: Math.ceil(height), 'font-family': FONT, 'font-size': LABEL_PIXELS },
    },
    draw('title', {}, title),
    draw('desc', {}, [counts(), since, ...lens].filter(Boolean).join('; ')),
    draw('rect', { width: Math.ceil(width), height: Math.ceil(height), fill: theme.ground }),
    ...headDrawn,
    draw(
      'g',
      { transform: shift },
      ...made.ties.map((tie) => tieDrawn(made, tie, boxes)),
      ...made.things.map((thing) => thingDrawn(made, thing)),
      ...namesDrawn(made),
    ),
    draw('g', {}, ...legend.drawn),
    ...foot.map((line, index) => {
      const down = legend.bottom + (index + 1) * (FOOT + 5);
      return draw('text', { x: MARGIN, y: down, fill: theme.ink, 'font-size': FOOT }, line);
    }),
  );
  return drawn;
};

/** @param {SVGElement} drawn @returns {string} It as a file. */
export const svgText = (drawn) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(drawn)}\n`;
