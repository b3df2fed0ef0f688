"""What is said to a question, by whom: propositions with their positions.

Statements that say the same but for a contested detail (a day, a place, an amount) are one answer
for each value of it: that they agree in the rest is told apart from what they do not agree in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from kg.model.grouping import group_pairs
from kg.model.modes import Basis, Mode
from kg.model.references import Text
from kg.status.scope import STATEMENT, WHEN, WHERE, WHOLE
from kg.status.statement import Statement
from kg.text.wording import text

ARTICLES = ""
"""The id of the voice of the articles themselves."""
EDITORS = "(editors)"
"""The id of the voice of those who curate: no thing has it."""
VOICES = (EDITORS, ARTICLES)

_STANCE = {
    Mode.ACTUAL: ("asserts", "denies"),
    Mode.OPINION: ("thinks so", "does not think so"),
    Mode.SUPPOSED: ("supposes so", "does not suppose so"),
    Mode.DEMANDED: ("demands", "refuses"),
    Mode.PLANNED: ("plans", "does not plan"),
    Mode.EXPECTED: ("expects", "does not expect"),
    Mode.THREATENED: ("threatens", "does not threaten"),
    Mode.CONDITIONAL: ("on condition", "not on condition"),
}


class Position(NamedTuple):
    """What one actor (its id; one of ``VOICES`` for articles and editors) holds, and the statement
    of it.

    ``answer`` is what it says where the question leaves that open, such as how it judges something.
    Whoever ``rejects`` a claim says that it is not so.
    """

    actor: str
    stance: str
    statement: Statement
    answer: str = ""
    rejects: bool = False


class Proposition(NamedTuple):
    """One proposition, as a sentence, and who holds what of it.

    ``detail`` is the contested detail of which it is one value, where it is; then ``agreed`` is
    what is agreed beside that.
    """

    words: str
    positions: tuple[Position, ...]
    detail: str = ""
    agreed: str = ""

    @property
    def is_denied(self) -> bool:
        """Whether anybody denies it, or calls it false."""
        return any(each.rejects for each in self.positions)

    @property
    def is_contested(self) -> bool:
        """Whether anybody denies it, or stands against it with another answer."""
        return self.is_denied or any(each.statement.standing.contests for each in self.positions)

    @property
    def actors(self) -> frozenset[str]:
        """Who holds anything of it."""
        return frozenset(position.actor for position in self.positions)


def propositions_of(same: Sequence[Statement]) -> list[Proposition]:
    """Return what statements of one proposition say: one answer or, where a detail is contested,
    one for each value of it.
    """
    words = text(same[0].claim)
    details = dict.fromkeys(detail for each in same for detail in each.standing.contested_details)
    if not details:
        return [Proposition(words, positions_of(same))]
    is_denied = any(_denies(each) or each.standing.rivals_in(STATEMENT) for each in same)
    agreed = "" if is_denied else same[0].core
    answers = []
    for detail in details:
        for value, statements in _by_value(same, detail).items():
            claim = text(statements[0].claim)
            name = f"{claim}, {value}" if detail == WHEN else claim
            answers.append(Proposition(name, positions_of(statements), detail, agreed))
    told_ids = {p.statement.id for answer in answers for p in answer.positions}
    rest = [each for each in same if each.id not in told_ids]
    return [*answers, *([Proposition(words, positions_of(rest))] if rest else [])]


def _denies(statement: Statement) -> bool:
    return statement.assertion.is_denial


def denies_more(denial: Statement, claim: Statement) -> bool:
    """Whether a denial leaves open what a claim says: where it was, how much. It denies the claim
    and all that is like it but for that.
    """
    is_denial = _denies(denial) and not _denies(claim)
    return is_denial and not _limits(claim) <= _limits(denial)


def _limits(statement: Statement) -> set[str]:
    a = statement.assertion
    return {each.name.id for each in a.qualifiers} | ({WHERE} if a.where else set())


def group_rivals(answers: Iterable[Sequence[Proposition]]) -> list[list[Proposition]]:
    """Return answers to one question each: those of which one at most is right, together, and
    claims with what denies more than they say.
    """
    groups: dict[int, list[Proposition]] = {}
    number_of: dict[str, int] = {}
    for number, propositions in enumerate(answers):
        statements = [each.statement for p in propositions for each in p.positions]
        rivals = (each.standing.rivals_in(aspect) for each in statements for aspect in WHOLE)
        groups[number] = []
        for id in filter(number_of.__contains__, chain.from_iterable(rivals)):
            other = number_of[id]
            if other != number:
                groups[other] += groups.pop(number)
                number_of |= {id: other for id, each in number_of.items() if each == number}
                number = other
        groups[number] += propositions
        number_of |= dict.fromkeys((each.id for each in statements), number)
    return [groups[number] for number in dict.fromkeys(number_of.values())]


def _by_value(same: Iterable[Statement], detail: str) -> dict[str, list[Statement]]:
    values = group_pairs(
        (each.detail(detail), each) for each in same if detail in each.standing.contested_details
    )
    return dict(sorted(values.items()))


def positions_of(statements: Iterable[Statement]) -> tuple[Position, ...]:
    """Return what each speaker holds by some statements."""
    return tuple(position for each in statements for position in _positions(each))


def _positions(statement: Statement) -> Iterator[Position]:
    a = statement.assertion
    denies = _denies(statement)
    stance, answer = _STANCE[a.mode][denies], f"if {a.condition}" if a.condition else ""
    if isinstance(a.object, Text):
        answer = statement.object.label
        if a.mode is Mode.OPINION and not denies:
            stance = ""
    own_voice = EDITORS if a.basis is Basis.EDITORIAL else ARTICLES
    own_speech = [a.subject.id] if statement.relation.is_speech else []
    for speaker in a.speaker_ids or own_speech or [own_voice]:
        yield Position(speaker, stance, statement, answer, denies)


def answers_about(statements: Iterable[Statement]) -> Iterator[Position]:
    """Yield what those hold of a claim who speak of that claim: confirm it, call it false, deny
    having made it.
    """
    for each in statements:
        a = each.assertion
        stance, rejects = each.relation.label, each.relation.sign < 0
        if _denies(each):
            stance, rejects = f"denies: {stance}", False
        for actor in a.speaker_ids or [a.subject.id]:
            by = "" if actor == a.subject.id else f"{each.subject.label} does"
            yield Position(actor, stance, each, by, rejects and not by)
