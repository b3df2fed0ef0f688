"""How surely an assertion holds on a day: the one answer that all commands, tables and pages give.

Certainly, within the bounds of its date and up to its last report. As far as known, where it had
begun, lasts by its nature (``kg:lasts``), no end is reported, and the day lies after the last
report. Possibly, where the bounds leave it open, or speakers claim
that it has ended. No, outside them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum

from kg.dates import (
    Date,
    Day,
    Edge,
    as_event,
    as_known_on,
    as_reported_by,
    holds_on,
)
from kg.dates.calendar import Range, day_number, day_of
from kg.dates.overlaps import Days, days_of
from kg.model import Assertion
from kg.model.corpus import Corpus
from kg.ontology import Ontology
from kg.ontology.terms import Relation
from kg.status.judgement import Judgement
from kg.status.propositions import is_state, time_of
from kg.status.statuses import Status
from kg.status.support import known_from, last_report
from kg.status.windows import rival_ends


class Certainty(StrEnum):
    """How surely something holds on a day, from the surest to the least sure."""

    CERTAINLY = "certainly"
    AS_FAR_AS_KNOWN = "as-far-as-known"
    POSSIBLY = "possibly"
    NO = "no"

    @property
    def words(self) -> str:
        """The word for people."""
        return self.value.replace("-", " ")


def certainty_on(
    assertion: Assertion, judgement: Judgement, ontology: Ontology, day: Day
) -> Certainty:
    """Return how surely an assertion holds on a day. One without a date may hold on any day, one
    that is undone from its first day on none.
    """
    if assertion.id in judgement.undone:
        return Certainty.NO
    relation = ontology.relation_of(assertion)
    date = attested_time(assertion, judgement, relation)
    if date is None:
        return Certainty.POSSIBLY
    certainty = Certainty(holds_on(date, day).value)
    begun = lasting_since(date, relation)
    if certainty is Certainty.POSSIBLY and begun and begun <= day:
        certainty = Certainty.AS_FAR_AS_KNOWN
    claimed_day = claimed_end(assertion, judgement)
    if claimed_day and claimed_day <= day and certainty is not Certainty.NO:
        return Certainty.POSSIBLY
    return certainty


def certain_days(date: Date, relation: Relation, claimed_day: Day | None = None) -> Days:
    """Return the days on which what is attested for a time (``attested_time``) possibly holds, on
    which certainly, and on which it does as far as known: neither from the day on which it is
    claimed to have ended (``claimed_end``).
    """
    begun = lasting_since(date, relation)
    days = days_of(date)._replace(as_far_as_known=((begun, None),) if begun else ())
    if claimed_day is None:
        return days
    return days._replace(
        certain=tuple(_before(claimed_day, days.certain)),
        as_far_as_known=tuple(_before(claimed_day, days.as_far_as_known)),
    )


def _before(end: Day, ranges: Iterable[Range]) -> Iterator[Range]:
    """Ranges of days, as far as they come before a day."""
    day_before = day_of(day_number(end) - 1)
    for first, last in ranges:
        if first is None or first < end:
            yield first, min(last, day_before) if last else day_before


def claimed_end(assertion: Assertion, judgement: Judgement) -> Day | None:
    """Return the first day on which a state has ended by what speakers claim, or articles report
    against its own end; None where nobody does. That closes nothing, but from then on the state is
    no longer certain.
    """
    ends = (*claimed_ends(assertion, judgement), *rival_ends(assertion, judgement))
    days = (_first_day(each, judgement) for each in ends)
    return min((day for day in days if day), default=None)


def claimed_ends(assertion: Assertion, judgement: Judgement) -> list[Assertion]:
    """Return the live claims of speakers that a state has ended, which are not accepted."""
    standings, assertions = judgement.standings, judgement.corpus.assertions
    ids = judgement.limits.get(assertion.id, ())
    claims = [id for id in ids if id in standings and standings[id].status in _CLAIMED]
    limits = [assertions[id] for id in claims if id in assertions]
    return [each for each in limits if each.ends and each.speakers and each.is_actual]


_CLAIMED = (Status.ATTRIBUTED, Status.CONTESTED)


def _first_day(limit: Assertion, judgement: Judgement) -> Day | None:
    date = judgement.time_of(limit)
    return as_event(date).start_earliest if date else known_from(limit, judgement.corpus)


def bounded_time(assertion: Assertion, judgement: Judgement, relation: Relation) -> Date | None:
    """Return when an assertion says that it was: a deed some time in its date, and what is reported
    as done or begun not after its first report. None where it has no date.
    """
    return _bounded(judgement.time_of(assertion), assertion, judgement.corpus, relation)


def own_time(assertion: Assertion, corpus: Corpus, relation: Relation) -> Date | None:
    """Return the same by its own word alone, be it that others say another day."""
    return _bounded(time_of(assertion, corpus), assertion, corpus, relation)


def _bounded(
    date: Date | None, assertion: Assertion, corpus: Corpus, relation: Relation
) -> Date | None:
    if date is None:
        return None
    lasts = is_state(assertion, relation)
    date = date if lasts else as_event(date)
    if not assertion.is_actual or assertion.is_denial:
        return date
    report = known_from(assertion, corpus)
    return as_reported_by(date, report, is_state=lasts) if report else date


def attested_time(assertion: Assertion, judgement: Judgement, relation: Relation) -> Date | None:
    """Return the time for which an assertion is attested, which for what still goes on ends with
    its last report; None where it has no date.
    """
    date = bounded_time(assertion, judgement, relation)
    if date is None or not date.goes_on:
        return date
    latest = last_report(assertion, judgement, is_state(assertion, relation))
    return as_known_on(date, latest) if latest else date


def lasting_since(date: Date, relation: Relation) -> Day | None:
    """Return the day by which something had certainly begun that lasts and of which no end is
    reported; None where there is none.
    """
    if not relation.lasts or date.uncertain:
        return None
    begun = [each.start_latest for each in (*date.members, date) if each.end is Edge.OPEN]
    return max((day for day in begun if day), default=None)
