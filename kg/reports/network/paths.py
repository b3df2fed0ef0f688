"""Shortest cited paths between two things: which steps lead from the one to the other, and what
each rests on.

All ties of one step are kept together: a step is as strong as its strongest tie, a path as strong
as its weakest step. Of paths that are equally short, the better supported come first.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice, pairwise
from typing import NamedTuple

from kg.diagnostics import KgError
from kg.model.grouping import group_pairs
from kg.reading import Reading
from kg.reports.network.asides import Aside
from kg.reports.network.ties import NetworkTie, Ties, all_ties, select_ties
from kg.status.naming import hint_of_thing
from kg.status.statement import Statement
from kg.status.status import Status

MOST_COMPARED = 1_000
"""So many paths of one length are compared; of more, the rest is not looked at."""

MOST_STEPS = 200_000
"""So many steps are tried; a search that needs more ends with an error."""

DETOUR = 6
"""By how many steps a path past given stops may be longer than one that may visit a thing twice."""


@dataclass(frozen=True, slots=True)
class PathQuestion:
    """What is asked: from where to where, past which stops in which order, over which ties.

    ``also`` are statuses beside accepted, ``through`` what is else left out, ``only`` the sections
    of what may stand in between (none: all). ``directed`` walks ties from subject to object only.
    """

    start: str
    end: str
    stops: tuple[str, ...] = ()
    also: tuple[Status, ...] = ()
    through: tuple[Aside, ...] = ()
    only: tuple[str, ...] = ()
    directed: bool = False

    @property
    def stations(self) -> tuple[str, ...]:
        """The things that the question names, in the order of the walk."""
        return (self.start, *self.stops, self.end)


class Hop(NamedTuple):
    """One step of a path, with every tie that allows it, the strongest first."""

    source: str
    target: str
    ties: tuple[NetworkTie, ...]

    @property
    def best(self) -> NetworkTie:
        """The strongest tie."""
        return self.ties[0]

    def direction(self, tie: NetworkTie) -> str:
        """Return how a tie is walked, in words."""
        if tie.is_symmetric:
            return "a tie that runs both ways"
        return "along the tie" if tie.source == self.source else "against the tie's direction"

    @property
    def strength(self) -> tuple[int, bool, float]:
        """The lower, the weaker: by status, dealing or not, independent sources. The record itself
        is not doubted.
        """
        sources = self.best.sources if self.best.id else math.inf
        return list(Status).index(self.best.status), not self.best.is_loose, sources


class TiePath(NamedTuple):
    """Steps that lead from one thing to another, visiting nothing twice."""

    hops: tuple[Hop, ...]

    @property
    def things(self) -> tuple[str, ...]:
        """The things on the way, both ends included."""
        return (self.hops[0].source, *(hop.target for hop in self.hops))

    @property
    def weakest(self) -> Hop:
        """The weakest step; of equally weak ones the first."""
        return min(self.hops, key=lambda hop: hop.strength)

    @property
    def rank(self) -> tuple[tuple[float, ...], tuple[str, ...]]:
        """The sort key: the strength of the weakest step, then the number of sources, then ids."""
        status, deals, sources = self.weakest.strength
        return (-status, -deals, -sources, -sum(hop.best.sources for hop in self.hops)), self.things


class PathAnswer(NamedTuple):
    """The best paths, how many there are in all, and what was left out.

    ``complete`` is false where not all were compared.
    """

    question: PathQuestion
    paths: tuple[TiePath, ...]
    total: int
    complete: bool
    ties: Ties

    @property
    def assertions(self) -> list[str]:
        """The ids of the assertions that the paths rest on."""
        hops = chain.from_iterable(path.hops for path in self.paths)
        return [tie.id for hop in hops for tie in hop.ties if tie.id]

    def with_statements(self, statements: Mapping[str, Statement]) -> PathAnswer:
        """Return the answer with the statements that its paths rest on in the place of what was
        kept of them.
        """
        paths = []
        for path in self.paths:
            hops = []
            for hop in path.hops:
                ties = (replace(tie, statement=statements.get(tie.id)) for tie in hop.ties)
                hops.append(hop._replace(ties=tuple(ties)))
            paths.append(TiePath(tuple(hops)))
        return self._replace(paths=tuple(paths))


def find_paths(
    reading: Reading,
    question: PathQuestion,
    most: int = 3,
    ties: Sequence[NetworkTie] | None = None,
) -> PathAnswer:
    """Return the shortest paths that answer a question, at most so many of them, the best supported
    first. ``ties`` are those of the reading, where they are known.

    Raises KgError where a thing does not exist, is not known under the lens, or is named twice.
    """
    _require_stations(reading, question)
    ties = all_ties(reading) if ties is None else ties
    selected = select_ties(ties, question.also, question.through, question.stations)
    ways = _ways(reading, question, selected.selected)
    paths = list(islice(_shortest_paths(ways, question), MOST_COMPARED))
    total = len(paths)
    paths.sort(key=lambda path: path.rank)
    return PathAnswer(question, tuple(paths[:most]), total, total < MOST_COMPARED, selected)


def _require_stations(reading: Reading, question: PathQuestion) -> None:
    things = reading.visible_corpus.things
    for id in question.stations:
        if id not in things:
            under = " under this lens" if reading.lens else ""
            raise KgError(f"no thing is called '{id}'{under}", hint=hint_of_thing(id, things))
    if len(set(question.stations)) < len(question.stations):
        raise KgError("a path leads past different things: one of these is named twice")


_Ways = Mapping[str, Mapping[str, Sequence[NetworkTie]]]


def _shortest_paths(ways: _Ways, question: PathQuestion) -> Iterator[TiePath]:
    walks = _Walks(ways, question)
    for length in walks.lengths:
        is_found = False
        for things in walks.extend((question.start,), 0, length):
            is_found = True
            hops = [Hop(one, other, tuple(ways[one][other])) for one, other in pairwise(things)]
            yield TiePath(tuple(hops))
        if is_found:
            return


def _ways(reading: Reading, question: PathQuestion, ties: Sequence[NetworkTie]) -> _Ways:
    """From each thing to its neighbours, in order of ids, with the ties to each."""
    things = reading.visible_corpus.things
    ways: dict[str, dict[str, list[NetworkTie]]] = {}

    def may_pass(id: str) -> bool:
        sections = question.only
        return not sections or id in question.stations or things[id].section in sections

    for tie in sorted(ties, key=lambda tie: tie.rank):
        if may_pass(tie.source) and may_pass(tie.target):
            ways.setdefault(tie.source, {}).setdefault(tie.target, []).append(tie)
            if tie.is_symmetric or not question.directed:
                ways.setdefault(tie.target, {}).setdefault(tie.source, []).append(tie)
    return {id: dict(sorted(neighbours.items())) for id, neighbours in ways.items()}


class _Walks:
    """The walks from the start past every stop to the end that visit nothing twice.

    ``lengths`` are the numbers of steps that they may have.
    """

    def __init__(self, ways: _Ways, question: PathQuestion) -> None:
        self.ways, self.goals = ways, question.stations[1:]
        self.distances = [_distances(ways, goal) for goal in self.goals]
        legs = zip(self.distances[1:], self.goals, strict=False)
        lengths = [distances.get(goal, math.inf) for distances, goal in legs]
        self.rest = [sum(lengths[number:]) for number in range(len(self.goals))]
        self.steps = 0
        least = self._least(question.start, 0)
        detour = DETOUR if question.stops else 0
        self.lengths = range(int(least), int(least) + detour + 1) if least < math.inf else ()

    def _least(self, here: str, goal: int) -> float:
        """How many steps lead at least from a thing past the goals from this number on."""
        if goal == len(self.goals):
            return 0
        return self.distances[goal].get(here, math.inf) + self.rest[goal]

    def extend(self, walk: tuple[str, ...], goal: int, steps: int) -> Iterator[tuple[str, ...]]:
        """Yield every walk that goes on from one by so many steps past the goals from this number
        on, in order of ids.
        """
        if goal == len(self.goals):
            if steps == 0:
                yield walk
            return
        for near in self.ways.get(walk[-1], {}):
            self.steps += 1
            if self.steps > MOST_STEPS:
                message = f"more than {MOST_STEPS:,} steps were tried"
                raise KgError(message, 3, "name a stop: --by-way-of THING")
            is_goal = near == self.goals[goal]
            if near in walk or (near in self.goals and not is_goal):
                continue
            if self._least(near, goal + is_goal) < steps:
                yield from self.extend((*walk, near), goal + is_goal, steps - 1)


def _distances(ways: _Ways, goal: str) -> dict[str, int]:
    """How many steps lead from anywhere to a goal."""
    back = group_pairs((near, id) for id, neighbours in ways.items() for near in neighbours)
    distances, queue = {goal: 0}, [goal]
    for here in queue:
        for before in back.get(here, ()):
            if before not in distances:
                distances[before] = distances[here] + 1
                queue.append(before)
    return distances
