"""A command that may take too long or too much is run in a process of its own, which can be ended.

The engine has no limits of its own: a query of 60 characters can fill any memory, and one with
5,000 brackets ends the process that asks it. So the work runs in a forked child under a time limit
(an alarm that the system itself rings) and a memory limit (its address space). What it prints is
kept back until it has finished: a result is shown whole or not at all.

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
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from types import FrameType
from typing import BinaryIO, NamedTuple, TextIO

from kg.diagnostics import KgError

MIB = 1 << 20
_ENDINGS = (signal.SIGINT, signal.SIGTERM) + ((signal.SIGHUP,) if hasattr(signal, "SIGHUP") else ())


class Limits(NamedTuple):
    """How much one command may take: wall time in seconds, resident memory and printed output in
    bytes.

    ``reading`` are more seconds, for what comes before ``start_the_clock``.
    """

    seconds: float = 5.0
    reading: float = 0.0
    memory: int = 448 * MIB
    most_bytes: int = 64 * MIB


LIMITS = Limits()


class _Report(NamedTuple):
    """What a child tells when it has come to its end: its exit code, or its error (message, exit
    code and hint), and what it printed.
    """

    code: int
    error: tuple[str, int, str] | None
    output: bytes
    messages: bytes


def start_the_clock(limits: Limits) -> None:
    """From here on the time counts: called inside ``within_limits``, once what is to be asked has
    been read.
    """
    if hasattr(os, "fork"):
        signal.setitimer(signal.ITIMER_REAL, limits.seconds)


def within_limits(work: Callable[[], int], limits: Limits = LIMITS) -> int:
    """Return what the work returns (an exit code), after it has run under limits and all that it
    printed has been passed on.

    Raises KgError: the one that the work raised, or one with exit code 3 where a limit was hit.
    Then nothing is printed. To be called before anything large is loaded and before any thread is
    started.
    """
    if not hasattr(os, "fork"):
        return work()
    sys.stdout.flush()
    sys.stderr.flush()
    reading, writing = os.pipe()
    with _child_process() as child:
        child.id = os.fork()
        if not child.id:
            os.close(reading)
            _work_in_child(work, limits, writing)
        child.let_signals_in()
        os.close(writing)
        with open(reading, "rb") as pipe:
            report = _read_report(pipe)
        status = child.wait()
    if report is None:
        hint = "make the query smaller, or raise the limit"
        raise KgError(_describe_end(status, limits), exit_code=3, hint=hint)
    if report.error:
        raise KgError(*report.error)
    _pass_on(report.output, sys.stdout)
    _pass_on(report.messages, sys.stderr)
    return report.code


def _read_report(pipe: BinaryIO) -> _Report | None:
    """The report of a child that came to its end; None of one that did not."""
    try:
        return _Report(*pickle.load(pipe))
    except (EOFError, pickle.UnpicklingError):
        return None


def _pass_on(data: bytes, stream: TextIO) -> None:
    pieces = (data[start : start + MIB] for start in range(0, len(data), MIB))
    for text in codecs.iterdecode(pieces, "utf-8", "surrogateescape"):
        stream.write(text)
    stream.flush()


def _describe_end(status: int, limits: Limits) -> str:
    code = os.waitstatus_to_exitcode(status)
    if -code == signal.SIGALRM:
        return f"stopped: it took longer than the time limit of {limits.seconds:g} s"
    if -code in (signal.SIGSEGV, signal.SIGBUS):
        return "stopped: the query is nested too deeply (the limit of the engine's stack was hit)"
    limit = f"the limit of {limits.memory // MIB} MiB"
    return f"stopped: it needed more memory than {limit}, or the engine gave up"


class _Child:
    """A forked process that does not outlive its parent's interest in it."""

    def __init__(self) -> None:
        self.id = 0
        self.signal = 0

    def end(self, number: int, _frame: FrameType | None) -> None:
        """Take a signal that would end this process: end the child first."""
        self.signal = number
        if self.id:
            os.kill(self.id, signal.SIGKILL)

    def let_signals_in(self) -> None:
        """From here on a signal finds the child's id."""
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDINGS)

    def wait(self) -> int:
        """Return how the child ended, as ``os.waitpid`` says it."""
        if not self.id:
            return 0
        status = os.waitpid(self.id, 0)[1]
        self.id = 0
        return status


@contextmanager
def _child_process() -> Iterator[_Child]:
    """A child whose end is waited for, whatever happens; a signal that ends the parent ends the
    child before.
    """
    child = _Child()
    handlers = {}
    signal.pthread_sigmask(signal.SIG_BLOCK, _ENDINGS)
    try:
        for number in _ENDINGS:
            if signal.getsignal(number) is not signal.SIG_IGN:
                handlers[number] = signal.signal(number, child.end)
        yield child
    finally:
        child.let_signals_in()
        if child.id:
            os.kill(child.id, signal.SIGKILL)
            child.wait()
        for number, handler in handlers.items():
            signal.signal(number, handler)
    if child.signal:
        os.kill(os.getpid(), child.signal)


class _Buffer(io.TextIOBase):
    """Printed text, held back until the work is done, and refused beyond a number of bytes."""

    def __init__(self, most: int) -> None:
        self.pieces: list[bytes] = []
        self._room = most

    def writable(self) -> bool:
        """Always."""
        return True

    def write(self, text: str, /) -> int:
        """Hold some text back. Raises KgError (exit code 3) beyond the limit."""
        data = text.encode("utf-8", "surrogateescape")
        self._room -= len(data)
        if self._room < 0:
            self.pieces.clear()
            raise KgError(
                "stopped: the result is larger than the size limit",
                exit_code=3,
                hint="add LIMIT to the query",
            )
        self.pieces.append(data)
        return len(text)


def _work_in_child(work: Callable[[], int], limits: Limits, writing: int) -> None:
    """Do the work and report it. Never returns."""
    code, error = 1, None
    output, messages = _Buffer(limits.most_bytes), _Buffer(limits.most_bytes)
    try:
        _limit_this_process(limits)
        with redirect_stdout(output), redirect_stderr(messages):
            code = work()
    except KgError as problem:
        error = (str(problem), problem.exit_code, problem.hint)
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 0
    finally:
        # Whatever happened, this process must not run on in its parent's name. A fault of ours is
        # shown as one.
        kind, fault, trace = sys.exc_info()
        if kind and (kind in (MemoryError, RecursionError) or kind.__module__ == "pyo3_runtime"):
            os._exit(1)
        if kind and fault:
            with redirect_stderr(messages):
                sys.excepthook(kind, fault, trace)
        report = _Report(code, error, b"".join(output.pieces), b"".join(messages.pieces))
        with open(writing, "wb") as pipe:
            pickle.dump(tuple(report), pipe)
        os._exit(0)


def _limit_this_process(limits: Limits) -> None:
    """Let this process die of its own when it takes too long, and be refused memory beyond the
    limit.

    What the engine writes while it dies goes nowhere: the parent says in one line what happened.
    """
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    faulthandler.disable()
    # What the command was told to ignore (nohup), its work ignores too.
    endings = [number for number in _ENDINGS if signal.getsignal(number) is not signal.SIG_IGN]
    for number in (*endings, signal.SIGALRM):
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, (*_ENDINGS, signal.SIGALRM))
    signal.setitimer(signal.ITIMER_REAL, limits.seconds + limits.reading)
    _limit_memory(limits.memory)


def _limit_memory(most_resident: int) -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        with open("/proc/self/statm", "rb") as file:
            pages = [int(number) for number in file.read().split()]
    except OSError:
        return
    address_space, resident = pages[0] * resource.getpagesize(), pages[1] * resource.getpagesize()
    # What is mapped but never touched (libraries) does not count; a process that is large already
    # gets a quarter more.
    most = address_space + max(most_resident - resident, most_resident // 4)
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard == resource.RLIM_INFINITY or most < hard:
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
