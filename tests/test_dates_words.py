"""Dates as people write them, from EDTF."""

from __future__ import annotations

import re

import pytest

from kg.dates import parse_date
from kg.dates.words import date_in_words, readable

WORDS = {
    "2019": "2019",
    "2019-11-23": "23 November 2019",
    "2016/..": "since 2016",
    "../2016": "until 2016",
    "2016/": "from 2016, until an unknown day",
    "2019-11-22~": "about 22 November 2019",
    "2032-03-01~": "about 1 March 2032",
    "2019?": "perhaps 2019",
    "2019%": "perhaps about 2019",
    "[2019-11-23,2019-11-24]": "23 or 24 November 2019",
    "{1914,1916}": "1914 and 1916",
    "[2019-01..2019-04]": "between January and April 2019",
    "[2018..2019]": "between 2018 and 2019",
    "[..1984]": "1984 or earlier",
    "2019-11-10/2019-11-15": "10 to 15 November 2019",
    "2019-10-28/2019-11-03": "28 October to 3 November 2019",
    "2019-12-31/2020-01-02": "31 December 2019 to 2 January 2020",
    "2019-11-17~/2019-11-24": "about 17 November 2019 to 24 November 2019",
    "2019-11-23T00:00+09:00": "23 November 2019, 00:00 (UTC+9)",
    "2019-11-23T18:00Z": "23 November 2019, 18:00 (UTC)",
    "2019-23": "autumn of 2019",
    "2019-XX": "2019",
    "2019-11-XX": "November 2019",
    "201X": "the 2010s",
    "20XX": "between 2000 and 2099",
    "Y12345": "12,345",
    "-0087~": "about 88 BC",
    "-0087/..": "since 88 BC",
    "-0062/0010": "63 BC to AD 10",
}


@pytest.mark.parametrize("written", WORDS)
def test_a_date_reads_as_people_write_it(written: str) -> None:
    assert date_in_words(parse_date(written)) == WORDS[written]


def test_a_terminal_shows_plain_days_as_written_and_all_else_in_words() -> None:
    for written, words in WORDS.items():
        is_plain = bool(re.fullmatch(r"\d{4}(-[01]\d(-\d\d)?)?", written))
        assert readable(parse_date(written)) == (written if is_plain else words)
