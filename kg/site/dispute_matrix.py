"""A dispute's matrix as its page shows it: each question, what each side says to it, and what
nobody answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from kg.reports.answers import VOICES, Position, Proposition
from kg.reports.dispute_questions import Question, Verdict, question_remarks
from kg.reports.position_document import (
    QUESTION_HEADINGS,
    VOICE_NAMES,
    answer_words,
    position_words,
)
from kg.reports.positions import PositionMatrix
from kg.site.edition import Edition
from kg.status.statement import Statement

MOST_SIDES = 3
"""So many sides have a column each; of more, whoever speaks stands in one."""


class Holding(NamedTuple):
    """What somebody holds: the voice, the words, and the statement of it."""

    actor: str
    name: str
    words: str
    statement: Statement


class MatrixRow(NamedTuple):
    """An answer, in words where there are several, and what is held of it, a cell a column."""

    words: str
    cells: tuple[tuple[Holding, ...], ...]


class AskedQuestion(NamedTuple):
    """A question of a dispute by its number, with what a reader must know of it, and its rows."""

    number: int
    title: str
    remark: str
    rows: tuple[MatrixRow, ...]


class DisputeMatrix(NamedTuple):
    """All questions of a dispute by kind, below the names of the columns; ``unanswered`` are those
    to which only one side has spoken.
    """

    columns: tuple[str, ...]
    groups: tuple[tuple[str, tuple[AskedQuestion, ...]], ...]
    unanswered: tuple[AskedQuestion, ...]


def dispute_matrix(matrix: PositionMatrix, edition: Edition) -> DisputeMatrix:
    """Return the matrix of a dispute as its page shows it."""
    things = edition.corpus.things
    labels = {id: things[id].label for id in (*matrix.actors, *matrix.sides) if id not in VOICES}
    names = {**VOICE_NAMES, **labels}
    sides = list(matrix.sides) if 1 < len(matrix.sides) <= MOST_SIDES else []
    groups, unanswered, number = [], [], 0
    for kind, heading in QUESTION_HEADINGS.items():
        questions = []
        for question in (each for each in matrix.questions if each.kind is kind):
            number += 1
            questions.append(_asked_question(number, question, matrix, names, sides))
            if question.verdict is Verdict.UNANSWERED:
                unanswered.append(questions[-1])
        if questions:
            groups.append((heading, tuple(questions)))
    columns = (*(names[side] for side in sides), "Others") if sides else ("Who holds what",)
    return DisputeMatrix(columns, tuple(groups), tuple(unanswered))


def _asked_question(
    number: int,
    question: Question,
    matrix: PositionMatrix,
    names: Mapping[str, str],
    sides: Iterable[str],
) -> AskedQuestion:
    rows = []
    for each in question.propositions:
        words = answer_words(each, question) if len(question.propositions) > 1 else ""
        rows.append(MatrixRow(words, tuple(_cells(each, matrix, names, sides))))
    remark = "; ".join(question_remarks(question, matrix.sides, names))
    return AskedQuestion(number, question.title, remark, tuple(rows))


def _cells(
    proposition: Proposition,
    matrix: PositionMatrix,
    names: Mapping[str, str],
    sides: Iterable[str],
) -> Iterator[tuple[Holding, ...]]:
    """Yield what each side holds, then what whoever is on none of them does."""
    rest = list(proposition.positions)
    for side in sides:
        members = {side, *matrix.sides[side]}
        own = [each for each in proposition.positions if each.actor in members]
        yield tuple(_holding(each, names) for each in own)
        rest = [each for each in rest if each.actor not in members]
    yield tuple(_holding(each, names) for each in rest)


def _holding(position: Position, names: Mapping[str, str]) -> Holding:
    actor = position.actor
    holder = "" if actor in VOICES else actor
    return Holding(holder, names[actor], position_words(position), position.statement)
