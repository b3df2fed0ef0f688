"""Regular expressions that come with a workspace, matched in a time that grows with the text alone.

Python's engine tries one way after the other, so that ``(a+)+b`` and 40 letters end no command. The
one of SPARQL's ``REGEX`` (Rust's ``regex``) looks at each character once, knows no look-around and
no back references, and refuses what would be large.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox


def is_pattern(pattern: str) -> bool:
    """Whether a text is a regular expression that the engine takes."""
    return bool(pattern) and None not in (_match(pattern, ""), _match(f"^(?:{pattern})$", ""))


def _match(pattern: str, text: str) -> ox.Literal | None:
    """Whether a text holds what an expression describes; None where that is no expression."""
    call = f"REGEX({ox.Literal(text)}, {ox.Literal(pattern)})"
    [row] = _rows(f"SELECT ?is {{ BIND({call} AS ?is) }}")
    literal: ox.Literal | None = row["is"]
    return literal


def _rows(query: str) -> Iterator[ox.QuerySolution]:
    results = ox.Store().query(query)
    assert isinstance(results, ox.QuerySolutions)
    return iter(results)


def matching_texts(pattern: str, texts: Iterable[str]) -> set[str]:
    """Return those texts that match an expression as a whole."""
    values = " ".join(map(str, map(ox.Literal, texts)))
    call = f"REGEX(?text, {ox.Literal(f'^(?:{pattern})$')})"
    rows = _rows(f"SELECT ?text {{ VALUES ?text {{ {values} }} FILTER({call}) }}")
    return {row["text"].value for row in rows}
