"""Parts of months, years and centuries that EDTF has no word for, as the ranges that they are.

What is early, in the middle or late is the first, second or last third, by whole days, months or
years.
"""

from __future__ import annotations

import re

from kg.dates.calendar import MONTHS, Day, day_number, day_of, days_in

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
        return str(day_of(day_number(Day(year, month, day)) + step))
    if match[2]:
        years, number = divmod(year * 12 + month - 1 + step, 12)
        return str(Day(years, number + 1, 1))[:-3]
    return str(Day(year + step, 1, 1))[:-6]


def range_bound(date: str, end: int) -> str:
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


def part_of_decade(part: str, decade: str) -> list[str]:
    """Return a part of a decade, as years."""
    first, last = _part(part, 0, 9, 4, 7, 5)
    return [f"[{decade}{first}..{decade}{last}]"]


def part_of_century(part: str, number: str) -> list[str]:
    """Return a third or a half of a century, as years."""
    first, last = _part(part, 1, 100, 34, 67, 51)
    before = int(number) * 100 - 100
    return [f"[{_year(before + first)}..{_year(before + last)}]"]


def quarter(number: str, year: str) -> list[str]:
    """Return a quarter of a year, as months."""
    words = {"first": 1, "second": 2, "third": 3, "fourth": 4}
    quarter = words.get(number.casefold()) or int(number)
    return [f"[{year}-{quarter * 3 - 2:02}..{year}-{quarter * 3:02}]"]


def century(number: str, era: str = "") -> list[str]:
    """Return a century: the 19th begins in 1801."""
    first, last = int(number) * 100 - 99, int(number) * 100
    if _is_before_christ(era):
        first, last = 1 - last, 1 - first
    return [f"[{_year(first)}..{_year(last)}]"]


def year_of_era(number: str, era: str = "") -> list[str]:
    """Return a year as EDTF counts: 1 BC is the year 0."""
    return [_year(1 - int(number) if _is_before_christ(era) else int(number))]


def _is_before_christ(era: str) -> bool:
    return era.casefold().startswith("b")


def _year(number: int) -> str:
    return f"{'-' if number < 0 else ''}{abs(number):04}"


def edge_day(date: str, side: int) -> str:
    """Return the first (0) or the last (1) day of a year, month or day; another date as it is."""
    match = re.fullmatch("(-?[0-9]{4})(?:-([0-9]{2}))?", date)
    if match is None or int(match[2] or 1) not in range(1, 13):
        return date
    month = match[2] or ("01", "12")[side]
    day = (1, days_in(int(match[1]), int(month)))[side]
    return f"{match[1]}-{month}-{day:02}"


def unspecified_parts(text: str) -> list[str]:
    """Return the months or days that unspecified digits at the end of a date leave open."""
    start, _, digits = text.rpartition("-")
    year, _, month = start.partition("-")
    last = days_in(int(year), int(month)) if month else 12
    numbers = [f"{number:02}" for number in range(1, last + 1)]
    ends = [each for each in numbers if re.fullmatch(digits.replace("X", "."), each)]
    if len(ends) < 2:
        return [f"{start}-{end}" for end in ends]
    return [f"[{start}-{ends[0]}..{start}-{ends[-1]}]"]


def day_of_some_month(year: str, day: str) -> list[str]:
    """Return a day of some month of a year as a set."""
    months = [month for month in range(1, 13) if int(day) <= days_in(int(year), month)]
    return [f"[{','.join(f'{year}-{month:02}-{day}' for month in months)}]"]


def day_of_some_year(decade: str, day: str) -> list[str]:
    """Return a day of some year of a decade as a set."""
    return [f"[{','.join(f'{decade}{year}-{day}' for year in range(10))}]"]


def season_or_quarter(year: str, code: str) -> list[str]:
    """Return a season, or the months of a part of a year, by its code in EDTF level 2."""
    number = int(code)
    if number < 29:
        return [f"{year}-{number - 4}"]
    length, first = (3, 33) if number < 37 else (4, 37)
    if number > 39:
        length, first = 6, 40
    month = (number - first) * length + 1
    return [f"[{year}-{month:02}..{year}-{month + length - 1:02}]"] if number > 32 else []


def same_first_digits(digits: str, significant: str) -> list[str]:
    """Return the years that have the same first digits."""
    keep = int(significant)
    start, rest = digits[:keep], len(digits) - keep
    return [f"[{start}{'0' * rest}..{start}{'9' * rest}]"] if 0 < keep <= len(digits) else []


def month_number(name: str) -> int:
    """Return the number of a month by its English name or the first letters of that."""
    return [month[:3].casefold() for month in MONTHS].index(name[:3].casefold()) + 1
