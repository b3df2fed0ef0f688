"""What people write where a date in EDTF is wanted, and what they may have meant.

Every rule turns one way of writing into EDTF. The results are suggestions: whether they are dates
is for the reader of dates to say, and a suggestion is shown to the curator, never taken in silence.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from kg.dates.calendar import MONTHS

_Reading = Callable[[re.Match[str]], tuple[str, ...]]

_MONTH = "(" + "|".join(f"{name[:3]}(?:{name[3:]}|t?\\.?)" for name in MONTHS) + ")"
_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_DAY = "([0-9]{1,2})(?:st|nd|rd|th)?"
_YEAR = "([0-9]{4})"
_UPRIGHT = re.compile("-?[0-9]{4}(?:-[0-9]{2}){0,2}[?~%]?")
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))


def meant(text: str) -> tuple[str, ...]:
    """What a text may mean in EDTF; several where it can be read in several ways, none where it
    says nothing.
    """
    plain = _plain(text)
    if plain != text and _UPRIGHT.fullmatch(plain):
        return (plain,)
    for pattern, reading in _RULES:
        if found := pattern.fullmatch(plain):
            return reading(found)
    return () if plain == text else (plain,)


def _plain(text: str) -> str:
    """The text with single blanks, plain hyphens and ASCII digits."""
    text = " ".join(text.translate(_DASHES).split())
    return "".join(str(int(c)) if c.isdecimal() else c for c in text)


def _or_itself(text: str) -> tuple[str, ...]:
    return meant(text) or (text,)


def _month(name: str) -> int:
    return next(
        number
        for number, month in enumerate(MONTHS, 1)
        if month[:3].casefold() == name[:3].casefold()
    )


def _iso(year: str, month: str | int, day: str | int = "") -> str:
    return f"{year}-{int(month):02}" + (f"-{int(day):02}" if day else "")


_BARE = re.compile(
    f"{_MONTH}|{_DAY}|{_DAY}\\.? (?:of )?{_MONTH}|{_MONTH} {_DAY}", re.IGNORECASE | re.ASCII
)
"""A date that leaves its year, or its month and year, to the one behind it: the ``5`` of "5 or 6
March 2019".
"""


def _pairs(first: str, last: str) -> list[tuple[str, str]]:
    """The readings of two dates, the first perhaps without what the last one says for both."""
    words = last.split()
    tails = range(1, len(words)) if _BARE.fullmatch(first) else ()
    whole = next((text for n in tails if meant(text := f"{first} {' '.join(words[n:])}")), first)
    readings = [(text,) if _UPRIGHT.fullmatch(text) else _or_itself(text) for text in (whole, last)]
    return [(a, b) for a in readings[0] for b in readings[1]]


def _decade_or_century(found: re.Match[str]) -> tuple[str, ...]:
    return (f"{found[1]}0X", f"{found[1]}XX")


def _qualified_as_a_whole(found: re.Match[str]) -> tuple[str, ...]:
    marks = set(re.findall("[?~%]", found[0]))
    return (re.sub("[?~%]", "", found[0]) + (marks.pop() if len(marks) == 1 else "%"),)


def _unspecified(found: re.Match[str]) -> tuple[str, ...]:
    """With the X of today for the u of the first drafts; failing that, the year, which level 1 can
    say.
    """
    upright = re.sub("[ux]", "X", found[0], flags=re.IGNORECASE)
    return (
        (upright,)
        if upright != found[0]
        else (upright[: upright.index("-", 1)],)
        if "-" in upright[1:]
        else ()
    )


def _part_of_year_or_years(found: re.Match[str]) -> tuple[str, ...]:
    """The seasons of a hemisphere, quarters, thirds and halves that level 2 has codes for;
    ``1914-25`` may be years.
    """
    year, code = found[1], int(found[2])
    years = f"{year}/{year[:-2]}{code}"
    if code < 33:
        return (f"{year}-{(code - 25) % 4 + 21}", years)
    first_code, length = (33, 3) if code < 37 else (37, 4) if code < 40 else (40, 6)
    first = (code - first_code) * length + 1
    return (f"[{year}-{first:02}..{year}-{first + length - 1:02}]", years)


def _rule(pattern: str, reading: _Reading) -> tuple[re.Pattern[str], _Reading]:
    """A way of writing (case does not count, but for ASCII letters only) and what it may mean."""
    return re.compile(pattern, re.IGNORECASE | re.ASCII), reading


_RULES = (
    _rule(
        r"(?:circa|ca|c|about|around|approximately|approx)(?:\. ?| )(.+)",
        lambda m: tuple(f"{date}~" for date in _or_itself(m[1])),
    ),
    _rule(r"(?:c|ca)([0-9].*)", lambda m: tuple(f"{date}~" for date in _or_itself(m[1]))),
    _rule(
        r"(?:probably|possibly|perhaps|maybe) (.+)",
        lambda m: tuple(f"{date}?" for date in _or_itself(m[1])),
    ),
    _rule(r"since (.+)", lambda m: tuple(f"{date}/.." for date in _or_itself(m[1]))),
    _rule(
        r"(?:some ?time )?between (.+?) and (.+)|(?:from )?(.+?) (?:to|until|-) (.+)",
        lambda m: tuple(f"{a}/{b}" for a, b in _pairs(m[1] or m[3], m[2] or m[4])),
    ),
    _rule(
        r"(?:in |on )?(?:either )?(.+?) or (?:in |on )?(.+)",
        lambda m: tuple(f"[{a},{b}]" for a, b in _pairs(m[1], m[2])),
    ),
    _rule(rf"{_MONTH} {_DAY},? {_YEAR}", lambda m: (_iso(m[3], _month(m[1]), m[2]),)),
    _rule(rf"{_DAY}\.? (?:of )?{_MONTH},? {_YEAR}", lambda m: (_iso(m[3], _month(m[2]), m[1]),)),
    _rule(rf"{_YEAR} {_MONTH} {_DAY}", lambda m: (_iso(m[1], _month(m[2]), m[3]),)),
    _rule(rf"{_MONTH},? {_YEAR}", lambda m: (_iso(m[2], _month(m[1])),)),
    _rule(
        rf"({'|'.join(_SEASONS)}),? (?:of )?{_YEAR}",
        lambda m: (_iso(m[2], _SEASONS[m[1].casefold()]),),
    ),
    _rule(r"(?:the )?([0-9]{2})00'?s", _decade_or_century),
    _rule(r"(?:the )?([0-9]{3})0'?s", lambda m: (f"{m[1]}X",)),
    _rule(r"(?:the )?([0-9]{1,2})(?:st|nd|rd|th) century", lambda m: (f"{int(m[1]) - 1:02}XX",)),
    _rule(
        r"([0-9]{1,4}) ?(?:bc|bce|b\.c\.)",
        lambda m: (f"-{int(m[1]) - 1:04}" if int(m[1]) > 1 else "0000",),
    ),
    _rule(r"(?:ad )?([0-9]{1,4})(?: ?(?:ad|ce))?", lambda m: (f"{int(m[1]):04}",)),
    _rule(r"([0-9]{4})([0-9]{2})([0-9]{2})", lambda m: (_iso(m[1], m[2], m[3]),)),
    _rule(r"([0-9]{4})([0-9]{2})", lambda m: (_iso(m[1], m[2]), f"Y{m[0]}")),
    _rule(r"(-?[0-9]{5,})", lambda m: (f"Y{m[1]}",)),
    _rule(r"Y(-?)([0-9]{1,4})", lambda m: (f"{m[1]}{int(m[2]):04}",)),
    _rule(r"-0000(.*)", lambda m: (f"0000{m[1]}",)),
    _rule(
        rf"([0-9]{{1,2}})([./-])([0-9]{{1,2}})\2{_YEAR}",
        lambda m: tuple(dict.fromkeys((_iso(m[4], m[1], m[3]), _iso(m[4], m[3], m[1])))),
    ),
    _rule(
        rf"{_YEAR}([./-])([0-9]{{1,2}})\2([0-9]{{1,2}})",
        lambda m: (_iso(m[1], m[3], m[4]) if int(m[3]) <= 12 else _iso(m[1], m[4], m[3]),),
    ),
    _rule(rf"{_YEAR}[年년] ?([0-9]{{1,2}})[月월]", lambda m: (_iso(m[1], m[2]),)),
    _rule(
        rf"{_YEAR}[年년] ?([0-9]{{1,2}})[月월] ?([0-9]{{1,2}})[日일]",
        lambda m: (_iso(m[1], m[2], m[3]),),
    ),
    _rule(rf"{_YEAR}[年년]", lambda m: (m[1],)),
    _rule(r"(-?[0-9]{4})-(2[5-9]|3[0-9]|4[01])", _part_of_year_or_years),
    _rule(r"([0-9]{2})([0-9]{2})-([0-9]{2})", lambda m: (f"{m[1]}{m[2]}/{m[1]}{m[3]}",)),
    _rule(r"([0-9]{4})-([0-9]{4})", lambda m: (f"{m[1]}/{m[2]}",)),
    _rule(rf"{_YEAR}[./-]([0-9])", lambda m: (_iso(m[1], m[2]),)),
    _rule(
        r"(.*)/unknown|unknown/(.*)", lambda m: (f"{m[1]}/" if m[1] is not None else f"/{m[2]}",)
    ),
    _rule(r"(.*)/open|open/(.*)", lambda m: (f"{m[1]}/.." if m[1] is not None else f"../{m[2]}",)),
    _rule(r"(?=.*[xu])-?[0-9]{2}[0-9xu]{2}(?:-[0-9]{2}|-xx|-uu){0,2}", _unspecified),
    _rule(
        r"(?=.*[?~%])[?~%]*-?[0-9]{4}[?~%]*(?:-[?~%]*[0-9]{2}[?~%]*){0,2}", _qualified_as_a_whole
    ),
    _rule(r"(-?[0-9]{4})S([23])", lambda m: (m[1][: int(m[2]) - 4] + "X" * (4 - int(m[2])),)),
    _rule(r"Y(-?[0-9]{1,12})E([0-9])", lambda m: (f"Y{int(m[1]) * 10 ** int(m[2])}",)),
    _rule(
        r"(-?[0-9]{4}-[0-9]{2}-[0-9]{2})[t ]([0-9:]+) ?(z|[+-][0-9:]+)",
        lambda m: (f"{m[1]}T{m[2]}{m[3].upper()}",),
    ),
    _rule(
        r"(-?[0-9-]+)T[^/]*/(-?[0-9-]+)(?:T.*)?|(-?[0-9-]+)/(-?[0-9-]+)T.*",
        lambda m: (f"{m[1] or m[3]}/{m[2] or m[4]}",),
    ),
    _rule(r"[\[{]([^\],}.]+)[\]}]", lambda m: (m[1],)),
    _rule(r"[0-9X?~%./, \[\]{}-]+", lambda m: (m[0].replace(" ", ""),)),
)
