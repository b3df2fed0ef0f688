"""The lives of things as a page shows them: what moved each on, what is ahead, and where it stood
at each moment.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from kg.dates import Day
from kg.dates.words import date_in_words
from kg.ontology.terms import Stage
from kg.reading import Reading
from kg.reports.life_document import OUTCOMES
from kg.reports.life_summary import life_summary, reported_outcome
from kg.reports.lives.index import LifeIndex
from kg.reports.lives.life import Life
from kg.reports.lives.lifecycle import Lifecycles, has_life
from kg.reports.lives.lives import life_on
from kg.reports.lives.memberships import claimed_members, member_lives
from kg.reports.lives.prospects import Prospect
from kg.reports.party_lines import claimed_party_words, party_words
from kg.reports.wordings import mode_in_words
from kg.status.propositions import time_of
from kg.status.statement import Statement
from kg.status.status import Status
from kg.status.windows import Window, event_window, timeline_window
from kg.text.wording import Name
from kg.view.history import Moment, find_moments, moment_days
from kg.view.life import LifeStep, Lives, StepKind, StepRun

MOST_LIVES = 1_000
"""So many things times moments are looked at, at most; of more, only the last day of each life is
told.
"""

LifeOf = Callable[[str], Lives | None]
"""Tells the life of a thing by its id; None where it has none, or nothing is reported of it."""

_Order = tuple[bool, float, float, str, int, str]
_Key = tuple[str, str, bool]


class _Step(NamedTuple):
    """A step as it was known at a moment, with what it is known by and its place in the order."""

    key: _Key
    order: _Order
    statement: Statement
    run: StepRun


def lives_of(reading: Reading, moments: Sequence[Moment] | None = None) -> LifeOf:
    """Return what tells the lives of a reading's things; ``moments`` are the days on which what is
    known changes, found here where they are not given and are told of.

    Each summary is what ``kg status`` says of the moment's day by what was known then.
    """
    days = moment_days(reading) if moments is None else _days(moments)
    if not days:
        return lambda _: None
    last = Moment(len(days), days[-1], reading)
    lifecycles = Lifecycles(reading.ontology)
    last_index = LifeIndex(_without_day(reading), lifecycles)
    earlier: list[Moment] = []
    if not last_index.has_more_lives(MOST_LIVES // len(days)):
        found_moments = find_moments(reading) if moments is None else moments
        earlier = [each for each in found_moments if each.number >= 0]

    @cache
    def indexes() -> list[tuple[Moment, LifeIndex]]:
        indexed = [(each, LifeIndex(_without_day(each.reading), lifecycles)) for each in earlier]
        return [*indexed, (last, last_index)]

    @cache
    def life_of(id: str) -> Lives | None:
        thing = reading.corpus.things.get(id)
        if thing is None or not has_life(thing, reading.ontology):
            return None
        return _life_by_moments(id, indexes())

    return life_of


def _days(moments: Sequence[Moment]) -> list[Day]:
    return [each.day for each in moments if each.number >= 0]


def _without_day(reading: Reading) -> Reading:
    """Return a reading whose lens has no day on which things hold: a life has many days."""
    if not reading.lens.true_on:
        return reading
    return replace(reading, lens=replace(reading.lens, true_on=None))


def _life_by_moments(id: str, moments: Iterable[tuple[Moment, LifeIndex]]) -> Lives | None:
    """Return a life as it was known at each of some moments."""
    orders: dict[_Key, _Order] = {}
    steps: dict[_Key, LifeStep] = {}
    summaries: list[tuple[int, str, str]] = []
    parties: list[tuple[int, tuple[tuple[Name, str], ...]]] = []
    days: list[tuple[int, Day]] = []
    is_told = False
    for moment, index in moments:
        number, day, reading = moment.number, moment.day, index.reading
        if id not in reading.corpus.things:
            continue
        then = life_on(id, day, reading, index)
        is_told = is_told or _tells_stages(then)
        now = life_summary(then, reading.visible_corpus.assertions), then.certainty_word
        lines = tuple(_party_lines(then, index))
        has_moved = not summaries or summaries[-1][1:] != now
        parties_have = lines != (parties[-1][1] if parties else ())
        if has_moved:
            summaries.append((number, *now))
        if parties_have:
            parties.append((number, lines))
        if has_moved or parties_have:
            days.append((number, day))
        absent_keys = set(steps)
        for key, order, statement, run in _steps(number, then, index):
            absent_keys.discard(key)
            orders[key] = order
            step = steps.get(key) or LifeStep(statement.id, "", ())
            date = _date_words(statement, run.kind)
            runs = _with_run(step.runs, run._replace(date=date))
            steps[key] = step._replace(date=date, runs=runs)
        for key in absent_keys:
            steps[key] = steps[key]._replace(runs=_with_run(steps[key].runs, StepRun(number)))
    if not is_told:
        return None
    sorted_steps = tuple(steps[key] for key in sorted(steps, key=lambda key: orders[key]))
    return Lives(id, sorted_steps, tuple(summaries), tuple(parties), tuple(days))


def _party_lines(then: Life, index: LifeIndex) -> Iterator[tuple[Name, str]]:
    """Yield the parties of a pact, each with where it stood, as ``kg status`` says it; then who is
    only said to be one.
    """
    for member in member_lives(then.thing, then.day, index):
        yield member.thing.as_name, party_words(member, then, index.reading)
    for id, claims in claimed_members(then, index).items():
        statements = [index.reading.statements[each] for each in claims]
        if live := [each for each in statements if not each.is_gone]:
            yield index.reading.corpus.things[id].as_name, claimed_party_words(live)


def _tells_stages(then: Life) -> bool:
    """Whether anything said tells of a stage: what is planned about a state, such as better ties,
    is no life of it.
    """
    is_reported = then.past_steps or then.later_steps or then.not_accepted
    return bool(is_reported) or any(prospect.stage for prospect in then.prospects)


def _with_run(runs: tuple[StepRun, ...], run: StepRun) -> tuple[StepRun, ...]:
    """Return runs with one more, if that differs from the one before."""
    return runs if runs and runs[-1][1:] == run[1:] else (*runs, run)


def _date_words(statement: Statement, kind: StepKind | None) -> str:
    a = statement.assertion
    if a.when:
        return date_in_words(a.when)
    if a.said is None or kind is StepKind.HAPPENED:
        return "no date"
    return f"no date; said {date_in_words(a.said)}"


def _steps(number: int, then: Life, index: LifeIndex) -> Iterator[_Step]:
    """Yield what a life consists of at a moment, accepted or not, and what was ahead of it."""
    reading = index.reading
    for step in (*then.past_steps, *then.later_steps):
        statement = reading.statements[step.assertion]
        run = StepRun(number, StepKind.HAPPENED, step.stage.label, statement.is_affirmed)
        order = _order(statement, step.date_window, step.stage)
        yield _Step(_key(run, step.stage.label, statement), order, statement, run)
    yield from _claimed_steps(number, then, index)
    for prospect in then.prospects:
        if not prospect.about:
            yield _announced_step(number, prospect, then, reading)


def _order(statement: Statement, window: Window, stage: Stage) -> _Order:
    """The place among all steps of one that was done or is said to have been."""
    when = statement.assertion.when
    return False, *window, when.text if when else "", stage.rank, statement.id


def _key(run: StepRun, stage: str, statement: Statement) -> _Key:
    return statement.id, stage, run.kind is StepKind.AHEAD


def _claimed_steps(number: int, then: Life, index: LifeIndex) -> Iterator[_Step]:
    """Yield the steps that are only said, or were replaced."""
    reading = index.reading
    living = index.living(then.thing)
    for id in then.not_accepted:
        statement = reading.statements[id]
        a = statement.assertion
        window = timeline_window(time_of(a, reading.judgement.corpus), statement.is_state)
        is_replaced = statement.status is Status.SUPERSEDED
        how = "denied: " if a.is_denial else "claimed: "
        for sign in living.signs(a):
            order, label = _order(statement, window, sign.stage), sign.stage.label
            run = StepRun(number, StepKind.SAID, how + label)
            if is_replaced:
                run = StepRun(number, StepKind.HAPPENED, label)
            yield _Step(_key(run, label, statement), order, statement, run)


def _announced_step(number: int, prospect: Prospect, then: Life, reading: Reading) -> _Step:
    """Return what was announced, planned or demanded, and what became of it."""
    statement = reading.statements[prospect.assertion]
    a = statement.assertion
    outcome = reported_outcome(a, then.day)
    # Without a date it comes after those that have one: there is no telling when.
    when = event_window(a.when) if a.when else Window(math.inf, math.inf)
    stage = prospect.stage.label if prospect.stage else ""
    words = ": ".join(part for part in (mode_in_words(a), stage) if part)
    words += f"; {OUTCOMES[outcome.kind]}" if outcome else ""
    run = StepRun(number, StepKind.AHEAD, words, statement.status is Status.PROSPECTIVE)
    order = (True, when.first, 0, "", 0, a.id)
    return _Step(_key(run, stage, statement), order, statement, run)
