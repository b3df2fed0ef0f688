/**
 * The lines of the picture: the ties of one pair and one relation are one line, which fans out to them when it is chosen.
 *
 * @typedef {import('./data.js').Tie} Tie
 * @typedef {{from: string, to: string, bend: number, ties: Tie[], lead: Tie, says: boolean, denies: boolean, isRest: boolean}} Line
 *   `ties` are those on it that are shown, `lead` the one that tells how it is drawn; it bends so many pixels to the left;
 *   whether any of them says so, whether any denies it, and whether it is what is left of very many between two things
 */

import { cardOf, STROKES, TIES } from './data.js';
import { state } from './state.js';
import { isBefore } from './time.js';
import { cardNow, drawnTies, inFocus, lineStart, perState, statusOf } from './visibility.js';

/** Pixels between two lines of one pair, at their middle. */
const SPACING = 15;

/** So many lines of one pair are drawn at most, the strongest, of which the last stands for all that are left. */
const MOST_BETWEEN = 16;

/** @param {{from: string, to: string}} tie  or line @returns {string} The two things that it ties, whichever way. */
export const pairOf = ({ from, to }) => (from < to ? `${from} ${to}` : `${to} ${from}`);

/** All ties of each line, by the line's number. @type {Map<number, Tie[]>} */
const TIES_ON = Map.groupBy(TIES, ({ line }) => line);

/** The numbers of the lines of each pair. @type {Map<string, number[]>} */
const LINES_BETWEEN = Map.groupBy([...TIES_ON.keys()], (line) => pairOf(TIES[line]));

/** Whether any line stands for more than one report. */
export const hasManifold = TIES_ON.size < TIES.length;

/** The line that is fanned out because it, or an assertion on it, is chosen. */
const fannedLine = perState(() => {
  const { choice } = state;
  return choice.kind === 'line' || choice.kind === 'assertion' ? lineStart(choice.id) : undefined;
});

/** @param {number} line @returns {boolean} Whether each of its ties is a line of its own. */
const isFanned = (line) => state.lines === 'each' || fannedLine() === line;

/** @param {Line} line @returns {boolean} Whether it is one report of several that are one line else. */
export const isFannedOut = ({ lead }) => fannedLine() === lead.line && (TIES_ON.get(lead.line) ?? []).length > 1;

/** @param {Tie} tie @returns {number} How far its line bends, so that no two lines of a pair lie on each other. */
const bendOf = (tie) => {
  const slots = (LINES_BETWEEN.get(pairOf(tie)) ?? []).flatMap((line) =>
    isFanned(line) ? (TIES_ON.get(line) ?? []).map(({ id }) => id) : [line],
  );
  return bendAt(tie, slots.indexOf(isFanned(tie.line) ? tie.id : tie.line), slots.length);
};

/** @param {Tie} tie @param {number} slot @param {number} count @returns {number} */
const bendAt = (tie, slot, count) => {
  const aside = (slot - (count - 1) / 2) * SPACING;
  return tie.from < tie.to ? aside : -aside;
};

/** @param {Tie} tie @returns {boolean} */
export const isDenial = ({ card }) => cardNow(card).polarity === 'denies';

/** @param {Tie} tie @returns {number} The lower, the more it tells how its line is drawn. */
const rank = (tie) => 2 * (STROKES[statusOf(tie)]?.rank ?? 9) + Number(isDenial(tie));

/** @param {Tie} tie @returns {string} */
const dayOf = ({ card }) => cardNow(card).starts || cardNow(card).sorts;

/** @param {Tie} one @param {Tie} other @returns {number} The order of ties: the strongest first and, of equal ones, the newest. */
export const byStrength = (one, other) => {
  const [day, otherDay] = [dayOf(one), dayOf(other)];
  return rank(one) - rank(other) || Number(isBefore(day, otherDay)) - Number(isBefore(otherDay, day));
};

/** @param {Tie[]} ties  of one line @returns {Tie} The one that tells how it is drawn: of those in focus, if any are. */
export const leadOf = (ties) => {
  const focus = inFocus();
  const near = ties.filter(({ id }) => focus?.ties.has(id));
  return (near.length > 0 ? near : ties).reduce((best, tie) => (byStrength(tie, best) < 0 ? tie : best));
};

/** @param {Tie[]} ties  of one line @returns {Line} */
const lineFrom = (ties) => {
  const lead = leadOf(ties);
  const denials = ties.filter(isDenial).length;
  const sides = { says: denials < ties.length, denies: denials > 0, isRest: false };
  return { from: lead.from, to: lead.to, bend: bendOf(lead), ties, lead, ...sides };
};

/** @param {Line} line @returns {number} The lower, the sooner it is drawn: what is chosen or has changed, then what stands for several. */
const turnOf = ({ ties, lead }) => {
  const chosen = 'id' in state.choice ? state.choice.id : '';
  const isWanted = ties.some(({ assertion, change }) => change || assertion === chosen);
  return isWanted ? 0 : 1 + Number(isFanned(lead.line));
};

/** @param {Line[]} lines  of one pair @returns {Line[]} the strongest of very many, and one for all that are left */
const atMost = (lines) => {
  if (lines.length <= MOST_BETWEEN) return lines;
  const sorted = lines.toSorted((one, other) => turnOf(one) - turnOf(other) || byStrength(one.lead, other.lead));
  const rest = sorted.slice(MOST_BETWEEN - 1).flatMap(({ ties }) => ties);
  const drawn = [...sorted.slice(0, MOST_BETWEEN - 1), { ...lineFrom(rest), isRest: true }];
  return drawn.map((line, slot) => ({ ...line, bend: bendAt(line.lead, slot, drawn.length) }));
};

/** @param {Tie[]} ties @returns {Line[]} */
const linesFrom = (ties) => {
  const groups = Map.groupBy(ties, ({ id, line }) => (isFanned(line) ? `tie ${id}` : `line ${line}`));
  const pairs = Map.groupBy([...groups.values()].map(lineFrom), ({ lead }) => pairOf(lead));
  return [...pairs.values()].flatMap(atMost);
};

/** The lines between things that are drawn. */
export const drawnLines = perState(() => linesFrom(drawnTies()));

/** Those of them that lead from one thing to another, and not back to it. */
export const linesBetween = perState(() => drawnLines().filter(({ from, to }) => from !== to));

/** @param {Line} line @returns {boolean} Whether any of its ties is in focus. */
export const isLineInFocus = ({ ties }) => ties.some(({ id }) => inFocus()?.ties.has(id));

/** @param {Tie} tie @returns {Line} The line that it is on now. */
export const lineOf = (tie) => drawnLines().find(({ ties }) => ties.includes(tie)) ?? lineFrom([tie]);

/** @param {Line} line @returns {import('./address.js').Choice} What a click on it chooses. */
export const choiceOf = ({ ties, lead, isRest }) => {
  if (isRest && ties.some(({ line }) => line !== lead.line)) return { kind: 'thing', id: lead.from };
  return ties.length > 1 ? { kind: 'line', id: TIES[lead.line].assertion } : { kind: 'assertion', id: lead.assertion };
};

/** @param {Tie} tie @returns {import('./data.js').Part[]} Who says so; without a speaker those who wrote the articles. */
export const voicesOf = ({ assertion }) => {
  const { speakers, originators, basis } = cardNow(cardOf(assertion));
  return speakers.length > 0 ? speakers : [[...new Set(originators)].join(', ') || basis];
};
