"""A view as a pyvis network, which renders itself as our page.

What is changed in the network is changed on the page: where things stand, what they are called and
how they look, which of them and which ties there are. Every tie stays one that the graph tells.
"""

from __future__ import annotations

import html
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from pyvis.network import Network

from kg.diagnostics import KgError, did_you_mean
from kg.page.html import OPTIONS, node_options, render_page
from kg.view.picture import Node, Picture, Tie
from kg.view.things import node_of
from kg.view.view import Background, complete_picture, make_tie
from kg.viz.style import PLAIN, SHAPES, Style

HEIGHT = 640
"""Pixels of a page in a notebook."""
NODE_FIELDS = ("id", "label", "shape", "group", "title", "x", "y")
EDGE_FIELDS = ("from", "to", "assertion", "label", "title", "arrows")


class NetworkOptions(dict[str, Any]):
    """Options of vis-network, as its JSON has them. pyvis knows them by attributes too, for what no
    page does: it moves nothing and has the colours of its style.
    """

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        raise _refuse_option(name)

    def __setattr__(self, name: str, value: object) -> None:
        raise _refuse_option(name)


def _refuse_option(name: str) -> KgError:
    return KgError(
        f"a page does not take its '{name}' from pyvis",
        hint="things stand at their x and y and look as their group; or: set_options",
    )


class ViewNetwork(Network):  # type: ignore[misc]
    """A directed ``pyvis.network.Network`` of the things and ties of a picture.

    A node is a thing by its id, with ``label``, ``shape``, ``group`` (a class of the style),
    ``title`` (its type), ``x`` and ``y``; an edge carries the id of its ``assertion``, its
    ``label`` and its sentence as ``title``. ``heading`` is the page's title.
    """

    def __init__(
        self,
        picture: Picture,
        places: Mapping[str, tuple[int, int]],
        style: Style,
        background: Background,
    ) -> None:
        super().__init__(directed=True, heading=picture.title, cdn_resources="in_line")
        self.options = NetworkOptions(OPTIONS)
        self.picture, self.style, self.background = picture, style, background
        self._ties = {tie.key: tie for tie in picture.ties}
        for node in picture.nodes:
            self._add_thing(node, *places[node.id])
        for tie in picture.ties:
            self._add_tie(tie)

    def get_nodes(self) -> Collection[str]:
        """Return the ids of all nodes, quickly: pyvis looks here for both ends of each edge."""
        return self.node_map.keys()  # type: ignore[no-any-return]

    def add_node(self, n_id: str, *_: Any, x: int = 0, y: int = 0, **options: Any) -> None:
        """Add a thing of the graph by its id; options change how it is drawn.

        Raises KgError where the graph has no such thing.
        """
        reading = self.background.reading
        things = reading.graph_corpus.things
        if n_id not in things:
            raise KgError(f"nothing here is called '{n_id}'", hint=did_you_mean(n_id, things))
        node = node_of(things[n_id], reading.graph_corpus, reading.ontology)
        self._add_thing(node, x, y, **options)

    def add_edge(self, source: str, to: str, **options: Any) -> None:
        """Add a tie: ``assertion`` is the id of the assertion of the graph that it rests on.

        What a ``label`` calls it stands behind what the assertion says. Raises KgError where the
        graph has no such assertion, or it does not tie these things.
        """
        self._add_tie(self._find_tie({"from": source, "to": to, **options}), **options)

    def set_options(self, options: str) -> None:
        """Set options of vis-network, as JSON; what they do not name stays as it is."""
        for name, value in json.loads(options[options.find("{") :]).items():
            own = self.options.get(name)
            if isinstance(own, dict) and isinstance(value, dict):
                self.options[name] = {**own, **value}
            else:
                self.options[name] = value

    def generate_html(self, *_: Any, **__: Any) -> str:
        """Return the page of what the network holds now."""
        nodes, edges, heading, _height, _width, options = self.get_network_data()
        nodes_by_id = {node["id"]: node for node in nodes}
        ends = [edge for edge in edges if edge["from"] in nodes_by_id and edge["to"] in nodes_by_id]
        ties = {tie.key: tie for tie in map(self._find_tie, ends)}
        for node in nodes:
            _require_fields(node["id"], node, NODE_FIELDS)
            self._require_look(node)
        for edge in ends:
            _require_fields(f"{edge['from']} -> {edge['to']}", edge, EDGE_FIELDS)
        picture = self._picture(nodes_by_id, ties)
        self.html = render_page(
            replace(picture, title=heading),
            self.style,
            [nodes_by_id[node.id] for node in picture.nodes],
            options,
        )
        return self.html

    def write_html(self, name: str, *_: Any, **__: Any) -> None:
        """Write the page to a file; it needs no other."""
        Path(name).write_text(self.generate_html(), "utf-8")

    def _repr_html_(self) -> str:
        """Return what a notebook shows: the page in a frame of its own."""
        return frame_page(self.generate_html(), self.heading)

    def _add_thing(self, node: Node, x: int, y: int, **options: Any) -> None:
        super().add_node(node.id, x=x, y=y, **{**node_options(node, self.style), **options})

    def _add_tie(self, tie: Tie, **options: Any) -> None:
        self._ties[tie.key] = tie
        own = {
            "assertion": tie.assertion,
            "label": tie.label,
            "title": tie.statement.sentence,
            "arrows": "" if tie.statement.relation.symmetric else "to",
        }
        super().add_edge(tie.source, tie.target, **{**options, **own})

    def _find_tie(self, edge: Mapping[str, Any]) -> Tie:
        """Return the tie that an edge stands for. Raises KgError where the graph has none."""
        key = (edge["from"], edge["to"], edge.get("assertion", ""))
        label = edge.get("label", "")
        tie = self._ties.get(key)
        if tie and label in ("", tie.label):
            return tie
        return make_tie(self.background.reading, *key, label)

    def _require_look(self, node: Mapping[str, Any]) -> None:
        """Raise KgError where a node has a group or a shape that no page can draw."""
        groups = [PLAIN.name, *self.style.looks]
        for field, names in (("group", groups), ("shape", SHAPES)):
            if node[field] not in names:
                raise KgError(
                    f"'{node['id']}' has the {field} '{node[field]}'",
                    hint=f"one of: {', '.join(names)}",
                )

    def _picture(self, things: Iterable[str], ties: Mapping[tuple[str, str, str], Tie]) -> Picture:
        """Return the picture of these things and ties. One that was changed has no story: that is
        told of the whole view.
        """
        picture, ids = self.picture, set(things)
        sorted_ties = tuple(ties[key] for key in sorted(ties))
        if sorted_ties == picture.ties and ids == {*picture.ids}:
            return picture
        return replace(complete_picture(picture, self.background, sorted_ties, ids), story=None)


def _require_fields(name: str, fields: Iterable[str], known_fields: Sequence[str]) -> None:
    """Raise KgError where a node or an edge has a field that no page shows."""
    for field in fields:
        if field not in known_fields:
            raise KgError(
                f"'{name}' has '{field}', which no page shows",
                hint=f"it has {', '.join(known_fields)}; colours stand in viz/style.yaml",
            )


def frame_page(page: str, title: str) -> str:
    """Return a page in a frame that may run its scripts and save files, and cannot touch what is
    around it.
    """
    return (
        f'<iframe title="{html.escape(title)}" width="100%" height="{HEIGHT}"'
        ' style="border: 1px solid #d3d7e0"'
        ' sandbox="allow-scripts allow-downloads allow-popups allow-popups-to-escape-sandbox"'
        f' srcdoc="{html.escape(page)}"></iframe>'
    )
