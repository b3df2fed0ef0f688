'use strict';

/**
 * What the reader chose and hid; what is shown and what stays bright follows from it.
 *
 * @typedef {{kind: 'thing' | 'assertion', id: string} | null} Choice
 * @typedef {{things: Set<string>, ties: Set<number>} | null} Focus
 */

/** What the reader chose and hid. */
const state = {
  /** @type {Choice} */
  choice: null,
  hidden: { look: new Set(), status: new Set(), family: new Set() },
};

/** @param {Thing | undefined} thing @returns {boolean} */
const isThingShown = (thing) => thing !== undefined && !state.hidden.look.has(thing.group);

/** @param {Tie} tie @returns {boolean} */
const isShown = (tie) =>
  !state.hidden.status.has(tie.status) &&
  !state.hidden.family.has(tie.family) &&
  isThingShown(THINGS.get(tie.from)) &&
  isThingShown(THINGS.get(tie.to));

/** @returns {Focus} What stays bright; everything where nothing is chosen. */
const inFocus = () => {
  const { choice } = state;
  if (!choice) return null;
  const rivals = choice.kind === 'assertion' ? (CARDS.get(choice.id)?.opposed ?? []) : [];
  const ties = TIES.filter((tie) =>
    choice.kind === 'thing'
      ? tie.from === choice.id || tie.to === choice.id
      : tie.assertion === choice.id || rivals.includes(tie.assertion),
  ).filter(isShown);
  const things = new Set(ties.flatMap((tie) => [tie.from, tie.to]));
  if (choice.kind === 'thing') things.add(choice.id);
  return { things, ties: new Set(ties.map((tie) => tie.id)) };
};
