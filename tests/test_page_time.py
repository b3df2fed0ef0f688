"""The lens in the page: what a reader sees as of a day is what kg computes for it, and the page
says so.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from pictures import read_example, view_page
from test_page_browser import Open, open_page

from kg.dates import Day
from kg.files.workspace import VIEWS
from kg.query.folder import find_saved_query
from kg.reading import Reading
from kg.site.pages import picture_of
from kg.status.lens import Lens
from kg.view.rows import find_rows
from kg.view.view import Background, make_picture

__all__ = ["open_page"]
DAYS = ("1980-01-01", "2016-11-23", "2019-08-22", "2019-11-15", "2019-11-22")

SEEN = """([on, by]) => {
    actorKg.change({ on, by });
    const { holdingOf, shownTies, statusOf } = actorKg.visibility;
    const held = (tie) => holdingOf(actorKg.cardOf(tie.assertion));
    return shownTies().map((tie) => [tie.assertion, statusOf(tie), on && held(tie)].join());
}"""


@pytest.fixture(scope="module")
def example(repository: Path) -> Reading:
    return read_example()


def day(text: str) -> Day | None:
    return Day(*map(int, text.split("-"))) if text else None


def seen_by_kg(example: Reading, on: str, by: str) -> list[str]:
    lens = Lens(true_on=day(on), known_by=day(by))
    reading = example.under(lens)
    view = find_saved_query(reading.workspace, "everything", VIEWS)
    ties = make_picture(Background(reading), view, find_rows(reading, view)).ties
    return sorted(
        ",".join(
            (tie.assertion, tie.status, reading.certainties[tie.assertion].words if on else "")
        )
        for tie in ties
    )


def test_the_page_shows_of_every_day_just_what_kg_does(open_page: Open, example: Reading) -> None:
    opened = open_page(view_page(example, "everything"), hash="#?")
    moments = opened.page.eval_on_selector_all(
        "#by option", "(all) => all.map((each) => each.value)"
    )
    assert len(moments) == 5
    asked = [("", by) for by in (*moments, "2019-11-01", "2019-11-18")]
    asked += [(on, by) for on in DAYS for by in ("", "2019-11-16")]
    for on, by in asked:
        assert sorted(opened.page.evaluate(SEEN, [on, by])) == seen_by_kg(example, on, by), (on, by)


def test_a_picture_as_known_on_a_day_names_no_later_article_and_says_so(
    open_page: Open, example: Reading
) -> None:
    opened = open_page(view_page(example, "gsomia"), hash="#thing/gsomia?by=2019-11-16")
    assert "As the press knew it on 16 November 2019" in opened.page.inner_text("header")
    assert "1 of 5 articles" in opened.page.inner_text("#news")
    for summary in opened.page.locator("#panel details summary").all():
        summary.click()
    later = [
        each for each in example.corpus.articles.values() if str(each.known_from) > "2019-11-16"
    ]
    assert len(later) == 4
    panel = opened.panel()
    assert "Kyodo" in panel
    assert not [article.id for article in later if article.title.text in panel]


def test_time_is_set_by_keyboard_and_taken_back(open_page: Open, example: Reading) -> None:
    opened = open_page(view_page(example, "gsomia"), hash="#?on=2019-11-20")
    all_ties = opened.page.inner_text("#counts")
    opened.page.focus("#knew")
    opened.page.keyboard.press("ArrowLeft")
    assert opened.page.get_attribute("#knew", "aria-valuetext") == "23 November 2019"
    opened.page.keyboard.press("ArrowLeft")
    assert "by=2019-11-22" in opened.hash
    assert opened.page.inner_text("#counts") != all_ties
    opened.page.select_option("#by", "2019-11-17")
    assert opened.page.get_attribute("#knew", "aria-valuenow") == "1"
    opened.page.click("#any-day")
    assert f", {opened.page.evaluate('actorKg.TIES.length')} claims:" in opened.page.inner_text(
        "#counts"
    )
    assert "the press knew" not in opened.page.inner_text("header")
    assert opened.hash == ""


def test_a_story_leads_by_keys_and_each_step_is_an_address(
    open_page: Open, example: Reading
) -> None:
    opened = open_page(view_page(example, "gsomia"))
    steps = opened.page.evaluate("actorKg.STORY.steps.length")
    assert 5 <= steps <= 8
    titles = []
    for number in range(1, steps + 1):
        titles.append(opened.page.inner_text("#panel h2"))
        assert opened.page.evaluate("[...actorKg.visibility.inFocus().things].length") > 0, titles
        assert opened.hash.split("?")[0] == f"#step/{number}" or number == 1
        opened.page.keyboard.press("ArrowRight")
    assert len(set(titles)) == steps
    opened.page.keyboard.press("ArrowLeft")
    opened.shows(titles[-2])
    opened.page.go_back()
    opened.shows(titles[-1])


EVENTS = """() => {
    const flags = [...document.querySelectorAll('.event-flag')];
    const boxes = flags.map((flag) => flag.getBoundingClientRect());
    const hit = (a, b) => a.x < b.right && b.x < a.right && a.y < b.bottom && b.y < a.bottom;
    return {
        titles: flags.map((flag) => flag.title),
        hits: boxes.filter((a, i) => boxes.some((b, j) => i < j && hit(a, b))).length,
        outside: boxes.filter((box) => box.right > innerWidth || box.x < 0).length,
    };
}"""


@pytest.mark.parametrize("width", [1280, 390])
def test_events_stand_on_the_timeline_with_their_own_dates_and_none_on_another(
    open_page: Open, example: Reading, width: int
) -> None:
    opened = open_page(view_page(example, "gsomia"), width=width, hash="#?")
    if width < 500:
        opened.page.click("#time > summary")
        opened.page.wait_for_selector(".event-flag")
    shown = opened.page.evaluate(EVENTS)
    assert shown["hits"] == shown["outside"] == 0
    # Reports of November tell of the controls; they were imposed in July.
    assert "Japan's export controls on South Korea: July 2019" in shown["titles"]


def test_where_no_event_has_a_date_no_room_is_left_for_any(
    open_page: Open, example: Reading
) -> None:
    page = open_page(view_page(example, "actors"), hash="#?").page
    axis = page.locator(".strip .axis").bounding_box()
    strip = page.locator(".strip").bounding_box()
    assert axis
    assert strip
    assert axis["y"] - strip["y"] < 10


def test_an_event_is_dated_by_what_tells_of_it_and_not_by_reports_about_it(
    example: Reading,
) -> None:
    nodes = {node.id: node for node in picture_of(example, "everything").nodes}
    dated = {id: node.occasions[-1].words for id, node in nodes.items() if node.occasions}
    assert dated["export-controls"] == "July 2019"
    assert dated["ev-2018-rulings"] == "October 2018"
    assert dated["ev-esper-seoul-visit"] == "10 to 15 November 2019"
    assert nodes["ev-december-talks"].occasions[-1].is_planned
    # By what was known on 15 November, the gathering of the 23rd was planned at most.
    assert [each.is_planned for each in nodes["ev-g20-nagoya"].occasions] == [True, False]


def test_an_event_can_be_chosen_and_is_not_there_before_it_was_known(
    open_page: Open, example: Reading
) -> None:
    opened = open_page(view_page(example, "gsomia"), hash="#?")
    flag = opened.page.locator("[data-event=decision-suspend].event-flag")
    flag.click()
    opened.shows("South Korea's decision to hold off leaving GSOMIA")
    assert flag.get_attribute("aria-current") == "true"
    opened.page.evaluate("actorKg.change({ by: '2019-11-17' })")
    assert flag.count() == 0


def test_an_event_without_room_for_its_name_is_a_mark_that_can_be_chosen(
    open_page: Open, example: Reading
) -> None:
    opened = open_page(view_page(example, "everything"), hash="#?")
    mark = opened.page.locator(".unnamed").first
    # Events of one day have one place.
    marks = opened.page.locator(".unnamed").evaluate_all("(all) => all.map((m) => m.dataset.event)")
    mark.click(force=True)
    opened.page.wait_for_function("(ids) => ids.includes(actorKg.state.choice.id)", arg=marks)


def test_a_line_says_what_each_day_brought(open_page: Open, example: Reading) -> None:
    opened = open_page(view_page(example, "gsomia"), hash="#?by=2019-11-23")
    brought = opened.page.inner_text("#news")
    assert brought == (
        "On 23 November 2019 (5 of 5 articles): 15 new claims, 1 denied; 1 now contested"
    )
    opened.page.click("button[aria-label='What was known before']")
    assert opened.page.inner_text("#news").startswith(
        "On 22 November 2019 (3 of 5 articles): 18 new"
    )
    shown = opened.page.evaluate("actorKg.visibility.shownTies().length")
    opened.page.click("button[aria-label='What was known before']")
    assert shown - opened.page.evaluate("actorKg.visibility.shownTies().length") == 18


@pytest.mark.parametrize("is_touch", [False, True])
def test_the_handle_follows_a_pointer_to_the_days_of_articles(
    open_page: Open, example: Reading, is_touch: bool
) -> None:
    opened = open_page(view_page(example, "gsomia"), width=390 if is_touch else 1280, hash="#?")
    if is_touch:
        opened.page.click("#time > summary")
    x, y = opened.resting("[data-moment='2019-11-17']")
    if is_touch:
        opened.page.touchscreen.tap(x + 3, y)
    else:
        opened.page.mouse.move(x + 200, y)
        opened.page.mouse.down()
        opened.page.mouse.move(x + 3, y, steps=4)
        opened.page.mouse.up()
    opened.page.wait_for_function("() => actorKg.state.by === '2019-11-17'")


def test_all_days_that_can_be_chosen_are_in_sight(open_page: Open, example: Reading) -> None:
    opened = open_page(view_page(example, "gsomia"), hash="#?from=2019-11-01")
    foot = "(id) => document.querySelector(id).getBoundingClientRect().bottom"
    feet = [opened.page.evaluate(foot, f"#day-{name}") for name in ("on", "from", "to")]
    assert 0 < max(feet) <= opened.page.evaluate(foot, ".time")


def test_a_day_that_is_not_set_shows_no_day(open_page: Open, example: Reading) -> None:
    opened = open_page(view_page(example, "gsomia"), hash="#?from=2019-11-01")
    colour = "(id) => getComputedStyle(document.getElementById(id)).color"
    assert opened.page.evaluate(colour, "day-on") == "rgba(0, 0, 0, 0)"
    assert opened.page.evaluate(colour, "day-from") != "rgba(0, 0, 0, 0)"
