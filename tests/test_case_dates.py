"""Dates say how surely: hours, seasons, about, bounds of their own, years before Christ."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import rdflib
from conftest import Kg
from corpora import corpus, worlds
from hypothesis import given, settings
from hypothesis import strategies as st
from readback import quads_of
from readings import BARE, CORE, REPOSITORY, reading, said, world

from kg.dates import Day, Instant, Reckoning
from kg.export.formats import ExportFormat
from kg.export.write import export_reading
from kg.files.workspace import SourceFile
from kg.query.evidence import with_evidence
from kg.query.folder import find_saved_query
from kg.query.holding import with_certainty
from kg.query.parameters import plain_term
from kg.query.run import ask_store
from kg.query.saved import bind_parameters
from kg.rdf.portable import make_portable
from kg.reading import Reading
from kg.reports.wordings import terminal_date
from kg.sources.loader import load_corpus
from kg.status.certainty import Certainty, certainty_on
from kg.status.inference import judge
from kg.status.lens import Lens


def published(article: str, when: str) -> dict[str, Any]:
    """An article of the world, with another time of publication."""
    return {**world()["articles"][article], "published": when}


BLOG = world(
    said("alpha", "opposes", "row", according_to="beta"),
    {
        "id": "not",
        "denies": "alpha-opposes-row",
        "according_to": "alpha",
        "cite": {"article-2": ["1"]},
    },
    said("gamma", "opposes", "row", cite={"article-3": ["1"]}),
    articles={
        "article-1": published("article-1", "2021-03-16T09:10+01:00"),
        "article-2": published("article-2", "2021-03-16T17:40+01:00"),
        "article-3": published("article-3", "2021-03-16"),
    },
)
NOON = "2021-03-16T12:00:00+01:00"


@pytest.mark.parametrize(
    ("moment", "statuses"),
    [
        ("2021-03-16T09:00:00+01:00", {}),
        (NOON, {"alpha-opposes-row": "attributed"}),
        ("2021-03-16T08:10:00Z", {"alpha-opposes-row": "attributed"}),
        ("2021-03-16T17:00:00Z", {"alpha-opposes-row": "contested", "not": "contested"}),
        (
            "2021-03-17T00:00:00+01:00",
            {"alpha-opposes-row": "contested", "not": "contested", "gamma-opposes-row": "accepted"},
        ),
    ],
)
def test_an_hour_of_knowledge_tells_the_morning_from_the_evening(
    moment: str, statuses: dict[str, str]
) -> None:
    day = Day(*(int(part) for part in moment[:10].split("-")))
    seen = reading(BLOG, Lens(known_by=Instant(day, moment)))
    assert {id: standing.status.value for id, standing in seen.standings.items()} == statuses


@pytest.fixture
def row(kg: Kg, tmp_path: Path) -> Path:
    """The workspace that ``kg init`` makes."""
    kg("init", tmp_path / "row")
    return tmp_path / "row"


def test_an_hour_counts_in_known_by_and_is_refused_elsewhere(kg: Kg, row: Path) -> None:
    counted = kg("query", "claims", "--known-by", NOON, cwd=row)
    assert counted.stdout.endswith(f"lens: known by {NOON}\n")
    for command in (
        ("query", "claims", "--true-on"),
        ("timeline", "--from"),
        ("timeline", "--count-from"),
        ("status", "x", "--on"),
    ):
        refused = kg(*command, NOON, cwd=row)
        assert (refused.code, refused.stderr) == (
            2,
            f"kg: {command[-1]} takes a day, without an hour\n  hint: write '2021-03-16'\n",
        )


@pytest.mark.parametrize("day", ["-0440-01-01", "-0440-12-31", "0000-01-01"])
def test_a_year_before_christ_is_typed_as_any_other(kg: Kg, row: Path, day: str) -> None:
    answer = kg("query", "claims", "--true-on", day, "--known-by", day, cwd=row)
    assert answer.stdout.endswith(f"lens: true on {day}, known by {day}\n")
    assert kg("query", "as-of", "--param", f"on={day}", cwd=row).code == 0
    assert kg("timeline", "--from", "-0440", "--to", day, cwd=row).code == 0


def time(**fields: str) -> str:
    """The time of an office with these fields, as a date of four bounds."""
    [date] = [
        a.when
        for a in reading(
            world(said("alpha", "partyTo", "pact", **fields))
        ).corpus.assertions.values()
    ]
    assert date
    days = (date.start_earliest, date.start_latest, date.end_earliest, date.end_latest)
    return " ".join([date.text, *(str(day or "-") for day in days)])


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"from": "[2030-12,2031-01]"}, "[2030-12,2031-01]/.. 2030-12-01 2031-01-31 - -"),
        (
            {"from": "2020", "until": "[2024-06-01..2024-08-04]"},
            "2020/[2024-06-01..2024-08-04] 2020-01-01 2020-12-31 2024-06-01 2024-08-04",
        ),
        ({"until": "1999~"}, "/1999~ - - 1998-01-01 2000-12-31"),
        ({"from": "2004-03-01~"}, "2004-03-01~/.. 2004-02-20 2004-03-11 - -"),
        (
            {"from": "[2030..]", "until": "2031"},
            "[2030..]/2031 2030-01-01 2031-12-31 2031-01-01 2031-12-31",
        ),
        (
            {"from": "2030-05-04", "until": "2030"},
            "2030-05-04/2030 2030-05-04 2030-05-04 2030-05-04 2030-12-31",
        ),
    ],
)
def test_a_beginning_and_an_end_have_bounds_of_their_own(
    fields: dict[str, str], expected: str
) -> None:
    assert time(**fields) == expected


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"when": "2019", "from": "2018"}, "'when' and 'from' both say when it was"),
        ({"when": "2019", "until": "2018"}, "'when' and 'until' both say when it was"),
        ({"from": "2019/2020"}, "'from' takes the time within which it began"),
        ({"until": "2020-01-01T10:00Z"}, "'until' takes a day, without an hour"),
        ({"from": "2021", "until": "2020"}, "'until' ('2020') is before 'from' ('2021')"),
        ({"from": "early 2021"}, "did you mean '[2021-01..2021-04]'?"),
        ({"from": ["met"]}, "only in an inferred assertion it lists ids"),
    ],
)
def test_a_wrong_beginning_or_end_is_told_with_the_next_step(
    fields: dict[str, Any], message: str
) -> None:
    source = json.dumps(world(said("alpha", "partyTo", "pact", **fields))).encode()
    problems = load_corpus([SourceFile("sources/x.yaml", source)]).diagnostics
    assert [message in f"{each.message} {each.hint}" for each in problems] == [True]


OFFICES = world(
    said("alpha", "partyTo", "pact", id="open", when="2001/.."),
    said("beta", "partyTo", "pact", id="about", when="2001-12~/.."),
    said("gamma", "partyTo", "pact", id="unknown-start", when="/2003-08"),
    said("press", "partyTo", "pact", id="perhaps", when="2001?/.."),
    said("paper", "supports", "pact", id="stand", when="2001/.."),
    said("alpha", "signed", "pact", id="deed", when="2010-01-01~"),
)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (Day(1900, 1, 1), {"unknown-start": "possibly"}),
        (
            Day(2001, 12, 15),
            {
                "open": "possibly",
                "about": "possibly",
                "unknown-start": "possibly",
                "perhaps": "possibly",
                "stand": "possibly",
            },
        ),
        (
            Day(2005, 1, 1),
            {
                "open": "certainly",
                "about": "certainly",
                "perhaps": "possibly",
                "stand": "certainly",
            },
        ),
        (
            Day(2009, 12, 25),
            {
                "open": "certainly",
                "about": "certainly",
                "perhaps": "possibly",
                "stand": "certainly",
                "deed": "possibly",
            },
        ),
        (
            Day(2010, 1, 5),
            {
                "open": "as far as known",
                "about": "as far as known",
                "perhaps": "possibly",
                "stand": "possibly",
            },
        ),
    ],
)
def test_one_certainty_for_the_lens_the_graph_and_the_questions(
    day: Day, expected: dict[str, str]
) -> None:
    seen = reading(OFFICES, Lens(true_on=day))
    curated = {id: each for id, each in seen.certainties.items() if id in seen.corpus.assertions}
    expected = {**expected, "stand": curated["stand"].words} if "stand" in curated else expected
    assert {id: each.words for id, each in curated.items()} == expected
    holds = "SELECT ?a ?h WHERE { ?a a kg:Assertion ; kg:holds/rdfs:label ?h }"
    rows = asked(seen, holds)
    assert {id.rpartition("/")[2]: word for id, word in rows} == expected


def asked(seen: Reading, text: str) -> list[tuple[str, ...]]:
    """The rows of a query under a lens with a day, with the column of certainty where there is one."""
    prefixes = seen.ontology.prefixes
    answer = ask_store(seen.store, text, prefixes)
    answer = with_certainty(seen.store, text, answer, prefixes, answer.columns)
    return [tuple(str(plain_term(term, "")) for term in row) for row in answer.rows]


def test_rows_say_how_surely_they_hold_unless_all_do_certainly() -> None:
    party = "SELECT ?party WHERE { ?party kg:partyTo ?pact } ORDER BY ?party"
    late, early = (
        reading(OFFICES, Lens(true_on=day)) for day in (Day(2011, 1, 1), Day(2003, 1, 1))
    )
    base = late.ontology.base
    assert asked(late, party) == [
        (f"{base}alpha", "as far as known, last reported 2010-01-01"),
        (f"{base}beta", "as far as known, last reported 2010-01-01"),
        (f"{base}press", "possibly"),
    ]
    count = "SELECT (COUNT(?party) AS ?n) WHERE { ?party kg:partyTo ?pact }"
    assert asked(early, count) == [("4", "certainly; counted is what holds possibly, too")]
    sure = "SELECT ?pact WHERE { kg:x ?p ?o } "
    assert asked(early, sure) == []


def test_an_answer_without_rows_after_the_last_report_says_that_nobody_reported(
    kg: Kg, row: Path
) -> None:
    (row / "sources" / "world.yaml").write_text(json.dumps(OFFICES), "utf-8")
    asked = kg("query", "meetings", "--true-on", "2999-01-01", cwd=row)
    assert "nothing here was published after " in asked.stdout
    assert "what was so on 2999-01-01 nobody reported" in asked.stdout


@given(
    worlds(), st.sampled_from((Day(1998, 1, 1), Day(2001, 5, 4), Day(2004, 6, 1), Day(2011, 1, 1)))
)
@settings(max_examples=60, deadline=None)
def test_widening_a_date_never_turns_certainly_or_possibly_into_no(
    written: dict[str, Any], day: Day
) -> None:
    """What a wider "about" lets through holds no more surely, and nothing is lost."""
    wide = replace(CORE, reckoning=Reckoning(about_day=40, about_month=5, about_year=4))
    narrow_days: dict[str, Certainty] = {}
    wide_days: dict[str, Certainty] = {}
    for days, ontology in ((narrow_days, CORE), (wide_days, wide)):
        seen = judge(corpus(written, ontology), ontology)
        for id, a in seen.corpus.assertions.items():
            if not a.rule:
                days[id] = certainty_on(a, seen, ontology, day)
    for id, certainty in narrow_days.items():
        if certainty is not Certainty.NO:
            assert wide_days[id] is not Certainty.NO
        if wide_days[id] is Certainty.CERTAINLY:
            assert certainty is Certainty.CERTAINLY


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"when": "[..2024-08-28]"}, "28 August 2024 or earlier"),
        ({"when": "[-0430-05-01..]"}, "1 May 431 BC or later"),
        ({"when": "-0087~"}, "about 88 BC"),
        ({"when": "-0062-23/-0060-03-15?"}, "autumn of 63 BC to perhaps 15 March 61 BC"),
        ({"when": "-0004/.."}, "since 5 BC"),
        ({"when": "-0004/0014-08"}, "5 BC to August AD 14"),
        ({"when": "[-0062..-0060,-0050]"}, "between 63 BC and 61 BC or 51 BC"),
        ({"when": "-010X"}, "-010X (at some time in it)"),
        ({"when": "2004-03-01~"}, "about 1 March 2004"),
        (
            {"from": "[2030-12,2031-01]"},
            "began between 2030-12-01 and 2031-01-31, still going on",
        ),
        (
            {"until": "[2024-06-01..2024-08-04]"},
            "ended between 2024-06-01 and 2024-08-04",
        ),
    ],
)
def test_what_a_date_leaves_open_is_said_in_words(fields: dict[str, str], words: str) -> None:
    [date] = [
        a.when
        for a in reading(
            world(said("alpha", "partyTo", "pact", **fields))
        ).corpus.assertions.values()
    ]
    assert terminal_date(date, is_state=True) == words


def test_days_between_two_dates_are_counted_from_their_bounds() -> None:
    written = world(
        said("alpha", "signed", "pact", id="one", when="2004-03-01~"),
        said("beta", "signed", "pact", id="other", when="2004-03-05"),
        said("gamma", "signed", "pact", id="open", when="[..2004-03-04]"),
    )
    seen = reading(written)
    for first, second, days in (("one", "other", ("-6", "14")), ("open", "other", ("1", "None"))):
        saved = find_saved_query(REPOSITORY, "days-between")
        text = bind_parameters(saved, {"one": first, "other": second}, seen.ontology)
        answer = ask_store(seen.store, text, seen.ontology.prefixes)
        [row] = [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
        given = tuple(str(plain_term(row.get(name), "")) for name in ("least_days", "most_days"))
        assert given == days


def test_turtle_with_years_before_christ_loads_in_rdflib_without_noise_and_in_order(
    caplog: pytest.LogCaptureFixture,
) -> None:
    written = world(
        said("alpha", "signed", "pact", id="first", when="-0445~"),
        said("beta", "signed", "pact", id="second", when="-0430"),
        said("gamma", "signed", "pact", id="third", when="[..0000]"),
        said("press", "signed", "pact", id="fourth", when="2001"),
    )
    seen = reading(written, ontology=BARE)
    data = rdflib.Graph()
    data.parse(data=export_reading(seen, ExportFormat.TTL).decode(), format="turtle")
    rows = data.query(
        "SELECT ?a WHERE { ?a <https://w3id.org/actor-kg/ns#dayNumber> ?n } ORDER BY ?n"
    )
    ids = [str(row).rpartition("/")[2].rstrip("',)") for row in rows]
    assert ids == ["first", "second", "third", "fourth"]
    assert caplog.records == []
    here = reading(world(said("alpha", "signed", "pact", when="2001")))
    assert make_portable(quads_of(here)) == quads_of(here)


def test_evidence_says_how_surely_what_stands_behind_a_row_holds() -> None:
    seen = reading(OFFICES, Lens(true_on=Day(2011, 1, 1)))
    text = "SELECT ?party WHERE { ?party kg:partyTo ?pact } ORDER BY ?party"
    prefixes = dict(seen.ontology.prefixes)
    found = with_evidence(seen.store, text, ask_store(seen.store, text, prefixes), prefixes)
    assert [{each.status for each in row} for row in found.evidence] == [
        {"accepted, as far as known"},
        {"accepted, as far as known"},
        {"accepted, possibly"},
    ]


BEFORE_OR_AFTER = [
    said("alpha", "takesPartIn", "summit", id="before", when="../1917-07"),
    said("alpha", "memberOf", "club", id="within", when="[1850..1860]"),
    said("alpha", "supports", "row", id="by", when="[..1899]"),
    said("alpha", "opposes", "row", id="after", when="[1851..]"),
]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (Day(1840, 1, 1), {"before": "possibly", "by": "possibly"}),
        (Day(1855, 6, 1), dict.fromkeys(("before", "within", "by", "after"), "possibly")),
        (Day(1917, 7, 31), {"before": "possibly", "after": "possibly"}),
        (Day(1917, 8, 1), {"after": "possibly"}),
    ],
)
def test_before_after_and_between_leave_open_just_what_they_say(
    day: Day, expected: dict[str, str]
) -> None:
    clubs = {"club": {"type": "Organization", "label": "Club"}}
    seen = reading(world(*BEFORE_OR_AFTER, actors=clubs), Lens(true_on=day))
    shown = {id: c.words for id, c in seen.certainties.items() if id in seen.corpus.assertions}
    assert shown == expected


@pytest.mark.parametrize(
    ("written", "hint"),
    [("before July 1917", "[..1917-06]"), ("BET 1850 AND 1860", "[1850..1860]")],
)
def test_a_refused_date_before_or_between_gets_one_that_means_it(written: str, hint: str) -> None:
    said_so = world(said("alpha", "opposes", "row", when=written))
    result = load_corpus([SourceFile("sources/w.yaml", json.dumps(said_so).encode())], CORE)
    [problem] = [each for each in result.diagnostics if each.is_error]
    assert hint in problem.hint
