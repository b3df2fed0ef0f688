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
import json
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from types import FrameType
from typing import NamedTuple

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


def start_the_clock(limits: Limits) -> None:
    """From here on the time counts: called inside ``within_limits``, once what is to be asked has
    been read.
    """
    if hasattr(os, "fork"):
        signal.setitimer(signal.ITIMER_REAL, limits.seconds)


def within_limits(work: Callable[[], int], limits: Limits = LIMITS) -> int:
    """What the work returns (an exit code), after it has run under limits and all that it printed
    has been passed on.

    Raises KgError: the one that the work raised, or one with exit code 3 where a limit was hit.
    Then nothing is printed. To be called before anything large is loaded and before any thread is
    started.
    """
    if not hasattr(os, "fork"):
        return work()
    sys.stdout.flush()
    sys.stderr.flush()
    reading, writing = os.pipe()
    with _ended_together() as child:
        child.id = os.fork()
        if not child.id:
            os.close(reading)
            _work_in_child(work, limits, writing)
        child.let_signals_in()
        os.close(writing)
        with open(reading, "rb") as pipe:
            header, *parts = _parts(pipe)
        status = child.wait()
    if not header:
        raise KgError(
            _what_ended(status, limits),
            exit_code=3,
            hint="make the query smaller, or raise the limit",
        )
    said = json.loads(header)
    if said["error"]:
        message, exit_code, hint = said["error"]
        raise KgError(message, exit_code=exit_code, hint=hint)
    for stream, data in zip((sys.stdout, sys.stderr), parts, strict=True):
        for text in codecs.iterdecode(
            (data[n : n + MIB] for n in range(0, len(data), MIB)), "utf-8", "surrogateescape"
        ):
            stream.write(text)
        stream.flush()
    return int(said["code"])


def _parts(pipe: io.BufferedReader) -> tuple[bytes, bytes, bytes]:
    """The header, the output and the messages of a child that came to its end; nothing of one that
    did not.
    """
    try:
        sizes = [int(size) for size in pipe.readline().split()]
        parts = [pipe.read(size) for size in sizes]
    except ValueError:
        return b"", b"", b""
    complete = len(sizes) == 3 and [len(part) for part in parts] == sizes
    return (parts[0], parts[1], parts[2]) if complete else (b"", b"", b"")


def _what_ended(status: int, limits: Limits) -> str:
    code = os.waitstatus_to_exitcode(status)
    if -code == signal.SIGALRM:
        return f"stopped: it took longer than the time limit of {limits.seconds:g} s"
    if -code in (signal.SIGSEGV, signal.SIGBUS):
        return "stopped: the query is nested too deeply (the limit of the engine's stack was hit)"
    return f"stopped: it needed more memory than the limit of {limits.memory // MIB} MiB, or the engine gave up"


class _Child:
    """A forked process that does not outlive its parent's interest in it."""

    def __init__(self) -> None:
        self.id = 0
        self.ended_by = 0

    def end(self, number: int, _frame: FrameType | None) -> None:
        """Take a signal that would end this process: end the child first."""
        self.ended_by = number
        if self.id:
            os.kill(self.id, signal.SIGKILL)

    def let_signals_in(self) -> None:
        """From here on a signal finds the child's id."""
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDINGS)

    def wait(self) -> int:
        """How the child ended, as ``os.waitpid`` says it."""
        if not self.id:
            return 0
        status = os.waitpid(self.id, 0)[1]
        self.id = 0
        return status


@contextmanager
def _ended_together() -> Iterator[_Child]:
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
    if child.ended_by:
        os.kill(os.getpid(), child.ended_by)


class _Kept(io.TextIOBase):
    """Printed text, kept until the work is done, and refused beyond a number of bytes."""

    def __init__(self, most: int) -> None:
        self.pieces: list[bytes] = []
        self._left = most

    def writable(self) -> bool:
        """Always."""
        return True

    def write(self, text: str, /) -> int:
        """Keep some text. Raises KgError (exit code 3) beyond the limit."""
        data = text.encode("utf-8", "surrogateescape")
        self._left -= len(data)
        if self._left < 0:
            self.pieces.clear()
            raise KgError(
                "stopped: the result is larger than the size limit",
                exit_code=3,
                hint="add LIMIT to the query",
            )
        self.pieces.append(data)
        return len(text)


def _work_in_child(work: Callable[[], int], limits: Limits, writing: int) -> None:
    """Do the work and report it: sizes, then header, output and messages. Never returns."""
    code, error = 1, None
    output, messages = _Kept(limits.most_bytes), _Kept(limits.most_bytes)
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
        header = json.dumps({"code": code, "error": error}).encode()
        parts = (header, b"".join(output.pieces), b"".join(messages.pieces))
        with open(writing, "wb") as pipe:
            pipe.write(b" ".join(b"%d" % len(part) for part in parts) + b"\n")
            for part in parts:
                pipe.write(part)
        os._exit(0)


def _limit_this_process(limits: Limits) -> None:
    """From here on this process dies of its own when it takes too long, and is refused memory
    beyond the limit.

    What the engine writes while it dies goes nowhere: the parent says in one line what happened.
    """
    import resource

    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (1, 2):
        os.dup2(nowhere, stream)
    faulthandler.disable()
    for number in (*_ENDINGS, signal.SIGALRM):
        # What the command was told to ignore (nohup), its work ignores too.
        if number == signal.SIGALRM or signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, (*_ENDINGS, signal.SIGALRM))
    signal.setitimer(signal.ITIMER_REAL, limits.seconds + limits.reading)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        with open("/proc/self/statm", "rb") as file:
            address_space, resident = (
                int(pages) * resource.getpagesize() for pages in file.read().split()[:2]
            )
    except OSError:
        return
    # What is mapped but never touched (libraries) does not count; a process that is large already
    # gets a quarter more.
    most = address_space + max(limits.memory - resident, limits.memory // 4)
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard == resource.RLIM_INFINITY or most < hard:
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
