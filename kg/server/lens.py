"""The lens in an address: ``/lens/known-by=2019-11-16/thing/gsomia.html``. It stands before the
name of the file, so that every relative link of a page keeps it, and every download.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import parse_qsl, urlencode

from kg.diagnostics import KgError, did_you_mean
from kg.status.lens import Lens
from kg.status.lens_words import read_lens
from kg.text.characters import quoted

LENS_WORDS = ("true-on", "known-by", "according-to", "min-sources", "status")
"""The options of the lens, as commands call them."""

QueryPairs = Sequence[tuple[str, str]]


def split_words(query: str) -> QueryPairs:
    """Return the names and values of a query string."""
    return parse_qsl(query, keep_blank_values=True)


def lens_words(words: QueryPairs) -> QueryPairs:
    """Return those words that are of the lens and say something: a form sends empty fields, too."""
    return [(name, value) for name, value in words if name in LENS_WORDS and value]


def join_words(path: QueryPairs, query: QueryPairs) -> QueryPairs:
    """Return the words of the lens that the path and the query of an address name together: what
    the query says of an option stands instead of what the path says of it.
    """
    words = lens_words(query)
    replaced = {name for name, _ in words}
    return [*(each for each in path if each[0] not in replaced), *words]


def lens_path(words: QueryPairs) -> str:
    """Return what stands before the names of files seen through a lens: ``/lens/.../`` or ``/``."""
    return f"/lens/{urlencode(words)}/" if words else "/"


def lens_of(words: QueryPairs) -> Lens:
    """Return the lens of some words. Raises KgError, as the commands do, where one is none."""
    for name, _ in words:
        if name not in LENS_WORDS:
            hint = did_you_mean(name, LENS_WORDS) or f"a lens has {', '.join(LENS_WORDS)}"
            raise KgError(f"no lens has {quoted(name)}", hint=hint)
    values = dict(words)
    return read_lens(
        true_on=values.get("true-on"),
        known_by=values.get("known-by"),
        according_to=[value for name, value in words if name == "according-to"],
        min_sources=_read_count(values.get("min-sources", "0")),
        statuses=[value for name, value in words if name == "status"],
        spell=lambda name: name.replace("_", "-"),
    )


def _read_count(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 6:
        raise KgError(f"min-sources takes a whole number, not {quoted(text)}")
    return int(text)


def lens_pairs(lens: Lens) -> QueryPairs:
    """Return the words of a lens, as addresses have them."""
    pairs: list[tuple[str, object]] = [
        ("true-on", lens.true_on),
        ("known-by", lens.known_by),
        *(("according-to", id) for id in lens.according_to),
        ("min-sources", lens.min_sources),
        *(("status", status) for status in lens.statuses),
    ]
    return [(name, str(value)) for name, value in pairs if value]
