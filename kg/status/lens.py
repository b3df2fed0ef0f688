"""The one filter that every query, page, table and export obeys.

``known_by`` goes back in knowledge: a later article, withdrawal, correction or realisation does not
exist, and statuses are computed anew from what is left. ``according_to`` takes some speakers'
claims as accepted. The other three choose from the result and never change a status, so that hiding
a denial cannot turn what it denies into a fact.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.dates import Day, Instant
from kg.model import Assertion
from kg.ontology import Ontology
from kg.status.certainty import Certainty, certainty_on
from kg.status.judgement import Judgement
from kg.status.status import Status
from kg.status.support import independent_sources


@dataclass(frozen=True, slots=True)
class Lens:
    """What is looked through. The empty lens lets all through.

    ``true_on`` keeps what holds on a day, ``known_by`` what was published by the end of a day, or
    by an hour of it, ``according_to`` names speakers by id, ``min_sources`` is the least number of
    independent sources, ``statuses`` those to keep (none: all).
    """

    true_on: Day | None = None
    known_by: Day | Instant | None = None
    according_to: tuple[str, ...] = ()
    min_sources: int = 0
    statuses: tuple[Status, ...] = ()

    def __bool__(self) -> bool:
        return self != Lens()

    @property
    def selects(self) -> bool:
        """Whether it leaves out some of what is known and judged."""
        return bool(self.true_on or self.min_sources or self.statuses)

    @property
    def day(self) -> Day | None:
        """The day whose names are used: the one on which things hold or, without it, that of the
        knowledge.
        """
        known_by = self.known_by
        return self.true_on or (known_by.day if isinstance(known_by, Instant) else known_by)

    def __str__(self) -> str:
        parts = (
            f"true on {self.true_on}" if self.true_on else "",
            f"known by {self.known_by}" if self.known_by else "",
            f"according to {', '.join(self.according_to)}" if self.according_to else "",
            f"at least {self.min_sources} independent sources" if self.min_sources else "",
            f"status {' or '.join(self.statuses)}" if self.statuses else "",
        )
        return ", ".join(part for part in parts if part)


def select_assertions(judgement: Judgement, ontology: Ontology, lens: Lens) -> dict[str, Certainty]:
    """Return the assertions that a lens lets through, conclusions included, by id, each with how
    surely it holds on the lens's day (certainly, where that has none).
    """
    if not lens.selects:
        return dict.fromkeys(judgement.corpus.assertions, Certainty.CERTAINLY)
    selection: dict[str, Certainty] = {}
    for id, assertion in judgement.corpus.assertions.items():
        certainty = Certainty.CERTAINLY
        if lens.true_on:
            certainty = certainty_on(assertion, judgement, ontology, lens.true_on)
        if certainty is not Certainty.NO and _passes(assertion, judgement, lens):
            selection[id] = certainty
    return selection


def _passes(assertion: Assertion, judgement: Judgement, lens: Lens) -> bool:
    """Whether the status and the sources of an assertion are those that a lens asks for."""
    if lens.statuses and judgement.standings[assertion.id].status not in lens.statuses:
        return False
    return not lens.min_sources or independent_sources(assertion, judgement) >= lens.min_sources
