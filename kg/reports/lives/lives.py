"""In which stage of its life a pact, dispute or event is on a day, from accepted assertions only.

What is announced stays apart from what was done: a schedule never ends a pact. What was decided and
reversed later stays in history; what was undone from its first day never counted. What still goes
on is known up to its last report; after that nobody said that it ended, and nobody said that it did
not.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from kg.dates import Day
from kg.diagnostics import KgError
from kg.model import Thing
from kg.ontology.terms import Stage
from kg.reading import Reading
from kg.reports.lives.index import LifeIndex, Living
from kg.reports.lives.life import Life, NoStage
from kg.reports.lives.lifecycle import Effect, Lifecycle, has_life, living_classes
from kg.reports.lives.prospects import find_prospects
from kg.reports.lives.steps import LifeTurn, begin_with, find_steps, life_beginning
from kg.reports.lives.succession import last_steps
from kg.reports.lives.undoing import Pairs, find_undoing
from kg.status.certainty import Certainty
from kg.status.naming import hint_of_thing
from kg.status.support import report_days
from kg.text import join_and


def life_on(id: str, day: Day, reading: Reading, index: LifeIndex | None = None) -> Life:
    """Return where a thing stands when a day ends. The reading's lens has no day of its own
    (``true_on``).

    Who asks for many lives gives the index of the reading, so that it is made once. Raises KgError
    where nothing with a life has that id.
    """
    thing = _living_thing(reading.corpus.main_id(id), reading)
    index = index or LifeIndex(reading)
    return life_of(thing, day, index.living(thing))


def life_of(thing: Thing, day: Day, living: Living, more_steps: Iterable[LifeTurn] = ()) -> Life:
    """Return the life of what lives, a thing or the part that one has in a pact, told of a thing;
    ``more_steps`` follow from other lives.
    """
    lifecycle = living.lifecycle
    own_steps, not_accepted = find_steps(living)
    steps = [*own_steps, *more_steps]
    begun = life_beginning(steps, lifecycle)
    corrections, effect_corrections = _corrections(living)
    question = Life(
        thing,
        day,
        lifecycle,
        NoStage.UNKNOWN,
        corrections=corrections,
        effect_corrections=effect_corrections,
    )
    result = _answer(question, [begin_with(step, begun) for step in steps], begun, living.index)
    if undone_by := find_undoing(living, corrections, steps):
        return replace(
            result,
            certainty=NoStage.UNDONE,
            stages=(),
            current_steps=(),
            attestations=(),
            undone_by=undone_by,
            not_accepted=not_accepted,
        )
    if result.certainty is NoStage.NOT_YET:
        return result
    ahead = find_prospects(living, day, begun)
    return replace(result, prospects=ahead, not_accepted=not_accepted)


def _living_thing(id: str, reading: Reading) -> Thing:
    things = reading.corpus.things
    if id not in things:
        raise KgError(f"nothing here is called '{id}'", hint=hint_of_thing(id, things))
    thing = things[id]
    if not has_life(thing, reading.ontology):
        classes = join_and(living_classes(reading.ontology))
        raise KgError(
            f"'{id}' is a {thing.type.id}: only things of the classes {classes} have a life",
            hint=f"kg why {id}",
        )
    return thing


def _corrections(living: Living) -> tuple[Pairs, Pairs]:
    """The corrections of a life itself, and those of what it, an event, did to other lives."""
    own, effects = [], []
    index = living.index
    for earlier, later in index.retroactive_corrections:
        if living.signs(earlier):
            own.append((earlier.id, later.id))
        elif earlier.subject.id == living.id and index.relation(earlier).enters_status:
            effects.append((earlier.id, later.id))
    return tuple(own), tuple(effects)


def _answer(question: Life, steps: Sequence[LifeTurn], begun: float, index: LifeIndex) -> Life:
    """Return a life with its stages on the day, and how surely it is in them."""
    day, reading = question.day, index.reading
    result = _find_stages(question, steps, index)
    if not result.stages:
        is_reported = math.isfinite(begun)
        return replace(result, certainty=NoStage.NOT_YET if is_reported else NoStage.UNKNOWN)
    until = _last_report(result, _standing_steps(steps, day), reading)
    has_begun = any(step.window.has_come(day) for step in _certain_steps(steps, day))
    certainty = _certainty(result, steps, has_begun, index)
    if not _is_known(result, until):
        result = replace(result, known_until=until)
        if not _lasts(result, reading):
            return result
        if certainty is Certainty.CERTAINLY:
            certainty = Certainty.AS_FAR_AS_KNOWN
    return replace(result, certainty=certainty, may_not_have_begun=not has_begun)


def _standing_steps(steps: Iterable[LifeTurn], day: Day) -> list[LifeTurn]:
    """The steps that may not have been taken back by a day."""
    return [step for step in steps if not step.has_been_taken_back(day)]


def _certain_steps(steps: Iterable[LifeTurn], day: Day) -> list[LifeTurn]:
    """The steps that had certainly not been taken back by a day."""
    return [step for step in steps if not step.may_have_been_taken_back(day)]


def _find_stages(question: Life, steps: Sequence[LifeTurn], index: LifeIndex) -> Life:
    """Return a life with the stages that it may be in on the day, and what puts it there.

    The steps of which each may be the last one tell the stage; what attests the thing for the very
    day outweighs that a state has ceased, and contradicts what ended the thing otherwise.
    """
    day = question.day
    moving = [step for step in steps if step.effect is not Effect.MOVES_PARTY]
    standing_steps = _standing_steps(moving, day)
    attesting = [each for each in standing_steps if _holds(each, day, index) is Certainty.CERTAINLY]
    current = _current_steps(standing_steps, _certain_steps(moving, day), question)
    if attesting:
        current = [step for step in current if step.effect is not Effect.CEASES]
    is_contradictory = bool(attesting) and _have_ended(current, question.lifecycle)
    if is_contradictory or not current:
        current += attesting
    return replace(
        question,
        stages=_stages(current),
        is_contradictory=is_contradictory,
        current_steps=tuple(current),
        past_steps=tuple(step for step in steps if step.date_window.may_have_come(day)),
        later_steps=tuple(step for step in steps if not step.date_window.may_have_come(day)),
        attestations=tuple(step.assertion for step in attesting),
    )


def _have_ended(steps: Collection[LifeTurn], lifecycle: Lifecycle) -> bool:
    """Whether steps have brought a thing to its end."""
    is_final = any(step.stage.is_final for step in steps)
    return is_final and not any(lifecycle.is_alive(step.stage) for step in steps)


def _certainty(
    life: Life, steps: Iterable[LifeTurn], has_begun: bool, index: LifeIndex
) -> Certainty:
    """How surely a thing is in its stages, where that is known for the day: a state that is
    attested for the day makes its stage sure, however vague the step into it was.
    """
    states = [step for step in steps if step.stage in life.stages]
    is_attested = any(_holds(step, life.day, index) in _SURE for step in states)
    is_sure = is_attested or any(_is_sure(step, index.reading) for step in life.current_steps)
    is_certain = len(life.stages) == 1 and has_begun and is_sure
    return Certainty.CERTAINLY if is_certain else Certainty.POSSIBLY


_SURE = (Certainty.CERTAINLY, Certainty.AS_FAR_AS_KNOWN)


def _is_sure(step: LifeTurn, reading: Reading) -> bool:
    """Whether a step may make a life certain: its date is no guess, and a state has one."""
    judgement = reading.judgement
    date = judgement.time_of(judgement.corpus.assertions[step.assertion])
    return not date.uncertain if date else step.effect is not Effect.SHOWS


def _lasts(life: Life, reading: Reading) -> bool:
    """Whether a thing goes on after its last report as far as known: by a deed, where things of its
    kind last, or by a state of which no end is reported.
    """
    judgement = reading.judgement
    for step in life.current_steps:
        if step.effect is not Effect.SHOWS and life.lifecycle.lasts:
            return True
        assertion = judgement.corpus.assertions[step.assertion]
        date = judgement.time_of(assertion) if step.effect is Effect.SHOWS else None
        relation = reading.ontology.relation_of(assertion)
        if relation.lasts and date and date.goes_on:
            return True
    return False


def _holds(step: LifeTurn, day: Day, index: LifeIndex) -> Certainty:
    """How surely a step that shows a state attests it for a day; another step attests no day."""
    return index.holds(step.assertion, day) if step.effect is Effect.SHOWS else Certainty.NO


def _current_steps(
    standing_steps: Sequence[LifeTurn], certain: Sequence[LifeTurn], question: Life
) -> list[LifeTurn]:
    """The steps that may be the last one, whether or not those are taken back that may be."""
    day, lifecycle = question.day, question.lifecycle
    current = last_steps(standing_steps, day, lifecycle)
    if len(certain) < len(standing_steps):
        known_steps = set(current)
        current += [step for step in last_steps(certain, day, lifecycle) if step not in known_steps]
    # That a state is attested for a later day says nothing about this one.
    return [step for step in current if step.date_window.may_have_come(day)]


def _stages(steps: Iterable[LifeTurn]) -> tuple[Stage, ...]:
    stages = {step.stage.name: step.stage for step in steps}
    return tuple(sorted(stages.values(), key=lambda stage: (stage.rank, stage.name)))


_VOUCHING = (Effect.SHOWS, Effect.MOVES_PARTY)
"""What tells of a thing that it goes on."""


def _last_report(life: Life, standing_steps: Iterable[LifeTurn], reading: Reading) -> Day | None:
    """The last day for which the life is vouched for, also by what undid its changes: whoever does
    so says that it had gone on.
    """
    current = set(life.current_steps)
    days = [step.until for step in standing_steps if step in current or step.effect in _VOUCHING]
    for _, later in life.corrections:
        a = reading.visible_corpus.assertions[later]
        days.append(a.when.end_latest if a.when else report_days(a, reading.corpus)[0])
    return max(filter(None, days), default=None)


def _is_known(life: Life, until: Day | None) -> bool:
    """Whether it is known for the day in which stage the thing is: it lasts, or a report up to
    ``until`` or later tells of it.
    """
    is_told_later = bool(life.later_steps or life.attestations)
    lasts = all(stage.is_final for stage in life.stages)
    return is_told_later or lasts or until is None or life.day <= until
