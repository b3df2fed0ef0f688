"""Who sides with whom: signed ties between actors, and the triads that balance or do not.

A relation of the ontology may have a sign (``kg:sign``): for or against. Two actors are on one
side, or against each other, by a signed tie between them, or by a matter between them (a pact,
dispute or event): both are for it or both against it; or one is for it and it hits or favours the
other. Grounds are counted once for each relation and for each matter, since ten reports of one
quarrel are one quarrel. An actor who was both for and against a matter counts for neither there. A
body counts as the one it acts for (a ministry as its state).

A triad is balanced if the product of its signs is positive: the friend of my friend is my friend,
the enemy of my enemy too (Heider 1946; Cartwright and Harary 1956). Otherwise it is frustrated:
somebody stands between two who are at odds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, combinations
from typing import NamedTuple

from kg.model.corpus import Corpus
from kg.model.grouping import group_pairs
from kg.reports.network.ties import NetworkTie


class Ground(NamedTuple):
    """One reason why two actors are on one side (``sign`` 1) or against each other (-1), by one tie
    or two.

    ``matter`` is the thing between them, or empty where a tie runs from the one to the other.
    """

    sign: int
    ties: tuple[NetworkTie, ...]
    matter: str = ""


class Pair(NamedTuple):
    """Two actors, in order of ids, with every ground for their being for or against each other."""

    one: str
    other: str
    grounds: tuple[Ground, ...]

    @property
    def sides(self) -> tuple[int, int]:
        """How many grounds put them on one side, and how many against each other."""
        good = sum(ground.sign > 0 for ground in self.grounds)
        return good, len(self.grounds) - good

    @property
    def sign(self) -> int:
        """What most grounds say: 1 for, -1 against, 0 where as many say the one as the other."""
        good, bad = self.sides
        return (good > bad) - (bad > good)


class Triad(NamedTuple):
    """Three actors of whom each two have a sign."""

    actors: tuple[str, str, str]
    pairs: tuple[Pair, Pair, Pair]

    @property
    def is_balanced(self) -> bool:
        """Whether the signs multiply to a positive one."""
        return self.pairs[0].sign * self.pairs[1].sign * self.pairs[2].sign > 0


class Balance(NamedTuple):
    """All signed pairs and triads, and the number of signed ties. ``ambivalent`` are actors who
    were for and against one matter, with the matter.
    """

    pairs: tuple[Pair, ...]
    triads: tuple[Triad, ...]
    signed: int
    ambivalent: tuple[tuple[str, str], ...]


def find_balance(ties: Iterable[NetworkTie], corpus: Corpus) -> Balance:
    """Return who sides with whom by some ties."""
    signed = [tie for tie in ties if tie.sign and not tie.is_loose]
    stances = _ties_of_actors(((tie.source, tie.target, tie) for tie in signed), corpus)
    effects = _ties_of_actors(((tie.target, tie.source, tie) for tie in signed), corpus)
    all_grounds = chain(_direct_grounds(signed, corpus), _grounds_by_matter(stances, effects))
    grounds = group_pairs(
        ((min(one, other), max(one, other)), ground) for one, other, ground in all_grounds
    )
    pairs = tuple(Pair(*ends, tuple(grounds[ends])) for ends in sorted(grounds))
    ambivalent = tuple(
        (actor, matter)
        for matter in sorted(stances)
        for actor, ties in sorted(stances[matter].items())
        if _clear_tie(ties) is None
    )
    return Balance(pairs, tuple(_triads(pairs)), len(signed), ambivalent)


def _is_actor(id: str, corpus: Corpus) -> bool:
    return corpus.things[id].section == "actors"


_Grounds = Iterator[tuple[str, str, Ground]]


def _direct_grounds(ties: Iterable[NetworkTie], corpus: Corpus) -> _Grounds:
    """Signed ties from actor to actor, one ground for each relation between the two."""
    groups: dict[tuple[str, str, str], list[NetworkTie]] = defaultdict(list)
    for tie in ties:
        if _is_actor(tie.source, corpus) and _is_actor(tie.target, corpus):
            one, other = sorted(
                (corpus.last_principal(tie.source), corpus.last_principal(tie.target))
            )
            if one != other:
                groups[one, other, tie.relation].append(tie)
    for (one, other, _), same in sorted(groups.items()):
        yield one, other, Ground(same[0].sign, (min(same, key=lambda tie: tie.rank),))


_TiesOfActors = Mapping[str, Mapping[str, list[NetworkTie]]]


def _ties_of_actors(ends: Iterable[tuple[str, str, NetworkTie]], corpus: Corpus) -> _TiesOfActors:
    """By matter, then by actor: the ties of an actor (whose id comes first) with a matter: those by
    which it is for or against it, or those by which it is hit or favoured.
    """
    by_matter = group_pairs(
        (matter, (corpus.last_principal(actor), tie))
        for actor, matter, tie in ends
        if _is_actor(actor, corpus) and not _is_actor(matter, corpus)
    )
    return {matter: group_pairs(each) for matter, each in by_matter.items()}


def _grounds_by_matter(stances: _TiesOfActors, effects: _TiesOfActors) -> _Grounds:
    for matter in sorted(stances):
        clear = _clear_ties(stances[matter])
        affected = _clear_ties(effects.get(matter, {}))
        for (one, tie), (other, second) in combinations(clear.items(), 2):
            yield one, other, _ground(tie, second, matter)
        for one, tie in clear.items():
            for other, second in affected.items():
                if other != one and other not in clear:
                    yield one, other, _ground(tie, second, matter)


def _ground(tie: NetworkTie, second: NetworkTie, matter: str) -> Ground:
    return Ground(tie.sign * second.sign, (tie, second), matter)


def _clear_ties(ties_by_actor: Mapping[str, list[NetworkTie]]) -> dict[str, NetworkTie]:
    """The strongest tie of each actor whose ties are of one sign, in order of ids."""
    ties = {actor: _clear_tie(ties_by_actor[actor]) for actor in sorted(ties_by_actor)}
    return {actor: tie for actor, tie in ties.items() if tie}


def _clear_tie(ties: list[NetworkTie]) -> NetworkTie | None:
    """The strongest of some ties, or None where they are not all of one sign."""
    is_clear = len({tie.sign for tie in ties}) == 1
    return min(ties, key=lambda tie: tie.rank) if is_clear else None


def _triads(pairs: Iterable[Pair]) -> Iterator[Triad]:
    """Every three actors of whom each two have a sign, in order of ids."""
    signed = {(pair.one, pair.other): pair for pair in pairs if pair.sign}
    for one, others in group_pairs(sorted(signed)).items():
        for other, third in combinations(others, 2):
            if (other, third) in signed:
                edges = signed[one, other], signed[one, third], signed[other, third]
                yield Triad((one, other, third), edges)
