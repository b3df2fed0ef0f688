"""What belongs to a dispute: its parties and their sides, its matter, and what is said about it.

The matter of a dispute is the dispute itself, what it is about, its parts, the decisions that ended
these, and events about them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cached_property
from itertools import chain

from kg.model import Thing
from kg.model.closure import closure
from kg.model.corpus import Corpus
from kg.model.grouping import group_pairs
from kg.model.modes import Mode
from kg.model.references import Text
from kg.reading import Reading
from kg.reports.lives.index import LifeIndex
from kg.reports.network.sides import on_sides
from kg.status.propositions import Triple, proposition_of
from kg.status.statement import Statement
from kg.status.statuses import Status


class DisputeRecord:
    """What a reading holds of its disputes; ``corpus`` is what it shows, in any order."""

    def __init__(self, reading: Reading, corpus: Corpus) -> None:
        self.reading, self.corpus = reading, corpus
        statements = [reading.statements[id] for id in corpus.assertions]
        self.live = [each for each in statements if not each.is_gone]
        self._accepted = [each for each in self.live if each.is_affirmed]
        self.propositions: dict[str, Triple] = {
            each.id: proposition_of(each.assertion, reading.ontology) for each in statements
        }

    @cached_property
    def disputes(self) -> Mapping[str, Thing]:
        """The disputes by id."""
        things = self.corpus.things.values()
        return {thing.id: thing for thing in things if thing.section == "disputes"}

    @cached_property
    def parties(self) -> Mapping[str, tuple[str, ...]]:
        """The parties of each dispute, by its id."""
        involved = _subjects(each for each in self._accepted if each.relation.makes_side)
        return {id: tuple(involved.get(id, ())) for id in self.disputes}

    @cached_property
    def sides(self) -> Mapping[str, Collection[str]]:
        """All who are on the side of each party of any dispute, by the party's id."""
        ids = {party for parties in self.parties.values() for party in parties}
        return on_sides(sorted(ids), self.reading)

    @cached_property
    def _lives(self) -> LifeIndex:
        return LifeIndex(self.reading)

    @cached_property
    def signed(self) -> list[Statement]:
        """The deeds that show a stand for something or against it, relation by relation."""
        families = self.reading.ontology.families
        signed = [each for each in self._accepted if each.relation.sign]
        by_relation = group_pairs(
            (each.relation.name, each)
            for each in signed
            if families[each.relation.family].shows_stand and not each.relation.makes_side
        )
        return list(chain.from_iterable(by_relation.values()))

    @cached_property
    def _parts(self) -> Mapping[str, list[str]]:
        """The parts of each dispute, by its id."""
        return _subjects(each for each in self._accepted if each.relation.names_whole)

    @cached_property
    def _about(self) -> Mapping[str, list[str]]:
        """What is about each thing, by its id."""
        return _subjects(each for each in self._accepted if each.relation.names_topic)

    @cached_property
    def _topics(self) -> Mapping[str, list[str]]:
        """What each thing is about, by its id."""
        return group_pairs((id, topic) for topic, ids in self._about.items() for id in ids)

    def matter(self, dispute: str) -> set[str]:
        """The ids of a dispute, its parts, what these are about, the decisions that ended them, and
        the events about all these.
        """
        parts = set(closure([dispute], lambda id: self._parts.get(id, ())))
        things = self.reading.corpus.things
        topics = {topic for id in parts for topic in self._topics.get(id, ())}
        core = parts | {id for id in topics if things[id].section not in ("actors", "places")}
        core |= {decision for id in parts for decision in self._lives.decisions_on(id)}
        about = {each for id in core for each in self._about.get(id, ())}
        return core | (about - self.disputes.keys())

    def touching(self, dispute: str) -> list[Statement]:
        """Return what is said about the matter of a dispute, or between its parties."""
        matter = self.matter(dispute)
        near = set(matter)
        near.update(*(self._participants.get(event, ()) for event in matter))
        near.update(*(self.sides[party] for party in self.parties[dispute]))
        numbers = sorted({number for id in near for number in self._numbers_by_thing.get(id, ())})
        candidates = (self.live[number] for number in numbers)
        return [
            each
            for each in candidates
            if (self.propositions[each.id] in self._positions or self._is_shared(each, dispute))
            and self._touches(each, dispute, matter)
        ]

    @cached_property
    def _numbers_by_thing(self) -> Mapping[str, list[int]]:
        """The places among ``live`` of all that names a thing, by its id."""
        return group_pairs(
            (id, number) for number, each in enumerate(self.live) for id in _ends_and_matter(each)
        )

    @cached_property
    def numbers_by_proposition(self) -> Mapping[Triple, list[int]]:
        """The places among ``live`` of all that says the same, by what it says."""
        return group_pairs((self.propositions[each.id], n) for n, each in enumerate(self.live))

    def _is_shared(self, statement: Statement, dispute: str) -> bool:
        """Whether speakers of several sides of a dispute say the same, be it an account."""
        speakers = self._speakers.get(self.propositions[statement.id], set())
        return len({self._side(each, dispute) for each in speakers} - {""}) > 1

    @cached_property
    def _speakers(self) -> Mapping[Triple, set[str]]:
        """Who says what, in whatever way it is meant."""
        speakers = group_pairs(
            (self.propositions[each.id], speaker.id)
            for each in self.live
            for speaker in each.assertion.speakers
        )
        return {triple: set(ids) for triple, ids in speakers.items()}

    @cached_property
    def _positions(self) -> set[Triple]:
        """The propositions on which anybody holds a position."""
        return {self.propositions[each.id] for each in self.live if self._is_position(each)}

    @cached_property
    def _participants(self) -> Mapping[str, set[str]]:
        """Who took part in each event, by its id."""
        subjects = _subjects(each for each in self._accepted if each.relation.is_attendance)
        return {event: set(ids) for event, ids in subjects.items()}

    @cached_property
    def _narrower(self) -> Mapping[str, set[str]]:
        """The disputes that each dispute is the wider one of."""
        narrower: dict[str, set[str]] = {id: set() for id in self.disputes}
        for each in self._accepted:
            wide, narrow = each.assertion.subject.id, each.assertion.object_key
            if each.relation.wider_end == "object":
                wide, narrow = narrow, wide
            if each.relation.wider_end and wide in narrower and narrow in narrower:
                narrower[wide].add(narrow)
        return narrower

    def _touches(self, statement: Statement, dispute: str, matter: Collection[str]) -> bool:
        if not _ends_and_matter(statement).isdisjoint(matter):
            return True
        ends = {statement.assertion.subject.id, statement.assertion.object_key}
        if any(ends <= self._participants.get(event, set()) for event in matter):
            return True
        return self._is_between(statement, dispute)

    def _is_between(self, statement: Statement, dispute: str) -> bool:
        """Whether something is said of the parties themselves, and this is their widest dispute."""
        a = statement.assertion
        if self._gives_account(statement) and a.mode is not Mode.OPINION:
            return False
        ends = [a.subject.id] if isinstance(a.object, Text) else [a.subject.id, a.object.id]
        sides = [self._side(end, dispute) for end in ends]
        if "" in sides or len(set(sides)) < len(sides):
            return False
        shared = [
            id for id in self._disputes_by_party[sides[0]] if set(sides) <= set(self.parties[id])
        ]
        return dispute == max(shared, key=lambda id: len(self._narrower[id]))

    @cached_property
    def _disputes_by_party(self) -> Mapping[str, list[str]]:
        """The disputes that each party has, by its id, in their order."""
        return group_pairs((party, id) for id, parties in self.parties.items() for party in parties)

    def _side(self, actor: str, dispute: str) -> str:
        """The party on whose side an actor is, or none."""
        parties = self.parties[dispute]
        return next((party for party in parties if actor in self.sides[party]), "")

    def _gives_account(self, statement: Statement) -> bool:
        return self.reading.ontology.families[statement.relation.family].gives_accounts

    def _is_position(self, statement: Statement) -> bool:
        """Whether it is what a speaker holds, or an appeal that is planned, and no mere account of
        what was done or said.
        """
        a = statement.assertion
        if statement.relation.is_speech and a.about and not a.speakers:
            return True
        if statement.relation.dispute_enters and statement.status is Status.PROSPECTIVE:
            return True
        is_account = self._gives_account(statement) and a.is_actual
        return bool(a.speakers) and (not is_account or bool(statement.standing.contests))


def _ends_and_matter(statement: Statement) -> set[str]:
    """The ids of all that a statement is about."""
    a = statement.assertion
    return {a.subject.id, a.object_key, *(each.id for each in a.about)}


def _subjects(statements: Iterable[Statement]) -> dict[str, list[str]]:
    """The subjects of statements by the key of their object, each once."""
    subjects: dict[str, dict[str, None]] = {}
    for each in statements:
        subjects.setdefault(each.assertion.object_key, {})[each.assertion.subject.id] = None
    return {key: list(ids) for key, ids in subjects.items()}
