"""Which ids stand for one thing, by the curator's judgements, and where these judgements contradict
each other.

A judgement is an assertion like any other, of a relation that the ontology marks
(``kg:judgesIdentity``): ``sameAs``, ``differentFrom`` or ``perhapsSameAs``, with its reason in the
note. Only accepted ``sameAs`` merges, through any number of steps and in both directions;
``perhapsSameAs`` never does. Nothing is rewritten: take a judgement away, and its merge is gone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from kg.model import Assertion
from kg.model.closure import closure
from kg.model.corpus import Corpus
from kg.ontology import Ontology
from kg.ontology.terms import Identity
from kg.status.status import Standing, Status


class IdGroup(NamedTuple):
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


def find_identities(
    corpus: Corpus, ontology: Ontology, standings: Mapping[str, Standing]
) -> tuple[IdGroup, ...]:
    """Return the groups of ids that stand for one thing, in the order of their ids.

    Ids that lie in a contradiction are not merged with any: which of its judgements is wrong,
    nobody knows.
    """
    steps = _steps(_judgements(corpus, ontology), ontology, standings)
    doubtful: set[str] = set()
    for contradiction in find_contradictions(corpus, ontology, standings):
        doubtful.update(contradiction.chain)
    groups: list[IdGroup] = []
    grouped: set[str] = set()
    for start in sorted(steps.keys()):
        if start in grouped:
            continue
        members = closure([start], lambda id: [step.id for step in steps[id]])
        grouped.update(members)
        if doubtful.isdisjoint(members):
            judgements = {step.judgement for id in members for step in steps[id]}
            main_id = min(members, key=lambda id: _preference(id, corpus, ontology))
            groups.append(IdGroup(main_id, tuple(sorted(members)), tuple(sorted(judgements))))
    return tuple(sorted(groups, key=lambda group: group.id))


def _preference(id: str, corpus: Corpus, ontology: Ontology) -> tuple[bool, int, str]:
    """What is smallest for the id to show."""
    thing = corpus.things.get(id)
    is_unnamed = thing is not None and ontology.classes[thing.type.id].is_unnamed
    return is_unnamed, len(id), id


def main_ids(groups: Iterable[IdGroup]) -> dict[str, str]:
    """Return for each id in a group the one to show; an id that is not there stands for itself."""
    return {member: group.id for group in groups for member in group.members}


def find_contradictions(
    corpus: Corpus, ontology: Ontology, standings: Mapping[str, Standing]
) -> tuple[Contradiction, ...]:
    """Return every pair judged different that other judgements make the same, each pair once, with
    its shortest chain.

    Whoever says that two are different, or denies that they are the same, stands against their
    merge: a claim is enough, since a disputed merge is none.
    """
    judgements = _judgements(corpus, ontology)
    steps = _steps(judgements, ontology, standings)
    contradictions: dict[frozenset[str], Contradiction] = {}
    for a in judgements:
        one, other = a.subject.id, a.object_key
        path = _shortest_path(one, other, steps) if _parts(a, ontology, standings[a.id]) else ()
        if path:
            chain = one, *(step.id for step in path)
            contradiction = Contradiction(a.id, chain, tuple(step.judgement for step in path))
            contradictions.setdefault(frozenset((one, other)), contradiction)
    return tuple(contradictions.values())


def _judgements(corpus: Corpus, ontology: Ontology) -> list[Assertion]:
    """What is judged of who is whom: little of all that is said."""
    judging = {name for name, each in ontology.relations.items() if each.judges_identity}
    return [a for a in corpus.assertions.values() if a.predicate.id in judging]


def _parts(assertion: Assertion, ontology: Ontology, standing: Standing) -> bool:
    """Whether an assertion is a live judgement of a curator that two things are different:
    accepted, claimed or contested, or a denial that they are the same.
    """
    parting = Identity.SAME if assertion.is_denial else Identity.DIFFERENT
    is_judgement = ontology.relation_of(assertion).judges_identity == parting
    is_plain = assertion.is_actual and not (assertion.limited_state or assertion.rule)
    is_live = standing.status not in (Status.WITHDRAWN, Status.SUPERSEDED)
    return is_judgement and is_plain and is_live


class _Step(NamedTuple):
    """An id that another is the same as, and the judgement that says so."""

    id: str
    judgement: str


def _steps(
    judgements: Iterable[Assertion], ontology: Ontology, standings: Mapping[str, Standing]
) -> dict[str, list[_Step]]:
    """For each id those that it is judged the same as by accepted judgements, in a fixed order."""
    steps: dict[str, set[_Step]] = {}
    for a in judgements:
        judges_same = ontology.relation_of(a).judges_identity == Identity.SAME
        is_accepted = standings[a.id].status is Status.ACCEPTED
        one, other = a.subject.id, a.object_key
        if judges_same and is_accepted and a.asserts_triple and one != other:
            steps.setdefault(one, set()).add(_Step(other, a.id))
            steps.setdefault(other, set()).add(_Step(one, a.id))
    return {id: sorted(others) for id, others in steps.items()}


def _shortest_path(start: str, goal: str, steps: Mapping[str, list[_Step]]) -> tuple[_Step, ...]:
    """The steps from an id to another one that is the same, or none."""
    paths: dict[str, tuple[_Step, ...]] = {start: ()}

    def follow_judgements(id: str) -> Iterator[str]:
        for step in steps.get(id, ()):
            paths.setdefault(step.id, (*paths[id], step))
            yield step.id

    closure([start], follow_judgements)
    return paths.get(goal, ())
