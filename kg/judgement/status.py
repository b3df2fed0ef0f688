"""Where each assertion stands: computed here, in one place, and never written by hand.

The order of the rules is the order of ``Status`` (docs/model.md, section 4). A claim never turns into a fact: only what
articles report in their own voice, undenied and without a rival, is accepted.
"""

from __future__ import annotations

import builtins
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kg.dates import Date, Day, Overlap, overlap
from kg.model import Assertion, Basis, Citation, ConflictKind, Corpus, Mode, Polarity
from kg.ontology import Ontology


class Status(StrEnum):
    """Where an assertion stands; the first that applies holds."""

    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"
    PROSPECTIVE = "prospective"
    OPINION = "opinion"
    CONTESTED = "contested"
    DENIAL = "denial"
    ATTRIBUTED = "attributed"
    ACCEPTED = "accepted"


MEANING = {
    Status.WITHDRAWN: "its speaker took it back",
    Status.SUPERSEDED: "a later assertion corrects or replaces it",
    Status.PROSPECTIVE: "planned, expected, demanded, threatened or conditional: not a deed",
    Status.OPINION: "a judgement of its holder",
    Status.CONTESTED: "another live assertion stands against it",
    Status.DENIAL: "it denies, and nobody reported asserts what it denies",
    Status.ATTRIBUTED: "its speaker says so, no article vouches for it",
    Status.ACCEPTED: "articles report it in their own voice, undenied",
}
"""Each status in plain words."""


@dataclass(frozen=True, slots=True)
class Standing:
    """An assertion's status, the reason in words, and the live assertions that stand against it, by id."""

    status: Status
    reason: str
    against: tuple[str, ...] = ()


Triple = tuple[str, str, str]


def proposition(assertion: Assertion, ontology: Ontology) -> Triple:
    """What is asserted or denied, whoever does: the triple, in one direction where the relation has two.

    ``a meets b`` and ``b meets a`` are one proposition, and so are a triple and that of the inverse relation.
    """
    subject, predicate, object = assertion.subject.id, assertion.predicate.id, assertion.object_key
    relation = ontology.relations.get(predicate)
    if relation and relation.symmetric and object < subject:
        return object, predicate, subject
    if relation and relation.inverse and relation.inverse < predicate:
        return object, relation.inverse, subject
    return subject, predicate, object


def time_of(assertion: Assertion, corpus: Corpus) -> Date | None:
    """When an assertion says that it was; a denial without a date denies what it denies, whenever that was."""
    seen: set[str] = set()
    while assertion.when is None and assertion.denies and assertion.id not in seen:
        seen.add(assertion.id)
        assertion = corpus.assertions[assertion.denies.id]
    return assertion.when


def standings(corpus: Corpus, ontology: Ontology, voices: Collection[str] = ()) -> dict[str, Standing]:
    """The standing of every assertion of a checked corpus, by id, in reading order.

    ``voices`` are speakers whose claims are taken as accepted; what others say against these does not contest them.
    """
    judge = _Judge(corpus, ontology, frozenset(voices))
    return {id: judge.standing(assertion) for id, assertion in corpus.assertions.items()}


def grounds(assertion: Assertion, corpus: Corpus) -> tuple[Assertion, ...]:
    """What an assertion rests on: itself where it is cited, else all that it follows from, back to what is cited."""
    found: dict[str, Assertion] = {}
    waiting, seen = [assertion], {assertion.id}
    while waiting:
        each = waiting.pop()
        if each.citations or not each.follows_from:
            found[each.id] = each
            continue
        new = [r.id for r in each.follows_from if r.id not in seen]
        seen.update(new)
        waiting += [corpus.assertions[id] for id in new]
    return tuple(found[id] for id in sorted(found))


def sources_of(assertion: Assertion, corpus: Corpus) -> int:
    """How many independent sources report an assertion: the originators of its articles, each once.

    A conclusion without citations has as many as the least of what it follows from.
    """
    cited = ({corpus.articles[c.article.id].originator.id for c in a.citations} for a in grounds(assertion, corpus))
    return min(map(len, cited))


def known_from(assertion: Assertion, corpus: Corpus) -> Day | None:
    """The day of the earliest article that reports it; a conclusion is known once all that it follows from is."""
    first = []
    for each in grounds(assertion, corpus):
        days = [corpus.articles[c.article.id].published.end_latest for c in each.citations]
        first += [min(day for day in days if day)] if any(days) else []
    return max(first, default=None)


def support(assertion: Assertion, corpus: Corpus) -> tuple[Citation, ...]:
    """The citations of an assertion or, where it has none, of all that it follows from."""
    return tuple(citation for each in grounds(assertion, corpus) for citation in each.citations)


def _gone(corpus: Corpus) -> dict[str, Standing]:
    """The assertions that no longer count: withdrawn, or superseded by one that is not withdrawn itself."""
    gone = {
        a.id: Standing(
            Status.WITHDRAWN, "its speaker took it back" + (f" ({a.withdrawn.when.text})" if a.withdrawn.when else "")
        )
        for a in corpus.assertions.values()
        if a.withdrawn
    }
    withdrawn = set(gone)
    for a in corpus.assertions.values():
        if not a.supersedes or a.id in withdrawn or a.supersedes.id in gone:
            continue
        earlier = corpus.assertions[a.supersedes.id]
        if _is_deed(a) or not _is_deed(earlier):
            how = "undone from its first day" if a.retroactive else "corrected or replaced"
            gone[earlier.id] = Standing(Status.SUPERSEDED, f"{how} by {a.id}")
    return gone


def _is_deed(assertion: Assertion) -> bool:
    """Whether an assertion speaks of what is, not of plans or judgements: a plan cannot correct a deed."""
    return assertion.mode is Mode.ACTUAL


@dataclass(frozen=True, slots=True)
class _Camp:
    """Assertions, by id, that are meant in one way and have one date, so that all stand against the same ones."""

    mode: Mode
    date: Date | None
    ids: tuple[str, ...]

    def opposes(self, other: _Camp) -> bool:
        """Whether what contradicts itself between two camps can be meant of one time."""
        return self.mode is other.mode and overlap(self.date, other.date) is not Overlap.NO


def _camps(assertions: Iterable[Assertion], corpus: Corpus) -> list[_Camp]:
    found: dict[tuple[Mode, str], tuple[Date | None, list[str]]] = {}
    for a in assertions:
        date = time_of(a, corpus)
        found.setdefault((a.mode, date.text if date else ""), (date, []))[1].append(a.id)
    return [_Camp(mode, date, tuple(ids)) for (mode, _), (date, ids) in found.items()]


def _oppositions(live: Iterable[Assertion], corpus: Corpus, ontology: Ontology) -> dict[str, tuple[str, ...]]:
    """For each live assertion those that cannot be right together with it, in order of their ids.

    Those of one camp share one such list: many denials of one claim cost no more than each denial once.
    """
    against: dict[str, list[tuple[str, ...]]] = defaultdict(list)

    def face(camps: Iterable[_Camp], others: Collection[_Camp]) -> None:
        for camp in camps:
            if rivals := tuple(id for other in others if camp.opposes(other) for id in other.ids):
                for id in camp.ids:
                    against[id].append(rivals)

    by_proposition: dict[Triple, dict[Polarity, list[Assertion]]] = defaultdict(lambda: defaultdict(list))
    by_value: dict[tuple[str, str], dict[str, list[Assertion]]] = defaultdict(lambda: defaultdict(list))
    for a in live:
        by_proposition[proposition(a, ontology)][a.polarity].append(a)
        relation = ontology.relations.get(a.predicate.id)
        if relation and relation.functional and a.polarity is Polarity.ASSERTS and _is_deed(a):
            by_value[a.subject.id, a.predicate.id][a.object_key].append(a)
    for same in by_proposition.values():
        if len(same) > 1:
            asserting, denying = (_camps(same[polarity], corpus) for polarity in (Polarity.ASSERTS, Polarity.DENIES))
            face(asserting, denying)
            face(denying, asserting)
    for values in by_value.values():
        if len(values) > 1:
            camps = {value: _camps(assertions, corpus) for value, assertions in values.items()}
            for value, own in camps.items():
                face(own, [camp for other, its in camps.items() if other != value for camp in its])
    ids = {a.id for a in live}
    for conflict in corpus.conflicts.values():
        if conflict.kind is ConflictKind.EXACTLY_ONE:
            members = [corpus.assertions[r.id] for r in conflict.between if r.id in ids]
            for one in members:
                for other in members:
                    if proposition(one, ontology) != proposition(other, ontology) and one.mode is other.mode:
                        against[one.id].append((other.id,))
    return _merged(against)


def _merged(against: Mapping[str, Sequence[tuple[str, ...]]]) -> dict[str, tuple[str, ...]]:
    """All that stands against each assertion, once and in order; the same lists become the same list."""
    known: dict[tuple[int, ...], tuple[str, ...]] = {}
    found = {}
    for id, lists in against.items():
        key = tuple(map(builtins.id, lists))
        if key not in known:
            known[key] = tuple(sorted({rival for rivals in lists for rival in rivals}))
        found[id] = known[key]
    return found


def _open_rivals(live: Iterable[Assertion], corpus: Corpus) -> dict[str, list[tuple[str, list[str]]]]:
    """For each live assertion that is one of several live answers: the questions, each with the other answers."""
    modes = {a.id: a.mode for a in live}
    found: dict[str, list[tuple[str, list[str]]]] = defaultdict(list)
    for conflict in corpus.conflicts.values():
        members = [r.id for r in conflict.between if r.id in modes]
        for id in members:
            if others := [other for other in members if other != id and modes[other] is modes[id]]:
                found[id].append((conflict.question.text, others))
    return found


class _Judge:
    """Finds where assertions stand, each once; those that one follows from come before it (checks refuse circles)."""

    def __init__(self, corpus: Corpus, ontology: Ontology, voices: frozenset[str]) -> None:
        self.corpus, self.voices = corpus, voices
        self.gone = _gone(corpus)
        live = [a for a in corpus.assertions.values() if a.id not in self.gone]
        self.against = _oppositions(live, corpus, ontology)
        self.rivals = _open_rivals(live, corpus)
        self.found: dict[str, Standing] = {}
        self.reasons: dict[int, tuple[str, tuple[str, ...]]] = {}

    def standing(self, assertion: Assertion) -> Standing:
        """Where an assertion stands, after what it follows from, however long the chain is."""
        waiting = [] if assertion.id in self.found else [assertion]
        while waiting:
            last = waiting[-1]
            before = [r.id for r in last.follows_from if r.id not in self.found]
            if before and last.id not in self.found:
                waiting += [self.corpus.assertions[id] for id in before]
                continue
            waiting.pop()
            if last.id not in self.found:
                self.found[last.id] = self._judged(last)
        return self.found[assertion.id]

    def _judged(self, assertion: Assertion) -> Standing:
        opposed = self.against.get(assertion.id, ())
        voiced = self._is_voiced(assertion.id)
        contesting = tuple(id for id in opposed if self._is_voiced(id)) if voiced else opposed
        question = next((q for q, rivals in self.rivals.get(assertion.id, ()) if self._is_open(voiced, rivals)), "")
        if assertion.id in self.gone:
            return self.gone[assertion.id]
        if assertion.mode is Mode.OPINION:
            return Standing(Status.OPINION, "a judgement of its holder", opposed)
        if not _is_deed(assertion):
            return Standing(Status.PROSPECTIVE, f"{assertion.mode}, not a deed", opposed)
        if contesting:
            return Standing(Status.CONTESTED, self._standing_against(contesting), opposed)
        if question:
            return Standing(Status.CONTESTED, f"one of several answers to: {question}", opposed)
        if assertion.polarity is Polarity.DENIES:
            return Standing(Status.DENIAL, "it denies, and no live assertion that counts says otherwise", opposed)
        return self._uncontested(assertion, voiced, opposed)

    def _uncontested(self, assertion: Assertion, voiced: bool, opposed: tuple[str, ...]) -> Standing:
        names = ", ".join(speaker.id for speaker in assertion.speakers)
        if voiced:
            return Standing(Status.ACCEPTED, f"{names} says so, whose claims the lens takes as accepted", opposed)
        if assertion.speakers:
            return Standing(Status.ATTRIBUTED, f"{names} says so; no article vouches for it")
        if assertion.basis is Basis.INFERRED:
            parents = (self.corpus.assertions[r.id] for r in assertion.follows_from)
            return _inferred((self.standing(parent).status, parent.id) for parent in parents)
        if assertion.basis is Basis.EDITORIAL:
            return Standing(Status.ACCEPTED, "the editors hold it, for the reason in its note")
        return Standing(Status.ACCEPTED, "reported by an article in its own voice, undenied")

    def _standing_against(self, rivals: tuple[str, ...]) -> str:
        """The reason of a contested assertion, made once for all that stand against the same ones."""
        words, same = self.reasons.get(id(rivals), ("", None))
        if same is not rivals:
            words = f"stands against {', '.join(rivals)}"
            self.reasons[id(rivals)] = words, rivals
        return words

    def _is_voiced(self, id: str) -> bool:
        return any(speaker.id in self.voices for speaker in self.corpus.assertions[id].speakers)

    def _is_open(self, voiced: bool, rivals: Iterable[str]) -> bool:
        """Whether a question stays open for one of its answers: for a voiced one only other voiced ones count."""
        return any(not voiced or self._is_voiced(rival) for rival in rivals)


def _inferred(parents: Iterable[tuple[Status, str]]) -> Standing:
    """A conclusion stands no better than the weakest of what it follows from."""
    order, parents = list(Status), sorted(parents, key=lambda parent: parent[1])
    status, id = min(parents, key=lambda parent: order.index(parent[0]))
    if status is Status.ACCEPTED:
        return Standing(Status.ACCEPTED, f"it follows from {', '.join(id for _, id in parents)}")
    shown = Status.ATTRIBUTED if status is Status.DENIAL else status
    return Standing(shown, f"it follows from {id}, which is {status}")
