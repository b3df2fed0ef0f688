"""Who holds what in disputes, from each moment on: what ``kg disputes --known-by`` says of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from kg.model import Thing
from kg.reading import Reading
from kg.reports.answers import ARTICLES, EDITORS
from kg.reports.positions import PositionMatrix, position_matrices
from kg.view.history import Moment
from kg.view.picture import Dispute

VOICES = {ARTICLES: "The articles", EDITORS: "The editors"}
MOST_MATRICES = 2_000
"""So many disputes times moments are looked at, at most; of more, only what all that is known says
is told.
"""


def find_disputes(reading: Reading, moments: Sequence[Moment]) -> tuple[Dispute, ...]:
    """Return every dispute in which anybody holds anything, under the reading's lens."""
    dispute_count = sum(thing.section == "disputes" for thing in reading.corpus.things.values())
    if dispute_count == 0:
        return ()
    readings = [(each.number, each.reading) for each in moments if each.number >= 0]
    if dispute_count * len(readings) > MOST_MATRICES:
        readings = []
    number = sum(each.number >= 0 for each in moments)
    readings.append((number, reading))
    runs: dict[str, list[tuple[int, PositionMatrix]]] = {}
    for number, then in readings:
        for matrix in ordered_matrices(then):
            runs.setdefault(matrix.dispute.id, []).append((number, matrix))
    things = reading.corpus.things
    disputes = []
    for id, each in sorted(runs.items()):
        matrices = [matrix for _, matrix in each]
        if any(matrix.questions for matrix in matrices):
            disputes.append(Dispute(things[id], _names(matrices, things), tuple(each)))
    return tuple(disputes)


def _names(matrices: Iterable[PositionMatrix], things: Mapping[str, Thing]) -> dict[str, str]:
    """Return what all actors and sides of a dispute are called."""
    ids: set[str] = set()
    for matrix in matrices:
        ids |= {*matrix.actors, *matrix.sides}
    return {id: VOICES[id] if id in VOICES else things[id].label for id in sorted(ids)}


def ordered_matrices(reading: Reading) -> tuple[PositionMatrix, ...]:
    """Return the matrices of a reading in the order of ids, which is the same however the sources
    are split over files.
    """
    corpus = reading.visible_corpus
    sorted_corpus = replace(
        corpus,
        things=dict(sorted(corpus.things.items())),
        assertions=dict(sorted(corpus.assertions.items())),
        conflicts=dict(sorted(corpus.conflicts.items())),
    )
    return position_matrices("", reading, sorted_corpus)
