"""Forked processes that never outlive their parent's interest in them, however the parent ends."""

from __future__ import annotations

import os
import select
import signal
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from types import FrameType

CAN_FORK = hasattr(os, "fork")
ENDINGS = (signal.SIGINT, signal.SIGTERM) + ((signal.SIGHUP,) if hasattr(signal, "SIGHUP") else ())
"""The signals by which a command is asked to end."""

_THREAD = threading.local()
Handler = Callable[[int, FrameType | None], object] | int | None


class AskerLeft(Exception):
    """Nobody waits for an answer any more."""


class Asker:
    """Whoever waits for what a thread does. Once it has left, the thread's children are ended and
    it gets no others.
    """

    def __init__(self) -> None:
        self.has_left, self._children = False, set[Children]()

    def leave(self) -> None:
        """End the children."""
        self.has_left = True
        for each in list(self._children):
            each.kill_all()

    @contextmanager
    def waits(self) -> Iterator[None]:
        """Let this be who waits for what this thread does."""
        _THREAD.asker = self
        try:
            yield
        finally:
            _THREAD.asker = None

    @contextmanager
    def hold(self, children: Children) -> Iterator[None]:
        """End children when this leaves. Raises AskerLeft where it has."""
        self._children.add(children)
        try:
            self.require()
            yield
            self.require()
        finally:
            self._children.discard(children)

    def require(self) -> None:
        """Raise AskerLeft where this has left."""
        if self.has_left:
            raise AskerLeft


class Children:
    """Forked processes, and this one's hold on them."""

    def __init__(self) -> None:
        self.lifelines: dict[int, int] = {}
        self.handlers: dict[int, Handler] = {}
        self._is_killed = False

    def fork(self) -> int:
        """Fork. Returns the id of the new process and, in that one, 0: it dies when its parent
        does, and of signals that would end it. Raises OSError where there can be no more processes.
        """
        reading, writing = os.pipe()
        mask = signal.pthread_sigmask(signal.SIG_BLOCK, ENDINGS)
        try:
            id = _fork()
        except OSError:
            os.close(reading)
            os.close(writing)
            signal.pthread_sigmask(signal.SIG_SETMASK, mask)
            raise
        if id:
            os.close(reading)
            self.lifelines[id] = writing
            if self._is_killed:
                self.kill_all()
            # From here on a signal finds the child's id; what was blocked before still is.
            signal.pthread_sigmask(signal.SIG_SETMASK, mask)
            return id
        for each in (writing, *self.lifelines.values()):
            os.close(each)
        self.lifelines.clear()
        _take_signals_as_they_come()
        _die_with_parent(reading)
        return 0

    def wait(self, id: int) -> int:
        """Return how a child ended, as ``os.waitpid`` says it; 0 where somebody else waited."""
        status = 0
        with suppress(ChildProcessError):
            status = os.waitpid(id, 0)[1]
        if lifeline := self.lifelines.pop(id, 0):
            os.close(lifeline)
        return status

    def kill_all(self) -> None:
        """Kill all that are left, and one that is just forked; their end has still to be waited
        for.
        """
        self._is_killed = True
        for id in list(self.lifelines):
            with suppress(ProcessLookupError):
                os.kill(id, signal.SIGKILL)

    def end_all(self) -> None:
        """End all that are left."""
        self.kill_all()
        for id in list(self.lifelines):
            self.wait(id)

    def end(self, number: int, _frame: FrameType | None) -> None:
        """Take a signal that would end this process: end the children, and then take it as if
        there had been none.
        """
        self.end_all()
        signal.signal(number, self.handlers[number])
        os.kill(os.getpid(), number)


@contextmanager
def child_processes() -> Iterator[Children]:
    """Children to be forked, whose end is waited for, whatever happens; a signal that ends the
    parent ends them before. Of a process with threads only the main one hears signals. Raises
    AskerLeft where who waited for them has left.
    """
    children = Children()
    try:
        if threading.current_thread() is threading.main_thread():
            for number in ENDINGS:
                if signal.getsignal(number) is not signal.SIG_IGN:
                    children.handlers[number] = signal.getsignal(number)
                    signal.signal(number, children.end)
        asker: Asker | None = getattr(_THREAD, "asker", None)
        with asker.hold(children) if asker else nullcontext():
            yield children
    finally:
        children.end_all()
        for each, handler in children.handlers.items():
            signal.signal(each, handler)


def _fork() -> int:
    with warnings.catch_warnings():
        # From Python 3.12 on a fork beside threads warns. The child takes no lock of another
        # thread but the engine's, and where that is held its alarm ends it.
        warnings.simplefilter("ignore", DeprecationWarning)
        return os.fork()


def _take_signals_as_they_come() -> None:
    """Die of signals that end a command. What it was told to ignore (nohup) is ignored still."""
    for number in ENDINGS:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDINGS)


def _die_with_parent(lifeline: int) -> None:
    """Have the system end this process once nobody holds the other end of a pipe, as when the
    parent was killed: SIGIO is sent then, and ends who does not take it.
    """
    import fcntl

    signal.signal(signal.SIGIO, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, (signal.SIGIO,))
    with suppress(OSError):
        fcntl.fcntl(lifeline, fcntl.F_SETOWN, os.getpid())
        flags = fcntl.fcntl(lifeline, fcntl.F_GETFL)
        fcntl.fcntl(lifeline, fcntl.F_SETFL, flags | os.O_ASYNC)
    # The parent may have ended before that.
    poll = select.poll()
    poll.register(lifeline, 0)
    if poll.poll(0):
        os._exit(1)
