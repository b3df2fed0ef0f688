"""Why an assertion has its status: words in which ids are still known as ids."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, auto
from typing import NamedTuple

from kg.text import list_items


class Mentioned(Enum):
    """What the id in a reason is that of. People are told things and sources by their names."""

    ASSERTION = auto()
    THING = auto()
    SOURCE = auto()


class Mention(NamedTuple):
    """An id in a reason."""

    id: str
    kind: Mentioned = Mentioned.ASSERTION


@dataclass(frozen=True)
class Reason:
    """The reason of a status, as words and ids in order."""

    parts: tuple[str | Mention, ...]

    def worded(self, name: Callable[[Mention], str]) -> str:
        """Return the reason as plain text, with each id as ``name`` tells it."""
        return "".join(part if isinstance(part, str) else name(part) for part in self.parts)

    def __str__(self) -> str:
        return self.worded(lambda mention: mention.id)


def make_reason(*parts: str | Mention | Iterable[Mention]) -> Reason:
    """Return a reason of words, ids and lists of ids."""
    return Reason(tuple(_flat(parts)))


def _flat(parts: Iterable[str | Mention | Iterable[Mention]]) -> Iterator[str | Mention]:
    for part in parts:
        if isinstance(part, str | Mention):
            yield part
            continue
        mentions = list(part)
        are_assertions = any(each.kind is Mentioned.ASSERTION for each in mentions)
        yield from list_items(mentions, ", " if are_assertions else " and ")


def mention_assertions(ids: Iterable[str]) -> list[Mention]:
    """Return ids of assertions as mentions."""
    return [Mention(id) for id in ids]


def mention_things(ids: Iterable[str]) -> list[Mention]:
    """Return ids of things as mentions."""
    return [Mention(id, Mentioned.THING) for id in ids]


def mention_sources(ids: Iterable[str]) -> list[Mention]:
    """Return ids of sources as mentions."""
    return [Mention(id, Mentioned.SOURCE) for id in ids]
