"""What the page promises (docs/page.md, benchmarks/pages.py measures the rest): still, legible,
small, restorable.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pictures import parallel, picture_of, read_example, view_page
from readable import NAMES
from test_page import drawn
from test_page_browser import Open, open_page

from kg.reading import Reading
from kg.view.picture import Node, Picture

__all__ = ["open_page"]
STATE = {
    "choice": {"kind": "thing", "id": "gsomia"},
    "depth": 2,
    "opened": ["south-korea"],
    "hidden": ["family:SpeechTie", "source:nyt-2019-11-22", "status:opinion"],
    "only": [],
    "on": "2019-11-15",
    "by": "2019-11-17",
    "from": "2016-01-01",
    "to": "2019-12-31",
    "pane": "table",
    "sort": "-when",
    "theme": "dark",
    "language": "",
    "embed": False,
    "camera": {"x": 12, "y": -40, "zoom": 0.75},
}


@pytest.fixture(scope="module")
def example(repository: Path) -> Reading:
    return read_example()


def test_no_name_lies_on_another_at_any_zoom_and_nothing_is_drawn_at_rest(
    open_page: Open, example: Reading
) -> None:
    opened = open_page(view_page(example, "disputes"), hash="#?")
    for zoom in (0.2, 0.5, 0.8, 1.2, 2.5):
        opened.page.evaluate(
            "(scale) => { actorKg.picture.network.moveTo({ scale, animation: false });"
            " actorKg.picture.refresh(); }",
            zoom,
        )
        assert opened.page.evaluate(NAMES)["hits"] == 0, zoom
    opened.page.wait_for_timeout(300)
    opened.page.evaluate(
        "() => { globalThis.n = 0; actorKg.picture.network.on('afterDrawing', () => { n += 1; }); }"
    )
    opened.page.wait_for_timeout(300)
    assert opened.page.evaluate("n") == 0


@pytest.mark.parametrize("view", ["actors", "disputes", "gsomia"])
def test_most_names_of_the_example_can_be_read_at_once(
    open_page: Open, example: Reading, view: str
) -> None:
    shown = open_page(view_page(example, view), hash="#?").page.evaluate(NAMES)
    assert shown["hits"] == 0
    assert shown["named"] >= 0.85


def test_an_address_brings_back_all_that_was_chosen(open_page: Open, example: Reading) -> None:
    content = view_page(example, "gsomia")
    first = open_page(content)
    first.page.evaluate("(state) => actorKg.change(state)", STATE)
    address = first.page.evaluate("location.hash")
    second = open_page(content, hash=address)
    assert second.page.evaluate("actorKg.state") == {
        **second.page.evaluate("actorKg.state"),
        **STATE,
    }
    assert second.page.inner_text("#counts") == first.page.inner_text("#counts")
    assert second.page.evaluate("actorKg.picture.network.getScale()") == pytest.approx(0.75)
    assert second.page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_beside_its_data_a_page_takes_450_kb_at_most() -> None:
    empty = replace(parallel(1), ties=(), statements={}, articles=(), nodes=())
    assert len(drawn(empty).encode()) <= 450_000


def test_a_tie_and_a_thing_more_cost_few_bytes() -> None:
    few, many = bare(10), bare(2010)
    assert (len(drawn(many).encode()) - len(drawn(few).encode())) / 2000 <= 60 + 80 + TABLE


TABLE = 420
"""Bytes of a row of the static table, which is left out beyond 1,500 ties."""


def bare(count: int) -> Picture:
    """So many things, each tied to the next, with ids and labels as short as can be."""
    nodes = tuple(Node(f"{n:x}", f"{n:x}", (), "state", ("State",)) for n in range(count))
    ties = [(f"{n:x}", "meets", f"{(n + 1) % count:x}", "accepted") for n in range(count)]
    whole = picture_of(nodes, ties)
    return replace(whole, ties=tuple(replace(tie, label="") for tie in whole.ties))
