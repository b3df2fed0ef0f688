"""Work that may take too long or too much is done in a process of its own, which can be ended.

The engine has no limits of its own: a query of 60 characters can fill any memory, and one with
5,000 brackets ends the process that asks it. So every question is asked in a forked child under a
time limit (an alarm that the system itself rings) and a memory limit (its address space). What it
returns and prints is kept back until it has finished: a result is there whole or not at all.

Systems without ``fork`` (Windows) run the work unlimited; without ``/proc`` (macOS) only its time
is limited.
"""

from __future__ import annotations

import codecs
import faulthandler
import io
import os
import pickle
import signal
import sys
import traceback
from collections.abc import Callable, Sequence
from contextlib import redirect_stderr, redirect_stdout
from typing import BinaryIO, NamedTuple, NoReturn, TextIO, TypeVar

from kg.diagnostics import KgError
from kg.query.children import CAN_FORK, child_processes

MIB = 1 << 20
T = TypeVar("T")
_ALARMS = (signal.SIGALRM, signal.SIGPROF) if CAN_FORK else ()


class Limits(NamedTuple):
    """How much one work may take: seconds, resident memory in bytes, and the most bytes that it may
    print or return.

    ``reading`` are more seconds, for what comes before ``start_the_clock``; where there are any,
    the memory counts from there on, too: what has been read by then is not the question's. Of
    seconds of the processor there may be so many, and of seconds on the wall ``patience`` times as
    many: where nobody waits, a busy machine must not change the outcome. ``hint`` says what to do
    where a limit was hit.
    """

    seconds: float = 5.0
    reading: float = 0.0
    memory: int = 448 * MIB
    most_bytes: int = 64 * MIB
    patience: float = 1.0
    hint: str = "make the query smaller"


LIMITS = Limits()
PATIENT_LIMITS = Limits(patience=10.0)
"""For what is asked in a build or check."""


class Fault(Exception):
    """A mistake of kg's own in a child, with its traceback as text."""


class _Report(NamedTuple):
    """How a work ended: what it returned (pickled), or its error (message, exit code and hint), or
    the traceback of a fault; and what it printed.
    """

    value: bytes = b""
    error: tuple[str, int, str] | None = None
    fault: str = ""
    output: bytes = b""
    messages: bytes = b""


def start_the_clock(limits: Limits) -> None:
    """From here on time and memory count: called inside ``within_limits``, once what is to be asked
    has been read.
    """
    if CAN_FORK:
        _set_clocks(limits.seconds, limits.patience)
        _limit_memory(lambda _: limits.memory)


def _set_clocks(seconds: float, patience: float) -> None:
    signal.setitimer(signal.ITIMER_PROF, seconds)
    signal.setitimer(signal.ITIMER_REAL, seconds * patience)


def within_limits(work: Callable[[], T], limits: Limits = LIMITS) -> T:
    """Return what the work returns, after it has run under limits and all that it printed has been
    passed on. It can be anything that can be pickled.

    Raises KgError: the one that the work raised, or one with exit code 3 where a limit was hit.
    Then nothing is printed.
    """
    [outcome] = each_within_limits([work], limits)
    if isinstance(outcome, KgError):
        raise outcome
    return outcome


def each_within_limits(
    works: Sequence[Callable[[], T]], limits: Limits = LIMITS
) -> list[T | KgError]:
    """Return for each of several works what ``within_limits`` would return or raise.

    They share a process as long as none of them hits a limit; each has the time for itself, and all
    have the memory together.
    """
    outcomes: list[T | KgError] = []
    while len(outcomes) < len(works):
        rest = works[len(outcomes) :]
        outcomes += _in_child(rest, limits) if CAN_FORK else [_attempt(work) for work in rest]
    return outcomes


def _attempt(work: Callable[[], T]) -> T | KgError:
    try:
        return work()
    except KgError as error:
        return error


def _in_child(works: Sequence[Callable[[], T]], limits: Limits) -> list[T | KgError]:
    """Return how works ended in one child: all of them, or as many as it took to end the child."""
    sys.stdout.flush()
    sys.stderr.flush()
    outcomes: list[T | KgError] = []
    reading, writing = os.pipe()
    with child_processes() as children, open(reading, "rb") as pipe:
        child = children.fork()
        if not child:
            os.close(reading)
            _work_in_child(works, limits, writing)
        os.close(writing)
        while len(outcomes) < len(works) and (report := _read_report(pipe)):
            outcomes.append(_take(report))
        status = children.wait(child)
    if len(outcomes) < len(works):
        outcomes.append(KgError(_describe_end(status, limits), exit_code=3, hint=limits.hint))
    return outcomes


def _read_report(pipe: BinaryIO) -> _Report | None:
    """The next report of a child; None of one that ended before."""
    try:
        return _Report(*pickle.load(pipe))
    except (EOFError, pickle.UnpicklingError):
        return None


def _take(report: _Report) -> T | KgError:
    """Return what a report tells, after passing on what was printed. Raises Fault."""
    if report.error:
        return KgError(*report.error)
    _pass_on(report.output, sys.stdout)
    _pass_on(report.messages, sys.stderr)
    if report.fault:
        raise Fault(report.fault)
    value: T = pickle.loads(report.value)
    return value


def _pass_on(data: bytes, stream: TextIO) -> None:
    pieces = (data[start : start + MIB] for start in range(0, len(data), MIB))
    for text in codecs.iterdecode(pieces, "utf-8", "surrogateescape"):
        stream.write(text)
    stream.flush()


def _describe_end(status: int, limits: Limits) -> str:
    code = os.waitstatus_to_exitcode(status)
    if -code in _ALARMS:
        return f"stopped: it took longer than the time limit of {limits.seconds:g} s"
    if -code in (signal.SIGSEGV, signal.SIGBUS):
        deep = "the query is nested too deeply or joins too much"
        return f"stopped: {deep} (the limit of the engine's stack was hit)"
    limit = f"the limit of {limits.memory // MIB} MiB"
    return f"stopped: it needed more memory than {limit}, or the engine gave up"


class _Buffer(io.TextIOBase):
    """Printed text, held back until the work is done, and refused beyond a number of bytes."""

    def __init__(self, most: int) -> None:
        self._pieces: list[bytes] = []
        self._room = most

    def writable(self) -> bool:
        """Always."""
        return True

    def write(self, text: str, /) -> int:
        """Hold some text back. Raises KgError (exit code 3) beyond the limit."""
        data = text.encode("utf-8", "surrogateescape")
        self._room -= len(data)
        if self._room < 0:
            self._pieces.clear()
            raise _too_large()
        self._pieces.append(data)
        return len(text)

    def written(self) -> bytes:
        """Return all that was printed, as UTF-8."""
        return b"".join(self._pieces)


def _work_in_child(works: Sequence[Callable[[], T]], limits: Limits, writing: int) -> NoReturn:
    """Do works one after another and report each. Never returns: whatever happens, this process
    must not run on in its parent's name.
    """
    try:
        with open(writing, "wb") as pipe:
            _limit_this_process(limits)
            for work in works:
                _set_clocks(limits.seconds + limits.reading, limits.patience)
                pickle.dump(tuple(_report(work, limits)), pipe)
                pipe.flush()
    finally:
        os._exit(1)


def _report(work: Callable[[], T], limits: Limits) -> _Report:
    """Do a work. Where memory or the engine gave up, this process ends."""
    output, messages = _Buffer(limits.most_bytes), _Buffer(limits.most_bytes)
    try:
        with redirect_stdout(output), redirect_stderr(messages):
            value = pickle.dumps(work())
        if len(value) > limits.most_bytes:
            raise _too_large()
    except KgError as problem:
        return _Report(error=(str(problem), problem.exit_code, problem.hint))
    except (MemoryError, RecursionError):
        os._exit(1)
    except Exception:  # noqa: BLE001 - the parent raises it
        text = traceback.format_exc()
        return _Report(b"", None, text, output.written(), messages.written())
    return _Report(value, None, "", output.written(), messages.written())


def _too_large() -> KgError:
    message = "stopped: the result is larger than the size limit"
    return KgError(message, exit_code=3, hint="add LIMIT to the query")


def _limit_this_process(limits: Limits) -> None:
    """Let this process die of its own when it takes too long, and be refused memory beyond the
    limit.

    What the engine writes while it dies goes nowhere: the parent says in one line what happened.
    """
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    faulthandler.disable()
    for number in _ALARMS:
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _ALARMS)
    if not limits.reading:
        # A process that is large already gets a quarter more.
        most = limits.memory
        _limit_memory(lambda resident: max(most - resident, most // 4))


def _limit_memory(room: Callable[[int], int]) -> None:
    """Refuse this process more than some bytes beyond what is mapped now, used or not (libraries,
    stacks); ``room`` tells how many, by those that it uses.
    """
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        with open("/proc/self/statm", "rb") as file:
            pages = [int(number) for number in file.read().split()]
    except OSError:
        return
    address_space, resident = pages[0] * resource.getpagesize(), pages[1] * resource.getpagesize()
    most = address_space + room(resident)
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard == resource.RLIM_INFINITY or most < hard:
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
