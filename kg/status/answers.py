"""The answers to questions that a curator declared (``conflicts:``), and which exclude each other.

Two answers that say different things contest each other in what is said; two that say the same but
for a day, a place or a qualifier contest each other in that, and the rest is agreed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

from kg.dates import Overlap, dates_overlap
from kg.model import Assertion, Conflict
from kg.model.modes import ConflictKind, Mode, Polarity
from kg.model.references import Reference, Text
from kg.ontology.values import may_be_equal
from kg.status.live_record import LiveRecord
from kg.status.propositions import Triple, time_of
from kg.status.rivals import Ids, OpposedIds, TooManyRivals
from kg.status.scope import OBJECT, STATEMENT, SUBJECT, WHEN, WHERE

AnswerKey = tuple[Triple, Mode]
"""What an answer says, and how."""


MOST_ANSWERS = 200
"""How many answers a question may have: each stands against all others, so that their number counts
twice.
"""


class OpenQuestion(NamedTuple):
    """A question that leaves nothing agreed, and those of its live answers that are not an
    assertion's own.
    """

    words: str
    others: list[str]


def answer_pairs(record: LiveRecord) -> Iterator[OpposedIds]:
    """Yield the answers to each question of which one is right, each against the others."""
    for conflict in record.corpus.conflicts.values():
        if len(conflict.between) > MOST_ANSWERS:
            count = f"{len(conflict.between)} answers to one question, {MOST_ANSWERS} at most,"
            raise TooManyRivals(conflict.span, count)
        if conflict.kind is ConflictKind.EXACTLY_ONE:
            if not conflict.aspect or conflict.aspect in (STATEMENT, SUBJECT, OBJECT):
                yield from _other_answers(conflict, record)
            yield from _other_details(conflict, record)


def _other_answers(conflict: Conflict, record: LiveRecord) -> Iterator[OpposedIds]:
    answers = answers_to(conflict, record)
    for (triple, mode), ids in answers.items():
        for (other, other_mode), rivals in answers.items():
            if other == triple or other_mode is not mode:
                continue
            aspect = conflict.aspect or differing_end(triple, other)
            opposing = set(rivals)
            yield tuple(id for id in ids if id not in opposing), aspect, tuple(rivals)
            for id in opposing.intersection(ids):
                yield (id,), aspect, tuple(sorted(opposing - {id}))


def differing_end(triple: Triple, other: Triple) -> str:
    """Return the one end at which two propositions of one relation differ, or that they are
    altogether different.
    """
    if triple[1] != other[1]:
        return STATEMENT
    if triple[0] == other[0]:
        return OBJECT
    return SUBJECT if triple[2] == other[2] else STATEMENT


def _other_details(conflict: Conflict, record: LiveRecord) -> Iterator[OpposedIds]:
    """Yield answers that say the same but for a detail, or that are about that detail only."""
    alike = _Alike(record)
    for one, other in combinations(live_members(conflict, record), 2):
        for aspect in contested_details(one, other, conflict, record):
            ids, rivals = alike.ids(one, other, aspect), alike.ids(other, one, aspect)
            yield ids, aspect, rivals
            yield rivals, aspect, ids


def live_members(conflict: Conflict, record: LiveRecord) -> list[Assertion]:
    """Return the live assertions that a question names."""
    return [record.live[each.id] for each in conflict.between if each.id in record.live]


def contested_details(
    one: Assertion, other: Assertion, conflict: Conflict, record: LiveRecord
) -> list[str]:
    """Return in which details two answers to a question differ, where these are what it is about:
    all that it names or, where it names nothing, all of two answers that say the same.
    """
    if one.mode is not other.mode or one.polarity is not other.polarity:
        return []
    if not conflict.aspect and record.proposition(one) != record.proposition(other):
        return []
    details = differing_details(one, other, record)
    return [each for each in details if each == conflict.aspect] if conflict.aspect else details


def differing_details(one: Assertion, other: Assertion, record: LiveRecord) -> list[str]:
    """Return the details that two assertions both give, and give differently."""
    values = _details(other, record)
    own = _details(one, record)
    return [name for name in own if name in values and str(own[name]) != str(values[name])]


def _details(assertion: Assertion, record: LiveRecord) -> dict[str, object]:
    details: dict[str, object] = {}
    if date := time_of(assertion, record.corpus):
        details[WHEN] = date
    if assertion.where:
        details[WHERE] = assertion.where.id
    return details | {each.name.id: each.key for each in assertion.qualifiers}


class _Alike:
    """Finds who gives the same answer as another, with a detail that fits it, each once."""

    def __init__(self, record: LiveRecord) -> None:
        self.record = record
        self.known: dict[tuple[AnswerKey, Polarity, str, str], frozenset[str]] = {}

    def ids(self, one: Assertion, other: Assertion, aspect: str) -> Ids:
        """Return the ids of an answer, and of all that say the same with a detail that fits it and
        not the other one.
        """
        alike = self._fitting(one, one, aspect) - self._fitting(one, other, aspect)
        return tuple(sorted((alike | {one.id}) - {other.id}))

    def _fitting(self, one: Assertion, answer: Assertion, aspect: str) -> frozenset[str]:
        """The ids of all that say what one says with a detail that fits an answer."""
        said_proposition = self.record.proposition(one), one.mode
        key = said_proposition, one.polarity, answer.id, aspect
        if key not in self.known:
            self.known[key] = frozenset(
                each.id
                for each in self.record.find_alike(one)
                if (self.record.proposition(each), each.mode) == said_proposition
                and _fits(each, answer, aspect, self.record)
            )
        return self.known[key]


def _fits(assertion: Assertion, answer: Assertion, aspect: str, record: LiveRecord) -> bool:
    """Whether an assertion gives a detail that can be the one of an answer."""
    if aspect == WHEN:
        times = time_of(assertion, record.corpus), time_of(answer, record.corpus)
        return None not in times and dates_overlap(*times) is not Overlap.NO
    if aspect == WHERE:
        places = [each.where.id for each in (assertion, answer) if each.where]
        return len(places) == 2 and not record.scopes.places_apart(*places)
    value, other = _qualifier(assertion, aspect), _qualifier(answer, aspect)
    return value is not None and other is not None and may_be_equal(value, other)


def _qualifier(assertion: Assertion, name: str) -> Reference | Text | None:
    values = (each.value for each in assertion.qualifiers if each.name.id == name)
    return next(values, None)


def answers_to(conflict: Conflict, record: LiveRecord) -> dict[AnswerKey, list[str]]:
    """Return the live answers to a question, by what they say and how: those that it names, and
    all that say the same then.

    Who says the same elsewhere gives the same answer, and so does who says something that cannot be
    right without it.
    """
    answers: dict[AnswerKey, dict[str, None]] = {}
    for reference in conflict.between:
        member = record.corpus.assertions.get(reference.id)
        if member is None or (member.withdrawn and member.id not in record.live):
            continue
        answer = record.proposition(member), member.mode
        for each in record.find_alike(member):
            if each is member or _answers_alike(each, member, record):
                answers.setdefault(answer, {})[each.id] = None
    return {answer: list(ids) for answer, ids in answers.items()}


def _answers_alike(assertion: Assertion, member: Assertion, record: LiveRecord) -> bool:
    """Whether an assertion that says what a member of a question says is the same answer."""
    own, other = record.scope(assertion), record.scope(member)
    is_then = dates_overlap(own.date, other.date) is not Overlap.NO
    is_same_time = is_then or member.id in record.corrected_ids(assertion)
    return is_same_time and not record.scopes.keep_apart(own, other)


def _equal_answers(conflict: Conflict, record: LiveRecord) -> dict[str, list[str]]:
    """For each live answer to a question those that give the same one: for one that the question
    names itself alone, for any other all that say exactly what it says.
    """
    equal: dict[str, list[str]] = {}
    for (triple, _), ids in answers_to(conflict, record).items():
        same = [id for id in ids if record.proposition(record.live[id]) == triple]
        equal = dict.fromkeys(same, same) | equal
    return equal | {each.id: [each.id] for each in live_members(conflict, record)}


def open_questions(record: LiveRecord) -> dict[str, list[OpenQuestion]]:
    """Return for each live assertion that is one of several live answers what it answers, but for
    answers that differ in a detail only.
    """
    questions: dict[str, list[OpenQuestion]] = defaultdict(list)
    for conflict in record.corpus.conflicts.values():
        members = live_members(conflict, record)
        for id, same in _equal_answers(conflict, record).items():
            answer = record.live[id]
            others = [
                each.id
                for each in members
                if each.mode is answer.mode
                and each.id not in same
                and not contested_details(answer, each, conflict, record)
            ]
            if others:
                questions[id].append(OpenQuestion(conflict.question.text, others))
    return questions


def open_details(record: LiveRecord) -> dict[str, list[str]]:
    """Return for each live answer to a question of which several may be right the details in which
    the answers differ, where they say the same.
    """
    details: dict[str, list[str]] = defaultdict(list)
    for conflict in record.corpus.conflicts.values():
        if conflict.kind is ConflictKind.SEVERAL:
            for one, other in combinations(live_members(conflict, record), 2):
                for aspect in contested_details(one, other, conflict, record):
                    for id in (one.id, other.id):
                        details[id].append(aspect)
    return details
