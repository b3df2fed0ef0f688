"""Hints with the nearest name that is known."""

from __future__ import annotations

from collections.abc import Iterable, Sized

from kg.diagnostics import did_you_mean
from kg.sources.values import MOST_ID

AN_ARTICLE = "<article>"
"""Stands in a hint for the id of an article; the loader, which knows them, puts one of the
workspace in its place.
"""

MOST_HINTS = 100
"""Looking for the nearest name takes time; so many problems have one, as many as are shown."""


def nearest_name(word: str, names: Iterable[str], problems: Sized) -> str:
    """Return a hint with the nearest of some names, or nothing where none is near, or where there
    are ``MOST_HINTS`` problems already.
    """
    is_told = len(problems) < MOST_HINTS and len(word) <= MOST_ID
    return did_you_mean(word, names) if is_told else ""
