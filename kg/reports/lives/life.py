"""Where a thing stands on a day, as a value."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kg.dates import Day
from kg.model import Thing
from kg.model.references import Qualifier
from kg.ontology.terms import Stage
from kg.reports.lives.lifecycle import Lifecycle
from kg.reports.lives.prospects import Prospect
from kg.reports.lives.steps import LifeTurn
from kg.status.certainty import Certainty


class NoStage(StrEnum):
    """Why a life is in no stage that could be sure to some degree: it had not begun, it was taken
    back from its first day, or nobody tells of it for the day.
    """

    NOT_YET = "not yet"
    UNDONE = "undone"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Life:
    """Where a thing stands on a day.

    ``stages`` are those that it may be in; there is none where nothing is known or it had not
    begun. Where the day lies after the last report, ``known_until`` is the day of that.
    ``current_steps`` put it there, ``past_steps`` are all that may have happened by the day,
    ``later_steps`` those after it; ``attestations`` are assertions that attest the thing
    for the very day, which is contradictory where others end it. ``not_accepted`` are assertions
    about its life that are not accepted. ``corrections`` are those that were undone from their
    first day, each with what undid it; ``effect_corrections`` likewise what an event did to the
    lives of others. ``undone_by`` are the assertions that undid all of it from its first day.
    ``bonds`` are the assertions that qualify the part that one has in a pact by a place or by
    qualifiers, with those of these that nobody took back.
    """

    thing: Thing
    day: Day
    lifecycle: Lifecycle
    certainty: Certainty | NoStage
    stages: tuple[Stage, ...] = ()
    may_not_have_begun: bool = False
    is_contradictory: bool = False
    known_until: Day | None = None
    current_steps: tuple[LifeTurn, ...] = ()
    past_steps: tuple[LifeTurn, ...] = ()
    later_steps: tuple[LifeTurn, ...] = ()
    attestations: tuple[str, ...] = ()
    prospects: tuple[Prospect, ...] = ()
    not_accepted: tuple[str, ...] = ()
    corrections: tuple[tuple[str, str], ...] = ()
    effect_corrections: tuple[tuple[str, str], ...] = ()
    undone_by: tuple[str, ...] = ()
    bonds: tuple[tuple[str, tuple[Qualifier, ...]], ...] = ()

    @property
    def certainty_word(self) -> str:
        """How surely it is known, as said of a thing: certain, possible, unknown, ..."""
        return _ADJECTIVES.get(self.certainty, self.certainty.value)

    @property
    def has_ended(self) -> bool:
        """Whether it is certainly at its end."""
        is_final = bool(self.stages) and all(stage.is_final for stage in self.stages)
        return self.certainty is Certainty.CERTAINLY and is_final

    @property
    def in_force(self) -> str:
        """Whether a thing that binds does so on the day (``is_alive``); empty for other things."""
        return self.is_alive if self.lifecycle.binds else ""

    @property
    def is_alive(self) -> str:
        """Whether it is in force, or goes on, on the day: yes, as far as known, possibly, no (which
        may be so as far as known) or unknown.
        """
        if self.certainty is NoStage.UNKNOWN:
            return "unknown"
        answers = {self.lifecycle.is_alive(stage) for stage in self.stages}
        if self.may_not_have_begun or not self.stages:
            answers.add(False)
        is_known = self.certainty is not Certainty.AS_FAR_AS_KNOWN
        if True not in answers:
            return "no" if is_known else "no, as far as known"
        if False in answers or self.certainty is Certainty.POSSIBLY:
            return "possibly"
        return "yes" if is_known else "as far as known"


_ADJECTIVES: dict[Certainty | NoStage, str] = {
    Certainty.CERTAINLY: "certain",
    Certainty.AS_FAR_AS_KNOWN: Certainty.AS_FAR_AS_KNOWN.words,
    Certainty.POSSIBLY: "possible",
}
