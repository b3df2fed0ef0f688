"""An export's bytes, and what its format cannot hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from kg.export import (
    actors,
    database,
    follow_the_money,
    nanopublications,
    network,
    quickstatements,
    rdf,
    stix,
)
from kg.export.csl import csl_json
from kg.export.formats import ExportFormat
from kg.export.moments import moments_of
from kg.export.table import write_table
from kg.rdf.jsonld import jsonld
from kg.rdf.portable import portable_graph
from kg.rdf.writer import turtle_bytes, write_nquads
from kg.reading import Reading
from kg.status.statement import Statement
from kg.text import count_noun


def export_reading(reading: Reading, format: ExportFormat, safe: bool = False) -> bytes:
    """The bytes of an export; the same workspace and lens give the same bytes.

    ``safe`` makes CSV safe for spreadsheets: a value that one would take for a formula gets a ``'``
    in front, and a byte order mark tells that it is UTF-8.
    """
    match format:
        case ExportFormat.CSV:
            return write_table(reading, safe)
        case ExportFormat.DATAPACKAGE:
            return database.data_package(reading, safe)
    return _WRITERS[format](reading)


_WRITERS: Mapping[ExportFormat, Callable[[Reading], bytes]] = {
    ExportFormat.NQ: lambda each: write_nquads(portable_graph(each.graph)),
    ExportFormat.TTL: lambda each: turtle_bytes(portable_graph(each.graph), each.ontology.prefixes),
    ExportFormat.TTL12: rdf.turtle_1_2,
    ExportFormat.TRIG: rdf.write_trig,
    ExportFormat.JSONLD: lambda each: jsonld(
        portable_graph(each.graph), each.ontology.prefixes, each.ontology.base
    ),
    ExportFormat.NANOPUB: nanopublications.write_nanopublications,
    ExportFormat.SQLITE: database.write_sqlite,
    ExportFormat.GRAPHML: network.write_graphml,
    ExportFormat.GEXF: network.write_gexf,
    ExportFormat.FTM: follow_the_money.follow_the_money,
    ExportFormat.STIX: stix.write_stix,
    ExportFormat.QUICKSTATEMENTS: quickstatements.quick_statements,
    ExportFormat.CSL_JSON: lambda each: csl_json(each.corpus, each.ontology),
}


def list_omissions(reading: Reading, format: ExportFormat) -> list[str]:
    """Return what a format leaves out of what a lens lets through, counted, in words."""
    visible_corpus = reading.visible_corpus
    assertion_count = len(visible_corpus.assertions)
    facts = list(_FACTS[format](reading)) if format in _FACTS else []
    left_out = {
        "conclusion": 0
        if format in _WHOLE
        else len(reading.graph_corpus.assertions) - assertion_count,
        "assertion": assertion_count - _assertions_in(reading, format, len(facts)),
        "date": _dates_left_out(facts, _TIMES[format]) if format in _TIMES else 0,
        "qualifier": _qualifiers_left_out(facts) if format in _WITHOUT_QUALIFIERS else 0,
        "thing": len(visible_corpus.things) - _things_in(reading, format),
        "conflict": 0 if format in _WITH_CONFLICTS else len(visible_corpus.conflicts),
        "source": 0 if format not in _WITHOUT_SOURCES else len(visible_corpus.articles),
    }
    return [count_noun(number, noun) for noun, number in left_out.items() if number]


def _dates_left_out(
    facts: Iterable[Statement], times_of: Callable[[Statement], Iterable[str]]
) -> int:
    """How many dates cannot be told, as those that are about, or of sets."""
    return sum(1 for fact in facts if fact.assertion.when and not any(times_of(fact)))


def _moments_of(fact: Statement) -> Iterable[str]:
    return moments_of(fact.assertion.when)


def _qualifiers_left_out(facts: Iterable[Statement]) -> int:
    """How many qualifiers and places are not told."""
    return sum(len(fact.assertion.qualifiers) + bool(fact.assertion.where) for fact in facts)


_FACTS: Mapping[ExportFormat, Callable[[Reading], Iterable[Statement]]] = {
    ExportFormat.FTM: actors.facts_of_actors,
    ExportFormat.STIX: actors.facts_of_actors,
    ExportFormat.QUICKSTATEMENTS: quickstatements.importable_facts,
}
"""The formats that hold facts alone, and which."""

_TIMES: Mapping[ExportFormat, Callable[[Statement], Iterable[str]]] = {
    ExportFormat.FTM: _moments_of,
    ExportFormat.STIX: stix.relationship_days,
    ExportFormat.QUICKSTATEMENTS: _moments_of,
}
"""The formats that cannot tell every date, and what they tell of one."""

_WITHOUT_QUALIFIERS = (ExportFormat.QUICKSTATEMENTS,)
_WHOLE = (
    ExportFormat.NQ,
    ExportFormat.TTL,
    ExportFormat.TTL12,
    ExportFormat.TRIG,
    ExportFormat.JSONLD,
)
_WITH_CONFLICTS = (*_WHOLE, ExportFormat.SQLITE, ExportFormat.DATAPACKAGE)
_WITHOUT_SOURCES = (ExportFormat.GRAPHML, ExportFormat.GEXF, ExportFormat.CSV, ExportFormat.FTM)
"""Those that name sources, and tell nothing else of them."""


def _things_in(reading: Reading, format: ExportFormat) -> int:
    """How many things a format tells of."""
    match format:
        case ExportFormat.FTM | ExportFormat.STIX:
            return len(reading.visible_corpus.actors)
        case ExportFormat.QUICKSTATEMENTS | ExportFormat.CSL_JSON:
            return 0
        case _:
            return len(reading.visible_corpus.things)


def _assertions_in(reading: Reading, format: ExportFormat, facts: int) -> int:
    """How many assertions a format holds, of which so many are facts that it takes."""
    match format:
        case ExportFormat.GRAPHML | ExportFormat.GEXF:
            return sum(1 for _ in network.list_edges(reading))
        case ExportFormat.CSL_JSON:
            return 0
        case _:
            return facts if format in _FACTS else len(reading.visible_corpus.assertions)
