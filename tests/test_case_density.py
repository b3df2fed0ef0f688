"""Many ties between two and around one: each can be told apart, and nothing covers a name."""

from __future__ import annotations

from itertools import combinations
from typing import Any

from readings import reading, said, world

from kg.page.html import sizes
from kg.reading import Reading
from kg.site.pages import picture_of
from kg.view.network import network
from kg.viz.layout.layout import place_graph
from kg.viz.style import Style

HUB = (
    "International Provisional Coordinating Secretariat for the Preparatory Commission on the "
    "Establishment of the Intergovernmental Working Party"
)
MEMBERS = [f"p{number}" for number in range(40)]
VISITS = [
    said(one, "visits", other, id=f"{one}-{year}", when=str(year))
    for year in range(2010, 2050)
    for one, other in (("alpha", "beta"), ("beta", "alpha"))
]


def dense() -> Reading:
    """Two states with 80 visits, and an organisation of a long name with 40 members."""
    people = {id: {"type": "Person", "label": f"Person {id} of a long name"} for id in MEMBERS}
    actors: dict[str, Any] = {"hub": {"type": "Organization", "label": HUB}, **people}
    members = [said(id, "memberOf", "hub") for id in MEMBERS]
    return reading(world(*VISITS, *members, actors=actors))


def test_eighty_ties_of_two_are_all_there_each_with_words_of_its_own() -> None:
    picture = picture_of(dense(), "everything")
    ties = [tie for tie in picture.ties if {tie.source, tie.target} == {"alpha", "beta"}]
    assert {tie.assertion for tie in ties} == {a["id"] for a in VISITS}
    told = {(tie.statement.sentence, str(tie.statement.detail("when"))) for tie in ties}
    assert len(told) == 80


def test_a_hub_of_forty_with_a_long_name_covers_nobody_and_moves_nothing_by_itself() -> None:
    picture = picture_of(dense(), "everything")
    [hub] = [node for node in picture.nodes if node.id == "hub"]
    assert hub.label == HUB
    shown = sizes(picture, Style())
    found = place_graph(network(picture), shown)
    assert {*MEMBERS, "hub"} <= found.keys()
    for one, other in combinations(sorted(found), 2):
        apart = [abs(found[one][axis] - found[other][axis]) for axis in (0, 1)]
        need = [(shown[one][axis] + shown[other][axis]) / 2 for axis in (0, 1)]
        assert apart[0] >= need[0] or apart[1] >= need[1], (one, other)
    assert place_graph(network(picture), shown) == found
