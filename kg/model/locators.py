"""Where in a source something stands: a paragraph of its text, a page, a folio, a moment."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple


class Unit(StrEnum):
    """What a source is cited by, from the widest to the narrowest."""

    VOLUME = "volume"
    BOOK = "book"
    PART = "part"
    TITLE = "title"
    CHAPTER = "chapter"
    SECTION = "section"
    ARTICLE = "article"
    APPENDIX = "appendix"
    PAGE = "page"
    FOLIO = "folio"
    COLUMN = "column"
    NUMBER = "number"
    VERSE = "verse"
    QUESTION = "question"
    PARAGRAPH = "paragraph"
    LINE = "line"
    FIGURE = "figure"
    TABLE = "table"
    ROW = "row"
    NOTE = "note"
    TIME = "time"


_RANKS = {unit: rank for rank, unit in enumerate(Unit)}

Order = tuple[tuple[int, tuple[tuple[int, int, str], ...]], ...]
"""What places of one source are sorted by."""


class Locator(NamedTuple):
    """A place in a source, as written: a value of each unit, the widest first. One without units
    is the source as a whole. A paragraph is one of its text, counted from 1.
    """

    steps: tuple[tuple[Unit, str], ...] = ()

    @property
    def paragraph(self) -> int:
        """The paragraph of the source's text, or 0 where it is cited otherwise."""
        unit, value = self.steps[0] if len(self.steps) == 1 else (Unit.TIME, "")
        return int(value) if unit is Unit.PARAGRAPH else 0

    @property
    def words(self) -> str:
        """The place in words: ``page 12``, ``pages iv-vi``, ``at 00:12:28``."""
        return ", ".join(_in_words(unit, value) for unit, value in self.steps) or "as a whole"

    @property
    def value(self) -> int | str:
        """The place for programs: the number of a paragraph, or the place in words."""
        return self.paragraph or self.words

    @property
    def short(self) -> str:
        """The place in a table: ``p. 4`` is a paragraph of the text, all else is in words."""
        return f"p. {self.paragraph}" if self.paragraph else self.words

    @property
    def order(self) -> Order:
        """What places are sorted by: numbers, roman ones too, by what they count."""
        return tuple((_RANKS[unit], _order(value)) for unit, value in self.steps)


WHOLE = Locator()
"""A source as a whole."""


def paragraph_locator(number: int) -> Locator:
    """Return the place of a paragraph of a text."""
    return Locator(((Unit.PARAGRAPH, str(number)),))


def enumerate_places(locators: Iterable[Locator]) -> str:
    """Return places in words: ``paragraphs 2, 5``, ``page 12; page 14``."""
    locators = tuple(locators)
    numbers = [str(each.paragraph) for each in locators if each.paragraph]
    noun = "paragraph" if len(numbers) == 1 else "paragraphs"
    paragraphs = [f"{noun} {', '.join(numbers)}"] if numbers else []
    return "; ".join([*paragraphs, *(each.words for each in locators if not each.paragraph)])


def in_order(locators: Iterable[Locator]) -> list[Locator]:
    """Return places in the order of their source, each once."""
    return sorted(set(locators), key=lambda locator: locator.order)


RANGE = re.compile(r"(\S+?)\s*[-\u2013]\s*(\S+)")
"""Two ends of a range, as in ``112-114``."""

TIME = re.compile(r"(?:([0-9]{1,4}):)?([0-5]?[0-9]):([0-5][0-9])(?:\.[0-9]{1,3})?")
"""A moment of a recording: hours if there are any, minutes and seconds."""


def runs_backward(unit: Unit, value: str) -> bool:
    """Whether a value is a range whose end comes before its beginning."""
    ends = RANGE.fullmatch(value)
    if ends is None:
        return False
    if unit is Unit.TIME:
        is_time = all(map(TIME.fullmatch, ends.groups()))
        return is_time and seconds_into(ends[1]) > seconds_into(ends[2])
    return _number(ends[1]) > _number(ends[2]) > 0


def seconds_into(moment: str) -> float:
    """Return how many seconds after its beginning a moment of a recording is."""
    total = 0.0
    for part in moment.split(":"):
        total = total * 60 + float(part)
    return total


_NOUNS = {Unit.NUMBER: ("no.", "nos."), Unit.APPENDIX: ("appendix", "appendices")}


def _in_words(unit: Unit, value: str) -> str:
    if unit is Unit.TIME:
        return f"at {value}"
    ends = RANGE.fullmatch(value)
    is_range = ends is not None and all(map(_number, ends.groups()))
    singular, plural = _NOUNS.get(unit, (unit.value, f"{unit.value}s"))
    return f"{plural if is_range else singular} {value}"


@lru_cache(10_000)
def _order(value: str) -> tuple[tuple[int, int, str], ...]:
    first = RANGE.fullmatch(value)
    parts = re.findall(r"[0-9]+|[^0-9]+", first[1] if first else value)
    roman = _roman(parts[0]) if len(parts) == 1 else 0
    if roman:
        return ((0, roman, ""),)
    return tuple((1, int(each), "") if each.isdigit() else (2, 0, each) for each in parts)


def _number(text: str) -> int:
    """The number that a text begins with, in digits or as a roman numeral, or 0."""
    digits = re.match("[0-9]{1,9}", text)
    return int(digits[0]) if digits else _roman(text)


_ROMAN = re.compile("M{0,9}(CM|CD|D?C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})", re.IGNORECASE)
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}


def _roman(text: str) -> int:
    """The value of a roman numeral, or 0."""
    if not text or not _ROMAN.fullmatch(text):
        return 0
    values = [_ROMAN_DIGITS[letter] for letter in text.upper()]
    followers = [*values[1:], 0]
    signs = (-1 if value < after else 1 for value, after in zip(values, followers, strict=True))
    return sum(sign * value for sign, value in zip(signs, values, strict=True))
