"""What was announced, planned, expected, demanded or threatened about a thing, as one could know it
on a day.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from typing import NamedTuple

from kg.dates.calendar import Day, ordinal
from kg.lives.bearing import Bearing
from kg.lives.lifecycle import Sign
from kg.model import Polarity
from kg.ontology import Stage
from kg.status.status import Status
from kg.status.support import report_days
from kg.status.windows import event_window


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


def prospects(
    ids: Collection[str],
    day: Day,
    begun: float,
    told: Mapping[str, tuple[Sign, ...]],
    bearing: Bearing,
) -> tuple[Prospect, ...]:
    """What lay ahead of a thing (any of ``ids``) on a day; what was announced later is left out.

    ``begun`` is when the thing began, in days on one line; ``told`` is what relations tell of its
    life. In the order of the dates that are announced.
    """
    reading, decided = bearing.reading, bearing.decided
    about = _about(ids, bearing)
    found: list[tuple[float, Prospect]] = []
    for a in bearing.touching(about):
        if reading.standings[a.id].status is not Status.PROSPECTIVE:
            continue
        announced = max(
            event_window(a.said).first if a.said else -math.inf,
            decided.get(a.subject.id, -math.inf),
        )
        if max(announced, begun) >= ordinal(day) + 1:
            continue
        when = event_window(a.when)
        first_report = report_days(a, reading.corpus)[0]
        was_said = a.said is not None and event_window(a.said).has_come(day)
        is_known = (
            was_said
            or a.subject.id in decided
            or (first_report is not None and first_report <= day)
        )
        entered = [
            sign.stage
            for sign in told.get(a.predicate.id, ())
            if sign.end == "object" and a.object_key in ids
        ]
        stage = entered[0] if entered and a.polarity is Polarity.ASSERTS else None
        nearest = min(about[end] for end in (a.subject.id, a.object_key) if end in about)
        found.append(
            (when.first, Prospect(a.id, nearest, when.last < ordinal(day), is_known, stage))
        )
    order = sorted(
        found,
        key=lambda pair: (bool(pair[1].about), not pair[1].is_known, pair[0], pair[1].assertion),
    )
    return tuple(each for _, each in order)


def _about(ids: Collection[str], bearing: Bearing) -> dict[str, str]:
    """The ids of a thing (each with nothing), and the events and disputes that are about it (each
    with its own id).
    """
    found, standings = dict.fromkeys(ids, ""), bearing.reading.standings
    relations = bearing.reading.ontology.relations
    for a in bearing.touching(ids):
        if (
            relations[a.predicate.id].names_topic
            and a.object_key in ids
            and standings[a.id].status is Status.ACCEPTED
        ):
            found.setdefault(a.subject.id, a.subject.id)
    return found
