"""Tasks that two processes share make what one would have made, and fail as one would have failed."""

from __future__ import annotations

import os
import signal
import sys
import time
from functools import partial

import pytest

from kg.abreast import MOST_TURNS, Made, Task, all_made
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

    def dies_elsewhere(name: str) -> Made:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        time.sleep(0.1)  # Meanwhile the copy takes the other one.
        return {name: b"made"}

    tasks = [partial(dies_elsewhere, name) for name in ("first", "second")]
    assert all_made(tasks) == {"first": b"made", "second": b"made"}


def test_more_tasks_than_turns_are_all_done() -> None:
    names = [f"page-{number}" for number in range(2 * MOST_TURNS + 3)]
    assert list(all_made([partial(dict, {name: b""}) for name in names])) == names


@pytest.mark.skipif(
    sys.platform != "linux" or len(os.sched_getaffinity(0)) < 2, reason="copies are made on Linux, with two processors"
)
def test_while_one_does_a_long_task_the_other_does_all_others() -> None:
    def who(name: str, seconds: float) -> Made:
        time.sleep(seconds)
        return {name: str(os.getpid()).encode()}

    made = all_made([partial(who, "long", 1.0), *(partial(who, f"short-{number}", 0) for number in range(5))])
    (other,) = {by for name, by in made.items() if name != "long"}
    assert other != made["long"]
