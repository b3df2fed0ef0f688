/**
 * The lines of the picture: the ties of one pair and one relation are one line, which fans out to them when it is chosen.
 *
 * @typedef {import('./data.js').Tie} Tie
 * @typedef {{from: string, to: string, bend: number, ties: Tie[], lead: Tie, says: boolean, denies: boolean}} Line
 *   `ties` are those on it that are shown, `lead` the one that tells how it is drawn; it bends so many pixels to the left;
 *   whether any of them says so, and whether any denies it
 */

import { cardOf, STROKES, TIES } from './data.js';
import { groupBy } from './lists.js';
import { state } from './state.js';
import { cardNow, drawnTies, inFocus, lineStart, perState, shownTies, statusOf } from './visibility.js';

/** Pixels between two lines of one pair, at their middle. */
const SPACING = 15;

/** @param {Tie} tie @returns {string} The two things that it ties, whichever way. */
const pairOf = ({ from, to }) => (from < to ? `${from} ${to}` : `${to} ${from}`);

/** All ties of each line, by the line's number. @type {Map<number, Tie[]>} */
const TIES_ON = groupBy(TIES, ({ line }) => line);

/** The numbers of the lines of each pair. @type {Map<string, number[]>} */
const LINES_BETWEEN = groupBy([...TIES_ON.keys()], (line) => pairOf(TIES[line]));

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
  const slot = slots.indexOf(isFanned(tie.line) ? tie.id : tie.line);
  const aside = (slot - (slots.length - 1) / 2) * SPACING;
  return tie.from < tie.to ? aside : -aside;
};

/** @param {Tie} tie @returns {boolean} */
export const isDenial = ({ card }) => cardNow(card).polarity === 'denies';

/** @param {Tie[]} ties  of one line @returns {Tie} The one that tells how it is drawn: of those in focus, if any are. */
export const leadOf = (ties) => {
  const focus = inFocus();
  const near = ties.filter(({ id }) => focus?.ties.has(id));
  const rank = (/** @type {Tie} */ tie) => 2 * (STROKES[statusOf(tie)]?.rank ?? 9) + Number(isDenial(tie));
  return (near.length > 0 ? near : ties).reduce((best, tie) => (rank(tie) < rank(best) ? tie : best));
};

/** @param {Tie[]} ties  of one line @returns {Line} */
const lineFrom = (ties) => {
  const lead = leadOf(ties);
  const denials = ties.filter(isDenial).length;
  const sides = { says: denials < ties.length, denies: denials > 0 };
  return { from: lead.from, to: lead.to, bend: bendOf(lead), ties, lead, ...sides };
};

/** @param {Tie[]} ties @returns {Line[]} */
const linesFrom = (ties) =>
  [...groupBy(ties, ({ id, line }) => (isFanned(line) ? `tie ${id}` : `line ${line}`)).values()].map(lineFrom);

/** The lines between things that are drawn. */
export const drawnLines = perState(() => linesFrom(drawnTies()));

/** @param {Tie} tie @returns {Line} The line that it is on now. */
export const lineOf = (tie) => drawnLines().find(({ ties }) => ties.includes(tie)) ?? lineFrom([tie]);

/** @param {string} assertion @returns {Tie[]} The shown ties of the line that an assertion is on. */
export const tiesAlong = (assertion) => {
  const start = lineStart(assertion);
  return shownTies().filter(({ line }) => line === start);
};

/** @param {Line} line @returns {import('./address.js').Choice} What a click on it chooses. */
export const choiceOf = ({ ties, lead }) =>
  ties.length > 1 ? { kind: 'line', id: TIES[lead.line].assertion } : { kind: 'assertion', id: lead.assertion };

/** @param {Tie} tie @returns {import('./data.js').Part[]} Who says so; without a speaker those who wrote the articles. */
export const voicesOf = ({ assertion }) => {
  const { speakers, originators, basis } = cardNow(cardOf(assertion));
  return speakers.length > 0 ? speakers : [[...new Set(originators)].join(', ') || basis];
};
