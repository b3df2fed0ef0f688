/**
 * Shapes on a canvas and as elements of SVG: the two ways in which the one list of them becomes visible.
 *
 * @typedef {import('./shapes.js').Figure} Figure
 * @typedef {import('./shapes.js').Shape} Shape
 * @typedef {import('./shapes.js').Path} Path
 * @typedef {import('./shapes.js').Text} Text
 */

import { LABEL_PIXELS } from './labels.js';
import { FONT } from './look.js';
import { svgElement } from './words.js';

/** What was read of paths, which are painted many times. @type {WeakMap<Path, Path2D>} */
const traceCache = new WeakMap();

/** @param {Path} path @returns {'round' | 'butt'} Dots are round. */
const capOf = ({ dash = [] }) => (dash.length > 0 ? 'round' : 'butt');

/** @param {CanvasRenderingContext2D} ctx @param {Path} path */
const paintPath = (ctx, path) => {
  const trace = traceCache.get(path) ?? new Path2D(path.d);
  traceCache.set(path, trace);
  if (path.fill) {
    ctx.fillStyle = path.fill;
    ctx.fill(trace);
  }
  if (path.stroke) {
    ctx.strokeStyle = path.stroke;
    ctx.lineWidth = path.width ?? 1;
    ctx.setLineDash(path.dash ?? []);
    ctx.lineCap = capOf(path);
    ctx.stroke(trace);
  }
};

/** @param {CanvasRenderingContext2D} ctx @param {Text} text */
const paintText = (ctx, { text, x, y, fill, size = LABEL_PIXELS, align = 'left', weight, style, halo }) => {
  ctx.font = [style, weight, `${size}px`, FONT].filter(Boolean).join(' ');
  ctx.textAlign = align;
  if (halo) {
    ctx.strokeStyle = halo.colour;
    ctx.lineWidth = halo.width;
    ctx.setLineDash([]);
    ctx.strokeText(text, x, y);
  }
  ctx.fillStyle = fill;
  ctx.fillText(text, x, y);
};

/** Paints figures, the first at the bottom. @param {CanvasRenderingContext2D} ctx @param {Figure[]} figures */
export const paint = (ctx, figures) => {
  ctx.save();
  ctx.textBaseline = 'alphabetic';
  for (const { shapes, opacity } of figures) {
    for (const shape of shapes) {
      if ('text' in shape) {
        ctx.globalAlpha = opacity * (shape.opacity ?? 1);
        ctx.lineJoin = 'round';
        paintText(ctx, shape);
      } else {
        ctx.globalAlpha = opacity * (shape.opacity ?? 1);
        ctx.lineJoin = 'miter';
        paintPath(ctx, shape);
      }
    }
  }
  ctx.restore();
};

/** @type {Object<string, string | undefined>} */
const ANCHORS = { left: undefined, center: 'middle', right: 'end' };

/** @param {Text} text @returns {SVGElement[]} Its halo first: not every program paints outlines below letters. */
const textElements = ({ text, x, y, fill, size, align = 'left', weight, style, opacity, halo }) => {
  const look = {
    x,
    y,
    fill,
    opacity,
    'text-anchor': ANCHORS[align],
    'font-size': size,
    'font-weight': weight,
    'font-style': style,
  };
  const outline = halo && {
    ...look,
    fill: halo.colour,
    stroke: halo.colour,
    'stroke-width': halo.width,
    'stroke-linejoin': 'round',
    'aria-hidden': 'true',
  };
  return [...(outline ? [svgElement('text', outline, text)] : []), svgElement('text', look, text)];
};

/** @param {Shape} shape @returns {SVGElement[]} */
export const shapeElements = (shape) => {
  if ('text' in shape) return textElements(shape);
  const { d, fill = 'none', stroke, width, dash = [], opacity = 1 } = shape;
  const line = { stroke, 'stroke-width': width, opacity: opacity === 1 ? undefined : opacity };
  const dashes = dash.length > 0 ? { 'stroke-dasharray': dash.join(' '), 'stroke-linecap': capOf(shape) } : {};
  return [svgElement('path', { d, fill, ...line, ...dashes })];
};

/** @param {Figure} figure @param {string} title  what a pointer over it is told @returns {SVGElement} */
export const figureElement = ({ shapes, opacity, line }, title) =>
  svgElement(
    'g',
    {
      opacity: opacity === 1 ? undefined : opacity,
      'data-assertion': line?.ties.map(({ assertion }) => assertion).join(' '),
    },
    title === '' ? null : svgElement('title', {}, title),
    ...shapes.flatMap(shapeElements),
  );
