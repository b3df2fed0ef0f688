"""The page by keyboard: where one is, one stays; a key does one thing; what finds nothing says
so.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pictures import read_example, view_page
from test_page_browser import Open, Opened, open_page

__all__ = ["open_page"]


@pytest.fixture(scope="module")
def gsomia(repository: Path) -> str:
    return view_page(read_example(), "gsomia")


def focused(opened: Opened) -> object:
    return opened.page.evaluate("document.activeElement.id || document.activeElement.textContent")


def enter(opened: Opened, button: str) -> None:
    opened.page.locator("#panel button", has_text=button).first.focus()
    opened.page.keyboard.press("Enter")


def test_the_focus_stays_at_a_button_of_the_panel_and_else_at_the_panel(
    open_page: Open, gsomia: str
) -> None:
    opened = open_page(gsomia)
    assert opened.page.locator("#panel button", has_text="Back").is_disabled()
    enter(opened, "Next")
    assert focused(opened) == "Next"
    for _ in range(6):
        opened.page.keyboard.press("Enter")
    assert opened.page.evaluate("actorKg.state.choice.number") == 8
    assert focused(opened) == "panel"
    enter(opened, "Explore")
    assert focused(opened) == "panel"
    opened.page.keyboard.press("Tab")
    opened.page.evaluate("actorKg.change({ choice: { kind: 'thing', id: 'esper' } })")
    enter(opened, "2 steps")
    assert focused(opened) == "2 steps"
    enter(opened, "What is said of it")
    enter(opened, "show more about it")
    assert focused(opened) == "hide them again"


def test_ties_of_one_sentence_are_told_apart_by_their_days(open_page: Open, gsomia: str) -> None:
    opened = open_page(gsomia, hash="#thing/japan?from=2016-01-01")
    party = [
        line
        for line in opened.page.locator("#panel summary").all_inner_texts()
        if "is party to GSOMIA" in line
    ]
    assert len(party) > 1
    assert len(set(party)) == len(party)
    assert opened.page.input_value("#day-from") == "2016-01-01"
    assert opened.page.is_visible("#day-from")


def test_arrow_keys_choose_a_day_without_turning_the_page_of_a_story(
    open_page: Open, gsomia: str
) -> None:
    opened = open_page(gsomia, hash="#step/3")
    opened.page.focus("#by")
    opened.page.keyboard.press("ArrowRight")
    assert opened.page.evaluate("actorKg.state.choice.number") == 3


def test_the_ends_of_the_handle_are_the_first_article_and_all_that_is_known(
    open_page: Open, gsomia: str
) -> None:
    opened = open_page(gsomia, hash="#?by=2019-11-20")
    opened.page.focus("#knew")
    opened.page.keyboard.press("Home")
    assert opened.page.evaluate("actorKg.state.by") == "2019-11-15"
    opened.page.keyboard.press("End")
    assert opened.page.evaluate("actorKg.state.by") == ""
    assert opened.page.get_attribute("#knew", "aria-valuetext") == "all that is known"
    opened.page.keyboard.press("ArrowLeft")
    opened.page.focus("#any-day")
    opened.page.keyboard.press("Enter")
    assert focused(opened) == "by"


def test_enter_finds_the_first_of_several_and_then_the_next(open_page: Open, gsomia: str) -> None:
    opened = open_page(gsomia, hash="#?")
    opened.page.keyboard.press("/")
    opened.page.keyboard.type("seoul")
    for place in ("1 of 3", "2 of 3", "3 of 3", "1 of 3"):
        opened.page.keyboard.press("Enter")
        assert opened.page.inner_text("#matches") == place
        opened.page.wait_for_timeout(20)
    opened.page.fill("#find", "nobody")
    opened.page.keyboard.press("Enter")
    assert opened.page.inner_text("#matches") == "none"


def test_a_name_is_found_from_a_story_that_has_all_of_a_small_screen(
    open_page: Open, gsomia: str
) -> None:
    opened = open_page(gsomia, width=390, height=844, hash="#step/2")
    opened.page.keyboard.press("/")
    opened.page.keyboard.type("kono")
    opened.page.keyboard.press("Enter")
    opened.shows("Taro Kono")
    assert "Back to step 2" in opened.panel()


def test_a_way_to_a_name_that_nothing_has_says_so(open_page: Open, gsomia: str) -> None:
    opened = open_page(gsomia, hash="#thing/japan")
    opened.page.fill("#panel .way input", "nobody")
    opened.page.keyboard.press("Enter")
    assert "Nothing shown here is called nobody." in opened.panel()
    opened.page.fill("#panel .way input", "kono")
    assert "nobody" not in opened.panel()


def spoken(opened: Opened) -> str:
    return opened.page.inner_text("#spoken")


def test_the_picture_is_walked_by_keys_and_what_is_marked_is_spoken_and_can_be_chosen(
    open_page: Open, gsomia: str
) -> None:
    opened = open_page(gsomia, hash="#?")
    opened.page.focus("#picture")
    opened.page.keyboard.press("ArrowRight")
    assert spoken(opened) == "GSOMIA, intelligence agreement, 44 claims"
    heard = set()
    for key in ("ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"):
        opened.page.keyboard.press("Home")
        opened.page.keyboard.press(key)
        heard.add(spoken(opened))
    assert len(heard) == 4
    opened.page.keyboard.press("Home")
    opened.page.keyboard.press("PageDown")
    assert "GSOMIA" in spoken(opened)
    assert re.search(": (accepted|attributed|planned|contested)", spoken(opened))
    ring = opened.page.locator(".ring").bounding_box()
    assert ring
    opened.page.keyboard.press("Enter")
    assert opened.page.evaluate("actorKg.state.choice.kind") in ("assertion", "line")
    opened.page.focus("#find")
    assert not opened.page.is_visible(".ring")


def test_every_thing_of_the_picture_can_be_reached_by_arrow_keys(
    open_page: Open, gsomia: str
) -> None:
    opened = open_page(gsomia, hash="#?")
    opened.page.focus("#picture")
    opened.page.keyboard.press("Home")
    names = set()
    for key in ("ArrowUp", "ArrowLeft", "ArrowDown", "ArrowRight") * 12:
        for _ in range(2):
            opened.page.keyboard.press(key)
            names.add(spoken(opened).split(",")[0])
    assert len(names) >= 10


def test_the_picture_is_zoomed_and_moved_by_keys_and_by_buttons(
    open_page: Open, gsomia: str
) -> None:
    opened = open_page(gsomia, hash="#?")
    scale = "actorKg.picture.network.getScale()"
    x = "actorKg.picture.network.getViewPosition().x"
    first = opened.page.evaluate(scale)
    assert not opened.page.is_visible("button[aria-label='Move left']")
    opened.page.keyboard.press("+")
    assert opened.page.evaluate(scale) == pytest.approx(1.25 * first)
    opened.page.click("button[aria-label='Zoom out (−)']")
    assert opened.page.evaluate(scale) == pytest.approx(first)
    before = opened.page.evaluate(x)
    opened.page.click("button[aria-label='Move right']")
    assert opened.page.evaluate(x) > before
    opened.page.focus("#picture")
    opened.page.keyboard.press("Shift+ArrowLeft")
    assert opened.page.evaluate(x) == pytest.approx(before)
    opened.page.keyboard.press("0")
    assert "at=" not in opened.hash
    # A wheel is noted a moment later: not any more once the whole picture is asked for.
    opened.page.mouse.move(640, 400)
    opened.page.mouse.wheel(0, -240)
    opened.page.keyboard.press("0")
    opened.page.wait_for_timeout(400)
    assert "at=" not in opened.hash
    assert opened.page.evaluate(scale) == pytest.approx(first)


def test_filters_and_days_are_spoken_and_the_picture_tells_its_size(
    open_page: Open, gsomia: str
) -> None:
    opened = open_page(gsomia, hash="#?")
    label = "() => document.getElementById('picture').getAttribute('aria-label')"
    whole = opened.page.evaluate(label)
    opened.page.uncheck("input[value=Event]")
    counts = opened.page.inner_text("#counts").split(":")[0]
    assert " of " in counts
    assert spoken(opened) == f"{counts} shown"
    assert opened.page.evaluate(label).startswith(counts)
    assert opened.page.evaluate(label) != whole
    opened.page.check("input[value=Event]")
    opened.page.select_option("#by", "2019-11-17")
    assert spoken(opened).startswith(
        "As the press knew it on 17 November 2019. 29 new claims, 1 denied. "
    )


def test_the_story_comes_first_by_keyboard(open_page: Open, gsomia: str) -> None:
    opened = open_page(gsomia)
    opened.page.keyboard.press("Tab")
    assert focused(opened) == "to-story"
    opened.page.keyboard.press("Enter")
    assert focused(opened) == "Next"
    opened.page.keyboard.press("Enter")
    assert opened.page.evaluate("actorKg.state.choice.number") == 2
