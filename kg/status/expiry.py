"""Nobody is party to a pact after its end.

Where it is accepted that a pact ended, what articles report of its parties as still going on ended
with it, as surely as that end is known; a contested, claimed or planned end ends nothing. What a
speaker claims keeps the date that the speaker gives, and so does what an article still reports that
could know of the end. In a pact that was void from its first day nobody ever was.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from kg.dates import Date
from kg.dates.limits import eve_of, with_end
from kg.model import Assertion
from kg.model.grouping import group_pairs
from kg.ontology import Ontology
from kg.ontology.terms import Moves
from kg.status.departures import is_open_state, is_over, last_day
from kg.status.endings import End, PactEnds
from kg.status.judgement import Judgement
from kg.status.limits import StateLimits, limit_of
from kg.status.status import affirms_triple, judge_standings


def with_ends_of_pacts(
    limited: StateLimits, ontology: Ontology, voices: Collection[str] = ()
) -> StateLimits:
    """Return a checked corpus in which open memberships in pacts that ended have ended with them,
    as far as that is accepted (``voices``: see ``judge_standings``).
    """
    corpus = limited.corpus
    relations = ontology.relations
    memberships = group_pairs(
        (a.object_key, a)
        for a in corpus.assertions.values()
        if relations[a.predicate.id].moves == Moves.MEMBERSHIP and is_open_state(a, ontology)
    )
    about = group_pairs(
        (pact, a)
        for a in (corpus.assertions.values() if memberships else ())
        for pact in {a.subject.id, a.object_key} & memberships.keys()
    )
    ending = [pact for pact, each in about.items() if _may_have_ended(each, ontology)]
    if not ending:
        return limited
    judgement = Judgement(corpus, judge_standings(corpus, ontology, voices), {})
    assertions, limits, undone = dict(corpus.assertions), dict(limited.limits), set(limited.undone)
    for pact in ending:
        facts = [a for a in about[pact] if affirms_triple(a, judgement.standings[a.id])]
        finder = PactEnds.of(pact, facts, judgement, ontology)
        for state, end in _ended(memberships[pact], facts, finder):
            if end.is_void:
                undone.add(state.id)
            else:
                assertions[state.id] = replace(state, when=_until(state.when, end, judgement))
            limits[state.id] = (*limits.get(state.id, ()), end.assertion.id)
    return StateLimits(replace(corpus, assertions=assertions), limits, frozenset(undone))


def _may_have_ended(assertions: Iterable[Assertion], ontology: Ontology) -> bool:
    """Whether some assertion may tell of the end of a pact."""
    relations = [ontology.relation_of(a) for a in assertions]
    stages = [ontology.stages.get(relation.enters_status) for relation in relations]
    is_named = any(relation.names_stage for relation in relations)
    return is_named or any(stage.is_final for stage in stages if stage)


def _ended(
    states: Sequence[Assertion], facts: Sequence[Assertion], finder: PactEnds
) -> Iterator[tuple[Assertion, End]]:
    """Yield the memberships that ended with their pact, each with the first end after it began."""
    backs = [finder.window(a) for a in facts if finder.brings_back(a)]
    last_back = max((back.first for back in backs), default=-math.inf)
    # A pact that was put in force again after its end goes on.
    ends = group_pairs(
        (end.party, end)
        for end in chain.from_iterable(map(finder.ends, facts))
        if _is_of_pact(end, finder) and last_back <= end.window.last
    )
    for state in states:
        parties = dict.fromkeys(("", finder.parties.party_of(state)))
        own = chain.from_iterable(ends.get(party, ()) for party in parties)
        possible = [end for end in own if _is_over(state, end.assertion, finder)]
        if possible:
            first = min(possible, key=lambda end: (not end.is_void, end.window, end.assertion.id))
            yield state, first


def _is_of_pact(end: End, finder: PactEnds) -> bool:
    """Whether a pact ended, or one party ended it for itself: who leaves, departs."""
    relation = finder.ontology.relation_of(end.assertion)
    return not end.party or relation.moves == Moves.PACT


def _is_over(state: Assertion, end: Assertion, finder: PactEnds) -> bool:
    corpus = finder.judgement.corpus
    day = last_day(end, corpus)
    return day is not None and is_over(state, end, day, corpus)


def _until(when: Date | None, end: End, judgement: Judgement) -> Date | None:
    """A state up to the day before an end or, where it began on that day, up to that."""
    date = judgement.time_of(end.assertion)
    if date is None:
        return with_end(when, limit_of(end.assertion, judgement.corpus))
    before = with_end(when, eve_of(date))
    return before if before != when else with_end(when, date)
