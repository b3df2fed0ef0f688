"""What belongs to a dispute: its parties and their sides, its matter, and what is said about it.

The matter of a dispute is the dispute itself, what it is about, its parts, and events about these.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cached_property

from kg.closure import closure
from kg.model import Corpus, Mode, Text, Thing
from kg.network.sides import on_sides
from kg.reading import Reading
from kg.statement import Statement
from kg.status.rivals import Triple, proposition
from kg.status.status import Status

INVOLVED, PART, ABOUT, TAKES_PART = "involvedIn", "partOfDispute", "concerns", "takesPartIn"
UPWARD = {"partOfDispute": "object", "contributesTo": "object", "rootedIn": "subject"}
"""Relations between disputes, and which end of them is the wider dispute."""

ACCOUNTS = ("EventTie", "SpeechTie")
"""Families of relations in which an undisputed claim is an account of what was done or said, and no
position.
"""


class DisputeRecord:
    """What a reading holds of its disputes; ``corpus`` is what it shows, in any order."""

    def __init__(self, reading: Reading, corpus: Corpus) -> None:
        self.reading, self.corpus = reading, corpus
        statements = [reading.statements[id] for id in corpus.assertions]
        self.live = [each for each in statements if not each.is_gone]
        self.accepted: dict[str, list[Statement]] = {}
        for each in self.live:
            if each.status is Status.ACCEPTED:
                self.accepted.setdefault(each.relation.name, []).append(each)
        self.propositions: dict[str, Triple] = {
            each.id: proposition(each.assertion, reading.ontology) for each in statements
        }

    @cached_property
    def disputes(self) -> Mapping[str, Thing]:
        """The disputes by id."""
        things = self.corpus.things.values()
        return {thing.id: thing for thing in things if thing.section == "disputes"}

    @cached_property
    def parties(self) -> Mapping[str, tuple[str, ...]]:
        """The parties of each dispute, by its id."""
        return {id: tuple(self._subjects(INVOLVED, id)) for id in self.disputes}

    @cached_property
    def sides(self) -> Mapping[str, Collection[str]]:
        """All who are on the side of each party of any dispute, by the party's id."""
        named = {party for parties in self.parties.values() for party in parties}
        return on_sides(sorted(named), self.reading)

    def matter(self, dispute: str) -> set[str]:
        """The ids of a dispute, its parts, what these are about, and the events about them."""
        parts = set(closure([dispute], lambda id: self._subjects(PART, id)))
        concerns = [each.assertion for each in self.accepted.get(ABOUT, ())]
        things = self.reading.corpus.things
        topics = {a.object_key for a in concerns if a.subject.id in parts}
        core = parts | {id for id in topics if things[id].section not in ("actors", "places")}
        about = {a.subject.id for a in concerns if a.object_key in core}
        return core | (about - self.disputes.keys())

    def touching(self, dispute: str) -> list[Statement]:
        """Return what is said about the matter of a dispute, or between its parties."""
        matter = self.matter(dispute)
        return [each for each in self._at_issue if self._touches(each, dispute, matter)]

    def _subjects(self, relation: str, object: str) -> list[str]:
        """The subjects of the accepted assertions of a relation with this object."""
        assertions = (each.assertion for each in self.accepted.get(relation, ()))
        return list(dict.fromkeys(a.subject.id for a in assertions if a.object_key == object))

    @cached_property
    def _at_issue(self) -> list[Statement]:
        """The live statements of propositions on which anybody holds a position."""
        held = {self.propositions[each.id] for each in self.live if _is_position(each)}
        return [each for each in self.live if self.propositions[each.id] in held]

    @cached_property
    def _participants(self) -> Mapping[str, set[str]]:
        participants: dict[str, set[str]] = {}
        for each in self.accepted.get(TAKES_PART, ()):
            event = each.assertion.object_key
            participants.setdefault(event, set()).add(each.assertion.subject.id)
        return participants

    @cached_property
    def _narrower(self) -> Mapping[str, set[str]]:
        """The disputes that each dispute is the wider one of."""
        narrower: dict[str, set[str]] = {id: set() for id in self.disputes}
        for relation, end in UPWARD.items():
            for each in self.accepted.get(relation, ()):
                wide, narrow = each.assertion.subject.id, each.assertion.object_key
                if end == "object":
                    wide, narrow = narrow, wide
                if wide in narrower and narrow in narrower:
                    narrower[wide].add(narrow)
        return narrower

    def _touches(self, statement: Statement, dispute: str, matter: Collection[str]) -> bool:
        ends = {statement.assertion.subject.id, statement.assertion.object_key}
        if not ends.isdisjoint(matter):
            return True
        if any(ends <= self._participants.get(event, set()) for event in matter):
            return True
        return self._is_between(statement, dispute)

    def _is_between(self, statement: Statement, dispute: str) -> bool:
        """Whether something is said of the parties themselves, and this is their widest dispute."""
        a = statement.assertion
        if statement.relation.family in ACCOUNTS and a.mode is not Mode.OPINION:
            return False
        ends = [a.subject.id] if isinstance(a.object, Text) else [a.subject.id, a.object.id]
        sides = [self._side(end, dispute) for end in ends]
        if "" in sides or len(set(sides)) < len(sides):
            return False
        shared = [id for id, parties in self.parties.items() if set(sides) <= set(parties)]
        return dispute == max(shared, key=lambda id: len(self._narrower[id]))

    def _side(self, actor: str, dispute: str) -> str:
        """The party on whose side an actor is, or none."""
        parties = self.parties[dispute]
        return next((party for party in parties if actor in self.sides[party]), "")


def _is_position(statement: Statement) -> bool:
    """Whether it is what a speaker holds, and no mere account of what was done or said."""
    a = statement.assertion
    is_account = statement.relation.family in ACCOUNTS and a.mode is Mode.ACTUAL
    return bool(a.speakers) and (not is_account or statement.status is Status.CONTESTED)
