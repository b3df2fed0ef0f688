"""What a layout is to say: which things belong together, which stand above and below, and when
things happened.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from kg.dates import Day


class LayoutKind(Enum):
    """The kinds of layout that a view may ask for, by the word that it writes.

    ``BLOCS``: poles stand apart, each amid what belongs to it. ``TIME``: events stand from left to
    right as they happened. ``FREE``: things stand near what they are tied to.
    """

    BLOCS = "blocs"
    TIME = "time"
    FREE = "free"


@dataclass(frozen=True)
class Plan:
    """What a layout is to say. Without a ``kind`` it is blocs where there are any, else free.

    ``blocs`` holds for each pole, the first to stand left and the second right, the ids of what
    belongs to it, its own among them where it is drawn. What is ``above`` stands above the axis of
    these two, what is ``below`` below it. ``days`` tells of events on which day they began.
    """

    kind: LayoutKind | None = None
    blocs: Mapping[str, frozenset[str]] = field(default_factory=dict)
    above: frozenset[str] = frozenset()
    below: frozenset[str] = frozenset()
    days: Mapping[str, Day] = field(default_factory=dict)
