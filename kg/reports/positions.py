"""Who holds what in a dispute: its questions, and what each actor says to each of them.

A question is a proposition that somebody asserts, denies, demands or thinks, or a conflict that the
curator declared between such propositions. It belongs to the disputes whose matter it touches. Who
says nothing to it is named as well; silence is no agreement.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Container, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain
from types import MappingProxyType
from typing import NamedTuple

from kg.diagnostics import KgError, did_you_mean
from kg.model import Thing
from kg.model.corpus import Corpus
from kg.model.grouping import group_pairs
from kg.model.modes import Mode, OutcomeKind
from kg.model.references import Text
from kg.reading import Reading
from kg.reports.answers import (
    ARTICLES,
    VOICES,
    Position,
    Proposition,
    answers_about,
    denies_more,
    group_rivals,
    positions_of,
    propositions_of,
)
from kg.reports.dispute_questions import (
    Question,
    QuestionKind,
    Verdict,
    judge_question,
    kind_of_claim,
    question_of,
)
from kg.reports.disputes import DisputeRecord
from kg.status.propositions import Triple
from kg.status.statement import Statement
from kg.status.statuses import Status
from kg.status.windows import event_window
from kg.text import join_and
from kg.text.wording import Name


class PositionMatrix(NamedTuple):
    """A dispute with its sides, each with all who are on it, and its questions."""

    dispute: Name
    sides: Mapping[str, Collection[str]]
    questions: tuple[Question, ...]

    @property
    def actors(self) -> tuple[str, ...]:
        """Everybody who holds something in the dispute: the articles last."""
        actors = dict.fromkeys(actor for question in self.questions for actor in question.actors)
        return tuple(sorted(actors, key=lambda actor: (actor in VOICES, actor == ARTICLES)))


def position_matrices(
    id: str, reading: Reading, corpus: Corpus | None = None
) -> tuple[PositionMatrix, ...]:
    """Return the matrix of a dispute, or of every dispute (no id).

    ``corpus`` is what the reading shows, in another order. Raises KgError where no dispute has that
    id.
    """
    finder = _QuestionFinder(reading, corpus or reading.visible_corpus)
    disputes = finder.disputes
    if id and id not in disputes:
        raise KgError(f"no dispute is called '{id}'", hint=did_you_mean(id, disputes))
    return tuple(finder.matrix(each) for each in ([disputes[id]] if id else disputes.values()))


def matrix_of_no_dispute(reading: Reading, with_prospects: bool = False) -> PositionMatrix:
    """Return what is contested and touches no dispute, as the matrix of a dispute without id: no
    contest is dropped. ``with_prospects``: also what is planned, demanded, expected or threatened
    there and of which nobody tells the outcome.
    """
    finder = _QuestionFinder(reading, reading.visible_corpus)
    asked_ids: set[str] = set()
    for dispute in finder.disputes.values():
        questions = finder.matrix(dispute).questions
        asked_ids.update(each.statement.id for one in questions for each in one.positions)
    rest = [each for each in finder.live if each.id not in asked_ids]
    open_ones = [e for e in rest if e.standing.contests or (with_prospects and is_pending(e))]
    label = "Contested or not decided" if with_prospects else "Contested"
    no_dispute = Name("", f"{label}, and part of no dispute")
    return PositionMatrix(no_dispute, {}, tuple(finder.questions(open_ones)))


def is_pending(statement: Statement) -> bool:
    """Whether it is planned, expected, demanded or threatened, and nobody tells the outcome."""
    a = statement.assertion
    is_over = a.outcome is not None and a.outcome.kind is not OutcomeKind.OPEN
    is_prospect = statement.status is Status.PROSPECTIVE
    return is_prospect and not a.is_denial and not is_over


class _QuestionFinder(DisputeRecord):
    """Finds the questions of disputes in one reading."""

    def matrix(self, dispute: Thing) -> PositionMatrix:
        """Return the matrix of one dispute."""
        sides = {party: self.sides[party] for party in self.parties[dispute.id]}
        stands = self._stands(self.matter(dispute.id))
        questions = self.questions(self.touching(dispute.id), sides, stands)
        return PositionMatrix(dispute.as_name, sides, tuple(questions))

    def questions(
        self,
        statements: Sequence[Statement],
        sides: Mapping[str, Collection[str]] = MappingProxyType({}),
        more: Iterable[_Draft] = (),
    ) -> list[Question]:
        """Return the questions that statements answer, claims that are contested first."""
        drafts = chain(
            self._conflicts(statements),
            self._single_claims(statements),
            self._judgements(statements),
            more,
        )
        questions = [judge_question(title, kind, each, sides) for title, kind, each in drafts]
        kinds = list(QuestionKind)
        questions.sort(key=lambda q: (kinds.index(q.kind), q.verdict is not Verdict.ANSWERED))
        return questions

    def _conflicts(self, touching: Iterable[Statement]) -> Iterator[_Draft]:
        """The conflicts that a curator declared and of which a rival touches the matter."""
        ids = {each.id for each in touching}
        for conflict in self.corpus.conflicts.values():
            rivals = [each.id for each in conflict.between]
            if len(rivals) < 2 or ids.isdisjoint(rivals):
                continue
            triples = {self.propositions[id] for id in rivals}
            numbers = [n for each in triples for n in self.numbers_by_proposition.get(each, ())]
            same = [self.live[number] for number in sorted(numbers)]
            modes = {self.corpus.assertions[id].mode for id in rivals}
            kind = QuestionKind.CLAIM if Mode.ACTUAL in modes else QuestionKind.PROSPECT
            yield conflict.question.text, kind, self._propositions(same)

    def _single_claims(self, touching: Iterable[Statement]) -> Iterator[_Draft]:
        """The propositions about a thing that stand in no conflict."""
        things = (each for each in touching if not isinstance(each.assertion.object, Text))
        claims = [each for each in things if not self._is_asked_elsewhere(each)]
        answers = group_rivals(map(self._propositions_of, self._groups(claims)))
        for proposition in self._merge(each[0] for each in answers if len(each) == 1):
            yield proposition.words, kind_of_claim(proposition), [proposition]
        for each in answers:
            if len(each) > 1:
                yield question_of(each), kind_of_claim(each[0]), each

    def _is_asked_elsewhere(self, statement: Statement) -> bool:
        """Whether it answers a conflict, or speaks of a claim that is asked about itself."""
        is_in_conflict = self.propositions[statement.id] in self._in_conflict
        return is_in_conflict or statement.assertion.object_assertion in self.propositions

    @cached_property
    def _answers(self) -> Mapping[str, list[Statement]]:
        """What is said of each claim itself, by its id."""
        return group_pairs(
            (each.assertion.object_assertion, each)
            for each in self.live
            if each.assertion.object_assertion
        )

    def _propositions_of(self, same: Sequence[Statement]) -> list[Proposition]:
        """What statements of one proposition say, with what others say of these statements."""
        propositions = []
        for each in propositions_of(same):
            ids = dict.fromkeys(position.statement.id for position in each.positions)
            answers_to = [one for id in ids for one in self._answers.get(id, ())]
            positions = (*each.positions, *answers_about(answers_to))
            propositions.append(each._replace(positions=positions))
        return propositions

    @cached_property
    def _in_conflict(self) -> set[Triple]:
        """The propositions that a curator asked about, where more than one answer is there."""
        conflicts = [one.between for one in self.corpus.conflicts.values()]
        return {self.propositions[e.id] for one in conflicts if len(one) > 1 for e in one}

    def _judgements(self, touching: Iterable[Statement]) -> Iterator[_Draft]:
        """What is said of one thing in free words, by relation."""
        texts = (each for each in touching if isinstance(each.assertion.object, Text))
        groups = group_pairs(
            ((each.assertion.subject.id, each.relation.name), each)
            for each in texts
            if not self._is_asked_elsewhere(each)
        )
        for statements in groups.values():
            words = f"{statements[0].subject.label} {statements[0].verb} ..."
            modes = {each.assertion.mode for each in statements}
            kind = QuestionKind.JUDGEMENT if Mode.OPINION in modes else QuestionKind.CLAIM
            if all(each.status is Status.PROSPECTIVE for each in statements):
                kind = QuestionKind.PROSPECT
            is_contested = any(each.standing.contests for each in statements)
            own = [Proposition(words, positions_of(statements))]
            yield words, kind, self._propositions(statements) if is_contested else own

    def _stands(self, matter: Collection[str]) -> Iterator[_Draft]:
        """Who is for and who against each thing, by their own deeds and words."""
        for id, positions in self._stands_by_thing.items():
            if id in matter:
                words = f"For or against {self.reading.corpus.things[id].label}"
                yield words, QuestionKind.STAND, [Proposition(words, _by_actor(positions))]

    @cached_property
    def _stands_by_thing(self) -> Mapping[str, list[Position]]:
        """What actors show themselves to be for or against, by its id."""
        positions: dict[str, list[Position]] = {}
        for each in self.signed:
            a, stance = each.assertion, "for" if each.relation.sign > 0 else "against"
            if self.reading.corpus.things[a.subject.id].section == "actors" and not a.speakers:
                position = Position(a.subject.id, stance, each, each.relation.label)
                positions.setdefault(a.object_key, []).append(position)
        return positions

    def _propositions(self, statements: Iterable[Statement]) -> list[Proposition]:
        """Statements by what they say, and by details that are contested."""
        propositions = (self._propositions_of(same) for same in self._groups(statements))
        return [each for same in propositions for each in same]

    def _groups(self, statements: Iterable[Statement]) -> list[list[Statement]]:
        """Statements that speak of one thing, and those that are rivals within one proposition."""
        groups: list[list[Statement]] = []
        number_of: dict[object, int] = {}
        for each in statements:
            a = each.assertion
            place = a.where.id if a.where else ""
            key = self.propositions[each.id], place, *(q.key for q in a.qualifiers)
            rivals = [
                number_of[id] for id in each.standing.against if self._is_same(id, each, number_of)
            ]
            number = rivals[0] if rivals else number_of.setdefault(key, len(groups))
            if number == len(groups):
                groups.append([])
            for other in dict.fromkeys(rivals[1:]):
                if other != number:
                    groups[number] += groups[other]
                    number_of |= {k: number for k, n in number_of.items() if n == other}
            groups[number].append(each)
            number_of[each.id] = number
        return [groups[number] for number in dict.fromkeys(number_of.values())]

    def _is_same(self, id: str, statement: Statement, seen_ids: Container[object]) -> bool:
        """Whether a rival says or denies no more and no less than a statement."""
        if id not in seen_ids or self.propositions[id] != self.propositions[statement.id]:
            return False
        other = self.reading.statements[id]
        return not (denies_more(other, statement) or denies_more(statement, other))

    def _merge(self, propositions: Iterable[Proposition]) -> Iterator[Proposition]:
        """Propositions of one relation and object of which the same actors say the same in the same
        places, as one.
        """
        for first, *others in group_pairs((_core(each), each) for each in propositions).values():
            if not others:
                yield first
                continue
            firsts = [each.positions[0].statement for each in (first, *others)]
            subjects = join_and(each.subject.label for each in firsts)
            words = f"Each of {subjects} {firsts[0].relation.label} {firsts[0].object.label}"
            positions = chain.from_iterable(each.positions for each in (first, *others))
            yield Proposition(words, tuple(positions))


def _core(proposition: Proposition) -> Hashable:
    """Return what a proposition says but for its subject, and who says it where."""
    first = proposition.positions[0].statement
    positions = [(p.actor, p.stance, p.answer, p.statement.places) for p in proposition.positions]
    return first.relation.name, first.assertion.object_key, *positions


_Draft = tuple[str, QuestionKind, Sequence[Proposition]]
"""A question before it is judged: its title, kind and propositions."""


def _by_actor(positions: Iterable[Position]) -> tuple[Position, ...]:
    """Positions of one actor together, in the order of their days."""
    groups = group_pairs((each.actor, each) for each in positions)
    return tuple(p for group in groups.values() for p in sorted(group, key=_first_day))


def _first_day(position: Position) -> float:
    when = position.statement.assertion.when
    return event_window(when).first if when else math.inf
