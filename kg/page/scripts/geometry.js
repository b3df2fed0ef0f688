/**
 * Shapes, curves and arrow heads as SVG draws them, alike to what vis-network draws on its canvas. Pure; in pixels.
 *
 * @typedef {[number, number]} Point
 * @typedef {{from: Point, via: Point, to: Point}} Curve  quadratic; straight where `via` lies halfway
 */

/** @param {number} number @returns {string} */
const short = (number) => String(Math.round(number * 100) / 100);

/** @param {Point[]} points @returns {string} The path of a polygon. */
export const polygon = (points) => `M${points.map((point) => point.map(short).join(' ')).join('L')}Z`;

/** @param {number} count @param {(turn: number, index: number) => Point} at @returns {Point[]} */
const around = (count, at) => Array.from({ length: count }, (_, index) => at((2 * Math.PI * index) / count, index));

/**
 * @param {string} shape  one that is not a box, a circle or a square
 * @param {number} x @param {number} y @param {number} radius
 * @returns {Point[]} its corners
 */
export const corners = (shape, x, y, radius) => {
  const r = shape.startsWith('triangle') ? radius * 1.15 : radius;
  const inner = r / Math.sqrt(3);
  const high = r * Math.sqrt(3) - inner;
  switch (shape) {
    case 'triangle':
      return [
        [x, y + 0.275 * r - high],
        [x + r, y + 0.275 * r + inner],
        [x - r, y + 0.275 * r + inner],
      ];
    case 'triangle-down':
      return [
        [x, y - 0.275 * r + high],
        [x + r, y - 0.275 * r - inner],
        [x - r, y - 0.275 * r - inner],
      ];
    case 'hexagon':
      return around(6, (turn) => [x + r * Math.cos(turn), y + r * Math.sin(turn)]);
    case 'star':
      return around(10, (turn, index) => {
        const out = radius * 0.82 * (index % 2 === 0 ? 1.3 : 0.5);
        return [x + out * Math.sin(turn), y + radius * 0.082 - out * Math.cos(turn)];
      });
    case 'square':
      return [
        [x - r, y - r],
        [x + r, y - r],
        [x + r, y + r],
        [x - r, y + r],
      ];
    default:
      return [
        [x, y + r],
        [x + r, y],
        [x, y - r],
        [x - r, y],
      ];
  }
};

/** @param {Point} a @param {Point} b @param {number} t @returns {Point} */
const between = (a, b, t) => [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t];

/** @param {Curve} curve @param {number} t @returns {Point} */
export const pointAt = ({ from, via, to }, t) => between(between(from, via, t), between(via, to, t), t);

/**
 * @param {Curve} curve
 * @param {(point: Point) => boolean} isInside  whether a point is in the shape at the curve's start
 * @returns {number} where on the curve one leaves that shape
 */
export const leaving = (curve, isInside) => {
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
export const reversed = ({ from, via, to }) => ({ from: to, via, to: from });

/** @param {Curve} curve @param {number} start @param {number} end @returns {Curve} The part between two points of it. */
export const part = (curve, start, end) => {
  const via = between(between(curve.from, curve.via, start), between(curve.via, curve.to, start), end);
  return { from: pointAt(curve, start), via, to: pointAt(curve, end) };
};

/** @param {Curve} curve @returns {string} */
export const curvePath = ({ from, via, to }) => `M${from.map(short).join(' ')}Q${[...via, ...to].map(short).join(' ')}`;

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
export const lineEnd = (end, tip, before, length) => {
  const angle = Math.atan2(tip[1] - before[1], tip[0] - before[0]);
  const [cos, sin] = [Math.cos(angle) * length, Math.sin(angle) * length];
  return (ENDS[end] ?? ENDS.arrow).map(([x, y]) => [tip[0] + x * cos - y * sin, tip[1] + x * sin + y * cos]);
};
