"""Kills commands that write, and counts what that leaves.

Each command is killed (SIGKILL) N times, at moments spread over its run and, as often, over the
part of it in which it writes. What then lies there is compared with what was there before and with
what the whole command makes: old, new, or a mix; then the same command runs again and must end
with the new, and nothing that begins with ``.kg-`` may be left. Commands run in forked processes
of this one, which has loaded all of kg, so that little but the command's own work is run.

usage: python benchmarks/kills.py [--kills N] [COMMAND ...]
"""

from __future__ import annotations

import argparse
import importlib
import os
import pkgutil
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(REPOSITORY))

import kg  # noqa: E402
import kg.cli  # noqa: E402

FILES = 12
COLUMNS = (
    "killed", "old", "new", "mix", "mix refused", "lost or partial",
    "leftovers after the kill", "next run right", "leftovers after the next run",
)  # fmt: skip

State = dict[str, bytes]
"""The files of a folder by name, but for those that are being written."""


class Task(NamedTuple):
    """A command that writes, where what it writes lies, and whether it makes something new of
    sources that were changed.
    """

    words: Sequence[str]
    result: str
    is_again: bool


TASKS = {
    "build": Task(("build",), "site", is_again=True),
    "view": Task(("view",), "site", is_again=True),
    "export": Task(("export", "--format", "nq", "--out", "out/graph.nq"), "out", is_again=True),
    "rename": Task(("rename", "arden", "brell"), ".", is_again=False),
    "init": Task(("init", "--example", "new"), "new", is_again=False),
}


class Command:
    """A command that runs in a forked process."""

    def __init__(self, folder: Path, words: Sequence[str]) -> None:
        self.code: int | None = None
        self.id = os.fork()
        if not self.id:
            self._run(folder, words)

    @staticmethod
    def _run(folder: Path, words: Sequence[str]) -> None:
        code = 1
        try:
            os.chdir(folder)
            nowhere = os.open(os.devnull, os.O_RDWR)
            for stream in (0, 1, 2):
                os.dup2(nowhere, stream)
            code = kg.cli.main(words)
        finally:
            os._exit(code)

    def is_running(self) -> bool:
        """Whether it has not ended yet."""
        if self.code is None:
            ended, status = os.waitpid(self.id, os.WNOHANG)
            self.code = os.waitstatus_to_exitcode(status) if ended else None
        return self.code is None

    def wait(self) -> int:
        """Its exit code, once it has ended."""
        if self.code is None:
            self.code = os.waitstatus_to_exitcode(os.waitpid(self.id, 0)[1])
        return self.code

    def kill(self) -> None:
        """End it."""
        if self.code is None:
            os.kill(self.id, signal.SIGKILL)
            self.wait()


def load_all() -> None:
    """Load every module of kg."""
    for module in pkgutil.walk_packages(kg.__path__, "kg."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)


def make_workspace(folder: Path) -> None:
    """A small workspace of several files and two views."""
    assert Command(folder.parent, ("init", folder.name)).wait() == 0
    for view in sorted((folder / "viz").glob("*.rq"))[2:]:
        view.unlink()
    sources = folder / "sources"
    for file in sources.iterdir():
        file.unlink()
    (sources / "things.yaml").write_text(
        f"""articles:
  wire: {{title: T, publisher: press, originator: press, published: 2020-01-01, paragraphs: 9,
    text_sha256: "{0:064d}"}}
actors:
  press: {{type: MediaOrganization, label: Press}}
  arden: {{type: State, label: Arden}}
  cardon: {{type: State, label: Cardon}}
"""
    )
    for number in range(FILES):
        said = f"subject: arden, predicate: meets, object: cardon, when: {1900 + number}"
        (sources / f"said-{number}.yaml").write_text(
            f"assertions:\n  - {{{said}, cite: {{wire: [1]}}}}\n"
        )


def edit(folder: Path) -> None:
    """Change what a build says, so that the new files differ from the old ones."""
    file = folder / "sources" / "things.yaml"
    file.write_text(file.read_text().replace("Arden", "Arden the Great"))


def state(folder: Path) -> State:
    """The files of a folder, with those of its folders."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*") if folder.is_dir() else ())
        if path.is_file() and ".kg-" not in path.as_posix()
    }


def leftovers(folder: Path) -> int:
    """How many files and folders there are that were being written."""
    return sum(path.name.startswith(".kg-") for path in folder.rglob("*"))


def restore(folder: Path, before: Path) -> None:
    """Put a folder back."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(before, folder, symlinks=True)


def kill(command: Command, folder: Path, delay: float, writes: bool) -> bool:
    """Kill a command after a while, with ``writes`` counted from when it begins to write. Return
    whether it was still running.
    """
    began = time.monotonic()
    while writes and command.is_running() and not any(folder.rglob(".kg-*")):
        if time.monotonic() - began > 60:
            break
    end = time.monotonic() + delay
    while command.is_running() and time.monotonic() < end:
        time.sleep(min(0.0005, delay))
    was_running = command.is_running()
    command.kill()
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
    make_workspace(folder)
    if task.is_again:
        assert Command(folder, task.words).wait() == 0
    old = state(folder / task.result)
    if task.is_again:
        edit(folder)
    shutil.copytree(folder, before)
    began = time.monotonic()
    assert Command(folder, task.words).wait() == 0
    takes = time.monotonic() - began
    new = state(folder / task.result)
    counts: Counter[str] = Counter()
    for number in range(kills):
        restore(folder, before)
        writes = number % 2 == 1
        part = (number // 2 + 0.5) / (kills / 2)
        delay = 0.12 * part**2 if writes else takes * part
        counts["killed"] += kill(Command(folder, task.words), folder, delay, writes)
        count_what_is_left(task, folder, old, new, counts)
    return counts


def count_what_is_left(
    task: Task, folder: Path, old: State, new: State, counts: Counter[str]
) -> None:
    """Count what a killed command has left, and what comes of running it again."""
    there = state(folder / task.result)
    left = what_is_left(there, old, new)
    counts[left] += 1
    if left == "mix" and task.result == ".":
        counts["mix refused"] += Command(folder, ("check",)).wait() == 2
    counts["leftovers after the kill"] += leftovers(folder) > 0
    again = Command(folder, task.words).wait()
    right = state(folder / task.result) == new
    # What was finished before the kill cannot be done again, and says so.
    is_done = there == new and not task.is_again
    counts["next run right"] += right and (again == 0 or is_done)
    counts["leftovers after the next run"] += leftovers(folder) > 0


def kill_table(names: Sequence[str], kills: int) -> tuple[str, int, int]:
    """The table of several commands, in Markdown; how often files were mixed or lost, and how often
    temporary ones outlived the next run.
    """
    load_all()
    mixes = left = 0
    lines = ["| command | " + " | ".join(COLUMNS) + " |", "|---" * (len(COLUMNS) + 1) + "|"]
    for name in names:
        with tempfile.TemporaryDirectory() as scratch:
            counts = try_task(TASKS[name], kills, Path(scratch))
        mixes += counts["mix"] + counts["lost or partial"]
        left += counts["leftovers after the next run"]
        lines.append(f"| `{name}` | " + " | ".join(str(counts[each]) for each in COLUMNS) + " |")
        print(lines[-1], file=sys.stderr, flush=True)
    return "\n".join(lines), mixes, left


def main() -> None:
    """Kill every command asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("commands", nargs="*", metavar="COMMAND", help=f"of {', '.join(TASKS)}")
    parser.add_argument("--kills", type=int, default=120, help="kills a command (default: 120)")
    arguments = parser.parse_args()
    print(kill_table(arguments.commands or list(TASKS), arguments.kills)[0])


if __name__ == "__main__":
    main()
