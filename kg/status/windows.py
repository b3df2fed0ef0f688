"""Between which days something reported began, and up to which day it is known to have lasted.

A window is a pair of days counted on one line (``kg.dates.calendar.day_number``), infinite where
there is no limit; a known hour is a fraction of its local day. What an article reports as done was
done by its publication, so that an undated deed has a limit too.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from kg.dates.calendar import Date, DateKind, Day, Edge, day_number
from kg.model import Assertion
from kg.model.corpus import Corpus
from kg.ontology import Ontology
from kg.status.judgement import Judgement
from kg.status.propositions import is_state, time_of
from kg.status.statuses import Status
from kg.status.support import last_report, report_days

_DAY = 86_400
_LAST_SECOND = (_DAY - 1) / _DAY
"""The end of a day, as a fraction of it."""


class Window(NamedTuple):
    """The first and the last moment at which something can have begun."""

    first: float
    last: float

    @property
    def is_one_day(self) -> bool:
        """Whether the day is known."""
        return math.isfinite(self.first + self.last) and math.floor(self.first) == math.floor(
            self.last
        )

    def has_come(self, day: Day) -> bool:
        """Whether it had begun when a day ended, however its date is read."""
        return self.last < day_number(day) + 1

    def may_have_come(self, day: Day) -> bool:
        """Whether it can have begun when a day ended."""
        return self.first < day_number(day) + 1

    def is_after(self, other: Window) -> bool:
        """Whether it certainly began later than another."""
        return self.first > other.last

    def is_one_date_with(self, other: Window) -> bool:
        """Whether two windows are the same days, so that dates do not tell which came first."""
        pairs = ((self.first, other.first), (self.last, other.last))
        return self.overlaps(other) and all(
            a == b or (math.isfinite(a + b) and math.floor(a) == math.floor(b)) for a, b in pairs
        )

    def overlaps(self, other: Window) -> bool:
        """Whether dates leave it open which of two came first."""
        return self.first <= other.last and other.first <= self.last


NO_LIMIT = Window(-math.inf, math.inf)


def event_window(date: Date | None) -> Window:
    """When something on an event relation happened: some time in its date."""
    if date is None:
        return NO_LIMIT
    if date.instant:
        moment = _moment(date)
        return Window(moment, moment)
    end = date.start_latest if date.kind is DateKind.ALL_OF else date.end_latest
    return _days(date.start_earliest, end)


def state_window(date: Date | None) -> Window:
    """When a state began that is attested for a date. One attested at some time in it may have
    begun long before.
    """
    if date is None:
        return NO_LIMIT
    if date.has_start:
        return _days(date.start_earliest, date.start_latest)
    return _days(None, date.end_latest)


def timeline_window(date: Date | None, is_state: bool) -> Window:
    """Where a date stands in a timeline: the days of its beginning, or those that it is some time
    in.
    """
    return state_window(date) if date and is_state and date.has_start else event_window(date)


def began_window(assertion: Assertion, date: Date | None, corpus: Corpus, is_state: bool) -> Window:
    """When what an assertion reports for a date began; by its first report it had."""
    window = state_window(date) if is_state else event_window(date)
    first_report = report_days(assertion, corpus)[0]
    if first_report and day_number(first_report) >= window.first:
        return Window(window.first, min(window.last, day_number(first_report) + _LAST_SECOND))
    return window


def was_told_by(date_said: Date | None, first_report: Day | None, day: Day) -> bool:
    """Whether it is known that something had been said or reported when a day ended; what neither
    dates counts as told on any.
    """
    if date_said and event_window(date_said).has_come(day):
        return True
    return first_report <= day if first_report else not date_said


def rival_ends(assertion: Assertion, judgement: Judgement) -> list[Assertion]:
    """Return what articles report, accepted, as the end of a state that by its own date ended later
    for certain: which of the two is right, nobody knows (KG431).
    """
    date = time_of(assertion, judgement.corpus)
    if date is None or not date.has_end:
        return []
    own = _days(date.end_earliest, date.end_latest)
    standings, assertions = judgement.standings, judgement.corpus.assertions
    ids = [id for id in judgement.limits.get(assertion.id, ()) if id in standings]
    ends = [assertions[id] for id in ids if standings[id].status is Status.ACCEPTED]
    return [
        each
        for each in ends
        if each.ends and event_window(judgement.time_of(each)).last + 1 < own.first
    ]


def window_of(assertion: Assertion, judgement: Judgement, ontology: Ontology) -> Window:
    """When what an assertion reports began, as far as its date is agreed."""
    date, lasts = judgement.time_of(assertion), is_state(assertion, ontology.relation_of(assertion))
    return began_window(assertion, date, judgement.corpus, lasts)


def attested_until(assertion: Assertion, judgement: Judgement) -> Day | None:
    """The day up to which a state is attested: what still goes on up to its last report. None where
    it has no date.
    """
    date = time_of(assertion, judgement.corpus)
    if date is None:
        return None
    if date.kind is not DateKind.INTERVAL:
        return date.end_latest
    if date.has_end:
        return date.end_earliest
    if date.end is Edge.UNKNOWN:
        return date.start_earliest
    latest = last_report(assertion, judgement, is_state=True)
    return max(filter(None, (date.start_earliest, latest)), default=None)


def ended_window(assertion: Assertion, judgement: Judgement) -> Window | None:
    """From when on a state that an interval attests was over, or None where no end is reported."""
    corpus = judgement.corpus
    date = time_of(assertion, corpus)
    if date is None or date.kind is not DateKind.INTERVAL or date.is_open:
        return None
    if date.has_end:
        window = _days(date.end_earliest, date.end_latest)
        rivals = [event_window(judgement.time_of(a)) for a in rival_ends(assertion, judgement)]
        first = min([window.first + 1, *(rival.first for rival in rivals)])
        return Window(first, window.last + 1)
    first_report = report_days(assertion, corpus)[0]
    start = day_number(date.start_earliest) if date.start_earliest else -math.inf
    return Window(
        start, max(start, day_number(first_report) + _LAST_SECOND) if first_report else math.inf
    )


def _days(first: Day | None, last: Day | None) -> Window:
    return Window(
        day_number(first) if first else -math.inf,
        day_number(last) + _LAST_SECOND if last else math.inf,
    )


def _moment(date: Date) -> float:
    """An hour of a local day: 24:00 belongs to the day that it ends."""
    clock = date.instant.split("T")[1]
    seconds = int(clock[:2]) * 3600 + int(clock[3:5]) * 60 + int(clock[6:8])
    day = day_number(date.start_earliest) if date.start_earliest else 0
    return day + min(seconds / _DAY, _LAST_SECOND)
