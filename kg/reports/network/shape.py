"""The shape of the graph: who is tied to whom, who stands between others, who belongs together, who
sides with whom.

All of it counts the ties of ``kg.reports.network.ties``: accepted dealings and the record's own
structure, unless more is asked for. Two things are neighbours if any tie runs between them,
whichever way. By networkx; nothing depends on chance.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from kg.diagnostics import KgError
from kg.model.corpus import Corpus
from kg.reading import Reading
from kg.reports.network.asides import Aside
from kg.reports.network.balance import Balance, find_balance
from kg.reports.network.sides import on_sides
from kg.reports.network.ties import NetworkTie, Ties, all_ties, select_ties
from kg.status.naming import hint_of_thing
from kg.status.status import Status

if TYPE_CHECKING:
    import networkx

    Graph = networkx.Graph[str]

SEED = 0
"""What the search for communities starts from: the same graph has the same communities."""

MOST_WORK = 5_000_000
"""So many steps betweenness may take (things times pairs); beyond, it is estimated from some of the
things.
"""


@dataclass(frozen=True, slots=True)
class Centrality:
    """Where a thing stands in the graph.

    ``neighbours`` counts the things that it is tied to (its degree), ``ties`` the ties themselves.
    ``betweenness`` is the share of all shortest paths between two others that lead past it (Freeman
    1977). ``community`` is the number of its community, from 1.
    """

    id: str
    betweenness: float
    neighbours: int
    ties: int
    community: int


class Broker(NamedTuple):
    """An actor outside two sides that is tied to both. ``acts_for`` is whom it stands for."""

    id: str
    acts_for: str
    to_one: tuple[NetworkTie, ...]
    to_other: tuple[NetworkTie, ...]


class Sides(NamedTuple):
    """Two sides by the ids of their actors, who is tied to both, and the ties from the one to the
    other.

    ``heads`` are those for whom all others on a side stand.
    """

    heads: tuple[str, str]
    one: tuple[str, ...]
    other: tuple[str, ...]
    brokers: tuple[Broker, ...]
    direct: tuple[NetworkTie, ...]


class Analysis(NamedTuple):
    """The shape of a graph, and the ties behind it.

    ``counted_ties`` are those between the things counted, ``pairs`` the neighbours among them.
    ``communities`` are the largest first; ``modularity`` says how far ties stay within them: 0 as
    by chance, 1 at most. ``sampled`` is the number of things from which betweenness was estimated,
    0 where it is exact.
    """

    ties: Ties
    actors_only: bool
    counted_ties: tuple[NetworkTie, ...]
    pairs: int
    centralities: tuple[Centrality, ...]
    communities: tuple[tuple[str, ...], ...]
    modularity: float
    balance: Balance
    sampled: int = 0
    sides: Sides | None = None


def analyse_shape(
    reading: Reading,
    also: Collection[Status] = (),
    through: Collection[Aside] = (),
    between: tuple[str, str] | None = None,
    actors_only: bool = True,
) -> Analysis:
    """Return the shape of the graph under a lens.

    Raises KgError where ``between`` names no actors, or two of one side.
    """
    corpus, ties = reading.visible_corpus, select_ties(all_ties(reading), also, through)
    counted_ties = tuple(t for t in ties.selected if not actors_only or _ties_actors(t, corpus))
    graph = _graph(counted_ties)
    communities, modularity = _communities(graph)
    sampled = sample_size(graph.number_of_nodes(), graph.number_of_edges())
    return Analysis(
        ties=ties,
        actors_only=actors_only,
        counted_ties=counted_ties,
        pairs=graph.number_of_edges(),
        centralities=_centralities(graph, communities, sampled),
        sampled=sampled,
        communities=communities,
        modularity=modularity,
        balance=find_balance(ties.selected, corpus),
        sides=_sides(between, ties.selected, reading) if between else None,
    )


def _ties_actors(tie: NetworkTie, corpus: Corpus) -> bool:
    return all(corpus.things[id].section == "actors" for id in (tie.source, tie.target))


def _graph(ties: Collection[NetworkTie]) -> Graph:
    """Things as nodes, in order of ids; an edge for each two neighbours, weighted by the number of
    ties.
    """
    import networkx

    graph: Graph = networkx.Graph()
    graph.add_nodes_from(sorted({id for tie in ties for id in (tie.source, tie.target)}))
    for one, other in sorted((min(t.source, t.target), max(t.source, t.target)) for t in ties):
        weight = graph.edges[one, other]["weight"] if graph.has_edge(one, other) else 0
        graph.add_edge(one, other, weight=weight + 1)
    return graph


def _communities(graph: Graph) -> tuple[tuple[tuple[str, ...], ...], float]:
    """Who belongs together more than by chance (Louvain), the largest first; and how far that goes
    (modularity).
    """
    import networkx

    if not graph.number_of_edges():
        return (), 0.0
    sets = networkx.community.louvain_communities(graph, weight="weight", seed=SEED)
    ordered = sorted((tuple(sorted(each)) for each in sets), key=lambda each: (-len(each), each))
    return tuple(ordered), networkx.community.modularity(graph, sets, weight="weight")


def sample_size(things: int, pairs: int) -> int:
    """Return from how many things betweenness is to be estimated; 0 where that can be done from
    all.
    """
    return max(1, MOST_WORK // pairs) if things * pairs > MOST_WORK else 0


def _centralities(
    graph: Graph, communities: Iterable[Iterable[str]], sampled: int
) -> tuple[Centrality, ...]:
    """Where each thing stands: most of the shortest paths first, then most neighbours."""
    import networkx

    community = {id: number for number, ids in enumerate(communities, 1) for id in ids}
    betweenness = networkx.betweenness_centrality(graph, k=sampled or None, seed=SEED)
    ties = dict(graph.degree(weight="weight"))
    centralities = [
        Centrality(id, betweenness[id], len(graph[id]), ties[id], community[id]) for id in graph
    ]
    return tuple(sorted(centralities, key=_centrality_rank))


def _centrality_rank(each: Centrality) -> tuple[float, int, int, str]:
    return -round(each.betweenness, 9), -each.neighbours, -each.ties, each.id


def _sides(between: tuple[str, str], ties: Iterable[NetworkTie], reading: Reading) -> Sides:
    corpus = reading.visible_corpus
    for id in between:
        if id not in corpus.actors:
            under = " under this lens" if reading.lens else ""
            raise KgError(
                f"no actor is called '{id}'{under}", hint=hint_of_thing(id, corpus.actors)
            )
    heads = corpus.last_principal(between[0]), corpus.last_principal(between[1])
    if heads[0] == heads[1]:
        raise KgError(f"{between[0]} and {between[1]} are one side: both act for {heads[0]}")
    one, other = on_sides(heads, reading).values()
    if heads[1] in one or heads[0] in other:
        raise KgError(f"{heads[0]} and {heads[1]} are one side: the one belongs to the other")
    one, other = one - other, other - one
    dealings = [tie for tie in ties if tie.id and _ties_actors(tie, corpus)]
    brokers = []
    for id in corpus.actors.keys() - one - other:
        to_one, to_other = _between(dealings, {id}, one), _between(dealings, {id}, other)
        if to_one and to_other:
            brokers.append(Broker(id, corpus.last_principal(id), to_one, to_other))
    return Sides(
        heads,
        tuple(sorted(one)),
        tuple(sorted(other)),
        tuple(sorted(brokers, key=_broker_rank)),
        _between(dealings, one, other),
    )


def _between(
    ties: Iterable[NetworkTie], one: Collection[str], other: Collection[str]
) -> tuple[NetworkTie, ...]:
    """The ties from some actors to others, whichever way."""
    return tuple(
        tie
        for tie in ties
        if (tie.source in one and tie.target in other)
        or (tie.source in other and tie.target in one)
    )


def _broker_rank(broker: Broker) -> tuple[int, int, str]:
    """Those who are tied to both sides most come first."""
    fewest, most = sorted((len(broker.to_one), len(broker.to_other)))
    return -fewest, -most, broker.id
