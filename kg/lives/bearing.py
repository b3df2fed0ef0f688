"""What a reading says that bears on the lives of its things, found once for all of them."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator
from functools import cached_property

from kg.lives.lifecycle import Lifecycle, Lifecycles, Signs
from kg.model import Assertion, Mode, Polarity, Thing
from kg.reading import Reading
from kg.status.identity import identities
from kg.status.lens import restrict
from kg.status.status import Status, standings
from kg.status.windows import Window, began_window


class Bearing:
    """A reading by its things: which ids are one thing, what touches it, what was undone and what
    was decided.

    Readings of one ontology share its ``lifecycles``.
    """

    def __init__(self, reading: Reading, lifecycles: Lifecycles | None = None) -> None:
        self.reading = reading
        self.lifecycles = lifecycles or Lifecycles(reading.ontology)
        self._undone_by: dict[str, Assertion | None] = {}

    def ids(self, id: str) -> frozenset[str]:
        """A thing's id and all others that accepted judgements give the same thing."""
        return self._groups.get(id, frozenset((id,)))

    @cached_property
    def _groups(self) -> dict[str, frozenset[str]]:
        groups = identities(self.reading.shown, self.reading.ontology, self.reading.standings)
        return {id: frozenset(group.members) for group in groups for id in group.members}

    def touching(self, ids: Collection[str]) -> list[Assertion]:
        """The assertions that have one of some things at an end, in the order of the corpus."""
        places = sorted({place for id in ids for place in self._places.get(id, ())})
        return [self._ordered[place] for place in places]

    @cached_property
    def _ordered(self) -> list[Assertion]:
        return list(self.reading.shown.assertions.values())

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for place, a in enumerate(self._ordered):
            for end in {a.subject.id, a.object_key}:
                found.setdefault(end, []).append(place)
        return found

    def cycle(self, thing: Thing) -> tuple[Lifecycle, Signs]:
        """How a thing lives, and what relations tell of that."""
        return self.lifecycles.of(thing)

    def window(self, a: Assertion) -> Window:
        """When what an assertion reports began."""
        return began_window(
            a, self.reading.corpus, self.reading.ontology.relations[a.predicate.id].is_state
        )

    def undone_by(self, a: Assertion) -> Assertion | None:
        """The assertion that replaced one which had held until then; None where that undoes it from
        its first day.
        """
        if (
            self.reading.standings[a.id].status is not Status.SUPERSEDED
            or a.polarity is Polarity.DENIES
        ):
            return None
        if a.id not in self._undone_by:
            self._undone_by[a.id] = self._undoer(a)
        return self._undone_by[a.id]

    def _undoer(self, a: Assertion) -> Assertion | None:
        reading = self.reading
        corpus = reading.corpus
        later = [
            s
            for s in corpus.assertions.values()
            if s.supersedes and s.supersedes.id == a.id and not s.withdrawn
        ]
        if not later or any(s.retroactive for s in later):
            return None
        gone = {s.id for s in later}
        while (
            more := {
                s.id for s in corpus.assertions.values() if s.supersedes and s.supersedes.id in gone
            }
            - gone
        ):
            gone |= more
        without = restrict(corpus, corpus.assertions.keys() - gone)
        held = (
            standings(without, reading.ontology, reading.lens.according_to)[a.id].status
            is Status.ACCEPTED
        )
        return min(later, key=lambda s: self.window(s).first) if held else None

    @cached_property
    def undone_from_their_first_day(self) -> tuple[tuple[Assertion, Assertion], ...]:
        """What was so until something undid it from its first day; and what did."""
        return tuple(self._retroactive())

    def _retroactive(self) -> Iterator[tuple[Assertion, Assertion]]:
        known = self.reading.shown.assertions
        for later in known.values():
            earlier = known.get(later.supersedes.id) if later.supersedes else None
            if (
                earlier is None
                or not later.retroactive
                or later.withdrawn
                or earlier.mode is not Mode.ACTUAL
            ):
                continue
            yield earlier, later

    @cached_property
    def decided(self) -> dict[str, float]:
        """For each decision that accepted assertions date: the first moment at which it can have
        been taken.
        """
        reading = self.reading
        things, found = reading.corpus.things, dict[str, float]()
        for a in self._ordered:
            relation = reading.ontology.relations[a.predicate.id]
            if (
                a.when is None
                or not relation.dates_event
                or reading.standings[a.id].status is not Status.ACCEPTED
            ):
                continue
            event = a.end(relation.dates_event)
            thing = things.get(event)
            if thing and reading.ontology.classes[thing.type.id].announces_plans:
                found[event] = max(self.window(a).first, found.get(event, -math.inf))
        return found
