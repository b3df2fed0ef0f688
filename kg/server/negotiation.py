"""Which form an answer takes: what is asked for by name, or else what ``Accept`` weighs most."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.query import AnswerFormat
from kg.query.sparql import FORMS, tokenize_query

HTML = "text/html"
TYPES = {
    AnswerFormat.JSON: "application/sparql-results+json",
    AnswerFormat.XML: "application/sparql-results+xml",
    AnswerFormat.CSV: "text/csv",
    AnswerFormat.TSV: "text/tab-separated-values",
    AnswerFormat.TTL: "text/turtle",
    AnswerFormat.NT: "application/n-triples",
    AnswerFormat.JSONLD: "application/ld+json",
}
ROWS = (AnswerFormat.JSON, AnswerFormat.XML, AnswerFormat.CSV, AnswerFormat.TSV)
GRAPHS = (AnswerFormat.TTL, AnswerFormat.NT, AnswerFormat.JSONLD)
FORMATS = {
    **{name: format for format, name in TYPES.items()},
    "application/json": AnswerFormat.JSON,
    "application/xml": AnswerFormat.XML,
}
"""The formats by type, other names of types last."""
_RANGE = re.compile(r"\s*([\w!#$&^.+*-]+/[\w!#$&^.+*-]+)\s*((?:;[^,]*)?)", re.ASCII)
_WEIGHT = re.compile(r";\s*q=(0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)\s*(?:;|$)", re.IGNORECASE)


def formats_of(text: str) -> Sequence[AnswerFormat]:
    """Return the formats that the answer to a query may have: those of rows, or of graphs."""
    words = (token.word for token in tokenize_query(text))
    form = next((word for word in words if word in FORMS), "SELECT")
    return GRAPHS if form in ("CONSTRUCT", "DESCRIBE") else ROWS


def choose_type(header: str, offered: Sequence[str]) -> str:
    """Return the type of those offered that a client weighs most, the first of equals; empty where
    it takes none.
    """
    ranges = list(_read_ranges(header)) if header.strip() else [("*/*", 1.0)]
    weights = {kind: _weight_of(kind, ranges) for kind in offered}
    best = max(weights.values(), default=0.0)
    return next((kind for kind in offered if best > 0 and weights[kind] == best), "")


def _read_ranges(header: str) -> Iterator[tuple[str, float]]:
    for part in header.split(","):
        if match := _RANGE.fullmatch(part):
            weight = _WEIGHT.search(match[2])
            is_weighed = "q=" in match[2].lower()
            yield match[1].lower(), float(weight[1]) if weight else float(not is_weighed)


def _weight_of(kind: str, ranges: Sequence[tuple[str, float]]) -> float:
    """The weight of the most special range that a type is in."""
    for name in (kind, f"{kind.partition('/')[0]}/*", "*/*"):
        weights = [weight for each, weight in ranges if each == name]
        if weights:
            return max(weights)
    return 0.0
