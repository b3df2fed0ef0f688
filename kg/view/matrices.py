"""Who holds what in disputes, from each moment on: what ``kg disputes --known-by`` says of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from kg.model.corpus import Corpus
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
    names: dict[str, dict[str, str]] = {}
    for number, then in readings:
        matrices = {matrix.dispute.id: matrix for matrix in ordered_matrices(then)}
        for id in runs.keys() - matrices.keys():
            # It has become one with another dispute: from here on that one tells all.
            runs[id].append((number, runs[id][-1][1]._replace(questions=())))
        for id, matrix in matrices.items():
            runs.setdefault(id, []).append((number, matrix))
            names.setdefault(id, {}).update(_names(matrix, then.corpus))
    disputes = []
    for id, each in sorted(runs.items()):
        if any(matrix.questions for _, matrix in each):
            short = _short_names(names[id], reading.corpus)
            disputes.append(Dispute(each[-1][1].dispute, names[id], tuple(each), short))
    return tuple(disputes)


def _short_names(ids: Iterable[str], corpus: Corpus) -> dict[str, str]:
    """Return what pictures call those of these ids that have a short name."""
    things = {id: corpus.things[id] for id in ids if id in corpus.things}
    return {id: thing.short for id, thing in things.items() if thing.short}


def _names(matrix: PositionMatrix, corpus: Corpus) -> dict[str, str]:
    """Return what the actors and sides of a dispute were called at a moment, under the ids that
    they had then: that two of these are one thing may have become known later.
    """
    ids = sorted({*matrix.actors, *matrix.sides})
    return {id: VOICES[id] if id in VOICES else corpus.thing(id).label for id in ids}


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
