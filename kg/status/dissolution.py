"""Nothing of a body holds after its end.

Where it is accepted that a state, organisation or company was dissolved, what articles report of it
as still going on ended then at the latest: its memberships, offices in it, its ties. What a speaker
claims of it keeps the date that the speaker gives, and what has no date stays without one.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from kg.dates.limits import common_limit, with_end
from kg.model import Assertion
from kg.model.corpus import Corpus
from kg.model.grouping import group_pairs
from kg.model.references import Text
from kg.ontology import Ontology
from kg.status.limits import StateLimits, limit_of
from kg.status.propositions import is_state
from kg.status.status import Status, judge_standings


def with_ends_of_bodies(
    limited: StateLimits, ontology: Ontology, voices: Collection[str] = ()
) -> StateLimits:
    """Return a checked corpus in which open states of dissolved bodies have ended with them, as far
    as their ends are accepted (``voices``: see ``judge_standings``).
    """
    corpus = limited.corpus
    reports = {a.id: ended_body(a, corpus, ontology) for a in corpus.assertions.values()}
    reports = {id: body for id, body in reports.items() if body}
    if not reports:
        return limited
    results = judge_standings(corpus, ontology, voices)
    ends = group_pairs(
        (body, corpus.assertions[id])
        for id, body in reports.items()
        if results[id].status is Status.ACCEPTED
    )
    assertions, by_state = dict(corpus.assertions), dict(limited.limits)
    for id, a in corpus.assertions.items():
        endings = _endings_of(a, ends, ontology)
        limits = [limit_of(ending, corpus) for ending in endings]
        when = with_end(a.when, common_limit(limits)) if limits else a.when
        if when != a.when:
            assertions[id] = replace(a, when=when)
            by_state[id] = (*by_state.get(id, ()), *(each.id for each in endings))
    return StateLimits(replace(corpus, assertions=assertions), by_state)


def ended_body(a: Assertion, corpus: Corpus, ontology: Ontology) -> str:
    """Return the id of the actor whose end an assertion reports on a day, or nothing."""
    relation = ontology.relation_of(a)
    id = a.subject.id if relation.names_stage else a.object_key
    thing = corpus.things.get(id)
    if thing is None or thing.section != "actors" or a.when is None or not a.asserts_triple:
        return ""
    name = a.object.text if relation.names_stage and isinstance(a.object, Text) else None
    ends = (
        stage.written == name or stage.name == relation.enters_status
        for stage in ontology.stages_of(thing.type.id)
        if stage.is_final and stage.in_force is False
    )
    return id if any(ends) else ""


def _endings_of(
    a: Assertion, ends: Mapping[str, list[Assertion]], ontology: Ontology
) -> list[Assertion]:
    """The ends of bodies that an open state, as articles report it, cannot outlast."""
    is_open = a.when is not None and a.when.is_open
    if not is_open or a.speakers or not a.is_actual or not is_state(a, ontology.relation_of(a)):
        return []
    return [ending for body in a.tied_things for ending in ends.get(body, ())]
