"""A large picture is read from its hubs: each stands for what is grouped around it, nothing is left
out, and what a reader opens or chooses is drawn whole.
"""

from __future__ import annotations

import math
import random
from dataclasses import replace
from itertools import chain
from urllib.parse import unquote

import pytest
from pictures import CLASSES, example, picture_of
from readable import UNNAMED
from test_page import drawn
from test_page_browser import Open, Opened, open_page

from kg.page import Style, sizes
from kg.view.network import network
from kg.view.picture import Node, Picture
from kg.viz.layout.hubs import MOST_HUBS, group_around_hubs
from kg.viz.layout.layout import place_graph

__all__ = ["open_page"]
Pairs = list[tuple[str, str]]


def treaties(count: int = 400) -> tuple[list[str], Pairs]:
    """Treaties of one great power with one of forty others each, more with those that come first."""
    chance = random.Random(1)
    others = [f"state-{number:02}" for number in range(40)]
    pairs = []
    for number in range(count):
        other = others[min(chance.randrange(40), chance.randrange(40))]
        pairs += [("power", f"treaty-{number:03}"), (other, f"treaty-{number:03}")]
    return sorted({end for pair in pairs for end in pair}), pairs


def picture() -> Picture:
    """A picture of these treaties."""
    ids, pairs = treaties()
    kinds = {id: "Treaty" if id.startswith("treaty") else "State" for id in ids}
    nodes = [Node(id, id.title(), (), kinds[id].lower(), CLASSES[kinds[id]]) for id in ids]
    return picture_of(nodes, [(one, "is party to", other, "accepted") for one, other in pairs])


def test_a_picture_that_can_be_read_at_once_has_no_hubs() -> None:
    ids, pairs = treaties(60)
    assert group_around_hubs(ids, pairs) == {}
    # Nor has one of many small parts, most of which no hub would lead to.
    pairs = [(f"one-{n}", f"other-{n}") for n in range(60)]
    assert group_around_hubs(chain.from_iterable(pairs), pairs) == {}


def test_a_picture_a_little_too_large_for_its_names_has_fewer_hubs_than_a_huge_one() -> None:
    ids, pairs = treaties(100)
    assert len(set(group_around_hubs(ids, pairs).values())) == len(ids) // 6 < MOST_HUBS


def test_few_things_with_very_many_ties_are_a_large_picture() -> None:
    ids = [f"n{number}" for number in range(40)]
    pairs = [(one, other) for one in ids for other in ids if one < other]
    assert set(group_around_hubs(ids, pairs)) == set(ids)


def test_all_that_a_hub_can_be_reached_from_is_grouped_around_one_and_hubs_around_themselves() -> (
    None
):
    ids, pairs = treaties()
    groups = group_around_hubs(ids, pairs, centre="treaty-007")
    assert set(groups) == set(ids)
    hubs = set(groups.values())
    assert len(hubs) == MOST_HUBS
    assert {"power", "state-00", "treaty-007"} <= hubs
    assert all(groups[hub] == hub for hub in hubs)


def test_what_is_tied_to_several_hubs_stands_with_the_one_of_fewest_ties() -> None:
    ids, pairs = treaties()
    groups = group_around_hubs(ids, pairs)
    hubs = set(groups.values())
    for state, treaty in pairs[1::2]:
        if state in hubs and treaty not in hubs:
            assert groups[treaty] == state


def test_parts_that_no_hub_reaches_have_hubs_of_their_own() -> None:
    ids, pairs = treaties()
    apart = [(f"apart-{number}", "apart-hub") for number in range(8)]
    more = sorted({end for pair in apart for end in pair})
    groups = group_around_hubs([*ids, *more], [*pairs, *apart])
    assert {groups[id] for id in more} == {"apart-hub"}


def test_the_order_in_which_things_and_ties_come_changes_no_group() -> None:
    ids, pairs = treaties()
    groups = group_around_hubs(ids, pairs)
    chance = random.Random(2)
    for _ in range(3):
        chance.shuffle(ids)
        chance.shuffle(pairs)
        assert group_around_hubs(ids, [pair[::-1] for pair in pairs]) == groups


def test_what_is_grouped_around_a_hub_stands_on_a_disc_of_its_own() -> None:
    graph = network(picture())
    places = place_graph(graph, sizes(picture(), Style()))
    groups = group_around_hubs(graph, graph.edges())
    hubs = sorted(set(groups.values()))
    for id, hub in groups.items():
        nearest = min(hubs, key=lambda each: (math.dist(places[id], places[each]), each))
        assert nearest == hub


COVERED = """() => {
    const { picture, thingOf } = actorKg;
    const { boxes, foldedIds, scale, zoom } = picture.layout;
    const hit = (a, b) =>
        Math.abs(a.x - b.x) * 2 < a.w + b.w - 1 && Math.abs(a.y - b.y) * 2 < a.h + b.h - 1;
    const under = [...boxes].filter(([id, box]) => thingOf(id).shape === 'box' &&
        [...boxes].some(([other, wide]) => other !== id && thingOf(other).shape === 'box' &&
            !foldedIds.has(other) && hit(box, wide)));
    const words = document.querySelector('#drawn').getBoundingClientRect();
    const frame = picture.container.getBoundingClientRect();
    const hidden = picture.layout.names.filter(({ box: { x, y, w, h } }) => {
        const at = picture.network.canvasToDOM({ x: x / scale, y: y / scale });
        return hit({ x: at.x, y: at.y, w: (w * zoom) / scale, h: (h * zoom) / scale }, {
            x: words.left + words.width / 2 - frame.left, y: words.top + words.height / 2 - frame.top,
            w: words.width, h: words.height });
    });
    return [...under.map(([id]) => id), ...hidden.map(({ id }) => id)];
}"""


@pytest.fixture(scope="module")
def page() -> str:
    return drawn(picture())


def shown(opened: Opened) -> set[str]:
    return set(opened.page.evaluate("actorKg.visibility.drawnThings()"))


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)])
def test_a_large_picture_opens_with_its_hubs_all_named(
    open_page: Open, page: str, width: int, height: int
) -> None:
    ids, pairs = treaties()
    opened = open_page(page, hash="#?", width=width, height=height)
    assert shown(opened) == set(group_around_hubs(ids, pairs).values())
    assert opened.page.evaluate(UNNAMED) == []
    assert opened.page.evaluate(COVERED) == []
    folded = opened.page.evaluate("actorKg.visibility.foldedCounts()")
    assert sum(count for _, count in folded) + MOST_HUBS == len(ids)
    # Beside what a reader looks at, no number of another thing stands out.
    opened.page.evaluate("actorKg.change({ choice: { kind: 'assertion', id: 'a000' } })")
    assert opened.page.evaluate("actorKg.picture.layout.badges") == []


def test_the_numbers_at_hubs_stand_in_the_frame_and_nothing_covers_them(
    open_page: Open, page: str
) -> None:
    beyond = open_page(page, hash="#?").page.evaluate(
        """() => {
            const over = (name) => document.querySelector(name).getBoundingClientRect();
            const { container, camera, layout, drawnFrom } = actorKg.picture;
            const growth = layout.zoom / layout.scale;
            const boxes = layout.badges.map(({ box }) => ({
                x: box.x * growth - drawnFrom.x * layout.zoom, w: box.w * growth,
                y: box.y * growth - drawnFrom.y * layout.zoom, h: box.h * growth,
            }));
            const [half, deep] = [container.clientWidth / 2, container.clientHeight / 2];
            const covered = camera.covered();
            return {
                count: boxes.length,
                overlap: over('#drawn').right - over('.steering').left,
                out: boxes.filter(({ x, y, w, h }) =>
                    Math.abs(x) + w / 2 > half || Math.abs(y) + h / 2 > deep).length,
                hidden: boxes.filter(({ x, y, w, h }) => covered.some((each) =>
                    Math.abs(each.x - x) * 2 < each.w + w
                    && Math.abs(each.y - y) * 2 < each.h + h)).length,
            };
        }"""
    )
    assert beyond.pop("count") > 5
    assert beyond.pop("overlap") <= 0
    assert beyond == {"out": 0, "hidden": 0}


def test_the_number_at_a_hub_opens_what_stands_around_it_in_its_place(
    open_page: Open, page: str
) -> None:
    ids, pairs = treaties()
    groups = group_around_hubs(ids, pairs)
    opened = open_page(page, hash="#?")
    opened.page.mouse.click(
        *opened.at(
            "(() => { const { badges, scale } = actorKg.picture.layout;"
            " const { box } = badges.find(({ id }) => id === 'state-01');"
            " return [box.x / scale, box.y / scale]; })()"
        )
    )
    opened.page.wait_for_function("() => actorKg.state.opened.length > 0")
    around = {id for id, hub in groups.items() if hub == "state-01"}
    assert len(around) > 10
    assert shown(opened) == set(groups.values()) | around
    assert "open=state-01" in opened.hash
    hubs_with_numbers = dict(opened.page.evaluate("actorKg.visibility.foldedCounts()"))
    assert "state-01" not in hubs_with_numbers


def test_a_chosen_thing_has_a_layout_of_its_own_with_all_that_it_is_tied_to(
    open_page: Open, page: str
) -> None:
    _, pairs = treaties()
    opened = open_page(page, hash="#thing/state-01")
    tied = {treaty for state, treaty in pairs if state == "state-01"}
    assert shown(opened) == tied | {"state-01"}
    middle = opened.page.evaluate("actorKg.picture.layout.boxes.get('state-01')")
    assert (middle["x"], middle["y"]) == (0, 0)
    unnamed = opened.page.evaluate(UNNAMED)
    assert len(unnamed) <= len(tied) * 0.2


def test_what_is_found_behind_a_hub_comes_into_sight(open_page: Open, page: str) -> None:
    opened = open_page(page, hash="#?at=-4000,-4000,2")
    opened.page.emulate_media(reduced_motion="reduce")
    assert "treaty-007" not in shown(opened)
    opened.page.fill("#find", "treaty-007")
    opened.page.keyboard.press("Enter")
    opened.shows("Treaty-007")
    assert "treaty-007" in shown(opened)
    assert opened.page.evaluate("actorKg.picture.camera.sees(['treaty-007'])")


def test_a_thing_with_more_ties_than_can_be_drawn_says_so(open_page: Open, page: str) -> None:
    opened = open_page(page, hash="#thing/power")
    assert len(shown(opened)) == 121
    assert "the table has all" in opened.page.locator("#drawn").inner_text()


def test_lines_between_hubs_count_what_is_tied_to_both(open_page: Open, page: str) -> None:
    _, pairs = treaties()
    opened = open_page(page, hash="#?")
    bundles = opened.page.evaluate("actorKg.visibility.bundles()")
    assert bundles
    treaties_of: dict[str, set[str]] = {}
    for state, treaty in pairs:
        treaties_of.setdefault(state, set()).add(treaty)
    hubs = shown(opened)
    for bundle in bundles:
        both = treaties_of[bundle["from"]] & treaties_of[bundle["to"]]
        assert bundle["count"] == len(both - hubs)


def test_a_large_picture_that_filters_make_small_is_drawn_whole(open_page: Open, page: str) -> None:
    opened = open_page(page, hash="#?only=look:State")
    assert shown(opened) == {id for id in treaties()[0] if not id.startswith("treaty")}


def test_a_single_relation_can_be_shown_alone_by_its_name(open_page: Open) -> None:
    opened = open_page(example(), hash="#?")
    relation = opened.page.evaluate(
        "actorKg.TIES.find(({ label }) => label === 'is side in').relation"
    )
    opened.page.locator('[data-section="relation"] summary').click()
    entry = opened.page.locator('[data-section="relation"] .entry', has_text="is side in")
    entry.locator("input").press("Enter")
    ties = opened.page.evaluate("actorKg.visibility.shownTies().map(({ label }) => label)")
    assert set(ties) == {"is side in"}
    assert f"only=relation:{relation}" in unquote(opened.hash)
    assert entry.locator(".count").inner_text() == str(len(ties))


def test_a_class_of_those_that_look_alike_can_be_hidden(open_page: Open) -> None:
    nodes = [
        replace(node, type="visit") if node.id.startswith("visit") else node
        for node in example().nodes
    ]
    opened = open_page(replace(example(), nodes=tuple(nodes)), hash="#?")
    opened.page.locator('[data-section="class"] summary').click()
    entry = opened.page.locator('[data-section="class"] .entry', has_text="visit")
    assert entry.locator(".count").inner_text() == "1"
    entry.locator("input").click()
    types = opened.page.evaluate(
        "actorKg.visibility.shownThings().map((id) => actorKg.thingOf(id).type)"
    )
    assert "meeting" in types
    assert "visit" not in types
    assert len(types) == len(nodes) - 1
