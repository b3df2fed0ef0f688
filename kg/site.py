"""What a build writes: the graph in two forms and a page for each view, as names and bytes."""

from __future__ import annotations

from dataclasses import replace

import pyoxigraph as ox

from kg.asking import terms
from kg.diagnostics import KgError
from kg.layout import places
from kg.network import network
from kg.page import Style, page, sizes, style
from kg.picture import Picture
from kg.questions import VIEWS, named, saved_queries
from kg.rdf import nquads, turtle
from kg.reading import Reading
from kg.saved import SavedQuery
from kg.sparql import bind
from kg.view import picture, rows

STYLE = "style.yaml"


def contents(reading: Reading) -> dict[str, bytes]:
    """Every file of a build of a sound workspace."""
    graph = {"graph.nq": nquads(reading.quads), "graph.ttl": turtle(reading.quads, reading.ontology.prefixes)}
    return graph | pages(reading)


def pages(reading: Reading, name: str | None = None, title: str | None = None) -> dict[str, bytes]:
    """The page of one view, or of all; ``title`` replaces the view's own.

    Raises KgError where there is no such view, or one has a row that cannot be cited.
    """
    views = [named(reading.workspace, name, VIEWS)] if name else saved_queries(reading.workspace, VIEWS).values()
    look = _style(reading)
    made = {}
    for view in views:
        drawn = _picture(reading, view)
        drawn = replace(drawn, title=title) if title else drawn
        where = places(network(drawn), sizes(drawn, look), drawn.centre)
        made[f"{view.name}.html"] = page(drawn, where, look).encode()
    return made


def picture_of(reading: Reading, name: str) -> Picture:
    """What a view shows. Raises KgError where there is none of that name."""
    return _picture(reading, named(reading.workspace, name, VIEWS))


def _picture(reading: Reading, view: SavedQuery) -> Picture:
    text = bind(view.text, terms(view, {}, reading.ontology))
    found = reading.store.query(text, prefixes=dict(reading.ontology.prefixes))
    if not isinstance(found, ox.QuerySolutions):
        raise KgError(f"view '{view.name}' is no SELECT", 1, "a view is a SELECT with ?source ?target ?assertion")
    drawn = picture(reading.store, rows(view.name, found), view.name, view.title, view.question, view.about)
    return replace(drawn, query=view.text, lens=str(reading.lens))


def _style(reading: Reading) -> Style:
    """How things look: ``viz/style.yaml``, or all alike where there is none."""
    found = {file.name: file.data for file in reading.workspace.files(VIEWS, (STYLE,)).read}
    name = f"{VIEWS}/{STYLE}"
    return style(name, found[name]) if name in found else Style()
