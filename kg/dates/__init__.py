"""Dates as curators write them: EDTF with a real calendar, bounds, and what was meant where it is
none.
"""

from kg.dates.calendar import (
    Date,
    DateKind,
    Day,
    Edge,
    Instant,
    as_event,
    as_known_on,
    as_reported_by,
    from_until,
    is_past_by,
    span_of,
)
from kg.dates.edtf import is_date, parse_date
from kg.dates.errors import DateError
from kg.dates.overlaps import Overlap, dates_overlap, holds_on, is_before
from kg.dates.reckoning import Hemisphere, Reckoning

__all__ = [
    "Date",
    "DateError",
    "DateKind",
    "Day",
    "Edge",
    "Hemisphere",
    "Instant",
    "Overlap",
    "Reckoning",
    "as_event",
    "as_known_on",
    "as_reported_by",
    "dates_overlap",
    "from_until",
    "holds_on",
    "is_before",
    "is_date",
    "is_past_by",
    "parse_date",
    "span_of",
]
