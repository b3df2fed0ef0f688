/**
 * Who holds what in a dispute, as `kg disputes` tells it: judged when the page was built, looked up here. Pure.
 *
 * @typedef {import('./wire.js').Matrix} Matrix
 * @typedef {import('./wire.js').Question} Question
 * @typedef {{title: string, actors: string[], questions: Question[]}} Group  questions of one kind, and who speaks there
 */

import { groupBy } from './lists.js';

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
export const positionsAt = ({ actors, questions, runs }, moment, isShown) => {
  const [, summary = '', indexes = []] = runs.findLast(([from]) => from <= moment) ?? [];
  const shownQuestions = indexes
    .map((index) => shownPart(questions[index], isShown))
    .filter(({ rows }) => rows.length > 0);
  const groups = [...groupBy(shownQuestions, ({ kind }) => kind)].map(([title, group]) => {
    const cells = group.flatMap(({ rows }) => rows).flatMap((row) => row.cells);
    const voices = new Set(cells.map(({ actor }) => actor));
    return { title, actors: actors.filter((actor) => voices.has(actor)), questions: group };
  });
  return { summary, groups };
};
