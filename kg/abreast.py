"""Tasks done on two processors at once, where that is safe: by this process and a copy of it, each the next in turn."""

from __future__ import annotations

import marshal
import os
import sys
import threading
from collections.abc import Callable, Sequence

from kg.diagnostics import KgError

Made = dict[str, bytes]
Task = Callable[[], Made]

MOST_TURNS = 256
"""So many numbers has a byte: where there are more tasks, several are taken at a time."""


def all_made(tasks: Sequence[Task]) -> Made:
    """What some tasks make, together and in their order.

    What the copy did not finish is done here, so that a mistake is raised as if the tasks had been done one by one.
    """
    if len(tasks) < 2 or not _may_copy():
        return {name: data for task in tasks for name, data in task().items()}
    turns = _turns(min(len(tasks), MOST_TURNS))
    reader, writer = os.pipe()
    copy = os.fork()
    if not copy:
        try:
            with os.fdopen(writer, "wb") as pipe:
                pipe.write(marshal.dumps(_made(tasks, turns)))
            os._exit(0)
        finally:
            # Nothing of the original's is to happen twice: no buffer is written, no handler called.
            os._exit(1)
    os.close(writer)
    try:
        with os.fdopen(reader, "rb") as pipe:
            found = _made(tasks, turns)
            sent = pipe.read()
    finally:
        os.close(turns)
        _, fate = os.waitpid(copy, 0)
    if fate == 0:
        found |= marshal.loads(sent)
    made = [found[number] if number in found else task() for number, task in enumerate(tasks)]
    return {name: data for each in made for name, data in each.items()}


def _may_copy() -> bool:
    """Copies of a process are safe on Linux while nothing else goes on in it, and of use beside a free processor."""
    return sys.platform == "linux" and threading.active_count() == 1 and len(os.sched_getaffinity(0)) > 1


def _turns(count: int) -> int:
    """A pipe that holds so many turns, a byte each; whoever reads one has it alone."""
    reader, writer = os.pipe()
    os.write(writer, bytes(range(count)))
    os.close(writer)
    return reader


def _made(tasks: Sequence[Task], turns: int) -> dict[int, Made]:
    """What the tasks make whose turns this process takes, by number, up to the first mistake."""
    found: dict[int, Made] = {}
    try:
        while turn := os.read(turns, 1):
            for number in range(turn[0], len(tasks), MOST_TURNS):
                found[number] = tasks[number]()
    except KgError:
        pass
    return found
