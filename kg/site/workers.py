"""Files of a site that several processes make at once: each work is done by a fork of this process,
which writes what it makes to a file without a name, and ends. Where one process does all, it writes
them there, too: the pages of a large workspace take more memory than all that it says.
"""

from __future__ import annotations

import os
import pickle
import select
import signal
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Any, NamedTuple, NoReturn

from kg.diagnostics import KgError
from kg.files.contents import JoinedFiles
from kg.files.held import HeldFiles
from kg.query.children import CAN_FORK, Children, child_processes
from kg.query.sandbox import Fault
from kg.site.index import ViewCard


class Output(NamedTuple):
    """What a work makes: files with their names, each made when it is asked for, as a whole or in
    blocks, and what the first page tells of views, which is whole once the files are made. What was
    stopped by a limit of time or memory may be made whole the next time.
    """

    files: Iterable[tuple[str, bytes | Iterable[bytes]]]
    cards: Sequence[ViewCard] = ()
    was_stopped: bool = False


class WorkResult(NamedTuple):
    """What a work has made: the same, with its files by their names."""

    files: Mapping[str, bytes]
    cards: Sequence[ViewCard] = ()
    was_stopped: bool = False


Work = Callable[[], Output]
WORKING_FOLDER = Path()


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def do_all(works: Iterable[Work], jobs: int = 1, folder: Path = WORKING_FOLDER) -> list[WorkResult]:
    """Return what works make, in their order: so many are done at once, and what they make is held
    in ``folder`` until nobody asks for it. What ``works`` does between two of them is done here,
    while those before are at work.

    Raises what the first of them raises that fails, or KgError where its process was ended.
    """
    if jobs == 1 or not CAN_FORK:
        return [_do(work, HeldFiles(folder)) for work in works]
    with child_processes() as children, ExitStack() as pipes:
        workers = _Workers(children, pipes, jobs, folder)
        for work in works:
            workers.start(work)
        return list(workers.finish())


def _do(work: Work, held_files: HeldFiles) -> WorkResult:
    """Do a work in this process."""
    files, cards, was_stopped = work()
    held_files.take(files)
    return WorkResult(held_files, cards, was_stopped)


class _RunningWork(NamedTuple):
    """The process that does a work: the number of the work, and where it writes what it makes."""

    work: int
    process: int
    report: IO[bytes]
    held_files: HeldFiles


class _Workers:
    """Processes at work, and what those that have ended made."""

    def __init__(self, children: Children, pipes: ExitStack, jobs: int, folder: Path) -> None:
        self._children, self._pipes, self._jobs, self._folder = children, pipes, jobs, folder
        self._running: dict[int, _RunningWork] = {}
        self._poll = select.poll()
        self._made: dict[int, WorkResult] = {}
        self._failed: dict[int, Exception] = {}

    def start(self, work: Work) -> None:
        """Begin a work, once fewer than so many are being done. After one has failed none is."""
        while len(self._running) >= self._jobs:
            self._take_one()
        if self._failed:
            return
        held_files = HeldFiles(self._folder)
        sys.stdout.flush()
        sys.stderr.flush()
        reading, reporting = os.pipe()
        process = self._children.fork()
        if not process:
            _work(work, held_files, reporting)
        os.close(reporting)
        number = len(self._made) + len(self._running)
        report = self._pipes.enter_context(os.fdopen(reading, "rb"))
        self._running[reading] = _RunningWork(number, process, report, held_files)
        self._poll.register(reading, select.POLLIN)

    def finish(self) -> Iterator[WorkResult]:
        """Yield what works made, once all are done. Raises what the first one raised that failed;
        those behind it are not waited for.
        """
        while any(each.work < self._first_failed for each in self._running.values()):
            self._take_one()
        if self._failed:
            raise self._failed[self._first_failed]
        yield from (self._made[number] for number in sorted(self._made))

    @property
    def _first_failed(self) -> int:
        return min(self._failed, default=sys.maxsize)

    def _take_one(self) -> None:
        """Wait for a work to be done."""
        [(ready, _), *_others] = self._poll.poll()
        self._poll.unregister(ready)
        running = self._running.pop(ready)
        try:
            report: tuple[type[Exception] | None, Any] = pickle.load(running.report)
        except (EOFError, pickle.UnpicklingError):
            status = self._children.wait(running.process)
            report = KgError, (_describe_end(status), 3, "kg build --jobs 1 takes less memory")
        self._children.wait(running.process)
        kind, value = report
        if kind:
            self._failed[running.work] = kind(*value)
        else:
            running.held_files.places, cards, was_stopped = value
            self._made[running.work] = WorkResult(running.held_files, cards, was_stopped)


class SiteFiles(JoinedFiles):
    """The files of all works, and whether any was stopped by a limit."""

    def __init__(self, works: Sequence[WorkResult]) -> None:
        super().__init__(each.files for each in works)
        self.was_stopped = any(each.was_stopped for each in works)


def _describe_end(status: int) -> str:
    code = os.waitstatus_to_exitcode(status)
    how = f"by {signal.Signals(-code).name}" if code < 0 else f"with exit code {code}"
    return f"a process that was making pages ended {how}"


def _work(work: Work, held_files: HeldFiles, report: int) -> NoReturn:
    """Do a work, and report what became of it. Never returns: whatever happens, this process must
    not run on in its parent's name.
    """
    try:
        with open(report, "wb") as pipe:
            pipe.write(pickle.dumps(_report(work, held_files)))
        os._exit(0)
    finally:
        os._exit(1)


def _report(work: Work, held_files: HeldFiles) -> tuple[Any, Any]:
    """Do a work; return the places of its files and what else it made, or what it raised."""
    try:
        result = _do(work, held_files)
    except KgError as error:
        return KgError, (str(error), error.exit_code, error.hint)
    except OSError as error:
        return OSError, (error.errno, error.strerror, error.filename)
    except Exception:  # noqa: BLE001 - the parent raises it
        return Fault, (traceback.format_exc(),)
    return None, (held_files.places, result.cards, result.was_stopped)
