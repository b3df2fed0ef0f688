"""Where each assertion stands: computed here, in one place, and never written by hand.

The order of the rules is the order of ``Status`` (docs/model.md, section 4). A claim never turns
into a fact: only what articles report in their own voice, undenied and without a rival, is
accepted.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum
from typing import NamedTuple

from kg.model import Assertion, Basis, Corpus, Mode, Polarity
from kg.ontology import Ontology
from kg.status.rivals import Triple as Triple
from kg.status.rivals import is_deed, open_rivals, oppositions
from kg.status.rivals import proposition as proposition
from kg.status.rivals import time_of as time_of


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


class Standing(NamedTuple):
    """An assertion's status, the reason in words, and the live assertions that stand against it, by
    id.
    """

    status: Status
    reason: str
    against: tuple[str, ...] = ()


def standings(
    corpus: Corpus,
    ontology: Ontology,
    voices: Collection[str] = (),
    identity: Mapping[str, str] | None = None,
) -> dict[str, Standing]:
    """The standing of every assertion of a checked corpus, by id, in reading order.

    ``voices`` are speakers whose claims are taken as accepted; what others say against these does
    not contest them. ``identity`` gives ids that stand for one thing one id: what is denied of a
    thing is denied of it under any id.
    """
    judge = _Judge(corpus, ontology, frozenset(voices), identity or {})
    return {id: judge.standing(assertion) for id, assertion in corpus.assertions.items()}


def _gone(corpus: Corpus) -> dict[str, Standing]:
    """The assertions that no longer count: withdrawn, or superseded by one that is not withdrawn
    itself.
    """
    gone = {
        a.id: Standing(
            Status.WITHDRAWN,
            "its speaker took it back"
            + (f" ({a.withdrawn.when.text})" if a.withdrawn.when else ""),
        )
        for a in corpus.assertions.values()
        if a.withdrawn
    }
    withdrawn = set(gone)
    for a in corpus.assertions.values():
        if not a.supersedes or a.id in withdrawn or a.supersedes.id in gone:
            continue
        earlier = corpus.assertions[a.supersedes.id]
        if is_deed(a) or not is_deed(earlier):
            how = "undone from its first day" if a.retroactive else "corrected or replaced"
            gone[earlier.id] = Standing(Status.SUPERSEDED, f"{how} by {a.id}")
    return gone


class _Judge:
    """Finds where assertions stand, each once; those that one follows from come before it (checks
    refuse circles).
    """

    def __init__(
        self,
        corpus: Corpus,
        ontology: Ontology,
        voices: frozenset[str],
        identity: Mapping[str, str],
    ) -> None:
        self.corpus = corpus
        self.voiced = {
            a.id
            for a in corpus.assertions.values()
            for speaker in a.speakers
            if speaker.id in voices
        }
        self.gone = _gone(corpus)
        live = [a for a in corpus.assertions.values() if a.id not in self.gone]
        self.against = oppositions(live, corpus, ontology, identity)
        self.rivals = open_rivals(live, corpus, ontology)
        self.found: dict[str, Standing] = {}
        self.reasons: dict[int, tuple[str, tuple[str, ...]]] = {}

    def standing(self, assertion: Assertion) -> Standing:
        """Where an assertion stands, after what it follows from, however long the chain is."""
        waiting = [] if assertion.id in self.found else [assertion]
        while waiting:
            last = waiting[-1]
            if before := [r.id for r in last.follows_from if r.id not in self.found]:
                waiting += [self.corpus.assertions[id] for id in before]
                continue
            waiting.pop()
            if last.id not in self.found:
                self.found[last.id] = self._judged(last)
        return self.found[assertion.id]

    def _judged(self, assertion: Assertion) -> Standing:
        if assertion.id in self.gone:
            return self.gone[assertion.id]
        opposed, voiced = self.against.get(assertion.id, ()), assertion.id in self.voiced
        if assertion.mode is Mode.OPINION:
            return Standing(Status.OPINION, "a judgement of its holder", opposed)
        if not is_deed(assertion):
            return Standing(Status.PROSPECTIVE, f"{assertion.mode}, not a deed", opposed)
        if contesting := tuple(id for id in opposed if id in self.voiced) if voiced else opposed:
            return Standing(Status.CONTESTED, self._standing_against(contesting), opposed)
        if question := self._open_question(assertion.id, voiced):
            return Standing(Status.CONTESTED, f"one of several answers to: {question}", opposed)
        if assertion.polarity is Polarity.DENIES:
            return Standing(
                Status.DENIAL,
                "it denies, and no live assertion that counts says otherwise",
                opposed,
            )
        return self._uncontested(assertion, voiced, opposed)

    def _uncontested(
        self, assertion: Assertion, voiced: bool, opposed: tuple[str, ...]
    ) -> Standing:
        if voiced:
            return Standing(
                Status.ACCEPTED,
                f"{_names(assertion)} says so, whose claims the lens takes as accepted",
                opposed,
            )
        if assertion.speakers:
            return Standing(
                Status.ATTRIBUTED, f"{_names(assertion)} says so; no article vouches for it"
            )
        if assertion.basis is Basis.INFERRED:
            return _inferred(
                (parent.id, self.found[parent.id].status) for parent in assertion.follows_from
            )
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

    def _open_question(self, id: str, voiced: bool) -> str:
        """A question that stays open for one of its answers, if any: for a voiced one only other
        voiced ones count.
        """
        for question, rivals in self.rivals.get(id, ()):
            if not voiced or not self.voiced.isdisjoint(rivals):
                return question
        return ""


def _names(assertion: Assertion) -> str:
    return ", ".join(speaker.id for speaker in assertion.speakers)


_ORDER = {status: number for number, status in enumerate(Status)}


def _inferred(parents: Iterable[tuple[str, Status]]) -> Standing:
    """A conclusion stands no better than the weakest of what it follows from."""
    parents = sorted(parents)
    id, status = min(parents, key=lambda parent: _ORDER[parent[1]])
    if status is Status.ACCEPTED:
        return Standing(Status.ACCEPTED, f"it follows from {', '.join(id for id, _ in parents)}")
    shown = Status.ATTRIBUTED if status is Status.DENIAL else status
    return Standing(shown, f"it follows from {id}, which is {status}")
