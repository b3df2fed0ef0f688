"""Where a thing stands on a day, in a line."""

from __future__ import annotations

from collections.abc import Mapping

from kg.dates import Day
from kg.dates.words import readable, readable_day
from kg.model import Assertion, Outcome
from kg.model.modes import OutcomeKind
from kg.reports.lives.life import Life, NoStage
from kg.reports.lives.lifecycle import Effect
from kg.status.certainty import Certainty
from kg.status.windows import event_window
from kg.text import join_and, join_or


def life_summary(life: Life, assertions: Mapping[str, Assertion]) -> str:
    """Return where a life stands, in a line; ``assertions`` holds at least all that it rests on."""
    labels = [stage.label for stage in life.stages]
    if life.certainty is NoStage.NOT_YET:
        return life.lifecycle.before
    if life.certainty is Certainty.CERTAINLY:
        return labels[0] + _undone_effect(life)
    if life.certainty is NoStage.UNDONE:
        return f"undone from its first day by {', '.join(life.undone_by)}"
    if not labels:
        return _came_to_nothing(life, assertions)
    stages = labels[0] if len(labels) == 1 else join_or(f"'{label}'" for label in labels)
    if life.certainty is NoStage.UNKNOWN:
        return f"unknown: {_last_known(life, assertions, stages)}"
    if life.certainty is Certainty.AS_FAR_AS_KNOWN:
        reported = f"last reported {_last_report(life, assertions)}"
        return f"{stages}, as far as known: {reported}{_undone_effect(life)}"
    reported = f"; last reported {readable_day(life.known_until)}" if life.known_until else ""
    return _possible_stages(life, stages) + reported


def _came_to_nothing(life: Life, assertions: Mapping[str, Assertion]) -> str:
    """What is known of a thing of which nothing happened: that a plan of it came to nothing."""
    for prospect in life.prospects:
        a = assertions.get(prospect.assertion)
        is_own = prospect.stage and not prospect.about
        outcome = reported_outcome(a, life.day) if a and is_own else None
        if a and outcome and outcome.kind is OutcomeKind.DID_NOT_HAPPEN:
            return f"{a.mode}; did not happen"
    return "unknown: nothing is reported of it up to this day"


def _undone_effect(life: Life) -> str:
    holding = {step.assertion for step in life.current_steps}
    undone = dict.fromkeys(later for _, later in life.effect_corrections if later not in holding)
    return f"; its effect was undone from its first day by {join_and(undone)}" if undone else ""


def _possible_stages(life: Life, stages: str) -> str:
    """The stages that are possible, and why they are not certain."""
    is_undated = not any(step.is_dated for step in life.current_steps)
    if life.may_not_have_begun and is_undated:
        return f"possibly {stages}: no date is reported"
    if life.may_not_have_begun:
        return f"possibly {stages}, possibly {life.lifecycle.before}"
    if len(life.stages) > 1 and life.is_contradictory:
        return f"{stages}: reports contradict each other"
    if len(life.stages) > 1:
        return f"{stages}: the dates leave it open"
    return f"{stages}, as is reported without a date" if is_undated else f"possibly {stages}"


def _last_known(life: Life, assertions: Mapping[str, Assertion], stages: str) -> str:
    """What was known at the last report; that nothing is known after it is no change."""
    when = _last_report(life, assertions)
    if not when.startswith("for "):
        when = f"on {when}"
    over = life.lifecycle.over
    if over is None or over.in_force is None:
        return f"{stages} when last reported {when}; nothing later is reported"
    begun = [
        assertions[step.assertion].when for step in life.current_steps if step.window.is_one_day
    ]
    days = [date.start_earliest for date in begun if date and date.start_earliest]
    began = f"began {readable_day(min(days))}, " if days else ""
    return f"{began}{stages} {when}, end not reported"


def _last_report(life: Life, assertions: Mapping[str, Assertion]) -> str:
    """The day of the last report, or the time for which that attests a state."""
    last = next(
        (s for s in life.current_steps if s.until == life.known_until), life.current_steps[-1]
    )
    date = assertions[last.assertion].when
    when = readable_day(life.known_until) if life.known_until else ""
    if date and last.effect is Effect.SHOWS and date.end_latest == life.known_until:
        when = f"for {readable(date)}"
    return when if last.is_dated else f"{when}, without a date"


def reported_outcome(a: Assertion, day: Day) -> Outcome | None:
    """Return what became of a plan by a day. That nothing is reported of it is no news before the
    day that it is planned for.
    """
    is_open = a.outcome is not None and a.outcome.kind is OutcomeKind.OPEN
    if is_open and a.when and not event_window(a.when).has_come(day):
        return None
    return a.outcome
