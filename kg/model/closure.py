"""Walks along links: everything that can be reached, and circles."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

T = TypeVar("T", bound=Hashable)
Shared = TypeVar("Shared", str, int)


def closure(starts: Iterable[T], step: Callable[[T], Iterable[T]]) -> list[T]:
    """Return some values and all that links lead to from them, each once, nearest first.

    ``step`` gives the values that one value links to.
    """
    reached_ids = dict.fromkeys(starts)
    queue = list(reached_ids)
    for value in queue:
        for other in step(value):
            if other not in reached_ids:
                reached_ids[other] = None
                queue.append(other)
    return queue


def find_circles(starts: Iterable[T], step: Callable[[T], Iterable[T]]) -> Iterator[list[T]]:
    """Yield each circle of links once, as the values on it in order, found by depth-first search.

    Of circles that share a link with one found earlier not all are told.
    """
    finished: set[T] = set()
    for start in starts:
        if start in finished:
            continue
        path: dict[T, Iterator[T]] = {start: iter(step(start))}
        while path:
            here = next(reversed(path))
            other = next(path[here], None)
            if other is None:
                finished.add(here)
                del path[here]
            elif other in path:
                values = list(path)
                yield values[values.index(other) :]
            elif other not in finished:
                path[other] = iter(step(other))


def group_by_shared(values: Mapping[T, Iterable[Shared]]) -> dict[T, Shared]:
    """Return for each key the first of all values that it has or that any other key has which
    shares one with it, in any number of steps: keys of one group have the same.
    """
    if len(values) == 1:
        return {key: min(own) for key, own in values.items()}
    linked: dict[Shared, list[Shared]] = {}
    firsts: dict[T, Shared] = {}
    for key, own in values.items():
        shared = list(own)
        first, others = shared[0], shared[1:]
        firsts[key] = first
        linked.setdefault(first, []).extend(others)
        for value in others:
            linked.setdefault(value, []).append(first)
    least: dict[Shared, Shared] = {}
    for value in linked:
        if value not in least:
            group: list[Shared] = closure([value], linked.__getitem__)
            least |= dict.fromkeys(group, min(group))
    return {key: least[first] for key, first in firsts.items()}


def show_circle(circle: Sequence[str]) -> str:
    """Return the ids on a circle, back to the first; of many the middle is left out."""
    ids = [*circle, circle[0]]
    return " -> ".join(ids if len(ids) <= 10 else [*ids[:5], "...", *ids[-4:]])
