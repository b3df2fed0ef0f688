/**
 * Who holds what in a dispute, as `kg disputes` tells it: judged when the page was built, looked up here. Pure.
 *
 * @typedef {import('./wire.js').Matrix} Matrix
 * @typedef {import('./wire.js').Question} Question
 * @typedef {{title: string, questions: Question[]}} Group  questions of one kind
 * @typedef {{side: string, columns: string[][]}} Columns  those who are on a side (no id: on none), by the columns that they
 *   have; a side of which nobody says anything stands there itself
 */

/**
 * @param {Question} question @param {(card: string) => boolean} isShown
 * @returns {Question} with the cells that are shown, and the rows that have any
 */
const shownPart = (question, isShown) => {
  const rows = question.rows.map((row) => ({ ...row, cells: row.cells.filter(({ card }) => isShown(card)) }));
  return { ...question, rows: rows.filter(({ cells }) => cells.length > 0) };
};

/**
 * @param {Matrix} matrix @param {number} moment @param {(card: string) => boolean} isShown
 * @returns {{summary: string, groups: Group[]}} what there is to see at a moment; no groups where there is nothing
 */
export const positionsAt = ({ questions, runs }, moment, isShown) => {
  const [, summary = '', indexes = []] = runs.findLast(([from]) => from <= moment) ?? [];
  const shown = indexes.map((index) => shownPart(questions[index], isShown)).filter(({ rows }) => rows.length > 0);
  const kinds = [...new Set(shown.map(({ kind }) => kind))];
  return { summary, groups: kinds.map((title) => ({ title, questions: shown.filter(({ kind }) => kind === title) })) };
};

/**
 * @param {Matrix} matrix @param {Group[]} groups @param {number} most  columns that there is room for
 * @returns {Columns[]} who says anything there, side by side: each in a column, or each side where these are too many
 */
export const columnsOf = ({ actors, sides }, groups, most) => {
  const cells = groups.flatMap(({ questions }) => questions).flatMap(({ rows }) => rows.flatMap((row) => row.cells));
  const voices = new Set(cells.map(({ actor }) => actor));
  /** @type {Set<string>} */
  const taken = new Set();
  const voicesBySide = sides.map(([side, members]) => {
    const own = members.filter((actor) => voices.has(actor) && !taken.has(actor));
    for (const actor of own) taken.add(actor);
    return { side, actors: own.length > 0 ? own : [side] };
  });
  const others = actors.filter((actor) => voices.has(actor) && !taken.has(actor));
  const all = others.length > 0 ? [...voicesBySide, { side: '', actors: others }] : voicesBySide;
  const isTooWide = all.length > 1 && all.flatMap((each) => each.actors).length > most;
  return all.map((each) => ({
    side: each.side,
    columns: isTooWide ? [each.actors] : each.actors.map((actor) => [actor]),
  }));
};
