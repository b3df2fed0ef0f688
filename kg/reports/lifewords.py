"""Where a thing stands on a day, told for people and for programs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from kg.dates import Date
from kg.dates.calendar import Overlap
from kg.lives.lifecycle import Effect
from kg.lives.lives import Certainty, Life, Step
from kg.lives.prospects import Prospect
from kg.model import Assertion, OutcomeKind
from kg.reading import Reading
from kg.reports.wordings import extent, manner
from kg.statement import Statement
from kg.status.propositions import time_of
from kg.status.windows import event_window
from kg.text import hang, join_and, join_or

OUTCOMES = {
    OutcomeKind.HAPPENED: "it happened",
    OutcomeKind.DID_NOT_HAPPEN: "it did not happen",
    OutcomeKind.OPEN: "what became of it is not reported",
}
"""What became of a plan, in words."""


class Told(NamedTuple):
    """A life with the lines and dates of all that it rests on, by assertion; ``states`` are those
    of states.
    """

    life: Life
    lines: Mapping[str, Statement]
    dates: Mapping[str, Date | None]
    states: frozenset[str]


def told(life: Life, reading: Reading) -> Told:
    """A life with what is needed to tell of it."""
    steps = [step for step, _ in life.passed] + list(life.later)
    ids = (
        {s.assertion for s in steps}
        | {p.assertion for p in life.announced}
        | {*life.uncounted, *life.showing}
    )
    ids |= {id for pair in (*life.undone, *life.effects_undone) for id in pair}
    lines = {id: reading.statements[id] for id in sorted(ids)}
    relations = {
        id: reading.ontology.relations[each.assertion.predicate.id] for id, each in lines.items()
    }
    dates = {id: time_of(each.assertion, reading.corpus) for id, each in lines.items()}
    return Told(
        life, lines, dates, frozenset(id for id, relation in relations.items() if relation.is_state)
    )


def verdict(story: Told) -> str:
    """The answer in a line."""
    return summary(story.life, {id: line.assertion for id, line in story.lines.items()})


def summary(life: Life, assertions: Mapping[str, Assertion]) -> str:
    """Where a life stands, in a line; ``assertions`` holds at least all that it rests on."""
    labels = [stage.label for stage in life.stages]
    if life.certainty is Certainty.NOT_YET:
        return life.cycle.before
    if life.certainty is Certainty.CERTAIN:
        held = {step.assertion for step in life.holding}
        undone = join_and(
            dict.fromkeys(later for _, later in life.effects_undone if later not in held)
        )
        return (
            f"{labels[0]}; its effect was undone from its first day by {undone}"
            if undone
            else labels[0]
        )
    if life.certainty is Certainty.UNDONE:
        return f"undone from its first day by {', '.join(later for _, later in life.undone)}"
    if not labels:
        return "unknown: nothing is reported of it up to this day"
    stages = join_or(labels if len(labels) == 1 else [f"'{label}'" for label in labels])
    if life.certainty is Certainty.UNKNOWN:
        return f"unknown: {_unknown(life, assertions, stages)}"
    undated = not any(step.is_dated for step in life.holding)
    if life.may_not_have_begun:
        return f"possibly {stages}{': no date is reported' if undated else f', possibly {life.cycle.before}'}"
    if len(labels) > 1:
        return f"{stages}: {'reports contradict each other' if life.is_contradictory else 'the dates leave it open'}"
    return f"{stages}, as is reported without a date" if undated else f"possibly {stages}"


def _unknown(life: Life, assertions: Mapping[str, Assertion], stages: str) -> str:
    """What was known at the last report; that nothing is known after it is no change."""
    shown = next((s for s in life.holding if s.until == life.known_until), life.holding[-1])
    date = assertions[shown.assertion].when
    attested_for = (
        shown.effect is Effect.SHOWS and date is not None and date.end_latest == life.known_until
    )
    when = f"for {date.text}" if date and attested_for else f"on {life.known_until}"
    when += "" if shown.is_dated else ", without a date"
    if life.cycle.over is None:
        return f"{stages} when last reported {when}; nothing later is reported"
    begun = [assertions[step.assertion].when for step in life.holding if step.window.is_one_day]
    day = min((date.start_earliest for date in begun if date and date.start_earliest), default=None)
    return f"{f'began {day}, ' if day else ''}{stages} {when}, end not reported"


def as_text(story: Told) -> str:
    """The answer for people: the stage, how it came to that, what was ahead, and what is said and
    does not count.
    """
    life = story.life
    lines = hang(f"{life.thing.label} ({life.thing.id}) on {life.day}: {verdict(story)}", 0)
    lines += [f"in force: {life.in_force}"] if life.in_force else []
    lines += _due(story)
    held = {*(step.assertion for step in life.holding), *life.showing}
    undone = (*life.undone, *life.effects_undone)
    ahead = [p for p in life.announced if not p.is_past]
    for title, entries in (
        (
            "Up to that day (> what makes it so)",
            [_step(s, story, sure, s.assertion in held) for s, sure in life.passed],
        ),
        ("Ahead of it then", [_prospect(p, story) for p in ahead if p.is_known and not p.about]),
        (
            "Ahead of what is about it",
            [_prospect(p, story) for p in ahead if p.is_known and p.about],
        ),
        (
            "Announced or demanded at a time that is not reported, perhaps later",
            [_prospect(p, story) for p in ahead if not p.is_known],
        ),
        ("Announced for a day before", [_prospect(p, story) for p in life.announced if p.is_past]),
        (
            "Undone from its first day, and by what",
            [_claim(id, story) for id in dict.fromkeys(id for pair in undone for id in pair)],
        ),
        (
            "Said of its life and not accepted",
            [
                _claim(id, story)
                for id in life.uncounted
                if id not in {earlier for earlier, _ in undone}
            ],
        ),
        ("After that day", [_step(s, story, Overlap.CERTAINLY, False) for s in life.later]),
    ):
        lines += ["", f"{title}:", *_listed(entries, story)] if entries else []
    return "\n".join(lines) + "\n"


def _due(story: Told) -> list[str]:
    """The lines that dated prospects deserve at the head of the answer: the stage that each would
    bring, and when.
    """
    found: dict[str, list[str]] = {}
    for prospect in story.life.announced:
        a = story.lines[prospect.assertion].assertion
        if not prospect.stage or not a.when or prospect.is_past or not prospect.is_known:
            continue
        stage = (
            "to take place" if prospect.stage == story.life.cycle.happened else prospect.stage.label
        )
        outcome = _outcome(a, story)
        condition = f" if {a.condition}" if a.condition else ""
        how = manner(story.lines[a.id], False)
        found.setdefault(f"{how}: {stage} {_when(a.when, False)}{condition}{outcome}", []).append(
            a.id
        )
    return [line for text, ids in found.items() for line in hang(f"{text} [{', '.join(ids)}]", 4)]


class _Entry(NamedTuple):
    """A line of the answer: the date above it, how the assertion counts, and the assertion."""

    when: str
    lead: str
    assertion: str
    mark: str = " "


def _step(step: Step, story: Told, sure: Overlap, holds: bool) -> _Entry:
    doubt = "" if sure is Overlap.CERTAINLY else "; perhaps after that day"
    undone = f"; undone by {step.undone_by}" if step.undone_by else ""
    when = _when(story.dates[step.assertion], step.assertion in story.states)
    return _Entry(when, f"{step.stage.label}{undone}{doubt}", step.assertion, ">" if holds else " ")


def _prospect(prospect: Prospect, story: Told) -> _Entry:
    a = story.lines[prospect.assertion].assertion
    outcome = _outcome(a, story)
    lead = f"{manner(story.lines[a.id], False)}{outcome}"
    said = f"no date; said {a.said.text}" if a.said else "no date"
    return _Entry(_when(a.when, False) if a.when else said, lead, a.id)


def _claim(id: str, story: Told) -> _Entry:
    told = story.lines[id]
    return _Entry(_when(story.dates[id], id in story.states), f"{told.status}: {told.reason}", id)


def _listed(entries: Iterable[_Entry], story: Told) -> list[str]:
    """Entries below their dates, each date once in a row."""
    lines, above = [], ""
    for entry in entries:
        told = story.lines[entry.assertion]
        lines += [] if entry.when == above else hang(entry.when, 4, "  ")
        lines += hang(f"[{entry.lead}] {told.sentence}", 6, f"  {entry.mark} ")
        lines += hang(f"{told.id} -- {told.cited}", 8)
        above = entry.when
    return lines


def _when(date: Date | None, is_state: bool) -> str:
    if date is None:
        return "no date"
    words = extent(date, is_state)
    return f"{date.text} ({words})" if words else date.text


def _outcome(a: Assertion, story: Told) -> str:
    """What became of a plan, as the end of a sentence. That nothing is reported of it is no news
    before its day.
    """
    if a.outcome is None:
        return ""
    lies_ahead = a.when is not None and not event_window(a.when).has_come(story.life.day)
    if a.outcome.kind is OutcomeKind.OPEN and lies_ahead:
        return ""
    by = f" ({a.outcome.realised_by.id})" if a.outcome.realised_by else ""
    return f"; {OUTCOMES[a.outcome.kind]}{by}"


def as_json(story: Told) -> dict[str, object]:
    """The answer for programs."""
    life = story.life
    held = {*(step.assertion for step in life.holding), *life.showing}
    return {
        "thing": life.thing.id,
        "label": life.thing.label,
        "on": str(life.day),
        "status": verdict(story),
        "certainty": life.certainty.value,
        "stages": [stage.name for stage in life.stages],
        "in_force": life.in_force or None,
        "unknown_after": str(life.known_until) if life.known_until else None,
        "passed": [
            {
                **_step_record(step, story),
                "certainly": sure is Overlap.CERTAINLY,
                "holds": step.assertion in held,
            }
            for step, sure in life.passed
        ],
        "announced": [_prospect_record(prospect, story) for prospect in life.announced],
        "not_accepted": [story.lines[id].record for id in life.uncounted],
        "undone": [
            {"assertion": earlier, "by": later}
            for earlier, later in (*life.undone, *life.effects_undone)
        ],
        "later": [_step_record(step, story) for step in life.later],
    }


def _step_record(step: Step, story: Told) -> dict[str, object]:
    told = story.lines[step.assertion].record
    return {**told, "stage": step.stage.name, "undone_by": step.undone_by or None}


def _prospect_record(prospect: Prospect, story: Told) -> dict[str, object]:
    told = story.lines[prospect.assertion]
    outcome = told.assertion.outcome
    return {
        **told.record,
        "mode": told.assertion.mode.value,
        "past": prospect.is_past,
        "about": prospect.about or None,
        "stage": prospect.stage.name if prospect.stage else None,
        "outcome": outcome.kind.value if outcome else None,
        "realised_by": outcome.realised_by.id if outcome and outcome.realised_by else None,
    }
