"""When the events of a picture took place, as far as that was known: by the steps of their own
lives, never by the date of a report about them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kg.dates import Date, Day
from kg.dates.words import date_in_words, day_in_words
from kg.ontology.terms import Family
from kg.status.statement import Statement
from kg.view.life import Lives, StepKind, StepRun
from kg.view.picture import History, Occasion, Tie


def occasions_of(life: Lives, statements: Mapping[str, Statement]) -> tuple[Occasion, ...]:
    """Return when a thing's life began, by what was known from each moment on at which that is
    another day: each holds until the next, and one without a day says that it had none.

    Of several dates of what happened that counts which tells soonest that it had begun; where
    nothing is known to have happened, that of a plan counts.
    """
    # What a lens keeps out has no statement.
    steps = [step for step in life.steps if step.assertion in statements]
    dates = {step.assertion: statements[step.assertion].time for step in steps}
    moments = sorted({run.moment for step in steps for run in step.runs})
    result: list[Occasion] = []
    for moment in moments:
        known_dates: dict[StepKind, list[Date]] = {}
        for step in steps:
            kind, date = _run_at(step.runs, moment).kind, dates[step.assertion]
            if kind is not None and date and date.start_earliest:
                known_dates.setdefault(kind, []).append(date)
        occasion = _occasion(moment, known_dates)
        if result[-1][1:] != occasion[1:] if result else occasion.day:
            result.append(occasion)
    return tuple(result)


def _run_at(runs: Iterable[StepRun], moment: int) -> StepRun:
    """Return how a step stood at a moment."""
    return next((run for run in reversed([*runs]) if run.moment <= moment), StepRun(moment))


def _occasion(moment: int, known_dates: Mapping[StepKind, list[Date]]) -> Occasion:
    for kind in (StepKind.HAPPENED, StepKind.AHEAD):
        if dates := known_dates.get(kind, []):
            date = min(dates, key=_soonest)
            is_planned = kind is StepKind.AHEAD
            return Occasion(moment, date.start_earliest, date_in_words(date), is_planned)
    return Occasion(moment)


def _soonest(date: Date) -> tuple[Day, int, str]:
    """Return by when at the latest something had begun, then how little its first day can be."""
    first = date.start_earliest or Day(0, 1, 1)
    latest = date.start_latest or date.end_latest or first
    return latest, -first.year * 400 - first.month * 31 - first.day, date.text


def tied_occasions(
    ties: Iterable[Tie], families: Mapping[str, Family], history: History
) -> dict[str, tuple[Occasion, ...]]:
    """Return for things without a life the first day of those of their ties whose family places
    events in time, by the thing's id.
    """
    first_days: dict[str, Day] = {}
    for tie in ties:
        days = history.attested.get(tie.assertion)
        start = days.possible[0][0] if days and days.possible else None
        if start and families[tie.statement.relation.family].dates_events:
            for end in (tie.source, tie.target):
                first_days[end] = min(start, first_days.get(end, start))
    return {id: (Occasion(-1, day, day_in_words(day)),) for id, day in first_days.items()}
