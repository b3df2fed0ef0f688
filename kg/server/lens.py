"""The lens in an address: ``/lens/known-by=2019-11-16/thing/gsomia.html``. It stands before the
name of the file, so that every relative link of a page keeps it, and every download.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import parse_qsl, urlencode

from kg.characters import quoted
from kg.diagnostics import KgError, did_you_mean
from kg.status.lens import Lens
from kg.status.moments import read_day, read_moment
from kg.status.statuses import Status

LENS_WORDS = ("true-on", "known-by", "according-to", "min-sources", "status")
"""The options of the lens, as commands call them."""

Words = Sequence[tuple[str, str]]


def split_words(query: str) -> Words:
    """Return the names and values of a query string."""
    return parse_qsl(query, keep_blank_values=True)


def lens_words(words: Words) -> Words:
    """Return those words that are of the lens and say something: a form sends empty fields, too."""
    return [(name, value) for name, value in words if name in LENS_WORDS and value]


def lens_path(words: Words) -> str:
    """Return what stands before the names of files seen through a lens: ``/lens/.../`` or ``/``."""
    return f"/lens/{urlencode(words)}/" if words else "/"


def read_lens(words: Words) -> Lens:
    """Return the lens of some words. Raises KgError, as the commands do, where one is none."""
    for name, _ in words:
        if name not in LENS_WORDS:
            hint = did_you_mean(name, LENS_WORDS) or f"a lens has {', '.join(LENS_WORDS)}"
            raise KgError(f"no lens has {quoted(name)}", hint=hint)
    values = dict(words)
    statuses = [value for name, value in words if name == "status"]
    for value in statuses:
        if value not in list(Status):
            hint = did_you_mean(value, Status) or f"there are: {', '.join(Status)}"
            raise KgError(f"status: there is no {quoted(value)}", hint=hint)
    return Lens(
        true_on=read_day("true-on", values.get("true-on")),
        known_by=read_moment("known-by", values.get("known-by")),
        according_to=tuple(dict.fromkeys(value for name, value in words if name == "according-to")),
        min_sources=_read_count(values.get("min-sources", "0")),
        statuses=tuple(status for status in Status if status in statuses),
    )


def _read_count(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 6:
        raise KgError(f"min-sources takes a whole number, not {quoted(text)}")
    return int(text)


def words_of(lens: Lens) -> Words:
    """Return the words of a lens, as addresses have them."""
    return [
        *([("true-on", str(lens.true_on))] if lens.true_on else []),
        *([("known-by", str(lens.known_by))] if lens.known_by else []),
        *(("according-to", id) for id in lens.according_to),
        *([("min-sources", str(lens.min_sources))] if lens.min_sources else []),
        *(("status", str(status)) for status in lens.statuses),
    ]
