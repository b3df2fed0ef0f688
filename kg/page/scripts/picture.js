/**
 * The picture on the screen: vis-network gives the canvas with moving, zooming and dragging; what is painted on it is the
 * list of shapes (`shapes.js`), always from the whole state.
 *
 * @typedef {import('./address.js').Camera} Place
 * @typedef {import('./address.js').Choice} Choice
 * @typedef {import('./lines.js').Line} Line
 * @typedef {import('./geometry.js').Point} Point
 * @typedef {import('./labels.js').Box} Box
 * @typedef {import('./layout.js').Layout} Layout
 * @typedef {import('./shapes.js').Figure} Figure
 */

// The builds for today's browsers, two thirds of the size of the default ones.
import { DataSet } from 'vis-data/esnext';
import { Network } from 'vis-network/esnext';
import { badgeAt } from './badges.js';
import { Camera, TRAVEL, worthSeeing } from './camera.js';
import { OPTIONS } from './data.js';
import { showDrawnCount } from './drawncount.js';
import { compact } from './frame.js';
import { distanceTo } from './geometry.js';
import { isIn } from './grid.js';
import { showHandles } from './handles.js';
import { arrange, arrangeStepwise, sketch } from './layout.js';
import { choiceOf, drawnLines } from './lines.js';
import { readTheme } from './look.js';
import { paint } from './paint.js';
import { moveTo, placeOf, relaxPoint, stretchPoint, stretchTo } from './places.js';
import { figuresOf } from './shapes.js';
import { change, state } from './state.js';
import { drawnThings, isLarge, shownThings, subjects } from './visibility.js';
import { Work } from './work.js';

/** So many things and ties are drawn anew at every step of a zoom; more of them only when it rests. */
const AT_ONCE = 300;

/** So many lines find their ways before anything is drawn; of more there is a sketch first. */
const MOST_AT_ONCE = 120;

/** Where a filter leaves what is drawn in its place, so many do: the others go on where they are. */
export const MOST_FILTERED = 40;

/** So far from a line, in pixels, a pointer still means it. */
const LINE_REACH = 10;

/** The picture, which is always drawn from the state. */
export class Picture {
  /** @param {HTMLElement} container @param {(choice: Choice) => void} choose @param {() => void} onMoved */
  constructor(container, choose, onMoved) {
    this.container = container;
    this.choose = choose;
    this.onMoved = onMoved;
    /** What vis-network lets a reader grab. @type {DataSet<any, 'id'>} */
    this.nodes = new DataSet();
    this.network = new Network(container, { nodes: this.nodes }, OPTIONS);
    this.camera = new Camera(this.network, container);
    /** @type {Layout} */
    this.layout = {
      scale: 1,
      zoom: 1,
      boxes: new Map(),
      foldedIds: new Set(),
      regions: [],
      names: [],
      lineNames: [],
      counts: [],
      badges: [],
      marks: [],
    };
    /** @type {Figure[]} */
    this.figures = [];
    /** Where the reader looked when it was drawn. */
    this.drawnFrom = { x: 0, y: 0 };
    /** Whether the reader looks somewhere of their own choice. */
    this.isLooking = false;
    this.resting = 0;
    /** What makes a picture of a sketch. */
    this.work = new Work();
    this.noting = 0;
    this.size = '';
    this.canvas = /** @type {HTMLCanvasElement} */ (container.querySelector('canvas'));
    // Where it is moved and not drawn anew (`glide`), vis-network shall still find a pointer where it is in the frame.
    this.canvas.getBoundingClientRect = () => container.getBoundingClientRect();
    this.listen();
    // The table and the search are the way in by keyboard; a canvas that takes focus would say nothing.
    container.querySelector('.vis-network')?.setAttribute('tabindex', '-1');
  }

  /** Follows what the reader does with the picture, and what happens to its frame and colours. */
  listen() {
    const { network } = this;
    network.on('afterDrawing', (/** @type {CanvasRenderingContext2D} */ ctx) => this.paint(ctx));
    network.on('click', (/** @type {{pointer: {DOM: {x: number, y: number}}}} */ { pointer }) => {
      const more = badgeAt(this.layout.badges, ...this.pointAt(pointer.DOM.x, pointer.DOM.y));
      if (more) change({ opened: [...state.opened, more] });
      else this.choose(this.at(pointer.DOM.x, pointer.DOM.y));
    });
    network.on('zoom', () => {
      this.camera.stop();
      this.isLooking = true;
      this.glide();
      this.noteSoon(250);
    });
    network.on('dragStart', () => this.camera.stop());
    network.on('dragging', (/** @type {{nodes: string[]}} */ { nodes }) => this.drag(nodes));
    network.on('dragEnd', (/** @type {{nodes: string[]}} */ { nodes }) => this.drop(nodes));
    // vis-network's own resizing would change the scale behind our back.
    new ResizeObserver(() => {
      if (this.frameSize() === this.size) return;
      this.takeSize();
      if (this.isLooking) this.refresh();
      else this.fit(undefined, this.camera.isMoving);
    }).observe(this.container);
    for (const media of ['(prefers-color-scheme: dark)', '(forced-colors: active)']) {
      matchMedia(media).addEventListener('change', () => this.refresh());
    }
  }

  /** @returns {string} */
  frameSize() {
    return `${this.container.clientWidth} ${this.container.clientHeight}`;
  }

  takeSize() {
    this.size = this.frameSize();
    this.network.setSize('100%', '100%');
  }

  /** Lets vis-network paint, or not: its own switch, which its types do not tell of. @param {boolean} isAllowed */
  allowPainting(isAllowed) {
    const { renderer } = /** @type {{renderer: {allowRedraw: boolean}}} */ (/** @type {unknown} */ (this.network));
    renderer.allowRedraw = isAllowed;
  }

  /** @param {CanvasRenderingContext2D} ctx  in the picture's own units */
  paint(ctx) {
    ctx.save();
    ctx.scale(1 / this.layout.scale, 1 / this.layout.scale);
    paint(ctx, this.figures);
    ctx.restore();
  }

  /**
   * Draws everything anew from the state. Where there are many lines it is a sketch at first, and then, as soon as there
   * is time between what the reader does, the picture.
   *
   * @param {number} [mostAtOnce]  so many lines find their ways before anything is drawn
   */
  refresh(mostAtOnce = MOST_AT_ONCE) {
    clearTimeout(this.resting);
    this.work.stop();
    this.drawnFrom = this.network.getViewPosition();
    this.canvas.style.transform = '';
    this.allowPainting(true);
    showDrawnCount();
    const { x, y } = this.drawnFrom;
    const at = /** @type {Point} */ ([x, y]);
    const [zoom, screen] = [this.network.getScale(), { ...this.camera.screen(), at, covered: this.camera.covered() }];
    if (drawnLines().length <= mostAtOnce) {
      this.draw(arrange(zoom, screen));
      return;
    }
    this.draw(sketch(zoom, screen, this.layout));
    const of = state;
    const steps = arrangeStepwise(zoom, screen);
    this.work.begin(
      steps,
      (layout) => this.draw(layout),
      () => state !== of,
      () => this.refresh(mostAtOnce),
    );
  }

  /** @param {Layout} layout */
  draw(layout) {
    this.layout = layout;
    this.figures = figuresOf(this.layout, readTheme());
    showHandles(this.nodes, layout);
    this.network.redraw();
  }

  /** Follows the reader at once: draws anew or, where there is much to draw, moves what is drawn and draws soon. */
  glide() {
    if (drawnThings().length + drawnLines().length <= AT_ONCE) {
      this.refresh();
      return;
    }
    const scale = this.network.getScale();
    const { x, y } = this.network.getViewPosition();
    this.allowPainting(false);
    const [aside, down] = [(this.drawnFrom.x - x) * scale, (this.drawnFrom.y - y) * scale];
    this.canvas.style.transform = `translate(${aside}px, ${down}px) scale(${scale / this.layout.zoom})`;
    clearTimeout(this.resting);
    this.work.stop();
    this.resting = setTimeout(() => this.refresh(), 120);
  }

  /** Shows some things. @param {string[]} [ids] @param {boolean} [isMoving]  whether the way there is seen */
  fit(ids = worthSeeing(), isMoving = false) {
    const { clientWidth, clientHeight } = this.container;
    if (clientWidth === 0 || clientHeight === 0 || ids.length === 0) return;
    this.camera.stop();
    // Where the reader looked before is no longer worth noting.
    clearTimeout(this.noting);
    this.isLooking = false;
    stretchTo(this.camera.screen());
    const place = this.camera.onto(ids);
    if (isMoving) this.travel(place);
    else {
      this.camera.lookFrom(place);
      this.refresh();
    }
  }

  /** @param {Place} place  is looked at from now on */
  travel(place) {
    this.camera.travel(place, () => this.refresh());
  }

  /**
   * Turns to what has come into focus: to the subjects of a step, to the whole picture where a story is left, to what is
   * chosen elsewhere and not in sight. Else the picture stays as it is.
   *
   * @param {Choice['kind']} before  what was chosen before
   */
  turnTo(before) {
    const { kind } = state.choice;
    const ids = [...subjects()].filter((id) => shownThings().includes(id));
    const [toStep, toAll] = [kind === 'step', before === 'step' && kind === 'nothing'];
    if (toStep || toAll || compact.matches || isLarge()) this.fit(undefined, true);
    else if (ids.length > 0 && !this.camera.sees(ids)) {
      const place = this.camera.onto(ids);
      this.isLooking = true;
      this.travel({ ...place, zoom: Math.min(place.zoom, this.network.getScale()) });
      this.noteSoon(TRAVEL + 50);
    } else this.refresh();
  }

  /** @param {number} wait  in ms, for where the reader looks to be noted in the address */
  noteSoon(wait) {
    clearTimeout(this.noting);
    this.noting = setTimeout(() => this.noteCamera(), wait);
  }

  /** Notes in the address where the reader looks. */
  noteCamera() {
    this.isLooking = true;
    const { x, y } = relaxPoint(this.network.getViewPosition());
    change({ camera: { x, y, zoom: this.network.getScale() } });
  }

  /** Looks where the state says, or at everything. */
  follow() {
    // The parts around it have come and taken their room.
    this.takeSize();
    const { camera } = state;
    if (!camera) {
      this.fit();
      return;
    }
    stretchTo(this.camera.screen());
    this.camera.lookFrom({ ...camera, ...stretchPoint(camera) });
    this.isLooking = true;
    this.refresh();
  }

  /** @param {string[]} ids  the things that are dragged; none where the picture is */
  drag(ids) {
    if (ids.length === 0) {
      this.isLooking = true;
      if (drawnThings().length + drawnLines().length > AT_ONCE) this.glide();
      return;
    }
    this.work.stop();
    const { scale, boxes, names } = this.layout;
    for (const id of ids) {
      moveTo(id, this.network.getPosition(id));
      const { x, y } = placeOf(id);
      boxes.set(id, { .../** @type {Box} */ (boxes.get(id)), x: x * scale, y: y * scale });
    }
    const others = names.filter(({ id }) => !ids.includes(id));
    this.layout = { ...this.layout, names: others, lineNames: [], counts: [], badges: [], marks: [] };
    this.figures = figuresOf(this.layout, readTheme());
  }

  /** @param {string[]} ids  the things that were dragged; none where the picture was */
  drop(ids) {
    if (ids.length === 0) {
      this.noteCamera();
      return;
    }
    for (const id of ids) moveTo(id, this.network.getPosition(id));
    this.network.unselectAll();
    this.onMoved();
    this.refresh();
  }

  /** @param {number} x @param {number} y  a pixel of the frame @returns {Point} the same in the picture's pixels */
  pointAt(x, y) {
    const point = this.network.DOMtoCanvas({ x, y });
    return [point.x * this.layout.scale, point.y * this.layout.scale];
  }

  /** @param {Point} point @param {number} reach @returns {string | undefined} The thing on top whose shape is so near. */
  thingAt(point, reach) {
    const { boxes } = this.layout;
    return drawnThings().find((id) => isIn(/** @type {Box} */ (boxes.get(id)), point, reach));
  }

  /** @param {Point} point @param {number} reach @returns {Line | undefined} The nearest line that is so near. */
  lineAt(point, reach) {
    let nearest;
    let distance = reach;
    for (const { line, way } of this.figures) {
      const far = line && way ? distanceTo(point, way) : Infinity;
      if (far < distance) [nearest, distance] = [line, far];
    }
    return nearest;
  }

  /** @param {number} x @param {number} y @returns {Choice} What is drawn at a pixel of the picture, or beside it. */
  at(x, y) {
    const point = this.pointAt(x, y);
    const more = badgeAt(this.layout.badges, ...point);
    if (more) return { kind: 'thing', id: more };
    const nameUnder = this.layout.names.find(({ box }) => isIn(box, point))?.id;
    for (const reach of [0, 6, 12]) {
      const thing = this.thingAt(point, reach) ?? nameUnder;
      if (thing !== undefined) return { kind: 'thing', id: thing };
      const line = this.lineAt(point, LINE_REACH + reach);
      if (line) return choiceOf(line);
    }
    const bundle = this.figures.find(
      ({ bundle: each, way }) => each && way && distanceTo(point, way) < LINE_REACH,
    )?.bundle;
    if (bundle) return { kind: 'path', from: bundle.from, to: bundle.to };
    return { kind: 'nothing' };
  }
}
