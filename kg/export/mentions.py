"""Mentions of names in texts and addresses: with and without accents, in any case, run together.

Texts are compared letter by letter without their accents (José, Jose), whole words where a script
parts words. An address is looked at as it is spoken: percent signs undone, without its signs.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

_MARK = "[\u0300-\u036f]"
_SHORTEST = 3
"""So many letters a part of a person's name has at least that is taken for a name by itself."""

_LONG = 5
"""So many letters a word of an address has at least that is found within another."""

_NO_NAMES = {"the", "der", "die", "das", "den", "dem", "les", "las", "los", "del", "della", "dos"}
_NO_NAMES |= {"von", "van", "zum", "zur", "and", "und", "mrs", "miss", "sir", "lady", "dame"}
"""Words in names that nobody is called by alone."""

_ADDRESS = re.compile(r"[a-z]+://\S*|(?:doi:)?10\.[0-9]{4,9}/\S*", re.IGNORECASE)


class Mentions:
    """Finds any of some names; ``parts`` are names of people, of which a word stands for them."""

    def __init__(self, names: Iterable[str], people: Iterable[str], ids: Iterable[str]) -> None:
        people = set(people)
        words = {*names, *people, *ids, *_parts(people)}
        words |= {"".join(re.split(r"[\W_]+", name)) for name in people}
        self._pattern = _pattern(words)
        self._are_in: dict[str, bool] = {}
        self._squeezed = {plain for word in words if len(plain := _squeeze(word)) >= _LONG}

    def are_in(self, text: str) -> bool:
        """Tell whether a text, or an address, mentions a name. Most texts come again and again."""
        if text not in self._are_in:
            addresses = _ADDRESS.findall(text)
            is_mentioned = self._pattern.search(_decompose(text)) is not None
            self._are_in[text] = is_mentioned or any(map(self._are_in_address, addresses))
        return self._are_in[text]

    def replace(self, text: str, other: str) -> str:
        """Return a text with something else in the place of each name, and without addresses that
        mention one.
        """
        if not self.are_in(text):
            return text
        without = _ADDRESS.sub(lambda match: self._address(match[0], other), text)
        if not without:
            return ""
        return unicodedata.normalize("NFC", self._pattern.sub(other, _decompose(without)))

    def _address(self, address: str, other: str) -> str:
        mentioned = self._pattern.search(_decompose(address)) or self._are_in_address(address)
        return "" if mentioned else address

    def _are_in_address(self, address: str) -> bool:
        plain_address = unquote(address)
        squeezed = _squeeze(plain_address)
        return any(word in squeezed for word in self._squeezed) or bool(
            self._pattern.search(_decompose(plain_address))
        )


def _parts(names: Iterable[str]) -> set[str]:
    """The words of names, of which a mere one often stands for the person."""
    words = (word for name in names for word in re.split(r"[\W_]+", name))
    return {
        word
        for word in words
        if len(word) >= _SHORTEST and not word.islower() and word.casefold() not in _NO_NAMES
    }


Tree = dict[str, "Tree"]
"""What may follow, token by token."""


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    """What finds any of some names, the longest first: whole words where they begin and end with a
    letter of a script that parts words. Names that begin alike share their beginning: to try
    thousands one after the other takes minutes.
    """
    tree: Tree = {}
    for word in (unicodedata.normalize("NFC", word) for word in words if word):
        node = tree
        for token in (_edge(word[0]), *_letters(word), _end(word[-1])):
            node = node.setdefault(token, {})
    return re.compile(_branches(tree) or "(?!)", re.IGNORECASE)


def _branches(tree: Tree) -> str:
    """A tree as a regular expression; where a name ends and others go on, these come first."""
    stem = ""
    while len(tree) == 1:
        [(token, tree)] = tree.items()
        stem += token
    longest_first = sorted(tree.items(), key=lambda item: not item[1])
    branches = "|".join(token + _branches(more) for token, more in longest_first)
    return f"{stem}(?:{branches})" if branches else stem


def _letters(word: str) -> Iterator[str]:
    """What matches each letter of a name whatever its accents, and blanks of any kind in it."""
    for letter in re.sub(_MARK, "", _decompose(word)).lower():
        yield r"\s+" if letter.isspace() else f"{re.escape(letter)}{_MARK}*+"


def _end(letter: str) -> str:
    """Where a name ends: before or behind the sign of the genitive, which ids have without an
    apostrophe.
    """
    return r"(?:['’]?s)?(?![^\W_])" if _edge(letter) else ""


def _edge(letter: str) -> str:
    is_parted = letter.isalnum() and letter < "\u2e80"
    return rf"(?<![^\W_])(?<!{_MARK})" if is_parted else ""


def _decompose(text: str) -> str:
    """A text whose accents are characters of their own; syllables of Korean stay whole."""
    if text.isascii():
        return text
    whole = unicodedata.normalize("NFC", text)
    return re.sub("[^\uac00-\ud7a3]+", lambda match: unicodedata.normalize("NFD", match[0]), whole)


def _squeeze(text: str) -> str:
    """A text as small letters and digits, without accents and whatever else stands between."""
    return re.sub(r"[\W_]+", "", re.sub(_MARK, "", _decompose(text))).casefold()
