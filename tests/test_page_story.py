"""A story on its page: the camera goes to what a step is about, what a step speaks of is shown,
and from wherever a reader strays there is a way back.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from pictures import read_example, view_page
from test_page_browser import Open, Opened, open_page

from kg.reading import Reading

__all__ = ["open_page"]
SUBJECTS_IN_SIGHT = """() => {
    const { picture, visibility } = actorKg;
    const { clientWidth, clientHeight } = picture.container;
    return [...visibility.subjects()].every((id) => {
        const { x, y } = picture.network.canvasToDOM(actorKg.places.placeOf(id));
        return x > 0 && y > 0 && x < clientWidth && y < clientHeight;
    });
}"""
STRUCK_SUBJECTS = """() => {
    const { layout, figures } = actorKg.picture;
    const [subjects, { ties }] = [actorKg.visibility.subjects(), actorKg.visibility.inFocus()];
    const lit = figures.filter(({ line, way }) =>
        way?.length > 1 && line?.ties.some(({ id }) => ties.has(id)));
    const shares = Array.from({ length: 100 }, (_, part) => part / 100);
    const points = lit.flatMap(({ way }) => way.slice(1).flatMap(([x, y], index) =>
        shares.map((at) => [way[index][0] * (1 - at) + x * at, way[index][1] * (1 - at) + y * at])));
    const isOver = ({ x, y, w, h }) =>
        points.some(([px, py]) => Math.abs(px - x) < w / 2 - 2 && Math.abs(py - y) < h / 2 - 2);
    return layout.names.filter(({ id, box }) => subjects.has(id) && isOver(box)).map(({ id }) => id);
}"""
SCALE = "() => actorKg.picture.network.getScale().toFixed(2)"


@pytest.fixture(scope="module")
def example(repository: Path) -> Reading:
    return read_example()


@pytest.fixture(scope="module")
def gsomia(example: Reading) -> str:
    return view_page(example, "gsomia")


@pytest.fixture(scope="module")
def everything(example: Reading) -> str:
    return view_page(example, "everything")


def press(opened: Opened, button: str) -> None:
    opened.page.locator("#panel button", has_text=button).first.click()


def test_the_camera_travels_to_a_step_and_is_there_at_once_without_movement(
    open_page: Open, gsomia: str
) -> None:
    opened = open_page(gsomia, hash="#step/1")
    start = opened.page.evaluate(SCALE)
    assert opened.page.evaluate(f"() => {{ actorKg.goToStep(6); return ({SCALE})(); }}") == start
    opened.page.wait_for_function("() => !actorKg.picture.camera.isMoving")
    opened.page.wait_for_timeout(100)
    opened.page.wait_for_function("() => !actorKg.picture.camera.isMoving")
    there = opened.page.evaluate(SCALE)
    assert there != start
    opened.page.emulate_media(reduced_motion="reduce")
    at_once = f"(number) => {{ actorKg.goToStep(number); return ({SCALE})(); }}"
    assert opened.page.evaluate(at_once, 1) != there
    assert opened.page.evaluate(at_once, 1) == opened.page.evaluate(SCALE)


def test_a_step_shows_its_subjects_wherever_the_reader_looked_before(
    open_page: Open, gsomia: str
) -> None:
    opened = open_page(gsomia, hash="#step/1?at=-600,-400,2.5")
    opened.page.emulate_media(reduced_motion="reduce")
    assert not opened.page.evaluate(SUBJECTS_IN_SIGHT)
    press(opened, "Next")
    assert opened.page.evaluate(SUBJECTS_IN_SIGHT)


def test_no_line_of_a_step_runs_over_the_name_of_a_subject(
    open_page: Open, everything: str
) -> None:
    opened = open_page(everything, hash="#step/3")
    opened.page.wait_for_function("() => !actorKg.picture.work.isGoingOn")
    assert opened.page.evaluate("() => actorKg.visibility.inFocus().ties.size") > 3
    assert opened.page.evaluate(STRUCK_SUBJECTS) == []


def test_the_picture_keeps_its_place_and_size_from_step_to_step(
    open_page: Open, gsomia: str
) -> None:
    opened = open_page(gsomia, hash="#step/1")
    frames = set()
    for number in range(1, opened.page.evaluate("actorKg.STORY.steps.length") + 1):
        opened.page.evaluate("(number) => actorKg.goToStep(number)", number)
        box = opened.page.locator("#picture").bounding_box()
        assert box
        frames.add((box["x"], box["y"], box["width"]))
    assert len(frames) == 1


def test_a_click_or_a_key_inside_a_story_leaves_a_way_back(open_page: Open, gsomia: str) -> None:
    opened = open_page(gsomia, hash="#step/4")
    title = opened.page.inner_text("#panel h2")
    opened.page.locator("#panel .telling a").first.click()
    assert opened.page.inner_text("#panel h2") != title
    assert "step=4" in opened.hash
    press(opened, "Back to step 4")
    opened.shows(title)
    opened.page.keyboard.press("Escape")
    assert opened.page.evaluate("[actorKg.state.on, actorKg.state.by]") == ["", ""]
    again = open_page(gsomia, hash=opened.hash)
    press(again, "Back to step 4")
    again.shows(title)


def test_a_click_beside_everything_does_not_leave_the_story(open_page: Open, gsomia: str) -> None:
    opened = open_page(gsomia, hash="#step/2")
    box = opened.page.locator("#picture").bounding_box()
    assert box
    assert opened.page.evaluate("actorKg.picture.at(3, 3).kind") == "nothing"
    opened.page.mouse.click(box["x"] + 3, box["y"] + 3)
    opened.page.wait_for_timeout(400)
    assert opened.hash.startswith("#step/2")


def test_a_step_shows_what_it_speaks_of_even_where_a_filter_hides_it(
    open_page: Open, gsomia: str
) -> None:
    opened = open_page(gsomia, hash="#?hide=status%3Aprospective")
    opened.page.evaluate("actorKg.goToStep(7)")
    told = "actorKg.STORY.steps[6].ties"
    drawn = "actorKg.visibility.shownTies().map((tie) => tie.assertion)"
    assert opened.page.evaluate(f"{told}.filter((id) => !{drawn}.includes(id))") == []
    assert "shown for this step although the legend hides them" in opened.panel()
    press(opened, "Explore")
    hidden = "(tie) => tie.card.status === 'prospective'"
    assert opened.page.evaluate(f"actorKg.visibility.shownTies().some({hidden})") is False


def test_a_step_is_printed_with_its_text(open_page: Open, gsomia: str) -> None:
    opened = open_page(gsomia, hash="#step/2")
    told = opened.page.inner_text("#panel .telling")
    opened.page.emulate_media(media="print")
    opened.page.wait_for_selector("#printed svg")
    assert opened.page.inner_text("#printed h2")
    assert told in opened.page.inner_text("#printed")


def test_a_swipe_along_the_text_turns_the_page(open_page: Open, gsomia: str) -> None:
    opened = open_page(gsomia, width=390, height=844, hash="#step/1")
    swipe = """([from, to]) => {
        const panel = document.querySelector('#panel');
        const touch = (clientX) => new Touch({ identifier: 1, target: panel, clientX, clientY: 700 });
        const fire = (type, at, left) => panel.dispatchEvent(new TouchEvent(type, {
            touches: left, changedTouches: [touch(at)], bubbles: true }));
        fire('touchstart', from, [touch(from)]);
        fire('touchend', to, []);
    }"""
    opened.page.evaluate(swipe, [300, 120])
    assert opened.hash.startswith("#step/2")
    opened.page.evaluate(swipe, [120, 130])
    assert opened.hash.startswith("#step/2")
    opened.page.evaluate(swipe, [120, 300])
    assert opened.hash.startswith("#step/1")


def test_an_address_is_drawn_once(open_page: Open, gsomia: str) -> None:
    opened = open_page(gsomia, hash="#?")
    count = """() => new Promise((done) => {
        const { picture } = actorKg;
        const draw = picture.draw.bind(picture);
        let drawn = 0;
        picture.draw = (layout) => { drawn += 1; draw(layout); };
        location.hash = '#thing/japan';
        setTimeout(() => done(drawn), 700);
    })"""
    assert opened.page.evaluate(count) == 1
    assert opened.page.evaluate("actorKg.state.choice") == {"kind": "thing", "id": "japan"}


def test_what_is_found_comes_into_sight(open_page: Open, everything: str) -> None:
    opened = open_page(everything, hash="#?at=-900,-900,2")
    opened.page.emulate_media(reduced_motion="reduce")
    opened.page.fill("#find", "Lavrov")
    opened.page.keyboard.press("Enter")
    opened.shows("Sergei Lavrov")
    assert opened.page.evaluate(SUBJECTS_IN_SIGHT)


def test_a_person_is_found_before_the_meeting_that_bears_the_name(
    open_page: Open, everything: str
) -> None:
    opened = open_page(everything, hash="#?")
    # The meeting is tied to more.
    heavier = "actorKg.visibility.shownThings().filter((id) => /sullivan/.test(id))"
    assert opened.page.evaluate(heavier) == ["ev-kang-sullivan", "sullivan"]
    opened.page.fill("#find", "sullivan")
    opened.page.keyboard.press("Enter")
    opened.shows("John Sullivan")


def test_a_quick_zoom_keeps_what_is_under_the_pointer(open_page: Open, everything: str) -> None:
    opened = open_page(everything, hash="#?")
    box = opened.page.locator("#picture").bounding_box()
    assert box
    under = "Object.values(actorKg.picture.network.DOMtoCanvas({ x: 350, y: 220 }))"
    before = opened.page.evaluate(under)
    opened.page.mouse.move(box["x"] + 350, box["y"] + 220)
    for _ in range(20):
        opened.page.mouse.wheel(0, -120)
        opened.page.wait_for_timeout(20)
    opened.page.wait_for_timeout(300)
    assert opened.page.evaluate("actorKg.picture.network.getScale()") > 1
    assert opened.page.evaluate(under) == pytest.approx(before, abs=2)


def test_a_box_can_be_grabbed_just_where_it_is_drawn_after_a_zoom(
    open_page: Open, everything: str
) -> None:
    opened = open_page(everything, hash="#?")
    opened.page.mouse.move(560, 300)
    for _ in range(14):
        opened.page.mouse.wheel(0, -120)
        opened.page.wait_for_timeout(20)
    opened.page.wait_for_timeout(500)
    drawn, grabbed = opened.page.evaluate(
        """() => {
            const { layout, network } = actorKg.picture;
            const { height } = network.body.nodes.japan.shape;
            return [layout.boxes.get('japan').h, height * layout.scale];
        }"""
    )
    assert grabbed == pytest.approx(drawn, abs=1)
    opened.page.wait_for_function(
        "() => location.hash.includes(',' + actorKg.picture.network.getScale().toFixed(3))"
    )
    again = open_page(everything, hash=opened.hash)
    scale, box = "actorKg.picture.layout.scale", "actorKg.picture.layout.boxes.get('japan').h"
    assert again.page.evaluate(scale) == pytest.approx(opened.page.evaluate(scale), rel=0.01)
    assert again.page.evaluate(box) == pytest.approx(drawn, abs=1)


def test_an_address_that_names_nothing_here_is_answered(open_page: Open, gsomia: str) -> None:
    opened = open_page(gsomia, hash="#thing/nobody-at-all")
    assert "does not show what the address names" in opened.page.inner_text("#told")


def test_where_nothing_is_left_all_can_be_shown_again(open_page: Open, gsomia: str) -> None:
    opened = open_page(gsomia, hash="#?only=source%3Anone")
    opened.shows("Nothing is left")
    press(opened, "Show all")
    assert opened.page.evaluate("actorKg.visibility.shownTies().length === actorKg.TIES.length")


def test_back_takes_back_a_filter(open_page: Open, gsomia: str) -> None:
    opened = open_page(gsomia, hash="#?")
    opened.page.uncheck("input[value=opinion]")
    assert opened.page.evaluate("actorKg.state.hidden") == ["status:opinion"]
    opened.page.go_back()
    assert opened.page.evaluate("actorKg.state.hidden") == []
    assert opened.page.is_checked("input[value=opinion]")
