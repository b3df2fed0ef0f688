"""A forked process that never outlives its parent's interest in it, however the parent ends."""

from __future__ import annotations

import os
import select
import signal
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType

CAN_FORK = hasattr(os, "fork")
ENDINGS = (signal.SIGINT, signal.SIGTERM) + ((signal.SIGHUP,) if hasattr(signal, "SIGHUP") else ())
"""The signals by which a command is asked to end."""


class Child:
    """A forked process, and this one's hold on it."""

    def __init__(self) -> None:
        self.id = 0
        self.signal = 0
        self.lifeline = os.pipe()
        self._mask = signal.pthread_sigmask(signal.SIG_BLOCK, ENDINGS)

    def fork(self) -> bool:
        """Fork. Returns true in the child, which then dies when its parent does."""
        with warnings.catch_warnings():
            # From Python 3.12 on a fork beside threads warns. The child takes no lock of another
            # thread but the engine's, and where that is held its alarm ends it.
            warnings.simplefilter("ignore", DeprecationWarning)
            self.id = os.fork()
        if self.id:
            os.close(self.lifeline[0])
            self.let_signals_in()
            return False
        os.close(self.lifeline[1])
        _die_with_parent(self.lifeline[0])
        return True

    def end(self, number: int, _frame: FrameType | None) -> None:
        """Take a signal that would end this process: end the child first."""
        self.signal = number
        if self.id:
            os.kill(self.id, signal.SIGKILL)

    def let_signals_in(self) -> None:
        """From here on a signal finds the child's id; those that were blocked before still are."""
        signal.pthread_sigmask(signal.SIG_SETMASK, self._mask)

    def wait(self) -> int:
        """Return how the child ended, as ``os.waitpid`` says it; 0 where somebody else waited."""
        status = 0
        with suppress(ChildProcessError):
            status = os.waitpid(self.id, 0)[1]
        self.id = 0
        return status


@contextmanager
def child_process() -> Iterator[Child]:
    """A child to be forked, whose end is waited for, whatever happens; a signal that ends the
    parent ends the child before. Of a process with threads only the main one hears signals.
    """
    child = Child()
    handlers = {}
    try:
        if threading.current_thread() is threading.main_thread():
            for number in ENDINGS:
                if signal.getsignal(number) is not signal.SIG_IGN:
                    handlers[number] = signal.signal(number, child.end)
        yield child
    finally:
        child.let_signals_in()
        if child.id:
            os.kill(child.id, signal.SIGKILL)
            child.wait()
        os.close(child.lifeline[1])
        for number, handler in handlers.items():
            signal.signal(number, handler)
    if child.signal:
        os.kill(os.getpid(), child.signal)


def _die_with_parent(lifeline: int) -> None:
    """Have the system end this process once nobody holds the other end of a pipe, as when the
    parent was killed: SIGIO is sent then, and ends who does not take it.
    """
    import fcntl

    signal.signal(signal.SIGIO, signal.SIG_DFL)
    with suppress(OSError):
        fcntl.fcntl(lifeline, fcntl.F_SETOWN, os.getpid())
        flags = fcntl.fcntl(lifeline, fcntl.F_GETFL)
        fcntl.fcntl(lifeline, fcntl.F_SETFL, flags | os.O_ASYNC)
    # The parent may have ended before that.
    poll = select.poll()
    poll.register(lifeline, 0)
    if poll.poll(0):
        os._exit(1)
