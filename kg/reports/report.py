"""What an editor should look at: where the record rests on little, hears one side, or leaves
something open.

Nothing here is a mistake (``kg check`` tells those); it is what the articles, as they were read, do
not settle.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from kg.dates import Edge
from kg.model import Assertion, Citation, Conflict, OutcomeKind, Polarity, Thing
from kg.reading import Reading
from kg.reports.positions import PositionMatrix, position_matrices
from kg.statement import paragraphs
from kg.status.propositions import time_of
from kg.status.status import Standing, Status
from kg.text import join_and

GONE = (Status.WITHDRAWN, Status.SUPERSEDED)


@dataclass(frozen=True, slots=True)
class Item:
    """One finding: what it is about (``id``), in words, where articles say so, and details as lines
    of their own.

    ``group`` is what entries of one list are put together by. ``facts`` are the details for
    programs.
    """

    id: str
    words: str
    citations: Mapping[str, list[int]] = field(default_factory=dict)
    details: tuple[str, ...] = ()
    group: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)


class Section(NamedTuple):
    """One question to the record: its name for programs, its heading, what it means, and what was
    found.
    """

    key: str
    heading: str
    meaning: str
    items: tuple[Item, ...]


def report(reading: Reading) -> tuple[Section, ...]:
    """Every section, in a fixed order, under the reading's lens."""
    found = _Reporter(reading)
    return (
        Section(
            "single_source",
            "accepted on one source",
            "One originator alone reports it; articles of one originator are one source.",
            tuple(found.single_source()),
        ),
        Section(
            "one_sided",
            "disputes with a party's position missing",
            "No answer of this party, or of anyone who stands for it, to any question of the dispute (kg disputes).",
            tuple(found.one_sided()),
        ),
        Section(
            "unrebutted",
            "claims without a rebuttal",
            "Somebody says so, and nobody is reported to deny it. That is not agreement.",
            tuple(found.unrebutted()),
        ),
        Section(
            "undated",
            "assertions without a date",
            "No article gives a day, month or year for it.",
            tuple(found.undated()),
        ),
        Section(
            "ended_unknown",
            "states that ended on an unknown day",
            "It is over, and no article says since when.",
            tuple(found.ending(Edge.UNKNOWN)),
        ),
        Section(
            "end_not_reported",
            "states still going on when last reported",
            "No end is reported. What came after the last report is unknown.",
            tuple(found.ending(Edge.OPEN)),
        ),
        Section(
            "unmined",
            "articles with paragraphs that no assertion cites",
            "Nobody took anything from these paragraphs; some may hold nothing to take.",
            tuple(found.unmined()),
        ),
        Section(
            "conflicts",
            "questions with several live answers",
            "Conflicts that no withdrawal or correction has settled.",
            tuple(found.conflicts()),
        ),
        Section(
            "denied",
            "claims that are denied",
            "One side asserts it, another denies it, and neither has taken it back.",
            tuple(found.denied()),
        ),
        Section(
            "functional_rivals",
            "rival values where only one can be right",
            "Live assertions that give one subject two values of a functional relation at one time.",
            tuple(found.functional_rivals()),
        ),
        Section(
            "open_prospects",
            "plans, demands, threats and conditions with open outcome",
            "What became of it is not reported.",
            tuple(found.open_prospects()),
        ),
    )


class _Reporter:
    def __init__(self, reading: Reading) -> None:
        self.reading, self.corpus = reading, reading.shown
        self.live = [
            a for a in self.corpus.assertions.values() if self.standing(a).status not in GONE
        ]

    def standing(self, assertion: Assertion) -> Standing:
        return self.reading.standings[assertion.id]

    def sentence(self, assertion: Assertion) -> str:
        return self.reading.statements[assertion.id].sentence

    def item(
        self, assertion: Assertion, group: str = "", details: Iterable[str] = (), **facts: object
    ) -> Item:
        """An assertion as an entry."""
        citations = paragraphs(self.reading.statements[assertion.id].support)
        status = self.standing(assertion).status
        return Item(
            assertion.id,
            self.sentence(assertion),
            citations,
            tuple(details),
            group,
            {"status": status, **facts},
        )

    def single_source(self) -> Iterator[Item]:
        articles = self.reading.corpus.articles
        found = []
        for a in self.live:
            if (
                self.standing(a).status is Status.ACCEPTED
                and self.reading.statements[a.id].sources == 1
            ):
                originator = articles[
                    self.reading.statements[a.id].support[0].article.id
                ].originator.id
                found.append(self.item(a, originator, originator=originator))
        yield from sorted(found, key=lambda item: (item.group, item.id))

    def one_sided(self) -> Iterator[Item]:
        for matrix in position_matrices("", self.reading):
            heard = {party: self._heard(party, matrix) for party in matrix.sides}
            missing = [party for party, ids in heard.items() if not ids]
            if missing:
                details = [
                    f"{party}: {', '.join(ids) or 'no position reported'}"
                    for party, ids in heard.items()
                ]
                words = f"{matrix.dispute.label}: nothing from {join_and(missing)}"
                facts = {"missing": missing, "positions": heard}
                yield Item(matrix.dispute.id, words, {}, tuple(details), "", facts)

    def _heard(self, party: str, matrix: PositionMatrix) -> list[str]:
        """What tells a party's position: its answers to the dispute's questions, and how it moves
        the dispute on.
        """
        members = matrix.sides[party]
        answers = (position for question in matrix.questions for position in question.positions)
        said = {position.statement.id for position in answers if position.actor in members}
        done = {
            a.id for a in self.live if a.subject.id in members and self._moves(a, matrix.dispute)
        }
        return sorted(said | done)

    def _moves(self, a: Assertion, dispute: Thing) -> bool:
        """Whether an assertion is a deed that moves a dispute on: raises it, takes it to a forum,
        settles it.
        """
        accepted = self.standing(a).status is Status.ACCEPTED
        return (
            accepted
            and a.object_key == dispute.id
            and bool(self.reading.ontology.relations[a.predicate.id].enters_status)
        )

    def unrebutted(self) -> Iterator[Item]:
        for a in self.live:
            if self.standing(a).status is Status.ATTRIBUTED and a.speakers:
                speakers = [speaker.id for speaker in a.speakers]
                yield self.item(a, speakers=speakers)

    def undated(self) -> Iterator[Item]:
        for a in self.live:
            if time_of(a, self.reading.corpus) is None:
                said = a.said.text if a.said else ""
                yield self.item(a, details=[f"said {said}"] if said else [], said=said)

    def ending(self, edge: Edge) -> Iterator[Item]:
        """States with an end of this kind."""
        for a in self.live:
            is_state = self.reading.ontology.relations[a.predicate.id].is_state
            if is_state and a.when and a.when.end is edge:
                yield self.item(a, details=[a.when.text], when=a.when.text)

    def unmined(self) -> Iterator[Item]:
        named = _paragraphs(
            c for t in self.corpus.things.values() for alias in t.aliases for c in alias.citations
        )
        mined = _paragraphs(
            c
            for a in self.corpus.assertions.values()
            for c in (*a.citations, *(a.withdrawn.citations if a.withdrawn else ()))
        )
        for article in self.corpus.articles.values():
            left = [
                n for n in range(1, article.paragraphs + 1) if n not in mined.get(article.id, set())
            ]
            if left:
                names = [n for n in left if n in named.get(article.id, set())]
                words = f"{article.title.text}: {len(left)} of {article.paragraphs} paragraphs"
                details = [f"not cited: {', '.join(map(str, left))}"]
                details += [f"cited for a name only: {', '.join(map(str, names))}"] if names else []
                facts = {"paragraphs": left, "names_only": names}
                yield Item(article.id, words, {}, tuple(details), "", facts)

    def conflicts(self) -> Iterator[Item]:
        for conflict in self.reading.corpus.conflicts.values():
            rivals = self._rivals(conflict)
            shown = [a for a in rivals if a.id in self.corpus.assertions]
            if shown and len(rivals) > 1:
                details = [
                    f"{self.sentence(a)}{f', {a.when.text}' if a.when else ''} [{a.id}, {self.standing(a).status}]"
                    for a in rivals
                ]
                facts = {"kind": conflict.kind, "answers": [a.id for a in rivals]}
                citations = paragraphs(c for a in rivals for c in a.citations)
                yield Item(
                    conflict.id, conflict.question.text, citations, tuple(details), "", facts
                )

    def _rivals(self, conflict: Conflict) -> list[Assertion]:
        known = self.reading.corpus.assertions
        return [
            known[r.id] for r in conflict.between if self.reading.standings[r.id].status not in GONE
        ]

    def denied(self) -> Iterator[Item]:
        for a in self.live:
            denials = [d for d in self._against(a) if d.polarity is Polarity.DENIES]
            if a.polarity is Polarity.ASSERTS and denials:
                details = [f"against it: {self.sentence(d)} [{d.id}]" for d in denials]
                yield self.item(a, details=details, denied_by=[d.id for d in denials])

    def functional_rivals(self) -> Iterator[Item]:
        for a in self.live:
            relation = self.reading.ontology.relations[a.predicate.id]
            rivals = [
                b
                for b in self._against(a)
                if relation.functional
                and b.polarity is a.polarity is Polarity.ASSERTS
                and (b.subject.id, b.predicate.id) == (a.subject.id, a.predicate.id)
                and b.object_key != a.object_key
            ]
            if rivals:
                details = [f"against it: {self.sentence(b)} [{b.id}]" for b in rivals]
                yield self.item(a, details=details, rivals=[b.id for b in rivals])

    def _against(self, a: Assertion) -> list[Assertion]:
        """What curators wrote that stands against an assertion, whether or not the lens lets it
        through.
        """
        known = self.reading.corpus.assertions
        return [known[id] for id in self.standing(a).against if id in known]

    def open_prospects(self) -> Iterator[Item]:
        for a in self.live:
            is_open = a.outcome is None or a.outcome.kind is OutcomeKind.OPEN
            if self.standing(a).status is Status.PROSPECTIVE and is_open:
                yield self.item(
                    a, str(a.mode), mode=a.mode, outcome=a.outcome.kind if a.outcome else "not said"
                )


def _paragraphs(citations: Iterable[Citation]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for citation in citations:
        found.setdefault(citation.article.id, set()).add(citation.paragraph)
    return found
