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
from itertools import combinations
from typing import NamedTuple

from kg.model import Corpus
from kg.network.ties import Tie


class Ground(NamedTuple):
    """One reason why two actors are on one side (``sign`` 1) or against each other (-1), by one tie
    or two.

    ``matter`` is the thing between them, or empty where a tie runs from the one to the other.
    """

    sign: int
    ties: tuple[Tie, ...]
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
    """All signed pairs and triads. ``ambivalent`` are actors who were for and against one matter,
    with the matter.
    """

    pairs: tuple[Pair, ...]
    triads: tuple[Triad, ...]
    signed: int
    ambivalent: tuple[tuple[str, str], ...]


def balance(kept: Iterable[Tie], corpus: Corpus, signs: Mapping[str, int]) -> Balance:
    """Who sides with whom by the ties that were kept; ``signs`` has the sign of each relation, by
    name.
    """
    signed = [tie for tie in kept if tie.relation in signs and not tie.loose]
    grounds: dict[tuple[str, str], list[Ground]] = defaultdict(list)
    for one, other, ground in (*_direct(signed, corpus, signs), *_by_matter(signed, corpus, signs)):
        grounds[min(one, other), max(one, other)].append(ground)
    pairs = tuple(Pair(*ends, tuple(grounds[ends])) for ends in sorted(grounds))
    return Balance(
        pairs, tuple(_triads(pairs)), len(signed), tuple(_ambivalent(signed, corpus, signs))
    )


def principal(id: str, corpus: Corpus) -> str:
    """For whom an actor acts in the end, by the record: a bureau for its state. Itself where it
    acts for nobody.
    """
    seen = {id}
    while (thing := corpus.things.get(id)) and thing.acts_for and thing.acts_for.id not in seen:
        id = thing.acts_for.id
        seen.add(id)
    return id


def _is_actor(id: str, corpus: Corpus) -> bool:
    return corpus.things[id].section == "actors"


def _direct(
    signed: Iterable[Tie], corpus: Corpus, value: Mapping[str, int]
) -> Iterator[tuple[str, str, Ground]]:
    """Signed ties from actor to actor, one ground for each relation between the two."""
    found: dict[tuple[str, str, str], list[Tie]] = defaultdict(list)
    for tie in signed:
        if _is_actor(tie.source, corpus) and _is_actor(tie.target, corpus):
            one, other = sorted((principal(tie.source, corpus), principal(tie.target, corpus)))
            if one != other:
                found[one, other, tie.relation].append(tie)
    for (one, other, relation), ties in sorted(found.items()):
        yield one, other, Ground(value[relation], (min(ties, key=lambda tie: tie.rank),))


_Stances = Mapping[str, Mapping[str, list[Tie]]]


def _stances(signed: Iterable[Tie], corpus: Corpus) -> tuple[_Stances, _Stances]:
    """By matter, then by actor: the ties by which actors are for or against it, and those by which
    it hits actors.
    """
    taken: dict[str, dict[str, list[Tie]]] = defaultdict(lambda: defaultdict(list))
    met: dict[str, dict[str, list[Tie]]] = defaultdict(lambda: defaultdict(list))
    for tie in signed:
        if _is_actor(tie.source, corpus) and not _is_actor(tie.target, corpus):
            taken[tie.target][principal(tie.source, corpus)].append(tie)
        elif _is_actor(tie.target, corpus) and not _is_actor(tie.source, corpus):
            met[tie.source][principal(tie.target, corpus)].append(tie)
    return taken, met


def _by_matter(
    signed: list[Tie], corpus: Corpus, value: Mapping[str, int]
) -> Iterator[tuple[str, str, Ground]]:
    taken, met = _stances(signed, corpus)
    for matter in sorted(taken):
        stances = {actor: _one_sign(ties, value) for actor, ties in sorted(taken[matter].items())}
        clear = {actor: tie for actor, tie in stances.items() if tie}
        hit = {actor: _one_sign(ties, value) for actor, ties in sorted(met[matter].items())}
        for (one, a), (other, b) in combinations(clear.items(), 2):
            yield one, other, Ground(value[a.relation] * value[b.relation], (a, b), matter)
        for one, a in clear.items():
            for other, effect in hit.items():
                if effect and other != one and other not in clear:
                    yield (
                        one,
                        other,
                        Ground(value[a.relation] * value[effect.relation], (a, effect), matter),
                    )


def _one_sign(ties: list[Tie], value: Mapping[str, int]) -> Tie | None:
    """The strongest of some ties, or None where they are not all of one sign."""
    return (
        min(ties, key=lambda tie: tie.rank)
        if len({value[tie.relation] for tie in ties}) == 1
        else None
    )


def _ambivalent(
    signed: Iterable[Tie], corpus: Corpus, value: Mapping[str, int]
) -> Iterator[tuple[str, str]]:
    taken, _ = _stances(signed, corpus)
    for matter in sorted(taken):
        for actor, ties in sorted(taken[matter].items()):
            if _one_sign(ties, value) is None:
                yield actor, matter


def _triads(pairs: Iterable[Pair]) -> Iterator[Triad]:
    """Every three actors of whom each two have a sign, in order of ids."""
    import networkx

    graph: networkx.Graph[str] = networkx.Graph()
    for pair in pairs:
        if pair.sign:
            graph.add_edge(pair.one, pair.other, pair=pair)
    for one in sorted(graph):
        for other, third in combinations(sorted(near for near in graph[one] if near > one), 2):
            if graph.has_edge(other, third):
                edges = (
                    graph[one][other]["pair"],
                    graph[one][third]["pair"],
                    graph[other][third]["pair"],
                )
                yield Triad((one, other, third), edges)
