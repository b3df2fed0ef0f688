"""Until when a state held that a later assertion replaces (``supersedes``), and what never did.

A state held until the one that replaces it began; where that is not told, until some day before its
first report. What is undone from its first day (``retroactive``) never held, and nor did a state
whose replacement began no later than itself: that is a correction.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from kg.dates import Date, DateKind, span_of
from kg.dates.calendar import some_time
from kg.dates.limits import either_limit, with_end
from kg.model import Assertion
from kg.model.corpus import Corpus
from kg.model.grouping import group_pairs
from kg.ontology import Ontology
from kg.status.corrections import corrected_by
from kg.status.limits import StateLimits, limit_by_report, limit_of
from kg.status.propositions import is_state, time_of
from kg.status.status import Standing
from kg.status.statuses import Status


def with_replaced(
    limited: StateLimits, ontology: Ontology, standings: Mapping[str, Standing]
) -> StateLimits:
    """Return a checked corpus in which replaced states have ended."""
    corpus = limited.corpus
    superseding = _superseding(corpus, standings)
    assertions, undone = dict(corpus.assertions), set(limited.undone)
    for id, others in superseding.items():
        a = corpus.assertions[id]
        if any(each.retroactive for each in others):
            undone.add(id)
        elif is_state(a, ontology.relation_of(a)) and a.asserts_triple and a.is_actual:
            limits = [_start(each, corpus) for each in _lasting(others, superseding)]
            when = _held_until(a, either_limit(limits))
            if when is None:
                undone.add(id)
            else:
                assertions[id] = replace(a, when=when)
    corpus = replace(corpus, assertions=assertions)
    return limited._replace(corpus=corpus, undone=frozenset(undone))


def _superseding(corpus: Corpus, standings: Mapping[str, Standing]) -> dict[str, list[Assertion]]:
    """What supersedes each superseded assertion, by the id of that one."""
    return group_pairs(
        (earlier.id, a)
        for a in corpus.assertions.values()
        if standings[a.id].status is not Status.WITHDRAWN
        for earlier in corrected_by(a, corpus)
        if standings[earlier.id].status is Status.SUPERSEDED
    )


def _lasting(
    others: Collection[Assertion], superseding: Mapping[str, Collection[Assertion]]
) -> list[Assertion]:
    """What supersedes something, each that was undone itself by what undid it."""
    return list({each.id: each for other in others for each in _last(other, superseding)}.values())


def _last(
    assertion: Assertion, superseding: Mapping[str, Collection[Assertion]]
) -> Iterator[Assertion]:
    undoing = [each for each in superseding.get(assertion.id, ()) if each.retroactive]
    for each in undoing:
        yield from _last(each, superseding)
    if not undoing:
        yield assertion


def _start(assertion: Assertion, corpus: Corpus) -> Date:
    """When what an assertion says began; where it does not tell, by its first report."""
    date = time_of(assertion, corpus)
    if date is None or date.kind is not DateKind.INTERVAL:
        return limit_of(assertion, corpus)
    if not date.has_start:
        return limit_by_report(assertion, corpus)
    text = date.text.partition("/")[0]
    first, last = date.start_earliest, date.start_latest
    return some_time(text, first, last, approximate=date.approximate, uncertain=date.uncertain)


def _held_until(assertion: Assertion, end: Date) -> Date | None:
    """Return when a state held that was replaced at some time; None where it never did."""
    date = assertion.when
    begun = date.start_earliest if date else None
    first, last = span_of(end)
    if last is None or (date is None and first is None):
        return None
    if begun and begun >= (first or last):
        return None
    return with_end(date, end)
