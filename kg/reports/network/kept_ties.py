"""The ties of a workspace, kept so that a path is found without reading it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kg.reading import Reading
from kg.reading.parts import keep_parts
from kg.reading.reading_cache import ReadingCache
from kg.reports.network.asides import Aside
from kg.reports.network.ties import NetworkTie, all_ties
from kg.status.status import Status

_CLASSES = (NetworkTie, Aside, Status)
"""What kept ties are made of."""


def keep_ties(ties: Iterable[NetworkTie], reading_cache: ReadingCache) -> None:
    """Keep the ties of a workspace in which no two ids stand for one thing."""
    reading_cache.cache.keep(
        _key(reading_cache), [replace(tie, statement=None) for tie in ties], _CLASSES
    )


def keep_answers(reading: Reading) -> None:
    """Keep what is read to answer a question about one thing, or the way between two, of a large
    workspace under no lens.
    """
    is_kept = not reading.lens and keep_parts(reading, is_asked=True)
    if is_kept and reading.reading_cache and not reading.corpus.main_ids:
        keep_ties(all_ties(reading), reading.reading_cache)


def find_ties(reading_cache: ReadingCache) -> list[NetworkTie] | None:
    """Return the ties that were kept of a workspace as it is now, if they were."""
    ties = reading_cache.cache.find(_key(reading_cache), _CLASSES)
    return ties if isinstance(ties, list) else None


def _key(reading_cache: ReadingCache) -> str:
    return f"{reading_cache.state}-ties"
