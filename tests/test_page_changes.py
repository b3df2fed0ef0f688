"""A page of what changed since an earlier version: the change is told in words, signs, table and
files.
"""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import pytest
from pictures import example, standing_as, with_statements
from test_page import drawn, made, told
from test_page_browser import Open, open_page
from test_page_exports import saved

from kg.dates import parse_date
from kg.page import Style
from kg.status.statement import Statement
from kg.status.status import Status
from kg.view.changes import compare_pictures
from kg.view.picture import NodeVersion, Picture, PictureTriples

if TYPE_CHECKING:
    from playwright.sync_api import Page

__all__ = ["open_page"]
SIGNS = {"added": "+", "removed": "\N{MINUS SIGN}", "status": "\N{NOT EQUAL TO}", "changed": "~"}


def without(picture: Picture, *ids: str) -> Picture:
    """The same picture without some assertions."""
    return replace(
        picture,
        ties=tuple(tie for tie in picture.ties if tie.assertion not in ids),
        statements={id: each for id, each in picture.statements.items() if id not in ids},
    )


@cache
def compared() -> Picture:
    """The example since a version that lacked two of its ties, had another status and date, and one
    tie more.
    """
    new = example()
    gone, first, second, other, dated = (tie.assertion for tie in new.ties[:5])

    def earlier(each: Statement) -> Statement:
        when = parse_date("2018") if each.id == dated else each.assertion.when
        status = Status.CONTESTED if each.id == other else each.status
        return standing_as(replace(each, assertion=replace(each.assertion, when=when)), status)

    old = without(with_statements(new, earlier), first, second)
    now = without(new, gone)
    picture = compare_pictures(old, now, "v1 <b>")
    nodes = [
        NodeVersion(tie.assertion, None, f"assertion:{tie.assertion}", {"a": ("kg:Assertion",)})
        for tie in picture.ties
    ]
    prefixes = {"assertion": "https://example.org/assertion/", "kg": "https://example.org/kg#"}
    return replace(picture, triples=PictureTriples(prefixes, {}, tuple(nodes), (), ()))


def changed(kind: str) -> str:
    """The first assertion that this became of."""
    return next(tie.assertion for tie in compared().ties if tie.change == kind)


def entries(page: Page) -> list[str]:
    return [
        " ".join(text.split())
        for text in page.locator('[data-section="change"] label').all_inner_texts()
    ]


def test_what_changed_is_told_in_header_legend_panel_picture_and_files(open_page: Open) -> None:
    opened = open_page(compared())
    page = opened.page
    said = "Changes since v1 <b>: 2 added, 1 removed, 1 changed status, 1 changed otherwise"
    assert page.inner_text("#changes") == said
    same = len(compared().ties) - 5
    assert entries(page) == [
        "+ added 2",
        "− removed 1",
        "≠ other status 1",
        "~ changed 1",
        f"unchanged {same}",
    ]
    marks = page.evaluate(
        "() => actorKg.picture.layout.marks.map((mark) => [mark.kind, mark.sign])"
    )
    assert sorted(marks) == sorted([kind, SIGNS[kind]] for kind in (*SIGNS, "added"))
    assert page.locator("#panel .start li", has=page.locator(".change")).count() == 5

    # The mark stands on the line: a click on it opens the card, which says what the status was.
    for kind, note in (
        ("status", "≠ other status\nStatus before: contested"),
        ("changed", "~ changed\nWhen before: 2018"),
        ("removed", "− removed"),
    ):
        tie = next(n for n, each in enumerate(compared().ties) if each.change == kind)
        opened.click_tie(tie)
        page.wait_for_function("(id) => actorKg.state.choice.id === id", arg=changed(kind))
        assert f"Since v1 <b>\n{note}" in page.inner_text("#panel")
        assert page.inner_text("#spoken").endswith(note.split("\n")[0][2:])

    # The legend filters by what changed; the file says it in columns, and RDF leaves out what is
    # said no more.
    page.keyboard.press("Escape")
    page.click('[data-section="change"] label:has-text("unchanged")')
    assert page.inner_text("#counts").split(", ")[1].startswith(f"5 of {same + 5} claims")
    name, data = saved(page, "CSV")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert name == "example-since-v1-b-filtered.csv"
    assert {(row["id"], row["change"], row["before"], row["since"]) for row in rows} == {
        *(
            (tie.assertion, "added", "", "v1 <b>")
            for tie in compared().ties
            if tie.change == "added"
        ),
        (changed("removed"), "removed", "", "v1 <b>"),
        (changed("status"), "other status", "Status: contested", "v1 <b>"),
        (changed("changed"), "changed", "When: 2018", "v1 <b>"),
    }
    _, turtle = saved(page, "Turtle")
    assert changed("added") in turtle.decode()
    assert changed("removed") not in turtle.decode()
    _, svg = saved(page, "SVG")
    assert said.replace("<b>", "&lt;b&gt;") in svg.decode()
    assert all(f">{sign}</text>" in svg.decode() for sign in SIGNS.values())


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_table_of_a_phone_tells_changes_first_and_nothing_known_by_a_day(
    open_page: Open, theme: str
) -> None:
    page = open_page(
        compared(), 390, 844, theme, hash="#?view=table&sort=change&by=2019-11-16"
    ).page
    top = page.locator("#table tbody tr:not(.fact)").evaluate_all(
        "(rows) => rows.slice(0, 6).map((row) => row.lastElementChild.innerText)"
    )
    assert top == [
        *("+ added", "+ added", "− removed"),
        *("≠ other status\nStatus before: contested", "~ changed\nWhen before: 2018", ""),
    ]
    assert page.evaluate("() => actorKg.state.by") == ""
    assert not page.locator("#by").is_visible()
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390
    page.click("#legend summary")
    box = page.locator('[data-section="change"] label').first.bounding_box()
    assert box
    assert box["height"] >= 44


def test_without_scripts_the_table_tells_changes_and_where_there_are_none_the_page_says_so(
    open_page: Open,
) -> None:
    page = open_page(compared(), scripts=False).page
    assert page.locator("#table thead th").last.inner_text() == "Change"
    row = page.locator("#table tbody tr:not(.fact)", has_text="Status before: contested")
    assert row.locator(".change").inner_text() == "≠ other status"

    same = compare_pictures(example(), example(), "v1")
    quiet = open_page(same)
    assert quiet.page.inner_text("#changes") == "Nothing that this view shows has changed since v1"
    assert "Nothing that is shown has changed." in quiet.panel()
    assert quiet.page.evaluate(
        "() => actorKg.picture.figures.every(({ opacity }) => opacity === 1)"
    )


def test_a_page_of_one_version_tells_of_no_change() -> None:
    page = made(example(), Style())
    assert told(page)["changes"] is None
    assert '<fieldset data-section="change" hidden>' in page
    assert 'id="changes"' not in page
    assert ">Change<" not in page
    assert told(drawn(compared()))["changes"]["since"] == "v1 <b>"
