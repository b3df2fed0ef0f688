"""Parts of months and years that EDTF has no word for, as the ranges that they are.

What is early, in the middle or late is the first, second or last third, by whole days or months.
"""

from __future__ import annotations

import re

from kg.dates.calendar import MONTHS, Day, day_of, days_in, ordinal

PARTS = {
    **dict.fromkeys(("early", "beginning of", "start of"), "early"),
    **dict.fromkeys(("mid", "middle of"), "mid"),
    **dict.fromkeys(("late", "end of"), "late"),
    "first half of": "first half",
    "second half of": "second half",
}
"""The words for parts, each with the part that it means."""


def next_date(date: str, step: int) -> str:
    """Return the year, month or day before (-1) or behind (1) one; another date as it is."""
    match = re.fullmatch("(-?[0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?", date)
    if match is None or int(match[2] or 1) not in range(1, 13):
        return date
    year, month, day = int(match[1]), int(match[2] or 1), int(match[3] or 1)
    if match[3]:
        return str(day_of(ordinal(Day(year, month, day)) + step))
    if match[2]:
        years, number = divmod(year * 12 + month - 1 + step, 12)
        return str(Day(years, number + 1, 1))[:-3]
    return str(Day(year + step, 1, 1))[:-6]


def limit_of(date: str, end: int) -> str:
    """Return the first (0) or the last (-1) date of a range; another date as it is."""
    return date.strip("[]").split("..")[end]


def _part(part: str, first: int, last: int, *begins: int) -> tuple[int, int]:
    """The first and the last of the numbers that a part of them has, by where the second and the
    last third begin, and the second half.
    """
    mid, late, half = begins
    parts = {
        "early": (first, mid - 1),
        "mid": (mid, late - 1),
        "late": (late, last),
        "first half": (first, half - 1),
        "second half": (half, last),
    }
    return parts[PARTS[part.casefold()]]


def part_of_month(part: str, month: str, year: str) -> list[str]:
    """Return a third or a half of a month, as days."""
    number = month_number(month)
    first, last = _part(part, 1, days_in(int(year), number), 11, 21, 16)
    return [f"[{year}-{number:02}-{first:02}..{year}-{number:02}-{last:02}]"]


def part_of_year(part: str, year: str) -> list[str]:
    """Return a third or a half of a year, as months."""
    first, last = _part(part, 1, 12, 5, 9, 7)
    return [f"[{year}-{first:02}..{year}-{last:02}]"]


def year_of_era(number: str, era: str) -> list[str]:
    """Return a year as EDTF counts: 1 BC is the year 0."""
    year = 1 - int(number) if era.casefold().startswith("b") else int(number)
    return [f"{'-' if year < 0 else ''}{abs(year):04}"]


def edge_day(date: str, side: int) -> str:
    """Return the first (0) or the last (1) day of a year, month or day; another date as it is."""
    match = re.fullmatch("(-?[0-9]{4})(?:-([0-9]{2}))?", date)
    if match is None or int(match[2] or 1) not in range(1, 13):
        return date
    month = match[2] or ("01", "12")[side]
    day = (1, days_in(int(match[1]), int(month)))[side]
    return f"{match[1]}-{month}-{day:02}"


def month_number(name: str) -> int:
    """Return the number of a month by its English name or the first letters of that."""
    return [month[:3].casefold() for month in MONTHS].index(name[:3].casefold()) + 1
