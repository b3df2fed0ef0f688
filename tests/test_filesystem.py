"""What file systems do to a workspace: links, devices, closed folders, processes that are killed or
run at once.

Each test runs the command as a real process.
"""

from __future__ import annotations

import ctypes
import itertools
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from commands import Result
from conftest import CORE_FOLDER, REPOSITORY, Kg

from kg.diagnostics import KgError
from kg.files.folders import clear_leftovers
from kg.files.output import MANIFEST
from kg.files.scaffold import start_workspace
from kg.files.temporary import TEMPORARY, find_leftovers
from kg.files.workspace import MOST_BYTES

SOURCE = """\
articles:
  gazette-may:
    title: Talks end without a result
    publisher: gazette
    originator: gazette
    published: 2019-05-04
    paragraphs: 9
    text_sha256: 0b3c200e861947e227072fd46684a5e411d83163a186183559764b39129396fc
actors:
  alpha: {type: State, label: Alpha}
  gazette: {type: MediaOrganization, label: The Gazette}
pacts:
  river-pact: {type: Treaty, label: River Pact}
assertions:
  - {subject: alpha, predicate: partyTo, object: river-pact, when: YEAR, cite: {gazette-may: [3]}}
"""


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A workspace with one source file, sources/base.yaml, and no views."""
    folder = tmp_path / "small"
    shutil.copytree(REPOSITORY / CORE_FOLDER, folder / CORE_FOLDER)
    shutil.copy(REPOSITORY / "ontology" / "dataset.ttl", folder / "ontology")
    write(folder, 1998)
    return folder


def write(folder: Path, year: int) -> None:
    """The source file, as it is in a year, put in place whole."""
    (folder / "sources").mkdir(exist_ok=True)
    (folder / "new.tmp").write_text(SOURCE.replace("YEAR", str(year)), "utf-8")
    (folder / "new.tmp").replace(folder / "sources" / "base.yaml")


def site(folder: Path) -> dict[str, bytes]:
    """The finished files of a build."""
    files = [path for path in (folder / "site").rglob("*") if path.is_file()]
    return {str(path.relative_to(folder / "site")): path.read_bytes() for path in files}


def started(folder: Path, *arguments: str) -> subprocess.Popen[bytes]:
    """A command that runs on its own, in a workspace."""
    return subprocess.Popen(
        [sys.executable, "-m", "kg", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def ended(result: Result, code: int, *words: str) -> None:
    assert result.code == code, result.stdout + result.stderr
    assert "Traceback" not in result.stderr
    for word in words:
        assert word in result.stdout + result.stderr


@dataclass(frozen=True, slots=True)
class Odd:
    """Something odd in sources/: how it is made, what `kg check` ends with and says."""

    make: Callable[[Path], object]
    code: int
    words: tuple[str, ...]


ODD = {
    "an endless file": Odd(
        lambda s: os.symlink("/dev/zero", s / "x.yaml"), 2, ("x.yaml", "not a regular file")
    ),
    "a link to a file outside": Odd(
        lambda s: os.symlink("/etc/passwd", s / "x.yaml"), 2, ("x.yaml", "leaves")
    ),
    "a link to itself": Odd(
        lambda s: os.symlink("x.yaml", s / "x.yaml"), 2, ("x.yaml", "cannot be read")
    ),
    "a link to nothing": Odd(
        lambda s: os.symlink("gone.yaml", s / "x.yaml"), 2, ("x.yaml", "cannot be read")
    ),
    "a pipe": Odd(lambda s: os.mkfifo(s / "x.yaml"), 2, ("x.yaml", "not a regular file")),
    "a linked folder that leads back": Odd(
        lambda s: os.symlink("..", s / "up"), 0, ("read 1 file", "sources/up")
    ),
    "a name like a flag": Odd(
        lambda s: (s / "base.yaml").rename(s / "-rf.yaml").touch(), 0, ("read 1 file",)
    ),
    "a name with a line end": Odd(
        lambda s: (s / "a\nb.yaml").touch(), 0, (r"sources/a\x0ab.yaml",)
    ),
    "a name that is not UTF-8": Odd(
        lambda s: Path(os.fsdecode(bytes(s) + b"/\xff.yaml")).touch(), 0, (".yaml",)
    ),
    "a folder named as a file": Odd(lambda s: (s / "x.yaml").mkdir(), 0, ("read 1 file",)),
    "files of other kinds": Odd(lambda s: (s / "notes.txt").touch(), 0, ("1 other file",)),
    "moves of pages in a pipe": Odd(
        lambda s: os.mkfifo(s / "renamed.txt"), 2, ("renamed.txt", "not a regular file")
    ),
    "a file in place of the questions": Odd(
        lambda s: (s.parent / "queries").touch(), 2, ("queries: error: not a folder",)
    ),
    "the mark of a renaming as a pipe": Odd(
        lambda s: os.mkfifo(s.parent / ".kg-renaming"), 2, ("not a regular file",)
    ),
    "the mark of a renaming without end": Odd(
        lambda s: os.symlink("/dev/zero", s.parent / ".kg-renaming"), 2, ("not a regular file",)
    ),
    "texts that are a link to itself": Odd(
        lambda s: os.symlink("texts", s.parent / "texts"), 0, ("read 1 file",)
    ),
    "hidden files": Odd(lambda s: (s / ".x.yaml").write_text("[", "utf-8"), 0, ("read 1 file",)),
}


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_odd_files_among_the_sources_are_told_or_passed_over(small: Path, kg: Kg, odd: Odd) -> None:
    odd.make(small / "sources")
    result = kg("check", cwd=small)
    ended(result, odd.code, *odd.words)
    assert "root:" not in result.stdout


@pytest.mark.parametrize(
    "words", ["export --format nq --out loop/x", "build --out loop", "init loop"]
)
def test_nothing_is_written_through_a_link_to_itself(small: Path, kg: Kg, words: str) -> None:
    os.symlink("loop", small / "loop")
    ended(kg(*words.split(), cwd=small), 2, "loop")
    assert os.path.islink(small / "loop")


def test_no_file_takes_the_place_of_a_pipe_or_device(small: Path, kg: Kg) -> None:
    os.mkfifo(small / "pipe")
    ended(kg("export", "--format", "csv", "--out", "pipe", cwd=small), 2, "is no file", "pipe")
    assert (small / "pipe").is_fifo()


def test_a_build_waits_for_no_pipe_in_the_place_of_its_manifest(small: Path, kg: Kg) -> None:
    ended(kg("build", cwd=small), 0)
    (small / "site" / "build.json").unlink()
    os.mkfifo(small / "site" / "build.json")
    ended(kg("check", cwd=small), 0)
    ended(kg("build", cwd=small), 0)
    assert (small / "site" / "build.json").is_file()


def test_two_files_that_differ_in_case_only_may_not_hold_one_id(small: Path, kg: Kg) -> None:
    for name in ("A.yaml", "a.yaml"):
        (small / "sources" / name).write_text(
            "actors: {gamma: {type: State, label: Gamma}}\n", "utf-8"
        )
    ended(
        kg("check", cwd=small),
        1,
        "sources/a.yaml:1:10",
        "'gamma' is given twice",
        "sources/A.yaml:1:10",
    )


def test_a_workspace_without_sources_says_how_to_make_one(small: Path, kg: Kg) -> None:
    shutil.rmtree(small / "sources")
    ended(kg("check", cwd=small), 2, "no sources folder", "kg init")


def test_texts_that_are_a_file_are_told_and_not_passed_over(small: Path, kg: Kg) -> None:
    (small / "texts").write_text("a copy")
    for command in ("verify", "check"):
        ended(kg(command, cwd=small), 2, "texts is not a folder", "copies of the articles")
    assert kg("--no-texts", "check", cwd=small).code == 0


@pytest.mark.parametrize("out", ["sources/base.yaml", "sources", "sources/new", "."])
def test_a_build_never_lies_among_the_sources(small: Path, kg: Kg, out: str) -> None:
    before = (small / "sources" / "base.yaml").read_bytes()
    ended(kg("build", "--out", out, cwd=small), 2, "cannot build to")
    assert (small / "sources" / "base.yaml").read_bytes() == before
    assert sorted(p.name for p in small.iterdir()) == ["ontology", "sources"]


def test_a_build_under_a_file_says_that_it_cannot_write(small: Path, kg: Kg) -> None:
    (small / "file").touch()
    ended(kg("build", "--out", "file/new", cwd=small), 2, "cannot write to", "hint")


def test_a_folder_in_the_way_of_a_file_is_told_and_kept(small: Path, kg: Kg) -> None:
    (small / "site" / "graph.nq").mkdir(parents=True)
    ended(kg("build", cwd=small), 2, "cannot write to", "graph.nq")
    assert not (small / "site" / MANIFEST).exists()
    assert not find_leftovers(small / "site")


def test_a_site_folder_is_not_written_through_a_linked_file(small: Path, kg: Kg) -> None:
    precious = small / "precious.txt"
    precious.write_text("mine", "utf-8")
    (small / "site").mkdir()
    (small / "site" / "graph.nq").symlink_to(precious)
    assert kg("build", cwd=small).code == 0
    assert precious.read_text("utf-8") == "mine"
    assert not (small / "site" / "graph.nq").is_symlink()


def test_a_site_that_is_a_link_out_of_the_workspace_is_written_to_only_where_named(
    small: Path, kg: Kg, tmp_path: Path
) -> None:
    away = tmp_path / "away"
    away.mkdir()
    (small / "site").symlink_to(away)
    ended(kg("build", cwd=small), 2, "a link that leaves the workspace")
    assert not any(away.iterdir())
    ended(kg("build", "--out", "site", cwd=small), 0)


def bound(folder: Path, *arguments: str, module: bool = True) -> Result:
    """A command of kg, or of Python, that permissions bind, even where the tests run as root: it gives up the right to
    pass over them.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    drop_from_bounding_set, override, read_search = 24, 1, 2

    def give_up() -> None:
        for right in (override, read_search):
            libc.prctl(drop_from_bounding_set, right, 0, 0, 0)

    ran = subprocess.run(
        [sys.executable, *(("-m", "kg") if module else ()), *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        preexec_fn=give_up if os.geteuid() == 0 else None,
        capture_output=True,
        text=True,
        check=False,
    )
    return Result(ran.returncode, ran.stdout, ran.stderr)


@pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="permissions are given up as Linux does it"
)
@pytest.mark.parametrize("name", ["base.yaml", "deep"])
def test_a_source_that_permissions_close_is_an_error(small: Path, name: str) -> None:
    (small / "sources" / "deep").mkdir()
    (small / "sources" / name).chmod(0)
    result = bound(small, "check")
    (small / "sources" / name).chmod(0o755)
    ended(result, 2, f"sources/{name}", "cannot be read: Permission denied")


@pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="permissions are given up as Linux does it"
)
@pytest.mark.parametrize(
    ("name", "mode"),
    [
        ("ontology", 0),
        ("ontology/core", 0o444),
        ("ontology/core/actors.ttl", 0),
        ("sources", 0o444),
        ("queries", 0o444),
        ("viz", 0),
    ],
)
def test_what_cannot_be_read_is_one_error_and_not_all_that_it_would_say(
    small: Path, name: str, mode: int
) -> None:
    if name in ("queries", "viz"):
        (small / name).mkdir()
        (small / name / "a.rq").write_text("", "utf-8")
    (small / name).chmod(mode)
    result = bound(small, "check")
    (small / name).chmod(0o755)
    ended(result, 2, f"{name}: error: cannot be read: Permission denied", "1 error, 0 warnings")


def test_a_missing_core_is_one_error(small: Path, kg: Kg) -> None:
    shutil.rmtree(small / "ontology" / "core")
    ended(kg("check", cwd=small), 1, "the core is missing or of an older kg", "1 error, 0 warnings")


@pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="permissions are given up as Linux does it"
)
def test_a_build_into_a_folder_that_permissions_close_says_so(small: Path) -> None:
    (small / "site").mkdir()
    (small / "site").chmod(0o555)
    result = bound(small, "build")
    (small / "site").chmod(0o755)
    ended(result, 2, "cannot write to", "Permission denied", "look at its permissions")
    assert not list((small / "site").iterdir())


PEAK = """
import os, runpy, sys
try:
    runpy.run_module("kg", run_name="__main__", alter_sys=True)
finally:
    with open("/proc/self/status") as status:
        print(next(line for line in status if line.startswith("VmHWM")), file=open(os.environ["PEAK"], "w"))
"""


def limited(
    folder: Path, *arguments: str, file_size: int = resource.RLIM_INFINITY
) -> tuple[Result, float]:
    """A command with a limit on the size of files; with it the mebibytes that it took.

    The system's own count (``ru_maxrss``) would begin with the size of this process, from which the
    command is started.
    """
    with tempfile.TemporaryFile() as said, tempfile.NamedTemporaryFile("r") as peak:
        process = subprocess.Popen(
            [sys.executable, "-c", PEAK, *arguments],
            cwd=folder,
            env={name: v for name, v in os.environ.items() if name != "COVERAGE_PROCESS_CONFIG"}
            | {"PYTHONPATH": str(REPOSITORY), "PEAK": peak.name},
            stdout=said,
            stderr=said,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (file_size, file_size)),
        )
        code = process.wait()
        said.seek(0)
        return Result(code, said.read().decode(), ""), int(peak.read().split()[1]) / 1024


def test_a_full_disk_leaves_the_site_as_it_was(small: Path, kg: Kg) -> None:
    assert kg("build", cwd=small).code == 0
    before = site(small)
    write(small, 1999)
    result, _ = limited(small, "build", file_size=10_000)
    ended(result, 2, "cannot write to", "File too large")
    assert site(small) == before
    assert not find_leftovers(small / "site")


def test_what_others_put_into_the_site_stays(small: Path, kg: Kg) -> None:
    (small / "site" / "more").mkdir(parents=True)
    (small / "site" / "more" / "notes.txt").write_text("mine", "utf-8")
    (small / "site" / "CNAME").write_text("example.org", "utf-8")
    (small / "site" / "link").symlink_to("CNAME")
    for year in (1998, 1999):
        write(small, year)
        assert kg("build", cwd=small).code == 0
        assert (small / "site" / "more" / "notes.txt").read_text("utf-8") == "mine"
        assert (small / "site" / "CNAME").read_text("utf-8") == "example.org"
        assert (small / "site" / "link").readlink() == Path("CNAME")
        assert (small / "site" / MANIFEST).exists()


def test_pages_of_records_come_and_go_with_them_and_others_files_beside_them_stay(
    small: Path, kg: Kg
) -> None:
    write(small, 1998)
    assert kg("build", cwd=small).code == 0
    things = small / "site" / "thing"
    before = {path.name for path in things.iterdir()}
    assert before
    (things / "notes.txt").write_text("mine", "utf-8")
    (things / "more").mkdir()
    (things / "more" / "notes.txt").write_text("mine", "utf-8")
    file = small / "sources" / "base.yaml"
    file.write_text(file.read_text("utf-8").replace("alpha", "omega"), "utf-8")
    assert kg("build", cwd=small).code == 0
    after = {path.name for path in things.iterdir()}
    assert "alpha.html" in before - after
    assert "omega.html" in after - before
    assert (things / "notes.txt").read_text("utf-8") == "mine"
    assert (things / "more" / "notes.txt").read_text("utf-8") == "mine"
    assert not find_leftovers(small / "site")


def test_a_site_whose_folder_of_pages_is_a_link_is_left_alone(small: Path, kg: Kg) -> None:
    write(small, 1998)
    (small / "site").mkdir()
    (small / "elsewhere").mkdir()
    (small / "site" / "thing").symlink_to(small / "elsewhere")
    ended(kg("build", cwd=small), 2, "thing", "Not a directory")
    assert not list((small / "elsewhere").iterdir())


def test_a_site_that_cannot_be_moved_gets_its_files_in_place(tmp_path: Path) -> None:
    closed, folder = tmp_path / "closed", tmp_path / "closed" / "site"
    folder.mkdir(parents=True)
    (folder / "old").write_bytes(b"old")
    closed.chmod(0o555)
    script = (
        "import sys; from pathlib import Path; from kg.files.folders import replace_files; "
        "replace_files(Path(sys.argv[1]), {'a': b'1', 'last': b'2'}, ['old'], {'last': 10**18})"
    )
    ran = bound(tmp_path, "-c", script, str(folder), module=False)
    closed.chmod(0o755)
    assert (ran.code, ran.stderr) == (0, "")
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {"a": b"1", "last": b"2"}
    assert (folder / "last").stat().st_mtime_ns == 10**18


def test_a_site_in_two_steps_survives_a_crash_between_them(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    (tmp_path / f"{TEMPORARY}7-site").mkdir()
    old = tmp_path / f"{TEMPORARY}7.old-site"
    old.mkdir()
    (old / "a").write_bytes(b"old")
    clear_leftovers(folder)
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
    assert (folder / "a").read_bytes() == b"old"


def test_a_hundred_megabytes_are_refused_before_they_are_read(small: Path) -> None:
    with (small / "sources" / "big.yaml").open("wb") as file:
        file.write(b"actors:\n  alpha:\n    label: ")
        file.truncate(100 << 20)
    result, mebibytes = limited(small, "check")
    ended(result, 3, "sources/big.yaml", f"{MOST_BYTES:,}")
    assert mebibytes < 100


def test_a_million_unknown_keys_are_too_many_to_read(small: Path) -> None:
    (small / "sources" / "keys.yaml").write_text(
        "".join(f"k{n}: v\n" for n in range(1_000_000)), "utf-8"
    )
    result, mebibytes = limited(small, "check")
    ended(result, 3, "sources/keys.yaml")
    assert mebibytes < 1024


def test_of_many_findings_a_hundred_are_printed_and_then_their_number(small: Path) -> None:
    (small / "sources" / "keys.yaml").write_text(
        "".join(f"k{n}: v\n" for n in range(20_000)), "utf-8"
    )
    result, mebibytes = limited(small, "check")
    ended(result, 1, "... and 19,900 more")
    assert result.stdout.count("[KG101]") == 100
    assert mebibytes < 512


@pytest.fixture
def versions(small: Path, kg: Kg) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """What the workspace builds to in its two versions; the second one stands there."""
    built = []
    for year in (1998, 1999):
        write(small, year)
        assert kg("build", cwd=small).code == 0
        built.append(site(small))
    assert built[0] != built[1]
    return built[0], built[1]


def test_a_build_that_is_killed_leaves_the_old_site_or_the_new_one(
    small: Path, versions: tuple[dict[str, bytes], dict[str, bytes]], kg: Kg
) -> None:
    began = time.monotonic()
    assert kg("build", cwd=small).code == 0
    takes = time.monotonic() - began
    moments: list[float | None] = [takes * part / 4 for part in range(1, 4)]
    # None: as soon as the new files are written.
    for moment, year in zip([*moments, *[None] * 6], itertools.cycle((1998, 1999)), strict=False):
        write(small, year)
        process = started(small, "build")
        if moment is None:
            while process.poll() is None and not find_leftovers(small / "site"):
                time.sleep(0.0005)
        else:
            time.sleep(moment)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert site(small) in versions
    (small / f"{TEMPORARY}4194304999-site").mkdir(exist_ok=True)
    (small / "site" / f"{TEMPORARY}4194304999-graph.nq").write_bytes(b"half")
    write(small, 1999)
    assert kg("build", cwd=small).code == 0
    assert site(small) == versions[1]
    assert not find_leftovers(small / "site")


def test_builds_at_once_end_with_the_bytes_of_one(
    small: Path, versions: tuple[dict[str, bytes], dict[str, bytes]]
) -> None:
    for year, built in zip((1998, 1999), versions, strict=True):
        write(small, year)
        processes = [started(small, "build") for _ in range(3)]
        assert [process.wait() for process in processes] == [0, 0, 0]
        assert site(small) == built


def test_a_build_while_a_source_changes_is_of_one_reading(
    small: Path, versions: tuple[dict[str, bytes], dict[str, bytes]], kg: Kg
) -> None:
    done = threading.Event()

    def keep_changing() -> None:
        for year in itertools.cycle((1998, 1999)):
            write(small, year)
            if done.wait(0.002):
                return

    changing = threading.Thread(target=keep_changing)
    changing.start()
    try:
        for _ in range(4):
            assert kg("build", cwd=small).code == 0
            assert site(small) in versions
    finally:
        done.set()
        changing.join()


def test_a_manifest_changed_by_hand_is_not_trusted(small: Path, kg: Kg) -> None:
    assert kg("build", cwd=small).code == 0
    for text in (
        "[]",
        '{"files": []}',
        '{"files": {"../sources/base.yaml": ""}}',
        '{"files": {"/etc/x": 1}}',
        "{",
    ):
        (small / "site" / MANIFEST).write_text(text, "utf-8")
        assert kg("build", cwd=small).code == 0
        assert (small / "sources" / "base.yaml").exists()


def test_a_folder_that_is_none_is_named(tmp_path: Path, kg: Kg) -> None:
    ended(kg("-C", tmp_path / "none", "check"), 2, "is not a folder")
    ended(kg("-C", "x" * 5000, "check"), 2, "is not a folder")
    ended(kg("-C", tmp_path, "check"), 2, "no ontology folder")


def test_a_new_workspace_that_was_cut_off_is_none_and_is_finished(tmp_path: Path, kg: Kg) -> None:
    folder = tmp_path / "new"
    start_workspace(folder, example=False)
    whole = {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*.*")}
    shutil.rmtree(folder / "ontology")
    (folder / "viz" / "everything.rq").unlink()
    (folder / f"{TEMPORARY}7-new").mkdir()
    (tmp_path / f"{TEMPORARY}7-new").mkdir()
    ended(kg("-C", folder, "check"), 2, "no ontology folder", "kg init")
    start_workspace(folder, example=False)
    again = {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*.*")}
    assert again == whole
    assert [path.name for path in tmp_path.iterdir()] == ["new"]
    shutil.rmtree(folder / "ontology")
    (folder / "sources" / "start-here.yaml").write_text("actors: {}\n", "utf-8")
    with pytest.raises(KgError, match="is not empty"):
        start_workspace(folder, example=False)


def test_what_was_cut_off_while_it_was_exported_is_removed_by_the_next_export(
    small: Path, kg: Kg
) -> None:
    (small / f"{TEMPORARY}7-graph.nq").write_bytes(b"half")
    assert kg("export", "--format", "nq", "--out", "graph.nq", cwd=small).code == 0
    assert not find_leftovers(small / "graph.nq")
