"""Whatever the size of the window, there is a picture to see, a story can be followed, and every
step names its subjects.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pictures import read_example, view_page
from readable import UNNAMED
from test_page_browser import Open, Opened, open_page

from kg.reading import Reading

__all__ = ["open_page"]
VIEWS = ("actors", "disputes", "everything", "gsomia", "meetings")
FULLY_TRIED = ("gsomia", "everything")
"""The first story and the largest: they are tried in a frame, too, and each step on a telephone."""
OPENED = {
    "a laptop": (1280, 800, "", ((640, 400), (2560, 1440))),
    "a telephone": (390, 844, "", ((844, 390),)),
    "a frame in an article": (700, 420, "?embed", ()),
}
"""How large a window is in which a page is opened, and what it is made then: a page at 200 %, one
on a wide screen, a telephone on its side.
"""
STEP = """() => {
    // Names that stand close to each other touch: the last digit of a number says which way.
    const TOUCH = 1e-6;
    const { picture, visibility } = actorKg;
    const subjects = visibility.inFocus()?.things ?? new Set();
    const growth = picture.layout.zoom / picture.layout.scale;
    const boxes = picture.layout.names.map(({ id, box: { x, y, w, h } }) =>
        ({ id, x: x * growth, y: y * growth, w: w * growth, h: h * growth }));
    const unnamed = UNNAMED;
    const hit = (a, b) =>
      Math.abs(a.x - b.x) * 2 < a.w + b.w - TOUCH && Math.abs(a.y - b.y) * 2 < a.h + b.h - TOUCH;
    const scale = picture.network.getScale();
    const { x, y } = picture.network.getViewPosition();
    const { clientWidth, clientHeight } = picture.container;
    const isCut = (box) =>
      Math.abs(box.x - x * scale) * 2 > clientWidth - box.w ||
      Math.abs(box.y - y * scale) * 2 > clientHeight - box.h;
    const at = picture.container.getBoundingClientRect();
    const buttons = document.querySelector('.steering').getBoundingClientRect();
    const over = { w: buttons.width, h: buttons.height,
        x: x * scale + buttons.left + buttons.width / 2 - at.left - at.width / 2,
        y: y * scale + buttons.top + buttons.height / 2 - at.top - at.height / 2 };
    const pen = document.createElement('canvas').getContext('2d');
    pen.font = `italic 12px ${getComputedStyle(document.body).fontFamily}`;
    const next = document.querySelector('.way .next');
    const [foot, panel] = ['.way', '#panel']
        .map((each) => document.querySelector(each).getBoundingClientRect().bottom);
    const { left, top, width, height } = next.getBoundingClientRect();
    const isOut = ([px, py]) => Math.abs(px * growth - x * scale) * 2 > clientWidth + 24 ||
        Math.abs(py * growth - y * scale) * 2 > clientHeight + 24;
    const lit = ({ line, way }) =>
        way && line?.ties.some(({ id }) => visibility.inFocus()?.ties.has(id));
    const words = picture.layout.lineNames.map(({ text, ...place }) =>
        ({ ...place, w: pen.measureText(text).width, h: 12 }));
    // Of a line between two things that stand close, words may hide no more than half.
    const isHidden = ({ way }) => {
        const points = way.slice(1).flatMap(([px, py], i) => Array.from({ length: 8 }, (_, n) =>
            ({ x: way[i][0] + ((px - way[i][0]) * n) / 8, y: way[i][1] + ((py - way[i][1]) * n) / 8,
                w: 0, h: 0 })));
        return words.some((box) => points.filter((at) => hit(at, box)).length * 2 > points.length);
    };
    return {
        hidden: picture.figures.filter(lit).filter(isHidden).map(({ line }) => [line.from, line.to]),
        left: picture.figures.filter(lit).filter(({ way }) => way.some(isOut))
            .map(({ line }) => [line.from, line.to]),
        unnamed: unnamed.filter((id) => subjects.has(id)),
        hits: boxes.filter((a, i) => boxes.some((b, j) => i < j && hit(a, b))).length,
        cut: boxes.filter((box) => subjects.has(box.id) && isCut(box)).map(({ id }) => id),
        covered: boxes.filter((box) => hit(box, over)).map(({ id }) => id),
        under: [...subjects].map((id) => [id, picture.layout.boxes.get(id)])
            .filter(([, at]) => hit({ x: at.x * growth, y: at.y * growth, w: 0, h: 0 }, over))
            .map(([id]) => id),
        words: picture.layout.lineNames
            .map(({ text, x: middle }) => ({ x: middle * growth, y: y * scale, h: 0,
                w: pen.measureText(text).width * growth, id: text }))
            .filter(isCut).map(({ id }) => id),
        high: clientHeight,
        foot: Math.round(panel - foot),
        next: document.elementFromPoint(left + width / 2, top + height / 2) === next,
    };
}""".replace("UNNAMED", UNNAMED)


@pytest.fixture(scope="module")
def example(repository: Path) -> Reading:
    return read_example()


@pytest.fixture(scope="module")
def pages(example: Reading) -> dict[str, str]:
    return {view: view_page(example, view) for view in VIEWS}


def at_step(opened: Opened, number: int) -> dict[str, Any]:
    """What there is to see at a step of the story, once the picture rests."""
    opened.page.evaluate("(number) => actorKg.goToStep(number)", number)
    opened.page.wait_for_function("() => !actorKg.picture.work.isGoingOn")
    seen: dict[str, Any] = opened.page.evaluate(STEP)
    return seen


@pytest.mark.parametrize(
    ("view", "window"),
    [
        (view, window)
        for view in VIEWS
        for window in OPENED
        if view in FULLY_TRIED or window != "a frame in an article"
    ],
)
def test_every_step_of_a_story_names_its_subjects_and_leads_on(
    open_page: Open, pages: dict[str, str], view: str, window: str
) -> None:
    width, height, word, later = OPENED[window]
    opened = open_page(pages[view], width=width, height=height, hash=f"#step/1{word}")
    opened.page.emulate_media(reduced_motion="reduce")
    count = opened.page.evaluate("actorKg.STORY.steps.length")
    some = (1, 2, count)
    # Every step is tried where most people read; elsewhere the first two and the last.
    is_whole = width > 1000 or (not word and view in FULLY_TRIED)
    for number in range(1, count + 1) if is_whole else some:
        assert_is_led(opened, number)
    for width, height in later:
        opened.page.set_viewport_size({"width": width, "height": height})
        opened.page.wait_for_function("() => actorKg.picture.size === actorKg.picture.frameSize()")
        for number in (1, count):
            assert_is_led(opened, number)


def assert_is_led(opened: Opened, number: int) -> None:
    """A step shows a picture with its subjects named and nothing of them hidden, and the next."""
    seen = at_step(opened, number)
    high = seen.pop("high")
    expected = {"unnamed": [], "hits": 0, "cut": [], "next": True, "words": []}
    expected |= {"covered": [], "foot": 0, "left": [], "hidden": [], "under": []}
    assert seen == expected, number
    assert high >= 240, number


@pytest.mark.parametrize(
    ("width", "height", "hash"),
    [
        (844, 390, "#?"),
        (640, 400, "#?"),
        (640, 400, "#thing/gsomia"),
        (853, 480, "#?"),
        (800, 500, "#thing/gsomia"),
        (700, 420, "#thing/gsomia?embed"),
        (320, 568, "#thing/gsomia"),
        (390, 844, "#?"),
    ],
)
def test_a_small_window_keeps_a_picture(
    open_page: Open, pages: dict[str, str], width: int, height: int, hash: str
) -> None:
    page = open_page(pages["gsomia"], width=width, height=height, hash=hash).page
    box = page.locator("#picture").bounding_box()
    assert box
    assert box["height"] >= 240
    assert box["width"] >= 240
    assert page.evaluate("document.documentElement.scrollWidth") == width


BESIDE = """() => {
    const [panel, picture] = ['#panel', '#picture']
        .map((each) => document.querySelector(each).getBoundingClientRect());
    const { camera, container } = actorKg.picture;
    const subjects = [...actorKg.visibility.subjects()];
    return {
        apart: panel.left >= picture.right - 1 || panel.top >= picture.bottom - 1,
        within: panel.right <= innerWidth + 1 && panel.bottom <= innerHeight + 1,
        subjects: subjects.length > 0 && camera.sees(subjects),
    };
}"""


@pytest.mark.parametrize(("width", "height"), [(700, 420), (1280, 800), (480, 640)])
@pytest.mark.parametrize("hash", ["#step/3?embed", "#thing/japan?embed"])
def test_in_a_frame_the_panel_stands_beside_the_picture_and_hides_no_subject(
    open_page: Open, pages: dict[str, str], width: int, height: int, hash: str
) -> None:
    page = open_page(pages["gsomia"], width=width, height=height, hash=hash).page
    page.wait_for_function("() => !actorKg.picture.camera.isMoving")
    assert page.evaluate(BESIDE) == {"apart": True, "within": True, "subjects": True}


def test_a_day_that_is_chosen_moves_nothing_in_the_header(
    open_page: Open, example: Reading
) -> None:
    opened = open_page(view_page(example, "gsomia"), hash="#?", width=1280, height=800)
    where = """() => [...document.querySelectorAll('h1, #find, #picture-toggle, .menu summary, #picture')]
        .map((each) => each.getBoundingClientRect().top)"""
    before = opened.page.evaluate(where)
    opened.page.evaluate("() => actorKg.change({ by: '2019-11-17' })")
    opened.page.locator("#lens").wait_for()
    assert opened.page.evaluate(where) == before


def test_no_name_stands_below_the_drawers_of_a_phone(open_page: Open, example: Reading) -> None:
    page = view_page(example, "gsomia")
    opened = open_page(page, width=390, height=844, hash="#thing/gsomia")
    opened.page.wait_for_function("() => !actorKg.picture.work.isGoingOn")
    hidden = opened.page.evaluate(
        """() => {
            const { network, container, layout } = actorKg.picture;
            const { left, top } = container.getBoundingClientRect();
            const drawers = [...document.querySelectorAll('#legend > summary, #time > summary')]
                .map((each) => each.getBoundingClientRect());
            const regions = layout.regions.flatMap(({ name }) => name ?? []);
            return [...layout.names, ...regions].filter(({ x, y }) => {
                const at = network.canvasToDOM({ x: x / layout.scale, y: y / layout.scale });
                return drawers.some((drawer) => at.y + top < drawer.bottom && at.y + top > drawer.top
                    && at.x + left > drawer.left - 10 && at.x + left < drawer.right + 10);
            }).length;
        }"""
    )
    assert hidden == 0


def test_drawers_over_the_picture_close_when_the_window_gets_small(
    open_page: Open, pages: dict[str, str]
) -> None:
    page = open_page(pages["gsomia"], hash="#?").page
    assert page.locator("#filters").is_visible()
    page.set_viewport_size({"width": 700, "height": 800})
    page.wait_for_function("() => !document.querySelector('#legend').open")
    # Both at once: what the first click sets off must not come after the second.
    page.evaluate(
        "for (const drawer of ['#legend', '#time']) document.querySelector(`${drawer} > summary`).click()"
    )
    assert page.evaluate("document.querySelector('#time').open")
    assert not page.locator("#filters").is_visible()
    page.set_viewport_size({"width": 1280, "height": 800})
    page.wait_for_function("() => document.querySelector('#legend').open")


def test_names_of_subjects_do_not_cover_what_steps_back_where_there_is_other_room(
    open_page: Open, pages: dict[str, str]
) -> None:
    page = open_page(pages["gsomia"], hash="#step/1").page
    page.wait_for_function("() => !actorKg.picture.work.isGoingOn")
    covered = page.evaluate(
        """() => {
            const { names, boxes } = actorKg.picture.layout;
            const subjects = actorKg.visibility.subjects();
            const meet = (a, b) => Math.abs(a.x - b.x) * 2 < a.w + b.w && Math.abs(a.y - b.y) * 2 < a.h + b.h;
            return names.filter(({ id }) => subjects.has(id)).flatMap(({ id, box }) =>
                [...boxes].filter(([other, shape]) => other !== id && meet(box, shape)).map(([other]) => [id, other]));
        }"""
    )
    assert covered == []


def test_a_picture_that_is_still_worked_at_names_its_subjects_already(
    open_page: Open, pages: dict[str, str]
) -> None:
    page = open_page(pages["everything"], hash="#step/1").page
    found = page.evaluate(
        """() => {
          const { picture, thingOf, visibility } = actorKg;
          picture.layout = { ...picture.layout, names: [] };
          picture.refresh(0);
          const { names, foldedIds } = picture.layout;
          const named = new Set(names.map(({ id }) => id));
          const hasName = (id) => named.has(id) || (thingOf(id).shape === 'box' && !foldedIds.has(id));
          const subjects = [...visibility.subjects()];
          const nameless = subjects.filter((id) => !hasName(id));
          return [picture.work.isGoingOn, subjects.length, nameless];
        }"""
    )
    assert found[0]
    assert found[1] > 4
    assert found[2] == []
