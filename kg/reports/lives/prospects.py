"""What was announced, planned, expected, demanded or threatened about a thing, as one could know it
on a day.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from kg.dates.calendar import Day, day_number
from kg.model import Assertion
from kg.ontology.terms import Stage
from kg.reports.lives.index import LifeIndex, Living
from kg.reports.lives.lifecycle import Effect
from kg.status.status import Status
from kg.status.support import report_days
from kg.status.windows import event_window, was_told_by


class Prospect(NamedTuple):
    """A prospective assertion on a thing, or on an event or dispute that is ``about`` it (its id;
    else empty).

    ``is_past`` where its date lies before the day asked about; ``is_known`` where it had been
    announced by that day: of others, first reported later, nobody knows. ``stage`` is what the
    thing would enter by it.
    """

    assertion: str
    about: str
    is_past: bool
    is_known: bool
    stage: Stage | None = None


def find_prospects(living: Living, day: Day, begun: float) -> tuple[Prospect, ...]:
    """Return what lay ahead of a life on a day, in the order of the dates that
    are announced; what was announced later is left out.

    ``begun`` is when the thing began, in days on one line.
    """
    index = living.index
    things = _things_about(living)
    dated: list[tuple[float, Prospect]] = []
    for a in living.assertions() if living.party else index.assertions_about(things):
        if index.reading.standings[a.id].status is not Status.PROSPECTIVE:
            continue
        if max(_announced_from(a, index), begun) >= day_number(day) + 1:
            continue
        window = event_window(a.when)
        nearest = min(things[end] for end in (a.subject.id, a.object_key) if end in things)
        is_past, is_known = window.last < day_number(day), _was_announced(a, day, index)
        stage = _stage(a, living)
        dated.append((window.first, Prospect(a.id, nearest, is_past, is_known, stage)))
    dated.sort(key=lambda pair: _order(*pair))
    return tuple(prospect for _, prospect in dated)


def _order(first: float, prospect: Prospect) -> tuple[bool, bool, float, str]:
    """Those of the thing itself come first, and those that were announced by then."""
    return bool(prospect.about), not prospect.is_known, first, prospect.assertion


def _announced_from(a: Assertion, index: LifeIndex) -> float:
    """The first moment at which a prospect can have been announced."""
    said_from = event_window(a.said).first if a.said else -math.inf
    return max(said_from, index.decision_days.get(a.subject.id, -math.inf))


def _was_announced(a: Assertion, day: Day, index: LifeIndex) -> bool:
    """Whether it is known that a prospect had been announced when a day ended."""
    first_report = report_days(a, index.reading.corpus)[0]
    is_told = bool(a.said or first_report) and was_told_by(a.said, first_report, day)
    return is_told or a.subject.id in index.decision_days


def _stage(a: Assertion, living: Living) -> Stage | None:
    """The stage that it would enter: not that by which a date of its own shows an event."""
    if not a.asserts_triple:
        return None
    end = "subject" if living.index.relation(a).names_stage else "object"
    signs = [sign for sign in living.signs(a) if sign.effect is not Effect.MOVES_PARTY]
    return next((sign.stage for sign in signs if sign.end == end), None)


def _things_about(living: Living) -> dict[str, str]:
    """The ids of a thing and of the decisions that ended it (each with nothing), and the events and
    disputes that are about it (each with its own id).
    """
    about = {id: id for id in living.index.events_about(living.id)}
    return about | dict.fromkeys([living.id, *living.decisions], "")
