"""The lens in the page: what a reader sees as of a day is what kg computes for it, and the page
says so.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from pictures import view_page
from test_page_browser import Open, open_page

from kg.dates import Day
from kg.reading import Reading, read
from kg.site import picture_of
from kg.status.lens import Lens
from kg.workspace import Workspace

__all__ = ["open_page"]
pytestmark = pytest.mark.xdist_group("chromium")

DAYS = ("1980-01-01", "2016-11-23", "2019-08-22", "2019-11-15", "2019-11-22")

SEEN = """([on, by]) => {
    actorKg.change({ on, by });
    const { holdingOf, shownTies, statusOf } = actorKg.visibility;
    const held = (tie) => holdingOf(actorKg.cardOf(tie.assertion));
    return shownTies().map((tie) => [tie.assertion, statusOf(tie), on && held(tie)].join());
}"""


@pytest.fixture(scope="module")
def example(repository: Path) -> Reading:
    return read(Workspace(repository))


def day(text: str) -> Day | None:
    return Day(*map(int, text.split("-"))) if text else None


def seen_by_kg(example: Reading, on: str, by: str) -> list[str]:
    lens = Lens(true_on=day(on), known_by=day(by))
    reading = example.under(lens)
    ties = picture_of(reading, "everything").ties
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
    assert "1 of 5 articles had appeared" in opened.page.inner_text("#time")
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
    opened.page.focus("#scrub")
    opened.page.keyboard.press("ArrowLeft")
    assert opened.page.get_attribute("#scrub", "aria-valuetext") == "2019-11-19"
    assert "#?on=2019-11-19" in opened.page.url
    opened.page.select_option("#by", "2019-11-17")
    assert opened.page.inner_text("#counts") != all_ties
    opened.page.click("#any-day")
    assert f", {opened.page.evaluate('actorKg.TIES.length')} claims:" in opened.page.inner_text(
        "#counts"
    )
    assert "the press knew" not in opened.page.inner_text("header")
    assert opened.page.url.endswith("#")


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
        assert (
            opened.page.url.endswith(f"#step/{number}")
            or number == 1
            or f"#step/{number}?" in opened.page.url
        )
        opened.page.keyboard.press("ArrowRight")
    assert len(set(titles)) == steps
    opened.page.keyboard.press("ArrowLeft")
    opened.shows(titles[-2])
    opened.page.go_back()
    opened.shows(titles[-1])
