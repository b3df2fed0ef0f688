"""Words in a text: where they stand, or what comes nearest to them.

A text is a tuple of paragraphs, and places count characters of a paragraph from 0; both paragraphs
and words are normalised already (see ``kg.texts.verification``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import islice
from typing import NamedTuple

MOST_WORDS = 7
"""So many words of a text are shown at most: enough to find the place, too few to republish it."""
MOST_COMPARED = 5
"""So many paragraphs, those that share most with what is looked for, are compared letter by letter.
"""
LEAST_ALIKE = 0.55
"""Below this similarity (1 is equal) a passage is no help."""
MOST_CHARACTERS = 100_000
"""So far a paragraph is looked through for what is nearest: longer ones are no paragraphs."""


class Passage(NamedTuple):
    """A place in a text: paragraph (from 1) and span, with how much its words are like those looked
    for.
    """

    paragraph: int
    start: int
    end: int
    likeness: float = 1.0

    def words(self, text: Sequence[str]) -> str:
        """What stands there."""
        return text[self.paragraph - 1][self.start : self.end]


class Match(StrEnum):
    """How closely words were found."""

    EXACT = "exact"
    OTHER_CASE = "other case"
    INSIDE_WORDS = "inside longer words"


def find(
    words: str, text: Sequence[str], paragraph: int | None = None
) -> tuple[tuple[Passage, ...], Match]:
    """Every place where words stand: as they are, else in other letter case, else inside longer
    words.
    """
    literal = re.escape(words)
    whole = (
        (r"(?<!\w)" if words[:1].isalnum() else "")
        + literal
        + (r"(?!\w)" if words[-1:].isalnum() else "")
    )
    tries = (
        (re.compile(whole), Match.EXACT),
        (re.compile(whole, re.IGNORECASE), Match.OTHER_CASE),
        (re.compile(literal, re.IGNORECASE), Match.INSIDE_WORDS),
    )
    for pattern, how in tries:
        found = tuple(
            Passage(number, hit.start(), hit.end())
            for number, one in enumerate(text, 1)
            if paragraph in (None, number)
            for hit in pattern.finditer(one)
            if words
        )
        if found:
            return found, how
    return (), Match.EXACT


def nearest(words: str, text: Sequence[str], most: int = 1) -> tuple[Passage, ...]:
    """The passages that are most like some words, at most one in a paragraph, the likest first."""
    wanted = words.casefold()
    shared = [
        (_shared(wanted, paragraph.casefold()), -number) for number, paragraph in enumerate(text, 1)
    ]
    ranked = sorted(((count, number) for count, number in shared if count), reverse=True)
    found = [_likest(wanted, text[-number - 1], -number) for _, number in ranked[:MOST_COMPARED]]
    found.sort(key=lambda passage: (-passage.likeness, passage.paragraph))
    return tuple(islice((passage for passage in found if passage.likeness >= LEAST_ALIKE), most))


def clipped(words: str) -> str:
    """Words to show: all where they are few, else their first."""
    parts = words.split()
    return words if len(parts) <= MOST_WORDS else f"{' '.join(parts[:MOST_WORDS])} ..."


def around(passage: Passage, text: Sequence[str]) -> str:
    """A passage as it stands, clipped, with a word before and behind it where there is room for
    them.
    """
    paragraph, inside = text[passage.paragraph - 1], passage.words(text)
    room = MOST_WORDS - len(inside.split())
    before, behind = paragraph[: passage.start].split(" "), paragraph[passage.end :].split(" ")
    if room >= 2:
        inside = " ".join(before[-2:]) + inside + " ".join(behind[:2])
    return clipped(inside).strip()


def _shared(wanted: str, paragraph: str) -> int:
    """How many triples of letters two texts have in common."""
    triples = {wanted[at : at + 3] for at in range(max(1, len(wanted) - 2))}
    return sum(triple in paragraph for triple in triples)


def _likest(wanted: str, paragraph: str, number: int) -> Passage:
    """The stretch of one paragraph that is most like some words: whole words, about as many
    letters.
    """
    paragraph = paragraph[:MOST_CHARACTERS]
    low = (
        paragraph.casefold()
        if len(paragraph.casefold()) == len(paragraph)
        else paragraph.lower()[: len(paragraph)]
    )
    blocks = SequenceMatcher(None, low, wanted, autojunk=False).get_matching_blocks()
    best = Passage(number, 0, 0, 0.0)
    for start in sorted({max(0, block.a - block.b) for block in blocks if block.size}):
        for stretch in _stretches(paragraph, start, len(wanted)):
            likeness = SequenceMatcher(None, low[slice(*stretch)], wanted, autojunk=False).ratio()
            if likeness > best.likeness:
                best = Passage(number, *stretch, likeness)
    return best


def _stretches(paragraph: str, start: int, length: int) -> Iterator[tuple[int, int]]:
    """The stretches of whole words that begin and end around a place."""
    words = [(m.start(), m.end()) for m in re.finditer(r"\w(?:\S*\w)?", paragraph)]
    starts = _around((begin for begin, _ in words), start)
    ends = _around((end for _, end in words), start + length)
    yield from ((begin, end) for begin in starts for end in ends if begin < end)


def _around(places: Iterable[int], wanted: int) -> tuple[int, ...]:
    """The last place up to the wanted one, and the first behind it."""
    places = list(places)
    before = [place for place in places if place <= wanted]
    behind = [place for place in places if place > wanted]
    return (*before[-1:], *behind[:1])
