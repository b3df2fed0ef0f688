"""A site that several processes make: the bytes of one, told errors, and nobody left behind."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import REPOSITORY, Kg, hear_signals
from test_filesystem import site
from test_guard import is_running

from kg.diagnostics import KgError
from kg.query.sandbox import Fault
from kg.site.workers import Output, SiteFiles, Work, do_all

ENVIRONMENT = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
SECONDS = 120
"""Longer than any of this takes."""


def made(name: str) -> Work:
    """A work that makes a file, which tells by which process."""
    return lambda: Output([(name, str(os.getpid()).encode())])


def refused(words: str) -> Work:
    def refuse() -> Output:
        raise KgError(words, 1, "mend it")

    return refuse


def refused_late() -> Output:
    time.sleep(0.3)
    return refused("the first")()


def killed() -> Output:
    os.kill(os.getpid(), signal.SIGKILL)
    return Output(())


def test_works_are_done_beside_each_other_and_their_files_are_told_in_order(tmp_path: Path) -> None:
    names = ("one", "two", "three", "four")
    files = SiteFiles(do_all(map(made, names), 3, tmp_path))
    assert tuple(files) == names
    assert len({*files.values(), str(os.getpid()).encode()}) == 5
    assert not list(tmp_path.iterdir())
    alone = SiteFiles(do_all(map(made, names), folder=tmp_path))
    assert {*alone.values()} == {str(os.getpid()).encode()}


def test_files_take_no_memory_once_they_are_made(tmp_path: Path) -> None:
    pages = ((str(number), bytes(1_000_000)) for number in range(40))
    tracemalloc.start()
    try:
        [made_alone] = do_all([lambda: Output(pages)], folder=tmp_path)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 5_000_000
    assert made_alone.files["39"] == bytes(1_000_000)


def test_a_file_larger_than_a_pipe_holds_comes_whole(tmp_path: Path) -> None:
    data = os.urandom(3_000_000)
    [one, other] = do_all([lambda: Output([("a", b""), ("b", data)]), made("c")], 2, tmp_path)
    assert (one.files["a"], one.files["b"], len(other.files)) == (b"", data, 1)


def test_the_first_work_in_order_that_fails_is_told_and_none_is_begun_after_it(
    tmp_path: Path,
) -> None:
    begun: list[str] = []

    def works() -> Iterator[Work]:
        yield refused_late
        for words in ("second", "third", "fourth"):
            begun.append(words)
            yield refused(words)

    with pytest.raises(KgError, match="the first") as told:
        do_all(works(), 2, tmp_path)
    assert (told.value.exit_code, told.value.hint) == (1, "mend it")
    with pytest.raises(Fault, match="ZeroDivisionError"):
        do_all([lambda: 1 // 0, made("a")], 2, tmp_path)  # type: ignore[list-item,return-value]
    with pytest.raises(FileNotFoundError):
        do_all([lambda: Output([("a", Path("none").read_bytes())])], 2, tmp_path)


def test_a_work_whose_process_is_killed_is_told(tmp_path: Path) -> None:
    with pytest.raises(KgError, match="making pages ended by SIGKILL") as told:
        do_all([killed, made("a")], 2, tmp_path)
    assert (told.value.exit_code, "--jobs 1" in told.value.hint) == (3, True)


PROGRAM = """
import os, time
from pathlib import Path
from kg.site.workers import do_all

def work():
    os.write(1, f"{os.getpid()} ".encode())
    while True: time.sleep(1)

do_all([work, work], 2, Path())
"""


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_processes_at_work_end_with_the_one_that_began_them(
    tmp_path: Path, number: signal.Signals
) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM],
        cwd=tmp_path,
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=hear_signals,
    ) as parent:
        assert parent.stdout
        said = b""
        while said.count(b" ") < 2:
            said += os.read(parent.stdout.fileno(), 100) or b"ended early  "
        parent.send_signal(number)
        # The pipe ends once nobody holds it: all of them are no more.
        parent.communicate(timeout=SECONDS)
        assert parent.returncode == -number
    wait_for_the_end_of(map(int, said.split()))


def wait_for_the_end_of(processes: Iterator[int]) -> None:
    deadline = time.monotonic() + SECONDS
    left = list(processes)
    while left and time.monotonic() < deadline:
        left = [each for each in left if is_running(each)]
        time.sleep(0.02)
    assert not left


def children_of(process: int) -> list[int]:
    tasks = Path(f"/proc/{process}/task/{process}/children")
    try:
        return [int(each) for each in tasks.read_text("utf-8").split()]
    except FileNotFoundError:
        return []


def test_a_build_has_the_same_bytes_by_one_process_and_by_three(workspace: Path, kg: Kg) -> None:
    found = []
    for jobs in ("1", "3"):
        built = kg("build", "--jobs", jobs, cwd=workspace)
        assert (built.code, built.stderr) == (0, "")
        found.append(site(workspace))
        shutil.rmtree(workspace / "site")
    one, three = found
    assert len(one) > 700
    assert one == three
    assert kg("build", "--jobs", "0", cwd=workspace).code == 2


def test_a_build_that_is_killed_leaves_no_process_and_the_old_site(workspace: Path) -> None:
    (workspace / "site").mkdir()
    (workspace / "site" / "index.html").write_text("old", "utf-8")
    command = [sys.executable, "-m", "kg", "build", "--jobs", "2"]
    with subprocess.Popen(
        command, cwd=workspace, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as parent:
        deadline = time.monotonic() + SECONDS
        while len(children := children_of(parent.pid)) < 2 and time.monotonic() < deadline:
            assert parent.poll() is None
        parent.kill()
        parent.communicate(timeout=SECONDS)
    assert len(children) == 2
    wait_for_the_end_of(iter(children))
    assert [(each.name, each.read_text("utf-8")) for each in (workspace / "site").iterdir()] == [
        ("index.html", "old")
    ]


def test_a_full_disk_met_by_a_process_at_work_leaves_the_site_as_it_was(workspace: Path) -> None:
    def bound() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

    found = subprocess.run(
        [sys.executable, "-m", "kg", "build", "--jobs", "2"],
        cwd=workspace,
        env=ENVIRONMENT,
        capture_output=True,
        check=False,
        preexec_fn=bound,
        timeout=SECONDS,
    )
    assert (found.returncode, b"cannot write to" in found.stderr) == (2, True)
    assert b"File too large" in found.stderr
    assert not (workspace / "site").exists()
