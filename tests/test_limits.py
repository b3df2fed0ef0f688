"""Work under limits: whole results, one plain message where a limit is hit, and no process left
behind.
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import hear_signals

from kg.diagnostics import KgError
from kg.sandbox import MIB, Limits, within_limits


def say(text: str, code: int = 0, to_stderr: str = "") -> int:
    sys.stdout.write(text)
    sys.stderr.write(to_stderr)
    return code


def fill_memory() -> int:
    return len([bytearray(MIB) for _ in range(4096)])


def abort() -> int:
    sys.stdout.write("half of a result")
    os.write(2, b"memory allocation of 8 bytes failed\n")
    os.abort()


def crash() -> int:
    ctypes.string_at(0)
    return 0


def recurse(depth: int = 0) -> int:
    return recurse(depth + 1)


def wait() -> int:
    sys.stdout.write("half of a result")
    time.sleep(60)
    return 0


def test_what_work_prints_and_returns_is_passed_on_whole(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert within_limits(lambda: say("日本\r\n" * 300_000, 1, "a warning\n")) == 1
    said = capsys.readouterr()
    assert said.out == "日本\r\n" * 300_000
    assert said.err == "a warning\n"


@pytest.mark.parametrize(
    ("work", "says"),
    [
        (fill_memory, "stopped: it needed more memory than the limit of 100 MiB"),
        (abort, "stopped: it needed more memory than the limit of 100 MiB"),
        (crash, "stopped: the query is nested too deeply"),
        (recurse, "stopped: it needed more memory"),
        (wait, "stopped: it took longer than the time limit of 0.5 s"),
        (lambda: say("x" * 2 * MIB), "stopped: the result is larger than the size limit"),
    ],
)
def test_a_limit_ends_in_one_message_and_nothing_printed(
    work: Callable[[], int], says: str, capfd: pytest.CaptureFixture[str]
) -> None:
    limits = Limits(seconds=0.5, memory=100 * MIB, most_bytes=MIB)
    with pytest.raises(KgError) as found:
        within_limits(work, limits)
    assert str(found.value).startswith(says)
    assert found.value.exit_code == 3
    assert capfd.readouterr() == ("", "")
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_an_error_of_the_work_is_raised_again_with_its_code_and_hint() -> None:
    def work() -> int:
        raise KgError("no such thing \ud800", exit_code=1, hint="another")

    with pytest.raises(KgError, match="no such thing") as found:
        within_limits(work)
    assert (found.value.exit_code, found.value.hint) == (1, "another")


def test_a_fault_of_ours_is_shown_as_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert within_limits(lambda: 1 // 0) == 1
    assert "ZeroDivisionError" in capsys.readouterr().err


PROGRAM = """
import sys, time
from pathlib import Path
from kg.sandbox import Limits, within_limits

def work():
    import os
    Path(sys.argv[1]).write_text(str(os.getpid()))
    time.sleep(60)
    return 0

within_limits(work, Limits(seconds=float(sys.argv[2])))
"""


def lives(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at /proc")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_whatever_ends_the_command_ends_its_work_too(
    number: signal.Signals, tmp_path: Path
) -> None:
    file = tmp_path / "child"
    # Killed outright, a command can tell nobody: then the work ends when its own time is up.
    seconds = 2.0 if number is signal.SIGKILL else 50.0
    command = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(file), str(seconds)],
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=hear_signals,
    )
    until(lambda: file.exists() and file.read_text() != "")
    child = int(file.read_text())
    assert lives(child)
    command.send_signal(number)
    assert command.wait(10) == -number
    until(lambda: not lives(child))


def ignore_hangup() -> None:
    signal.signal(signal.SIGHUP, signal.SIG_IGN)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at /proc")
@pytest.mark.parametrize("prepare", [hear_signals, ignore_hangup])
def test_a_hangup_ends_the_work_unless_the_command_was_told_to_ignore_it(
    prepare: Callable[[], None], tmp_path: Path
) -> None:
    file = tmp_path / "child"
    command = subprocess.Popen(
        [sys.executable, "-c", PROGRAM.replace("sleep(60)", "sleep(3)"), str(file), "50"],
        start_new_session=True,
        preexec_fn=prepare,
    )
    until(lambda: file.exists() and file.read_text() != "")
    os.killpg(command.pid, signal.SIGHUP)
    assert command.wait(20) == (0 if prepare is ignore_hangup else -signal.SIGHUP)


def test_a_command_that_a_test_starts_hears_what_the_runner_ignores() -> None:
    print_handlers = (
        "import signal as s; print(s.getsignal(s.SIGHUP).name, s.getsignal(s.SIGINT) is s.SIG_IGN)"
    )
    numbers = (signal.SIGHUP, signal.SIGINT)
    handlers = [signal.signal(number, signal.SIG_IGN) for number in numbers]
    try:
        command = [sys.executable, "-c", print_handlers]
        ignoring = subprocess.check_output(command, text=True)
        hearing = subprocess.check_output(command, text=True, preexec_fn=hear_signals)
    finally:
        for number, handler in zip(numbers, handlers, strict=True):
            signal.signal(number, handler)
    assert (ignoring, hearing) == ("SIG_IGN True\n", "SIG_DFL False\n")


def until(condition: Callable[[], bool], seconds: float = 10.0) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)
