"""Which ids stand for one thing, by the curator's judgements, and where these judgements contradict
each other.

A judgement is an assertion like any other, of a relation that the ontology marks
(``kg:judgesIdentity``): ``sameAs``, ``differentFrom`` or ``perhapsSameAs``, with its reason in the
note. Only accepted ``sameAs`` merges, through any number of steps and in both directions;
``perhapsSameAs`` never does. Nothing is rewritten: take a judgement away, and its merge is gone.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from kg.model import Assertion, Corpus, Mode, Polarity, Reference
from kg.ontology import Identity, Ontology
from kg.status.status import Standing, Status


class Group(NamedTuple):
    """Ids that stand for one thing. ``id`` is the one to show: of the shortest the first in the
    alphabet, but that of an unnamed source only where no other is among them. ``by`` are the
    judgements that merge them.
    """

    id: str
    members: tuple[str, ...]
    by: tuple[str, ...]


class Contradiction(NamedTuple):
    """Two things that are judged to be different and yet, step by step, the same.

    ``chain`` are the ids from the one to the other, ``by`` the judgement of each step, ``against``
    that which denies where they lead.
    """

    against: str
    chain: tuple[str, ...]
    by: tuple[str, ...]


def identities(
    corpus: Corpus, ontology: Ontology, standings: Mapping[str, Standing]
) -> tuple[Group, ...]:
    """The groups of ids that stand for one thing, in the order of their ids.

    Ids that lie in a contradiction are not merged with any: which of its judgements is wrong,
    nobody knows.
    """
    steps = _steps(_accepted(corpus, ontology, standings))
    doubtful = {
        id
        for contradiction in contradictions(corpus, ontology, standings)
        for id in contradiction.chain
    }
    groups = []
    done: set[str] = set()
    for start in sorted(steps):
        if start in done:
            continue
        members = set(_paths(start, steps))
        done |= members
        if not members & doubtful:
            by = sorted({judgement for id in members for _, judgement in steps[id]})
            groups.append(
                Group(_shown(members, corpus, ontology), tuple(sorted(members)), tuple(by))
            )
    return tuple(sorted(groups, key=lambda group: group.id))


def main_ids(groups: Iterable[Group]) -> dict[str, str]:
    """Return for each id in a group the one to show; an id that is not there stands for itself."""
    return {member: group.id for group in groups for member in group.members}


def contradictions(
    corpus: Corpus, ontology: Ontology, standings: Mapping[str, Standing]
) -> tuple[Contradiction, ...]:
    """Every pair judged different that other judgements make the same, each pair once, with its
    shortest chain.

    Whoever says that two are different, or denies that they are the same, stands against their
    merge: a claim is enough, since a disputed merge is none.
    """
    steps = _steps(_accepted(corpus, ontology, standings))
    found: dict[frozenset[str], Contradiction] = {}
    for judgement in _parting(corpus, ontology, standings):
        one, other = judgement.subject.id, judgement.object_key
        way = _paths(one, steps).get(other) if one != other else None
        if way is not None:
            contradiction = Contradiction(
                judgement.id, (one, *(id for id, _ in way)), tuple(by for _, by in way)
            )
            found.setdefault(frozenset((one, other)), contradiction)
    return tuple(found.values())


_Step = tuple[str, str]
"""An id that another is the same as, and the judgement that says so."""


def _accepted(
    corpus: Corpus, ontology: Ontology, standings: Mapping[str, Standing]
) -> Iterator[Assertion]:
    for assertion in corpus.assertions.values():
        if (
            ontology.relations[assertion.predicate.id].judges_identity == Identity.SAME
            and assertion.polarity is Polarity.ASSERTS
            and isinstance(assertion.object, Reference)
            and standings[assertion.id].status is Status.ACCEPTED
        ):
            yield assertion


def _parting(
    corpus: Corpus, ontology: Ontology, standings: Mapping[str, Standing]
) -> Iterator[Assertion]:
    """The live judgements that two things are different: accepted, claimed or contested ones, and
    denials.
    """
    gone = (Status.WITHDRAWN, Status.SUPERSEDED)
    for assertion in corpus.assertions.values():
        judges = ontology.relations[assertion.predicate.id].judges_identity
        parts = (Identity.DIFFERENT, Polarity.ASSERTS), (Identity.SAME, Polarity.DENIES)
        if (
            (judges, assertion.polarity) in parts
            and assertion.mode is Mode.ACTUAL
            and not assertion.rule
            and standings[assertion.id].status not in gone
        ):
            yield assertion


def _steps(judgements: Iterable[Assertion]) -> dict[str, list[_Step]]:
    """For each id those that it is judged the same as, in a fixed order."""
    steps: dict[str, set[_Step]] = {}
    for judgement in judgements:
        one, other = judgement.subject.id, judgement.object_key
        if one != other:
            steps.setdefault(one, set()).add((other, judgement.id))
            steps.setdefault(other, set()).add((one, judgement.id))
    return {id: sorted(others) for id, others in steps.items()}


def _paths(start: str, steps: Mapping[str, list[_Step]]) -> dict[str, tuple[_Step, ...]]:
    """The shortest way from an id to each that it is the same as; the empty way to itself."""
    ways: dict[str, tuple[_Step, ...]] = {start: ()}
    waiting = deque([start])
    while waiting:
        here = waiting.popleft()
        for step in steps.get(here, ()):
            if step[0] not in ways:
                ways[step[0]] = (*ways[here], step)
                waiting.append(step[0])
    return ways


def _shown(members: Iterable[str], corpus: Corpus, ontology: Ontology) -> str:
    def order(id: str) -> tuple[bool, int, str]:
        thing = corpus.things.get(id)
        is_unnamed = thing is not None and ontology.classes[thing.type.id].is_unnamed
        return is_unnamed, len(id), id

    return min(members, key=order)
