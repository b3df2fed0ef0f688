"""A view is a pyvis network: what is changed in it is changed on its page, and every line leads to
words that say so.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pictures import read_example, view_page
from pyvis.network import Network
from readback import records
from test_page import told

from kg import Graph, load
from kg.diagnostics import KgError
from kg.page.network import ViewNetwork


@pytest.fixture(scope="module")
def graph(repository: Path) -> Graph:
    return load(repository)


@pytest.fixture
def view(graph: Graph) -> ViewNetwork:
    return graph.view("gsomia")


def table(view: ViewNetwork, name: str) -> list[dict[str, Any]]:
    return records(told(view.generate_html())[name])


def node_of(view: ViewNetwork, id: str) -> dict[str, Any]:
    return dict(next(each for each in table(view, "things") if each["id"] == id))


def test_a_view_is_a_pyvis_network_whose_page_is_that_of_a_build(
    view: ViewNetwork, graph: Graph, repository: Path
) -> None:
    assert isinstance(view, Network)
    assert view.generate_html() == view_page(read_example(), "gsomia")
    assert {"id", "label", "shape", "group", "title", "x", "y"} <= view.get_node("japan").keys()
    assert {edge["assertion"] for edge in view.edges} <= graph.corpus.assertions.keys()


def test_labels_places_looks_and_the_title_can_be_changed(view: ViewNetwork) -> None:
    view.get_node("japan").update(label="Nippon", x=7, y=-7, shape="star", group="Person")
    view.heading = "Another title"
    japan = node_of(view, "japan")
    assert (japan["lines"], japan["x"], japan["y"]) == ("Nippon", 7, -7)
    assert (japan["shape"], japan["group"], japan["label"]) == ("star", "Person", "Japan")
    page = view.generate_html()
    assert '<h1><bdi dir="auto">Another title</bdi></h1>' in page
    assert "--look-Person-fill" in page


@pytest.mark.parametrize(("field", "value"), [("shape", "cloud"), ("group", "Nobody")])
def test_a_look_that_no_page_can_draw_is_refused(view: ViewNetwork, field: str, value: str) -> None:
    view.get_node("japan")[field] = value
    with pytest.raises(KgError, match=f"'japan' has the {field} '{value}'"):
        view.generate_html()


def test_what_no_page_shows_is_refused_and_not_left_out(view: ViewNetwork) -> None:
    view.get_node("japan")["color"] = "#ff0000"
    with pytest.raises(KgError, match="'japan' has 'color', which no page shows"):
        view.generate_html()
    del view.get_node("japan")["color"]
    view.edges[0]["width"] = 9
    with pytest.raises(KgError, match="has 'width', which no page shows"):
        view.generate_html()
    for method in (view.barnes_hut, view.show_buttons):
        with pytest.raises(KgError, match="a page does not take its"):
            method()


def test_options_of_vis_network_are_those_of_the_page(view: ViewNetwork, graph: Graph) -> None:
    view.set_options('var options = {"interaction": {"zoomSpeed": 2}}')
    options = told(view.generate_html())["options"]
    assert (options["interaction"]["zoomSpeed"], options["interaction"]["dragNodes"]) == (2, True)
    another = told(graph.view("gsomia").generate_html())["options"]
    assert another["interaction"]["zoomSpeed"] == 0.6


def test_things_and_ties_can_be_taken_away(view: ViewNetwork) -> None:
    ties = len(view.edges)
    view.nodes = [node for node in view.nodes if node["id"] != "japan"]
    left = [edge for edge in view.edges if "japan" not in (edge["from"], edge["to"])]
    assert len(table(view, "ties")) == len(left) < ties
    assert "japan" not in {thing["id"] for thing in table(view, "things")}
    view.edges = left[1:]
    assert len(table(view, "ties")) == len(left) - 1
    assert told(view.generate_html())["story"] is None


def test_a_tie_of_the_graph_can_be_added_with_its_thing(view: ViewNetwork) -> None:
    drawn = {node["id"] for node in view.nodes}
    relations = view.background.reading.graph_corpus
    added = next(
        a
        for a in relations.assertions.values()
        if a.subject.id in drawn
        and a.object_key in relations.things
        and a.object_key not in drawn
        and not a.rule
    )
    view.add_node(added.object_key, x=3, y=4)
    view.add_edge(added.subject.id, added.object_key, assertion=added.id, label="so to say")
    cards = table(view, "cards")
    tie = next(each for each in table(view, "ties") if cards[each["card"]]["id"] == added.id)
    assert tie["label"].endswith("(so to say)")
    thing = node_of(view, added.object_key)
    assert (thing["x"], thing["y"]) == (3, 4)


def test_what_the_graph_does_not_say_is_refused(view: ViewNetwork) -> None:
    with pytest.raises(KgError, match="nothing is not an assertion"):
        view.add_edge("japan", "south-korea")
    with pytest.raises(KgError, match="invented is not an assertion"):
        view.add_edge("japan", "south-korea", assertion="invented")
    with pytest.raises(KgError, match="is neither what assertion"):
        view.add_edge("japan", "moon", assertion="japan-party")
    with pytest.raises(KgError, match="nothing here is called 'atlantis'"):
        view.add_node("atlantis")
    view.edges[0]["assertion"] = "invented"
    with pytest.raises(KgError, match="invented is not an assertion"):
        view.generate_html()


def test_show_writes_the_page(view: ViewNetwork, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    view.show(str(file), notebook=False)
    assert file.read_text("utf-8") == view.generate_html()
