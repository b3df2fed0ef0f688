"""Texts for people: numbers and lists in words, lines of a width, and what a format must escape."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import NamedTuple, TypeVar

from kg.text.characters import is_wide, printable


class Unreadable(ValueError):
    """A text that does not say what is asked for; ``hint`` says what to write instead."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


Listed = TypeVar("Listed")

WIDTH = 100
"""The longest line of a text for people, in columns."""

MOST_EXCERPT = 120
"""The longest part of a line that an excerpt quotes, in characters."""


def count_noun(number: int, noun: str) -> str:
    """Return a number with what it counts: ``1 hop``, ``2 hops``."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def join_and(items: Iterable[str]) -> str:
    """Return a list as a sentence has it: ``a, b and c``."""
    return "".join(list_items(items))


def join_or(items: Iterable[str]) -> str:
    """Return words of which one holds: ``a``, ``a or b``, ``a, b or c``."""
    return "".join(list_items(items, " or "))


def list_items(items: Iterable[Listed], before_last: str = " and ") -> Iterator[Listed | str]:
    """Yield the items of a list, of whatever kind, with what stands between them in a sentence."""
    all_items = list(items)
    for number, item in enumerate(all_items, 1):
        if number > 1:
            yield before_last if number == len(all_items) else ", "
        yield item


def join_ranges(ranges: Iterable[range]) -> str:
    """Return numbers in order as a text, three and more in a row as a range: ``1, 4-9, 12``."""
    runs: list[range] = []
    for each in ranges:
        if runs and runs[-1].stop == each.start:
            runs[-1] = range(runs[-1].start, each.stop)
        else:
            runs.append(each)
    parts = ([f"{run[0]}-{run[-1]}"] if len(run) > 2 else map(str, run) for run in runs)
    return ", ".join(chain.from_iterable(parts))


def preferred_label(labels: Iterable[tuple[str, str]]) -> tuple[str, str]:
    """Return of labels, each a language tag and a text, the one that people are shown: English
    before no language before any other; of several the first in the alphabet. Two empty texts
    where there is none.
    """
    return min(labels, key=_preference, default=("", ""))


def _preference(label: tuple[str, str]) -> tuple[int, str]:
    language, text = label
    if language.lower() == "en":
        return 0, text
    if language.lower().startswith("en-"):
        return 1, text
    return 3 if language else 2, text


def wrap(
    text: str,
    first: str = "",
    following: str = "",
    columns: int = WIDTH,
    longest: int = sys.maxsize,
) -> list[str]:
    """Return a text in lines of at most so many columns; ``first`` stands before the first line,
    ``following`` before each other. Only words wider than ``longest`` are broken; no text at all is
    one line.
    """
    lines: list[str] = []
    line, used_columns, is_begun = first, width(first), False
    for gap, word in _cut_words(text, longest):
        if is_begun and used_columns + len(gap) + width(word) > columns:
            lines.append(line)
            line, gap, used_columns = following, "", width(following)
        line += " " * len(gap) + word
        used_columns += len(gap) + width(word)
        is_begun = True
    return [*lines, line if is_begun else first.rstrip()]


def _cut_words(text: str, most: int) -> Iterator[tuple[str, str]]:
    """Yield the words of a text, in parts of at most so many columns, each with what stands between
    it and the one before.
    """
    for gap, word in re.findall(r"([\t-\r ]*)([^\t-\r ]+)", text):
        while width(word) > most:
            head = clip(word, most, "") or word[:1]
            yield gap, head
            gap, word = "", word[len(head) :]
        yield gap, word


def pad(text: str, columns: int, *, at_left: bool = False) -> str:
    """Return a text that takes so many columns: blanks stand behind it, or at its left."""
    blanks = " " * (columns - width(text))
    return blanks + text if at_left else text + blanks


def width(text: str) -> int:
    """Return how many columns a text takes (UAX #11): wide letters two, marks and controls none."""
    if text.isascii():
        return len(text)
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if is_wide(character) else 1


def clip(text: str, most: int, ending: str = "…") -> str:
    """Return a text of at most so many columns, with an ending where it is cut."""
    if width(text) <= most:
        return text
    room = most - width(ending)
    columns = 0
    for number, character in enumerate(text):
        columns += _columns(character)
        if columns > room:
            return text[:number] + ending
    return text


def escape_markdown(text: str) -> str:
    """Return plain words in Markdown: what would be markup is escaped."""
    entities = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return re.sub(r"([\\`*_\[\]|#])", r"\\\1", entities)


_NUMBER = r"-?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?"
FORMULA = re.compile(rf"^(?!{_NUMBER}(?![\s\S]))[=+\-@\t\r]")
"""How a cell begins that a spreadsheet takes for a formula (OWASP, CSV injection) and that is no
number. JavaScript reads it too.
"""


def spreadsheet_safe(cell: str) -> str:
    """Return a cell that no spreadsheet runs: a quote stands before what is no number."""
    return f"'{cell}" if FORMULA.match(cell) else cell


def excerpt(line: str, column: int, end: int) -> tuple[str, str]:
    """Return a line, clipped around a column (from 1), and carets below it up to ``end``."""
    start = max(0, column - 1 - MOST_EXCERPT // 2) if len(line) > MOST_EXCERPT else 0
    part = line[start : start + MOST_EXCERPT]
    before, after = part[: column - 1 - start], part[column - 1 - start :]
    length = max(1, len(printable(after[: end - column]).rstrip())) if end > column else 1
    opening = "..." if start else ""
    closing = "..." if start + MOST_EXCERPT < len(line) else ""
    margin = " " * (len(opening) + width(printable(before)))
    carets = "^" * min(length, MOST_EXCERPT)
    return f"{opening}{printable(part)}{closing}", f"{margin}{carets}"


class TextChange(NamedTuple):
    """Other text for some characters of a text (from 0, the end not included)."""

    start: int
    end: int
    text: str


def apply_edits(text: str, edits: Iterable[TextChange]) -> str:
    """Return a text after some edits, which do not overlap."""
    for edit in sorted(edits, reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text
