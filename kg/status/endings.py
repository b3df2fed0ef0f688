"""What ends a pact, or the part that one party has in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from kg.model import Assertion
from kg.model.references import Text
from kg.ontology import Ontology
from kg.ontology.terms import Moves, Relation, Stage
from kg.status.judgement import Judgement
from kg.status.parties import Parties
from kg.status.windows import Window, window_of


class End(NamedTuple):
    """What ended a membership: of one party or, without one, of all; ``is_void`` tells that it did
    so from the first day.
    """

    assertion: Assertion
    window: Window
    party: str = ""
    is_void: bool = False


@dataclass(frozen=True)
class PactEnds:
    """Finds what ends a pact; ``stages`` is the class of its stages."""

    id: str
    stages: str
    judgement: Judgement
    ontology: Ontology
    parties: Parties

    @classmethod
    def of(
        cls, id: str, facts: Iterable[Assertion], judgement: Judgement, ontology: Ontology
    ) -> PactEnds:
        """Return the finder for a pact, of which some accepted assertions tell."""
        kind = ontology.classes[judgement.corpus.things[id].type.id]
        parties = Parties(judgement, ontology, facts, kind.outlives_leaving)
        return cls(id, kind.stages, judgement, ontology, parties)

    def ends(self, a: Assertion) -> Iterator[End]:
        """Yield what an accepted assertion ends: the part of one party, or the pact."""
        relation = self.ontology.relation_of(a)
        if relation.is_state:
            return
        stage = self._entered(a, relation)
        is_void = stage is not None and stage.from_the_start
        is_end = stage is not None and stage.kind == self.stages and stage.is_final
        if relation.names_stage and a.subject.id == self.id:
            if is_end:
                yield End(a, self.window(a), is_void=is_void)
        elif a.object_key == self.id:
            part = self.ontology.stages.get(relation.party_enters)
            is_leaving = part is not None and part.is_final
            is_own = (is_leaving or is_end) and part and self.parties.leaves_others(a)
            if is_leaving and (is_own or relation.moves == Moves.MEMBERSHIP):
                yield End(a, self.window(a), self.parties.party_of(a))
            if is_end and not is_own:
                yield End(a, self.window(a), is_void=is_void)

    def brings_back(self, a: Assertion) -> bool:
        """Whether an assertion puts the pact itself in force; no party does that by joining it."""
        relation = self.ontology.relation_of(a)
        is_own = a.subject.id == self.id if relation.names_stage else a.object_key == self.id
        stage = self._entered(a, relation)
        is_in_force = stage is not None and stage.kind == self.stages and bool(stage.in_force)
        return is_own and is_in_force and relation.moves != Moves.MEMBERSHIP

    def window(self, a: Assertion) -> Window:
        """Return when what an assertion tells of began."""
        return window_of(a, self.judgement, self.ontology)

    def _entered(self, a: Assertion, relation: Relation) -> Stage | None:
        """The stage that a thing enters by an assertion."""
        stages = self.ontology.stages
        if not relation.names_stage:
            return stages.get(relation.enters_status)
        name = a.object.text if isinstance(a.object, Text) else ""
        named_stages = (s for s in stages.values() if s.kind == self.stages and s.written == name)
        return next(named_stages, None)
