"""The words of a page: no id, no date in a notation and no word of the workshop reaches a reader."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pictures import read_example, view_page
from test_page_browser import Open, Opened, open_page

from kg.page.words import licence_words

__all__ = ["open_page"]
WORKSHOP = re.compile(
    r"\d{4}-\d\d|\d/\.\.|\d~|[\[{]\d{4}|\blens\b|\bprospective\b|[Kk]nown by|[Tt]rue on"
    r"|\b[Aa]ssertions?\b|\bEDTF\b|\bhops?\b|\d (?:tie|thing)s?\b"
)


@pytest.fixture(scope="module")
def gsomia(repository: Path) -> str:
    return view_page(read_example(), "gsomia")


def workshop_words(opened: Opened) -> list[str]:
    """The lines of a page, as it stands now, that name an id or a word of the workshop."""
    ids = set(opened.page.evaluate("actorKg.ids().filter((id) => id.split('-').length > 2)"))
    lines = opened.page.inner_text("body").splitlines()
    return [
        line
        for line in lines
        if WORKSHOP.search(line) or ids.intersection(re.findall(r"[\w-]+", line))
    ]


def test_every_state_of_a_page_speaks_plainly(open_page: Open, gsomia: str) -> None:
    opened = open_page(gsomia, hash="#?by=2019-11-18&on=2019-11-16")
    assert workshop_words(opened) == []
    opened.page.evaluate("actorKg.change({ by: '', on: '', from: '2019-11-01', pane: 'table' })")
    assert workshop_words(opened) == []
    opened.page.evaluate("actorKg.change({ from: '', pane: 'positions' })")
    assert workshop_words(opened) == []
    opened.page.evaluate("actorKg.change({ pane: 'picture' })")
    for number in range(1, opened.page.evaluate("actorKg.STORY.steps.length") + 1):
        opened.page.evaluate(f"actorKg.goToStep({number})")
        assert workshop_words(opened) == []


def test_what_the_panel_tells_of_a_thing_is_plain(open_page: Open, gsomia: str) -> None:
    opened = open_page(gsomia, hash="#?")
    for thing in opened.page.evaluate("[...actorKg.THINGS.keys()]"):
        opened.page.evaluate(
            "(id) => actorKg.change({ choice: { kind: 'thing', id } })",
            thing,
        )
        opened.page.evaluate(
            "for (const each of document.querySelectorAll('#panel details')) each.open = true"
        )
        opened.page.wait_for_timeout(20)
        assert workshop_words(opened) == [], thing


def test_a_date_is_in_words_and_as_written_on_hover(open_page: Open, gsomia: str) -> None:
    opened = open_page(gsomia, hash="#assertion/hold-off-hour")
    day = opened.page.locator("#panel dl .day").first
    assert day.inner_text() == "22 November 2019, 18:00 (UTC+9)"
    assert day.get_attribute("title") == "2019-11-22T18:00+09:00"


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://creativecommons.org/licenses/by/4.0/", "CC BY 4.0"),
        ("https://creativecommons.org/licenses/by/4.0/legalcode/", "CC BY 4.0"),
        ("https://creativecommons.org/licenses/by/4.0/?ref=chooser-v1", "CC BY 4.0"),
        ("https://", "https://"),
        ("https://creativecommons.org/licenses/by-sa/3.0/de/deed.de", "CC BY-SA 3.0 DE"),
        ("https://creativecommons.org/publicdomain/zero/1.0/legalcode", "CC0 1.0"),
        ("http://www.apache.org/licenses/LICENSE-2.0", "Apache-2.0"),
        ("https://opendatacommons.org/licenses/odbl/1-0/", "ODbL 1.0"),
        ("https://example.org/terms/", "example.org/terms"),
    ],
)
def test_a_licence_is_called_by_its_name(address: str, name: str) -> None:
    assert licence_words(address) == name


def test_the_foot_of_a_page_names_the_licence_and_leads_to_it(gsomia: str) -> None:
    assert re.search(r'Licence: *<a href="[^"]+LICENSE-2.0"[^>]*>Apache-2.0</a>', gsomia)


def test_without_scripts_dates_and_statuses_are_in_words_too(open_page: Open, gsomia: str) -> None:
    table = open_page(gsomia, scripts=False).page.inner_text("#table")
    assert "planned" in table
    assert not re.search(r"\d{4}-\d\d|prospective", table)
