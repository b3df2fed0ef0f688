"""Dates as curators write them: EDTF with a real calendar, bounds, and what was meant where it is
none.
"""

from kg.dates.calendar import (
    Date,
    Day,
    Edge,
    Instant,
    Kind,
    Overlap,
    as_event,
    as_known_on,
    holds_on,
    is_past_by,
    overlap,
)
from kg.dates.edtf import DateError, parse_date

__all__ = [
    "Date",
    "DateError",
    "Day",
    "Edge",
    "Instant",
    "Kind",
    "Overlap",
    "as_event",
    "as_known_on",
    "holds_on",
    "is_past_by",
    "overlap",
    "parse_date",
]
