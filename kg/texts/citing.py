"""From words in a local text to the citation to paste.

The citation carries place and fingerprint of the words, never the words: it may go where the text
may not.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from kg.texts.passages import Match, Passage, find, nearest
from kg.texts.verification import normalised, sha256

MOST_NEAREST = 3
"""So many passages are offered where the words stand nowhere."""


class Cited(NamedTuple):
    """A place that can be cited: paragraph, span, and the fingerprint of the words there."""

    passage: Passage
    sha256: str

    @property
    def item(self) -> str:
        """The place as an item of a ``cite`` list, in YAML."""
        p = self.passage
        return f"{{p: {p.paragraph}, span: [{p.start}, {p.end}], sha256: {self.sha256}}}"


class Search(NamedTuple):
    """Where words stand and how closely they were found; where nowhere, the passages nearest to
    them.
    """

    cited: tuple[Cited, ...]
    match: Match
    nearest: tuple[Passage, ...] = ()


def search(words: str, text: tuple[str, ...], paragraph: int | None = None) -> Search:
    """Words in a normalised text, or in one paragraph of it."""
    wanted = normalised(words)
    found, match = find(wanted, text, paragraph)
    if found:
        cited = tuple(Cited(passage, sha256(passage.words(text))) for passage in found)
        return Search(cited, match)
    # What is not in the paragraph named may stand in another one.
    elsewhere, _ = find(wanted, text) if paragraph else ((), match)
    return Search((), match, (elsewhere or nearest(wanted, text, MOST_NEAREST))[:MOST_NEAREST])


def citation(article: str, cited: Iterable[Cited]) -> str:
    """A line of YAML to paste under ``cite:``."""
    return f"{article}: [{', '.join(one.item for one in cited)}]"
