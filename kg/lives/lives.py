"""In which stage of its life a pact, dispute or event is on a day, from accepted assertions only.

What is announced stays apart from what was done: a schedule never ends a pact. What was decided and
reversed later stays in history; what was undone from its first day never counted. What still goes
on is known up to its last report; after that nobody said that it ended, and nobody said that it did
not.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from kg.dates.calendar import Day, Overlap
from kg.diagnostics import KgError, did_you_mean
from kg.lives.bearing import Bearing
from kg.lives.lifecycle import Effect, Lifecycle, Sign, has_life, living_sections
from kg.lives.prospects import Prospect, prospects
from kg.model import Assertion, Mode, Thing
from kg.ontology import Stage
from kg.reading import Reading
from kg.status.lens import certainty_on
from kg.status.propositions import time_of
from kg.status.status import Status
from kg.status.support import last_report, report_days
from kg.status.windows import Window, attested_until, began_window, ended_window, timeline_window
from kg.text import join_and


class Certainty(StrEnum):
    """How surely a life is known on a day; ``UNDONE`` is one that was taken back from its first
    day.
    """

    CERTAIN = "certain"
    POSSIBLE = "possible"
    NOT_YET = "not yet"
    UNDONE = "undone"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Step:
    """One accepted assertion that moves a life on or shows it going on, and within which ``window``
    it began to.

    ``placed`` are the days of its own date: a state attested for a day may have begun long before.
    It is attested up to ``until``, which for a state without a date (not ``is_dated``) is no more
    than its last report. ``undone`` is when a later decision took it back, ``undone_by`` that
    assertion.
    """

    assertion: str
    effect: Effect
    stage: Stage
    window: Window
    placed: Window
    until: Day | None
    is_dated: bool
    undone: Window | None = None
    undone_by: str = ""


@dataclass(frozen=True, slots=True)
class Life:
    """Where a thing stands on a day.

    ``stages`` are those that it may be in; there is none where nothing is known or it had not
    begun. Where the day lies after the last report, ``known_until`` is the day of that. ``holding``
    are the steps that put it there, ``passed`` all up to the day with how surely they had happened,
    ``later`` those after it; ``showing`` are assertions that attest the thing for the very day,
    which is contradictory where others end it. ``uncounted`` are assertions about its life that are
    not accepted. ``undone`` are those that were undone from their first day, each with what undid
    it; ``effects_undone`` likewise what an event did to the lives of others.
    """

    thing: Thing
    day: Day
    cycle: Lifecycle
    certainty: Certainty
    stages: tuple[Stage, ...] = ()
    may_not_have_begun: bool = False
    is_contradictory: bool = False
    known_until: Day | None = None
    holding: tuple[Step, ...] = ()
    passed: tuple[tuple[Step, Overlap], ...] = ()
    later: tuple[Step, ...] = ()
    showing: tuple[str, ...] = ()
    announced: tuple[Prospect, ...] = ()
    uncounted: tuple[str, ...] = ()
    undone: tuple[tuple[str, str], ...] = ()
    effects_undone: tuple[tuple[str, str], ...] = ()

    @property
    def in_force(self) -> str:
        """Whether a pact or measure binds on the day: yes, no, possibly or unknown; empty for other
        things.
        """
        if not self.cycle.binds:
            return ""
        if self.certainty is Certainty.UNKNOWN:
            return "unknown"
        answers = {self.cycle.is_alive(stage) for stage in self.stages}
        if self.may_not_have_begun or not self.stages:
            answers.add(False)
        return "no" if True not in answers else "yes" if False not in answers else "possibly"


def life(id: str, day: Day, reading: Reading, bearing: Bearing | None = None) -> Life:
    """Where a thing stands when a day ends. The reading's lens has no day of its own (``true_on``).

    Who asks for many lives gives what bears on all of them, so that it is found once. Raises
    KgError where no pact, dispute or event has that id.
    """
    thing = reading.corpus.things.get(id)
    if thing is None:
        raise KgError(
            f"nothing here is called '{id}'", hint=did_you_mean(id, reading.corpus.things)
        )
    if not has_life(thing, reading.ontology):
        living = join_and(living_sections(reading.ontology))
        raise KgError(
            f"'{id}' is one of the {thing.section}: only {living} have a life",
            hint=f"kg why {id}",
        )
    bearing = bearing or Bearing(reading)
    ids = bearing.ids(id)
    cycle, told = bearing.cycle(thing)
    steps, uncounted = _steps(ids, told, cycle, bearing)
    begun = _beginning(steps, cycle)
    steps = [_not_before(step, begun) for step in steps]
    pairs = bearing.undone_from_their_first_day
    undone = tuple((a.id, later.id) for a, later in pairs if _touches(a, ids, told))
    effects = tuple(
        (a.id, later.id)
        for a, later in pairs
        if a.subject.id in ids and a.id not in dict(undone) and _moves(a, reading)
    )
    asked = Life(thing, day, cycle, Certainty.UNKNOWN, undone=undone, effects_undone=effects)
    found = _standing(asked, steps, begun, reading)
    if undone and {step.assertion for step in steps} <= {later for _, later in undone}:
        return replace(found, certainty=Certainty.UNDONE, uncounted=uncounted)
    if found.certainty is Certainty.NOT_YET:
        return found
    return replace(found, announced=prospects(ids, day, begun, told, bearing), uncounted=uncounted)


def _steps(
    ids: Collection[str], told: Mapping[str, Sequence[Sign]], cycle: Lifecycle, bearing: Bearing
) -> tuple[list[Step], tuple[str, ...]]:
    """The accepted steps of a life in the order of their dates, and what is said of it and not
    accepted.
    """
    steps: list[Step] = []
    uncounted = []
    reading = bearing.reading
    for a in bearing.touching(ids):
        touching = [sign for sign in told.get(a.predicate.id, ()) if a.end(sign.end) in ids]
        if not touching or a.mode is not Mode.ACTUAL:
            continue
        undone_by = bearing.undone_by(a)
        if reading.standings[a.id].status is not Status.ACCEPTED and undone_by is None:
            uncounted.append(a.id)
            continue
        for sign in touching:
            shows = sign.effect is Effect.SHOWS
            step = Step(
                assertion=a.id,
                effect=sign.effect,
                stage=sign.stage,
                window=began_window(a, reading.corpus, is_state=shows),
                placed=timeline_window(time_of(a, reading.corpus), is_state=shows),
                until=(attested_until(a, reading.judgement) if shows else None)
                or last_report(a, reading.judgement, shows),
                is_dated=time_of(a, reading.corpus) is not None,
                undone=bearing.window(undone_by) if undone_by else None,
                undone_by=undone_by.id if undone_by else "",
            )
            steps.append(step)
            if shows and cycle.over and (end := ended_window(a, reading.corpus)):
                until = last_report(a, reading.judgement, is_state=True)
                steps.append(
                    replace(
                        step,
                        effect=Effect.CEASES,
                        stage=cycle.over,
                        window=end,
                        placed=end,
                        until=until,
                    )
                )
    if any(cycle.is_alive(step.stage) for step in steps):
        steps = [step for step in steps if step.stage != cycle.happened]

    def place(step: Step) -> tuple[float, float, str, int, str]:
        when = reading.shown.assertions[step.assertion].when
        return (
            step.placed.first,
            step.placed.last,
            when.text if when else "",
            step.stage.rank,
            step.assertion,
        )

    return sorted(steps, key=place), tuple(uncounted)


def _touches(a: Assertion, ids: Collection[str], told: Mapping[str, Sequence[Sign]]) -> bool:
    """Whether an assertion is about the life of one of some things."""
    return any(a.end(sign.end) in ids for sign in told.get(a.predicate.id, ()))


def _moves(a: Assertion, reading: Reading) -> bool:
    """Whether an assertion tells of a deed that moves something on: that ends a pact, say."""
    return bool(reading.ontology.relations[a.predicate.id].enters_status)


def _restored(asked: Life, reading: Reading) -> list[Day]:
    """Up to which days the life is vouched for by what undid its changes: whoever does so says that
    it had gone on.
    """
    undoing = (reading.shown.assertions[later] for _, later in asked.undone)
    known = ((a.when.end_latest if a.when else report_days(a, reading.corpus)[0]) for a in undoing)
    return [day for day in known if day]


def _beginning(steps: Iterable[Step], cycle: Lifecycle) -> float:
    """The first moment at which the thing can have come about, as far as its beginning is reported."""
    openings = (s.window.first for s in steps if cycle.is_opening(s.stage) and not s.undone)
    return min((first for first in openings if math.isfinite(first)), default=-math.inf)


def _not_before(step: Step, begun: float) -> Step:
    """A step without a first limit, from the beginning of the thing's life on: nothing of it came
    before that.
    """
    if step.window.first > -math.inf or step.window.last < begun:
        return step
    return replace(step, window=Window(begun, step.window.last))


def _standing(asked: Life, steps: Sequence[Step], begun: float, reading: Reading) -> Life:
    day, cycle = asked.day, asked.cycle
    live = [s for s in steps if not (s.undone and s.undone.has_come(day))]
    showing = _showing(live, day, reading)
    holding = _last(live, day, cycle)
    sure = [s for s in live if not (s.undone and s.undone.may_have_come(day))]
    holding += [s for s in _last(sure, day, cycle) if s not in holding]
    # That a state is attested for a later day says nothing about this one.
    holding = [s for s in holding if s.placed.may_have_come(day)]
    if showing:
        holding = [s for s in holding if s.effect is not Effect.CEASES]
    contradictory = bool(showing and holding) and not any(cycle.is_alive(s.stage) for s in holding)
    holding += showing if contradictory or not holding else []
    entered = {s.stage.name: s.stage for s in holding}
    stages = tuple(sorted(entered.values(), key=lambda stage: (stage.rank, stage.name)))
    nothing_sure = not any(s.window.has_come(day) for s in sure)
    found = replace(
        asked,
        stages=stages,
        holding=tuple(holding),
        passed=tuple((s, _happened(s, day)) for s in steps if s.placed.may_have_come(day)),
        later=tuple(s for s in steps if not s.placed.may_have_come(day)),
        showing=tuple(s.assertion for s in showing),
        is_contradictory=contradictory,
    )
    if not stages:
        return replace(
            found, certainty=Certainty.NOT_YET if math.isfinite(begun) else Certainty.UNKNOWN
        )
    reports = [s.until for s in live if s.until and (s in holding or s.effect is Effect.SHOWS)]
    until = max([*reports, *_restored(asked, reading)], default=None)
    is_known = (
        bool(found.later or showing)
        or all(stage.is_final for stage in stages)
        or until is None
        or day <= until
    )
    if not is_known:
        return replace(found, certainty=Certainty.UNKNOWN, known_until=until)
    vague = all(s.effect is Effect.SHOWS and not s.is_dated for s in holding)
    sure_of_one = len(stages) == 1 and not nothing_sure and not vague
    certainty = Certainty.CERTAIN if sure_of_one else Certainty.POSSIBLE
    return replace(found, certainty=certainty, may_not_have_begun=nothing_sure)


def _happened(step: Step, day: Day) -> Overlap:
    """Whether what a step reports was so by the end of a day: an event by its report, a state as
    dated.
    """
    come = (
        Window(step.placed.first, step.window.last) if step.effect is Effect.SHOWS else step.window
    )
    return Overlap.CERTAINLY if come.has_come(day) else Overlap.POSSIBLY


def _showing(steps: Iterable[Step], day: Day, reading: Reading) -> list[Step]:
    """The steps that attest the thing for the very day, with certainty."""
    showing = (s for s in steps if s.effect is Effect.SHOWS)
    judgement, ontology = reading.judgement, reading.ontology
    return [
        s
        for s in showing
        if certainty_on(judgement.corpus.assertions[s.assertion], judgement, ontology, day)
        is Overlap.CERTAINLY
    ]


def _last(steps: Sequence[Step], day: Day, cycle: Lifecycle) -> list[Step]:
    """The steps of which each may be the last one of the day, so that its stage is the one the
    thing is in.
    """
    come = [s for s in steps if s.window.has_come(day)]
    return [
        s
        for s in steps
        if s.window.may_have_come(day) and not any(_is_past(s, by, cycle) for by in come)
    ]


def _is_past(step: Step, by: Step, cycle: Lifecycle) -> bool:
    """Whether another step, which has been taken, has brought the life beyond this one."""
    early, by_early = cycle.is_preliminary(step.stage), cycle.is_preliminary(by.stage)
    if early or by_early:
        if early and by_early and step.stage.rank != by.stage.rank:
            return by.stage.rank > step.stage.rank and not step.window.is_after(by.window)
        return early and not by_early
    keeps, by_keeps = (each.effect in (Effect.JOINS, Effect.SHOWS) for each in (step, by))
    if keeps and not by_keeps:
        return cycle.is_alive(by.stage) or not step.window.is_after(by.window)
    if by_keeps and not keeps:
        return not cycle.is_alive(step.stage) and by.window.is_after(step.window)
    later_stage = by.stage.rank > step.stage.rank and by.window.is_one_date_with(step.window)
    return by.window.is_after(step.window) or later_stage
