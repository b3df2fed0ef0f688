"""The layout of a large picture: each hub with all that is grouped around it on a disc of its own,
and the discs as far apart as they are wide, those with most between them side by side.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import combinations

from kg.viz.layout.settling import Sizes
from kg.viz.layoutfile import Places

APART = math.sqrt(2)
"""Rings lie so far apart, and things on a ring, as a multiple of the largest name: none covers
another, whichever way they lie.
"""

FLATTEST = 0.7

LEAST_DISC = 0.4
"""A disc is at least so large, as a share of the largest: its hub's name has to find room."""

BONDS = 3
"""A disc is drawn near to so many others, those with which it has most in common."""

MOST_SHARED = 12
"""What is tied to more hubs than this says nothing of which belong together."""


def members_by_hub(
    groups: Mapping[str, str], pairs: Iterable[tuple[str, str]]
) -> dict[str, list[str]]:
    """Return what is grouped around each hub, without the hub itself, most tied first."""
    ties = Counter(end for pair in pairs for end in pair)
    members: dict[str, list[str]] = {hub: [] for hub in sorted(set(groups.values()))}
    for id in sorted(groups, key=lambda each: (-ties[each], each)):
        if id != groups[id]:
            members[groups[id]].append(id)
    return members


def disc_places(members: Iterable[str], wide: float, high: float) -> Places:
    """Return places for members on rings around 0, 0, where none is wider or higher than this."""
    places: Places = {}
    ring, slot = 1, 0
    for id in members:
        on_ring = math.floor(math.tau * ring)
        if slot == on_ring:
            ring, slot = ring + 1, 0
            on_ring = math.floor(math.tau * ring)
        angle = math.tau * (slot + ring % 2 / 2) / on_ring - math.pi / 2
        across, down = math.cos(angle) * ring * APART, math.sin(angle) * ring * APART
        places[id] = round(across * wide), round(down * high)
        slot += 1
    return places


def disc_size(places: Places, wide: float, high: float) -> tuple[float, float]:
    """Return the width and height of a disc around 0, 0, names included."""
    across = max((abs(x) for x, _ in places.values()), default=0)
    down = max((abs(y) for _, y in places.values()), default=0)
    return 2 * across + wide, 2 * down + high


def find_hub_pairs(
    groups: Mapping[str, str], pairs: Iterable[tuple[str, str]]
) -> list[tuple[str, str]]:
    """Return the pairs of hubs that have most in common: ties between them and their groups, and
    things that are tied to both.
    """
    strength: Counter[tuple[str, str]] = Counter()
    hubs_of: dict[str, set[str]] = {}
    for one, other in pairs:
        if one not in groups or other not in groups:
            continue
        for id, end in ((one, other), (other, one)):
            hubs_of.setdefault(id, set()).add(groups[end])
        if groups[one] != groups[other]:
            strength[min(groups[one], groups[other]), max(groups[one], groups[other])] += 1
    for hubs in hubs_of.values():
        if len(hubs) <= MOST_SHARED:
            strength.update(combinations(sorted(hubs), 2))
    kept_bonds: Counter[str] = Counter()
    result = []
    for pair, _ in sorted(strength.items(), key=lambda item: (-item[1], item[0])):
        if min(kept_bonds[pair[0]], kept_bonds[pair[1]]) < BONDS:
            kept_bonds.update(pair)
            result.append(pair)
    return result


def member_room(ids: Iterable[str], sizes: Sizes) -> tuple[float, float]:
    """Return the width and height of which none of these things needs more, high enough for discs
    to be about as high as wide.
    """
    widths, heights = zip(*(sizes[id] for id in ids), strict=True)
    return max(widths), max(*heights, FLATTEST * max(widths))
