"""Dates in EDTF: what is read and with which bounds, what is refused and with which hint."""

from __future__ import annotations

import datetime
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from conftest import shared_path
from hypothesis import given
from hypothesis import strategies as st

from kg.dates import Date, DateError, DateKind, Day, Edge, Hemisphere, Reckoning, parse_date
from kg.dates.calendar import day_number
from kg.dates.limits import as_known_by
from kg.text.characters import FORBIDDEN


def refusal(text: str) -> DateError | None:
    """Why a text is no date, or None where it is one."""
    try:
        parse_date(text)
    except DateError as error:
        return error
    return None


def bounds(date: Date) -> str:
    """The four bounds in a line, a dash for none."""
    found = (date.start_earliest, date.start_latest, date.end_earliest, date.end_latest)
    return " ".join("-" if day is None else str(day) for day in found)


# What is read


def edtf_list(name: str) -> list[str]:
    texts: list[str] = json.loads(shared_path("suites/edtf-lists.json").read_text("utf-8"))[name]
    return texts


@pytest.mark.parametrize(("name", "size"), [("level0", 21), ("level1", 64)])
def test_levels_0_and_1_are_read_but_for_times_without_offset(name: str, size: int) -> None:
    texts = edtf_list(name)
    refused = {text: str(error) for text in texts if (error := refusal(text))}
    assert len(texts) == size
    assert list(refused) == [text for text in texts if re.fullmatch(r".*T\d\d:\d\d:\d\d", text)]
    assert all("offset" in message for message in refused.values())


def test_of_level_2_the_sets_are_read_and_the_rest_is_refused_by_name() -> None:
    texts = edtf_list("level2")
    assert len(texts) == 120
    assert [text for text in texts if not refusal(text)] == [
        text for text in texts if text[0] in "[{"
    ]
    assert [
        text for text in texts if (error := refusal(text)) and "EDTF level 2" not in str(error)
    ] == []


def test_what_edtf_has_for_invalid_is_refused() -> None:
    texts = edtf_list("invalid")
    assert len(texts) == 54
    # An end that is known to its month, and a start to its day, are no contradiction.
    known = [text for text in texts if not refusal(text)]
    assert known == ["0000-01-03/0000-01", "0000-02/0000", "2004-06-11%/2004-06~"]


BOUNDS = {
    # a date by itself: some time in it
    "2019-11-23": "2019-11-23 2019-11-23 2019-11-23 2019-11-23",
    "2019-08": "2019-08-01 2019-08-31 2019-08-01 2019-08-31",
    "1904-02": "1904-02-01 1904-02-29 1904-02-01 1904-02-29",
    "1900-02": "1900-02-01 1900-02-28 1900-02-01 1900-02-28",
    "1905": "1905-01-01 1905-12-31 1905-01-01 1905-12-31",
    "0000": "0000-01-01 0000-12-31 0000-01-01 0000-12-31",
    "0000-02": "0000-02-01 0000-02-29 0000-02-01 0000-02-29",
    "-0043-03-15": "-0043-03-15 -0043-03-15 -0043-03-15 -0043-03-15",
    "Y12345": "12345-01-01 12345-12-31 12345-01-01 12345-12-31",
    "Y-170000002": "-170000002-01-01 -170000002-12-31 -170000002-01-01 -170000002-12-31",
    # about then: a step of the precision wider on either side
    "1914~": "1913-01-01 1915-12-31 1913-01-01 1915-12-31",
    "2004-06~": "2004-05-01 2004-07-31 2004-05-01 2004-07-31",
    "2003-12~": "2003-11-01 2004-01-31 2003-11-01 2004-01-31",
    "2004-03-01~": "2004-02-20 2004-03-11 2004-02-20 2004-03-11",
    "2004-01-XX~": "2003-12-01 2004-02-29 2003-12-01 2004-02-29",
    "-0001~": "-0002-01-01 0000-12-31 -0002-01-01 0000-12-31",
    "18XX~": "1750-01-01 1949-12-31 1750-01-01 1949-12-31",
    "2020-12~/..": "2020-11-01 2021-01-31 - -",
    "1914/1914~": "1914-01-01 1914-12-31 1914-01-01 1915-12-31",
    "[1914~,1920]": "1913-01-01 1920-12-31 1913-01-01 1920-12-31",
    # uncertain: the bounds stay
    "2004-06?": "2004-06-01 2004-06-30 2004-06-01 2004-06-30",
    "2004-06-11%": "2004-06-01 2004-06-21 2004-06-01 2004-06-21",
    # unspecified digits
    "191X": "1910-01-01 1919-12-31 1910-01-01 1919-12-31",
    "19XX": "1900-01-01 1999-12-31 1900-01-01 1999-12-31",
    "000X": "0000-01-01 0009-12-31 0000-01-01 0009-12-31",
    "-000X": "-0009-01-01 -0001-12-31 -0009-01-01 -0001-12-31",
    "-20XX": "-2099-01-01 -2000-12-31 -2099-01-01 -2000-12-31",
    "2004-XX": "2004-01-01 2004-12-31 2004-01-01 2004-12-31",
    "1985-02-XX": "1985-02-01 1985-02-28 1985-02-01 1985-02-28",
    "1985-XX-XX": "1985-01-01 1985-12-31 1985-01-01 1985-12-31",
    "191X~": "1905-01-01 1924-12-31 1905-01-01 1924-12-31",
    # seasons: those of the north, by whole months
    "2019-21": "2019-03-01 2019-05-31 2019-03-01 2019-05-31",
    "2019-22": "2019-06-01 2019-08-31 2019-06-01 2019-08-31",
    "2019-23": "2019-09-01 2019-11-30 2019-09-01 2019-11-30",
    "2019-24": "2019-12-01 2020-02-29 2019-12-01 2020-02-29",
    # intervals
    "1914/1916": "1914-01-01 1914-12-31 1916-01-01 1916-12-31",
    "2019-11-20/2019-11-23": "2019-11-20 2019-11-20 2019-11-23 2019-11-23",
    "2004-02-01/2005-02": "2004-02-01 2004-02-01 2005-02-01 2005-02-28",
    "2019-11/2019-11-20": "2019-11-01 2019-11-20 2019-11-20 2019-11-20",
    "2019/2019": "2019-01-01 2019-12-31 2019-01-01 2019-12-31",
    "2019-11-20/..": "2019-11-20 2019-11-20 - -",
    "2019-11-20/": "2019-11-20 2019-11-20 - -",
    "../1985-04": "- - 1985-04-01 1985-04-30",
    "/1985": "- - 1985-01-01 1985-12-31",
    "../..": "- - - -",
    "1984~/2004-06": "1983-01-01 1985-12-31 2004-06-01 2004-06-30",
    "1885-03-10/1885-03": "1885-03-10 1885-03-10 1885-03-10 1885-03-31",
    "2019/2019-05": "2019-01-01 2019-05-31 2019-05-01 2019-05-31",
    "1923-21/1924": "1923-03-01 1923-05-31 1924-01-01 1924-12-31",
    # one of a set
    "[1914,1916]": "1914-01-01 1916-12-31 1914-01-01 1916-12-31",
    "[1916,1914]": "1914-01-01 1916-12-31 1914-01-01 1916-12-31",
    "[1667,1670..1672]": "1667-01-01 1672-12-31 1667-01-01 1672-12-31",
    "[..1760-12-03]": "- - - 1760-12-03",
    "[1760-01,1760-12..]": "1760-01-01 - - -",
    "[191X,1925-04-08]": "1910-01-01 1925-04-08 1910-01-01 1925-04-08",
    # all of a set
    "{1914,1916}": "1914-01-01 1914-12-31 1916-01-01 1916-12-31",
    "{1960,-1961-12}": "-1961-12-01 -1961-12-31 1960-01-01 1960-12-31",
    "{1667,1670..1672}": "1667-01-01 1667-12-31 1672-01-01 1672-12-31",
    "{..1984}": "- - 1984-01-01 1984-12-31",
    "{1760-12..}": "1760-12-01 1760-12-31 - -",
    # with an hour: the local day as written
    "2019-11-23T00:00+09:00": "2019-11-23 2019-11-23 2019-11-23 2019-11-23",
    "2019-11-22T24:00+09:00": "2019-11-22 2019-11-22 2019-11-22 2019-11-22",
    "1904-04-08T10:00:00Z": "1904-04-08 1904-04-08 1904-04-08 1904-04-08",
}


@pytest.mark.parametrize(("text", "expected"), BOUNDS.items())
def test_a_date_keeps_its_text_and_has_these_bounds(text: str, expected: str) -> None:
    date = parse_date(text)
    assert (str(date), bounds(date)) == (text, expected)


@pytest.mark.parametrize("text", BOUNDS)
def test_nothing_ends_before_it_starts(text: str) -> None:
    date = parse_date(text)
    for one in (date, *date.members):
        in_order = (
            (one.start_earliest, one.start_latest),
            (one.start_latest, one.end_latest),
            (one.start_earliest, one.end_earliest),
            (one.end_earliest, one.end_latest),
        )
        assert all(a <= b for a, b in in_order if a and b)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2019-11-20/2019-11-23", Edge.KNOWN, Edge.KNOWN),
        ("2019-11-20/..", Edge.KNOWN, Edge.OPEN),
        ("2019-11-20/", Edge.KNOWN, Edge.UNKNOWN),
        ("../2019", Edge.OPEN, Edge.KNOWN),
        ("/2019", Edge.UNKNOWN, Edge.KNOWN),
        ("../", Edge.OPEN, Edge.UNKNOWN),
        ("{2019..}", Edge.KNOWN, Edge.OPEN),
        ("[2019..]", Edge.KNOWN, Edge.UNKNOWN),
        ("[..2019]", Edge.UNKNOWN, Edge.KNOWN),
    ],
)
def test_going_on_and_ended_on_an_unknown_day_are_told_apart(
    text: str, start: Edge, end: Edge
) -> None:
    date = parse_date(text)
    assert (date.start, date.end) == (start, end)


@pytest.mark.parametrize(
    ("text", "approximate", "uncertain"),
    [
        ("1914", False, False),
        ("1914~", True, False),
        ("1914?", False, True),
        ("1914%", True, True),
        ("1984?/2004~", True, True),
        ("[1914,1916?]", False, True),
        ("1952-23~/1953", True, False),
    ],
)
def test_qualifiers_are_kept(text: str, approximate: bool, uncertain: bool) -> None:
    date = parse_date(text)
    assert (date.approximate, date.uncertain) == (approximate, uncertain)


@pytest.mark.parametrize("code", [21, 22, 23, 24])
def test_seasons_are_those_of_the_half_of_the_earth_that_a_data_set_says(code: int) -> None:
    south = Reckoning(Hemisphere.SOUTHERN)
    other = (code - 21 + 2) % 4 + 21
    here, there = parse_date(f"2019-{code}", south), parse_date(f"2019-{other}")
    assert bounds(here) == bounds(there)


@given(st.integers(-9999, 9999), st.integers(1, 12), st.integers(0, 40), st.integers(0, 9))
def test_about_reaches_as_far_as_a_data_set_says(
    year: int, month: int, days: int, steps: int
) -> None:
    reckoning = Reckoning(about_day=days, about_month=steps, about_year=steps, about_decade=steps)
    text = f"{'-' if year < 0 else ''}{abs(year):04}"
    date = parse_date(f"{text}~", reckoning)
    assert (date.start_earliest, date.end_latest) == (
        Day(year - steps, 1, 1),
        Day(year + steps, 12, 31),
    )
    date = parse_date(f"{text}-{month:02}~", reckoning)
    first, last = date.start_earliest, date.end_latest
    assert first
    assert last
    assert (first.year * 12 + first.month, first.day) == (year * 12 + month - steps, 1)
    assert last.year * 12 + last.month == year * 12 + month + steps
    date = parse_date(f"{text}-{month:02}-15~", reckoning)
    first, last = date.start_earliest, date.end_latest
    assert first
    assert last
    assert day_number(last) - day_number(first) == 2 * days


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2019-11-23", ""),
        ("2019-11-23T00:00+09:00", "2019-11-23T00:00:00+09:00"),
        ("2019-11-23T00:00:00+09", "2019-11-23T00:00:00+09:00"),
        ("2019-11-22T15:00:01Z", "2019-11-22T15:00:01Z"),
        ("2019-11-22T24:00-03:30", "2019-11-22T24:00:00-03:30"),
        ("-1985-04-12T23:20:30Z", "-1985-04-12T23:20:30Z"),
    ],
)
def test_a_known_hour_is_a_complete_date_time_stamp(text: str, instant: str) -> None:
    assert parse_date(text).instant == instant


def test_a_set_keeps_its_members_with_a_range_as_one() -> None:
    date = parse_date("[1667,1668~,1670..1672]")
    assert date.kind is DateKind.ONE_OF
    assert [str(member) for member in date.members] == ["1667", "1668~", "1670..1672"]
    assert [member.kind for member in parse_date("{1667,1670..1672}").members] == [
        DateKind.SOME_TIME,
        DateKind.INTERVAL,
    ]


# What is refused


REFUSED = {
    # no such day
    "2019-02-30": ("February 2019 has 28 days", ""),
    "1900-02-29": ("February 1900 has 28 days", ""),
    "-0001-02-29": ("February -0001 has 28 days", ""),
    "2019-13": ("there is no month 13", ""),
    "2019-00": ("there is no month 00", ""),
    "2019-11-00": ("there is no day 00", ""),
    "2019-02-30/2019-03-01": ("February 2019 has 28 days", ""),
    "[2019-02-28,2019-02-29]": ("February 2019 has 28 days", ""),
    "-0000": ("the year 0 has no sign", ""),
    "-0000-XX": ("the year 0 has no sign", ""),
    "Y2006": ("more than four digits", ""),
    "Y02006": ("more than four digits", ""),
    "Y1234567890123": ("at most 12 digits", ""),
    "Y17000/Y18000": ("stands alone", ""),
    # hours
    "2019-02-23T00:00:00": (
        "offset",
        "add the offset: '2019-02-23T00:00:00+09:00' in Tokyo and Seoul",
    ),
    "2019-11-23 00:00": ("offset", "add the offset: '2019-11-23T00:00+09:00' in Tokyo and Seoul"),
    "2019-11-23 00:00+09:00": ("between day and time stands a T", ""),
    "2019-11-23T00:00z": ("its time is not written in EDTF", "'2019-11-23T00:00+09:00'"),
    "2019-11-23T24:01Z": ("there is no time 24:01:00", ""),
    "2019-11-23T23:60Z": ("there is no time 23:60:00", ""),
    "2019-11-23T23:59:60Z": ("there is no time 23:59:60", ""),
    "2019-11-31T10:00Z": ("November 2019 has 30 days", ""),
    "2019-11-23T10:00+14:01": ("there is no offset +14:01", "offsets go from -14:00 to +14:00"),
    "2019-11-23T10:00-15": ("there is no offset -15:00", "offsets go from -14:00 to +14:00"),
    "2019-11-23T10:00+09:60": ("there is no offset +09:60", ""),
    "2019-11-23T10:00-00:00": ("there is no offset -00:00", "that of UTC is Z"),
    "2019-11-23T10:00:00.5Z": ("its time is not written in EDTF", "'2019-11-23T00:00+09:00'"),
    "2019-11-23/2019-11-25T10:00Z": ("without hours", "leave the hours out"),
    # intervals and sets
    "2019/2018": ("'2018' is before '2019'", "did you mean '2018/2019'?"),
    "/": ("neither start nor end", "leave the field out"),
    "2019/2020/2021": ("not written in EDTF", ""),
    "[1914]": ("several members", "did you mean '1914'?"),
    "[]": ("several members", ""),
    "[..]": ("'..' without a date", ""),
    "[1914,1916": ("ends with ]", ""),
    "{1914,1916]": ("ends with }", ""),
    "[1914, 1916]": ("not written in EDTF", "did you mean '[1914,1916]'?"),
    "[1914..,1916]": ("only at the beginning or the end of a set", ""),
    "[1914,..1916]": ("only at the beginning or the end of a set", ""),
    "[1916..1914]": ("'1914' is before '1916'", "did you mean '[1914..1916]'?"),
    "[1914..1916-05]": ("from a year to a month", "as exactly as each other"),
    "[1914/1916,1918]": ("not written in EDTF", ""),
    # level 2
    "1984-?06-02": ("EDTF level 2", "did you mean '1984-06-02?'?"),
    "1904?-04": ("EDTF level 2", "did you mean '1904-04?'?"),
    "156X-12-25": ("EDTF level 2", "did you mean '[1560-12-25,1561-12-25,"),
    "15XX-12-25": ("EDTF level 2", "a set of what it may be"),
    "2011-23~": ("EDTF level 2", "leave the qualifier out"),
    "2001-34": ("EDTF level 2", "did you mean '[2001-04..2001-06]'?"),
    "2001-26": ("EDTF level 2", "did you mean '2001-22'?"),
    "2001-41": ("EDTF level 2", "did you mean '[2001-07..2001-12]'?"),
    "2024-04-1X": ("EDTF level 2", "did you mean '[2024-04-10..2024-04-19]'?"),
    "2024-04-3X": ("EDTF level 2", "did you mean '2024-04-30'?"),
    "2024-1X": ("EDTF level 2", "did you mean '[2024-10..2024-12]'?"),
    "2024-XX-31": ("EDTF level 2", "[2024-01-31,2024-03-31,2024-05-31,"),
    "1950S2": ("EDTF level 2", "did you mean '[1900..1999]'?"),
    "Y17E7": ("EDTF level 2", "a set of what it may be"),
    "1987/199X": (
        "EDTF level 2",
        'write from: "1987" and until: "199X" instead of \'when\'',
    ),
    "[191X..1925]": ("EDTF level 2", "a set of what it may be"),
    # words, and other ways of writing
    "": ("the date is empty", "leave the field out"),
    " ": ("not written in EDTF", "write YYYY-MM-DD"),
    "1904-04-08 ": ("not written in EDTF", "did you mean '1904-04-08'?"),
    "circa 1904": ("not written in EDTF", "did you mean '1904~'?"),
    "c. 1904": ("not written in EDTF", "did you mean '1904~'?"),
    "ca.1904": ("not written in EDTF", "did you mean '1904~'?"),
    "c1904": ("not written in EDTF", "did you mean '1904~'?"),
    "about 1904": ("not written in EDTF", "did you mean '1904~'?"),
    "around April 1904": ("not written in EDTF", "did you mean '1904-04~'?"),
    "perhaps 1904": ("not written in EDTF", "did you mean '1904?'?"),
    "April 8, 1904": ("not written in EDTF", "did you mean '1904-04-08'?"),
    "8th of April 1904": ("not written in EDTF", "did you mean '1904-04-08'?"),
    "1904 Apr 8": ("not written in EDTF", "did you mean '1904-04-08'?"),
    "Sept. 1904": ("not written in EDTF", "did you mean '1904-09'?"),
    "Autumn of 1904": ("not written in EDTF", "did you mean '1904-23'?"),
    "19040408": ("not written in EDTF", "did you mean '1904-04-08'?"),
    "190404": ("not written in EDTF", "write YYYY-MM-DD"),
    "04/08/1904": (
        "not written in EDTF",
        "both readings are possible: write '1904-04-08' or '1904-08-04'",
    ),
    "04/04/1904": ("not written in EDTF", "did you mean '1904-04-04'?"),
    "23.11.2019": ("not written in EDTF", "did you mean '2019-11-23'?"),
    "2019/11/23": ("not written in EDTF", "did you mean '2019-11-23'?"),
    "2019-8-3": ("not written in EDTF", "did you mean '2019-08-03'?"),
    "2019-8": ("not written in EDTF", "did you mean '2019-08'?"),
    "2019-23-11": ("there is no month 23", "did you mean '2019-11-23'?"),
    "1910s": ("not written in EDTF", "did you mean '191X'?"),
    "1900s": ("not written in EDTF", "did you mean '190X'?"),
    "the 19th century": ("not written in EDTF", "did you mean '[1801..1900]'?"),
    "44 BC": ("not written in EDTF", "did you mean '-0043'?"),
    "1 BC": ("not written in EDTF", "did you mean '0000'?"),
    "AD 44": ("not written in EDTF", "did you mean '0044'?"),
    "989": ("not written in EDTF", "did you mean '0989'?"),
    "12345": ("not written in EDTF", "write YYYY-MM-DD"),
    "1914–1916": ("not written in EDTF", "did you mean '1914/1916'?"),
    "1914-16": ("there is no month 16", "did you mean '1914/1916'?"),
    "from April 1904 to 8 May 1905": ("not written in EDTF", "did you mean '1904-04/1905-05-08'?"),
    "March to June 2018": ("not written in EDTF", "did you mean '2018-03/2018-06'?"),
    "between 2018-03-05 and 2018-06": (
        "not written in EDTF",
        "did you mean '[2018-03-05..2018-06-30]'?",
    ),
    "between March and June 2018": (
        "not written in EDTF",
        "did you mean '[2018-03..2018-06]'?",
    ),
    "some time between 5 and 20 March 2018": (
        "not written in EDTF",
        "did you mean '[2018-03-05..2018-03-20]'?",
    ),
    "between 28 February and 3 March 2018": (
        "not written in EDTF",
        "did you mean '[2018-02-28..2018-03-03]'?",
    ),
    "March or June 2018": ("not written in EDTF", "did you mean '[2018-03,2018-06]'?"),
    "in March 2018 or in June 2018": ("not written in EDTF", "did you mean '[2018-03,2018-06]'?"),
    "either 2018-03 or 2019": ("not written in EDTF", "did you mean '[2018-03,2019]'?"),
    "5 or 6 March 2018": ("not written in EDTF", "did you mean '[2018-03-05,2018-03-06]'?"),
    "before July 1917": ("not written in EDTF", "did you mean '[..1917-06]'?"),
    "before January 1918": ("not written in EDTF", "did you mean '[..1917-12]'?"),
    "before 1900": ("not written in EDTF", "did you mean '[..1899]'?"),
    "before 1 March 2024": ("not written in EDTF", "did you mean '[..2024-02-29]'?"),
    "before 431 BC": ("not written in EDTF", "did you mean '[..-0431]'?"),
    "before mid-April 2024": ("not written in EDTF", "did you mean '[..2024-04-10]'?"),
    "BEF 28 AUG 2024": ("not written in EDTF", "did you mean '[..2024-08-27]'?"),
    "after 1850": ("not written in EDTF", "did you mean '[1851..]'?"),
    "AFT 1850": ("not written in EDTF", "did you mean '[1851..]'?"),
    "after 31 December 2023": ("not written in EDTF", "did you mean '[2024-01-01..]'?"),
    "BET 1850 AND 1860": ("not written in EDTF", "did you mean '[1850..1860]'?"),
    "EST 1900": ("not written in EDTF", "did you mean '1900~'?"),
    "CAL MAR 1900": ("not written in EDTF", "did you mean '1900-03~'?"),
    "by 28 August 2024": ("not written in EDTF", "did you mean '[..2024-08-28]'?"),
    "by the end of July 2024": ("not written in EDTF", "did you mean '[..2024-07-31]'?"),
    "on or before 28 August 2024": ("not written in EDTF", "did you mean '[..2024-08-28]'?"),
    "28 August 2024 at the latest": ("not written in EDTF", "did you mean '[..2024-08-28]'?"),
    "not before May 2020": ("not written in EDTF", "did you mean '[2020-05..]'?"),
    "late July 2024": ("not written in EDTF", "did you mean '[2024-07-21..2024-07-31]'?"),
    "mid-April 2024": ("not written in EDTF", "did you mean '[2024-04-11..2024-04-20]'?"),
    "early 1917": ("not written in EDTF", "did you mean '[1917-01..1917-04]'?"),
    "the early 1920s": ("not written in EDTF", "did you mean '[1920..1923]'?"),
    "the 1920s": ("not written in EDTF", "did you mean '192X'?"),
    "late 19th century": ("not written in EDTF", "did you mean '[1867..1900]'?"),
    "5th century BC": ("not written in EDTF", "did you mean '[-0499..-0400]'?"),
    "Q2 2024": ("not written in EDTF", "did you mean '[2024-04..2024-06]'?"),
    "Friday, 28 August 2024": ("not written in EDTF", "did you mean '2024-08-28'?"),
    "until 1903": ("not written in EDTF", "did you mean '/1903'?"),
    "from 1998 on": ("not written in EDTF", "did you mean '1998/..'?"),
    "until late July 2024": (
        "not written in EDTF",
        "write until: \"[2024-07-21..2024-07-31]\" instead of 'when'",
    ),
    "[2024-06..2024-08]/..": (
        "ends with ]",
        "write from: \"[2024-06..2024-08]\" instead of 'when'",
    ),
    "28 August": ("not written in EDTF", "add the year"),
    "soon or later": ("not written in EDTF", "write YYYY-MM-DD, YYYY-MM or YYYY"),
    "since 2016": ("not written in EDTF", "did you mean '2016/..'?"),
    "2004-06-01/unknown": ("not written in EDTF", "did you mean '2004-06-01/'?"),
    "2004-06-01/open": ("not written in EDTF", "did you mean '2004-06-01/..'?"),
    "unknown/2004": ("not written in EDTF", "write YYYY-MM-DD"),
    "199u": ("not written in EDTF", "write YYYY-MM-DD"),
    "1985-04-xx": ("not written in EDTF", "write YYYY-MM-DD"),
    "1904-04-08?~": ("not written in EDTF", "did you mean '1904-04-08%'?"),
    "2019年11月23日": ("not written in EDTF", "did you mean '2019-11-23'?"),
    "2019년 11월": ("not written in EDTF", "did you mean '2019-11'?"),
    "2019年": ("not written in EDTF", "did you mean '2019'?"),
    "wİnter 1904": ("not written in EDTF", "write YYYY-MM-DD"),
    "today": ("not written in EDTF", "write YYYY-MM-DD, YYYY-MM or YYYY"),
    # digits that str.isdigit and int() take
    "١٩٠٤": ("not written in EDTF", "did you mean '1904'?"),
    "１９０４-０４": ("not written in EDTF", "did you mean '1904-04'?"),
    "190\u00b2": ("not written in EDTF", "write YYYY-MM-DD"),
}


@pytest.mark.parametrize(
    ("text", "reason", "hint"), [(text, *why) for text, why in REFUSED.items()]
)
def test_what_is_no_date_is_refused_with_a_reason_and_a_hint(
    text: str, reason: str, hint: str
) -> None:
    with pytest.raises(DateError, match=re.escape(reason)) as caught:
        parse_date(text)
    assert hint in caught.value.hint


@pytest.mark.parametrize("text", REFUSED)
def test_every_date_that_a_hint_proposes_is_a_date(text: str) -> None:
    error = refusal(text)
    assert error
    proposed = re.findall(r"(?:did you mean|write|or|offset:|,) '([^']+)'", error.hint)
    assert [date for date in proposed if refusal(date)] == []


EDTF_LIKE = st.text("0123456789-/.,[]{}X?~%TZYES:+ ", max_size=30)
WORDS = "circa c. about April Sept. may winter the since from to until - open unknown / BC AD s st century 年 월"
WORDY = st.lists(
    st.sampled_from([*WORDS.split(), "1904", "19", "8", "13", " ", "٣", "\x1b"]), max_size=6
).flatmap(lambda words: st.sampled_from([" ".join(words), "".join(words)]))


@given(
    st.one_of(
        st.text(),
        EDTF_LIKE,
        WORDY,
        st.from_regex(r"-?[0-9X]{4}(-[0-9X]{2}){0,2}[?~%]?(/.*)?", fullmatch=True),
    )
)
def test_any_text_is_a_date_or_is_refused_in_a_short_printable_message(text: str) -> None:
    if error := refusal(text):
        for words in (str(error), error.hint):
            assert not FORBIDDEN.search(words)
            assert not re.search(r"[\n\t]", words)
            assert len(words) < 6 * 60 + 120
    else:
        assert text.isascii()


def test_long_texts_are_clipped_and_judged_at_once() -> None:
    for text in (
        "9" * 1_000_000,
        "c. " * 1_000_000,
        "[" + "1914," * 1_000_000,
        "Y" + "9" * 5_000,
        "1904 " * 12,
    ):
        error = refusal(text)
        assert error
        assert len(str(error)) < 160


@given(st.integers(0, 9999), st.integers(0, 99), st.integers(0, 99))
def test_a_day_is_read_if_and_only_if_the_calendar_has_it(year: int, month: int, day: int) -> None:
    def stands_in_the_calendar() -> bool:
        try:
            datetime.date(
                year or 2000, month, day
            )  # datetime has no year 0, which is a leap year like 2000
        except ValueError:
            return False
        return True

    assert (refusal(f"{year:04}-{month:02}-{day:02}") is None) == stands_in_the_calendar()


# The open half of the collected bad inputs


def test_bad_inputs_of_dates_are_read_or_refused_as_their_manifest_says() -> None:
    folder = shared_path("bad-inputs")
    inputs = json.loads((folder / "manifest.open.json").read_text("utf-8"))["inputs"]
    judged = 0
    for case in (
        case for case in inputs if case["kind"] == "dates" and case["id"] != "date-set-unquoted"
    ):
        # `yaml.BaseLoader` builds texts, lists and mappings, nothing else.
        source = yaml.load((folder / case["file"]).read_text("utf-8"), Loader=yaml.BaseLoader)
        error = next(
            filter(None, (refusal(a["when"]) for a in source["assertions"] if "when" in a)), None
        )
        assert (error is not None) == (case["expected"]["verdict"] == "reject"), case["id"]
        if error:
            wanted = case["expected"]["checks"].get("words", [])
            assert all(
                any(word in f"{error} {error.hint}" for word in words) for words in wanted
            ), case["id"]
        judged += 1
    assert judged == 15


def test_reading_dates_imports_nothing_heavy(repository: Path) -> None:
    code = "import sys; before = {*sys.modules}; import kg.dates; print(*sorted({*sys.modules} - before))"
    command = [sys.executable, "-c", code]
    loaded = subprocess.run(
        command, capture_output=True, text=True, check=True, cwd=repository
    ).stdout.split()
    assert "kg.dates" in loaded
    assert {"datetime", "calendar", "decimal", "kg.dates.suggestions", "pyparsing"}.isdisjoint(
        loaded
    )


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("2003-01-01", "2003-01-01"),
        ("2003-01-02", ""),
        ("2003-01-01/..", "2003-01-01/.."),
        ("2001/2005", "2001/.."),
        ("2001/2002", "2001/2002"),
        ("2001/2003-01-01", "2001/2003-01-01"),
        ("../2005", "../.."),
        ("[2001,2004]", "[2001]"),
        ("{2001,2002,2004}", "{2001,2002}"),
        ("[2001,2002]", "[2001,2002]"),
        ("[2004,2005]", ""),
    ],
)
def test_on_a_day_nothing_is_known_of_what_begins_or_ends_later(text: str, known: str) -> None:
    date = as_known_by(parse_date(text), Day(2003, 1, 1))
    assert (date.text if date else "") == known
    if date and known.endswith("/.."):
        assert (date.end, date.end_earliest, date.end_latest) == (Edge.OPEN, None, None)
