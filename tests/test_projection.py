"""A projection says who shares what, no more firmly than what it follows from, on every day; a
matrix puts what is said of two classes into cells.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from readings import reading, said, things, world
from test_page import drawn
from test_page_browser import Open, open_page

from kg.dates import Day
from kg.diagnostics import KgError
from kg.model.modes import Mode
from kg.query.saved import parse_saved_query
from kg.reading import Reading
from kg.status.lens import Lens
from kg.view.history import find_history
from kg.view.picture import Picture
from kg.view.projection import SharedStatement
from kg.view.rows import find_rows
from kg.view.spells import days_of_most, shared_days
from kg.view.view import Background, make_picture

__all__ = ["open_page"]

QUERY = """# title: Who shares pacts
# question: Which states share pacts?
# project: State by Pact, from {least}
SELECT ?source ?target ?assertion WHERE {{
  ?assertion a kg:Assertion ; rdf:subject ?source ; rdf:object ?target ; rdf:predicate kg:partyTo .
}}
"""
PACTS = things("pacts", "Treaty", "p1", "p2", "p3")


def party(who: str, pact: str, **fields: Any) -> dict[str, Any]:
    return said(who, "partyTo", pact, **fields)


BOTH = [party(who, pact) for who in ("alpha", "beta") for pact in ("p1", "p2")]


def projected(known: Reading, least: int = 1) -> Picture:
    view = parse_saved_query("test", QUERY.format(least=least))
    assert not view.problems
    background = Background(known, find_history(known))
    return make_picture(background, view, find_rows(known, view))


def small(*assertions: dict[str, Any], lens: Lens | None = None) -> Reading:
    return reading(world(*assertions, **PACTS), lens)


def shares(picture: Picture) -> dict[str, tuple[str, str]]:
    """What is shared, with its status and that as which its line is drawn."""
    found = {}
    for tie in picture.ties:
        assert isinstance(tie.statement, SharedStatement)
        found[tie.assertion] = (tie.status.value, tie.statement.drawn_as.value)
    return found


def test_a_pair_has_a_line_from_so_many_shared_things_on() -> None:
    known = small(*BOTH)
    assert list(shares(projected(known, 2))) == ["alpha~beta~p1", "alpha~beta~p2"]
    assert shares(projected(known, 3)) == {}


def test_what_is_shared_follows_from_both_ends_and_is_told_in_a_sentence() -> None:
    picture = projected(small(*BOTH))
    first = picture.ties[0].statement
    assert first.sentence == "Alpha shares P1 with Beta"
    premises = [premise.id for premise in first.assertion.follows_from]
    assert premises == ["alpha-partyTo-p1", "beta-partyTo-p1"]
    assert {*premises} <= picture.statements.keys()
    assert [node.id for node in picture.nodes] == ["alpha", "beta"]


def test_a_claim_is_no_fact_and_draws_the_line_no_firmer_than_enough_of_what_is_shared() -> None:
    claim = party("beta", "p2", according_to="alpha", said="2010-01-01")
    denial = {"id": "no", "denies": "beta-partyTo-p2", "according_to": "beta"}
    claimed = small(*BOTH[:3], claim)
    assert shares(projected(claimed, 2)) == {
        "alpha~beta~p1": ("accepted", "attributed"),
        "alpha~beta~p2": ("attributed", "attributed"),
    }
    assert shares(projected(claimed, 1))["alpha~beta~p1"] == ("accepted", "accepted")
    told = projected(claimed, 2).ties[1].statement.sentence
    assert told == "It is claimed that Alpha shares P2 with Beta"
    contested = small(*BOTH[:3], claim, {**denial, "cite": {"article-2": ["3"]}})
    assert shares(projected(contested, 2))["alpha~beta~p2"] == ("contested", "contested")


@pytest.mark.parametrize("mode", [m for m in Mode if m is not Mode.ACTUAL])
def test_a_plan_or_thought_makes_no_member(mode: Mode) -> None:
    more = {"condition": "if all goes well"} if mode is Mode.CONDITIONAL else {}
    meant = party("beta", "p2", mode=mode.value, according_to="beta", said="2010-01-01", **more)
    assert list(shares(projected(small(*BOTH[:3], meant)))) == ["alpha~beta~p1"]


def test_a_negative_makes_no_member() -> None:
    assert list(shares(projected(small(*BOTH[:3], party("beta", "p2", negated=True))))) == [
        "alpha~beta~p1"
    ]


def test_a_page_that_goes_back_shows_what_was_shared_by_what_was_known() -> None:
    claim = party("beta", "p2", according_to="alpha", said="2010-01-01")
    late = {**BOTH[1], "cite": {"article-2": ["1"]}}
    said_so = [BOTH[0], BOTH[2], claim, late, party("alpha", "p3"), party("beta", "p3")]
    said_so.append({"id": "no", "denies": "beta-partyTo-p2", "according_to": "beta"})
    said_so[-1]["cite"] = {"article-2": ["3"]}
    known = small(*said_so)
    picture = projected(known, 2)
    assert picture.history.moments
    for number, day in enumerate(picture.history.moments):
        seen = {}
        for tie in picture.ties:
            runs = [run for run in picture.history.runs[tie.assertion] if run.moment <= number]
            if runs and isinstance(then := runs[-1].statement, SharedStatement):
                seen[tie.assertion] = (then.status.value, then.drawn_as.value)
        assert seen == shares(projected(small(*said_so, lens=Lens(known_by=day)), 2)), day


def test_on_a_day_as_many_have_to_hold_as_the_view_asks_for() -> None:
    spans = {"p1": "2001/2005", "p2": "2004/2008", "p3": "2007/2009"}
    each = [
        party(who, pact, when=span) for who in ("alpha", "beta") for pact, span in spans.items()
    ]
    picture = projected(small(*each), 2)
    for year, pacts in [(2002, []), (2005, ["p1", "p2"]), (2006, []), (2008, ["p2", "p3"])]:
        day = Day(year, 2, 1)
        on = [
            tie.assertion.split("~")[2]
            for tie in picture.ties
            if any(
                (first is None or first <= day) and (last is None or day <= last)
                for first, last in picture.history.attested[tie.assertion].possible
            )
        ]
        assert on == pacts
        assert [*shares(projected(small(*each, lens=Lens(true_on=day)), 2))] == [
            f"alpha~beta~{pact}" for pact in pacts
        ]


SPELLS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)).map(sorted), max_size=3)


@given(st.integers(1, 3), st.lists(SPELLS, max_size=4))
def test_days_of_most_are_those_that_lie_in_so_many_spells(
    least: int, spells: list[list[list[int]]]
) -> None:
    def day(number: int) -> Day:
        then = date(2019, 12, 28) + timedelta(number)
        return Day(then.year, then.month, then.day)

    found = days_of_most(least, [[(day(a), day(b)) for a, b in spell] for spell in spells])
    for number in range(-1, 11):
        depth = sum(any(a <= number <= b for a, b in spell) for spell in spells)
        is_in = any(first <= day(number) <= last for first, last in found if first and last)
        assert is_in is (depth >= least)


def test_what_is_undated_may_hold_on_any_day() -> None:
    assert shared_days(2, [None, None]) is None
    assert days_of_most(1, [[(None, Day(2019, 1, 1))], [(Day(2019, 1, 2), None)]]) == (
        (None, None),
    )


@pytest.mark.parametrize(
    ("field", "message"),
    [
        ("project: State", "not a projection: 'State'"),
        ("project: State by Pact, from 0", "not a projection"),
        ("project: State by Pact from 2", "not a projection"),
        ("matrix: State by Pact, from 2", "not a matrix"),
    ],
)
def test_a_wrong_form_is_told_with_the_right_one(field: str, message: str) -> None:
    (problem,) = parse_saved_query("test", f"# title: A\n# question: B?\n# {field}\n").problems
    assert (problem.line, problem.column) == (3, 3)
    assert problem.message.startswith(message)
    assert "State by Pact" in problem.hint


def test_more_than_a_page_can_tell_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.view.projection.MOST_SHARES", 1)
    with pytest.raises(KgError, match="more than 1 lines"):
        projected(small(*BOTH))


def test_a_line_opens_the_list_of_what_is_shared_and_of_what_that_follows_from(
    open_page: Open,
) -> None:
    claim = party("beta", "p2", according_to="alpha", said="2010-01-01")
    page = open_page(drawn(projected(small(*BOTH[:3], claim), 2)), hash="#line/alpha~beta~p1").page
    panel = page.locator("#details")
    assert panel.locator("h2").inner_text() == "Alpha — shares a pact with — Beta"
    assert "One line, 2 claims: 1 accepted, 1 attributed" in panel.inner_text()
    panel.locator("summary").nth(1).click()
    # What a summary opens is filled in soon after the click.
    told = panel.locator("details").nth(1).get_by_text("Article 1").first
    told.wait_for()
    assert "Alpha says that Beta is party to P2" in panel.locator("details").nth(1).inner_text()
    page.evaluate("actorKg.change({ by: '2009-01-01' })")
    assert page.evaluate("actorKg.visibility.shownTies().length") == 0


def test_a_line_says_how_much_of_what_is_shared_is_contested(open_page: Open) -> None:
    claim = party("beta", "p2", according_to="alpha", said="2010-01-01")
    denial = {"id": "no", "denies": "beta-partyTo-p2", "according_to": "beta"}
    known = small(*BOTH[:3], claim, {**denial, "cite": {"article-2": ["3"]}})
    page = open_page(drawn(projected(known, 2)), hash="#?").page
    words = "() => actorKg.picture.layout.counts.map(({ text }) => text)"
    assert page.evaluate(words) == ["×2, 1 contested"]


MATRIX = QUERY.replace("project: State by Pact, from {least}", "matrix: State by Pact")


def faced(known: Reading) -> Picture:
    view = parse_saved_query("test", MATRIX.format())
    return make_picture(Background(known, find_history(known)), view, find_rows(known, view))


def test_a_matrix_has_what_is_tied_in_rows_and_columns_the_most_tied_first() -> None:
    grid = faced(small(*BOTH, party("alpha", "p3"))).grid
    assert grid == ("State by pact", ("alpha", "beta"), ("p1", "p2", "p3"), 0)


def test_a_view_has_a_projection_or_a_matrix() -> None:
    both = "# title: A\n# question: B?\n# project: State by Pact\n# matrix: State by Pact\n"
    assert [each.message for each in parse_saved_query("test", both).problems] == [
        "a view has a projection or a matrix, not both"
    ]


def test_a_cell_tells_where_a_claim_stands_and_opens_its_words(open_page: Open) -> None:
    claim = party("beta", "p2", according_to="alpha", said="2010-01-01")
    page = open_page(drawn(faced(small(*BOTH[:3], claim))), hash="#?view=positions").page
    table = page.locator("#positions table")
    heads = table.locator("thead th[scope=col]").all_inner_texts()
    assert heads == ["P1", "P2"]
    rows = [row.locator("td").all_inner_texts() for row in table.locator("tbody tr").all()]
    marks = [[cell[:1] for cell in row] for row in rows]
    assert marks == [["●", "●"], ["●", "◐"]]
    table.locator("tbody tr").nth(1).locator("td a").nth(1).press("Enter")
    assert "Alpha says that Beta is party to P2" in page.locator("#details").inner_text()
    page.evaluate("actorKg.change({ by: '2009-01-01' })")
    assert table.locator("tbody .held").count() == 0
