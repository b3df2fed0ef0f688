"""The graph for other programs: days of years before 1 or after 9999 so that these can read them.

``xsd:date`` has such years, but many programs do not: rdflib prints a traceback for each and sorts
-0430 before -0445. They are typed ``kg:day`` there, and each dated record has a number to sort by.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import chain

import pyoxigraph as ox

from kg.dates.calendar import Day, day_number
from kg.files.held import HeldFiles
from kg.files.output import GRAPH
from kg.files.sorted_lines import hold_sorted
from kg.ontology.namespaces import KG, XSD

_DATE, _DAY = ox.NamedNode(f"{XSD}date"), ox.NamedNode(f"{KG}day")
Subject = ox.NamedNode | ox.BlankNode | ox.Triple
GraphName = ox.NamedNode | ox.BlankNode | ox.DefaultGraph
_BOUNDS = [ox.NamedNode(f"{KG}{name}") for name in ("startEarliest", "endLatest")]


_DATED = re.escape(f'"^^{_DATE}'.encode())
_FAR = re.compile(_DATED + rb'(?<!"(?!0000)[0-9]{4}-[0-9]{2}-[0-9]{2}' + _DATED + rb")")


def portable_graph(graph: HeldFiles) -> Iterable[ox.Quad]:
    """Return the quads of sorted N-Quads as other programs can read them, in order."""
    if not any(map(_FAR.search, graph.blocks(GRAPH))):
        return _parsed(graph)
    portable_quads = chain(map(_with_plain_day, _parsed(graph)), _day_numbers(_parsed(graph)))
    return _parsed(hold_sorted(GRAPH, (f"{quad} .\n" for quad in portable_quads), graph.folder))


def _parsed(graph: HeldFiles) -> Iterator[ox.Quad]:
    for block in graph.blocks(GRAPH):
        yield from ox.parse(block, ox.RdfFormat.N_QUADS)


def make_portable(quads: Collection[ox.Quad]) -> list[ox.Quad]:
    """Return quads as other programs can read them, in order; those of a graph whose days all lie
    in the years 1 to 9999 as they are.
    """
    if not any(_is_far(quad.object) for quad in quads):
        return list(quads)
    portable_quads = [*map(_with_plain_day, quads), *_day_numbers(quads)]
    return sorted(portable_quads, key=str)


def _is_far(term: object) -> bool:
    if not isinstance(term, ox.Literal) or term.datatype != _DATE:
        return False
    return term.value.startswith("-") or len(term.value) != 10 or term.value < "0001"


def _with_plain_day(quad: ox.Quad) -> ox.Quad:
    if not (_is_far(quad.object) and isinstance(quad.object, ox.Literal)):
        return quad
    day = ox.Literal(quad.object.value, datatype=_DAY)
    return ox.Quad(quad.subject, quad.predicate, day, quad.graph_name)


def _day_numbers(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """Yield for each dated record the number of its first day or, where it has none, of its
    last.
    """
    first, last = (dict[tuple[Subject, GraphName], int]() for _ in _BOUNDS)
    numbers = dict(zip(_BOUNDS, (first, last), strict=True))
    for quad in quads:
        day = _day_of(quad.object) if quad.predicate in numbers else None
        if day:
            numbers[quad.predicate][quad.subject, quad.graph_name] = day_number(day)
    for (subject, graph), number in (last | first).items():
        value = ox.Literal(str(number), datatype=ox.NamedNode(f"{XSD}integer"))
        yield ox.Quad(subject, ox.NamedNode(f"{KG}dayNumber"), value, graph)


def _day_of(term: object) -> Day | None:
    if not isinstance(term, ox.Literal):
        return None
    sign = -1 if term.value.startswith("-") else 1
    year, month, day = term.value.lstrip("-").split("-")
    return Day(sign * int(year), int(month), int(day))
