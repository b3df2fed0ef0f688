"""Names as a picture draws them: in a few short lines, whatever somebody called a thing."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import accumulate, combinations, pairwise

from kg.text import clip, width

MOST_COLUMNS = 24
"""Columns of a line: a letter takes one, a letter of East Asia two."""

MOST_LINES = 3

ONE_LINE = 15
"""Columns up to which a name stays on one line: two short lines find room more easily than a long
one.
"""

WITHIN = "\u200b"
"""Ends a line that breaks within a word, and is not drawn: no space stands there in the name."""

COLUMN_PIXELS = 6.9
LINE_PIXELS = 15


@lru_cache(maxsize=50_000)
def lines(label: str) -> tuple[str, ...]:
    """A label in one to ``MOST_LINES`` lines of at most ``MOST_COLUMNS``; what does not fit is
    cut off with an ellipsis.

    Controls are left out and heaps of combining marks made small, so that a name stays where it is
    drawn.
    """
    words = [part for word in _tidy(label).split() for part in _parts(word)]
    if not words:
        return ("?",)
    whole = _join_words(words)
    if width(whole) <= (MOST_COLUMNS if len(words) == 1 else ONE_LINE):
        return (whole,)
    for count in range(2, MOST_LINES + 1):
        if broken_lines := _break_words(words, count):
            return broken_lines
    *first, last = _fill_lines(words)
    return (*first, _shorten(last))


def _parts(word: str) -> list[str]:
    """Return a word in parts that fit into a line: behind its hyphens, else of about one width."""
    if width(word) <= MOST_COLUMNS:
        return [word]
    parts = []
    for part in re.split(r"(?<=[-/–])(?=.)", word):
        count = max(1, -(-width(part) // MOST_COLUMNS))
        # A wide letter that would stand on a boundary comes into the next part.
        columns = min(MOST_COLUMNS, -(-width(part) // count) + 1)
        while part:
            head = clip(part, columns, "")
            parts.append(head + WITHIN)
            part = part.removeprefix(head)
    return [*parts[:-1], parts[-1].removesuffix(WITHIN)]


def _join_words(words: Iterable[str]) -> str:
    """Return words with a space between them, but where a word goes on."""
    return " ".join(words).replace(f"{WITHIN} ", "")


def _break_words(words: list[str], count: int) -> tuple[str, ...]:
    """Return words in this many lines, the widest as narrow as can be, then the last; none where a
    line would be too wide.
    """
    gaps = [int(not word.endswith(WITHIN)) for word in words]
    ends = [0, *accumulate(width(word) + gap for word, gap in zip(words, gaps, strict=True))]
    if ends[-1] > count * (MOST_COLUMNS + 1):
        return ()
    splits = []
    for breaks in combinations(range(1, len(words)), count - 1):
        places = (0, *breaks, len(words))
        widths = [ends[end] - ends[start] - gaps[end - 1] for start, end in pairwise(places)]
        splits.append((max(widths), widths[-1], places))
    widest, _, places = min(splits, default=(math.inf, 0, ()))
    if widest > MOST_COLUMNS:
        return ()
    return tuple(_join_words(words[start:end]) for start, end in pairwise(places))


def _fill_lines(words: list[str]) -> list[str]:
    """Return words in ``MOST_LINES`` lines at most, as many in each as it holds; the last has all
    that remain.
    """
    filled_lines: list[list[str]] = [[]]
    for word in words:
        is_full = width(_join_words([*filled_lines[-1], word])) > MOST_COLUMNS
        if is_full and filled_lines[-1] and len(filled_lines) < MOST_LINES:
            filled_lines.append([])
        filled_lines[-1].append(word)
    return [_join_words(line) for line in filled_lines]


def _shorten(text: str) -> str:
    """Return a text as one line, with an ellipsis behind its last letter where it is cut."""
    if width(text) <= MOST_COLUMNS:
        return text
    return f"{clip(text, MOST_COLUMNS - 1, '').rstrip()}…"


def size(name_lines: tuple[str, ...]) -> tuple[float, float]:
    """About how many pixels wide and high these lines are."""
    return max(map(width, name_lines)) * COLUMN_PIXELS, len(name_lines) * LINE_PIXELS


def _tidy(label: str) -> str:
    """A label without characters that are not drawn, and with at most three marks on a letter."""
    if label.isascii() and label.isprintable():
        return label[:400]
    kinds = {"Cc": " ", "Cf": "", "Cs": ""}
    visible = "".join(kinds.get(unicodedata.category(c), c) for c in label[:400])
    return _HEAP.sub(r"\1", visible)


_HEAP = re.compile(
    "([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{3})[\u0300-\u036f]+"
)
