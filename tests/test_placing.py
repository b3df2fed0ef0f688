"""Kept places: what is kept stays, what is new finds room beside it, and a file that cannot be read
says where.
"""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from itertools import combinations
from pathlib import Path

import pytest
from conftest import Kg
from hypothesis import given
from hypothesis import strategies as st
from pictures import example

from kg.page import sizes, style
from kg.view.network import network
from kg.viz.layout import place_things
from kg.viz.layout.layout import place_graph
from kg.viz.layout.settling import Sizes
from kg.viz.layoutfile import Places, layout_file, read_layout

REPOSITORY = Path(__file__).resolve().parent.parent
STYLE = style("style.yaml", (REPOSITORY / "viz" / "style.yaml").read_bytes())
SIZES = sizes(example(), STYLE)
IDS = sorted(node.id for node in example().nodes)
PAIRS = [(tie.source, tie.target) for tie in example().ties]
KEPT = place_graph(network(example()), SIZES)
FILE = "viz/x.layout.json"


def covering(found: Places, sizes: Sizes) -> list[tuple[str, str]]:
    """Pairs of things whose names lie on each other."""
    return [
        (one, other)
        for one, other in combinations(sorted(found), 2)
        if all(
            abs(found[one][axis] - found[other][axis]) < (sizes[one][axis] + sizes[other][axis]) / 2
            for axis in (0, 1)
        )
    ]


def test_what_is_kept_stays_when_ties_are_added() -> None:
    more = [*PAIRS, (IDS[0], IDS[-1]), (IDS[3], IDS[-2])]
    assert place_things(IDS, more, SIZES, "", KEPT) == KEPT


def test_where_nothing_is_kept_all_is_placed_anew() -> None:
    assert place_things(IDS, PAIRS, SIZES, "", {"of-another-picture": (5, 5)}) == KEPT


@given(st.sets(st.sampled_from(IDS), min_size=1, max_size=12))
def test_new_things_cover_nothing_and_move_nothing(new: set[str]) -> None:
    kept = {id: place for id, place in KEPT.items() if id not in new}
    found = place_things(IDS, PAIRS, SIZES, "", kept)
    assert {id: found[id] for id in kept} == kept
    assert set(found) == set(IDS)
    assert not [pair for pair in covering(found, SIZES) if new & set(pair)]


def test_a_new_thing_stands_near_what_it_is_tied_to() -> None:
    away = []
    for new in IDS:
        found = place_things(
            IDS, PAIRS, SIZES, "", {id: place for id, place in KEPT.items() if id != new}
        )
        near = [found[b if a == new else a] for a, b in PAIRS if new in (a, b)]
        middle = [sum(place[axis] for place in near) / len(near) for axis in (0, 1)]
        away.append(math.dist(found[new], middle))
    # The whole is about 800 pixels wide and high, and what stands between two states is crowded.
    assert max(away) < 350
    assert sorted(away)[len(away) // 2] < 130


def test_the_order_in_which_things_and_ties_come_does_not_matter() -> None:
    kept = dict(list(KEPT.items())[::2])
    backwards = [(b, a) for a, b in reversed(PAIRS)]
    assert place_things(reversed(IDS), backwards, SIZES, "", kept) == place_things(
        IDS, PAIRS, SIZES, "", kept
    )


def test_what_nothing_ties_to_kept_things_stands_below_them() -> None:
    alike = dict.fromkeys("abcdef", (80.0, 30.0))
    found = place_things(
        "abcdef", [("a", "b"), ("c", "d"), ("d", "e")], alike, "", {"a": (0, 0), "b": (200, 90)}
    )
    assert min(found[id][1] for id in "cdef") > 90 + 30
    assert not covering(found, alike)


def test_places_that_are_not_drawn_are_left_aside() -> None:
    assert place_things(
        "ab",
        [("a", "b")],
        dict.fromkeys("ab", (80.0, 30.0)),
        "a",
        {"a": (7, 8), "b": (300, 8), "z": (0, 0)},
    ) == {
        "a": (7, 8),
        "b": (300, 8),
    }


def test_a_file_says_one_thing_per_line_in_order_and_is_read_as_it_was_written() -> None:
    kept = {"b": (3, -4), "a": (0, 0), "日本": (5, 6)}
    data = layout_file(kept)
    assert data.decode() == '{\n  "a": [0, 0],\n  "b": [3, -4],\n  "日本": [5, 6]\n}\n'
    assert json.loads(data) == {id: list(place) for id, place in kept.items()}
    assert read_layout(FILE, data) == (kept, ())
    assert read_layout(FILE, layout_file({})) == ({}, ())


def test_what_a_hand_or_another_tool_writes_is_read_in_whole_pixels() -> None:
    assert read_layout(FILE, b'\xef\xbb\xbf{"a":[1.4,-2.6],\r\n "b": [1e2, 0]}') == (
        {"a": (1, -3), "b": (100, 0)},
        (),
    )


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("", "1:1"),
        ("{", "1:2"),
        ('{\n "a": [0, 0]\n "b": [1, 1]\n}', "3:2"),
        ("[]", "1:1"),
        ('\n "a"', "2:2"),
        ('{"a": [0]}', "1:2"),
        ('{"a": [0, 0],\n "b": {"x": 1, "y": 2}}', "2:2"),
        ('{"a": [0, "1"]}', "1:2"),
        ('{"a": [0, true]}', "1:2"),
        ('{"a": [0, null]}', "1:2"),
        ('{"a": [0, NaN]}', "1:2"),
        ('{"a": [0, -Infinity]}', "1:2"),
        ('{"a": [0, 1e999]}', "1:2"),
        ('{"a": [0, 1000001]}', "1:2"),
        ('{"a": [0, 0],\n "b": [1, 1],\n "a": [2, 2]}', "3:2"),
        ('{"\\u0061": [0, 0],\n "a": [2, 2]}', "2:2"),
        ("[" * 100_000, "1:1"),
        ('{"a": [0, ' + "9" * 5000 + "]}", "1:1"),
    ],
)
def test_a_mistake_is_found_where_it_stands(text: str, place: str) -> None:
    kept, found = read_layout(FILE, text.encode())
    assert kept == {}
    assert [(str(d.span), d.rule.code, bool(d.message and d.hint)) for d in found] == [
        (f"{FILE}:{place}", "KG507", True)
    ]


def test_what_is_no_utf8_is_told() -> None:
    assert [d.rule.code for d in read_layout(FILE, b'{"\xff": [0, 0]}')[1]] == ["KG001"]


def test_a_layout_is_kept_on_request_and_obeyed_from_then_on(workspace: Path, kg: Kg) -> None:
    file = workspace / "viz" / "gsomia.layout.json"
    file.unlink(missing_ok=True)
    assert kg("view", "gsomia", cwd=workspace).code == 0
    assert not file.exists()
    assert kg("view", "gsomia", "--keep-layout", cwd=workspace).code == 0
    kept = json.loads(file.read_text("utf-8"))
    gone = min(id for id in kept if id != "gsomia")
    by_hand = {id: place for id, place in kept.items() if id != gone} | {
        "gsomia": [777, 888],
        "nobody": [1, 1],
    }
    file.write_text(json.dumps(by_hand))
    assert kg("build", cwd=workspace).code == 0
    assert json.loads(file.read_text("utf-8")) == by_hand
    assert kg("view", "gsomia", "--keep-layout", cwd=workspace).code == 0
    again = json.loads(file.read_text("utf-8"))
    assert {id: again[id] for id in by_hand if id != "nobody"} == {
        id: by_hand[id] for id in by_hand if id != "nobody"
    }
    assert set(again) == set(kept)
    assert kg("view", "gsomia", "--keep-layout", "--new-layout", cwd=workspace).code == 0
    assert json.loads(file.read_text("utf-8")) == kept


def test_what_a_lens_hides_is_not_forgotten(workspace: Path, kg: Kg) -> None:
    answer = kg("view", "gsomia", "--keep-layout", "--known-by", "2019-11-16", cwd=workspace)
    assert answer.code == 2
    assert "lens" in answer.stderr


def test_a_bad_layout_stops_pages_but_no_question(workspace: Path, kg: Kg) -> None:
    (workspace / "viz" / "gsomia.layout.json").write_text('{"gsomia": [0]}')
    assert "viz/gsomia.layout.json:1:2" in kg("check", cwd=workspace).stdout
    answer = kg("view", "actors", cwd=workspace)
    assert answer.code == 1
    assert "KG507" in answer.stderr
    assert kg("query", "parties", cwd=workspace).code == 0


def test_pages_with_kept_places_are_made_without_the_library_that_places(workspace: Path) -> None:
    program = (
        "import sys\n"
        "from kg.cli import main\n"
        "assert main(['view', 'gsomia', '--keep-layout']) == 0\n"
        "assert 'numpy' in sys.modules\n"
    )
    again = "import sys\nfrom kg.cli import main\nassert main(['view', 'gsomia']) == 0\n"
    again += "assert 'numpy' not in sys.modules\n"
    (workspace / "viz" / "gsomia.layout.json").unlink(missing_ok=True)
    for text in (program, again):
        environment = os.environ | {"PYTHONPATH": str(REPOSITORY)}
        subprocess.run(
            [sys.executable, "-c", text],
            cwd=workspace,
            env=environment,
            check=True,
            capture_output=True,
        )


def test_a_thing_that_is_renamed_keeps_its_place(workspace: Path, kg: Kg) -> None:
    file = workspace / "viz" / "actors.layout.json"
    before = json.loads(file.read_text("utf-8"))
    answer = kg("rename", "japan", "nippon", cwd=workspace)
    assert answer.code == 0, answer.stderr
    assert json.loads(file.read_text("utf-8")) == {
        ("nippon" if id == "japan" else id): before[id] for id in before
    }
