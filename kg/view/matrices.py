"""The matrices of disputes as a page shows them: each question with its answers, and who holds what
of each.
"""

from __future__ import annotations

from dataclasses import replace

from kg.reading import Reading
from kg.reports.positions import ARTICLES, Position, PositionMatrix, position_matrices
from kg.view.picture import Cell, Matrix, MatrixRow
from kg.wording import Name

ARTICLES_NAME = "The articles"


def matrices_of(reading: Reading) -> tuple[Matrix, ...]:
    """The matrix of every dispute in which anybody holds anything, under the reading's lens.

    The order is that of ids, so that it is the same however the sources are split over files.
    """
    shown = reading.shown
    ordered = replace(
        shown,
        things=dict(sorted(shown.things.items())),
        assertions=dict(sorted(shown.assertions.items())),
        conflicts=dict(sorted(shown.conflicts.items())),
    )
    return tuple(
        _shown(found, reading)
        for found in position_matrices("", reading, ordered)
        if found.questions
    )


def _shown(found: PositionMatrix, reading: Reading) -> Matrix:
    rows = [
        MatrixRow(question.title, row.words, tuple(map(_cell, row.positions)), question.kind)
        for question in found.questions
        for row in question.propositions
    ]
    things = reading.corpus.things
    actors = [Name(id, things[id].label) for id in found.actors if id != ARTICLES]
    sides = [
        (
            Name(party, things[party].label),
            tuple(actor for actor in found.actors if actor in members),
        )
        for party, members in found.sides.items()
    ]
    if ARTICLES in found.actors:
        actors.append(Name(ARTICLES, ARTICLES_NAME))
    return Matrix(
        Name(found.dispute.id, found.dispute.label), tuple(actors), tuple(rows), tuple(sides)
    )


def _cell(position: Position) -> Cell:
    stance = ": ".join(part for part in (position.stance, position.answer) if part)
    return Cell(position.actor, position.statement.id, stance)
