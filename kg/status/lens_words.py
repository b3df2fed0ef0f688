"""A lens as people write it: in options, in an address, in Python."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from kg.diagnostics import KgError, did_you_mean
from kg.status.lens import Lens
from kg.status.moments import read_day, read_moment
from kg.status.statuses import Status


def read_lens(  # noqa: PLR0913 - the five parts of a lens, and how they are called
    *,
    true_on: str | None = None,
    known_by: str | None = None,
    according_to: Iterable[str] = (),
    min_sources: int = 0,
    statuses: Sequence[str] = (),
    spell: Callable[[str], str] = str,
) -> Lens:
    """Return a lens of texts. Raises KgError where one is none, by the name that ``spell`` makes of
    that of its parameter.
    """
    for word in statuses:
        if word not in list(Status):
            hint = did_you_mean(word, list(Status)) or f"statuses: {', '.join(Status)}"
            raise KgError(f"no status is called '{word}'", hint=hint)
    return Lens(
        true_on=read_day(spell("true_on"), true_on),
        known_by=read_moment(spell("known_by"), known_by),
        according_to=tuple(dict.fromkeys(according_to)),
        min_sources=min_sources,
        statuses=tuple(status for status in Status if status in statuses),
    )
