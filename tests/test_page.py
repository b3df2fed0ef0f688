"""The page as a file: one that holds all it needs, the same bytes each time, and no way in for what
the data says.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from functools import cache
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import pytest
from colours import VISIONS, Triple, distance, seen
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape
from pictures import CLASSES, example, parallel, picture_of
from readback import records

from kg.diagnostics import KgError
from kg.page import Style, read_style, render_view, sizes, style
from kg.page.data import for_script
from kg.page.html import MOST_ROWS
from kg.page.labels import MOST_COLUMNS, lines
from kg.status.status import Status
from kg.text import width
from kg.view.network import network
from kg.view.picture import Node, Picture
from kg.viz.layout.layout import place_graph

REPOSITORY = Path(__file__).resolve().parent.parent
STYLE = style("style.yaml", (REPOSITORY / "viz" / "style.yaml").read_bytes())

HOSTILE = (
    "<script>alert(1)</script>",
    "</script><img src=x onerror=alert(1)>",
    "{{ 7*7 }} {% raw %}",
    "<!--<script>",
    "\u202egnp.exe",
    "a" + "\u0301" * 400,
    "x" * 20_000,
    "quo\"te and 'quote' & co",
    "line\u2028separator",
    "__proto__",
)


def made(picture: Picture, look: Style) -> str:
    """The page of a picture, laid out anew."""
    return render_view(
        picture, place_graph(network(picture), sizes(picture, look), picture.centre), look
    )


@cache
def drawn(picture: Picture) -> str:
    """The page of a picture in the example's style, made once."""
    return made(picture, STYLE)


def hostile_picture() -> Picture:
    """Things with hostile names, each tied to the next by a tie with a hostile name."""
    nodes = tuple(
        Node(f"n{number}", label, (label,), label, ("Person",))
        for number, label in enumerate(HOSTILE)
    )
    ties = [(one.id, one.label, other.id, "attributed") for one, other in pairwise(nodes)]
    shown = picture_of(nodes, ties)
    return replace(
        shown,
        title=HOSTILE[0],
        question=HOSTILE[1],
        dataset=HOSTILE[2],
        licence="javascript:alert(1)",
    )


def told(text: str) -> dict[str, Any]:
    """What a page tells its scripts."""
    found = re.search('<script type="application/json" id="data">(.*?)</script>', text, re.DOTALL)
    assert found
    told = json.loads(found[1])
    assert isinstance(told, dict)
    return told


def table(text: str, name: str) -> list[dict[str, Any]]:
    """The things, ties, cards or sources that a page tells its scripts."""
    return records(told(text)[name])


def test_a_page_is_one_file_that_names_no_other() -> None:
    text = drawn(example())
    outside_scripts = re.sub("<script.*?</script>", "", text, flags=re.DOTALL)
    assert not re.search(
        r"<(?:script|img|link|iframe)[^>]*(?:src|href)=(?!\"data:)", outside_scripts
    )
    assert not re.search(r"@import|url\(", text.split("</style>")[0])
    assert "sourceMappingURL" not in text


def test_the_policy_allows_the_pages_own_scripts_and_styles_and_nothing_else() -> None:
    text = drawn(hostile_picture())
    found = re.search('http-equiv="Content-Security-Policy" content="([^"]*)"', text)
    assert found
    rules = dict(rule.split(" ", 1) for rule in html.unescape(found[1]).split("; ") if " " in rule)
    assert rules["default-src"] == "'none'"
    for kind in ("script", "style"):
        inside = re.findall(f"<{kind}>(.*?)</{kind}>", text, re.DOTALL)
        hashes = [
            base64.b64encode(hashlib.sha256(code.encode()).digest()).decode() for code in inside
        ]
        assert rules[f"{kind}-src"].split() == [f"'sha256-{each}'" for each in hashes]
    assert not re.search(
        r"<[^>]+\s(?:style|on\w+)=", re.sub("<script.*?</script>", "", text, flags=re.DOTALL)
    )


def test_hostile_names_are_text_wherever_they_stand() -> None:
    text = drawn(hostile_picture())
    assert len(re.findall("<script", text)) == len(re.findall("<script", drawn(parallel(1))))
    assert "<img" not in text
    assert "javascript:alert(1)</a>" not in text
    assert 'href="javascript:' not in text
    assert "49 " not in re.sub("<script.*?</script>", "", text, flags=re.DOTALL)
    assert sorted(thing["label"] for thing in table(text, "things")) == sorted(HOSTILE)


@given(st.text())
def test_no_text_ends_a_script(text: str) -> None:
    written = for_script([text])
    assert not set(written) & set("<>&\u2028\u2029")
    assert json.loads(written) == [text]


@given(st.text(max_size=600))
def test_a_drawn_name_has_at_most_three_short_lines_without_controls(label: str) -> None:
    found = lines(label)
    assert 1 <= len(found) <= 3
    assert all(width(line) <= MOST_COLUMNS for line in found)
    assert not re.search(
        "[\u0000-\u001f\u202a-\u202e\u2066-\u2069]|[\u0300-\u036f]{4}", "".join(found)
    )


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("Japan", ("Japan",)),
        ("Government of South Korea", ("Government of", "South Korea")),
        (
            "South Korea's decision to hold off leaving GSOMIA",
            ("South Korea's", "decision to hold", "off leaving GSOMIA"),
        ),
        (
            "Removal of South Korea from the list of favoured trading partners that Japan keeps",
            ("Removal of South Korea", "from the list of", "favoured trading partne…"),
        ),
        ("日韓秘密軍事情報保護協定", ("日韓秘密軍事情報保護協定",)),
        # Where a line ends within a word, a mark that is not drawn says that no space stands there.
        ("特定秘密の保護に関する有識者会議", ("特定秘密の保護に\u200b", "関する有識者会議")),
        (
            "Krzysztof Wojciechowski-Brzęczyszczykiewicz",
            ("Krzysztof Wojciechowski-\u200b", "Brzęczyszczykiewicz"),
        ),
        # A mark alone behind a hyphen has no width.
        (f"{24 * 'a'}-\u0301", (f"{14 * 'a'}\u200b", f"{10 * 'a'}-\u0301")),
        ("", ("?",)),
    ],
)
def test_a_name_is_broken_where_it_looks_best(label: str, expected: tuple[str, ...]) -> None:
    assert lines(label) == expected


@pytest.mark.parametrize("seed", ["1", "2"])
def test_two_builds_are_alike_to_the_byte_whatever_the_hash_seed(seed: str) -> None:
    program = (
        "from test_page import *\nimport sys\nsys.stdout.buffer.write(drawn(example()).encode())"
    )
    paths = f"{REPOSITORY}{os.pathsep}{REPOSITORY / 'tests'}"
    environment = os.environ | {
        "PYTHONHASHSEED": seed,
        "PYTHONPATH": paths,
        "LC_ALL": "C",
        "TZ": "Asia/Seoul",
    }
    ran = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, check=True
    )
    assert ran.stdout == drawn(example()).encode()


def test_the_table_the_lines_and_the_legend_count_the_same_ties() -> None:
    text = drawn(example())
    ties = len(example().ties)
    assert len(table(text, "ties")) == text.count("<tr data-tie=") == ties
    counts = [
        int(count) for count in re.findall(r'data-kind="status".*?class="count">(\d+)<', text)
    ]
    assert sum(counts) == ties


def test_a_reader_without_scripts_finds_every_status_and_citation_in_the_table() -> None:
    outside_scripts = re.sub("<script.*?</script>", "", drawn(example()), flags=re.DOTALL)
    for word in (
        "accepted",
        "attributed",
        "contested",
        "denial",
        "planned",
        "opinion",
        "withdrawn",
        "superseded",
    ):
        assert f'">{word}</span></td>' in outside_scripts
    assert outside_scripts.count("paragraphs 4, 16") == len(example().ties)
    assert "denies that" in outside_scripts


@pytest.mark.parametrize(("count", "rows"), [(MOST_ROWS, MOST_ROWS), (MOST_ROWS + 1, MOST_ROWS)])
def test_of_very_many_ties_the_table_holds_the_first_and_says_how_many_more_there_are(
    count: int, rows: int
) -> None:
    text = drawn(parallel(count))
    assert text.count("<tr data-tie=") == rows
    assert len(table(text, "ties")) == count
    assert (
        "The first 1,500 of 1,501 rows. Where scripts may run, 1 more can be seen." in text
    ) == (count > rows)


def test_an_empty_picture_is_a_page_that_says_so() -> None:
    text = drawn(Picture("empty", "Nothing yet", "Is there anything?"))
    assert "There are no claims here" in text
    assert "0 names, 0 claims" in text


def test_a_class_looks_like_its_nearest_ancestor_with_a_look_and_any_other_has_its_own() -> None:
    assert STYLE.look(("Ministry", "GovernmentBody", "Organization", "Actor")).name == "Actor"
    assert STYLE.look(("Treaty", "Agreement", "Pact")).shape == "box"
    assert STYLE.look(("Comet",)).plural == "Comets"
    own = {node.classes[0] for node in example().nodes}
    plain = made(example(), Style())
    assert [plain.count(f'class="sample look-{name}"') for name in own] == [1] * len(own)


@pytest.mark.parametrize(
    ("written", "place", "message"),
    [
        ("clases: {}", "1:1", "unknown key 'clases'"),
        ("classes: [State]", "1:10", "names with their looks are expected here"),
        ("classes:\n  State: {light: {fill: red}}", "2:10", "dark is missing here"),
        ("classes:\n  State:\n    shape: bocks\n    light: &a {}", "4:12", "anchor"),
        ("families:\n  PactTie: {light: teal, dark: '#112233'}", "2:20", "'teal' is not a colour"),
        ("statuses:\n  denial: {dash: [9, x]}", "2:22", "'x' is not a number"),
        ("statuses:\n  denial: {end: blob}", "2:17", "'blob' is none of arrow, bar, circle, vee"),
        ("statuses:\n  contested: {dash: []}", "2:21", "it would look like what is accepted"),
        ("statuses:\n  opinion: {dash: [9, 0]}", "2:19", "it would look like what is accepted"),
        ("statuses:\n  denied: {width: 2}", "2:3", "'denied' is no status"),
        ("classes:\n  'a b': {}", "2:3", "is not a name"),
        ("- a\n- b: c: d", "2:7", "not YAML"),
        ("", "1:1", "holds nothing"),
    ],
)
def test_a_mistake_in_the_style_is_named_with_its_place(
    written: str, place: str, message: str
) -> None:
    with pytest.raises(KgError, match=rf"^viz/style\.yaml:{place}: .*{message}") as caught:
        style("viz/style.yaml", written.encode())
    assert caught.value.exit_code == 1


@pytest.mark.parametrize("look", [Style(), style("viz/style.yaml", b"statuses: {contested: {}}")])
def test_whatever_the_style_only_what_is_accepted_has_an_unbroken_line(look: Style) -> None:
    assert {each for each in Status if not look.line(each.value).dash} == {Status.ACCEPTED}


def test_all_mistakes_of_a_style_are_found_in_one_reading() -> None:
    _, found = read_style(
        "viz/style.yaml", b"clases: {}\nfamilies:\n  PactTie: {light: teal, dark: blue}\n"
    )
    assert [diagnostic.span.line for diagnostic in found] == [1, 3, 3]


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_colours_can_be_told_from_what_they_stand_on(theme: str) -> None:
    css = (REPOSITORY / "kg" / "page" / "colours.css").read_text("utf-8")
    grounds = re.findall(r"--ground: (#[0-9a-f]{6})", css)
    ground = grounds[theme == "dark"]
    for look in STYLE.looks.values():
        colours = getattr(look, theme)
        assert contrast(colours.line, ground) >= 3, look.name
        if look.shape == "box":
            assert contrast(colours.text, colours.fill) >= 4.5, look.name
    for family in STYLE.families.values():
        assert contrast(getattr(family, theme), ground) >= 3, family.name


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("vision", VISIONS)
def test_colours_of_families_are_told_apart_by_people_who_lack_one_kind_of_cones(
    theme: str, vision: str
) -> None:
    colours = {family.name: getattr(family, theme) for family in STYLE.families.values()}
    for one, other in combinations(colours, 2):
        apart = distance(seen(colours[one], vision), seen(colours[other], vision))
        assert apart >= 10, (one, other)


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, -1.3802, -84.2814), (50, 0, -82.7485), 1.0),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
        ((22.7233, 20.0904, -46.6940), (23.0331, 14.9730, -42.5619), 2.0373),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_the_distance_of_colours_is_that_of_the_standards_test_pairs(
    one: Triple, other: Triple, apart: float
) -> None:
    assert abs(distance(one, other) - apart) < 0.0001


def test_each_family_has_a_mark_of_its_own_beside_its_colour() -> None:
    marks = [family.mark for family in STYLE.families.values()]
    assert len(set(marks)) == len(marks)
    told_marks = told(drawn(example()))["marks"]
    assert told_marks == {
        family.name: family.mark
        for family in STYLE.families.values()
        if family.mark != "none" and family.name != "BusinessTie"
    }


def test_thousands_stand_apart() -> None:
    assert "2 names, 1,500 claims" in drawn(parallel(1500))
    many = [Node(f"n{number}", "A", (), "state", CLASSES["State"]) for number in range(1200)]
    assert "1,200 names, 0 claims" in drawn(picture_of(many, []))


def test_a_text_is_escaped_even_where_markup_that_reads_alike_was_kept() -> None:
    assert escape(Markup("<b>")) == "<b>"
    assert escape("<b>") == "&lt;b&gt;"
