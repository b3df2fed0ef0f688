"""The steps of a life: assertions that move it on or show it going on."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from kg.dates.calendar import Day
from kg.model import Assertion
from kg.ontology.terms import Stage
from kg.reports.lives.decisions import find_outcome, find_reversals
from kg.reports.lives.index import MOST_HELD, LifeIndex, Living
from kg.reports.lives.lifecycle import Effect, Lifecycle, Sign
from kg.status.status import Status
from kg.status.support import last_report
from kg.status.windows import Window, attested_until, began_window, ended_window, timeline_window


@dataclass(frozen=True, slots=True)
class LifeTurn:
    """One accepted assertion that moves a life on or shows it going on, and within which ``window``
    it began to.

    ``date_window`` are the days of its own date: a state attested for a day may have begun long
    before. It is attested up to ``until``, which for a state without a date (not ``is_dated``) is
    no more than its last report. What ``by_membership`` shows a pact alive never puts it back.
    ``state`` is the id of the assertion whose state it ends, if it does, ``correction`` that of a
    later one that took it back, which happened within ``correction_window``.
    """

    assertion: str
    effect: Effect
    stage: Stage
    window: Window
    date_window: Window
    until: Day | None
    is_dated: bool
    by_membership: bool = False
    state: str = ""
    correction: str = ""
    correction_window: Window | None = None

    def has_been_taken_back(self, day: Day) -> bool:
        """Whether it certainly was by the end of a day."""
        return self.correction_window is not None and self.correction_window.has_come(day)

    def may_have_been_taken_back(self, day: Day) -> bool:
        """Whether it possibly was by the end of a day."""
        return self.correction_window is not None and self.correction_window.may_have_come(day)


class Steps(NamedTuple):
    """The accepted steps of a life, in the order of their dates, and the ids of assertions that
    tell of it and are not accepted.
    """

    accepted: list[LifeTurn]
    not_accepted: tuple[str, ...]


def find_steps(living: Living) -> Steps:
    """Return the steps of a life, found once while that is told."""
    known_steps, key = living.index.steps, (living.id, living.party)
    if key not in known_steps:
        if len(known_steps) == MOST_HELD:
            known_steps.clear()
        known_steps[key] = _find_steps(living)
    return known_steps[key]


def _find_steps(living: Living) -> Steps:
    steps: list[LifeTurn] = []
    not_accepted = []
    lifecycle, index = living.lifecycle, living.index
    for a in living.assertions():
        if a.limited_state and _is_open_claim(a, living):
            not_accepted.append(a.id)
        signs = living.signs(a) if a.is_actual else []
        correction = index.correction_of(a) if signs else None
        if signs and correction is None and not index.is_fact(a):
            not_accepted.append(a.id)
            continue
        for sign in signs:
            own = [_step(a, sign, correction, index)] if correction else _steps(a, sign, living)
            steps += own
            steps += [end for step in own for end in _end(a, step, lifecycle, index)]
    if any(lifecycle.is_alive(step.stage) for step in steps):
        # Of what goes on it says nothing that it took place.
        steps = [step for step in steps if step.stage != lifecycle.happened]
    steps = _without_past_ends(steps)
    assertions = index.reading.visible_corpus.assertions
    steps.sort(key=lambda step: _order(step, assertions[step.assertion]))
    return Steps(steps, tuple(not_accepted))


def _without_past_ends(steps: Iterable[LifeTurn]) -> list[LifeTurn]:
    """Steps without the ends of states of a dispute that had been settled or decided while they
    lasted: that its sides are sides no more is no further stage.
    """
    all_steps = list(steps)
    begun: dict[str, float] = {}
    for step in all_steps:
        if step.effect is Effect.SHOWS:
            first = begun.get(step.assertion, -math.inf)
            begun[step.assertion] = max(first, step.window.first)
    entered = [each for each in all_steps if each.effect is Effect.ENTERS and not each.correction]
    finals = sorted(each.window.first for each in entered if each.stage.is_final)

    def is_past(step: LifeTurn) -> bool:
        if step.effect is not Effect.CEASES or step.stage.in_force is not None:
            return False
        place = bisect_left(finals, begun[step.state])
        return place < len(finals) and finals[place] <= step.window.last

    return [step for step in all_steps if not is_past(step)]


def _is_open_claim(a: Assertion, living: Living) -> bool:
    """Whether it says, and is not accepted, that a state that tells of a life ended or began."""
    is_accepted = living.index.reading.standings[a.id].status is Status.ACCEPTED
    return a.is_actual and not is_accepted and bool(living.state_signs(a))


def _steps(a: Assertion, sign: Sign, living: Living) -> list[LifeTurn]:
    """What an assertion that nothing corrects tells of a life: an appeal holds until its outcome,
    and what a decision does as often as that came into force, until it was reversed.
    """
    index = living.index
    if sign.to_decision and not index.is_reversal(a):
        return [_step(a, sign, find_outcome(a, index), index)]
    is_done = sign.effect is Effect.ENTERS
    if is_done and (sign.stage.is_reversal or living.lifecycle.may_be_appealed):
        reversals = find_reversals(a, index)
        return [_step(deed, sign, undoing, index) for deed, undoing in reversals]
    return [_step(a, sign, None, index)]


def _step(a: Assertion, sign: Sign, correction: Assertion | None, index: LifeIndex) -> LifeTurn:
    judgement, corpus = index.reading.judgement, index.reading.judgement.corpus
    is_state = sign.effect is Effect.SHOWS
    date = judgement.time_of(a)
    until = attested_until(a, judgement) if is_state else None
    return LifeTurn(
        assertion=a.id,
        effect=sign.effect,
        stage=sign.stage,
        window=began_window(a, date, corpus, is_state),
        date_window=timeline_window(date, is_state),
        until=until or last_report(a, judgement, is_state),
        is_dated=date is not None,
        by_membership=sign.by_membership,
        correction=correction.id if correction else "",
        correction_window=index.window(correction) if correction else None,
    )


def _end(
    a: Assertion, step: LifeTurn, lifecycle: Lifecycle, index: LifeIndex
) -> Iterator[LifeTurn]:
    """The end of a state that shows something going on, where it has one."""
    if step.effect is not Effect.SHOWS or lifecycle.over is None:
        return
    judgement = index.reading.judgement
    window = ended_window(a, judgement)
    if window:
        report = index.ending_of(a) or a
        yield replace(
            step,
            assertion=report.id,
            state=a.id,
            effect=Effect.CEASES,
            stage=lifecycle.over,
            window=window,
            date_window=window,
            until=last_report(report, judgement, is_state=report is a),
        )


def _order(step: LifeTurn, assertion: Assertion) -> tuple[float, float, str, int, str]:
    window, date = step.date_window, assertion.when
    return window.first, window.last, date.text if date else "", step.stage.rank, assertion.id


def life_beginning(steps: Iterable[LifeTurn], lifecycle: Lifecycle) -> float:
    """Return the first moment at which a thing can have come about, as far as its beginning is
    reported; minus infinity where it is not.
    """
    openings = [s for s in steps if lifecycle.is_opening(s.stage) and not s.correction]
    moments = [s.window.first for s in openings if math.isfinite(s.window.first)]
    return min(moments, default=-math.inf)


def begin_with(step: LifeTurn, moment: float) -> LifeTurn:
    """Return a step without a first limit from the beginning of the thing's life on: nothing of it
    came before that.
    """
    if step.window.first > -math.inf or step.window.last < moment:
        return step
    return replace(step, window=Window(moment, step.window.last))
