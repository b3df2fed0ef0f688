"""Which steps of a life may be the last one on a day: those that nothing done later is beyond."""

from __future__ import annotations

import math
from collections.abc import Collection, Hashable, Iterable
from itertools import chain

from kg.dates.calendar import Day
from kg.reports.lives.lifecycle import Effect, Lifecycle
from kg.reports.lives.steps import LifeTurn
from kg.status.windows import Window


def last_steps(steps: Collection[LifeTurn], day: Day, lifecycle: Lifecycle) -> list[LifeTurn]:
    """Return the steps of which each may be the last one on a day, so that the thing is in its
    stage.
    """
    past = [step for step in steps if step.window.has_come(day)]
    begun = [step for step in steps if step.window.may_have_come(day)]
    if _goes_on(past, begun):
        past, begun = _without_ends(past), _without_ends(begun)
    taken_steps = _Taken(past, lifecycle)
    return [step for step in begun if not taken_steps.are_beyond(step)]


def _goes_on(past: Iterable[LifeTurn], begun: Iterable[LifeTurn]) -> bool:
    """Whether some state holds of which no end is reported: then the end of others is none."""
    ended = {step.state for step in begun if step.effect is Effect.CEASES}
    return any(step.effect is Effect.SHOWS and step.assertion not in ended for step in past)


def _without_ends(steps: Iterable[LifeTurn]) -> list[LifeTurn]:
    return [step for step in steps if step.effect is not Effect.CEASES]


class _Taken:
    """Steps that have been taken. A few of each kind tell whether any is beyond another step: those
    that began last, and one for each window of that step's own date.
    """

    def __init__(self, steps: Iterable[LifeTurn], lifecycle: Lifecycle) -> None:
        self._lifecycle = lifecycle
        self._latest: dict[Hashable, tuple[LifeTurn, LifeTurn]] = {}
        self._by_date: dict[Hashable, dict[Hashable, LifeTurn]] = {}
        for step in steps:
            kind = step.stage.name, _keeps(step), step.by_membership
            by_first, by_last = self._latest.get(kind, (step, step))
            self._latest[kind] = (
                max(by_first, step, key=lambda each: each.window.first),
                max(by_last, step, key=lambda each: each.window.last),
            )
            on_date = self._by_date.setdefault(_date_key(step.window), {})
            on_date.setdefault((kind, step.window), step)

    def are_beyond(self, step: LifeTurn) -> bool:
        """Whether one of them has brought the life beyond a step."""
        of_one_date = self._by_date.get(_date_key(step.window), {}).values()
        others = chain(chain.from_iterable(self._latest.values()), of_one_date)
        return any(_is_behind(step, other, self._lifecycle) for other in others)


def _keeps(step: LifeTurn) -> bool:
    """Whether a step only keeps a thing alive."""
    return step.effect in (Effect.JOINS, Effect.SHOWS)


def _date_key(window: Window) -> Hashable:
    """The days of a window: windows of one date (``is_one_date_with``) have one key."""
    return tuple(math.floor(each) if math.isfinite(each) else each for each in window)


def _is_behind(step: LifeTurn, other: LifeTurn, lifecycle: Lifecycle) -> bool:
    """Whether another step, which has been taken, has brought the life beyond this one.

    The first that applies: what is alive is beyond all that is preliminary, and of two preliminary
    stages the later one counts; what only keeps a thing alive (a joining, a state) yields to what
    ends it and does not begin it anew, and a membership never does; else the later step counts,
    and on one date the later stage.
    """
    is_preliminary = lifecycle.is_preliminary(step.stage)
    other_is_preliminary = lifecycle.is_preliminary(other.stage)
    if is_preliminary and other_is_preliminary:
        is_earlier_stage = step.stage.rank < other.stage.rank
        return is_earlier_stage and not step.window.is_after(other.window)
    if is_preliminary or other_is_preliminary:
        return is_preliminary
    keeps, other_keeps = _keeps(step), _keeps(other)
    if keeps and not other_keeps:
        if step.by_membership:
            return True
        return lifecycle.is_alive(other.stage) or not step.window.is_after(other.window)
    if other_keeps and not keeps:
        if other.by_membership:
            return False
        return not lifecycle.is_alive(step.stage) and other.window.is_after(step.window)
    if other.window.is_after(step.window):
        return True
    is_one_date = other.window.is_one_date_with(step.window)
    return is_one_date and other.stage.rank > step.stage.rank
