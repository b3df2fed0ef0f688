"""Lines of the picture: the ties of one pair and one relation are one line, and none of them is
lost by it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from pictures import CLASSES, HERE, example, parallel, picture_of, standing_as, to, with_statements
from test_page import STYLE, contrast, drawn, table
from test_page_browser import Open, Opened, open_page

from kg.model import Archive
from kg.model.locators import paragraph_locator
from kg.model.modes import Polarity
from kg.model.references import Citation
from kg.status.statement import Statement
from kg.status.status import Status
from kg.view.lines import LEADING, first_ties_on_lines
from kg.view.picture import Node, Picture

if TYPE_CHECKING:
    from playwright.sync_api import Page

__all__ = ["open_page"]
NODES = (
    Node("a", "Alpha", (), "state", CLASSES["State"]),
    Node("b", "Beta", (), "state", CLASSES["State"]),
)


def pair(*ties: tuple[str, str]) -> Picture:
    """Alpha and Beta, tied by these relations (``stays in``; ``< stays in`` the other way) with
    their statuses.
    """
    ends = [("b", "a") if label.startswith("<") else ("a", "b") for label, _ in ties]
    rows = [
        (source, label.lstrip("< "), target, status)
        for (source, target), (label, status) in zip(ends, ties, strict=True)
    ]
    return picture_of(NODES, rows)


def stay() -> Picture:
    """Alpha stays in Beta four times, and signs it once."""
    statuses = ("prospective", "prospective", "accepted", "attributed")
    return pair(*(("stays in", status) for status in statuses), ("signs", "accepted"))


def lines_of(page: Page) -> list[list[str]]:
    """The assertions of each line that is drawn."""
    lines = page.evaluate(
        "() => actorKg.drawnLines().map(({ ties }) => ties.map(({ assertion }) => assertion))"
    )
    assert isinstance(lines, list)
    return sorted(sorted(line) for line in lines)


def words_on_lines(opened: Opened) -> list[str]:
    words = opened.page.evaluate("() => actorKg.picture.layout.lineNames.map(({ text }) => text)")
    assert isinstance(words, list)
    return words


def test_ties_of_one_pair_and_one_relation_are_on_one_line() -> None:
    assert first_ties_on_lines(stay().ties) == [0, 0, 0, 0, 4]
    assert [tie.get("line") for tie in table(drawn(stay()), "ties")] == [None, 0, 0, 0, None]


def test_a_tie_the_other_way_is_a_line_of_its_own_unless_the_relation_has_no_direction() -> None:
    shown = pair(("stays in", "accepted"), ("< stays in", "accepted"))
    assert first_ties_on_lines(shown.ties) == [0, 1]

    def symmetric(each: Statement) -> Statement:
        return replace(each, relation=replace(each.relation, symmetric=True))

    assert first_ties_on_lines(with_statements(shown, symmetric).ties) == [0, 0]


def test_a_denial_is_on_the_line_of_its_claim_and_what_is_agreed_not_to_be_so_is_not() -> None:
    shown = pair(("stays in", "contested"), ("stays in", "denial"))
    assert first_ties_on_lines(shown.ties) == [0, 0]

    def agreed(each: Statement) -> Statement:
        if each.status is not Status.DENIAL:
            return each
        a = replace(each.assertion, polarity=Polarity.DENIES, denies=None, speakers=())
        return standing_as(replace(each, assertion=a), Status.ACCEPTED)

    assert first_ties_on_lines(with_statements(shown, agreed).ties) == [0, 1]


def test_every_status_has_its_place_among_those_that_lead_and_what_is_contested_is_first() -> None:
    assert sorted(LEADING) == sorted(Status)
    assert LEADING[0] is Status.CONTESTED
    assert {line.status for line in STYLE.lines.values()} <= {each.value for each in LEADING}


def test_one_line_says_how_many_reports_it_stands_for_and_fans_out_when_it_is_clicked(
    open_page: Open,
) -> None:
    opened = open_page(stay())
    assert lines_of(opened.page) == [["a000", "a001", "a002", "a003"], ["a004"]]
    assert opened.page.evaluate("() => actorKg.picture.layout.counts.map((c) => c.text)") == ["×4"]
    opened.click_tie(0)
    opened.shows("Alpha — stays in → Beta")
    panel = opened.panel()
    assert "4 claims: 2 planned, 1 accepted, 1 attributed" in panel
    assert opened.page.locator("#panel details.folded").count() == 4
    assert opened.page.evaluate("() => location.hash") == "#line/a000"
    assert lines_of(opened.page) == [[f"a00{number}"] for number in range(5)]
    opened.click_tie(2)
    opened.shows("Who says so")
    assert opened.page.evaluate("() => location.hash") == "#assertion/a002"
    assert len(lines_of(opened.page)) == 5, "it folds under the reader's hand"
    opened.page.keyboard.press("Escape")
    assert len(lines_of(opened.page)) == 2


def test_of_the_ties_on_a_line_the_one_in_sight_that_leads_tells_how_it_is_drawn(
    open_page: Open,
) -> None:
    opened = open_page(stay())
    lead = "() => actorKg.lineOf(actorKg.TIES[0]).lead.card.status"
    assert opened.page.evaluate(lead) == "accepted"
    opened.page.uncheck("input[value=accepted]")
    assert opened.page.evaluate(lead) == "attributed"
    opened.page.uncheck("input[value=attributed]")
    assert opened.page.evaluate(lead) == "prospective"
    assert lines_of(opened.page) == [["a000", "a001"]]


@pytest.mark.parametrize("hash", ["#?lines=each", "#line/a000"])
def test_no_two_lines_of_a_pair_lie_on_each_other(open_page: Open, hash: str) -> None:
    for shown in (stay(), parallel(11)):
        opened = open_page(shown, hash=hash)
        asides = opened.page.evaluate(
            "() => actorKg.drawnLines().map(({ from, bend }) => (from === 'a' ? bend : -bend))"
        )
        assert all(after - before >= 10 for before, after in pairwise(sorted(asides)))
        assert abs(sum(asides)) < 1


def test_of_very_many_ties_of_a_pair_the_first_are_drawn_and_listed_and_a_count_opens_the_rest(
    open_page: Open,
) -> None:
    opened = open_page(parallel(130), hash="#thing/a")
    drawn = opened.page.evaluate(
        "() => actorKg.drawnLines().map(({ ties, isRest }) => [ties.length, isRest])"
    )
    assert drawn == [[1, False]] * 15 + [[115, True]]
    cards = opened.page.locator("#panel .folded")
    assert cards.count() == 25
    opened.page.get_by_role("button", name="105 more").click()
    assert cards.count() == 125
    opened.page.get_by_role("button", name="5 more", exact=True).click()
    assert cards.count() == 130


def test_a_switch_draws_every_report_as_its_own_line(open_page: Open) -> None:
    opened = open_page(stay())
    opened.page.check("#each-line")
    assert len(lines_of(opened.page)) == 5
    assert "lines=each" in opened.page.evaluate("() => location.hash")
    opened.page.uncheck("#each-line")
    assert len(lines_of(opened.page)) == 2
    assert open_page(parallel(2)).page.locator("#each-line").is_hidden()


def test_of_very_many_lines_what_is_contested_stands_out(open_page: Open) -> None:
    nodes = [Node(f"n{n}", f"N {n}", (), "state", CLASSES["State"]) for n in range(17)]
    pairs = [(one.id, other.id) for one in nodes for other in nodes if one.id < other.id]
    told = [(a, "leads", b, "accepted" if n else "contested") for n, (a, b) in enumerate(pairs)]
    told += [(a, "follows", b, "accepted") for a, b in pairs[:20]]

    def opacities(ties: list[tuple[str, str, str, str]]) -> list[list[object]]:
        return list(
            open_page(picture_of(nodes, ties), hash="#?").page.evaluate(
                "() => actorKg.picture.figures.filter(({ line }) => line)"
                ".map(({ line, opacity }) => [line.lead.card.status, opacity])"
            )
        )

    assert {opacity for _, opacity in opacities(told[:30])} == {1}
    many = opacities(told)
    assert many[-1] == ["contested", 1], "and it lies on top"
    assert {opacity for status, opacity in many if status == "accepted"} == {0.4}


def test_every_line_has_the_mark_of_its_family(open_page: Open) -> None:
    opened = open_page(pair(("is party to", "accepted"), ("leads", "accepted")))
    shapes = opened.page.evaluate(
        "() => Object.fromEntries(actorKg.picture.figures.filter(({ line }) => line)"
        ".map(({ line, shapes }) => [line.lead.family, shapes.length]))"
    )
    assert shapes == {"PactTie": 3, "StructureTie": 2}, "line, end and mark; line and end"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_names_that_step_back_can_still_be_read(open_page: Open, theme: str) -> None:
    opened = open_page(example(), hash="#thing/nippon-steel", theme=theme)
    ground, dimmed = opened.page.evaluate(
        """() => [getComputedStyle(document.body).backgroundColor,
            actorKg.picture.figures.filter(({ thing, shapes }) =>
                thing && !actorKg.visibility.inFocus().things.has(thing) && shapes.length > 1)
            .map(({ shapes: [box, name] }) => [box.fill, box.opacity, name.fill, name.opacity])]"""
    )
    assert len(dimmed) >= 8
    page = "#{:02x}{:02x}{:02x}".format(*map(int, re.findall(r"\d+", ground)[:3]))
    for fill, share, ink, weight in dimmed:
        box = mixed(fill, page, share)
        assert contrast(mixed(ink, box, weight), box) >= 4, (fill, ink)


def mixed(above: str, below: str, share: float) -> str:
    """A colour that lets so much of another one through."""
    parts = [
        round(
            int(above[place : place + 2], 16) * share
            + int(below[place : place + 2], 16) * (1 - share)
        )
        for place in (1, 3, 5)
    ]
    return "#{:02x}{:02x}{:02x}".format(*parts)


def test_a_claim_and_its_denial_are_one_contested_line_whose_ends_tell_who_says_and_who_denies(
    open_page: Open,
) -> None:
    shown = pair(("stays in", "contested"), ("stays in", "denial"))
    opened = open_page(shown, hash="#thing/a?lines=")
    ends = "() => actorKg.picture.figures.filter(({ line }) => line).map((f) => f.shapes.length)"
    assert opened.page.evaluate(ends) == [4], "a line, two ends, its mark"
    assert {"Japan denies", "stays in × 2"} <= set(words_on_lines(opened))
    opened.click_tie(0)
    opened.shows("Alpha — stays in → Beta")
    assert opened.page.locator("#panel h3").all_inner_texts() == ["Who says so", "Who denies it"]


def test_words_that_a_citation_quotes_are_lit_and_lead_to_their_place_in_the_source(
    open_page: Open,
) -> None:
    quoted = Citation(
        to("nyt-2019-11-22"), paragraph_locator(4), HERE, quote="urged both to think twice"
    )
    long = "one two three four five six seven eight-nine ten eleven, twelve"
    elsewhere = Citation(to("kyodo-2019-11-15"), paragraph_locator(2), HERE, quote=long)

    def quoting(each: Statement) -> Statement:
        return replace(each, assertion=replace(each.assertion, citations=(quoted, elsewhere)))

    shown = with_statements(pair(("stays in", "accepted")), quoting)
    archive = Archive("https://archive.example.org/kyodo")
    articles = tuple(
        each._replace(article=replace(each.article, archived=archive))
        if each.id.startswith("kyodo")
        else each
        for each in shown.articles
    )
    opened = open_page(replace(shown, articles=articles), hash="#assertion/a000")
    lit = opened.page.locator("#panel .citations mark")
    assert set(lit.all_inner_texts()) == {"“urged both to think twice”", f"“{long}”"}
    links = opened.page.locator("#panel .citations a")
    assert set(links.evaluate_all("(all) => all.map((each) => each.getAttribute('href'))")) == {
        "https://example.org/nyt",
        "https://example.org/nyt#:~:text=urged%20both%20to%20think%20twice",
        "https://archive.example.org/kyodo",
        "https://archive.example.org/kyodo#:~:text=one%20two%20three%20four%20five,"
        "seven%20eight%2Dnine%20ten%20eleven%2C%20twelve",
    }
    ground = "(all) => all.map((each) => getComputedStyle(each).backgroundColor)"
    assert lit.evaluate_all(ground) == ["rgb(255, 243, 196)"] * 2
