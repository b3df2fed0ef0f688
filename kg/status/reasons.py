"""Why an assertion has its status: words in which ids are still known as ids."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple


class Mention(NamedTuple):
    """The id of an assertion in a reason, or that of an actor."""

    id: str
    is_assertion: bool = True


@dataclass(frozen=True)
class Reason:
    """The reason of a status, as words and ids in order."""

    parts: tuple[str | Mention, ...]

    @cached_property
    def text(self) -> str:
        """The reason as plain text."""
        return "".join(part if isinstance(part, str) else part.id for part in self.parts)

    def __str__(self) -> str:
        return self.text


def reason(*parts: str | Mention | Iterable[Mention]) -> Reason:
    """Return a reason of words, ids and lists of ids."""
    return Reason(tuple(_flat(parts)))


def _flat(parts: Iterable[str | Mention | Iterable[Mention]]) -> Iterator[str | Mention]:
    for part in parts:
        if isinstance(part, str | Mention):
            yield part
            continue
        for number, mention in enumerate(part):
            if number:
                yield ", "
            yield mention


def assertions(ids: Iterable[str]) -> list[Mention]:
    """Return ids of assertions as mentions."""
    return [Mention(id) for id in ids]
