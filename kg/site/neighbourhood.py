"""A small picture of a thing and of what it is tied to most, for its page."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

from markupsafe import Markup

from kg.page.legend import theme
from kg.site.edition import Edition
from kg.site.thumbnail import thumbnail
from kg.view.picture import Picture, Tie
from kg.viz.layoutfile import Places

MOST_NEIGHBOURS = 12
ACROSS, DOWN = 210, 112
"""How far the neighbours stand from the middle."""


class LocalPicture(NamedTuple):
    """The picture, the style sheet of its colours, what it shows in words, and how many more things
    there are.
    """

    svg: Markup
    css: str
    words: str
    more: int


def local_picture(id: str, edition: Edition) -> LocalPicture | None:
    """Return the picture of a thing and what it is tied to; none where that is nothing."""
    neighbours = edition.tied.get(id, {})
    ranked = sorted(neighbours, key=lambda other: (-len(neighbours[other]), other))
    shown_neighbours = ranked[:MOST_NEIGHBOURS]
    if not shown_neighbours:
        return None
    style, ids = edition.look, [id, *shown_neighbours]
    nodes = tuple(map(edition.node, ids))
    ties: list[Tie] = []
    for one, other in combinations(ids, 2):
        between = edition.tied.get(one, {}).get(other, ())
        ties += (Tie(e.assertion.subject.id, e.assertion.object_key, e, "") for e in between)
    picture = Picture(id, nodes[0].label, centre=id, nodes=nodes, ties=tuple(ties))
    looks = {style.look(node.classes) for node in nodes}
    families = {style.family(tie.statement.relation.family) for tie in ties}
    css = theme(sorted(looks), sorted(families))
    names = ", ".join(node.label for node in nodes[1:])
    words = f"{nodes[0].label} and what it is tied to most: {names}"
    svg = thumbnail(picture, _places(id, shown_neighbours), style, MOST_NEIGHBOURS + 1, 0)
    return LocalPicture(svg, css, words, len(ranked) - len(shown_neighbours))


def _places(centre: str, others: Sequence[str]) -> Places:
    """Return the thing in the middle and the others around it, beginning on its right, so that
    names find room beside them.
    """
    places = {centre: (0, 0)}
    for number, id in enumerate(others):
        angle = math.tau * (number + 0.5) / len(others) - math.pi / 2
        places[id] = round(ACROSS * math.cos(angle)), round(DOWN * math.sin(angle))
    return places
