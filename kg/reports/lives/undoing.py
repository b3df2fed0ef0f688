"""What is undone from its first day: what its coming about rests on was void, as if it had never
been, whatever happened to it in between.
"""

from __future__ import annotations

import math
from collections.abc import Collection

from kg.ontology.terms import Stage
from kg.reports.lives.index import Living
from kg.reports.lives.lifecycle import Effect, Lifecycle
from kg.reports.lives.steps import LifeTurn

Pairs = tuple[tuple[str, str], ...]
"""The ids of assertions that were undone from their first day, each with what undid it."""


def find_undoing(
    living: Living, corrections: Pairs, steps: Collection[LifeTurn]
) -> tuple[str, ...]:
    """Return the assertions by which a life is undone from its first day, or none where it is not.

    That is so where what brought it about is undone, and nothing else brought it about. A state,
    such as that a measure hit somebody, does so only if it began after the undoing.
    """
    # What undoes it from its first day, where nothing took that back.
    voids = {
        step.assertion: step.window.last
        for step in steps
        if step.stage.from_the_start and not step.correction
    }
    undoing = {**voids, **_undoing_of_beginnings(living, corrections)}
    if not undoing:
        return ()
    last_void, last = (max(each.values(), default=-math.inf) for each in (voids, undoing))
    for step in steps:
        limit = last if step.effect is Effect.SHOWS else last_void
        is_anew = step.window.first > limit and step.assertion not in undoing
        if is_anew and _begins(step.stage, living.lifecycle):
            return ()
    return tuple(undoing)


def _undoing_of_beginnings(living: Living, corrections: Pairs) -> dict[str, float]:
    """What undid a deed that began the life, with the last moment at which it can have done so."""
    index = living.index
    assertions = index.reading.visible_corpus.assertions
    undoing = {}
    for earlier, later in corrections:
        signs = living.signs(assertions[earlier])
        # A state shows that a thing was there: to correct the state does not undo the thing.
        deeds = [sign for sign in signs if sign.effect is not Effect.SHOWS]
        if any(_begins(sign.stage, living.lifecycle) for sign in deeds):
            undoing[later] = index.window(assertions[later]).last
    return undoing


def _begins(stage: Stage, lifecycle: Lifecycle) -> bool:
    """Whether a stage brings a life about, and does not end it."""
    return lifecycle.is_alive(stage) or lifecycle.is_preliminary(stage)
