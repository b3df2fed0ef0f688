"""What can be read of pictures, counted in a real browser: lines keep off foreign shapes and off
names, names off each other, and nearly all names are there.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from conftest import Windows
from pictures import CLASSES, example, picture_of, read_example, view_page
from readable import Legibility, legibility
from test_page import STYLE, drawn

from kg.page import render_view
from kg.reading import Reading
from kg.view.picture import Node, Picture

if TYPE_CHECKING:
    from playwright.sync_api import Page

REPOSITORY = Path(__file__).resolve().parent.parent
LAPTOP = (1280, 800)
TELEPHONE = (390, 844)
Count = Callable[[str, tuple[int, int]], Legibility]


@pytest.fixture(scope="module")
def built() -> Reading:
    return read_example()


@pytest.fixture
def page(windows: Windows) -> Iterator[Page]:
    """A window."""
    taken = windows.take(scripts=True, has_touch=False)
    yield taken
    windows.give_back(taken, scripts=True, has_touch=False)


@pytest.fixture
def count(page: Page, tmp_path: Path) -> Count:
    """Counts what can be read of a page on a screen, once its picture is finished."""

    def count(text: str, screen: tuple[int, int]) -> Legibility:
        file = tmp_path / "page.html"
        file.write_text(text, "utf-8")
        page.set_viewport_size({"width": screen[0], "height": screen[1]})
        page.goto(f"{file.as_uri()}#?")
        page.wait_for_function("() => actorKg.picture.figures.length > 0")
        page.wait_for_function("() => !actorKg.picture.work.isGoingOn")
        return legibility(page)

    return count


def generated(things: int, ties: int) -> Picture:
    """A network of so many things, tied by chance, the same each time."""
    chance = random.Random(7)
    kinds = sorted(CLASSES)
    nodes = tuple(
        Node(f"n{n}", f"Thing number {n}", (), "thing", CLASSES[kinds[n % len(kinds)]])
        for n in range(things)
    )
    pairs = [chance.sample(range(things), 2) for _ in range(ties)]
    return picture_of(
        nodes, [(f"n{one}", "acts for", f"n{other}", "accepted") for one, other in pairs]
    )


@pytest.mark.parametrize("view", ["actors", "disputes", "gsomia", "meetings"])
def test_views_of_some_sixty_things_can_be_read(count: Count, built: Reading, view: str) -> None:
    found = count(view_page(built, view), LAPTOP)
    assert found.things > 20
    assert found.covered == found.struck == found.through == 0
    assert found.share_named >= 0.95
    # Lines that lie on each other were 32 pixels a line in the view of disputes; 18 are left.
    assert found.lying <= 24 * found.lines


@pytest.mark.parametrize("screen", [LAPTOP, TELEPHONE], ids=["laptop", "telephone"])
def test_everything_opens_by_its_hubs_and_can_be_read(
    count: Count, built: Reading, screen: tuple[int, int]
) -> None:
    found = count(view_page(built, "everything"), screen)
    assert found.covered == found.struck == found.through == 0
    assert found.share_named == 1
    # Of the whole they were 2,973; 44 % had names on a telephone, and 7,007 pixels lay on others.
    assert found.crossings <= 450
    assert found.lying <= 800


def crowded() -> str:
    """A page with a long name amid things that stand close around it; far from it is a gap."""
    label = "Federal Office for the Protection of Inland Waterways"
    gap = {(x, y) for x in (3, 4) for y in (-1, 0, 1)}
    squares = {(x, y) for x in range(-6, 7) for y in range(-5, 6)} - gap
    places = sorted(squares, key=lambda at: (at != (0, 0), at))
    nodes = tuple(
        Node(f"n{n}", label if n == 0 else "Thing", (), "thing", CLASSES["Person"])
        for n in range(len(places))
    )
    picture = picture_of(nodes, [("n0", "employs", f"n{n}", "accepted") for n in range(1, 9)])
    return render_view(
        picture, {f"n{n}": (80 * x, 50 * y) for n, (x, y) in enumerate(places)}, STYLE
    )


def test_what_a_reader_is_told_to_begin_with_bears_its_name(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(crowded(), "utf-8")
    page.set_viewport_size({"width": LAPTOP[0], "height": LAPTOP[1]})
    page.goto(file.as_uri())
    page.wait_for_function("() => actorKg.picture.figures.length > 0")
    page.wait_for_function("() => !actorKg.picture.work.isGoingOn")
    names = page.evaluate("() => actorKg.picture.layout.names.map(({ id }) => id)")
    assert "n0" in names


def test_a_telephone_shows_most_names_and_uses_its_height(count: Count, built: Reading) -> None:
    found = count(view_page(built, "actors"), TELEPHONE)
    assert found.covered == found.struck == found.through == 0
    assert found.share_named >= 0.75


def test_each_region_bears_its_name_or_its_pole_and_not_both(page: Page, built: Reading) -> None:
    page.set_viewport_size({"width": LAPTOP[0], "height": LAPTOP[1]})
    page.set_content(view_page(built, "gsomia"))
    page.wait_for_function("() => actorKg.picture.layout.regions.length > 0")
    page.wait_for_function("() => !actorKg.picture.work.isGoingOn")
    # The United States themselves are not drawn, only those who act for them.
    named = page.evaluate(
        """() => {
            const { network, container, layout: { regions, boxes, scale } } = actorKg.picture;
            const { scrollHeight: height } = container;
            return regions.map(({ id, name }) => {
                const top = name && network.canvasToDOM({ x: 0, y: name.y / scale }).y;
                return [id, boxes.has(id) ? !name : top > 5 && top < height - 5];
            });
        }"""
    )
    assert dict(named) == {"south-korea": True, "japan": True, "united-states": True}


def test_names_of_regions_stay_within_the_picture(
    page: Page, built: Reading, tmp_path: Path
) -> None:
    file = tmp_path / "page.html"
    file.write_text(view_page(built, "disputes"), "utf-8")
    page.set_viewport_size({"width": TELEPHONE[0], "height": TELEPHONE[1]})
    page.goto(f"{file.as_uri()}#?")
    page.wait_for_function("() => actorKg.picture.layout.regions.length > 0")
    beyond = page.evaluate(
        """() => {
            const { layout, network, container } = actorKg.picture;
            const named = layout.regions.filter(({ name }) => name);
            return named.filter(({ name: { text, x, y } }) => {
                const at = network.canvasToDOM({ x: x / layout.scale, y: y / layout.scale });
                // Half of a word of bold letters, at the least.
                const half = text.length * 2.5;
                return at.x < half || at.x > container.clientWidth - half;
            }).map(({ name }) => name.text);
        }"""
    )
    assert beyond == []


@pytest.mark.parametrize(
    "picture", [example(), generated(40, 60)], ids=["by hand", "of forty things"]
)
def test_pictures_that_nobody_arranged_can_be_read(count: Count, picture: Picture) -> None:
    found = count(drawn(picture), LAPTOP)
    assert found.covered == found.struck == found.through == 0
    assert found.share_named >= 0.95
