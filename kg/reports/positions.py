"""Who holds what in a dispute: its questions, and what each actor says to each of them.

A question is a proposition that somebody asserts, denies, demands or thinks, or a conflict that the
curator declared between such propositions. It belongs to a dispute whose matter it touches: the
dispute itself, what it is about, its parts, and events about these. Who said nothing is told as
well; silence is no agreement.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from typing import NamedTuple

from kg.diagnostics import KgError, did_you_mean
from kg.model import Assertion, Corpus, Mode, Polarity, Text, Thing
from kg.network.sides import on_sides
from kg.reading import Reading
from kg.statement import Statement
from kg.status.relations import annotation
from kg.status.status import Status, Triple, proposition
from kg.status.windows import event_window
from kg.text import join_and
from kg.wording import text

GONE = (Status.WITHDRAWN, Status.SUPERSEDED)
ARTICLES = ""
"""The id of the voice of the articles themselves."""

INVOLVED, PART, ABOUT, TAKES_PART = "involvedIn", "partOfDispute", "concerns", "takesPartIn"
UPWARD = {"partOfDispute": "object", "contributesTo": "object", "rootedIn": "subject"}
"""Relations between disputes, and which end of them is the wider dispute."""

ACCOUNTS = ("EventTie", "SpeechTie")
"""Families of relations in which an undisputed claim is an account of what was done or said, and no
position.
"""

STANDS = ("PactTie", "DisputeTie", "SpeechTie")
"""Families of relations by which an actor's own deed or word shows whether it is for something
(``kg:sign``).
"""

_STANCE = {
    Mode.ACTUAL: ("asserts", "denies"),
    Mode.OPINION: ("thinks so", "does not think so"),
    Mode.DEMANDED: ("demands", "refuses"),
    Mode.PLANNED: ("plans", "does not plan"),
    Mode.EXPECTED: ("expects", "does not expect"),
    Mode.THREATENED: ("threatens", "does not threaten"),
    Mode.CONDITIONAL: ("on condition", "not on condition"),
}


class Kind(StrEnum):
    """What a question is about."""

    CLAIM = "claim"
    PROSPECT = "prospect"
    JUDGEMENT = "judgement"
    STAND = "stand"


class Position(NamedTuple):
    """What one actor (its id; none for the articles themselves) holds, and the assertion that tells
    it.

    ``answer`` is what it says where the question leaves that open, such as how it judges something.
    """

    actor: str
    stance: str
    line: Statement
    answer: str = ""


class Row(NamedTuple):
    """One proposition, as a sentence, and who holds what of it."""

    words: str
    positions: tuple[Position, ...]

    @property
    def is_denied(self) -> bool:
        """Whether anybody denies it."""
        return any(
            position.line.assertion.polarity is Polarity.DENIES for position in self.positions
        )


@dataclass(frozen=True, slots=True)
class Question:
    """A question of a dispute, with one row, or a row for each rival answer.

    ``silent`` are the sides of the dispute that say nothing to it. A claim is ``answered`` where
    somebody denies it or gives another answer; other questions need no answer (None). One that
    nobody answers ``is_shared`` where more than one side says so: then nobody denies it.
    """

    title: str
    kind: Kind
    rows: tuple[Row, ...]
    silent: tuple[str, ...]
    answered: bool | None
    is_shared: bool = False

    @property
    def actors(self) -> tuple[str, ...]:
        """Who says something to it, in the order of the rows."""
        return tuple(
            dict.fromkeys(position.actor for row in self.rows for position in row.positions)
        )


class Matrix(NamedTuple):
    """A dispute with its sides, each with all who are on it, and its questions."""

    dispute: Thing
    sides: Mapping[str, Collection[str]]
    questions: tuple[Question, ...]

    @property
    def actors(self) -> tuple[str, ...]:
        """Everybody who holds something in the dispute: the articles last."""
        found = dict.fromkeys(actor for question in self.questions for actor in question.actors)
        return tuple(sorted(found, key=lambda actor: actor == ARTICLES))


def matrices(id: str, reading: Reading, shown: Corpus | None = None) -> tuple[Matrix, ...]:
    """The matrix of a dispute, or of every dispute (no id); ``shown`` is what the reading shows, in
    another order.

    Raises KgError where no dispute has that id.
    """
    shown = shown or reading.shown
    disputes = {each.id: each for each in shown.things.values() if each.section == "disputes"}
    if id and id not in disputes:
        raise KgError(f"no dispute is called '{id}'", hint=did_you_mean(id, disputes))
    finder = _Finder(reading, shown, disputes)
    return tuple(
        finder.matrix(dispute) for dispute in ([disputes[id]] if id else disputes.values())
    )


class _Finder:
    """Finds the questions of disputes in one reading."""

    def __init__(self, reading: Reading, shown: Corpus, disputes: Mapping[str, Thing]) -> None:
        self.reading, self.shown, self.disputes = reading, shown, disputes
        self.says = {a.id: proposition(a, reading.ontology) for a in shown.assertions.values()}
        self.live = [
            a for a in shown.assertions.values() if reading.standings[a.id].status not in GONE
        ]
        self.signs = annotation(reading.ontology, "sign")
        self.accepted: dict[str, list[Assertion]] = {}
        for a in self.live:
            if reading.standings[a.id].status is Status.ACCEPTED:
                self.accepted.setdefault(a.predicate.id, []).append(a)
        self.parties = {id: tuple(self._ends(INVOLVED, id)) for id in disputes}
        named = {party for parties in self.parties.values() for party in parties}
        self.sides = on_sides(sorted(named), reading)
        self.participants: dict[str, set[str]] = {}
        for a in self.accepted.get(TAKES_PART, ()):
            self.participants.setdefault(a.object_key, set()).add(a.subject.id)
        spoken = {self.says[a.id] for a in self.live if self._is_position(a)}
        self.at_issue = [a for a in self.live if self.says[a.id] in spoken]
        self.width = {id: self._width(id) for id in disputes}

    def matrix(self, dispute: Thing) -> Matrix:
        """The matrix of one dispute."""
        matter = self._matter(dispute.id)
        touching = [a for a in self.at_issue if self._touches(a, dispute.id, matter)]
        parties = self.parties[dispute.id]
        found = (
            self._conflicts(touching, parties),
            self._single(touching, parties),
            self._stands(matter, parties),
        )
        order = list(Kind)
        questions = sorted(
            chain(*found), key=lambda q: (order.index(q.kind), q.answered is not True)
        )
        return Matrix(dispute, {party: self.sides[party] for party in parties}, tuple(questions))

    def _ends(self, predicate: str, object: str) -> list[str]:
        """The subjects of the accepted assertions of a relation with this object."""
        return list(
            dict.fromkeys(
                a.subject.id for a in self.accepted.get(predicate, ()) if a.object_key == object
            )
        )

    def _matter(self, dispute: str) -> set[str]:
        """A dispute, its parts, what these are about, and the events about any of these."""
        parts = [dispute]
        for part in parts:
            parts += [each for each in self._ends(PART, part) if each not in parts]
        things = self.reading.corpus.things
        topics = {
            a.object_key
            for a in self.accepted.get(ABOUT, ())
            if a.subject.id in parts and things[a.object_key].section not in ("actors", "places")
        }
        core = {*parts, *topics}
        about = {a.subject.id for a in self.accepted.get(ABOUT, ()) if a.object_key in core}
        return core | (about - self.disputes.keys())

    def _is_position(self, a: Assertion) -> bool:
        """Whether an assertion is what a speaker holds, and no mere account of what was done or
        said.
        """
        if not a.speakers:
            return False
        is_account = (
            self.reading.ontology.relations[a.predicate.id].family in ACCOUNTS
            and a.mode is Mode.ACTUAL
        )
        return not is_account or self.reading.standings[a.id].status is Status.CONTESTED

    def _touches(self, a: Assertion, dispute: str, matter: Collection[str]) -> bool:
        ends = (a.subject.id, a.object_key)
        together = any({*ends} <= self.participants.get(event, set()) for event in matter)
        return any(end in matter for end in ends) or together or self._is_between(a, dispute)

    def _is_between(self, a: Assertion, dispute: str) -> bool:
        """Whether something is said of the sides themselves, and this is their widest dispute."""
        if (
            self.reading.ontology.relations[a.predicate.id].family in ACCOUNTS
            and a.mode is not Mode.OPINION
        ):
            return False
        ends = [a.subject.id, *([] if isinstance(a.object, Text) else [a.object_key])]
        found = [
            next((p for p in self.parties[dispute] if end in self.sides[p]), "") for end in ends
        ]
        if "" in found or (len(found) == 2 and found[0] == found[1]):
            return False
        shared = [id for id, parties in self.parties.items() if set(found) <= set(parties)]
        return dispute == max(shared, key=self.width.__getitem__)

    def _width(self, dispute: str) -> int:
        """How many disputes this one is the wider one of."""
        found = set()
        for predicate, end in UPWARD.items():
            for a in self.accepted.get(predicate, ()):
                wide, narrow = (
                    (a.object_key, a.subject.id)
                    if end == "object"
                    else (a.subject.id, a.object_key)
                )
                found |= {narrow} if wide == dispute else set()
        return len(found & self.disputes.keys())

    def _conflicts(
        self, touching: Iterable[Assertion], parties: Collection[str]
    ) -> Iterable[Question]:
        """The conflicts that a curator declared and of which a rival touches the matter."""
        ids = {a.id for a in touching}
        for conflict in self.shown.conflicts.values():
            rivals = [self.shown.assertions[each.id] for each in conflict.between]
            if ids.isdisjoint(rival.id for rival in rivals):
                continue
            triples = {self.says[rival.id] for rival in rivals}
            rows = self._rows([a for a in self.live if self.says[a.id] in triples])
            kind = (
                Kind.CLAIM if any(rival.mode is Mode.ACTUAL for rival in rivals) else Kind.PROSPECT
            )
            yield self._question(conflict.question.text, kind, rows, parties)

    def _single(
        self, touching: Iterable[Assertion], parties: Collection[str]
    ) -> Iterable[Question]:
        """The propositions that stand in no conflict, and the judgements of one thing together."""
        conflicts = self.shown.conflicts.values()
        in_conflict = {self.says[rival.id] for conflict in conflicts for rival in conflict.between}
        claims: list[Assertion] = []
        judgements: dict[tuple[str, str], list[Assertion]] = {}
        for a in touching:
            if isinstance(a.object, Text):
                judgements.setdefault((a.subject.id, a.predicate.id), []).append(a)
            elif self.says[a.id] not in in_conflict:
                claims.append(a)
        for row in self._merged(self._rows(claims)):
            modes = {
                position.line.assertion.mode
                for position in row.positions
                if position.actor != ARTICLES
            }
            kind = (
                Kind.CLAIM
                if Mode.ACTUAL in modes
                else Kind.JUDGEMENT
                if Mode.OPINION in modes
                else Kind.PROSPECT
            )
            yield self._question(row.words, kind, (row,), parties)
        for found in judgements.values():
            subject, relation, _ = self._claim(found[0])
            words = f"{subject}{relation}..."
            row = Row(words, tuple(position for a in found for position in self._positions(a)))
            kind = Kind.JUDGEMENT if any(a.mode is Mode.OPINION for a in found) else Kind.CLAIM
            yield self._question(words, kind, (row,), parties)

    def _stands(self, matter: Collection[str], parties: Collection[str]) -> Iterable[Question]:
        """For each matter that actors are for or against by their own deeds and words: who is what."""
        found: dict[str, list[Position]] = {}
        things = self.reading.corpus.things
        for predicate, assertions in self.accepted.items():
            relation = self.reading.ontology.relations[predicate]
            sign = {"Positive": "for", "Negative": "against"}.get(self.signs.get(predicate, ""), "")
            if not sign or relation.family not in STANDS or predicate == INVOLVED:
                continue
            for a in assertions:
                if (
                    a.object_key in matter
                    and things[a.subject.id].section == "actors"
                    and not a.speakers
                ):
                    position = Position(
                        a.subject.id, sign, self.reading.statements[a.id], relation.label
                    )
                    found.setdefault(a.object_key, []).append(position)
        for thing, positions in found.items():
            words = f"For or against {self._name(thing)}"
            actors = list(dict.fromkeys(position.actor for position in positions))
            ordered = sorted(
                positions, key=lambda p: (actors.index(p.actor), _first_day(p.line.assertion))
            )
            yield self._question(words, Kind.STAND, (Row(words, tuple(ordered)),), parties)

    def _rows(self, assertions: Iterable[Assertion]) -> tuple[Row, ...]:
        found: dict[Triple, list[Assertion]] = {}
        for a in assertions:
            found.setdefault(self.says[a.id], []).append(a)
        return tuple(
            Row(
                "".join(self._claim(same[0])),
                tuple(position for a in same for position in self._positions(a)),
            )
            for same in found.values()
        )

    def _merged(self, rows: Iterable[Row]) -> Iterable[Row]:
        """Rows of one relation and object to which the same actors say the same in the same places,
        as one row.
        """
        found: dict[object, list[Row]] = {}
        for row in rows:
            a = row.positions[0].line.assertion
            said = tuple((p.actor, p.stance, p.answer, str(p.line.places)) for p in row.positions)
            found.setdefault((a.predicate.id, a.object_key, said), []).append(row)
        for same in found.values():
            if len(same) == 1:
                yield same[0]
                continue
            asserted = [row.positions[0].line.assertion for row in same]
            subjects = join_and(self._name(a.subject.id) for a in asserted)
            relation = self.reading.ontology.relations[asserted[0].predicate.id].label
            words = f"Each of {subjects} {relation} {self._claim(asserted[0])[2]}"
            yield Row(words, tuple(position for row in same for position in row.positions))

    def _positions(self, a: Assertion) -> Iterable[Position]:
        told, denies = self.reading.statements[a.id], a.polarity is Polarity.DENIES
        answer = (
            a.object.text
            if isinstance(a.object, Text)
            else f"if {a.condition}"
            if a.condition
            else ""
        )
        stance = (
            ""
            if isinstance(a.object, Text) and a.mode is Mode.OPINION and not denies
            else _STANCE[a.mode][denies]
        )
        for actor in [speaker.id for speaker in a.speakers] or [ARTICLES]:
            yield Position(actor, stance, told, answer)

    def _claim(self, a: Assertion) -> tuple[str, str, str]:
        """What an assertion says, whoever does: subject, relation and object in words."""
        subject, relation, object = self.reading.statements[a.id].claim
        return text([subject]), text([relation]), text([object])

    def _name(self, id: str) -> str:
        return self.reading.corpus.things[id].label

    def _question(
        self, title: str, kind: Kind, rows: Iterable[Row], parties: Collection[str]
    ) -> Question:
        rows = tuple(rows)
        voices = {position.actor for row in rows for position in row.positions}
        silent = tuple(party for party in parties if voices.isdisjoint(self.sides[party]))
        answered = None
        if kind is Kind.CLAIM:
            answered = any(row.is_denied for row in rows) or len({_voices(row) for row in rows}) > 1
        speaking = len(parties) - len(silent) if len(parties) > 1 else len(voices - {ARTICLES})
        return Question(title, kind, rows, silent, answered, answered is False and speaking > 1)


def _first_day(a: Assertion) -> float:
    return event_window(a.when).first if a.when else math.inf


def _voices(row: Row) -> frozenset[str]:
    return frozenset(position.actor for position in row.positions)
