/**
 * Shapes, curves and arrow heads as paths (in the syntax that SVG and canvas share). Pure; in pixels.
 *
 * @typedef {[number, number]} Point
 * @typedef {{from: Point, via: Point, next?: Point, to: Point, points?: Point[]}} Curve  quadratic, straight where `via`
 *   lies halfway; cubic where it has a `next` control point; straight from point to point where it has `points`
 */

/** @param {number} number @returns {string} */
const short = (number) => String(Math.round(number * 100) / 100);

/** @param {Point[]} points @returns {string} The path that runs straight from each to the next. */
export const pathOver = (points) => `M${points.map((point) => point.map(short).join(' ')).join('L')}`;

/** @param {Point[]} points @returns {string} The path of a polygon. */
export const polygon = (points) => `${pathOver(points)}Z`;

/** @param {Point} centre @param {number} w @param {number} h @returns {string} The path of a box with round corners. */
export const roundedBox = ([x, y], w, h) => {
  const r = Math.min(CORNER, h / 2, w / 2);
  const arc = (/** @type {number} */ dx, /** @type {number} */ dy) => `a${r} ${r} 0 0 1 ${dx} ${dy}`;
  const [across, down] = [short(w - 2 * r), short(h - 2 * r)];
  const sides = [
    `h${across}${arc(r, r)}`,
    `v${down}${arc(-r, r)}`,
    `h-${across}${arc(-r, -r)}`,
    `v-${down}${arc(r, -r)}`,
  ];
  return `M${short(x - w / 2 + r)} ${short(y - h / 2)}${sides.join('')}Z`;
};

const CORNER = 5;

/** @param {Point} centre @param {number} radius @returns {string} The path of a circle. */
export const circle = ([x, y], radius) => {
  const r = short(radius);
  const half = `a${r} ${r} 0 1 1 `;
  return `M${short(x - radius)} ${short(y)}${half}${short(2 * radius)} 0${half}${short(-2 * radius)} 0Z`;
};

/** @param {number} count @param {(turn: number, index: number) => Point} at @returns {Point[]} */
const around = (count, at) => Array.from({ length: count }, (_, index) => at((2 * Math.PI * index) / count, index));

/** @param {number} size  half of its width @returns {Point[]} A triangle that points up. */
const triangle = (size) => {
  const low = size * (0.275 + 1 / Math.sqrt(3));
  return [
    [0, low - size * Math.sqrt(3)],
    [size, low],
    [-size, low],
  ];
};

/** Corners of shapes that are neither boxes nor circles, around 0, for half a width of 1. @type {Object<string, Point[]>} */
const CORNERS = {
  triangle: triangle(1.15),
  'triangle-down': triangle(1.15).map(([x, y]) => [x, -y]),
  hexagon: around(6, (turn) => [Math.cos(turn), Math.sin(turn)]),
  star: around(10, (turn, index) => {
    const out = 0.82 * (index % 2 === 0 ? 1.3 : 0.5);
    return [out * Math.sin(turn), 0.082 - out * Math.cos(turn)];
  }),
  square: around(4, (turn) => [Math.SQRT2 * Math.cos(turn + Math.PI / 4), Math.SQRT2 * Math.sin(turn + Math.PI / 4)]),
  diamond: around(4, (turn) => [Math.cos(turn), Math.sin(turn)]),
};

/** @param {string} shape @param {Point} centre @param {number} radius @returns {Point[]} its corners */
export const corners = (shape, [x, y], radius) =>
  (CORNERS[shape] ?? CORNERS.diamond).map(([dx, dy]) => [x + dx * radius, y + dy * radius]);

/**
 * @param {Point[]} points  around 0, of what looks to the right @param {Point} at @param {number} size
 * @param {Point} from @param {Point} to  that it looks from the one to the other instead
 * @returns {Point[]} the same there, turned and of that size
 */
const turnedTo = (points, [x, y], size, from, to) => {
  const angle = Math.atan2(to[1] - from[1], to[0] - from[0]);
  const [cos, sin] = [Math.cos(angle) * size, Math.sin(angle) * size];
  return points.map(([dx, dy]) => [x + dx * cos - dy * sin, y + dx * sin + dy * cos]);
};

/**
 * @param {string} mark  its kind @param {Point} at @param {Point} next  where the line that it stands on leads
 * @param {number} size  half its width
 * @returns {string} the path of a mark on a line
 */
export const markPath = (mark, at, next, size) => {
  if (mark === 'dot' || mark === 'ring') return circle(at, size * 0.9);
  const points = turnedTo(MARKS[mark] ?? MARKS.square, at, size, at, next);
  return mark === 'cross' ? pathOver(points.slice(0, 2)) + pathOver(points.slice(2)) : polygon(points);
};

/** Marks on a line that runs to the right, for half a width of 1. @type {Object<string, Point[]>} */
const MARKS = {
  square: [
    [-0.85, -0.85],
    [0.85, -0.85],
    [0.85, 0.85],
    [-0.85, 0.85],
  ],
  triangle: [
    [1.25, 0],
    [-0.85, 1.1],
    [-0.85, -1.1],
  ],
  cross: [
    [-0.9, -0.9],
    [0.9, 0.9],
    [-0.9, 0.9],
    [0.9, -0.9],
  ],
};

/** @param {Point} a @param {Point} b @param {number} t @returns {Point} What lies so far from a to b. */
export const between = (a, b, t) => [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t];

/** @param {Point} a @param {Point} b @param {Point} c @returns {number} On which side of a to b c lies: above 0 where one turns left at b. */
export const sideOf = (a, b, c) => (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);

/** @param {Iterable<{x: number, y: number}>} points @returns {{w: number, h: number}} How far they reach, with the middle of the picture. */
export const extentOf = (points) => {
  let [left, right, top, bottom] = [0, 0, 0, 0];
  for (const { x, y } of points) {
    [left, right] = [Math.min(left, x), Math.max(right, x)];
    [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
  }
  return { w: right - left, h: bottom - top };
};

/** @param {Point} a @param {Point} b @returns {number} */
export const distance = (a, b) => Math.hypot(b[0] - a[0], b[1] - a[1]);

/** @param {Point[]} points @returns {[Point, Point][]} Each with the next. */
export const partsOf = (points) => points.slice(1).map((to, index) => [points[index], to]);

/** @param {Point[]} points @returns {Curve} One that runs straight from each of these points to the next. */
export const trackOf = (points) => {
  const [from, to] = [points[0], points[points.length - 1]];
  return { from, via: between(from, to, 0.5), to, points };
};

/** How far along its points a track has come at each of them. @type {WeakMap<Point[], number[]>} */
const milestones = new WeakMap();

/** @param {Point[]} points @returns {number[]} */
const milestonesOf = (points) => {
  let found = milestones.get(points);
  if (!found) {
    found = [0];
    for (const [index, [from, to]] of partsOf(points).entries()) found.push(found[index] + distance(from, to));
    milestones.set(points, found);
  }
  return found;
};

/** @param {Curve} curve @returns {number} How long its way is or, of a bent one, how far its ends are apart. */
export const lengthOf = ({ from, to, points }) => (points ? (milestonesOf(points).at(-1) ?? 0) : distance(from, to));

/** @param {Point[]} points @param {number} t @returns {Point} What lies so far along them. */
const alongPoints = (points, t) => {
  const far = milestonesOf(points);
  const goal = t * far[far.length - 1];
  let index = far.findIndex((each) => each >= goal);
  if (index < 1) index = index === 0 ? 1 : points.length - 1;
  const share = (goal - far[index - 1]) / (far[index] - far[index - 1] || 1);
  return between(points[index - 1], points[index], share);
};

/** @typedef {Required<Omit<Curve, 'points'>>} Cubic */

/** @param {Cubic} curve @param {number} a @param {number} b @param {number} c @returns {Point} Its polar form: a point of it where all are the same. */
const blend = ({ from, via, next, to }, a, b, c) => {
  const middle = between(via, next, a);
  return between(between(between(from, via, a), middle, b), between(middle, between(next, to, a), b), c);
};

/** @param {Curve} curve @param {number} t @returns {Point} */
export const pointAt = (curve, t) => {
  const { from, via, next, to, points } = curve;
  if (points) return alongPoints(points, t);
  if (next) return blend(/** @type {Cubic} */ (curve), t, t, t);
  return between(between(from, via, t), between(via, to, t), t);
};

/** Walks along a curve, without a new point for each step. */
export class Walk {
  /** @param {Curve} curve */
  constructor(curve) {
    this.curve = curve;
    const { from, via, to } = curve;
    const next = curve.next ?? between(via, to, 1 / 3);
    const first = curve.next ? via : between(from, via, 2 / 3);
    /** Where it is now. */
    this.x = from[0];
    this.y = from[1];
    const terms = (/** @type {0 | 1} */ axis) => [
      3 * (first[axis] - from[axis]),
      3 * (from[axis] - 2 * first[axis] + next[axis]),
      to[axis] - from[axis] + 3 * (first[axis] - next[axis]),
    ];
    this.across = terms(0);
    this.down = terms(1);
  }

  /** @param {number} t  where on the curve to go */
  goTo(t) {
    const { curve } = this;
    if (curve.points) [this.x, this.y] = alongPoints(curve.points, t);
    else {
      const { across, down } = this;
      this.x = curve.from[0] + t * (across[0] + t * (across[1] + t * across[2]));
      this.y = curve.from[1] + t * (down[0] + t * (down[1] + t * down[2]));
    }
  }
}

/**
 * @param {Curve} curve
 * @param {(point: Point) => boolean} isInside  whether a point is in the shape at the curve's start
 * @returns {number} where on the curve one leaves that shape
 */
export const exitOf = (curve, isInside) => {
  let [low, high] = [0, 1];
  // A curve leaves the shape that it starts from once: halving finds where.
  for (let step = 0; step < 24; step += 1) {
    const middle = (low + high) / 2;
    if (isInside(pointAt(curve, middle))) low = middle;
    else high = middle;
  }
  return high;
};

/** @param {Curve} curve @returns {Curve} The same curve from its other end. */
export const reverseCurve = ({ from, via, next, to, points }) => {
  if (points) return trackOf(points.toReversed());
  return next ? { from: to, via: next, next: via, to: from } : { from: to, via, to: from };
};

/** @param {Curve} curve @param {number} start @param {number} end @returns {Curve} The part between two points of it. */
export const part = (curve, start, end) => {
  if (curve.points) return trackPart(curve.points, start, end);
  if (curve.next) return cubicPart(/** @type {Cubic} */ (curve), start, end);
  const via = between(between(curve.from, curve.via, start), between(curve.via, curve.to, start), end);
  return { from: pointAt(curve, start), via, to: pointAt(curve, end) };
};

/** @param {Point[]} points @param {number} start @param {number} end @returns {Curve} */
const trackPart = (points, start, end) => {
  const far = milestonesOf(points);
  const whole = far[far.length - 1];
  const inner = points.filter((_, index) => far[index] > start * whole && far[index] < end * whole);
  return trackOf([alongPoints(points, start), ...inner, alongPoints(points, end)]);
};

/** @param {Cubic} curve @param {number} start @param {number} end @returns {Curve} */
const cubicPart = (curve, start, end) => ({
  from: pointAt(curve, start),
  via: blend(curve, start, start, end),
  next: blend(curve, start, end, end),
  to: pointAt(curve, end),
});

/** @param {Curve} curve @returns {string} */
export const curvePath = ({ from, via, next, to, points }) => {
  if (points) return pathOver(points);
  const controls = next
    ? `C${[...via, ...next, ...to].map(short).join(' ')}`
    : `Q${[...via, ...to].map(short).join(' ')}`;
  return `M${from.map(short).join(' ')}${controls}`;
};

/** @param {Point} a @param {Point} b @param {number} aside @returns {Curve} One whose middle lies so far to the left. */
export const bentCurve = (a, b, aside) => {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const length = Math.hypot(dx, dy) || 1;
  const [x, y] = between(a, b, 0.5);
  return { from: a, via: [x + (2 * aside * dy) / length, y - (2 * aside * dx) / length], to: b };
};

/** @param {Curve} curve @returns {Point[]} Some points of it, from one end to the other. */
export const pointsOf = (curve) => curve.points ?? Array.from({ length: 17 }, (_, index) => pointAt(curve, index / 16));

/** @param {Point} centre @param {number} radius @returns {Point[]} Some points of a circle, all around and back. */
export const pointsAround = ([x, y], radius) => {
  const points = around(12, (turn) => [x + radius * Math.cos(turn), y + radius * Math.sin(turn)]);
  return [...points, points[0]];
};

/** @param {Point} point @param {Point[]} way @returns {number} How far a point is from a way over some points. */
export const distanceTo = ([x, y], way) => {
  let nearest = Infinity;
  for (const [[ax, ay], [bx, by]] of partsOf(way)) {
    const [dx, dy] = [bx - ax, by - ay];
    const along = ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1);
    const t = Math.max(0, Math.min(1, along));
    nearest = Math.min(nearest, Math.hypot(ax + t * dx - x, ay + t * dy - y));
  }
  return nearest;
};

/** Ends of lines in units of their length, their tip at 0 and behind it the line. @type {Object<string, Point[]>} */
const ENDS = {
  arrow: [
    [0, 0],
    [-1, 0.3],
    [-0.9, 0],
    [-1, -0.3],
  ],
  bar: [
    [0, 0.5],
    [0, -0.5],
    [-0.15, -0.5],
    [-0.15, 0.5],
  ],
  vee: [
    [-1, 0.3],
    [-0.5, 0],
    [-1, -0.3],
    [0, 0],
  ],
  circle: around(16, (turn) => [-0.4 + 0.4 * Math.cos(turn), 0.4 * Math.sin(turn)]),
};

/**
 * @param {string} end  its kind
 * @param {Point} tip @param {Point} before  a point of the line before the tip
 * @param {number} length
 * @returns {Point[]} the corners of the end of a line
 */
export const lineEnd = (end, tip, before, length) => turnedTo(ENDS[end] ?? ENDS.arrow, tip, length, before, tip);
