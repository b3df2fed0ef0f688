/**
 * Badges: `+5` at a thing at the rim of the focus says that five more of its ties lead away from there. They have one
 * size at any zoom, and stand only where they fit.
 *
 * @typedef {import('./labels.js').Box} Box
 * @typedef {{id: string, text: string, box: Box, x: number, y: number}} Badge
 *   where it stands in pixels; `x` and `y` are those of its thing
 */

/** Height of a badge, in pixels. */
const HEIGHT = 15;

/**
 * @param {[string, number][]} counts  things with their numbers, the weightiest first
 * @param {Map<string, Box>} shapes @param {import('./labels.js').Taken} taken  what they must not stand on; grows
 * @param {(text: string) => number} widthOf
 * @returns {Badge[]}
 */
export const placeBadges = (counts, shapes, taken, widthOf) =>
  counts.flatMap(([id, count]) => {
    const shape = shapes.get(id);
    if (!shape) return [];
    const text = `+${count}`;
    const w = widthOf(text) + 8;
    const [aside, up] = [shape.w / 2 + w / 2 + 1, shape.h / 2 + HEIGHT / 2 + 1];
    const corners = [
      [aside, -shape.h / 2],
      [aside, shape.h / 2],
      [-aside, -shape.h / 2],
      [-aside, shape.h / 2],
      [0, -up],
      [0, up],
    ];
    const box = corners
      .map(([dx, dy]) => ({ x: shape.x + dx, y: shape.y + dy, w, h: HEIGHT }))
      .find((each) => taken.isFree(each));
    if (!box) return [];
    taken.add(box);
    return [{ id, text, box, x: shape.x, y: shape.y }];
  });

/** @param {Badge[]} badges @param {number} x @param {number} y @returns {string | undefined} Whose badge is at a pixel. */
export const badgeAt = (badges, x, y) =>
  badges.find(({ box }) => Math.abs(x - box.x) * 2 <= box.w + 4 && Math.abs(y - box.y) * 2 <= box.h + 4)?.id;

/**
 * @param {CanvasRenderingContext2D} ctx  whose unit is a pixel
 * @param {Badge[]} badges @param {import('./look.js').Theme} theme @param {string} font
 * @param {number} grown  how much larger the picture is now than when they were placed
 */
export const drawBadges = (ctx, badges, theme, font, grown) => {
  ctx.font = font;
  ctx.textAlign = 'center';
  ctx.lineWidth = 1;
  for (const { text, box, x, y } of badges) {
    const [left, top] = [box.x + x * (grown - 1), box.y + y * (grown - 1)];
    ctx.beginPath();
    ctx.roundRect(left - box.w / 2 + 0.5, top - box.h / 2 + 0.5, box.w - 1, box.h - 1, 7);
    ctx.fillStyle = theme.ground;
    ctx.fill();
    ctx.strokeStyle = theme.ink;
    ctx.stroke();
    ctx.fillStyle = theme.ink;
    ctx.fillText(text, left, top + 0.5);
  }
};
