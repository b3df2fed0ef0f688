"""What happened, was so, was said or planned, in the order of its dates, as far as dates tell it.

A date is a window of days. Windows that are the same stand together; of windows that overlap nobody
knows which is first, and the wider one says so. A state is placed where it begins, an event
somewhere in its date.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, NamedTuple

from kg.dates import Date, Day, Edge, Overlap, dates_overlap, parse_date
from kg.dates.calendar import day_number
from kg.diagnostics import KgError
from kg.model import Thing
from kg.model.closure import closure
from kg.model.grouping import group_pairs
from kg.reading import Reading
from kg.reports.lives.index import LifeIndex
from kg.reports.wordings import manner_in_words
from kg.status.naming import hint_of_thing
from kg.status.statement import Statement
from kg.status.status import Status
from kg.status.windows import Window, attested_until, timeline_window


class TimelineEntry(NamedTuple):
    """One statement in a timeline. ``manner`` says how it is meant, ``event`` is the event whose
    own date it gives.

    ``has_said_date`` where it has no date of its own and stands where it was said.
    """

    statement: Statement
    manner: str
    date: Date | None
    is_state: bool
    event: str = ""
    has_said_date: bool = False


class Bundle(NamedTuple):
    """Entries of one date about one event (its id and label), or a single entry of none."""

    event: str
    label: str
    entries: tuple[TimelineEntry, ...]


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
    of statuses left out.
    """

    points: tuple[Point, ...]
    undated: tuple[TimelineEntry, ...]
    left_out: int = 0

    @property
    def dated(self) -> int:
        """How many entries have a date."""
        return sum(len(bundle.entries) for point in self.points for bundle in point.bundles)


def make_timeline(
    things: Collection[str],
    first: Day | None,
    last: Day | None,
    statuses: Collection[Status],
    reading: Reading,
) -> Timeline:
    """Return the timeline of some things, or of all (none given), between two days, of statements
    with some statuses.

    Raises KgError where there is no such thing.
    """
    known_things = reading.corpus.things
    for id in things:
        if id not in known_things:
            raise KgError(f"nothing here is called '{id}'", hint=hint_of_thing(id, known_things))
    statements = _statements(reading)
    events = _with_parts(things, statements, known_things)
    concerned = _with_decisions(things, reading)
    told_statements = (
        each
        for each in statements
        if not things or _concerns(each, concerned) or dated_event(each) in events
    )
    about = _in_order_of_articles(told_statements, reading)
    selected = [each for each in about if each.status in statuses]
    entries = [_entry(each, reading) for each in selected]
    between = [each for each in entries if each.date and _is_between(each, first, last)]
    return Timeline(
        _points(between, _told_order(statements), known_things),
        tuple(each for each in entries if not each.date),
        len(about) - len(selected),
    )


def things_told_with(things: Iterable[str], reading: Reading) -> set[str]:
    """Return the ids of all things of which a timeline of some things tells, and of the events that
    come before these.
    """
    known_things = reading.corpus.things
    ids = [id for id in map(reading.corpus.main_id, things) if id in known_things]
    statements, index = _statements(reading), LifeIndex(reading)
    concerned = _with_decisions(ids, reading).union(*map(index.events_about, ids))
    events = _with_parts(ids, statements, known_things)
    told_statements = (each for each in statements if _concerns(each, concerned))
    earlier = _told_order(statements)
    order = closure(events.union(map(dated_event, told_statements)), lambda id: earlier.get(id, ()))
    return concerned.union(order) & known_things.keys()


def own_days(event: str, reading: Reading) -> list[Day]:
    """Return the days that accepted statements give an event as its own, where they give single
    days, in order.
    """
    days = set()
    for each in _statements(reading):
        is_own = dated_event(each) == event and each.is_affirmed
        if is_own and each.time and each.time.start_earliest == each.time.end_latest:
            days.add(each.time.start_earliest)
    return sorted(filter(None, days))


def dated_event(statement: Statement) -> str:
    """Return the event whose own date a statement gives; nothing where it gives none."""
    a = statement.assertion
    return a.end(statement.relation.dates_event) if not a.limited_state else ""


def _statements(reading: Reading) -> list[Statement]:
    """All statements that the lens lets through."""
    return [reading.statements[id] for id in reading.visible_corpus.assertions]


def _in_order_of_articles(statements: Iterable[Statement], reading: Reading) -> list[Statement]:
    """Statements in the order in which articles tell them, whichever files they are in."""
    articles = reading.corpus.articles

    def first_place(statement: Statement) -> tuple[Any, ...]:
        places = [(str(articles[p.article].known_from or ""), p) for p in statement.places]
        first = min(((day, p.article, p.locator.order) for day, p in places), default=())
        return not first, first, statement.id

    return sorted(statements, key=first_place)


def _with_parts(
    ids: Collection[str], statements: Iterable[Statement], things: Mapping[str, Thing]
) -> set[str]:
    """Some things, and the events that belong to those among them that are pacts or disputes."""
    wholes = {id for id in ids if things[id].section in ("pacts", "disputes")}
    parts = {
        each.assertion.subject.id
        for each in statements
        if (each.relation.names_topic or each.relation.names_whole)
        and each.is_affirmed
        and each.assertion.object_key in wholes
    }
    return parts.union(ids)


def _with_decisions(ids: Collection[str], reading: Reading) -> set[str]:
    """Some things, and the decisions that ended those among them that are disputes: what became of
    a ruling on appeal belongs to its case.
    """
    index = LifeIndex(reading)
    disputes = [id for id in ids if reading.corpus.things[id].section == "disputes"]
    return {*ids, *(decision for id in disputes for decision in index.decisions_on(id))}


def _concerns(statement: Statement, things: Collection[str]) -> bool:
    return any(reference.id in things for reference in statement.assertion.mentions)


def _entry(statement: Statement, reading: Reading) -> TimelineEntry:
    a, is_accepted = statement.assertion, statement.status is Status.ACCEPTED
    is_state = statement.is_state and a.is_actual
    manner, date = manner_in_words(statement, is_state), statement.time
    if a.when is None and not is_accepted and (said_date := _said_date(statement)):
        return TimelineEntry(statement, manner, said_date, is_state=False, has_said_date=True)
    if is_state and is_accepted and date and date.end is Edge.OPEN:
        manner += f" up to {attested_until(a, reading.judgement)}"
    return TimelineEntry(statement, manner, date, is_state, dated_event(statement))


def _said_date(statement: Statement) -> Date | None:
    """Return when something was said; of a denial without a date of its own at least the day on
    which it was published: the day of what it denies is not its own.
    """
    a, published = statement.assertion, statement.known_from
    if a.said or not a.is_denial or published is None:
        return a.said
    return parse_date(str(published))


def _window(entry: TimelineEntry) -> Window:
    return timeline_window(entry.date, entry.is_state)


def _is_between(entry: TimelineEntry, first: Day | None, last: Day | None) -> bool:
    """Whether the bounds of an entry reach into the days asked for; what has no end reaches on."""
    window, date = _window(entry), entry.date
    until = window.last
    if entry.is_state:
        until = day_number(date.end_latest) if date and date.end_latest else math.inf
    if first and until < day_number(first):
        return False
    if last and window.first >= day_number(last) + 1:
        return False
    if date and date.members:
        # Between two dates of a set lie days that are none of them: its bounds do not tell.
        stretch = parse_date(f"{first or '..'}/{last or '..'}")
        return dates_overlap(date, stretch) is not Overlap.NO
    return True


def _points(
    entries: Iterable[TimelineEntry], earlier: Mapping[str, set[str]], things: Mapping[str, Thing]
) -> tuple[Point, ...]:
    groups = group_pairs(
        ((_window(entry), entry.date.text), entry) for entry in entries if entry.date
    )
    hiding = find_hiding({window for window, _ in groups})
    points = []
    for (window, _), same in sorted(groups.items(), key=_place):
        date = same[0].date
        assert date is not None
        is_state = all(entry.is_state for entry in same)
        is_loose = date.approximate or date.uncertain or window in hiding
        points.append(Point(date, is_state, window, _bundles(same, earlier, things), is_loose))
    return tuple(points)


def _place(group: tuple[tuple[Window, str], object]) -> tuple[float, float, str]:
    """Where a date stands among others: by its first day or, where it has none, by its last."""
    (window, text), _ = group
    first = window.first if math.isfinite(window.first) else window.last
    return first, window.last, text


def find_hiding(windows: Collection[Window]) -> set[Window]:
    """Return those of some windows that are so wide that their order with another one is not known.

    One that is no wider than another and overlaps it begins or ends in it: no other is looked at.
    """
    hiding = set()
    for edge in (attrgetter("first"), attrgetter("last")):
        others = sorted(windows, key=edge)
        for window in windows:
            start = bisect_left(others, window.first, key=edge)
            end = bisect_right(others, window.last, key=edge)
            if any(_hides(window, other) for other in others[start:end]):
                hiding.add(window)
    return hiding


def _hides(window: Window, other: Window) -> bool:
    """Whether a window is so wide that its order with another one is not known, for which the other
    is no wider.
    """
    is_wider = window.last - window.first >= other.last - other.first
    return window != other and window.overlaps(other) and is_wider


def _bundles(
    entries: Iterable[TimelineEntry], earlier: Mapping[str, set[str]], things: Mapping[str, Thing]
) -> tuple[Bundle, ...]:
    """Entries by event, in the order of articles, but an event behind those that come before it."""
    groups = group_pairs((entry.event or f"\0{entry.statement.id}", entry) for entry in entries)
    bundles = []
    for event, same in groups.items():
        thing = things.get(event)
        bundle = Bundle(thing.id if thing else "", thing.label if thing else "", tuple(same))
        before = set(closure([event], lambda id: earlier.get(id, ()))) - {event}
        bundles.append((len(before & groups.keys()), bundle))
    return tuple(bundle for _, bundle in sorted(bundles, key=lambda pair: pair[0]))


def _told_order(statements: Sequence[Statement]) -> dict[str, set[str]]:
    """For each event those that come before it by accepted statements."""
    earlier: dict[str, set[str]] = {}
    for each in statements:
        if each.relation.earlier_end and each.is_affirmed:
            before, after = each.assertion.subject.id, each.assertion.object_key
            if each.relation.earlier_end == "object":
                before, after = after, before
            earlier.setdefault(after, set()).add(before)
    return earlier
