"""Kills commands that write, and counts what that leaves.

Each command is killed (SIGKILL) N times, at moments spread over its run and, as often, over the
part of it in which it writes. What then lies there is compared with what was there before and with
what the whole command makes: old, new, or a mix; then the same command runs again and must end
with the new, and nothing that begins with ``.kg-`` may be left.

usage: python benchmarks/kills.py [--kills N] [COMMAND ...]
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

REPOSITORY = Path(__file__).resolve().parent.parent
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(REPOSITORY), "PYTHONDONTWRITEBYTECODE": "1"}
LABEL = b"label: Japan"

State = dict[str, bytes]
"""The files of a folder by name, but for those that are being written."""


class Task(NamedTuple):
    """A command that writes, from which folder it runs, and where what it writes lies."""

    words: Sequence[str]
    result: str
    prepare: Callable[[Path], object]


def edit(folder: Path) -> None:
    """Change what a build says, so that the new files differ from the old ones."""
    for file in (folder / "sources").rglob("*.yaml"):
        data = file.read_bytes()
        if LABEL in data:
            file.write_bytes(data.replace(LABEL, LABEL + b" (new)", 1))
            return
    raise SystemExit("no source names Japan")


def nothing(_folder: Path) -> None:
    """Leave everything as it is."""


TASKS = {
    "build": Task(("build",), "site", edit),
    "view": Task(("view",), "site", edit),
    "export": Task(("export", "--format", "nq", "--out", "out/graph.nq"), "out", edit),
    "rename": Task(("rename", "japan", "nippon"), ".", nothing),
    "init": Task(("init", "--example", "new"), "new", nothing),
}


def kg(folder: Path, words: Sequence[str]) -> subprocess.Popen[bytes]:
    """Start a command in a folder."""
    return subprocess.Popen(
        (sys.executable, "-m", "kg", *words),
        cwd=folder,
        env=ENVIRONMENT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def state(folder: Path) -> State:
    """The files of a folder, with those of its folders."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".kg-" not in path.as_posix()
    }


def leftovers(folder: Path) -> int:
    """How many files and folders there are that were being written."""
    return sum(path.name.startswith(".kg-") for path in folder.rglob("*"))


def restore(folder: Path, before: Path) -> None:
    """Put a folder back."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(before, folder, symlinks=True)


def kill(process: subprocess.Popen[bytes], folder: Path, delay: float, writes: bool) -> bool:
    """Kill a command after a while, with ``writes`` counted from when it begins to write. Return
    whether it was still running.
    """
    began = time.monotonic()
    while writes and process.poll() is None and not any(folder.rglob(".kg-*")):
        if time.monotonic() - began > 60:
            break
    end = time.monotonic() + delay
    while process.poll() is None and time.monotonic() < end:
        time.sleep(min(0.0005, delay))
    was_running = process.poll() is None
    process.send_signal(signal.SIGKILL)
    process.wait()
    return was_running


def what_is_left(found: State, old: State, new: State) -> str:
    """Whether files are the old ones, the new ones, or some of each."""
    if found in (old, new):
        return "old" if found == old else "new"
    known = all(data in (old.get(name), new.get(name)) for name, data in found.items())
    return "mix" if known and old.keys() & new.keys() <= found.keys() else "lost or partial"


def try_task(task: Task, kills: int, scratch: Path) -> Counter[str]:
    """Kill a command and count what it leaves."""
    folder, before = scratch / "w", scratch / "before"
    subprocess.run((sys.executable, "-m", "kg", "init", "--example", "w"), cwd=scratch, check=True,
                   env=ENVIRONMENT, stdout=subprocess.DEVNULL)  # fmt: skip
    if task.prepare is edit:
        assert kg(folder, task.words).wait() == 0
    old = state(folder / task.result) if (folder / task.result).is_dir() else {}
    task.prepare(folder)
    shutil.copytree(folder, before)
    began = time.monotonic()
    assert kg(folder, task.words).wait() == 0
    takes = time.monotonic() - began
    new = state(folder / task.result)
    counts: Counter[str] = Counter()
    for number in range(kills):
        restore(folder, before)
        writes = number % 2 == 1
        part = (number // 2 + 0.5) / (kills / 2)
        delay = 0.12 * part**2 if writes else takes * part
        was_running = kill(kg(folder, task.words), folder, delay, writes)
        counts["killed"] += was_running
        there = state(folder / task.result) if (folder / task.result).is_dir() else {}
        counts[what_is_left(there, old, new)] += 1
        mixed = what_is_left(there, old, new) == "mix"
        if mixed and task.result == ".":
            counts["mix refused"] += kg(folder, ("check",)).wait() == 2
        counts["leftovers after the kill"] += leftovers(folder) > 0
        again = kg(folder, task.words).wait()
        right = state(folder / task.result) == new
        # What was finished before the kill cannot be done again, and says so.
        is_done = there == new and task.words[0] in ("init", "rename")
        counts["next run right"] += right and (again == 0 or is_done)
        counts["leftovers after the next run"] += leftovers(folder) > 0
    return counts


def main() -> None:
    """Kill every command asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("commands", nargs="*", metavar="COMMAND", help=f"of {', '.join(TASKS)}")
    parser.add_argument("--kills", type=int, default=120, help="kills a command (default: 120)")
    arguments = parser.parse_args()
    columns = (
        "killed", "old", "new", "mix", "mix refused", "lost or partial",
        "leftovers after the kill", "next run right", "leftovers after the next run",
    )  # fmt: skip
    print("| command | " + " | ".join(columns) + " |")
    print("|---" * (len(columns) + 1) + "|")
    for name in arguments.commands or TASKS:
        with tempfile.TemporaryDirectory() as scratch:
            counts = try_task(TASKS[name], arguments.kills, Path(scratch))
        print(f"| {name} | " + " | ".join(str(counts[each]) for each in columns) + " |", flush=True)


if __name__ == "__main__":
    main()
