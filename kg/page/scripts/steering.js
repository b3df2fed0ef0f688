/**
 * The picture without a mouse: keys and buttons that move and zoom it, and a mark that goes from name to name and along
 * their lines, which is spoken and can be chosen.
 *
 * @typedef {import('./lines.js').Line} Line
 * @typedef {import('./geometry.js').Point} Point
 * @typedef {{thing: string} | {thing: string, line: Line}} Mark  a name, or a line that begins or ends at it
 */

import { element, statusName, thingOf } from './data.js';
import { isForPage } from './keys.js';
import { choiceOf, drawnLines } from './lines.js';
import { middleOf } from './look.js';
import { nameOf } from './names.js';
import { change, onChange, state } from './state.js';
import { cardNow, chosenThing, drawnThings, shownTiesOf, statusOf } from './visibility.js';
import { countNoun, make, plain, signButton } from './words.js';

/** How far a key moves the picture, in pixels, and by how much it zooms. */
const [FAR, CLOSER] = [80, 1.25];

/** @type {Object<string, Point>} */
const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** @param {Line} line @returns {string} What it says, for the ear. */
const lineWords = ({ lead, ties }) => {
  const more = ties.length > 1 ? `, one line of ${countNoun(ties.length, 'claim')}` : '';
  return `${plain(cardNow(lead.card).words)}: ${statusName(statusOf(lead))}${more}`;
};

/** @param {string} id @returns {Line[]} The lines at a thing, as they are drawn. */
const linesAt = (id) => drawnLines().filter(({ from, to }) => from === id || to === id);

/** @param {Point} from @param {Point} to @param {Point} way @returns {number} How far it is in that way; what lies aside is farther. */
const distanceAlong = ([x, y], [otherX, otherY], [across, down]) => {
  const ahead = (otherX - x) * across + (otherY - y) * down;
  const aside = Math.abs((otherX - x) * down) + Math.abs((otherY - y) * across);
  return ahead <= 1 || aside > 2 * ahead ? Infinity : ahead + 1.5 * aside;
};

/** The picture and what steers it. */
class Steering {
  /** @param {import('./picture.js').Picture} picture */
  constructor(picture) {
    this.picture = picture;
    /** @type {Mark | null} */
    this.mark = null;
    this.ring = make('div.ring', { hidden: '' });
    picture.container.append(this.ring);
    picture.network.on('afterDrawing', () => this.showRing());
  }

  /** @param {Mark} mark @returns {Point} Where it is, in the picture's pixels. */
  pointOf(mark) {
    if ('line' in mark) return middleOf(mark.line, this.picture.layout.scale);
    const box = this.picture.layout.boxes.get(mark.thing);
    return [box?.x ?? 0, box?.y ?? 0];
  }

  /** Moves the picture by some pixels. @param {number} across @param {number} down */
  pan(across, down) {
    const { network } = this.picture;
    const { x, y } = network.getViewPosition();
    const scale = network.getScale();
    this.lookAt({ x: x + across / scale, y: y + down / scale }, scale);
  }

  /** @param {number} by */
  zoom(by) {
    const { network } = this.picture;
    this.lookAt(network.getViewPosition(), Math.max(0.0005, Math.min(100, network.getScale() * by)));
  }

  /** @param {{x: number, y: number}} position @param {number} scale */
  lookAt(position, scale) {
    this.picture.network.moveTo({ position, scale, animation: false });
    this.picture.isLooking = true;
    this.picture.refresh();
    this.picture.noteCamera();
  }

  fit() {
    this.picture.fit();
    change({ camera: null });
  }

  /** Shows where the mark is; none where nothing of it is drawn. */
  showRing() {
    const { mark, picture } = this;
    const isDrawn = mark && (picture.layout.boxes.has(mark.thing) || 'line' in mark);
    this.ring.hidden = !isDrawn;
    if (!mark || !isDrawn) return;
    const { scale, zoom, boxes } = picture.layout;
    const [x, y] = this.pointOf(mark);
    const { x: left, y: top } = picture.network.canvasToDOM({ x: x / scale, y: y / scale });
    const box = 'line' in mark ? undefined : boxes.get(mark.thing);
    const [width, height] = [box?.w ?? 12, box?.h ?? 12].map((size) => (size * zoom) / scale + 12);
    const place = { left: left - width / 2, top: top - height / 2, width, height };
    for (const [name, pixels] of Object.entries(place)) this.ring.style.setProperty(name, `${pixels}px`);
  }

  /** Puts the mark somewhere, brings it into sight and says what is there. @param {Mark} mark */
  moveTo(mark) {
    this.mark = mark;
    const { network, container, layout } = this.picture;
    const [x, y] = this.pointOf(mark);
    const at = network.canvasToDOM({ x: x / layout.scale, y: y / layout.scale });
    const isInSight = at.x > 20 && at.y > 20 && at.x < container.clientWidth - 20 && at.y < container.clientHeight - 20;
    if (!isInSight) this.lookAt({ x: x / layout.scale, y: y / layout.scale }, layout.zoom);
    this.showRing();
    const { thing } = mark;
    element('spoken').textContent =
      'line' in mark
        ? lineWords(mark.line)
        : [nameOf(thing), thingOf(thing).type, countNoun(shownTiesOf(thing).length, 'claim')]
            .filter(Boolean)
            .join(', ');
  }

  /** @returns {string | undefined} Where the mark begins: at what is chosen, or at the name with the most claims. */
  start() {
    return drawnThings().includes(chosenThing()) ? chosenThing() : drawnThings()[0];
  }

  /** Goes to the nearest name in a way. @param {Point} way */
  go(way) {
    const { mark } = this;
    if (!mark || !drawnThings().includes(mark.thing)) {
      const first = this.start();
      if (first) this.moveTo({ thing: first });
      return;
    }
    const from = this.pointOf(mark);
    let [nearest, distance] = ['', Infinity];
    for (const id of drawnThings()) {
      const far =
        id === mark.thing && !('line' in mark) ? Infinity : distanceAlong(from, this.pointOf({ thing: id }), way);
      if (far < distance) [nearest, distance] = [id, far];
    }
    if (nearest) this.moveTo({ thing: nearest });
  }

  /** Goes to the next line at the name of the mark, or the one before. @param {1 | -1} by */
  turn(by) {
    const thing = this.mark?.thing ?? this.start();
    const lines = thing === undefined ? [] : linesAt(thing);
    if (thing === undefined || lines.length === 0) return;
    const { mark } = this;
    const leads = lines.map(({ lead }) => lead);
    const now = mark && 'line' in mark ? leads.indexOf(mark.line.lead) : -1;
    const next = now < 0 && by < 0 ? lines.length - 1 : (now + by + lines.length) % lines.length;
    this.moveTo({ thing, line: lines[next] });
  }

  /** Chooses what is marked. */
  choose() {
    const { mark } = this;
    if (!mark) return;
    this.picture.choose('line' in mark ? choiceOf(mark.line) : { kind: 'thing', id: mark.thing });
  }

  /** @param {KeyboardEvent} event @returns {(() => void) | undefined} What a key does while the picture has the keyboard. */
  actionOf({ key, shiftKey }) {
    const way = WAYS[key];
    if (way && shiftKey) return () => this.pan(way[0] * FAR, way[1] * FAR);
    if (way) return () => this.go(way);
    return {
      PageDown: () => this.turn(1),
      PageUp: () => this.turn(-1),
      Home: () => this.moveTo({ thing: drawnThings()[0] }),
      Enter: () => this.choose(),
      ' ': () => this.choose(),
    }[key];
  }
}

/** @param {Steering} steering @returns {HTMLElement} Buttons for what else takes a wheel, a pinch or a drag. */
const buttons = (steering) => {
  const ways = make(
    'span.ways-of-moving',
    signButton(() => steering.pan(-FAR, 0), 'Move left', '←'),
    signButton(() => steering.pan(0, -FAR), 'Move up', '↑'),
    signButton(() => steering.pan(0, FAR), 'Move down', '↓'),
    signButton(() => steering.pan(FAR, 0), 'Move right', '→'),
  );
  // What is seen whole needs no moving.
  const show = () => {
    ways.hidden = state.camera === null;
  };
  show();
  onChange(show);
  return make(
    'div.steering',
    { role: 'group', 'aria-label': 'Move and zoom the picture' },
    ways,
    signButton(() => steering.zoom(1 / CLOSER), 'Zoom out (−)', '−'),
    signButton(() => steering.zoom(CLOSER), 'Zoom in (+)', '+'),
  );
};

/** @param {import('./picture.js').Picture} picture  comes to be steered by keys and buttons */
export const setUpSteering = (picture) => {
  const steering = new Steering(picture);
  const frame = picture.container;
  frame.tabIndex = 0;
  frame.after(buttons(steering));
  element('fit').addEventListener('click', () => steering.fit());
  frame.addEventListener('keydown', (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const act = steering.actionOf(event);
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  });
  frame.addEventListener('blur', () => {
    steering.mark = null;
    steering.ring.hidden = true;
  });
  document.addEventListener('keydown', (event) => {
    const { key } = event;
    if (!isForPage(event) || state.pane !== 'picture') return;
    if (key === '+' || key === '=') steering.zoom(CLOSER);
    else if (key === '-' || key === '−') steering.zoom(1 / CLOSER);
    else if (key === '0') steering.fit();
  });
};
