/**
 * Who holds what in a dispute, as far as it is known: what `kg disputes` tells. Pure.
 *
 * @typedef {import('./wire.js').Matrix} Matrix
 * @typedef {{card: string, word: string}} Cell
 * @typedef {{answer: string, cells: Map<string, Cell[]>, denied: boolean}} Row
 * @typedef {{title: string, kind: string, rows: Row[], unanswered: boolean, silent: string[]}} Question
 *   `unanswered` is a claim that nobody denies and to which nobody gives another answer; `silent` are the sides of which
 *   nobody says anything to it
 * @typedef {{title: string, actors: string[], questions: Question[]}} Group  questions of one kind, and who speaks there
 */

/** The kinds of questions, and what they are called. */
const KINDS = /** @type {const} */ ([
  ['claim', 'Claims'],
  ['prospect', 'Demands, plans, expectations'],
  ['judgement', 'Judgements'],
  ['stand', 'For or against'],
]);

/**
 * @param {Matrix} matrix @param {(card: string) => boolean} isShown @param {(card: string) => boolean} isDenial
 * @returns {Question[]} questions to which anybody says anything but the articles themselves
 */
export const questionsOf = (matrix, isShown, isDenial) => {
  /** @type {Map<string, Question>} */
  const found = new Map();
  for (const { question, kind, answer, cells } of matrix.rows) {
    const shown = matrix.actors
      .map(
        (actor) => /** @type {[string, Cell[]]} */ ([actor, (cells[actor] ?? []).filter(({ card }) => isShown(card))]),
      )
      .filter(([, said]) => said.length > 0);
    if (shown.length === 0) continue;
    const denied = shown.some(([, said]) => said.some(({ card }) => isDenial(card)));
    const key = `${kind} ${question}`;
    const made = found.get(key) ?? { title: question, kind, rows: [], unanswered: false, silent: [] };
    made.rows.push({ answer, cells: new Map(shown), denied });
    found.set(key, made);
  }
  // What only the articles themselves tell is no question; it answers one that somebody raised.
  const questions = [...found.values()].filter(({ kind, rows }) =>
    rows.some((row) => kind === 'stand' || [...row.cells.keys()].some((actor) => actor !== '')),
  );
  for (const question of questions) {
    const voices = new Set(question.rows.flatMap((row) => [...row.cells.keys()]));
    const camps = new Set(question.rows.map((row) => [...row.cells.keys()].sort().join('\n')));
    question.unanswered = question.kind === 'claim' && !question.rows.some((row) => row.denied) && camps.size < 2;
    question.silent = matrix.sides
      .filter(({ actors }) => !actors.some((actor) => voices.has(actor)))
      .map(({ name }) => name);
  }
  return questions;
};

/** @param {Matrix} matrix @param {Question[]} questions @returns {Group[]} */
export const groupsOf = (matrix, questions) =>
  KINDS.map(([kind, title]) => {
    const asked = questions.filter((question) => question.kind === kind);
    const voices = new Set(asked.flatMap(({ rows }) => rows.flatMap((row) => [...row.cells.keys()])));
    return { title, actors: matrix.actors.filter((actor) => voices.has(actor)), questions: asked };
  }).filter(({ questions: asked }) => asked.length > 0);

/** @param {Matrix} matrix @param {Question[]} questions @returns {string[]} The sides of which nobody says anything at all. */
export const silentSides = (matrix, questions) =>
  matrix.sides.map(({ name }) => name).filter((name) => questions.every(({ silent }) => silent.includes(name)));
