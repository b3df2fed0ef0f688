"""From words in a local text to the citation to paste.

The citation carries place and fingerprint of the words, never the words: it may go where the text
may not.
"""

from __future__ import annotations

from typing import NamedTuple

from kg.sources.texts.normal import normalise_words, sha256
from kg.sources.texts.passages import Closeness, Passage, find_words, nearest_passages

MOST_NEAREST = 3
"""So many passages are offered where the words stand nowhere."""


class CitedPassage(NamedTuple):
    """A place that can be cited, and the fingerprint of the words there."""

    passage: Passage
    sha256: str

    @property
    def item(self) -> str:
        """The place as an item of a ``cite`` list, in YAML."""
        p = self.passage
        return f"{{p: {p.paragraph}, span: [{p.start}, {p.end}], sha256: {self.sha256}}}"


class Search(NamedTuple):
    """The places where words stand, how closely they match, or else the nearest passages."""

    matches: tuple[CitedPassage, ...]
    match: Closeness
    nearest: tuple[Passage, ...] = ()


def search_words(words: str, text: tuple[str, ...], paragraph: int | None = None) -> Search:
    """Return where words stand in a normalised text, or in one paragraph of it."""
    words = normalise_words(words)
    passages, match = find_words(words, text, paragraph)
    if passages:
        matches = tuple(CitedPassage(each, sha256(each.words(text))) for each in passages)
        return Search(matches, match)
    # What is not in the paragraph asked for may stand in another one.
    elsewhere, _ = find_words(words, text)
    nearest = elsewhere or nearest_passages(words, text, MOST_NEAREST)
    return Search((), match, nearest[:MOST_NEAREST])
