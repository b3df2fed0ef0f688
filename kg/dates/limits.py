"""When states end or begin by what others report, and what nobody could report yet.

When something ended or began is told by a date: some time in it, whatever its kind.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kg.dates.calendar import (
    Date,
    DateKind,
    Day,
    Edge,
    Range,
    day_number,
    day_of,
    earliest_of,
    latest_of,
    set_of,
    some_time,
    span_of,
)


def eve_of(date: Date) -> Date:
    """Return the day before the day on which something ends; the date itself where it is no single
    day.
    """
    first = date.start_earliest
    if first is None or first != date.end_latest:
        return date
    day = day_of(day_number(first) - 1)
    doubt = "?" if date.uncertain else ""
    return some_time(f"{day}{doubt}", day, day, uncertain=date.uncertain)


def common_limit(limits: Iterable[Date]) -> Date:
    """Return what several limits that are all right leave open; the first, where they leave
    nothing.
    """
    first, *others = limits
    for other in others:
        days = _common_days(span_of(first), other)
        if days == span_of(other):
            first = other
        elif days != span_of(first) and not _is_after(*days):
            first = with_days(first, *days)
    return first


def either_limit(limits: Iterable[Date]) -> Date:
    """Return the limit that one of several is, nobody knows which."""
    all_limits = tuple(limits)
    if len({limit.text for limit in all_limits}) == 1:
        return all_limits[0]
    return with_days(
        max(all_limits, key=lambda limit: limit.uncertain),
        earliest_of(limit.start_earliest for limit in all_limits),
        latest_of(limit.end_latest for limit in all_limits),
    )


def with_days(limit: Date, first: Day | None, last: Day | None) -> Date:
    """Return a limit between two other days, as sure as it is."""
    text = f"[{first or ''}..{last or ''}]"
    return some_time(text, first, last, approximate=limit.approximate, uncertain=limit.uncertain)


def with_end(date: Date | None, end: Date) -> Date | None:
    """Return a date of a state with its end; the date itself, where it has one that is at odds with
    it or is a set of dates.
    """
    if date is None:
        bounds = Date("/", None, None, None, None, start=Edge.UNKNOWN)
    elif date.kind is DateKind.SOME_TIME:
        start = f"[..{date.text}]" if date.end_latest else ""
        bounds = replace(
            date,
            text=f"{start}/",
            start_earliest=None,
            start_latest=date.end_latest,
            end_earliest=None,
            end_latest=None,
            start=Edge.UNKNOWN,
        )
    elif date.kind is DateKind.INTERVAL:
        bounds = date
    else:
        return date
    own = (bounds.end_earliest, bounds.end_latest)
    first, last = _common_days(own, end)
    if date and (_is_after(first, last) or _is_after(date.start_earliest, last)):
        return date
    if date and (first, last) == own and bounds.end is Edge.KNOWN:
        return date
    text = f"{bounds.text.partition('/')[0]}/{end.text}"
    ended = replace(bounds, text=text, end_earliest=first, end_latest=last, end=Edge.KNOWN)
    return _as_interval(ended, end)


def with_start(date: Date | None, start: Date) -> Date | None:
    """Return a date of a state with its beginning; the date itself, where it has one that is at
    odds with it or is a set of dates. A state without a date goes on.
    """
    if date is None:
        bounds = Date("/..", None, None, None, None, end=Edge.OPEN)
    elif date.kind is DateKind.SOME_TIME:
        end = f"[{date.text}..]" if date.start_earliest else ""
        bounds = replace(
            date,
            text=f"/{end}",
            start_earliest=None,
            start_latest=None,
            end_earliest=date.start_earliest,
            end_latest=None,
            end=Edge.UNKNOWN,
        )
    elif date.kind is DateKind.INTERVAL:
        bounds = date
    else:
        return date
    own = (bounds.start_earliest, bounds.start_latest)
    first, last = _common_days(own, start)
    if date and (_is_after(first, last) or _is_after(first, date.end_latest)):
        return date
    if date and (first, last) == own and bounds.start is Edge.KNOWN:
        return date
    text = f"{start.text}/{bounds.text.partition('/')[2]}"
    begun = replace(bounds, text=text, start_earliest=first, start_latest=last, start=Edge.KNOWN)
    return _as_interval(begun, start)


def _common_days(own: Range, limit: Date) -> Range:
    """The days that a bound leaves of another one."""
    first = max(filter(None, (own[0], limit.start_earliest)), default=None)
    return first, min(filter(None, (own[1], limit.end_latest)), default=None)


def _is_after(day: Day | None, other: Day | None) -> bool:
    return day is not None and other is not None and day > other


def _as_interval(bounded: Date, limit: Date) -> Date:
    """A date with a new bound as an interval that is no surer than the bound."""
    return replace(
        bounded,
        kind=DateKind.INTERVAL,
        instant="",
        approximate=bounded.approximate or limit.approximate,
        uncertain=bounded.uncertain or limit.uncertain,
    )


def as_known_by(date: Date, day: Day) -> Date | None:
    """Return a date as it could be known on a day: what ended later was still going on then. None
    where it began later.
    """
    if date.start_earliest and date.start_earliest > day:
        return None
    if date.kind in (DateKind.ONE_OF, DateKind.ALL_OF):
        members = [as_known_by(member, day) for member in date.members]
        known_members = tuple(member for member in members if member)
        if known_members == date.members or not known_members:
            return date
        opening, closing = date.text[0], date.text[-1]
        text = ",".join(member.text for member in known_members)
        return set_of(f"{opening}{text}{closing}", date.kind, known_members)
    if not date.has_end or date.end_earliest is None or date.end_earliest <= day:
        return date
    text = f"{date.text.split('/')[0]}/.."
    return replace(date, text=text, end_earliest=None, end_latest=None, end=Edge.OPEN)
