"""Where each party to a pact stands on a day: signed, bound, about to leave, gone."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.dates import Day
from kg.lives.index import LifeIndex, Living
from kg.lives.lifecycle import Effect
from kg.lives.lives import Life, life_of
from kg.lives.steps import Step, find_steps
from kg.model import Thing
from kg.status.windows import Window


def memberships(pact: Thing, day: Day, index: LifeIndex) -> list[Life]:
    """Return the part that each actor has in a pact when a day ends, as a life whose thing is the
    actor, in the order of the actors' ids; none for what has no parties.
    """
    things = index.reading.corpus.things
    return [
        life_of(things[id], day, member, _ripened(pact, member))
        for id, member in index.members(pact).items()
    ]


def _ripened(pact: Thing, member: Living) -> list[Step]:
    """Return the steps by which whoever consented to be bound is bound by a pact in force: by its
    entry into force for certain, and after that perhaps at once (Vienna Convention, Art. 24).
    """
    consents = [step for step in find_steps(member).accepted if step.stage.ripens_into]
    if not consents:
        return []
    living = member.index.living(pact)
    entries = [
        step
        for step in find_steps(living).accepted
        if step.effect is not Effect.MOVES_PARTY and living.lifecycle.is_alive(step.stage)
    ]
    return [step for consent in consents for step in _bound(consent, entries, member)]


def _bound(consent: Step, entries: Sequence[Step], member: Living) -> Iterator[Step]:
    stages = member.index.reading.ontology.stages
    stage = stages[consent.stage.ripens_into]
    own = [e for e in entries if not e.by_membership and not consent.window.is_after(e.window)]
    if own:
        entry = min(own, key=lambda each: each.window)
        window, date_window = entry.window, entry.date_window
        yield replace(
            consent, stage=stage, window=window, date_window=date_window, until=entry.until
        )
    elif entries:
        first = min(entry.window.first for entry in entries)
        window = Window(max(first, consent.window.first), math.inf)
        yield replace(consent, stage=stage, window=window, date_window=window)
