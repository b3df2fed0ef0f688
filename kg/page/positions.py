"""The records of a page for disputes: the questions of each, who answers them how, and from which
moment on which of them were asked.
"""

from __future__ import annotations

from typing import Any

from kg.model.modes import Mode
from kg.page.columns import PageRecord
from kg.page.rows import Rows, present
from kg.reports.answers import Position, Proposition
from kg.reports.dispute_questions import Question, QuestionKind, Verdict, question_remarks
from kg.reports.position_document import QUESTION_HEADINGS
from kg.reports.positions import PositionMatrix
from kg.text import count_noun, join_and
from kg.view.picture import Dispute

SIGNS = {
    Mode.ACTUAL: "says",
    Mode.DEMANDED: "demands",
    Mode.PLANNED: "plans",
    Mode.EXPECTED: "expects",
    Mode.THREATENED: "threatens",
    Mode.CONDITIONAL: "conditional",
    Mode.OPINION: "thinks",
    Mode.SUPPOSED: "supposes",
}
"""How a position is marked in a cell, by the mode of what it rests on."""


def dispute_record(dispute: Dispute, rows: Rows) -> PageRecord:
    """Return a dispute: every version of every question once, and from which moment on which of
    them are asked.
    """
    questions: list[PageRecord] = []
    runs: list[list[Any]] = []
    actors: dict[str, None] = {}
    sides: dict[str, dict[str, None]] = {}
    for moment, matrix in dispute.runs:
        actors |= dict.fromkeys(matrix.actors)
        for side, members in matrix.sides.items():
            sides.setdefault(side, {}).update(dict.fromkeys(sorted(members)))
        numbers = []
        for question in matrix.questions:
            record = _question(question, matrix, dispute, rows)
            if record not in questions:
                questions.append(record)
            numbers.append(questions.index(record))
        entry = [_summary(matrix, dispute), numbers] if numbers else []
        if runs[-1][1:] != entry if runs else entry:
            runs.append([moment, *entry])
    last = sorted(actors, key=lambda actor: not actor)
    absent = [id for id in (*last, *sides) if id not in rows.things]
    return {
        "dispute": dispute.dispute.id,
        "title": dispute.dispute.label,
        "actors": last,
        "sides": [
            [side, sorted(sides[side].keys() & actors.keys(), key=last.index)] for side in sides
        ],
        "names": {id: dispute.names[id] for id in absent},
        "shortNames": {id: dispute.short_names[id] for id in absent if id in dispute.short_names},
        "questions": questions,
        "runs": runs,
    }


def _question(
    question: Question, matrix: PositionMatrix, dispute: Dispute, rows: Rows
) -> PageRecord:
    is_denied = any(each.is_denied and len(each.actors) > 1 for each in question.propositions)
    is_open = question.verdict is Verdict.ANSWERED and len(question.propositions) > 1
    return {
        "title": question.title,
        "kind": QUESTION_HEADINGS[question.kind],
        "rows": [_proposition(each, question, rows) for each in question.propositions],
    } | present(
        flags=question_remarks(question, matrix.sides, dispute.names),
        contested=is_denied or is_open,
        silent=list(question.silent),
    )


def _proposition(proposition: Proposition, question: Question, rows: Rows) -> PageRecord:
    is_undenied = question.kind is QuestionKind.CLAIM and not proposition.is_contested
    cells = []
    for position in proposition.positions:
        words = ": ".join(part for part in (position.stance, position.answer) if part)
        # What was concluded then and is no more is not in the page.
        for row in rows.among_statements([position.statement.id]):
            cells.append([position.actor, row, words, _sign(position, question.kind)])
    flags = [Verdict.UNDENIED.value] if is_undenied and len(question.propositions) > 1 else []
    return {"answer": proposition.words, "cells": cells} | present(flags=flags)


def _sign(position: Position, kind: QuestionKind) -> str:
    """Return the name of the mark of a position."""
    if kind is QuestionKind.STAND:
        return position.stance
    return "denies" if position.rejects else SIGNS[position.statement.assertion.mode]


def _summary(matrix: PositionMatrix, dispute: Dispute) -> str:
    """Return how a dispute stands, in a line."""
    sides = join_and(dispute.names[side] for side in matrix.sides)
    verdicts = [question.verdict for question in matrix.questions]
    answering_sides: set[str] = set()
    for question in matrix.questions:
        answering_sides |= set(matrix.sides) - set(question.silent)
    silent = [dispute.names[side] for side in matrix.sides if side not in answering_sides]
    unanswered = verdicts.count(Verdict.UNANSWERED)
    parts = [f"Sides: {sides or 'not reported'}", count_noun(len(verdicts), "question")]
    parts += [f"nobody answers {unanswered:,} of them"] if unanswered else []
    parts += [f"no word at all from {join_and(silent)}"] if silent else []
    return f"{'; '.join(parts)}. Silence is no agreement."
