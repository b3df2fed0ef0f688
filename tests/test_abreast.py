"""Tasks that two processes share make what one would have made, and fail as one would have failed."""

from __future__ import annotations

import os
import signal

import pytest

from kg.abreast import Made, Task, all_made
from kg.diagnostics import KgError


def makes(name: str) -> Task:
    return lambda: {name: name.encode() * 100_000}


def fails(name: str) -> Task:
    def task() -> Made:
        raise KgError(name)

    return task


@pytest.mark.parametrize("count", range(6))
def test_all_that_tasks_make_comes_in_their_order(count: int) -> None:
    names = [f"page-{number}" for number in range(count)]
    assert list(all_made([makes(name) for name in names]).items()) == [(n, n.encode() * 100_000) for n in names]


@pytest.mark.parametrize("wrong", [(0,), (1,), (2, 3), (1, 2), (4,)])
def test_the_first_mistake_is_raised_as_if_tasks_were_done_one_by_one(wrong: tuple[int, ...]) -> None:
    tasks = [fails(str(number)) if number in wrong else makes(str(number)) for number in range(5)]
    with pytest.raises(KgError, match=f"^{wrong[0]}$"):
        all_made(tasks)


def test_a_copy_that_dies_leaves_its_tasks_to_the_original() -> None:
    here = os.getpid()

    def dies_elsewhere() -> Made:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return {"second": b"2"}

    assert all_made([makes("first"), dies_elsewhere]) == {"first": b"first" * 100_000, "second": b"2"}
