"""What a view asks to be made of its rows: who shares what with whom, or a matrix of two classes.

::

    # project: State by Pact, from 2
    # matrix: State by Pact
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from kg.diagnostics import did_you_mean
from kg.ontology import Ontology

_FACING = re.compile(r"([\w-]+)\s+by\s+([\w-]+)\s*")
_PROJECTION = re.compile(rf"{_FACING.pattern}(?:,\s*from\s+([1-9][0-9]{{0,3}})\s*)?")


class Projection(NamedTuple):
    """Things of a class (``members``) with a line between two that share at least so many things of
    another (``hubs``).
    """

    members: str
    hubs: str
    least: int = 1


class Facing(NamedTuple):
    """Two classes that face each other in a matrix."""

    rows: str
    columns: str


def read_projection(value: str) -> Projection | None:
    """Return what ``State by Pact, from 2`` asks for; None where it is written otherwise."""
    match = _PROJECTION.fullmatch(value)
    return Projection(match[1], match[2], int(match[3] or 1)) if match else None


def read_facing(value: str) -> Facing | None:
    """Return what ``State by Pact`` asks for; None where it is written otherwise."""
    match = _FACING.fullmatch(value)
    return Facing(match[1], match[2]) if match else None


def summary_problem(key: str, value: str) -> tuple[str, str]:
    """Return what is wrong with the form of a field, and the next step; nothing where it is
    right.
    """
    if key == "project" and read_projection(value) is None:
        return "not a projection", "write two classes and a number, as in 'State by Pact, from 2'"
    if key == "matrix" and read_facing(value) is None:
        return "not a matrix", "write two classes, as in 'State by Pact'"
    return "", ""


def unknown_classes(
    projection: Projection | Facing | None, ontology: Ontology
) -> Iterator[tuple[str, str]]:
    """Yield each class that the ontology does not have, with the next step."""
    for name in (projection[0], projection[1]) if projection else ():
        if name not in ontology.classes:
            hint = did_you_mean(name, ontology.classes) or "kg ontology lists the classes"
            yield name, hint
