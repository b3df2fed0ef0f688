"""Layouts that say something: poles apart amid what belongs to them, pacts above the axis, disputes
below it, events by time.
"""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest
from pictures import example, read_example
from readback import quads_of

from kg.dates import Day
from kg.page import sizes, style
from kg.query.saved import parse_saved_query
from kg.rdf.writer import turtle_bytes
from kg.reading import Reading
from kg.site.pages import picture_of
from kg.view.blocs import find_blocs
from kg.viz.layout import LayoutKind, Plan, place_things, possible_kind

REPOSITORY = Path(__file__).resolve().parent.parent
STYLE = style("style.yaml", (REPOSITORY / "viz" / "style.yaml").read_bytes())
PICTURE = example()
IDS = [node.id for node in PICTURE.nodes]
PAIRS = [(tie.source, tie.target) for tie in PICTURE.ties]
SIZES = sizes(PICTURE, STYLE)
BLOCS = {
    pole: frozenset(
        {pole, *(t.source for t in PICTURE.ties if t.target == pole and t.label in own)}
    )
    for own in [("acts for", "is court of")]
    for pole in ("japan", "south-korea", "united-states", "china")
}
ABOVE = frozenset(node.id for node in PICTURE.nodes if "Pact" in node.classes)
BELOW = frozenset(node.id for node in PICTURE.nodes if "Dispute" in node.classes)
PLAN = Plan(LayoutKind.BLOCS, BLOCS, ABOVE, BELOW)


@pytest.fixture(scope="module")
def places() -> dict[str, tuple[int, int]]:
    return place_things(IDS, PAIRS, SIZES, plan=PLAN)


@pytest.fixture(scope="module")
def built() -> Reading:
    return read_example()


def test_regions_of_poles_stand_apart_and_hold_nothing_else(
    places: dict[str, tuple[int, int]],
) -> None:
    boxes = {}
    for pole, ids in BLOCS.items():
        xs, ys = zip(*(places[id] for id in ids), strict=True)
        boxes[pole] = (min(xs), min(ys), max(xs), max(ys))
    for (left, top, right, bottom), other in combinations(boxes.values(), 2):
        assert right < other[0] or other[2] < left or bottom < other[1] or other[3] < top
    for pole, (left, top, right, bottom) in boxes.items():
        inside = {id for id, (x, y) in places.items() if left < x < right and top < y < bottom}
        assert inside <= BLOCS[pole], pole


def test_pacts_stand_above_the_axis_and_disputes_below_it(
    places: dict[str, tuple[int, int]],
) -> None:
    axis = places["japan"][1]
    assert places["south-korea"][1] == axis
    assert all(places[id][1] < axis for id in ABOVE)
    assert all(places[id][1] > axis for id in BELOW)
    assert places["japan"][0] < places["gsomia"][0] < places["south-korea"][0]


def test_no_name_covers_another_among_blocs(places: dict[str, tuple[int, int]]) -> None:
    covering = [
        (one, other)
        for one, other in combinations(IDS, 2)
        if all(
            abs(places[one][axis] - places[other][axis]) + 2
            < (SIZES[one][axis] + SIZES[other][axis]) / 2
            for axis in (0, 1)
        )
    ]
    assert covering == []


def test_events_stand_in_the_order_of_their_days() -> None:
    events = sorted(node.id for node in PICTURE.nodes if "Event" in node.classes)
    days = {id: Day(2019, 11, number // 2 + 1) for number, id in enumerate(events)}
    found = place_things(IDS, PAIRS, SIZES, plan=Plan(LayoutKind.TIME, days=days))
    for one, other in combinations(events, 2):
        if days[one] < days[other]:
            assert found[one][0] <= found[other][0]


def test_plans_are_followed_whatever_order_things_come_in(
    places: dict[str, tuple[int, int]],
) -> None:
    backwards = [(other, one) for one, other in reversed(PAIRS)]
    assert place_things(reversed(IDS), backwards, SIZES, plan=PLAN) == places


def test_what_cannot_be_laid_out_as_wished_is_free() -> None:
    assert possible_kind(Plan(LayoutKind.TIME), IDS) is LayoutKind.FREE
    assert possible_kind(Plan(LayoutKind.BLOCS, {"japan": BLOCS["japan"]}), IDS) is LayoutKind.FREE
    alone = {pole: frozenset({pole}) for pole in BLOCS}
    assert possible_kind(Plan(None, alone), IDS) is LayoutKind.FREE
    assert possible_kind(Plan(None, BLOCS), IDS) is LayoutKind.BLOCS
    assert possible_kind(Plan(LayoutKind.FREE, BLOCS), IDS) is LayoutKind.FREE


def test_a_view_says_how_its_things_stand() -> None:
    text = "# title: t\n# question: q?\n# layout: time\n# poles: japan, gov-us\nSELECT * {}"
    view = parse_saved_query("v", text)
    assert (view.layout, view.poles, view.problems) == ("time", ("japan", "gov-us"), ())
    (problem,) = parse_saved_query("v", text.replace("time", "tine")).problems
    assert problem.message == "unknown layout 'tine'"
    assert "time" in problem.hint


def test_what_acts_for_a_state_or_holds_an_office_there_is_of_its_bloc(built: Reading) -> None:
    picture = picture_of(built, "actors")
    blocs = {bloc.pole: set(bloc.things) for bloc in picture.blocs}
    assert {"japan", "gov-japan", "mofa-japan", "kono", "takizaki"} <= blocs["japan"]
    assert {"gov-south-korea", "moon", "supreme-court-south-korea"} <= blocs["south-korea"]
    assert not blocs["japan"] & blocs["south-korea"]
    # To be based somewhere, or tied to it in any other way, is not to belong to it.
    assert not any("us-soldiers-in-japan" in each for each in blocs.values())
    assert [bloc.pole for bloc in picture.blocs][:2] == ["south-korea", "japan"]


def test_without_poles_of_its_own_a_view_has_all_states(built: Reading) -> None:
    blocs = find_blocs(["kono", "moon", "jeong", "g20"], (), built)
    assert [bloc.pole for bloc in blocs] == ["south-korea", "japan"]


def test_a_short_label_is_drawn_and_stands_in_the_graph(built: Reading) -> None:
    node = next(n for n in picture_of(built, "actors").nodes if n.id == "mofa-japan")
    assert (node.label, node.drawn_name) == ("Foreign Ministry of Japan", "Foreign Ministry")
    assert (
        'kg:shortLabel "Foreign Ministry"'
        in turtle_bytes(quads_of(built), built.ontology.prefixes).decode()
    )
