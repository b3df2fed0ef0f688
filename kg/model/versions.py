"""Values by id that change from moment to moment, of which only the changes are kept."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import ItemsView, Iterable, Iterator, Mapping, ValuesView
from functools import cached_property
from itertools import chain
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")


class _History(NamedTuple, Generic[T]):
    """What a value was from which moment on; None where there was none."""

    moments: list[int]
    values: list[T | None]


class Versions(Generic[T]):
    """Values by id, which are set and dropped. ``order`` gives the order of ids; others follow
    these, sorted.
    """

    def __init__(self, order: Iterable[str]) -> None:
        self._ordered: dict[str, _History[T]] = {id: _History([], []) for id in order}
        self._others: dict[str, _History[T]] = {}
        self._moment = self._count = 0

    def set(self, values: Mapping[str, T]) -> None:
        """Give ids these values from now on."""
        for id, value in values.items():
            history = self._ordered.get(id) or self._others.setdefault(id, _History([], []))
            self._change(history, value)

    def drop(self, id: str) -> bool:
        """Let an id have no value from now on. Whether it had one."""
        history = self._ordered.get(id) or self._others.get(id)
        had_one = bool(history and history.values and history.values[-1] is not None)
        if history and had_one:
            self._change(history, None)
        return had_one

    def _change(self, history: _History[T], value: T | None) -> None:
        before = history.values[-1] if history.values else None
        self._count += (value is not None) - (before is not None)
        if history.moments and history.moments[-1] == self._moment:
            history.values[-1] = value
        else:
            history.moments.append(self._moment)
            history.values.append(value)

    def as_now(self) -> Mapping[str, T]:
        """Return the values as they are now, whatever changes later."""
        self._moment += 1
        return _Then(self, self._moment, self._count)

    def find(self, id: str, moment: int) -> T | None:
        """Return the value of an id before a moment; None where it had none."""
        history = self._ordered.get(id) or self._others.get(id)
        return _value_before(moment, history) if history else None

    def all_before(self, moment: int) -> dict[str, T]:
        """Return all values before a moment, in order."""
        values_before = {}
        for id, history in chain(self._ordered.items(), sorted(self._others.items())):
            value = _value_before(moment, history)
            if value is not None:
                values_before[id] = value
        return values_before


def _value_before(moment: int, history: _History[T]) -> T | None:
    place = bisect_right(history.moments, moment - 1)
    return history.values[place - 1] if place else None


class _Then(Mapping[str, T]):
    """The values before a moment: of one id they are looked up, of all made once."""

    def __init__(self, versions: Versions[T], moment: int, count: int) -> None:
        self._versions, self._moment, self._count = versions, moment, count

    @cached_property
    def _all(self) -> dict[str, T]:
        return self._versions.all_before(self._moment)

    def __getitem__(self, id: str) -> T:
        value = self._versions.find(id, self._moment)
        if value is None:
            raise KeyError(id)
        return value

    def __iter__(self) -> Iterator[str]:
        return iter(self._all)

    def __len__(self) -> int:
        return self._count

    def items(self) -> ItemsView[str, T]:
        return self._all.items()

    def values(self) -> ValuesView[T]:
        return self._all.values()
