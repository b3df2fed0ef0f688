"""Dates as curators write them: EDTF with a real calendar, bounds, and what was meant where it is
none.
"""

from kg.dates.calendar import (
    Date,
    Day,
    Edge,
    Instant,
    Kind,
    as_event,
    as_known_on,
    as_reported_by,
    from_until,
    is_past_by,
    span_of,
)
from kg.dates.edtf import is_date, parse_date
from kg.dates.errors import DateError
from kg.dates.overlaps import Overlap, holds_on, is_before, overlap
from kg.dates.reckoning import Hemisphere, Reckoning

__all__ = [
    "Date",
    "DateError",
    "Day",
    "Edge",
    "Hemisphere",
    "Instant",
    "Kind",
    "Overlap",
    "Reckoning",
    "as_event",
    "as_known_on",
    "as_reported_by",
    "from_until",
    "holds_on",
    "is_before",
    "is_date",
    "is_past_by",
    "overlap",
    "parse_date",
    "span_of",
]
