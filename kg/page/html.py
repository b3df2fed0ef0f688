"""A picture as one HTML file: data as JSON, scripts and styles inside, and a policy that lets
nothing else run.
"""

from __future__ import annotations

import base64
import hashlib
import json
import math
import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import Template
from markupsafe import Markup

from kg.page.data import for_script, linked_data, page_data
from kg.page.labels import lines, size
from kg.page.legend import make_legend, theme
from kg.page.table import table_rows
from kg.page.templates import template_environment
from kg.view.changes import summary
from kg.view.picture import Node, Picture
from kg.viz.style import Style

HERE = Path(__file__).parent
MOST_ROWS = 1_500
"""So many ties are written as rows of the table at most; of more, the scripts make the others'
rows.
"""

PAGE_PIXELS = 720 * 640
CROWDED = 3.6
"""A page is full where this many times the area of all names is more than it has."""

OPTIONS = {
    "autoResize": False,
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False, "randomSeed": 1},
    "interaction": {
        "dragNodes": True,
        "selectable": False,
        "hover": False,
        "zoomSpeed": 0.6,
    },
    "nodes": {"chosen": False},
    "edges": {"smooth": False, "chosen": False, "arrowStrikethrough": False},
}


class Link(NamedTuple):
    """A page of the same site: the name of its file and its title."""

    file: str
    title: str


class SiteLinks(NamedTuple):
    """The pages that one of a site leads to: the first page, the views before and after it, and
    those of records, if there are any; ``address`` is where it is published, if that is known.
    """

    first: Link
    previous: Link | None = None
    next: Link | None = None
    has_records: bool = False
    address: str = ""


def render_view(
    picture: Picture,
    places: Mapping[str, tuple[int, int]],
    style: Style,
    links: SiteLinks | None = None,
) -> str:
    """Return the page of a picture. ``places`` gives x and y of every thing, in pixels.

    Without ``links`` it is the page that the view's network (``kg.page.network``) renders of itself
    unchanged: it stands alone.
    """
    nodes = [{**node_options(node, style), **_place(places[node.id])} for node in picture.nodes]
    return render_page(picture, style, nodes, json.dumps(OPTIONS), links)


def _place(place: tuple[int, int]) -> dict[str, int]:
    x, y = place
    return {"x": x, "y": y}


def node_options(node: Node, style: Style) -> dict[str, str]:
    """Return how a thing is drawn: its name in lines, and the look of its class."""
    look = style.look(node.classes)
    label = "\n".join(lines(node.drawn_name))
    return {"label": label, "shape": look.shape, "group": look.name, "title": node.type}


def render_page(
    picture: Picture,
    style: Style,
    nodes: Sequence[Mapping[str, Any]],
    options: str,
    links: SiteLinks | None = None,
) -> str:
    """Return the whole file. ``nodes`` are the things of the picture in its order, as pyvis holds
    them; ``options`` are those of vis-network, as JSON.
    """
    legend = make_legend(picture, style, [node["group"] for node in nodes])
    css = f"{theme(dict(legend.things), dict(legend.families))}\n{sheet(HERE / 'page.css')}"
    scripts = [_script()]
    question = picture.question or picture.title
    about = linked_data("WebPage", picture.title, description=question)
    return _template().render(
        picture=picture,
        links=links,
        legend=legend,
        changed=summary(picture),
        most_rows=MOST_ROWS,
        rows=table_rows(picture, MOST_ROWS),
        about=Markup(for_script(about)),
        data=Markup(for_script(page_data(picture, style, nodes, options))),
        css=Markup(css),
        scripts=list(map(Markup, scripts)),
        policy=policy([css], scripts),
    )


@cache
def _template() -> Template:
    return template_environment().get_template("page.html")


@cache
def sheet(*files: Path) -> str:
    """Return style sheets as one, after the colours that all pages share, without comments and
    indentation, which are for those who write it: 3 KB of each page.
    """
    text = "\n".join(file.read_text("utf-8") for file in (HERE / "colours.css", *files))
    css = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    lines = "\n".join(line.strip() for line in css.splitlines() if line.strip())
    # The blank behind a property's name, and that before its block.
    return re.sub(r"(?m)^([a-z-]+): ", r"\1:", lines).replace(" {\n", "{\n")


@cache
def _script() -> str:
    return (HERE / "bundle.js").read_text("utf-8")


@cache
def read_editor() -> str:
    """Return the script of the editor of queries."""
    return (HERE / "editor.bundle.js").read_text("utf-8")


def sizes(picture: Picture, style: Style) -> dict[str, tuple[float, float]]:
    """About how many pixels wide and high each thing is, its name included.

    A picture that fills more than a page is shown smaller, while boxes keep their size: there they
    need the more room.
    """
    name_sizes = {node.id: size(lines(node.drawn_name)) for node in picture.nodes}
    boxes = {node.id for node in picture.nodes if style.look(node.classes).shape == "box"}
    names = sum(width * height for width, height in name_sizes.values())
    crowd = min(1.6, max(1.0, math.sqrt(names * CROWDED / PAGE_PIXELS)))
    return {
        # A name stands in its box, and below or beside any other shape.
        id: ((width + 18) * crowd, (height + 10) * crowd)
        if id in boxes
        else (max(24, width * 0.8), height + 20)
        for id, (width, height) in name_sizes.items()
    }


def policy(styles: Sequence[str], scripts: Sequence[str]) -> str:
    """The content security policy: these styles and scripts, and nothing from anywhere."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {' '.join(map(sha256_source, scripts))}",
            f"style-src {' '.join(map(sha256_source, styles))}",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        )
    )


@lru_cache(64)
def sha256_source(content: str) -> str:
    """Return the hash by which a policy allows a style or script (all pages have one script)."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"
