"""Dates for formats that know days, months and years, and beginnings and ends: no more is told than
was said. That a state was so on a day is no beginning of it.
"""

from __future__ import annotations

from calendar import monthrange
from typing import NamedTuple

from kg.dates import Date, DateKind, Day


class Moments(NamedTuple):
    """When something began and ended, or (``some_time``) a time in which it was: ``2019``,
    ``2019-11``, ``2019-11-15``, or nothing.
    """

    began: str = ""
    ended: str = ""
    some_time: str = ""


def moments_of(when: Date | None) -> Moments:
    """Return what can be said of a date: nothing of one that is about, doubtful or a set."""
    if when is None or when.uncertain or when.approximate:
        return Moments()
    begin = _enclosed(when.start_earliest, when.start_latest)
    match when.kind:
        case DateKind.SOME_TIME:
            return Moments(some_time=begin)
        case DateKind.INTERVAL:
            end = _enclosed(when.end_earliest, when.end_latest)
            return Moments(begin if when.has_start else "", end if when.has_end else "")
        case _:
            return Moments()


def _enclosed(first: Day | None, last: Day | None) -> str:
    """The day, month or year that two bounds enclose exactly; nothing for any other span, and for
    years before 1 or after 9999.
    """
    if first is None or last is None or not 1 <= first.year <= 9999 or first.year != last.year:
        return ""
    if first == last:
        return str(first)
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return f"{first.year:04}"
    days = monthrange(first.year, first.month)[1]
    is_month = first.month == last.month and (first.day, last.day) == (1, days)
    return f"{first.year:04}-{first.month:02}" if is_month else ""
