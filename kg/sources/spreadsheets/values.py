"""Numbers of cells as the texts that they show."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from math import isfinite


def number_text(text: str) -> str:
    """A number as it is meant: 5.0 is 5, and 0.30000000000000004 is 0.3."""
    value = float(text)
    if not isfinite(value):
        raise ValueError(f"'{text[:20]}' is no number")
    return f"{value:.0f}" if value.is_integer() and abs(value) < 1e15 else f"{value:.15g}"


def date_text(serial: float, code: str, starts_1904: bool) -> str:
    """A number as the date that its format shows, as exact as that; nothing where it shows none."""
    letters = re.sub(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]', "", code.partition(";")[0].lower())
    parts = [part for part in "ymd" if part in letters]
    if ("y" not in parts and "d" not in parts) or not 0 < serial < 2_958_466:
        return ""
    # The sixtieth day is the 29 February 1900, which never was.
    first = datetime(1899, 12, 30 if serial >= 60 else 31)
    day = datetime(1904, 1, 1) if starts_1904 else first
    day += timedelta(seconds=round(serial * 86_400))
    if "h" in letters and serial % 1:
        return day.isoformat()
    if "d" in parts or "y" not in parts:
        return f"{day:%Y-%m-%d}"
    return f"{day:%Y-%m}" if "m" in parts else f"{day:%Y}"
