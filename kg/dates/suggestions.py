"""What people type where a date in EDTF is wanted, and what they may have meant.

Each rule turns one way of writing into EDTF that means the same: "late July" is no whole July,
"before 1900" not 1900. The results are suggestions: whether they are dates is for the reader of
dates to say, and a suggestion is shown to the curator, never taken in silence.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from kg.dates.calendar import MONTHS
from kg.dates.stretches import (
    PARTS,
    century,
    day_of_some_month,
    day_of_some_year,
    edge_day,
    month_number,
    next_date,
    part_of_century,
    part_of_decade,
    part_of_month,
    part_of_year,
    quarter,
    range_bound,
    same_first_digits,
    season_or_quarter,
    unspecified_parts,
    year_of_era,
)
from kg.text import join_and

_MONTH = "(" + "|".join(f"{name[:3]}(?:{name[3:]}|t?\\.?)" for name in MONTHS) + ")"
_DAY = "([0-9]{1,2})(?:st|nd|rd|th)?"
_YEAR = "([0-9]{4})"
_EDTF = re.compile("-?[0-9]{4}(?:-[0-9]{2}){0,2}[?~%]?")
_LEADING = re.compile(
    "(?:(?:on(?! or)|in|during) )?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?", re.IGNORECASE
)
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))
_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_PART = f"(?:in |at )?(?:the )?({'|'.join(PARTS)})(?: in)?[ -](?:the )?"
_ERA = r"(B\.?C\.?(?:E\.?)?|A\.?D\.?|C\.?E\.?)"
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


def lacks_year(text: str) -> bool:
    """Tell whether a text is a day of no year, or a month with its day."""
    return bool(re.search("[a-z]", text, re.IGNORECASE) and _SHORTENED.fullmatch(_plain(text)))


def suggest_fields(text: str, is_date: Callable[[str], bool]) -> str:
    """Return a hint at ``from`` and ``until`` where an interval has a start or an end that only
    these can say; nothing where it has none. ``is_date`` tells what can be read.
    """
    start, _, end = text.partition("/")
    fields = {"from": start, "until": end}
    fields = {key: part for key, part in fields.items() if part not in ("", "..")}
    if not re.search(r"[\[X]", text) or not all(map(is_date, fields.values())) or "/" not in text:
        return ""
    written_fields = [f'{key}: "{part}"' for key, part in fields.items()]
    return f"write {join_and(written_fields)} instead of 'when'"


def _plain(text: str) -> str:
    """Return the text with single blanks, plain hyphens and ASCII digits."""
    text = _LEADING.sub("", " ".join(text.translate(_DASHES).split()))
    return "".join(str(int(c)) if c.isdecimal() else c for c in text)


def _readings(text: str) -> list[str]:
    return [text] if _EDTF.fullmatch(text) else suggest_dates(text) or [text]


def _each(write: Callable[[str], str]) -> Callable[[str], list[str]]:
    """A rule that writes each reading of a text in one way."""
    return lambda text: [write(date) for date in _readings(text)]


_about = _each(lambda date: date if ".." in date else f"{date}~")
_since = _each(lambda date: f"{date}/..")


def _between(first: str, last: str) -> list[str]:
    """Return some time between two dates: as a range of dates written alike, else of days."""
    pairs = _pairs(first, last)
    alike = [f"[{start}..{end}]" for start, end in pairs if len(start) == len(end)]
    return alike or [f"[{edge_day(start, 0)}..{edge_day(end, 1)}]" for start, end in pairs]


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


def _numbers(first: str, second: str, year: str) -> list[str]:
    """Return both readings of a day such as 04/08/1904."""
    return list(dict.fromkeys((_iso(year, first, second), _iso(year, second, first))))


def _year_month_day(year: str, month: str, day: str = "") -> list[str]:
    if month.isdigit() and int(month) > 12:
        return [_iso(year, day, month)]
    return [_iso(year, month, day)]


def _iso(year: str, month: str, day: str = "") -> str:
    number = int(month) if month.isdigit() else month_number(month)
    return f"{year}-{number:02}" + (f"-{int(day):02}" if day else "")


def _qualified(text: str) -> list[str]:
    """Return a date with the qualifiers of its parts put at its end, where they stand for all."""
    signs = set(re.findall("[?~%]", text))
    sign = "%" if len(signs) > 1 else "".join(signs)
    parts = [
        re.sub("[?~%]", "", part) + sign * bool(re.search("[?~%]", part))
        for part in text.split("/")
    ]
    return ["/".join(parts)]


def _years(century: str, first: str, last: str) -> list[str]:
    return [f"{century}{first}/{century}{last}"]


_RULES: tuple[tuple[re.Pattern[str], Callable[..., list[str]]], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE | re.ASCII), suggest)
    for pattern, suggest in (
        (r"(?:circa|ca|c|about|around|approximately|approx)(?:\. ?| )(.+)", _about),
        (r"(?:c|ca)([0-9].*)", _about),
        (r"(?:probably|possibly|perhaps|maybe) (.+)", _each("{}?".format)),
        (r"(?:est|cal|abt) (.+)", _about),
        (
            r"(?:on or before|no later than|not later than|by|up to) (.+)|(.+) at the latest",
            _each(lambda date: f"[..{range_bound(date, -1)}]"),
        ),
        (
            r"(?:on or after|not before|no earlier than) (.+)|(.+) at the earliest",
            _each(lambda date: f"[{range_bound(date, 0)}..]"),
        ),
        (
            r"(?:some ?time )?(?:before|bef) (.+)",
            _each(lambda date: f"[..{next_date(range_bound(date, 0), -1)}]"),
        ),
        (
            r"(?:some ?time )?(?:after|aft) (.+)",
            _each(lambda date: f"[{next_date(range_bound(date, -1), 1)}..]"),
        ),
        (r"since (.+)|from (.+) on(?:wards?)?", _since),
        (r"(?:until|till|to) (.+)", _each("/{}".format)),
        (r"(?:some ?time )?(?:between|bet) (.+?) and (.+)", _between),
        (r"(?:from )?(.+?) (?:to|until|till|-) (.+)", _interval),
        (r"from (.+)", _since),
        (r"(?:in |on )?(?:either )?(.+?) or (?:in |on )?(.+)", _choice),
        (rf"{_PART}{_MONTH},? (?:of )?{_YEAR}", part_of_month),
        (rf"{_PART}{_YEAR}", part_of_year),
        (rf"{_PART}([0-9]{{3}})0'?s", part_of_decade),
        (rf"{_PART}([0-9]{{1,2}})(?:st|nd|rd|th) century", part_of_century),
        (rf"(?:the )?(first|second|third|fourth) quarter (?:of )?{_YEAR}", quarter),
        (rf"Q([1-4]),? (?:of )?{_YEAR}", quarter),
        (rf"(?:the )?([0-9]{{1,2}})(?:st|nd|rd|th) century(?: {_ERA})?", century),
        (rf"([0-9]{{1,4}}) ?{_ERA}", year_of_era),
        (r"A\.?D\.? ([0-9]{1,4})", year_of_era),
        (rf"{_MONTH} {_DAY},? {_YEAR}", lambda month, day, year: [_iso(year, month, day)]),
        (
            rf"{_DAY}\.? (?:of )?{_MONTH},? {_YEAR}",
            lambda day, month, year: [_iso(year, month, day)],
        ),
        (rf"{_YEAR} {_MONTH} {_DAY}", _year_month_day),
        (rf"{_MONTH},? {_YEAR}", lambda month, year: [_iso(year, month)]),
        (
            rf"({'|'.join(_SEASONS)}),? (?:of )?{_YEAR}",
            lambda season, year: [f"{year}-{_SEASONS[season.casefold()]}"],
        ),
        (r"(?:the )?([0-9]{3})0'?s", lambda decade: [f"{decade}X"]),
        (rf"{_YEAR}([0-9]{{2}})([0-9]{{2}})", _year_month_day),
        (rf"([0-9]{{1,2}})[./-]([0-9]{{1,2}})[./-]{_YEAR}", _numbers),
        (rf"{_YEAR}[./-]([0-9]{{1,2}})[./-]([0-9]{{1,2}})", _year_month_day),
        (rf"{_YEAR}[./-]([0-9])", _year_month_day),
        (rf"{_YEAR}[年년] ?([0-9]{{1,2}})[月월](?: ?([0-9]{{1,2}})[日일])?", _year_month_day),
        (rf"{_YEAR}[年년]", lambda year: [year]),
        (r"([0-9]{3})", lambda year: [f"0{year}"]),
        (r"([0-9]{4}-(?:[0-9]X|X[0-9])|[0-9]{4}-[0-9]{2}-(?:[0-9]X|X[0-9]))", unspecified_parts),
        (r"([0-9]{4})-XX-([0-9]{2})", day_of_some_month),
        (r"([0-9]{3})X-([0-9]{2}-[0-9]{2})", day_of_some_year),
        (r"([0-9]{4})-(2[5-8]|3[3-9]|4[01])", season_or_quarter),
        (r"([0-9]{4})S([0-9])", same_first_digits),
        (r"([0-9?~%/.-]*[?~%][0-9?~%/.-]*)", _qualified),
        (r"([0-9]{2})([0-9]{2})-([0-9]{2})", _years),
        (r"([0-9]{4})-([0-9]{4})", _interval),
        (r"(.+)/unknown", lambda start: [f"{start}/"]),
        (r"(.+)/open", lambda start: [f"{start}/.."]),
        (r"[\[{]([^\],}.]+)[\]}]", lambda date: [date]),
        (r"([0-9X?~%./, \[\]{}-]+)", lambda date: [date.replace(" ", "")]),
    )
)
