"""Where things stand: the same for the same picture, apart from each other, and its centre in the
middle.
"""

from __future__ import annotations

import math
import os
import subprocess
import sys
from itertools import combinations
from pathlib import Path

import networkx
import pytest
from pictures import example, parallel

from kg.page import sizes, style
from kg.view.network import network
from kg.viz.layout.layout import place_graph

REPOSITORY = Path(__file__).resolve().parent.parent
STYLE = style("style.yaml", (REPOSITORY / "viz" / "style.yaml").read_bytes())
SIZES = sizes(example(), STYLE)


def graph_of(*edges: str) -> networkx.MultiDiGraph[str]:
    """A graph from edges such as ``ab``."""
    graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    graph.add_edges_from((edge[0], edge[1]) for edge in edges)
    return graph


def alike(graph: networkx.MultiDiGraph[str]) -> dict[str, tuple[float, float]]:
    return dict.fromkeys(graph, (80.0, 30.0))


def test_every_thing_stands_on_a_whole_pixel() -> None:
    found = place_graph(network(example()), SIZES)
    assert set(found) == {node.id for node in example().nodes}
    assert all(type(x) is int and type(y) is int for x, y in found.values())


def test_the_order_in_which_things_and_ties_come_does_not_matter() -> None:
    graph = network(example())
    backwards: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    backwards.add_nodes_from(reversed(list(graph)))
    backwards.add_edges_from(reversed([(target, source) for source, target in graph.edges()]))
    assert place_graph(backwards, SIZES) == place_graph(graph, SIZES)


@pytest.mark.parametrize("threads", ["1", "2"])
def test_places_are_the_same_in_another_process(threads: str) -> None:
    program = (
        "from test_layout import *\n"
        "print(sorted(place_graph(network(example('gsomia')), SIZES, 'gsomia').items()))"
    )  # fmt: skip
    environment = os.environ | {
        "PYTHONHASHSEED": threads,
        "OPENBLAS_NUM_THREADS": threads,
        "PYTHONPATH": f"{REPOSITORY}{os.pathsep}{REPOSITORY / 'tests'}",
    }
    ran = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == str(
        sorted(place_graph(network(example("gsomia")), SIZES, "gsomia").items())
    )


def test_no_name_covers_another_on_the_example() -> None:
    found = place_graph(network(example()), SIZES)
    for one, other in combinations(sorted(found), 2):
        apart = [abs(found[one][axis] - found[other][axis]) for axis in (0, 1)]
        need = [(SIZES[one][axis] + SIZES[other][axis]) / 2 for axis in (0, 1)]
        assert apart[0] >= need[0] or apart[1] >= need[1], (one, other)


def test_few_ties_run_over_things_that_they_do_not_tie() -> None:
    found = place_graph(network(example()), SIZES)
    over = 0
    for tie in example().ties:
        for id, (x, y) in found.items():
            if id not in (tie.source, tie.target):
                (x1, y1), (x2, y2) = found[tie.source], found[tie.target]
                steps = [(x1 + (x2 - x1) * t / 50, y1 + (y2 - y1) * t / 50) for t in range(51)]
                over += any(abs(px - x) < 10 and abs(py - y) < 10 for px, py in steps)
    # Circles at random would give more than a hundred.
    assert over <= 12


def test_the_centre_stands_at_the_origin() -> None:
    assert place_graph(network(example("gsomia")), SIZES, "gsomia")["gsomia"] == (0, 0)


def test_without_a_centre_the_whole_is_centred() -> None:
    found = place_graph(network(example()), SIZES)
    assert abs(min(x for x, _ in found.values()) + max(x for x, _ in found.values())) < 120
    assert abs(min(y for _, y in found.values()) + max(y for _, y in found.values())) < 60


def test_parts_that_nothing_ties_stand_side_by_side() -> None:
    graph = graph_of("ab", "bc", "ca", "cd", "ef", "gh", "ij")
    found = place_graph(graph, alike(graph))
    boxes = []
    for part in ("abcd", "ef", "gh", "ij"):
        xs, ys = [found[id][0] for id in part], [found[id][1] for id in part]
        boxes.append((min(xs) - 40, min(ys) - 15, max(xs) + 40, max(ys) + 15))
    for one, other in combinations(boxes, 2):
        assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
    assert max(box[2] for box in boxes) - min(box[0] for box in boxes) < 3 * (
        max(box[3] for box in boxes) - min(box[1] for box in boxes)
    )


@pytest.mark.parametrize("count", [1, 2, 10])
def test_two_things_stand_far_enough_apart_for_all_their_ties(count: int) -> None:
    shown = parallel(count)
    found = place_graph(network(shown), sizes(shown, STYLE))
    assert abs(found["a"][0] - found["b"][0]) >= max(110, 26 * count)


def test_nothing_and_a_tie_to_itself_can_be_placed() -> None:
    assert place_graph(graph_of(), {}) == {}
    graph = graph_of("aa")
    assert place_graph(graph, alike(graph)) == {"a": (0, 0)}


def grown(count: int, parts: int = 1) -> networkx.MultiDiGraph[str]:
    """A graph with hubs: each thing is tied to one of the twelfth of things before it."""
    graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    each = count // parts
    graph.add_edges_from(
        (f"{part:04}-{child // 12:05}", f"{part:04}-{child:05}")
        for part in range(parts)
        for child in range(1, each)
    )
    return graph


@pytest.mark.parametrize(("count", "parts"), [(3000, 1), (3000, 6), (3000, 600), (401, 1)])
def test_however_many_things_and_parts_there_are_no_name_covers_another(
    count: int, parts: int
) -> None:
    graph = grown(count, parts)
    found = place_graph(graph, alike(graph))
    cells: dict[tuple[int, int], list[str]] = {}
    for id, (x, y) in found.items():
        cells.setdefault((x // 80, y // 30), []).append(id)
    for (column, row), here in cells.items():
        near = [
            id
            for dx in (-1, 0, 1)
            for dy in (-1, 0, 1)
            for id in cells.get((column + dx, row + dy), ())
        ]
        for one, other in ((one, other) for one in here for other in near if one < other):
            assert (
                abs(found[one][0] - found[other][0]) >= 80
                or abs(found[one][1] - found[other][1]) >= 30
            ), (
                one,
                other,
            )
    wide, high = (max(place[axis] for place in found.values()) * 2 for axis in (0, 1))
    assert 0.5 < wide / high < 2
    # Discs of hubs, which are never all open at once, lie as far apart as the widest needs.
    assert wide * high < count * 80 * 30 * 60


def test_in_a_large_part_things_stand_nearer_to_those_they_are_tied_to() -> None:
    graph = grown(3000)
    found = place_graph(graph, alike(graph))
    ties = [math.dist(found[one], found[other]) for one, other in graph.edges()]
    ids = sorted(found)
    any_two = [
        math.dist(found[one], found[other]) for one, other in zip(ids, ids[1111:], strict=False)
    ]
    assert sum(ties) / len(ties) < 0.2 * sum(any_two) / len(any_two)


def test_a_large_part_is_placed_alike_in_whatever_order_its_things_come() -> None:
    graph = grown(1000)
    backwards: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    backwards.add_edges_from(reversed([(target, source) for source, target in graph.edges()]))
    assert place_graph(backwards, alike(graph)) == place_graph(graph, alike(graph))
