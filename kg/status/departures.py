"""Which states are over by what somebody did: who quits is no longer a member.

The ontology says which relations end states of which (``kg:endsRelation``). A departure ends the
open state between the same two, as articles report it, that had begun by then and that no article
reports which is later than the first word of the departure.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from kg.dates import Day
from kg.model import Assertion
from kg.model.corpus import Corpus
from kg.model.grouping import group_pairs
from kg.ontology import Ontology
from kg.status.propositions import time_of
from kg.status.support import report_days


def find_departures(
    corpus: Corpus, ontology: Ontology, ended: Collection[str] = ()
) -> dict[str, list[Assertion]]:
    """Return the states that each departure may end, by the id of the departure; departures without
    such a state are left out, and so are states of which articles report the end otherwise
    (``ended``, by id).
    """
    departures = [a for a in corpus.assertions.values() if is_departure(a, ontology)]
    if not departures:
        return {}
    by_ends = group_pairs(
        (frozenset((a.subject.id, a.object_key)), a)
        for a in corpus.assertions.values()
        if is_open_state(a, ontology) and a.id not in ended
    )
    by_id = {}
    for departure in departures:
        day = last_day(departure, corpus)
        states = by_ends.get(frozenset((departure.subject.id, departure.object_key)), ())
        possible = of_relations(states, _ended_by(departure, ontology), ontology)
        by_id[departure.id] = [a for a in possible if day and is_over(a, departure, day, corpus)]
    return {id: states for id, states in by_id.items() if states}


def is_departure(a: Assertion, ontology: Ontology) -> bool:
    """Whether an assertion reports a deed that ends states."""
    return bool(_ended_by(a, ontology)) and a.asserts_triple and a.is_actual


def is_open_state(a: Assertion, ontology: Ontology) -> bool:
    """Whether an assertion says, as articles do, that something holds of which it gives no end."""
    is_fact = a.asserts_triple and a.is_actual and not a.speakers
    is_open = a.when is not None and a.when.is_open
    return is_open and is_fact and ontology.relation_of(a).is_state


def _ended_by(departure: Assertion, ontology: Ontology) -> tuple[str, ...]:
    """The relations of which a deed ends states between the same two."""
    return ontology.relation_of(departure).ends_relations


def of_relations(
    states: Iterable[Assertion], relations: Collection[str], ontology: Ontology
) -> list[Assertion]:
    """Return those of some states that are of some relations, or of special ones of these."""
    return [a for a in states if ontology.is_narrower(a.predicate.id, relations)]


def last_day(deed: Assertion, corpus: Corpus) -> Day | None:
    """Return the day by which something was done: that of the date or else of the first report."""
    date = time_of(deed, corpus)
    return date.end_latest if date else report_days(deed, corpus)[0]


def has_begun(state: Assertion, day: Day) -> bool:
    """Whether a state had certainly begun by a day."""
    return bool(state.when and state.when.start_latest and state.when.start_latest <= day)


def is_over(state: Assertion, end: Assertion, day: Day, corpus: Corpus) -> bool:
    """Return whether a state had begun by the day of a departure, or of another end, and no other
    article still reports it that could know of that.
    """
    telling = {citation.article.id for citation in end.citations}
    others = tuple(c for c in state.citations if c.article.id not in telling)
    last_report = report_days(replace(state, citations=others), corpus)[1]
    known_day = max(day, report_days(end, corpus)[0] or day)
    return has_begun(state, day) and (last_report is None or last_report <= known_day)
