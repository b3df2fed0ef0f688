/**
 * Ways of lines around what they do not tie: each is bent, no more than it must be, until it runs over no foreign shape
 * and, if it can, over no name; of several such ways it takes that which crosses the fewest lines. Pure; in pixels of
 * the screen.
 *
 * @typedef {import('./geometry.js').Curve} Curve
 * @typedef {import('./geometry.js').Point} Point
 * @typedef {import('./obstacles.js').Obstacles} Obstacles
 */

import { bentCurve, distance, distanceTo, pointAt, pointsOf, trackOf } from './geometry.js';
import { roundCorners } from './tracks.js';

/** How far a line may be pushed aside at a third and at two thirds of its way, as shares of its length and in pixels. */
const SHARES = [0.06, 0.12, 0.19, 0.27, 0.36, 0.47, 0.6];
const PIXELS = [8, 17, 28, 42];

/** So many points are looked at for all lines of a picture; beyond that they stay as they are. */
const MOST_POINTS = 6_000_000;

/**
 * @param {Point} from @param {Point} to @param {number} first @param {number} second  how far aside it is pushed at a third
 *   and at two thirds of its way
 * @returns {Curve}
 */
const pushedCurve = (from, to, first, second) => {
  if (first === second) return bentCurve(from, to, first);
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const length = Math.hypot(dx, dy) || 1;
  const control = (/** @type {number} */ share, /** @type {number} */ aside) =>
    /** @type {Point} */ ([
      from[0] + dx * share + (1.4 * aside * dy) / length,
      from[1] + dy * share - (1.4 * aside * dx) / length,
    ]);
  return { from, via: control(1 / 3, first), next: control(2 / 3, second), to };
};

/**
 * @typedef {[number, number]} Detour  how far aside a line goes at a third and at two thirds of its way, as shares of its
 *   length
 */

/** @param {Detour} detour @returns {number} How far from straight it is. */
const costOf = ([a, b]) => Math.abs(a) + Math.abs(b) + 0.6 * Math.abs(a - b);

/** So many ways that run over nothing are compared by what they cross; going aside by a line's length counts as so many. */
const [MOST_CLEAR, ASIDE] = [16, 4];

/** Detours of lines of a length, the least first. @type {Map<number, Detour[]>} */
const detoursByLength = new Map();

/** @param {number} length @returns {Detour[]} */
const detoursOf = (length) => {
  const about = Math.max(20, Math.round(length / 20) * 20);
  let detours = detoursByLength.get(about);
  if (!detours) {
    const shares = [...PIXELS.map((pixels) => pixels / about), ...SHARES].filter((share) => share * about <= REACH);
    const both = [0, ...shares, ...shares.map((share) => -share)];
    detours = both
      .flatMap((first) => both.map((second) => /** @type {Detour} */ ([first, second])))
      .sort((one, other) => costOf(one) - costOf(other));
    detoursByLength.set(about, detours);
  }
  return detours;
};

/** What runs over so much is led around step by step where that helps: over a shape, that is. */
const SEVERE = 13;

/** Pixels aside beyond which no line goes. */
const REACH = 380;

/** So many ways are sought step by step in a picture. */
const MOST_TRACKS = 300;

/**
 * @typedef {{detour: Detour, track?: Point[]}} Way  of a line: a detour or, found step by step, points that it goes over, as
 *   shares of its length, along and aside
 * @typedef {{way: Way, weight: number}} Found  a way, and how much lines run over there
 * @typedef {{ways: Way[], weight: number}} Known  ways of the lines of a pair, and how much they ran over then
 */

/** @param {Point} from @param {Point} to @returns {{shares: (points: Point[]) => Point[], points: (shares: Point[]) => Point[]}} */
const alongside = (from, to) => {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const square = dx * dx + dy * dy || 1;
  return {
    shares: (points) =>
      points.map(([x, y]) => {
        const [px, py] = [x - from[0], y - from[1]];
        return [(px * dx + py * dy) / square, (px * dy - py * dx) / square];
      }),
    points: (shares) =>
      shares.map(([along, aside]) => [from[0] + along * dx + aside * dy, from[1] + along * dy - aside * dx]),
  };
};

/** @param {Point} from @param {Point} to @param {number} bend @param {Way} way @returns {Curve} */
const curveOn = (from, to, bend, { detour: [first, second], track }) => {
  if (track) return trackOf(roundCorners([from, ...alongside(from, to).points(track), to]));
  const length = distance(from, to) || 1;
  return pushedCurve(from, to, bend + first * length, bend + second * length);
};

/** @param {Point} from @param {Point} to @param {number[]} bends @param {Way[]} ways @returns {Curve[]} */
export const curvesOf = (from, to, bends, ways) => bends.map((bend, index) => curveOn(from, to, bend, ways[index]));

/** @param {Point[]} points @param {number} aside @returns {Point[]} Those between the ends, moved so far to the left. */
const beside = (points, aside) =>
  points.slice(1, -1).map(([x, y], index) => {
    const [a, b] = [points[index], points[index + 2]];
    const length = distance(a, b) || 1;
    return [x + (aside * (b[1] - a[1])) / length, y - (aside * (b[0] - a[0])) / length];
  });

/** How much it matters that a line lies on another one of its pair: more than a name, less than a shape. */
const ALONG = 6;

/** Nearer than this, in pixels, two lines cannot be told apart. */
const APART = 5;

/** @param {Curve} curve @param {Point[]} other @returns {boolean} Whether most of it lies on another line. */
const liesAlong = (curve, other) =>
  [0.3, 0.5, 0.7].filter((share) => distanceTo(pointAt(curve, share), other) < APART).length > 1;

/** The lines of a pair in search of their ways. */
class Search {
  /** @param {Point} from @param {Point} to @param {string[]} ends @param {Obstacles} obstacles */
  constructor(from, to, ends, obstacles) {
    this.from = from;
    this.to = to;
    this.ends = ends;
    this.obstacles = obstacles;
    /** Where lines of this pair run already. @type {Point[][]} */
    this.beside = [];
  }

  /** @param {number[]} bends @param {Way} way @param {number} [most] @returns {number} How much lines on such a way run over. */
  weigh(bends, way, most = Infinity) {
    let weight = 0;
    for (const bend of bends) {
      if (weight >= most) break;
      const curve = curveOn(this.from, this.to, bend, way);
      weight += this.obstacles.weigh(curve, this.ends, most - weight);
      if (weight < most) weight += ALONG * this.beside.filter((other) => liesAlong(curve, other)).length;
    }
    return weight;
  }

  /** @param {number[]} bends @param {Detour} detour @returns {number} What other lines are crossed or lain on, and how far it goes aside. */
  strain(bends, detour) {
    return bends.reduce((all, bend) => {
      const points = pointsOf(curveOn(this.from, this.to, bend, { detour }));
      return all + this.obstacles.traffic.strain(points, this.ends) + ASIDE * costOf(detour);
    }, 0);
  }

  /** @param {number[]} bends @param {Detour[]} detours @returns {Found} the best for all of them */
  best(bends, detours) {
    let found = { way: { detour: detours[0] }, weight: Infinity };
    for (const [index, detour] of detours.entries()) {
      const weight = this.weigh(bends, { detour }, found.weight);
      if (weight === 0) return this.leastStrained(bends, detours.slice(index));
      if (weight < found.weight) found = { way: { detour }, weight };
      if (this.obstacles.count.looks > MOST_POINTS) break;
    }
    return found;
  }

  /** @param {number[]} bends @param {Detour[]} detours  of which the first runs over nothing @returns {Found} */
  leastStrained(bends, detours) {
    let [best, least, clear] = [detours[0], Infinity, 0];
    for (const detour of detours) {
      if (clear === MOST_CLEAR || least <= bends.length * ASIDE * costOf(detour)) break;
      if (this.weigh(bends, { detour }, 1) > 0) continue;
      clear += 1;
      const strain = this.strain(bends, detour);
      if (strain < least) [best, least] = [detour, strain];
    }
    return { way: { detour: best }, weight: 0 };
  }

  /** @param {Found} found @param {number} bend @returns {Found} what was sought step by step where that is better */
  orTrack(found, bend) {
    const { from, to, ends, obstacles } = this;
    if (found.weight < SEVERE || obstacles.count.tracks >= MOST_TRACKS) return found;
    const points = obstacles.track(from, to, ends);
    let best = found;
    // Lines of a pair lie beside each other there, too, as far as there is room.
    for (const part of bend === 0 ? [0] : [1, 0.6, 0.4, 0]) {
      const way = { ...found.way, track: alongside(from, to).shares(beside(points, part * bend)) };
      const weight = this.weigh([0], way, best.weight);
      if (weight < best.weight) best = { way, weight };
    }
    return best;
  }

  /** @param {number[]} bends @returns {Known} The best ways for lines that bend so far. */
  ways(bends) {
    const detours = detoursOf(distance(this.from, this.to) || 1);
    const together = this.best(bends, detours);
    if (together.weight === 0) return knownFrom(bends.map(() => ({ ...together, weight: 0 })));
    // What cannot pass together passes singly.
    const singly = bends.map((bend) => {
      const found = this.orTrack(bends.length > 1 ? this.best([bend], detours) : together, bend);
      this.beside.push(pointsOf(curveOn(this.from, this.to, bend, found.way)));
      return found;
    });
    return knownFrom(singly);
  }
}

/**
 * The ways of the lines of one pair, which go around together if they can. What served before serves again, if it runs
 * over no more now: so little is looked for anew where the reader zooms or filters, and lines stay where they are.
 *
 * @param {Point} from @param {Point} to @param {number[]} bends  how far aside the middle of each lies at the start
 * @param {string[]} ends  the two things @param {Obstacles} obstacles @param {Known} [known]
 * @returns {{curves: Curve[], known: Known}}
 */
export const routePair = (from, to, bends, ends, obstacles, known) => {
  const search = new Search(from, to, ends, obstacles);
  let before = null;
  if (known && known.ways.length === bends.length) {
    before = { ways: known.ways, weight: sum(bends.map((bend, index) => search.weigh([bend], known.ways[index]))) };
  }
  let now = known && before && before.weight <= known.weight ? known : search.ways(bends);
  if (before && before.weight < now.weight) now = before;
  const curves = curvesOf(from, to, bends, now.ways);
  obstacles.take(curves, ends);
  return { curves, known: now };
};

/** @param {Found[]} found @returns {Known} */
const knownFrom = (found) => ({ ways: found.map(({ way }) => way), weight: sum(found.map(({ weight }) => weight)) });

/** @param {number[]} numbers @returns {number} */
const sum = (numbers) => numbers.reduce((all, each) => all + each, 0);
