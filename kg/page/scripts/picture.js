/**
 * The picture: vis-network draws shapes and lines, always from the whole state; names are drawn on top of them.
 *
 * @typedef {import('./address.js').Choice} Choice
 * @typedef {import('./data.js').Thing} Thing
 * @typedef {import('./data.js').Tie} Tie
 * @typedef {import('./labels.js').Box} Box
 * @typedef {import('./labels.js').Placed} Placed
 * @typedef {{lines: string[], width: number}} Name
 * @typedef {{placed: Placed[], folded: Set<string>, tieNames: {text: string, x: number, y: number}[],
 *   badges: import('./badges.js').Badge[], marks: import('./compared.js').Mark[]}} Layout
 */

// The builds for today's browsers, two thirds of the size of the default ones.
import { DataSet } from 'vis-data/esnext';
import { Network } from 'vis-network/esnext';
import { badgeAt, drawBadges, placeBadges } from './badges.js';
import { drawMarks, hasChanges, MARK, markOf } from './compared.js';
import { cardOf, element, OPTIONS, TIES, thingOf } from './data.js';
import { LABEL_LINE, LABEL_PIXELS, placeNames, Taken } from './labels.js';
import { edgeOptions, FONT, middleOf, nodeOptions, radius, readTheme } from './look.js';
import { linesOf } from './names.js';
import { moveTo, placeOf } from './places.js';
import { BUDGET, drawnThings, drawnTies, holdingOf, inFocus, lookAt, moreTiesOf, shownThings } from './shown.js';
import { change, state } from './state.js';

/** Room for names beyond the outermost things, as a share of the picture's width. */
const RIM = 0.05;

/** So many things and ties are drawn anew at every step of a zoom; more of them only when it rests. */
const AT_ONCE = 300;

const pen = /** @type {CanvasRenderingContext2D} */ (document.createElement('canvas').getContext('2d'));

/** @param {string} text @param {number} [pixels] @returns {number} Its width in pixels. */
export const widthOf = (text, pixels = LABEL_PIXELS) => {
  pen.font = `${pixels}px ${FONT}`;
  return pen.measureText(text).width;
};

/** The names as they are drawn, measured once per language. @type {Map<string, Name>} */
const names = new Map();
let namesLanguage = '';

/** @param {string} id @returns {Name} */
const drawnName = (id) => {
  if (namesLanguage !== state.language) names.clear();
  namesLanguage = state.language;
  let name = names.get(id);
  if (!name) {
    const lines = linesOf(id);
    name = { lines, width: Math.max(...lines.map((line) => widthOf(line))) };
    names.set(id, name);
  }
  return name;
};

/** @returns {[string, number][]} Things at the rim of the focus of a thing, with how many ties they have beyond. */
const rimCounts = () =>
  [...(chosenThing() ? (inFocus()?.things ?? []) : [])]
    .map((id) => /** @type {[string, number]} */ ([id, moreTiesOf(id)]))
    .filter(([, count]) => count > 0)
    .sort((a, b) => b[1] - a[1]);

/** @returns {string} The id of the chosen thing, or nothing. */
const chosenThing = () => (state.choice.kind === 'thing' ? state.choice.id : '');

/** @param {Thing} thing @param {number} scale @param {boolean} open @returns {Box} What names must keep off. */
const shapeBox = (thing, scale, open) => {
  const { x, y } = placeOf(thing.id);
  const size = radius(thing, scale) * 2 + 2;
  const [w, h] = thing.shape !== 'box' ? [size, size] : open ? boxSize(drawnName(thing.id)) : [20, 14];
  return { x: x * scale, y: y * scale, w, h };
};

/** @param {Name} name @returns {[number, number]} */
const boxSize = ({ lines, width }) => [width + 16, lines.length * LABEL_LINE + 8];

/**
 * All that is shown at a scale. Names at the rim get some room; the rest of them stands further in.
 *
 * @param {number} scale @param {number} room @param {string[]} [ids] @returns {Box}
 */
const extent = (scale, room, ids = shownThings()) => {
  const isLarge = ids.length > BUDGET;
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const id of ids) {
    const thing = thingOf(id);
    const box = shapeBox(thing, scale, !isLarge);
    let [below, half] = [0, box.w / 2];
    if (thing.shape !== 'box' && !isLarge) {
      const { lines, width } = drawnName(id);
      below = lines.length * LABEL_LINE + 2;
      half = Math.max(half, Math.min(width / 2, room));
    }
    left = Math.min(left, box.x - half);
    right = Math.max(right, box.x + half);
    top = Math.min(top, box.y - box.h / 2);
    bottom = Math.max(bottom, box.y + box.h / 2 + below);
  }
  return { x: (left + right) / 2, y: (top + bottom) / 2, w: right - left, h: bottom - top };
};

/**
 * The largest scale at which some things fit into a room, names included; never larger than life by much.
 *
 * @param {number} width @param {number} height @param {string[]} [ids]
 * @returns {{scale: number, all: Box}} and what they cover then
 */
const fitting = (width, height, ids) => {
  let [low, high] = [0.02, 1.5];
  for (let step = 0; step < 24; step += 1) {
    const middle = (low + high) / 2;
    const all = extent(middle, width * RIM, ids);
    if (all.w <= width - 20 && all.h <= height - 20) low = middle;
    else high = middle;
  }
  return { scale: low, all: extent(low, width * RIM, ids) };
};

/** @param {string} id @param {Layout} layout @returns {Parameters<typeof nodeOptions>[3]} How a thing is drawn now. */
const thingNow = (id, layout) => {
  const focus = inFocus();
  return {
    lines: drawnName(id).lines,
    bright: !focus || focus.things.has(id),
    chosen: chosenThing() === id,
    folded: layout.folded.has(id),
  };
};

/** @param {Tie} tie @returns {Parameters<typeof edgeOptions>[3]} How a tie is drawn now. */
const tieNow = (tie) => {
  const focus = inFocus();
  const asked = state.choice.kind === 'assertion' && state.choice.id === tie.assertion;
  return {
    bright: !focus || focus.ties.has(tie.id),
    faint: !focus && hasChanges && tie.change === '',
    unsure: holdingOf(cardOf(tie.assertion)) === 'possibly',
    stress: asked ? 1.8 : focus?.ties.has(tie.id) ? 0.6 : 0,
  };
};

/**
 * The picture for a sheet of some size, apart from how it is drawn on the screen: where names stand there, and how
 * everything looks.
 *
 * @param {number} width @param {number} height
 */
export const sheet = (width, height) => {
  const theme = readTheme();
  const { scale } = fitting(width, height, drawnThings());
  const layout = arrange(scale, { width, height });
  return {
    ...{ theme, scale, layout },
    things: drawnThings().map((id) => ({
      ...{ id, box: shapeBox(thingOf(id), scale, !layout.folded.has(id)) },
      options: nodeOptions(thingOf(id), theme, scale, thingNow(id, layout)),
    })),
    ties: drawnTies().map((tie) => ({ tie, options: edgeOptions(tie, theme, scale, tieNow(tie)) })),
  };
};

/**
 * Which names stand where at a scale. A box that would cover something is folded: small, with its name beside it.
 *
 * @param {number} scale @param {{width: number, height: number}} screen @returns {Layout}
 */
const arrange = (scale, screen) => {
  const focus = inFocus();
  const drawn = drawnThings().map(thingOf);
  const isFirst = (/** @type {Thing} */ thing) => focus?.things.has(thing.id) === true;
  const first = focus ? [...drawn.filter(isFirst), ...drawn.filter((thing) => !isFirst(thing))] : drawn;
  const taken = new Taken();
  const folded = new Set();
  const shapes = new Map();
  const stand = (/** @type {Thing} */ thing, /** @type {Box} */ box) => {
    shapes.set(thing.id, box);
    taken.add(box);
  };
  for (const thing of first) if (thing.shape !== 'box') stand(thing, shapeBox(thing, scale, false));
  for (const thing of first) {
    if (thing.shape !== 'box') continue;
    const box = shapeBox(thing, scale, true);
    const open = chosenThing() === thing.id || taken.isFree({ ...box, w: box.w - 6, h: box.h - 4 });
    if (!open) folded.add(thing.id);
    stand(thing, open ? box : shapeBox(thing, scale, false));
  }
  const lines = drawnTies().map((tie) => {
    const [from, to] = [shapes.get(tie.from), shapes.get(tie.to)];
    return /** @type {[number, number, number, number]} */ ([from.x, from.y, to.x, to.y]);
  });
  const marks = drawnTies().flatMap((tie) => markOf(tie, scale) ?? []);
  for (const { x, y } of marks) taken.add({ x: x * scale, y: y * scale, w: 2 * MARK, h: 2 * MARK });
  const wanted = first
    .filter((thing) => thing.shape !== 'box' || folded.has(thing.id))
    .map(({ id }) => ({ id, ...drawnName(id), shape: shapes.get(id), must: chosenThing() === id }));
  const all = extent(scale, screen.width * RIM);
  const frame = { ...all, w: Math.max(all.w, screen.width - 20), h: Math.max(all.h, screen.height - 20) };
  const placed = placeNames(wanted, lines, taken, frame);
  const badges = placeBadges(rimCounts(), shapes, taken, widthOf);
  const tieNames = drawnTies()
    .filter((tie) => focus?.ties.has(tie.id))
    .flatMap((tie) => {
      const text = tie.label.length > 40 ? `${tie.label.slice(0, 39)}…` : tie.label;
      const [x, y] = middleOf(tie, scale);
      const down = tie.change ? MARK + LABEL_LINE / 2 + 1 : 0;
      const box = { x: x * scale, y: y * scale + down, w: widthOf(text) + 4, h: LABEL_LINE };
      if (!taken.isFree(box)) return [];
      taken.add(box);
      return [{ text, x, y: y + down / scale }];
    });
  return { placed, folded, tieNames, badges, marks };
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
 * @param {CanvasRenderingContext2D} ctx @param {Layout} layout @param {import('./look.js').Theme} theme
 * @param {number} scale  now
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
    const place = placeOf(id);
    const left = place.x * (scale - then) + x;
    const top = place.y * (scale - then) + y - ((lines.length - 1) / 2) * LABEL_LINE;
    ctx.font = `${chosenThing() === id ? 'bold ' : ''}${LABEL_PIXELS}px ${FONT}`;
    ctx.textAlign = align;
    ctx.globalAlpha = !focus || focus.things.has(id) ? 1 : 0.4;
    lines.forEach((line, index) => {
      outlined(ctx, line, left, top + index * LABEL_LINE, 3.5);
    });
  }
  ctx.globalAlpha = 1;
  ctx.textAlign = 'center';
  ctx.font = `italic ${LABEL_PIXELS - 0.5}px ${FONT}`;
  for (const { text, x, y } of layout.tieNames) outlined(ctx, text, x * scale, y * scale, 5);
  const isBright = (/** @type {number} */ tie) => !focus || focus.ties.has(tie);
  drawMarks(ctx, layout.marks, theme, scale, isBright, `bold ${LABEL_PIXELS}px ${FONT}`);
  drawBadges(ctx, layout.badges, theme, `${LABEL_PIXELS - 1.5}px ${FONT}`, scale / then);
  ctx.restore();
};

/**
 * Draws the picture and keeps it so.
 *
 * @param {HTMLElement} container @param {(choice: Choice) => void} choose @param {() => void} onMoved
 */
export const drawPicture = (container, choose, onMoved) => {
  /** @type {DataSet<any, 'id'>} */
  const nodes = new DataSet();
  /** @type {DataSet<any, 'id'>} */
  const edges = new DataSet();
  const network = new Network(container, { nodes, edges }, OPTIONS);
  /** vis-network's own switch for drawing, which its types do not tell of. */
  const { renderer } = /** @type {{renderer: {allowRedraw: boolean}}} */ (/** @type {unknown} */ (network));
  let theme = readTheme();
  let drawnScale = 1;
  let drawnFrom = { x: 0, y: 0 };
  let looking = false;
  let resting = 0;
  let size = '';
  /** @type {Layout} */
  let layout = { placed: [], folded: new Set(), tieNames: [], badges: [], marks: [] };

  /** @param {DataSet<any, 'id'>} set @param {any[]} wanted  exactly what it shall hold */
  const fill = (set, wanted) => {
    const kept = new Set(wanted.map((each) => each.id));
    const gone = set.getIds().filter((id) => !kept.has(id));
    if (gone.length > 0) set.remove(gone);
    set.update(wanted);
  };

  /** What is in sight, and a little beyond it. @returns {import('./shown.js').Sight} */
  const sightNow = () => {
    const { x, y } = network.getViewPosition();
    const [aside, down] = [container.clientWidth, container.clientHeight].map(
      (pixels) => (pixels * 0.6) / network.getScale(),
    );
    return { left: x - aside, right: x + aside, top: y - down, bottom: y + down };
  };

  /** Draws everything anew from the state. */
  const refresh = () => {
    clearTimeout(resting);
    const scale = network.getScale();
    drawnScale = scale;
    drawnFrom = network.getViewPosition();
    lookAt(looking ? sightNow() : null);
    const canvas = container.querySelector('canvas');
    if (canvas) canvas.style.transform = '';
    renderer.allowRedraw = true;
    layout = arrange(scale, { width: container.clientWidth, height: container.clientHeight });
    // What is added last is drawn on top: the weightiest.
    const upwards = [...drawnThings()].reverse();
    fill(
      nodes,
      upwards.map((id) => nodeOptions(thingOf(id), theme, scale, thingNow(id, layout))),
    );
    const [count, all] = [drawnThings().length, shownThings().length];
    element('drawn').hidden = count === all;
    element('drawn').textContent = count === all ? '' : `${count} of ${all} things drawn: zoom in or find the others`;
    fill(
      edges,
      drawnTies().map((tie) => edgeOptions(tie, theme, scale, tieNow(tie))),
    );
  };

  /** Follows the reader at once: draws anew or, where there is much to draw, moves what is drawn and draws soon. */
  const glide = () => {
    if (drawnThings().length + drawnTies().length <= AT_ONCE) {
      refresh();
      return;
    }
    const scale = network.getScale();
    const { x, y } = network.getViewPosition();
    renderer.allowRedraw = false;
    const canvas = container.querySelector('canvas');
    const [aside, down] = [(drawnFrom.x - x) * scale, (drawnFrom.y - y) * scale];
    if (canvas) canvas.style.transform = `translate(${aside}px, ${down}px) scale(${scale / drawnScale})`;
    clearTimeout(resting);
    resting = setTimeout(refresh, 120);
  };

  /** @returns {string[]} What there is to see: all that is shown; on a small screen, what is in focus. */
  const worthSeeing = () => {
    const focus = matchMedia('(max-width: 50rem)').matches ? inFocus() : null;
    const near = focus ? shownThings().filter((id) => focus.things.has(id)) : [];
    return near.length > 0 ? near : shownThings();
  };

  /** Shows some things, names included; never larger than life by much. @param {string[]} [ids] */
  const fit = (ids = worthSeeing()) => {
    const { clientWidth: width, clientHeight: height } = container;
    if (width === 0 || height === 0 || ids.length === 0) return;
    const { scale, all } = fitting(width, height, ids);
    network.moveTo({ position: { x: all.x / scale, y: all.y / scale }, scale, animation: false });
    looking = false;
    refresh();
  };

  /** Notes in the address where the reader looks. */
  const look = () => {
    looking = true;
    const { x, y } = network.getViewPosition();
    change({ camera: { x, y, zoom: network.getScale() } });
  };

  /** Looks where the state says, or at everything. */
  const follow = () => {
    // The parts around it have come and taken their room.
    size = `${container.clientWidth} ${container.clientHeight}`;
    network.setSize('100%', '100%');
    const { camera } = state;
    if (!camera) {
      fit();
      return;
    }
    network.moveTo({ position: camera, scale: camera.zoom, animation: false });
    looking = true;
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
    return found ? { kind: 'thing', id: found.id } : { kind: 'nothing' };
  };

  /** @param {number} x @param {number} y @returns {string | undefined} The thing whose badge is at a pixel. */
  const moreAt = (x, y) => {
    const point = network.DOMtoCanvas({ x, y });
    return badgeAt(layout.badges, point.x * drawnScale, point.y * drawnScale);
  };

  /** @param {number} x @param {number} y @returns {Choice} What is drawn at a pixel of the picture, or beside it. */
  const at = (x, y) => {
    const more = moreAt(x, y);
    if (more) return { kind: 'thing', id: more };
    for (const reach of [0, 6, 12]) {
      const turns = reach === 0 ? [0] : [0, 1, 2, 3, 4, 5, 6, 7].map((turn) => (turn * Math.PI) / 4);
      const points = turns.map((turn) => ({ x: x + reach * Math.cos(turn), y: y + reach * Math.sin(turn) }));
      const thing = points.map((point) => network.getNodeAt(point)).find((id) => id !== undefined);
      if (thing !== undefined) return { kind: 'thing', id: String(thing) };
      const named = reach === 0 ? nameAt(x, y) : null;
      if (named?.kind === 'thing') return named;
      const tie = points.map((point) => network.getEdgeAt(point)).find((id) => id !== undefined);
      if (tie !== undefined) return { kind: 'assertion', id: TIES[Number(tie)].assertion };
    }
    return { kind: 'nothing' };
  };

  network.on('afterDrawing', (/** @type {CanvasRenderingContext2D} */ ctx) =>
    drawNames(ctx, layout, theme, network.getScale(), drawnScale),
  );
  network.on('click', (/** @type {{pointer: {DOM: {x: number, y: number}}}} */ { pointer }) => {
    const more = moreAt(pointer.DOM.x, pointer.DOM.y);
    if (more) change({ opened: [...state.opened, more] });
    else choose(at(pointer.DOM.x, pointer.DOM.y));
  });
  let noting = 0;
  network.on('zoom', () => {
    looking = true;
    glide();
    clearTimeout(noting);
    noting = setTimeout(look, 250);
  });
  network.on('dragging', (/** @type {{nodes: string[]}} */ { nodes: dragged }) => {
    if (dragged.length === 0) {
      looking = true;
      if (drawnThings().length + drawnTies().length > AT_ONCE) glide();
      return;
    }
    for (const id of dragged) moveTo(id, network.getPosition(id));
    layout = {
      ...layout,
      tieNames: [],
      badges: [],
      marks: [],
      placed: layout.placed.filter(({ id }) => !dragged.includes(id)),
    };
  });
  network.on('dragEnd', (/** @type {{nodes: string[]}} */ { nodes: dragged }) => {
    if (dragged.length === 0) {
      look();
      return;
    }
    for (const id of dragged) moveTo(id, network.getPosition(id));
    network.unselectAll();
    onMoved();
    refresh();
  });
  // vis-network's own resizing would change the scale behind our back.
  new ResizeObserver(() => {
    const now = `${container.clientWidth} ${container.clientHeight}`;
    if (now === size) return;
    size = now;
    network.setSize('100%', '100%');
    if (looking) refresh();
    else fit();
  }).observe(container);
  /** Takes the colours of the page anew. */
  const recolour = (then = refresh) => {
    theme = readTheme();
    then();
  };
  for (const media of ['(prefers-color-scheme: dark)', '(forced-colors: active)']) {
    matchMedia(media).addEventListener('change', () => recolour());
  }
  // The table and the search are the way in by keyboard; a canvas that takes focus would say nothing.
  container.querySelector('.vis-network')?.setAttribute('tabindex', '-1');
  return {
    ...{ network, refresh, recolour, fit, follow, at },
    /** Whether the reader looks somewhere of their own choice. */
    isLooking: () => looking,
    /** What is drawn, for other forms of the same picture. */
    scene: () => ({ layout, theme, scale: drawnScale }),
    /** Where names stand on the screen, but for where the picture stands; and which things have none. */
    names: () => {
      const boxes = layout.placed.map(({ id, lines, x, y, align }) => {
        const { width } = drawnName(id);
        const middle = align === 'left' ? x + width / 2 : align === 'right' ? x - width / 2 : x;
        return { id, x: middle, y, w: width, h: lines.length * LABEL_LINE };
      });
      const named = new Set(boxes.map(({ id }) => id));
      const isOpen = (/** @type {string} */ id) => thingOf(id).shape === 'box' && !layout.folded.has(id);
      return { boxes, unnamed: drawnThings().filter((id) => !named.has(id) && !isOpen(id)) };
    },
  };
};

/** @typedef {ReturnType<typeof drawPicture>} Picture */
