"""Matrices in which two classes face each other (``# matrix: State by Pact``)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from kg.query.summaries import Facing
from kg.reading import Reading
from kg.view.picture import Grid, Tie

MOST_ROWS, MOST_COLUMNS = 200, 60
"""So many things of each class have room, at most: those with the most claims of the matrix."""


def make_grid(ties: Iterable[Tie], facing: Facing, reading: Reading) -> Grid:
    """Return the rows and columns of a matrix: the things of both classes that anything ties to
    one of the other, those with the most claims first.
    """
    rows: Counter[str] = Counter()
    columns: Counter[str] = Counter()
    for tie in ties:
        ends = (tie.source, tie.target)
        for row, column in (ends, ends[::-1]):
            if is_a(row, facing.rows, reading) and is_a(column, facing.columns, reading):
                rows[row] += 1
                columns[column] += 1
                break
    labels = [reading.ontology.classes[name].label for name in facing]
    return Grid(
        f"{labels[0]} by {labels[1]}".capitalize(),
        _first(rows, MOST_ROWS, reading),
        _first(columns, MOST_COLUMNS, reading),
        max(0, len(rows) - MOST_ROWS) + max(0, len(columns) - MOST_COLUMNS),
    )


def is_a(id: str, name: str, reading: Reading) -> bool:
    """Whether a thing is of a class."""
    return reading.ontology.is_a(reading.graph_corpus.things[id].type.id, (name,))


def _first(counts: Counter[str], most: int, reading: Reading) -> tuple[str, ...]:
    things = reading.graph_corpus.things
    in_order = sorted(counts, key=lambda id: (-counts[id], things[id].label, id))
    return tuple(in_order[:most])
