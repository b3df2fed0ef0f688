"""The engine that answers SPARQL, and the one function that kg adds to it.

``kg:countSources(?article)`` is an aggregate, as COUNT is: how many independent sources some
articles are, counted as ``kg:independentSources`` counts them (``kg.status.support``). SPARQL alone
cannot tell which articles share an originator through others.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

import pyoxigraph as ox

from kg.model.closure import group_by_shared
from kg.ontology.namespaces import KG

COUNT_SOURCES = ox.NamedNode(f"{KG}countSources")
_COUNTED_AS, _ORIGINATOR = ox.NamedNode(f"{KG}countedAs"), ox.NamedNode(f"{KG}originator")
_RETRACTED = ox.NamedNode(f"{KG}retractedOn")


class Dataset(NamedTuple):
    """The graphs that a question is asked of, by IRI, whatever it says itself: those that are one
    as its default graph, and those that it may name. One that is not there is empty.
    """

    default: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


def run_query(
    store: ox.Store, text: str, prefixes: Mapping[str, str], dataset: Dataset | None = None
) -> ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean:
    """Return what a graph answers; ``prefixes`` need no declaration, and what the empty one stands
    for is the base of relative IRIs. A ``dataset`` takes the place of the whole graph.

    Raises SyntaxError, RuntimeError, OSError or ValueError where the engine does.
    """
    return store.query(
        text,
        base_iri=prefixes.get(""),
        prefixes=dict(prefixes),
        default_graph=[ox.NamedNode(iri) for iri in dataset.default] if dataset else None,
        named_graphs=[ox.NamedNode(iri) for iri in dataset.named_graphs] if dataset else None,
        custom_aggregate_functions={COUNT_SOURCES: partial(_SourceCounter, store)},
    )


@dataclass
class _SourceCounter:
    """The articles of one group of solutions. What was retracted supports nothing."""

    store: ox.Store
    articles: set[ox.NamedNode] = field(default_factory=set)

    def accumulate(self, term: object) -> None:
        if isinstance(term, ox.NamedNode):
            self.articles.add(term)

    def finish(self) -> ox.Literal:
        unretracted = [each for each in self.articles if not self._values(each, _RETRACTED)]
        writers = {str(each): self._writers(each) for each in unretracted}
        return ox.Literal(len(set(group_by_shared(writers).values())))

    def _writers(self, article: ox.NamedNode) -> list[str]:
        return self._values(article, _COUNTED_AS) or self._values(article, _ORIGINATOR)

    def _values(self, article: ox.NamedNode, predicate: ox.NamedNode) -> list[str]:
        quads = self.store.quads_for_pattern(article, predicate, None)
        return sorted(str(quad.object) for quad in quads)
