"""A picture as a networkx graph: for analysis, and for placing things."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import networkx

    from kg.view.picture import Picture


def network(picture: Picture) -> networkx.MultiDiGraph[str]:
    """Things as nodes, by id, with ``label`` and ``type``; ties as edges whose key is the id of
    their assertion.

    An edge carries ``assertion``, ``relation`` (in words), ``status`` and ``polarity``.
    """
    import networkx

    graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph(name=picture.title)
    for node in picture.nodes:
        graph.add_node(node.id, label=node.label, type=node.type)
    for tie in picture.ties:
        graph.add_edge(
            tie.source,
            tie.target,
            key=tie.assertion,
            assertion=tie.assertion,
            relation=tie.label,
            status=tie.status.value,
            polarity=tie.statement.assertion.polarity.value,
        )
    return graph
