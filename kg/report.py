"""What an editor should look at: where the record rests on little, hears one side, or leaves something open.

Nothing here is a mistake (``kg check`` tells those); it is what the articles, as they were read, do not settle.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from kg.analysis import side
from kg.dates import Edge
from kg.model import Assertion, Citation, Conflict, Mode, OutcomeKind, Polarity, Thing
from kg.reading import Reading
from kg.status import Standing, Status, sources_of, support, time_of
from kg.ties import cited, label, sentence

GONE = (Status.WITHDRAWN, Status.SUPERSEDED)
STANCES = ("PactTie", "DisputeTie", "SpeechTie")
"""The families of relations by which a party's deed or word on a matter is its position."""


@dataclass(frozen=True, slots=True)
class Item:
    """One finding: what it is about (``id``), in words, where articles say so, and details as lines of their own.

    ``group`` is what entries of one list are put together by. ``facts`` are the details for programs.
    """

    id: str
    words: str
    citations: Mapping[str, list[int]] = field(default_factory=dict)
    details: tuple[str, ...] = ()
    group: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Section:
    """One question to the record: its name for programs, its heading, what it means, and what was found."""

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
            "Nothing is reported that this party, or anyone who stands for it, says or does about the matter.",
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
        self.live = [a for a in self.corpus.assertions.values() if self.standing(a).status not in GONE]
        self.participants: dict[str, set[str]] = defaultdict(set)
        for a in self.live:
            if a.predicate.id == "takesPartIn":
                self.participants[a.object_key].add(a.subject.id)
        self.sides: dict[str, set[str]] = {}

    def standing(self, assertion: Assertion) -> Standing:
        return self.reading.standings[assertion.id]

    def sentence(self, assertion: Assertion) -> str:
        return sentence(assertion, self.standing(assertion), self.reading.corpus, self.reading.ontology)

    def item(self, assertion: Assertion, group: str = "", details: Iterable[str] = (), **facts: object) -> Item:
        """An assertion as an entry."""
        citations = cited(support(assertion, self.reading.corpus))
        status = self.standing(assertion).status
        return Item(
            assertion.id, self.sentence(assertion), citations, tuple(details), group, {"status": status, **facts}
        )

    def single_source(self) -> Iterator[Item]:
        articles = self.reading.corpus.articles
        found = []
        for a in self.live:
            if self.standing(a).status is Status.ACCEPTED and sources_of(a, self.reading.corpus) == 1:
                originator = articles[support(a, self.reading.corpus)[0].article.id].originator.id
                found.append(self.item(a, originator, originator=originator))
        yield from sorted(found, key=lambda item: (item.group, item.id))

    def one_sided(self) -> Iterator[Item]:
        for dispute in self.corpus.things.values():
            if dispute.section != "disputes":
                continue
            parties = sorted({a.subject.id for a in self.live if self._is_party(a, dispute)})
            heard = {party: self._positions(party, dispute) for party in parties}
            missing = [party for party in parties if not heard[party]]
            if not missing:
                continue
            details = [f"{party}: {', '.join(heard[party]) or 'no position reported'}" for party in parties]
            facts = {"missing": missing, "positions": heard}
            yield Item(
                dispute.id, f"{label(dispute)}: nothing from {', '.join(missing)}", {}, tuple(details), "", facts
            )

    def _is_party(self, a: Assertion, dispute: Thing) -> bool:
        accepted = self.standing(a).status is Status.ACCEPTED
        return accepted and a.predicate.id == "involvedIn" and a.object_key == dispute.id

    def _positions(self, party: str, dispute: Thing) -> list[str]:
        """What a party, or whoever stands for it, says or does about a dispute: ids of assertions."""
        if party not in self.sides:
            self.sides[party] = side(party, self.reading)
        members, matter = self.sides[party], self._matter(dispute)
        found = []
        for a in self.live:
            touches = a.subject.id in matter or a.object_key in matter
            says = any(speaker.id in members for speaker in a.speakers)
            family = self.reading.ontology.relations[a.predicate.id].family
            does = a.subject.id in members and family in STANCES and a.predicate.id != "involvedIn" and not a.speakers
            acts = does and a.mode is Mode.ACTUAL
            if (touches or self._within(a, matter)) and (says or acts):
                found.append(a.id)
        return sorted(found)

    def _matter(self, dispute: Thing) -> set[str]:
        """A dispute and what it is about, by accepted assertions; actors and places are no matter in dispute."""
        found = {dispute.id}
        for a in self.live:
            if (
                a.predicate.id == "concerns"
                and a.subject.id == dispute.id
                and self.standing(a).status is Status.ACCEPTED
                and self.corpus.things[a.object_key].section not in ("actors", "places")
            ):
                found.add(a.object_key)
        return found

    def _within(self, a: Assertion, matter: set[str]) -> bool:
        """Whether both ends of an assertion take part in one event that is in dispute."""
        return any({a.subject.id, a.object_key} <= self.participants.get(event, set()) for event in matter)

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
        named = _paragraphs(c for t in self.corpus.things.values() for alias in t.aliases for c in alias.citations)
        mined = _paragraphs(
            c
            for a in self.corpus.assertions.values()
            for c in (*a.citations, *(a.withdrawn.citations if a.withdrawn else ()))
        )
        for article in self.corpus.articles.values():
            left = [n for n in range(1, article.paragraphs + 1) if n not in mined.get(article.id, set())]
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
                citations = cited(c for a in rivals for c in a.citations)
                yield Item(conflict.id, conflict.question.text, citations, tuple(details), "", facts)

    def _rivals(self, conflict: Conflict) -> list[Assertion]:
        known = self.reading.corpus.assertions
        return [known[r.id] for r in conflict.between if self.reading.standings[r.id].status not in GONE]

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
        """What curators wrote that stands against an assertion, whether or not the lens lets it through."""
        known = self.reading.corpus.assertions
        return [known[id] for id in self.standing(a).against if id in known]

    def open_prospects(self) -> Iterator[Item]:
        for a in self.live:
            is_open = a.outcome is None or a.outcome.kind is OutcomeKind.OPEN
            if self.standing(a).status is Status.PROSPECTIVE and is_open:
                yield self.item(a, str(a.mode), mode=a.mode, outcome=a.outcome.kind if a.outcome else "not said")


def _paragraphs(citations: Iterable[Citation]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for citation in citations:
        found.setdefault(citation.article.id, set()).add(citation.paragraph)
    return found
