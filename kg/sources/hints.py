"""Hints with the nearest name that is known."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sized
from types import MappingProxyType

from kg.diagnostics import did_you_mean
from kg.sources.values import MOST_ID

AN_ARTICLE = "<article>"
"""Stands in a hint for the id of an article; the loader, which knows them, puts one of the
workspace in its place.
"""

OTHER_WORDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        **dict.fromkeys(("speaker", "speakers", "by", "says"), ("according_to",)),
        **dict.fromkeys(("relation", "verb"), ("predicate",)),
        **dict.fromkeys(("source", "sources", "citation", "citations", "article"), ("cite",)),
        **dict.fromkeys(("class", "kind"), ("type",)),
        "date": ("when", "published"),
        "name": ("label", "title"),
    }
)
"""What somebody may write for the key of a field, with the keys that may be meant, the first first.
"""
QUOTING = ("quote", "words")
"""What somebody may write for the words of an article, in a record that has citations."""
MOST_HINTS = 100
"""Looking for the nearest name takes time; so many problems have one, as many as are shown."""


def nearest_key(word: str, keys: Collection[str], problems: Sized) -> str:
    """Return a hint with the key that is meant by a word that is none, or the nearest; nothing
    where there is none.
    """
    if word in QUOTING and "cite" in keys:
        return f"words stand in a citation: cite: {{{AN_ARTICLE}: [{{p: 4, quote: ...}}]}}"
    meant_keys = (each for each in OTHER_WORDS.get(word, ()) if each in keys)
    if key := next(meant_keys, ""):
        return f"did you mean '{key}'?"
    return nearest_name(word, keys, problems)


def nearest_name(word: str, names: Iterable[str], problems: Sized) -> str:
    """Return a hint with the nearest of some names, or nothing where none is near, or where there
    are ``MOST_HINTS`` problems already.
    """
    is_told = len(problems) < MOST_HINTS and len(word) <= MOST_ID
    return did_you_mean(word, names) if is_told else ""
