"""The parties of a pact, and whether what one of them does leaves the pact to the others.

Of two parties neither can go without ending the pact; one of three or more moves no more than its
own part in it (Vienna Convention on the Law of Treaties, Art. 54-58). An act of a body is that of
the actor it acts for.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate, chain, islice
from typing import NamedTuple

from kg.model import Assertion
from kg.ontology import Ontology
from kg.ontology.terms import Moves, Relation, Stage
from kg.status.judgement import Judgement
from kg.status.status import affirms_triple
from kg.status.windows import Window, ended_window, window_of

FEWEST = 2
"""So many parties a pact has at least."""


class Participation(NamedTuple):
    """What an accepted assertion tells of the part that an actor has in a pact: the stage that it
    enters, when that began, and when a state had ended (None where it goes on, or is no state).
    """

    stage: Stage
    window: Window
    ended: Window | None
    is_state: bool


class _Turns:
    """Moments, each with a value: the highest value up to a moment is found at once."""

    def __init__(self, turns: Iterable[tuple[float, float]]) -> None:
        ordered = sorted(turns)
        self._moments = [moment for moment, _ in ordered]
        self._highest = list(accumulate((value for _, value in ordered), max))

    def last_by(self, moment: float) -> float:
        """Return the highest value of those up to a moment; minus infinity where there is none."""
        place = bisect_right(self._moments, moment)
        return self._highest[place - 1] if place else -math.inf


class Parties:
    """The parts that actors have in one pact, by the ids of the actors."""

    def __init__(
        self,
        judgement: Judgement,
        ontology: Ontology,
        assertions: Iterable[Assertion],
        outlives_leaving: bool,
    ) -> None:
        self._judgement = judgement
        self._ontology = ontology
        self._outlives_leaving = outlives_leaving
        self._parts: dict[str, list[Participation]] = {}
        self._deeds: dict[str, list[Participation]] = {}
        self._turns: dict[tuple[str, str], tuple[_Turns, _Turns]] = {}
        for a in assertions:
            relation = ontology.relation_of(a)
            stage = ontology.stages.get(relation.party_enters)
            if stage and affirms_triple(a, judgement.standings[a.id]):
                ended = ended_window(a, judgement) if relation.is_state else None
                part = Participation(stage, self._window(a), ended, relation.is_state)
                parts = self._parts if relation.moves == Moves.MEMBERSHIP else self._deeds
                parts.setdefault(self.party_of(a), []).append(part)

    def _window(self, a: Assertion) -> Window:
        """When what an assertion tells of began."""
        return window_of(a, self._judgement, self._ontology)

    @property
    def ids(self) -> list[str]:
        """The actors of whom a part in the pact is reported, in order."""
        return sorted(self._parts)

    def party_of(self, a: Assertion) -> str:
        """Return whose part in a pact an assertion speaks of: that of its subject or, where the act
        is official, of the one it acts for.
        """
        is_official = self._ontology.relation_of(a).official
        return self._judgement.corpus.last_principal(a.subject.id) if is_official else a.subject.id

    def leaves_others(self, a: Assertion) -> bool:
        """Whether what a party does moves its own part only, since enough others remain.

        Where nobody else is known to be party, a leaving ends no pact: others there must be.
        """
        relation = self._ontology.relation_of(a)
        party = self.party_of(a)
        is_of_membership = relation.moves == Moves.MEMBERSHIP
        if party not in self._parts and not is_of_membership:
            return False
        if self._outlives_leaving:
            return True
        window = self._window(a)
        others = (id for id in self._parts if id != party and self._has_joined(id, window))
        first = next(others, None)
        if first is None:
            return is_of_membership
        leaver_ids = (id for id in chain([first], others) if not self._is_out(id, window, relation))
        return len(list(islice(leaver_ids, FEWEST))) == FEWEST

    def _has_joined(self, id: str, window: Window) -> bool:
        """Whether an actor can have had a part by then."""
        return any(part.window.first <= window.last for part in self._parts[id])

    def _is_out(self, id: str, window: Window, relation: Relation) -> bool:
        """Whether an actor certainly had no such part any more when something had come to pass."""
        key = id, relation.party_enters
        if key not in self._turns:
            self._turns[key] = self._find_turns(id, relation)
        outs, backs = self._turns[key]
        return backs.last_by(window.last) < outs.last_by(window.last)

    def _find_turns(self, id: str, relation: Relation) -> tuple[_Turns, _Turns]:
        """When an actor lost such a part, by when for certain and from when on, and when it may
        have had one again.
        """
        deeds = [*self._parts[id], *self._deeds.get(id, ())]
        outs = [part.window for part in deeds if self._puts_out(part.stage, relation)]
        states = [part for part in self._parts[id] if part.is_state]
        if states and all(part.ended for part in states):
            outs.append(max(part.ended for part in states if part.ended))
        backs = [
            part.window.first
            for part in self._parts[id]
            if not self._puts_out(part.stage, relation)
        ]
        return _Turns((out.last, out.first) for out in outs), _Turns((b, b) for b in backs)

    def _puts_out(self, stage: Stage, relation: Relation) -> bool:
        """Whether an actor in a stage has no more of what one loses by a relation."""
        lost_stage = self._ontology.stages[relation.party_enters]
        return stage.is_final or (stage == lost_stage and stage.in_force is False)
