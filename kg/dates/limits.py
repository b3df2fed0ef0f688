"""Dates whose end or beginning somebody else reports, or nobody could report yet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from kg.dates.calendar import Date, Day, Edge, Kind, as_event, day_of, ordinal, set_of


class Limit(NamedTuple):
    """When something ended or began, in words of EDTF: between two days, of which each is None
    where there is no limit.
    """

    text: str
    first: Day | None
    last: Day | None
    is_approximate: bool = False
    is_uncertain: bool = False


def limit_at(date: Date) -> Limit:
    """Return the limit that lies some time in a date."""
    date = as_event(date)
    first, last = date.start_earliest, date.end_latest
    return Limit(date.text, first, last, date.approximate, date.uncertain)


def eve_of(date: Date) -> Date:
    """Return the day before the day on which something ends; the date itself where it is no single
    day.
    """
    first = date.start_earliest
    if first is None or first != date.end_latest:
        return date
    day = day_of(ordinal(first) - 1)
    doubt = "?" if date.uncertain else ""
    return Date(f"{day}{doubt}", day, day, day, day, uncertain=date.uncertain)


def common_limit(limits: Iterable[Limit]) -> Limit:
    """Return what several limits that are all right leave open; the first, where they leave
    nothing.
    """
    first, *others = limits
    for other in others:
        earliest = max(filter(None, (first.first, other.first)), default=None)
        latest = min(filter(None, (first.last, other.last)), default=None)
        if earliest and latest and latest < earliest:
            continue
        if (earliest, latest) == (other.first, other.last):
            first = other
        elif (earliest, latest) != (first.first, first.last):
            first = replace_days(first, earliest, latest)
    return first


def either_limit(limits: Iterable[Limit]) -> Limit:
    """Return the limit that one of several is, nobody knows which."""
    all_limits = tuple(limits)
    if len({limit.text for limit in all_limits}) == 1:
        return all_limits[0]
    earliest = [limit.first for limit in all_limits]
    latest = [limit.last for limit in all_limits]
    return replace_days(
        max(all_limits, key=lambda limit: limit.is_uncertain),
        None if None in earliest else min(filter(None, earliest)),
        None if None in latest else max(filter(None, latest)),
    )


def replace_days(limit: Limit, first: Day | None, last: Day | None) -> Limit:
    """Return a limit with other days."""
    return limit._replace(text=f"[{first or ''}..{last or ''}]", first=first, last=last)


def with_end(date: Date | None, end: Limit) -> Date | None:
    """Return a date of a state with its end; the date itself, where it has one that is at odds with
    it or is a set of dates.
    """
    if date is None:
        bounds = Date(f"/{end.text}", None, None, None, None, start=Edge.UNKNOWN)
    elif date.kind is Kind.SOME_TIME:
        start = f"[..{date.text}]" if date.end_latest else ""
        bounds = replace(date, text=f"{start}/", start_earliest=None, start=Edge.UNKNOWN)
        bounds = replace(bounds, start_latest=date.end_latest, end_earliest=None, end_latest=None)
        bounds = replace(bounds, instant="")
    elif date.kind is Kind.INTERVAL:
        bounds = date
    else:
        return date
    first = max(filter(None, (bounds.end_earliest, end.first)), default=None)
    last = min(filter(None, (bounds.end_latest, end.last)), default=None)
    is_odd = first and last and last < first
    begun = date.start_earliest if date else None
    if is_odd or (begun and last and last < begun):
        return date
    is_same = (first, last) == (bounds.end_earliest, bounds.end_latest)
    if is_same and bounds.end is Edge.KNOWN and date:
        return date
    return replace(
        bounds,
        text=f"{bounds.text.split('/')[0]}/{end.text}",
        end_earliest=first,
        end_latest=last,
        end=Edge.KNOWN,
        kind=Kind.INTERVAL,
        approximate=bounds.approximate or end.is_approximate,
        uncertain=bounds.uncertain or end.is_uncertain,
    )


def with_start(date: Date | None, start: Limit) -> Date | None:
    """Return a date of a state with its beginning; the date itself, where it has one that is at
    odds with it or is a set of dates. A state without a date goes on.
    """
    if date is None:
        bounds = Date("/..", None, None, None, None, end=Edge.OPEN)
    elif date.kind is Kind.SOME_TIME:
        end = f"[{date.text}..]" if date.start_earliest else ""
        bounds = replace(date, text=f"/{end}", end_latest=None, end=Edge.UNKNOWN)
        bounds = replace(bounds, end_earliest=date.start_earliest, start_earliest=None)
        bounds = replace(bounds, start_latest=None, instant="")
    elif date.kind is Kind.INTERVAL:
        bounds = date
    else:
        return date
    first = max(filter(None, (bounds.start_earliest, start.first)), default=None)
    last = min(filter(None, (bounds.start_latest, start.last)), default=None)
    is_odd = first and last and last < first
    if is_odd or (first and bounds.end_latest and bounds.end_latest < first):
        return date
    is_same = (first, last) == (bounds.start_earliest, bounds.start_latest)
    if is_same and bounds.start is Edge.KNOWN and date:
        return date
    return replace(
        bounds,
        text=f"{start.text}/{bounds.text.partition('/')[2]}",
        start_earliest=first,
        start_latest=last,
        start=Edge.KNOWN,
        kind=Kind.INTERVAL,
        approximate=bounds.approximate or start.is_approximate,
        uncertain=bounds.uncertain or start.is_uncertain,
    )


def as_known_by(date: Date, day: Day) -> Date | None:
    """Return a date as it could be known on a day: what ended later was still going on then. None
    where it began later.
    """
    if date.start_earliest and date.start_earliest > day:
        return None
    if date.kind in (Kind.ONE_OF, Kind.ALL_OF):
        members = [as_known_by(member, day) for member in date.members]
        known = tuple(member for member in members if member)
        if known == date.members or not known:
            return date
        opening, closing = date.text[0], date.text[-1]
        text = ",".join(member.text for member in known)
        return set_of(f"{opening}{text}{closing}", date.kind, known)
    ends_later = date.end_earliest and date.end_earliest > day
    if date.kind is not Kind.INTERVAL or not ends_later or date.end is not Edge.KNOWN:
        return date
    text = f"{date.text.split('/')[0]}/.."
    return replace(date, text=text, end_earliest=None, end_latest=None, end=Edge.OPEN)
