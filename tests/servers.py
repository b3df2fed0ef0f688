"""``kg serve`` as a real process."""

from __future__ import annotations

import os
import re
import select
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import httpx
from conftest import CORE_FOLDER, REPOSITORY, hear_signals, offline_environment

SECONDS = 60


class Server(NamedTuple):
    """A server that answers: its process, its workspace, and the address and token it printed."""

    process: subprocess.Popen[str]
    folder: Path
    url: str
    token: str

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> httpx.Response:
        """Ask for a path, by the address that was printed."""
        return httpx.get(f"{self.url}{path}", headers=headers, timeout=SECONDS)

    def end(self, number: int = signal.SIGINT) -> int:
        """Send a signal, and return the exit code."""
        self.process.send_signal(number)
        return self.process.wait(SECONDS)


def small_workspace(folder: Path) -> Path:
    """Make the newcomers' workspace in a folder, with the example's questions and no large view."""
    shutil.copytree(REPOSITORY / "tests" / "newcomer", folder)
    for part in (CORE_FOLDER, Path("queries")):
        shutil.copytree(REPOSITORY / part, folder / part)
    (folder / "viz").mkdir(exist_ok=True)
    for name in ("disputes.rq", "style.yaml"):
        if (REPOSITORY / "viz" / name).exists():
            shutil.copy(REPOSITORY / "viz" / name, folder / "viz")
    return folder


@contextmanager
def serving(folder: Path, *options: str) -> Iterator[Server]:
    """A server of a workspace at a free port, which ends at the end."""
    words = [sys.executable, "-m", "kg", "-C", str(folder), "serve", "--port", "0", *options]
    with subprocess.Popen(
        words,
        env={**os.environ, **offline_environment()},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=hear_signals,
    ) as process:
        try:
            assert process.stdout
            assert select.select([process.stdout], [], [], SECONDS)[0], "it does not start"
            line = process.stdout.readline()
            found = re.search(r"(http://[^/]+)(/\S*)", line)
            assert found, line
            yield Server(process, folder, found[1], found[2].partition("token=")[2])
        finally:
            process.kill()
