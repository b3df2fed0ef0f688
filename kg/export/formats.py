"""The formats that ``kg export`` writes."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class ExportFormat(StrEnum):
    """A format to export to."""

    NQ = "nq"
    TTL = "ttl"
    TTL12 = "ttl12"
    TRIG = "trig"
    JSONLD = "jsonld"
    NANOPUB = "nanopub"
    CSV = "csv"
    SQLITE = "sqlite"
    DATAPACKAGE = "datapackage"
    GRAPHML = "graphml"
    GEXF = "gexf"
    FTM = "ftm"
    STIX = "stix"
    QUICKSTATEMENTS = "quickstatements"
    CSL_JSON = "csl-json"


HOLDS: Mapping[ExportFormat, str] = {
    ExportFormat.NQ: "the whole graph, conclusions included, as N-Quads",
    ExportFormat.TTL: "the same as Turtle",
    ExportFormat.TTL12: "the same as Turtle 1.2: assertions are reifiers of their triples",
    ExportFormat.TRIG: "the same as TriG: each assertion with its evidence is a graph of its own",
    ExportFormat.JSONLD: "the same as JSON-LD 1.1",
    ExportFormat.NANOPUB: "a nanopublication for each assertion, not signed, as TriG",
    ExportFormat.CSV: "a row for each assertion with all its fields",
    ExportFormat.SQLITE: "tables of a database that can be joined",
    ExportFormat.DATAPACKAGE: "the same tables as a Data Package: a zip file of described CSV",
    ExportFormat.GRAPHML: "things as nodes, assertions as edges, as GraphML",
    ExportFormat.GEXF: "the same as GEXF, with the days of nodes and edges, for Gephi",
    ExportFormat.FTM: "actors and accepted facts of them as FollowTheMoney entities, one a line",
    ExportFormat.STIX: "actors, accepted facts of them and sources as a STIX 2.1 bundle",
    ExportFormat.QUICKSTATEMENTS: "accepted facts that Wikidata can hold, as QuickStatements",
    ExportFormat.CSL_JSON: "the sources, for reference managers",
}
"""What each format holds, in words."""


BINARY_FORMATS = (ExportFormat.SQLITE, ExportFormat.DATAPACKAGE)
"""Those that no terminal can show."""
