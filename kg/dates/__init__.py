"""Dates as curators write them: EDTF with a real calendar, bounds, and what was meant where it is
none.
"""

from kg.dates.calendar import (
    Date,
    Day,
    Edge,
    Kind,
    Overlap,
    as_event,
    as_known_on,
    holds_on,
    overlap,
)
from kg.dates.edtf import DateError, parse_date

__all__ = [
    "Date",
    "DateError",
    "Day",
    "Edge",
    "Kind",
    "Overlap",
    "as_event",
    "as_known_on",
    "holds_on",
    "overlap",
    "parse_date",
]
