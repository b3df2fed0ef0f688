"""Where each assertion stands: computed here, in one place, and never written by hand.

The order of the rules is the order of ``Status`` (docs/model.md, section 4). A claim never turns into a fact: only what
articles report in their own voice, undenied and without a rival, is accepted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from kg.dates import Date, Overlap, overlap
from kg.model import Assertion, Basis, ConflictKind, Corpus, Mode, Polarity
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


def standings(corpus: Corpus, ontology: Ontology) -> dict[str, Standing]:
    """The standing of every assertion of a checked corpus, by id, in reading order."""
    gone = _gone(corpus)
    live = [a for a in corpus.assertions.values() if a.id not in gone]
    against = _oppositions(live, corpus, ontology)
    rivals = _open_rivals(live, corpus)
    found: dict[str, Standing] = {}
    for assertion in corpus.assertions.values():
        _stand(assertion, corpus, gone, against, rivals, found)
    return {id: found[id] for id in corpus.assertions}


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


def _oppositions(live: Iterable[Assertion], corpus: Corpus, ontology: Ontology) -> dict[str, set[str]]:
    """For each live assertion those that cannot be right together with it."""
    against: dict[str, set[str]] = defaultdict(set)

    def oppose(one: Assertion, other: Assertion) -> None:
        if one.mode is other.mode and overlap(time_of(one, corpus), time_of(other, corpus)) is not Overlap.NO:
            against[one.id].add(other.id)
            against[other.id].add(one.id)

    by_proposition: dict[Triple, list[Assertion]] = defaultdict(list)
    by_value: dict[tuple[str, str], list[Assertion]] = defaultdict(list)
    for a in live:
        by_proposition[proposition(a, ontology)].append(a)
        relation = ontology.relations.get(a.predicate.id)
        if relation and relation.functional and a.polarity is Polarity.ASSERTS and _is_deed(a):
            by_value[a.subject.id, a.predicate.id].append(a)
    for same in by_proposition.values():
        asserting = [a for a in same if a.polarity is Polarity.ASSERTS]
        for denial in same:
            if denial.polarity is Polarity.DENIES:
                for a in asserting:
                    oppose(a, denial)
    for values in by_value.values():
        for n, one in enumerate(values):
            for other in values[n + 1 :]:
                if one.object_key != other.object_key:
                    oppose(one, other)
    ids = {a.id for a in live}
    for conflict in corpus.conflicts.values():
        if conflict.kind is ConflictKind.EXACTLY_ONE:
            members = [corpus.assertions[r.id] for r in conflict.between if r.id in ids]
            for one in members:
                for other in members:
                    if proposition(one, ontology) != proposition(other, ontology) and one.mode is other.mode:
                        against[one.id].add(other.id)
    return against


def _open_rivals(live: Iterable[Assertion], corpus: Corpus) -> dict[str, str]:
    """For each live assertion that is one of several live answers to a question, that question."""
    ids = {a.id: a.mode for a in live}
    found = {}
    for conflict in corpus.conflicts.values():
        members = [r.id for r in conflict.between if r.id in ids]
        for id in members:
            if any(other != id and ids[other] is ids[id] for other in members):
                found[id] = conflict.question.text
    return found


def _stand(
    assertion: Assertion,
    corpus: Corpus,
    gone: Mapping[str, Standing],
    against: Mapping[str, set[str]],
    rivals: Mapping[str, str],
    found: dict[str, Standing],
) -> Standing:
    """The standing of one assertion, after that of those it follows from (the checks refuse circles)."""
    if assertion.id in found:
        return found[assertion.id]
    opposed = tuple(sorted(against.get(assertion.id, ())))
    if assertion.id in gone:
        standing = gone[assertion.id]
    elif assertion.mode is Mode.OPINION:
        standing = Standing(Status.OPINION, "a judgement of its holder", opposed)
    elif not _is_deed(assertion):
        standing = Standing(Status.PROSPECTIVE, f"{assertion.mode}, not a deed", opposed)
    elif opposed:
        standing = Standing(Status.CONTESTED, f"stands against {', '.join(opposed)}", opposed)
    elif assertion.id in rivals:
        standing = Standing(Status.CONTESTED, f"one of several answers to: {rivals[assertion.id]}")
    elif assertion.polarity is Polarity.DENIES:
        standing = Standing(Status.DENIAL, "it denies, and no live assertion says otherwise")
    elif assertion.speakers:
        names = ", ".join(speaker.id for speaker in assertion.speakers)
        standing = Standing(Status.ATTRIBUTED, f"{names} says so; no article vouches for it")
    elif assertion.basis is Basis.INFERRED:
        parents = [
            (_stand(corpus.assertions[r.id], corpus, gone, against, rivals, found).status, r.id)
            for r in assertion.follows_from
        ]
        standing = _inferred(parents)
    elif assertion.basis is Basis.EDITORIAL:
        standing = Standing(Status.ACCEPTED, "the editors hold it, for the reason in its note")
    else:
        standing = Standing(Status.ACCEPTED, "reported by an article in its own voice, undenied")
    found[assertion.id] = standing
    return standing


def _inferred(parents: Iterable[tuple[Status, str]]) -> Standing:
    """A conclusion stands no better than the weakest of what it follows from."""
    order = list(Status)
    status, id = min(parents, key=lambda parent: (order.index(parent[0]), parent[1]))
    if status is Status.ACCEPTED:
        return Standing(Status.ACCEPTED, f"it follows from accepted assertions ({id} and any others named)")
    shown = Status.ATTRIBUTED if status is Status.DENIAL else status
    return Standing(shown, f"it follows from {id}, which is {status}")
