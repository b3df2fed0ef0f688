"""Questions of a dispute, each with its answers, and how it stands: decided here and only here."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kg.model.modes import Mode
from kg.reports.answers import VOICES, Position, Proposition
from kg.status.scope import OBJECT, SUBJECT
from kg.text import join_and


class QuestionKind(StrEnum):
    """What a question is about."""

    CLAIM = "claim"
    PROSPECT = "prospect"
    JUDGEMENT = "judgement"
    STAND = "stand"


class Verdict(StrEnum):
    """How a question stands. Only claims need an answer; all else is open."""

    OPEN = "open"
    ANSWERED = "answered"
    UNANSWERED = "nobody answers"
    UNDENIED = "nobody denies it"
    AGREED = "all agree"


@dataclass(frozen=True, slots=True)
class Question:
    """A question of a dispute: one proposition, or several rival ones.

    ``silent`` are the parties of the dispute on whose side nobody says anything to it.
    """

    title: str
    kind: QuestionKind
    propositions: tuple[Proposition, ...]
    silent: tuple[str, ...]
    verdict: Verdict

    @property
    def positions(self) -> tuple[Position, ...]:
        """Every position of every proposition."""
        return tuple(p for proposition in self.propositions for p in proposition.positions)

    @property
    def actors(self) -> tuple[str, ...]:
        """Who says something to it, in the order of the propositions."""
        return tuple(dict.fromkeys(position.actor for position in self.positions))

    @property
    def is_shared(self) -> bool:
        """Whether several say the same, and nobody denies it."""
        return self.verdict in (Verdict.UNDENIED, Verdict.AGREED)


def judge_question(
    title: str,
    kind: QuestionKind,
    propositions: Sequence[Proposition],
    sides: Mapping[str, Collection[str]],
) -> Question:
    """Return a question with who is silent on it, and how it stands: decided here and only here."""
    voices = {actor for proposition in propositions for actor in proposition.actors}
    silent = tuple(party for party, members in sides.items() if voices.isdisjoint(members))
    speaking = len(sides) - len(silent) if len(sides) > 1 else len(voices - {*VOICES})
    if kind is not QuestionKind.CLAIM:
        verdict = Verdict.OPEN
    elif _is_answered(propositions):
        verdict = Verdict.ANSWERED
    elif speaking < 2:
        verdict = Verdict.UNANSWERED
    elif _says_different_things(propositions):
        verdict = Verdict.OPEN
    elif len(sides) > 1 and not silent and len(propositions) == 1:
        verdict = Verdict.AGREED
    else:
        verdict = Verdict.UNDENIED
    return Question(title, kind, tuple(propositions), silent, verdict)


def _is_answered(propositions: Collection[Proposition]) -> bool:
    """Whether somebody denies a claim, or gives another answer."""
    camps = {proposition.actors for proposition in propositions}
    is_rival = len(propositions) > 1 and any(each.is_contested for each in propositions)
    return is_rival or len(camps) > 1 or any(each.is_denied or each.detail for each in propositions)


def _says_different_things(propositions: Iterable[Proposition]) -> bool:
    """Whether what several say in free words is not the same."""
    answers = {each.answer.casefold() for p in propositions for each in p.positions if each.answer}
    return len(answers) > 1


def question_remarks(
    question: Question, sides: Collection[str], names: Mapping[str, str]
) -> list[str]:
    """Return what a reader must know of a question, in words: that nobody answers it or all agree,
    and which sides say nothing to it.
    """
    needs_remark = question.verdict not in (Verdict.OPEN, Verdict.ANSWERED)
    words = [question.verdict.value] if needs_remark else []
    agreed = dict.fromkeys(each.agreed for each in question.propositions if each.agreed)
    words += [f"agreed: {each}" for each in agreed]
    if len(question.silent) == len(sides) > 1:
        words.append("no word from any side")
    elif question.silent:
        words.append(f"no word from {join_and(names[side] for side in question.silent)}")
    return words


def question_of(answers: Sequence[Proposition]) -> str:
    """Return the question to which rival propositions are the answers."""
    first = answers[0]
    statement = first.positions[0].statement
    if first.detail:
        return f"{statement.core}: {first.detail}?"
    if statement.standing.rivals_in(SUBJECT):
        return f"Who {statement.relation.label} {statement.object.label}?"
    if statement.standing.rivals_in(OBJECT):
        return f"{statement.subject.label} {statement.relation.label} what?"
    return f"{statement.core}?"


def kind_of_claim(proposition: Proposition) -> QuestionKind:
    """Return the kind of a question by how those mean it who answer."""
    positions = [each for each in proposition.positions if each.actor not in VOICES]
    modes = {each.statement.assertion.mode for each in positions or proposition.positions}
    if Mode.ACTUAL in modes:
        return QuestionKind.CLAIM
    return QuestionKind.JUDGEMENT if Mode.OPINION in modes else QuestionKind.PROSPECT
