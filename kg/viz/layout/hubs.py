"""What is most tied in a large picture, and what stands around each of these.

A picture of very many things and ties is read from its hubs: each stands for all that is grouped
around it, until a reader opens that. A thing belongs to the hub nearest to it and, of several, to
the one with the fewest ties, which says most about it: a treaty of a great power and a small one is
found with the small one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kg.model.closure import closure

MOST_THINGS = 100
MOST_LINES = 150
"""A picture of more things or pairs of tied ones is large: not all of it is drawn at once
(``visibility.js`` knows the same numbers).
"""

LEAST_HUBS, MOST_HUBS = 12, 30
THINGS_A_HUB = 6
"""One thing of so many is a hub, within these bounds: fewer hubs of fewer things leave room."""

MOST_PARTS = 20
"""So many parts without a hub, the largest first, have their most tied thing as one more."""

LEAST_PART = 5

MOST_SCATTERED = 300
LEAST_REACHED = 0.8
"""Of so many things and pairs, which can be drawn at once, the hubs must reach such a share: what
falls into many small parts is drawn whole.
"""


def group_around_hubs(
    ids: Iterable[str], pairs: Iterable[tuple[str, str]], centre: str = ""
) -> dict[str, str]:
    """Return for each thing of a large picture the hub that it is grouped around, for a hub itself;
    nothing at all of a picture that is not large. Things that no hub can be reached from have none.

    The thing that a view is about (``centre``) is a hub.
    """
    neighbours = neighbours_of(sorted(ids), pairs)
    line_count = sum(map(len, neighbours.values())) / 2
    if len(neighbours) <= MOST_THINGS and line_count <= MOST_LINES:
        return {}

    def weight(id: str) -> tuple[bool, int, str]:
        return id != centre, -len(neighbours[id]), id

    count = min(MOST_HUBS, max(LEAST_HUBS, len(neighbours) // THINGS_A_HUB))
    hubs = sorted(neighbours, key=weight)[:count]
    groups = _reach(hubs, neighbours)
    apart = [id for id in neighbours if id not in groups]
    parts = sorted(_parts(apart, neighbours), key=lambda part: (-len(part), part[0]))
    more = [min(part, key=weight) for part in parts[:MOST_PARTS] if len(part) >= LEAST_PART]
    groups |= _reach(more, neighbours)
    is_of_some_size = len(neighbours) <= MOST_SCATTERED and line_count <= MOST_SCATTERED
    return {} if is_of_some_size and len(groups) < LEAST_REACHED * len(neighbours) else groups


def neighbours_of(ids: Iterable[str], pairs: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    """Return what each thing is tied to, itself left out."""
    neighbours: dict[str, set[str]] = {id: set() for id in ids}
    for one, other in pairs:
        if one != other:
            neighbours[one].add(other)
            neighbours[other].add(one)
    return neighbours


def _reach(hubs: Iterable[str], neighbours: Mapping[str, set[str]]) -> dict[str, str]:
    """Return the hub of all that can be reached from one, step by step outwards."""
    groups = {hub: hub for hub in hubs}
    rim = list(groups)
    while rim:
        reach: dict[str, str] = {}
        for id in rim:
            hub = groups[id]
            for other in neighbours[id]:
                if other not in groups:
                    reach[other] = min(
                        reach.get(other, hub), hub, key=lambda each: (len(neighbours[each]), each)
                    )
        groups |= reach
        rim = sorted(reach)
    return groups


def _parts(ids: Iterable[str], neighbours: Mapping[str, set[str]]) -> list[list[str]]:
    """Return connected parts, each with its ids in order."""
    parts: list[list[str]] = []
    seen_ids: set[str] = set()
    for id in ids:
        if id not in seen_ids:
            parts.append(sorted(closure([id], neighbours.__getitem__)))
            seen_ids.update(parts[-1])
    return parts
