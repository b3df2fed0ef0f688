"""Dates as a reader names them where EDTF would puzzle: the years before Christ."""

from __future__ import annotations

import re

from kg.dates.calendar import MONTHS, Date, Day


def readable(date: Date) -> str:
    """Return a date as written or, where it lies before Christ, in words: ``-0087~`` is ``about 88
    BC``, ``-0062/-0060`` is ``63 BC to 61 BC``. Days are of the calendar of today (proleptic
    Gregorian). What has parts that have no such words stays as written.
    """
    if not _BEFORE_CHRIST.search(date.text):
        return date.text
    return _in_words(date.text) or date.text


def readable_day(day: Day) -> str:
    """Return a day as ISO 8601 writes it or, where it lies before Christ, in words: ``15 March 44
    BC``.
    """
    return _part(str(day)) if day.year < 1 else str(day)


_BEFORE_CHRIST = re.compile(r"(?<![\dX-])(?:-\d{4}|0000)")
_PART = re.compile(r"(-?\d{4})(?:-(\d\d)(?:-(\d\d))?)?([~?%]?)")
_MARKS = {"": "", "~": "about ", "?": "perhaps ", "%": "perhaps about "}
_SEASONS = {21: "spring of ", 22: "summer of ", 23: "autumn of ", 24: "winter of "}
_SET = re.compile(r"([\[{])(.*?)([\]}])")


def _in_words(text: str) -> str:
    """A date in words; nothing where a part of it has none."""
    start, slash, end = text.partition("/")
    if not slash:
        return _some_time(text)
    first, last = _some_time(start), _some_time(end)
    if start in ("", ".."):
        return last and f"until {last}"
    if end in ("", ".."):
        return first and (f"from {first} on" if end else f"from {first}")
    return f"{first} to {last}" if first and last else ""


def _some_time(text: str) -> str:
    """One date, or one or all of some."""
    braces = _SET.fullmatch(text)
    if not braces:
        return _part(text)
    joint = " or " if braces[1] == "[" else " and "
    members = [_member(each.strip()) for each in braces[2].split(",")]
    return joint.join(members) if all(members) else ""


def _member(text: str) -> str:
    first, dots, last = text.partition("..")
    if not dots:
        return _part(text)
    if not first or not last:
        word = "or later" if first else "or earlier"
        known = _part(first or last)
        return known and f"{known} {word}"
    start, end = _part(first), _part(last)
    return f"between {start} and {end}" if start and end else ""


def _part(text: str) -> str:
    """A day, month, season or year."""
    match = _PART.fullmatch(text)
    if not match:
        return ""
    year, month, day, mark = match.groups()
    number = int(month or 0)
    if number > 24 or 12 < number < 21:
        return ""
    before = f"{int(day)} " if day else ""
    before += _SEASONS.get(number) or (f"{MONTHS[number - 1]} " if number else "")
    era = f"{1 - int(year)} BC" if int(year) < 1 else f"AD {int(year)}"
    return f"{_MARKS[mark]}{before}{era}"
