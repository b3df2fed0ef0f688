'use strict';

/* global vis */

/**
 * The picture: vis-network draws shapes and lines as told here, always from the whole state; names are drawn on top.
 * Sizes are pixels of the screen, so that names can be read and lines hit at any zoom.
 *
 * @typedef {{kind: 'thing' | 'assertion', id: string} | null} Choice
 */

const SIZES = { circle: 6.5, square: 6.5, diamond: 9, triangle: 8, 'triangle-down': 8, hexagon: 8, star: 9 };
const VIS_SHAPES = { circle: 'dot', 'triangle-down': 'triangleDown' };
const FONT = 'system-ui, -apple-system, "Segoe UI", "Noto Sans", "DejaVu Sans", "Noto Sans CJK JP", "Noto Sans CJK KR", '
  + '"Hiragino Sans", "Yu Gothic", "Malgun Gothic", "Microsoft YaHei", sans-serif';

/** What the reader chose and hid. */
const state = {
  /** @type {Choice} */
  choice: null,
  hidden: { look: new Set(), status: new Set(), family: new Set() },
};

/** @param {Thing | undefined} thing @returns {boolean} */
const isThingShown = (thing) => thing !== undefined && !state.hidden.look.has(thing.group);

/** @param {Tie} tie @returns {boolean} */
const isShown = (tie) =>
  !state.hidden.status.has(tie.status) &&
  !state.hidden.family.has(tie.family) &&
  isThingShown(THINGS.get(tie.from)) &&
  isThingShown(THINGS.get(tie.to));

/** @param {Thing} thing @param {number} scale @returns {number} Half the width of its shape: what is tied more is a little larger. */
const radius = (thing, scale) =>
  ((SIZES[thing.shape] ?? 7) + Math.min(4, Math.max(0, Math.sqrt(degree(thing.id)) - 1.5))) * Math.min(1, Math.max(0.72, 1.2 * scale));

/** @returns {{things: Set<string>, ties: Set<number>} | null} What stays bright; everything where nothing is chosen. */
const focus = () => {
  const { choice } = state;
  if (!choice) return null;
  const rivals = choice.kind === 'assertion' ? CARDS.get(choice.id)?.opposed ?? [] : [];
  const ties = TIES.filter((tie) =>
    choice.kind === 'thing'
      ? tie.from === choice.id || tie.to === choice.id
      : tie.assertion === choice.id || rivals.includes(tie.assertion),
  ).filter(isShown);
  const things = new Set(ties.flatMap((tie) => [tie.from, tie.to]));
  if (choice.kind === 'thing') things.add(choice.id);
  return { things, ties: new Set(ties.map((tie) => tie.id)) };
};

/**
 * How round a curve of vis-network has to be for its middle to lie so many pixels aside: its control point lies
 * (1 + r) / 2 of the way along a line that is turned by r quarter circles.
 *
 * @param {number} aside @param {number} length @returns {number}
 */
const roundness = (aside, length) => {
  let low = 0;
  let high = 1;
  for (let step = 0; step < 20; step += 1) {
    const middle = (low + high) / 2;
    if ((length * (1 + middle) * Math.sin((Math.PI / 2) * middle)) / 4 < aside) low = middle;
    else high = middle;
  }
  return low;
};

/** @param {Tie} tie @param {number} scale @returns {[number, number]} The middle of a drawn tie, in the picture's units. */
const middleOf = (tie, scale) => {
  const [from, to] = [THINGS.get(tie.from), THINGS.get(tie.to)];
  if (!from || !to) return [0, 0];
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = Math.hypot(dx, dy) || 1;
  const aside = tie.bend / scale;
  return [(from.x + to.x) / 2 + (dy / length) * aside, (from.y + to.y) / 2 - (dx / length) * aside];
};

/** @param {HTMLElement} container @param {(choice: Choice) => void} choose */
const drawPicture = (container, choose) => {
  const nodes = new vis.DataSet();
  const edges = new vis.DataSet();
  const pen = /** @type {CanvasRenderingContext2D} */ (document.createElement('canvas').getContext('2d'));
  pen.font = `${LABEL_PIXELS}px ${FONT}`;
  /** @type {Map<string, {lines: string[], width: number}>} */
  const names = new Map(
    DATA.nodes.map(({ id, label }) => {
      const lines = label.split('\n');
      return [id, { lines, width: Math.max(...lines.map((line) => pen.measureText(line).width)) }];
    }),
  );
  let colours = readColours();
  /** @type {{placed: Placed[], folded: Set<string>, tieNames: {text: string, x: number, y: number}[]}} */
  let layout = { placed: [], folded: new Set(), tieNames: [] };
  let drawnScale = 1;
  let moved = false;

  const network = new vis.Network(container, { nodes, edges }, DATA.options);

  /** @param {Thing} thing @returns {Box} The shape of a thing at a scale, as far as names must keep off. */
  const shapeBox = (thing, scale, full) => {
    const name = /** @type {{lines: string[], width: number}} */ (names.get(thing.id));
    const size = radius(thing, scale) * 2 + 2;
    const isBox = thing.shape === 'box';
    return {
      x: thing.x * scale,
      y: thing.y * scale,
      w: isBox ? (full ? name.width + 16 : 20) : size,
      h: isBox ? (full ? name.lines.length * LABEL_LINE + 8 : 14) : size,
    };
  };

  const arrange = (scale) => {
    const bright = focus();
    const shown = BY_WEIGHT.map((id) => /** @type {Thing} */ (THINGS.get(id))).filter(isThingShown);
    const first = bright ? [...shown.filter((t) => bright.things.has(t.id)), ...shown.filter((t) => !bright.things.has(t.id))] : shown;
    const taken = new Taken();
    const folded = new Set();
    const shapes = new Map();
    for (const thing of first.filter((t) => t.shape !== 'box')) {
      shapes.set(thing.id, shapeBox(thing, scale, false));
      taken.add(shapes.get(thing.id));
    }
    for (const thing of first.filter((t) => t.shape === 'box')) {
      let box = shapeBox(thing, scale, true);
      if (!taken.isFree({ ...box, w: box.w - 6, h: box.h - 4 }) && state.choice?.id !== thing.id) {
        folded.add(thing.id);
        box = shapeBox(thing, scale, false);
      }
      shapes.set(thing.id, box);
      taken.add(box);
    }
    const lines = TIES.filter(isShown).map((tie) => {
      const [from, to] = [shapes.get(tie.from), shapes.get(tie.to)];
      return /** @type {[number, number, number, number]} */ ([from.x, from.y, to.x, to.y]);
    });
    const wanted = first
      .filter((thing) => thing.shape !== 'box' || folded.has(thing.id))
      .map((thing) => ({ id: thing.id, .../** @type {{lines: string[], width: number}} */ (names.get(thing.id)), shape: shapes.get(thing.id), must: state.choice?.id === thing.id }));
    const placed = placeNames(wanted, lines, taken, extent(scale));
    const tieNames = bright ? placeTieNames(TIES.filter((tie) => bright.ties.has(tie.id)), scale, taken) : [];
    return { placed, folded, tieNames };
  };

  const placeTieNames = (ties, scale, taken) => {
    const found = [];
    for (const tie of ties) {
      const text = tie.label.length > 40 ? `${tie.label.slice(0, 39)}…` : tie.label;
      const [x, y] = middleOf(tie, scale);
      const box = { x: x * scale, y: y * scale, w: pen.measureText(text).width + 4, h: LABEL_LINE };
      if (taken.isFree(box)) {
        taken.add(box);
        found.push({ text, x: box.x, y: box.y });
      }
    }
    return found;
  };

  /** @param {Thing} thing @param {number} scale @param {boolean} bright */
  const nodeOptions = (thing, scale, bright) => {
    const colour = colours.looks.get(thing.group) ?? colours.plain;
    const chosen = state.choice?.kind === 'thing' && state.choice.id === thing.id;
    const open = thing.shape === 'box' && !layout.folded.has(thing.id);
    return {
      id: thing.id,
      x: thing.x,
      y: thing.y,
      shape: VIS_SHAPES[thing.shape] ?? thing.shape,
      size: radius(thing, scale) / scale,
      label: thing.shape === 'box' ? (open ? thing.label : ' ') : undefined,
      font: { size: (open ? LABEL_PIXELS : 5) / scale, face: FONT, color: colour.text },
      margin: { top: 4.5 / scale, bottom: 4.5 / scale, left: 7 / scale, right: 7 / scale },
      color: { background: colour.fill, border: chosen ? colours.ink : colour.line },
      borderWidth: (chosen ? 3 : 1.5) / scale,
      shapeProperties: { borderRadius: 5 / scale },
      opacity: bright ? 1 : 0.16,
      hidden: !isThingShown(thing),
    };
  };

  /** @param {Tie} tie @param {number} scale @param {boolean} bright @param {boolean} focused */
  const edgeOptions = (tie, scale, bright, focused) => {
    const line = DATA.lines[tie.status];
    const [from, to] = [THINGS.get(tie.from), THINGS.get(tie.to)];
    const length = from && to ? Math.hypot(to.x - from.x, to.y - from.y) : 1;
    const aside = Math.abs(tie.bend) / scale;
    return {
      id: tie.id,
      from: tie.from,
      to: tie.to,
      color: { color: colours.families.get(tie.family) ?? colours.ink, opacity: bright ? 1 : 0.1, inherit: false },
      width: (line.width + (focused ? 0.8 : 0)) / scale,
      dashes: line.dash.length > 0 ? line.dash.map((stroke) => stroke / scale) : false,
      arrows: { to: { enabled: tie.arrows !== '', type: line.end, scaleFactor: (line.end === 'arrow' ? 0.55 : 0.5) / scale } },
      smooth: aside > 0 ? { enabled: true, type: tie.bend > 0 ? 'curvedCW' : 'curvedCCW', roundness: roundness(aside, length) } : false,
      selfReference: { size: (14 + 5 * Math.abs(tie.bend)) / scale, angle: Math.PI / 4, renderBehindTheNode: false },
      hidden: !isShown(tie),
    };
  };

  /** Draws everything anew from the state. */
  const refresh = () => {
    const scale = network.getScale();
    drawnScale = scale;
    layout = arrange(scale);
    const bright = focus();
    nodes.update(DATA.nodes.map((thing) => nodeOptions(thing, scale, !bright || bright.things.has(thing.id))));
    edges.update(TIES.map((tie) => edgeOptions(tie, scale, !bright || bright.ties.has(tie.id), bright?.ties.has(tie.id) === true)));
  };

  /** @param {number} scale @returns {Box} All that is drawn at a scale, names below their shapes included. */
  const extent = (scale) => {
    const boxes = DATA.nodes.map((thing) => {
      const { lines, width } = /** @type {{lines: string[], width: number}} */ (names.get(thing.id));
      const box = shapeBox(thing, scale, true);
      const below = thing.shape === 'box' ? 0 : lines.length * LABEL_LINE + 2;
      const half = thing.shape === 'box' ? box.w / 2 : Math.max(box.w, width) / 2;
      return { left: box.x - half, right: box.x + half, top: box.y - box.h / 2, bottom: box.y + box.h / 2 + below };
    });
    const [left, right] = [Math.min(...boxes.map((box) => box.left)), Math.max(...boxes.map((box) => box.right))];
    const [top, bottom] = [Math.min(...boxes.map((box) => box.top)), Math.max(...boxes.map((box) => box.bottom))];
    return { x: (left + right) / 2, y: (top + bottom) / 2, w: right - left, h: bottom - top };
  };

  /** Shows the whole picture, names included; never larger than life by much. */
  const fit = () => {
    const { clientWidth: width, clientHeight: height } = container;
    if (width === 0 || height === 0 || DATA.nodes.length === 0) return;
    let [low, high] = [0.02, 1.5];
    for (let step = 0; step < 24; step += 1) {
      const middle = (low + high) / 2;
      const all = extent(middle);
      if (all.w <= width - 20 && all.h <= height - 20) low = middle;
      else high = middle;
    }
    const all = extent(low);
    network.moveTo({ position: { x: all.x / low, y: all.y / low }, scale: low, animation: false });
    moved = false;
    refresh();
  };

  /** @param {CanvasRenderingContext2D} ctx */
  const drawNames = (ctx) => {
    const scale = network.getScale();
    const bright = focus();
    ctx.save();
    ctx.scale(1 / scale, 1 / scale);
    ctx.textBaseline = 'middle';
    ctx.lineJoin = 'round';
    ctx.strokeStyle = colours.ground;
    ctx.fillStyle = colours.ink;
    for (const { id, lines, x, y, align } of layout.placed) {
      const thing = /** @type {Thing} */ (THINGS.get(id));
      const chosen = state.choice?.id === id;
      ctx.font = `${chosen ? 'bold ' : ''}${LABEL_PIXELS}px ${FONT}`;
      ctx.textAlign = align;
      ctx.globalAlpha = !bright || bright.things.has(id) ? 1 : 0.28;
      lines.forEach((line, index) => {
        const at = thing.y * scale + (y - thing.y * drawnScale) + (index - (lines.length - 1) / 2) * LABEL_LINE;
        outlined(ctx, line, thing.x * scale + (x - thing.x * drawnScale), at, 3.5);
      });
    }
    ctx.globalAlpha = 1;
    ctx.textAlign = 'center';
    ctx.font = `italic ${LABEL_PIXELS - 0.5}px ${FONT}`;
    for (const { text, x, y } of layout.tieNames) outlined(ctx, text, (x / drawnScale) * scale, (y / drawnScale) * scale, 5);
    ctx.restore();
  };

  /** @param {CanvasRenderingContext2D} ctx @param {string} line @param {number} x @param {number} y @param {number} halo */
  const outlined = (ctx, line, x, y, halo) => {
    ctx.lineWidth = halo;
    ctx.strokeText(line, x, y);
    ctx.fillText(line, x, y);
  };

  /** @param {number} x @param {number} y @returns {Choice} What is drawn at a pixel of the picture, or right beside it. */
  const at = (x, y) => {
    const scale = network.getScale();
    const point = network.DOMtoCanvas({ x, y });
    const name = layout.placed.find(({ id, lines, x: nx, y: ny, align }) => {
      const width = names.get(id)?.width ?? 0;
      const middle = align === 'left' ? nx + width / 2 : align === 'right' ? nx - width / 2 : nx;
      return Math.abs(point.x * scale - middle) * 2 < width && Math.abs(point.y * scale - ny) * 2 < lines.length * LABEL_LINE;
    });
    if (name) return { kind: 'thing', id: name.id };
    for (const reach of [0, 6, 12]) {
      const around = reach === 0 ? [[0, 0]] : [...Array(8).keys()].map((n) => [reach * Math.cos((n * Math.PI) / 4), reach * Math.sin((n * Math.PI) / 4)]);
      const thing = around.map(([dx, dy]) => network.getNodeAt({ x: x + dx, y: y + dy })).find((id) => id !== undefined);
      if (thing !== undefined) return { kind: 'thing', id: thing };
      const tie = around.map(([dx, dy]) => network.getEdgeAt({ x: x + dx, y: y + dy })).find((id) => id !== undefined);
      if (tie !== undefined) return { kind: 'assertion', id: TIES[tie].assertion };
    }
    return null;
  };

  network.on('afterDrawing', drawNames);
  network.on('click', ({ pointer }) => choose(at(pointer.DOM.x, pointer.DOM.y)));
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
    colours = readColours();
    refresh();
  });
  fit();
  return { network, refresh, fit, at, layout: () => layout };
};

/** @returns {{looks: Map<string, {fill: string, line: string, text: string}>, families: Map<string, string>, plain: {fill: string, line: string, text: string}, ground: string, ink: string}} */
const readColours = () => {
  const css = getComputedStyle(document.documentElement);
  const read = (property) => css.getPropertyValue(property).trim();
  const look = (name) => ({ fill: read(`--look-${name}-fill`), line: read(`--look-${name}-line`), text: read(`--look-${name}-text`) });
  return {
    looks: new Map([...new Set(DATA.nodes.map((thing) => thing.group))].map((name) => [name, look(name)])),
    families: new Map([...new Set(TIES.map((tie) => tie.family))].map((name) => [name, read(`--family-${name}`)])),
    plain: { fill: read('--ground'), line: read('--ink'), text: read('--ink') },
    ground: read('--ground'),
    ink: read('--ink'),
  };
};
