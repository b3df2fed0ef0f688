"""Choices found by what is typed of their names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple


class Choice(NamedTuple):
    """Something that may be meant: its id, its name, what it is, and a name of it that holds the
    words where that is another.
    """

    id: str
    label: str
    kind: str = ""
    other: str = ""


class Named(NamedTuple):
    """A choice with all of its names, folded as they are searched."""

    choice: Choice
    names: tuple[tuple[str, str], ...]


def name_choice(choice: Choice, names: Iterable[str]) -> Named:
    """Return a choice that is found by some names."""
    return Named(choice, tuple((name, _fold_words(name)) for name in dict.fromkeys(names)))


def _fold_words(words: str) -> str:
    plain = unicodedata.normalize("NFKD", words)
    return "".join(each for each in plain if not unicodedata.combining(each)).casefold()


_FIRST_WORDS, _WITHIN, _NOT_AT_ALL = range(3)


def rank_choices(
    words: str,
    choices: Iterable[Named],
    uses: Callable[[str], tuple[int, ...]] = lambda _: (),
) -> list[Choice]:
    """Return those with a name that holds words: those where they begin it, or its words, before
    those where they stand elsewhere; each in order of use.
    """
    asked_words = _fold_words(words).split()
    ranked = []
    for choice, names in choices:
        place, number = min((_place_of(asked_words, each[1]), at) for at, each in enumerate(names))
        if place == _NOT_AT_ALL:
            continue
        name = names[number][0]
        other = name if number and place < _WITHIN and name != choice.id else ""
        order = (place, tuple(-count for count in uses(choice.id)), choice.label, choice.id)
        ranked.append((order, choice._replace(other=other)))
    return [choice for _, choice in sorted(ranked, key=lambda each: each[0])]


def _place_of(asked_words: Sequence[str], name: str) -> int:
    """Where a folded name has the words that are asked for."""
    if not all(each in name for each in asked_words):
        return _NOT_AT_ALL
    parts = re.findall(r"[^\W_]+", name)
    begins = name.startswith(" ".join(asked_words)) or all(
        _begins_one(each, parts) for each in asked_words
    )
    return _FIRST_WORDS if begins else _WITHIN


def _begins_one(word: str, parts: Iterable[str]) -> bool:
    return any(part.startswith(word) for part in parts)
