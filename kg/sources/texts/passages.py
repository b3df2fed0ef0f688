"""Words in a text: where they stand, or what comes nearest to them.

A text is a tuple of paragraphs, and places count characters of a paragraph from 0; both paragraphs
and words are normalised already (see ``kg.sources.texts.normal``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import product
from typing import NamedTuple

from kg.sources.texts.quoting import edges_of, pattern_of

MOST_WORDS = 7
"""So many words of a text are shown at most: enough to find the place, too few to republish it."""
MOST_COMPARED = 5
"""So many paragraphs, those that share most with the words, are compared letter by letter."""
LEAST_ALIKE = 0.55
"""Below this similarity (1 is equal) a passage is no help."""
MOST_CHARACTERS = 100_000
"""So many characters of a paragraph are compared: longer ones are no paragraphs."""


class Passage(NamedTuple):
    """A place in a text: paragraph (from 1) and span; ``likeness`` is how much its words are like
    those that were searched.
    """

    paragraph: int
    start: int
    end: int
    likeness: float = 1.0

    def words(self, text: Sequence[str]) -> str:
        """Return the words that stand there."""
        return text[self.paragraph - 1][self.start : self.end]


class Closeness(StrEnum):
    """How closely words match."""

    EXACT = "exact"
    OTHER_SIGNS = "other signs"
    OTHER_CASE = "other case"
    INSIDE_WORDS = "inside longer words"


def find_words(
    words: str, text: Sequence[str], paragraph: int | None = None
) -> tuple[tuple[Passage, ...], Closeness]:
    """Return every place where words stand: as they are, else with other quote marks and the like
    (``kg.sources.texts.quoting``), else in other letter case, else inside longer words.
    """
    lenient = pattern_of(words) or re.escape(words)
    before, behind = edges_of(words)
    patterns = {
        Closeness.EXACT: re.compile(before + re.escape(words) + behind),
        Closeness.OTHER_SIGNS: re.compile(before + lenient + behind),
        Closeness.OTHER_CASE: re.compile(before + lenient + behind, re.IGNORECASE),
        Closeness.INSIDE_WORDS: re.compile(lenient, re.IGNORECASE),
    }
    numbers = [number for number, _ in enumerate(text, 1) if paragraph in (None, number)]
    for match, pattern in patterns.items():
        passages = tuple(
            _passage(number, place, words)
            for number in numbers
            for place in pattern.finditer(text[number - 1])
        )
        if passages and words:
            return passages, match
    return (), Closeness.EXACT


def _passage(number: int, place: re.Match[str], words: str) -> Passage:
    """A place where words stand; blanks beside quote marks at its ends are not part of it."""
    start, end = place.span()
    if words == words.strip():
        start += len(place[0]) - len(place[0].lstrip())
        end -= len(place[0]) - len(place[0].rstrip())
    return Passage(number, start, end)


def nearest_passages(words: str, text: Sequence[str], most: int = 1) -> tuple[Passage, ...]:
    """Return the passages that are most like some words, at most one of a paragraph, the likest
    first.
    """
    words = words.casefold()
    counts = {
        number: _shared_triples(words, paragraph.casefold())
        for number, paragraph in enumerate(text, 1)
    }
    numbers = sorted(filter(counts.get, counts), key=lambda number: (-counts[number], number))
    passages = [_likest(words, text[number - 1], number) for number in numbers[:MOST_COMPARED]]
    passages.sort(key=lambda passage: (-passage.likeness, passage.paragraph))
    return tuple(each for each in passages if each.likeness >= LEAST_ALIKE)[:most]


def first_words(words: str) -> str:
    """Return all words where they are few, else the first."""
    parts = words.split()
    return words if len(parts) <= MOST_WORDS else f"{' '.join(parts[:MOST_WORDS])} ..."


def words_around(passage: Passage, text: Sequence[str]) -> str:
    """Return the first words of a passage, with a word before and behind it where there is room."""
    paragraph, words = text[passage.paragraph - 1], passage.words(text)
    before, behind = paragraph[: passage.start].split(" "), paragraph[passage.end :].split(" ")
    if MOST_WORDS - len(words.split()) >= 2:
        words = " ".join(before[-2:]) + words + " ".join(behind[:2])
    return first_words(words).strip()


def _shared_triples(words: str, paragraph: str) -> int:
    """Return how many triples of letters two texts have in common."""
    triples = {words[at : at + 3] for at in range(max(1, len(words) - 2))}
    return sum(triple in paragraph for triple in triples)


def _likest(words: str, paragraph: str, number: int) -> Passage:
    """Return the stretch of one paragraph that is most like some words: whole words, about as many
    letters.
    """
    paragraph = paragraph[:MOST_CHARACTERS]
    folded = paragraph.casefold()
    if len(folded) != len(paragraph):
        folded = paragraph.lower()[: len(paragraph)]
    blocks = SequenceMatcher(None, folded, words, autojunk=False).get_matching_blocks()
    best = Passage(number, 0, 0, 0.0)
    for at in sorted({max(0, block.a - block.b) for block in blocks if block.size}):
        for start, end in _stretches(paragraph, at, len(words)):
            likeness = SequenceMatcher(None, folded[start:end], words, autojunk=False).ratio()
            if likeness > best.likeness:
                best = Passage(number, start, end, likeness)
    return best


def _stretches(paragraph: str, start: int, length: int) -> Iterator[tuple[int, int]]:
    """Yield the stretches of whole words that begin and end around a place."""
    words = [word.span() for word in re.finditer(r"\w(?:\S*\w)?", paragraph)]
    starts = _neighbours((first for first, _ in words), start)
    ends = _neighbours((last for _, last in words), start + length)
    yield from (stretch for stretch in product(starts, ends) if stretch[0] < stretch[1])


def _neighbours(places: Iterable[int], place: int) -> tuple[int, ...]:
    """Return the last of some places up to one, and the first behind it."""
    before: tuple[int, ...] = ()
    for each in places:
        if each > place:
            return (*before, each)
        before = (each,)
    return before
