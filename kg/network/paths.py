"""Shortest cited paths between two things: which steps lead from the one to the other, and what
each rests on.

All ties of one step are kept together: a step is as strong as its strongest tie, a path as strong
as its weakest step. Of paths that are equally short, the better supported come first.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple, TypeVar

from kg.diagnostics import KgError, did_you_mean
from kg.model import SECTIONS
from kg.network.ties import ALSO, Aside, Tie, Ties, among, every
from kg.reading import Reading
from kg.status.status import Status

_T = TypeVar("_T")

BETWEEN = tuple(section for section in SECTIONS if section != "places")
"""The sections that ``only`` may name."""

MOST_FOUND = 1_000
"""So many paths of one length are compared; of more, the rest is not looked at."""

MOST_STEPS = 200_000
"""So many steps are tried; a search that needs more ends with an error."""

DETOUR = 6
"""By how many steps a path past given stops may be longer than one that may visit a thing twice."""


@dataclass(frozen=True, slots=True)
class Question:
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
    def named(self) -> tuple[str, ...]:
        """The things that the question names, in the order of the walk."""
        return (self.start, *self.stops, self.end)


class Hop(NamedTuple):
    """One step of a path, with every tie that allows it, the strongest first."""

    source: str
    target: str
    ties: tuple[Tie, ...]

    @property
    def best(self) -> Tie:
        """The strongest tie."""
        return self.ties[0]

    def direction(self, tie: Tie) -> str:
        """How a tie is walked, in words."""
        if tie.symmetric:
            return "a tie that runs both ways"
        return "along the tie" if tie.source == self.source else "against the tie's direction"

    @property
    def strength(self) -> tuple[int, bool, float]:
        """The lower, the weaker: by status, dealing or not, independent sources. The record itself
        is not doubted.
        """
        sources = self.best.sources if self.best.assertion else float("inf")
        return list(Status).index(self.best.status), not self.best.loose, sources


class Path(NamedTuple):
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
        """By strength of the weakest step, then by all sources, then by ids."""
        status, deals, sources = self.weakest.strength
        return (-status, -deals, -sources, -sum(hop.best.sources for hop in self.hops)), self.things


class Found(NamedTuple):
    """The answer: the best paths, how many there are in all, and what was left out.

    ``complete`` is false where not all were compared. ``wider`` holds questions that have a path
    where this one has none, each with its number of steps.
    """

    question: Question
    paths: tuple[Path, ...]
    total: int
    complete: bool
    ties: Ties
    wider: tuple[tuple[Question, int], ...] = ()


def paths(reading: Reading, question: Question, most: int = 3) -> Found:
    """The shortest paths that answer a question, at most so many of them, the best supported first.

    Raises KgError where a thing does not exist, is not known under the lens, or is named twice.
    """
    _require(reading, question)
    all = every(reading)
    found, complete, walked = _search(reading, all, question)
    ranked = sorted(found, key=lambda path: path.rank)
    wider = () if found else tuple(_wider(reading, all, question))
    return Found(question, tuple(ranked[:most]), len(found), complete, walked, wider)


def _require(reading: Reading, question: Question) -> None:
    for id in question.named:
        if id not in reading.shown.things:
            under = " under this lens" if reading.lens else ""
            raise KgError(
                f"no thing is called '{id}'{under}", hint=did_you_mean(id, reading.shown.things)
            )
    if len(set(question.named)) < len(question.named):
        raise KgError("a path leads past different things: one of these is named twice")


_Ways = Mapping[str, Mapping[str, Sequence[Tie]]]


def _search(
    reading: Reading, all: Sequence[Tie], question: Question
) -> tuple[list[Path], bool, Ties]:
    """Every shortest path (up to ``MOST_FOUND``), whether these are all, and the ties that were
    walked.
    """
    walked = among(all, question.also, question.through, question.named)
    ways = _ways(reading, question, walked.kept)
    walk = _Walk(ways, question)
    for length in (
        range(walk.least, walk.least + (DETOUR if question.stops else 0) + 1)
        if walk.possible
        else ()
    ):
        found = []
        for things in walk.along(length):
            found.append(_path(things, ways))
            if len(found) == MOST_FOUND:
                return found, False, walked
        if found:
            return found, True, walked
    return [], True, walked


def _ways(reading: Reading, question: Question, kept: Sequence[Tie]) -> _Ways:
    """From each thing to its neighbours, in order of ids, with the ties to each."""
    things = reading.shown.things
    ways: dict[str, dict[str, list[Tie]]] = {}

    def may_pass(id: str) -> bool:
        return id in question.named or not question.only or things[id].section in question.only

    for tie in kept:
        if may_pass(tie.source) and may_pass(tie.target):
            ways.setdefault(tie.source, {}).setdefault(tie.target, []).append(tie)
            if tie.symmetric or not question.directed:
                ways.setdefault(tie.target, {}).setdefault(tie.source, []).append(tie)
    return {
        id: {near: sorted(ways[id][near], key=lambda t: t.rank) for near in sorted(ways[id])}
        for id in ways
    }


def _path(things: Sequence[str], ways: _Ways) -> Path:
    return Path(tuple(Hop(a, b, tuple(ways[a][b])) for a, b in pairwise(things)))


class _Walk:
    """Walks from the start past every stop to the end; knows from anywhere how far that is at
    least.
    """

    def __init__(self, ways: _Ways, question: Question) -> None:
        self.ways, self.goals, self.start = ways, question.named[1:], question.start
        self.away = [_distances(ways, goal) for goal in self.goals]
        legs = [self.away[n + 1].get(goal) for n, goal in enumerate(self.goals[:-1])]
        self.possible = None not in legs and self.start in self.away[0]
        self.rest = [sum(leg or 0 for leg in legs[n:]) for n in range(len(self.goals))]
        self.least = self.away[0].get(self.start, 0) + self.rest[0]
        self.steps = 0

    def along(self, length: int) -> Iterator[tuple[str, ...]]:
        """Every walk of so many steps that visits nothing twice, in order of ids."""
        yield from self._on((self.start,), 0, length)

    def _on(self, done: tuple[str, ...], goal: int, left: int) -> Iterator[tuple[str, ...]]:
        if goal == len(self.goals):
            yield done
            return
        for near in self.ways.get(done[-1], {}):
            self.steps += 1
            if self.steps > MOST_STEPS:
                raise KgError(
                    f"more than {MOST_STEPS:,} steps were tried",
                    3,
                    "name a stop: --by-way-of THING",
                )
            if near in done or (near in self.goals and near != self.goals[goal]):
                continue
            reached = goal + (near == self.goals[goal])
            there = reached == len(self.goals)
            needed = 0 if there else self.away[reached].get(near, left + 1) + self.rest[reached]
            if (there and left == 1) or (not there and needed < left):
                yield from self._on((*done, near), reached, left - 1)


def _distances(ways: _Ways, goal: str) -> dict[str, int]:
    """How many steps lead from anywhere to a goal."""
    back: dict[str, list[str]] = {}
    for id, near in ways.items():
        for other in near:
            back.setdefault(other, []).append(id)
    found, waiting = {goal: 0}, deque([goal])
    while waiting:
        here = waiting.popleft()
        for other in back.get(here, ()):
            if other not in found:
                found[other] = found[here] + 1
                waiting.append(other)
    return found


def _wider(
    reading: Reading, all: Sequence[Tie], question: Question
) -> Iterator[tuple[Question, int]]:
    """Questions that let one thing more in and have a path; else the one that lets everything in,
    if it has one.
    """
    more = [
        replace(question, also=(*question.also, status)) for status in _others(ALSO, question.also)
    ]
    more += [
        replace(question, through=(*question.through, aside))
        for aside in _others(tuple(Aside), question.through)
    ]
    more += [replace(question, only=())] if question.only else []
    more += [replace(question, directed=False)] if question.directed else []
    found = False
    for each in more:
        if answer := _search(reading, all, each)[0]:
            found = True
            yield each, len(answer[0].hops)
    if not found:
        everything = replace(question, also=ALSO, through=tuple(Aside), only=(), directed=False)
        if answer := _search(reading, all, everything)[0]:
            yield everything, len(answer[0].hops)


def _others(all: Collection[_T], taken: Collection[_T]) -> list[_T]:
    return [each for each in all if each not in taken]
