"""What is open in disputes: questions that are contested or unanswered, plans and demands of which
nobody tells the outcome; and what was open on a day, by what had been said until then.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from kg.dates import Day
from kg.model import Assertion
from kg.model.corpus import Corpus
from kg.model.references import Withdrawal
from kg.reading import Reading
from kg.reports.dispute_questions import Question, QuestionKind, Verdict, judge_question
from kg.reports.lives.lives import life_on
from kg.reports.positions import PositionMatrix, is_pending
from kg.status.outcomes import is_outcome_known
from kg.status.propositions import is_state, time_of
from kg.status.restriction import keep_assertions
from kg.status.support import known_from
from kg.status.windows import event_window, state_window, was_told_by
from kg.text import join_or


def as_said_by(reading: Reading, day: Day) -> Reading:
    """Return a reading as the record stood when a day ended, by all that is known today: without
    claims and plans that were made later, what was done or began later, and what was taken back or
    corrected later. What is gainsaid, or one of several answers, counts once it was told.

    A claim without a day of speech was made by its first report.
    """
    written_corpus = reading.written
    days = {id: article.known_from for id, article in written_corpus.articles.items()}
    published = [id for id, known_from in days.items() if known_from is None or known_from <= day]
    assertions = [
        _as_of(day, a, written_corpus, published) for a in written_corpus.assertions.values()
    ]
    corpus = replace(written_corpus, assertions={a.id: a for a in assertions})
    answers = {
        each.id for conflict in written_corpus.conflicts.values() for each in conflict.between
    }
    answers |= {id for id, standing in reading.standings.items() if standing.against}
    ids = [
        a.id
        for a in assertions
        if _had_come(a, corpus, reading, day)
        and (a.id not in answers or was_told_by(a.said, known_from(a, corpus), day))
    ]
    return reading.saying(keep_assertions(corpus, ids))


def _as_of(day: Day, a: Assertion, corpus: Corpus, published: Collection[str]) -> Assertion:
    """An assertion without what was taken back of it, and what became of it, later."""
    if a.withdrawals:
        withdrawals = tuple(each for each in a.withdrawals if _was_made(each, corpus, day))
        a = replace(a, withdrawals=withdrawals)
    return a if is_outcome_known(a, corpus, published) else replace(a, outcome=None)


def _was_made(withdrawal: Withdrawal, corpus: Corpus, day: Day) -> bool:
    if withdrawal.when and event_window(withdrawal.when).has_come(day):
        return True
    days = [corpus.articles[c.article.id].known_from for c in withdrawal.citations]
    return any(each is not None and each <= day for each in days)


def _had_come(a: Assertion, corpus: Corpus, reading: Reading, day: Day) -> bool:
    """Whether a claim or plan had been made, or a deed may have been done or a state have begun,
    when a day ended.
    """
    if a.speakers or not a.is_actual:
        return was_told_by(a.said, known_from(a, corpus), day)
    lasts, date = is_state(a, reading.ontology.relation_of(a)), time_of(a, corpus)
    window = state_window(date) if lasts else event_window(date)
    return window.may_have_come(day)


def open_matrix(matrix: PositionMatrix, day: Day | None = None) -> PositionMatrix:
    """Return a matrix with its open questions only; on a day, by what had been said until then."""
    told_questions = told_matrix(matrix, day)
    return told_questions._replace(
        questions=tuple(each for each in told_questions.questions if _is_open(each))
    )


def told_matrix(matrix: PositionMatrix, day: Day | None) -> PositionMatrix:
    """Return a matrix with the positions that had been told when a day ended; all without one."""
    return matrix._replace(questions=tuple(_said_by(matrix, day))) if day else matrix


def _said_by(matrix: PositionMatrix, day: Day) -> Iterator[Question]:
    """Yield the questions with the positions that had been told when a day ended."""
    for question in matrix.questions:
        propositions = []
        for each in question.propositions:
            positions = tuple(
                p
                for p in each.positions
                if was_told_by(p.statement.assertion.said, p.statement.known_from, day)
            )
            propositions += [each._replace(positions=positions)] if positions else []
        if propositions:
            yield judge_question(question.title, question.kind, propositions, matrix.sides)


def _is_open(question: Question) -> bool:
    if question.kind is QuestionKind.CLAIM:
        return question.verdict in (Verdict.ANSWERED, Verdict.UNANSWERED)
    is_prospect = question.kind is QuestionKind.PROSPECT
    return is_prospect and any(is_pending(each.statement) for each in question.positions)


def stage_on(dispute: str, day: Day, reading: Reading) -> str:
    """Return in which stage a dispute was when a day ended, in words."""
    result = life_on(dispute, day, reading)
    stages = join_or([stage.label for stage in result.stages])
    return f"{stages} ({result.certainty_word})" if stages else result.certainty_word
