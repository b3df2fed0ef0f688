"""What limits an assertion: its time, its place and its qualifiers; and whether these keep two
assertions of one proposition apart.

They do where both give one and the two cannot be meant of one thing: places of which neither lies
in the other, dates without a common day, other texts, quantities that cannot be equal. What an
assertion leaves open keeps it apart from nothing, so that saying more never makes a rival.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

from kg.dates import Date, DateKind, Overlap, as_event, dates_overlap
from kg.dates.calendar import day_number
from kg.dates.overlaps import DaySpan, days_of, spans_of
from kg.model import Assertion
from kg.model.closure import closure
from kg.model.modes import Mode
from kg.model.references import Qualifier, Text
from kg.ontology import Ontology
from kg.ontology.values import Datatype, may_be_equal
from kg.status.propositions import (
    is_state,
)

WHEN, WHERE = "when", "where"
"""The aspects that every assertion may have; all others are qualifiers."""

STATEMENT, SUBJECT, OBJECT = "statement", "subject", "object"
WHOLE = (STATEMENT, SUBJECT, OBJECT)
"""The aspects of which nothing is agreed where rivals differ in them. All others (``when``,
``where``, a qualifier's name) leave the rest of what is said as it is.
"""

MEASURES = (Datatype.INTEGER, Datatype.DECIMAL, Datatype.QUANTITY)
"""The datatypes of numbers and amounts."""


class Scope(NamedTuple):
    """What limits an assertion; ``date`` is that of its words, and ``where`` a place's id or
    nothing.
    """

    mode: Mode
    is_state: bool
    date: Date | None
    where: str
    qualifiers: tuple[Qualifier, ...]

    @property
    def key(self) -> tuple[object, ...]:
        """What is equal for equal limits."""
        names = tuple(each.key for each in self.qualifiers)
        return self.mode, self.is_state, self.date.text if self.date else "", self.where, names


class Scopes:
    """Compares limits among the live assertions of one corpus."""

    def __init__(self, live: Collection[Assertion], ontology: Ontology) -> None:
        self.live, self.ontology = live, ontology

    def scope(self, assertion: Assertion, date: Date | None) -> Scope:
        """Return the limits of an assertion that speaks of some time."""
        where = assertion.where.id if assertion.where else ""
        lasts = is_state(assertion, self.ontology.relation_of(assertion))
        return Scope(assertion.mode, lasts, date, where, assertion.qualifiers)

    @cached_property
    def _wider_places(self) -> dict[str, frozenset[str]]:
        """The places that each place lies in, by its own word or by several steps."""
        relations = self.ontology.relations
        steps: dict[str, set[str]] = {}
        for a in self.live:
            is_told = a.is_actual and not a.is_denial and not a.speakers
            if is_told and relations[a.predicate.id].places_within:
                steps.setdefault(a.subject.id, set()).add(a.object_key)
        return {id: frozenset(closure([id], lambda id: steps.get(id, ()))) for id in steps}

    def places_apart(self, a: str, b: str) -> bool:
        """Whether two places are neither the same nor one in the other; none is any place."""
        wider = self._wider_places
        return bool(a and b) and a != b and b not in wider.get(a, ()) and a not in wider.get(b, ())

    def qualifiers_apart(self, a: Scope, b: Scope) -> Iterator[str]:
        """Yield the qualifiers that both give and of which the values cannot be equal."""
        values = {each.name.id: each.value for each in a.qualifiers}
        for name, value in ((each.name.id, each.value) for each in b.qualifiers):
            if name in values and not may_be_equal(values[name], value):
                yield name

    def keep_apart(self, a: Scope, b: Scope) -> bool:
        """Whether mode, place or qualifiers keep two assertions of one proposition apart."""
        is_apart = a.mode is not b.mode or self.places_apart(a.where, b.where)
        return is_apart or any(self.qualifiers_apart(a, b))

    def denies(self, denial: Scope, claim: Scope) -> bool:
        """Whether a denial of a claim's proposition denies the claim.

        A state is contradicted by a denial for any part of its time, an event only by one for all
        the time in which it may have happened.
        """
        if self.keep_apart(denial, claim):
            return False
        if denial.date is None or claim.date is None:
            return True
        if claim.is_state:
            return dates_overlap(denial.date, claim.date) is not Overlap.NO
        return covers_days_of(denial.date, claim.date)

    def exclude(self, a: Scope, b: Scope) -> bool:
        """Whether two values of what has one at a time cannot both be right: they certainly are of
        one time.
        """
        if self.keep_apart(a, b):
            return False
        if a.date is None or b.date is None:
            return True
        if a.is_state and b.is_state:
            return dates_overlap(a.date, b.date) is Overlap.CERTAINLY and not hands_over(
                a.date, b.date
            )
        return dates_overlap(a.date, b.date) is not Overlap.NO

    def may_exclude(self, a: Scope, b: Scope) -> bool:
        """Whether two values of what has one at a time cannot both be right in some readings of
        their dates only.
        """
        if self.keep_apart(a, b) or not (a.is_state and b.is_state):
            return False
        is_possible = dates_overlap(a.date, b.date) is Overlap.POSSIBLY
        return is_possible and bool(a.date and b.date) and not hands_over(a.date, b.date)

    def rival_aspects(self, a: Scope, b: Scope, happens_once: bool) -> Iterator[str]:
        """Yield in what two assertions of one proposition cannot both be right.

        Of a deed that can be done once these are its day, its place and its measures; else, and
        beside them, the qualifiers that have one value. Any other qualifier keeps two deeds or
        states apart.
        """
        if a.mode is not b.mode:
            return
        apart = list(self.qualifiers_apart(a, b))
        rivals = [name for name in apart if self._has_one_value(name, a, happens_once)]
        if len(rivals) < len(apart):
            return
        days_apart = dates_overlap(a.date, b.date) is Overlap.NO
        places_apart = self.places_apart(a.where, b.where)
        if happens_once:
            yield from [WHEN] * days_apart + [WHERE] * places_apart + rivals
        elif rivals and not places_apart and _is_one_time(a, b):
            yield from rivals

    def exclude_as_figures(self, a: Scope, b: Scope) -> bool:
        """Whether two amounts that something has for a time cannot both be right: they are of the
        very same time, or one of a day within the other's. A year's figure says nothing of a
        month's.
        """
        if self.keep_apart(a, b):
            return False
        if a.date is None or b.date is None:
            return a.date is b.date
        if _bounds(a.date) == _bounds(b.date):
            return not (a.date.uncertain or b.date.uncertain)
        has_day = _is_within(a.date, days=1) or _is_within(b.date, days=1)
        return has_day and dates_overlap(a.date, b.date) is Overlap.CERTAINLY

    def _has_one_value(self, name: str, scope: Scope, happens_once: bool) -> bool:
        value = next(each.value for each in scope.qualifiers if each.name.id == name)
        is_measure = isinstance(value, Text) and value.datatype in MEASURES
        return self.ontology.qualifiers[name].functional or (happens_once and is_measure)


def _is_one_time(a: Scope, b: Scope) -> bool:
    """Whether two assertions are of one time: for a deed, a month that both give is one."""
    if a.date is None or b.date is None:
        return True
    shared = dates_overlap(a.date, b.date)
    if shared is not Overlap.POSSIBLY or a.is_state or a.date.uncertain or b.date.uncertain:
        return shared is Overlap.CERTAINLY
    return _is_within(a.date, _MONTH) and _is_within(b.date, _MONTH)


_MONTH = 31


def _is_within(date: Date, days: int) -> bool:
    """Whether all of a date lies within so many days."""
    first, last = date.start_earliest, date.end_latest
    return bool(first and last) and day_number(last) - day_number(first) < days


def _bounds(date: Date) -> tuple[object, ...]:
    return date.start_earliest, date.start_latest, date.end_earliest, date.end_latest, date.end


def covers_days_of(date: Date, other: Date) -> bool:
    """Whether every day on which one event may have happened is one on which another may have."""
    if date.text == other.text:
        return True
    possible = spans_of(days_of(as_event(date)).possible)
    return all(_holds(possible, span) for span in spans_of(days_of(as_event(other)).possible))


def _holds(spans: Iterable[DaySpan], span: DaySpan) -> bool:
    return any(first <= span[0] and span[1] <= last for first, last in spans)


def hands_over(a: Date | None, b: Date | None) -> bool:
    """Whether one of two states ends where the other begins: "until June", "from June"."""
    return a is not None and b is not None and (_follows(a, b) or _follows(b, a))


def _follows(earlier: Date, later: Date) -> bool:
    """Whether one interval may end on the very days on which another begins, which is later."""
    if earlier.kind is not DateKind.INTERVAL or later.kind is not DateKind.INTERVAL:
        return False
    if not (earlier.end_earliest and earlier.end_latest):
        return False
    if not (later.start_earliest and later.start_latest):
        return False
    began = earlier.start_latest or earlier.start_earliest
    is_first = began is None or began < later.start_earliest
    meets = (
        later.start_earliest <= earlier.end_latest and earlier.end_earliest <= later.start_latest
    )
    return is_first and meets
