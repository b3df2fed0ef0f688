"""SPARQL with parameters and evidence: saved queries, their answers, and who stands behind each
row.
"""

from enum import StrEnum


class AnswerFormat(StrEnum):
    """The form of an answer's text."""

    TABLE = "table"
    CSV = "csv"
    TSV = "tsv"
    JSON = "json"
    MD = "md"
    TTL = "ttl"
    NT = "nt"
    JSONLD = "jsonld"
    XML = "xml"
