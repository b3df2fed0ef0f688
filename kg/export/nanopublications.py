"""A nanopublication for each assertion (https://nanopub.net/guidelines/working_draft), as TriG.

What one publishes must be true of the one who publishes it. So the content of an accepted assertion
is its direct triple; that of any other is only its record: who says so, in which mode, of what
polarity. They are not signed and have no trusty addresses: tools for that exist, and need a key.
"""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kg import __version__
from kg.export.rdf import own_nodes, serialize_graph, writer_of
from kg.rdf.literals import iri_of, named_term, triples_of
from kg.rdf.portable import make_portable
from kg.rdf.writer import TripleWriter
from kg.reading import Reading
from kg.status.statement import Statement

NP = "http://www.nanopub.org/nschema#"
PROV = "http://www.w3.org/ns/prov#"
PAV = "http://purl.org/pav/"
_TYPE, _LABEL = iri_of(named_term("rdf:type")), iri_of(named_term("rdfs:label"))
_DERIVED_FROM = iri_of(named_term("prov:wasDerivedFrom"))
_PARTS = ("Head", "assertion", "provenance", "pubinfo")
_LINKS = ("hasAssertion", "hasProvenance", "hasPublicationInfo")
"""How the first part leads to each of the others."""
_EVIDENCE = {
    iri_of(named_term(name))
    for name in ("citation", "articles", "independentSources", "knownFrom", "lastReport")
}
_STANDING = {
    iri_of(named_term(name))
    for name in ("status", "statusReason", "contradicts", "contest", "contestedAspect", "holds")
}


def write_nanopublications(reading: Reading) -> bytes:
    """Return one nanopublication for each assertion that a curator wrote, in order of ids."""
    writer = writer_of(reading)
    quads: list[ox.Quad] = []
    for id in sorted(reading.visible_corpus.assertions):
        each = make_portable(list(_quads(reading.statements[id], writer, reading)))
        quads += sorted(each, key=lambda quad: (_PARTS.index(_part(quad)), str(quad)))
    own = {"np": NP, "prov": PROV, "pav": PAV, "nanopub": reading.ontology.iri("nanopub", "")}
    return serialize_graph(quads, ox.RdfFormat.TRIG, {**reading.ontology.prefixes, **own})


def _part(quad: ox.Quad) -> str:
    """Which of the four graphs of a nanopublication a quad is in."""
    return str(quad.graph_name).rstrip(">").rpartition("/")[2]


def _quads(statement: Statement, writer: TripleWriter, reading: Reading) -> Iterator[ox.Quad]:
    publication = reading.ontology.iri("nanopub", statement.id)
    head, content, provenance, information = (
        ox.NamedNode(f"{publication}/{name}") for name in _PARTS
    )
    node = ox.NamedNode(publication)
    yield ox.Quad(node, _TYPE, ox.NamedNode(f"{NP}Nanopublication"), head)
    for link, graph in zip(_LINKS, (content, provenance, information), strict=True):
        yield ox.Quad(node, ox.NamedNode(f"{NP}{link}"), graph, head)
    record = writer.record("assertion", statement.id)
    own = own_nodes(statement, writer) - {record, writer.proposition(statement.assertion)}
    for each in triples_of(dict.fromkeys(writer.statement(statement))):
        is_evidence = str(each.subject) in own or each.predicate in _EVIDENCE
        graph = provenance if is_evidence else content
        graph = information if each.predicate in _STANDING else graph
        yield ox.Quad(each.subject, each.predicate, each.object, graph)
    yield from _sources(statement, writer, content, provenance)
    yield from _about_itself(statement, writer, reading, information)


def _sources(
    statement: Statement, writer: TripleWriter, content: ox.NamedNode, graph: ox.NamedNode
) -> Iterator[ox.Quad]:
    """From which sources it is derived, and whose words they are."""
    if not statement.support:
        inferred = iri_of(named_term("InferredByCurator"))
        yield ox.Quad(content, iri_of(named_term("prov:wasGeneratedBy")), inferred, graph)
    for id in sorted({each.article.id for each in statement.support}):
        article = iri_of(writer.record("article", id))
        yield ox.Quad(content, _DERIVED_FROM, article, graph)
        title = writer.corpus.articles[id].title.text
        yield ox.Quad(article, iri_of(named_term("dcterms:title")), ox.Literal(title), graph)
    for speaker in statement.assertion.speakers:
        who = iri_of(writer.node(speaker.id))
        yield ox.Quad(content, iri_of(named_term("prov:wasAttributedTo")), who, graph)


def _about_itself(
    statement: Statement, writer: TripleWriter, reading: Reading, graph: ox.NamedNode
) -> Iterator[ox.Quad]:
    """From which data set it comes, what made it, how it reads, and what its things are called."""
    node = ox.NamedNode(reading.ontology.iri("nanopub", statement.id))
    yield ox.Quad(node, _LABEL, ox.Literal(statement.sentence), graph)
    yield ox.Quad(node, _DERIVED_FROM, ox.NamedNode(reading.ontology.base), graph)
    program = ox.Literal(f"actor-kg {__version__}")
    yield ox.Quad(node, ox.NamedNode(f"{PAV}createdWith"), program, graph)
    for name in (statement.subject, statement.object):
        if name.id:
            thing = ox.NamedNode(reading.ontology.iri("", name.id))
            yield ox.Quad(thing, _LABEL, ox.Literal(name.label), graph)
