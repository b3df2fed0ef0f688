"""Hints with the nearest name that is known."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sized

from kg.diagnostics import did_you_mean
from kg.sources.values import MOST_ID

AN_ARTICLE = "<article>"
"""Stands in a hint for the id of an article; the loader, which knows them, puts one of the
workspace in its place.
"""

MOST_HINTS = 100
"""Looking for the nearest name takes time; so many problems have one, as many as are shown."""

MOST_COMPARED = 200
"""So many names are compared letter by letter."""


def nearest_name(word: str, names: Iterable[str], problems: Sized) -> str:
    """Return a hint with the nearest of some names, or nothing where none is near, or where there
    are ``MOST_HINTS`` problems already.
    """
    if len(problems) >= MOST_HINTS or len(word) > MOST_ID:
        return ""
    names = list(names)
    if len(names) > MOST_COMPARED:
        pairs = _letter_pairs(word)
        names = heapq.nlargest(
            MOST_COMPARED, names, key=lambda name: len(pairs & _letter_pairs(name))
        )
    return did_you_mean(word, names)


def _letter_pairs(word: str) -> set[str]:
    letters = word.casefold()
    return {letters[i : i + 2] for i in range(len(letters) - 1)}
