"""Days and moments as people write them on a command line or in Python."""

from __future__ import annotations

from kg.dates import Date, DateError, Day, Instant, parse_date
from kg.diagnostics import KgError


def read_moment(name: str, text: str | None) -> Day | Instant | None:
    """Return a day, or an hour of one; None where there is none. Raises KgError, which begins with
    the ``name`` of what takes it, where the text is neither.
    """
    date = read_any_date(name, text)
    if date is None:
        return None
    day = date.start_earliest
    if day is None or day != date.end_latest or date.approximate or date.uncertain:
        raise KgError(f"{name} takes one day, not '{date.text}'", hint="as in 2019-11-16")
    return Instant(day, date.instant) if date.instant else day


def read_day(name: str, text: str | None) -> Day | None:
    """Return a day; None where there is none. Raises KgError where the text is none, or an hour of
    one: what holds is known by days.
    """
    moment = read_moment(name, text)
    if isinstance(moment, Instant):
        raise KgError(f"{name} takes a day, without an hour", hint=f"write '{moment.day}'")
    return moment


def read_any_date(name: str, text: str | None) -> Date | None:
    """Return a date; None where there is none. Raises KgError where the text is no date."""
    try:
        return None if text is None else parse_date(text)
    except DateError as error:
        raise KgError(f"{name}: {error}", hint=error.hint) from None
