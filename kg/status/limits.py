"""Which states have ended or begun, by what other assertions report of them.

An assertion that says so (``ends``, ``begins``) can be denied, contested and withdrawn like any
other. Once it is accepted, the state has the date that it gives: for everything that asks, in one
place. One that a speaker claims closes nothing; where articles are at odds, the state may have
ended on any of their days, and where its end is denied, it may still go on. A deed that ends a
state (``kg.status.departures``) does so in the same way.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from kg.dates import Date, Overlap, dates_overlap
from kg.dates.calendar import some_time
from kg.dates.limits import common_limit, either_limit, with_days, with_end, with_start
from kg.model import Assertion
from kg.model.corpus import Corpus
from kg.model.grouping import group_pairs
from kg.ontology import Ontology
from kg.status.departures import find_departures
from kg.status.propositions import Triple, state_proposition, time_of
from kg.status.scope import WHEN
from kg.status.status import Standing, Status, judge_standings
from kg.status.support import report_days


class StateLimits(NamedTuple):
    """A corpus whose states have the ends and beginnings that are accepted, and by id of each state
    the ids of all that says when it ended or began, accepted or not. ``undone`` are the ids of
    what never held: its pact was void, or it was undone from its first day.
    """

    corpus: Corpus
    limits: Mapping[str, tuple[str, ...]]
    undone: frozenset[str] = frozenset()


def with_limits(
    corpus: Corpus,
    ontology: Ontology,
    voices: Collection[str] = (),
) -> StateLimits:
    """Return a checked corpus with the ends and beginnings of its states, as far as these are
    accepted (``voices``: see ``judge_standings``).
    """
    finder = _LimitFinder(corpus, ontology)
    if not finder.limits:
        return StateLimits(corpus, {})
    result, counted_limits = corpus, None
    # A state that has an end has fewer rivals, and so more may be accepted, but never less.
    for _ in range(len(finder.limits) + 1):
        results = judge_standings(result, ontology, voices)
        counting = {a.id: results[a.id] for a in finder.limits if _counts(a, results[a.id])}
        if counting == counted_limits:
            break
        result, counted_limits = finder.limited(counting), counting
    return StateLimits(result, finder.limits_by_state())


def limit_of(a: Assertion, corpus: Corpus) -> Date:
    """Return when an end or beginning was: without a date, by its first report."""
    return time_of(a, corpus) or limit_by_report(a, corpus)


def limit_by_report(a: Assertion, corpus: Corpus) -> Date:
    """Return when something was that an article first reports on a day: some time before."""
    reported = report_days(a, corpus)[0]
    return some_time(f"[..{reported}]" if reported else "", None, reported)


def _counts(limit: Assertion, standing: Standing) -> bool:
    """Whether an end or beginning bears on its state: accepted, or contested where articles report
    it in their own voice.
    """
    is_reported = standing.status is Status.CONTESTED and not limit.speakers
    is_stated = not limit.is_denial and limit.is_actual
    return is_stated and (is_reported or standing.status is Status.ACCEPTED)


class _LimitFinder:
    """The states of a corpus, and what says when they ended or began."""

    def __init__(self, corpus: Corpus, ontology: Ontology) -> None:
        self.corpus, self.ontology = corpus, ontology
        assertions = corpus.assertions.values()
        self.limits = [a for a in assertions if a.limited_state]
        states = (a for a in assertions if self.limits and a.asserts_triple)
        self.states = group_pairs((self._proposition(a), a) for a in states)
        named_ids = {a.ends.id for a in self.limits if a.ends and not a.speakers}
        self.departures = find_departures(corpus, ontology, named_ids)
        self.limits += [corpus.assertions[id] for id in self.departures]

    def _proposition(self, assertion: Assertion) -> Triple:
        return state_proposition(assertion, self.ontology)

    def limits_by_state(self) -> dict[str, tuple[str, ...]]:
        """Return the ids of what says when a state ended or began, by the id of the state."""
        ids = group_pairs(
            (state.id, limit.id)
            for limit in self.limits
            if not limit.is_denial
            for state in self._states_of(limit)
        )
        return {id: tuple(each) for id, each in ids.items()}

    def _states_of(self, limit: Assertion) -> Iterator[Assertion]:
        """Yield the state that an end or beginning names, and the same one where other assertions
        report it: begun before that end, and not reported after it. A departure ends what it does.
        """
        if limit.id in self.departures:
            yield from self.departures[limit.id]
            return
        named_state = limit.limited_state.id if limit.limited_state else ""
        first = self.corpus.assertions.get(named_state)
        for state in self.states.get(self._proposition(limit), ()):
            if state.id == named_state or (limit.ends and self._is_ended_too(state, first, limit)):
                yield state

    def _is_ended_too(self, state: Assertion, first: Assertion | None, limit: Assertion) -> bool:
        date, last = state.when, limit_of(limit, self.corpus).end_latest
        if date is None or not (date.is_open and date.has_start) or last is None:
            return False
        speakers = set(state.speaker_ids)
        first_speakers = set(first.speaker_ids) if first else set()
        is_one_stretch = first is None or dates_overlap(first.when, date) is not Overlap.NO
        reported = report_days(state, self.corpus)[1]
        has_begun = date.start_earliest is not None and date.start_earliest <= last
        is_earlier = reported is not None and reported <= last
        return has_begun and is_earlier and is_one_stretch and speakers == first_speakers

    def limited(self, counting: Mapping[str, Standing]) -> Corpus:
        """Return the corpus with the ends and beginnings that count."""
        by_state = group_pairs(
            (state.id, limit)
            for limit in self.limits
            if limit.id in counting
            for state in self._states_of(limit)
        )
        assertions = dict(self.corpus.assertions)
        for id, limits in by_state.items():
            begins = [a for a in limits if a.begins]
            ends = [a for a in limits if a.begins is None]
            when = assertions[id].when
            when = with_start(when, self._join_reports(begins, counting)) if begins else when
            when = with_end(when, self._join_reports(ends, counting)) if ends else when
            assertions[id] = replace(assertions[id], when=when)
        return replace(self.corpus, assertions=assertions)

    def _join_reports(
        self, reports: Collection[Assertion], counting: Mapping[str, Standing]
    ) -> Date:
        """When a state ended, or began, by several reports of that: by those that are accepted and
        of which nobody says another day, if there are any.
        """
        limits = {a.id: limit_of(a, self.corpus) for a in reports}
        accepted = [id for id in limits if counting[id].status is Status.ACCEPTED]
        firm = [limits[id] for id in accepted if WHEN not in counting[id].contested_details]
        if firm:
            return common_limit(firm)
        limit = either_limit(limits.values())
        if not any(self._is_denied(counting[id]) for id in limits):
            return limit
        # The end may be any later day, the beginning any earlier one.
        if any(a.begins for a in reports):
            return with_days(limit, None, limit.end_latest)
        return with_days(limit, limit.start_earliest, None)

    def _is_denied(self, standing: Standing) -> bool:
        """Whether something else than another date of it stands against an end or beginning."""
        rivals = [self.corpus.assertions[id] for id in standing.against]
        return not rivals or any(a.is_denial for a in rivals)
