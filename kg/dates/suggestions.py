"""What people type where a date in EDTF is wanted, and what they may have meant.

Each rule turns one way of writing into EDTF. The results are suggestions: whether they are dates is
for the reader of dates to say, and a suggestion is shown to the curator, never taken in silence.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from kg.dates.calendar import MONTHS

_MONTH = "(" + "|".join(f"{name[:3]}(?:{name[3:]}|t?\\.?)" for name in MONTHS) + ")"
_DAY = "([0-9]{1,2})(?:st|nd|rd|th)?"
_YEAR = "([0-9]{4})"
_EDTF = re.compile("-?[0-9]{4}(?:-[0-9]{2}){0,2}[?~%]?")
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))
_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_SHORTENED = re.compile(
    f"{_MONTH}|{_DAY}|{_DAY}\\.? (?:of )?{_MONTH}|{_MONTH} {_DAY}", re.IGNORECASE | re.ASCII
)
"""A date that leaves its year, or its month and year, to the one behind it: the ``5`` of "5 or 6
March 2019".
"""


def suggest_dates(text: str) -> list[str]:
    """Return what a text may mean in EDTF: several where it can be read in several ways, none where
    it says nothing.
    """
    plain = _plain(text)
    if plain != text and _EDTF.fullmatch(plain):
        return [plain]
    for pattern, suggest in _RULES:
        if match := pattern.fullmatch(plain):
            return suggest(*filter(None, match.groups()))
    return [] if plain == text else [plain]


def _plain(text: str) -> str:
    """Return the text with single blanks, plain hyphens and ASCII digits."""
    text = " ".join(text.translate(_DASHES).split())
    return "".join(str(int(c)) if c.isdecimal() else c for c in text)


def _readings(text: str) -> list[str]:
    return [text] if _EDTF.fullmatch(text) else suggest_dates(text) or [text]


def _about(text: str) -> list[str]:
    return [f"{date}~" for date in _readings(text)]


def _perhaps(text: str) -> list[str]:
    return [f"{date}?" for date in _readings(text)]


def _since(text: str) -> list[str]:
    return [f"{date}/.." for date in _readings(text)]


def _interval(first: str, last: str) -> list[str]:
    return [f"{start}/{end}" for start, end in _pairs(first, last)]


def _choice(first: str, last: str) -> list[str]:
    return [f"[{one},{other}]" for one, other in _pairs(first, last)]


def _pairs(first: str, last: str) -> list[tuple[str, str]]:
    """Return the readings of two dates; the first may lack what the last one says for both."""
    words = last.split() if _SHORTENED.fullmatch(first) else []
    completed = [f"{first} {' '.join(words[number:])}" for number in range(1, len(words))]
    whole = next(filter(suggest_dates, completed), first)
    return [(one, other) for one in _readings(whole) for other in _readings(last)]


def _day_month_year(day: str, month: str, year: str) -> list[str]:
    return [_iso(year, month, day)]


def _month_day_year(month: str, day: str, year: str) -> list[str]:
    return [_iso(year, month, day)]


def _month_year(month: str, year: str) -> list[str]:
    return [_iso(year, month)]


def _season_year(season: str, year: str) -> list[str]:
    return [f"{year}-{_SEASONS[season.casefold()]}"]


def _numbers(first: str, second: str, year: str) -> list[str]:
    """Return both readings of a day such as 04/08/1904."""
    return list(dict.fromkeys((_iso(year, first, second), _iso(year, second, first))))


def _year_month_day(year: str, month: str, day: str = "") -> list[str]:
    if month.isdigit() and int(month) > 12:
        return [_iso(year, day, month)]
    return [_iso(year, month, day)]


def _iso(year: str, month: str, day: str = "") -> str:
    number = int(month) if month.isdigit() else _month_number(month)
    return f"{year}-{number:02}" + (f"-{int(day):02}" if day else "")


def _month_number(name: str) -> int:
    return [month[:3].casefold() for month in MONTHS].index(name[:3].casefold()) + 1


def _years(century: str, first: str, last: str) -> list[str]:
    return [f"{century}{first}/{century}{last}"]


_RULES: tuple[tuple[re.Pattern[str], Callable[..., list[str]]], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE | re.ASCII), suggest)
    for pattern, suggest in (
        (r"(?:circa|ca|c|about|around|approximately|approx)(?:\. ?| )(.+)", _about),
        (r"(?:c|ca)([0-9].*)", _about),
        (r"(?:probably|possibly|perhaps|maybe) (.+)", _perhaps),
        (r"since (.+)", _since),
        (r"(?:some ?time )?between (.+?) and (.+)|(?:from )?(.+?) (?:to|until|-) (.+)", _interval),
        (r"(?:in |on )?(?:either )?(.+?) or (?:in |on )?(.+)", _choice),
        (rf"{_MONTH} {_DAY},? {_YEAR}", _month_day_year),
        (rf"{_DAY}\.? (?:of )?{_MONTH},? {_YEAR}", _day_month_year),
        (rf"{_YEAR} {_MONTH} {_DAY}", _year_month_day),
        (rf"{_MONTH},? {_YEAR}", _month_year),
        (rf"({'|'.join(_SEASONS)}),? (?:of )?{_YEAR}", _season_year),
        (r"(?:the )?([0-9]{3})0'?s", lambda decade: [f"{decade}X"]),
        (rf"{_YEAR}([0-9]{{2}})([0-9]{{2}})", _year_month_day),
        (rf"([0-9]{{1,2}})[./-]([0-9]{{1,2}})[./-]{_YEAR}", _numbers),
        (rf"{_YEAR}[./-]([0-9]{{1,2}})[./-]([0-9]{{1,2}})", _year_month_day),
        (rf"{_YEAR}[./-]([0-9])", _year_month_day),
        (rf"{_YEAR}[年년] ?([0-9]{{1,2}})[月월](?: ?([0-9]{{1,2}})[日일])?", _year_month_day),
        (rf"{_YEAR}[年년]", lambda year: [year]),
        (r"([0-9]{2})([0-9]{2})-([0-9]{2})", _years),
        (r"([0-9]{4})-([0-9]{4})", _interval),
        (r"(.+)/unknown", lambda start: [f"{start}/"]),
        (r"(.+)/open", lambda start: [f"{start}/.."]),
        (r"[\[{]([^\],}.]+)[\]}]", lambda date: [date]),
        (r"([0-9X?~%./, \[\]{}-]+)", lambda date: [date.replace(" ", "")]),
    )
)
