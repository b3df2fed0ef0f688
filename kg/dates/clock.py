"""The hours of a date-time."""

from __future__ import annotations

import re

from kg.dates.errors import no_date

CLOCK = re.compile(r"([0-9]{2}):([0-9]{2})(?::([0-9]{2}))?(Z|[+-][0-9]{2}(?::[0-9]{2})?)?")


def clock_time(text: str, match: re.Match[str]) -> str:
    """Return the time and the offset of a date-time, in full. Raises DateError where there is none
    such.
    """
    hour, minute, second, offset = match.groups(default="")
    time = f"{hour}:{minute}:{second or '00'}"
    if (hour > "23" or minute > "59" or second > "59") and time != "24:00:00":
        raise no_date(text, f"there is no time {time}")
    offset += ":00" if len(offset) == 3 else ""
    if offset == "-00:00" or offset[1:] > "14:00" or offset[4:] > "59":
        hint = "offsets go from -14:00 to +14:00; that of UTC is Z"
        raise no_date(text, f"there is no offset {offset}", hint)
    return f"{time}{offset}"
