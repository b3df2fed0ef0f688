"""What became of a reversal: one that was itself reversed leaves its object as it was before.

The reversal stays in history; from the day on which it was undone the thing stands again, until
what undid it is reversed in its turn.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kg.lives.index import LifeIndex
from kg.model import Assertion, Mode
from kg.status.status import affirms


class Reversal(NamedTuple):
    """A deed that reverses a thing, and what took it back later, if anything did."""

    deed: Assertion
    undone_by: Assertion | None


def find_reversals(deed: Assertion, index: LifeIndex) -> Iterator[Reversal]:
    """Yield a reversal, and what put it in force again each time, each with what undid it."""
    visited: set[str] = set()
    current: Assertion | None = deed
    while current is not None and current.id not in visited:
        visited.add(current.id)
        undoing = _reversal_of(current.subject.id, index)
        yield Reversal(current, undoing)
        # What undid it counts no more from the day on which that is reversed.
        current = _reversal_of(undoing.subject.id, index) if undoing else None


def _reversal_of(id: str, index: LifeIndex) -> Assertion | None:
    """The first accepted deed that reverses a thing."""
    standings = index.reading.standings
    deeds = [
        a
        for a in index.assertions_about([id])
        if a.object_key == id and a.mode is Mode.ACTUAL and index.is_reversal(a)
    ]
    accepted = [a for a in deeds if affirms(a, standings[a.id])]
    return min(accepted, key=lambda a: (index.window(a), a.id), default=None)
