/**
 * What is written on lines: what those in focus say, and how many reports the others stand for.
 *
 * @typedef {import('./boxindex.js').BoxIndex} BoxIndex
 * @typedef {import('./geometry.js').Point} Point
 * @typedef {{text: string, x: number, y: number}} LineName
 * @typedef {LineName & {opacity: number}} Count
 */

import { widthOf } from './boxes.js';
import { MARK } from './changes.js';
import { statusName } from './data.js';
import { between, lengthOf } from './geometry.js';
import { isIn } from './grid.js';
import { LABEL_LINE } from './labels.js';
import { drawnLines, isDenial, isFannedOut, isLineInFocus, voicesOf } from './lines.js';
import { curveOf, middleOf, spotOf } from './look.js';
import { bundles, inFocus, statusOf } from './visibility.js';
import { formatCount, plain } from './words.js';

/** So many letters of a tie's name are written on its line. */
const TIE_LETTERS = 40;

/** @param {string} text @param {number} most @returns {string} */
const cut = (text, most) => (text.length > most ? `${text.slice(0, most - 1)}…` : text);

/**
 * @param {import('./lines.js').Line} line
 * @returns {string} how many of its claims are contested, where that are not all of them and no end of it denies
 */
const contestedAmong = ({ ties, denies }) => {
  const count = ties.filter((tie) => statusOf(tie) === 'contested').length;
  return count > 0 && count < ties.length && !denies ? `, ${count} ${statusName('contested')}` : '';
};

/** @param {import('./lines.js').Line} line @returns {string} What it says and, if more than once, how often. */
const labelOf = (line) => {
  const { lead, ties } = line;
  if (line.isRest) return `${formatCount(ties.length)} more`;
  return cut(lead.label, TIE_LETTERS) + (ties.length > 1 ? ` × ${ties.length}${contestedAmong(line)}` : '');
};

/** @param {import('./data.js').Tie[]} ties @param {string} one @param {string} many @returns {string} */
const voices = (ties, one, many) => {
  const names = [...new Set(ties.flatMap((tie) => voicesOf(tie).map((part) => plain([part]))))];
  const [name] = names;
  return names.length === 1 ? `${cut(name, VOICE_LETTERS)} ${one}` : `${names.length} ${many}`;
};

/** @param {import('./data.js').Tie} tie @returns {string} Who says so or denies it, where each report is a line of its own. */
const strandLabel = (tie) => voices([tie], isDenial(tie) ? 'denies' : '', '').trim();

/** Where on the way the words of a line may stand. */
const MIDDLE = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74];

/** So many letters of a speaker's name are written at the end of a line. */
const VOICE_LETTERS = 28;

/**
 * @param {import('./lines.js').Line} line
 * @returns {[string, number[]][]} What is written on a line in focus, and where on the way it may stand: what it says and, of
 *   one that is denied, who denies it at the one end and who says so at the other
 */
const wordsOn = (line) => {
  if (line.isRest) return [[labelOf(line), MIDDLE]];
  if (isFannedOut(line)) return [[strandLabel(line.lead), MIDDLE]];
  if (!line.says || !line.denies) return [[labelOf(line), MIDDLE]];
  const denials = line.ties.filter(isDenial);
  const claims = line.ties.filter((tie) => !isDenial(tie));
  return [
    [labelOf(line), MIDDLE],
    [voices(denials, 'denies', 'deny'), [0.2, 0.28, 0.36]],
    [voices(claims, 'says so', 'say so'), [0.8, 0.72, 0.64]],
  ];
};

/** @param {number} at  a middle @param {number} size @param {number} middle @param {number} room @returns {number} The nearest that is in the room. */
const within = (at, size, middle, room) => {
  const most = Math.max(0, (room - size) / 2);
  return Math.min(middle + most, Math.max(middle - most, at));
};

/** A line of fewer pixels may be hidden by words; of one that is seen, they may hide such a share. */
const [SHORT, MOST_HIDDEN] = [320, 0.4];

/** Points on a line, as shares of its way, by which it is told how much of it is hidden. */
const SAMPLES = Array.from({ length: 19 }, (_, index) => (index + 1) / 20);

/**
 * @param {import('./lines.js').Line[]} lines @param {number} scale @param {BoxIndex} boxIndex
 * @returns {Point[][]} what is seen of each short line: points on it that no shape covers
 */
const shortWays = (lines, scale, boxIndex) =>
  lines
    .filter((line) => lengthOf(curveOf(line, scale)) < SHORT)
    .map((line) => SAMPLES.map((share) => middleOf(line, scale, share)))
    .map((points) => points.filter(([x, y]) => boxIndex.isFree({ x, y, w: 1, h: 1 })));

/** @param {import('./labels.js').Box} box @param {Point[][]} ways @returns {boolean} Whether words there would hide any of the short lines. */
const hidesLine = (box, ways) =>
  ways.some((points) => points.filter((point) => isIn(box, point)).length > MOST_HIDDEN * points.length);

/**
 * @param {number} scale @param {BoxIndex} boxIndex  grows @param {import('./labels.js').Box} frame  what they do not leave
 * @returns {LineName[]} words on lines in focus that find room
 */
export const placeLineNames = (scale, boxIndex, frame) => {
  /** @type {LineName[]} */
  const names = [];
  const lines = drawnLines().filter(isLineInFocus);
  const ways = shortWays(lines, scale, boxIndex);
  for (const line of lines) {
    const down = line.lead.change ? MARK + LABEL_LINE / 2 + 1 : 0;
    for (const [text, shares] of wordsOn(line)) {
      const size = { w: widthOf(text) + 4, h: LABEL_LINE };
      const points = shares.map((share) => middleOf(line, scale, share));
      const spots = [0, -LABEL_LINE, LABEL_LINE].flatMap((aside) =>
        points.map(([x, y]) => ({ x: within(x, size.w, frame.x, frame.w), y: y + down + aside, ...size })),
      );
      const box = boxIndex.addFirstFree(spots.filter((each) => !hidesLine(each, ways)));
      if (box) names.push({ text, x: box.x, y: box.y });
    }
  }
  return names;
};

/** @param {BoxIndex} boxIndex  grows @param {string} text @param {Point} at @param {number} opacity @returns {Count[]} It, if it finds room. */
const placeCount = (boxIndex, text, [x, y], opacity) => {
  const box = boxIndex.addFirstFree([{ x, y, w: widthOf(text), h: LABEL_LINE - 3 }]);
  return box ? [{ text, x, y, opacity }] : [];
};

/** @param {number} scale @param {BoxIndex} boxIndex  grows @returns {Count[]} Those that find room. */
export const placeCounts = (scale, boxIndex) => {
  const focus = inFocus();
  return drawnLines().flatMap((line) => {
    if (line.ties.length === 1 || isLineInFocus(line)) return [];
    const text = line.isRest ? labelOf(line) : `×${line.ties.length}${contestedAmong(line)}`;
    return placeCount(boxIndex, text, middleOf(line, scale), focus ? 0.3 : 1);
  });
};

/** @param {number} scale @param {BoxIndex} boxIndex  grows @returns {Count[]} Those that find room. */
export const placeBundleCounts = (scale, boxIndex) =>
  bundles().flatMap(({ from, to, count }) => {
    const middle = between(spotOf(from, scale), spotOf(to, scale), 0.5);
    return placeCount(boxIndex, formatCount(count), middle, 1);
  });
