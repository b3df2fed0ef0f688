"""Things as nodes and assertions between two things as edges, as GraphML and GEXF: for Gephi, yEd,
igraph, networkx.

Assertions whose object is a text are no edges, nor are judgements that merge two ids. What is empty
is left out. An edge tells by ``accepted`` whether it is a fact: claims, plans and denials are edges
too, and measures of a network must not count them as ties.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.export.table import identifiers_of, statement_cells
from kg.model import Thing
from kg.ontology.values import number_of
from kg.reading import Reading
from kg.status.statement import Statement

if TYPE_CHECKING:
    import networkx

Attributes = dict[str, str | int | float | bool]
"""What a node or an edge tells."""


def write_graphml(reading: Reading) -> bytes:
    """Return the network as GraphML; edges have the ids of assertions."""
    from networkx.readwrite.graphml import GraphMLWriter

    graph = _graph_of_things(reading)
    for statement in list_edges(reading):
        subject, object = _ends(statement)
        graph.add_edge(subject, object, statement.id, **_edge(statement, reading))
    writer = GraphMLWriter(encoding="utf-8", prettyprint=True, named_key_ids=True)
    writer.add_graph_element(graph)
    data = io.BytesIO()
    writer.dump(data)
    return data.getvalue() + b"\n"


def write_gexf(reading: Reading) -> bytes:
    """Return the network as GEXF 1.2: an edge lasts from the first day on which it can have held
    to the last one.
    """
    from networkx.readwrite.gexf import GEXFWriter

    graph = _graph_of_things(reading)
    for statement in list_edges(reading):
        facts = _edge(statement, reading)
        label = facts.pop("label")
        subject, object = _ends(statement)
        graph.add_edge(subject, object, id=statement.id, label=label, **facts, **_days(statement))
    writer = GEXFWriter(encoding="utf-8", prettyprint=True, version="1.2draft")
    writer.add_graph(graph)
    # It writes on which day it was made: the same workspace gives the same bytes.
    for meta in writer.xml.findall("meta"):
        writer.xml.remove(meta)
    data = io.BytesIO()
    writer.write(data)
    return data.getvalue() + b"\n"


def _graph_of_things(reading: Reading) -> networkx.MultiDiGraph[str]:
    """A network of all things in order of ids, without edges."""
    import networkx

    graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    for thing in sorted(reading.visible_corpus.things.values(), key=lambda thing: thing.id):
        graph.add_node(thing.id, **_about(thing))
    return graph


def list_edges(reading: Reading) -> Iterator[Statement]:
    """Yield the statements that are edges, in order of ids."""
    for id in sorted(reading.visible_corpus.assertions):
        statement = reading.statements[id]
        if statement.object.id and not reading.corpus.also.keys() & statement.assertion.triple:
            yield statement


def _ends(statement: Statement) -> tuple[str, str]:
    return statement.assertion.subject.id, statement.object.id


def _about(thing: Thing) -> Attributes:
    """What a node tells of a thing."""
    return _without_empty(
        {
            "label": thing.label,
            "type": thing.type.id,
            "section": thing.section,
            **{f"label_{each.language}": each.text for each in thing.labels if each.language},
            "aliases": "; ".join(alias.name.text for alias in thing.aliases),
            "ids": identifiers_of(thing),
            "acts_for": thing.acts_for_id,
            "note": thing.note,
        }
    )


def _edge(statement: Statement, reading: Reading) -> Attributes:
    """What an edge tells of an assertion."""
    row = statement_cells(statement, reading.corpus)
    is_denial = statement.assertion.is_denial
    facts: Attributes = {"assertion": statement.id, **{name: str(row[name]) for name in _EDGE}}
    facts["label"] = f"not: {statement.relation.label}" if is_denial else statement.relation.label
    return {
        "accepted": statement.is_affirmed,
        "sources": statement.sources,
        **_numbers(statement),
        **_without_empty(facts),
    }


_EDGE = [
    "predicate",
    "relation",
    "sentence",
    "status",
    "status_reason",
    "against",
    "contested_in",
    "polarity",
    "mode",
    "condition",
    "when",
    "start_earliest",
    "start_latest",
    "end_earliest",
    "end_latest",
    "holds",
    "where",
    "with",
    "speakers",
    "via",
    "said",
    "confidence",
    "known_from",
    "note",
    "citations",
]
"""The attributes of an edge that are columns of the table of assertions."""


def _numbers(statement: Statement) -> Attributes:
    """The qualifiers of an edge that are numbers (``with_share``), so that programs can weigh edges
    by them; a range is none.
    """
    numbers = ((name.id, number_of(value)) for name, value in statement.assertion.qualifiers)
    return {f"with_{name}": float(number) for name, number in numbers if number is not None}


def _days(statement: Statement) -> dict[str, str]:
    """The first day and the last, each where there is one and GEXF can hold it."""
    when = statement.bounds
    days = {"start": when.start_earliest, "end": when.end_latest} if when else {}
    return {name: str(day) for name, day in days.items() if day and 1 <= day.year <= 9999}


def _without_empty(facts: Attributes) -> Attributes:
    return {name: value for name, value in facts.items() if value not in ("", None)}
