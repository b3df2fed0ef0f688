"""Days as Python's own calendar counts them, and dates that overlap in no reading, in some or in
every one.
"""

from __future__ import annotations

import calendar
import datetime
import itertools
import math
from dataclasses import replace
from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.dates import (
    Date,
    DateKind,
    Day,
    Edge,
    Overlap,
    as_known_on,
    dates_overlap,
    holds_on,
    parse_date,
)
from kg.dates.calendar import day_number, days_in, is_leap, moment_of, set_of

NO, POSSIBLY, CERTAINLY = Overlap.NO, Overlap.POSSIBLY, Overlap.CERTAINLY


# The calendar


def test_leap_years_and_lengths_of_months_are_those_of_python() -> None:
    assert [y for y in range(1, 10_000) if is_leap(y) != calendar.isleap(y)] == []
    months = [(y, m) for y in range(1600, 2001) for m in range(1, 13)]
    assert [days_in(*month) for month in months] == [
        calendar.monthrange(*month)[1] for month in months
    ]


@given(st.dates(), st.dates())
def test_days_are_counted_and_ordered_as_in_python(a: datetime.date, b: datetime.date) -> None:
    one, other = Day(a.year, a.month, a.day), Day(b.year, b.month, b.day)
    assert day_number(one) == a.toordinal()
    assert (one < other) == (a < b)
    assert str(one) == a.isoformat()
    assert parse_date(str(one)) == Date(a.isoformat(), one, one, one, one)


@given(st.integers(-(10**12), 10**12), st.integers(1, 12))
def test_months_follow_one_another_without_a_gap_in_every_year(year: int, month: int) -> None:
    following = Day(year, month + 1, 1) if month < 12 else Day(year + 1, 1, 1)
    assert day_number(following) - day_number(Day(year, month, 1)) == days_in(year, month)
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
        timezones=st.integers(-14 * 60, 14 * 60).map(
            lambda m: datetime.timezone(datetime.timedelta(0, 60 * m))
        )
    )
)
def test_date_times_are_moments_as_in_python(written: datetime.datetime) -> None:
    date = parse_date(written.replace(microsecond=0).isoformat())
    epoch = datetime.datetime(1, 1, 1, tzinfo=datetime.UTC)
    elapsed = (
        written.replace(microsecond=0, tzinfo=None)
        - epoch.replace(tzinfo=None)
        - (written.utcoffset() or datetime.timedelta())
    )
    assert moment_of(date.instant) - 86_400 == elapsed // datetime.timedelta(seconds=1)
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
    # about then is a documented step around it, and as sure as any date of that width
    ("1904~", "1904", POSSIBLY),
    ("1904~", "1905", POSSIBLY),
    ("1904~", "1906", NO),
    ("1904~", "1903/1905-12-31", POSSIBLY),
    ("1904~", "1902-12-31/1906", CERTAINLY),
    ("2020-12~/..", "2024", CERTAINLY),
    ("2020-12~/..", "1024", NO),
    ("2024-07-25~", "2024-08-04", POSSIBLY),
    ("2024-07-25~", "2024-08-05", NO),
    ("{1904~,2019-11-23}", "2019-11-23", CERTAINLY),
    # an uncertain date has its bounds, and is never certain
    ("1904-04-08?", "1904-04-08", POSSIBLY),
    ("1904-04-08?", "1904-04-09", NO),
    ("1984?/2004-06-11", "2005", NO),
    ("1984?/2004-06-11", "1950", NO),
    ("1984?/2004-06-11", "1990", POSSIBLY),
    # a season is its months and nothing wider
    ("2019-21", "2019-10", NO),
    ("2019-21", "2019-01-01/2019-12-31", CERTAINLY),
    ("2019-24", "2020-02-29", POSSIBLY),
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
    assert dates_overlap(parse_date(a), parse_date(b)) is expected
    assert dates_overlap(parse_date(b), parse_date(a)) is expected


def test_no_date_may_be_any_time() -> None:
    assert (
        dates_overlap(None, parse_date("2019"))
        is dates_overlap(parse_date("2019"), None)
        is dates_overlap(None, None)
        is POSSIBLY
    )
    assert holds_on(None, Day(2019, 11, 23)) is POSSIBLY


def test_a_state_holds_for_certain_from_its_latest_start_to_its_earliest_end() -> None:
    date = parse_date("1914/1916")
    days = {
        "1913-12-31": NO,
        "1914-01-01": POSSIBLY,
        "1914-12-31": CERTAINLY,
        "1916-01-01": CERTAINLY,
    }
    days |= {"1916-01-02": POSSIBLY, "1916-12-31": POSSIBLY, "1917-01-01": NO}
    assert {text: holds_on(date, Day(*map(int, text.split("-")))) for text in days} == days


def test_what_goes_on_is_vouched_for_up_to_the_day_that_it_was_known() -> None:
    report = Day(2019, 11, 22)
    date = as_known_on(parse_date("2019-11-20/.."), report)
    assert [holds_on(date, Day(2019, 11, n)) for n in (19, 20, 22, 23)] == [
        NO,
        CERTAINLY,
        CERTAINLY,
        POSSIBLY,
    ]
    assert (
        holds_on(as_known_on(parse_date("{2019-11-20..}"), report), Day(2019, 11, 23)) is POSSIBLY
    )
    to_come = as_known_on(parse_date("2020-01-01/.."), report)
    assert [holds_on(to_come, Day(2020, 1, n)) for n in (1, 2)] == [CERTAINLY, POSSIBLY]
    assert as_known_on(parse_date("2019-08"), report) == parse_date("2019-08")


FIRST = day_number(Day(2019, 12, 30))
WINDOW = range(-2, 6)
"""The days that readings are enumerated over; bounds lie in its first half, so that its ends stand
for no limit.
"""


def day(number: int) -> Day:
    found = datetime.date.fromordinal(FIRST + number)
    return Day(found.year, found.month, found.day)


@st.composite
def stretches(draw: st.DrawFn) -> Date:
    """A date that is no set, with bounds on a few days across a new year."""
    a, b, c, d = sorted(draw(st.lists(st.integers(0, 3), min_size=4, max_size=4)))
    first, last = (b, c) if draw(st.booleans()) else (c, b)  # the bounds of start and end may cross
    date = Date("", day(a), day(first), day(min(last, d)), day(d), kind=DateKind.INTERVAL)
    if draw(st.booleans()):
        edge = draw(st.sampled_from([Edge.OPEN, Edge.UNKNOWN]))
        date = replace(date, end_earliest=None, end_latest=None, end=edge)
    if draw(st.integers(0, 3)) == 0:
        date = replace(date, start_earliest=None, start_latest=None, start=Edge.UNKNOWN)
    if draw(st.integers(0, 4)) == 0:
        date = replace(
            date, start_latest=None, end_earliest=None, end=Edge.UNKNOWN, end_latest=None
        )
    return replace(date, uncertain=draw(st.integers(0, 4)) == 0)


SETS = st.builds(
    lambda kind, members: set_of("", kind, tuple(members)),
    st.sampled_from([DateKind.ONE_OF, DateKind.ALL_OF]),
    st.lists(stretches(), min_size=2, max_size=3),
)
DATES = st.one_of(stretches(), SETS)


def readings(date: Date) -> set[int]:
    """Every way to read a date, each as the bits of its days in the window."""
    match date.kind:
        case DateKind.ONE_OF:
            return set().union(*(readings(member) for member in date.members))
        case DateKind.ALL_OF:
            return reduce(
                lambda a, b: {x | y for x in a for y in b},
                (readings(member) for member in date.members),
            )
    starts = days(date.start_earliest, date.start_latest)
    ends = days(date.end_earliest, date.end_latest)
    if date.end is Edge.OPEN and not date.end_earliest:
        ends = {WINDOW[-1]}
    return {
        sum(1 << (n + 2) for n in range(s, e + 1))
        for s, e in itertools.product(starts, ends)
        if s <= e
    }


def days(earliest: Day | None, latest: Day | None) -> set[int]:
    low = day_number(earliest) - FIRST if earliest else -math.inf
    high = day_number(latest) - FIRST if latest else math.inf
    return {n for n in WINDOW if low <= n <= high}


def is_uncertain(*dates: Date) -> bool:
    return any(date.uncertain for date in dates)


@given(DATES, DATES)
def test_overlap_is_what_enumerating_all_readings_gives(a: Date, b: Date) -> None:
    shared = [bool(x & y) for x in readings(a) for y in readings(b)]
    exact = CERTAINLY if all(shared) and not is_uncertain(a, b) else POSSIBLY if any(shared) else NO
    if a.kind is b.kind is DateKind.ALL_OF and exact is CERTAINLY:
        assert dates_overlap(a, b) in (
            CERTAINLY,
            POSSIBLY,
        )  # documented: a certainty may be missed, none is invented
    else:
        assert dates_overlap(a, b) is exact


@given(DATES, st.sampled_from(WINDOW[2:-1]))
def test_a_date_holds_on_a_day_if_its_readings_hold_it(date: Date, number: int) -> None:
    held = [bool(reading & 1 << (number + 2)) for reading in readings(date)]
    exact = CERTAINLY if all(held) and not is_uncertain(date) else POSSIBLY if any(held) else NO
    assert holds_on(date, day(number)) is exact


@given(stretches(), st.sampled_from(WINDOW[2:]))
def test_vouching_up_to_a_day_only_takes_certainty_away(date: Date, number: int) -> None:
    known = as_known_on(date, day(number))
    assert readings(known) >= readings(date)
