"""The command ``kg`` as a real process that starts in no time: it is forked from one in which the
modules are read already, as a start from nothing takes longer than most commands.

Run as a program this is that process. It takes one order a line: what to run, where, with which
surroundings, and the files that its streams are.
"""

from __future__ import annotations

import atexit
import json
import os
import resource
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

REPOSITORY = Path(__file__).resolve().parent.parent
SERVERS = ("kg.server.lsp", "kg.server", "kg.cli.mcp", "kg.mcp")
SECONDS = 120
"""How long a command may take."""
READY = "--ready"
FLUSH_FAILED = 120
"""How Python ends where what stands in a buffer cannot be written at the end."""


@dataclass(frozen=True, slots=True)
class Result:
    """What a command did."""

    code: int
    stdout: str
    stderr: str


class End(NamedTuple):
    """How a command ended: by itself with a code (that of a signal is negative), or stopped since
    it took too long; the id of its process, and how much memory it had at most.
    """

    code: int
    process: int
    megabytes: float
    timed_out: bool = False


class Limits(NamedTuple):
    """What a command may take at most, in a session of its own: bytes of addresses and of a file
    (0: no limit, no session), and seconds.
    """

    addresses: int = 0
    file: int = 0
    seconds: float = SECONDS


NO_LIMITS = Limits()


class Commands:
    """Runs commands, one after the other, with surroundings that are given whole. Where these are
    ready, more is in their memory from the start than each of them would need.
    """

    def __init__(self, environment: Mapping[str, str], is_ready: bool = True) -> None:
        self._parent = subprocess.Popen(
            [sys.executable, __file__, *([READY] if is_ready else [])],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,
        )

    def run(
        self, arguments: Sequence[str], cwd: Path, stdin: str, environment: Mapping[str, str]
    ) -> Result:
        """Run ``kg`` with some arguments. Raises TimeoutExpired where it takes too long."""
        with tempfile.TemporaryDirectory() as folder:
            streams = [Path(folder, name) for name in ("stdin", "stdout", "stderr")]
            streams[0].write_text(stdin, "utf-8")
            end = self.start(arguments, cwd, environment, streams)
            if end.timed_out:
                raise subprocess.TimeoutExpired([*arguments], SECONDS)
            said = [stream.read_text("utf-8") for stream in streams[1:]]
        return Result(end.code, *said)

    def start(
        self,
        arguments: Sequence[str],
        cwd: Path,
        environment: Mapping[str, str],
        streams: Sequence[Path],
        limits: Limits = NO_LIMITS,
    ) -> End:
        """Run ``kg`` with three files as its streams, and return how it ended."""
        given, taken = self._parent.stdin, self._parent.stdout
        assert given
        assert taken
        order = {
            "arguments": [*arguments],
            "cwd": str(cwd),
            "environment": dict(environment),
            "streams": list(map(str, streams)),
            "limits": limits[:2],
        }
        given.write(json.dumps(order).encode() + b"\n")
        # Nothing is read ahead: of a command that has ended already the end is still to be read.
        child = int(taken.readline())
        timed_out = not select.select([taken], [], [], limits.seconds)[0]
        if timed_out:
            (os.killpg if limits.addresses else os.kill)(child, signal.SIGKILL)
        code, kilobytes = taken.readline().split()
        return End(int(code), child, int(kilobytes) / 1024, timed_out)

    def close(self) -> None:
        """End the process that the commands are forked from."""
        self._parent.communicate()


def main() -> None:
    """Take orders until there are no more; in a forked child, run the one that was taken."""
    import gc
    import importlib
    import pkgutil

    import kg

    # Servers bring much that no other command has in its memory.
    for module in pkgutil.walk_packages(kg.__path__, "kg."):
        if not module.name.endswith("__main__") and not module.name.startswith(SERVERS):
            importlib.import_module(module.name)
    if READY in sys.argv:
        _read_usual_things()
    gc.freeze()
    for line in sys.stdin:
        order = json.loads(line)
        child = os.fork()
        if not child:
            _become(order)
            _end(_run())
        _tell(child)
        _, status, usage = os.wait4(child, 0)
        _tell(os.waitstatus_to_exitcode(status), usage.ru_maxrss)


def _read_usual_things() -> None:
    """Read what many commands of tests would read again: ontologies, saved queries, and what draws."""
    import importlib

    from kg.files.scaffold import start_workspace
    from kg.files.workspace import Workspace
    from kg.reading import read

    # What reading makes of an ontology and of saved queries is known to all that are forked.
    read(Workspace(REPOSITORY))
    with tempfile.TemporaryDirectory() as folder:
        start_workspace(Path(folder, "new"), example=False)
        read(Workspace(Path(folder, "new")))
        # The newcomers' workspace (the fixture `quarrel`) has this ontology in the same place.
        quarrel = Path(folder, "quarrel")
        shutil.copytree(REPOSITORY / "tests" / "newcomer", quarrel)
        shutil.copytree(REPOSITORY / "ontology" / "core", quarrel / "ontology" / "core")
        read(Workspace(quarrel))
    # Its threads would not survive a fork.
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    importlib.import_module("numpy")


def _run() -> int:
    """Run the command that this process has become, and return its exit code."""
    import kg.cli

    try:
        return kg.cli.main()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 1


def _end(code: int) -> NoReturn:
    """End this process after all that Python does at an end, but for one thing: to take apart what
    is in memory takes four times as long as a short command.
    """
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    try:
        sys.stdout.flush()
    except OSError:
        code = code or FLUSH_FAILED
    os._exit(code)


def _tell(*numbers: int) -> None:
    sys.stdout.write(" ".join(map(str, numbers)) + "\n")
    sys.stdout.flush()


def _become(order: Mapping[str, Any]) -> None:
    """Give this process the streams, the folder, the surroundings, the limits and the words of an
    order.
    """
    addresses, size = order["limits"]
    if addresses:
        os.setsid()
        resource.setrlimit(resource.RLIMIT_AS, (addresses, addresses))
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    for number, path in enumerate(order["streams"]):
        file = os.open(path, os.O_RDWR | os.O_CREAT | (os.O_APPEND if number else 0))
        os.dup2(file, number)
        os.close(file)
    sys.stdin = os.fdopen(0, encoding="utf-8", closefd=False)
    sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
    sys.stderr = os.fdopen(2, "w", 1, "utf-8", "backslashreplace", closefd=False)
    os.environ.clear()
    os.environ.update(order["environment"])
    os.chdir(order["cwd"])
    sys.argv = [str(REPOSITORY / "kg" / "__main__.py"), *order["arguments"]]


if __name__ == "__main__":
    main()
