'use strict';

/* global vis */

/**
 * The picture: vis-network draws shapes and lines, always from the whole state; names are drawn on top of them.
 *
 * @typedef {{lines: string[], width: number}} Name
 * @typedef {{placed: Placed[], folded: Set<string>, tieNames: {text: string, x: number, y: number}[]}} Layout
 */

/** Room for names beyond the outermost things, as a share of the picture's width. */
const RIM = 0.05;

/** The names as they are drawn. @type {Map<string, Name>} */
const NAMES = new Map();

const measure = () => {
  const pen = /** @type {CanvasRenderingContext2D} */ (document.createElement('canvas').getContext('2d'));
  pen.font = `${LABEL_PIXELS}px ${FONT}`;
  for (const { id, label } of DATA.nodes) {
    const lines = label.split('\n');
    NAMES.set(id, { lines, width: Math.max(...lines.map((line) => pen.measureText(line).width)) });
  }
  return (/** @type {string} */ text) => pen.measureText(text).width;
};

/** @param {string} id @returns {Name} */
const drawnName = (id) => /** @type {Name} */ (NAMES.get(id));

/** @param {Thing} thing @param {number} scale @param {boolean} open @returns {Box} What names must keep off. */
const shapeBox = (thing, scale, open) => {
  const name = drawnName(thing.id);
  const size = radius(thing, scale) * 2 + 2;
  const [w, h] = thing.shape !== 'box' ? [size, size] : open ? boxSize(name) : [20, 14];
  return { x: thing.x * scale, y: thing.y * scale, w, h };
};

/** @param {Name} name @returns {[number, number]} */
const boxSize = ({ lines, width }) => [width + 16, lines.length * LABEL_LINE + 8];

/**
 * All that is drawn at a scale. Names at the rim get some room; the rest of them stands further in.
 *
 * @param {number} scale @param {number} room @returns {Box}
 */
const extent = (scale, room) => {
  const boxes = DATA.nodes.map((thing) => {
    const { lines, width } = drawnName(thing.id);
    const box = shapeBox(thing, scale, true);
    const below = thing.shape === 'box' ? 0 : lines.length * LABEL_LINE + 2;
    const half = thing.shape === 'box' ? box.w / 2 : Math.max(box.w / 2, Math.min(width / 2, room));
    return { left: box.x - half, right: box.x + half, top: box.y - box.h / 2, bottom: box.y + box.h / 2 + below };
  });
  const [left, right] = [Math.min(...boxes.map((box) => box.left)), Math.max(...boxes.map((box) => box.right))];
  const [top, bottom] = [Math.min(...boxes.map((box) => box.top)), Math.max(...boxes.map((box) => box.bottom))];
  return { x: (left + right) / 2, y: (top + bottom) / 2, w: right - left, h: bottom - top };
};

/**
 * Which names stand where at a scale. A box that would cover something is folded: small, with its name beside it.
 *
 * @param {number} scale @param {(text: string) => number} widthOf @param {{width: number, height: number}} screen
 * @returns {Layout}
 */
const arrange = (scale, widthOf, screen) => {
  const focus = inFocus();
  const shown = BY_WEIGHT.map(thingOf).filter(isThingShown);
  const isFirst = (/** @type {Thing} */ thing) => focus?.things.has(thing.id) === true;
  const first = [...shown.filter(isFirst), ...shown.filter((thing) => !isFirst(thing))];
  const [taken, folded, shapes] = [new Taken(), new Set(), new Map()];
  const stand = (/** @type {Thing} */ thing, /** @type {Box} */ box) => {
    shapes.set(thing.id, box);
    taken.add(box);
  };
  for (const thing of first) if (thing.shape !== 'box') stand(thing, shapeBox(thing, scale, false));
  for (const thing of first) {
    if (thing.shape !== 'box') continue;
    const box = shapeBox(thing, scale, true);
    const open = state.choice?.id === thing.id || taken.isFree({ ...box, w: box.w - 6, h: box.h - 4 });
    if (!open) folded.add(thing.id);
    stand(thing, open ? box : shapeBox(thing, scale, false));
  }
  const lines = TIES.filter(isShown).map((tie) => {
    const [from, to] = [shapes.get(tie.from), shapes.get(tie.to)];
    return /** @type {[number, number, number, number]} */ ([from.x, from.y, to.x, to.y]);
  });
  const wanted = first
    .filter((thing) => thing.shape !== 'box' || folded.has(thing.id))
    .map(({ id }) => ({ id, ...drawnName(id), shape: shapes.get(id), must: state.choice?.id === id }));
  const all = extent(scale, screen.width * RIM);
  const frame = { ...all, w: Math.max(all.w, screen.width - 20), h: Math.max(all.h, screen.height - 20) };
  const placed = placeNames(wanted, lines, taken, frame);
  const tieNames = TIES.filter((tie) => focus?.ties.has(tie.id)).flatMap((tie) => {
    const text = tie.label.length > 40 ? `${tie.label.slice(0, 39)}…` : tie.label;
    const [x, y] = middleOf(tie, scale);
    const box = { x: x * scale, y: y * scale, w: widthOf(text) + 4, h: LABEL_LINE };
    if (!taken.isFree(box)) return [];
    taken.add(box);
    return [{ text, x, y }];
  });
  return { placed, folded, tieNames };
};

/**
 * @param {CanvasRenderingContext2D} ctx @param {string} line @param {number} x @param {number} y
 * @param {number} halo  its width in pixels
 */
const outlined = (ctx, line, x, y, halo) => {
  ctx.lineWidth = halo;
  ctx.strokeText(line, x, y);
  ctx.fillText(line, x, y);
};

/**
 * Names over the picture, at one size.
 *
 * @param {CanvasRenderingContext2D} ctx @param {Layout} layout @param {Theme} theme @param {number} scale  now
 * @param {number} then  the scale for which names were placed: a pinch may be a little ahead of it
 */
const drawNames = (ctx, layout, theme, scale, then) => {
  const focus = inFocus();
  ctx.save();
  ctx.scale(1 / scale, 1 / scale);
  ctx.textBaseline = 'middle';
  ctx.lineJoin = 'round';
  ctx.strokeStyle = theme.ground;
  ctx.fillStyle = theme.ink;
  for (const { id, lines, x, y, align } of layout.placed) {
    const thing = thingOf(id);
    const left = thing.x * (scale - then) + x;
    const top = thing.y * (scale - then) + y - ((lines.length - 1) / 2) * LABEL_LINE;
    ctx.font = `${state.choice?.id === id ? 'bold ' : ''}${LABEL_PIXELS}px ${FONT}`;
    ctx.textAlign = align;
    ctx.globalAlpha = !focus || focus.things.has(id) ? 1 : 0.4;
    lines.forEach((line, index) => outlined(ctx, line, left, top + index * LABEL_LINE, 3.5));
  }
  ctx.globalAlpha = 1;
  ctx.textAlign = 'center';
  ctx.font = `italic ${LABEL_PIXELS - 0.5}px ${FONT}`;
  for (const { text, x, y } of layout.tieNames) outlined(ctx, text, x * scale, y * scale, 5);
  ctx.restore();
};

/** @param {HTMLElement} container @param {(choice: Choice) => void} choose */
const drawPicture = (container, choose) => {
  const widthOf = measure();
  const nodes = new vis.DataSet();
  const edges = new vis.DataSet();
  const network = new vis.Network(container, { nodes, edges }, DATA.options);
  let theme = readTheme();
  let drawnScale = 1;
  let moved = false;
  /** @type {Layout} */
  let layout = { placed: [], folded: new Set(), tieNames: [] };

  /** Draws everything anew from the state. */
  const refresh = () => {
    const scale = network.getScale();
    const focus = inFocus();
    drawnScale = scale;
    layout = arrange(scale, widthOf, { width: container.clientWidth, height: container.clientHeight });
    nodes.update(
      DATA.nodes.map((thing) =>
        nodeOptions(thing, theme, scale, {
          bright: !focus || focus.things.has(thing.id),
          chosen: state.choice?.id === thing.id,
          folded: layout.folded.has(thing.id),
        }),
      ),
    );
    edges.update(
      TIES.map((tie) =>
        edgeOptions(tie, theme, scale, {
          bright: !focus || focus.ties.has(tie.id),
          stress: tie.assertion === state.choice?.id ? 1.8 : focus?.ties.has(tie.id) ? 0.6 : 0,
        }),
      ),
    );
  };

  /** Shows the whole picture, names included; never larger than life by much. */
  const fit = () => {
    const { clientWidth: width, clientHeight: height } = container;
    if (width === 0 || height === 0 || DATA.nodes.length === 0) return;
    let [low, high] = [0.02, 1.5];
    for (let step = 0; step < 24; step += 1) {
      const middle = (low + high) / 2;
      const all = extent(middle, width * RIM);
      if (all.w <= width - 20 && all.h <= height - 20) low = middle;
      else high = middle;
    }
    const all = extent(low, width * RIM);
    network.moveTo({ position: { x: all.x / low, y: all.y / low }, scale: low, animation: false });
    moved = false;
    refresh();
  };

  /** @param {number} x @param {number} y @returns {Choice} The thing whose name is drawn at a pixel of the picture. */
  const nameAt = (x, y) => {
    const scale = network.getScale();
    const point = network.DOMtoCanvas({ x, y });
    const found = layout.placed.find(({ id, lines, x: left, y: top, align }) => {
      const { width } = drawnName(id);
      const middle = align === 'left' ? left + width / 2 : align === 'right' ? left - width / 2 : left;
      const high = lines.length * LABEL_LINE;
      return Math.abs(point.x * scale - middle) * 2 < width && Math.abs(point.y * scale - top) * 2 < high;
    });
    return found ? { kind: 'thing', id: found.id } : null;
  };

  /** @param {number} x @param {number} y @returns {Choice} What is drawn at a pixel of the picture, or beside it. */
  const at = (x, y) => {
    for (const reach of [0, 6, 12]) {
      const turns = reach === 0 ? [0] : [0, 1, 2, 3, 4, 5, 6, 7].map((turn) => (turn * Math.PI) / 4);
      const points = turns.map((turn) => ({ x: x + reach * Math.cos(turn), y: y + reach * Math.sin(turn) }));
      const thing = points.map((point) => network.getNodeAt(point)).find((id) => id !== undefined);
      if (thing !== undefined) return { kind: 'thing', id: thing };
      const named = reach === 0 ? nameAt(x, y) : null;
      if (named) return named;
      const tie = points.map((point) => network.getEdgeAt(point)).find((id) => id !== undefined);
      if (tie !== undefined) return { kind: 'assertion', id: TIES[tie].assertion };
    }
    return null;
  };

  network.on('afterDrawing', (/** @type {CanvasRenderingContext2D} */ ctx) =>
    drawNames(ctx, layout, theme, network.getScale(), drawnScale),
  );
  network.on('click', (/** @type {{pointer: {DOM: {x: number, y: number}}}} */ { pointer }) =>
    choose(at(pointer.DOM.x, pointer.DOM.y)),
  );
  network.on('zoom', () => {
    moved = true;
    refresh();
  });
  network.on('dragEnd', () => {
    moved = true;
  });
  // vis-network's own resizing would change the scale behind our back.
  new ResizeObserver(() => {
    network.setSize('100%', '100%');
    if (moved) refresh();
    else fit();
  }).observe(container);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
    theme = readTheme();
    refresh();
  });
  // The table and the search are the way in by keyboard; a canvas that takes focus would say nothing.
  container.querySelector('.vis-network')?.setAttribute('tabindex', '-1');
  fit();
  return { network, refresh, fit, at, layout: () => layout };
};
