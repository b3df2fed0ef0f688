"""The graph as TriG and as Turtle 1.2. Both hold what its N-Quads hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import chain

import pyoxigraph as ox

from kg.rdf.literals import NodeText, iri_node, iri_of, named_term, triples_of
from kg.rdf.portable import portable_graph
from kg.rdf.writer import TripleWriter
from kg.reading import Reading
from kg.status.statement import Statement

_PARTS = {iri_of(named_term(f"rdf:{name}")) for name in ("subject", "predicate", "object")}
_REIFIES = iri_of(named_term("rdf:reifies"))


def write_trig(reading: Reading) -> bytes:
    """Return the graph as TriG: what is told of an assertion, with its citations, is a graph under
    the assertion's own name.

    The default graph has things, sources, the ontology, and the direct triples of what is accepted.
    No named graph has a direct triple: a program that joins all graphs learns nothing but what the
    N-Quads hold.
    """
    writer, graph_of = writer_of(reading), dict[str, ox.NamedNode]()
    for id in reading.graph_corpus.assertions:
        # Itself, its citations, contests and withdrawals.
        nodes = own_nodes(reading.statements[id], writer)
        graph_of |= dict.fromkeys(nodes, iri_of(writer.record("assertion", id)))
    default = ox.DefaultGraph()
    graphs: dict[str, list[ox.Quad]] = defaultdict(list)
    for s, p, o, _ in portable_graph(reading.graph):
        name = graph_of.get(str(s), default)
        graphs[str(name)].append(ox.Quad(s, p, o, name))
    quads = chain.from_iterable(sorted(graphs[name], key=str) for name in sorted(graphs))
    return serialize_graph(quads, ox.RdfFormat.TRIG, reading.ontology.prefixes)


def serialize_graph(
    quads: Iterable[ox.Quad] | Iterable[ox.Triple],
    format: ox.RdfFormat,
    prefixes: Mapping[str, str],
) -> bytes:
    """Return quads or triples in a format, with prefixes."""
    return ox.serialize(quads, format=format, prefixes=dict(sorted(prefixes.items()))) or b""


def own_nodes(statement: Statement, writer: TripleWriter) -> set[NodeText]:
    """Return the nodes that belong to an assertion alone."""
    a = statement.assertion
    shared = {triple[0] for triple in writer.quantities(a)} | {writer.node(a.subject.id)}
    return {triple[0] for triple in writer.statement(statement)} - shared


def writer_of(reading: Reading) -> TripleWriter:
    """What writes the triples of a reading."""
    return TripleWriter(reading.graph_corpus, reading.ontology, reading.statements)


def turtle_1_2(reading: Reading) -> bytes:
    """Return the graph as Turtle of RDF 1.2: in place of ``rdf:subject``, ``rdf:predicate`` and
    ``rdf:object`` each assertion reifies its triple, which is thereby not asserted.
    """
    writer = writer_of(reading)
    triples = [q.triple for q in portable_graph(reading.graph) if not _is_part(q, reading)]
    contents = []
    for id in reading.graph_corpus.assertions:
        statement = reading.statements[id]
        a = statement.assertion
        subject, predicate = writer.node(a.subject.id), iri_node(statement.relation.iri)
        contents.append((subject, predicate, writer.object(a)))
    for id, content in zip(reading.graph_corpus.assertions, triples_of(contents), strict=True):
        node = ox.NamedNode(reading.ontology.iri("assertion", id))
        triples.append(ox.Triple(node, _REIFIES, content))
    triples.sort(key=str)
    return serialize_graph(triples, ox.RdfFormat.TURTLE, reading.ontology.prefixes)


def _is_part(quad: ox.Quad, reading: Reading) -> bool:
    """Whether a triple names a part of an assertion's triple."""
    space = reading.ontology.iri("assertion", "")
    return quad.predicate in _PARTS and str(quad.subject).startswith(f"<{space}")
