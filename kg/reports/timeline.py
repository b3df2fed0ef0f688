"""What happened, was so, was said or planned, in the order of its dates, as far as dates tell the
order.

A date is a window of days. Windows that are the same are told together; of windows that overlap
nobody knows which is first, and the wider one says so. A state is placed where it begins, an event
somewhere in its date.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from kg.dates.calendar import Date, Day, Edge, Kind, Overlap, ordinal, overlap
from kg.diagnostics import KgError, did_you_mean
from kg.model import Assertion, Corpus, Mode
from kg.reading import Reading
from kg.reports.wordings import manner
from kg.statement import Statement
from kg.status.propositions import time_of
from kg.status.status import Status
from kg.status.windows import Window, attested_until, timeline_window


class Entry(NamedTuple):
    """One assertion in a timeline. ``manner`` says how it is meant, ``event`` is the event whose
    own date it gives.

    ``said`` where it has no date of its own and is placed where it was said.
    """

    line: Statement
    manner: str
    date: Date | None
    is_state: bool
    event: str = ""
    said: bool = False


class Bundle(NamedTuple):
    """Entries of one date that tell of one event (its id and label), or a single entry of none."""

    event: str
    label: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """All that has one date as written. ``is_loose`` where its place among other points is not
    known.
    """

    date: Date
    is_state: bool
    window: Window
    bundles: tuple[Bundle, ...]
    is_loose: bool = False


class Timeline(NamedTuple):
    """Points in the order of their windows, entries without a date, and how many entries the choice
    left out.
    """

    points: tuple[Point, ...]
    undated: tuple[Entry, ...]
    left_out: int = 0

    @property
    def dated(self) -> int:
        """How many entries have a date."""
        return sum(len(bundle.entries) for point in self.points for bundle in point.bundles)


def timeline(
    things: Collection[str],
    first: Day | None,
    last: Day | None,
    statuses: Collection[Status],
    reading: Reading,
) -> Timeline:
    """The timeline of some things, or of all (none given), between two days, of assertions with
    some statuses.

    Raises KgError where there is no such thing.
    """
    corpus = reading.shown
    for id in things:
        if id not in reading.corpus.things:
            raise KgError(
                f"nothing here is called '{id}'", hint=did_you_mean(id, reading.corpus.things)
            )
    near = _with_parts(things, reading)
    about = [
        a
        for a in corpus.assertions.values()
        if not things or _concerns(a, things) or _own_event(a, reading) in near
    ]
    wanted = [a for a in about if reading.standings[a.id].status in statuses]
    entries = [_entry(reading.statements[a.id], reading) for a in wanted]
    windows = [(entry, _window(entry.date, entry.is_state)) for entry in entries if entry.date]
    between = [
        (entry, window) for entry, window in windows if _is_between(entry, window, first, last)
    ]
    undated = tuple(entry for entry in entries if not entry.date)
    return Timeline(
        _points(between, _told_order(corpus, reading), corpus), undated, len(about) - len(wanted)
    )


def own_days(event: str, reading: Reading) -> list[Day]:
    """The days that accepted assertions give an event as its own, where they give single days, in
    order.
    """
    found = set()
    for a in reading.shown.assertions.values():
        date = time_of(a, reading.corpus)
        is_own = (
            _own_event(a, reading) == event and reading.standings[a.id].status is Status.ACCEPTED
        )
        if is_own and date and date.start_earliest and date.start_earliest == date.end_latest:
            found.add(date.start_earliest)
    return sorted(found)


def _with_parts(things: Collection[str], reading: Reading) -> frozenset[str]:
    """Some things, and the events that belong to those among them that are pacts or disputes."""
    found = set(things)
    for a in reading.shown.assertions.values():
        whole = reading.corpus.things.get(a.object_key)
        relation = reading.ontology.relations[a.predicate.id]
        is_accepted = reading.standings[a.id].status is Status.ACCEPTED
        is_part = is_accepted and (relation.names_topic or relation.names_whole)
        if is_part and whole and whole.id in things and whole.section in ("pacts", "disputes"):
            found.add(a.subject.id)
    return frozenset(found)


def _concerns(a: Assertion, things: Collection[str]) -> bool:
    named = (
        a.subject.id,
        a.object_key,
        *(r.id for r in (*a.speakers, *a.via)),
        *([a.where.id] if a.where else []),
    )
    return any(id in things for id in named)


def _own_event(a: Assertion, reading: Reading) -> str:
    """The event whose own date an assertion gives; nothing where it gives none."""
    return a.end(reading.ontology.relations[a.predicate.id].dates_event)


def _entry(told: Statement, reading: Reading) -> Entry:
    a, accepted = told.assertion, told.status is Status.ACCEPTED
    is_state = reading.ontology.relations[a.predicate.id].is_state and a.mode is Mode.ACTUAL
    if a.when is None and a.said and not accepted:
        return Entry(told, manner(told, is_state), a.said, False, "", said=True)
    date, how = time_of(a, reading.corpus), manner(told, is_state)
    if is_state and accepted and date and date.end is Edge.OPEN:
        how += f" up to {attested_until(a, reading.judgement)}"
    return Entry(told, how, date, is_state, _own_event(a, reading))


def _window(date: Date, is_state: bool) -> Window:
    """Where a date is placed: within its bounds as written, even where it may lie outside them."""
    return timeline_window(replace(date, start_slack=0, end_slack=0), is_state)


def _is_between(entry: Entry, window: Window, first: Day | None, last: Day | None) -> bool:
    """Whether the bounds of an entry reach into the days asked for; what has no end reaches on."""
    date = entry.date
    end = date.end_latest if date and entry.is_state else None
    until = (ordinal(end) if end else math.inf) if entry.is_state else window.last
    inside = (first is None or until >= ordinal(first)) and (
        last is None or window.first < ordinal(last) + 1
    )
    # Between two dates of a set lie days that are none of them: its bounds alone do not tell.
    has_gaps = inside and entry.date is not None and bool(entry.date.members)
    return inside and not (has_gaps and overlap(entry.date, _stretch(first, last)) is Overlap.NO)


def _stretch(first: Day | None, last: Day | None) -> Date:
    """The days from one to another as a date, open where there is no limit."""
    return Date(
        f"{first or '..'}/{last or '..'}",
        first,
        first,
        last,
        last,
        Edge.KNOWN if first else Edge.OPEN,
        Edge.KNOWN if last else Edge.OPEN,
        kind=Kind.INTERVAL,
    )


def _points(
    entries: Iterable[tuple[Entry, Window]], earlier: Mapping[str, set[str]], corpus: Corpus
) -> tuple[Point, ...]:
    found: dict[tuple[float, float, str], list[tuple[Date, Entry]]] = {}
    for entry, window in entries:
        if entry.date:
            found.setdefault((window.first, window.last, entry.date.text), []).append(
                (entry.date, entry)
            )
    points = []
    for (start, end, _), group in sorted(found.items(), key=lambda item: item[0]):
        told = [entry for _, entry in group]
        is_state = all(entry.is_state for entry in told)
        points.append(
            Point(group[0][0], is_state, Window(start, end), _bundles(told, earlier, corpus))
        )
    windows = {point.window for point in points}
    return tuple(
        replace(
            point,
            is_loose=_is_vague(point.date) or any(_hides(point.window, other) for other in windows),
        )
        for point in points
    )


def _is_vague(date: Date) -> bool:
    """Whether a date may lie outside its own bounds: about then, uncertain, or a season."""
    return bool(date.start_slack or date.end_slack)


def _hides(window: Window, other: Window) -> bool:
    """Whether a window is so wide that its order with another one is not known, for which the other
    is no wider.
    """
    return (
        window != other
        and window.overlaps(other)
        and window.last - window.first >= other.last - other.first
    )


def _bundles(
    group: Iterable[Entry], earlier: Mapping[str, set[str]], corpus: Corpus
) -> tuple[Bundle, ...]:
    """Entries by event, in reading order, but an event behind those that it is told to come after."""
    found: dict[str, list[Entry]] = {}
    for entry in group:
        found.setdefault(entry.event or f"\0{entry.line.id}", []).append(entry)
    bundles = []
    for event, entries in found.items():
        thing = corpus.things.get(event)
        bundles.append(
            Bundle(thing.id if thing else "", thing.label if thing else "", tuple(entries))
        )
    return tuple(
        sorted(bundles, key=lambda bundle: len(_all_before(bundle.event, earlier) & found.keys()))
    )


def _told_order(corpus: Corpus, reading: Reading) -> dict[str, set[str]]:
    """For each event those that come before it, as accepted assertions tell."""
    earlier: dict[str, set[str]] = {}
    for a in corpus.assertions.values():
        first = reading.ontology.relations[a.predicate.id].earlier_end
        if first and reading.standings[a.id].status is Status.ACCEPTED:
            later = a.object_key if first == "subject" else a.subject.id
            earlier.setdefault(later, set()).add(a.end(first))
    return earlier


def _all_before(event: str, earlier: Mapping[str, set[str]]) -> set[str]:
    found: set[str] = set()
    waiting = [event]
    while waiting:
        new = earlier.get(waiting.pop(), set()) - found
        found |= new
        waiting += new
    return found
