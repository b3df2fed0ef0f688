"""Dates: what is read, what is refused and with which hint, the calendar, bounds, and what overlaps."""

from __future__ import annotations

import calendar
import datetime
import itertools
import json
import math
import re
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import replace
from functools import reduce

import pytest
import yaml
from conftest import shared_path
from hypothesis import given
from hypothesis import strategies as st

from kg.calendar import days_in, is_leap, moment, ordinal, set_of
from kg.characters import FORBIDDEN
from kg.dates import Date, DateError, Day, Edge, Kind, Overlap, as_known_on, holds_on, overlap, parse

NO, POSSIBLY, CERTAINLY = Overlap.NO, Overlap.POSSIBLY, Overlap.CERTAINLY


def refusal(text: str) -> DateError | None:
    """Why a text is no date, or None where it is one."""
    try:
        parse(text)
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
    assert [text for text in texts if not refusal(text)] == [text for text in texts if text[0] in "[{"]
    assert [text for text in texts if (error := refusal(text)) and "EDTF level 2" not in str(error)] == []


def test_what_edtf_has_for_invalid_is_refused() -> None:
    texts = edtf_list("invalid")
    assert len(texts) == 54
    assert [text for text in texts if not refusal(text)] == []


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
    # qualifiers leave the bounds alone
    "1914~": "1914-01-01 1914-12-31 1914-01-01 1914-12-31",
    "2004-06?": "2004-06-01 2004-06-30 2004-06-01 2004-06-30",
    "2004-06-11%": "2004-06-11 2004-06-11 2004-06-11 2004-06-11",
    # unspecified digits
    "191X": "1910-01-01 1919-12-31 1910-01-01 1919-12-31",
    "19XX": "1900-01-01 1999-12-31 1900-01-01 1999-12-31",
    "000X": "0000-01-01 0009-12-31 0000-01-01 0009-12-31",
    "-000X": "-0009-01-01 -0001-12-31 -0009-01-01 -0001-12-31",
    "-20XX": "-2099-01-01 -2000-12-31 -2099-01-01 -2000-12-31",
    "2004-XX": "2004-01-01 2004-12-31 2004-01-01 2004-12-31",
    "1985-02-XX": "1985-02-01 1985-02-28 1985-02-01 1985-02-28",
    "1985-XX-XX": "1985-01-01 1985-12-31 1985-01-01 1985-12-31",
    "191X~": "1910-01-01 1919-12-31 1910-01-01 1919-12-31",
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
    "1984~/2004-06": "1984-01-01 1984-12-31 2004-06-01 2004-06-30",
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
    date = parse(text)
    assert (str(date), bounds(date)) == (text, expected)


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
def test_going_on_and_ended_on_an_unknown_day_are_told_apart(text: str, start: Edge, end: Edge) -> None:
    date = parse(text)
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
    date = parse(text)
    assert (date.approximate, date.uncertain) == (approximate, uncertain)


def test_only_qualified_bounds_and_those_of_seasons_have_slack() -> None:
    def slack(text: str) -> tuple[float, float]:
        return parse(text).start_slack, parse(text).end_slack

    assert slack("2019-08") == slack("191X") == (0, 0)
    assert slack("2019-21") == (365, 365)
    assert slack("1904~") == (math.inf, math.inf)
    assert slack("1984?/2004") == (math.inf, 0)
    assert slack("1984/2004-22") == (0, 365)


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
    assert parse(text).instant == instant


def test_a_set_keeps_its_members_with_a_range_as_one() -> None:
    date = parse("[1667,1668~,1670..1672]")
    assert date.kind is Kind.ONE_OF
    assert [str(member) for member in date.members] == ["1667", "1668~", "1670..1672"]
    assert [member.kind for member in parse("{1667,1670..1672}").members] == [Kind.SOME_TIME, Kind.INTERVAL]


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
    "-0000": ("the year 0 has no sign", "did you mean '0000'?"),
    "-0000-XX": ("the year 0 has no sign", "did you mean '0000-XX'?"),
    "Y2006": ("more than four digits", "did you mean '2006'?"),
    "Y02006": ("more than four digits", ""),
    "Y1234567890123": ("at most 12 digits", ""),
    "Y17000/Y18000": ("stands alone", ""),
    # hours
    "2019-02-23T00:00:00": ("offset", "add the offset: '2019-02-23T00:00:00+09:00' in Tokyo and Seoul"),
    "2019-11-23 00:00": ("offset", "add the offset: '2019-11-23T00:00+09:00' in Tokyo and Seoul"),
    "2019-11-23 00:00+09:00": ("between day and time stands a T", "did you mean '2019-11-23T00:00+09:00'?"),
    "2019-11-23T00:00z": ("its time is not written in EDTF", "did you mean '2019-11-23T00:00Z'?"),
    "2019-11-23T24:01Z": ("there is no time 24:01:00", ""),
    "2019-11-23T23:60Z": ("there is no time 23:60:00", ""),
    "2019-11-23T23:59:60Z": ("there is no time 23:59:60", ""),
    "2019-11-31T10:00Z": ("November 2019 has 30 days", ""),
    "2019-11-23T10:00+14:01": ("there is no offset +14:01", "offsets go from -14:00 to +14:00"),
    "2019-11-23T10:00-15": ("there is no offset -15:00", "offsets go from -14:00 to +14:00"),
    "2019-11-23T10:00+09:60": ("there is no offset +09:60", ""),
    "2019-11-23T10:00-00:00": ("there is no offset -00:00", "that of UTC is Z"),
    "2019-11-23T10:00:00.5Z": ("its time is not written in EDTF", "'2019-11-23T00:00+09:00'"),
    "2019-11-23/2019-11-25T10:00Z": ("without hours", "did you mean '2019-11-23/2019-11-25'?"),
    # intervals and sets
    "2019/2018": ("'2018' is before '2019'", "did you mean '2018/2019'?"),
    "2019-11-20/2019-11": ("'2019-11' begins before '2019-11-20'", "leave it unknown"),
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
    "156X-12-25": ("EDTF level 2", "did you mean '156X'?"),
    "2011-23~": ("EDTF level 2", "leave the qualifier out"),
    "2001-34": ("EDTF level 2", "write '[2001-04..2001-06]' or '2001/2034'"),
    "1950S2": ("EDTF level 2", "did you mean '19XX'?"),
    "Y17E7": ("EDTF level 2", "did you mean 'Y170000000'?"),
    "1987/199X": ("EDTF level 2", "a set of what it may be"),
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
    "190404": ("not written in EDTF", "both readings are possible: write '1904-04' or 'Y190404'"),
    "04/08/1904": ("not written in EDTF", "both readings are possible: write '1904-04-08' or '1904-08-04'"),
    "04/04/1904": ("not written in EDTF", "did you mean '1904-04-04'?"),
    "23.11.2019": ("not written in EDTF", "did you mean '2019-11-23'?"),
    "2019/11/23": ("not written in EDTF", "did you mean '2019-11-23'?"),
    "2019-8-3": ("not written in EDTF", "did you mean '2019-08-03'?"),
    "2019-8": ("not written in EDTF", "did you mean '2019-08'?"),
    "2019-23-11": ("there is no month 23", "did you mean '2019-11-23'?"),
    "1910s": ("not written in EDTF", "did you mean '191X'?"),
    "1900s": ("not written in EDTF", "both readings are possible: write '190X' or '19XX'"),
    "the 19th century": ("not written in EDTF", "did you mean '18XX'?"),
    "44 BC": ("not written in EDTF", "did you mean '-0043'?"),
    "1 BC": ("not written in EDTF", "did you mean '0000'?"),
    "AD 44": ("not written in EDTF", "did you mean '0044'?"),
    "989": ("not written in EDTF", "did you mean '0989'?"),
    "12345": ("not written in EDTF", "did you mean 'Y12345'?"),
    "1914–1916": ("not written in EDTF", "did you mean '1914/1916'?"),
    "1914-16": ("there is no month 16", "did you mean '1914/1916'?"),
    "from April 1904 to 8 May 1905": ("not written in EDTF", "did you mean '1904-04/1905-05-08'?"),
    "since 2016": ("not written in EDTF", "did you mean '2016/..'?"),
    "2004-06-01/unknown": ("not written in EDTF", "did you mean '2004-06-01/'?"),
    "2004-06-01/open": ("not written in EDTF", "did you mean '2004-06-01/..'?"),
    "unknown/2004": ("not written in EDTF", "did you mean '/2004'?"),
    "199u": ("not written in EDTF", "did you mean '199X'?"),
    "1985-04-xx": ("not written in EDTF", "did you mean '1985-04-XX'?"),
    "1904-04-08?~": ("not written in EDTF", "did you mean '1904-04-08%'?"),
    "2019年11月23日": ("not written in EDTF", "did you mean '2019-11-23'?"),
    "2019년 11월": ("not written in EDTF", "did you mean '2019-11'?"),
    "2019年": ("not written in EDTF", "did you mean '2019'?"),
    "today": ("not written in EDTF", "write YYYY-MM-DD, YYYY-MM or YYYY"),
    # digits that str.isdigit and int() take
    "١٩٠٤": ("not written in EDTF", "did you mean '1904'?"),
    "１９０４-０４": ("not written in EDTF", "did you mean '1904-04'?"),
    "190\u00b2": ("not written in EDTF", "write YYYY-MM-DD"),
}


@pytest.mark.parametrize(("text", "reason", "hint"), [(text, *why) for text, why in REFUSED.items()])
def test_what_is_no_date_is_refused_with_a_reason_and_a_hint(text: str, reason: str, hint: str) -> None:
    with pytest.raises(DateError, match=re.escape(reason)) as caught:
        parse(text)
    assert hint in caught.value.hint


@pytest.mark.parametrize("text", REFUSED)
def test_every_date_that_a_hint_proposes_is_a_date(text: str) -> None:
    error = refusal(text)
    assert error
    proposed = re.findall(r"(?:did you mean|write|or|offset:|,) '([^']+)'", error.hint)
    assert [date for date in proposed if refusal(date)] == []


EDTF_LIKE = st.text("0123456789-/.,[]{}X?~%TZYES:+ ", max_size=30)


@given(st.one_of(st.text(), EDTF_LIKE, st.from_regex(r"-?[0-9X]{4}(-[0-9X]{2}){0,2}[?~%]?(/.*)?", fullmatch=True)))
def test_any_text_is_a_date_or_is_refused_in_a_short_printable_message(text: str) -> None:
    if error := refusal(text):
        for words in (str(error), error.hint):
            assert not FORBIDDEN.search(words)
            assert not re.search(r"[\n\t]", words)
            assert len(words) < 6 * 60 + 120
    else:
        assert text.isascii()


def test_long_texts_are_clipped_and_judged_at_once() -> None:
    for text in ("9" * 1_000_000, "c. " * 1_000_000, "[" + "1914," * 1_000_000, "Y" + "9" * 5_000, "1904 " * 12):
        error = refusal(text)
        assert error
        assert len(str(error)) < 160


@given(st.integers(0, 9999), st.integers(0, 99), st.integers(0, 99))
def test_a_day_is_read_if_and_only_if_the_calendar_has_it(year: int, month: int, day: int) -> None:
    def stands_in_the_calendar() -> bool:
        try:
            datetime.date(year or 2000, month, day)  # datetime has no year 0, which is a leap year like 2000
        except ValueError:
            return False
        return True

    assert (refusal(f"{year:04}-{month:02}-{day:02}") is None) == stands_in_the_calendar()


# The calendar


def test_leap_years_and_lengths_of_months_are_those_of_python() -> None:
    assert [y for y in range(1, 10_000) if is_leap(y) != calendar.isleap(y)] == []
    months = [(y, m) for y in range(1600, 2001) for m in range(1, 13)]
    assert [days_in(*month) for month in months] == [calendar.monthrange(*month)[1] for month in months]


@given(st.dates(), st.dates())
def test_days_are_counted_and_ordered_as_in_python(a: datetime.date, b: datetime.date) -> None:
    one, other = Day(a.year, a.month, a.day), Day(b.year, b.month, b.day)
    assert ordinal(one) == a.toordinal()
    assert (one < other) == (a < b)
    assert str(one) == a.isoformat()
    assert bounds(parse(str(one))) == " ".join([a.isoformat()] * 4)


@given(st.integers(-(10**12), 10**12), st.integers(1, 12))
def test_months_follow_one_another_without_a_gap_in_every_year(year: int, month: int) -> None:
    following = Day(year, month + 1, 1) if month < 12 else Day(year + 1, 1, 1)
    assert ordinal(following) - ordinal(Day(year, month, 1)) == days_in(year, month)
    assert is_leap(year) == is_leap(year + 400)


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (Day(2019, 11, 23), "2019-11-23"),
        (Day(0, 1, 1), "0000-01-01"),
        (Day(-44, 3, 15), "-0044-03-15"),
        (Day(12345, 1, 1), "12345-01-01"),
        (Day(-170000002, 12, 31), "-170000002-12-31"),
    ],
)
def test_a_day_is_written_as_an_xsd_date(day: Day, text: str) -> None:
    assert f"{day}" == text


@given(
    st.datetimes(
        timezones=st.integers(-14 * 60, 14 * 60).map(lambda m: datetime.timezone(datetime.timedelta(0, 60 * m)))
    )
)
def test_date_times_are_moments_as_in_python(written: datetime.datetime) -> None:
    date = parse(written.replace(microsecond=0).isoformat())
    epoch = datetime.datetime(1, 1, 1, tzinfo=datetime.UTC)
    elapsed = (
        written.replace(microsecond=0, tzinfo=None)
        - epoch.replace(tzinfo=None)
        - (written.utcoffset() or datetime.timedelta())
    )
    assert moment(date.instant) - 86_400 == elapsed // datetime.timedelta(seconds=1)
    assert str(date.start_earliest) == str(written.date())


# What overlaps


OVERLAPS = [
    # a day
    ("2019-11-23", "2019-11-23", CERTAINLY),
    ("2019-11-23", "2019-11-24", NO),
    # some time in a month is on none of its days for certain
    ("2019-08", "2019-08-15", POSSIBLY),
    ("2019-08", "2019-08", POSSIBLY),
    ("2019-08", "2019-09", NO),
    ("2019-08", "2019-07-31/2019-09-01", CERTAINLY),
    ("2019-08", "2019-08-02/2019-09-01", POSSIBLY),
    ("2019-08", "2019-08-01/2019-08-31", CERTAINLY),
    # intervals are certain from their latest start to their earliest end
    ("1914/1916", "1915-06-01", CERTAINLY),
    ("1914/1916", "1914-12-31", CERTAINLY),
    ("1914/1916", "1914-12-30", POSSIBLY),
    ("1914/1916", "1916-01-02", POSSIBLY),
    ("1914/1916", "1917", NO),
    # still going on, ended on an unknown day, not said
    ("2019-11-20/..", "2019-11-25", CERTAINLY),
    ("2019-11-20/", "2019-11-25", POSSIBLY),
    ("2019-11-20/", "2019-11-20", CERTAINLY),
    ("2019-11-20/", "2019-11-19", NO),
    ("../2019-11-20", "2019-11-19", POSSIBLY),
    ("/2019-11-20", "2019-11-20", CERTAINLY),
    ("/2019-11-20", "2019-11-21", NO),
    ("../..", "2019", POSSIBLY),
    ("2016/..", "/..", CERTAINLY),
    ("2016/", "/..", POSSIBLY),
    # the gaps of sets
    ("[1914,1916]", "1915", NO),
    ("{1914,1916}", "1915", NO),
    ("[1914,1916]", "1914/1917", POSSIBLY),
    ("[1914,1916]", "1913/1917", CERTAINLY),
    ("{1914,1916}", "1915-12-31/1917", CERTAINLY),
    ("{2019-11-22,2019-11-24}", "2019-11-24", CERTAINLY),
    ("[2019-11-22,2019-11-24]", "2019-11-24", POSSIBLY),
    ("{2019-11-22..2019-11-24}", "[2019-11-22,2019-11-23]", CERTAINLY),
    ("{2019-11-22,2019-11-23}", "[2019-11-22,2019-11-23]", CERTAINLY),
    ("{2019-11-22,2019-11-24}", "[2019-11-22..2019-11-24]", POSSIBLY),
    ("[..1984]", "1985", NO),
    ("[..1984]", "1900", POSSIBLY),
    ("[1984..]", "1983/..", CERTAINLY),
    ("{1984..}", "2019", CERTAINLY),
    ("{2018-01-01..2019-12-31,2020-01-01..}", "[2018-06..]", CERTAINLY),
    # a qualified bound neither ensures nor rules out; the other bound still does
    ("1904~", "1904", POSSIBLY),
    ("1904-04-08?", "1904-04-08", POSSIBLY),
    ("1904~", "2019", POSSIBLY),
    ("1984?/2004-06-11", "2005", NO),
    ("1984?/2004-06-11", "1950", POSSIBLY),
    ("{1904~,2019-11-23}", "2019-11-23", POSSIBLY),
    # a season may be that of the south, not that of another century
    ("2019-21", "2019-10", POSSIBLY),
    ("2019-21", "2019-01-01/2019-12-31", POSSIBLY),
    ("2019-21", "1904", NO),
    # midnight is one moment, whatever the day is called
    ("2019-11-22T24:00+09:00", "2019-11-23T00:00+09:00", CERTAINLY),
    ("2019-11-22T15:00Z", "2019-11-23T00:00+09:00", CERTAINLY),
    ("2019-11-22T15:01Z", "2019-11-23T00:00+09:00", NO),
    ("2019-11-23T00:00+09:00", "2019-11-23", CERTAINLY),
    # any size
    ("Y-170000002", "Y-170000001", NO),
    ("-0001-12-31/0000-01-01", "0000-01-01", CERTAINLY),
]


@pytest.mark.parametrize(("a", "b", "expected"), OVERLAPS)
def test_two_dates_overlap_in_no_some_or_every_reading(a: str, b: str, expected: Overlap) -> None:
    assert overlap(parse(a), parse(b)) is expected
    assert overlap(parse(b), parse(a)) is expected


def test_no_date_may_be_any_time() -> None:
    assert overlap(None, parse("2019")) is overlap(parse("2019"), None) is overlap(None, None) is POSSIBLY
    assert holds_on(None, Day(2019, 11, 23)) is POSSIBLY


def test_a_state_holds_for_certain_from_its_latest_start_to_its_earliest_end() -> None:
    date = parse("1914/1916")
    days = {"1913-12-31": NO, "1914-01-01": POSSIBLY, "1914-12-31": CERTAINLY, "1916-01-01": CERTAINLY}
    days |= {"1916-01-02": POSSIBLY, "1916-12-31": POSSIBLY, "1917-01-01": NO}
    assert {text: holds_on(date, Day(*map(int, text.split("-")))) for text in days} == days


def test_what_goes_on_is_vouched_for_up_to_the_day_that_it_was_known() -> None:
    report = Day(2019, 11, 22)
    date = as_known_on(parse("2019-11-20/.."), report)
    assert [holds_on(date, Day(2019, 11, n)) for n in (19, 20, 22, 23)] == [NO, CERTAINLY, CERTAINLY, POSSIBLY]
    assert holds_on(as_known_on(parse("{2019-11-20..}"), report), Day(2019, 11, 23)) is POSSIBLY
    assert holds_on(as_known_on(parse("2020-01-01/.."), report), Day(2020, 1, 2)) is POSSIBLY
    assert as_known_on(parse("2019-08"), report) == parse("2019-08")


FIRST = ordinal(Day(2019, 12, 30))
WINDOW = range(-2, 6)
"""The days that readings are enumerated over; bounds lie in its first half, so that its ends stand for no limit."""


def day(number: int) -> Day:
    found = datetime.date.fromordinal(FIRST + number)
    return Day(found.year, found.month, found.day)


@st.composite
def stretches(draw: st.DrawFn) -> Date:
    """A date that is no set, with bounds on a few days across a new year."""
    a, b, c, d = sorted(draw(st.lists(st.integers(0, 3), min_size=4, max_size=4)))
    first, last = (b, c) if draw(st.booleans()) else (c, b)  # the bounds of start and end may cross
    date = Date("", day(a), day(first), day(min(last, d)), day(d), kind=Kind.INTERVAL)
    if draw(st.booleans()):
        edge = draw(st.sampled_from([Edge.OPEN, Edge.UNKNOWN]))
        date = replace(date, end_earliest=None, end_latest=None, end=edge)
    if draw(st.integers(0, 3)) == 0:
        date = replace(date, start_earliest=None, start_latest=None, start=Edge.UNKNOWN)
    if draw(st.integers(0, 4)) == 0:
        date = replace(date, start_latest=None, end_earliest=None, end=Edge.UNKNOWN, end_latest=None)
    slack = st.sampled_from([0, 0, 0, 0, 1, math.inf])
    return replace(date, start_slack=draw(slack), end_slack=draw(slack))


SETS = st.builds(
    lambda kind, members: set_of("", kind, tuple(members)),
    st.sampled_from([Kind.ONE_OF, Kind.ALL_OF]),
    st.lists(stretches(), min_size=2, max_size=3),
)
DATES = st.one_of(stretches(), SETS)


def readings(date: Date) -> set[int]:
    """Every way to read a date, each as the bits of its days in the window."""
    match date.kind:
        case Kind.ONE_OF:
            return set().union(*(readings(member) for member in date.members))
        case Kind.ALL_OF:
            return reduce(lambda a, b: {x | y for x in a for y in b}, (readings(member) for member in date.members))
    starts = days(date.start_earliest, date.start_latest, date.start_slack)
    ends = days(date.end_earliest, date.end_latest, date.end_slack)
    if date.end is Edge.OPEN and not date.end_earliest:
        ends = {WINDOW[-1]}
    return {sum(1 << (n + 2) for n in range(s, e + 1)) for s, e in itertools.product(starts, ends) if s <= e}


def days(earliest: Day | None, latest: Day | None, slack: float) -> set[int]:
    low = ordinal(earliest) - FIRST - slack if earliest else -math.inf
    high = ordinal(latest) - FIRST + slack if latest else math.inf
    return {n for n in WINDOW if low <= n <= high}


def has_slack(dates: Iterable[Date]) -> bool:
    return any(date.start_slack or date.end_slack for date in dates)


@given(DATES, DATES)
def test_overlap_is_what_enumerating_all_readings_gives(a: Date, b: Date) -> None:
    shared = [bool(x & y) for x in readings(a) for y in readings(b)]
    exact = CERTAINLY if all(shared) and not has_slack([a, b]) else POSSIBLY if any(shared) else NO
    if a.kind is b.kind is Kind.ALL_OF and exact is CERTAINLY:
        assert overlap(a, b) in (CERTAINLY, POSSIBLY)  # documented: a certainty may be missed, none is invented
    else:
        assert overlap(a, b) is exact


@given(DATES, st.sampled_from(WINDOW[2:]))
def test_a_date_holds_on_a_day_if_its_readings_hold_it(date: Date, number: int) -> None:
    held = [bool(reading & 1 << (number + 2)) for reading in readings(date)]
    exact = CERTAINLY if all(held) and not has_slack([date]) else POSSIBLY if any(held) else NO
    assert holds_on(date, day(number)) is exact


@given(stretches(), st.sampled_from(WINDOW[2:]))
def test_vouching_up_to_a_day_only_takes_certainty_away(date: Date, number: int) -> None:
    known = as_known_on(date, day(number))
    assert readings(known) >= readings(date)


# The open half of the collected bad inputs


def test_bad_inputs_of_dates_are_read_or_refused_as_their_manifest_says() -> None:
    folder = shared_path("bad-inputs")
    inputs = json.loads((folder / "manifest.open.json").read_text("utf-8"))["inputs"]
    judged = 0
    for case in (case for case in inputs if case["kind"] == "dates" and case["id"] != "date-set-unquoted"):
        # `yaml.BaseLoader` builds texts, lists and mappings, nothing else.
        source = yaml.load((folder / case["file"]).read_text("utf-8"), Loader=yaml.BaseLoader)
        error = next(filter(None, (refusal(a["when"]) for a in source["assertions"] if "when" in a)), None)
        assert (error is not None) == (case["expected"]["verdict"] == "reject"), case["id"]
        if error:
            wanted = case["expected"]["checks"].get("words", [])
            assert all(any(word in f"{error} {error.hint}" for word in words) for words in wanted), case["id"]
        judged += 1
    assert judged == 15


def test_reading_dates_imports_nothing_heavy() -> None:
    code = "import sys, kg.dates; print(*sorted(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert {"datetime", "calendar", "decimal", "kg.datewords", "pyparsing"}.isdisjoint(loaded)
