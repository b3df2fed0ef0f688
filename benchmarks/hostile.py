"""Hostile questions, and how kg, rdflib and two servers come to an end with them.

A question is handled if it is answered or refused within 6 seconds of the processor and 1 GiB, by a
program that lives on, and if nothing was asked of the network.
"""

from __future__ import annotations

import os
import re
import resource
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
SHARED = REPOSITORY.parent / "shared"
SECONDS = 6
PATIENCE = 90
MEMORY = 1 << 30
PAGE = os.sysconf("SC_PAGE_SIZE")
TICKS = os.sysconf("SC_CLK_TCK")
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(REPOSITORY), "OPENBLAS_NUM_THREADS": "1"}
OUTCOMES = ("handled", "too long", "too much memory", "died", "traceback", "asked the network")

Ask = Callable[[str], str]
"""Asks a question and says which of ``OUTCOMES`` came of it."""


def questions(port: int) -> Iterator[str]:
    """Each hostile question: those of the tests, of the corpus of bad inputs, and those that once
    ended a check or a build. ``port`` is one where nobody is to call.
    """
    sys.path.insert(0, str(REPOSITORY / "tests"))
    from test_query import HOSTILE, LEAVING  # type: ignore[import-not-found, unused-ignore]

    yield from (text for text, _ in HOSTILE.values())
    yield from (text.format(f"http://127.0.0.1:{port}/") for text in LEAVING)
    for file in sorted([*SHARED.glob("bad-inputs/open/*.rq"), *SHARED.glob("repro/*.rq")]):
        text = file.read_text("utf-8", "surrogateescape")
        yield re.sub(r"http://127\.0\.0\.1:\d+/", f"http://127.0.0.1:{port}/", text)


class Watch:
    """What a process and its children have taken so far."""

    def __init__(self, process: int) -> None:
        self.process = process
        self.seconds, self.memory = self._usage()
        self.began = time.monotonic()

    def _usage(self) -> tuple[float, int]:
        try:
            stat = Path(f"/proc/{self.process}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            return 0.0, 0
        return (int(stat[11]) + int(stat[12])) / TICKS, int(stat[21]) * PAGE

    def verdict(self) -> str:
        """Whether that is too much by now; nothing if not."""
        seconds, memory = self._usage()
        if memory - self.memory > MEMORY:
            return "too much memory"
        waited = time.monotonic() - self.began
        return "too long" if seconds - self.seconds > SECONDS or waited > PATIENCE else ""


def kg_query(folder: Path) -> Ask:
    """Ask as ``kg query FILE`` does, in a built workspace. A limit of kg's own is an answer."""

    def ask(text: str) -> str:
        file = folder / "hostile.rq"
        file.write_text(text, "utf-8", "surrogateescape")
        words = (sys.executable, "-m", "kg", "query", "hostile.rq")
        with subprocess.Popen(
            words, cwd=folder, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        ) as process:
            try:
                _, said = process.communicate(timeout=PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                return "too long"
        if b"Traceback" in said:
            return "traceback"
        return "handled" if process.returncode in (0, 1, 2, 3) else "died"

    return ask


def forked(work: Callable[[str], object]) -> Ask:
    """Ask in a forked process: what a library does that is asked directly."""

    def ask(text: str) -> str:
        child = os.fork()
        if not child:
            code = 1
            try:
                resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
                nowhere = os.open(os.devnull, os.O_RDWR)
                os.dup2(nowhere, 1)
                os.dup2(nowhere, 2)
                work(text)
                code = 0
            finally:
                os._exit(code)
        watch = Watch(child)
        while not (ended := os.waitpid(child, os.WNOHANG))[0]:
            if verdict := watch.verdict():
                os.kill(child, signal.SIGKILL)
                os.waitpid(child, 0)
                return verdict
            time.sleep(0.02)
        return "died" if os.WIFSIGNALED(ended[1]) else "handled"

    return ask


class Server:
    """A server of SPARQL that is started anew whenever it had to be ended."""

    def __init__(self, words: Sequence[str], path: str, port: int) -> None:
        self.words = words
        self.address = f"http://127.0.0.1:{port}{path}"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and wait until it answers."""
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.process = subprocess.Popen(self.words, **quiet)  # type: ignore[call-overload]
        for _ in range(600):
            try:
                self.send("ASK { }", 60)
            except OSError:
                time.sleep(0.2)
                continue
            return
        raise SystemExit(f"does not answer: {self.words}")

    def send(self, text: str, timeout: float) -> None:
        """Ask. Raises OSError where there is no answer."""
        data = urllib.parse.urlencode({"query": text.encode("utf-8", "surrogateescape")})
        request = urllib.request.Request(self.address, data.encode(), {"Accept": "*/*"})
        try:
            with urllib.request.urlopen(request, timeout=timeout) as answer:
                while answer.read(1 << 16):
                    pass
        except urllib.error.HTTPError:
            return

    def ask(self, text: str) -> str:
        """Ask from a forked process, and watch the server."""
        if self.process is None or self.process.poll() is not None:
            self.start()
        assert self.process
        asking = os.fork()
        if not asking:
            try:
                self.send(text, PATIENCE)
            finally:
                os._exit(0)
        watch, verdict = Watch(self.process.pid), ""
        while not os.waitpid(asking, os.WNOHANG)[0]:
            if self.process.poll() is None and (verdict := watch.verdict()):
                self.end()
                os.waitpid(asking, 0)
                return verdict
            time.sleep(0.02)
        time.sleep(0.1)
        return "handled" if self.process.poll() is None else "died"

    def end(self) -> None:
        """End it."""
        if self.process:
            self.process.kill()
            self.process.wait()


@contextmanager
def listener() -> Iterator[tuple[int, Callable[[], bool]]]:
    """A port of this machine, and whether somebody has called there since one last asked."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)

        def was_called() -> bool:
            called = False
            while True:
                try:
                    server.accept()[0].close()
                except BlockingIOError:
                    return called
                called = True

        yield server.getsockname()[1], was_called


def count_outcomes(ask: Ask, every: int = 1) -> Counter[str]:
    """Ask every hostile question, or one of so many, and count what came of it."""
    counts: Counter[str] = Counter()
    with listener() as (port, was_called):
        for text in islice(questions(port), 0, None, every):
            outcome = ask(text)
            counts["asked the network" if was_called() else outcome] += 1
    return counts
