"""What a picture is looked through, in words that readers know."""

from __future__ import annotations

from collections.abc import Iterator

from kg.dates import Day, Instant, parse_date
from kg.dates.words import date_in_words, day_in_words
from kg.reading import Reading
from kg.text import join_and, join_or


def lens_in_words(reading: Reading) -> str:
    """Return what a reading is looked at through: ``as the press knew it on 16 November 2019``;
    nothing without a lens.
    """
    return ", ".join(_parts(reading))


def _parts(reading: Reading) -> Iterator[str]:
    lens, things = reading.lens, reading.graph_corpus.things
    if lens.known_by:
        yield f"as the press knew it on {_moment(lens.known_by)}"
    if lens.true_on:
        yield f"as it stood on {day_in_words(lens.true_on)}"
    if lens.according_to:
        names = [things[id].label if id in things else id for id in lens.according_to]
        yield f"as told by {join_and(names)}"
    if lens.min_sources:
        yield f"from at least {lens.min_sources} independent sources"
    if lens.statuses:
        yield f"only what is {join_or([status.value for status in lens.statuses])}"


def _moment(moment: Day | Instant) -> str:
    if isinstance(moment, Instant):
        return date_in_words(parse_date(moment.stamp))
    return day_in_words(moment)
